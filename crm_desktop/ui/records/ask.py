"""Short questions: one of a list, or one value of a field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from crm_desktop.core.custom import AnyField
from crm_desktop.core.errors import Invalid
from crm_desktop.core.names import label_of
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.editing import editor_for, read
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.editors import ChoiceEdit, TextEdit
from crm_desktop.ui.widgets.field import Form, show_error


class Question(QDialog):
    """A titled form with OK and Cancel in the user's language."""

    def __init__(self, parent: QWidget | None, title: str, ok: str = ""):
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(12), 0)
        column.setSpacing(0)
        self.form = Form(quiet=False)
        column.addWidget(self.form)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(ok or say("OK"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setProperty("kind", "primary")
        buttons.addButton(say("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        align_buttons(buttons)
        self.ok.setDefault(True)  # not before it stands in the dialog: it would lose that with the first focus that leaves a button


def align_buttons(buttons: QDialogButtonBox) -> None:
    """The last button ends where the editors of the form above end."""
    buttons.setContentsMargins(px(16), 0, px(12), px(16))


def ask_choice(parent: QWidget, title: str, label: str, choices: Sequence[tuple[Any, str]]) -> Any | None:
    """One of the (value, label) pairs, None when the person cancels."""
    chosen = ask_choices(parent, title, [(label, choices)])
    return chosen[0] if chosen is not None else None


def ask_choices(parent: QWidget, title: str, asked: Sequence[tuple[str, Sequence[tuple[Any, str]]]]) -> list[Any] | None:
    """For each (label, choices) the value chosen among its (value, label) pairs; None when the person cancels."""
    question = Question(parent, title)
    editors = []
    for label, choices in asked:
        choice = ChoiceEdit()
        choice.setAccessibleName(label)
        choice.set_choices(list(choices), empty=False)
        question.form.row(label, choice)
        editors.append(choice)
    editors[0].setFocus()
    return [choice.value() for choice in editors] if question.exec() == QDialog.DialogCode.Accepted else None


def ask_text(parent: QWidget, title: str, label: str, text: str = "") -> str | None:
    """A line of text, None when the person cancels."""
    question = Question(parent, title)
    line = TextEdit()
    line.set_value(text)
    line.selectAll()
    question.form.row(label, line)
    line.setFocus()
    return str(line.value()) if question.exec() == QDialog.DialogCode.Accepted else None


def ask_value(desk: Desk, parent: QWidget, title: str, field: AnyField) -> tuple[Any] | None:
    """A value for a field, as a 1-tuple; None when the person cancels."""
    answers = ask_values(desk, parent, title, {field.name: field})
    return (answers[field.name],) if answers is not None else None


def ask_values(
    desk: Desk, parent: QWidget, title: str, fields: dict[str, AnyField], required: bool = False
) -> dict[str, Any] | None:
    """Values for several fields; with `required`, none may stay empty. None when the person cancels."""
    question = Question(parent, title)
    editors = {}
    for name, field in fields.items():
        editors[name] = editor_for(desk, field)
        question.form.row(label_of(field), editors[name], required)
    next(iter(editors.values())).setFocus()
    while question.exec() == QDialog.DialogCode.Accepted:
        answers, wrong = {}, False
        for name, field in fields.items():
            value = read(field, editors[name])
            problem = editors[name].problem() or _problem(field, value, required)
            show_error(editors[name], problem)
            wrong = wrong or bool(problem)
            answers[name] = value
        if not wrong:
            return answers
    return None


def _problem(field: AnyField, value: Any, required: bool) -> str:
    try:
        checked = field.kind.check(value)
    except Invalid as problem:
        return problem.sentence()
    if required and field.kind.empty(checked):
        return say("“{label}” must be filled in.", label=label_of(field))
    return ""
