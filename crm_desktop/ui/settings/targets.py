"""Targets month by month: a line for the company, each department and each person, filled in like a sheet; or all as a list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.business.sales import targets
from crm_desktop.business.sales.target import Target
from crm_desktop.business.sales.targets import Place, Targets
from crm_desktop.core.errors import Invalid
from crm_desktop.core.journal import Change
from crm_desktop.core.views import View
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.list_page import ListPage
from crm_desktop.ui.settings.target_cell import TargetCell
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.labels import ElidedLabel, Label, line
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.segment import Segment
from crm_desktop.ui.widgets.table import Table
from crm_desktop.ui.widgets.words import money_text

YEAR_FROM = 1_220  # px of width from which all twelve months stand side by side
INDENT = "\u2003"
HALF = 6


class TargetGrid(Table):
    """The sheet: digits, F2 and Enter begin to write, Del empties, Ctrl+V takes cells of a workbook."""

    def __init__(self, begin: Callable[[str], None], clear: Callable[[], None], paste: Callable[[str], None]):
        super().__init__(name=say("Targets"))
        self._begin, self._clear, self._paste = begin, clear, paste
        self.opened.connect(lambda _row: begin(""))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._by_key = True  # here the cell counts, not the row: it is always framed
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self._begin("")
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QApplication.clipboard().text())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear()
        elif event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._begin(event.text())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # Ctrl+V and Del are commands of lists elsewhere; here they belong to the cell.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and (
            event.matches(QKeySequence.StandardKey.Paste) or event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2)
        ):  # fmt: skip
            event.accept()
            return True
        return super().event(event)


class TargetsPage(QWidget):
    """The sheet, and behind a button the list with import and export."""

    def __init__(self, desk: Desk, make_list: Callable[[], ListPage], parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self._make_list = desk, make_list
        self.list: ListPage | None = None
        today = desk.records.clock.today()
        self.first = date(today.year, 1 if today.month <= HALF else HALF + 1, 1)
        self.places: list[Place] = []
        self.board: Targets | None = None
        measures = [(pick.key, pick.label) for pick in desk.records.names.picklist("target_measure")] or [("sales", say("Sales"))]
        self.measure = Segment(measures, say("Measure"))
        self.year = Label("", "Section")
        self.earlier = icon_button("chevron-left", say("Earlier"), lambda: self._step(-1))
        self.later = icon_button("chevron-right", say("Later"), lambda: self._step(1))
        self.as_list = Button(say("Import and export"), "list", "ghost", self.show_list)
        self.grid = TargetGrid(self._begin, lambda: self._put([(self._here(), None)]), self._pasted)
        self.model = RowsModel([])
        self.said = ElidedLabel("", "Muted")
        self.editor: TargetCell | None = None
        self.stack = QStackedWidget()
        self._lay_out()
        self.measure.changed.connect(lambda _key: self.refresh())
        self.grid.setModel(self.model)
        desk.changed.connect(self._somebody_changed)
        self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(8), px(16), px(8))
        head.setSpacing(px(8))
        for widget in (self.measure, self.earlier, self.year, self.later):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.as_list)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(16), px(6), px(16), px(8))
        foot.addWidget(self.said, 1)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.grid, 1)
        column.addWidget(line())
        column.addLayout(foot)
        self.stack.addWidget(sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)
        self.setFocusProxy(self.grid)

    # ------------------------------------------------------------ what is shown

    def months(self) -> list[date]:
        """The months side by side: the whole year, or half of it where there is little room."""
        if self.width() >= px(YEAR_FROM):
            return [date(self.first.year, month, 1) for month in range(1, 13)]
        start = self.first.month if self.first.month in (1, HALF + 1) else 1
        return [date(self.first.year, month, 1) for month in range(start, start + HALF)]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.board is not None and len(self.model.columns) != len(self.months()) + 2:
            self._fill()

    def _step(self, way: int) -> None:
        months = (self.first.year * 12 + self.first.month - 1) + way * len(self.months())
        self.first = date(months // 12, months % 12 + 1, 1)
        if self.width() >= px(YEAR_FROM):
            self.first = self.first.replace(month=1)
        self._fill()

    def refresh(self) -> None:
        """Read the targets anew; what stands there stays until they are here."""
        records, measure = self.desk.records, self.measure.value()

        def work() -> tuple[Targets, list[Place]]:
            board = Targets(records, measure)
            return board, board.tree()

        self.desk.read(work, self._show, key=f"targets-{id(self)}")

    def _show(self, read: tuple[Targets, list[Place]]) -> None:
        self.board, self.places = read
        self._fill()

    def _fill(self) -> None:
        board, months = self.board, self.months()
        if board is None:
            return
        here = self.grid.currentIndex()
        place = (here.row(), here.column()) if here.isValid() else (0, 1)
        span = "" if len(months) > HALF else f" · {months[0].month}–{months[-1].month}"
        self.year.setText(f"{self.first.year}{span}")
        columns = [Column("name", say("Target"), "title", 168, sortable=False)]
        columns += [Column(f"{month:%Y-%m}", f"{month:%Y-%m}", "number", 90, show=_amount, sortable=False) for month in months]
        columns.append(Column("total", say("Total"), "number", 104, show=_amount, sortable=False))
        rows = []
        for one in self.places:
            values = [board.of(one.whose, month) for month in months]
            total = sum((value for value in values if value is not None), Decimal(0))
            rows.append((INDENT * one.depth + one.name, *values, total if any(v is not None for v in values) else None))
        same = [column.key for column in self.model.columns] == [column.key for column in columns]
        if same:
            self.model.show_rows(rows, self.places)
        else:
            self.model = RowsModel(columns, rows, self.places, self)
            self.grid.setModel(self.model)
            self.grid.selectionModel().currentChanged.connect(self._moved)
        row, column = min(place[0], len(rows) - 1), min(place[1], len(columns) - 1)
        self.grid.setCurrentIndex(self.model.index(row, column))
        self._tell()

    def _moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._tell()

    def _tell(self) -> None:
        """How the current cell comes about, and why it cannot be written."""
        here = self._here()
        if here is None or self.board is None:
            self.said.setText(say("Write an amount into a month. Departments and the company have at least the sum of those below."))
            return
        whose, month = here
        typed, below = self.board.typed(whose, month), self.board.below(whose, month)
        parts = []
        if typed is not None:
            parts.append(say("Entered: {amount}", amount=money_text(typed)))
        if below is not None:
            parts.append(say("Below it: {amount}", amount=money_text(below)))
            if typed is not None and typed > below:
                parts.append(say("Not shared out yet: {amount}", amount=money_text(typed - below)))
        if department := self.board.elsewhere(whose, month):
            parts.append(say("Counts for {department}, where the person was then", department=department))
        why = self._why_not(whose, month)
        self.said.setText(" · ".join(filter(None, (*parts, why))) or say("Nothing entered for this month yet."))

    # ------------------------------------------------------------ writing

    def _here(self) -> tuple[targets.Whose, date] | None:
        """Whose target of which month the current cell is; None for names and totals."""
        index, months = self.grid.currentIndex(), self.months()
        if not index.isValid() or not 1 <= index.column() <= len(months):
            return None
        return self.places[index.row()].whose, months[index.column() - 1]

    def _why_not(self, whose: targets.Whose, month: date) -> str:
        why = self.desk.why_not(Target, "edit") or self.desk.why_not(Target, "add")
        return why or (say(targets.may_set(self.board, self.desk.actor, whose, month)) if self.board else "")

    def _begin(self, text: str) -> None:
        """Write in the current cell, beginning with `text`."""
        here = self._here()
        if here is None:
            return
        why = self._why_not(*here)
        if why:
            self.desk.ways.tell(why)
            return
        rect = self.grid.visualRect(self.grid.currentIndex())
        self.editor = TargetCell(self.grid, rect, self.board.of(*here) if self.board else None, text)
        self.editor.left.connect(lambda value, down, across: self._written(here, value, down, across))
        self.editor.setFocus()

    def _written(self, here: tuple[targets.Whose, date], value: Any, down: int, across: int) -> None:
        before = self.board.of(*here) if self.board else None
        if value != before:
            self._put([(here, value)])
        index = self.grid.currentIndex()
        row = min(max(index.row() + down, 0), self.model.row_count() - 1)
        column = min(max(index.column() + across, 1), len(self.months()))
        self.grid.setCurrentIndex(self.model.index(row, column))
        self.grid.setFocus()

    def _put(self, wanted: list[tuple[tuple[targets.Whose, date] | None, Decimal | None]]) -> None:
        """Keep what was written; one undo for all of it."""
        records, actor, measure = self.desk.records, self.desk.actor, self.measure.value()
        cells = [(*here, amount) for here, amount in wanted if here is not None]
        why = next((why for whose, month, _amount in cells if (why := self._why_not(whose, month))), "")
        if why:
            self.desk.ways.tell(why)
        elif cells:
            work = lambda: targets.set_targets(records, actor, measure, cells)  # noqa: E731
            self.desk.write(work, lambda _change: self.refresh(), say("Saved"), self._failed)

    def _failed(self, error: Exception) -> None:
        self.desk.problem(error)
        self.refresh()

    def _pasted(self, text: str) -> None:
        """Cells of a workbook, from the current one to the right and down."""
        start, months, kind = self.grid.currentIndex(), self.months(), Target.declared()["amount"].kind
        if self._here() is None:
            return
        wanted: list[Any] = []
        for down, row in enumerate(text.rstrip("\r\n").splitlines()):
            for across, words in enumerate(row.split("\t")):
                place, month = start.row() + down, start.column() - 1 + across
                if place < len(self.places) and month < len(months):
                    try:
                        wanted.append(((self.places[place].whose, months[month]), kind.read(words)))
                    except Invalid as wrong:
                        self.desk.ways.tell(wrong.sentence())
                        return
        self._put(wanted)

    # ------------------------------------------------------------ the list

    def show_list(self) -> None:
        """All targets as a list, to import and export, and back."""
        if self.list is None:
            self.list = self._make_list()
            back = Button(say("By month"), "table", "ghost", lambda: self.stack.setCurrentIndex(0))
            self.list.header.add_right(back)
            self.stack.addWidget(self.list)
        self.stack.setCurrentWidget(self.list)

    def show_filter(self, view: View) -> None:
        """Show a view in the list."""
        self.show_list()
        assert self.list is not None
        self.list.show_filter(view)

    def _somebody_changed(self, change: Change) -> None:
        if change.types() & {"target", "employee", "department"}:
            self.refresh()


def _amount(value: Any) -> str:
    return f"{value:,.2f}".removesuffix(".00")
