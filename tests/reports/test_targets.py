"""Targets: children add up to their parent, who may set whose, and what forecast and workbench make of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import reports
from crm_desktop.business import Contract, Customer, Employee, Opportunity, Target
from crm_desktop.business.sales.targets import COMPANY, Targets, Whose, may_set, set_targets, target_for
from crm_desktop.core.errors import Invalid, Refused, Trouble
from crm_desktop.core.views import View
from crm_desktop.exchange.exporting import export
from crm_desktop.reports.figures import workbench
from tests.exchange.stories import bring_in
from tests.office import Office

FEBRUARY, MARCH, APRIL = date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)


def person(office: Office, who: str) -> Whose:
    return "person", office.ids[who]


def team(office: Office, who: str) -> Whose:
    """The department somebody works in."""
    row: Any = office.records.names.rows("employee")[office.ids[who]]
    return "team", row.department


def put(office: Office, who: str, *wanted: tuple[Whose, date, int | None], measure: str = "sales") -> Any:
    cells = [(whose, month, None if amount is None else Decimal(amount)) for whose, month, amount in wanted]
    return set_targets(office.records, office.actor(who), measure, cells)


def of(office: Office, whose: Whose, month: date = MARCH, measure: str = "sales") -> Decimal | None:
    return Targets(office.records, measure).of(whose, month)


def test_children_add_up_to_their_parent_and_what_lies_above_is_not_shared_out_yet(office: Office) -> None:
    li, zhao, sun, one, two = person(office, "li"), person(office, "zhao"), person(office, "sun"), team(office, "li"), team(office, "sun")
    assert of(office, COMPANY) is None
    put(office, "boss", (li, MARCH, 300), (zhao, MARCH, 200), (sun, MARCH, 50))
    assert [of(office, whose) for whose in (one, two, COMPANY)] == [500, 50, 550]
    put(office, "boss", (one, MARCH, 600))
    targets = Targets(office.records)
    assert (targets.of(one, MARCH), targets.below(one, MARCH), targets.of(COMPANY, MARCH)) == (600, 500, 650)
    # What is shared out comes out of what was kept above, and lifts it when that is used up.
    put(office, "boss", (zhao, MARCH, 290))
    assert (of(office, one), of(office, COMPANY)) == (600, 650)
    put(office, "boss", (zhao, MARCH, 400))
    assert (of(office, one), of(office, COMPANY)) == (700, 750)
    assert of(office, one, APRIL) is None and of(office, one, MARCH, "receipts") is None
    assert put(office, "boss", (zhao, MARCH, None)) and of(office, one) == 600


def test_a_parent_gets_no_less_than_those_below_it_have(office: Office) -> None:
    put(office, "boss", (person(office, "li"), MARCH, 300))
    with pytest.raises(Invalid) as refused:
        put(office, "boss", (team(office, "li"), MARCH, 299))
    assert "300" in refused.value.sentence("en")
    # Lowered together, in whatever order they come.
    put(office, "boss", (team(office, "li"), MARCH, 200), (person(office, "li"), MARCH, 200))
    assert of(office, team(office, "li")) == 200


def test_one_undo_takes_a_whole_sheet_back(office: Office) -> None:
    put(office, "boss", (person(office, "li"), MARCH, 1))
    change = put(office, "boss", (person(office, "li"), MARCH, 5), (person(office, "zhao"), MARCH, 6), (COMPANY, APRIL, 7))
    assert office.records.undo(change.batch, office.boss).refused == []
    assert [of(office, person(office, "li")), of(office, person(office, "zhao")), of(office, COMPANY, APRIL)] == [1, None, None]


ALL = "li sun team other company"


@pytest.mark.parametrize(("who", "allowed"), [("boss", ALL), ("meng", "li team"), ("admin", ALL)])
def test_targets_are_set_by_who_sees_the_opportunities(office: Office, who: str, allowed: str) -> None:
    places = {"li": person(office, "li"), "sun": person(office, "sun"), "team": team(office, "li"), "other": team(office, "sun"),
              "company": COMPANY}  # fmt: skip
    for amount, (name, whose) in enumerate(places.items(), start=1):
        if name in allowed.split():
            put(office, who, (whose, MARCH, 10**amount))
            assert not may_set(Targets(office.records), office.actor(who), whose, MARCH)
        else:
            assert may_set(Targets(office.records), office.actor(who), whose, MARCH)
            with pytest.raises(Refused):
                put(office, who, (whose, MARCH, 9))
    with pytest.raises(Refused):
        put(office, "li", (places["li"], MARCH, 9))
    assert office.records.count(Target, office.li) == len(allowed.split()), "everybody sees them"


def test_nobody_takes_away_or_turns_over_a_target_he_could_not_set(office: Office) -> None:
    put(office, "boss", (person(office, "sun"), MARCH, 9))
    (one,) = office.records.ids(Target, office.meng)
    assert office.records.delete(Target, [one], office.meng).refused
    mine: Any = office.records.get(Target, one, office.meng)
    mine.person = office.ids["li"]
    with pytest.raises(Refused):
        office.records.save(mine, office.meng)


def test_there_is_one_target_of_a_kind_and_it_is_no_debt(office: Office) -> None:
    li = office.ids["li"]
    office.save(Target(month=date(2026, 3, 18), person=li, amount=Decimal(5)), "boss")
    for bad in (Target(month=MARCH, person=li, amount=Decimal(6)), Target(month=APRIL, person=li, amount=Decimal(-1))):
        with pytest.raises(Trouble):
            office.save(bad, "boss")
    office.save(Target(month=MARCH, person=li, amount=Decimal(6), measure="receipts"), "boss")
    (gone,) = office.records.ids(Target, office.boss, View(conditions=()))[:1]
    office.records.delete(Target, [gone], office.boss)
    put(office, "boss", (person(office, "li"), MARCH, 7), measure="sales")
    put(office, "boss", (person(office, "li"), MARCH, 7), measure="receipts")
    assert office.records.restore(Target, [gone], office.boss).refused


def test_who_changes_department_takes_his_target_along_and_who_left_still_has_it(office: Office) -> None:
    put(office, "boss", (person(office, "li"), MARCH, 5))
    one, two = team(office, "li"), team(office, "sun")
    row: Any = office.records.get(Employee, office.ids["li"], office.admin)
    row.department = two[1]
    office.records.save(row, office.admin)
    assert (of(office, one), of(office, two)) == (None, 5)
    office.records.move(office.records.get(Employee, office.ids["li"], office.admin), "quit", office.admin, {"left_on": MARCH})
    lines = [(place.name, place.depth) for place in Targets(office.records).tree()]
    assert lines[0] == ("明达", 0)
    place = lines.index(("销售二部", 2))
    assert sorted(lines[place + 1 : place + 3]) == [("孙丽", 3), ("李娜", 3)]
    put(office, "boss", (person(office, "li"), MARCH, None))
    assert "李娜" not in [place.name for place in Targets(office.records).tree()]


def test_the_forecast_sets_signed_and_weighted_against_the_target(
    office: Office, customer: int, stages: dict[str, int], plant: Any
) -> None:  # fmt: skip
    li, zhao = office.ids["li"], office.ids["zhao"]
    plant(Opportunity(name="x", stage=stages["proposal"], amount=Decimal(400), expected_close=date(2026, 3, 20), owner=li))
    plant(Contract(name="c", customer=customer, state="active", amount=Decimal(300), signed_on=date(2026, 3, 2), owner=li),
          Contract(name="draft", customer=customer, amount=Decimal(999), signed_on=date(2026, 3, 2), owner=li))  # fmt: skip
    put(office, "boss", (("person", li), MARCH, 1000), (("person", zhao), MARCH, 200), (COMPANY, MARCH, 5000), (COMPANY, APRIL, 100))

    def march(who: str, **answers: Any) -> tuple[Any, ...]:
        table = reports.find("forecast").run(office.records, office.actor(who), answers)
        return next(row.values[5:] for row in table.rows if row.values[0] == "2026-03")

    assert march("li") == (300, 1000, Decimal("0.5"))
    assert march("zhao") == (0, 200, Decimal(0))
    assert march("meng") == (300, 1200, Decimal("0.416667"))
    assert march("boss") == (300, 5000, Decimal("0.1"))
    assert march("boss", owner=li)[1] == 1000 and march("boss", department=team(office, "li")[1])[1] == 1200
    assert march("sun") == (0, None, None)
    table = reports.find("forecast").run(office.records, office.boss, {})
    assert table.totals is not None and table.totals[5:] == (300, 5100, Decimal("0.098039"))
    assert table.chart is not None and table.chart.marks is not None and table.chart.marks.values[:2] == (5000, 100)
    assert reports.find("forecast").run(office.records, office.sun, {}).chart.marks is None  # type: ignore[union-attr]


def test_the_workbench_sets_what_was_signed_against_the_target(office: Office) -> None:
    put(office, "boss", (person(office, "li"), MARCH, 1000), (COMPANY, MARCH, 3000))
    found = {who: workbench(office.records, office.actor(who)).figure("signed").target for who in ("li", "zhao", "meng", "boss")}
    assert found == {"li": 1000, "zhao": None, "meng": 1000, "boss": 3000}
    assert target_for(office.records, office.boss, [APRIL], office.boss.scope(Contract)) == [None]


def test_targets_come_from_a_sheet_and_go_back_into_one(office: Office, tmp_path: Path) -> None:
    """A sheet names month, department and person as people write them; what was exported comes back unchanged."""
    sheet = [["月份", "部门", "人员", "指标类型", "金额"], ["2026-03", "销售一部", "李娜", "销售", "12万"],
             ["2026年4月", "销售一部", "", "回款", "5000"],
             ["2026/3", "", "", "销售", "300000"], ["三月", "", "", "销售", "1"]]  # fmt: skip
    counts, _done = bring_in(office, Target, office.boss, sheet)
    assert (counts["new"], counts["refused"]) == (3, 1)
    assert of(office, person(office, "li")) == 120_000 and of(office, COMPANY) == 300_000
    assert of(office, team(office, "li"), APRIL, "receipts") == 5_000
    path = tmp_path / "targets.csv"
    export(office.records, Target, office.boss, View(), ["month", "measure", "team", "person", "amount"], path, "csv", lang="zh_CN")
    back = [line.split(",") for line in path.read_text("utf-8-sig").splitlines()]
    assert sorted(row[:2] for row in back[1:]) == [["2026-03", "销售"], ["2026-03", "销售"], ["2026-04", "回款"]]
    counts, _done = bring_in(office, Target, office.boss, back)
    assert counts == {**dict.fromkeys(counts, 0), "unchanged": 3}
    back[1][-1] = "7"
    assert bring_in(office, Target, office.boss, back)[0]["changed"] == 1


def test_a_customer_is_not_in_the_way(office: Office) -> None:
    """Targets know no customers: merging and deleting those leaves them alone."""
    put(office, "boss", (person(office, "li"), MARCH, 5))
    customer = office.save(Customer(name="甲"))
    office.records.delete(Customer, [customer.id], office.boss)
    assert of(office, COMPANY) == 5


def _move(office: Office, who: str, to: Whose) -> Any:
    row: Any = office.records.get(Employee, office.ids[who], office.admin)
    row.department = to[1]
    return office.records.save(row, office.admin)


def test_months_that_are_over_stay_with_the_department_of_then(office: Office) -> None:
    li, one, two = person(office, "li"), team(office, "li"), team(office, "sun")
    put(office, "boss", *((li, month, 10) for month in (FEBRUARY, MARCH, APRIL)))
    change = _move(office, "li", two)
    assert [of(office, one, month) for month in (FEBRUARY, MARCH, APRIL)] == [10, None, None]
    assert [of(office, two, month) for month in (FEBRUARY, MARCH, APRIL)] == [None, 10, 10]
    assert [of(office, COMPANY, month) for month in (FEBRUARY, MARCH, APRIL)] == [10, 10, 10]
    board = Targets(office.records)
    assert (board.elsewhere(li, FEBRUARY), board.elsewhere(li, MARCH)) == ("销售一部", "")
    # Whose past it is: the manager of then may still put it right, not what is to come.
    put(office, "meng", (li, FEBRUARY, 12))
    assert of(office, one, FEBRUARY) == 12 and may_set(board, office.meng, li, MARCH)
    with pytest.raises(Refused):
        put(office, "meng", (li, MARCH, 12))
    with pytest.raises(Invalid):
        put(office, "boss", (one, FEBRUARY, 11))
    assert office.records.undo(change.batch, office.admin).refused == []
    assert of(office, one, APRIL) == 10


def test_a_sheet_takes_no_past_target_along(office: Office) -> None:
    """Whatever department it names, or none: what is over stays, what is to come follows the person, and no row is refused."""
    li, one, two = person(office, "li"), team(office, "li"), team(office, "sun")
    put(office, "boss", *((li, month, 10) for month in (FEBRUARY, MARCH, APRIL)))
    _move(office, "li", two)
    for amount, department in ((20, "销售一部"), (30, "销售二部")):
        sheet = [["月份", "部门", "人员", "指标类型", "金额"],
                 *([f"2026-0{month}", department, "李娜", "销售", str(amount)] for month in (2, 3, 4))]  # fmt: skip
        assert bring_in(office, Target, office.boss, sheet)[0]["changed"] == 3
        assert [of(office, one, month) for month in (FEBRUARY, MARCH, APRIL)] == [amount, None, None]
        assert [of(office, two, month) for month in (FEBRUARY, MARCH, APRIL)] == [None, amount, amount]
        assert bring_in(office, Target, office.boss, sheet)[0]["unchanged"] == 3
    sheet = [["月份", "人员", "指标类型", "金额"], *([f"2026-0{month}", "李娜", "销售", "40"] for month in (2, 3, 4))]
    assert bring_in(office, Target, office.boss, sheet)[0]["changed"] == 3
    assert [of(office, one, month) for month in (FEBRUARY, MARCH, APRIL)] == [40, None, None]
    # Old books: of a month that is over a new row says where the person was.
    sheet = [["月份", "部门", "人员", "指标类型", "金额"], ["2025-12", "销售一部", "李娜", "销售", "5"],
             ["2026-01", "", "李娜", "销售", "6"]]  # fmt: skip
    assert bring_in(office, Target, office.boss, sheet)[0]["new"] == 2
    assert of(office, one, date(2025, 12, 1)) == 5 and of(office, two, date(2026, 1, 1)) == 6


def test_nobody_gives_a_stranger_a_past_in_his_own_department(office: Office) -> None:
    with pytest.raises(Refused):
        office.save(Target(month=FEBRUARY, person=office.ids["sun"], team=team(office, "li")[1], amount=Decimal(1)), "meng")
