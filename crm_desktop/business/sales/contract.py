"""Contracts: what was agreed, from draft to closed, with a reminder before it ends."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from crm_desktop.business.office import reminder
from crm_desktop.core.errors import Invalid, Refused, Taken
from crm_desktop.core.fields import Choice, Day, Link, LongText, Money, Number, State, Text
from crm_desktop.core.pointing import StateValue
from crm_desktop.core.record import Move, Record, Screen, indexed
from crm_desktop.core.words import _

STATES = (
    StateValue("draft", _("Draft"), "grey"),
    StateValue("pending_signature", _("Pending signature"), "accent"),
    StateValue("active", _("Active"), "info"),
    StateValue("completed", _("Fulfilled"), "ok", open=False),
    StateValue("closed", _("Closed"), "ok", open=False),
    StateValue("terminated", _("Terminated"), "warn", open=False),
    StateValue("void", _("Void"), "grey", open=False),
)

TAKEN = _("There is already a contract with the number {number}, maybe one you do not see. Choose another number.")


class Contract(Record):
    """A contract with a customer."""

    name = Text(_("Contract"), required=True, search="name")
    number = Text(_("Contract number"), max_length=60, search="text")
    customer = Link(_("Customer"), "customer", required=True)
    opportunity = Link(_("Opportunity"), "opportunity")
    type = Choice(_("Contract type"), "contract_type")
    state = State(_("State"), STATES, "draft")
    amount = Money(_("Amount"))
    signed_on = Day(_("Signed on"))
    starts_on = Day(_("Starts on"))
    ends_on = Day(_("Ends on"))
    customer_signer = Text(_("Signed by the customer"), max_length=80)
    our_signer = Link(_("Signed by us"), "employee")
    remind_days = Number(_("Remind days before the end"), least=0, most=365, default=30)
    note = LongText(_("Note"), search="text")

    unique = ("number",)
    screen = Screen(
        _("Contracts"),
        _("Contract"),
        area="work",
        icon="file-text",
        columns="number name customer amount state signed_on ends_on owner",
        sort="-signed_on",
        sub="number customer",
        quick="name customer amount signed_on ends_on",
        about="customer",
        shared=True,
        moves=(
            Move("send", _("Send for signature"), "draft", "pending_signature"),
            Move("activate", _("Mark as signed"), "draft pending_signature", "active", asks="signed_on"),
            Move("complete", _("Mark as fulfilled"), "active", "completed"),
            Move("close", _("Close the contract"), "completed", "closed"),
            Move("terminate", _("Terminate"), "active", "terminated"),
            Move("void", _("Void"), "draft pending_signature", "void"),
            Move("reopen", _("Back to draft"), "pending_signature void", "draft"),
        ),
    )

    class Meta:
        indexes = (
            *indexed("ends_on", "state", "created_at", first="signed_on"),
            # Signed amounts by day, in any scope, from this index alone.
            (("deleted_at", "signed_on", "owner", "department", "state", "amount"), False),
            (("number",), False),
        )

    def due(self, today: date) -> str:
        """'expired', 'expiring' or '': computed from the end date, never typed."""
        if self.state != "active" or self.ends_on is None:
            return ""
        if self.ends_on < today:
            return "expired"
        return "expiring" if self.ends_on <= today + timedelta(self.remind_days or 0) else ""

    def fill_in(self, unit: Any) -> None:
        while not self.number:
            drawn = unit.number("contract", f"HT-{unit.today.year}-")
            self.number = "" if unit.taken(self, "number", drawn) else drawn

    def check(self, unit: Any) -> None:
        if (self.is_new() or self.number != (self.stored or {}).get("number")) and unit.taken(self, "number", self.number):
            raise Taken(TAKEN, "number", self.number, number=self.number)
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise Invalid(_("The contract ends before it starts. Check the two dates."), "ends_on")

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        """The owner is reminded in time before the end."""
        self._remind(unit)
        reminder.tell_new_owner(unit, self, before)

    def _remind(self, unit: Any, again: bool = False) -> None:
        wanted = self.state == "active" and self.ends_on and self.remind_days and self.deleted_at is None
        due = reminder.morning(self.ends_on - timedelta(self.remind_days or 0)) if wanted and self.ends_on else None
        reminder.keep(unit, self, "contract_end", due, again)

    def deleted(self, unit: Any) -> None:
        self.saved(unit, None)

    def restored(self, unit: Any) -> None:
        if unit.taken(self, "number", self.number):
            raise Refused(TAKEN, number=self.number)
        self._remind(unit, again=True)

    def opened_to(self, unit: Any, employee: int, others: int = 0) -> None:
        reminder.tell_colleague(unit, self, employee, others)
