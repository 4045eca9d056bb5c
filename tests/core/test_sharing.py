"""CU9 PS13: a record shared with a colleague is seen by him in every way, and changed only if the share says so."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from crm_desktop.business import Contact, Contract, Customer, Employee, FollowUp, Lead, Opportunity, Reminder, Share, Task
from crm_desktop.business.customers.converting import Conversion, convert
from crm_desktop.core import sharing
from crm_desktop.core.checks import examine
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Cancelled, Invalid, NotFound, Refused
from crm_desktop.core.record import Record
from crm_desktop.core.views import Condition, View
from crm_desktop.database.unit import Tx
from crm_desktop.reports.figures import workbench
from tests.office import Office


def give(office: Office, record: Record, who: str = "sun", write: bool = False, until: date | None = None, by: str = "li") -> Any:
    outcome = office.records.share(type(record), [record.id], office.ids[who], office.actor(by), write, until)
    assert outcome.done == [record.id], outcome.refused
    return outcome


def seen(office: Office, record_type: type[Record], who: str) -> set[int]:
    """What somebody sees of a type; every way must say the same."""
    records, actor = office.records, office.actor(who)
    listed = set(records.ids(record_type, actor))
    every = [row[0] for row in records.database.read(f"SELECT id FROM `{record_type.key()}` WHERE deleted_at IS NULL")]
    assert listed == set(records.rows(record_type, actor, every, []))
    got = set()
    for one in every:
        with suppress(NotFound):
            got.add(records.get(record_type, one, actor).id)
    assert listed == got
    assert len(listed) == records.count(record_type, actor) == records.count(record_type, actor, cap=10_000)
    assert sum(n for _v, n in records.groups(record_type, actor, View(), "owner")) == len(listed)
    paged = [one for one, _v in records.page(record_type, actor, View(), [record_type.title_field], 10_000)]
    back = [one for one, _v in records.page(record_type, actor, View(), [record_type.title_field], 10_000, backwards=True)]
    assert len(paged) == len(listed) and set(paged) == listed and back == paged[::-1]
    return listed


def test_a_shared_customer_is_seen_in_every_way_with_what_follows_it(office: Office) -> None:
    customer = office.save(Customer(name="华为技术", phone="0755-28780808"))
    other = office.save(Customer(name="华为终端"))
    contact = office.save(Contact(name="任一", customer=customer.id))
    log = office.save(FollowUp(content="谈了华为二期", customer=customer.id))
    deal = office.save(Opportunity(name="华为二期", customer=customer.id))
    paper = office.save(Contract(name="华为合同", customer=customer.id))
    mine = office.save(Opportunity(name="赵的华为商机", customer=customer.id, owner=office.ids["zhao"]), "meng")
    office.save(Task(title="华为寄样", customer=customer.id))
    for record_type in (Customer, Contact, FollowUp, Opportunity, Contract, Task):
        assert seen(office, record_type, "sun") == set()
    give(office, customer)
    assert seen(office, Customer, "sun") == {customer.id}
    assert seen(office, Contact, "sun") == {contact.id} and seen(office, FollowUp, "sun") == {log.id}
    assert seen(office, Opportunity, "sun") == {deal.id}, "the owner's, not a third one's"
    assert seen(office, Contract, "sun") == {paper.id}
    assert seen(office, Task, "sun") == set(), "his own agenda stays his"
    found = {hit.id for hit in office.records.search("华为", office.sun)}
    assert found == {customer.id, contact.id, log.id, deal.id, paper.id} - {contact.id}
    assert office.records.search("28780808", office.sun) == [], "numbers are hidden from who only reads"
    assert [hit.id for hit in office.records.search("hwjs", office.sun)] == [customer.id]
    assert other.id not in found and mine.id not in found
    told = {line.record_id for line in office.records.timeline(Customer, customer.id, office.sun)}
    assert {customer.id, contact.id, log.id, deal.id} <= told and mine.id not in told
    assert {row.employee for row in sharing.shares_of(office.records, Customer, customer.id, office.sun)} == {office.ids["sun"]}


def test_a_filter_an_order_and_a_text_hold_for_what_is_shared_too(office: Office) -> None:
    mine = [office.save(Customer(name=f"孙{n}", city="上海", level="A" if n % 2 else "B"), "sun") for n in range(4)]
    lent = [office.save(Customer(name=f"李{n}", city="上海", level="A" if n % 2 else "B")) for n in range(4)]
    for one in lent:
        give(office, one)
    view = View((Condition("level", "one_of", ["A"]),), sort=(("name", True),))
    assert set(office.records.ids(Customer, office.sun, view)) == {mine[1].id, mine[3].id, lent[1].id, lent[3].id}
    names = [values[0] for _id, values in office.records.page(Customer, office.sun, View(sort=(("name", False),)), ["name"], 100)]
    assert names == sorted(names, key=lambda name: ("李", "孙").index(name[0]) * 10 + int(name[1]))
    first = office.records.page(Customer, office.sun, View(), ["name"], 3)
    assert len(first) == 3
    assert set(office.records.ids(Customer, office.sun, View(text="李"))) == {one.id for one in lent}
    assert office.records.count(Customer, office.sun, View((Condition("owner", "me"),))) == 4
    assert set(office.records.ids(Customer, office.sun, View((Condition("owner", "not_me"),)))) == {one.id for one in lent}
    counted = {f.key: f.value for f in workbench(office.records, office.sun, "en").figures}
    assert counted["contact_late"] == 0


def test_a_read_only_share_refuses_changes_with_a_sentence(office: Office) -> None:
    customer = office.save(Customer(name="甲公司", city="上海"))
    contact = office.save(Contact(name="钱一", customer=customer.id))
    give(office, customer)
    for record_type, one in ((Customer, customer.id), (Contact, contact.id)):
        record = office.records.get(record_type, one, office.sun)
        why = office.records.may(office.sun, record_type, "edit", record)
        assert not why and "reading only" in why.sentence("en") and "李娜" in why.sentence("en")  # type: ignore[union-attr]
        assert office.records.may(office.sun, record_type, "take_out", record) is True
        record.name = "改了"  # type: ignore[attr-defined]
        with pytest.raises(Refused, match="reading only"):
            office.records.save(record, office.sun)
    for wrong in (Contact(name="新人", customer=customer.id), FollowUp(content="谈了", customer=customer.id)):
        with pytest.raises(Refused, match="reading only"):
            office.save(wrong, "sun")
    own = office.save(Opportunity(name="孙的商机", customer=customer.id), "sun")
    assert own.owner == office.ids["sun"], "his own work with it is his"
    assert office.records.set_field(Customer, [customer.id], "city", "北京", office.sun).done == []
    assert office.records.get(Customer, customer.id, office.li).city == "上海"


def test_a_share_to_work_on_lets_edit_and_log_and_no_more(office: Office) -> None:
    customer = office.save(Customer(name="甲公司", city="上海"))
    lead = office.save(Lead(name="钱一"))
    give(office, customer, write=True)
    give(office, lead, write=True)
    record: Any = office.records.get(Customer, customer.id, office.sun)
    record.city = "北京"
    office.records.save(record, office.sun)
    log = office.save(FollowUp(content="孙去谈了", customer=customer.id), "sun")
    assert (log.owner, log.created_by) == (office.ids["li"], office.ids["sun"])
    clerk = office.actor("meng")
    for act in (
        lambda: office.records.delete(Customer, [customer.id], office.actor("sun")),
        lambda: office.records.share(Customer, [customer.id], office.ids["zhao"], office.actor("sun")),
    ):
        assert act().done == []
    other = office.save(Customer(name="孙的"), "sun")
    office.records.share(Customer, [other.id], office.ids["meng"], office.sun, True)
    refused = office.records.assign(Customer, [other.id], office.ids["li"], clerk).refused[0][1].sentence("en")
    assert "孙的" in refused and "assign" in refused and "孙丽" in refused
    assert "delete" in office.records.delete(Customer, [other.id], clerk).refused[0][1].sentence("en")
    shared = office.records.get(Lead, lead.id, office.sun)
    converted, _change = convert(office.records, shared, office.sun, Conversion(customer=customer.id))
    assert converted.customer == customer.id


def test_a_lead_shared_for_reading_is_not_converted(office: Office) -> None:
    lead = office.save(Lead(name="钱一"))
    give(office, lead)
    with pytest.raises(Refused, match="reading only"):
        convert(office.records, office.records.get(Lead, lead.id, office.sun), office.sun, Conversion())


def test_a_share_ends_after_its_day_by_the_clock(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    give(office, customer, until=office.records.clock.today())
    assert seen(office, Customer, "sun") == {customer.id}
    office.records.clock = FixedClock(datetime(2030, 1, 1, 3))
    assert seen(office, Customer, "sun") == set() and office.records.search("甲公司", office.sun) == []
    assert [row.until for row in sharing.shares_of(office.records, Customer, customer.id, office.li)] != []
    with pytest.raises(Invalid, match="later day"):
        office.records.unit(office.li, lambda unit: sharing.share(unit, Customer, customer.id, office.ids["sun"], until=date(2029, 12, 31)))


def test_sharing_again_changes_the_share_and_undo_ends_it(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    first = give(office, customer)
    give(office, customer, write=True)
    (share,) = sharing.shares_of(office.records, Customer, customer.id, office.li)
    assert share.may_write and share.owner == office.ids["li"]
    assert office.records.unshare([share.id], office.li).done == [share.id]
    assert seen(office, Customer, "sun") == set()
    again = give(office, customer)
    assert seen(office, Customer, "sun") == {customer.id}
    office.records.undo(again.batch, office.li)
    assert seen(office, Customer, "sun") == set() and first.batch
    assert [f.sentence("en") for _check, found in examine(office.records) for f in found] == []


def test_many_are_shared_at_once_and_what_is_refused_says_why(office: Office) -> None:
    mine = [office.save(Customer(name=f"李{n}")) for n in range(3)]
    suns = office.save(Customer(name="孙的"), "sun")
    outcome = office.records.share(Customer, [*(c.id for c in mine), suns.id], office.ids["sun"], office.boss, True)
    assert outcome.done == [c.id for c in mine]
    assert [(one, "孙丽" in why.sentence("en")) for one, why in outcome.refused] == [(suns.id, True)]
    assert seen(office, Customer, "sun") == {suns.id, *outcome.done}
    assert office.records.share(Customer, [suns.id], office.ids["zhao"], office.li).done == [], "not seen, so not shared"
    with pytest.raises(Refused):
        office.records.unit(office.li, lambda unit: unit.save(Share(ref_type="customer", ref_id=suns.id, employee=office.ids["zhao"])))


def test_a_share_is_only_given_to_people_who_are_there(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    zhao: Any = office.records.get(Employee, office.ids["zhao"], office.admin)
    office.records.move(zhao, "quit", office.admin, {"left_on": date(2026, 3, 1)})
    assert "赵强" in office.records.share(Customer, [customer.id], zhao.id, office.li).refused[0][1].sentence("en")
    assert office.records.share(Customer, [customer.id], 4711, office.li).done == []


def test_shares_stay_with_a_record_that_changes_hands(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    give(office, customer)
    give(office, customer, "zhao")
    given = office.records.assign(Customer, [customer.id], office.ids["zhao"], office.meng)
    left = sharing.shares_of(office.records, Customer, customer.id, office.zhao)
    assert [(row.employee, row.owner) for row in left] == [(office.ids["sun"], office.ids["zhao"])], "with himself it ended"
    assert office.records.unshare([left[0].id], office.zhao).done
    office.records.undo(given.batch, office.meng)  # type: ignore[arg-type]
    assert seen(office, Customer, "zhao") == {customer.id}, "what the assignment ended is there again"


def test_a_record_purged_takes_its_shares_along(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    give(office, customer)
    office.records.delete(Customer, [customer.id], office.admin)
    assert office.records.purge(Customer, [customer.id], office.admin).done == [customer.id]
    assert office.records.database.read("SELECT COUNT(*) FROM share")[0][0] == 0


def test_a_share_saved_by_itself_is_the_records_owners(office: Office) -> None:
    """Whoever gave it: the owner sees and ends it, and nobody is kept from leaving by shares he gave."""
    customer = office.save(Customer(name="甲公司"))
    made = office.save(Share(ref_type="customer", ref_id=customer.id, employee=office.ids["sun"]), "boss")
    assert (made.owner, made.department) == (office.ids["li"], office.li.department)
    assert office.records.unshare([made.id], office.li).done == [made.id]


def test_who_has_left_sees_nothing_that_is_shared(office: Office) -> None:
    """What the window of somebody who has just left is given (see Session.renew_actor)."""
    customer = office.save(Customer(name="甲公司"))
    give(office, customer)
    gone = replace(office.sun, rights={}, scopes={})
    assert list(office.records.ids(Customer, gone)) == [] and office.records.search("甲公司", gone) == []
    with pytest.raises(NotFound):
        office.records.get(Customer, customer.id, gone)


def test_what_lies_in_the_bin_is_its_owners(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    give(office, customer, write=True)
    office.records.delete(Customer, [customer.id], office.meng)
    assert list(office.records.ids(Customer, office.sun, View(bin=True))) == []
    with pytest.raises(NotFound):
        office.records.get(Customer, customer.id, office.sun, deleted=True)
    office.records.restore(Customer, [customer.id], office.meng)
    assert seen(office, Customer, "sun") == {customer.id}


def test_a_colleague_is_told_once_for_all_that_one_act_shares(office: Office) -> None:
    customers = [office.save(Customer(name=f"李{n}")) for n in range(3)]
    office.records.share(Customer, [one.id for one in customers], office.ids["sun"], office.li)
    told = office.records.page(Reminder, office.sun, View(), ["title", "owner", "department"], 10)
    assert [(values[0], values[1]) for _id, values in told] == [("李娜 共享给您 3 条记录", office.ids["sun"])]
    assert told[0][1][2] == office.sun.department
    office.records.share(Customer, [customers[0].id], office.ids["sun"], office.li, True)
    assert office.records.count(Reminder, office.sun) == 1, "a changed share is no news"
    assert [f.sentence("en") for _check, found in examine(office.records) for f in found] == []


def test_many_are_shared_by_few_statements(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those shared already are changed, and nobody hears of them again; what is not one's own is refused by itself."""
    ids = [office.save(Customer(name=f"公司{number}")).id for number in range(30)]
    give(office, office.records.get(Customer, ids[3], office.li), write=True)
    suns = office.save(Customer(name="孙的"), "sun")
    gone = office.save(Customer(name="没了"))
    office.records.delete(Customer, [gone.id], office.admin)
    asked: list[str] = []
    for name in ("run", "many"):
        way = getattr(Tx, name)
        monkeypatch.setattr(Tx, name, lambda tx, sql, *rest, way=way: (asked.append(str(sql)), way(tx, sql, *rest))[1])
    outcome = office.records.share(Customer, [*ids, suns.id, gone.id], office.ids["sun"], office.li, until=date(2026, 12, 31))
    assert outcome.done == ids and [one for one, _why in outcome.refused] == [suns.id, gone.id]
    assert len(asked) < len(ids)
    monkeypatch.undo()
    assert {share.until for one in ids for share in sharing.shares_of(office.records, Customer, one, office.li)} == {date(2026, 12, 31)}
    (share,) = sharing.shares_of(office.records, Customer, ids[3], office.li)
    assert not share.may_write and share.version == 2 and share.name == "公司3"
    told = [values[0] for _id, values in office.records.page(Reminder, office.sun, View(), ["title"], 10)]
    assert sorted(told) == ["李娜 共享给您 29 条记录", "李娜 共享给您：公司3"]
    assert seen(office, Customer, "sun") == {*ids, suns.id}
    assert outcome.batch is not None
    assert len(office.records.undo(outcome.batch, office.li).refused) == 0
    assert seen(office, Customer, "sun") == {ids[3], suns.id}
    assert sharing.shares_of(office.records, Customer, ids[3], office.li)[0].may_write
    assert [f.sentence("en") for _check, found in examine(office.records) for f in found] == []


