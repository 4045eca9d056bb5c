"""Follow-ups: what was said with a customer or lead, when, how, and when to come back."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.lead import Lead
from crm_desktop.core.errors import Invalid
from crm_desktop.core.fields import Choice, Day, Link, LongText, Moment
from crm_desktop.core.record import Record, Screen, indexed
from crm_desktop.core.words import _


class FollowUp(Record):
    """One contact: a call, visit or mail. Sets the customer's last and next contact."""

    content = LongText(_("What happened"), required=True, search="name")
    customer = Link(_("Customer"), "customer")
    lead = Link(_("Lead"), "lead")
    contact = Link(_("Contact"), "contact")
    opportunity = Link(_("Opportunity"), "opportunity")
    method = Choice(_("Method"), "follow_up_method", default="call")
    happened_at = Moment(_("When"))
    next_contact_on = Day(_("Next contact"))

    title_field = "content"
    screen = Screen(
        _("Follow-ups"),
        _("Follow-up"),
        area="register",
        icon="message-square",
        columns="happened_at customer method content next_contact_on created_by",
        sort="-happened_at",
        sub="customer happened_at",
        quick="customer method content happened_at next_contact_on",
        follows="customer",
    )

    class Meta:
        indexes = (*indexed("happened_at"), (("deleted_at", "owner", "happened_at"), False))

    def timeline_of(self) -> int | None:
        return self.customer or self.lead

    def fill_in(self, unit: Any) -> None:
        self.happened_at = self.happened_at or unit.now

    def check(self, unit: Any) -> None:
        if not (self.customer or self.lead):
            raise Invalid(_("Choose the customer or the lead this is about."), "customer")

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        """The customer (or lead) shows the newest contact and the date agreed for the next one."""
        record_type, about = (Customer, self.customer) if self.customer else (Lead, self.lead)
        newest = unit.tx.run(
            f"SELECT MAX(happened_at) FROM follow_up WHERE `{record_type.key()}` = ? AND deleted_at IS NULL", (about,)
        )[0][0]
        news: dict[str, Any] = {"last_contact_at": record_type.last_contact_at.python_value(newest)}
        if self.next_contact_on and (before is None or "next_contact_on" in before):
            news["next_contact_on"] = self.next_contact_on
        unit.amend(record_type, about, **news)
