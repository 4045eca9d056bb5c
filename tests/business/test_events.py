"""AC3: the times of an event."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from crm_desktop.business import Event
from crm_desktop.core.errors import Invalid
from tests.office import Office

TEN = datetime(2026, 3, 19, 2)
HOUR = timedelta(hours=1)


def event(office: Office) -> Any:
    return office.save(Event(title="看样品", starts_at=TEN, ends_at=TEN + 2 * HOUR))


def test_without_an_end_it_takes_an_hour(office: Office) -> None:
    made = office.save(Event(title="看样品", starts_at=TEN))
    assert made.ends_at == TEN + HOUR


def test_a_start_moved_beyond_the_end_takes_the_end_along(office: Office) -> None:
    made = event(office)
    made.starts_at = TEN + 5 * HOUR
    office.records.save(made, office.li)
    assert office.records.get(Event, made.id, office.li).ends_at == TEN + 7 * HOUR
    made.starts_at += HOUR
    office.records.save(made, office.li)
    assert made.ends_at == TEN + 7 * HOUR, "a start before the end only changes how long it takes"
    office.records.set_field(Event, [made.id], "starts_at", TEN + 24 * HOUR, office.li)
    assert office.records.get(Event, made.id, office.li).ends_at == TEN + 25 * HOUR


def test_an_end_that_is_typed_before_the_start_is_asked_about(office: Office) -> None:
    made = event(office)
    made.ends_at = TEN - HOUR
    with pytest.raises(Invalid) as caught:
        office.records.save(made, office.li)
    assert caught.value.field == "ends_at"
    made = office.records.get(Event, made.id, office.li)
    made.starts_at, made.ends_at = TEN + 9 * HOUR, TEN + 8 * HOUR
    with pytest.raises(Invalid):
        office.records.save(made, office.li)
