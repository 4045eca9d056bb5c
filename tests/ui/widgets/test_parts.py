"""Headers, chips, footers, snackbar, menus and the other small parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QWidget

from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import metrics, px
from crm_desktop.ui.widgets import topic_list
from crm_desktop.ui.widgets.bulk import BulkAction, Footer
from crm_desktop.ui.widgets.busy import PATIENCE, BusyLine
from crm_desktop.ui.widgets.buttons import Button, Switch, icon_button, tip_text
from crm_desktop.ui.widgets.chips import ChipsRow
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.headers import DetailHead, ViewHeader
from crm_desktop.ui.widgets.labels import ElidedLabel
from crm_desktop.ui.widgets.menus import Menu, Popover
from crm_desktop.ui.widgets.segment import Segment
from crm_desktop.ui.widgets.snackbar import Snackbar
from crm_desktop.ui.widgets.tabs import Tabs
from crm_desktop.ui.widgets.topic_list import Topic, TopicList


@pytest.fixture
def room(english: None) -> Iterator[QWidget]:
    """A shown, empty window."""
    window = QWidget()
    window.resize(800, 500)
    window.show()
    yield window
    window.close()
    window.deleteLater()


def test_buttons_are_named_and_say_why_they_are_grey(room: QWidget) -> None:
    done: list[int] = []
    button = Button("Export", "download", run=lambda: done.append(1), shortcut="Ctrl+E", parent=room)
    assert button.accessibleName() == "Export"
    assert button.toolTip() == "Export   Ctrl+E"
    button.click()
    button.say_why_not("You may not export.")
    button.click()
    assert (done, button.toolTip()) == ([1], "You may not export.")
    button.say_why_not("")
    assert (button.isEnabled(), button.toolTip()) == (True, "Export   Ctrl+E")


def test_a_screen_reader_can_press_an_icon_button(room: QWidget) -> None:
    done: list[int] = []
    button = icon_button("star", "Star", lambda: done.append(1), checkable=True)
    button.toggle()  # what AT-SPI's "press" does on a checkable button
    assert done == [1]
    assert button.accessibleName() == "Star"
    assert tip_text("Star") == "Star"
    button.deleteLater()


def test_a_segment_tells_its_choice(room: QWidget) -> None:
    segment = Segment([("month", "Month"), ("week", "Week", "calendar-days")], "Range", room)
    seen: list[str] = []
    segment.changed.connect(seen.append)
    assert segment.value() == "month"
    segment.set_value("week")
    segment.set_value("week")
    assert (segment.value(), seen) == ("week", ["week"])


def test_chips_that_do_not_fit_wait_in_the_menu(room: QWidget) -> None:
    row = ChipsRow(parent=room)
    row.set_chips([(str(place), f"Saved view {place}", 100 + place) for place in range(8)], "6")
    chosen: list[str] = []
    row.chosen.connect(chosen.append)
    row.resize(400, 40)
    row.show()
    QApplication.processEvents()
    shown = [key for key, chip in row._chips.items() if chip.isVisible()]
    assert "6" in shown  # the one that is on stays in sight
    assert len(shown) < 8
    assert row._more.isVisible()
    row.choose("7")
    assert (row.current(), chosen, row._chips["7"].isVisible()) == ("7", ["7"], True)
    row.choose("a filter of no name")
    assert row.current() == ""
    row.resize(1600, 40)
    QApplication.processEvents()
    assert not row._more.isVisible()
    row.set_count("0", 5)
    assert row._chips["0"].text() == "Saved view 0  5"
    for count, told in ((9_999, "9,999"), (10_000, "10,000"), (10_001, "10,000+")):
        row.set_count("0", count)
        assert row._chips["0"].text() == row._chips["0"].accessibleName() == f"Saved view 0  {told}"


def test_the_footer_becomes_the_bulk_bar(room: QWidget) -> None:
    footer = Footer(room)
    done: list[str] = []
    footer.bulk.set_actions(
        [
            BulkAction("assign", "Assign", "user-plus", lambda: done.append("assign")),
            BulkAction(
                "delete",
                "Delete",
                "trash-2",
                lambda: done.append("delete"),
                why_not="You may not delete.",
                danger=True,
            ),
        ]
    )
    footer.set_figures("3 customers", "¥ 20")
    footer.set_picked(1)
    assert footer.currentIndex() == 0
    footer.set_picked(12_000)
    assert footer.currentIndex() == 1
    footer.bulk.button("assign").click()
    footer.bulk.button("delete").click()
    assert done == ["assign"]
    assert footer.bulk.button("delete").toolTip() == "You may not delete."


def test_the_snackbar_takes_back_once(room: QWidget) -> None:
    bar = Snackbar(room)
    undone: list[int] = []
    bar.tell("3 customers deleted", undo=lambda: undone.append(1))
    assert bar.isVisible()
    assert bar.undo()
    assert not bar.undo()
    assert (undone, bar.isVisible()) == ([1], False)
    bar.tell("Exported", action=("Open", lambda: undone.append(2)))
    assert not bar.undo()  # Ctrl+Z does not press other buttons
    assert bar.act()
    assert undone == [1, 2]


def test_the_snackbar_stays_inside_and_goes_by_itself(room: QWidget, qtbot: Any) -> None:
    bar = Snackbar(room)
    bar.tell("x" * 400, stays=30)
    assert room.rect().contains(bar.geometry())
    room.resize(640, 400)
    QApplication.processEvents()
    assert room.rect().contains(bar.geometry())
    qtbot.waitUntil(lambda: not bar.isVisible())


def test_the_snackbar_goes_where_no_other_window_lies(room: QWidget) -> None:
    for left in QApplication.topLevelWidgets():
        left.setVisible(left is room)
    bar = Snackbar(room)
    bar.tell("Saved", undo=lambda: None)
    middle = bar.geometry()
    over = QFrame(room, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
    over.setGeometry(QRect(room.mapToGlobal(middle.topLeft()), middle.size()))
    over.show()
    bar.keep_clear()
    beside = QRect(room.mapToGlobal(bar.pos()), bar.size())
    assert not beside.intersects(over.frameGeometry())
    assert room.rect().contains(bar.geometry())
    bar.tell("Saved again")
    assert bar.x() < middle.x()  # it comes up there at once
    over.hide()
    bar.tell("Saved", undo=lambda: None)
    assert bar.geometry() == middle
    over.deleteLater()


def test_tabs_that_do_not_fit_are_listed_by_a_button(room: QWidget) -> None:
    tabs = Tabs("Tabs", room)
    for name in ("Profile", "Timeline", "Contacts", "Opportunities", "Contracts"):
        tabs.addTab(QWidget(), name)
    tabs.setGeometry(0, 0, 700, 200)
    tabs.show()
    QApplication.processEvents()
    assert not tabs.all.isVisible()
    tabs.resize(260, 200)
    QApplication.processEvents()
    assert tabs.all.isVisible()
    tabs.setTabText(4, "Contracts 3")
    tabs.all.click()
    menu = tabs.findChildren(Menu)[-1]
    assert [entry.text() for entry in menu.actions()] == ["Profile", "Timeline", "Contacts", "Opportunities", "Contracts 3"]
    menu.actions()[4].trigger()
    menu.close()
    assert tabs.currentIndex() == 4
    tabs.resize(700, 200)
    QApplication.processEvents()
    assert not tabs.all.isVisible()


def test_an_empty_state_offers_one_way_on(room: QWidget) -> None:
    done: list[int] = []
    empty = Empty(
        "inbox",
        "No customers yet",
        "Bring them in from a workbook.",
        "Import",
        lambda: done.append(1),
        parent=room,
    )
    assert empty.button is not None
    empty.button.click()
    empty.say("No customer matches", "Change the filter.")
    assert done == [1]


def test_headers_keep_their_height_in_a_dock(room: QWidget) -> None:
    header = ViewHeader("Customers", "Open ¥ 1 M", [Button("New", "plus", "primary")], room)
    assert header.sizeHint().height() == header.minimumSizeHint().height() == header.height()
    header.set_title("Contracts")
    header.set_summary("Late ¥ 3 K")
    head = DetailHead(room)
    head.show_record("Mingda", [("Active", "ok"), ("A", "grey")], "Machines · Suzhou")
    assert head.accessibleName() == "Mingda, Active, A, Machines · Suzhou"
    assert not head.grab().isNull()


def test_no_button_of_a_narrow_header_is_cut(room: QWidget) -> None:
    other, first = Button("Export", "download"), Button("New customer", "plus", "primary")
    header = ViewHeader("Customers", "", [other, first], room)
    for wide, words in ((600, ("Export", "New customer")), (340, ("", "New customer")), (230, ("", "")), (600, ("Export", "New customer"))):
        header.resize(wide, header.height())
        header.grab()
        assert (other.text(), first.text()) == words, wide
        assert all(button.width() >= button.minimumSizeHint().width() for button in (other, first))
    assert first.accessibleName() == "New customer"
    close = Button("Close this view for good, says a long button")
    close.hide()
    header.add_right(close)
    header.grab()
    assert other.text() == "Export"
    close.show()
    header.grab()
    assert other.text() == ""


def test_a_cut_label_tells_the_rest(room: QWidget) -> None:
    label = ElidedLabel("A very long summary of figures <b>", parent=room)
    label.resize(60, 20)
    label.grab()
    assert label.toolTip().startswith("<span>A very long")
    label.resize(600, 20)
    label.grab()
    assert label.toolTip() == ""


def test_a_menu_of_switches_stays_open_for_the_next_one(room: QWidget) -> None:
    menu = Menu(room, passing=False)
    switches = [menu.add(name, checked=False, stays=True) for name in ("Name", "Phone")]
    menu.add("Close", lambda: None)
    menu.popup(room.mapToGlobal(room.rect().center()))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(switches[0]).center())
    menu.setActiveAction(switches[1])
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert [one.isChecked() for one in switches] == [True, True] and menu.isVisible()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(switches[0]).center())
    assert [one.isChecked() for one in switches] == [False, True]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[2]).center())
    assert not menu.isVisible()


def test_menu_entries_show_keys_and_reasons(room: QWidget) -> None:
    menu = Menu(room, passing=False)
    done: list[int] = []
    entry = menu.add("Open & close", lambda: done.append(1), "external-link", "Return")
    grey = menu.add("Delete", icon_name="trash-2", why_not="You may not delete.")
    ticked = menu.add("Phone", checked=True)
    entry.trigger()
    assert done == [1]
    assert entry.text().startswith("Open && close\t")
    assert (grey.isEnabled(), grey.toolTip(), ticked.isChecked()) == (False, "You may not delete.", True)
    assert entry.shortcut().isEmpty()  # only shown: the registry owns the key


def test_a_popover_stays_on_the_screen_and_closes_by_escape(room: QWidget) -> None:
    box = Popover(room, "Conditions")
    box.column.addWidget(Button("Apply"))
    room.move(0, 0)
    box.open_under(room, align_right=True)
    assert room.screen().availableGeometry().contains(box.geometry())
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box.isVisible()


def test_quick_answers_show_no_busy_line(room: QWidget, qtbot: Any) -> None:
    line = BusyLine(room)
    line.start()
    line.stop()
    assert not line.isVisible()
    line.start()
    qtbot.waitUntil(line.isVisible, timeout=PATIENCE * 4)
    line.stop()
    assert not line.isVisible()


def test_parts_have_names(room: QWidget, nameless: Any) -> None:
    ChipsRow([icon_button("filter", "Conditions")], parent=room).show()
    Footer(room).show()
    Segment([("a", "A"), ("b", "B")], "Choice", room).show()
    Snackbar(room).tell("Done", undo=lambda: None)
    assert nameless(room) == []


def test_a_switch_has_room_for_its_text_when_it_is_on(room: QWidget) -> None:
    chip = Switch("Still open  30", kind="chip")
    chip.setParent(room)
    chip.show()
    QApplication.processEvents()
    padding = chip.sizeHint().width() - metrics("small", tokens.MEDIUM).horizontalAdvance(chip.text())
    assert chip.sizeHint().width() - metrics("small", tokens.SEMIBOLD).horizontalAdvance(chip.text()) >= px(20)
    assert padding > px(20)  # of the light letters there is more


def test_topics_are_chosen_by_key_and_tell_what_they_are(room: QWidget) -> None:
    topics = TopicList([Topic("own", "Mine", "user-cog"), Topic("tag", "Tags", "tag", "Words <b> for everything")], "Topics", room)
    chosen: list[str] = []
    topics.chosen.connect(chosen.append)
    topics.choose("tag")
    topics.choose("no such topic")
    assert chosen == ["tag", "own"] and topics.topic_keys() == ["own", "tag"]
    index = topics.model().index(1, 0)
    assert index.data() == "Tags" and "<b>" not in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_long_message_takes_more_lines_and_the_next_short_one_fewer(room: QWidget) -> None:
    """The sentence about a form file names its whole path: all of it is read, in a narrow window too."""
    room.resize(620, 300)
    room.show()
    bar = Snackbar(room)
    bar.tell("Saved", undo=lambda: None)
    short = bar.size()
    bar.tell(f"The form file /home/{'long/' * 20}customer.ui cannot be used. The shipped form is shown instead.", undo=lambda: None)
    QApplication.processEvents()
    words = bar.findChild(QLabel)
    assert bar.width() <= 620 and bar.height() > short.height()
    assert words.height() >= words.heightForWidth(words.width())
    bar.tell("Saved", undo=lambda: None)
    QApplication.processEvents()
    assert bar.size() == short


@pytest.mark.parametrize("bar", [Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn])
def test_icons_alone_stand_in_the_middle_of_what_a_scroll_bar_leaves(
    room: QWidget, monkeypatch: pytest.MonkeyPatch, bar: Qt.ScrollBarPolicy
) -> None:
    topics = TopicList([Topic("own", "Mine", "user-cog"), Topic("tag", "Tags", "tag")], "Topics", room)
    topics.set_narrow(True)
    topics.setVerticalScrollBarPolicy(bar)
    topics.setFixedHeight(300)
    topics.show()
    QApplication.processEvents()
    painted: list[QRect] = []
    monkeypatch.setattr(topic_list, "paint_icon", lambda _painter, _name, where, _colour: painted.append(where))
    topics.grab()
    assert len(painted) >= 2
    for where in painted:
        left, right = where.x(), topics.viewport().width() - where.x() - where.width()
        assert abs(left - right) <= 1
