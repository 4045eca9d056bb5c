"""The item view under the calendar: entries as pieces on a sheet, found, selected and spoken as Qt items.

It stands on QListView because Qt gives accessible items only to its own list, table and tree views; the
layout and all painting are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QFrame, QListView, QWidget

from crm_desktop.ui.calendar.entries import Entry, kind_tone, reading_order
from crm_desktop.ui.calendar.model import EntryModel, Index
from crm_desktop.ui.calendar.tiles import More, Tile
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.tokens import TONES

Select = QItemSelectionModel.SelectionFlag
Hint = QAbstractItemView.ScrollHint


class Sheet(QListView):
    """Entries of a range of time as pieces; a subclass says which range and where the pieces lie."""

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.now = now
        self.tone_of: Callable[[Entry], str] = lambda entry: entry.tone or kind_tone(entry.kind)
        self._tiles: list[Tile] = []
        self._mores: list[More] = []
        self._laid = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.relay)

    # ------------------------------------------------------------ what a subclass says

    def shown_range(self) -> tuple[datetime, datetime]:
        """The stretch of time on the sheet, end exclusive."""
        raise NotImplementedError

    def lay_out(self) -> tuple[list[Tile], list[More]]:
        """The pieces of all entries in the range, and the “n more” lines."""
        raise NotImplementedError

    def on_screen(self, piece: Tile | More) -> QRect:
        """Where a piece is seen in the viewport; empty when it is scrolled away."""
        return piece.rect

    def show_start(self, entry: Entry) -> None:
        """Scroll so that the beginning of an entry can be seen."""

    def paint_sheet(self, painter: QPainter, area: QRect) -> None:
        """Paint days and entries within `area`."""
        raise NotImplementedError

    def paint_over(self, painter: QPainter) -> None:
        """Paint what lies over the entries: “n more”, the focused place, what is being dragged."""
        raise NotImplementedError

    # ------------------------------------------------------------ entries

    def entries(self) -> EntryModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, EntryModel)
        return model

    def shown_entries(self) -> list[tuple[int, Entry]]:
        """Row and entry of what touches the shown range."""
        start, end = self.shown_range()
        rows = enumerate(self.entries().entries)
        return [(row, entry) for row, entry in rows if entry.touches(start, end)]

    def day_rows(self, day: date) -> list[int]:
        """The rows of the entries of a day, as they are read."""
        shown = self.shown_entries()
        here = [(reading_order(e), row) for row, e in shown if e.first_day <= day <= e.last_day]
        return [row for __, row in sorted(here)]

    def tone(self, entry: Entry) -> str:
        """The colour of an entry; grey for one the theme does not know."""
        tone = self.tone_of(entry)
        return tone if tone in TONES else "grey"

    def current_entry(self) -> Entry | None:
        """The entry the keyboard is on."""
        return self.entries().entry(self.currentIndex())

    def selected_ids(self) -> list[Hashable]:
        """The ids of the selected entries."""
        return [self.entries().entries[index.row()].id for index in self.selectedIndexes()]

    def marked_rows(self) -> set[int]:
        """The rows of the selected entries."""
        return {index.row() for index in self.selectedIndexes()}

    # ------------------------------------------------------------ layout

    def relay(self) -> None:
        """Lay out again before the next painting."""
        self._laid = False
        self.updateGeometries()
        self.viewport().update()

    def tiles(self) -> list[Tile]:
        """The pieces on the sheet; later ones lie on top."""
        if not self._laid:
            self._laid = True
            self._tiles, self._mores = self.lay_out()
        return self._tiles

    def mores(self) -> list[More]:
        """The “n more” lines."""
        self.tiles()
        return self._mores

    def tile_at(self, point: QPoint) -> Tile | None:
        return next((tile for tile in reversed(self.tiles()) if self.on_screen(tile).contains(point)), None)

    def more_at(self, point: QPoint) -> More | None:
        return next((more for more in self.mores() if self.on_screen(more).contains(point)), None)

    def refresh(self, rows: set[int | None]) -> None:
        """Paint the pieces of some entries again."""
        for tile in self.tiles():
            if tile.row in rows:
                self.viewport().update(self.on_screen(tile))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            # Qt lays out again in a later turn of its loop; until then the pieces would have the wrong rows.
            model.layoutChanged.connect(self.relay)

    def doItemsLayout(self) -> None:
        self.relay()

    def reset(self) -> None:
        super().reset()
        self.relay()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        self.relay()

    def updateGeometries(self) -> None:
        self.verticalScrollBar().setRange(0, 0)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.relay()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(200))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(960), theme.px(640))

    # ------------------------------------------------------------ what Qt asks of an item view

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        for tile in self.tiles():
            if tile.row == index.row():
                return self.on_screen(tile)
        # An entry for which there is no room is where “n more” stands.
        entry = self.entries().entries[index.row()]
        rects = (self.on_screen(more) for more in self._mores if entry in more.entries)
        return next(rects, QRect())

    def indexAt(self, point: QPoint) -> QModelIndex:
        tile = self.tile_at(point)
        return QModelIndex() if tile is None else self.entries().index(tile.row)

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        entry = self.entries().entry(index)
        if entry is not None:
            self.show_start(entry)

    def isIndexHidden(self, index: Index) -> bool:
        return index.isValid() and self.visualRect(index).isNull()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        chosen = QItemSelection()
        for tile in self.tiles():
            if self.on_screen(tile).intersects(rect):
                index = self.entries().index(tile.row)
                chosen.merge(QItemSelection(index, index), Select.Select)
        self.selectionModel().select(chosen, command)

    def selectAll(self) -> None:
        """Select what is in the shown range, also what only “n more” stands for."""
        chosen = QItemSelection()
        for row, __ in self.shown_entries():
            index = self.entries().index(row)
            chosen.merge(QItemSelection(index, index), Select.Select)
        self.selectionModel().select(chosen, Select.ClearAndSelect)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        rows = {index.row() for index in selection.indexes()}
        region = QRegion()
        for tile in self.tiles():
            if tile.row in rows:
                region += self.on_screen(tile)
        return region

    def currentChanged(self, current: Index, previous: Index) -> None:
        if QAccessible.isActive() and current.isValid() and self.hasFocus():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(current.row())
            QAccessible.updateAccessibility(event)
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_sheet(painter, event.rect())
        self.paint_over(painter)
        painter.end()
