"""An import by one's own account: what it leaves to be told later is found by whoever sees it, and told by who may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pymysql
import pytest

from crm_desktop.business import Employee, Role, RoleRight
from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.staff import roles, strictness
from crm_desktop.business.system import shared_server
from crm_desktop.core import find, masking, pouring, twins, unmaking, untold
from crm_desktop.core.unit import Unit
from crm_desktop.database.unit import Tx
from tests.guard.attacks import plain
from tests.guard.company import Company

COUNT = 20
LINE = "id, batch, at, actor, record_type, record_id, action, about, changes"


@pytest.fixture
def imported(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[int], str]]:
    """Customers li has just imported, and the brand in their names, which no other test uses."""
    monkeypatch.setattr(pouring, "MANY", 1)
    monkeypatch.setattr(find, "RUN", 8)
    brand = f"昆仑{chr(0x4E00 + _count(company, 'customer') % 20_000)}"
    ids: list[int] = []

    def work(unit: Unit) -> None:
        with unit.pouring(Customer, COUNT):
            columns: dict[str, list[Any]] = {
                "name": [f"{brand}泵业{number}厂" for number in range(COUNT)],
                "mobile": [_mobile(brand, number) for number in range(COUNT)],
            }
            made = unit.add_columns(Customer, columns)
            ids[:] = [one for one in made or () if one]

    company.door("li").unit(company.actor("li"), work, "import")
    yield ids, brand
    for who in ("li", "boss"):
        untold.take_in(company.door(who), company.actor(who))


def _mobile(brand: str, number: int) -> str:
    return f"139{ord(brand[2]):05}{number:03}"


def _count(company: Company, table: str, where: str = "1 = 1") -> int:
    with company.raw("root") as line, line.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE {where}")
        return int(cursor.fetchone()[0])


def _waiting(company: Company, first: int) -> int:
    with company.raw("root") as line, line.cursor() as cursor:
        cursor.execute("SELECT COALESCE(SUM(last - first + 1), 0) FROM untold WHERE first >= %s", (first,))
        return int(cursor.fetchone()[0])


def _told(company: Company, ids: list[int]) -> tuple[int, int]:
    """How many of the records the search index and the keys of duplicates know."""
    some = ", ".join(map(str, ids))
    keyed = f"(SELECT DISTINCT record FROM alike_customer WHERE record IN ({some})) k"
    return _count(company, "find_customer", f"id IN ({some})"), _count(company, keyed)


def _found(company: Company, text: str, who: str) -> set[int]:
    return {hit.id for hit in company.door(who).search(text, company.actor(who), [Customer], 100)}


def _twins(company: Company, mobile: str, who: str) -> set[str]:
    return {twin.title for twin in twins.of(company.door(who), Customer(name="完全另外的", mobile=mobile), company.actor(who))}


def _demand_found(company: Company, ids: list[int], brand: str) -> None:
    for who in ("li", "meng", "boss"):
        assert _found(company, f"{brand}泵", who) == set(ids), who
        assert _found(company, f"{brand}泵业7", who) == {ids[7]}, who
    assert _found(company, _mobile(brand, 3)[4:], "li") == {ids[3]}
    assert _found(company, f"{brand}泵", "sun") == set()
    assert _twins(company, _mobile(brand, 3), "li") == {f"{brand}泵业3厂"}
    assert _twins(company, _mobile(brand, 3), "sun") == {""}, "of what he does not see he learns only that it is there"


def test_it_is_found_before_and_after(company: Company, imported: tuple[list[int], str]) -> None:
    ids, brand = imported
    assert _waiting(company, ids[0]) == COUNT and _told(company, ids) == (0, 0)
    _demand_found(company, ids, brand)
    for who in ("sun", "meng"):  # neither imported it, nor sees all there is
        untold.take_in(company.door(who), company.actor(who))
    untold.take_in(company.door("li"))
    assert _waiting(company, ids[0]) == COUNT
    assert untold.take_some_in(company.door("li"), company.actor("li"))
    _demand_found(company, ids, brand)
    untold.take_in(company.door("li"), company.actor("li"))
    assert _waiting(company, ids[0]) == 0 and _told(company, ids) == (COUNT, COUNT)
    _demand_found(company, ids, brand)


def test_who_sees_everything_tells_what_others_left(company: Company, imported: tuple[list[int], str]) -> None:
    ids, brand = imported
    untold.take_in(company.door("boss"), company.actor("boss"))
    assert _waiting(company, ids[0]) == 0 and _told(company, ids) == (COUNT, COUNT)
    _demand_found(company, ids, brand)


def test_what_is_given_away_meanwhile_is_told_by_who_gave_it(company: Company, imported: tuple[list[int], str]) -> None:
    ids, brand = imported
    done = company.door("meng").assign(Customer, ids[3:5], company.ids["sun"], company.actor("meng"))
    assert done.done == ids[3:5]
    for _time in range(2):
        assert _found(company, f"{brand}泵", "sun") == set(ids[3:5]) and _found(company, f"{brand}泵", "li") == {*ids[:3], *ids[5:]}
        assert _twins(company, _mobile(brand, 3), "sun") == {f"{brand}泵业3厂"}
        untold.take_in(company.door("li"), company.actor("li"))
    assert _waiting(company, ids[0]) == 0 and _told(company, ids) == (COUNT, COUNT)


@pytest.fixture
def assistant(company: Company) -> Iterator[None]:
    """zhao gives away the customers of his department, whose mobiles are hidden from him."""
    admin, keeper = company.door("admin"), company.actor("admin")
    zhao = admin.get(Employee, company.ids["zhao"], keeper)
    was = zhao.role
    roles.set_hidden(admin, keeper, Customer, ["mobile"])
    helper = Role(name="助理", level="sales", scope="department")
    admin.save(helper, keeper)
    admin.save(RoleRight(name="customer", role=helper.id, operations="add edit assign"), keeper)
    zhao.role = helper.id
    admin.save(zhao, keeper)
    yield
    zhao = admin.get(Employee, company.ids["zhao"], keeper)
    zhao.role = was
    admin.save(zhao, keeper)
    admin.settings.put(masking.SETTING, None)


@pytest.mark.usefixtures("assistant")
def test_of_what_is_given_away_with_hidden_numbers_its_new_owner_tells(company: Company, imported: tuple[list[int], str]) -> None:
    ids, brand = imported
    zhao = company.actor("zhao")
    assert company.door("zhao").get(Customer, ids[3], zhao).mobile == masking.masked(_mobile(brand, 3))
    assert company.door("zhao").assign(Customer, ids[3:5], company.ids["sun"], zhao).done == ids[3:5]
    assert _count(company, "untold", f"actor = {company.ids['sun']}") == (2 if company.strict else 0)
    for who in ("li", "sun", "sun"):
        assert _found(company, f"{brand}泵", "sun") == set(ids[3:5]) and _found(company, f"{brand}泵", "li") == {*ids[:3], *ids[5:]}
        assert _found(company, _mobile(brand, 3)[4:], "sun") == {ids[3]}
        assert _twins(company, _mobile(brand, 3), "sun") == {f"{brand}泵业3厂"}
        untold.take_in(company.door(who), company.actor(who))
    assert _waiting(company, ids[0]) == 0 and _told(company, ids) == (COUNT, COUNT)


def test_where_reading_is_strict_nothing_of_colleagues_waits(company: Company, imported: tuple[list[int], str]) -> None:
    """The head of a department brings in records of his people, whose numbers he will not see."""
    _ids, brand = imported
    before = _waiting(company, 0)

    def work(unit: Unit) -> list[int | None]:
        with unit.pouring(Customer, COUNT):
            columns = {"name": [f"{brand}阀{number}" for number in range(COUNT)], "owner": [company.ids["li"]] * COUNT}
            made = unit.add_columns(Customer, columns)
        assert made is not None
        return made

    result, _change = company.door("meng").unit(company.actor("meng"), work, "import")
    made = [one for one in result if one]
    assert len(made) == COUNT and _found(company, f"{brand}阀", "li") == set(made)
    assert _waiting(company, 0) - before == (0 if company.strict else COUNT)
    untold.take_in(company.door("meng"), company.actor("meng"))
    assert _found(company, f"{brand}阀", "li") == set(made) and _told(company, made)[0] == COUNT


def test_an_import_is_undone_while_it_waits(company: Company, imported: tuple[list[int], str]) -> None:
    ids, brand = imported
    door, li = company.door("li"), company.actor("li")
    assert len(door.undo(_batch(company, ids[0]), li).done) == COUNT
    assert _found(company, f"{brand}泵", "li") == set() == _twins(company, _mobile(brand, 3), "li")
    untold.take_in(door, li)
    assert _waiting(company, ids[0]) == 0 and _told(company, ids) == (0, 0)


def _batch(company: Company, record: int) -> int:
    with company.raw("root") as line, line.cursor() as cursor:
        cursor.execute("SELECT batch FROM journal WHERE record_id = %s AND action = 'create'", (record,))
        return int(cursor.fetchone()[0])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """(first, how many) of the records the server is asked to take back together."""
    told: list[tuple[int, int]] = []
    run = Tx.run

    def listening(tx: Tx, query: Any, params: Any = ()) -> Any:
        if str(query).startswith("CALL unmake"):
            told.append((params[4], params[5]))
        return run(tx, query, params)

    monkeypatch.setattr(Tx, "run", listening)
    return told


def test_an_import_is_taken_back_run_by_run(
    company: Company, imported: tuple[list[int], str], asked: list[tuple[int, int]]
) -> None:
    """The server is asked once for a run, and tells of each record as ever."""
    ids, _brand = imported
    door, li = company.door("li"), company.actor("li")
    outcome = door.undo(_batch(company, ids[0]), li)
    assert sorted(outcome.done) == ids and outcome.refused == []
    assert sorted(asked) == [(ids[0], 8), (ids[8], 8), (ids[16], 4)] and _waiting(company, ids[0]) == 0
    some = ", ".join(map(str, ids))
    mine = f"r.updated_by = {company.ids['li']} AND r.version = 2 AND r.deleted_at IS NOT NULL AND r.deleted_at = r.updated_at"
    assert _count(company, "customer r", f"r.id IN ({some}) AND {mine}") == COUNT
    line = f"action = 'delete' AND batch = {outcome.batch} AND actor = {company.ids['li']} AND changes = '' AND about IS NULL"
    assert _count(company, "journal", f"record_id IN ({some}) AND {line}") == COUNT
    traced = """JSON_VALUE(changes, '$.deleted_at[0]') IS NULL AND JSON_VALUE(changes, '$.deleted_at[1]') IS NOT NULL
        AND JSON_EXTRACT(changes, '$.version') = '[1, 2]' AND action = 'update'"""
    assert _count(company, "audit", f"record_id IN ({some}) AND login = '{company.login('li')}' AND {traced}") == COUNT
    assert outcome.batch is not None
    assert sorted(door.undo(outcome.batch, li).done) == ids and _told(company, ids) == (COUNT, COUNT)


def test_what_was_worked_with_since_is_kept_and_goes_on_waiting(
    company: Company, imported: tuple[list[int], str], asked: list[tuple[int, int]]
) -> None:
    ids, brand = imported
    door, li = company.door("li"), company.actor("li")
    company.save(Contact(name="新来的", customer=ids[3]), "li")
    outcome = door.undo(_batch(company, ids[0]), li)
    assert [one for one, _why in outcome.refused] == [ids[3]] and sorted(outcome.done) == [*ids[:3], *ids[4:]]
    assert sorted(asked) == [(ids[8], 8), (ids[16], 4)] and _waiting(company, ids[0]) == 8
    for _time in range(2):
        assert _found(company, f"{brand}泵", "li") == {ids[3]}
        assert _twins(company, _mobile(brand, 3), "li") == {f"{brand}泵业3厂"} and _twins(company, _mobile(brand, 4), "li") == set()
        untold.take_in(door, li)
    assert _told(company, ids) == (1, 1)


def test_of_what_was_changed_and_changed_back_nothing_stays_in_the_indexes(company: Company, imported: tuple[list[int], str]) -> None:
    ids, _brand = imported
    door, li = company.door("li"), company.actor("li")
    changed = door.get(Customer, ids[3], li)
    changed.mobile, changed.name = "13900000000", "别的名字"
    door.undo(door.save(changed, li).batch, li)
    assert _told(company, ids) == (1, 1)
    assert sorted(door.undo(_batch(company, ids[0]), li).done) == ids
    assert _told(company, ids) == (0, 0)
    untold.take_in(door, li)
    assert _told(company, ids) == (0, 0)


def test_of_what_has_been_told_meanwhile_nothing_stays_in_the_indexes(
    company: Company, imported: tuple[list[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One run before the undo looks what waits, another one after that: some servers let it go on then, others have it begin anew."""
    ids, _brand = imported
    door, li = company.door("li"), company.actor("li")
    assert untold.take_some_in(company.door("boss"), company.actor("boss"))
    runs, waited = untold.runs, list[int]()

    def told_then(*args: Any) -> Any:
        waiting = runs(*args)
        waited.append(len(waiting))
        if len(waited) == 1:
            assert untold.take_some_in(company.door("boss"), company.actor("boss"))
        return waiting

    monkeypatch.setattr(untold, "runs", told_then)
    outcome = door.undo(_batch(company, ids[0]), li)
    assert waited[0] == 2 and sorted(outcome.done) == ids
    assert _told(company, ids) == (0, 0) and _waiting(company, ids[0]) == 0


