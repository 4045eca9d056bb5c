"""The editor laid over a cell of the sheet of targets."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from crm_desktop.core.words import say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.editors import MoneyEdit
from crm_desktop.ui.widgets.table import Table

STEPS = {Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Enter: (1, 0), Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1), Qt.Key.Key_Down: (1, 0),
         Qt.Key.Key_Up: (-1, 0)}  # fmt: skip


class TargetCell(MoneyEdit):
    """An amount; `left(value, rows down, columns across)` when it is kept. Esc leaves it as it was."""

    left = Signal(object, int, int)

    def __init__(self, table: Table, rect: QRect, value: Decimal | None, text: str = ""):
        super().__init__(table.viewport())
        self._over = False
        self._before = value
        self.setAccessibleName(say("Target"))
        wide = max(rect.width(), px(112))
        self.setGeometry(QRect(min(rect.left(), table.viewport().width() - wide), rect.top(), wide, rect.height()))
        self.set_value(value)
        if text:
            self.setText(text)
        else:
            self.selectAll()
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave(False)
        elif event.key() in STEPS:
            self._leave(True, *STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        self._leave(True, 0, 1 if forward else -1)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._leave(True)

    def _leave(self, keep: bool, down: int = 0, across: int = 0) -> None:
        if self._over or (keep and self.problem()):
            return
        self._over = True
        self.hide()
        self.left.emit(self.value() if keep else self._before, down, across)
        self.deleteLater()
