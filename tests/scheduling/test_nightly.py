"""Copies of the night: due once, made up after a missed night, tried again after a failure, by the computer that was chosen."""

from __future__ import annotations

import platform
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.system import server_copies
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Invalid, Refused, Trouble
from crm_desktop.database.copies import NIGHTLY
from crm_desktop.scheduling import nightly
from crm_desktop.scheduling.nightly import Nightly, Wish, put, wish_of
from tests.office import Office


@pytest.fixture
def made(office: Office, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """What was copied, where to and why; instead of a server, which this office need not have."""
    found: list[tuple[Path, str]] = []

    def back_up(_records: Any, _actor: Any, folder: Path, why: str) -> Path:
        if not found and folder.name == "full":
            found.append((folder, "failed"))
            raise Trouble(server_copies.NO_ROOM, folder=str(folder))
        found.append((folder, why))
        return folder / f"copy-{len(found)}.db"

    monkeypatch.setattr(server_copies, "back_up", back_up)
    monkeypatch.setattr(server_copies, "prune", lambda *_arguments: [])
    monkeypatch.setattr(nightly, "ServerPlace", type(office.records.database.backend.place))
    return found


def at(office: Office, moment: datetime) -> Nightly:
    return Nightly(office.records, lambda: office.admin, FixedClock(moment), UTC)


def wish(office: Office, folder: Path, **more: Any) -> Wish:
    folder.mkdir(exist_ok=True)
    return put(office.records, office.admin, Wish(on=True, at="22:00", folder=str(folder), **more), UTC)


TEN = datetime(2026, 3, 18, 22, 0)  # the clock of the tests says 02:00 of that day


def test_once_a_night_and_a_missed_one_once(office: Office, tmp_path: Path, made: list[tuple[Path, str]]) -> None:
    kept = wish(office, tmp_path / "copies")
    assert kept.here and datetime.fromisoformat(kept.next) == TEN
    assert at(office, TEN - timedelta(seconds=1)).run_due() is None
    first = at(office, TEN).run_due()
    assert first is not None and first.trouble is None and made == [(tmp_path / "copies", NIGHTLY)]
    assert at(office, TEN + timedelta(hours=1)).run_due() is None
    assert wish_of(office.records, office.admin).told.endswith("copy-1.db")
    assert at(office, TEN + timedelta(days=3, hours=9)).run_due() is not None
    assert at(office, TEN + timedelta(days=3, hours=9)).run_due() is None and len(made) == 2
    assert datetime.fromisoformat(wish_of(office.records, office.admin).next) == TEN + timedelta(days=4)


def test_two_programs_of_one_person_make_one(office: Office, tmp_path: Path, made: list[tuple[Path, str]]) -> None:
    read = wish(office, tmp_path)
    one, other = at(office, TEN), at(office, TEN)
    assert one._claim(office.admin, read, TEN) and not other._claim(office.admin, read, TEN)
    assert made == []


def test_what_failed_is_told_and_tried_again_in_an_hour(office: Office, tmp_path: Path, made: list[tuple[Path, str]]) -> None:
    wish(office, tmp_path / "full")
    night = at(office, TEN).run_due()
    assert night is not None and night.path is None and night.trouble is not None
    assert str(tmp_path / "full") in wish_of(office.records, office.admin).told
    assert at(office, TEN + timedelta(minutes=59)).run_due() is None
    again = at(office, TEN + timedelta(minutes=61)).run_due()
    assert again is not None and again.trouble is None and len(made) == 2


def test_a_disk_that_is_not_there_is_told(office: Office, tmp_path: Path, made: list[tuple[Path, str]]) -> None:
    wish(office, tmp_path / "disk")
    (tmp_path / "disk").rmdir()
    night = at(office, TEN).run_due()
    assert night is not None and night.trouble is not None and "does not exist" in night.trouble.sentence("en") and made == []
    assert not (tmp_path / "disk").exists()


def test_another_computer_and_who_wished_none_do_nothing(
    office: Office, tmp_path: Path, made: list[tuple[Path, str]], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    assert at(office, TEN).run_due() is None
    wish(office, tmp_path)
    monkeypatch.setattr(platform, "node", lambda: "PC-9")
    assert not wish_of(office.records, office.admin).here and at(office, TEN).run_due() is None
    monkeypatch.undo()
    put(office.records, office.admin, Wish(on=False))
    assert at(office, TEN + timedelta(days=2)).run_due() is None and made == []


def test_wishes_that_cannot_be_kept_are_refused(office: Office, tmp_path: Path) -> None:
    good = Wish(on=True, folder=str(tmp_path))
    nowhere = Wish(on=True, folder=str(tmp_path / "none" / "below"))
    for bad in (nowhere, Wish(True, "25:00", str(tmp_path)), Wish(True, "22:00", str(tmp_path), 0), Wish(on=True)):
        with pytest.raises(Invalid):
            put(office.records, office.admin, bad)
    with pytest.raises(Refused):
        put(office.records, office.li, good)
    assert not wish_of(office.records, office.admin).on
