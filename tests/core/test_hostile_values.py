"""Whatever is written into a field of any record: it is kept as it is, or refused in words with nothing changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.business import RECORD_TYPES, Contact, Customer
from crm_desktop.core import custom
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.record import Record
from crm_desktop.core.words import LANGUAGES
from crm_desktop.database.engine import open_database
from tests.conftest import ENGINES
from tests.core.material import NOW
from tests.core.samples import sample
from tests.office import Office, open_office
from tests.spare_schema import SpareSchema

UGLY = (
    "'; DROP TABLE customer; --", "<script>alert(1)</script>", "😀👨‍👩‍👧‍👦", "\u202eمرحبا", "שלום", "x" * 10_000, "名" * 201,
    "a\x00b", "\ud800", "{value} %s %n", "2026-02-30", "99999-99-99", "-1", "1e308", "inf", "NaN", "\\", "\n\n", "\ufeff",
)  # fmt: skip
TYPED = st.one_of(st.sampled_from(UGLY), st.text(max_size=40))


@pytest.fixture(scope="module", params=ENGINES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    schema = SpareSchema(request.getfixturevalue("server"), migrated=False) if request.param == "mysql" else None
    database = open_database(schema.address if schema else tmp_path_factory.mktemp("hostile"))
    yield open_office(database, FixedClock(NOW))
    database.close()
    if schema is not None:
        schema.drop()


def _tried(office: Office, record: Record, field: custom.AnyField, typed: str) -> tuple[Any, Trouble | None]:
    """The value as it should be stored, or why it is refused."""
    try:
        value: Any = field.kind.check(field.kind.read(typed, office.records.names))
        custom.put(record, field, value)
        office.records.save(record, office.admin)
    except Trouble as refusal:
        return None, refusal
    return value, None


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda one: one.key())
def test_what_is_typed_is_kept_or_refused(office: Office, record_type: type[Record]) -> None:
    records, admin = office.records, office.admin
    customer = office.save(Customer(name="客户"))
    kept = office.save(sample(office, record_type, customer.id), "admin")
    fields = {name: one for name, one in records.fields(record_type).items() if one.shown and not one.readonly}

    @settings(max_examples=12, deadline=None)
    @given(name=st.sampled_from(sorted(fields)), typed=TYPED)
    def hold(name: str, typed: str) -> None:
        before = records.get(record_type, kept.id, admin)
        record = records.get(record_type, kept.id, admin)
        value, refusal = _tried(office, record, fields[name], typed)
        after = records.get(record_type, kept.id, admin)
        if refusal is not None:
            assert all(refusal.sentence(lang) for lang in LANGUAGES)
            assert (after.stored, after.version) == (before.stored, before.version)
        elif value and isinstance(value, str):  # moments and the like may be filled in or put in order by a rule
            assert custom.get(after, fields[name]) == value

    hold()


@pytest.mark.parametrize("typed", UGLY)
def test_no_record_has_such_a_name(office: Office, typed: str) -> None:
    """Links are looked up by what was typed; half a pair of surrogates cannot even be asked for."""
    link = office.records.fields(Contact)["customer"]
    with pytest.raises(Invalid):
        link.kind.check(link.kind.read(f"没有{typed}此名", office.records.names))


def test_impossible_days_are_told(office: Office) -> None:
    for typed in ("2026-02-30", "2026-13-01", "0000-00-00", "99999-01-01", "下周三", "31/31/2026"):
        with pytest.raises(Invalid, match="date"):
            office.records.fields(Customer)["next_contact_on"].kind.read(typed)
