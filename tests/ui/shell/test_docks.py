"""The dock area: where views stand, and that all comes back after a restart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.ui.shell.docks import DETAIL, Docks
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import Label

Make = Callable[[], Docks]


class View(QWidget):
    """A view with a header and something to focus."""

    def __init__(self, title: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.addWidget(ViewHeader(title))
        self.entry = QLineEdit()
        column.addWidget(self.entry)
        column.addWidget(Label("x" * 400))  # would like to be very wide
        self.setFocusProxy(self.entry)


@pytest.fixture
def make(taken_down: QApplication, english: None) -> Iterator[Make]:
    """make() is a shown dock area with nothing in it."""
    made: list[Docks] = []

    def build() -> Docks:
        docks = Docks(lambda key, _parent: (key.title(), View(key.title())))
        docks.resize(1400, 800)
        docks.show()
        made.append(docks)
        return docks

    yield build
    for docks in made:
        docks.deleteLater()


def settle() -> None:
    QApplication.processEvents()


def spot(docks: Docks, key: str) -> tuple[int, int, int, int]:
    rect = docks._docks[key].geometry()
    return rect.x(), rect.y(), rect.width(), rect.height()


def test_a_view_takes_the_place_of_the_one_before(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("contracts")
    settle()
    assert docks.open_views() == ["contracts"]
    assert docks.current() == "contracts"
    assert not docks.findChildren(QWidget, "qt_tabbar") or len(docks.open_views()) == 1


def test_the_header_of_the_view_is_the_handle_of_the_dock(make: Make) -> None:
    docks = make()
    docks.place("customers")
    handle = docks._docks["customers"].titleBarWidget()
    assert isinstance(handle, ViewHeader)
    settle()
    assert handle.height() == handle.sizeHint().height()
    assert docks.view("customers").geometry().top() >= 0


def test_beside_below_and_tabs(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar", "beside")
    docks.place("contracts", "below")
    settle()
    left, right, below = (spot(docks, key) for key in ("customers", "calendar", "contracts"))
    assert right[0] > left[0] + left[2] - 1
    assert below[0] == right[0]
    assert below[1] > right[1]
    docks.place("deals", "tab")
    settle()
    assert [dock.objectName() for dock in docks.tabifiedDockWidgets(docks._docks["contracts"])] == ["deals"]
    assert docks.current() == "deals"


def test_a_view_beside_a_tabbed_one_is_beside_and_not_one_more_tab(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("deals", "tab")
    docks.place("calendar", "beside")
    settle()
    assert docks.tabifiedDockWidgets(docks._docks["calendar"]) == []
    assert len(docks.tabifiedDockWidgets(docks._docks["customers"])) == 1
    assert spot(docks, "calendar")[0] > spot(docks, "deals")[0]


def test_a_replaced_view_leaves_no_tab_behind(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar")
    docks.place("contracts", "beside")
    settle()
    assert spot(docks, "contracts")[0] > spot(docks, "calendar")[0]
    assert docks.tabifiedDockWidgets(docks._docks["contracts"]) == []


@pytest.mark.parametrize("how", ["beside", "below"])
@pytest.mark.parametrize("before", ["replaced", "tab closed"])
def test_a_view_is_put_beside_one_that_was_a_tab_a_while_ago(make: Make, how: str, before: str) -> None:
    docks = make()
    docks.place("workbench")
    docks.show_detail(True)
    settle()
    docks.place("customers", "replace" if before == "replaced" else "tab")
    settle()  # Qt looks at its layout in between: the whole area would stay a tab group
    docks.close_view("workbench")
    settle()
    docks.place("calendar", how)  # type: ignore[arg-type]
    settle()
    for key in ("customers", "calendar", DETAIL):
        assert docks.rect().contains(docks._docks[key].geometry()), key
    assert docks.tabifiedDockWidgets(docks._docks["calendar"]) == []
    assert docks.view("calendar").entry.hasFocus()  # type: ignore[attr-defined]


def test_a_view_whose_list_is_hidden_gives_the_keyboard_to_its_header(make: Make) -> None:
    docks = make()
    docks.activateWindow()
    docks.place("customers")
    docks.place("bin")
    view = docks.view("bin")
    view.entry.hide()  # type: ignore[attr-defined]
    button = QLineEdit()
    docks._docks["bin"].handle.add_right(button)  # type: ignore[attr-defined]
    button.show()
    docks.place("customers")
    docks.place("bin")
    settle()
    assert button.hasFocus()


def test_every_view_can_be_narrow(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar", "beside")
    docks.show_detail(True)
    docks.resize(1200, 700)
    settle()
    rights = sorted(
        (spot(docks, key)[0], spot(docks, key)[0] + spot(docks, key)[2])
        for key in ("customers", "calendar", DETAIL)
    )
    assert all(end <= begin for (_a, end), (begin, _b) in pairwise(rights))
    assert rights[-1][1] <= 1200


def test_the_detail_dock_keeps_its_width(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.show_detail(True)
    settle()
    width = spot(docks, DETAIL)[2]
    assert abs(width - 372) < 12
    docks.show_detail(False)
    settle()
    assert not docks.shown(DETAIL)
    docks.show_detail(True)
    settle()
    assert abs(spot(docks, DETAIL)[2] - width) < 12
    assert spot(docks, DETAIL)[0] > spot(docks, "customers")[0]


def test_a_view_set_loose_is_large_and_finds_its_width_and_its_place_again(make: Make) -> None:
    docks = make()
    docks.place("workbench")
    docks.place("customers")
    docks.place("calendar", "beside")
    settle()
    dock, width = docks._docks["calendar"], docks._docks["calendar"].width()
    dock.switch_float()
    settle()
    assert dock.isFloating() and docks.window().geometry().contains(dock.geometry().center())
    assert dock.width() >= 700 and dock.height() >= 600
    dock.setGeometry(100, 120, 500, 400)
    dock.switch_float()
    settle()
    assert not dock.isFloating() and abs(dock.width() - width) <= 2
    assert docks.open_views() == ["customers", "calendar"]
    dock.switch_float()
    settle()
    assert dock.geometry().getRect() == (100, 120, 500, 400)


def test_a_floating_view_is_not_replaced(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar", "float")
    docks.place("contracts")
    assert docks.open_views() == ["calendar", "contracts"]
    assert docks._docks["calendar"].isFloating()


def test_the_last_view_cannot_be_closed(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar", "float")
    docks.close_view("customers")  # the floating one alone would leave a hole
    assert docks.shown("customers")
    docks.close_view("calendar")
    docks.close_view("customers")
    assert docks.open_views() == ["customers"]


def test_the_cross_closes_a_view_and_comes_only_with_company(make: Make) -> None:
    docks = make()
    docks.place("customers")
    shut = docks._docks["customers"].shut
    assert shut is not None
    assert shut.isHidden()
    docks.place("calendar", "beside")
    assert not shut.isHidden()
    other = docks._docks["calendar"].shut
    assert other is not None
    other.click()
    assert docks.open_views() == ["customers"]
    assert docks.current() == "customers"
    assert shut.isHidden()


@pytest.mark.parametrize("again", [False, True], ids=["fresh window", "same window"])
def test_everything_comes_back(make: Make, again: bool) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar", "beside")
    docks.place("deals", "tab")
    docks.place("contracts", "float")
    docks.show_detail(True)
    settle()
    docks.activateWindow()
    docks.place("customers")
    settle()
    stored = docks.state()
    assert json.loads(stored)["version"] == 1
    before = {key: spot(docks, key) for key in ("customers", "deals", DETAIL)}
    other = docks if again else make()
    if again:
        docks.place("reports")
        docks.show_detail(False)
        docks._docks["contracts"].setFloating(False)
    assert other.restore(stored, lambda key: True)
    settle()
    assert set(other.open_views()) == {"customers", "calendar", "deals", "contracts"}
    assert other.shown(DETAIL)
    assert other._docks["contracts"].isFloating()
    assert other.current() == "customers"
    assert {dock.objectName() for dock in other.tabifiedDockWidgets(other._docks["deals"])} == {"calendar"}
    for key, rect in before.items():
        assert all(abs(old - new) <= 8 for old, new in zip(rect, spot(other, key), strict=True)), key


def test_a_view_that_floats_over_a_restart_still_knows_its_place(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar", "beside")
    docks.place("deals", "below")
    docks.show_detail(True)
    settle()
    before = {key: spot(docks, key) for key in ("customers", "calendar", "deals", DETAIL)}
    docks.turn_loose("calendar")
    settle()
    stored = docks.state()
    other = make()
    assert other.restore(stored, lambda key: True)
    settle()
    assert other._docks["calendar"].isFloating()
    assert json.loads(other.state())["docked"] == json.loads(stored)["docked"] != {}
    other.turn_loose("calendar")
    settle()
    assert not other._docks["calendar"].isFloating()
    for key, rect in before.items():
        assert all(abs(old - new) <= 8 for old, new in zip(rect, spot(other, key), strict=True)), key
    assert json.loads(other.state())["docked"] == {}


@pytest.mark.parametrize("docked", [None, [], {"calendar": None}, {"calendar": {"beside": 3, "state": ""}}, {"calendar": {"state": 1}}])
def test_a_damaged_place_of_a_floating_view_is_left_out(make: Make, docked: object) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar", "float")
    stored = json.dumps({**json.loads(docks.state()), "docked": docked})
    other = make()
    assert other.restore(stored, lambda key: True)
    other.turn_loose("calendar")
    settle()
    assert not other._docks["calendar"].isFloating() and other.shown("calendar")


def test_views_that_no_longer_exist_are_left_out(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("service", "beside")
    stored = docks.state()
    other = make()
    assert other.restore(stored, lambda key: key != "service")
    settle()
    assert other.open_views() == ["customers"]


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", "not json", '{"version": 9, "open": [], "state": ""}', '{"version": 1}']
)
def test_a_damaged_layout_changes_nothing(make: Make, text: str) -> None:
    docks = make()
    docks.place("customers")
    assert not docks.restore(text, lambda key: True)
    assert docks.open_views() == ["customers"]


def test_f6_walks_over_the_docks_on_screen(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar", "beside")
    docks.show_detail(True)
    docks.activateWindow()
    settle()
    docks.focus("customers")
    assert [docks.walk(1) for _turn in range(3)] == ["calendar", DETAIL, "customers"]
    assert docks.walk(-1) == DETAIL
    assert docks.view(DETAIL).entry.hasFocus()  # type: ignore[attr-defined]


def test_the_view_with_the_focus_is_the_current_one(make: Make) -> None:
    docks = make()
    docks.place("customers")
    docks.place("calendar", "beside")
    docks.activateWindow()
    docks.focus("calendar")
    settle()
    told: list[str] = []
    docks.current_changed.connect(told.append)
    QTest.mouseClick(docks.view("customers").entry, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    assert docks.current() == "customers"
    assert told == ["customers"]


def test_the_focus_stays_in_a_view_whatever_is_taken_out_for_a_moment_or_for_good(make: Make) -> None:
    docks = make()
    docks.activateWindow()
    docks.place("customers")
    docks.place("calendar", "beside")
    settle()
    docks.restore_widths(docks.state())
    settle()
    assert docks.current() == "calendar" and docks.view("calendar").entry.hasFocus()  # type: ignore[attr-defined]
    docks.close_view("calendar")
    settle()
    assert docks.current() == "customers" and docks.view("customers").entry.hasFocus()  # type: ignore[attr-defined]
