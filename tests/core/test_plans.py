"""The questions lists ask are answered from an index, in its order: a million rows cost no more than a thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import Contact, Contract, Customer, Event, FollowUp, Lead, Opportunity, Reminder, Task
from crm_desktop.core.access import Actor, Scope
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.ids import new_ids
from crm_desktop.core.listing import Listing, keyset
from crm_desktop.core.record import Record, columns_of, stored_values
from crm_desktop.core.views import View
from crm_desktop.database.engine import open_database
from crm_desktop.reports import attention
from tests.conftest import ENGINES
from tests.office import Office, open_office
from tests.spare_schema import SpareSchema

LISTS = (Customer, Contact, Lead, Opportunity, Contract, Task, Event, FollowUp, Reminder)
ROWS = 2_000
DATED = {"expected_close", "signed_on", "due_on", "starts_at", "happened_at", "rings_at", "next_contact_on", "updated_at"}


@pytest.fixture(scope="module", params=ENGINES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with enough records for a planner to think twice."""
    schema = None
    if request.param == "mysql":
        schema = SpareSchema(request.getfixturevalue("server"), migrated=False)
    database = open_database(schema.address if schema else tmp_path_factory.mktemp("plans"))
    made = open_office(database, FixedClock(datetime(2026, 3, 18, 2)))
    for record_type in LISTS:
        _fill(made, record_type)
    database.read("ANALYZE" if schema is None else f"ANALYZE TABLE {', '.join(t.key() for t in LISTS)}")
    yield made
    database.close()
    if schema is not None:
        schema.drop()


def _fill(office: Office, record_type: type[Record]) -> None:
    """Bare rows, written past the door: only what lists sort by is in them."""
    people: Any = list(office.records.names.all("employee"))
    rows = []
    columns = columns_of(record_type)
    for n, one in enumerate(new_ids(ROWS)):
        record = record_type()
        record.id, record.sort_key = one, f"k{n * 7919 % ROWS:06}"
        record.owner, record.department = people[n % len(people)].id, people[n % len(people)].department
        for name in DATED & record_type.declared().keys():
            kind = record_type.declared()[name].kind.key
            at: Any = datetime(2026, 1, 1) + timedelta(hours=7 * n) if kind == "moment" else date(2026, 1, 1) + timedelta(n % 500)
            setattr(record, name, None if n % 9 == 0 else at)
        for name in {"amount"} & record_type.declared().keys():
            setattr(record, name, Decimal(n * 37 % 1000))
        values = stored_values(record)
        rows.append(tuple(values[name] for name in columns))
    marks = ", ".join("?" * len(columns))
    names = ", ".join(f"`{name}`" for name in columns)
    office.records.database.write(lambda tx: tx.many(f"INSERT INTO `{record_type.key()}` ({names}) VALUES ({marks})", rows))


def scopes(office: Office) -> dict[str, Scope]:
    first = office.meng.department
    return {
        "all": Scope(all=True),
        "owner": Scope(owners=frozenset([office.ids["li"]])),
        "department": Scope(departments=frozenset([first])),  # type: ignore[list-item]
        "owners": Scope(owners=frozenset(office.ids.values())),
        "departments": Scope(departments=frozenset([office.boss.department, first])),  # type: ignore[list-item]
    }


def plan(office: Office, query: Any) -> tuple[str, str]:
    """(statement, what the engine says how it will answer)."""
    sql, values = office.records.database.compiled(query)
    explain = "EXPLAIN QUERY PLAN " if office.records.database.engine == "sqlite" else "EXPLAIN "
    return sql, "\n".join(str(row) for row in office.records.database.read(explain + sql.replace("%s", "?"), values))


def sorts_nothing(office: Office, told: str) -> bool:
    return "TEMP B-TREE" not in told if office.records.database.engine == "sqlite" else "filesort" not in told.lower()