@pytest.mark.parametrize("what", ["vouched = 1 - vouched", "deleted_at = NULL, vouched = 1"])
def test_nobody_but_the_server_vouches_for_a_change(company: Company, imported: tuple[list[int], str], what: str) -> None:
    sql = f"UPDATE customer SET {what} WHERE id = {imported[0][0]}"
    double = f"INSERT INTO customer (id) VALUES ({imported[0][0]}) ON DUPLICATE KEY UPDATE {what}"
    for tried in ([f"CALL act('{sql}')"] if company.strict else [sql, double]):
        refused = pytest.raises(pymysql.err.MySQLError, match=r"Unknown column|crm:asked")
        with company.raw("li") as line, line.cursor() as cursor, refused:
            cursor.execute(tried)


def test_records_with_somebody_elses_business_are_not_taken_back(company: Company) -> None:
    """Nor those one has made for somebody whose records one does not see."""
    made = company.save(Customer(name="别人在谈"), "li")
    company.save(Opportunity(name="孙的机会", customer=made.id, owner=company.ids["sun"]), "admin")
    given = company.save(Customer(name="给了别的部门", owner=company.ids["sun"]), "meng")
    for who, one, why in (("li", made.id, "children"), ("meng", given.id, "right")):
        refused = pytest.raises(pymysql.err.MySQLError, match=f"crm:{why}")
        with company.raw(who) as line, line.cursor() as cursor, refused:
            cursor.execute("CALL unmake('customer', 1, UTC_TIMESTAMP(), 5, %s, 1)", (one,))
    assert _count(company, "customer", f"id IN ({made.id}, {given.id}) AND deleted_at IS NULL AND version = 1") == 2


