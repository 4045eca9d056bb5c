"""CU8 N10: somebody leaves: everything he owned has another owner by one act, his account is closed, and it is certified."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import (
    Contact,
    Contract,
    Customer,
    Employee,
    Event,
    FollowUp,
    Lead,
    Opportunity,
    Reminder,
    RoleRight,
    SavedView,
    Schedule,
    Share,
    Task,
)
from crm_desktop.business.staff import certificate as certificates
from crm_desktop.business.staff.handover import Plan, hand_over, handed_types, holdings
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core.checks import examine
from crm_desktop.core.errors import Cancelled, NotFound, Refused
from crm_desktop.core.records import Records
from tests.office import Office

NOW_TYPES = (Customer, Contact, FollowUp, Lead, Opportunity, Contract, Task, Event, Reminder, SavedView, Schedule)


@pytest.fixture
def busy(office: Office) -> Office:
    """Zhao has a bit of everything; somebody reports to him, and something is shared with him."""
    now = office.records.clock.now()
    stage = {row.code: row.id for row in office.records.names.all("stage")}  # type: ignore[attr-defined]
    customers = [office.save(Customer(name=f"客户{n}"), "zhao") for n in range(4)]
    office.save(Contact(name="散客"), "zhao")
    for n, customer in enumerate(customers):
        office.save(Contact(name=f"人{n}", customer=customer.id), "zhao")
        office.save(FollowUp(content="谈了", customer=customer.id, next_contact_on=date(2026, 4, 1)), "zhao")
        office.save(Opportunity(name=f"商机{n}", customer=customer.id, amount=Decimal("100.50")), "zhao")
    won = office.save(Opportunity(name="赢了的", customer=customers[0].id, amount=Decimal(7)), "zhao")
    won.stage = stage["won"]
    office.records.save(won, office.zhao)
    office.save(Contract(name="合同", customer=customers[1].id, amount=Decimal(900), signed_on=date(2026, 1, 1)), "zhao")
    office.save(Lead(name="线索"), "zhao")
    office.save(Task(title="寄样", customer=customers[2].id, remind_at=now + timedelta(hours=1)), "zhao")
    office.save(Event(title="拜访", starts_at=now + timedelta(days=1), remind_minutes=15), "zhao")
    office.save(Reminder(title="喝茶", due_at=now + timedelta(hours=2)), "zhao")
    office.save(SavedView(name="赵的", record_type="customer", content="{}", shared=True), "zhao")
    office.save(Schedule(name="周报", folder="/tmp"), "zhao")
    lent = office.save(Customer(name="李的"), "li")
    office.records.share(Customer, [lent.id], office.ids["zhao"], office.li)
    zhao = office.records.get(Employee, office.ids["sun"], office.admin)
    zhao.manager = office.ids["zhao"]
    office.records.save(zhao, office.admin)
    return office


def everything_to(office: Office, *who: str) -> dict[str, tuple[int, ...]]:
    return {one.key(): tuple(office.ids[name] for name in who) for one in handed_types(office.records)}


def owned(office: Office, who: str) -> dict[str, int]:
    sql = "SELECT COUNT(*) FROM `{}` WHERE owner = ? AND deleted_at IS NULL"
    counts = {t.key(): office.records.database.read(sql.format(t.key()), (office.ids[who],))[0][0] for t in NOW_TYPES}
    return {key: count for key, count in counts.items() if count}


def whole(office: Office) -> list[str]:
    return [finding.sentence("en") for _check, found in examine(office.records) for finding in found]


def test_counts_first(busy: Office) -> None:
    told = {one.record_type.key(): (one.count, one.open, one.amount) for one in holdings(busy.records, busy.ids["zhao"], busy.admin)}
    assert told["customer"] == (4, 4, None) and told["contact"] == (1, 1, None), "contacts of customers go with them"
    assert told["opportunity"] == (5, 4, Decimal("402.00")) and told["contract"] == (1, 1, Decimal(900))
    assert told["reminder"][0] == 4 and "follow_up" not in told and "share" not in told


def test_one_act_leaves_nothing_and_closes_the_account(busy: Office) -> None:
    before = owned(busy, "zhao")
    done = hand_over(busy.records, Plan(busy.ids["zhao"], everything_to(busy, "li")), busy.admin)
    assert owned(busy, "zhao") == {} and done.batch
    assert owned(busy, "li").items() >= {**before, "customer": 5}.items() - {("reminder", before["reminder"])}
    assert sum(done.moved["customer"].values()) == 4
    zhao: Any = busy.records.get(Employee, busy.ids["zhao"], busy.admin)
    assert (zhao.state, zhao.left_on) == ("left", busy.records.clock.today())
    with pytest.raises(Refused):
        actor_for(busy.records, busy.ids["zhao"])
    sun: Any = busy.records.names.rows("employee")[busy.ids["sun"]]
    assert sun.manager is None
    assert busy.records.database.read("SELECT COUNT(*) FROM share WHERE deleted_at IS NULL")[0][0] == 0
    sql = "SELECT title FROM reminder WHERE owner = ? AND cause = 'assigned'"
    told = busy.records.database.read(sql, (busy.ids["li"],))
    assert any("4" in title for (title,) in told), "the new owner is told once for each kind"
    assert whole(busy) == []
    assert busy.records.undo(done.batch, busy.admin).refused == []
    after = owned(busy, "zhao")
    assert after == before and actor_for(busy.records, busy.ids["zhao"]).name == "赵强"
    assert whole(busy) == []


def test_records_may_be_dealt_out_and_go_with_their_customer(busy: Office) -> None:
    plan = Plan(busy.ids["zhao"], everything_to(busy, "li") | {"customer": (busy.ids["li"], busy.ids["meng"])})
    done = hand_over(busy.records, plan, busy.admin)
    assert done.moved["customer"] == {busy.ids["li"]: 2, busy.ids["meng"]: 2}
    owners = dict(busy.records.database.read("SELECT id, owner FROM customer"))
    for table in ("contact", "follow_up", "opportunity", "contract", "task"):
        for customer, owner in busy.records.database.read(f"SELECT customer, owner FROM `{table}` WHERE customer IS NOT NULL"):
            assert owners[customer] == owner, table
    assert whole(busy) == []


def test_closed_ones_may_stay_in_his_name_when_the_account_stays_open(busy: Office) -> None:
    receivers = {"opportunity": (busy.ids["li"],)}
    hand_over(busy.records, Plan(busy.ids["zhao"], receivers, with_customer=False, closed=False, close=False), busy.meng)
    assert owned(busy, "zhao")["opportunity"] == 1 and owned(busy, "zhao")["customer"] == 4
    assert actor_for(busy.records, busy.ids["zhao"]).name == "赵强"


def test_what_would_be_left_behind_is_told_and_nothing_is_changed(busy: Office) -> None:
    before = owned(busy, "zhao")
    with pytest.raises(Refused, match="赵强 still has"):
        hand_over(busy.records, Plan(busy.ids["zhao"], {"customer": (busy.ids["li"],)}), busy.admin)
    with pytest.raises(Refused, match="his own"):
        hand_over(busy.records, Plan(busy.ids["zhao"], everything_to(busy, "zhao")), busy.admin)
    with pytest.raises(NotFound):
        hand_over(busy.records, Plan(busy.ids["zhao"], {"customer": (4711,)}), busy.admin)
    with pytest.raises(Cancelled):
        hand_over(busy.records, Plan(busy.ids["zhao"], everything_to(busy, "li")), busy.admin, stopped=lambda: True)
    assert owned(busy, "zhao") == before


def test_who_may_hand_over(busy: Office) -> None:
    """A manager hands over within his department; a salesperson nothing; closing an account is the administrator's."""
    plan = Plan(busy.ids["zhao"], everything_to(busy, "li"))
    for who in ("li", "sun", "meng"):
        with pytest.raises(Refused):
            hand_over(busy.records, plan, busy.actor(who))
    role: Any = next(row for row in busy.records.names.all("role") if row.code == "manager")  # type: ignore[attr-defined]
    hand_over(busy.records, replace(plan, close=False), busy.meng)
    assert owned(busy, "zhao") == {}
    busy.save(RoleRight(name="customer", role=role.id, operations="edit"), "admin")
    with pytest.raises(Refused, match="assign"):
        hand_over(busy.records, replace(plan, leaver=busy.ids["li"], receivers={"customer": (busy.ids["zhao"],)}, close=False), busy.meng)


