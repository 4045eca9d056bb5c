"""A file in a network folder at the window: who has it, waiting for it, the copy to read, and losing it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.core import words
from crm_desktop.core.clock import Clock
from crm_desktop.core.records import Records
from crm_desktop.database import whereabouts
from crm_desktop.database.engine import Database, open_copy, open_database
from crm_desktop.database.lease import HeldElsewhere, Lease
from crm_desktop.ui import held as held_room
from crm_desktop.ui.background import Background
from crm_desktop.ui.held import InUse
from crm_desktop.ui.one_window import OneWindow
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.session import Session
from crm_desktop.ui.shell.ending import take_down
from tests.ui.records.conftest import planted  # noqa: F401


@pytest.fixture
def far(planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811
    """The demo company in a folder that counts as one of the network."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "crm.db").write_bytes((planted / "crm.db").read_bytes())
    monkeypatch.setenv(whereabouts.NAMED, str(folder))
    return folder


@pytest.fixture
def holder(far: Path) -> Iterator[Database]:
    """A colleague has it open."""
    database = open_database(far)
    database.introduce("Wang Li")
    yield database
    database.close()


def refused(far: Path) -> HeldElsewhere:
    with pytest.raises(HeldElsewhere) as told:
        open_database(far)
    return told.value


def at_window(database: Database, folder: Path, dressed: QApplication) -> Session:
    records = Records(database, RECORD_TYPES, Clock())
    made = Session(records, Runner(inline=True), records.settings.get("local_user"), folder, "en", "light")
    made.show("customers", restore=False)
    dressed.processEvents()
    return made


@pytest.fixture
def reading(far: Path, holder: Database, dressed: QApplication) -> Iterator[Session]:
    """A window on the copy."""
    database = open_copy(refused(far))
    made = at_window(database, far, dressed)
    yield made
    made.window.close()
    made.runner.close()
    take_down(dressed)
    database.close()


def test_the_window_says_that_it_is_a_copy(reading: Session) -> None:
    told = reading.window.notice.text()
    assert told.startswith("This is a copy of ") and "Wang Li on " in told
    assert reading.window.status.text("place") == "Read-only copy  office"
    assert reading.list_page_of("customer").model.rowCount() > 10


def test_nothing_is_saved_in_a_copy_and_it_says_so(reading: Session, holder: Database) -> None:
    page = reading.list_page_of("customer")
    record_id = page.model.record_id(0)
    assert record_id is not None
    customer: Any = reading.records.get(Customer, record_id, reading.desk.actor)
    customer.name = "Another name"
    reading.desk.write(lambda: reading.records.save(customer, reading.desk.actor), record=customer)
    assert "only to read" in reading.window.snackbar.text()
    assert holder.read("SELECT name FROM customer WHERE id = ?", (record_id,)) != [("Another name",)]
    assert reading.desk.outbox.waiting == []


def test_opening_and_closing_records_in_a_copy_says_nothing(reading: Session, dressed: QApplication) -> None:
    said: list[str] = []
    reading.desk.ways.tell = lambda text, undo=None, action=None: said.append(text)
    page = reading.list_page_of("customer")
    reading.open_record("customer", page.model.record_id(0) or 0)
    dressed.processEvents()
    reading.desk.remember("layout", reading.window.state())
    background = Background(reading)
    background.start()
    assert not background.clockwork.running
    background.stop()
    assert said == []


def test_open_again_closes_the_window_first(reading: Session) -> None:
    reading.window.notice._button.click()
    assert reading.kept.start_again
    assert not reading.window.isVisible()


def test_a_window_whose_lease_was_taken_says_so_at_once(far: Path, dressed: QApplication) -> None:
    database = open_database(far)
    session = at_window(database, far, dressed)
    assert session.window.status.text("place") == "Network folder  office"
    assert session.window.notice.text() == ""
    mine = far / "crm.db.lease"
    other = Lease(far / "elsewhere.db")
    other.take()
    other.call("Li Na")
    other.path.replace(mine)
    record_id = session.list_page_of("customer").model.record_id(0)
    customer: Any = session.records.get(Customer, record_id or 0, session.desk.actor)
    customer.name = "Another name"
    session.desk.write(lambda: session.records.save(customer, session.desk.actor), record=customer)
    dressed.processEvents()
    assert "was opened by Li Na meanwhile" in session.window.notice.text()
    assert database.read("SELECT name FROM customer WHERE id = ?", (record_id,)) != [("Another name",)]
    other.release()
    session.window.close()
    session.runner.close()
    take_down(dressed)
    database.close()


