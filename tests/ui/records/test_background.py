"""What goes on beside the window: reminders pop up with what they are about, rights follow, and nothing is lost at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from crm_desktop.business import RECORD_TYPES, Customer, Employee, Event, Reminder
from crm_desktop.business.system.schedule import Schedule
from crm_desktop.core import alike, twins
from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from crm_desktop.scheduling.schedules import Run
from crm_desktop.ui import start
from crm_desktop.ui.background import Background
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.session import Session
from crm_desktop.ui.shell.toasts import Ring
from crm_desktop.ui.start import end
from tests.ui.waiting import settle


@pytest.fixture
def background(session: Session) -> Iterator[Background]:
    """Without its clock: tests look themselves."""
    made = Background(session)
    yield made
    made.stop()


@pytest.fixture
def rung(background: Background, monkeypatch: pytest.MonkeyPatch) -> list[Ring]:
    """What popped up; reminders of the demo are out of the way."""
    found: list[Ring] = []
    monkeypatch.setattr(background.toasts, "ring", found.append)
    background._look_for_reminders()
    settle()
    found.clear()
    return found


def test_the_keys_of_duplicates_are_made_behind_the_painted_window(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a new version of the program, whose keys are other ones; the first list does not wait for it."""
    monkeypatch.setattr("crm_desktop.ui.background.start_background", lambda _session: None)
    monkeypatch.setattr("gc.freeze", lambda: None)
    database = session.records.database
    database.write(lambda tx: tx.run("DELETE FROM counter WHERE name = ?", (twins.FORMAT_OF_KEYS,)))
    settle()
    start._afterwards(session, None)
    settle()
    assert database.read("SELECT value FROM counter WHERE name = ?", (twins.FORMAT_OF_KEYS,)) == [(alike.FORMAT,)]


def test_nothing_pops_up_while_the_window_closes(session: Session, background: Background, rung: list[Ring]) -> None:
    """Qt forgets that it was to end when a window comes up after the last one has gone."""
    actor, now = session.desk.actor, session.records.clock.now()
    session.records.save(Reminder(title="Call", due_at=now), actor)
    background._look_for_reminders()
    session.window.close()
    settle()
    assert rung == []


def test_a_reminder_pops_up_and_says_what_it_is_about(session: Session, background: Background, rung: list[Ring]) -> None:
    actor, now = session.desk.actor, session.records.clock.now()
    customer = Customer(name="华星电子")
    session.records.save(customer, actor)
    event = Event(title="看样品", starts_at=now + timedelta(minutes=30), customer=customer.id, remind_minutes=30)
    session.records.save(event, actor)
    background._look_for_reminders()
    settle()
    (ring,) = rung
    assert ring.title == "看样品" and "华星电子" in ring.text and not ring.late
    background._finish(ring.key)
    settle()
    assert session.records.get(Reminder, background._shown[ring.key].id, actor).state == "done"


def test_rights_taken_away_at_another_desktop_are_gone_here(session: Session, background: Background) -> None:
    me = session.desk.actor.employee
    elsewhere = Records(session.records.database, RECORD_TYPES)
    elsewhere.unit(Actor.program(), lambda unit: unit.amend(Employee, me, state="left"), trusted=True)
    assert session.records.count(Customer, session.desk.actor) > 0
    background._look_for_reminders()
    settle()
    assert session.desk.why_not(Customer, "edit")
    assert session.records.count(Customer, session.desk.actor) == 0


def test_a_second_start_leaves_a_large_window_large(session: Session, background: Background) -> None:
    session.window.showMaximized()
    session.window.setWindowState(session.window.windowState() | Qt.WindowState.WindowMinimized)
    background.show_window()
    assert session.window.isMaximized() and not session.window.isMinimized()


def test_what_was_being_written_when_the_window_closed_is_kept(tmp_path: Path, dressed: object) -> None:
    database = open_database(tmp_path)
    runner = Runner(interrupt=database.interrupt, thread_ends=database.close_thread)
    begun = threading.Event()

    def slowly(tx: Any) -> None:
        begun.set()
        time.sleep(0.1)  # as a slow disk would
        tx.run("INSERT INTO setting (id, person, name, value) VALUES (1, 0, 'first', '1')")

    def next_one(tx: Any) -> None:
        tx.run("INSERT INTO setting (id, person, name, value) VALUES (2, 0, 'next', '1')")

    runner.run(lambda: database.write(slowly), write=True)
    runner.run(lambda: database.write(next_one), write=True)
    assert begun.wait(5)
    before = threading.enumerate()
    end(runner, database)
    for thread in before:
        if thread.name.startswith(("writer", "reader")):
            thread.join(5)
    assert database.read("SELECT COUNT(*) FROM setting WHERE name IN ('first', 'next')") == [(2,)]
    database.close()


def test_a_reminder_about_a_customer_names_the_customer(session: Session, background: Background, rung: list[Ring]) -> None:
    actor, now = session.desk.actor, session.records.clock.now()
    customer = Customer(name="华星电子")
    session.records.save(customer, actor)
    session.records.save(Reminder(title="回电话", ref_type="customer", ref_id=customer.id, due_at=now), actor)
    background._look_for_reminders()
    settle()
    assert [ring.text for ring in rung] == ["Customer · 华星电子"]


def test_the_bell_leads_to_what_waits_for_oneself(session: Session, background: Background) -> None:
    session.window.reminders_asked.emit()
    page: Any = session.list_page_of("reminder")
    settle()
    me = session.desk.actor.employee
    shown = session.records.page(Reminder, session.desk.actor, page.model.view, ["owner", "state", "rings_at"], 500)
    assert page.current == "waiting" and shown
    assert {values[0] for _id, values in shown} == {me} and {values[1] for _id, values in shown} <= {"open", "snoozed"}
    assert [values[2] for _id, values in shown] == sorted(values[2] for _id, values in shown)


def test_a_report_written_by_itself_can_be_opened_from_the_snackbar(
    session: Session, background: Background, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr("crm_desktop.ui.background.open_file", opened.append)
    schedule = Schedule(name="周报", report="funnel", format="xlsx", folder=str(tmp_path), weekdays="1", at="08:00")
    told: list[Any] = []
    monkeypatch.setattr(session.window, "tell", lambda text, undo=None, action=None: told.append((text, action)))
    background._tell_exports([Run(schedule, tmp_path / "funnel.xlsx")])
    ((text, action),) = told
    action[1]()
    assert "funnel.xlsx" in text and opened == [tmp_path / "funnel.xlsx"]


def test_a_window_beside_another_program_hears_of_changes_as_one_in_front(session: Session, background: Background) -> None:
    session.window.show()
    background._look_at_window()
    assert background.colleagues.watch.in_sight
    session.window.showMinimized()
    background._look_at_window()
    assert not background.colleagues.watch.in_sight
    session.window.showNormal()
    background._look_at_window()
    assert background.colleagues.watch.in_sight


def test_a_window_that_is_gone_is_not_looked_at(session: Session, background: Background) -> None:
    """The look comes a moment after the window has changed; it may have been closed in between."""
    window, session.window = session.window, QWidget()  # type: ignore[assignment]
    delete(session.window)
    background._look_at_window()
    session.window = window
