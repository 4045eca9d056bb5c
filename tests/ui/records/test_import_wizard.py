"""The import in the window: its three steps on a small table, taken back as a whole, stopped and closed in every way."""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel
from shiboken6 import isValid

from crm_desktop.business import Customer, Event, Lead, Opportunity, Task
from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import say
from crm_desktop.database import sentences
from crm_desktop.database.faults import OutcomeUnknown, Unreachable
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.ui import importing
from crm_desktop.ui.importing import WIZARD
from crm_desktop.ui.importing.wizard import COLUMNS, FILE, VERDICTS, ImportWizard, import_file
from crm_desktop.ui.session import Session
from crm_desktop.ui.widgets.drop_sign import DropSign
from crm_desktop.ui.widgets.empty import Empty
from tests.ui.waiting import settle

TABLE = (
    "公司名称,电话,城市,邮箱\n"
    "甲骨文化有限公司,010-5555 0001,北京,li@example.com\n"
    "乙方科技有限公司,021-5555 0002,上海,nobody at nowhere\n"
)


@pytest.fixture
def wizard(session: Session, tmp_path: Path) -> ImportWizard:
    path = tmp_path / "customers.csv"
    path.write_text(TABLE, encoding="utf-8")
    made = import_file(session.desk, "customer", path, session.window)
    settle()
    return made