def test_what_is_typed_while_the_folder_is_gone_waits_and_is_saved(far: Path, dressed: QApplication) -> None:
    database, away = open_database(far), far.with_name("away")
    session = at_window(database, far, dressed)
    database.on_reached = session.line_changed
    record_id = session.list_page_of("customer").model.record_id(0)
    customer: Any = session.records.get(Customer, record_id or 0, session.desk.actor)
    customer.name = "Another name"
    told: list[str] = []
    session.desk.ways.tell = lambda text, *_more: told.append(text)
    far.rename(away)
    session.desk.write(lambda: session.records.save(customer, session.desk.actor), record=customer)
    assert "network folder does not answer" in session.window.notice.text() and "1 change" in session.window.notice.text()
    assert len(session.desk.outbox.waiting) == 1 and told == []
    away.rename(far)
    name = "SELECT name FROM customer WHERE id = ?"
    assert database.read(name, (record_id,)) != [("Another name",)], "read while the folder answers again"
    dressed.processEvents()
    assert database.read(name, (record_id,)) == [("Another name",)]
    assert session.desk.outbox.waiting == [] and session.window.notice.text() == ""
    session.window.close()
    session.runner.close()
    take_down(dressed)
    database.close()


def test_a_synced_folder_is_warned_of(planted: Path, tmp_path: Path, dressed: QApplication) -> None:  # noqa: F811
    folder = tmp_path / "坚果云"
    folder.mkdir()
    (folder / "crm.db").write_bytes((planted / "crm.db").read_bytes())
    database = open_database(folder)
    session = at_window(database, folder, dressed)
    assert "坚果云 Nutstore" in session.window.notice.text()
    assert session.window.status.text("place").startswith("Local file")
    session.window.close()
    session.runner.close()
    take_down(dressed)
    database.close()


# The question


@pytest.fixture
def asked(far: Path, holder: Database, english: None, taken_down: QApplication) -> Iterator[InUse]:
    runner = Runner(inline=True)
    dialog = InUse(refused(far), runner)
    dialog.show()
    yield dialog
    runner.close()


def test_it_tells_who_and_since_when(asked: InUse, nameless: Callable[..., list[str]]) -> None:
    assert asked.who.text().startswith("Wang Li on ") and "has it open since" in asked.who.text()
    assert nameless(asked) == []
    asked.look()
    assert asked.isVisible() and not asked.silence.isVisible()


def test_it_opens_as_soon_as_it_is_free(asked: InUse, holder: Database) -> None:
    asked.look()
    holder.close()
    asked.look()
    assert asked.result() and asked._lease.held
    asked._lease.release()


def test_a_dead_computer_is_waited_for_no_longer_than_a_minute(asked: InUse) -> None:
    now = [1000.0]
    asked._lease._clock = lambda: now[0]
    asked._lease._seen = None
    asked.look()
    now[0] += 40
    asked.look()
    assert "in 20 seconds" in asked.silence.text()
    now[0] += 20
    asked.look()
    assert asked.result() and asked._lease.held
    asked._lease.release()


def test_cancelling_leaves_nothing_behind(asked: InUse, holder: Database) -> None:
    asked.cancel.click()
    assert not asked.result() and not asked._lease.held
    holder.close()
    asked.look()
    assert not asked._lease.held


@pytest.mark.parametrize(("press", "mode"), [("copy", "copy"), ("cancel", None)])
def test_what_is_chosen_is_opened(
    far: Path, holder: Database, english: None, taken_down: QApplication, monkeypatch: pytest.MonkeyPatch, press: str, mode: str | None
) -> None:
    def exec_(dialog: InUse) -> int:
        getattr(dialog, press).click()
        return dialog.result()

    monkeypatch.setattr(held_room.InUse, "exec", exec_)
    monkeypatch.setattr(held_room, "Runner", lambda: Runner(inline=True))
    opened = held_room.open_held(far, refused(far))
    assert (opened.mode if opened is not None else None) == mode
    if opened is not None:
        opened.close()


def test_the_lock_of_this_computer_stays_on_it(far: Path) -> None:
    one, two = OneWindow(far / "crm.db", far=True), OneWindow(far / "crm.db", far=True)
    assert one.take() and not two.take()
    assert [path.name for path in far.iterdir()] == ["crm.db"]
    one.release()


def test_the_modes_have_names_in_every_language() -> None:
    from crm_desktop.core import keeping

    for lang in ("zh_CN", "zh_TW"):
        assert all(words.say(text, lang) != text for text in keeping.SHORT.values())
