"""Who a letter to a customer, contact or lead goes to: names and the address to write, from the records one may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View

PLACE = ("address", "postcode", "city", "district", "province", "country", "phone", "mobile")
STEP = 400


@dataclass(frozen=True)
class Addressee:
    """A person and the place; `gender` as stored ('m', 'f' or ''). `region` is the province, with the district for China."""

    name: str = ""
    gender: str = ""
    job: str = ""
    company: str = ""
    address: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    phone: str = ""


def addressees(records: Records, type_key: str, ids: Sequence[int], actor: Actor) -> list[Addressee]:
    """The addressees of these records, in their order; what the actor may not see is left out."""
    makers = {"customer": _customers, "contact": _contacts, "lead": _leads}
    return makers[type_key](records, ids, actor)


def _customers(records: Records, ids: Sequence[int], actor: Actor) -> list[Addressee]:
    customers = _rows(records, "customer", ids, actor, ("name", *PLACE))
    primary = _primary_contacts(records, ids, actor)
    return [_at(customers[one], customers[one], primary.get(one, {})) for one in ids if one in customers]


def _contacts(records: Records, ids: Sequence[int], actor: Actor) -> list[Addressee]:
    fields = ("name", "gender", "title", "customer", "address", "postcode", "phone", "mobile")
    contacts = _rows(records, "contact", ids, actor, fields)
    companies = [row["customer"] for row in contacts.values() if row["customer"]]
    customers = _rows(records, "customer", list(dict.fromkeys(companies)), actor, ("name", *PLACE))
    found = []
    for one in ids:
        if one in contacts:
            person = contacts[one]
            company = customers.get(person["customer"], {})
            found.append(_at(person if person["address"] else company, company, person))
    return found


def _leads(records: Records, ids: Sequence[int], actor: Actor) -> list[Addressee]:
    leads = _rows(records, "lead", ids, actor, ("name", "title", "company", "address", "city", "mobile", "phone"))
    return [
        Addressee(row["name"], "", row["title"], row["company"], row["address"], row["city"], phone=row["mobile"] or row["phone"])
        for row in (leads[one] for one in ids if one in leads)
    ]


def _at(place: dict[str, Any], company: dict[str, Any], person: dict[str, Any]) -> Addressee:
    city, region, address = place.get("city", ""), place.get("province", ""), place.get("address", "")
    # Many addresses are written in full; a municipality (北京市) is province and city at once.
    if region and (region.startswith(city or "\0") or address.startswith(region)):
        region = ""
    if city and address.startswith(city):
        city = ""
    district = place.get("district", "")
    if district and district not in address:
        address = f"{district}{address}" if not address.isascii() else f"{address}, {district}"
    return Addressee(
        person.get("name", ""), person.get("gender", ""), person.get("title", ""), company.get("name", ""), address,
        city, region, place.get("postcode", ""), place.get("country", ""),
        person.get("mobile") or person.get("phone") or place.get("phone", ""),
    )  # fmt: skip


def _primary_contacts(records: Records, customers: Sequence[int], actor: Actor) -> dict[int, dict[str, Any]]:
    """Customer id -> its primary contact, else its first one."""
    fields = ["customer", "name", "gender", "title", "mobile", "phone", "is_primary"]
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(customers), STEP):
        part = list(customers[start : start + STEP])
        view = View((Condition("customer", "one_of", part),))
        for _id, values in records.page(records.types["contact"], actor, view, fields, 20 * STEP):
            person = dict(zip(fields, values, strict=True))
            if person["is_primary"] or person["customer"] not in found:
                found[person["customer"]] = person
    return found


def _rows(records: Records, type_key: str, ids: Sequence[int], actor: Actor, names: Sequence[str]) -> dict[int, dict[str, Any]]:
    rows = records.rows(records.types[type_key], actor, ids, list(names))
    return {one: dict(zip(names, values, strict=True)) for one, values in rows.items()}
