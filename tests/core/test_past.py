"""A record as of a date: walked back along the journal, custom fields and undone changes included."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm_desktop.business import Customer
from crm_desktop.core import custom
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import NotFound
from crm_desktop.core.past import as_of
from tests.office import Office


def test_a_record_is_shown_as_it_was_at_any_moment(office: Office, clock: FixedClock) -> None:
    points = CustomField(name="积分", record_type="customer", field_kind="number")
    office.save(points, "admin")
    made = office.save(Customer(name="甲公司", level="B"))
    moments = [clock.now()]
    for level, score in (("A", 5), ("C", 9)):
        clock.at += timedelta(days=1)
        made.level = level
        custom.put(made, office.records.fields(Customer)[points.code], score)
        change = office.records.save(made, office.li)
        moments.append(clock.now())
    seen = [as_of(office.records, Customer, made.id, office.li, at).values for at in moments]
    assert [values["level"] for values in seen] == ["B", "A", "C"]
    assert [values[points.code] for values in seen] == [None, 5, 9]
    assert as_of(office.records, Customer, made.id, office.li, moments[0]).changed >= {"level", points.code}
    clock.at += timedelta(days=1)
    office.records.undo(change.batch, office.li)
    assert as_of(office.records, Customer, made.id, office.li, clock.now()).values["level"] == "A"
    assert as_of(office.records, Customer, made.id, office.li, moments[2]).values["level"] == "C"


def test_before_it_existed_and_for_others_there_is_nothing(office: Office, clock: FixedClock) -> None:
    made = office.save(Customer(name="甲公司"))
    with pytest.raises(NotFound):
        as_of(office.records, Customer, made.id, office.li, clock.now() - timedelta(days=1))
    with pytest.raises(NotFound):
        as_of(office.records, Customer, made.id, office.sun, clock.now())