def test_its_modules_are_read_beside_the_ui_thread(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are a tenth of a second of work. Nothing opens for who has closed the window meanwhile, and one dialog for two clicks."""
    asked: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def read(work: Callable[[], Any], then: Callable[[Any], None], key: str | None = None, failed: Any = None) -> None:
        assert key  # the answer to the first of two clicks is dropped
        asked.append((work, then))

    with monkeypatch.context() as first_time:
        first_time.setattr(importing, "wizard", sys.modules[WIZARD])  # as it was, afterwards
        first_time.delitem(sys.modules, WIZARD)
        first_time.setattr(session.desk, "read", read)
        session.import_sheet("lead")
        assert WIZARD not in sys.modules and not session.window.findChildren(QDialog)
        work, then = asked.pop()
        with ThreadPoolExecutor(1) as worker:
            wizard = worker.submit(work).result()
        then(wizard)
        made = session.window.findChildren(wizard.ImportWizard)
        assert [one.file.record_type() for one in made] == [Lead]
        assert made[0].isVisible()
        session.import_sheet("lead")  # from then on at once
        assert not asked and len(session.window.findChildren(wizard.ImportWizard)) == 2


def _known(session: Session, name: str) -> int:
    return session.records.count(Customer, session.desk.actor, View((Condition("name", "is", name),)))


def test_three_steps_bring_the_rows_in_and_one_button_takes_them_back(session: Session, wizard: ImportWizard) -> None:
    assert wizard.file.table is not None and wizard.steps.currentIndex() == FILE
    wizard.next.click()
    assert wizard.steps.currentIndex() == COLUMNS
    assert {column.target for column in wizard.columns.mapping.mapped()} >= {"name", "phone", "city"}
    wizard.next.click()
    assert wizard.steps.currentIndex() == VERDICTS
    assert wizard.verdicts.counts()["new"] >= 1
    assert _known(session, "甲骨文化有限公司") == 0  # a rehearsal changes nothing
    wizard.next.click()
    assert _known(session, "甲骨文化有限公司") == 1
    wizard.verdicts.undo.click()
    assert _known(session, "甲骨文化有限公司") == 0


def test_a_change_is_told_with_both_values(session: Session, tmp_path: Path) -> None:
    """An older sheet would put a city back: what stands there now is seen beside it, and no more of it after the import."""
    session.records.save(Customer(name="甲骨文化有限公司", city="杭州", owner=session.desk.actor.employee), session.desk.actor)
    path = tmp_path / "old.csv"
    path.write_text("公司名称,城市\n甲骨文化有限公司,北京\n", encoding="utf-8")
    wizard = import_file(session.desk, "customer", path, session.window)
    settle()
    wizard.next.click()
    wizard.next.click()

    def said() -> str:
        model: Any = wizard.verdicts.table.model()
        model.cell(0, 3)  # asks for the page
        settle()
        return str(model.cell(0, 3))

    city = say("City")
    assert wizard.verdicts.counts()["changed"] == 1 and f"{city}: 杭州 → 北京" in said()
    wizard.next.click()
    assert city in said() and "→" not in said()


def test_refused_rows_come_back_as_a_workbook(
    session: Session, wizard: ImportWizard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard.next.click()
    wizard.next.click()
    assert wizard.verdicts.counts()["refused"] == 1
    path = tmp_path / "refused.csv"
    offered: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (offered.append(args[2]), (str(path), ""))[1])
    wizard.verdicts.save.click()
    assert Path(offered[0]).parent == tmp_path  # beside the file they come from
    with read_workbook(path) as workbook:
        assert any("乙方科技有限公司" in map(str, row) for row in workbook.sheet().rows())


def test_days_that_may_be_read_two_ways_are_asked_about(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tasks.csv"
    path.write_text("title,created,due date\nOffer,13/1/2026,3/4/2026\nVisit,,5/6/2026\nCall,1/14/2026,7/7/2026\n", encoding="utf-8")
    asked: list[Any] = []

    def answer(_parent: Any, _title: str, columns: list[tuple[str, list[tuple[str, str]]]]) -> list[str]:
        asked.append(columns)
        return ["dmy", "dmy"]

    monkeypatch.setattr("crm_desktop.ui.importing.wizard.ask_choices", answer)
    wizard = import_file(session.desk, "task", path, session.window)
    wizard.next.click()
    wizard.columns.mapping.set("created", "created_at")
    wizard.columns.mapping.set("due date", "due_on")
    wizard.next.click()
    # All columns in one question, each with what the two ways make of one of its own days.
    assert [[heading for heading, _ways in columns] for columns in asked] == [["created", "due date"]]
    (_heading, created), (_heading, due) = asked[0]
    assert [order for order, _text in due] == ["dmy", "mdy"]
    assert all("3/4/2026" in text for _order, text in due)
    assert "2026-04-03" in due[0][1] and "2026-03-04" in due[1][1]
    assert "31/12/2026" in created[0][1]  # none of its days may be both
    wizard.next.click()
    view = View((Condition("title", "is", "Offer"), Condition("due_on", "is", "2026-04-03")))
    assert session.records.count(Task, session.desk.actor, view) == 1


def said(empty: Empty) -> str:
    """What it shows."""
    return " ".join(label.text() for label in empty.findChildren(QLabel))


def test_how_a_text_was_read_goes_on_in_a_second_line_where_the_window_is_narrow(wizard: ImportWizard) -> None:
    """With large letters, in English, the four of them side by side are wider than a small screen, and the buttons would be beyond it."""
    shown = [wizard.file.sheet, wizard.file.encoding, wizard.file.delimiter, wizard.file.heading]
    assert all(one.isVisibleTo(wizard) for one in shown)
    least = wizard.file._options.minimumSizeHint().width()
    assert least < sum(one.minimumSizeHint().width() for one in shown)
    assert wizard.file._options.layout().heightForWidth(least) > 3 * wizard.file.sheet.sizeHint().height()  # type: ignore[union-attr]


def test_a_file_that_cannot_be_read_does_not_stand_beside_the_sheets_of_the_one_before(wizard: ImportWizard, tmp_path: Path) -> None:
    assert not wizard.file._options.isHidden() and wizard.next.isEnabled()
    empty = tmp_path / "empty.xlsx"
    empty.touch()
    wizard.file.choose(empty)
    settle()
    assert wizard.file._options.isHidden() and not wizard.next.isEnabled()
    assert "empty.xlsx" in said(wizard.file.unread)


def test_what_could_not_be_read_is_read_again(wizard: ImportWizard, tmp_path: Path) -> None:
    """Another program has it, a disk is away: once that is put right, one button is enough."""
    path = tmp_path / "late.csv"
    path.write_text("\n", encoding="utf-8")
    wizard.file.choose(path)
    settle()
    assert wizard.file.below.currentWidget() is wizard.file.unread and not wizard.next.isEnabled()
    path.write_text(TABLE, encoding="utf-8")
    assert wizard.file.unread.button is not None
    wizard.file.unread.button.click()
    settle()
    assert wizard.file.below.currentWidget() is wizard.file.view and wizard.next.isEnabled()


def test_esc_lets_go_of_the_file_and_closes(wizard: ImportWizard) -> None:
    let_go: list[bool] = []
    forget = wizard.file.forget
    wizard.file.forget = lambda: (let_go.append(True), forget())  # type: ignore[method-assign]
    QTest.keyClick(wizard, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert let_go and not isValid(wizard)


def test_work_under_way_can_be_stopped_and_tells_of_itself_only(wizard: ImportWizard) -> None:
    wizard.next.click()
    wizard.next.click()
    wizard.next.click()
    assert wizard.verdicts.imported is not None and wizard.cancel.text() == say("Close")
    seen: list[tuple[str, str]] = []

    def work(told: Callable[[int, int], None], _stop: Any) -> None:
        seen.append((wizard.cancel.text(), wizard.speed.text()))
        wizard._step(1, 2, "")
        seen.append((wizard.cancel.text(), wizard.speed.text()))
        wizard._job = Waiting()
        wizard.cancel.click()
        seen.append((wizard.cancel.text(), wizard.speed.text()))
        assert not wizard.cancel.isEnabled()
        wizard._step(2, 2, "")  # the rows under way are gone through first
        seen.append((wizard.cancel.text(), wizard.speed.text()))

    class Waiting:
        done = False

        def cancel(self) -> None:
            pass

    wizard._step(2, 2, "")
    wizard._long(work, lambda _none: None)
    rows, stopping = say("{done} of {total} rows", done="1", total="2"), say("Stopping…")
    assert seen == [(say("Cancel"), text) for text in ("", rows, stopping, stopping)]
    assert wizard.cancel.text() == say("Close") and wizard.cancel.isEnabled()


@pytest.mark.parametrize(("error", "kept"), [(Unreachable(sentences.LINE_LOST, host="crm"), True), (OutcomeUnknown(1), False)])
def test_an_import_that_fails_says_that_nothing_came_of_it_where_that_is_known(
    wizard: ImportWizard, monkeypatch: pytest.MonkeyPatch, error: Trouble, kept: bool
) -> None:
    wizard.next.click()
    wizard.next.click()
    assert wizard._plan is not None

    def fail(*_given: Any) -> None:
        raise error

    with monkeypatch.context() as away:
        away.setattr(wizard._plan, "run", fail)
        wizard.next.click()
    told = wizard.problem.text()
    assert told.startswith(error.sentence()) and told.endswith(say("Nothing was imported.")) == kept
    assert wizard.next.isEnabled()
    wizard.next.click()
    assert wizard.verdicts.imported is not None and not wizard.problem.text()


def test_closing_while_rows_are_read_stops_that_first(wizard: ImportWizard) -> None:
    class Job:
        done = False

        def cancel(self) -> None:
            wizard._failed(Cancelled())

    running: Any = Job()
    wizard._job = running
    wizard._busy(True)
    wizard.close()
    assert wizard.isVisible() and wizard._stop.is_set()
    assert "Nothing was imported" in wizard.problem.text()
    running.done = True
    wizard.close()
    assert not wizard.isVisible()


def test_enter_goes_on_and_undone_is_said(session: Session, wizard: ImportWizard) -> None:
    """While rows are checked the buttons are off; the one that waited gets the cursor back, not Cancel."""
    wizard.next.click()
    wizard.next.click()
    assert wizard.steps.currentIndex() == VERDICTS
    assert wizard.focusWidget() is wizard.next
    assert wizard.verdicts.table.model().index(0, 0).data() == "乙方科技有限公司"  # the refused one, by name
    wizard.next.click()
    assert "Added: 1" in wizard.verdicts.summary.text()
    wizard.verdicts.undo.click()
    settle()
    assert wizard.title.text() == "Undone"
    assert wizard.verdicts.summary.text() == "1 record taken back"
    assert wizard.verdicts.table.isHidden() and wizard.verdicts.filter.isHidden()
    assert wizard.verdicts.findChildren(Empty)[-1].isVisible()


def test_what_an_undo_has_kept_is_listed_in_the_place_of_the_rows(session: Session, tmp_path: Path) -> None:
    """Of three that came in, one was worked with since: two are gone, one stands, and the page says so instead of “Added: 3”."""
    path = tmp_path / "three.csv"
    path.write_text("公司名称,城市\n甲骨文化有限公司,北京\n乙方科技有限公司,上海\n丙午机械有限公司,武汉\n", encoding="utf-8")
    wizard = import_file(session.desk, "customer", path, session.window)
    settle()
    for _step in range(3):
        wizard.next.click()
    records, actor = session.records, session.desk.actor
    one = records.get(Customer, records.ids(Customer, actor, View((Condition("name", "is", "丙午机械有限公司"),)))[0], actor)
    one.city = "苏州"
    records.save(one, actor)
    wizard.verdicts.undo.click()
    assert wizard.verdicts.summary.text() == "2 records taken back    1 record kept"
    assert not wizard.verdicts.note.isHidden() and "1 record was changed again since and kept." in wizard.verdicts.note.text()
    rows = wizard.verdicts.table.model()
    assert [rows.index(row, 0).data() for row in range(rows.rowCount())] == ["“丙午机械有限公司” has been worked with since; it was kept."]
    assert not wizard.verdicts.table.isHidden() and wizard.verdicts.filter.isHidden()
    assert [_known(session, name) for name in ("甲骨文化有限公司", "丙午机械有限公司")] == [0, 1]
    wizard.reject()


def test_a_file_is_dropped(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(TABLE, encoding="utf-8")
    wizard = ImportWizard(session.desk, "customer", session.window)
    wizard.open()
    assert wizard.file.below.currentWidget() is wizard.file.nothing
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where, buttons, keys = QPointF(10, 10), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    wizard.file.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, buttons, keys))
    settle()
    assert wizard.file.below.currentWidget() is wizard.file.view
    assert wizard.file.table is not None and wizard.file.table.count == 2
    wizard.reject()


@pytest.mark.parametrize(("shown", "record_type"), [("customers", Customer), ("opportunities", Opportunity), ("calendar", Event)])
def test_a_file_is_dropped_on_a_page(session: Session, tmp_path: Path, shown: str, record_type: Any) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(TABLE, encoding="utf-8")
    data = QMimeData()
    page = session.window.go(shown)
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where, buttons, keys = QPointF(10, 10), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
    QCoreApplication.sendEvent(page, over)
    sign = page.findChild(DropSign)
    assert page.acceptDrops() and over.isAccepted()
    assert sign.isVisibleTo(page) and sign.size() == page.size() and say(record_type.screen.title) in sign.accessibleName()
    QCoreApplication.sendEvent(page, QDragLeaveEvent())
    assert not sign.isVisibleTo(page)
    QCoreApplication.sendEvent(page, over)
    QCoreApplication.sendEvent(page, QDropEvent(where, Qt.DropAction.CopyAction, data, buttons, keys))
    assert not sign.isVisibleTo(page)
    settle()
    (wizard,) = session.window.findChildren(ImportWizard)
    assert wizard.file.record_type() is record_type and wizard.file.table is not None and wizard.file.table.count == 2
    wizard.reject()


@pytest.mark.parametrize(("part", "meant"), [("VEVENT", "event"), ("VTODO", "task")])
def test_a_calendar_becomes_events_or_tasks_whatever_list_it_is_dropped_on(
    session: Session, tmp_path: Path, part: str, meant: str
) -> None:
    path = tmp_path / "c.ics"
    path.write_text(f"BEGIN:VCALENDAR\nBEGIN:{part}\nSUMMARY:拜访\nDTSTART:20261130T093000\nEND:{part}\nEND:VCALENDAR\n", encoding="utf-8")
    wizard = import_file(session.desk, "customer", path, session.window)
    settle()
    assert wizard.file.type.value() == meant and wizard.file.table is not None and wizard.file.table.count == 1
    # What cannot be read leaves nothing of the file before.
    path.write_bytes(b"%PDF-1.4 nothing")
    wizard.file.choose(path)
    settle()
    assert wizard.file.table is None and wizard.file.view.model().columnCount() == 0 and "PDF" in said(wizard.file.unread)
    wizard.reject()
