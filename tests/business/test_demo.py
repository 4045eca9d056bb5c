"""The demo company: complete, plausible, the same for the same seed and day."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.office import marks
from crm_desktop.business.office.event import Event
from crm_desktop.business.office.reminder import Reminder
from crm_desktop.business.office.task import Task
from crm_desktop.business.sales.contract import STATES as CONTRACT_STATES
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import demo
from crm_desktop.business.system.demo_world import World
from crm_desktop.business.system.saved_view import views_for
from crm_desktop.core import clock
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock, to_local
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from crm_desktop.database.engine import open_database
from tests.conftest import ENGINES
from tests.spare_schema import SpareSchema

PROGRAM = Actor.program()
NOW = datetime(2026, 3, 18, 2, 0)  # Wednesday, 10:00 in Shanghai


@pytest.fixture(scope="module", params=ENGINES)
def planted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    """The demo company on each engine, for all tests that only look."""
    if request.param == "sqlite":
        schema, database = None, open_database(tmp_path_factory.mktemp("demo"))
    else:
        schema = SpareSchema(request.getfixturevalue("server"), migrated=False)
        database = open_database(schema.address)
    records = Records(database, RECORD_TYPES, FixedClock(NOW))
    demo.plant(records, records.clock)
    yield records
    database.close()
    if schema is not None:
        schema.drop()


def test_company_is_complete(planted: Records) -> None:
    """Walk step 1: 12 staff in 3 departments, about 300 customers, opportunities in every stage, contracts in every state."""
    names = planted.names
    assert len(names.all("employee")) == 12
    assert len(names.all("department")) == 3
    assert {names.title("role", one.role) for one in names.all("employee")} == {"总经理", "管理员", "部门经理", "业务员"}  # type: ignore[attr-defined]
    assert planted.count(Customer, PROGRAM) == 300
    stages = dict(planted.groups(Opportunity, PROGRAM, View(), "stage"))
    assert set(stages) == {stage.id for stage in names.all("stage")}
    states = dict(planted.groups(Contract, PROGRAM, View(), "state"))
    assert set(states) == {state.key for state in CONTRACT_STATES}
    for key in ("contact", "follow_up", "lead", "product", "task", "event", "reminder", "tag", "saved_view"):
        assert planted.count(planted.types[key], PROGRAM) > 5, key


def test_screens_of_the_demo_user_are_full(planted: Records) -> None:
    user = next(one for one in planted.names.all("employee") if one.id == planted.settings.get("local_user"))
    actor = actor_for(planted, user.id)
    assert planted.count(Customer, actor) > 150
    assert planted.count(Customer, actor, View((Condition("owner", "me"),))) == 68
    today = planted.page(Event, actor, View((Condition("starts_at", "today"), Condition("owner", "me"))), ["starts_at", "ends_at"], 50)
    spans = sorted((starts, ends) for _id, (starts, ends) in today)
    assert len(spans) >= 5
    assert any(before[1] > after[0] for before, after in zip(spans, spans[1:], strict=False)), "none of today's events overlap"
    assert planted.count(Event, actor, View((Condition("starts_at", "this_month"),))) > 60
    for word in ("today", "past"):
        assert planted.count(Task, actor, View((Condition("due_on", word), Condition("done_at", "empty")))) > 2
    assert planted.count(Contract, actor, View((Condition("signed_on", "this_month"),))) > 0
    soon = planted.page(Reminder, actor, View((Condition("state", "one_of", ["open"]),)), ["rings_at"], 9)
    moments = [row[1][0] for row in soon]
    assert sum(moment < planted.clock.now() for moment in moments) == 1, "one is missed since yesterday, no heap of old ones"
    assert any(planted.clock.now() < moment < planted.clock.now() + timedelta(minutes=30) for moment in moments)
    for key in ("customer", "contact", "lead", "opportunity", "task"):
        for saved in views_for(planted, actor, key):
            assert planted.count(planted.types[key], actor, View.from_json(saved.content)) > 0, saved.name
    assert len(views_for(planted, actor, "customer")) == 2
    assert marks.starred(planted, actor)
    assert all(planted.get(planted.types[key], one, actor) for key, one in marks.recent(planted, actor))


def test_chinese_and_english_customers(planted: Records) -> None:
    rows = planted.page(Customer, PROGRAM, View(), ["name", "country", "phone", "postcode", "tax_no", "email"], 400)
    names = [row[1][0] for row in rows]
    assert len(set(names)) == 300
    english = [name for name in names if name.isascii()]
    assert 40 <= len(english) <= 80
    for _id, (_name, country, phone, postcode, tax_number, email) in rows:
        assert phone and email.endswith(".example")
        if country == "中国":
            assert re.fullmatch(r"0\d{2,3}-\d{7,8}", phone)
            assert re.fullmatch(r"\d{6}", postcode)
        if tax_number:
            assert _is_tax_number(tax_number)


def _is_tax_number(text: str) -> bool:
    """GB 32100: the weighted sum of all 18 signs, the last one with weight 1, is a multiple of 31."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17])) + signs.index(text[17])
    return len(text) == 18 and total % 31 == 0


