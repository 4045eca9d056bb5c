"""Who enters a customer that a colleague has, where the server shows him nothing of it, is told that it is there and whose it is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.core import twins
from tests.exchange.stories import plan_for
from tests.guard.company import Company

NAME, MOBILE = "绍兴澜湖精密轴承有限公司", "13957512468"


@pytest.fixture
def theirs(company: Company) -> Any:
    """A customer of sun's, whom li does not see."""
    customer = company.save(Customer(name=NAME, mobile=MOBILE, email="wang@lanhu.example", tax_no="91330600MA2JQ1XX5T"), "sun")
    yield customer
    company.door("boss").delete(Customer, [customer.id], company.actor("boss"))


def told(company: Company, who: str, **values: Any) -> list[tuple[int, str, str, bool]]:
    found = twins.of(company.door(who), Customer(**values), company.actor(who))
    return [(one.id, one.title, one.owner, one.likeness.same) for one in found]


@pytest.mark.parametrize(
    ("values", "same"),
    [
        ({"name": "澜湖精密轴承", "mobile": "139-5751-2468"}, True),
        ({"name": "完全另外的公司", "tax_no": "91330600MA2JQ1XX5T"}, True),
        ({"name": NAME}, False),
        ({"name": "完全另外的公司", "mobile": MOBILE}, False),
        ({"name": "完全另外的公司", "email": "Wang@Lanhu.example"}, False),
    ],
)
def test_that_it_is_there_and_whose(company: Company, theirs: Customer, values: dict[str, str], same: bool) -> None:
    owner = company.door("li").names.title("employee", company.ids["sun"])
    assert told(company, "li", **values) == [(0, "", owner, same)]
    assert [(one[0], one[3]) for one in told(company, "boss", **values)] == [(theirs.id, same or values == {"name": NAME})]


def test_nothing_of_what_only_begins_alike(company: Company, theirs: Customer) -> None:
    assert told(company, "li", name="绍兴澜湖大酒店", mobile="13957512469") == []


def test_nothing_of_what_is_in_the_bin(company: Company, theirs: Customer) -> None:
    door, boss = company.door("boss"), company.actor("boss")
    door.delete(Customer, [theirs.id], boss)
    assert told(company, "li", name=NAME, mobile=MOBILE) == []
    door.restore(Customer, [theirs.id], boss)
    assert len(told(company, "li", name=NAME, mobile=MOBILE)) == 1


def test_who_saves_it_is_asked_once(company: Company, theirs: Customer) -> None:
    door, li = company.door("li"), company.actor("li")
    with pytest.raises(twins.Duplicate) as asked:
        door.save(Customer(name=NAME, mobile=MOBILE), li, wary=True)
    owner = door.names.title("employee", company.ids["sun"])
    assert asked.value.twins[0].id == 0 and owner in asked.value.sentence("en") and NAME not in asked.value.sentence("en")


def test_the_rehearsal_of_an_import_tells_it(company: Company, theirs: Customer) -> None:
    rows = [["客户名称", "手机"], ["澜湖精密轴承", MOBILE], ["无关的一家工厂", "13700001234"]]
    office: Any = SimpleNamespace(records=company.door("li"))
    plan = plan_for(office, Customer, company.actor("li"), rows)
    owner = company.door("li").names.title("employee", company.ids["sun"])
    notes = [" ".join(note.sentence("en") for note in one.notes()) for one in plan.rehearse()]
    assert owner in notes[0] and not notes[1]
