"""On a server a password is the account's own: an administrator's opens the account, one's own is changed with the old one."""

from __future__ import annotations

import pytest

from crm_desktop.business.staff import password
from crm_desktop.core.errors import Refused, Trouble
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
