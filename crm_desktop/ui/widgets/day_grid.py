"""The month a date editor unfolds: six weeks on an item view, so that keyboard and screen readers work by
themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import colour, font, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.menus import Popover
from crm_desktop.ui.widgets.words import long_day

_NOWHERE = QModelIndex()
_FIRST, _LAST = date(1900, 1, 1), date(2999, 12, 31)
DayRole = int(Qt.ItemDataRole.UserRole)


def month_title(day: date) -> str:
    """A month as its heading: 2026年11月, November 2026."""
    locale = QLocale()
    pattern = "yyyy年M月" if locale.language() == QLocale.Language.Chinese else "MMMM yyyy"
    return locale.toString(QDate(day.year, day.month, 1), pattern)


def first_of_grid(day: date) -> date:
    """The first day of the week (in the user's country) that holds the first of the month."""
    first = day.replace(day=1)
    begin = QLocale().firstDayOfWeek().value
    return first - timedelta(days=(first.isoweekday() - begin) % 7)


class _Days(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.month = date.today().replace(day=1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else 6

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else 7

    def day(self, row: int, column: int) -> date:
        return first_of_grid(self.month) + timedelta(days=row * 7 + column)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        day = self.day(index.row(), index.column())
        if role == DayRole:
            return day
        if role == Qt.ItemDataRole.DisplayRole:
            return str(day.day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return long_day(day)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            begin = QLocale().firstDayOfWeek().value
            return QLocale().dayName((begin + section - 1) % 7 + 1, QLocale.FormatType.NarrowFormat)
        return None

    def show_month(self, day: date) -> None:
        self.beginResetModel()
        self.month = day.replace(day=1)
        self.endResetModel()


class _DayPainter(QStyledItemDelegate):
    def __init__(self, grid: DayGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        day: date = index.data(DayRole)
        today = day == self._grid.today()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(option.rect.width(), option.rect.height()) - 4
        spot = QRect(0, 0, side, side)
        spot.moveCenter(option.rect.center())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painting.rounded(painter, spot, "accent", side / 2)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painting.rounded(painter, spot, "hover", side / 2)
        if today and not chosen:
            painter.setPen(colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(spot.adjusted(1, 1, -1, -1))
        token = "on_accent" if chosen else "text" if day.month == self._grid.month().month else "text3"
        painter.setPen(colour(token))
        painter.setFont(font("small", tokens.SEMIBOLD if today else tokens.REGULAR, True))
        painter.drawText(option.rect, painting.CENTRE, str(day.day))
        painter.restore()


class DayGrid(QTableView):
    """`picked(day)` by click or Enter; arrows walk over the months, PgUp/PgDn change the month, T goes to
    today."""

    picked = Signal(object)
    month_changed = Signal(object)

    def __init__(self, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.setObjectName("DayGrid")
        self.setAccessibleName(say(_("Calendar")))
        self._days = _Days(self)
        self.setModel(self._days)
        self.setItemDelegate(_DayPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side = px(32)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(px(16))
            header.setDefaultSectionSize(side)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        headings = self.horizontalHeader()
        headings.setFixedHeight(px(26))
        headings.setHighlightSections(False)
        headings.setSectionsClickable(False)
        headings.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedSize(7 * side + 2, 6 * side + px(26) + 2)
        self.clicked.connect(lambda index: self.picked.emit(index.data(DayRole)))

    def sizeHint(self) -> QSize:
        return self.size()

    def month(self) -> date:
        """The first of the month shown."""
        return self._days.month

    def show_day(self, day: date) -> None:
        """Show the month of a day with the day marked."""
        day = min(max(day, _FIRST), _LAST)
        if day.replace(day=1) != self._days.month:
            self._days.show_month(day)
            self.month_changed.emit(self._days.month)
        away = (day - first_of_grid(self._days.month)).days
        self.setCurrentIndex(self._days.index(away // 7, away % 7))

    def current_day(self) -> date:
        """The day marked."""
        index = self.currentIndex()
        return index.data(DayRole) if index.isValid() else self._days.month

    def step_month(self, months: int) -> None:
        """Show the same day some months on."""
        day = self.current_day()
        count = day.year * 12 + day.month - 1 + months
        year, month = divmod(count, 12)
        last = (date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
        self.show_day(date(year, month + 1, min(day.day, last)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        key = event.key()
        if key in steps:
            self.show_day(self.current_day() + timedelta(days=steps[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step_month(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_T:
            self.show_day(self.today())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit(self.current_day())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here (T), not a search."""


class DayPicker(Popover):
    """A popover with the month, arrows and the days people ask for most; `picked(day or None)`."""

    picked = Signal(object)

    def __init__(
        self, parent: QWidget, today: Callable[[], date] = date.today, clearable: bool = True
    ) -> None:
        super().__init__(parent, say(_("Choose a day")))
        self.grid = DayGrid(today)
        self._title = Label(month_title(self.grid.month()), "Section")
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(
            icon_button("chevron-left", say(_("Previous month")), lambda: self.grid.step_month(-1), size=14)
        )
        top.addWidget(
            icon_button("chevron-right", say(_("Next month")), lambda: self.grid.step_month(1), size=14)
        )
        self.column.addLayout(top)
        self.column.addWidget(self.grid)
        quick = QHBoxLayout()
        quick.setSpacing(px(2))
        choices: list[tuple[str, Callable[[], date | None]]] = [
            (say(_("Today")), today),
            (say(_("Tomorrow")), lambda: today() + timedelta(days=1)),
            (say(_("Next Monday")), lambda: next_monday(today())),
        ]
        if clearable:
            choices.append((say(_("None")), lambda: None))
        for label, answer in choices:
            quick.addWidget(Button(label, kind="chip", run=partial(self._answer, answer)))
        quick.addStretch(1)
        self.column.addLayout(quick)
        self.grid.month_changed.connect(lambda day: self._title.setText(month_title(day)))
        self.grid.picked.connect(self._choose)

    def open_at(self, widget: QWidget, day: date | None) -> None:
        """Open under a widget with a day marked (today for none)."""
        self.grid.show_day(day or self.grid.today())
        self._title.setText(month_title(self.grid.month()))
        self.open_under(widget)
        self.grid.setFocus()

    def _answer(self, answer: Callable[[], date | None]) -> None:
        self._choose(answer())

    def _choose(self, day: date | None) -> None:
        self.close()
        self.picked.emit(day)

    def paintEvent(self, event: Any) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("raised"))
        painter.end()
        super().paintEvent(event)


def next_monday(day: date) -> date:
    """The first Monday after a day."""
    return day + timedelta(days=7 - day.weekday())