def test_nothing_is_lost_while_he_and_others_go_on_writing(busy: Office) -> None:
    """His own window and a colleague's add records for him until the account is closed: each that was acknowledged has
    another owner afterwards, and later ones are refused."""
    database = busy.records.database
    kept: list[int] = []
    refused: list[str] = []
    started = threading.Event()

    def write(who: str) -> None:
        records = Records(database, busy.records.types.values(), busy.records.clock)
        actor = actor_for(records, busy.ids[who])
        for n in range(2_000):
            made = Customer(name=f"{who}忙{n}", owner=busy.ids["zhao"])
            try:
                records.save(made, actor)
            except Refused as why:
                refused.append(why.sentence("en"))
                break
            kept.append(made.id)
            started.set()
        database.close_thread()

    writers = [threading.Thread(target=write, args=(who,)) for who in ("zhao", "meng")]
    for writer in writers:
        writer.start()
    assert started.wait(30)
    hand_over(busy.records, Plan(busy.ids["zhao"], everything_to(busy, "li")), busy.admin)
    for writer in writers:
        writer.join(60)
    assert len(refused) == 2 and all("赵强" in why for why in refused), "both were told"
    owners = dict(database.read(f"SELECT id, owner FROM customer WHERE id IN ({', '.join('?' * len(kept))})", kept))
    assert len(owners) == len(kept) and set(owners.values()) == {busy.ids["li"]}
    assert owned(busy, "zhao") == {} and whole(busy) == []


