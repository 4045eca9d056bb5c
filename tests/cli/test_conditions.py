"""Whatever is written behind --where becomes conditions that SQL understands, or a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.office.event import Event
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.cli.conditions import conditions, split
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import Clock
from crm_desktop.core.errors import Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.views import OPERATORS, Condition, View
from crm_desktop.database.engine import Database

SIGNS = ["=", "!=", "~", "^=", "<", "<=", ">", ">=", *(f" {operator} " for operator in OPERATORS)]
VALUES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", "A", "A,B", "me", "2026-03-18", "2026-02-30", "-5", "1..9", "2026-01-01..2026-12-31", "yes", "1e999", "٣"]),
    st.integers().map(str),
)


@pytest.fixture
def records(database: Database) -> Records:
    return Records(database, RECORD_TYPES, Clock())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record_type=st.sampled_from([Customer, Opportunity, Event]), data=st.data(), sign=st.sampled_from(SIGNS), value=VALUES)
def test_anything_written_is_answered(records: Records, record_type: Any, data: st.DataObject, sign: str, value: str) -> None:
    """Every field, every operator, any value: both engines answer, or a person reads why not."""
    fields = records.fields(record_type)
    name = data.draw(st.sampled_from(sorted(fields)))
    try:
        found = conditions(f"{name}{sign}{value}", fields, records.names)
    except Trouble as trouble:
        told = trouble.sentence("en")
    else:
        told = ""
    if told:
        assert "{" not in told or "{" in value
        return
    assert records.count(record_type, Actor.program(), View(tuple(found))) == 0
    assert View.from_json(View(tuple(found)).to_json()).conditions == tuple(found), "can be kept as a saved view"


@given(st.text(max_size=30))
def test_nonsense_is_told(text: str) -> None:
    with pytest.raises(Trouble):
        conditions("§" + text, {}, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("next_contact_on<=2026-03-18", [Condition("next_contact_on", "before", "2026-03-19")]),
        ("next_contact_on > 2026-03-18", [Condition("next_contact_on", "after", "2026-03-18")]),
        ("next_contact_on=today", [Condition("next_contact_on", "today")]),
        ("next_contact_on next_days 7", [Condition("next_contact_on", "next_days", 7)]),
        (
            "last_contact_at=2026-03-18",
            [Condition("last_contact_at", "after", "2026-03-17"), Condition("last_contact_at", "before", "2026-03-19")],
        ),
        ("name ~ a=b", [Condition("name", "contains", "a=b")]),
    ],
)
def test_meaning(text: str, expected: list[Condition]) -> None:
    assert conditions(text, Customer.declared(), None) == expected  # type: ignore[arg-type]


def test_split() -> None:
    assert split(" a, b ,,c ") == ["a", "b", "c"]
