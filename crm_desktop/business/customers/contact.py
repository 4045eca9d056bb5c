"""Contacts: the people at a customer; one is primary, one decides."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.fields import Choice, Day, Email, Flag, Link, LongText, Phone, Text
from crm_desktop.core.record import Compared, Record, Screen, indexed
from crm_desktop.core.words import _

ONLY_ONE = ("is_primary", "is_decision_maker")


class Contact(Record):
    """A person at a customer; has the customer's owner."""

    name = Text(_("Name"), required=True, search="name", max_length=80)
    customer = Link(_("Customer"), "customer")
    title = Text(_("Job title"), max_length=80)
    unit = Text(_("Department there"), max_length=80)
    mobile = Phone(_("Mobile"), masked=True)
    phone = Phone(_("Phone"), masked=True)
    email = Email(_("E-mail"))
    wechat = Text(_("WeChat"), max_length=60, search="text")
    gender = Choice(_("Gender"), "gender")
    birthday = Day(_("Birthday"))
    is_primary = Flag(_("Primary contact"))
    is_decision_maker = Flag(_("Key decision maker"))
    role = Choice(_("Role"), "contact_role")
    address = Text(_("Address"))
    postcode = Text(_("Postcode"), max_length=20)
    note = LongText(_("Note"), search="text")

    screen = Screen(
        _("Contacts"),
        _("Contact"),
        area="work",
        icon="contact",
        columns="name customer title mobile email is_primary is_decision_maker owner",
        sub="customer mobile title",
        quick="name customer title mobile email",
        follows="customer",
    )
    compared = Compared(person="name", within="customer", phones=("mobile", "phone"), mails=("email",))

    class Meta:
        indexes = indexed("customer", "birthday")

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        """A new primary contact or decision maker takes the mark from the one before."""
        for mark in ONLY_ONE:
            fresh = before is None or mark in before or "customer" in before
            if not (fresh and getattr(self, mark) and self.customer):
                continue
            # Of several that came at once (an import) the first one keeps it.
            if not unit.tx.run(f"SELECT id FROM contact WHERE id = ? AND `{mark}` = 1", (self.id,)):
                continue
            others = unit.tx.run(
                f"SELECT id FROM contact WHERE customer = ? AND `{mark}` = 1 AND id <> ?", (self.customer, self.id)
            )
            for (other,) in others:
                unit.amend(Contact, other, **{mark: False})

    def comes_along(self, unit: Any) -> None:
        """Who was primary at the customer that is kept stays so."""
        for mark in ONLY_ONE:
            sql = f"SELECT id FROM contact WHERE customer = ? AND `{mark}` = 1 AND id <> ? AND deleted_at IS NULL LIMIT 1"
            if getattr(self, mark) and unit.tx.run(sql, (self.customer, self.id)):
                setattr(self, mark, False)