def test_a_server_of_an_older_version_learns_to_take_back_many(
    company: Company, imported: tuple[list[int], str], asked: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Migrating puts the column there by which the procedure tells its triggers; and tells what waits, which goes in a row all the same."""
    monkeypatch.setattr(unmaking, "_FEW", 1)
    ids, _brand = imported
    with company.raw("root") as line, line.cursor() as cursor:
        for name in ("customer_change", "customer_changed"):
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("ALTER TABLE customer DROP COLUMN vouched")
        for kind in ("app", "strict"):
            cursor.execute(f"DROP PROCEDURE {company.name}_{kind}.unmake")
    shared_server.bring_up_to_date(f"{company.server}/{company.name}")
    assert sorted(company.door("li").undo(_batch(company, ids[0]), company.actor("li")).done) == ids and len(asked) == 3
    assert _told(company, ids) == (0, 0)


def test_what_waits_goes_on_when_reading_becomes_strict(company: Company, imported: tuple[list[int], str]) -> None:
    ids, brand = imported
    if company.strict:
        return  # it is already
    admin = company.actor("admin")
    strictness.read_strictly(company.door("admin"), admin, True)
    try:
        for _time in range(2):
            assert _found(company, f"{brand}泵", "li") == set(ids) and _found(company, f"{brand}泵", "sun") == set()
            assert _twins(company, _mobile(brand, 3), "li") == {f"{brand}泵业3厂"}
            untold.take_in(company.door("li"), company.actor("li"))
        assert _waiting(company, ids[0]) == 0 and _told(company, ids) == (COUNT, COUNT)
        assert _found(company, _mobile(brand, 3)[4:], "li") == {ids[3]}
    finally:
        strictness.read_strictly(company.door("admin"), admin, False)


def test_each_imported_row_is_in_journal_and_audit(company: Company, imported: tuple[list[int], str]) -> None:
    some = ", ".join(map(str, imported[0]))
    assert _count(company, "journal", f"record_id IN ({some}) AND action = 'create' AND actor = {company.ids['li']}") == COUNT
    assert _count(company, "audit", f"record_id IN ({some}) AND action = 'create' AND login = '{company.login('li')}'") == COUNT


@pytest.mark.parametrize(("columns", "error"), [(f"{LINE}, vouched", "Unknown column"), ("", "Column count"), (LINE, "Column count")])
def test_nobody_but_the_server_vouches_for_a_line(company: Company, columns: str, error: str) -> None:
    """Its column stands in no view: neither of the open ones nor of those that can only be added to."""
    into = "journal" + (f" ({columns})" if columns else "")
    sql = f"INSERT INTO {into} SELECT 41, 1, '2000-01-01', NULL, 'customer', 1, 'create', NULL, '', 1"
    refused = pytest.raises(pymysql.err.MySQLError, match=error)
    with company.raw("li", f"{company.name}_brings" if company.strict else None) as line, line.cursor() as cursor, refused:
        cursor.execute(sql)


def test_the_quick_question_follows_from_the_rights(company: Company) -> None:
    """What a badge says somebody may add says no more than the rights it follows from, and goes with them."""
    door, admin = company.door("admin"), company.actor("admin")
    _demand_it_follows(company)
    role = door.names.rows("employee")[company.ids["li"]].role
    there = [one.id for one in door.names.all("role_right") if one.role == role and one.name == "customer"]
    right = door.get(RoleRight, there[0], admin) if there else RoleRight(name="customer", role=role)
    was, right.operations = right.operations, "edit bring_in"
    door.save(right, admin)
    try:
        _demand_it_follows(company)
        place = door.names.rows("employee")[company.ids["li"]].department
        sql = plain(97).format(li=company.ids["li"], department=place)
        refused = pytest.raises(pymysql.err.MySQLError, match="crm:right")
        with company.raw("li", f"{company.name}_brings" if company.strict else None) as line, line.cursor() as cursor, refused:
            cursor.execute(sql)
    finally:
        if there:
            right.operations = was
            door.save(right, admin)
        else:
            door.delete(RoleRight, [right.id], admin)
    _demand_it_follows(company)


def _demand_it_follows(company: Company) -> None:
    own = "a.login = b.login AND a.record_type = kind.record_type"
    may = f"EXISTS (SELECT 1 FROM acl a WHERE {own} AND a.kind = 'add')"
    ways = "a.kind = 'all' OR a.kind = 'owner' AND a.value = b.employee OR a.kind = 'department' AND a.value <=> b.department"
    sees = f"EXISTS (SELECT 1 FROM acl a WHERE {own} AND ({ways}))"
    told = "badge b JOIN (SELECT DISTINCT record_type FROM acl) kind ON FIND_IN_SET(kind.record_type, b.adds)"
    assert _count(company, told, "TRUE") > 10 and _count(company, told, f"NOT ({may} AND {sees})") == 0
    works = "EXISTS (SELECT 1 FROM employee e WHERE e.id = b.employee AND e.login = b.login AND e.department <=> b.department)"
    assert _count(company, "badge b", "TRUE") > 3 and _count(company, "badge b", f"NOT {works}") == 0
