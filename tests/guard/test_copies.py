"""A team's database is copied while people work, and comes back from the copy into an empty one: whole, proven, under guard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymysql
import pytest
from sqlcipher3 import dbapi2

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.office import marks
from crm_desktop.business.office.task import Task
from crm_desktop.business.staff import accounts
from crm_desktop.business.system import relocating, server_copies
from crm_desktop.business.system.server_doctor import examine
from crm_desktop.core import checks, finding, operation_log, twins
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Refused, Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.views import View
from crm_desktop.database.copies import BY_HAND, NIGHTLY, stem_of
from crm_desktop.database.engine import Database, look_at, open_database
from crm_desktop.database.moving import _checksum  # the same proof, asked of the tables themselves
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.shape import schema_of
from tests.guard.company import PASSWORD, Company, open_company, patient, tables_of


@pytest.fixture(scope="module", autouse=True)
def work(company: Company) -> None:
    """Something of everybody, so that a copy that lacks what somebody else owns is found out."""
    for who in ("li", "sun", "meng"):
        customer = company.save(Customer(name=f"{who}的公司", phone="13812345678"), who)
        company.save(Contact(name=f"{who}的人", customer=customer.id), who)
        company.save(Task(title=f"{who}的事"), who)
        company.door(who).settings.put("theme", "dark", company.ids[who])


def back_up(company: Company, folder: Path, who: str = "admin", why: str = BY_HAND) -> Path:
    return server_copies.back_up(company.door(who), company.actor(who), folder, why)


def contents(database: Database) -> dict[str, Any]:
    """A checksum of every table that is not made anew."""
    shapes = schema_of(database)
    return {
        name: _checksum(database, name, shape, lambda _done: None)
        for name, shape in shapes.items()
        if name not in relocating.MADE_ANEW and name in EVERYWHERE
    }


EVERYWHERE = {one.key() for one in RECORD_TYPES} | {"journal", "setting", "apart", "seal", "tx_log", "presence"}


def test_a_copy_holds_everything_of_everybody(company: Company, tmp_path: Path) -> None:
    with_tables = tables_of(company)
    before = contents(with_tables)
    with_tables.close()
    made = back_up(company, tmp_path)
    assert made.stat().st_mode & 0o077 == 0 and [path.name for path in tmp_path.iterdir()] == [made.name]
    copied, fresh = open_database(made), open_database(tmp_path / "fresh")
    asked = "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'table') AND name NOT LIKE 'sqlite%' ORDER BY type, name"
    assert copied.read(asked) == fresh.read(asked), "every table and every index is there"
    fresh.close()
    try:
        found = contents(copied)
        assert {name: found[name] for name in before if name != "tx_log"} == {n: v for n, v in before.items() if n != "tx_log"}
        assert {"employee", "setting", "journal", "customer"} <= before.keys()
    finally:
        copied.close()
    newest = server_copies.last(company.door("admin"))
    assert newest is not None and newest.who == "管理员" and made.name in newest.note and not newest.old
    (act,) = operation_log.acts(company.door("admin"), company.actor("admin"), operation_log.Asked(act="backup"), limit=1)
    assert act.count > 50 and act.label("en") == "Copy of the database"


def test_what_others_write_meanwhile_is_not_in_it_and_does_no_harm(company: Company, tmp_path: Path) -> None:
    turns = 0

    def told(_table: str, _done: int, _total: int) -> None:
        nonlocal turns
        turns += 1
        if turns in (1, 20):
            company.save(Customer(name=f"同时{turns}"), "li")

    made = server_copies.back_up(company.door("admin"), company.actor("admin"), tmp_path, told=told)
    copied = open_database(made)
    records = Records(copied, RECORD_TYPES)
    try:
        assert turns > 20 and records.count(Customer, Actor.program(), View(text="同时")) == 0
        twins.catch_up(records)
        finding.catch_up(records)
        assert [(check.key, found) for check, found in checks.examine(records) if found] == []
        assert records.count(Customer, Actor.program(), View(text="的公司")) == 3
    finally:
        copied.close()
    assert company.door("li").count(Customer, company.actor("li"), View(text="同时")) >= 2


@pytest.mark.parametrize("who", ["li", "meng", "boss"])
def test_who_may_not_have_everything_makes_no_copy(company: Company, tmp_path: Path, who: str) -> None:
    with pytest.raises(Refused, match="administrator who sees every record"):
        back_up(company, tmp_path, who)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_fails_leaves_nothing(company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(server_copies, "finish_copy", fail)
    before = server_copies.last(company.door("admin"))
    with pytest.raises(Trouble, match="disk has room"):
        back_up(company, tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(Trouble, match="may write there"):
        back_up(company, tmp_path / "file")
    assert [path.name for path in tmp_path.iterdir()] == ["file"] and server_copies.last(company.door("admin")) == before


def test_tables_that_change_meanwhile_are_told(company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = server_copies.Snapshot.read

    def read(moment: server_copies.Snapshot, query: Any, params: Any = ()) -> Any:
        return own(moment, str(query).replace("`lead`", "`no_lead`"), params)

    monkeypatch.setattr(server_copies.Snapshot, "read", read)
    with pytest.raises(Trouble, match="Try again in some minutes"):
        back_up(company, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_copies_of_the_night_are_kept_so_long(company: Company, tmp_path: Path) -> None:
    place = company.door("admin").database.backend.place
    assert isinstance(place, ServerPlace)
    first = stem_of(place)
    days = {"20200101": NIGHTLY, "20200102": NIGHTLY, "20200103": BY_HAND}
    for day, why in days.items():
        (tmp_path / f"{first}-{why}-{day}-220000-000000.db").write_bytes(b"")
    (tmp_path / "other@server-nightly-20200101-220000-000000.db").write_bytes(b"")
    assert [path.name.split("-")[-3] for path in server_copies.prune(place, tmp_path, 14)] == ["20200101"], "the newest stays"
    made = back_up(company, tmp_path, why=NIGHTLY)
    assert [path.name.split("-")[-3] for path in server_copies.prune(place, tmp_path, 14)] == ["20200102"]
    assert server_copies.copies_of(place, tmp_path)[0].path == made and len(list(tmp_path.iterdir())) == 3


@pytest.fixture
def own(server: str, company: Company) -> Iterator[Company]:
    """One that a test may destroy."""
    opened = open_company(server, strict=company.strict)
    yield opened
    opened.close()


def test_what_was_lost_comes_back_and_everybody_signs_in_as_before(own: Company, tmp_path: Path) -> None:
    own.save(Customer(name="要紧的", phone="13812345678"), "li")
    made = back_up(own, tmp_path)
    own.save(Customer(name="之后的"), "li")
    for records in own.doors.values():
        records.database.close()
    own.doors.clear()
    own.schemas.clear()
    address = f"{own.server}/{own.name}"
    with pytest.raises(Refused, match=r"holds other data|holds these records already"):
        server_copies.restore(made, address, own.login("admin"), PASSWORD)
    with own.raw("root") as raw, raw.cursor() as cursor:
        cursor.execute(f"DROP DATABASE `{own.name}`")
    proofs = server_copies.restore(made, address, own.login("admin"), PASSWORD)
    assert sum(proof.rows for proof in proofs) > 50
    li, admin = own.door("li"), own.door("admin")
    assert [li.count(Customer, own.actor("li"), View(text=word)) for word in ("要紧", "之后")] == [1, 0]
    own.save(Customer(name="又来了"), "li")
    (act,) = operation_log.acts(admin, own.actor("admin"), operation_log.Asked(act="restored"))
    assert (act.person, act.note) == (own.ids["admin"], made.name)
    assert accounts.signed_in(own.door("sun")).id == own.ids["sun"]
    looked = look_at(address)
    try:
        with patient(own):
            assert {key: found for key, _label, found in examine(looked) if found and key != "durability"} == {}
    finally:
        looked.close()
    tables = tables_of(own)
    try:
        assert [(check.key, found) for check, found in checks.examine(Records(tables, RECORD_TYPES)) if found] == []
    finally:
        tables.close()


def test_it_goes_on_where_it_was_killed(own: Company, tmp_path: Path) -> None:
    """Into another database of the same server; nobody gets in before it is through."""
    made = back_up(own, tmp_path)
    name = own.name + "_b"
    beside = Company(own.server, name, own.suffix, own.ids, strict=False)
    address = f"{own.server}/{name}"
    turns: list[str] = []
    kill_at = 0

    def told(table: str, _done: int, _total: int) -> None:
        turns.append(table)
        if len(turns) == kill_at:
            raise KeyboardInterrupt

    try:
        for kill_at in (3, 15, 10):  # noqa: B007  (the one above is told of it)
            turns.clear()
            with pytest.raises(KeyboardInterrupt):
                server_copies.restore(made, address, own.login("admin"), PASSWORD, told)
            with pytest.raises(Trouble):
                open_database(beside.address("admin"))
        kill_at = 0
        server_copies.restore(made, address, own.login("admin"), PASSWORD, told)
        (act,) = operation_log.acts(beside.door("admin"), beside.actor("admin"), operation_log.Asked(act="restored"))
        assert act.note == made.name and accounts.signed_in(beside.door("li")).id == own.ids["li"]
    finally:
        with own.raw("root") as raw, raw.cursor() as cursor:
            for records in beside.doors.values():
                records.database.close()
            for schema in (name, *beside.guard.views):
                cursor.execute(f"DROP DATABASE IF EXISTS `{schema}`")
            for who in ("sight", "watch"):
                cursor.execute(f"DROP USER IF EXISTS '{name}_{who}'@'%'")


def test_an_account_of_somebody_else_is_told_before_anything_is_moved(own: Company, tmp_path: Path) -> None:
    file, turns = back_up(own, tmp_path), list[str]()
    name = own.name + "_d"
    try:
        with pytest.raises(Refused, match="another user name"):
            relocating.to_server(file, f"{own.server}/{name}", own.login("admin"), PASSWORD, lambda table, *_more: turns.append(table))
        assert turns == []
    finally:
        with own.raw("root") as raw, raw.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS `{name}`")


def test_accounts_that_may_do_more_are_nobody_elses(own: Company, tmp_path: Path) -> None:
    """An employee called like an account of the server for something else gets no power over it."""
    made = back_up(own, tmp_path)
    own.doors.clear()
    with own.raw("root") as raw, raw.cursor() as cursor:
        cursor.execute(f"DROP DATABASE `{own.name}`")
        cursor.execute(f"GRANT SELECT ON mysql.user TO '{own.login('li')}'@'%'")
        cursor.execute(f"GRANT PROCESS ON *.* TO '{own.login('sun')}'@'%'")
        server_copies.restore(made, f"{own.server}/{own.name}", own.login("admin"), PASSWORD)
        cursor.execute(f"SELECT login FROM `{own.name}`.account")
        known = {row[0] for row in cursor.fetchall()}
    assert {own.login("admin"), own.login("meng")} <= known and not known & {own.login("li"), own.login("sun")}


def test_what_is_no_copy_is_told(own: Company, tmp_path: Path) -> None:
    address, who = f"{own.server}/{own.name}_c", own.login("admin")
    made = back_up(own, tmp_path)
    (tmp_path / "text.db").write_text("hello " * 1000)
    (tmp_path / "bad.db").write_bytes(made.read_bytes()[:-30_000])
    raw = dbapi2.connect(str(tmp_path / "newer.db"))
    raw.execute("CREATE TABLE schema_version (number INTEGER, at TEXT)")
    raw.execute("INSERT INTO schema_version VALUES (9999, '')")
    raw.commit()
    raw.close()
    said = {"none.db": "no copy", "text.db": "not a copy", "bad.db": "damaged", "newer.db": "newer version"}
    for name, words in said.items():
        with pytest.raises(Trouble, match=words):
            server_copies.restore(tmp_path / name, address, who, PASSWORD)
    with own.raw("root") as line, line.cursor() as cursor:
        assert not cursor.execute("SHOW DATABASES LIKE %s", (f"{own.name}_c",))


def test_that_an_administrator_sees_everybodys_settings_breaks_no_merge(own: Company) -> None:
    """His copy holds them; changing them is still for each person alone."""
    keep, lose = (own.save(Customer(name=name), "li") for name in ("甲公司", "乙公司"))
    marks.star(own.door("li"), own.actor("li"), "customer", lose.id)
    marks.star(own.door("admin"), own.actor("admin"), "customer", lose.id)
    own.door("admin").merge(Customer, keep.id, lose.id, own.actor("admin"))
    assert marks.starred(own.door("admin"), own.actor("admin")) == [["customer", keep.id]]
    with own.raw("admin") as raw, raw.cursor() as cursor, pytest.raises(pymysql.err.OperationalError, match="crm:setting"):
        cursor.execute("UPDATE setting SET value = '1' WHERE person = %s", (own.ids["li"],))
