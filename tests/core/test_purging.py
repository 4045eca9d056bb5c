"""Deleting for good: a right of its own, only from the recycle bin, with what belongs to the record; the checks stay content."""

from __future__ import annotations

import pytest

from crm_desktop.business import Contact, Customer
from crm_desktop.core.errors import NotFound
from crm_desktop.core.views import View
from tests.office import Office


def test_purging_needs_its_own_right_and_the_recycle_bin(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    contact = office.save(Contact(name="钱一", customer=customer.id))
    assert office.records.purge(Customer, [customer.id], office.admin).done == []
    office.records.delete(Customer, [customer.id], office.meng)
    assert office.records.purge(Customer, [customer.id], office.meng).done == []
    assert office.records.purge(Customer, [customer.id], office.admin).done == [customer.id]
    for record_type, record_id in ((Customer, customer.id), (Contact, contact.id)):
        with pytest.raises(NotFound):
            office.records.get(record_type, record_id, office.admin, deleted=True)
    assert office.records.count(Customer, office.admin, View(bin=True)) == 0
    rows = office.records.database.read("SELECT action FROM journal WHERE record_id = ? ORDER BY id", (customer.id,))
    assert [row[0] for row in rows] == ["create", "delete", "purge"]


def test_the_checks_know_what_was_deleted_for_good(office: Office) -> None:
    from crm_desktop.core.checks import traces

    customer = office.save(Customer(name="甲公司"))
    office.records.delete(Customer, [customer.id], office.meng)
    office.records.purge(Customer, [customer.id], office.admin)
    assert list(traces.journal(office.records)) == []
    last = office.records.last_batch(office.admin)
    assert last is None or last.what != "purge"
