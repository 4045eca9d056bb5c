"""A sheet with what is there already, and with the same company twice: told in the rehearsal, done with as the person chooses."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business import Contact, Customer, Lead
from crm_desktop.core import bulk, twins
from crm_desktop.core.errors import Invalid
from crm_desktop.exchange.importing import drafts
from crm_desktop.exchange.importing.plan import Imported
from crm_desktop.exchange.importing.verdicts import Verdicts
from tests.exchange.stories import plan_for, values
from tests.office import Office

ROWS = [
    ["客户名称", "电话", "城市"],
    ["华为技术", "", "深圳"],  # there with 有限公司
    ["腾讯", "", "深圳"],  # short for one that is there
    ["天蓝食品有限公司", "021-66778899", ""],
    ["天蓝食品", "", "上海"],  # the row before
    ["大地贸易", "", ""],
]


@pytest.fixture
def two_known(office: Office) -> Office:
    office.save(Customer(name="华为技术有限公司"))
    office.save(Customer(name="深圳市腾讯计算机系统有限公司"))
    return office


def told(verdicts: Verdicts) -> list[tuple[str, str]]:
    found = []
    for verdict in verdicts:
        like = "" if verdict.twin is None else "same" if verdict.twin.same else "similar"
        found.append((verdict.outcome, like))
    return found


def both(office: Office, **options: Any) -> tuple[Verdicts, Imported]:
    """The rehearsal, then the import."""
    plan = plan_for(office, Customer, office.li, ROWS, **options)
    return plan.rehearse(), plan_for(office, Customer, office.li, ROWS, **options).run()


def test_the_rehearsal_tells_what_is_like_what(two_known: Office) -> None:
    rehearsed, done = both(two_known)
    assert told(rehearsed) == [("new", "same"), ("new", "similar"), ("new", ""), ("new", "same"), ("new", "")]
    assert rehearsed.alike() == {"same": 2, "similar": 1}
    notes = [note.sentence("zh_CN") for note in rehearsed.notes().values()]
    assert "华为技术有限公司" in notes[0] and "有限公司" in notes[0]
    assert "腾讯" in notes[1]
    assert notes[2].startswith("与第 4 行相同")
    assert done.verdicts.counts()["new"] == 5 and two_known.records.count(Customer, two_known.li) == 7


def test_by_the_block_it_tells_what_it_tells_one_by_one(two_known: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of plainly new rows, of one that repeats a name, of one that cannot be taken, of one that looks plain and is not."""
    names = "天地 天地公司 海尔集团 华为技术 玉山 玉山 玉山有限公司 大地 海尔 腾讯计算机系统 x 华为 青山 青山集团".split()
    names[10] = "x" * 300
    rows: list[list[Any]] = [["客户名称", "电话", "邮箱"]]
    rows += [[name, f"021-667788{place % 4:02}", "?" if place == 8 else ""] for place, name in enumerate(names)]
    monkeypatch.setattr(drafts, "PACKET", 3)
    together: list[int] = []
    add = bulk.add
    monkeypatch.setattr(bulk, "add", lambda *given: together.append(len(given)) or add(*given))
    plan = plan_for(two_known, Customer, two_known.li, rows, match=("name",))
    quick = plan.rehearse()
    assert len(together) >= 2 and quick.alike()["same"] > 2
    assert [verdict.row for verdict in plan.recheck([3, 5])] == [3, 5]
    monkeypatch.setattr(bulk, "suits", lambda *_given: False)
    one_by_one = plan_for(two_known, Customer, two_known.li, rows, match=("name",)).rehearse()

    def said(verdicts: Verdicts) -> list[Any]:
        return [(one.row, one.outcome, one.title, [note.sentence("en") for note in one.notes()]) for one in verdicts]

    assert said(quick) == said(one_by_one)
    assert two_known.records.count(Customer, two_known.li) == 2
    assert two_known.records.database.read("SELECT COUNT(*) FROM alike_customer WHERE record NOT IN (SELECT id FROM customer)") == [(0,)]


def test_left_out(two_known: Office) -> None:
    rehearsed, done = both(two_known, same="skip")
    assert told(rehearsed) == told(done.verdicts)
    assert told(rehearsed) == [("refused", "same"), ("new", "similar"), ("new", ""), ("refused", "same"), ("new", "")]
    assert "华为技术有限公司" in rehearsed.refused()[2].sentence("zh_CN")
    assert two_known.records.count(Customer, two_known.li) == 5


