"""Why records may be one is told with numbers in full where all of them are one's own, else with the middle covered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from crm_desktop.business import Customer
from crm_desktop.core import twin_scan
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.duplicates_page import found_in
from crm_desktop.ui.runner import Runner
from tests.office import Office, open_office


@pytest.fixture
def office(database: Any, clock: Any) -> Office:
    return open_office(database, clock)


@pytest.fixture
def desk(office: Office, english: None, taken_down: Any) -> Iterator[Desk]:
    made = Desk(office.records, office.li, Runner(inline=True))
    yield made
    made.close()


def test_of_ones_own_records_numbers_are_told_in_full(office: Office, desk: Desk) -> None:
    for name in ("远山贸易有限公司", "近水机械有限公司"):
        office.save(Customer(name=name, mobile="13812345678"))
    office.save(Customer(name="高原仪器有限公司", mobile="13987654321"))
    theirs = office.save(Customer(name="平川软件有限公司", mobile="13987654321"), "zhao")
    office.records.share(Customer, [theirs.id], office.ids["li"], office.zhao)
    found = found_in(desk, Customer, twin_scan.scan(office.records, Customer, office.li))
    told = {frozenset(one.titles): one.why for one in found}
    assert "13812345678" in told[frozenset(("远山贸易有限公司", "近水机械有限公司"))]
    others = told[frozenset(("高原仪器有限公司", "平川软件有限公司"))]
    assert "139****4321" in others and "13987654321" not in others
