"""The sales funnel: stages, conversion, scope, drill-down, money to the cent, and its query plan."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import Opportunity, Stage
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Invalid
from crm_desktop.core.records import Records
from crm_desktop.core.views import View
from crm_desktop.database.engine import Database
from crm_desktop.reports.funnel import FUNNEL
from crm_desktop.reports.table import Table
from tests.office import Office

ALL = {"period": "all"}
Plant = Callable[..., None]


def row(table: Table, label: str) -> dict[str, Any]:
    """The values of the row with this label, by column."""
    found = next(row for row in table.rows if row.values[0] == label)
    return dict(zip((column.name for column in table.columns), found.values, strict=True))


def drilled(office: Office, table: Table, actor: Actor) -> list[int]:
    """How many records open behind each row."""
    return [office.records.count(Opportunity, actor, one.drill.view) for one in table.rows if one.drill]


def test_each_stage_shows_count_and_money_and_the_share_that_went_on(
    office: Office, plant: Plant, stages: dict[str, int]
) -> None:
    li = office.ids["li"]
    for code, times in {"prospecting": 5, "qualification": 3, "proposal": 1, "won": 1}.items():
        plant(*(Opportunity(name=code, stage=stages[code], amount=Decimal(1000), owner=li) for _ in range(times)))
    table = FUNNEL.run(office.records, office.li, ALL)
    assert row(table, "初步接洽") == {
        "stage": "初步接洽", "count": 5, "amount": 5000, "weighted": 500, "reached": 10, "conversion": None, "overall": None,
    }  # fmt: skip
    second = row(table, "需求确认")
    assert (second["reached"], second["conversion"], second["overall"]) == (5, Decimal("0.5"), Decimal("0.5"))
    third = row(table, "方案报价")
    assert (third["reached"], third["conversion"], third["overall"]) == (2, Decimal("0.4"), Decimal("0.2"))
    won = row(table, "赢单")
    assert (won["count"], won["reached"], won["conversion"], won["overall"]) == (1, 1, 1, Decimal("0.1"))
    assert table.totals is not None
    assert table.totals[1:4] == (10, 10_000, 500 + 900 + 500 + 1000)
    assert table.chart is not None
    assert table.chart.series[0].values == (10, 5, 2, 1, 1, 1)


def test_a_lost_one_counts_up_to_where_it_was_lost_and_a_void_one_not_at_all(
    office: Office, customer: int, stages: dict[str, int]
) -> None:
    for end in ("lost", "void"):
        one = office.save(Opportunity(name=end, customer=customer, amount=Decimal(10)))
        one.stage = stages["proposal"]
        office.save(one)
        one.stage, one.lost_reason = stages[end], "budget" if end == "lost" else ""
        office.save(one)
    table = FUNNEL.run(office.records, office.li, ALL)
    assert table.column("reached") == [1, 1, 1, 0, 0, 0, None, None]
    assert row(table, "输单")["count"] == row(table, "无效")["count"] == 1


def test_going_back_does_not_take_away_that_a_stage_was_reached(office: Office, customer: int, stages: dict[str, int]) -> None:
    one = office.save(Opportunity(name="来回", customer=customer, stage=stages["closing"]))
    one.stage = stages["prospecting"]
    office.save(one)
    table = FUNNEL.run(office.records, office.li, ALL)
    assert table.column("count") == [1, 0, 0, 0, 0, 0, 0, 0]
    assert table.column("reached") == [1, 1, 1, 1, 1, 0, None, None]


def test_one_lost_after_it_was_won_is_not_won_any_more(office: Office, customer: int, stages: dict[str, int]) -> None:
    one = office.save(Opportunity(name="退单", customer=customer, stage=stages["won"]))
    one.stage, one.lost_reason = stages["lost"], "budget"
    office.save(one)
    table = FUNNEL.run(office.records, office.li, ALL)
    assert table.column("reached") == [1, 1, 1, 1, 1, 0, None, None]


def test_everybody_sees_the_funnel_of_his_own_scope(office: Office, plant: Plant, stages: dict[str, int]) -> None:
    for who, times in {"li": 1, "zhao": 2, "sun": 4}.items():
        plant(*(Opportunity(name=who, stage=stages["proposal"], owner=office.ids[who]) for _ in range(times)))
    seen = {who: FUNNEL.run(office.records, office.actor(who), ALL) for who in ("li", "zhao", "sun", "meng", "boss")}
    counts = {who: table.totals[1] for who, table in seen.items() if table.totals}
    assert counts == {"li": 1, "zhao": 2, "sun": 4, "meng": 3, "boss": 7}
    for who, count in counts.items():
        assert count == office.records.count(Opportunity, office.actor(who))
    theirs = FUNNEL.run(office.records, office.li, {**ALL, "owner": office.ids["sun"]})
    assert theirs.totals is not None
    assert theirs.totals[1] == 0


def test_an_owner_or_a_department_with_those_below_it_can_be_chosen(office: Office, plant: Plant, stages: dict[str, int]) -> None:
    for who in ("li", "zhao", "sun"):
        plant(Opportunity(name=who, stage=stages["proposal"], owner=office.ids[who], amount=Decimal(7)))
    departments = {one.name: one.id for one in office.records.names.all("department")}
    counted = {}
    for name in ("公司", "销售一部", "销售二部"):
        table = FUNNEL.run(office.records, office.boss, {**ALL, "department": departments[name]})
        counted[name] = table.totals[1] if table.totals else None
        assert name in table.filter_line
    assert counted == {"公司": 3, "销售一部": 2, "销售二部": 1}
    by_owner = FUNNEL.run(office.records, office.boss, {**ALL, "by": "owner"})
    assert {values[0] for values in (one.values for one in by_owner.rows)} == {"李娜", "赵强", "孙丽"}
    by_department = FUNNEL.run(office.records, office.boss, {**ALL, "by": "department"})
    assert {one.values[0]: one.values[1] for one in by_department.rows} == {"销售一部": 2, "销售二部": 1}


def test_days_are_those_of_the_wall_clock(office: Office, plant: Plant, stages: dict[str, int]) -> None:
    # 15:59 and 16:00 UTC are 23:59 and midnight in Shanghai.
    for moment in (datetime(2026, 2, 28, 15, 59, 59), datetime(2026, 2, 28, 16), datetime(2026, 3, 31, 15, 59, 59)):
        plant(Opportunity(name="x", stage=stages["proposal"], owner=office.ids["li"], created_at=moment))
    table = FUNNEL.run(office.records, office.li, {"period": "2026-03-01/2026-03-31"})
    assert table.totals is not None
    assert table.totals[1] == 2
    assert sum(drilled(office, table, office.li)) == 2


def test_amounts_are_weighted_to_the_cent_half_up(office: Office, plant: Plant, stages: dict[str, int]) -> None:
    cases = ("0.01", "0.29", "0.03", "1.15", "-0.01", "-0.29", "99999999.99", "1000000000000000")
    made = [
        Opportunity(name=case, stage=stages["proposal"], amount=Decimal(case), probability=50, owner=office.ids["li"])
        for case in cases
    ]
    plant(*made)
    table = FUNNEL.run(office.records, office.li, ALL)
    assert row(table, "方案报价")["weighted"] == sum(one.weighted() for one in made)
    assert row(table, "方案报价")["amount"] == sum(Decimal(case) for case in cases)


@pytest.mark.parametrize("seed", range(4))
def test_random_opportunities_are_counted_as_plain_python_counts_them(
    office: Office, plant: Plant, stages: dict[str, int], seed: int
) -> None:
    drawn = random.Random(seed)
    names = {stage.id: stage.name for stage in office.records.names.all("stage")}
    way = [stages[code] for code in ("prospecting", "qualification", "proposal", "negotiation", "closing", "won")]
    made = []
    for _number in range(150):
        stage = drawn.choice(list(stages.values()))
        made.append(
            Opportunity(
                name="随机", stage=stage, reached=drawn.choice([None, *way]), lost_reason="budget",
                amount=drawn.choice([None, Decimal(drawn.randrange(-999, 10**8)) / 100]),
                probability=drawn.choice([None, drawn.randrange(101)]),
                owner=drawn.choice([None, *(office.ids[who] for who in ("li", "zhao", "sun", "meng"))]),
                created_at=datetime(2026, 1, 1) + timedelta(minutes=drawn.randrange(150 * 24 * 60)),
                expected_close=drawn.choice([None, date(2026, 1, 1) + timedelta(days=drawn.randrange(150))]),
            )
        )  # fmt: skip
    plant(*made)
    for who in ("li", "meng", "boss"):
        actor = office.actor(who)
        scope = actor.scope(Opportunity)
        for basis in ("created_at", "expected_close"):
            table = FUNNEL.run(office.records, actor, {"period": "2026-02-01/2026-03-31", "basis": basis})
            mine = [one for one in made if scope.holds(one.owner, one.department) and _inside(one, basis)]
            for stage_id, label in names.items():
                here = [one for one in mine if one.stage == stage_id]
                values = row(table, label)
                assert values["count"] == len(here)
                assert values["amount"] == sum((one.amount or 0) for one in here)
                assert values["weighted"] == sum(one.weighted() for one in here)
            far = [_furthest(one, way, stages) for one in mine if one.stage != stages["void"]]
            assert table.column("reached")[:6] == [sum(place >= k for place in far) for k in range(6)]
            assert drilled(office, table, actor) == table.column("count")
            for by in ("owner", "department"):
                spread = FUNNEL.run(office.records, actor, {"period": "2026-02-01/2026-03-31", "basis": basis, "by": by})
                assert sum(spread.column("count")) == len(mine)
                assert drilled(office, spread, actor) == spread.column("count")
                assert sum(spread.column("won_amount")) == row(table, "赢单")["amount"]


def _inside(one: Opportunity, basis: str) -> bool:
    local = (one.created_at + timedelta(hours=8)).date() if basis == "created_at" else one.expected_close
    return local is not None and date(2026, 2, 1) <= local <= date(2026, 3, 31)


def _furthest(one: Opportunity, way: list[int], stages: dict[str, int]) -> int:
    places = [way.index(stage) for stage in (one.stage, one.reached) if stage in way]
    furthest = max(places, default=0)
    return furthest if one.stage == stages["won"] else min(furthest, 4)


def test_each_pipeline_has_its_own_funnel(office: Office, plant: Plant, stages: dict[str, int]) -> None:
    first = Stage(name="续约接触", pipeline="renewal", kind="open", probability=20, position=20)
    second = Stage(name="续约成功", pipeline="renewal", kind="won", probability=100, position=21)
    plant(first, second)
    plant(
        Opportunity(name="新", stage=stages["proposal"], owner=office.ids["li"]),
        Opportunity(name="续", stage=second.id, owner=office.ids["li"], amount=Decimal(80)),
    )
    standard = FUNNEL.run(office.records, office.li, ALL)
    renewal = FUNNEL.run(office.records, office.li, {**ALL, "pipeline": "renewal"})
    assert [one.values[:3] for one in renewal.rows] == [("续约接触", 0, 0), ("续约成功", 1, 80)]
    assert renewal.column("reached") == [1, 1]
    assert standard.totals is not None
    assert standard.totals[1] == 1
    assert drilled(office, renewal, office.li) == [0, 1]
    pipelines = next(one for one in FUNNEL.parameters if one.key == "pipeline")
    assert len(pipelines.options(FUNNEL, office.records, office.li, "en")) == 2


def test_it_speaks_the_language_asked_for(office: Office, plant: Plant, stages: dict[str, int]) -> None:
    plant(Opportunity(name="x", stage=stages["proposal"], owner=office.ids["li"]))
    assert FUNNEL.run(office.records, office.li, ALL, "en").rows[2].values[0] == "Proposal"
    assert FUNNEL.run(office.records, replace(office.li, lang="zh_TW"), ALL).rows[2].values[0] == "方案報價"


@pytest.mark.parametrize(
    "wrong", [{"period": "soon"}, {"period": "2026-05-01/2026-04-01"}, {"basis": "name"}, {"by": "x"}, {"owner": "li"}]
)
def test_a_parameter_that_does_not_fit_is_told(office: Office, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        FUNNEL.run(office.records, office.li, wrong)
    assert caught.value.field in wrong


def test_an_empty_database_has_an_empty_funnel(office: Office) -> None:
    for by in ("stage", "owner", "department"):
        table = FUNNEL.run(office.records, office.boss, {"by": by})
        assert table.totals is not None
        assert table.totals[1] == 0
        assert all(one.values[1] == 0 for one in table.rows)


@pytest.mark.parametrize("who", ["li", "meng", "boss"])
@pytest.mark.parametrize("period", ["all", "last_12_months"])
def test_it_is_counted_from_one_index_alone(
    office: Office, plant: Plant, stages: dict[str, int], who: str, period: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(*(Opportunity(name="x", stage=stages["proposal"], owner=office.ids["li"]) for _ in range(20)))
    asked: list[tuple[str, Any]] = []
    read = Database.read

    def watched(database: Database, query: Any, params: Any = ()) -> Any:
        asked.append(database.compiled(query, params))
        return read(database, query, params)

    actor = office.actor(who)
    FUNNEL.run(office.records, actor, {"period": period})
    monkeypatch.setattr(Database, "read", watched)
    FUNNEL.run(office.records, actor, {"period": period})
    monkeypatch.undo()
    *looks, (sql, values) = asked
    assert len(looks) <= 1 and all("share s" in look for look, _values in looks), "whether anything is shared with him"
    if office.records.database.engine == "sqlite":
        plan = " ".join(row[3] for row in office.records.database.read(f"EXPLAIN QUERY PLAN {sql}", values))
        assert "COVERING INDEX" in plan
        assert "TEMP B-TREE" not in plan
    else:
        plan = str(office.records.database.read("EXPLAIN " + sql.replace("%s", "?"), values))
        assert "Using index" in plan
        assert "temporary" not in plan
        assert "filesort" not in plan


def test_a_desktop_in_another_month_moves_the_period(office: Office, plant: Plant, stages: dict[str, int]) -> None:
    plant(Opportunity(name="x", stage=stages["proposal"], owner=office.ids["li"], created_at=datetime(2026, 3, 5)))
    later = Records(office.records.database, office.records.types.values(), FixedClock(datetime(2026, 4, 2)))
    counts = [
        FUNNEL.run(records, office.li, {"period": "this_month"}).totals[1]  # type: ignore[index]
        for records in (office.records, later)
    ]
    assert counts == [1, 0]
    assert later.count(Opportunity, office.li, View()) == 1
