"""A list whose entries are ticked: by their box, their words or Space; letters typed lead to an entry."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.spelling import Spelling

LINE = 26  # px


class TickList(QListWidget):
    """Of (value, label) pairs. `ticked(value, on)` when one is ticked or not any more; `move_asked(value, step)` by Alt+Up and
    Alt+Down, for lists whose order means something. As high as `rows` entries at most."""

    ticked = Signal(object, bool)
    move_asked = Signal(object, int)

    def __init__(self, name: str, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._rows = rows
        self._spelling = Spelling(self)
        self.setMinimumWidth(px(180))
        self.itemChanged.connect(self._changed)

    def fill(self, choices: Iterable[tuple[Any, str]], chosen: Container[Any], current: Any = None) -> None:
        """Show these; the cursor goes to `current`."""
        self.blockSignals(True)
        self.clear()
        for value, label in choices:
            item = QListWidgetItem(label)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setCheckState(Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, px(LINE)))
            self.addItem(item)
            if current is not None and value == current:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self.setFixedHeight(px(LINE) * min(self._rows, max(1, self.count())) + px(4))

    def values(self) -> list[Any]:
        """The values that are ticked."""
        items = [self.item(row) for row in range(self.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    def tick(self, value: Any, on: bool) -> None:
        """Tick an entry or not, without telling."""
        self.blockSignals(True)
        for row in range(self.count()):
            item = self.item(row)
            if item.data(Qt.ItemDataRole.UserRole) == value:
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.blockSignals(False)

    def _changed(self, item: QListWidgetItem) -> None:
        self.ticked.emit(item.data(Qt.ItemDataRole.UserRole), item.checkState() == Qt.CheckState.Checked)

    def keyboardSearch(self, search: str) -> None:
        if not self._spelling.go_to(search):
            super().keyboardSearch(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        item = self.currentItem()
        if item is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps:
            self.move_asked.emit(item.data(Qt.ItemDataRole.UserRole), steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)  # Space ticks it at once

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        item = self.itemAt(event.position().toPoint())
        before = item.checkState() if item is not None else None
        super().mouseReleaseEvent(event)
        if item is not None and item is self.currentItem() and item.checkState() == before:  # its words are as good as its box
            item.setCheckState(Qt.CheckState.Unchecked if before == Qt.CheckState.Checked else Qt.CheckState.Checked)
