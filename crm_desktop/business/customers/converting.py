"""Lead conversion: one act makes the customer, the contact and, if wanted, the opportunity, and keeps the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.follow_up import FollowUp
from crm_desktop.business.customers.lead import Lead
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Refused
from crm_desktop.core.journal import Change
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _

COMMON = ("source", "level", "industry", "tags", "phone", "email", "city", "address", "note", "next_contact_on")


@dataclass(frozen=True)
class Conversion:
    """What a lead becomes. customer: an existing one to link to, else a new one is made; opportunity: its name, '' for none."""

    customer: int | None = None
    opportunity: str = ""
    amount: Decimal | None = None
    expected_close: date | None = None


@dataclass(frozen=True)
class Converted:
    """The ids of what a conversion made or linked."""

    customer: int
    contact: int
    opportunity: int | None


def known_customers(records: Records, lead: Lead, actor: Actor) -> list[Customer]:
    """Customers of this name or phone that the actor sees: offered for linking instead of making a second one."""
    found: dict[int, Customer] = {}
    for text in filter(None, (lead.company, lead.mobile, lead.phone)):
        for hit in records.search(text, actor, [Customer], limit=5):
            found.setdefault(hit.id, records.get(Customer, hit.id, actor))
    return list(found.values())


def convert(records: Records, lead: Lead, actor: Actor, wanted: Conversion) -> tuple[Converted, Change]:
    """Convert the lead in one transaction and one undo."""
    return records.unit(actor, lambda unit: _convert(unit, lead, wanted), "convert")


def _convert(unit: Unit, lead: Lead, wanted: Conversion) -> Converted:
    lead = unit.get(Lead, lead.id)  # type: ignore[assignment]
    unit.demand(Lead, "edit", lead)
    if lead.state == "converted":
        raise Refused(_("This lead has been converted already."))
    if lead.state == "disqualified":
        raise Refused(_("This lead is disqualified. Reopen it before you convert it."))
    if wanted.customer:
        customer = unit.get(Customer, wanted.customer)
    else:
        customer = Customer(name=lead.company or lead.name, mobile=lead.mobile if not lead.company else "")
        for name in COMMON:
            setattr(customer, name, getattr(lead, name))
        customer.owner, customer.department = lead.owner, lead.department
        unit.save(customer)
    contact = _contact(unit, lead, customer.id, primary=not wanted.customer)
    opportunity = None
    if wanted.opportunity:
        opportunity = Opportunity(
            name=wanted.opportunity, customer=customer.id, contact=contact.id, amount=wanted.amount,
            expected_close=wanted.expected_close, source=lead.source, owner=lead.owner,
        )  # fmt: skip
        unit.save(opportunity)
    log = unit.tx.run("SELECT id FROM follow_up WHERE lead = ? AND customer IS NULL AND deleted_at IS NULL", (lead.id,))
    for (entry,) in log:
        unit.amend(FollowUp, entry, customer=customer.id, contact=contact.id, owner=customer.owner, department=customer.department)
    now: Any = unit.current(Customer, customer.id)
    unit.amend(Customer, customer.id, last_contact_at=max(filter(None, (lead.last_contact_at, now.last_contact_at)), default=None))
    unit.amend(Lead, lead.id, state="converted", customer=customer.id)
    return Converted(customer.id, contact.id, opportunity.id if opportunity else None)


def _contact(unit: Unit, lead: Lead, customer: int, primary: bool) -> Contact:
    """The lead as a contact; a person of this name already known there is the same."""
    same = unit.tx.run("SELECT id FROM contact WHERE customer = ? AND name = ? AND deleted_at IS NULL", (customer, lead.name))
    if same:
        return unit.get(Contact, same[0][0])  # type: ignore[return-value]
    contact = Contact(
        name=lead.name, customer=customer, title=lead.title, mobile=lead.mobile, phone=lead.phone, email=lead.email,
        is_primary=primary,
    )  # fmt: skip
    unit.save(contact)
    return contact
