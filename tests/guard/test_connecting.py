"""Connecting to a team's database: what was typed, who one is there, a guard that is half put up, and what this computer keeps."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import accounts
from crm_desktop.business.system import connecting, shared_server
from crm_desktop.business.system.connecting import examine, place_of, settle
from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.guard.made import guard_for
from crm_desktop.core.guard.putting import open_up, put_up
from crm_desktop.database import sentences, team_place
from crm_desktop.database.engine import open_database
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.probing import Found, Probe
from tests.database.test_odd_servers import running
from tests.guard.company import Company, fresh_name, tables_of

TYPED = ("db", "3306", "crm", "anna", "word", True, "")


@pytest.mark.parametrize(
    ("servers", "hosts"),
    [
        ("db1", (("db1", 3307),)),
        ("db1:3310, db2", (("db1", 3310), ("db2", 3307))),
        ("db1，db2;db3", (("db1", 3307), ("db2", 3307), ("db3", 3307))),
        ("::1", (("::1", 3307),)),
        ("[fe80::1]:3308", (("fe80::1", 3308),)),
        (" 服务器 ", (("服务器", 3307),)),
    ],
)
def test_servers_as_people_write_them(servers: str, hosts: tuple[tuple[str, int], ...]) -> None:
    place = place_of(servers, "3307", "crm", "anna", "word", True, "")
    assert place.hosts == hosts and place.verified
    found = find_place(place.address())
    assert isinstance(found, ServerPlace) and found.hosts == hosts


@pytest.mark.parametrize(
    ("number", "text", "field"),
    [(0, "", "servers"), (0, "a b", "servers"), (0, "db:x", "servers"), (0, "db:", "servers"), (0, "mysql://db", "servers"),
     (0, ",", "servers"), (1, "", "port"), (1, "0", "port"), (1, "70000", "port"), (1, "x", "port"), (2, " ", "name"), (3, "", "user")],
)  # fmt: skip
def test_what_was_typed_wrongly_is_told_at_its_field(number: int, text: str, field: str) -> None:
    typed = list(TYPED)
    typed[number] = text
    with pytest.raises(Invalid) as told:
        place_of(*typed)  # type: ignore[arg-type]
    assert told.value.field == field and "{" not in told.value.sentence("zh_CN")


def test_how_the_line_is(tmp_path: Path) -> None:
    assert place_of(*TYPED).options == {"ssl": "verify"}
    assert place_of(*TYPED[:5], True, "/ca.pem").options == {"ssl_ca": "/ca.pem"}
    assert not place_of(*TYPED[:5], False, "/ca.pem").verified


def place(company: Company, who: str) -> ServerPlace:
    found = find_place(company.address(who))
    assert isinstance(found, ServerPlace)
    return found


def seen(where: ServerPlace) -> dict[str, Found]:
    return {one.step: one for one in examine(Probe(where), lambda: False)}


def test_who_one_is_is_told(company: Company) -> None:
    found = seen(place(company, "li"))
    assert {one.state for key, one in found.items() if key != "safety"} == {"good"}
    assert found["person"].note == "李娜" and "rights" not in found
    assert found["safety"].state == "warn", "the server of the tests is in a hurry"
    assert "innodb" in found["safety"].trouble.sentence("zh_CN")  # type: ignore[union-attr]
    master = find_place(f"{company.server}/{company.name}")
    assert isinstance(master, ServerPlace)
    assert seen(master)["person"].state == "bad", "the account of the master belongs to nobody"


def test_a_guard_that_is_half_put_up_lets_nobody_in(company: Company) -> None:
    """Killed anywhere while it is taken down or put up: the program and its test say the same."""
    database = tables_of(company)
    steps, guard = shared_server.steps_of(database), guard_for(company.name, RECORD_TYPES)

    class Killed(Exception):
        pass

    def dies_after(count: int) -> None:
        left = [count]

        def run(sql: str, params: object = ()) -> list[tuple[object, ...]]:
            if re.match("CREATE OR REPLACE ALGORITHM|DROP VIEW", sql):
                left[0] -= 1
                if left[0] < 0:
                    raise Killed
            return real(sql, params)  # type: ignore[arg-type]

        real = steps.run
        steps.run = run  # type: ignore[method-assign]
        try:
            open_up(steps, guard)
            put_up(steps, guard)
        finally:
            steps.run = real  # type: ignore[method-assign]

    try:
        total = sum(map(len, guard.views.values()))
        for count in (len(guard.views), total // 2, total, total + 1, total + total // 3):
            put_up(steps, guard)
            with pytest.raises(Killed):
                dies_after(count)
            with pytest.raises(Trouble) as told:
                open_database(company.address("li")).close()
            assert told.value.text == sentences.NOT_READY
            found = seen(place(company, "li"))
            assert found["tables"].state == "bad" and found["tables"].trouble.text == sentences.NOT_READY  # type: ignore[union-attr]
            assert "person" not in found
    finally:
        put_up(steps, guard)
        database.close()
    assert seen(place(company, "li"))["person"].state == "good"


# What this computer keeps


def test_the_password_goes_into_the_keyring_or_nowhere(tmp_path: Path, ring: dict[str, str]) -> None:
    where = replace(place_of(*TYPED), password="s3cret")
    assert not settle(tmp_path, where, False) and not ring
    assert settle(tmp_path, where, True) and list(ring.values()) == ["s3cret"]
    assert [path.name for path in tmp_path.iterdir()] == [team_place.FILE_NAME]
    assert "s3cret" not in (tmp_path / team_place.FILE_NAME).read_text()
    connecting.leave(tmp_path)
    assert not ring and not list(tmp_path.iterdir())


def test_a_new_password_of_ones_own_is_remembered_instead(company: Company, ring: dict[str, str]) -> None:
    door = company.door("sun")
    where = door.database.backend.place
    assert isinstance(where, ServerPlace)
    try:
        accounts.give_password(door, company.ids["sun"], "another word")
        assert not ring, "what was not remembered is not remembered now"
        ring[where.secret()] = "another word"
        accounts.give_password(door, company.ids["sun"], "a third word")
        assert list(ring.values()) == ["a third word"]
    finally:
        accounts.open_login(company.door("admin").database, company.login("sun"), "correct horse")
        company.doors.pop("sun").database.close()


@pytest.mark.mysql
@pytest.mark.skipif(shutil.which("mariadbd") is None, reason="NO SERVER: mariadbd is not installed")
def test_a_server_whose_disk_is_full_says_so_and_goes_on_with_room() -> None:
    """A new company on a disk with room for half of it."""
    small = ("--innodb-file-per-table=OFF", "--innodb-data-file-path=ibdata1:12M:autoextend:max:16M")
    suffix, name = fresh_name()
    with running(*small) as (address, _folder):
        with pytest.raises(Trouble) as told:
            shared_server.create(f"{address}/{name}", f"boss{suffix}", "correct horse", "", "", "en")
        assert told.value.text in (sentences.NO_TABLE, sentences.SERVER_FULL)
        found = {one.step: one.state for one in examine(Probe(_as_place(f"{address}/{name}")), lambda: False)}
        assert "bad" not in found.values(), "it may be tried again when there is room"


def _as_place(address: str) -> ServerPlace:
    found = find_place(address)
    assert isinstance(found, ServerPlace)
    return found
