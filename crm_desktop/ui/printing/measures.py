"""A short dialog that asks for measures in mm and says at once when they cannot be."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.step_edits import Millimetres


class Measures(QDialog):
    """Subclasses add their rows, then call `close_form`; `made()` is what the measures describe, raising Invalid."""

    def __init__(self, parent: QWidget | None, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(px(440))
        self.form = Form(quiet=False, label_column=170)
        self.lengths: dict[str, Millimetres] = {}
        self._wrong = Label("", "FieldError", wrap=True)

    def made(self) -> Any:
        """What the measures describe. Raises Invalid when it cannot exist."""
        raise NotImplementedError

    def add_length(self, name: str, label: str, value: float, most: float, least: float = 0.0) -> None:
        """Add a row for one length."""
        editor = self.lengths[name] = Millimetres(least, most, 0.5, label, value, 2)
        self.form.row(label, editor)
        editor.valueChanged.connect(self.check)

    def close_form(self, ok: str) -> None:
        """Add the sentence that says what is wrong, and the buttons."""
        self.form.wide(self._wrong)
        self.ok = Button(ok, kind="primary", run=self.accept)
        self.ok.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(px(16), 0, px(16), px(16))
        buttons.setSpacing(px(8))
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.addWidget(self.form)
        column.addLayout(buttons)
        self.check()

    def check(self) -> None:
        """Look at the measures and say what is wrong with them."""
        sentence = ""
        try:
            self.made()
        except Invalid as wrong:
            sentence = wrong.sentence()
        self._wrong.setText(sentence)
        self.ok.setEnabled(not sentence)
