"""Where the keyboard goes: Tab follows the reading order of what is on screen, and never lands on what is not.

Qt's own order is that in which widgets were made, which for views that fill, hide and change places says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

SAME_ROW = 12  # px: widgets whose tops differ by less stand in one row


def focus_first(view: QWidget, reason: Qt.FocusReason = Qt.FocusReason.TabFocusReason) -> bool:
    """Focus a view's focus proxy while it is shown (a list with nothing in it is not), else the view itself or its first
    child that takes the focus by Tab. False when there is none."""
    proxy = view.focusProxy()
    if (proxy is not None and proxy.isVisibleTo(view)) or (proxy is None and view.focusPolicy() & Qt.FocusPolicy.TabFocus):
        view.setFocus(reason)
        return True
    first = next(iter(in_reading_order(view)), None)
    if first is not None:
        first.setFocus(reason)
    return first is not None


def step_focus(top: QWidget, forward: bool) -> bool:
    """The focus goes on to the next widget of `top` in reading order, or the one before, around the ends."""
    stops = in_reading_order(top)
    if not stops:
        return False
    focus = QApplication.focusWidget()
    place = _place_of(focus, stops)
    if place is None:
        place = -1 if forward else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stop = stops[(place + (1 if forward else -1)) % len(stops)]
    stop.setFocus(reason)
    above = stop.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(stop)
        above = above.parentWidget()
    return True


def _place_of(focus: QWidget | None, stops: Sequence[QWidget]) -> int | None:
    """The place of the widget with the focus, or of the one it is a part of (the editor in a cell of a table)."""
    while focus is not None:
        if focus in stops:
            return stops.index(focus)
        focus = focus.parentWidget()
    return None


def in_reading_order(top: QWidget) -> list[QWidget]:
    """The widgets inside `top` that Tab stops at: part by part, each from top to bottom and in a row from left to right."""
    found: list[QWidget] = []
    _visit(top, found)
    return found


def _visit(part: QWidget, found: list[QWidget]) -> None:
    children = [
        child
        for child in part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.isVisible() and not child.isWindow()
    ]
    children.sort(key=lambda child: child.pos().y())
    row: list[QWidget] = []
    for child in [*children, None]:
        if child is None or (row and child.pos().y() - row[0].pos().y() >= SAME_ROW):
            for one in sorted(row, key=_left):
                before = len(found)
                _visit(one, found)
                takes = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None and one.isEnabled()
                # What only scrolls is a stop when there is nothing in it to stop at.
                if takes and (len(found) == before or not isinstance(one, QScrollArea)):
                    found.insert(before, one)
            row = []
        if child is not None:
            row.append(child)


def _left(child: QWidget) -> int:
    spot: QPoint = child.pos()
    return -(spot.x() + child.width()) if child.layoutDirection() == Qt.LayoutDirection.RightToLeft else spot.x()
