"""Which parts of an address are printed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.printing.remembered import PaperSettings
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.editors import FlagEdit
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.segment import Segment

# What follows a Chinese name on the paper itself; not words of the program, so not translated.
CLOSINGS = ("收", "启", "亲启", "啟")


class WordingForm(QWidget):
    """`changed` whenever a choice was made; the choices are written straight into the settings."""

    changed = Signal()

    def __init__(self, settings: PaperSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.flags = {
            "postcode": self._flag(say("Postcode"), "postcode"),
            "company": self._flag(say("Company"), "company"),
            "honorific": self._flag(say("Form of address (Mr., 先生)"), "honorific"),
            "job": self._flag(say("Job title"), "job"),
            "phone": self._flag(say("Phone"), "phone"),
        }
        self.closing = Segment((*((word, word) for word in CLOSINGS), ("", say("None"))), say("After a Chinese name"))
        closing = settings.wording.closing
        if closing in (*CLOSINGS, ""):
            self.closing.set_value(closing)
        self.closing.changed.connect(lambda word: self._set("closing", word))
        form = Form(quiet=False, label_column=120)
        form.section(say("Printed parts"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, px(4))
        grid.setVerticalSpacing(0)
        for place, flag in enumerate(self.flags.values()):
            grid.addWidget(flag, place // 2, place % 2)
        form.wide(holder)
        form.row(say("After a Chinese name"), self.closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)

    def _flag(self, text: str, name: str) -> FlagEdit:
        made = FlagEdit()
        made.setText(text)
        made.set_value(getattr(self._settings.wording, name))
        made.committed.connect(lambda: self._set(name, made.value()))
        return made

    def _set(self, name: str, value: Any) -> None:
        self._settings.wording = replace(self._settings.wording, **{name: value})
        self.changed.emit()
