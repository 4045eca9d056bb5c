"""Whatever the cells of a sheet hold: every row gets a verdict in words, and what comes in goes out again as a whole."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.record import Record
from crm_desktop.core.words import LANGUAGES
from crm_desktop.exchange.targets import targets_of
from tests.exchange.stories import bring_in, everything
from tests.office import Office

UGLY = (
    "'; DROP TABLE customer; --", '" OR ""="', "<script>alert(1)</script>", "<b>bold</b>&amp;", "=1+1", "@SUM(A1)", "😀👨‍👩‍👧‍👦",
    "\u202eمرحبا بالعالم", "שלום", "x" * 10_000, "名" * 201, "\x00\x01\x0b", "\ufeff\u200b", "{value}", "%s%n", "\\", "a\r\nb\tc",
    "2026-02-30", "31/31/2026", "0000-00-00", "99999-01-01", "12:61", "1e999", "-0", "1,2,3", "NaN", "１２３４５６", "#DIV/0!", "null",
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(UGLY),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.booleans(),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),
    st.none(),
)


@pytest.mark.parametrize("record_type", [Customer, Contact, Opportunity])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_row_gets_a_verdict_and_the_batch_goes_out_again(office: Office, record_type: type[Record], data: st.DataObject) -> None:
    """`bring_in` also holds that the rehearsal changed nothing and said what the import then did."""
    fields = [name for name, target in targets_of(office.records, record_type).items() if "." not in name and not target.along]
    headings = data.draw(st.lists(st.sampled_from(fields), min_size=1, max_size=6, unique=True))
    headings = list(dict.fromkeys([record_type.title_field, *headings]))
    rows = data.draw(st.lists(st.lists(CELLS, min_size=len(headings), max_size=len(headings)), min_size=1, max_size=8))
    before = everything(office, record_type)
    sheet = [headings, ["数" for _heading in headings], *rows]  # one row that is surely data
    _counts, done = bring_in(office, record_type, office.boss, sheet, mapping={name: name for name in headings}, match=())
    told = done.verdicts.refused()
    assert len(done.verdicts) >= 1
    assert all(reason.sentence(lang) for reason in told.values() for lang in LANGUAGES)
    stored: list[Any] = everything(office, record_type)
    assert len(stored) == len(before) + done.verdicts.counts()["new"]
    if done.batch is not None:
        office.records.undo(done.batch, office.boss)
    assert everything(office, record_type) == before
