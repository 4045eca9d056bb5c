"""What is exported comes in again unchanged: every record type, every format, every awkward character."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Contact, Customer, Event, Task
from crm_desktop.core import custom
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.custom import KINDS, CustomField
from crm_desktop.core.kinds import Kind, LongTextKind
from crm_desktop.core.picklists import PickValue, Tag
from crm_desktop.core.record import Record
from crm_desktop.core.views import View
from crm_desktop.database.engine import open_database
from crm_desktop.exchange.exporting import export
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.writing import FORMATS, formats_for
from tests.conftest import ENGINES
from tests.core.material import NOW
from tests.core.samples import sample
from tests.exchange.stories import plan_for, reasons
from tests.office import Office, open_office
from tests.spare_schema import SpareSchema

EACH_TYPE = pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda t: t.key())
AWKWARD = (
    "=cmd|' /C calc'!A0", "'=1+1", "-1+2", "@x", "+86 138", "\"quoted\", <b>&amp;</b>", "a;b,c|d\\e:f", "007", "1.38E+10", "TRUE",
    "2026-03-04", "3/4/2026", "合计", "#DIV/0! x", "a _x0041_ b", "𠮷野家 😀 مرحبا", "x #123", "a ::: b", "BEGIN:VCARD", "100%", "N/A",
)  # fmt: skip
LONG = "first line\nsecond; with, commas\\ and \"quotes\"\n\n=third ' line\n" + "长" * 3_000


@pytest.fixture(scope="module", params=ENGINES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all; each test brings its own records."""
    schema = SpareSchema(request.getfixturevalue("server"), migrated=False) if request.param == "mysql" else None
    database = open_database(schema.address if schema else tmp_path_factory.mktemp("trips"))
    office = open_office(database, FixedClock(NOW))
    for code in ("customer", "contact", "task", "event"):
        for kind in KINDS:
            office.save(CustomField(name=f"自定 {kind}", record_type=code, field_kind=kind), "admin")
    own = [field.kind for field in office.records.fields(Customer).values() if isinstance(field, custom.Custom)]
    for picklist in {getattr(kind, "picklist", "") for kind in own} - {""}:
        office.save(PickValue(name="选项, 一", picklist=picklist), "admin")
    office.save(Tag(name="甲、乙"), "admin")
    office.save(Tag(name="老客户"), "admin")
    yield office
    database.close()
    if schema is not None:
        schema.drop()


def made(office: Office, record_type: type[Record]) -> list[int]:
    """Records of the type: plain ones, two that are called the same, and one for each awkward text in every field that takes it."""
    records = [sample(office, record_type, customer(office, "同名公司")) for _n in range(2 if record_type.key() != "role_right" else 1)]
    titled = record_type.declared()[record_type.title_field]
    if type(titled.kind) in (Kind, LongTextKind) and record_type.key() not in ("role_right", "share", "custom_field"):
        for number, text in enumerate(AWKWARD):
            record = sample(office, record_type, customer(office, f"{text} {number}"))
            fill(office, record, text, number)
            records.append(record)
    for record in records:
        record.owner = record.owner or office.ids["li"]
        office.records.unit(Actor.program(), lambda unit, r=record: unit.save(r), trusted=True)  # type: ignore[misc]
    return [record.id for record in records]


def customer(office: Office, name: str) -> int:
    record = Customer(name=name, owner=office.ids["li"])
    office.records.unit(Actor.program(), lambda unit: unit.save(record), trusted=True)
    return int(record.id)


