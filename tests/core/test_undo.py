"""Undo: what was done is taken back, what was done since is kept; by whom, in which order, and twice."""

from __future__ import annotations

import random
import threading
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import Contact, Customer, FollowUp, Lead, Opportunity, Product, Tag, Task
from crm_desktop.core import custom, undoing
from crm_desktop.core.checks import examine
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import Cancelled, NotFound, Refused, Trouble
from crm_desktop.core.merging import BOOKKEEPING
from crm_desktop.core.record import Record
from crm_desktop.core.views import View
from tests.office import Office


def picture(office: Office) -> dict[tuple[str, int], Any]:
    """Every living record with its values, as undo must bring them back."""
    told = {}
    for record_type in (Customer, Contact, FollowUp, Lead, Opportunity, Task, Tag, Product):
        for one in office.records.ids(record_type, office.admin):
            record = office.records.get(record_type, one, office.admin)
            kept = {name: value for name, value in (record.stored or {}).items() if name not in BOOKKEEPING}
            told[record_type.key(), one] = kept
    return told


def found(office: Office, text: str) -> set[int]:
    return {hit.id for hit in office.records.search(text, office.admin, limit=500)}


@pytest.mark.parametrize("seed", range(6))
def test_a_random_day_is_undone_step_by_step(office: Office, seed: int) -> None:
    """After each undo everything stands as before the act; nothing is refused, the search finds what is there."""
    chance = random.Random(seed)
    field = office.save(CustomField(name="备注二", record_type="customer", field_kind="text", searchable=True), "admin")
    office.save(CustomField(name="积分", record_type="customer", field_kind="number"), "admin")
    customers = [office.save(Customer(name=f"公司{n}", city="上海"), chance.choice(["li", "zhao", "sun"])).id for n in range(4)]
    steps: list[tuple[int, str, dict[tuple[str, int], Any]]] = []
    for _n in range(14):
        before = picture(office)
        who, batch = _act(office, chance, customers, field.code)
        if batch is not None:
            steps.append((batch, who, before))
    assert len(steps) > 6
    for batch, who, before in reversed(steps):
        last = office.records.last_batch(office.actor(who))
        assert last is not None and last.id == batch
        outcome = office.records.undo(batch, office.actor(who))
        assert outcome.refused == [], outcome.refused[0][1].sentence("en")
        assert picture(office) == before
    assert [f.sentence("en") for _check, findings in examine(office.records) for f in findings] == []
    assert found(office, "公司") == set(customers)


def _act(office: Office, chance: random.Random, customers: list[int], code: str) -> tuple[str, int | None]:
    """One random act of a manager; (who, batch), batch None when it was refused or changed nothing."""
    records, who = office.records, chance.choice(["boss", "boss", "admin"])
    actor, customer = office.actor(who), chance.choice(customers)
    living: list[Any] = [records.get(Customer, one, actor) for one in records.ids(Customer, actor)]
    try:
        match chance.randrange(9):
            case 0:
                change: Any = records.save(Contact(name=f"人{chance.random()}", customer=customer, is_primary=True), actor)
            case 1:
                moment = date(2026, 4, chance.randrange(1, 28))
                change = records.save(FollowUp(content="谈了", customer=customer, next_contact_on=moment), actor)
            case 2:
                record = chance.choice(living)
                record.city, record.level = chance.choice(["北京", "广州"]), chance.choice(["A", "B"])
                custom.put(record, records.fields(Customer)[code], f"特别{chance.randrange(9)}")
                change = records.save(record, actor)
            case 3:
                ids = chance.sample(list(records.ids(Customer, actor)), 2)
                change = records.assign(Customer, ids, office.ids[chance.choice(["li", "zhao", "sun"])], actor)
            case 4:
                change = records.delete(Customer, [customer], actor)
            case 5:
                change = records.restore(Customer, [customer], actor)
            case 6:
                change = records.set_field(Customer, [one.id for one in living], "status", chance.choice(["key", "dormant"]), actor)
            case 7:
                change = records.save(Opportunity(name="机会", customer=customer, amount=Decimal(chance.randrange(100))), actor)
            case _:
                task = chance.choice([None, *records.ids(Task, actor)])
                made = records.get(Task, task, actor) if task else Task(title="打电话", customer=customer, due_on=date(2026, 3, 20))
                if task:
                    change = records.move(made, "done" if made.state != "completed" else "reopen", actor)
                else:
                    change = records.save(made, actor)
    except (Trouble, IndexError, ValueError):
        return who, None
    return who, change.batch if getattr(change, "touched", None) or getattr(change, "done", None) else None


