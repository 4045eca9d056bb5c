"""A record as it was: all its values at a moment of the timeline or at the end of a day, those that have changed since marked;
read only."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.core import clock
from crm_desktop.core.errors import Trouble
from crm_desktop.core.names import label_of
from crm_desktop.core.past import Past, as_of
from crm_desktop.core.record import Record
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.day_edit import DayEdit
from crm_desktop.ui.widgets.field import Form, show_error
from crm_desktop.ui.widgets.labels import Label


def show_past(desk: Desk, record_type: type[Record], record_id: int, at: datetime, parent: QWidget) -> None:
    """Open the record as it stood at a moment (UTC)."""
    desk.read(lambda: as_of(desk.records, record_type, record_id, desk.actor, at),
              lambda past: PastDialog(desk, record_type, record_id, past, parent).open())  # fmt: skip


class PastDialog(QDialog):
    """The filled-in fields of a `Past`, and a day to choose another one."""

    def __init__(self, desk: Desk, record_type: type[Record], record_id: int, past: Past, parent: QWidget):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._record_type, self._id = desk, record_type, record_id
        roomy(self, 480, 560)
        self.day = DayEdit(today=desk.records.clock.today)
        self.day.setAccessibleName(say("At the end of this day"))
        self.day.setFixedWidth(px(150))
        self.day.committed.connect(self._other_day)
        self._note = Label("", "Muted")
        row = QHBoxLayout()
        row.addWidget(Label(say("At the end of this day"), "Muted"))
        row.addWidget(self.day)
        row.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(8), px(8))
        column.setSpacing(px(8))
        column.addLayout(row)
        column.addWidget(self._note)
        column.addWidget(self._scroll, 1)
        self.day.set_value(clock.to_local(past.at).date())
        self._show(past)

    def _show(self, past: Past) -> None:
        records, record_type = self._desk.records, self._record_type
        moment = clock.to_local(past.at).strftime("%Y-%m-%d %H:%M")
        self.setWindowTitle(say("{title} as of {moment}", title=past.values.get(record_type.title_field) or "", moment=moment))
        form = Form(quiet=False)
        for name, field in records.fields(record_type).items():
            value: Any = past.values[name]
            if name not in past.changed and (not field.shown or field.kind.empty(value)):
                continue
            text = field.kind.show(value, None, records.names) or "—"
            shown = Label(text, "Late" if name in past.changed else "", wrap=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{label_of(field)}: {text}")
            form.row(label_of(field), shown)
        form.without_margins()
        form.end()
        self._note.setText(say("Values in red have changed since.") if past.changed else say("Nothing has changed since."))
        self._scroll.setWidget(form)

    def _other_day(self) -> None:
        day, desk = self.day.value(), self._desk
        if day is None:
            return
        at = min(clock.to_utc(datetime.combine(day, time(23, 59, 59))), desk.records.clock.now())
        show_error(self.day, "")
        desk.read(lambda: as_of(desk.records, self._record_type, self._id, desk.actor, at), self._show, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        sentence = error.sentence() if isinstance(error, Trouble) else ""
        show_error(self.day, sentence)
        self._note.setText(sentence)
        self._scroll.setWidget(QWidget())