def fill(office: Office, record: Record, text: str, number: int) -> None:
    """Every field that nothing else depends on gets the awkward text, or a value of its kind."""
    tags = tuple(tag.id for tag in office.records.names.all("tag"))
    for name, field in office.records.fields(type(record)).items():
        key = field.kind.key
        if field.readonly or not field.shown or name in ("code", "number", "login", "folder", "content", "weekdays", "at"):
            continue
        value: Any = None
        if name in ("tax_no", "postcode"):
            # A shortened number is refused there: what it was before Excel showed it as 1.38E+10 nobody knows.
            value = ("0010010", "=1+1", "'007")[number % 3]
        elif type(field.kind) is Kind:
            value = text[: field.kind.max_length]
        elif type(field.kind) is LongTextKind:
            value = f"{text}\n{LONG}"[: field.kind.max_length]
        elif key == "phone":
            value = ("+86 (755) 2878-0808", "007", "a; b 12")[number % 3]
        elif key == "email":
            value = ("a@b.cn; c.d+e@f-g.com", "x@y.cn")[number % 2]
        elif key == "money" and isinstance(field, custom.Custom):
            value = Decimal("-1234567.89")
        elif isinstance(field, custom.Custom):
            value = {"number": 7 - number, "percent": 30, "day": date(1985, 2, 3), "moment": datetime(2026, 4, 1, 2, 3, 4),
                     "flag": number % 2 == 0, "url": "https://a.cn/?x=1,2;3", "choice": None}[key]  # fmt: skip
        elif key == "many" and getattr(field.kind, "target", "") == "tag":
            value = tags[: 1 + number % 2]
        if value is not None:
            custom.put(record, field, value)


@EACH_TYPE
def test_every_type_in_every_format_comes_in_unchanged(office: Office, record_type: type[Record], tmp_path: Path) -> None:
    ids = made(office, record_type)
    formats = formats_for(record_type.key())
    if office.records.database.engine == "mysql":
        formats = ["xlsx", "json"]
    for format in formats:
        lang = ("zh_CN", "en")[formats.index(format) % 2]
        path = tmp_path / f"out{FORMATS[format]}"
        done = export(office.records, record_type, office.admin, View(), None, path, format, lang=lang, ids=ids)
        assert done.rows == len(ids)
        with read_workbook(path) as workbook:
            # A share is made from its record, so an import can only change one.
            mode = "update" if record_type.declared()[record_type.title_field].readonly else "both"
            plan = plan_for(office, record_type, office.admin, workbook.sheet(), mode=mode)
            assert plan.rules.match == (("uid",) if format == "ics" else ("id",))
            verdicts = plan.rehearse()
        told = [(verdict.row, verdict.fields) for verdict in verdicts if verdict.outcome != "unchanged"]
        assert reasons(verdicts) == {}, format
        assert told == [], format
        assert verdicts.counts()["unchanged"] == len(ids), format


def test_a_card_and_a_calendar_carry_everything(office: Office, tmp_path: Path) -> None:
    """A copy made from the file alone, in another office as it were, has the same values."""
    boss = customer(office, "卡片公司")
    office.save(Contact(name="王, 五", customer=boss, mobile="138", phone="010-1; 2", email="a@b.cn", is_decision_maker=True,
                        birthday=date(1980, 3, 22), address="街道\n二", postcode="050000", note="a\nb"))  # fmt: skip
    office.save(Event(title="全天", starts_at=datetime(2026, 3, 31, 16), ends_at=datetime(2026, 4, 2, 16), all_day=True, remind_minutes=30))
    office.save(Event(title="一小时", starts_at=datetime(2026, 4, 1, 1, 2, 3), all_day=True, place="坂田; 3"))
    office.save(Task(title="寄样品", due_on=date(2026, 4, 5), priority="high", note="x"))
    kept = {
        Contact: ["name", "mobile", "phone", "email", "is_decision_maker", "birthday", "address", "postcode", "note"],
        Event: ["title", "starts_at", "ends_at", "all_day", "place", "remind_minutes"],
        Task: ["title", "due_on", "priority", "note"],
    }
    for record_type, names in kept.items():
        newest = sorted(office.records.ids(record_type, office.admin, View()))[-2 if record_type is Event else -1 :]
        before = [office.records.rows(record_type, office.admin, [one], names)[one] for one in newest]
        path = tmp_path / f"{record_type.key()}.{'vcf' if record_type is Contact else 'ics'}"
        export(office.records, record_type, office.admin, View(), None, path, path.suffix[1:], ids=newest)
        with read_workbook(path) as workbook:
            plan = plan_for(office, record_type, office.admin, workbook.sheet(), match=())
            done = plan.run()
        assert reasons(done.verdicts) == {}
        added = sorted(office.records.ids(record_type, office.admin, View()))[-len(newest) :]
        assert [office.records.rows(record_type, office.admin, [one], names)[one] for one in added] == before
