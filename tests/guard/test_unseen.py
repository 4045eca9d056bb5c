"""Who enters a customer that a colleague has, where the server shows him nothing of it, is told that it is there and whose it is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from zlib import crc32

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.lead import Lead
from crm_desktop.core import pouring, twins, untold
from crm_desktop.core.unit import Unit
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


def test_another_number_with_the_same_key_is_another_number(company: Company) -> None:
    """Of a million numbers some have the key of another one."""
    chance, seen = random.Random(5), dict[int, str]()
    while True:
        mine = f"13{chance.randrange(10**9):09}"
        theirs = seen.setdefault(crc32(f"p{mine}".encode()), mine)
        if theirs != mine:
            break
    plain, odd = (company.save(Customer(name=name, mobile=mobile), "sun") for name, mobile in (("丙", theirs), ("丁", f"{theirs} 转 王工")))
    owner = company.door("li").names.title("employee", company.ids["sun"])
    assert told(company, "li", name="完全另外的公司", mobile=theirs) == [(0, "", owner, False)] * 2
    # How it is written there does not tell the one from the other.
    assert told(company, "li", name="完全另外的公司", mobile=mine) == [(0, "", owner, False)]
    company.door("boss").delete(Customer, [plain.id, odd.id], company.actor("boss"))


NUMBERS = {
    "mobile": [("139-5751-2468", "13957512468"), ("+86 13757512461", "13757512461"), ("8613857512462", "13857512462")],
    "phone": [("0575-88112233", "88112233"), ("(0575)88112244", "0575 88112244"), ("+86 575 8811 2255", "")],
    "email": [("Wang.Li@Lanhu.example", "wang.li@lanhu.example"), ("chen+post@lanhu.example", "")],
    "tax_no": [("91330600ma2jq1xx5t", "91330600MA2JQ1XX5T"), ("330600SOZI123456", "33060050Z1123456"), ("DE801406497", "801406497"),
               ("gb801406498", "GB801406498"), ("91330700MA2KQ1XX6T", "MA2KQ1XX6")],
}
WRITTEN = [(name, there, asked) for name, pairs in NUMBERS.items() for there, asked in pairs]


@pytest.fixture
def waiting(company: Company, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Customers that sun has just imported, each with one number; their keys have not been told yet."""
    monkeypatch.setattr(pouring, "MANY", 1)
    ids: list[int] = []

    def work(unit: Unit) -> None:
        with unit.pouring(Customer, len(WRITTEN)):
            columns: dict[str, list[Any]] = {"name": [f"澜{place}湖" for place in range(len(WRITTEN))]}
            columns |= {name: [there if name == one else "" for one, there, _asked in WRITTEN] for name in NUMBERS}
            ids.extend(one for one in unit.add_columns(Customer, columns) or () if one)

    company.door("sun").unit(company.actor("sun"), work, "import")
    assert len(ids) == len(WRITTEN)
    yield ids
    untold.take_in(company.door("sun"), company.actor("sun"))
    company.door("boss").delete(Customer, ids, company.actor("boss"))


def test_that_it_is_there_before_its_keys_are_told(company: Company, waiting: list[int]) -> None:
    """A plainly written number is; of any other it is told a little later."""
    owner = company.door("li").names.title("employee", company.ids["sun"])
    for time in range(2):
        for name, there, asked in WRITTEN:
            expected = [(0, "", owner, name == "tax_no")] if asked or time else []
            assert told(company, "li", name="完全另外的公司", **{name: asked or there}) == expected, (name, there, time)
        untold.take_in(company.door("sun"), company.actor("sun"))


def test_of_what_waits_only_what_is_hidden_and_alive_is_told_so(company: Company, waiting: list[int]) -> None:
    _name, _there, mobile = WRITTEN[0]
    assert [one[0] for one in told(company, "boss", name="完全另外的公司", mobile=mobile)] == [waiting[0]]
    assert [one[0] for one in told(company, "sun", name="完全另外的公司", mobile=mobile)] == [waiting[0]]
    assert twins.of(company.door("li"), Lead(name="王", company="完全另外的公司", mobile=mobile), company.actor("li"))[0].id == 0
    changed = company.door("boss").get(Customer, waiting[0], company.actor("boss"))
    changed.email = "neu@lanhu.example"  # then its keys are known in part, and it goes on waiting
    company.save(changed, "boss")
    for values in ({"mobile": mobile}, {"email": "neu@lanhu.example"}, {"mobile": mobile, "email": "neu@lanhu.example"}):
        assert len(told(company, "li", name="完全另外的公司", **values)) == 1
    company.door("boss").delete(Customer, waiting[:1], company.actor("boss"))
    assert told(company, "li", name="完全另外的公司", mobile=mobile) == []
    company.door("boss").restore(Customer, waiting[:1], company.actor("boss"))
