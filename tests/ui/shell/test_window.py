"""The window: going places, keys, room, names, and what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from crm_desktop.core import words
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.docks import DETAIL
from crm_desktop.ui.shell.places import resources
from crm_desktop.ui.shell.shortcut_sheet import ShortcutSheet
from crm_desktop.ui.shell.sidebar import Shortcut
from crm_desktop.ui.shell.window import Window
from tests.ui.shell import showroom

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(taken_down: QApplication) -> Iterator[Window]:
    """The showroom in English, with the customers in front."""
    shown = showroom.showroom("en")
    shown.resize(1440, 900)
    shown.show()
    shown.activateWindow()
    QApplication.processEvents()
    shown.go("customers")
    QApplication.processEvents()
    yield shown
    words.speak_through(None)
    shown.close()


def press(window: Window, key: Qt.Key, keys: Qt.KeyboardModifier = CTRL) -> None:
    QTest.keyClick(QApplication.focusWidget() or window, key, keys)
    QApplication.processEvents()


def test_the_focus_follows_the_view(window: Window) -> None:
    customers = window.view("customers")
    assert customers.table.hasFocus()  # type: ignore[attr-defined]
    press(window, Qt.Key.Key_4)
    assert window.current() == "contracts"
    assert window.sidebar.item("contracts").isChecked()
    press(window, Qt.Key.Key_2)
    assert customers.table.hasFocus()  # type: ignore[attr-defined]
    assert window.docks.open_views() == ["customers"]


@pytest.mark.parametrize("first", ["window", "view"])
def test_a_floating_view_neither_stays_when_the_program_ends_nor_is_forgotten(window: Window, first: str) -> None:
    """Qt closes all windows in any order; one that refuses keeps the program alive without a window."""
    window.go("calendar", "beside")
    window.docks.turn_loose("calendar")
    QApplication.processEvents()
    kept: list[dict[str, object]] = []
    window.closing.connect(lambda: kept.append(json.loads(window.docks.state())))
    window.may_close = lambda: False
    dock = window.docks._docks["calendar"]
    assert not dock.close() and dock.isVisible() and window.isVisible(), "the window may say no"
    window.may_close = lambda: True
    assert (window if first == "window" else dock).close()
    QApplication.closeAllWindows()
    assert not dock.isVisible() and not window.isVisible()
    assert [one["floating"] for one in kept[:1]] == [["calendar"]]


def test_wide_views_start_without_the_detail_dock(window: Window) -> None:
    assert window.docks.shown(DETAIL)
    window.go("deals")
    assert not window.docks.shown(DETAIL)
    window.go("contracts")
    assert window.docks.shown(DETAIL)
    press(window, Qt.Key.Key_D)
    assert not window.docks.shown(DETAIL)
    window.go("customers")
    assert not window.docks.shown(DETAIL)  # the user put it away
    press(window, Qt.Key.Key_D)
    window.go("deals")
    window.show_detail()  # a card was opened
    assert window.docks.shown(DETAIL)


def test_small_windows_get_a_rail_and_then_no_detail(window: Window) -> None:
    assert not window.sidebar.is_folded()
    for width, folded, detail in (
        (1270, True, True),
        (1090, True, False),
        (1150, True, True),
        (1300, False, True),
    ):
        window.resize(width, 700)
        QApplication.processEvents()
        assert (window.sidebar.is_folded(), window.docks.shown(DETAIL)) == (folded, detail), width
    press(window, Qt.Key.Key_B)
    assert window.sidebar.is_folded()
    window.resize(1310, 700)
    QApplication.processEvents()
    assert window.sidebar.is_folded()  # the user's own folding stays


def test_nothing_sticks_out_of_the_smallest_window(window: Window) -> None:
    window.resize(1024, 640)
    window.show_detail(True)
    QApplication.processEvents()
    assert (window.width(), window.height()) == (1024, 640)
    for key in ("customers", DETAIL):
        dock = window.docks._docks[key]
        right = dock.mapTo(window, dock.rect().topRight()).x()
        assert right <= 1024
    customers, detail = (window.docks._docks[key].geometry() for key in ("customers", DETAIL))
    assert not customers.intersects(detail)


def test_the_sidebar_is_used_by_keyboard_and_screen_reader(window: Window) -> None:
    window.sidebar.item("customers").setFocus(Qt.FocusReason.TabFocusReason)
    press(window, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    assert window.sidebar.item("deals").hasFocus()
    press(window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert window.current() == "deals"
    window.sidebar.item("contracts").toggle()  # what AT-SPI's "press" does
    assert window.current() == "contracts"


def test_ctrl_and_alt_open_a_view_more(window: Window) -> None:
    item = window.sidebar.item("calendar")
    QTest.mouseClick(item, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier)
    assert window.docks.open_views() == ["customers", "calendar"]
    QTest.mouseClick(window.sidebar.item("reports"), Qt.MouseButton.LeftButton, CTRL)
    assert len(window.docks.tabifiedDockWidgets(window.docks._docks["calendar"])) == 1
    window.reset_layout()
    assert window.docks.open_views() == ["reports"]


def test_badges_and_shelves(window: Window) -> None:
    opened: list[str] = []
    window.set_badge("leads", 12)
    assert window.sidebar.item("leads").accessibleName() == "Lead pool, 12 waiting"
    window.sidebar.show_recent([Shortcut("Mingda", "building-2", lambda: opened.append("Mingda"))])
    entry = next(row for row in window.sidebar.findChildren(QWidget) if row.accessibleName() == "Mingda")
    assert entry.isVisibleTo(window)
    entry.click()  # type: ignore[attr-defined]
    assert opened == ["Mingda"]
    window.sidebar.fold(True)
    assert not entry.isVisibleTo(window)
    window.set_reminders(3)
    assert window.topbar.bell.accessibleName() == "3 reminders"


def test_undo_asks_the_snackbar_first(window: Window) -> None:
    undone: list[str] = []
    window.undo_last = lambda: bool(undone.append("journal") or True)
    window.tell("3 customers deleted", lambda: undone.append("bar"))
    press(window, Qt.Key.Key_Z)
    press(window, Qt.Key.Key_Z)
    assert undone == ["bar", "journal"]
    window.undo_last = lambda: False
    press(window, Qt.Key.Key_Z)
    assert window.snackbar.text() == "There is nothing to undo."


def test_keys_of_what_cannot_be_done_now_say_why(window: Window) -> None:
    press(window, Qt.Key.Key_W)
    assert window.docks.open_views() == ["customers"]
    assert window.snackbar.text() == "There is only this view. Show another one beside it first."


def test_commands_of_a_view_sleep_with_it(window: Window) -> None:
    press(window, Qt.Key.Key_N)
    assert window.snackbar.text() == "New"
    titles = [command.title for command in window.commands.available()]
    assert titles[:2] == ["New customer", "Log a call"]
    window.go("contracts")
    window.snackbar.dismiss()
    press(window, Qt.Key.Key_N)
    assert not window.snackbar.isVisible()
    assert "New customer" not in [command.title for command in window.commands.available()]


def test_list_keys_work_only_in_the_list(window: Window) -> None:
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier)
    assert window.snackbar.text() == "Call"
    window.snackbar.dismiss()
    window.view("customers").filter.setFocus()  # type: ignore[attr-defined]
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier)
    assert window.view("customers").filter.text() == "l"  # type: ignore[attr-defined]
    assert not window.snackbar.isVisible()


def test_shortcuts_are_changed_and_kept(window: Window) -> None:
    kept: list[dict[str, str]] = []
    window.shortcuts_changed.connect(kept.append)
    sheet = ShortcutSheet(window.commands, window)
    sheet.filter.setText("sidebar")
    sheet._fill("sidebar")
    assert [command.key for command in sheet._shown] == ["sidebar"]
    sheet.edit.setKeySequence(QKeySequence("Ctrl+D"))
    sheet.take.click()
    assert sheet._problem.text() == "Ctrl+D already belongs to “Show or hide the details”."
    sheet.edit.setKeySequence(QKeySequence("Ctrl+Shift+B"))
    sheet.take.click()
    assert kept == [{"sidebar": "Ctrl+Shift+B"}]
    assert window.topbar.fold.toolTip().endswith("Ctrl+Shift+B")
    press(window, Qt.Key.Key_B)
    assert not window.sidebar.is_folded()
    press(window, Qt.Key.Key_B, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert window.sidebar.is_folded()
    sheet.reset.click()
    assert kept[-1] == {}


def test_shortcuts_do_not_collide(window: Window) -> None:
    for key in ("customers", "deals", "calendar"):
        window.go(key)
    taken: dict[str, str] = {}
    for command in window.commands.everything():
        keys = window.commands.shortcut(command.key)
        assert not keys or taken.setdefault(keys, command.key) == command.key


def test_the_layout_is_kept_as_text(window: Window) -> None:
    window.go("calendar", "below")
    window.sidebar.fold(True)
    state = window.state()
    assert set(json.loads(state)) == {"docks", "folded", "detail", "geometry"}
    other = showroom.showroom("en")
    other.resize(1440, 900)
    other.show()
    QApplication.processEvents()
    assert other.restore(state)
    assert set(other.docks.open_views()) == {"customers", "calendar"}
    assert other.sidebar.is_folded()
    assert other.current() == "calendar"
    assert not other.restore("{}")
    assert not other.restore("rubbish")
    other.close()


def test_layouts_by_name(window: Window) -> None:
    window.go("calendar", "beside")
    window.layouts.save("Sales day", window.state())
    window.reset_layout()
    window.open_layouts()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Sales day", "Save this layout…", "Forget a layout", "Reset layout"]
    menu.actions()[0].trigger()
    menu.close()
    assert set(window.docks.open_views()) == {"customers", "calendar"}


def test_the_amber_bar(window: Window) -> None:
    tried: list[int] = []
    window.notice.tell(
        "The shared database cannot be reached.", ("Try again", lambda: tried.append(1)), lasting=True
    )
    button = next(
        button for button in window.notice.findChildren(QPushButton) if button.text() == "Try again"
    )
    button.click()
    assert tried == [1]
    assert window.notice.text() == "The shared database cannot be reached."
    window.notice.clear()
    assert window.notice.text() == ""


def test_the_amber_bar_moves_nothing(window: Window) -> None:
    window.resize(1024, 640)
    QApplication.processEvents()
    stood = [(part, part.geometry()) for part in (window.topbar, window.docks, window.status)]
    long = "The shared database cannot be reached. " * 6
    window.notice.tell(long, ("Try again", lambda: None))
    QApplication.processEvents()
    assert [(part, part.geometry()) for part in (window.topbar, window.docks, window.status)] == stood
    bar = window.notice
    assert window.rect().contains(bar.geometry()) and bar.geometry().bottom() == window.status.geometry().bottom()
    assert bar._words.height() >= bar._words.heightForWidth(bar._words.width())  # all its lines are seen
    window.resize(1200, 700)
    QApplication.processEvents()
    assert bar.geometry().bottom() == window.status.geometry().bottom()


def test_the_theme_switches_without_leaving_old_colours(window: Window) -> None:
    chosen: list[str] = []
    window.theme_chosen.connect(chosen.append)
    window.topbar.theme_button.click()
    QApplication.processEvents()
    assert chosen == ["dark"]
    picture = window.grab().toImage()
    middle = picture.pixelColor(picture.width() // 2, 20)  # top bar
    foot = picture.pixelColor(400, picture.height() - 60)
    theme.choose("light")
    assert max(middle.lightness(), foot.lightness()) < 60


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_language_changes_by_building_the_window_again(taken_down: QApplication, language: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    window = showroom.showroom(language)
    window.show()
    window.go("customers")
    labels = {label.text() for label in window.findChildren(QLabel)}
    assert ("客户" in labels) == (language == "zh_CN")
    assert window.windowTitle() == ("销售台" if language == "zh_CN" else "CRM Desktop")
    window.close()
    words.speak_through(None)
    QLocale.setDefault(before)


def test_every_control_has_a_name(window: Window, nameless: Callable[[QWidget], list[str]]) -> None:
    window.tell("Done", undo=lambda: None)
    window.notice.tell("Notice", ("Do it", lambda: None))
    window.search("")
    assert nameless(window) == []


def test_the_window_leaves_no_widgets_behind(taken_down: QApplication) -> None:
    QApplication.processEvents()
    counts = []
    for _turn in range(3):
        window = showroom.showroom("en")
        window.show()
        window.go("customers")
        QApplication.processEvents()
        from crm_desktop.ui.shell.ending import take_down

        take_down(taken_down)
        counts.append(len(QApplication.allWidgets()))
    words.speak_through(None)
    assert counts[2] <= counts[1]


def test_a_floating_view_makes_room_for_the_palette_and_gets_the_keyboard_back(window: Window) -> None:
    window.go("contracts", "float")
    dock = window.docks._docks["contracts"]
    dock.move(window.mapToGlobal(QPoint(window.width() // 2 - 100, 100)))
    dock.activateWindow()
    window.docks.focus("contracts")
    QApplication.processEvents()
    window.search("x")
    QApplication.processEvents()
    assert not dock.isVisible()
    assert window.palette_box.entry.hasFocus()
    window.palette_box.dismiss()
    QApplication.processEvents()
    assert dock.isVisible() and dock.isFloating()
    assert window.docks.current() == "contracts"


def test_going_to_a_floating_view_takes_the_keyboard_along_and_back(window: Window) -> None:
    window.go("contracts", "float")
    dock = window.docks._docks["contracts"]
    QApplication.processEvents()
    window.go("customers")
    QApplication.processEvents()
    assert QApplication.activeWindow() is window
    window.go("contracts")
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert QApplication.activeWindow() is dock and focus is not None and dock.isAncestorOf(focus)
    window.go("customers")
    QApplication.processEvents()
    assert QApplication.activeWindow() is window


@pytest.mark.parametrize("scale", tokens.SCALES)
def test_choices_are_round_at_every_size(scale: int) -> None:
    """Qt draws a square where a radius is more than half of what it rounds."""
    sheet = (resources() / "style" / "app.qss").read_text(encoding="utf-8")
    rules = re.findall(r"^QRadioButton::indicator(?::checked)? \{(.+?)\}", sheet, re.MULTILINE)

    def scaled(rule: str, name: str, otherwise: int) -> int:
        found = re.search(rf"\b{name}: (\d+)px", rule)
        length = int(found[1]) if found else otherwise
        return round(length * scale / 100) if length > 3 else length

    assert len(rules) == 2
    radius = scaled(rules[0], "border-radius", 0)
    for rule in rules:
        assert radius and radius <= (scaled(rule, "width", 0) + 2 * scaled(rule, "border", 1)) / 2
