"""A record as it was: all its values at a moment of the timeline, those that have changed since marked; read only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.core import clock
from crm_desktop.core.names import label_of
from crm_desktop.core.past import Past, as_of
from crm_desktop.core.record import Record
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.labels import Label


def show_past(desk: Desk, record_type: type[Record], record_id: int, at: datetime, parent: QWidget) -> None:
    """Open the record as it stood at a moment (UTC)."""
    desk.read(lambda: as_of(desk.records, record_type, record_id, desk.actor, at),
              lambda past: PastDialog(desk, record_type, past, parent).open())  # fmt: skip


class PastDialog(QDialog):
    """The filled-in fields of a `Past`."""

    def __init__(self, desk: Desk, record_type: type[Record], past: Past, parent: QWidget):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        moment = clock.to_local(past.at).strftime("%Y-%m-%d %H:%M")
        self.setWindowTitle(say("{title} as of {moment}", title=past.values.get(record_type.title_field) or "", moment=moment))
        self.resize(px(480), px(560))
        form = Form(quiet=False)
        for name, field in desk.records.fields(record_type).items():
            value: Any = past.values[name]
            if name not in past.changed and (not field.shown or field.kind.empty(value)):
                continue
            text = field.kind.show(value, None, desk.records.names) or "—"
            shown = Label(text, "Late" if name in past.changed else "", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{label_of(field)}: {text}")
            form.row(label_of(field), shown)
        form.end()
        note = say("Values in red have changed since.") if past.changed else say("Nothing has changed since.")
        column = QVBoxLayout(self)
        column.addWidget(Label(note, "Muted"))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(form)
        column.addWidget(scroll, 1)