def test_an_old_record_that_breaks_a_newer_rule_changes_hands_all_the_same(busy: Office) -> None:
    busy.records.database.write(lambda tx: tx.run("UPDATE opportunity SET customer = NULL WHERE name = ?", ("商机0",)))
    hand_over(busy.records, Plan(busy.ids["zhao"], everything_to(busy, "li")), busy.admin)
    assert owned(busy, "zhao") == {}


def test_the_certificate_says_what_moved_and_the_open_money(busy: Office) -> None:
    receivers = everything_to(busy, "li") | {"customer": (busy.ids["li"], busy.ids["meng"])}
    done = hand_over(busy.records, Plan(busy.ids["zhao"], receivers), busy.admin)
    assert done.batch
    told = certificates.certificate(busy.records, done.batch, busy.admin)
    counts = {one.key(): (count, amount) for one, count, amount in told.counts()}
    assert counts["customer"] == (4, None) and counts["opportunity"] == (5, Decimal("402.00")) and counts["contract"] == (1, Decimal(900))
    assert {t.key(): n for t, n in told.followed} == {"contact": 4, "follow_up": 4}
    assert (told.leaver, told.by, told.left_on) == (busy.ids["zhao"], busy.ids["admin"], busy.records.clock.today())
    deal = next(item for item in told.items if item.title == "商机1")
    assert (deal.customer, deal.amount) == ("客户1", Decimal("100.50")) and deal.receiver in (busy.ids["li"], busy.ids["meng"])
    assert [batch.id for batch in certificates.handovers(busy.records)] == [done.batch]
    with pytest.raises(NotFound):
        certificates.certificate(busy.records, 4711, busy.admin)
    with pytest.raises(Refused):
        certificates.certificate(busy.records, done.batch, busy.sun)
    busy.records.undo(done.batch, busy.admin)
    assert certificates.handovers(busy.records) == []
    assert busy.records.count(Share, busy.admin) == 1
