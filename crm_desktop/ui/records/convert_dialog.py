"""Converting a lead: a new customer or one that is known already, with or without an opportunity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from crm_desktop.business.customers.converting import Conversion, convert, known_customers
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.day_edit import DayEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit, MoneyEdit, TextEdit
from crm_desktop.ui.widgets.field import show_error


def convert_lead(desk: Desk, lead: Any, parent: QWidget) -> None:
    """Look for known customers, ask, convert, open the customer."""
    desk.read(lambda: known_customers(desk.records, lead, desk.actor), lambda known: _ask(desk, lead, known, parent))


def _ask(desk: Desk, lead: Any, known: list[Any], parent: QWidget) -> None:
    question = Question(parent, say("Convert the lead {name}", name=lead.called()), say("Convert"))
    question.setMinimumWidth(px(520))  # names of companies are long
    customer = ChoiceEdit()
    fresh = (0, say("New customer: {name}", name=lead.company or lead.name))
    customer.set_choices([fresh, *((one.id, say("Existing: {name}", name=one.name)) for one in known)], empty=False)
    customer.set_value(known[0].id if known else 0)
    with_opportunity, name, amount = FlagEdit(), TextEdit(), MoneyEdit()
    close = DayEdit(today=desk.records.clock.today)
    name.set_value(say("{name}: first order", name=lead.company or lead.name))
    for label, editor in (
        (say("Customer"), customer), (say("Also an opportunity"), with_opportunity), (say("Opportunity"), name),
        (say("Amount"), amount), (say("Expected close"), close),
    ):  # fmt: skip
        editor.setAccessibleName(label)
        question.form.row(label, editor)
    details = (name, amount, close)
    for editor in details:
        editor.setEnabled(False)
    with_opportunity.toggled.connect(lambda on: [editor.setEnabled(on) for editor in details])
    while question.exec() == QDialog.DialogCode.Accepted:
        if not with_opportunity.value() or _readable(details):
            break
    else:
        return
    wanted = Conversion(
        customer.value() or None,
        name.value() if with_opportunity.value() else "",
        amount.value() if with_opportunity.value() else None,
        close.value() if with_opportunity.value() else None,
    )
    desk.write(
        lambda: convert(desk.records, lead, desk.actor, wanted),
        lambda result: desk.ways.open_record("customer", result[0].customer),
        say("The lead is now a customer."),
    )


def _readable(editors: Sequence[Any]) -> bool:
    """Whether all hold a value that can be taken; what cannot says why below it."""
    for editor in editors:
        show_error(editor, editor.problem())
    return not any(editor.problem() for editor in editors)
