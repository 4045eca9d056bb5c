"""The doctor finds what is amiss on a server, says how to mend it, and finds nothing on a healthy one."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.system import server_doctor, shared_server, tidying
from crm_desktop.core import find
from crm_desktop.core.errors import Trouble
from crm_desktop.database import migrate
from crm_desktop.database.engine import look_at, open_database
from tests.guard.company import PASSWORD, Company, open_company, patient

# The private server of the tests is quick instead of durable, and its master may do everything.
OF_THE_TESTS = {"durability"}


@pytest.fixture
def company(server: str) -> Iterator[Company]:
    """One of its own for each test: they spoil it."""
    opened = open_company(server)
    with patient(opened):
        yield opened
    opened.close()


def told(company: Company) -> dict[str, list[str]]:
    database = look_at(f"{company.server}/{company.name}")
    try:
        looked = server_doctor.examine(database)
        return {key: [one.sentence("en") for one in ailments] for key, _label, ailments in looked if key not in OF_THE_TESTS}
    finally:
        database.close()


def test_a_healthy_one(company: Company) -> None:
    found = told(company)
    assert set(found) >= {"version", "tables", "search", "clock", "granted", "locked", "guard", "standing", "logins"}
    assert not any(found.values()), found


def test_on_mysql_nothing_is_asked_that_only_mariadb_has() -> None:
    """By what its manual says; there is no such server here to ask."""
    asked: list[str] = []

    class Told:
        database = SimpleNamespace(backend=SimpleNamespace(mariadb=False))
        no_role = server_doctor.Patient.no_role  # its own answer

        def run(self, sql: str, *_values: Any) -> list[tuple[Any, ...]]:
            asked.append(sql)
            return []

    assert list(server_doctor._anonymous(Told())) == [] and "is_role" not in asked[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "good"), [("ON", True), ("1", True), ("DETECT_AND_RECOVER", True), ("DETECT_ONLY", False), ("OFF", False)]
)
def test_pages_that_were_half_written_are_mended(found: str, good: bool) -> None:
    settings = {"innodb_flush_log_at_trx_commit": "1", "innodb_doublewrite": found}
    assert (list(server_doctor.durability(lambda name: settings.get(name, ""))) == []) is good


# What is done to the server -> which look finds it, and a part of what is said.
SPOILT = (
    ("CREATE USER ''@'nowhere.example'", "anonymous", "DROP USER ''@'nowhere.example'", "DROP USER ''@'nowhere.example'"),
    ("GRANT SELECT ON {app}.* TO PUBLIC", "public", "FROM PUBLIC", "REVOKE ALL PRIVILEGES, GRANT OPTION FROM PUBLIC"),
    ("GRANT SELECT ON {base}.* TO '{li}'@'%'", "granted", "{li} has rights on the tables", ""),
    ("GRANT SELECT ON {base}.customer TO '{li}'@'%'", "granted", "{li} has rights on the tables", ""),
    ("GRANT SELECT ON *.* TO '{li}'@'%'", "granted", "{li} may do everything", "REVOKE SELECT ON *.* FROM '{li}'@'%'"),
    ("ALTER USER {base}_sight ACCOUNT UNLOCK", "locked", "{base}_sight", ""),
    ("DROP TRIGGER {base}.customer_change", "guard", "customer_change", ""),
    ("DROP VIEW {app}.contact", "guard", "contact", ""),
    ("CREATE OR REPLACE VIEW {app}.lead AS SELECT * FROM {base}.lead", "guard", "lead", ""),
    ("CREATE VIEW {app}.more AS SELECT * FROM {base}.lead", "guard", "more", ""),
    ("DROP TRIGGER {base}.acl_add ;; INSERT INTO {base}.acl VALUES ('{li}', 'customer', 'all', 0)", "standing", "{li}", ""),
    ("CREATE USER '{li}'@'localhost'", "logins", "second account", "DROP USER '{li}'@'localhost'"),
    ("DROP USER '{li}'@'%'", "logins", "{li} --open", ""),
    ("DELETE FROM {base}.schema_version WHERE number > 3", "tables", "database migrate", ""),
)


@pytest.mark.parametrize(("spoil", "look", "says", "mend"), SPOILT, ids=[row[0][:40] for row in SPOILT])
def test_it_finds(company: Company, spoil: str, look: str, says: str, mend: str) -> None:
    names = {"base": company.name, "app": f"{company.name}_app", "li": company.login("li")}

    def run(statements: str) -> None:
        with company.raw("root") as line, line.cursor() as cursor:
            for statement in filter(None, statements.format(**names).split(" ;; ")):
                cursor.execute(statement)

    run(spoil)
    try:
        found = told(company)
        assert any(says.format(**names) in sentence for sentence in found[look]), found
    finally:
        run(mend)


def test_a_search_index_full_of_what_is_gone(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    door, boss = company.door("admin"), company.actor("admin")
    customer = Customer(name="长江")
    door.save(customer, boss)
    for name in ("黄河", "珠江", "淮河"):
        customer.name = name
        door.save(customer, boss)
    monkeypatch.setattr(find, "HEAVY", 2)
    assert any("still holds 3 records" in sentence and "database tidy" in sentence for sentence in told(company)["search"])
    assert dict(tidying.tidy(f"{company.server}/{company.name}"))[Customer] == 3
    assert not told(company)["search"]
    assert [hit.title for hit in door.search("淮河", boss)] == ["淮河"]


def test_migrate_mends_the_guard(company: Company) -> None:
    with company.raw("root") as line, line.cursor() as cursor:
        cursor.execute("DROP TRIGGER customer_change")
        cursor.execute(f"DROP VIEW {company.name}_app.contact")
        cursor.execute(f"ALTER USER {company.name}_watch ACCOUNT UNLOCK")
    shared_server.bring_up_to_date(f"{company.server}/{company.name}")
    assert not any(told(company).values())


def test_an_account_of_nobody_is_to_be_locked(company: Company) -> None:
    door, admin = company.door("admin"), company.actor("admin")
    from crm_desktop.business.staff.employee import Employee

    sun: Any = door.get(Employee, company.ids["sun"], admin)
    door.move(sun, "quit", admin, {"left_on": door.clock.today()})
    assert any("--lock" in sentence for sentence in told(company)["logins"])
    with company.raw("sun") as line, line.cursor() as cursor:
        for table in ("customer", "employee", "product"):
            cursor.execute(f"SELECT * FROM {table}")
            assert not cursor.fetchall(), "who has left sees nothing, before his account is locked"


def test_a_migration_that_was_killed(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """While tables change nobody gets in; who comes meanwhile is told; run again, it is whole."""
    address = f"{company.server}/{company.name}"

    def dies(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    with company.raw("root") as line, line.cursor() as cursor:
        cursor.execute("DELETE FROM schema_version WHERE number = (SELECT MAX(number) FROM schema_version)")
    with pytest.raises(Trouble, match="older than this program"):
        open_database(company.address("li"))
    monkeypatch.setattr(migrate, "_apply", dies)
    with pytest.raises(KeyboardInterrupt):
        shared_server.bring_up_to_date(address)
    with pytest.raises(Trouble, match="being changed, or this was interrupted"):
        open_database(company.address("li"))
    monkeypatch.undo()
    shared_server.bring_up_to_date(address)
    open_database(company.address("li")).close()
    assert not any(told(company).values())


def test_accounts_are_opened_locked_and_ended(company: Company) -> None:
    from crm_desktop.business.staff import accounts

    boss = company.door("admin").database
    with company.raw("li") as line, line.cursor() as cursor:
        accounts.lock_login(boss, company.login("li"))
        with pytest.raises(Exception, match=r"killed|Lost|gone away|2013|1927"):
            cursor.execute("SELECT 1")
    company.doors.pop("li", None)
    with pytest.raises(Trouble, match="locked"):
        open_database(company.address("li"))
    accounts.open_login(boss, company.login("li"), PASSWORD)
    open_database(company.address("li")).close()
    for wrong in ("Anna", "root", company.login("admin"), "x"):
        with pytest.raises(Trouble):
            accounts.lock_login(boss, wrong)
    with pytest.raises(Trouble, match="small letters"):
        accounts.open_login(boss, "李娜", PASSWORD)
    with pytest.raises(Trouble):
        accounts.open_login(boss, "root", PASSWORD)
