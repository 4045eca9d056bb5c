"""The small office, and a quick way to plant opportunities of any date and stage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.business import Customer, Opportunity
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.record import Record
from crm_desktop.database.engine import Database
from tests.office import Office, open_office

Plant = Callable[..., None]


@pytest.fixture
def office(database: Database, clock: FixedClock) -> Office:
    return open_office(database, clock)


@pytest.fixture
def customer(office: Office) -> int:
    """A customer of Li's."""
    return int(office.save(Customer(name="华为技术有限公司")).id)


@pytest.fixture
def stages(office: Office) -> dict[str, int]:
    """The ids of the stages by their codes."""
    return {stage.code: stage.id for stage in office.records.names.all("stage")}


@pytest.fixture
def plant(office: Office, request: pytest.FixtureRequest) -> Plant:
    """plant(record, …): into the database as they are, with any creation date and owner."""

    def planted(*records: Record) -> None:
        staff = office.records.names.rows("employee")
        for record in records:
            if isinstance(record, Opportunity) and record.customer is None:
                record.customer = request.getfixturevalue("customer")
            if record.owner is not None:
                record.department = staff[record.owner].department  # type: ignore[attr-defined]

        def work(unit: Any) -> None:
            for record in records:
                unit.save(record)

        office.records.unit(Actor.program(), work, "demo", trusted=True)

    return planted
