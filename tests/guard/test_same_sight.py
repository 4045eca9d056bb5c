"""The views of the server show each person, row by row, what the filter of a local file shows him: random companies are made in
a file, moved to a server, and read there by everybody with his own account."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pymysql
import pytest

from crm_desktop.business import RECORD_TYPES, Contact, Customer, Employee, Lead, Reminder, Share
from crm_desktop.business.staff import accounts, strictness
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import relocating
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import Clock
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.views import View
from crm_desktop.database.engine import open_database
from tests.core.test_same_sight import TYPES, ways_agree
from tests.core.test_same_sight import Company as RandomCompany
from tests.guard.company import PASSWORD, Company, fresh_name
from tests.office import open_office

SEEDS = range(3)


@pytest.fixture
def house(server: str) -> Iterator[Company]:
    suffix, name = fresh_name()
    company = Company(server, name, suffix)
    yield company
    company.close()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("strict", [False, True], ids=["standard", "strict"])
def test_views_show_what_the_filter_shows(house: Company, tmp_path: Path, seed: int, strict: bool) -> None:
    file = open_database(tmp_path)
    office = open_office(file, Clock())
    random = RandomCompany(office, seed)
    for _step in range(25):
        random.stir()
    house.ids = {f"p{number}": one for number, one in enumerate(random.people)} | {"chef": office.ids["admin"]}
    for who, employee in house.ids.items():
        random.change(Employee, employee, login=house.login(who))
    file.close()

    relocating.to_server(tmp_path, f"{house.server}/{house.name}", house.login("chef"), PASSWORD, lambda *_: None)
    checked = hidden = covered = 0
    if strict:
        strictness.read_strictly(house.door("chef"), house.actor("chef"), True)
    for who in house.ids:
        accounts.open_login(house.door("chef").database, house.login(who), PASSWORD)
        actor = actor_for(office.records, house.ids[who])
        with house.raw(who) as line, line.cursor() as cursor:
            for record_type in RECORD_TYPES:
                if record_type in (Reminder, Share):  # seen by who wrote them, and by whom they are for, as well
                    continue
                cursor.execute(f"SELECT id FROM `{record_type.key()}` WHERE deleted_at IS NULL")
                seen = {row[0] for row in cursor.fetchall()}
                assert seen == set(office.records.ids(record_type, actor, View())), (who, record_type.key())
                binned = set(office.records.ids(record_type, actor, View(bin=True)))
                cursor.execute(f"SELECT id FROM `{record_type.key()}` WHERE deleted_at IS NOT NULL")
                assert {row[0] for row in cursor.fetchall()} == binned
                if record_type in TYPES:
                    assert seen == random.expected(house.ids[who], record_type)
                    # The same through the program: list, get, search, count, report and export of the account.
                    door, mine = house.door(who), house.actor(who)
                    ways_agree(SimpleNamespace(records=door), mine, record_type, seen, tmp_path)  # type: ignore[arg-type]
                    every = [row.id for row in random.all(record_type)]
                    assert set(door.rows(record_type, mine, every, [])) == seen
                    checked += len(seen)
                    if strict and record_type in (Customer, Contact, Lead):
                        covered += _numbers_agree(office.records, actor, record_type, cursor)
                    hidden += len(random.all(record_type)) - len(seen)
    assert checked > 100 and hidden > 100
    assert covered or not strict
    with pytest.raises(pymysql.err.OperationalError), house.raw("nobody"):
        pass


def _numbers_agree(file: Records, actor: Actor, record_type: type[Record], cursor: Any) -> int:
    """What a client of another make reads of numbers is what the program shows of them from a file; how many are covered."""
    ids = list(file.ids(record_type, actor, View()))
    shown = file.rows(record_type, actor, ids, ["mobile", "phone"])
    cursor.execute(f"SELECT id, mobile, phone FROM `{record_type.key()}` WHERE deleted_at IS NULL")
    told = {row[0]: row[1:] for row in cursor.fetchall()}
    assert told == shown
    return sum("*" in number for numbers in shown.values() for number in numbers)
