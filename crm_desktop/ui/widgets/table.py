"""THE list of the program: every list of records, of hits, of a dry run is this class, so that all look and
feel the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.theme import colour, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.busy import BusyLine
from crm_desktop.ui.widgets.cells import PADDING, CellDelegate
from crm_desktop.ui.widgets.columns import LOADING, Column
from crm_desktop.ui.widgets.headings import Headings
from crm_desktop.ui.widgets.rows import CellModel

_PER_PIXEL = QAbstractItemView.ScrollMode.ScrollPerPixel
_ROWS = QItemSelectionModel.SelectionFlag.Rows


class Table(QTableView):
    """A list view over a `CellModel`.

    Signals: `opened(row)` by Enter or double click, `current_changed(row)` (-1: none),
    `picked_changed(count)` whenever other rows are selected, `sort_asked(key, descending)` by a click on a
    heading, `menu_asked(global position)` by the mouse or the menu key, `columns_changed()` when the user
    moved, widened or hid a column, `link_clicked(row, column)`.

    Ctrl+A selects *the filter*, not a million rows: `everything` is then True and `picked_rows()` a range.
    """

    opened = Signal(int)
    current_changed = Signal(int)
    picked_changed = Signal(int)
    sort_asked = Signal(str, bool)
    menu_asked = Signal(QPoint)
    columns_changed = Signal()
    link_clicked = Signal(int, str)

    def __init__(
        self,
        model: CellModel | None = None,
        name: str = "",
        today: Callable[[], date] = date.today,
        density: str = "standard",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.everything = False
        self._today = today
        self._cells: CellModel | None = None
        self._shown_columns: list[str] = []
        self._hover_row = -1
        self._by_key = False
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        # A viewport of our own: the first look at Qt's would make Python classes of every widget
        # type there is.
        self.setViewport(QWidget(self))
        self._set_up_view()
        self._set_up_headings()
        self.set_density(density)
        self._busy: BusyLine | None = None
        theme.changed.connect(self._theme_changed)
        if model is not None:
            self.setModel(model)

    def _set_up_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(_PER_PIXEL)
        self.setVerticalScrollMode(_PER_PIXEL)
        self.setMinimumWidth(160)
        self.viewport().setAttribute(
            Qt.WidgetAttribute.WA_OpaquePaintEvent
        )  # scrolling copies: 56 -> 8 ms a step
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.clicked.connect(self._clicked)

    def _set_up_headings(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(16)
        self._headings = Headings(self)
        self.setHorizontalHeader(self._headings)
        self._headings.arranged.connect(self.columns_changed)
        self._headings.sort_asked.connect(self._sort)

    def set_density(self, density: str) -> None:
        """Row height: compact, standard or comfortable."""
        self.verticalHeader().setDefaultSectionSize(px(tokens.DENSITY[density]))

    def set_busy(self, busy: bool) -> None:
        """Show (after 300 ms) that an answer is awaited; the old rows stay."""
        if busy and self._busy is None:
            self._busy = BusyLine(self)
        if self._busy is not None:
            self._busy.start() if busy else self._busy.stop()

    # ------------------------------------------------------------ model, columns and order

    def setModel(self, model: QAbstractItemModel | None) -> None:
        old = self.selectionModel()
        super().setModel(model)
        if old is not None:
            old.deleteLater()
        self._cells = model if isinstance(model, CellModel) else None
        self._hover_row = -1
        self.everything = False
        if model is None:
            return
        self.selectionModel().currentRowChanged.connect(self._current_moved)
        model.modelReset.connect(self._rows_replaced)
        model.rowsInserted.connect(self._rows_counted)
        model.rowsRemoved.connect(self._rows_counted)
        if self._cells is not None:
            self._show_columns()

    def _show_columns(self) -> None:
        assert self._cells is not None
        self._shown_columns = [column.key for column in self._cells.columns]
        self._headings.show_columns(self._cells.columns)

    def column_layout(self) -> list[dict[str, Any]]:
        """The columns as the user arranged them, left to right: [{key, width, hidden}] - to be stored."""
        return self._headings.layout_now() if self._cells is not None else []

    def set_column_layout(self, layout: Sequence[dict[str, Any]]) -> None:
        """Arrange the columns as stored; keys that no longer exist are passed over."""
        if self._cells is not None:
            self._headings.arrange(layout)

    def set_column_shown(self, key: str, shown: bool) -> None:
        """Show or hide one column."""
        self._headings.set_shown(key, shown)

    def show_sort(self, key: str, descending: bool = False) -> None:
        """Show the arrow of the order the rows are in (asks for nothing)."""
        self._headings.show_sort(key, descending)

    def _sort(self, place: int, descending: bool) -> None:
        if self._cells is not None:
            down = Qt.SortOrder.DescendingOrder
            self._cells.sort(place, down if descending else Qt.SortOrder.AscendingOrder)
            self.sort_asked.emit(self._cells.columns[place].key, descending)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._headings.fill(self.viewport().width())

    # ------------------------------------------------------------ what is picked

    def selectAll(self) -> None:
        if not self._row_count():
            return
        self.everything = True
        self.viewport().update()
        self.picked_changed.emit(self.picked_count())

    def clear_picked(self) -> None:
        """Select nothing; the current row stays where it is."""
        self.everything = False
        self.selectionModel().clearSelection()
        self.viewport().update()
        self.picked_changed.emit(0)

    def picked_count(self) -> int:
        """How many rows are selected, without the headings of groups between them."""
        ranges = [(0, self._row_count() - 1)] if self.everything else self._picked_ranges()
        count = sum(bottom - top + 1 for top, bottom in ranges)
        if self._cells is not None:
            count -= sum(self._cells.headings_between(top, bottom) for top, bottom in ranges)
        return count

    def picked_rows(self) -> Sequence[int]:
        """The selected rows from top to bottom; all of them (a range) after Ctrl+A."""
        if self.everything:
            return range(self._row_count())
        rows: set[int] = set()
        for top, bottom in self._picked_ranges():
            rows.update(range(top, bottom + 1))
        return sorted(rows)

    def pick(self, row: int) -> None:
        """Select one row, make it current and scroll it into view."""
        model = self.model()
        if model is None or not 0 <= row < model.rowCount():
            return
        index = model.index(row, self._headings.filler)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | _ROWS
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def select_rows(self, rows: Sequence[int]) -> None:
        """Select these rows and no others; the current row stays current."""
        selection, model = QItemSelection(), self.model()
        for row in rows:
            selection.select(model.index(row, 0), model.index(row, 0))
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect | _ROWS)

    def _picked_ranges(self) -> list[tuple[int, int]]:
        selection = self.selectionModel()
        if selection is None:
            return []
        picked: Any = selection.selection()  # it can be walked, which its type hints do not know
        return sorted({(part.top(), part.bottom()) for part in picked})

    def _row_count(self) -> int:
        model = self.model()
        return model.rowCount() if model is not None else 0

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        self.everything = False
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self.picked_changed.emit(self.picked_count())

    def _current_moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit(current.row() if current.isValid() else -1)

    def _rows_counted(self) -> None:
        """There are more rows, or fewer, than before: of all, others are selected now."""
        if self.everything:
            self.picked_changed.emit(self.picked_count())

    def _rows_replaced(self) -> None:
        if self._cells is not None and self._shown_columns != [column.key for column in self._cells.columns]:
            self._show_columns()
        self._hover_row = -1
        self.everything = False
        self.picked_changed.emit(0)

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        viewport = self.viewport()
        painter = QPainter(viewport)
        dirty = event.rect()
        painting.flat(painter, dirty.x(), dirty.y(), dirty.width(), dirty.height(), "surface")
        if self._cells is None:
            painter.end()
            super().paintEvent(event)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._delegate.begin(self.devicePixelRatioF(), self._today())
        self._paint_rows(painter, dirty)
        painter.end()

    def _paint_rows(self, painter: QPainter, dirty: QRect) -> None:
        cells = self._cells
        assert cells is not None
        total = cells.row_count()
        first = self.rowAt(dirty.top())
        if first < 0 or not total:
            return
        last = self.rowAt(dirty.bottom())
        last = total - 1 if last < 0 else min(last, total - 1)
        height = self.verticalHeader().defaultSectionSize()
        shown = self._columns_in(dirty)
        ranges = self._picked_ranges()
        cells.today = self._delegate.today
        paint_cell = self._delegate.paint_cell
        value_of = cells.cell
        top = self.rowViewportPosition(first)
        for row in range(first, last + 1):
            heading = cells.heading(row)
            if heading is not None:
                self._paint_heading(painter, heading, top, height)
                top += height
                continue
            picked = self.everything or any(start <= row <= end for start, end in ranges)
            self._paint_row_ground(painter, dirty, row, top, height, picked)
            for place, column, left, width in shown:
                paint_cell(painter, column, value_of(row, place), left, top, width, height)
            top += height
        self._paint_focus(painter, first, last, height)

    def _columns_in(self, dirty: QRect) -> list[tuple[int, Column, int, int]]:
        cells = self._cells
        assert cells is not None
        shown = []
        for place, column in enumerate(cells.columns):
            if self.isColumnHidden(place):
                continue
            left, width = self.columnViewportPosition(place), self.columnWidth(place)
            if left <= dirty.right() and left + width > dirty.left():
                shown.append((place, column, left, width))
        return shown

    def _paint_row_ground(
        self, painter: QPainter, dirty: QRect, row: int, top: int, height: int, picked: bool
    ) -> None:
        left, width = dirty.left(), dirty.width()
        if picked:
            painting.flat(painter, left, top, width, height, "sel")
            painting.flat(painter, 0, top, 3, height, "accent")
        elif row == self._hover_row:
            painting.flat(painter, left, top, width, height, "hover")
        painting.flat(painter, left, top + height - 1, width, 1, "grid")

    def _paint_heading(self, painter: QPainter, heading: tuple[str, int], top: int, height: int) -> None:
        """A group's name and count, over the whole width of the window whatever is scrolled."""
        name, count = heading
        width, pad = self.viewport().width(), px(PADDING)
        painting.flat(painter, 0, top, width, height, "header")
        painting.flat(painter, 0, top + height - 1, width, 1, "grid")
        painter.setFont(theme.font("body", tokens.SEMIBOLD))
        painter.setPen(colour("text"))
        painting.elided(painter, QRect(pad, top, width - 2 * pad, height), name)
        left = 2 * pad + painter.fontMetrics().horizontalAdvance(name)
        painter.setFont(theme.font("small"))
        painter.setPen(colour("text2"))
        painting.elided(painter, QRect(left, top, width - left - pad, height), f"{count:,}")

    def _paint_focus(self, painter: QPainter, first: int, last: int, height: int) -> None:
        current = self.currentIndex()
        if not (self._by_key and self.hasFocus() and current.isValid() and first <= current.row() <= last):
            return
        rect = QRect(
            self.columnViewportPosition(current.column()),
            self.rowViewportPosition(current.row()),
            self.columnWidth(current.column()),
            height - 1,
        )
        painting.focus_ring(painter, rect.adjusted(1, 1, -1, -1))

    def _theme_changed(self) -> None:
        self.viewport().update()

    # ------------------------------------------------------------ mouse and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        place = event.position().toPoint()
        self._hover(self.rowAt(place.y()))
        over_link = self._link_at(place)
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over_link else Qt.CursorShape.ArrowCursor
        )

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row == self._hover_row:
            return
        before, self._hover_row = self._hover_row, row
        for changed in (before, row):
            if changed >= 0:
                self._repaint_row(changed)

    def _repaint_row(self, row: int) -> None:
        viewport = self.viewport()
        viewport.update(QRect(0, self.rowViewportPosition(row), viewport.width(), self.rowHeight(row)))

    def _link_at(self, place: QPoint) -> bool:
        column = self.columnAt(place.x())
        return self._cells is not None and column >= 0 and self._cells.columns[column].kind == "link"

    def _clicked(self, index: QModelIndex) -> None:
        if self._cells is not None and self._cells.columns[index.column()].kind == "link":
            self.link_clicked.emit(index.row(), self._cells.columns[index.column()].key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_key = False
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        keyboard = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._by_key = event.reason() in keyboard
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_key = True
        current = self.currentIndex()
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and current.isValid()
            and not event.modifiers()
        ):
            self.opened.emit(current.row())
            return
        if event.key() == Qt.Key.Key_Escape and self.picked_count() > 1:
            row = current.row()
            self.clear_picked()
            self.pick(row)
            return
        super().keyPressEvent(event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Typing in a list must not walk a million rows: finding is the filter's work."""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.currentIndex().isValid():
            rect = self.visualRect(self.currentIndex())
            self.menu_asked.emit(self.viewport().mapToGlobal(rect.bottomLeft() + QPoint(px(PADDING), 0)))
        elif self.rowAt(event.pos().y()) >= 0:
            self.menu_asked.emit(event.globalPos())

    def cut_text_at(self, place: QPoint) -> str:
        """The whole text of the cell at `place` when it does not fit there; else nothing."""
        row, column = self.rowAt(place.y()), self.columnAt(place.x())
        if self._cells is None or row < 0 or column < 0:
            return ""
        value = self._cells.cell(row, column)
        if value is LOADING:
            return ""
        shown = self._cells.columns[column]
        wanted = self._delegate.wanted_width(shown, value)
        return shown.text(value, self._today())[:2000] if wanted > self.columnWidth(column) else ""
