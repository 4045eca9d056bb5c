"""Columns whose headings say nothing are mapped by what they hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.exchange.contents import content_of, is_credit_code
from tests.exchange.stories import bring_in, plan_for, values
from tests.office import Office


@pytest.mark.parametrize(
    ("sort", "samples"),
    [
        ("mobile", ["13800138000", 13900139000, "+86 137 0013 7000"]),
        ("phone", ["0755-28780808", "010 60606666", "400-123-4567"]),
        ("phone", ["+1-418-656-9254", "(0755) 28780808"]),
        ("email", ["a@b.cn", "c.d@e-f.com; g@h.cn"]),
        ("website", ["www.huawei.com", "https://mi.com/cn"]),
        ("tax_no", ["91310112087994932F", "91152201078382010M"]),
        ("day", [date(2026, 1, 1), date(2026, 2, 1)]),
        ("day", ["2026/3/4", "2026年3月5日"]),
        ("day", ["13/04/2026", "1/5/2026"]),
        ("", ["华为", "小米"]),
        ("", [1200, 3400]),
        ("", ["1234567", "7654321"]),
        ("", ["13800138000", "x", "y"]),
        ("", ["a@b.cn"]),
        ("", []),
    ],
)
def test_what_samples_are(sort: str, samples: list[Any]) -> None:
    assert content_of(samples) == sort


def test_real_credit_codes_are_known_and_others_are_not(shared_data: Path) -> None:
    codes = (shared_data / "uscc" / "uscc.txt").read_text().split() if (shared_data / "uscc" / "uscc.txt").exists() else []
    codes = codes or [one for path in (shared_data / "uscc").iterdir() for one in path.read_text().split() if len(one) == 18]
    assert len(codes) == 100
    assert all(map(is_credit_code, codes))
    assert not any(is_credit_code(code[:-1] + ("0" if code[-1] != "0" else "1")) for code in codes)


def test_a_sheet_without_headings(office: Office) -> None:
    """The first column of words is the name; the rest goes where it belongs."""
    rows = [
        [1, "华为技术有限公司", "13800138000", "a@b.cn", "91310112087994932F"],
        [2, "小米科技", "13900139000", "c@d.cn", "91152201078382010M"],
        [3, "OPPO", "13700137000", "e@f.cn", "91152201078394644D"],
    ]
    plan = plan_for(office, Customer, office.li, rows)
    assert {column.heading: column.target for column in plan.mapping.mapped()} == {"B": "name", "C": "mobile", "D": "email", "E": "tax_no"}
    assert all(column.by_content for column in plan.mapping.mapped())
    counts, _done = bring_in(office, Customer, office.li, rows)
    assert counts["new"] == 3
    assert values(office, Customer, "name", "tax_no")[2] == ("OPPO", "91152201078394644D")


def test_headings_go_before_contents(office: Office) -> None:
    """A column that says what it is keeps its meaning; a strange one does not take a field that is taken."""
    rows = [
        ["客户名称", "邮箱", "甲乙丙", "丁戊己"],
        ["华为", "a@b.cn", "c@d.cn", "0755-28780808"],
        ["小米", "e@f.cn", "g@h.cn", "010-60606666"],
    ]
    plan = plan_for(office, Customer, office.li, rows)
    assert {column.heading: column.target for column in plan.mapping.mapped()} == {"客户名称": "name", "邮箱": "email", "丁戊己": "phone"}


def test_days_that_are_over_are_when_it_was_made(office: Office) -> None:
    over = [["客户名称", "甲乙"], ["华为", "2019-03-04"], ["小米", "2020/5/6"]]
    ahead = [["客户名称", "甲乙"], ["华为", "2099-03-04"], ["小米", "2098/5/6"]]
    assert plan_for(office, Customer, office.li, over).mapping.columns[1].target == "created_at"
    assert plan_for(office, Customer, office.li, ahead).mapping.columns[1].target == "next_contact_on"


def test_several_numbers_and_addresses_in_a_cell(office: Office) -> None:
    rows = [["客户名称", "电话", "邮箱"], ["华为", "0755-1 ::: 0755-2", "a@b.cn ::: c@d.cn"], ["小米", "010-1\n010-2", "e@f.cn\ng@h.cn"]]
    bring_in(office, Customer, office.li, rows)
    assert values(office, Customer, "phone", "email") == [("0755-1; 0755-2", "a@b.cn; c@d.cn"), ("010-1; 010-2", "e@f.cn; g@h.cn")]