def runs_of(listing: Listing, after: tuple[Any, ...] | None, backwards: bool) -> Iterator[Any]:
    """The query of each run (for one owner, one department) of a page, as `page` builds them."""
    for run in listing.runs():
        one = Listing(listing.records, listing.record_type, listing.actor, listing.view)
        one.runs = lambda run=run: [run]  # type: ignore[method-assign, misc]
        yield one.page([listing.record_type.id], 200, after, backwards)


@pytest.mark.parametrize("whose", ["all", "owner", "department", "owners", "departments"])
@pytest.mark.parametrize("record_type", LISTS, ids=lambda t: t.key())
def test_the_first_order_of_a_list_comes_from_its_index(office: Office, record_type: type[Record], whose: str) -> None:
    """First page, last page, and the page behind any row; forwards and backwards."""
    actor = Actor(1, "", scopes={"*": scopes(office)[whose]})
    listing = office.records.listing(record_type, actor, View())
    middle = office.records.database.read(listing.page([record_type.id], 50))[-1]
    after = tuple(middle[-(len(listing.order()) + 1) :])
    for start in (None, after):
        for backwards in (False, True) if start is None else (False,):
            sql, _told = plan(office, listing.page([record_type.id], 200, start, backwards))
            assert "LIMIT" in sql.upper()
            for run in runs_of(listing, start, backwards):
                sql, told = plan(office, run)
                assert sorts_nothing(office, told), (sql, told)
                assert f"{record_type.key()}_deleted_at" in told, (sql, told)


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("name", ["name", "next_contact_on", "last_contact_at", "level", "status", "city", "created_at"])
def test_headings_with_an_index_sort_without_sorting(office: Office, name: str, down: bool) -> None:
    """Who sees everything sorts a million customers by these columns at once, in both directions."""
    actor = Actor(1, "", scopes={"*": Scope(all=True)})
    listing = office.records.listing(Customer, actor, View(sort=((name, down),)))
    for backwards in (False, True):
        sql, told = plan(office, listing.page([Customer.id], 200, None, backwards))
        assert "LIMIT" in sql.upper() and sorts_nothing(office, told), (sql, told)


def test_several_owners_are_merged_from_one_page_each(office: Office) -> None:
    """The engine sorts at most one page for each owner, never his records."""
    listing = office.records.listing(Customer, Actor(1, "", scopes={"*": scopes(office)["owners"]}), View())
    sql, _told = plan(office, listing.page([Customer.id], 200))
    assert sql.upper().count("LIMIT") == len(office.ids) + 1


@pytest.mark.parametrize("record_type", [Customer, Contact, Opportunity, Lead], ids=lambda t: t.key())
def test_shares_leave_the_plan_of_a_list_as_it_is(office: Office, record_type: type[Record]) -> None:
    """His own rows come in the order of the same index as without shares; what is shared is found by the shares' index and
    the ids, and only that is sorted."""
    records, sun = office.records, office.sun
    shared = Lead if record_type is Lead else Customer
    rows = records.database.read(f"SELECT id FROM `{shared.key()}` WHERE owner = ? LIMIT 40", (office.ids["li"],))
    records.share(shared, [row[0] for row in rows], office.ids["sun"], office.admin)
    if record_type is not shared:
        sql = f"UPDATE `{record_type.key()}` SET customer = ? WHERE owner = ?"
        records.database.write(lambda tx: tx.run(sql, (rows[0][0], office.ids["li"])))
    listing = records.listing(record_type, sun, View())
    assert listing.shared
    *own, besides = list(runs_of(listing, None, False))
    for run in own:
        sql, told = plan(office, run)
        assert sorts_nothing(office, told) and f"{record_type.key()}_deleted_at" in told, (sql, told)
    sql, told = plan(office, besides)
    assert "share_employee_ref_type_ref_id" in told, (sql, told)
    if records.database.engine == "sqlite":
        assert f"SCAN {record_type.key()}" not in told and "SCAN t1" not in told, (sql, told)
    else:
        seen = [line for line in told.splitlines() if f"'{record_type.key()}'" in line or "'t1'" in line]
        assert seen and all("eq_ref" in line or "ref" in line for line in seen), (sql, told)
    assert records.count(record_type, sun) == len(records.ids(record_type, sun))


