"""A whole day without the mouse: every act is a command, every place gives the keyboard on, what is opened leads back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from crm_desktop.business import Contact, Contract, Customer, Tag
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import say
from crm_desktop.ui.calendar.menus import context_menu
from crm_desktop.ui.records.columns_box import ColumnsBox
from crm_desktop.ui.records.conditions import ConditionsBox
from crm_desktop.ui.records.new_record import NewRecord
from crm_desktop.ui.session import Session
from crm_desktop.ui.shell.focus import in_reading_order
from crm_desktop.ui.shell.hits import Hit
from crm_desktop.ui.widgets.menus import Menu
from tests.ui.waiting import wait_for

Key, Held = Qt.Key, Qt.KeyboardModifier


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Held.NoModifier) -> None:
    widget.activateWindow()
    QTest.qWait(1)
    QTest.keyClick(widget, key, held)


def keys_of(session: Session) -> set[str]:
    return {command.key for command in session.window.commands.available()}


def menus(session: Session) -> list[Menu]:
    return [menu for menu in session.window.findChildren(Menu) if menu.isVisible()]


def test_ctrl_k_leads_to_what_other_views_can_do(session: Session) -> None:
    """The funnel from the customers, the export of contracts that were never opened; what is in front stands for itself, and once."""
    window = session.window
    window.go("customers")
    far = {command.key: command for command in window.commands.out_of_sight()}
    assert {"report.funnel", "reports.export", "contract.export", "contract.columns", "lead.labels", "opportunity.as"} <= far.keys()
    assert not far.keys() & keys_of(session) and "customer.export" not in far
    window.search()
    palette = window._palette
    assert palette is not None
    palette.entry.setText(say("Sales funnel"))
    hits = [line for line in palette._lines.lines if isinstance(line, Hit)]
    assert [(hit.title, hit.sub) for hit in hits if hit.run is not None] == [(say("Sales funnel"), say("Reports"))]
    palette.dismiss()
    far["report.lost_reasons"].run()
    assert window.current() == "reports"
    wait_for(lambda: window.docks.view("reports").report.key == "lost_reasons")
    assert window.commands.shortcut("contract.export") == "", "nothing has the keys of a view that is not there"
    far["contract.columns"].run()
    assert window.current() == "contracts" and session.built_list("contract") is not None
    wait_for(lambda: bool(window.findChildren(ColumnsBox)))
    assert "contract.export" in keys_of(session)
    window.go("reports")
    assert {"contract.export", "customer.export"} <= {command.key for command in window.commands.out_of_sight()}


LIST = {"new", "filter", "conditions", "columns", "next_view", "view_before", "save_view", "export", "edit_cell", "set", "delete"}


@pytest.mark.parametrize(
    ("type_key", "more"),
    [
        ("customer", {"log", "plan", "assign", "tag", "labels"}),
        ("contact", {"log", "plan", "labels"}),
        ("lead", {"log", "assign", "labels"}),
        ("contract", {"assign", "move.activate", "move.terminate"}),
        ("task", {"assign", "move.done"}),
        ("product", set()),
    ],
)
def test_the_palette_reaches_all_a_list_can_do(session: Session, type_key: str, more: set[str]) -> None:
    session.list_page_of(type_key)
    missing = {f"{type_key}.{key}" for key in LIST | more} - keys_of(session)
    assert missing == set()


def test_the_palette_reaches_all_the_board_and_the_details_can_do(session: Session) -> None:
    session.window.go("opportunities")
    session.window.detail()
    wanted = {"card.next", "card.before", "card.end", "card.log", "card.visit", "card.contract", "card.delete", "opportunity.as"}
    assert wanted <= keys_of(session)
    assert {"record.back", "record.forward", "record.star", "record.more", "view.loose", "view.close"} <= keys_of(session)


def test_every_shortcut_of_a_view_is_its_own(session: Session) -> None:
    for page in ("customers", "contacts", "contracts", "opportunities", "tasks", "leads"):
        session.window.go(page)
        commands = session.window.commands
        taken: dict[str, str] = {}
        for command in commands.available():
            keys = commands.shortcut(command.key)
            assert not keys or keys not in taken, (page, keys, command.key, taken[keys])
            taken[keys] = command.key


def test_menus_and_tooltips_name_the_keys_a_command_has_now(session: Session) -> None:
    window, commands = session.window, session.window.commands
    for page in ("opportunities", "reports", "calendar", "customers"):
        window.go(page)
    window.show_detail(True)
    page_of_customers, detail = session.list_page_of("customer"), window.detail()
    page_of_customers.footer.bulk.set_actions(page_of_customers.acts.bulk_actions())
    for command in commands.everything():
        if command.shortcut:
            commands.set_shortcut(command.key, "Ctrl+Alt+F9")
    told = {button.toolTip().rpartition("   ")[2] for button in window.findChildren(QAbstractButton) if "   " in button.toolTip()}
    told.add(detail.head.close_button.toolTip().rpartition("   ")[2])
    assert told == {"Ctrl+Alt+F9"}
    customer = session.records.get(Customer, page_of_customers.current_id(), session.desk.actor)
    board: Any = window.view("opportunities")
    card = next(card for box in board.board.boxes() for card in box.view.lane_model().cards)
    page_of_customers.acts._open_menu(customer, QPoint(0, 0))
    menus = [page_of_customers.findChildren(Menu)[-1], board.acts.menu(card), context_menu(window, None, lambda _key: None)]
    detail.sheet(Customer).open_more()
    menus.append(detail.sheet(Customer).findChildren(Menu)[-1])
    named = [action.text().partition("\t")[2] for menu in menus for action in menu.actions()]
    assert set(filter(None, named)) == {"Ctrl+Alt+F9", "Enter"} and len(list(filter(None, named))) > 12
    window.tell("Saved", undo=lambda: None)
    assert window.snackbar._action.text().endswith("Ctrl+Alt+F9")


def test_lists_in_the_settings_obey_the_keys_of_lists(session: Session) -> None:
    page: Any = session.window.go("settings")
    assert session.window.commands.everything()
    new = next(one for one in session.window.commands.available() if one.key == "settings.new")
    assert new.reason() == "Open one of the lists first."
    page.show_topic("tag")
    tags = page.stack.currentWidget()
    wait_for(lambda: tags.model.row_count() > 2)
    press(page, Key.Key_N, Held.ControlModifier)
    dialog = session.window.findChild(NewRecord)
    assert dialog is not None and dialog.record_type is Tag
    dialog.reject()
    press(page, Key.Key_F, Held.ControlModifier)
    wait_for(lambda: tags.filter.hasFocus())
    before = tags.model.row_count()
    tags.table.setFocus()
    tags.table.pick(0)
    press(tags.table, Key.Key_Delete)
    wait_for(lambda: tags.model.row_count() == before - 1)


def test_the_keyboard_goes_back_to_the_bin_when_nothing_is_left_to_restore(session: Session) -> None:
    customer = session.list_page_of("customer").current_id()
    session.records.delete(Customer, [customer or 0], session.desk.actor)
    page: Any = session.window.go("recycle_bin")
    wait_for(lambda: page.model.row_count() == 1)
    page.table.pick(0)
    session.window.activateWindow()
    page.restore.setFocus()
    wait_for(lambda: page.restore.hasFocus())
    page.restore.click()
    wait_for(lambda: page.model.row_count() == 0)
    focus = QApplication.focusWidget()
    assert focus is not None and not session.window.sidebar.isAncestorOf(focus)


def test_the_keyboard_stays_on_an_act_when_the_record_is_read_again(session: Session) -> None:
    session.list_page_of("customer")
    detail: Any = session.window.detail()
    sheet = detail.sheet(Customer)
    session.window.activateWindow()
    sheet._more.setFocus()
    wait_for(lambda: sheet._more.hasFocus())
    before = sheet._more
    detail.open("customer", detail.record.id)
    assert sheet._more is not before and sheet._more.hasFocus()


def test_down_leads_from_the_filter_box_to_the_first_card(session: Session) -> None:
    page: Any = session.window.go("opportunities")
    wait_for(lambda: page.board.boxes() and sum(len(box.view.lane_model().cards) for box in page.board.boxes()) > 3)
    card = next(card for box in page.board.boxes()[2:] for card in box.view.lane_model().cards)
    page.filter.setFocus()
    page.filter.setText(card.name)
    wait_for(lambda: page.board.box_of(card.stage).view.lane_model().row_of(card.id) >= 0 and page.question.text == card.name)
    press(page.filter, Key.Key_Down)
    assert page.board.current_card() is not None
    focus = QApplication.focusWidget()
    assert focus is not None and page.board.isAncestorOf(focus)


def test_a_card_that_was_lost_is_picked_again_after_ctrl_z(session: Session) -> None:
    page: Any = session.window.go("opportunities")
    wait_for(lambda: page.board.boxes() and bool(page.board.boxes()[0].view.lane_model().cards))
    page.board.enter()
    card = page.board.current_card()
    session.window.commands.run("card.next")
    wait_for(lambda: page.board.current_card() is not None and page.board.current_card().stage != card.stage)
    for box in page.board.boxes():
        box.view.clearSelection()
    session.window.undo()
    wait_for(lambda: page.board.current_card() is not None)
    assert (page.board.current_card().id, page.board.current_card().stage) == (card.id, card.stage)


def test_ctrl_f_finds_the_filter_box_of_the_list_of_opportunities_too(session: Session) -> None:
    page: Any = session.window.go("opportunities")
    session.window.commands.run("opportunity.as")
    assert page.list is not None
    session.window.commands.run("opportunity.filter")
    session.window.activateWindow()
    wait_for(page.list.filter.hasFocus)
    assert "opportunity.log" in keys_of(session)


def test_a_linked_record_is_opened_from_its_field_and_alt_left_goes_back(session: Session) -> None:
    contact_id = next(
        one for one in session.records.ids(Contact, session.desk.actor, View())
        if session.records.get(Contact, one, session.desk.actor).customer
    )  # fmt: skip
    contact = session.records.get(Contact, contact_id, session.desk.actor)
    session.open_record("contact", contact_id)
    detail: Any = session.window.detail()
    wait_for(lambda: detail.record is not None and detail.record.id == contact_id)
    editor = detail.sheet(Contact).form.loaded.editors["customer"]
    QTest.keyClick(editor, Key.Key_O, Held.ControlModifier)
    wait_for(lambda: detail.record.id == contact.customer)
    assert not detail.head.back.isHidden()
    session.window.commands.run("record.back")
    wait_for(lambda: detail.record.id == contact_id)
    session.window.commands.run("record.forward")
    wait_for(lambda: detail.record.id == contact.customer)


def test_shift_f10_opens_the_context_menu_of_the_current_row(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    page.table.pick(0)
    page.table.setFocus()
    press(page.table, Key.Key_F10, Held.ShiftModifier)
    wait_for(lambda: bool(menus(session)))
    titles = [action.text().split("\t")[0] for action in menus(session)[0].actions()]
    assert "New opportunity" in titles and "New contact" in titles
    menus(session)[0].close()


def test_views_are_changed_by_keyboard(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    chips = [one.key for one in page.choices]
    assert page.current == chips[0]
    session.window.commands.run("customer.next_view")
    assert page.current == chips[1]
    session.window.commands.run("customer.view_before")
    session.window.commands.run("customer.view_before")
    assert page.current == chips[-1]


def test_a_view_goes_into_a_window_of_its_own_and_back_by_keyboard(session: Session) -> None:
    session.list_page_of("customer")
    commands = session.window.commands
    alone = next(command for command in commands.available() if command.key == "view.loose")
    assert alone.reason()
    session.window.go("contracts", "beside")
    dock = session.window.docks._docks["contracts"]
    commands.run("view.loose")
    assert dock.isFloating()
    commands.run("view.loose")
    assert not dock.isFloating()
    commands.run("view.close")
    assert session.window.docks.open_views() == ["customers"]


def test_ctrl_n_says_why_nothing_can_be_added(session: Session) -> None:
    from dataclasses import replace

    told: list[str] = []
    session.window.tell = lambda text, *_rest: told.append(text)  # type: ignore[method-assign]
    rights = {key: operations - {"add"} for key, operations in session.desk.actor.rights.items()}
    session.desk.actor = replace(session.desk.actor, rights=rights)
    page: Any = session.list_page_of("customer")
    page.begin_new()
    assert len(told) == 1 and told[0]
    assert session.window.findChild(NewRecord) is None


def test_the_star_is_a_command(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    page.table.pick(0)
    detail: Any = session.window.detail()
    wait_for(lambda: isinstance(detail.record, Customer))
    from crm_desktop.business.office import marks

    entry = ["customer", detail.record.id]
    before = entry in marks.starred(session.records, session.desk.actor)
    session.window.commands.run("record.star")
    wait_for(lambda: (entry in marks.starred(session.records, session.desk.actor)) != before)


def conditions_of(session: Session) -> Any:
    page: Any = session.list_page_of("customer")
    session.window.activateWindow()
    session.window.commands.run("customer.conditions")
    box: Any = page.findChild(ConditionsBox)
    wait_for(lambda: box.isVisible() and box._rows[0].field.hasFocus())
    return box


def test_a_condition_is_set_with_tab_and_space_in_reading_order(session: Session) -> None:
    box = conditions_of(session)
    row = box._rows[0]
    row.field.setCurrentIndex(row.field.findData("level"))
    told: list[Any] = []
    box.changed.connect(told.append)
    QTest.keyClick(row.field, Key.Key_Tab)
    assert row.operator.hasFocus()
    QTest.keyClick(row.operator, Key.Key_Tab)
    values = row._editors[0]
    assert values.hasFocus()
    QTest.keyClick(values, Key.Key_Space)
    assert told[-1][0].field == "level" and len(told[-1][0].value) == 1
    QTest.keyClick(values, Key.Key_Tab)
    assert row._cross.hasFocus()
    box.close()


def test_fields_and_values_of_a_condition_are_found_by_what_they_sound_like(session: Session) -> None:
    box = conditions_of(session)
    row = box._rows[0]
    QTest.keyClicks(row.field, "next c")
    assert row.field.currentData() == "next_contact_on"
    row.field.setCurrentIndex(row.field.findData("owner"))
    values = row._editors[0]
    values.addItem("曾敏")
    QTest.keyClicks(values, "zengm")
    assert values.currentItem().text() == "曾敏"
    box.close()


def test_a_value_of_a_condition_is_ticked_by_its_words_and_by_its_box(session: Session) -> None:
    box = conditions_of(session)
    row = box._rows[0]
    row.field.setCurrentIndex(row.field.findData("level"))
    values = row._editors[0]
    for spot in (values.visualItemRect(values.item(0)).center(), values.visualItemRect(values.item(1)).topLeft() + QPoint(9, 12)):
        QTest.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert values.values() == ["A", "B"]
    QTest.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, pos=values.visualItemRect(values.item(0)).center())
    assert values.values() == ["B"]
    box.close()


def test_the_box_of_conditions_shrinks_with_them_and_stays_under_its_button(session: Session) -> None:
    box = conditions_of(session)
    right = box.geometry().right()
    height = box.height()
    box._add(None)
    assert box.height() > height
    box._remove(box._rows[1])
    assert (box.height(), box.geometry().right()) == (height, right)
    assert box._rows[0].field.hasFocus()
    box.close()


def test_the_recycle_bin_opens_on_what_was_deleted_last(session: Session) -> None:
    contract = session.records.ids(Contract, session.desk.actor)[0]
    outcome = session.records.delete(Contract, [contract], session.desk.actor)
    assert outcome.done
    page: Any = session.window.go("recycle_bin")
    wait_for(lambda: page.type.value() == "contract" and page.model.row_count() >= 1)
    assert page.type.currentText().endswith("  1")
    page.type.set_value("product")
    page.type.committed.emit()
    wait_for(lambda: page.stack.currentWidget() is page.empty)
    assert page.empty._title.text() == "No deleted products"
    session.window.go("customers")
    session.window.activateWindow()
    session.window.go("recycle_bin")
    focus = QApplication.focusWidget()
    assert focus is not None and focus.isVisible()


def tab_stops(session: Session, start: QWidget, most: int = 80) -> list[QWidget]:
    """The widgets Tab goes to from `start`, until it is there again."""
    session.window.activateWindow()
    start.setFocus()
    found: list[QWidget] = []
    for _press in range(most):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible() and not focus.visibleRegion().isEmpty(), focus.accessibleName()
        found.append(focus)
        QTest.keyClick(focus, Key.Key_Tab)
        if QApplication.focusWidget() is start:
            return found
    raise AssertionError("Tab does not come back")


def test_tab_follows_the_reading_order_of_a_list_and_its_details(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    page.table.pick(0)
    detail: Any = session.window.detail()
    # Filled by itself a moment ago, the details may show another record, whose buttons are about to be replaced.
    wait_for(lambda: detail.record is not None and detail.record.id == page.current_id())
    sheet = detail.sheet(Customer)
    wait_for(lambda: sheet.isVisible() and sheet._more.isVisible())
    stops = tab_stops(session, page.new)
    chip = page.chips._chips[page.chips.current()]
    order = [page.new, chip, page.filter, page.conditions, page.columns, page.table, sheet._buttons[0], sheet._more, sheet.tabs.tabBar()]
    order += [sheet.form.loaded.editors[name] for name in ("name", "level", "phone", "address")]
    places = [stops.index(widget) for widget in order]
    assert places == sorted(places)
    assert len(stops) < 60


@pytest.mark.parametrize("page", ["workbench", "customers", "opportunities", "recycle_bin", "reports", "settings", "tasks"])
def test_tab_stops_only_at_what_has_a_name_and_is_seen(session: Session, page: str) -> None:
    session.window.go(page)
    session.window.docks.focus(page, Qt.FocusReason.TabFocusReason)
    QTest.qWait(50)
    start = QApplication.focusWidget()
    assert start is not None
    for stop in tab_stops(session, start):
        spoken = QAccessible.queryAccessibleInterface(stop)
        assert stop.accessibleName() or (spoken and spoken.text(QAccessible.Text.Name)), type(stop).__name__


def test_the_sidebar_is_entered_at_the_current_view_and_walked_with_the_arrows(session: Session) -> None:
    session.window.go("contracts")
    sidebar = session.window.sidebar
    stops = in_reading_order(sidebar)
    assert sidebar.item("contracts") in stops
    assert sidebar.item("customers") not in stops
    shelf = [item for item in sidebar._starred._items if item.isVisible()]
    assert len(shelf) > 1 and [item for item in shelf if item in stops] == shelf[:1]
    session.window.activateWindow()
    shelf[0].setFocus()
    QTest.keyClick(shelf[0], Key.Key_Down)
    assert shelf[1].hasFocus()


def test_the_bulk_bar_keeps_its_icons_where_there_is_no_room_for_words(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    page.table.pick(0)
    QTest.keyClick(page.table, Key.Key_Down, Held.ShiftModifier)
    bulk = page.footer.bulk
    wait_for(bulk.isVisible)
    button = bulk.button("set")
    bulk.resize(1200, bulk.height())
    assert button.text() == "Change a field"
    bulk.resize(300, bulk.height())
    assert (button.text(), button.toolTip(), button.accessibleName()) == ("", "Change a field", "Change a field")


def test_columns_are_ticked_and_moved_with_the_keyboard_alone(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    session.window.activateWindow()
    session.window.commands.run("customer.columns")
    box: Any = page.findChild(ColumnsBox)
    wait_for(lambda: box.isVisible() and box.list.hasFocus())
    before = page.shown_columns()
    assert box.list.values() == before  # those that are shown come first, in their order
    box.list.setCurrentRow(1)
    QTest.keyClick(box.list, Key.Key_Down, Held.AltModifier)
    assert page.shown_columns() == [before[0], before[2], before[1], *before[3:]]
    assert box.list.currentRow() == 2 and box.list.values() == page.shown_columns()
    QTest.keyClick(box.list, Key.Key_Space)
    assert before[1] not in page.shown_columns()
    for row in range(box.list.count()):  # the last one stays, whatever is pressed
        if box.list.item(row).checkState() == Qt.CheckState.Checked:
            box.list.setCurrentRow(row)
            QTest.keyClick(box.list, Key.Key_Space)
    assert len(page.shown_columns()) == 1 and box.list.values() == page.shown_columns()
    box.close()


def test_a_list_follows_the_value_of_a_condition_while_it_is_typed(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    box = conditions_of(session)
    row = box._rows[0]
    row.field.setCurrentIndex(row.field.findData("name"))
    editor = row._editors[0]
    editor.setFocus()
    QTest.keyClicks(editor, "Cloud")
    wait_for(lambda: page.view.conditions == (Condition("name", "contains", "Cloud"),))
    QTest.keyClicks(editor, " 9")
    QTest.keyClick(editor, Key.Key_Escape)  # closes the box; what was typed holds, also what has just been typed
    assert page.view.conditions == (Condition("name", "contains", "Cloud 9"),)
