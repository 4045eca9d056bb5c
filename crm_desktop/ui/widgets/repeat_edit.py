"""How often something comes again: one of the usual ways, or the one that stands there, and until when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.core.repeating import repetition
from crm_desktop.core.words import say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.day_edit import DayEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.field import set_quiet

USUAL = (
    "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY",
    "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY",
)  # fmt: skip


class RepeatEdit(QWidget):
    """The value is the text of a repetition, '' for none."""

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None, today: Callable[[], date] = date.today):
        super().__init__(parent)
        self.every, self.until = ChoiceEdit(self), DayEdit(self, today=today)
        self.until.setPlaceholderText(say("Until"))
        self.until.setAccessibleName(say("Until"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addWidget(self.every)
        column.addWidget(self.until)
        self._offer("")
        for editor in (self.every, self.until):
            editor.changed.connect(self.changed)
            editor.committed.connect(self._taken)
        self.setFocusProxy(self.every)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.every.setAccessibleName(name)
        self.until.setAccessibleName(f"{name}, {say('Until')}")

    def _offer(self, own: str) -> None:
        texts = [*USUAL, own] if own and own not in USUAL else [*USUAL]
        said = [(text, repetition(text).sentence()) for text in texts]
        self.every.set_choices(said)
        for place, (_text, sentence) in enumerate(said, 1):
            self.every.setItemData(place, sentence, Qt.ItemDataRole.ToolTipRole)

    def value(self) -> str:
        """The repetition that is chosen."""
        text = self.every.value()
        if not text:
            return ""
        rule = repetition(text)
        until = self.until.value()
        return (rule if until is None or rule.count else replace(rule, until=until)).text()

    def set_value(self, text: str | None) -> None:
        """Show a repetition without committing it."""
        rule = repetition(text) if text else None
        own = replace(rule, until=None).text() if rule is not None else ""
        self._offer(own)
        self.every.set_value(own or None)
        self.until.set_value(rule.until if rule is not None else None)
        self._tell()

    def problem(self) -> str:
        """What is wrong with the last day."""
        return self.until.problem()

    def set_quiet(self, quiet: bool) -> None:
        """Look like text until somebody comes near, as the other fields of a form do."""
        set_quiet(self.every, quiet)
        set_quiet(self.until, quiet)

    def leave(self) -> None:
        """Take over what was typed."""
        self.until.leave()

    def _taken(self) -> None:
        self._tell()
        self.committed.emit()

    def _tell(self) -> None:
        """An end is asked only of what repeats and has no other end."""
        text = self.every.value()
        self.until.setVisible(bool(text) and not repetition(text).count)
