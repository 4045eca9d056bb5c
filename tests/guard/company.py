"""A small office on the private MariaDB in which everybody has an account of his own, under the guard."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pymysql

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import accounts, strictness
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import shared_server
from crm_desktop.core.access import Actor
from crm_desktop.core.guard.made import Guard, guard_for
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.place import ServerPlace, find_place
from tests.office import fill_office

PASSWORD = "correct horse"
_numbers = itertools.count(1)


@dataclass
class Company:
    """Everybody's own door to one guarded database; `ids` names the employees by their user names."""

    server: str
    name: str
    suffix: str
    ids: dict[str, int] = field(default_factory=dict)
    doors: dict[str, Records] = field(default_factory=dict)
    strict: bool = False
    schemas: dict[str, str] = field(default_factory=dict)

    def login(self, who: str) -> str:
        """Accounts are the server's, which other tests use as well."""
        return f"{who}{self.suffix}"

    def address(self, who: str) -> str:
        place = find_place(f"{self.server}/{self.name}")
        assert isinstance(place, ServerPlace)
        return f"mysql://{self.login(who)}:correct%20horse@{place.host}:{place.port}/{self.name}"

    def door(self, who: str) -> Records:
        """The program as this person has started it."""
        if who not in self.doors:
            self.doors[who] = Records(open_database(self.address(who)), RECORD_TYPES)
            accounts.attend(self.doors[who])
        self.doors[who].renew()
        return self.doors[who]

    def actor(self, who: str) -> Actor:
        return actor_for(self.door(who), self.ids[who])

    def save(self, record: Record, who: str) -> Any:
        self.door(who).save(record, self.actor(who))
        return record

    def raw(self, who: str, schema: str | None = None) -> Any:
        """A client of another make, signed in as this person (or as the server's master)."""
        place = find_place(self.address(who) if who != "root" else f"{self.server}/{self.name}")
        assert isinstance(place, ServerPlace)
        return pymysql.connect(
            host=place.host, port=place.port, user=place.user, password=place.password, autocommit=True,
            database=schema or self.schemas.setdefault(who, self.name if who == "root" else self.views(who)), charset="utf8mb4",
        )  # fmt: skip

    @cached_property
    def guard(self) -> Guard:
        """What the server has been told."""
        return guard_for(self.name, RECORD_TYPES)

    def views(self, who: str) -> str:
        """The schema of the views this person reads through now."""
        place = find_place(self.address(who))
        assert isinstance(place, ServerPlace)
        line = pymysql.connect(host=place.host, port=place.port, user=place.user, password=place.password)
        with line, line.cursor() as cursor:
            cursor.execute("SELECT schema_name FROM information_schema.schemata WHERE schema_name IN (%s, %s)",
                           (f"{self.name}_app", f"{self.name}_strict"))  # fmt: skip
            return str(min(row[0] for row in cursor.fetchall()))

    def close(self) -> None:
        for records in self.doors.values():
            records.database.close()
        with self.raw("root") as line, line.cursor() as cursor:
            for name in (self.name, *self.guard.views):
                cursor.execute(f"DROP DATABASE IF EXISTS `{name}`")
            for who in (*map(self.login, self.ids), f"{self.name}_sight", f"{self.name}_watch"):
                cursor.execute(f"DROP USER IF EXISTS '{who}'@'%'")


def fresh_name() -> tuple[str, str]:
    """What user names end in, and what a schema is called, that nobody has used."""
    suffix = f".{os.getpid()}.{next(_numbers)}"
    return suffix, "guarded" + suffix.replace(".", "_")


def open_company(server: str, strict: bool = False) -> Company:
    """The office of tests/office.py, guarded; its administrator is `admin`. strict: profile B, reading through closed views."""
    suffix, name = fresh_name()
    company = Company(server, name, suffix, strict=strict)
    shared_server.create(f"{server}/{company.name}", company.login("admin"), PASSWORD, "管理员", "明达", "zh_CN")
    company.ids["admin"] = accounts.signed_in(Records(open_database(company.address("admin")), RECORD_TYPES)).id
    door = company.door("admin")
    company.ids |= fill_office(door, company.actor("admin"), company.login)
    for who in company.ids:
        if who != "admin":
            accounts.open_login(door.database, company.login(who), PASSWORD)
    if strict:
        strictness.read_strictly(door, company.actor("admin"), True)
    return company


@contextmanager
def patient(company: Company) -> Iterator[None]:
    """While the doctor looks at a server, no test of another process spoils what all databases of it share, such as accounts."""
    with company.raw("root", "mysql") as line, line.cursor() as cursor:
        cursor.execute("SELECT GET_LOCK('the doctor looks', 300)")
        assert cursor.fetchone() == (1,)
        yield  # closing the line gives the lock back


def tables_of(company: Company) -> Database:
    """The tables themselves, as the server's master."""
    return open_database(f"{company.server}/{company.name}", tables=True)
