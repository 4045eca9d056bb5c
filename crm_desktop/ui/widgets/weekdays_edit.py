"""The days of the week as seven switches."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import metrics, px
from crm_desktop.ui.widgets.buttons import Switch

WEEK = "1234567"
_SHORT, _NARROW = QLocale.FormatType.ShortFormat, QLocale.FormatType.NarrowFormat


class WeekdaysEdit(QWidget):
    """The value is the days that are on, as digits from 1 (Monday) to 7."""

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.switches: dict[str, Switch] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(2))
        names = QLocale()
        self._names = [{day: names.dayName(int(day), form) for day in WEEK} for form in (_SHORT, _NARROW)]
        for day in WEEK:
            switch = Switch(self._names[1][day], kind="chip")
            switch.setAccessibleName(names.dayName(int(day), QLocale.FormatType.LongFormat))
            switch.setToolTip(switch.accessibleName())
            switch.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            switch.toggled.connect(lambda _on: self._switched())
            self.switches[day] = switch
            row.addWidget(switch)
        self.setMinimumHeight(px(tokens.CONTROL))
        self.setFocusProxy(self.switches["1"])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Short names where they have room, else single letters."""
        super().resizeEvent(event)
        words = metrics("small", tokens.SEMIBOLD)
        wanted = sum(words.horizontalAdvance(name) + px(24) for name in self._names[0].values())
        for day, name in self._names[0 if wanted <= event.size().width() else 1].items():
            self.switches[day].setText(name)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(7 * 24), px(tokens.CONTROL))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def value(self) -> str:
        """The days that are on, as digits."""
        return "".join(day for day, switch in self.switches.items() if switch.isChecked())

    def set_value(self, days: str | None) -> None:
        """Show days without committing them."""
        for day, switch in self.switches.items():
            switch.blockSignals(True)
            switch.setChecked(day in (days or ""))
            switch.blockSignals(False)

    def problem(self) -> str:
        """Switches are never wrong."""
        return ""

    def leave(self) -> None:
        """Every switch was taken over when it was pressed."""

    def _switched(self) -> None:
        self.changed.emit()
        self.committed.emit()