def test_counting_reads_the_index_alone(office: Office) -> None:
    for whose, scope in scopes(office).items():
        listing = office.records.listing(Customer, Actor(1, "", scopes={"*": scope}), View())
        query = Customer.select(Customer.id).where(listing.condition())
        _sql, told = plan(office, query)
        assert "COVERING INDEX" in told or "Using index" in told, (whose, told)


@pytest.mark.parametrize("whose", ["all", "owner", "department", "owners", "departments"])
@pytest.mark.parametrize("told_of", [attention.without_step, attention.idle])
def test_what_needs_attention_is_counted_and_told_from_its_index_alone(
    office: Office, told_of: Callable[..., tuple[list[int], int]], whose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is sorted and no row looked up: a million opportunities are counted as fast as an index is read."""
    asked: list[Any] = []
    read = office.records.database.read
    monkeypatch.setattr(office.records.database, "read", lambda query, params=(): (asked.append(query), read(query, params))[1])
    told_of(office.records, Actor(1, "", scopes={"*": scopes(office)[whose]}), View(), 500)
    monkeypatch.undo()
    queries = [query for query in asked if not isinstance(query, str)]
    assert len(queries) == 2
    for query in queries:
        sql, told = plan(office, query)
        assert sorts_nothing(office, told), (sql, told)
        assert "COVERING INDEX" in told or "Using index" in told, (sql, told)
        if office.records.database.engine == "sqlite":
            assert ("updated_at<?" if told_of is attention.idle else "next_step_on=?") in told, (sql, told)


def test_the_key_of_a_page_is_one_range(office: Office) -> None:
    """The expanded form of a row comparison: MariaDB seeks in the index with it instead of reading from the start."""
    expression = keyset([(Customer.sort_key, False), (Customer.id, False)], ("k000100", 5))
    _sql, told = plan(office, Customer.select(Customer.id).where(Customer.deleted_at.is_null() & expression)
                      .order_by(Customer.sort_key, Customer.id).limit(50))  # fmt: skip
    assert ("range" in told and "filesort" not in told) or "sort_key>?" in told, told


@pytest.mark.parametrize("down", [False, True])
def test_ids_in_portions_are_those_of_one_page(office: Office, down: bool) -> None:
    """Some records have no date: the portions go over the border between them and the others, whichever comes first."""
    view = View(sort=(("next_contact_on", down),))
    for whose, scope in scopes(office).items():
        listing = office.records.listing(Customer, Actor(1, "", scopes={"*": scope}), view)
        at_once = [row[0] for row in office.records.database.read(listing.page([Customer.id], ROWS + 1))]
        for size in (len(at_once) // 9, 250, len(at_once), ROWS + 1):
            portions = list(listing.chunks(size))
            assert [one for portion in portions for one in portion] == at_once, (whose, size)
            assert all(len(portion) <= size for portion in portions)


@pytest.mark.parametrize(("after", "down", "seeks"), [("2026-03-01", True, "next_contact_on<?"), (None, False, "next_contact_on=?")])
def test_each_portion_of_ids_begins_where_the_last_one_ended(
    office: Office, after: str | None, down: bool, seeks: str
) -> None:
    """A million ids by a day, the latest first, took seven seconds: each portion went through all before it."""
    listing = office.records.listing(Customer, Actor(1, "", scopes={"*": Scope(all=True)}), View(sort=(("next_contact_on", down),)))
    sqlite = office.records.database.engine == "sqlite"
    _sql, told = plan(office, listing.page([Customer.id], 50, (after, 5), over=not sqlite))
    assert sorts_nothing(office, told) and (seeks in told if sqlite else "range" in told), told
