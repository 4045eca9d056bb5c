"""The rows the benchmarks work on are whole: they go past the door, so the checks look at them."""

from __future__ import annotations

from benchmarks import rows
from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core import twins
from crm_desktop.core.access import Actor
from crm_desktop.core.checks import examine
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.records import Records
from crm_desktop.core.views import View
from crm_desktop.database.engine import Database


def test_rows_are_whole_and_found(database: Database) -> None:
    records = Records(database, RECORD_TYPES, FixedClock(rows.NOW))
    rows.fill(records, 400)
    twins.catch_up(records)  # as at the next start
    assert records.count(Customer, Actor.program()) == 400
    assert records.count(Contact, Actor.program()) == 800
    assert {check.key: [one.sentence("en") for one in findings] for check, findings in examine(records) if findings} == {}
    (record_id, (name, owner)), *_rest = records.page(Customer, Actor.program(), View(), ["name", "owner"], 1)
    seller = actor_for(records, owner)
    assert record_id in [hit.id for hit in records.search(name, seller, [Customer])]


def test_owners_are_skewed() -> None:
    assert len(rows.SHARES) == 50
    assert 0.07 < max(rows.SHARES) / sum(rows.SHARES) < 0.1
