"""Ctrl+K: one box that finds records and runs commands, by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.commands import Command, Commands
from crm_desktop.ui.shell.hits import Hit, Provider, marks_of
from crm_desktop.ui.shell.icons import icon, paint_icon
from crm_desktop.ui.shell.theme import colour, font, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.buttons import keys_text
from crm_desktop.ui.widgets.labels import Label, line

TOP, TALLEST = 84, 368  # px: where the box begins, and how much of its list is shown
PAUSE = 80  # ms after the last key before records are searched
PATIENCE = 400  # ms; then it is said that records are still searched, also where there are commands to choose from
_COMMANDS_AT_MOST = 40
_ItemRole = int(Qt.ItemDataRole.UserRole)
_NOWHERE = QModelIndex()


class _Lines(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[Hit | str] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        if not 0 <= index.row() < len(self.lines):
            return None
        entry = self.lines[index.row()]
        if role == _ItemRole:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(entry, str):
                return entry
            return ", ".join(part for part in (entry.title, entry.sub, keys_text(entry.shortcut)) if part)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(entry, Hit):
            return entry.why_not or None
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        heading = isinstance(self.lines[index.row()], str) if index.isValid() else True
        return (
            Qt.ItemFlag.NoItemFlags if heading else Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        )

    def show_lines(self, lines: Sequence[Hit | str]) -> None:
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def height(self, row: int) -> int:
        return px(30) if isinstance(self.lines[row], str) else px(40)


class _LinePainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        model = index.model()
        assert isinstance(model, _Lines)
        return QSize(px(100), model.height(index.row()))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry = index.data(_ItemRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, str):
            painter.setFont(font("caption", tokens.SEMIBOLD))
            painter.setPen(colour("text3"))
            painting.elided(painter, option.rect.adjusted(px(18), px(6), -px(18), 0), entry)
        else:
            self._paint_hit(painter, option, entry)
        painter.restore()

    def _paint_hit(self, painter: QPainter, option: QStyleOptionViewItem, hit: Hit) -> None:
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painting.rounded(painter, rect.adjusted(8, 1, -8, -1), "sel")
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painting.rounded(painter, rect.adjusted(8, 1, -8, -1), "hover")
        size = px(17)
        middle = rect.center().y() + 1
        spot = QRect(rect.x() + px(18), middle - size // 2, size, size)
        paint_icon(painter, hit.icon, spot, "accent_text" if chosen else "text2")
        right = rect.right() - px(20)
        if hit.shortcut:
            right -= painting.keycap(painter, right, middle, keys_text(hit.shortcut)) + px(12)
        left = rect.x() + px(48)
        if hit.why_not:
            painter.setOpacity(0.55)
        used = painting.marked(
            painter, QRect(left, rect.y(), right - left, rect.height()), hit.title, hit.marks
        )
        sub = hit.why_not or hit.sub
        room = right - left - used - px(12)
        if sub and room > px(24):
            place = QRect(left + used + px(12), rect.y(), room, rect.height())
            painting.marked(painter, place, sub, () if hit.why_not else hit.sub_marks, tokens.REGULAR, "small", "text3")


class _Scrim(QWidget):
    """Dims the window behind the palette; a click on it closes."""

    def __init__(self, window: QWidget, close: Callable[[], object]) -> None:
        super().__init__(window)
        self._close = close
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("scrim", 110 if theme.dark() else 60))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._close()


class Palette(QFrame):
    """The box over `window`. `provider(text, done)` may answer any time later: answers to older texts are
    dropped. `opened(place on the screen)` before it comes up, `closed()` when it has gone."""

    opened = Signal(QRect)
    closed = Signal()

    def __init__(self, window: QWidget, commands: Commands, provider: Provider | None = None) -> None:
        super().__init__(window)
        self.setObjectName("Palette")
        self.setAccessibleName(say(_("Search or run a command")))
        self.provider = provider
        self._commands = commands
        self._turn = 0
        self._records: list[Hit] = []
        self._back: QWidget | None = None
        self._scrim = _Scrim(window, self.dismiss)
        self.entry = QLineEdit()
        self._lines = _Lines(self)
        self.list = QListView()
        self._make()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._search)
        self._waiting = False  # nobody has answered yet to what stands in the box
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._show)
        self.entry.textChanged.connect(self._typed)
        self.entry.installEventFilter(self)
        window.installEventFilter(self)
        self.hide()

    def _make(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, px(8))
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(px(16), px(8), px(12), px(8))
        top.setSpacing(px(10))
        self._glass = QLabel()
        self.entry.setObjectName("Prompt")
        self.entry.setMaxLength(200)
        self.entry.setPlaceholderText(say(_("Search customers, phones, contracts, or type a command…")))
        self.entry.setAccessibleName(self.accessibleName())
        top.addWidget(self._glass)
        top.addWidget(self.entry, 1)
        top.addWidget(Label("Esc", "Faint"))
        column.addLayout(top)
        column.addWidget(line())
        self.list.setObjectName("Plain")
        self.list.setModel(self._lines)
        self.list.setItemDelegate(_LinePainter(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(say(_("Hits")))
        self.list.clicked.connect(self._run)
        column.addWidget(self.list, 1)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(48)
        shadow.setOffset(QPointF(0, 12))
        shadow.setColor(colour("scrim", 110))
        self.setGraphicsEffect(shadow)

    def open(self, text: str = "") -> None:
        """Show the box with a text to start from, marked so that typing replaces it."""
        window = self.parentWidget()
        assert window is not None
        if self.isHidden():
            self._back = QApplication.focusWidget() or window.focusWidget()
            spot = QPoint((window.width() - self._width()) // 2, px(TOP))
            self.opened.emit(QRect(window.mapToGlobal(spot), QSize(self._width(), px(52 + TALLEST))))
            window.activateWindow()  # it may have been asked for in a floating view
        self._glass.setPixmap(icon("search").pixmap(QSize(px(18), px(18)), self.devicePixelRatioF()))
        self._scrim.setGeometry(window.rect())
        self._scrim.show()
        self._scrim.raise_()
        self.entry.blockSignals(True)
        self.entry.setText(text)
        self.entry.blockSignals(False)
        self._records = []
        self._wait()
        self._show()
        self.show()
        self.raise_()
        self.entry.setFocus()
        self.entry.selectAll()
        self._search()

    def dismiss(self) -> None:
        """Close and give the focus back."""
        self._turn += 1
        self._waiting = False
        self._pause.stop()
        self._patience.stop()
        self._scrim.hide()
        self.hide()
        self.closed.emit()
        back, self._back = self._back, None
        if back is not None and isValid(back):
            back.window().activateWindow()
            back.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.entry and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        resized = event.type() == QEvent.Type.Resize and not self.isHidden()
        if resized and isinstance(watched, QWidget) and watched is self.parentWidget():
            self._scrim.setGeometry(watched.rect())
            self._fit()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif key in steps:
            self._walk(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._walk(1 if key == Qt.Key.Key_Tab else -1)
        else:
            return False
        return True

    def _walk(self, step: int) -> None:
        """Move the choice; single steps go round, headings are passed over."""
        hits = [row for row, entry in enumerate(self._lines.lines) if isinstance(entry, Hit)]
        if not hits:
            return
        now = self.list.currentIndex().row()
        place = hits.index(now) if now in hits else -1
        place = (place + step) % len(hits) if abs(step) == 1 else min(max(place + step, 0), len(hits) - 1)
        self.list.setCurrentIndex(self._lines.index(hits[place]))

    def _run(self, index: QModelIndex) -> None:
        hit = index.data(_ItemRole) if index.isValid() else None
        if isinstance(hit, Hit) and hit.run is not None and not hit.why_not:
            self.dismiss()
            hit.run()

    def _typed(self, _text: str) -> None:
        self._turn += 1  # what is under way belongs to an older text
        self._wait()
        self._show()
        self._pause.start()

    def _wait(self) -> None:
        self._waiting = self.provider is not None
        self._patience.start()

    def _search(self) -> None:
        self._pause.stop()
        self._turn += 1
        turn = self._turn
        if self.provider is not None:
            self.provider(self.entry.text().strip(), lambda hits: self._arrived(hits, turn))

    def _arrived(self, hits: Sequence[Hit], turn: int) -> None:
        if turn == self._turn and not self.isHidden():
            self._waiting = False
            self._patience.stop()
            self._records = list(hits)
            self._show()

    def _show(self) -> None:
        text = self.entry.text().strip()
        if not text:
            self._records = [hit for hit in self._records if not hit.marks]
        lines: list[Hit | str] = []
        group = None
        for hit in self._records:
            if hit.group != group:
                group = hit.group
                lines.append(group)
            lines.append(hit)
        found = self._command_hits(text)
        if found:
            lines.append(say(_("Commands")))
            lines.extend(found)
        waiting = self._waiting and bool(text)
        if waiting and (not lines or not self._patience.isActive()):
            lines.append(Hit(say(_("Searching…")), None))
        elif not lines:
            lines.append(Hit(say(_("Nothing found for “{words}”."), words=text[:60]), None))
        self._lines.show_lines(lines)
        self._fit()
        self._walk(1)

    def _command_hits(self, text: str) -> list[Hit]:
        hits = []
        for command in self._commands.available():
            marks = marks_of(command.title, text)
            if marks is not None and (text.strip() or not command.only_typed):
                hits.append(self._command_hit(command, marks))
        for command in self._commands.out_of_sight() if text.strip() else ():
            if (marks := marks_of(command.title, text)) is not None:
                hits.append(self._command_hit(command, marks, command.group))
        return hits[:_COMMANDS_AT_MOST]

    def _command_hit(self, command: Command, marks: Sequence[tuple[int, int]], where: str = "") -> Hit:
        return Hit(
            command.title,
            command.run,
            command.icon,
            where,
            "" if where else self._commands.shortcut(command.key),  # those keys do something else here
            marks,
            why_not=command.reason(),
        )

    def _fit(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        tall = sum(self._lines.height(row) for row in range(self._lines.rowCount()))
        width = self._width()
        self.resize(width, px(52) + min(px(TALLEST), tall + px(8)))
        self.move((window.width() - width) // 2, px(TOP))

    def _width(self) -> int:
        window = self.parentWidget()
        return min(px(640), (window.width() if window is not None else px(720)) - 80)
