"""Random records of four types with custom fields of every kind, for tests that compare SQL with plain Python."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import Contact, Customer, Event, Opportunity, Product
from crm_desktop.core import custom
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.custom import KINDS, CustomField
from crm_desktop.core.kinds import DayKind, FlagKind, Kind, MomentKind, MoneyKind, NumberKind
from crm_desktop.core.picklists import PickValue, Tag
from crm_desktop.core.pointing import ChoiceKind, LinkKind, ManyKind, StateKind
from crm_desktop.core.record import Record
from crm_desktop.database.engine import Database, open_database
from tests.office import Office, open_office
from tests.spare_schema import SpareSchema

NOW = datetime(2026, 3, 18, 2, 0)
TEXTS = (
    "", "", "", "华为技术有限公司", "华为", "Acme", "ACME Ltd", "acme", "%", "_", "a%b", "a_b", "a\\b", "\\", "'", "\"q\"", "😀 emoji",
    "😀", "  lead", "trail  ", "Ünal", "ÜNAL", "ünal", "École", "МОСКВА", "Москва", "Straße", "STRASSE", "שלום", "a\nb", "Z", "z", "~", "é",
    "e\u0301", "$1", "{x}", "0", "00", "1", "-1",
)  # fmt: skip
PHONES = ("", "", "138-1234-5678", "13812345678", "+86 755 2878-0808", "(0755) 28780808", "（0755）28780808", "400 800 1234")
NUMBERS = (None, None, -5, 0, 0, 1, 2, 10, 11, 100)
PERCENTS = (None, 0, 10, 50, 100)
AMOUNTS = (None, None, *map(Decimal, ("-0.01", "0", "0.01", "9.99", "10", "10.5", "99999999999.99", "1000000000000000")))
TODAY = date(2026, 3, 18)
DAYS = (None, None, *(TODAY + timedelta(n) for n in (-400, -40, -17, -8, -1, 0, 0, 1, 2, 7, 13, 14, 30, 365)))
MOMENTS = (None, *(NOW + timedelta(hours=n, seconds=1) for n in (-9000, -200, -34, -26, -11, -10, 0, 1, 13, 14, 24, 38, 200)),
           datetime(2026, 3, 17, 16), datetime(2026, 3, 18, 16), datetime(2026, 3, 17, 15, 59, 59))  # fmt: skip


@dataclass
class Material:
    """The office, and every record of the four types by type and id."""

    office: Office = field(repr=False)
    by_type: dict[type[Record], dict[int, Record]] = field(default_factory=dict, repr=False)

    def stored(self, record: Record, name: str) -> Any:
        """A value in storage form, as a column of its kind holds it."""
        declared = self.office.records.fields(type(record))[name]
        return declared.kind.store(custom.get(record, declared))


@contextmanager
def planted(engine: str, request: pytest.FixtureRequest, folder: Path, seed: int = 7) -> Iterator[Material]:
    """A database of its own with the material in it."""
    schema: SpareSchema | None = None
    if engine == "mysql":
        schema = SpareSchema(request.getfixturevalue("server"), migrated=False)
        database: Database = open_database(schema.address)
    else:
        database = open_database(folder)
    material = Material(open_office(database, FixedClock(NOW)))
    _plant(material, random.Random(seed))
    yield material
    database.close()
    if schema is not None:
        schema.drop()


def _plant(material: Material, chance: random.Random) -> None:
    office = material.office
    for position, key in enumerate(KINDS):
        office.save(CustomField(name=f"自设{key}", record_type="customer", field_kind=key, position=position), "admin")
    choice = next(row for row in office.records.names.all("custom_field") if row.field_kind == "choice")  # type: ignore[attr-defined]
    for code in ("red", "blue"):
        office.save(PickValue(name=code, code=code, picklist=choice.code), "admin")  # type: ignore[attr-defined]
    tags = [office.save(Tag(name=name), "admin").id for name in ("甲", "乙", "丙")]
    products = [office.save(Product(name=name), "admin").id for name in ("软件", "硬件")]
    links = {
        "tag": tags, "product": products, "stage": [row.id for row in office.records.names.all("stage")],
        "employee": [office.ids[who] for who in ("li", "zhao", "sun", "meng")], "customer": [], "contact": [], "opportunity": [],
        "department": [],
    }  # fmt: skip

    def work(unit: Any) -> None:
        for record_type, how_many in ((Customer, 48), (Contact, 40), (Opportunity, 40), (Event, 40)):
            made = [_random_record(office, record_type, chance, links) for _n in range(how_many)]
            for record in made:
                unit.save(record)
            links[record_type.key()] = [record.id for record in made]

    office.records.unit(Actor.program(), work, "test", trusted=True)
    for record_type in (Customer, Contact, Opportunity, Event):
        ids = links[record_type.key()]
        gone = chance.sample(ids, 4)
        office.records.delete(record_type, gone, office.admin)
        material.by_type[record_type] = {
            one: office.records.get(record_type, one, Actor.program(), deleted=True) for one in ids
        }


def _random_record(office: Office, record_type: type[Record], chance: random.Random, links: dict[str, list[int]]) -> Record:
    record = record_type()
    for name, declared in office.records.fields(record_type).items():
        if declared.readonly or name in ("ends_at", "department"):
            continue
        value = random_value(office, declared.kind, chance, links, bool(declared.required))
        if value is not None and value != "":
            custom.put(record, declared, value)
    if isinstance(record, Opportunity):
        record.lost_reason = record.lost_reason or "budget"
    return record


def random_value(office: Office, kind: Kind, chance: random.Random, links: dict[str, list[int]], required: bool = False) -> Any:
    """A value of this kind, often an awkward one, None or '' for none."""
    if isinstance(kind, MomentKind):
        pool: Any = MOMENTS
    elif isinstance(kind, DayKind):
        pool = DAYS
    elif isinstance(kind, MoneyKind):
        pool = AMOUNTS
    elif isinstance(kind, LinkKind):
        pool = (None, *links[kind.target])
    elif isinstance(kind, NumberKind):
        pool = [n for n in NUMBERS if n is None or kind.least <= n <= kind.most]
    elif isinstance(kind, FlagKind):
        pool = (False, True)
    elif isinstance(kind, ManyKind):
        return tuple(chance.sample(links[kind.target], chance.randrange(0, len(links[kind.target]))))
    elif isinstance(kind, StateKind):
        return None
    elif isinstance(kind, ChoiceKind):
        pool = ("", *(pick.key for pick in office.records.names.picklist(kind.picklist)))
    elif kind.key == "phone":
        pool = PHONES
    elif kind.key == "email":
        pool = ("", "a@b.cn", "A@B.CN", "x_y@example.com")
    elif kind.key == "repeat":
        pool = ("", "", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=MONTHLY;UNTIL=20261231")
    else:
        pool = TEXTS
    pool = [one for one in pool if not required or one not in (None, "")]
    return chance.choice(pool)
