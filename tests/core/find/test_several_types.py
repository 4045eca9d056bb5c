"""PS15: a search over several types finds the same twenty whether or not a type is spared what others have better."""

from __future__ import annotations

import random

import pytest

from crm_desktop.business import Contact, Customer
from crm_desktop.core import find
from crm_desktop.core.access import Actor
from crm_desktop.core.finding import EARLIER
from tests.office import Office

ANYBODY = Actor.program()


@pytest.fixture
def full(office: Office) -> Office:
    chance = random.Random(5)
    heads, tails = ("华", "华为", "画", "Gold", "gong", "工", "李"), ("", "技", "天华", " Star", "明", "电子")
    customers = [Customer(name=chance.choice(heads) + chance.choice(tails) + str(number)) for number in range(120)]
    office.records.unit(ANYBODY, lambda unit: unit.add(customers), trusted=True)
    people = [Contact(name=chance.choice(tails) + chance.choice(heads), customer=chance.choice(customers).id) for _n in range(120)]
    people += [Contact(name=name, customer=customers[0].id) for name in ("华", "gold", "李")]
    office.records.unit(ANYBODY, lambda unit: unit.add(people), trusted=True)
    return office


@pytest.mark.parametrize("text", ["华", "hua", "gold", "g", "h", "华为", "技", "li", "gong", "gold star", "天华", "12", "hw"])
def test_the_best_of_all_types_are_found(full: Office, text: str) -> None:
    records = full.records
    every = [
        (match.score - EARLIER * place, record_type.key())
        for place, record_type in enumerate((Customer, Contact))
        for _id, _doc, match in records.matches(record_type, ANYBODY, text, 20)
    ]
    best = sorted(every, key=lambda one: -one[0])[:20]
    assert best and [(hit.score, hit.type) for hit in records.search(text, ANYBODY, [Customer, Contact], 20)] == best


def test_a_type_is_spared_when_others_have_enough(full: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    records = full.records
    asked: list[str] = []
    read = records.database.read

    def listen(query: object, params: object = ()) -> object:
        asked.append(str(query))
        return read(query, params)  # type: ignore[arg-type]

    monkeypatch.setattr(records.database, "read", listen)
    records.search("华", ANYBODY, [Customer, Contact], 20)
    assert not [sql for sql in asked if find.index.table("contact") in sql]
    records.search("华", ANYBODY, [Contact], 20)
    assert [sql for sql in asked if find.index.table("contact") in sql], "the control: by itself it is looked through"
