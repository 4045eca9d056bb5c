"""The demo company on each engine, made once, and a way to run the program as somebody at a command line does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from crm_desktop.__main__ import main
from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.system import demo
from crm_desktop.core import words
from crm_desktop.core.clock import Clock
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from tests.conftest import ENGINES
from tests.spare_schema import SpareSchema


@dataclass
class Ran:
    """What a command answered."""

    code: int
    out: str
    err: str

    def json(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Shop:
    """A place with data, as the command line names it."""

    place: list[str]
    records: Records | None = None
    ids: dict[str, int] = field(default_factory=dict)


Run = Callable[..., Ran]


@pytest.fixture(scope="session", params=ENGINES)
def shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The demo company, for tests that only look."""
    schema = None
    if request.param == "sqlite":
        place = str(tmp_path_factory.mktemp("shop"))
    else:
        schema = SpareSchema(request.getfixturevalue("server"), migrated=False)
        place = schema.address
    database = open_database(place)
    records = Records(database, RECORD_TYPES, Clock())
    demo.plant(records, records.clock)
    yield Shop(["--database" if schema else "--data", place], records)
    database.close()
    if schema is not None:
        schema.drop()


@pytest.fixture
def fresh(place: str) -> list[str]:
    """A place where nothing is yet, as options."""
    return ["--database" if "://" in place else "--data", place]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run the program: run("list", "customer", …) gives the exit code and what was printed."""

    def run_it(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        told = capsys.readouterr()
        return Ran(code, told.out, told.err)

    yield run_it
    words.use(words.DEFAULT)
