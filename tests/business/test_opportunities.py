"""SA1 SA2 X4 X5: stages fill in the probability, won and lost close, lost asks why, a stage may forbid going back."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import Customer, FollowUp, Opportunity, Stage
from crm_desktop.core.errors import Invalid, Refused
from tests.office import Office


@pytest.fixture
def stages(office: Office) -> dict[str, int]:
    return {row.code: row.id for row in office.records.names.all("stage")}  # type: ignore[attr-defined]


@pytest.fixture
def deal(office: Office) -> Any:
    customer = office.save(Customer(name="甲公司"))
    return office.save(Opportunity(name="二期", customer=customer.id, amount=Decimal("1000.01")))


def go(office: Office, deal: Any, stage: int, **more: Any) -> Any:
    """Drop the card into another stage."""
    record: Any = office.records.get(Opportunity, deal.id, office.li)
    record.stage = stage
    for name, value in more.items():
        setattr(record, name, value)
    office.records.save(record, office.li)
    return office.records.get(Opportunity, deal.id, office.li)


def test_a_new_one_stands_in_the_first_stage(office: Office, deal: Any, stages: dict[str, int]) -> None:
    assert (deal.stage, deal.probability, deal.reached) == (stages["prospecting"], 10, stages["prospecting"])
    assert deal.stage_since == office.records.clock.now() and deal.closed_at is None


def test_the_probability_follows_the_stage(office: Office, deal: Any, stages: dict[str, int]) -> None:
    for code, probability in (("qualification", 30), ("proposal", 50), ("negotiation", 70), ("closing", 90), ("qualification", 30)):
        assert go(office, deal, stages[code]).probability == probability


def test_a_probability_set_by_hand_stays_until_the_end(office: Office, deal: Any, stages: dict[str, int]) -> None:
    now = go(office, deal, stages["prospecting"], probability=25)
    assert now.probability == 25
    assert go(office, deal, stages["proposal"]).probability == 25
    assert go(office, deal, stages["won"]).probability == 100
    made = office.save(Opportunity(name="三期", customer=deal.customer, probability=35))
    assert made.probability == 35
    moved = go(office, made, stages["proposal"], probability=60)
    assert moved.probability == 60, "set in the same form as the stage"


def test_money_is_weighted_once_and_rounded_half_up(office: Office, deal: Any, stages: dict[str, int]) -> None:
    assert go(office, deal, stages["qualification"]).weighted() == Decimal("300.00")
    assert go(office, deal, stages["proposal"]).weighted() == Decimal("500.01"), "500.005, half up"
    assert Opportunity(name="x").weighted() == 0


def test_losing_asks_why_and_closes(office: Office, deal: Any, stages: dict[str, int]) -> None:
    go(office, deal, stages["negotiation"])
    with pytest.raises(Invalid) as caught:
        go(office, deal, stages["lost"])
    assert caught.value.field == "lost_reason"
    assert office.records.get(Opportunity, deal.id, office.li).stage == stages["negotiation"]
    with pytest.raises(Invalid):
        go(office, deal, stages["lost"], lost_reason="because")
    lost = go(office, deal, stages["lost"], lost_reason="pricing", lost_note="贵了一成")
    assert (lost.probability, lost.closed_at, lost.lost_reason) == (0, office.records.clock.now(), "pricing")
    assert lost.reached == stages["negotiation"], "the funnel counts how far it came"
    with pytest.raises(Invalid):
        go(office, deal, stages["lost"], lost_reason="")


def test_what_was_lost_can_be_taken_up_again(office: Office, deal: Any, stages: dict[str, int]) -> None:
    go(office, deal, stages["lost"], lost_reason="pricing")
    again = go(office, deal, stages["proposal"])
    assert (again.lost_reason, again.closed_at, again.probability) == ("", None, 50)


def test_won_and_void_close(office: Office, deal: Any, stages: dict[str, int]) -> None:
    won = go(office, deal, stages["won"])
    assert (won.probability, won.closed_at) == (100, office.records.clock.now())
    other = office.save(Opportunity(name="三期", customer=deal.customer))
    void = go(office, other, stages["void"])
    assert (void.probability, void.closed_at, void.reached) == (0, office.records.clock.now(), stages["prospecting"])


def test_a_stage_may_forbid_going_back(office: Office, deal: Any, stages: dict[str, int]) -> None:
    go(office, deal, stages["won"])
    with pytest.raises(Refused) as caught:
        go(office, deal, stages["proposal"])
    assert "Won" in caught.value.sentence("en") or "赢单" in caught.value.sentence("zh_CN")
    stage: Any = office.records.get(Stage, stages["negotiation"], office.admin)
    stage.may_go_back = False
    office.records.save(stage, office.admin)
    other = office.save(Opportunity(name="三期", customer=deal.customer))
    go(office, other, stages["negotiation"])
    with pytest.raises(Refused):
        go(office, other, stages["proposal"])
    assert go(office, other, stages["closing"]).probability == 90


def test_the_furthest_stage_is_remembered(office: Office, deal: Any, stages: dict[str, int]) -> None:
    go(office, deal, stages["closing"])
    back = go(office, deal, stages["qualification"])
    assert back.reached == stages["closing"]
    change = office.records.save(_moved(office, back, stages["won"]), office.li)
    assert office.records.get(Opportunity, deal.id, office.li).reached == stages["won"]
    office.records.undo(change.batch, office.li)
    now = office.records.get(Opportunity, deal.id, office.li)
    assert (now.reached, now.closed_at, now.probability) == (stages["closing"], None, 30)


def _moved(office: Office, record: Any, stage: int) -> Any:
    record.stage = stage
    return record


def test_days_in_a_stage_count_from_the_last_move(office: Office, deal: Any, stages: dict[str, int]) -> None:
    office.records.clock.at += timedelta(days=5)  # type: ignore[attr-defined]
    deal = go(office, deal, stages["prospecting"], amount=Decimal(5))
    assert deal.stage_since == datetime(2026, 3, 18, 2)
    assert go(office, deal, stages["qualification"]).stage_since == datetime(2026, 3, 23, 2)


def test_what_nobody_touches_waits_too_long(office: Office, deal: Any, stages: dict[str, int]) -> None:
    """25 days in an open stage; a call about it counts as something done."""
    stage: Any = office.records.names.rows("stage")[deal.stage]
    now = office.records.clock.now()
    assert deal.idle_days(stage, now + timedelta(days=25)) == 0
    assert deal.idle_days(stage, now + timedelta(days=26)) == 26
    office.records.clock.at += timedelta(days=20)  # type: ignore[attr-defined]
    office.save(FollowUp(content="问了进展", customer=deal.customer, opportunity=deal.id))
    again = office.records.get(Opportunity, deal.id, office.li)
    assert again.idle_days(stage, now + timedelta(days=26)) == 0
    mine = office.records.get(Opportunity, deal.id, office.li)
    mine.next_step = "报价"
    office.records.save(mine, office.li)


def test_the_expected_close_can_be_late(office: Office, deal: Any, stages: dict[str, int]) -> None:
    today = office.records.clock.today()
    assert not deal.late(today)
    deal = go(office, deal, stages["proposal"], expected_close=today)
    assert not deal.late(today) and deal.late(today + timedelta(1))
    assert not go(office, deal, stages["won"]).late(today + timedelta(1))


def test_an_opportunity_needs_a_stage_that_is_in_use(office: Office, deal: Any, stages: dict[str, int]) -> None:
    refused = office.records.delete(Stage, [stages["prospecting"]], office.admin).refused
    assert "1" in refused[0][1].sentence("en"), "cards do not vanish with their stage"
    office.records.delete(Stage, [stages["proposal"]], office.admin)
    with pytest.raises(Invalid):
        go(office, deal, stages["proposal"])
    with pytest.raises(Invalid):
        go(office, deal, 4711)


def test_what_two_do_to_one_card(office: Office, deal: Any, stages: dict[str, int]) -> None:
    """One moves it while the other changes the amount: the probability of the new stage stays."""
    mine = office.records.get(Opportunity, deal.id, office.li)
    go(office, deal, stages["proposal"])
    mine.amount = Decimal(7)
    office.records.save(mine, office.li)
    now = office.records.get(Opportunity, deal.id, office.li)
    assert (now.stage, now.probability, now.amount) == (stages["proposal"], 50, Decimal(7))
