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

    @staticmethod
    def all_saved(unit: Any, written: Any) -> None:
        """A new primary contact or decision maker takes the mark from the one before; of several that came at once the first one
        keeps it, and of several that were changed the last one takes it."""
        for mark in ONLY_ONE:
            fresh = {
                one.id: one.customer
                for one, before in written
                if getattr(one, mark) and one.customer and (before is None or mark in before or "customer" in before)
            }
            marked = _marked(unit, mark, list(dict.fromkeys(fresh.values())))
            for one, customer in fresh.items() if written[0][1] is None else reversed(fresh.items()):
                if one in marked[customer]:
                    # Who had it before loses it first, and so gets it back last, and keeps it, when all this is undone.
                    for other in sorted(marked[customer] - {one}, key=lambda other: (other in fresh, other)):
                        unit.amend(Contact, other, **{mark: False})
                    marked[customer] = {one}

    def comes_along(self, unit: Any) -> None:
        """Who was primary at the customer that is kept stays so."""
        for mark in ONLY_ONE:
            sql = f"SELECT id FROM contact WHERE customer = ? AND `{mark}` = 1 AND id <> ? AND deleted_at IS NULL LIMIT 1"
            if getattr(self, mark) and unit.tx.run(sql, (self.customer, self.id)):
                setattr(self, mark, False)


def _marked(unit: Any, mark: str, customers: list[int]) -> dict[int, set[int]]:
    """Customer -> the contacts that have the mark there."""
    found: dict[int, set[int]] = {one: set() for one in customers}
    for start in range(0, len(customers), 500):
        part = customers[start : start + 500]
        sql = f"SELECT id, customer FROM contact WHERE customer IN ({', '.join('?' * len(part))}) AND `{mark}` = 1"
        for one, customer in unit.tx.run(sql, part):
            found[customer].add(one)
    return found
