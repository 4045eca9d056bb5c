"""Customers: companies and persons we sell to; all else hangs on them."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.office import reminder
from crm_desktop.core.fields import Choice, Day, Email, LongText, Many, Moment, Phone, Text, Url
from crm_desktop.core.record import Compared, Record, Screen, indexed
from crm_desktop.core.words import _


class Customer(Record):
    """A customer with one owner; contacts and follow-ups have the same owner."""

    name = Text(_("Customer name"), required=True, search="name")
    code = Text(_("Customer code"), max_length=40, search="text", series="C")
    short_name = Text(_("Short name"), max_length=60, search="text")
    level = Choice(_("Level"), "level")
    type = Choice(_("Type"), "customer_type")
    status = Choice(_("Status"), "customer_status", default="potential")
    industry = Choice(_("Industry"), "industry")
    source = Choice(_("Source"), "source")
    tags = Many(_("Tags"), "tag")
    phone = Phone(_("Phone"), masked=True)
    mobile = Phone(_("Mobile"), masked=True)
    email = Email(_("E-mail"))
    website = Url(_("Website"))
    fax = Phone(_("Fax"), search="")
    country = Text(_("Country"), max_length=60)
    province = Text(_("Province"), max_length=60)
    city = Text(_("City"), max_length=60)
    district = Text(_("District"), max_length=60)
    address = Text(_("Address"), search="text")
    postcode = Text(_("Postcode"), max_length=20)
    tax_no = Text(_("Tax number"), max_length=30, search="text")
    next_contact_on = Day(_("Next contact"))
    last_contact_at = Moment(_("Last contact"), readonly=True)
    note = LongText(_("Note"), search="text")

    screen = Screen(
        _("Customers"),
        _("Customer"),
        area="work",
        icon="users",
        columns="name level status next_contact_on owner phone city last_contact_at",
        sub="city phone",
        quick="name phone level source next_contact_on",
        shared=True,
    )
    compared = Compared(company=("name", "short_name"), phones=("phone", "mobile"), mails=("email",), codes=("tax_no",),
                        also=("lead",))  # fmt: skip

    class Meta:
        indexes = (
            *indexed("next_contact_on", "last_contact_at", "level", "status", "city", "created_at"),
            (("deleted_at", "owner", "next_contact_on"), False),
            (("deleted_at", "owner", "last_contact_at"), False),
            # The figures of the workbench count new ones by month, in any scope, from this index alone.
            (("deleted_at", "created_at", "owner", "department"), False),
            (("code",), False),
            (("name",), False),
        )

    def given(self, unit: Any, before: dict[str, Any] | None) -> None:
        reminder.tell_new_owner(unit, self, before)

    def opened_to(self, unit: Any, employee: int, others: int = 0) -> None:
        reminder.tell_colleague(unit, self, employee, others)

    def joined(self, unit: Any, before: Any, other: Any) -> None:
        """The last contact with either is the last contact with both."""
        unit.amend(Customer, self.id, last_contact_at=max(filter(None, (before.last_contact_at, other.last_contact_at)), default=None))
