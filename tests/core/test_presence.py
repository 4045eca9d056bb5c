"""Who is at work: windows come and go, an administrator sees them all and can send one home."""

from __future__ import annotations

import pytest

from crm_desktop.core import presence
from crm_desktop.core.errors import NotFound, Refused
from tests.office import Office


def test_a_window_comes_is_seen_and_goes(office: Office) -> None:
    mine = presence.arrive(office.records, office.li, "1.0", "PC-7")
    (seen,) = presence.online(office.records, office.admin)
    assert (seen.id, seen.employee, seen.machine, seen.version) == (mine, office.ids["li"], "PC-7", "1.0")
    assert seen.last_act is not None and seen.last_act[1] == "sign_in"
    presence.leave(office.records, office.li, mine)
    assert presence.online(office.records, office.admin) == []


def test_a_window_without_a_sign_of_life_counts_as_closed(office: Office) -> None:
    mine = presence.arrive(office.records, office.li, "1.0")
    office.records.database.write(lambda tx: tx.run("UPDATE presence SET seen_at = '2026-01-01 00:00:00'"))
    assert presence.online(office.records, office.admin) == []
    presence.beat(office.records, mine)
    assert [one.id for one in presence.online(office.records, office.admin)] == [mine]


def test_a_salesperson_sees_only_himself(office: Office) -> None:
    presence.arrive(office.records, office.li, "1.0")
    zhao = presence.arrive(office.records, office.zhao, "1.0")
    assert [one.id for one in presence.online(office.records, office.zhao)] == [zhao]
    assert len(presence.online(office.records, office.admin)) == 2


def test_an_administrator_sends_a_window_home(office: Office) -> None:
    li = presence.arrive(office.records, office.li, "1.0")
    zhao = presence.arrive(office.records, office.zhao, "1.0")
    assert presence.beat(office.records, li) is None
    presence.send_home(office.records, office.admin, li)
    assert presence.beat(office.records, li) == office.ids["admin"]
    assert presence.beat(office.records, zhao) is None


def test_nobody_else_sends_home_and_nobody_who_is_gone(office: Office) -> None:
    li = presence.arrive(office.records, office.li, "1.0")
    with pytest.raises(Refused):
        presence.send_home(office.records, office.meng, li)
    presence.leave(office.records, office.li, li)
    with pytest.raises(NotFound):
        presence.send_home(office.records, office.admin, li)
