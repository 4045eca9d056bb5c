"""Follow-ups: what was said with a customer or lead, when, how, and when to come back."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.lead import Lead
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.errors import Invalid
from crm_desktop.core.fields import Choice, Day, Link, LongText, Moment
from crm_desktop.core.record import Record, Screen, indexed
from crm_desktop.core.words import _


class FollowUp(Record):
    """One contact: a call, visit or mail. Sets the last and next contact of the customer (or lead), whose owner it has."""

    content = LongText(_("What happened"), required=True, search="name")
    customer = Link(_("Customer"), "customer")
    lead = Link(_("Lead"), "lead")
    contact = Link(_("Contact"), "contact")
    opportunity = Link(_("Opportunity"), "opportunity")
    method = Choice(_("Method"), "follow_up_method", default="call")
    happened_at = Moment(_("When"))
    next_contact_on = Day(_("Next contact"))

    title_field = "content"
    else_follows = "lead"
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
        indexes = indexed(first="happened_at")

    def begin(self, records: Any) -> None:
        self.happened_at = self.happened_at or records.clock.now()

    def fill_in(self, unit: Any) -> None:
        self.happened_at = self.happened_at or unit.now

    def check(self, unit: Any) -> None:
        if not (self.customer or self.lead):
            raise Invalid(_("Choose the customer or the lead this is about."), "customer")

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        """The customer (or lead) shows the newest contact and the date agreed for the next one."""
        agreed = self.next_contact_on and (before is None or "next_contact_on" in before) and not unit.undoes
        self._tell(unit, self.customer, self.lead, {"next_contact_on": self.next_contact_on} if agreed else {}, more=before is None)
        if before and ("customer" in before or "lead" in before):
            # It was about another one until now, who has one contact less.
            self._tell(unit, before.get("customer", self.customer), before.get("lead", self.lead), {})
        if self.opportunity:
            unit.stir(Opportunity, self.opportunity)

    def deleted(self, unit: Any) -> None:
        self._tell(unit, self.customer, self.lead, {})

    def restored(self, unit: Any) -> None:
        self._tell(unit, self.customer, self.lead, {})

    def _tell(self, unit: Any, customer: int | None, lead: int | None, news: dict[str, Any], more: bool = False) -> None:
        """more: a contact was added; a later one that another program had told of still counts then."""
        record_type, about = (Customer, customer) if customer else (Lead, lead)
        if not about or about in unit.binning:
            return
        sql = f"SELECT MAX(happened_at) FROM follow_up WHERE `{record_type.key()}` = ? AND deleted_at IS NULL"
        newest = record_type.last_contact_at.python_value(unit.tx.run(sql, (about,))[0][0])
        known = unit.current(record_type, about)
        if more and known is not None and known.last_contact_at:
            newest = max(newest, known.last_contact_at)
        unit.amend(record_type, about, last_contact_at=newest, **news)
