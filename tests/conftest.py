"""What all tests share: an empty database on each engine, a clock that stands still, the real material."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

# Before anything imports Qt or asks for the time.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "Asia/Shanghai"
time.tzset()

import pytest  # noqa: E402

from crm_desktop.core import secret, words  # noqa: E402
from crm_desktop.core.clock import FixedClock  # noqa: E402
from crm_desktop.database.engine import Database, open_database  # noqa: E402
from tests.servers import NoServer, plan_folder, server_address, stop_server  # noqa: E402
from tests.spare_schema import SpareSchema  # noqa: E402

ENGINES = ["sqlite", pytest.param("mysql", marks=pytest.mark.mysql)]
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "mysql: needs the private MariaDB of tests/servers.py")
    if not hasattr(config, "workerinput"):
        os.environ["CRM_TEST_RUN"] = str(os.getpid())
        plan_folder()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        stop_server()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [
        report for report in terminalreporter.stats.get("skipped", []) if "NO SERVER" in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.write_line(
            f"{len(skipped)} tests were NOT run on MariaDB: {skipped[0].longrepr[2]}", red=True, bold=True
        )


@contextmanager
def _own_words() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("_language", "_translator"):
            patch.setattr(words, name, getattr(words, name))
        yield


@pytest.fixture(autouse=True, scope="module")
def words_of_module() -> Iterator[None]:
    """The language that tests of a file speak is not that of the next file."""
    with _own_words():
        yield


@pytest.fixture(autouse=True)
def words_of_test(words_of_module: None) -> Iterator[None]:
    """The language that a test speaks is not that of the next test."""
    with _own_words():
        yield


@pytest.fixture(scope="session")
def server() -> str:
    """mysql://user:password@host:port of the private server; without one: skipped, under CI failed."""
    try:
        return server_address()
    except NoServer as error:
        if os.environ.get("CI"):
            pytest.fail(f"no MariaDB for the tests: {error}")
        pytest.skip(f"NO SERVER: {error}")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty file to copy."""
    folder = tmp_path_factory.mktemp("template")
    open_database(folder).close()
    return folder / "crm.db"


@pytest.fixture(scope="session")
def spare_schema(server: str) -> Iterator[SpareSchema]:
    """A migrated, empty schema that the tests of this worker use in turn."""
    schema = SpareSchema(server)
    yield schema
    schema.drop()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """ "sqlite" or "mysql": a test that takes it runs once on each."""
    name: str = request.param
    return name


@pytest.fixture
def database(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated and empty database, once on each engine. Tests that change tables take `place` instead."""
    if engine == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "crm.db")
        opened = open_database(tmp_path)
        yield opened
        opened.close()
        return
    spare: SpareSchema = request.getfixturevalue("spare_schema")
    opened = open_database(spare.address)
    yield opened
    opened.close()
    spare.clear()


@pytest.fixture
def place(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where nothing is yet: a folder or the address of a schema, for `open_database`, once on each engine."""
    if engine == "sqlite":
        yield str(tmp_path / "data")
        return
    schema = SpareSchema(request.getfixturevalue("server"), migrated=False)
    yield schema.address
    schema.drop()


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A keyring that is a dictionary."""
    kept: dict[str, str] = {}
    monkeypatch.setattr(secret, "available", lambda: True)
    monkeypatch.setattr(secret, "get", kept.get)
    monkeypatch.setattr(secret, "put", lambda name, word: kept.update({name: word}) or True)
    monkeypatch.setattr(secret, "forget", lambda name: kept.pop(name, None))
    return kept


@pytest.fixture
def clock() -> FixedClock:
    """Wednesday 18 March 2026, 10:00 in Shanghai."""
    return FixedClock(datetime(2026, 3, 18, 2, 0))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real material of ../shared/data; tests that need it are skipped where it is not."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"NO SHARED DATA: {SHARED_DATA} is not there")
    return SHARED_DATA
