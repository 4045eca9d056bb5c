"""The workbench: figures from the data, in the person's scope, and his list of things to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from crm_desktop.business import Contract, Customer, Event, Lead, Opportunity, Task
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.views import Condition
from crm_desktop.reports.figures import Workbench, workbench
from tests.office import Office

Plant = Callable[..., None]


def drilled(office: Office, shown: Workbench, actor: Actor, key: str) -> int:
    """How many records open behind a figure."""
    drill = shown.figure(key).drill
    assert drill is not None
    return office.records.count(office.records.types[drill.record_type], actor, drill.view)


def test_signed_amounts_are_those_of_the_contracts_signed(office: Office, plant: Plant, customer: int) -> None:
    cases = (
        ("active", date(2026, 3, 1), 100), ("completed", date(2026, 3, 18), 20), ("draft", date(2026, 3, 2), 999),
        ("void", date(2026, 3, 2), 999), ("active", date(2026, 2, 18), 60), ("active", date(2026, 2, 19), 500),
        ("closed", date(2025, 4, 1), 7), ("active", date(2025, 3, 31), 999),
    )  # fmt: skip
    for state, signed, money in cases:
        plant(
            Contract(name="合同", customer=customer, state=state, signed_on=signed, amount=Decimal(money), owner=office.ids["li"])
        )
    shown = workbench(office.records, office.li)
    signed = shown.figure("signed")
    assert signed.value == 120
    # Until the 18th of February 60 were signed, half as much as until the 18th of March.
    assert (signed.before, signed.change) == (60, 1)
    assert signed.trend[0] == 7
    assert signed.trend[-2:] == (560, 120)
    assert shown.months[0] == date(2025, 4, 1)
    assert len(shown.months) == len(signed.trend) == 12
    assert drilled(office, shown, office.li, "signed") == 2
    assert workbench(office.records, office.sun).figure("signed").value == 0


def test_new_customers_are_counted_by_the_months_of_the_wall_clock(office: Office, plant: Plant) -> None:
    moments = (
        datetime(2026, 2, 28, 15, 59),
        datetime(2026, 2, 28, 16),
        datetime(2026, 3, 10),
        datetime(2025, 4, 5),
        datetime(2024, 1, 1),
    )
    for moment in moments:
        plant(Customer(name="新", created_at=moment, owner=office.ids["zhao"]))
    shown = workbench(office.records, office.meng)
    new = shown.figure("new_customers")
    assert (new.value, new.before) == (2, 0)
    assert new.trend == (1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2)
    assert drilled(office, shown, office.meng, "new_customers") == 2
    assert workbench(office.records, office.li).figure("new_customers").value == 0


def test_won_and_open_money(office: Office, plant: Plant, stages: dict[str, int], clock: FixedClock) -> None:
    li, zhao = office.ids["li"], office.ids["zhao"]
    clock.at = datetime(2026, 2, 10)
    plant(Opportunity(name="二月", stage=stages["won"], amount=Decimal(30), owner=li))
    clock.at = datetime(2026, 3, 18, 2)
    plant(
        Opportunity(name="三月", stage=stages["won"], amount=Decimal(50), owner=li),
        Opportunity(name="他的", stage=stages["won"], amount=Decimal(5), owner=zhao),
        Opportunity(name="开", stage=stages["proposal"], amount=Decimal(200), owner=li),
        Opportunity(name="开二", stage=stages["closing"], amount=Decimal(100), expected_close=date(2026, 4, 1), owner=li),
        Opportunity(name="输", stage=stages["lost"], lost_reason="budget", amount=Decimal(900), owner=li),
    )
    shown = workbench(office.records, office.li)
    won = shown.figure("won")
    assert (won.value, won.before, won.trend[-2:]) == (50, 30, (30, 50))
    assert shown.figure("pipeline").value == 100 + 90
    assert [(bar.count, bar.amount, bar.weighted) for bar in shown.funnel] == [
        (0, 0, 0), (0, 0, 0), (1, 200, 100), (0, 0, 0), (1, 100, 90), (1, 50, 50),
    ]  # fmt: skip
    for bar in shown.funnel:
        assert office.records.count(Opportunity, office.li, bar.drill.view) == bar.count
    assert drilled(office, shown, office.li, "pipeline") == 2
    assert workbench(office.records, office.meng).figure("won").value == 55


def test_what_is_due_late_or_ending(office: Office, plant: Plant, customer: int) -> None:
    li = office.ids["li"]
    for day in (date(2026, 3, 18), date(2026, 3, 17), date(2026, 1, 1), date(2026, 3, 19), None):
        plant(Customer(name=f"联系 {day}", next_contact_on=day, owner=li))
    ends = (date(2026, 3, 17), date(2026, 3, 18), date(2026, 4, 17), date(2026, 4, 18))
    for day in ends:
        plant(Contract(name="合同", customer=customer, state="active", ends_on=day, owner=li))
    shown = workbench(office.records, office.li)
    assert {key: shown.figure(key).value for key in ("contact_today", "contact_late", "ending")} == {
        "contact_today": 1, "contact_late": 2, "ending": 2,
    }  # fmt: skip
    for key in ("contact_today", "contact_late", "ending"):
        assert drilled(office, shown, office.li, key) == shown.figure(key).value


def test_the_list_of_today(office: Office, plant: Plant, customer: int, stages: dict[str, int]) -> None:
    li, today, yesterday = office.ids["li"], date(2026, 3, 18), date(2026, 3, 17)
    plant(
        Event(title="下午", starts_at=datetime(2026, 3, 18, 6), ends_at=datetime(2026, 3, 18, 7), customer=customer, owner=li),
        Event(title="上午", starts_at=datetime(2026, 3, 18, 1), ends_at=datetime(2026, 3, 18, 2), owner=li),
        Event(title="昨晚", starts_at=datetime(2026, 3, 17, 15), ends_at=datetime(2026, 3, 17, 16), owner=li),
        Event(title="别人的", starts_at=datetime(2026, 3, 18, 6), ends_at=datetime(2026, 3, 18, 7), owner=office.ids["zhao"]),
        Task(title="迟了", due_on=yesterday, owner=li),
        Task(title="今天", due_on=today, owner=li),
        Task(title="做完了", due_on=today, state="completed", owner=li),
        Customer(name="该联系", next_contact_on=today, owner=li, city="苏州"),
        Lead(name="张三", company="云帆", next_contact_on=yesterday, owner=li),
        Lead(name="已转", next_contact_on=yesterday, state="converted", owner=li),
        Opportunity(name="下一步", stage=stages["proposal"], next_step_on=today, owner=li),
        Opportunity(name="没有", stage=stages["proposal"], owner=li),
    )
    todo = workbench(office.records, office.li).todo
    assert {group.key: group.count for group in todo.groups} == {
        "events": 2, "tasks": 2, "customers": 1, "leads": 1, "steps": 1, "without_step": 1, "idle": 0,
    }  # fmt: skip
    assert [item.title for item in todo.items if item.late] == ["张三", "迟了"]
    assert [item.title for item in todo.items if item.at] == ["上午", "下午"]
    assert {item.sub for item in todo.items} >= {"苏州", "云帆", "华为技术有限公司"}
    for group in todo.groups:
        if group.drill is not None:
            record_type = office.records.types[group.drill.record_type]
            assert office.records.count(record_type, office.li, group.drill.view) == group.count
    boss = workbench(office.records, office.boss).todo
    assert not boss.items


def test_more_than_fits_is_counted_and_the_newest_are_shown(office: Office, plant: Plant) -> None:
    for number in range(30):
        plant(Task(title=f"{number:02}", due_on=date(2026, 2, 1 + number % 28), owner=office.ids["li"]))
    plant(Task(title="今天", due_on=date(2026, 3, 18), owner=office.ids["li"]))
    tasks = workbench(office.records, office.li).todo.group("tasks")
    assert tasks.count == 31
    assert len(tasks.items) == 20
    assert tasks.items[0].title == "今天"


@pytest.mark.parametrize("who", ["li", "boss", "admin"])
def test_on_an_empty_database_everything_is_nothing(office: Office, who: str) -> None:
    shown = workbench(office.records, office.actor(who), "en")
    assert {figure.value for figure in shown.figures} == {0}
    assert all(figure.change is None for figure in shown.figures)
    assert not shown.todo.items
    assert [bar.label for bar in shown.funnel][:2] == ["Prospecting", "Qualification"]


def test_the_program_itself_has_nothing_to_do(office: Office) -> None:
    assert workbench(office.records, Actor.program()).todo.groups == ()


def test_in_january_last_month_is_december(office: Office, plant: Plant, customer: int, clock: FixedClock) -> None:
    clock.at = datetime(2026, 1, 31, 2)
    for day, money in ((date(2026, 1, 5), 3), (date(2025, 12, 31), 2), (date(2025, 2, 1), 1)):
        plant(
            Contract(name="合同", customer=customer, state="active", signed_on=day, amount=Decimal(money), owner=office.ids["li"])
        )
    signed = workbench(office.records, office.li).figure("signed")
    assert (signed.value, signed.before, signed.trend[0], signed.trend[-2]) == (3, 2, 1, 2)
    clock.at = datetime(2026, 3, 31, 2)
    # February is shorter: its 28 days are compared with the 31 of March.
    plant(
        Contract(
            name="合同", customer=customer, state="active", signed_on=date(2026, 2, 28), amount=Decimal(8), owner=office.ids["li"]
        )
    )
    assert workbench(office.records, office.li).figure("signed").before == 8


def test_a_figure_opens_what_its_words_say(office: Office) -> None:
    drill = workbench(office.records, office.li).figure("contact_late").drill
    assert drill is not None
    assert drill.view.conditions == (Condition("next_contact_on", "past"),)
