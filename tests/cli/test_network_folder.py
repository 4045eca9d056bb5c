"""Commands on a file in a network folder that somebody else has open: those that read work on a copy, those that write say who."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import starting
from crm_desktop.core.clock import Clock
from crm_desktop.core.records import Records
from crm_desktop.database import lease as lease_room
from crm_desktop.database import whereabouts
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.lease import Lease
from tests.cli.conftest import Run


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the network with one customer in it."""
    monkeypatch.setenv(whereabouts.NAMED, str(tmp_path))
    database = open_database(tmp_path)
    records = Records(database, RECORD_TYPES, Clock())
    user = starting.begin(records, "华星", "王丽", "en")
    records.save(Customer(name="大华公司"), actor_for(records, user.id))
    database.close()
    return tmp_path


@pytest.fixture
def colleague(far: Path) -> Iterator[Database]:
    """Has it open."""
    database = open_database(far)
    database.introduce("Li Na")
    yield database
    database.close()


def test_a_free_file_is_worked_in_and_given_back(far: Path, run: Run) -> None:
    assert run("list", "customer", "--data", far, "--lang", "en").code == 0
    assert not (far / "crm.db.lease").exists()


def test_reading_goes_on_in_a_copy(far: Path, colleague: Database, run: Run, tmp_path: Path) -> None:
    for command in (("list", "customer"), ("search", "大华"), ("export", "customer", tmp_path / "out.csv", "--reason", "a"), ("check",)):
        ran = run(*command, "--data", far, "--lang", "en")
        assert ran.code == 0, ran.err
        assert ran.err.startswith("Li Na on ") and "read from a copy" in ran.err
    assert "大华公司" in run("list", "customer", "--data", far, "--lang", "en").out
    assert "大华公司" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    told = run("share", "customer", "大华公司", "--data", far, "--lang", "en")
    assert told.code == 0, told.err


def test_writing_says_who_has_it_once_that_computer_has_given_a_sign(
    far: Path, colleague: Database, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease_room.time, "sleep", lambda _seconds: colleague.introduce("Li Na"))
    ran = run("import", "customer", far / "none.csv", "--data", far, "--lang", "en")
    assert ran.code == 1
    waiting, who = ran.err.splitlines()
    assert waiting.startswith("Waiting for a sign of life from ")
    assert who.startswith("Li Na on ") and " has it open since " in who


def test_a_lease_left_by_a_dead_computer_is_taken_over(far: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    left = Lease(far / "crm.db", beat=10_000)
    left.take()
    now = [1000.0]
    monkeypatch.setattr(Lease.__init__, "__defaults__", (10.0, 60.0, lambda: now[0]))

    def pass_(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(lease_room.time, "sleep", pass_)
    sheet = far / "new.csv"
    sheet.write_text("Customer name\n第二家公司\n", encoding="utf-8")
    ran = run("import", "customer", sheet, "--data", far, "--lang", "en")
    assert ran.code == 0, ran.err
    assert now[0] >= 1060
    assert "第二家公司" in run("list", "customer", "--data", far, "--lang", "en").out
    left.release()
