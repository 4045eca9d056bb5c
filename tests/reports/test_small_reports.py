"""Forecast, lost reasons, follow-ups by person, what needs attention: figures and the records behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop import reports
from crm_desktop.business import FollowUp, Opportunity
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import NotFound
from crm_desktop.core.words import say
from crm_desktop.reports.table import Table
from tests.office import Office

Plant = Callable[..., None]


def run(office: Office, key: str, actor: Actor, **parameters: Any) -> Table:
    return reports.find(key).run(office.records, actor, parameters)


def same_as_drilled(office: Office, table: Table, actor: Actor, column: str) -> bool:
    """Whether exactly the records counted open behind each row."""
    opened = []
    for row in table.rows:
        assert row.drill is not None
        record_type = office.records.types[row.drill.record_type]
        opened.append(office.records.count(record_type, actor, row.drill.view))
    return opened == table.column(column)


def test_the_forecast_shows_months_and_what_is_late_later_or_without_a_day(
    office: Office, plant: Plant, stages: dict[str, int]
) -> None:
    li = office.ids["li"]
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 8, 31), date(2026, 9, 1), None]
    for day in days:
        plant(Opportunity(name="x", stage=stages["proposal"], amount=Decimal("100.01"), expected_close=day, owner=li))
    plant(Opportunity(name="won", stage=stages["won"], amount=Decimal(9), expected_close=date(2026, 3, 2), owner=li))
    table = run(office, "forecast", office.li)
    months = ["2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"]
    assert table.column("month")[1:7] == months
    assert table.column("count") == [1, 2, 1, 0, 0, 0, 1, 1, 1]
    assert table.column("weighted")[1] == Decimal("100.02")
    assert table.totals is not None
    assert table.totals[1:4] == (7, Decimal("700.07"), Decimal("350.07"))
    assert same_as_drilled(office, table, office.li, "count")
    assert run(office, "forecast", office.zhao).totals == (table.totals[0], 0, 0, 0, None, 0, None, None)
    # A year shows the September one in its month: nothing is later.
    assert run(office, "forecast", office.li, months="12").column("count") == [1, 2, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1]


def test_lost_reasons_are_counted_in_the_period_they_were_lost(
    office: Office, plant: Plant, stages: dict[str, int], clock: FixedClock
) -> None:
    li = office.ids["li"]
    for moment, reason in ((datetime(2025, 3, 1), "budget"), (datetime(2026, 3, 1), "pricing"), (datetime(2026, 3, 2), "pricing"),
                           (datetime(2026, 3, 3), "budget")):  # fmt: skip
        clock.at = moment
        plant(Opportunity(name="x", stage=stages["lost"], lost_reason=reason, amount=Decimal(10), owner=li))
    clock.at = datetime(2026, 3, 18, 2)
    plant(Opportunity(name="open", stage=stages["proposal"], owner=li))
    table = run(office, "lost_reasons", office.li)
    assert [row.values for row in table.rows] == [
        ("价格", 2, Decimal("0.666667"), Decimal(20)),
        ("预算限制", 1, Decimal("0.333333"), Decimal(10)),
    ]
    assert same_as_drilled(office, table, office.li, "count")
    assert run(office, "lost_reasons", office.sun).rows == ()


def test_follow_ups_are_counted_for_who_wrote_them(office: Office, customer: int) -> None:
    for who, method, times in (("li", "call", 3), ("li", "visit", 1), ("meng", "call", 2)):
        for _ in range(times):
            office.save(FollowUp(content="聊", customer=customer, method=method), who)
    office.save(FollowUp(content="旧", customer=customer, happened_at=datetime(2026, 2, 1)), "li")
    table = run(office, "activity", office.boss)
    assert table.column("person") == ["李娜", "孟经理"]
    assert table.column("method_call") == [3, 2]
    assert table.column("method_visit") == [1, 0]
    assert same_as_drilled(office, table, office.boss, "total")
    assert run(office, "activity", office.boss, owner=office.ids["meng"]).column("total") == [2]
    assert run(office, "activity", office.sun).rows == ()


def test_open_ones_without_a_next_step_are_listed_the_largest_first(office: Office, plant: Plant, stages: dict[str, int]) -> None:
    li, zhao = office.ids["li"], office.ids["zhao"]
    plant(
        Opportunity(name="小", stage=stages["proposal"], amount=Decimal(1), owner=li),
        Opportunity(name="大", stage=stages["proposal"], amount=Decimal(9), owner=zhao),
        Opportunity(name="有", stage=stages["proposal"], next_step_on=date(2026, 4, 1), owner=li),
        Opportunity(name="赢", stage=stages["won"], owner=li),
    )
    assert run(office, "without_next_step", office.meng).column("name") == ["大", "小"]
    assert run(office, "without_next_step", office.li).column("name") == ["小"]
    assert run(office, "without_next_step", office.boss, owner=zhao).column("name") == ["大"]
    assert run(office, "without_next_step", office.li).column("customer") == ["华为技术有限公司"]


def test_waiting_too_long_is_what_the_record_itself_says(
    office: Office, plant: Plant, stages: dict[str, int], clock: FixedClock
) -> None:
    now = clock.at
    changed = [timedelta(days=26), timedelta(days=26, seconds=-1), timedelta(days=25), timedelta(days=400)]
    made = []
    for age in changed:
        clock.at = now - age
        for code in ("proposal", "won"):
            made.append(Opportunity(name=f"{code} {age}", stage=stages[code], owner=office.ids["li"]))
            plant(made[-1])
    clock.at = now
    rows = office.records.names.rows("stage")
    idle = {one.name for one in made if one.idle_days(rows[one.stage], now)}  # type: ignore[arg-type]
    assert len(idle) == 2
    table = run(office, "idle", office.li)
    assert set(table.column("name")) == idle
    assert table.column("days") == [400, 26]
    assert table.rows[0].drill is not None
    assert office.records.get(Opportunity, table.rows[0].drill.record or 0, office.li).name == table.rows[0].values[0]
    assert run(office, "idle", office.sun).rows == ()


def test_every_report_runs_on_an_empty_database_in_every_language(office: Office) -> None:
    for report in reports.REPORTS.values():
        for lang in ("zh_CN", "zh_TW", "en"):
            table = report.run(office.records, office.boss, None, lang)
            assert table.title
            assert all(len(row.values) == len(table.columns) for row in table.rows)
            for parameter in report.parameters:
                assert parameter.options(report, office.records, office.li, lang)


def test_every_report_can_be_scheduled_by_its_name(office: Office) -> None:
    for lang in ("zh_CN", "zh_TW", "en"):
        named = {pick.key: pick.label for pick in office.records.names.picklist("report", lang)}
        assert named == {report.key: say(report.title, lang) for report in reports.REPORTS.values()}


def test_a_report_that_does_not_exist_is_told() -> None:
    with pytest.raises(NotFound):
        reports.find("profit")
