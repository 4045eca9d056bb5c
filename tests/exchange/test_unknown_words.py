"""Words no list knows are found before the import and given a meaning: added, mapped or left out."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.core.errors import Refused
from crm_desktop.core.picklists import PickValue, Tag
from crm_desktop.exchange.importing.column_values import ADD
from crm_desktop.exchange.importing.plan import Importing
from crm_desktop.exchange.importing.unknown_words import likely, unknown_words
from tests.exchange.stories import plan_for, reasons, values
from tests.office import Office

ROWS: list[list[Any]] = [
    ["客户名称", "级别", "标签", "负责人"],
    ["华为", "A", "老客户、展会2026", "李娜"],
    ["小米", "VIP", "展会2026", "诸葛亮"],
    ["OPPO", "VIP", "", None],
    ["vivo", "特殊", "老客户", "孙丽"],
]


def words(office: Office, plan: Importing) -> dict[str, dict[str, int]]:
    found = unknown_words(office.records, plan.table, plan.mapping, plan.targets)
    return {one.column.heading: one.words for one in found}


def planned(office: Office, who: str, **meanings: dict[str, str]) -> Importing:
    plan = plan_for(office, Customer, office.actor(who), ROWS)
    headings = {"level": "级别", "tags": "标签", "owner": "负责人"}
    for name, values_of in meanings.items():
        next(column for column in plan.mapping.columns if column.heading == headings[name]).values = values_of
    return Importing(office.records, Customer, plan.table, plan.mapping, office.actor(who))


def test_unknown_words_are_found_with_their_numbers(office: Office) -> None:
    office.save(Tag(name="老客户"), "admin")
    found = words(office, plan_for(office, Customer, office.boss, ROWS))
    assert found == {"级别": {"VIP": 2, "特殊": 1}, "标签": {"展会2026": 2}, "负责人": {"诸葛亮": 1}}


def test_words_are_added_mapped_and_left_out(office: Office) -> None:
    plan = planned(
        office, "admin", level={"VIP": ADD, "特殊": "B"}, tags={"展会2026": ADD, "老客户": ADD}, owner={"诸葛亮": f"#{office.ids['zhao']}"}
    )
    assert words(office, plan) == {}
    rehearsed = plan.rehearse()
    assert reasons(rehearsed) == {}
    assert not [tag for tag in office.records.names.all("tag") if isinstance(tag, Tag)]
    done = plan.run()
    assert done.verdicts.counts()["new"] == 4
    names = office.records.names
    show = office.records.show
    levels = [show(Customer, "level", value, "zh_CN") for value in values(office, Customer, "level")]
    assert levels[1:3] == ["VIP", "VIP"]
    assert values(office, Customer, "level")[3] == "B"
    tags = [show(Customer, "tags", value, "zh_CN") for value in values(office, Customer, "tags")]
    assert tags == ["老客户、展会2026", "展会2026", "", "老客户"]
    assert values(office, Customer, "owner")[1] == office.ids["zhao"]
    assert [pick.label for pick in names.picklist("level", "zh_CN")][-1] == "VIP"
    assert done.batch is not None
    outcome = office.records.undo(done.batch, office.admin)
    assert not outcome.refused
    assert "VIP" not in [pick.label for pick in names.picklist("level", "zh_CN")]
    assert not names.all("tag")


def test_a_word_may_stand_for_nothing(office: Office) -> None:
    done = planned(office, "boss", level={"VIP": "", "特殊": ""}, tags={"展会2026": "", "老客户": ""}, owner={"诸葛亮": ""}).run()
    assert done.verdicts.counts()["refused"] == 0
    assert values(office, Customer, "level") == ["A", "", "", ""]
    assert values(office, Customer, "tags") == [(), (), (), ()]


def test_who_may_not_add_is_told_so_before_anything_is_done(office: Office) -> None:
    with pytest.raises(Refused, match="Picklist"):
        planned(office, "li", level={"VIP": ADD})


def test_a_word_somebody_added_meanwhile_is_not_added_twice(office: Office) -> None:
    office.save(PickValue(name="VIP", picklist="level", code="vip"), "admin")
    plan = planned(office, "li", level={"VIP": ADD, "特殊": "B"}, tags={"展会2026": "", "老客户": ""}, owner={"诸葛亮": ""})
    assert plan.run().verdicts.counts()["new"] == 4
    assert values(office, Customer, "level")[1] == "vip"


METHODS = [("call", "打电话"), ("visit", "见面拜访"), ("mail", "E-mail inquiry"), ("ask", "Phone inquiry")]
METHODS += [("won", "Won"), ("lost", "Lost")]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("电话", "call"), ("拜访", "visit"), ("E-MAIL", "mail"), ("phone", "ask"), ("inquiry", ""), ("打", ""), ("微信", ""),
        ("打电话给他", ""), ("Closed won", "won"), ("closed LOST", "lost"), ("Wonderful", ""), ("Won or lost", ""),
    ],
)  # fmt: skip
def test_the_one_value_that_holds_the_word_is_likely(office: Office, word: str, meant: str) -> None:
    fields = office.records.fields(Customer)
    assert likely(word, fields["level"].kind, METHODS) == meant
    assert likely(word, fields["owner"].kind, METHODS) == meant
    assert likely(word, fields["tags"].kind, METHODS) == ""