def test_an_undo_can_be_undone(office: Office) -> None:
    made = office.save(Customer(name="甲公司", city="上海"))
    made.city = "北京"
    change = office.records.save(made, office.li)
    undone = office.records.undo(change.batch, office.li)
    assert office.records.get(Customer, made.id, office.li).city == "上海"
    office.records.undo(undone.batch, office.li)  # type: ignore[arg-type]
    assert office.records.get(Customer, made.id, office.li).city == "北京"


def test_undo_of_a_creation_keeps_what_somebody_worked_with(office: Office) -> None:
    """An import taken back after a morning's work leaves the rows people have worked with."""
    customers = [Customer(name=f"公司{n}") for n in range(4)]
    _none, change = office.records.unit(office.li, lambda unit: unit.add(customers), "import")
    touched, hung, changed_back, alone = customers
    theirs = office.records.get(Customer, touched.id, office.meng)
    theirs.phone = "010-1"
    office.records.save(theirs, office.meng)
    office.save(Contact(name="钱一", customer=hung.id))
    mine = office.records.get(Customer, changed_back.id, office.li)
    mine.phone = "010-1"
    office.records.undo(office.records.save(mine, office.li).batch, office.li)
    outcome = office.records.undo(change.batch, office.li)
    assert set(outcome.done) == {changed_back.id, alone.id}
    assert {record_id for record_id, _why in outcome.refused} == {touched.id, hung.id}
    assert set(office.records.ids(Customer, office.li)) == {touched.id, hung.id}
    assert "公司0" in next(why for one, why in outcome.refused if one == touched.id).sentence("en")


def test_ctrl_z_goes_on_although_an_act_could_not_be_taken_back(office: Office) -> None:
    first = office.save(Customer(name="甲公司"))
    second = office.save(Customer(name="乙公司"))
    second.city = "北京"
    office.records.save(second, office.li)
    theirs = office.records.get(Customer, second.id, office.meng)
    theirs.city = "广州"
    office.records.save(theirs, office.meng)
    seen = []
    while (last := office.records.last_batch(office.li)) is not None:
        assert last.id not in seen, "stuck at one act"
        seen.append(last.id)
        office.records.undo(last.id, office.li)
    assert office.records.get(Customer, second.id, office.li).city == "广州"
    with pytest.raises(NotFound):
        office.records.get(Customer, first.id, office.li)


def test_who_may_take_back_what(office: Office) -> None:
    made = office.save(Customer(name="孙的客户", city="苏州"), "sun")
    made.city = "无锡"
    change = office.records.save(made, office.sun)
    for who in ("li", "meng"):
        with pytest.raises(Refused):
            office.records.undo(change.batch, office.actor(who))
    office.records.undo(change.batch, office.boss)
    assert office.records.get(Customer, made.id, office.sun).city == "苏州"
    with pytest.raises(Refused):
        office.records.undo(change.batch, office.sun)


def test_the_first_start_is_not_undone_by_a_manager(office: Office) -> None:
    first = office.records.database.read("SELECT id FROM batch WHERE actor IS NULL ORDER BY id LIMIT 1")[0][0]
    with pytest.raises(Refused):
        office.records.undo(first, office.boss)
    assert office.records.names.all("stage")


def test_an_assignment_is_taken_back_though_the_record_is_out_of_sight_by_then(office: Office) -> None:
    made = office.save(Customer(name="甲公司"))
    contact = office.save(Contact(name="钱一", customer=made.id))
    outcome = office.records.assign(Customer, [made.id], office.ids["sun"], office.meng)
    with pytest.raises(NotFound):
        office.records.get(Customer, made.id, office.meng)
    assert office.records.undo(outcome.batch, office.meng).refused == []  # type: ignore[arg-type]
    assert office.records.get(Customer, made.id, office.li).owner == office.ids["li"]
    assert office.records.get(Contact, contact.id, office.li).owner == office.ids["li"]
    assert [hit.id for hit in office.records.search("钱一", office.li)] == [contact.id]


def test_a_new_lead_that_was_given_away_by_mistake_is_new_again(office: Office) -> None:
    lead = office.save(Lead(name="钱一"), "meng")
    outcome = office.records.assign(Lead, [lead.id], office.ids["li"], office.meng)
    assert office.records.get(Lead, lead.id, office.li).state == "assigned"
    office.records.undo(outcome.batch, office.meng)  # type: ignore[arg-type]
    now = office.records.get(Lead, lead.id, office.meng)
    assert (now.state, now.owner) == ("new", office.ids["meng"])


def test_what_lies_in_the_bin_is_not_changed_by_an_undo(office: Office) -> None:
    made = office.save(Customer(name="甲公司", city="上海"))
    made.city = "北京"
    change = office.records.save(made, office.li)
    office.records.delete(Customer, [made.id], office.meng)
    outcome = office.records.undo(change.batch, office.li)
    assert outcome.done == [] and len(outcome.refused) == 1
    assert found(office, "甲公司") == set()
    office.records.restore(Customer, [made.id], office.meng)
    assert office.records.get(Customer, made.id, office.li).city == "北京"


