"""Two records become one: every link there is moves, the loser lies in the bin, and all of it can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Contact, Customer, Event, FollowUp, Lead, Opportunity, Reminder, Task
from crm_desktop.business.office import marks
from crm_desktop.core import checks, custom, joining
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Invalid, NotFound, Refused
from crm_desktop.core.picklists import Tag
from crm_desktop.core.pointing import LinkKind, ManyKind
from crm_desktop.core.record import Record
from crm_desktop.core.views import View
from tests.core.samples import sample
from tests.office import Office

MERGED = [one for one in RECORD_TYPES if one.compared is not None]


def pointers() -> Iterator[tuple[type[Record], type[Record], str]]:
    """(merged type, type that points at it, field) for every link and every list of links there is."""
    for merged in MERGED:
        for child in RECORD_TYPES:
            for name, field in child.declared().items():
                if isinstance(field.kind, LinkKind | ManyKind) and field.kind.target == merged.key():
                    yield merged, child, name


POINTERS = list(pointers())
PROGRAM = Actor.program()


def plant(office: Office, record: Record) -> Any:
    """A record as the program makes it: whatever it needs of rights."""
    office.records.unit(PROGRAM, lambda unit: unit.save(record), trusted=True)
    return record


def read(office: Office, record: Record, deleted: bool = True) -> Any:
    return office.records.get(type(record), record.id, PROGRAM, deleted=deleted)


def two(office: Office, merged: type[Record]) -> tuple[Any, Any]:
    customer = plant(office, Customer(name="她们的客户", owner=office.ids["li"]))
    pair = []
    for owner in ("li", "zhao"):
        record = sample(office, merged, customer.id)
        record.owner = office.ids[owner]
        pair.append(plant(office, record))
    return pair[0], pair[1]


def test_there_is_something_to_walk() -> None:
    assert {"customer", "contact", "lead"} == {merged.key() for merged, _child, _name in POINTERS}
    assert len(POINTERS) > 10


@pytest.mark.parametrize(("merged", "child", "name"), POINTERS, ids=lambda one: one if isinstance(one, str) else one.key())
@pytest.mark.parametrize("binned", [False, True], ids=["living", "binned"])
def test_every_link_moves_and_goes_back(
    office: Office, merged: type[Record], child: type[Record], name: str, binned: bool
) -> None:
    keep, lose = two(office, merged)
    record = sample(office, child, plant(office, Customer(name="一个第三方")).id)
    field = child.declared()[name]
    many = isinstance(field.kind, ManyKind)
    custom.put(record, field, (lose.id,) if many else lose.id)
    record.owner = office.ids["zhao"]
    plant(office, record)
    if binned:
        office.records.unit(PROGRAM, lambda unit: unit.delete(child, record.id), trusted=True)
    before = dict(read(office, record).stored)
    batch = office.records.merge(merged, keep.id, lose.id, office.admin).batch
    now = read(office, record)
    assert custom.get(now, field) == ((keep.id,) if many else keep.id)
    if now.follows_now() == name:
        assert now.owner == read(office, keep).owner
    assert read(office, lose).deleted_at is not None
    office.records.undo(batch, office.admin)
    after = read(office, record)
    assert custom.get(after, field) == ((lose.id,) if many else lose.id)
    untouched = {"updated_at", "updated_by", "version"}
    assert {k: v for k, v in after.stored.items() if k not in untouched} == {k: v for k, v in before.items() if k not in untouched}
    assert read(office, lose).deleted_at is None
    assert {key: value for check, found in checks.examine(office.records) for key, value in [(check.key, found)] if value} == {}


def test_what_points_without_a_link_moves_too(office: Office) -> None:
    """Every type with ref_type and ref_id: reminders, shares."""
    kinds = [one for one in RECORD_TYPES if {"ref_type", "ref_id"} <= set(one._meta.fields)]
    assert Reminder in kinds
    keep, lose = two(office, Customer)
    made = []
    for kind in kinds:
        record = sample(office, kind, lose.id)
        record.ref_type, record.ref_id = "customer", lose.id  # type: ignore[attr-defined]
        made.append(plant(office, record))
    batch = office.records.merge(Customer, keep.id, lose.id, office.admin).batch
    assert {read(office, record).ref_id for record in made} == {keep.id}
    office.records.undo(batch, office.admin)
    assert {read(office, record).ref_id for record in made} == {lose.id}


def test_values_are_chosen_field_by_field(office: Office) -> None:
    tags = [office.save(Tag(name=name), "admin").id for name in ("甲", "乙")]
    keep = office.save(Customer(name="华为技术有限公司", city="深圳", note="旧", tags=(tags[0],)), "meng")
    lose = office.save(Customer(name="华为", city="东莞", phone="0755-28780808", note="新", tags=(tags[1],)), "meng")
    office.records.merge(Customer, keep.id, lose.id, office.meng, {"city": joining.LOSE})
    now = read(office, keep)
    assert (now.name, now.city, now.phone, now.note, now.tags) == ("华为技术有限公司", "东莞", "0755-28780808", "旧\n\n新", tuple(tags))
    assert office.records.ids(Customer, office.admin, View()).tolist() == [keep.id]


def test_last_contact_and_the_primary_contact(office: Office) -> None:
    keep, lose = (office.save(Customer(name=name), "meng") for name in ("甲方", "甲方公司"))
    first, second = (office.save(Contact(name=who, customer=one.id, is_primary=True), "meng") for who, one in (("王", keep), ("李", lose)))
    office.save(FollowUp(content="电话", customer=lose.id, happened_at=datetime(2026, 3, 17, 2, 0)), "meng")
    batch = office.records.merge(Customer, keep.id, lose.id, office.meng).batch
    assert read(office, keep).last_contact_at == datetime(2026, 3, 17, 2, 0)
    assert (read(office, first).is_primary, read(office, second).is_primary) == (True, False)
    office.records.undo(batch, office.meng)
    assert read(office, keep).last_contact_at is None and read(office, lose).last_contact_at == datetime(2026, 3, 17, 2, 0)
    assert (read(office, first).is_primary, read(office, second).is_primary) == (True, True)


def test_rights(office: Office) -> None:
    """Who may not delete does not merge; nor is anything merged that one does not see."""
    keep, lose = (office.save(Customer(name=name)) for name in ("甲方", "甲方公司"))
    with pytest.raises(Refused) as told:
        office.records.merge(Customer, keep.id, lose.id, office.li)
    assert "删除" in told.value.sentence("zh_CN")
    foreign = office.save(Customer(name="甲方（集团）"), "sun")
    with pytest.raises(NotFound):
        office.records.merge(Customer, keep.id, foreign.id, office.meng)
    with pytest.raises(Invalid):
        office.records.merge(Customer, keep.id, keep.id, office.meng)
    with pytest.raises(Refused):
        office.records.merge(Task, keep.id, lose.id, office.admin)
    office.records.merge(Customer, keep.id, lose.id, office.meng)


def test_the_timeline_holds_both(office: Office) -> None:
    keep, lose = (office.save(Customer(name=name), "meng") for name in ("甲方", "甲方公司"))
    old = office.save(FollowUp(content="从前", customer=lose.id), "meng")

    def told(record: Customer) -> list[tuple[int, str]]:
        return [(line.record_id, line.action) for line in office.records.timeline(Customer, record.id, office.meng)]

    before = told(keep), told(lose)
    batch = office.records.merge(Customer, keep.id, lose.id, office.meng).batch
    now = told(keep)
    assert {(old.id, "create"), (lose.id, "create"), (keep.id, "create"), (lose.id, "merge"), (lose.id, "delete")} <= set(now)
    assert len(now) == len({line.id for line in office.records.timeline(Customer, keep.id, office.meng)})
    office.records.undo(batch, office.meng)
    assert (old.id, "create") not in told(keep) and set(before[1]) <= set(told(lose))
    third = office.save(Customer(name="甲方集团"), "meng")
    office.records.merge(Customer, lose.id, keep.id, office.meng)
    office.records.merge(Customer, third.id, lose.id, office.meng)
    assert {(old.id, "create"), (keep.id, "create")} <= set(told(third)), "also by way of another"


def test_what_was_added_since_stays_and_it_is_said(office: Office) -> None:
    keep, lose = (office.save(Customer(name=name), "meng") for name in ("甲方", "甲方公司"))
    old = office.save(Opportunity(name="旧商机", customer=lose.id), "meng")
    batch = office.records.merge(Customer, keep.id, lose.id, office.meng).batch
    new = office.save(Opportunity(name="新商机", customer=keep.id), "meng")
    office.save(Event(title="拜访", customer=keep.id, starts_at=datetime(2026, 3, 19, 2)), "meng")
    outcome = office.records.undo(batch, office.meng)
    assert outcome.refused == [] and outcome.stayed == 2
    assert read(office, old).customer == lose.id and read(office, new).customer == keep.id


def test_the_kept_one_was_given_away_since(office: Office) -> None:
    """Split again, a contact has the owner of the customer it goes back to."""
    keep, lose = (office.save(Customer(name=name), "meng") for name in ("甲方", "甲方公司"))
    contact = office.save(Contact(name="王", customer=lose.id), "meng")
    batch = office.records.merge(Customer, keep.id, lose.id, office.meng).batch
    office.records.assign(Customer, [keep.id], office.ids["zhao"], office.meng)
    assert read(office, contact).owner == office.ids["zhao"]
    office.records.undo(batch, office.meng)
    assert read(office, contact).customer == lose.id and read(office, contact).owner == office.ids["meng"]


def test_stars_follow_and_come_back(office: Office) -> None:
    keep, lose = (office.save(Customer(name=name), "meng") for name in ("甲方", "甲方公司"))
    marks.star(office.records, office.meng, "customer", lose.id)
    marks.star(office.records, office.li, "customer", keep.id)
    marks.star(office.records, office.li, "customer", lose.id)
    batch = office.records.merge(Customer, keep.id, lose.id, office.meng).batch
    assert marks.starred(office.records, office.meng) == [["customer", keep.id]]
    assert marks.starred(office.records, office.li) == [["customer", keep.id]]
    office.records.undo(batch, office.meng)
    assert marks.starred(office.records, office.meng) == [["customer", lose.id]]
    assert sorted(marks.starred(office.records, office.li)) == sorted([["customer", keep.id], ["customer", lose.id]])


def test_split_within_thirty_days(office: Office) -> None:
    keep, lose = (office.save(Customer(name=name), "meng") for name in ("甲方", "甲方公司"))
    batch = office.records.merge(Customer, keep.id, lose.id, office.meng).batch
    clock = office.records.clock
    office.records.clock = FixedClock(clock.now() + timedelta(days=31))
    with pytest.raises(Refused):
        office.records.undo(batch, office.meng)
    office.records.clock = FixedClock(clock.now() + timedelta(days=29))
    assert office.records.last_batch(office.meng).id == batch  # type: ignore[union-attr]
    office.records.undo(batch, office.meng)
    assert read(office, lose).deleted_at is None


def test_refused_duplicates_do_not_stand_in_the_way(office: Office) -> None:
    """A company that keeps nothing twice may merge what it has twice."""
    keep, lose = (office.save(Customer(name=name, mobile=mobile), "meng") for name, mobile in (("甲方", ""), ("甲方公司", "13812345678")))
    office.records.settings.put("duplicates", "refuse")
    office.records.merge(Customer, keep.id, lose.id, office.meng)
    assert read(office, keep).mobile == "13812345678"


def test_leads(office: Office) -> None:
    one, other = (office.save(Lead(name="陈芳", company="云海", city=city), "meng") for city in ("", "杭州"))
    assert joining.proposal(office.records, one, other)["city"] == "杭州"
    office.records.merge(Lead, one.id, other.id, office.meng)
    assert read(office, one).city == "杭州"


def test_a_whole_group_becomes_one_and_comes_apart_again(office: Office) -> None:
    keep = office.save(Customer(name="甲方", note="一"), "meng")
    others = [office.save(Customer(name=f"甲方{n}", note=f"{n}", mobile=f"1381234567{n}" if n > 1 else ""), "meng") for n in range(3)]
    contacts = [office.save(Contact(name=f"人{n}", customer=one.id), "meng") for n, one in enumerate(others)]
    batch = office.records.merge_all(Customer, keep.id, [one.id for one in others], office.meng).batch
    kept = read(office, keep)
    assert (kept.mobile, kept.note) == ("13812345672", "一\n\n0\n\n1\n\n2")
    assert [read(office, one).customer for one in contacts] == [keep.id] * 3
    assert joining.went_into(office.records, [one.id for one in others]) == {one.id: keep.id for one in others}
    assert sorted(joining.merged_into(office.records, keep.id)) == sorted(one.id for one in others)
    later = office.save(Contact(name="后来", customer=keep.id), "meng")
    outcome = office.records.undo(batch, office.meng)
    assert (outcome.refused, outcome.stayed) == ([], 1)
    assert (read(office, keep).mobile, read(office, keep).note) == ("", "一")
    assert [read(office, one).customer for one in contacts] == [one.id for one in others]
    assert [read(office, one).deleted_at for one in others] == [None] * 3
    assert read(office, later).customer == keep.id
    assert joining.went_into(office.records, [one.id for one in others]) == {}


def test_of_a_group_one_may_not_be_merged_none_is(office: Office) -> None:
    keep, other = (office.save(Customer(name=f"甲方{n}"), "meng") for n in range(2))
    foreign = office.save(Customer(name="甲方三"), "sun")
    with pytest.raises((Refused, NotFound)):
        office.records.merge_all(Customer, keep.id, [other.id, foreign.id], office.meng)
    assert read(office, other).deleted_at is None
