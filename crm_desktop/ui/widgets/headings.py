"""The headings of a list: who takes the room that is left, how the user arranged the columns, and the order
of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.theme import metrics, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.columns import Column

TITLES = ("name", "person", "title")
_STIFF = frozenset({"level", "pill", "date", "moment", "due", "money", "number", "percent", "check", "star"})  # cut off they tell nothing
_GIVES = 0.25  # the part of its width that another one may give away, so that no column is cut off at the edge
_TITLE_GIVES = 0.1
_ARROW = 16  # px: of the order the rows are in
_BESIDE = 36  # px: the margins of a heading's words, and what Qt keeps free beside them


class Headings(QHeaderView):
    """`arranged()` when the user moved, widened or hid a column; `sort_asked(place, descending)` by
    a click."""

    arranged = Signal()
    sort_asked = Signal(int, bool)

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._columns: Sequence[Column] = ()
        self._room = 0
        self._own = False  # we move the sections now, not the user
        self._sorted_by = -1
        self._descending = False
        self.filler = 0  # the column that takes the rest of the room
        self.setAccessibleName(say(_("Column headings")))
        self._hint = QSize(px(tokens.TABLE_HEADER), px(tokens.TABLE_HEADER))
        self.setFixedHeight(self._hint.height())
        self.setHighlightSections(False)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(px(48))
        self.setDefaultAlignment(painting.LEFT)
        self.setSortIndicatorShown(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.sectionClicked.connect(self._clicked)
        self.sectionMoved.connect(lambda *_places: self._touched())
        self.sectionResized.connect(self._resized)

    def sizeHint(self) -> QSize:
        """The fixed height; Qt would measure the words of all columns again each time."""
        return self._hint

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Take widths and visibility from the columns; none is narrower than its heading."""
        self._columns = columns
        for place, column in enumerate(columns):
            column.width = max(column.width, round(self._least(place) * 100 / theme.scale()))
            self.setSectionHidden(place, column.hidden)
        self.fill(self._room)

    def fill(self, room: int) -> None:
        """Give each column its width, and that of the titles (else the first one of words) what the others leave of `room` pixels. Where
        little is lacking, those that may be shorter give it, so that nothing needs to be scrolled into sight."""
        self._room = room
        shown = [self.logicalIndex(visual) for visual in range(self.count())]
        shown = [place for place in shown if not self.isSectionHidden(place)]
        if not shown or len(self._columns) != self.count():
            return  # another model is just coming, and its columns are shown in a moment
        titles = [place for place in shown if self._columns[place].kind in TITLES]
        words = [place for place in shown if self._columns[place].kind not in _STIFF]
        self.filler = (titles or words or shown)[0]
        wanted = {place: px(self._columns[place].width) for place in shown}
        if self._sorted_by in wanted:
            wanted[self._sorted_by] = max(wanted[self._sorted_by], self._least(self._sorted_by))
        left = room - sum(wanted.values())
        if left >= 0:
            wanted[self.filler] += left
        else:
            may_give = {place: self._may_give(place, wide) for place, wide in wanted.items()}
            if (most := sum(may_give.values())) + left >= 0:
                for place, one in may_give.items():
                    wanted[place] -= -(left * one // most)
                wanted[self.filler] += room - sum(wanted.values())  # what rounding left
        self._own = True
        for place, wide in wanted.items():
            if wide != self.sectionSize(place):
                self.resizeSection(place, wide)
        self._own = False

    def _may_give(self, place: int, wide: int) -> int:
        column = self._columns[place]
        if column.whole or column.kind in _STIFF:
            return 0
        gives = _TITLE_GIVES if column.kind in TITLES else _GIVES
        return max(0, min(round(wide * gives), wide - self._least(place)))

    def _least(self, place: int) -> int:
        """The room the words of a heading take."""
        beside = _BESIDE + (_ARROW if place == self._sorted_by else 0)
        return metrics("small", tokens.SEMIBOLD).horizontalAdvance(self._columns[place].title) + px(beside)

    def _resized(self, place: int, _before: int, now: int) -> None:
        """The width the user gave a column is the one it keeps; the one that takes the rest has no less."""
        if not self._own and place < len(self._columns):
            self._columns[place].width = round(now * 100 / theme.scale())
        self._touched()

    def layout_now(self) -> list[dict[str, Any]]:
        """The columns as they stand, left to right: [{key, width (at 100 %), hidden}] - to be stored."""
        layout = []
        for visual in range(self.count()):
            place = self.logicalIndex(visual)
            column = self._columns[place]
            layout.append({"key": column.key, "width": column.width, "hidden": self.isSectionHidden(place)})
        return layout

    def arrange(self, layout: Sequence[dict[str, Any]]) -> None:
        """Arrange the columns as stored; keys that no longer exist are passed over."""
        self._own = True
        places = {column.key: place for place, column in enumerate(self._columns)}
        target = 0
        for entry in layout:
            place = places.get(entry["key"])
            if place is None:
                continue
            self.moveSection(self.visualIndex(place), target)
            target += 1
            column = self._columns[place]
            column.width = int(entry.get("width", column.width))
            self.setSectionHidden(place, bool(entry.get("hidden", False)))
        self._own = False
        self.fill(self._room)

    def set_shown(self, key: str, shown: bool) -> None:
        """Show or hide one column."""
        for place, column in enumerate(self._columns):
            if column.key == key:
                self.setSectionHidden(place, not shown)
                self.fill(self._room)
                self.arranged.emit()

    def show_sort(self, key: str, descending: bool) -> None:
        """Show the arrow of the order the rows are in; "" takes it away."""
        keys = [column.key for column in self._columns]
        self._sorted_by = keys.index(key) if key in keys else -1
        self._descending = descending
        self.setSortIndicatorShown(self._sorted_by >= 0)
        if self._sorted_by >= 0:
            down = Qt.SortOrder.DescendingOrder
            self.setSortIndicator(self._sorted_by, down if descending else Qt.SortOrder.AscendingOrder)
        self.fill(self._room)

    def _clicked(self, place: int) -> None:
        if self._columns and self._columns[place].sortable:
            descending = place == self._sorted_by and not self._descending
            self.show_sort(self._columns[place].key, descending)
            self.sort_asked.emit(place, descending)

    def _touched(self) -> None:
        if not self._own:
            self.arranged.emit()