def test_updated(two_known: Office) -> None:
    rehearsed, done = both(two_known, same="update", similar="update")
    assert [outcome for outcome, _like in told(rehearsed)] == ["changed", "changed", "new", "changed", "new"]
    assert [verdict.outcome for verdict in done.verdicts] == ["changed", "changed", "new", "changed", "new"]
    names = sorted(values(two_known, Customer, "name", "city", "phone"))
    assert names == sorted([
        ("华为技术", "深圳", ""), ("腾讯", "深圳", ""), ("天蓝食品", "上海", "021-66778899"), ("大地贸易", "", ""),
    ])  # fmt: skip
    two_known.records.undo(done.batch, two_known.li)
    assert sorted(values(two_known, Customer, "name")) == ["华为技术有限公司", "深圳市腾讯计算机系统有限公司"]


def test_the_company_forbids(two_known: Office) -> None:
    two_known.records.settings.put(twins.SETTING, "refuse")
    rehearsed, done = both(two_known)
    assert told(rehearsed) == told(done.verdicts)
    assert [outcome for outcome, _like in told(done.verdicts)] == ["refused", "new", "new", "refused", "new"]


def test_off(two_known: Office) -> None:
    two_known.records.settings.put(twins.SETTING, "off")
    assert both(two_known, same="skip")[0].alike() == {"same": 0, "similar": 0}


def test_of_others_only_that_it_is_there(office: Office) -> None:
    office.save(Customer(name="华为技术有限公司"), "sun")
    rehearsed, done = both(office, same="update")
    (note, *_rest) = rehearsed.notes().values()
    assert "孙丽" in note.sentence("zh_CN") and "有限公司" not in note.sentence("zh_CN")
    assert done.verdicts[0].outcome == "refused", "nobody changes what he may not see"


def test_contacts_of_one_customer(office: Office) -> None:
    customer = office.save(Customer(name="甲方"))
    office.save(Contact(name="王伟", customer=customer.id))
    rows = [["姓名", "客户", "手机"], ["Wang Wei", "甲方", "13812345678"], ["李四", "甲方", ""]]
    assert told(plan_for(office, Contact, office.li, rows).rehearse()) == [("new", "similar"), ("new", "")]


LEADS = [["姓名", "公司", "手机"], ["陈芳", "云海科技", ""], ["李雷", "天蓝食品", ""], ["王伟", "金诚机械", ""], ["赵丽", "大地贸易", ""]]


@pytest.mark.parametrize("way", twins.WAYS[1:])
def test_a_lead_that_is_a_customer_is_told(office: Office, way: str) -> None:
    """Whatever is done with the same: it may stand beside its customer, and changes none."""
    office.records.settings.put(twins.SETTING, way)
    office.save(Customer(name="杭州云海科技有限公司"))
    office.save(Customer(name="天蓝食品有限公司"), "sun")
    office.save(Lead(name="王伟", company="金诚机械"))
    plan = plan_for(office, Lead, office.li, LEADS, same="update")
    assert told(plan.rehearse()) == [("new", "same"), ("new", "same"), ("unchanged", ""), ("new", "")]
    notes = plan.rehearse().notes()
    assert notes[2].sentence("en").startswith("There is a customer already: “杭州云海科技有限公司”")
    assert notes[3].sentence("zh_CN").startswith("已有一条由孙丽负责的客户") and "有限公司" not in notes[3].sentence("zh_CN")
    assert told(plan_for(office, Lead, office.li, LEADS, same="skip").rehearse())[:2] == [("refused", "same")] * 2
    done = plan_for(office, Lead, office.li, LEADS, same="update").run()
    assert told(done.verdicts) == [("new", "same"), ("new", "same"), ("unchanged", ""), ("new", "")]
    assert office.records.count(Lead, office.li) == 4


def test_a_customer_that_is_an_open_lead_is_told(office: Office) -> None:
    office.save(Lead(name="陈芳", company="杭州云海科技有限公司"))
    rows = [["客户名称", "城市"], ["云海科技", "杭州"], ["大地贸易", ""]]
    rehearsed = plan_for(office, Customer, office.li, rows).rehearse()
    assert told(rehearsed) == [("new", "same"), ("new", "")]
    assert rehearsed.notes()[2].sentence("en").startswith("There is a lead already: “陈芳”")


def test_an_impossible_choice(office: Office) -> None:
    with pytest.raises(Invalid):
        plan_for(office, Customer, office.li, ROWS, same="merge")


def test_a_corrected_row_is_not_like_itself(two_known: Office) -> None:
    plan = plan_for(two_known, Customer, two_known.li, ROWS)
    verdicts = plan.rehearse()
    assert verdicts[2].twin is None and verdicts[3].twin is not None
    plan.table.correct(4, 1, "021-66778800")
    (again,) = plan.recheck([4])
    assert (again.outcome, again.twin) == ("new", None)
    # The row that was like it has another name now, and is told so.
    plan.table.correct(5, 0, "天青食品有限公司")
    (again,) = plan.recheck([5])
    verdicts.replace(again)
    assert verdicts[3].twin is None
