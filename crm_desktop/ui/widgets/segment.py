"""A row of joined buttons of which one is on: board or list, month or week."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QWidget

from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Switch


class Segment(QFrame):
    """`choices` are (key, label) or (key, label, icon); `changed` tells the key that is on now."""

    changed = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, ...]], name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Segment")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(px(30))
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(1)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Switch] = {}
        for choice in choices:
            key, label = choice[0], choice[1]
            button = Switch(label, choice[2] if len(choice) > 2 else None)
            button.toggled.connect(lambda on, key=key: self.changed.emit(key) if on else None)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        first = next(iter(self._buttons.values()), None)
        if first is not None:
            first.blockSignals(True)
            first.setChecked(True)
            first.blockSignals(False)

    def value(self) -> str:
        """The key that is on."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Switch `key` on; emits `changed` when it was off."""
        self._buttons[key].setChecked(True)

    def offer(self, key: str, offered: bool) -> None:
        """Show a choice or put it away; when it was on, the first one is on instead."""
        button = self._buttons[key]
        button.setVisible(offered)
        if not offered and button.isChecked():
            next(iter(self._buttons.values())).setChecked(True)