def test_what_was_changed_in_the_bin_is_changed_back_there(office: Office) -> None:
    """The mark of a primary contact goes over from one who lies in the bin: nothing of that was kept, and nothing is to be told."""
    customer = office.save(Customer(name="甲公司"))
    gone = office.save(Contact(name="钱一", customer=customer.id, is_primary=True))
    office.records.delete(Contact, [gone.id], office.meng)
    change = office.records.save(Contact(name="孙二", customer=customer.id, is_primary=True), office.li)
    outcome = office.records.undo(change.batch, office.li)
    assert outcome.refused == [] and office.records.count(Contact, office.li) == 0
    office.records.restore(Contact, [gone.id], office.meng)
    assert office.records.get(Contact, gone.id, office.li).is_primary


def test_undo_of_a_deletion_waits_for_its_customer(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    contact = office.save(Contact(name="钱一", customer=customer.id))
    first = office.records.delete(Contact, [contact.id], office.meng)
    second = office.records.delete(Customer, [customer.id], office.meng)
    outcome = office.records.undo(first.batch, office.meng)  # type: ignore[arg-type]
    assert outcome.done == [] and "甲公司" in outcome.refused[0][1].sentence("en")
    office.records.undo(second.batch, office.meng)  # type: ignore[arg-type]
    office.records.restore(Contact, [contact.id], office.meng)
    assert office.records.count(Contact, office.li) == 1


def test_two_who_undo_the_same_act_undo_it_once(office: Office) -> None:
    made = office.save(Customer(name="甲公司", city="上海"))
    made.city = "北京"
    change = office.records.save(made, office.li)
    office.records.undo(change.batch, office.li)
    with pytest.raises(Refused) as caught:
        office.records.undo(change.batch, office.boss)
    assert "already" in caught.value.sentence("en")
    with pytest.raises(NotFound):
        office.records.undo(12345, office.boss)


def test_records_of_every_kind_of_change_tell_it_in_their_history(office: Office) -> None:
    made: Record = office.save(Customer(name="甲公司"))
    office.records.assign(Customer, [made.id], office.ids["zhao"], office.meng)
    office.records.delete(Customer, [made.id], office.meng)
    office.records.restore(Customer, [made.id], office.meng)
    history = office.records.history(Customer, made.id, office.boss)
    assert [line.action for line in history] == ["restore", "delete", "assign", "create"]
    assert history[2].changes["owner"] == (office.ids["li"], office.ids["zhao"])
    assert office.records.count(Customer, office.boss, View(bin=True)) == 0


def test_one_that_cannot_be_taken_back_keeps_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule refuses in the middle of many that are written together."""
    several = [office.save(Customer(name=f"批量{n}")) for n in range(30)]
    ids = [one.id for one in several]
    change = office.records.set_field(Customer, ids, "city", "上海", office.li)
    batch = office.records.last_batch(office.li)
    assert batch is not None and len(change.done) == 30
    after = Record.saved

    def saved(record: Record, unit: Any, before: Any) -> None:
        if record.id in (ids[7], ids[29]):
            raise Refused("so")
        after(record, unit, before)

    with monkeypatch.context() as patch:
        patch.setattr(Customer, "saved", saved)
        outcome = office.records.undo(batch.id, office.li)
    assert sorted(one for one, _why in outcome.refused) == sorted([ids[7], ids[29]])
    assert sorted(outcome.done) == sorted(set(ids) - {ids[7], ids[29]})
    cities = {one: office.records.get(Customer, one, office.li).city for one in ids}
    assert {one for one, city in cities.items() if city == "上海"} == {ids[7], ids[29]}
    assert [f.sentence("en") for _check, findings in examine(office.records) for f in findings] == []


def test_a_long_undo_tells_how_far_it_is_and_can_be_stopped(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "TOGETHER", 200)
    many = [Customer(name=f"批量{n}") for n in range(450)]
    _none, change = office.records.unit(office.li, lambda unit: unit.add(many), "import")
    before = picture(office)
    told: list[tuple[int, int]] = []
    stop = threading.Event()

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        stop.set()

    with pytest.raises(Cancelled):
        office.records.undo(change.batch, office.li, progress, stop)
    assert told == [(200, 450)]
    assert picture(office) == before
    assert office.records.last_batch(office.li).id == change.batch  # type: ignore[union-attr]
    assert len(office.records.undo(change.batch, office.li, lambda done, total: told.append((done, total))).done) == 450
    assert told[1:] == [(200, 450), (400, 450)]