def test_one_that_cannot_be_shared_keeps_no_other(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused only when it is written is found by halves."""
    ids = [office.save(Customer(name=f"公司{number}")).id for number in range(9)]
    fill_in = Share.fill_in

    def refusing(share: Any, unit: Any) -> None:
        if share.ref_id == ids[4]:
            raise Refused("no")
        fill_in(share, unit)

    monkeypatch.setattr(Share, "fill_in", refusing)
    outcome = office.records.share(Customer, ids, office.ids["sun"], office.li)
    assert outcome.done == [*ids[:4], *ids[5:]] and [one for one, _why in outcome.refused] == [ids[4]]
    told = [values[0] for _id, values in office.records.page(Reminder, office.sun, View(), ["title"], 10)]
    assert told == ["李娜 共享给您 8 条记录"]
    assert seen(office, Customer, "sun") == set(outcome.done)


def test_sharing_many_tells_how_far_it_is_and_can_be_stopped(office: Office) -> None:
    ids = [office.save(Customer(name=f"公司{number}")).id for number in range(45)]
    steps: list[tuple[int, int]] = []

    def stop_at(place: int) -> Any:
        def progress(done: int, total: int) -> None:
            steps.append((done, total))
            if done >= place:
                raise Cancelled

        return progress

    with pytest.raises(Cancelled):
        office.records.share(Customer, ids, office.ids["sun"], office.li, progress=stop_at(40))
    assert steps == [(0, 45), (20, 45), (40, 45)] and seen(office, Customer, "sun") == set()
    assert len(office.records.share(Customer, ids, office.ids["sun"], office.li, progress=stop_at(100)).done) == 45
