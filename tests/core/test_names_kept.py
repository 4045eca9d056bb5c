"""Names of staff and picklists are read once, not with every save, and anew when they change."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business import Customer
from crm_desktop.core.picklists import PickValue
from tests.office import Office


def test_the_third_save_reads_no_names(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.records.names.forget_all()
    for number in range(2):
        office.records.save(Customer(name=f"明达 {number}", level="A"), office.li)
    loaded: list[str] = []
    load = office.records.names._load

    def noted(type_key: str) -> Any:
        loaded.append(type_key)
        return load(type_key)

    monkeypatch.setattr(office.records.names, "_load", noted)
    office.records.save(Customer(name="明达 3", level="B"), office.li)
    assert loaded == []


def test_a_new_value_can_be_chosen_at_once(office: Office) -> None:
    for number in range(2):
        office.records.save(Customer(name=f"明达 {number}", level="A"), office.li)
    office.records.save(PickValue(picklist="level", code="S", name="S"), office.admin)
    customer = Customer(name="明达 4", level="S")
    office.records.save(customer, office.li)
    assert office.records.get(Customer, customer.id, office.li).level == "S"


def test_while_the_server_does_not_answer_what_was_known_is_shown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A colleague has changed a name a moment before: what was read of it is better than nothing, and than waiting."""
    records, name = office.records, office.records.names.title("employee", office.ids["li"])
    records.settings.put("company", "明达")
    assert records.settings.get("company") == "明达"
    records.names.forget_all()
    records.settings.forget()
    records.names.forget(["employee"])

    def gone(*_asked: Any) -> Any:
        raise AssertionError("asked a server that does not answer")

    with monkeypatch.context() as lost:
        lost.setattr(records.database, "read", gone)
        records.database.reached = False
        assert records.names.title("employee", office.ids["li"]) == name and records.settings.get("company") == "明达"
    records.database.reached = True
    li = records.names.rows("employee")[office.ids["li"]]
    records.names.forget_all()
    assert records.names.rows("employee")[office.ids["li"]] is not li, "once it answers it is asked again"
