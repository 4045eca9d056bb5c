"""What a newcomer met on the first day: each of these once went wrong at the real window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QRadioButton, QVBoxLayout

from crm_desktop.business import Contact, Customer
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core.views import View
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.records.form_file import FORMS, load_form
from crm_desktop.ui.session import Session
from crm_desktop.ui.shell.hits import Hit
from crm_desktop.ui.shell.theme import colour
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.field import error_of
from tests.ui.waiting import settle, wait_for


def form_of(session: Session, row: int = 0) -> Any:
    """The form of a row of the customers, once the detail dock shows it."""
    page: Any = session.list_page_of("customer")
    page.table.pick(row)
    detail: Any = session.window.detail()
    wait_for(lambda: detail.record is not None and detail.record.id == page.current_id())
    return detail.sheet(Customer).form


def test_what_is_typed_while_another_field_is_being_saved_stays(session: Session) -> None:
    form = form_of(session)
    city, mobile = form.loaded.editors["city"], form.loaded.editors["mobile"]
    city.setText("Paris")
    mobile.setFocus()
    mobile.setText("139")  # the first keys, before the answer to the save comes
    city.leave()
    settle()
    assert mobile.text() == "139"
    mobile.setText("13900001111")
    mobile.leave()
    settle()
    kept = session.records.get(Customer, form.record.id, session.desk.actor)
    assert (kept.city, kept.mobile) == ("Paris", "13900001111")


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_what_a_colleague_saved_under_the_cursor_is_not_overwritten_unasked(
    session: Session, monkeypatch: pytest.MonkeyPatch, keep: str
) -> None:
    form = form_of(session)
    city = form.loaded.editors["city"]
    city.setFocus()
    city.setText("Paris")
    boss = next(one.id for one in session.records.names.all("employee") if one.login == "zhoujg")  # type: ignore[attr-defined]
    theirs = session.records.get(Customer, form.record.id, actor_for(session.records, boss))
    theirs.city = "Lyon"
    session.records.save(theirs, actor_for(session.records, boss))
    settle()
    assert city.text() == "Paris"
    asked: list[str] = []

    def answer(question: Question) -> QDialog.DialogCode:
        asked.extend(button.text() for button in question.findChildren(QRadioButton))
        if keep == "theirs":
            return QDialog.DialogCode.Rejected
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(Question, "exec", answer)
    city.leave()
    settle()
    assert [text.partition(": ")[2] for text in asked] == ["Paris", "Lyon"]
    kept = session.records.get(Customer, form.record.id, session.desk.actor)
    assert kept.city == city.text() == ("Paris" if keep == "mine" else "Lyon")


def test_a_wrong_value_stays_with_its_reason_while_others_are_saved(session: Session) -> None:
    form = form_of(session)
    city, email = form.loaded.editors["city"], form.loaded.editors["email"]
    email.setText("not an address")
    email.leave()
    city.setText("Paris")
    city.leave()
    settle()
    assert email.text() == "not an address"
    assert error_of(email)


def test_an_undo_is_shown_in_the_field_that_has_the_cursor(session: Session) -> None:
    form = form_of(session)
    city = form.loaded.editors["city"]
    before = city.text()
    city.setFocus()
    city.setText("Paris")
    city.leave()
    settle()
    session.window.undo()
    settle()
    assert city.text() == before


def test_another_record_never_inherits_what_was_typed(session: Session) -> None:
    email = form_of(session, 0).loaded.editors["email"]
    email.setText("not an address")
    email.leave()
    form_of(session, 1)
    assert email.text() != "not an address"
    assert not error_of(email)


def test_the_palette_shows_customers_before_what_is_about_them(session: Session) -> None:
    given: list[Hit] = []
    session._find("广源", given.extend)
    settle()
    assert given[0].group == "Customers"
    assert len({hit.group for hit in given}) > 1


def test_enter_presses_the_button_with_the_focus_not_the_first_one(dressed: QApplication) -> None:
    pressed: list[str] = []
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    cancel = Button("Cancel", run=lambda: pressed.append("cancel"))
    first = Button("Import", None, "primary", run=lambda: pressed.append("import"))
    first.setDefault(True)
    column.addWidget(cancel)
    column.addWidget(first)
    dialog.show()
    cancel.setFocus()
    QTest.keyClick(cancel, Qt.Key.Key_Return)
    assert pressed == ["cancel"]
    dialog.deleteLater()


def test_a_list_offers_the_import(session: Session) -> None:
    assert session.list_page_of("customer").bring_in.isVisibleTo(session.window)


def test_a_click_on_the_current_row_brings_its_record_back(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    form_of(session)
    shown = session.window.detail()
    customer = shown.record.id
    contact = session.records.ids(Contact, session.desk.actor)[0]
    session.open_record("contact", contact)
    settle()
    assert shown.record.id == contact
    spot = page.table.visualRect(page.table.currentIndex()).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle()
    assert shown.record.id == customer


def test_an_empty_state_shows_every_line_of_its_sentence(dressed: QApplication) -> None:
    sentence = "Select a row in a list to see its details here. Up and Down keep working in the list. And so on, for three lines."
    empty = Empty("contact", "Nothing selected", sentence)
    empty.resize(400, 500)
    empty.show()
    settle()
    label = empty._sentence
    assert label.height() >= label.heightForWidth(label.width())
    empty.deleteLater()


def test_groups_have_headings_that_are_painted_and_not_counted_as_selected(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    records, actor = session.records, session.desk.actor
    total = records.count(Customer, actor, View())
    page.show_filter(View(group="owner"))
    wait_for(lambda: page.model.heading(0) is not None)
    name, count = page.model.heading(0)
    assert page.model.text(0, 0) == f"{name} {count:,}"
    page.table.selectAll()
    assert page.table.picked_count() == total == len(page.picked_ids())
    settle()
    ground = page.table.viewport().grab().toImage()
    below = page.table.verticalHeader().defaultSectionSize() + 8
    assert ground.pixelColor(400, 8) == colour("header")
    assert ground.pixelColor(400, below) != colour("header")


def test_the_docks_get_their_stored_sizes_once_more_when_the_window_has_its_own(session: Session) -> None:
    docks = session.window.docks
    form_of(session)
    state, dock = docks.state(), docks._docks["detail"]
    width = dock.width()
    docks.resizeDocks([dock], [width + 40], Qt.Orientation.Horizontal)
    settle()
    assert dock.width() > width
    docks.restore_widths(state)
    settle()
    assert dock.width() == width


def test_the_reminders_on_screen_go_when_another_person_sits_down(session: Session) -> None:
    begun: list[bool] = []

    class Ringing:
        def begin_again(self) -> None:
            begun.append(True)

    session.background = Ringing()
    session.rebuild()
    assert begun == [True]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('class="QLineEdit" name="short_name"', 'class="FancyThing" name="short_name"', "FancyThing"),
        ('class="QLineEdit" name="name"', 'class="QLineEdit" name="name_of_nothing"', "name_of_nothing"),
        ("</ui>", "", "damaged"),
    ],
)
def test_an_own_form_that_cannot_be_used_says_why(session: Session, tmp_path: Path, before: str, after: str, told: str) -> None:
    shipped = (FORMS / "customer.ui").read_text(encoding="utf-8")
    assert before in shipped
    (tmp_path / "customer.ui").write_text(shipped.replace(before, after), encoding="utf-8")
    loaded = load_form(session.desk, Customer, tmp_path)
    assert told in loaded.complaint
    assert {"name", "short_name"} <= loaded.editors.keys()
