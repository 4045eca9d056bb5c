"""What only one record may have (a contract's number, a user name) is given once, also among records that are made together."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business import Contract, Customer, Employee, RoleRight, Target
from crm_desktop.core.errors import Invalid, Taken
from crm_desktop.core.many import rehearse, setting
from crm_desktop.core.record import Record
from crm_desktop.core.views import View
from tests.office import Office


@pytest.fixture
def customer(office: Office) -> int:
    return int(office.save(Customer(name="甲公司")).id)


def made(office: Office, *records: Record) -> None:
    office.records.unit(office.admin, lambda unit: unit.add(list(records)))


def test_of_two_contracts_made_together_only_one_has_the_number(office: Office, customer: int) -> None:
    contracts = [Contract(name=f"合同{number}", number="A-1", customer=customer, owner=office.ids["li"]) for number in range(2)]
    with pytest.raises(Taken) as refused:
        made(office, *contracts)
    assert "A-1" in refused.value.sentence("en") and refused.value.record is contracts[1]
    assert office.records.count(Contract, office.boss) == 0
    contracts[1].number = "A-2"
    made(office, *contracts)
    with pytest.raises(Taken):
        made(office, Contract(name="合同三", number="A-2", customer=customer))


DRAWN = ["HT-2026-0001", "HT-2026-0002", "HT-2026-0003"]


@pytest.mark.parametrize(("typed", "given"), [(("", DRAWN[0]), None), ((DRAWN[0], "", ""), DRAWN)])
def test_a_number_that_is_drawn_is_not_typed_beside(
    office: Office, customer: int, typed: tuple[str, ...], given: list[str] | None
) -> None:
    contracts = [Contract(name="合同", number=number, customer=customer) for number in typed]
    if given is None:
        with pytest.raises(Taken):
            made(office, *contracts)
    else:
        made(office, *contracts)
        assert [contract.number for contract in contracts] == given


def test_the_same_of_others(office: Office) -> None:
    role = next(one.id for one in office.records.names.all("role") if one.code == "sales")
    month = office.records.clock.today().replace(day=1)
    pairs: list[list[Record]] = [
        [Employee(name=name, login=login, role=role) for name, login in (("甲", "Wei"), ("乙", "wei"))],
        [RoleRight(name="task", role=role, operations="add edit") for _one in range(2)],
        [Target(measure="sales", month=month, amount=amount, owner=office.ids["boss"]) for amount in (100, 200)],
    ]
    for pair in pairs:
        with pytest.raises(Invalid):
            made(office, *pair)
        made(office, pair[0])
    made(office, *(Employee(name=name, role=role) for name in "丙丁"))  # of those without a name there may be several


def test_a_change_of_many_gives_a_number_to_one(office: Office, customer: int) -> None:
    contracts = [office.save(Contract(name="合同", customer=customer)) for _one in range(3)]
    ids, act = [one.id for one in contracts], setting(office.records, Contract, "number", "B-1")
    preview = rehearse(office.records, ids, office.li, act)
    outcome = office.records.each(ids, office.li, "bulk", act)
    for done, refused in ((preview.changed, preview.refused), (outcome.done, outcome.refused)):
        assert done == ids[:1] and [one for one, _why in refused] == ids[1:]
        assert all("B-1" in why.sentence("en") for _one, why in refused)


def test_two_that_change_numbers_one_after_the_other(office: Office, customer: int) -> None:
    """What one gives up in an act the next may have."""
    first, second = (office.save(Contract(name="合同", number=number, customer=customer)) for number in ("C-1", "C-2"))
    first.number, second.number = "C-3", "C-1"
    office.records.unit(office.li, lambda unit: unit.save_all([first, second]))
    kept: Any = office.records.rows(Contract, office.li, sorted(office.records.ids(Contract, office.li, View())), ["number"])
    assert sorted(row[0] for row in kept.values()) == ["C-1", "C-3"]


def test_a_number_that_has_gone_to_another_is_not_put_back(office: Office, customer: int) -> None:
    first = office.save(Contract(name="合同", number="D-1", customer=customer))
    first.number = "D-2"
    change = office.records.save(first, office.li)
    office.save(Contract(name="另一个", number="D-1", customer=customer))
    outcome = office.records.undo(change.batch, office.li)
    assert outcome.done == [] and [one for one, _why in outcome.refused] == [first.id]
    assert office.records.get(Contract, first.id, office.li).number == "D-2"


def test_numbers_that_went_round_in_one_act_go_back(office: Office, customer: int) -> None:
    contracts = [office.save(Contract(name="合同", number=f"E-{place}", customer=customer)) for place in range(3)]
    for place, contract in enumerate(contracts):
        contract.number = f"E-{place - 1}"
    change = office.records.unit(office.li, lambda unit: unit.save_all(contracts))[1]
    outcome = office.records.undo(change.batch, office.li)
    assert len(outcome.done) == 3 and outcome.refused == []
    assert [office.records.get(Contract, one.id, office.li).number for one in contracts] == ["E-0", "E-1", "E-2"]
