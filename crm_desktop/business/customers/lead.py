"""Leads: somebody who might buy; separate from customers until converted."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.office import reminder
from crm_desktop.core.fields import Choice, Day, Email, Link, LongText, Many, Moment, Phone, State, Text
from crm_desktop.core.pointing import StateValue
from crm_desktop.core.record import Compared, Move, Record, Screen, indexed
from crm_desktop.core.words import _

STATES = (
    StateValue("new", _("New"), "accent"),
    StateValue("assigned", _("Assigned"), "info"),
    StateValue("in_process", _("In process"), "violet"),
    StateValue("qualified", _("Qualified"), "warn"),
    StateValue("converted", _("Converted"), "ok", open=False),
    StateValue("disqualified", _("Disqualified"), "grey", open=False),
)


class Lead(Record):
    """A lead; `name` is the person, `company` where he works."""

    name = Text(_("Name"), required=True, search="name", max_length=80)
    company = Text(_("Company"), search="text")
    state = State(_("State"), STATES, "new")
    source = Choice(_("Source"), "source")
    level = Choice(_("Level"), "level")
    industry = Choice(_("Industry"), "industry")
    tags = Many(_("Tags"), "tag")
    title = Text(_("Job title"), max_length=80)
    mobile = Phone(_("Mobile"), masked=True)
    phone = Phone(_("Phone"), masked=True)
    email = Email(_("E-mail"))
    city = Text(_("City"), max_length=60)
    address = Text(_("Address"), search="text")
    next_contact_on = Day(_("Next contact"))
    last_contact_at = Moment(_("Last contact"), readonly=True)
    disqualified_reason = Choice(_("Why disqualified"), "disqualified_reason")
    customer = Link(_("Converted to"), "customer", readonly=True)
    note = LongText(_("Note"), search="text")

    screen = Screen(
        _("Leads"),
        _("Lead"),
        area="register",
        icon="inbox",
        columns="name company state source mobile next_contact_on owner",
        sub="company mobile",
        quick="name company mobile source",
        shared=True,
        moves=(
            Move("start", _("Start working"), "new assigned", "in_process"),
            Move("qualify", _("Mark as qualified"), "new assigned in_process", "qualified"),
            Move("disqualify", _("Disqualify"), "new assigned in_process qualified", "disqualified", asks="disqualified_reason"),
            Move("reopen", _("Reopen"), "disqualified", "in_process"),
        ),
    )
    compared = Compared(company=("company",), person="name", phones=("mobile", "phone"), mails=("email",),
                        also=("customer", "contact"))  # fmt: skip

    class Meta:
        indexes = (*indexed("state", "next_contact_on", "created_at"), (("deleted_at", "owner", "next_contact_on"), False))

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        """A new lead that is given to somebody else counts as assigned."""
        given = before is not None and "owner" in before and self.owner and not unit.undoes
        if given and self.state == "new":
            unit.amend(Lead, self.id, state="assigned")
        reminder.tell_new_owner(unit, self, before)

    def opened_to(self, unit: Any, employee: int, others: int = 0) -> None:
        reminder.tell_colleague(unit, self, employee, others)

    def joined(self, unit: Any, before: Any, other: Any) -> None:
        """The last contact with either is the last contact with both."""
        unit.amend(Lead, self.id, last_contact_at=max(filter(None, (before.last_contact_at, other.last_contact_at)), default=None))