def test_nothing_lies_in_the_future_that_has_happened(planted: Records) -> None:
    now = f"{planted.clock.now():%Y-%m-%d %H:%M:%S}"
    read = planted.database.read
    assert read("SELECT COUNT(*) FROM journal WHERE at > ?", (now,)) == [(0,)]
    assert read("SELECT COUNT(*) FROM follow_up WHERE happened_at > ? OR created_at > ?", (now, now)) == [(0,)]
    assert read("SELECT COUNT(*) FROM contract WHERE signed_on > ?", (planted.clock.today().isoformat(),)) == [(0,)]
    assert read("SELECT COUNT(*) FROM event WHERE state = 'held' AND ends_at > ?", (now,)) == [(0,)]
    assert read("SELECT COUNT(*) FROM customer WHERE created_at > updated_at") == [(0,)]


def test_customers_agree_with_their_log(planted: Records) -> None:
    last = planted.database.read(
        "SELECT COUNT(*) FROM customer c WHERE COALESCE(last_contact_at, '') <>"
        " COALESCE((SELECT MAX(happened_at) FROM follow_up f WHERE f.customer = c.id), '')"
    )
    assert last == [(0,)]


def test_histories_are_read_back_in_order(planted: Records) -> None:
    """Stage changes lie between the making of an opportunity and today, each from where the one before ended."""
    won = next(stage.id for stage in planted.names.all("stage") if stage.code == "won")  # type: ignore[attr-defined]
    rows = planted.page(Opportunity, PROGRAM, View((Condition("stage", "one_of", [won]),)), ["closed_at", "created_by"], 5)
    for record_id, (closed_at, created_by) in rows:
        lines = planted.history(Opportunity, record_id, PROGRAM)
        assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
        assert lines[-1].action == "create" and lines[-1].actor == created_by
        stages = [line.changes["stage"] for line in reversed(lines) if "stage" in line.changes]
        assert len(stages) == 5 and stages[-1][1] == won
        assert all(before[1] == after[0] for before, after in zip(stages, stages[1:], strict=False))
        assert lines[0].at == closed_at


def test_search_and_pinyin_find_it(planted: Records) -> None:
    hit = planted.page(Customer, PROGRAM, View((Condition("city", "is", "苏州"),)), ["name", "phone"], 1)[0]
    name, phone = hit[1]
    assert hit[0] in {found.id for found in planted.search(name[2:6], PROGRAM)}
    assert hit[0] in {found.id for found in planted.search(phone[-7:], PROGRAM)}


@pytest.mark.parametrize("now", [datetime(2024, 2, 29, 0, 30), datetime(2026, 1, 1, 1, 0), datetime(2026, 8, 9, 15, 59, 59)])
def test_same_seed_same_company_on_any_day(now: datetime, tmp_path: Path) -> None:
    """Leap day before office hours, New Year, a Sunday night."""
    told = []
    for folder in ("one", "two"):
        database = open_database(tmp_path / folder)
        records = Records(database, RECORD_TYPES, FixedClock(now))
        demo.plant(records, records.clock)
        names = [row[1] for row in records.page(Customer, PROGRAM, View(), ["name", "phone", "next_contact_on", "level"], 400)]
        days = [to_local(row[1][0]).date() for row in records.page(Event, PROGRAM, View(), ["starts_at"], 900)]
        told.append((names, days, database.read("SELECT number, name, amount, state FROM contract ORDER BY number")))
        assert records.clock.today() in days
        database.close()
    assert told[0] == told[1]


def test_planted_once(planted: Records) -> None:
    user = demo.plant_once(planted, planted.clock)
    assert user.name == "王丽"
    assert planted.count(Customer, PROGRAM) == 300


@pytest.mark.parametrize(
    ("now", "day"),
    [("2026-03-18 05:30", "2026-03-17"), ("2026-03-16 05:30", "2026-03-13"), ("2026-03-18 18:30", "2026-03-18")],
)
def test_before_the_office_opens_the_newest_happened_on_the_working_day_before(now: str, day: str) -> None:
    world = World.__new__(World)
    world.chance, world.now = random.Random(1), clock.to_utc(datetime.fromisoformat(now))
    moments = {clock.to_local(world.office_hour(date.fromisoformat(now[:10]))) for _turn in range(50)}
    assert {moment.date().isoformat() for moment in moments} == {day} and len(moments) > 10
