"""Passwords: kept as argon2id, five wrong tries lock, administrators help; nothing of them leaves the table."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm_desktop.business.staff import password
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Invalid, Refused
from crm_desktop.core.operation_log import Asked, acts
from tests.office import Office

GOOD = "Gute-Reise-2026"


@pytest.fixture
def li(office: Office) -> int:
    """Li Na, who has a password."""
    employee = office.ids["li"]
    password.change(office.records, office.li, employee, GOOD)
    return employee


def test_the_right_one_opens_and_a_wrong_one_does_not(office: Office, li: int) -> None:
    password.check(office.records, li, GOOD)
    with pytest.raises(Refused, match="4"):
        password.check(office.records, li, "gute-reise-2026")


def test_who_has_none_comes_in(office: Office) -> None:
    assert not password.has(office.records, office.ids["zhao"])
    password.check(office.records, office.ids["zhao"], "")


def test_it_is_kept_as_argon2id(office: Office, li: int) -> None:
    (hashed,) = office.records.database.read("SELECT hash FROM password")[0]
    assert hashed.startswith("$argon2id$") and GOOD not in hashed
    journal = office.records.database.read("SELECT changes FROM journal") + office.records.database.read("SELECT note FROM batch")
    assert not any(GOOD in text or hashed in text for (text,) in journal)


def test_five_wrong_tries_lock_and_time_or_an_administrator_unlocks(office: Office, li: int, clock: FixedClock) -> None:
    for _try in range(4):
        with pytest.raises(Refused, match="wrong"):
            password.check(office.records, li, "nothing")
    with pytest.raises(Refused, match="locked until 10:15"):
        password.check(office.records, li, "nothing")
    with pytest.raises(Refused, match="locked"):
        password.check(office.records, li, GOOD)
    clock.at += timedelta(minutes=15)
    password.check(office.records, li, GOOD)
    for _try in range(5):
        with pytest.raises(Refused):
            password.check(office.records, li, "nothing")
    with pytest.raises(Refused):
        password.unlock(office.records, office.meng, li)
    password.unlock(office.records, office.admin, li)
    password.check(office.records, li, GOOD)


def test_right_tries_start_the_count_anew(office: Office, li: int) -> None:
    for _round in range(3):
        for _try in range(4):
            with pytest.raises(Refused, match="wrong"):
                password.check(office.records, li, "nothing")
        password.check(office.records, li, GOOD)


def test_ones_own_is_changed_with_the_old_one(office: Office, li: int) -> None:
    with pytest.raises(Refused):
        password.change(office.records, office.li, li, "Neue-Reise-2027", old="falsch")
    password.change(office.records, office.li, li, "Neue-Reise-2027", old=GOOD)
    password.check(office.records, li, "Neue-Reise-2027")


def test_an_administrator_sets_it_for_others_and_nobody_else(office: Office, li: int) -> None:
    with pytest.raises(Refused):
        password.change(office.records, office.meng, li, "Neue-Reise-2027")
    password.change(office.records, office.admin, li, "Neue-Reise-2027")
    password.check(office.records, li, "Neue-Reise-2027")
    with pytest.raises(Refused):
        password.take_away(office.records, office.zhao, li)
    password.take_away(office.records, office.admin, li)
    assert not password.anybody(office.records)


@pytest.mark.parametrize("word", ["", "kurz", "李娜", "aaaaaaaaaa"])
def test_what_is_easily_guessed_is_refused(office: Office, word: str) -> None:
    with pytest.raises(Invalid):
        password.change(office.records, office.li, office.ids["li"], word)


def test_tries_and_changes_stand_in_the_operation_log(office: Office, li: int) -> None:
    with pytest.raises(Refused):
        password.check(office.records, li, "nothing")
    found = [act.what for act in acts(office.records, office.admin, Asked(person=li))]
    assert found == ["sign_in_failed", "password"]
