"""PS11: Each record type people work with comes in from the sheets offices keep of it, from a workbook and from a text table."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.core.views import View
from crm_desktop.exchange.reading import read_workbook
from tests.exchange.stories import bring_in, plan_for, reasons, values
from tests.exchange.tools import workbook_file
from tests.office import Office

# Headings and rows as people write them; names of fields and what they hold afterwards.
SHEETS: dict[str, tuple[list[str], list[list[Any]], list[str], list[tuple[Any, ...]]]] = {
    "customer": (
        ["公司名称", "客户级别", "联系电话", "所在地区", "联系人", "联系人手机", "下次联系时间"],
        [["恒瑞精密机械", "A", "0512-62880001", "江苏省苏州市", "陈工", 13912340001, "2026-12-01"],
         ["永发五金厂", "B级", "", "江苏-无锡", "周老板", "", ""]],
        ["name", "level", "phone", "province", "city", "next_contact_on"],
        [("恒瑞精密机械", "A", "0512-62880001", "江苏省", "苏州市", date(2026, 12, 1)), ("永发五金厂", "B", "", "江苏", "无锡", None)],
    ),
    "contact": (
        ["姓名", "所属客户", "职务", "部门", "手机", "性别", "生日", "是否首要联系人"],
        [["钱经理", "伟业汽车", "采购经理", "采购部", "13712345678", "女", "1988-5-6", "是"]],
        ["name", "title", "unit", "mobile", "gender", "birthday", "is_primary"],
        [("钱经理", "采购经理", "采购部", "13712345678", "f", date(1988, 5, 6), True)],
    ),
    "lead": (
        ["姓名", "公司", "手机", "线索来源", "所在地区", "地址", "意向等级", "下次跟进时间"],
        [["冯先生", "绍兴纺织", 13612340000, "展会", "浙江省绍兴市", "笛扬路1号", "B", "2026.12.8"],
         ["褚女士", "", "13612340001", "", "", "", "", ""]],
        ["name", "company", "mobile", "city", "address", "level", "next_contact_on"],
        [("冯先生", "绍兴纺织", "13612340000", "绍兴市", "浙江省绍兴市笛扬路1号", "B", date(2026, 12, 8)),
         ("褚女士", "", "13612340001", "", "", "", None)],
    ),
    "follow_up": (
        ["跟进内容", "客户名称", "跟进方式", "跟进时间", "下次联系时间"],
        [["要求两周内报价", "伟业汽车", "打电话", "2026-11-02 14:30", "2026-12-01"],
         ["上门", "伟业汽车", "见面拜访", "2026年11月3日", ""]],
        ["content", "method", "next_contact_on"],
        [("要求两周内报价", "call", date(2026, 12, 1)), ("上门", "visit", None)],
    ),
    "opportunity": (
        ["商机名称", "客户名称", "销售阶段", "预计金额（万元）", "可能性", "预计成交日期"],
        [["二期设备", "伟业汽车", "方案报价", 35.5, "60%", "2026-12-31"], ["备件", "伟业汽车", "商务谈判", "12万", "0.8", "2026/11/30"]],
        ["name", "amount", "probability", "expected_close"],
        [("二期设备", Decimal(355_000), 60, date(2026, 12, 31)), ("备件", Decimal(120_000), 80, date(2026, 11, 30))],
    ),
    "contract": (
        ["合同编号", "合同名称", "客户名称", "合同金额", "签订日期", "结束日期", "合同类型"],
        [["HT-901", "设备采购", "伟业汽车", "¥1,280,000.00", "2026-10-08", "2027-10-09", "服务"]],
        ["number", "name", "amount", "signed_on", "ends_on", "type"],
        [("HT-901", "设备采购", Decimal(1_280_000), date(2026, 10, 8), date(2027, 10, 9), "service")],
    ),
    "product": (
        ["产品名称", "产品编码", "类别", "单位", "单价", "是否上架"],
        [["法兰", "FL-001", "配件", "个", "12.50", "是"], ["阀门", "FF-02", "产品", "台", 98, "否"]],
        ["name", "code", "category", "unit", "price", "on_sale"],
        [("法兰", "FL-001", "parts", "piece", Decimal("12.5"), True), ("阀门", "FF-02", "product", "unit", Decimal(98), False)],
    ),
    "task": (
        ["任务", "客户", "截止日期", "优先级", "状态", "提醒时间"],
        [["寄样品", "伟业汽车", "2026-12-3", "高", "未开始", "2026-12-3 9:00"], ["整理资料", "", "2026-12-04", "中", "进行中", ""]],
        ["title", "due_on", "priority", "state"],
        [("寄样品", date(2026, 12, 3), "high", "not_started"), ("整理资料", date(2026, 12, 4), "normal", "in_progress")],
    ),
    "event": (
        ["主题", "类型", "开始时间", "结束时间", "地点", "客户名称", "提前提醒分钟"],
        [["客户来访", "拜访", "2026-12-02 09:00", "2026-12-02 11:00", "会议室", "伟业汽车", 30],
         ["周会", "会议", "2026/12/7 9:00", "", "", "", ""]],
        ["title", "kind", "place", "remind_minutes"],
        [("客户来访", "visit", "会议室", 30), ("周会", "meeting", "", None)],
    ),
    "reminder": (
        ["提醒内容", "提醒时间", "提醒人"],
        [["给周总打电话", "2026-12-02 09:00", "李娜"], ["续签合同", "2026/12/10 8:30", ""]],
        ["title", "state"],
        [("给周总打电话", "open"), ("续签合同", "open")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("key", SHEETS)
def test_a_sheet_as_people_keep_it(office: Office, tmp_path: Path, key: str, ending: str) -> None:
    office.save(Customer(name="伟业汽车"), "boss")
    record_type = office.records.types[key]
    there = set(office.records.ids(record_type, office.boss, View()))
    headings, rows, names, expected = SHEETS[key]
    path = workbook_file(tmp_path / f"{key}.{ending}", headings, rows)
    with read_workbook(path) as workbook:
        plan = plan_for(office, record_type, office.boss, workbook.sheet())
        assert [column.heading for column in plan.mapping.columns if not column.target] == []
        counts, done = bring_in(office, record_type, office.boss, workbook.sheet())
        assert reasons(done.verdicts) == {} and counts["new"] == len(rows)
        assert values(office, record_type, *names)[len(there) :] == expected
        again, _done = bring_in(office, record_type, office.boss, workbook.sheet())
        assert (again["new"], again["refused"]) == (0, 0)
    office.records.undo(done.batch, office.boss)
    assert set(office.records.ids(record_type, office.boss, View())) == there


def test_a_reminder_rings_when_the_sheet_says(office: Office) -> None:
    rows = [["提醒", "提醒时间", "提醒人"], ["续签合同", "2026-12-10 08:30", "李娜"]]
    bring_in(office, office.records.types["reminder"], office.boss, rows)
    ((due, rings, owner),) = values(office, office.records.types["reminder"], "due_at", "rings_at", "owner")
    assert due == rings and isinstance(due, datetime) and owner == office.ids["li"]
