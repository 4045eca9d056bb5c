"""The choices for envelopes: size, front, sender, boxes and feed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.printing.envelope_sizes import envelopes
from crm_desktop.printing.remembered import PaperSettings
from crm_desktop.ui.printing.box_places import ask_box_places
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit, TextEdit
from crm_desktop.ui.widgets.field import Form


class EnvelopeForm(QWidget):
    """`changed` whenever a choice was made; the choices are written straight into the settings."""

    changed = Signal()

    def __init__(self, settings: PaperSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.envelope = ChoiceEdit()
        self.envelope.set_choices(
            [(size.key, f"{size.name()}   {size.width:g} × {size.height:g}") for size in envelopes()],
            empty=False,
        )
        self.envelope.set_value(settings.envelope)
        self.envelope.committed.connect(lambda: self._set("envelope", self.envelope.value()))
        self.front = ChoiceEdit()
        self.front.set_choices(
            [
                ("auto", say("By the script of the address")),
                ("chinese", say("Chinese, with postcode boxes")),
                ("western", say("Western")),
            ],
            empty=False,
        )
        self.front.set_value(settings.front)
        self.front.committed.connect(lambda: self._set("front", self.front.value()))
        self.turn = ChoiceEdit()
        self.turn.set_choices(
            [
                (0, say("Long edge on top")),
                (90, say("Turned right by 90°")),
                (180, say("Upside down")),
                (270, say("Turned left by 90°")),
            ],
            empty=False,
        )
        self.turn.set_value(settings.turn)
        self.turn.committed.connect(lambda: self._set("turn", self.turn.value()))
        self.boxes = self._flag(say("Print the postcode boxes"), "boxes")
        self.boxes.setToolTip(say("Off for envelopes that have the boxes printed on them already."))
        self.stamp = self._flag(say("Print the frame for the stamp"), "stamp")
        self.with_sender = self._flag(say("Print the sender"), "with_sender")
        self._sender = {
            "company": (say("Company"), TextEdit()),
            "name": (say("Name"), TextEdit()),
            "region": (say("Province"), TextEdit()),
            "city": (say("City"), TextEdit()),
            "address": (say("Address"), TextEdit()),
            "postcode": (say("Postcode"), TextEdit()),
        }
        self._arrange()
        self._show_sender()

    def _arrange(self) -> None:
        form = Form(quiet=False)
        form.row(say("Envelope"), self.envelope)
        form.row(say("Front"), self.front)
        form.row(say("Feed"), self.turn)
        boxes = QWidget()
        row = QHBoxLayout(boxes)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.boxes, 1)
        row.addWidget(Button(say("Position…"), "sliders-horizontal", "link", self._place_boxes))
        form.wide(boxes)
        form.wide(self.stamp)
        form.section(say("Sender"))
        form.wide(self.with_sender)
        for name, (label, editor) in self._sender.items():
            editor.set_value(getattr(self._settings.sender, name))
            editor.changed.connect(lambda name=name, editor=editor: self._set_sender(name, editor.text()))
            form.row(label, editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)

    def sender_editor(self, name: str) -> TextEdit:
        """The editor of one line of the sender's address."""
        return self._sender[name][1]

    def _flag(self, text: str, name: str) -> FlagEdit:
        made = FlagEdit()
        made.setText(text)
        made.set_value(getattr(self._settings, name))
        made.committed.connect(lambda: self._set(name, made.value()))
        return made

    def _set(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self._show_sender()
        self.changed.emit()

    def _place_boxes(self) -> None:
        places = ask_box_places(self, self._settings.places)
        if places is not None:
            self._set("places", places)

    def _set_sender(self, name: str, text: str) -> None:
        self._settings.sender = replace(self._settings.sender, **{name: text})
        self.changed.emit()

    def _show_sender(self) -> None:
        for _label, editor in self._sender.values():
            editor.setEnabled(self._settings.with_sender)
