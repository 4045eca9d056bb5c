"""Two people edit one record at the same time: disjoint edits are both kept, a field both changed differently is asked about."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.business import Customer
from crm_desktop.core import custom
from crm_desktop.core.errors import Conflict
from tests.conftest import ENGINES
from tests.core.material import Material, planted, random_value


@pytest.fixture(scope="module", params=ENGINES)
def material(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Material]:
    with planted(request.param, request, tmp_path_factory.mktemp("merge")) as made:
        yield made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_edits_of_two_people(material: Material, data: st.DataObject) -> None:
    office = material.office
    fields = {
        name: field
        for name, field in office.records.fields(Customer).items()
        if not field.readonly and name not in ("name", "owner", "tags")
    }
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    names = st.lists(st.sampled_from(sorted(fields)), unique=True, max_size=5)
    links: dict[str, Any] = {}

    def edits() -> dict[str, Any]:
        return {name: random_value(office, fields[name].kind, chance, links) for name in data.draw(names)}

    start = Customer(name="两个人的客户")
    for name, value in edits().items():
        custom.put(start, fields[name], value)
    office.save(start)
    mine, theirs = (office.records.get(Customer, start.id, office.meng) for _n in range(2))
    my_edits, their_edits = edits(), edits()
    for record, changed in ((mine, my_edits), (theirs, their_edits)):
        for name, value in changed.items():
            custom.put(record, fields[name], value)
    base = {name: stored(office.records.get(Customer, start.id, office.meng), field) for name, field in fields.items()}
    wanted_by_me = {name: stored(mine, fields[name]) for name in my_edits}
    wanted_by_them = {name: stored(theirs, fields[name]) for name in their_edits}
    office.records.save(theirs, office.meng)
    clash = {
        name
        for name in my_edits.keys() & their_edits.keys()
        if wanted_by_me[name] != wanted_by_them[name] and base[name] not in (wanted_by_me[name], wanted_by_them[name])
    }
    if clash:
        with pytest.raises(Conflict) as caught:
            office.records.save(mine, office.li)
        assert set(caught.value.theirs) == clash
        assert {name: stored(mine, fields[name]) for name in my_edits} == wanted_by_me
        return
    office.records.save(mine, office.li)
    now = office.records.get(Customer, start.id, office.li)
    for name, field in fields.items():
        wanted = base[name]
        for mine_or_theirs in (wanted_by_them, wanted_by_me):
            if mine_or_theirs.get(name, base[name]) != base[name]:
                wanted = mine_or_theirs[name]
        assert stored(now, field) == stored(mine, field) == wanted, name


def stored(record: Customer, field: custom.AnyField) -> Any:
    return field.kind.store(custom.get(record, field))
