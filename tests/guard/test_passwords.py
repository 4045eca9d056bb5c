"""On a server a password is the account's own: an administrator's opens the account, one's own is changed with the old one."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import password
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Refused, Trouble
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from tests.guard.company import PASSWORD, Company


def test_ones_own(company: Company) -> None:
    door, li = company.door("li"), company.actor("li")
    assert password.has(door, li.employee or 0)
    with pytest.raises(Refused):
        password.change(door, li, li.employee or 0, "another horse", old="guessed")
    password.change(door, li, li.employee or 0, "another horse", old=PASSWORD)
    door.database.close()  # the next connection is made with the new one
    password.check(door, li.employee or 0, "another horse")
    with pytest.raises(Trouble):
        open_database(company.address("li"))
    password.change(door, li, li.employee or 0, PASSWORD, old="another horse")


def test_an_administrator_opens_and_locks(company: Company) -> None:
    admin, zhao = company.door("admin"), company.ids["zhao"]
    password.take_away(admin, company.actor("admin"), zhao)
    with pytest.raises(Trouble, match="locked"):
        open_database(company.address("zhao"))
    password.change(admin, company.actor("admin"), zhao, PASSWORD)
    open_database(company.address("zhao")).close()
    with pytest.raises(Refused):
        password.change(company.door("meng"), company.actor("meng"), zhao, "another horse")
    with pytest.raises(Refused):
        password.take_away(company.door("meng"), company.actor("meng"), zhao)


def test_five_wrong_tries_lock(company: Company) -> None:
    """At the lock screen too, whichever window they are made in; a right one before forgets them."""
    door, sun = company.door("sun"), company.ids["sun"]
    clock = door.clock = FixedClock(door.clock.now())
    for _try in range(4):
        with pytest.raises(Refused, match="Tries left"):
            password.check(door, sun, "guessed")
    password.check(door, sun, PASSWORD)
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=str(left)):
            password.check(door, sun, "guessed")
    other = Records(open_database(company.address("sun")), RECORD_TYPES, clock)
    with pytest.raises(Refused, match="nobody is let in"):
        password.check(other, sun, "guessed")
    for records in (door, other):
        with pytest.raises(Refused, match="nobody is let in"):
            password.check(records, sun, PASSWORD)
    clock.at += timedelta(minutes=16)
    password.check(other, sun, PASSWORD)
    with pytest.raises(Refused, match="4"):
        password.check(door, sun, "guessed")
    other.database.close()
