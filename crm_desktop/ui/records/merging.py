"""Two people changed the same field: both values side by side, one choice for each; nothing typed is lost meanwhile."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QVBoxLayout, QWidget

from crm_desktop.core import custom
from crm_desktop.core.errors import Conflict
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.words import named


def ask_which(desk: Desk, mine: Record, theirs: Record, conflict: Conflict, parent: QWidget) -> Record | None:
    """`theirs`, the record as it stands now, with the values the person chose; None when he leaves the other's."""
    fields = desk.records.fields(type(mine))
    question = Question(parent, say("Changed by two people"), say("Save"))
    told = Label(conflict.sentence(), wrap=True)
    told.setContentsMargins(0, 0, 0, px(12))
    question.form.wide(told)
    groups: dict[str, QButtonGroup] = {}
    for name in conflict.theirs:
        field = fields[name]
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, px(8))
        column.setSpacing(0)
        group = groups[name] = QButtonGroup(box)
        for place, (who, record) in enumerate(((say("Mine"), mine), (conflict.who, theirs))):
            value = field.kind.show(custom.get(record, field), None, desk.records.names) or "—"
            button = QRadioButton(named(who, value))
            button.setChecked(place == 0)
            group.addButton(button, place)
            column.addWidget(button)
        question.form.row(label_of(field), box)
    if question.exec() != QDialog.DialogCode.Accepted:
        return None
    base: Any = mine.stored or {}
    for name, field in fields.items():
        value = custom.get(mine, field)
        changed_by_me = not isinstance(field, custom.Custom) and field.kind.store(value) != base.get(name)
        if (name in groups and groups[name].checkedId() == 0) or (changed_by_me and name not in groups):
            custom.put(theirs, field, value)
    return theirs
