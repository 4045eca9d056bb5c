"""A small picture of the label sheet on which the first free label is chosen, by mouse or arrow keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.core.words import say
from crm_desktop.printing.sheets import Sheet
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import colour, font, px
from crm_desktop.ui.widgets import painting

WIDEST, TALLEST = 168, 214  # px the picture of the page may take
_NOWHERE = QModelIndex()
USED, FILLED, FREE = range(3)


class _Labels(QAbstractTableModel):
    """The labels of a sheet: which are used up, which will be printed, which stay free."""

    def __init__(self, sheet: Sheet, parent: QWidget) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.start = 1
        self.count = 1
        self.down = False
        self._order = sheet.places()
        self._turn = {place: number for number, place in enumerate(self._order, 1)}

    def set_job(self, sheet: Sheet, start: int, count: int, down: bool) -> None:
        self.beginResetModel()
        self.sheet, self.start, self.count, self.down = sheet, start, count, down
        self._order = sheet.places(down)
        self._turn = {place: number for number, place in enumerate(self._order, 1)}
        self.endResetModel()

    def number(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """The label's place in the order of printing, from 1."""
        return self._turn.get(index.row() * self.sheet.columns + index.column(), 1)

    def index_of(self, number: int) -> QModelIndex:
        row, column = divmod(self._order[number - 1], self.sheet.columns)
        return self.index(row, column)

    def state(self, number: int) -> int:
        if number < self.start:
            return USED
        return FILLED if number < self.start + self.count else FREE

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.sheet.rows

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.sheet.columns

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole and index.isValid():
            number = self.number(index)
            if number == self.start:
                return say("Label {number}, the first to be printed", number=number)
            if self.state(number) == USED:
                return say("Label {number}, already used", number=number)
            return say("Label {number}", number=number)
        return None


class _LabelPainter(QStyledItemDelegate):
    """Paints one label: grey when used, blue when it will be printed, a number on the first."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        model = index.model()
        assert isinstance(model, _Labels)
        number = model.number(index)
        sheet = model.sheet
        wide = option.rect.width() * min(1.0, sheet.label_width / (sheet.pitch_x or sheet.label_width))
        tall = option.rect.height() * min(1.0, sheet.label_height / (sheet.pitch_y or sheet.label_height))
        rect = QRectF(option.rect.x(), option.rect.y(), wide, tall).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = model.state(number)
        if number == model.start:
            painting.rounded(painter, rect, "accent", 2, "accent")
        elif state == FILLED:
            painting.rounded(painter, rect, "accent_bg", 2, "accent")
        else:
            painting.rounded(painter, rect, "pressed" if state == USED else "surface", 2, "border_strong")
        if number == model.start and rect.height() >= px(11):
            painter.setPen(colour("on_accent"))
            painter.setFont(font("caption", tokens.SEMIBOLD))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.restore()


class StartLabel(QTableView):
    """`chosen(number)` tells the label the person picked, from 1 in the order of printing."""

    chosen = Signal(int)

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("StartLabel")
        self.setAccessibleName(say("First label"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._labels = _Labels(sheet, self)
        self._telling = True
        self.setModel(self._labels)
        self.setItemDelegate(_LabelPainter(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.show_job(sheet, 1, 1, False)

    def show_job(self, sheet: Sheet, start: int, count: int, down: bool) -> None:
        """Show the sheet with `count` labels printed from `start` on."""
        self._telling = False
        self._labels.set_job(sheet, start, count, down)
        scale = min(px(WIDEST) / sheet.page_width, px(TALLEST) / sheet.page_height)
        margins = (round(sheet.left * scale) + 2, round(sheet.top * scale) + 2)
        self.setViewportMargins(margins[0], margins[1], 0, 0)
        for column in range(sheet.columns):
            self.setColumnWidth(column, _section(column, sheet.pitch_x or sheet.label_width, scale))
        for row in range(sheet.rows):
            self.setRowHeight(row, _section(row, sheet.pitch_y or sheet.label_height, scale))
        self.setFixedSize(QSize(round(sheet.page_width * scale) + 4, round(sheet.page_height * scale) + 4))
        self.setCurrentIndex(self._labels.index_of(start))
        self._telling = True
        self.viewport().update()

    def currentChanged(self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex) -> None:
        super().currentChanged(current, previous)
        if self._telling and current.isValid():
            self.chosen.emit(self._labels.number(current))


def _section(place: int, pitch: float, scale: float) -> int:
    """Whole pixels whose sum stays true to the sheet."""
    return max(2, round((place + 1) * pitch * scale) - round(place * pitch * scale))
