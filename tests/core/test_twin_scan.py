"""The whole base is looked through: groups, the surest first; nothing called different twice; only what one sees."""

from __future__ import annotations

import random

import pytest

from crm_desktop.business import Contact, Customer, Lead
from crm_desktop.core import apart, twin_scan
from crm_desktop.core.errors import Cancelled
from tests.core.material import NOW
from tests.office import Office

MANY = ("远山", "近水", "高原", "平川", "大漠", "孤烟", "长河", "落日", "春江", "明月", "白云", "黄鹤", "烟花", "孤帆", "远影", "碧空")


def titles(office: Office, groups: list[twin_scan.Group]) -> list[set[str]]:
    names = office.records.rows(Customer, office.admin, [one for group in groups for one in group.ids], ["name"])
    return [{names[one][0] for one in group.ids} for group in groups]


def test_groups_of_the_same_and_the_similar(office: Office) -> None:
    for name in ("华为技术有限公司", "华为技术", "深圳华为技术有限公司", "腾讯计算机系统", "深圳腾讯", *(f"{brand}贸易" for brand in MANY)):
        office.save(Customer(name=name))
    groups = twin_scan.scan(office.records, Customer, office.admin)
    assert titles(office, groups) == [{"华为技术有限公司", "华为技术", "深圳华为技术有限公司"}, {"腾讯计算机系统", "深圳腾讯"}]
    assert [group.same for group in groups] == [True, False]
    assert groups[0].score == 100 > groups[1].score
    assert "有限公司" in "".join(reason.sentence("zh_CN") for reason in groups[0].reasons())


def test_a_number_that_many_have_tells_nothing_by_itself(office: Office) -> None:
    for brand in MANY[:2]:
        office.save(Customer(name=f"{brand}贸易", phone="0755-28780808"))
    assert len(twin_scan.scan(office.records, Customer, office.admin)) == 1
    for brand in MANY[2 : twin_scan.FEW + 1]:
        office.save(Customer(name=f"{brand}贸易", phone="0755-28780808"))
    assert twin_scan.scan(office.records, Customer, office.admin) == []
    office.save(Customer(name=f"深圳{MANY[0]}贸易", phone="0755-28780808"))
    assert titles(office, twin_scan.scan(office.records, Customer, office.admin)) == [{f"{MANY[0]}贸易", f"深圳{MANY[0]}贸易"}]


def test_how_many_have_a_number_is_counted_by_records(office: Office) -> None:
    for brand in MANY[: twin_scan.FEW]:
        office.save(Customer(name=f"{brand}贸易", phone="13812345678", mobile="13812345678"))
    (group,) = twin_scan.scan(office.records, Customer, office.admin)
    assert len(group.ids) == twin_scan.FEW


def test_a_mailbox_in_place_of_a_name(office: Office) -> None:
    office.save(Customer(name="珠诚数控机床有限公司", email="sales@zhucheng-cnc.com"))
    office.save(Customer(name="info@zhucheng-cnc.com"))
    office.save(Customer(name="宏远物流有限公司", email="li@qq.com"))
    office.save(Customer(name="wang@qq.com"))
    assert titles(office, twin_scan.scan(office.records, Customer, office.admin)) == [{"珠诚数控机床有限公司", "info@zhucheng-cnc.com"}]


def test_only_what_one_sees_and_what_lives(office: Office) -> None:
    mine, theirs = office.save(Customer(name="华为技术有限公司")), office.save(Customer(name="华为技术"), "sun")
    assert twin_scan.scan(office.records, Customer, office.li) == []
    assert len(twin_scan.scan(office.records, Customer, office.boss)) == 1
    office.records.delete(Customer, [theirs.id], office.boss)
    assert twin_scan.scan(office.records, Customer, office.boss) == []
    assert mine.id


def test_called_different(office: Office) -> None:
    one, other, third = (office.save(Customer(name=name)) for name in ("华为技术有限公司", "华为技术", "华为技术（深圳）有限公司"))
    database = office.records.database
    database.write(lambda tx: apart.part(tx, [one.id, other.id], None, NOW))
    (group,) = twin_scan.scan(office.records, Customer, office.admin)
    assert {(pair.first, pair.second) for pair in group.pairs} == {(one.id, third.id), (other.id, third.id)}
    database.write(lambda tx: apart.part(tx, [one.id, other.id, third.id], None, NOW))
    assert twin_scan.scan(office.records, Customer, office.admin) == []


def test_persons(office: Office) -> None:
    customer = office.save(Customer(name="甲方"))
    for name, mobile in (("王伟", ""), ("王偉", ""), ("李四", "13812345678"), ("张三", "")):
        office.save(Contact(name=name, customer=customer.id, mobile=mobile))
    assert len(twin_scan.scan(office.records, Contact, office.admin)) == 1
    office.save(Lead(name="陈芳", company="云海科技"))
    office.save(Lead(name="陈芳", company="杭州云海科技有限公司"))
    assert twin_scan.scan(office.records, Lead, office.admin)[0].same


def test_progress_and_cancel(office: Office) -> None:
    for name in MANY:
        office.save(Customer(name=name))
    told: list[tuple[int, int]] = []
    twin_scan.scan(office.records, Customer, office.admin, lambda done, total: told.append((done, total)))
    assert told and all(0 <= done <= total for done, total in told)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        twin_scan.scan(office.records, Customer, office.admin, stop)


def test_a_chain_of_similar_names_does_not_grow_without_end(office: Office) -> None:
    from crm_desktop.core.alike import Likeness

    pairs = [twin_scan.Pair(n, n + 1, Likeness(False, 80, ())) for n in range(200)]
    groups = twin_scan.groups_of(pairs)
    assert max(len(group.ids) for group in groups) <= twin_scan.MOST_IN_GROUP
    assert len({one for group in groups for one in group.ids}) == sum(len(group.ids) for group in groups)


def test_what_is_planted_is_found(office: Office) -> None:
    """A small labelled set of the benchmark; its rules know nothing of the matcher."""
    from benchmarks.duplicates import labelled
    from crm_desktop.core import alike, twins

    made = labelled(3_000, random.Random(3))
    sketches = [alike.draw(twins.compared(Customer), place, row) for place, row in enumerate(made.rows, 1)]
    found = {(pair.first, pair.second) for pair in twin_scan.pairs_in(sketches, lambda _done, _total: None)}
    assert sum(pair in found for pair in made.twins) >= 0.9 * len(made.twins)
    assert sum(pair in found for pair in made.strangers) <= 0.05 * len(made.strangers)
