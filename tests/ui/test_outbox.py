"""The server does not answer: writes wait in their order, are sent once when it is back, and outlive the program."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox

from crm_desktop.business import Customer
from crm_desktop.core.records import Records
from crm_desktop.database import sentences
from crm_desktop.database.faults import OutcomeUnknown, Unreachable
from crm_desktop.ui import unsent
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from tests.office import Office, open_office


class Server:
    """Stands between the door and the database: `away` makes every write fail, `forgetful` loses the answer of a commit."""

    def __init__(self, records: Records):
        self.away = self.forgetful = False
        self._write = records.database.write
        records.database.write = self.write  # type: ignore[method-assign]

    def write(self, work: Any, op_id: int | None = None) -> Any:
        if self.away:
            raise Unreachable(sentences.LINE_LOST, host="crm")
        result = self._write(work, op_id)
        if self.forgetful:
            self.away = True
            raise OutcomeUnknown(op_id or 0)
        return result


@pytest.fixture
def office(database: Any, clock: Any) -> Office:
    return open_office(database, clock)


@pytest.fixture
def line(office: Office) -> Server:
    return Server(office.records)


@pytest.fixture
def desk(office: Office, english: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(unsent, "file_of", lambda _desk: tmp_path / "unsent.json")
    made = Desk(office.records, office.li, Runner(inline=True))
    yield made
    made.close()


def save(desk: Desk, record: Customer, got: list[Any]) -> None:
    desk.write(lambda: desk.records.save(record, desk.actor), lambda _c: got.append(record.name), failed=got.append, record=record)


def names(office: Office) -> list[str]:
    return [row[0] for row in office.records.database.read("SELECT name FROM customer ORDER BY id")]


def test_writes_wait_in_their_order_and_are_sent(office: Office, line: Server, desk: Desk) -> None:
    got: list[Any] = []
    counts: list[int] = []
    desk.outbox.changed.connect(counts.append)
    line.away = True
    save(desk, Customer(name="一"), got)
    line.away = False  # back, but nobody has said so: the second must not overtake the first
    save(desk, Customer(name="二"), got)
    assert got == [] and names(office) == [] and counts == [1, 2]
    desk.outbox.send_again()
    assert got == names(office) == ["一", "二"]
    assert desk.outbox.waiting == [] and counts[-1] == 0


def test_a_commit_whose_answer_was_lost_happens_once(office: Office, line: Server, desk: Desk) -> None:
    got: list[Any] = []
    line.forgetful = True
    save(desk, Customer(name="一"), got)
    assert got == [] and len(desk.outbox.waiting) == 1
    line.away = line.forgetful = False
    desk.outbox.send_again()
    assert got == names(office) == ["一"]


def test_it_waits_again_when_the_server_is_still_away(office: Office, line: Server, desk: Desk) -> None:
    got: list[Any] = []
    line.away = True
    save(desk, Customer(name="一"), got)
    desk.outbox.send_again()
    assert len(desk.outbox.waiting) == 1 and got == []


def test_what_is_refused_later_is_told(office: Office, line: Server, desk: Desk) -> None:
    got: list[Any] = []
    line.away = True
    save(desk, Customer(name=""), got)
    assert len(desk.outbox.waiting) == 1 and got == []
    line.away = False
    desk.outbox.send_again()
    assert names(office) == [] and len(got) == 1


def answer(monkeypatch: pytest.MonkeyPatch, role: QMessageBox.ButtonRole) -> list[str]:
    asked: list[str] = []

    def pressed(box: QMessageBox) -> Any:
        asked.append(box.text())
        return next(button for button in box.buttons() if box.buttonRole(button) == role)

    monkeypatch.setattr(QMessageBox, "exec", lambda box: 0)
    monkeypatch.setattr(QMessageBox, "clickedButton", pressed)
    return asked


def test_closing_asks_and_the_next_start_sends(
    office: Office, line: Server, desk: Desk, dressed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = office.save(Customer(name="苏州明达"))
    line.away = True
    old.city = "苏州"
    save(desk, old, [])
    save(desk, Customer(name="昆山精密"), [])
    asked = answer(monkeypatch, QMessageBox.ButtonRole.RejectRole)
    assert not unsent.may_close(desk, None)  # type: ignore[arg-type]
    assert "2 changes have not reached the server." in asked[0]
    answer(monkeypatch, QMessageBox.ButtonRole.AcceptRole)
    assert unsent.may_close(desk, None)  # type: ignore[arg-type]
    # The next day a colleague has changed something else of the same customer.
    line.away = False
    theirs = office.records.get(Customer, old.id, office.meng)
    theirs.phone = "0512-66001122"
    office.records.save(theirs, office.meng)
    tomorrow = Desk(office.records, office.li, Runner(inline=True))
    unsent.send(tomorrow, None)  # type: ignore[arg-type]
    merged = office.records.get(Customer, old.id, office.li)
    assert (merged.city, merged.phone) == ("苏州", "0512-66001122")
    assert names(office) == ["苏州明达", "昆山精密"]
    unsent.send(tomorrow, None)  # type: ignore[arg-type]
    assert len(names(office)) == 2, "sent once"
    tomorrow.close()


def test_what_the_next_start_may_not_save_is_shown(
    office: Office, line: Server, desk: Desk, taken_down: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = office.save(Customer(name="苏州明达"))
    line.away = True
    old.city = "苏州"
    save(desk, old, [])
    unsent.keep(desk, [old])
    line.away = False
    office.records.assign(Customer, [old.id], office.ids["sun"], office.boss)
    shown: list[unsent.Shown] = []
    monkeypatch.setattr(unsent.Shown, "open", lambda box: shown.append(box))
    tomorrow = Desk(office.records, office.li, Runner(inline=True))
    unsent.send(tomorrow, None)  # type: ignore[arg-type]
    assert shown[0].text.toPlainText() == "City: 苏州"
    tomorrow.close()
    shown[0].deleteLater()


def test_a_damaged_file_of_kept_changes_harms_nothing(desk: Desk) -> None:
    path = unsent.file_of(desk)
    for text in ("", "{", '["{}", 5, "{\\"type\\": \\"dragon\\"}"]'):
        path.write_text(text, encoding="utf-8")
        unsent.send(desk, None)  # type: ignore[arg-type]
    assert not path.exists()


def test_a_write_that_takes_its_time_is_told(office: Office, english: None, qtbot: Any) -> None:
    """Behind a lock of a colleague, say; what is quick is not."""
    runner, told, free = Runner(), [], threading.Event()
    desk = Desk(office.records, office.li, runner)
    desk.outbox.slow.connect(told.append)
    got: list[str] = []
    desk.outbox._patience.setInterval(600_000)
    desk.write(lambda: "quick", got.append)
    qtbot.waitUntil(lambda: got == ["quick"], timeout=60_000)
    assert told == [] and not desk.outbox._patience.isActive()
    desk.outbox._patience.setInterval(0)
    desk.write(free.wait, lambda _yes: got.append("slow"))
    desk.write(lambda: "behind it", got.append)
    qtbot.waitUntil(lambda: told == [True], timeout=60_000)
    free.set()
    qtbot.waitUntil(lambda: told == [True, False], timeout=60_000)
    qtbot.waitUntil(lambda: got == ["quick", "slow", "behind it"], timeout=60_000)
    desk.close()
    runner.close()
