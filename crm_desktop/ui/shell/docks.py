"""The dock area: views side by side, tabbed or floating, whose own header rows are the handles; remembers its
layout.

It is a main window inside the window that holds docks and nothing else. The traps of QDockWidget that shaped
this file are told at the lines that avoid them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import QByteArray, QChildEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QTabWidget, QWidget

from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.dock import Dock
from crm_desktop.ui.shell.focus import focus_first
from crm_desktop.ui.shell.theme import px

How = Literal["replace", "tab", "beside", "below", "float"]
WhenQuiet = Callable[[Callable[[], object]], object]

VERSION = 1
_AFTER_PAINT = 150  # ms after the list beside it has its rows: by then it is painted
DETAIL = "detail"
_NOWHERE = Qt.DockWidgetArea.NoDockWidgetArea
_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_AREAS = (_LEFT, _RIGHT, Qt.DockWidgetArea.TopDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea)


def at_once(work: Callable[[], object]) -> object:
    """For a window that waits for nothing."""
    return work()


class Docks(QMainWindow):
    """`place(key, how)` shows a view; `build(key, parent)` is asked for the (title, widget) of one never shown
    before. `when_quiet(work)` does what can wait for the first rows.

    Signals: `current_changed(key)` when another main view has the focus or the place of the last one;
    `detail_closed()` when the user closes the detail dock.
    """

    current_changed = Signal(str)
    detail_closed = Signal()

    def __init__(
        self,
        build: Callable[[str, QWidget], tuple[str, QWidget]],
        when_quiet: WhenQuiet = at_once,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Docks")
        # A QMainWindow is a window by nature; inside another one it must be told to be a plain widget.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setDocumentMode(True)
        gap = px(tokens.DOCK_GAP)
        self.setContentsMargins(gap, gap, gap, gap)
        self._build, self._when_quiet = build, when_quiet
        self._docks: dict[str, Dock] = {}
        self._current = ""
        self._aside: list[Dock] = []
        self._docked: dict[str, tuple[set[tuple[str, bool]], QByteArray]] = {}  # how all stood when a view was set loose
        self._used: list[str] = []  # main views, the one used last at the end
        self._detail_width = px(tokens.DETAIL_WIDTH)
        self._detail_area = _RIGHT
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def childEvent(self, event: QChildEvent) -> None:
        # Qt keeps the bars of former tab groups, empty: Tab must not stop at them. Ctrl+1…9 go to views.
        child = event.child()
        if event.polished() and isinstance(child, QTabBar):
            child.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().childEvent(event)

    # ------------------------------------------------------------ main views

    def current(self) -> str:
        """The key of the main view that was used last."""
        return self._current

    def view(self, key: str) -> QWidget:
        """The widget of a view, built when it was never shown."""
        return self._view(key)

    def built(self, key: str) -> bool:
        """Whether a view has been built."""
        return key in self._docks and self._docks[key].view is not None

    def shown(self, key: str) -> bool:
        """Whether a dock is open (perhaps behind another tab)."""
        # isVisible() is False until the window is shown, and for hidden tabs: isHidden() tells what was asked
        # for.
        return key in self._docks and not self._docks[key].isHidden()

    def open_views(self) -> list[str]:
        """The keys of the main views that are open."""
        return [key for key in self._docks if key != DETAIL and self.shown(key)]

    def used_last(self) -> list[str]:
        """The main views that are open, the one used last first."""
        return sorted(self.open_views(), key=lambda key: self._used.index(key) if key in self._used else -1, reverse=True)

    def place(self, key: str, how: How = "replace") -> None:
        """Show a view and focus it: instead of the current one, as its tab, beside it, below it, or
        floating."""
        dock = self._dock(key)
        if self.shown(key) and (how in ("replace", "tab") or key == self._current):
            dock.raise_()
            self._arrive(key)
            return
        self._remove(dock)
        current = self._anchor()
        if how == "float":
            self._float(dock)
        elif current is None:
            self._put_alone(dock)
        elif how in ("replace", "tab"):
            self.tabifyDockWidget(current, dock)
            dock.show()
            if how == "replace":
                # Hidden, it would stay in the tab group and turn the next split into one more tab.
                self._remove(current)
            dock.raise_()
        else:
            across = Qt.Orientation.Horizontal if how == "beside" else Qt.Orientation.Vertical
            self._split(current, dock, across)
        self._shed_tab_group()
        self._arrive(key)

    def step_aside(self, spot: QRect) -> None:
        """Floating views over `spot` (global) go out of sight for what comes up there; `come_back` shows them again."""
        self._aside = [
            dock for dock in self._docks.values() if dock.isFloating() and dock.isVisible() and dock.frameGeometry().intersects(spot)
        ]
        for dock in self._aside:
            dock.hide()

    def come_back(self) -> None:
        """Show the floating views that stepped aside."""
        for dock in self._aside:
            dock.show()
        self._aside = []

    def close_view(self, key: str) -> None:
        """Close a main view; the last one stays."""
        others = [other for other in self.open_views() if other != key]
        docked = [other for other in others if not self._docks[other].isFloating()]
        dock = self._docks.get(key)
        if dock is None or not (docked or (others and dock.isFloating())):
            return
        inside = self._dock_of(QApplication.focusWidget()) == key
        self._remove(dock)
        self._shed_tab_group()
        if self._current == key:
            self._set_current((docked or others)[-1])
        if inside:
            self.focus(self._current)
        self._show_shut_buttons()

    def turn_loose(self, key: str) -> None:
        """Put an open view into a window of its own, or back; the last one in the window stays."""
        dock = self._docks[key]
        others = [other for other in self.open_views() if other != key and not self._docks[other].isFloating()]
        if dock.isFloating() or others:
            self._switch(key)

    def _switch(self, key: str) -> None:
        dock = self._docks[key]
        if not dock.isFloating():
            self._docked[key] = (self._company(key), self.saveState(VERSION))
            dock.set_loose()
            return
        dock.note_place()
        company, state = self._docked.pop(key, (None, QByteArray()))
        same = company == self._company(key)
        dock.setFloating(False)
        if same:  # it goes back to the very place and width it had; Qt alone would put it anywhere
            away = [other for other in self._docks.values() if other.isHidden()]
            self.restoreState(state, VERSION)
            for other in away:  # Qt brings back what stood there once
                self._remove(other)
            self.focus(key)

    def _company(self, key: str) -> set[tuple[str, bool]]:
        """The other docks that are open, and whether they float."""
        return {(other, self._docks[other].isFloating()) for other in self._docks if other != key and self.shown(other)}

    def _dock(self, key: str) -> Dock:
        known = self._docks.get(key)
        if known is not None:
            return known
        dock = Dock(key, px(tokens.VIEW_MINIMUM if key != DETAIL else tokens.DETAIL_MINIMUM), self)
        dock.hide()
        dock.closed_by_user.connect(self._closed_by_user)
        dock.switch_asked.connect(self._switch)
        dock.topLevelChanged.connect(partial(self._level_changed, key))
        self._docks[key] = dock
        if key == DETAIL:
            # The detail dock opens empty and is filled when the list beside it has been painted.
            dock.wait()
            self._when_quiet(self._fill_detail_soon)
        else:
            self._view(key)
        return dock

    def _fill_detail_soon(self) -> None:
        QTimer.singleShot(_AFTER_PAINT, self, partial(self._view, DETAIL))

    def _view(self, key: str) -> QWidget:
        dock = self._docks.get(key) or self._dock(key)
        if dock.view is None:
            dock.fill(*self._build(key, dock.body))
            self._show_shut_buttons()
        assert dock.view is not None
        return dock.view

    def _split(self, current: Dock, dock: Dock, across: Qt.Orientation) -> None:
        # Splitting a dock that has tabs makes one more tab: the other tabs step aside for it and come back.
        tabs = [tab for tab in self.tabifiedDockWidgets(current) if not tab.isHidden()]
        for tab in tabs:
            self.removeDockWidget(tab)
        self._shed_tab_group()
        self.splitDockWidget(current, dock, across)
        dock.show()
        for tab in tabs:
            self.tabifyDockWidget(current, tab)
            tab.show()
        current.raise_()

    def _level_changed(self, key: str, floating: bool) -> None:
        self._show_shut_buttons()
        if floating:
            QTimer.singleShot(0, self, self._shed_tab_group)
        # On its way the dock loses the focus to the next one; it gets it back when it has been let go.
        QTimer.singleShot(0, self, partial(self._refocus, key))

    def _refocus(self, key: str) -> None:
        if self.shown(key) and QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.focus(key)

    def _put_alone(self, dock: Dock) -> None:
        self.addDockWidget(_LEFT, dock)
        dock.show()
        if self.shown(DETAIL) and not self._docks[DETAIL].isFloating() and self._detail_area == _RIGHT:
            self.splitDockWidget(dock, self._docks[DETAIL], Qt.Orientation.Horizontal)

    def _float(self, dock: Dock) -> None:
        # One that was never in the layout is lost by saveState(): it is added first and floats then.
        self.addDockWidget(_RIGHT, dock)
        dock.set_loose()
        dock.show()

    def _remove(self, dock: Dock) -> None:
        if dock.isFloating():
            dock.setFloating(False)
        if self.dockWidgetArea(dock) != _NOWHERE:
            self.removeDockWidget(dock)
        dock.hide()

    def _shed_tab_group(self) -> None:
        """A dock left alone in its area is put there anew: Qt goes on taking the whole area for a tab group when the last of
        its tabs but one has gone, and what is split there next would disappear behind it."""
        had_focus = QApplication.focusWidget()
        for area in _AREAS:
            docks = [dock for dock in self._docks.values() if self.dockWidgetArea(dock) == area and not dock.isFloating()]
            if len(docks) == 1 and self.shown(docks[0].objectName()):
                self.removeDockWidget(docks[0])
                self.addDockWidget(area, docks[0])
                docks[0].show()
        if had_focus is not None and had_focus is not QApplication.focusWidget():
            had_focus.setFocus()

    def _closed_by_user(self, key: str) -> None:
        if key == DETAIL:
            self.show_detail(False)
            self.detail_closed.emit()
        else:
            self.close_view(key)

    def _anchor(self) -> Dock | None:
        """The docked view that a new one replaces or joins: the one used last."""
        for key in reversed(self._used):
            dock = self._docks[key]
            if self.shown(key) and not dock.isFloating():
                return dock
        return None

    def _arrive(self, key: str) -> None:
        # The focus goes along: otherwise it jumps to whatever dock comes first, which becomes the
        # current view.
        self._set_current(key)
        self.focus(key)

    def _set_current(self, key: str) -> None:
        changed = key != self._current
        self._current = key
        self._used = [other for other in self._used if other != key] + [key]
        self._show_shut_buttons()
        if changed:
            self.current_changed.emit(key)

    def _show_shut_buttons(self) -> None:
        several = len(self.open_views()) > 1
        for key in self._docks:
            shut = self._docks[key].shut
            if shut is not None:
                shut.setVisible(several)

    # ------------------------------------------------------------ the detail dock

    def show_detail(self, shown: bool) -> None:
        """Show or put away the detail dock; where the user left it and how wide it was is remembered."""
        if shown == self.shown(DETAIL):
            return
        dock = self._dock(DETAIL)
        if not shown:
            if not dock.isFloating():
                area = self.dockWidgetArea(dock)
                self._detail_area = area if area != _NOWHERE else _RIGHT
                if not dock.visibleRegion().isEmpty():
                    self._detail_width = max(px(tokens.DETAIL_MINIMUM), dock.width())
            self._remove(dock)
            return
        self.addDockWidget(self._detail_area, dock)
        dock.show()
        current = self._docks.get(self._current)
        if current is not None and not current.isFloating() and self._detail_area in (_LEFT, _RIGHT):
            rest = max(px(tokens.VIEW_MINIMUM), self.width() - self._detail_width - 3 * px(tokens.DOCK_GAP))
            self.resizeDocks([current, dock], [rest, self._detail_width], Qt.Orientation.Horizontal)

    # ------------------------------------------------------------ keyboard

    def walk(self, step: int = 1) -> str:
        """Move the focus to the next dock on screen (F6), or the one before (-1); returns its key."""
        shown = [
            key for key in self._docks if self.shown(key) and not self._docks[key].visibleRegion().isEmpty()
        ]
        shown.sort(key=lambda key: (self._spot(key).x(), self._spot(key).y()))
        if not shown:
            return ""
        inside = self._dock_of(QApplication.focusWidget())
        place = shown.index(inside) if inside in shown else (-1 if step > 0 else 0)
        key = shown[(place + step) % len(shown)]
        self.focus(key, Qt.FocusReason.TabFocusReason)
        return key

    def focus(self, key: str, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus into a view: to its focus proxy, or the first widget that takes it; else into its header."""
        dock, active = self._docks[key], QApplication.activeWindow()
        if active is not dock.window() and (active is self.window() or active in self._docks.values()):
            dock.window().raise_()
            dock.window().activateWindow()  # from the window into a floating view, or back
        if not focus_first(self._view(key), reason):
            focus_first(dock, reason)

    def _spot(self, key: str) -> QPoint:
        return self._docks[key].mapToGlobal(QPoint(0, 0))

    def _dock_of(self, widget: QWidget | None) -> str:
        while widget is not None:
            if isinstance(widget, Dock):
                return widget.objectName()
            widget = widget.parentWidget()
        return ""

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        key = self._dock_of(now)
        if key and key != DETAIL and key != self._current and key in self._docks:
            self._set_current(key)

    # ------------------------------------------------------------ remembering

    def state(self) -> str:
        """The layout as JSON; "docked" tells where the floating views stood before."""
        return json.dumps(
            {
                "version": VERSION,
                "open": [key for key in self._docks if self.shown(key)],
                "floating": [
                    key for key, dock in self._docks.items() if self.shown(key) and dock.isFloating()
                ],
                "current": self._current,
                "state": _as_text(self.saveState(VERSION)),
                "docked": {
                    key: {"beside": sorted(company), "state": _as_text(state)}
                    for key, (company, state) in self._docked.items()
                    if self.shown(key) and self._docks[key].isFloating()
                },
            }
        )

    def restore(self, text: str, known: Callable[[str], bool]) -> bool:
        """Arrange the docks as a stored layout says; views that no longer exist are left out. False: nothing
        to restore."""
        layout = _read_layout(text)
        if layout is None:
            return False
        wanted = [key for key in layout["open"] if key == DETAIL or known(key)]
        if not any(key != DETAIL for key in wanted):
            return False
        for dock in self._docks.values():
            self._remove(dock)
        # restoreState() passes over docks that are not in the layout: the wanted ones are added first.
        for key in wanted:
            dock = self._dock(key)
            self.addDockWidget(_RIGHT if key == DETAIL else _LEFT, dock)
            dock.show()
        restored = self.restoreState(QByteArray.fromBase64(layout["state"].encode()), VERSION)
        self._docked = _read_docked(layout.get("docked"), wanted)
        for key in wanted:
            if self._docks[key].isHidden():
                self._docks[key].show()
        self._shed_tab_group()
        current = (
            layout["current"] if layout["current"] in wanted else next(key for key in wanted if key != DETAIL)
        )
        self._docks[current].raise_()
        self._current = ""
        self._set_current(current)
        floating = [dock for dock in self._docks.values() if dock.isFloating() and not dock.isHidden()]
        if floating:
            if not self.window().isVisible():
                for dock in floating:
                    dock.hide()  # it stays above the window only when it comes up after it
            # A floating dock that comes up takes the focus a moment later; the current view gets it back.
            QTimer.singleShot(0, self, partial(self._settle, current, floating))
        return restored

    def restore_widths(self, text: str) -> None:
        """Give the docks the sizes of a stored layout once more."""
        layout = _read_layout(text)
        if layout is not None:
            current = self._current
            self.restoreState(QByteArray.fromBase64(layout["state"].encode()), VERSION)
            self.focus(current)  # Qt took the docks out for a moment, and the focus went to whatever came next

    def _settle(self, key: str, floating: list[Dock]) -> None:
        for dock in floating:
            dock.show()
        if self.shown(key):
            self.window().activateWindow()
            self._arrive(key)


def _as_text(state: QByteArray) -> str:
    return bytes(state.toBase64().data()).decode()


def _read_docked(kept: Any, wanted: list[str]) -> dict[str, tuple[set[tuple[str, bool]], QByteArray]]:
    """Where the floating views stood, as `state` wrote it."""
    found: dict[str, tuple[set[tuple[str, bool]], QByteArray]] = {}
    for key, place in kept.items() if isinstance(kept, dict) else ():
        try:
            company = {(str(other), bool(floats)) for other, floats in place["beside"]}
            state = QByteArray.fromBase64(place["state"].encode())
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
        if key in wanted:
            found[key] = company, state
    return found


def _read_layout(text: str) -> dict[str, Any] | None:
    try:
        layout = json.loads(text)
    except (TypeError, ValueError):
        return None
    if not isinstance(layout, dict) or layout.get("version") != VERSION:
        return None
    good = isinstance(layout.get("open"), list) and isinstance(layout.get("state"), str)
    return layout if good and "current" in layout else None
