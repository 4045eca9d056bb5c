"""Rows that are plainly new go in column by column: they leave the same behind as when each is looked at on its own."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business.customers.customer import Customer
from crm_desktop.core import bulk, pouring, untold
from crm_desktop.exchange.importing import drafts
from crm_desktop.exchange.importing.existing import Found
from crm_desktop.exchange.importing.seen import SeenRows
from tests.exchange.stories import everything, plan_for, reasons
from tests.office import Office

ROWS = [
    ["客户名称", "客户编号", "级别", "负责人", "电话", "邮箱", "下次联系时间", "备注"],
    ["华为技术有限公司", "S001", "A", None, 13800138000, "a@b.cn", "2026-03-20", "两行\n备注"],
    ["小米科技", "S002", "B", None, "０１０－６０６０", None, None, None],
    ["OPPO", None, None, None, None, "not an address", "2026-03-21", None],
    [None, "S004", None, None, "1", None, None, None],
    ["Vivo", "S005", "no such level", None, None, None, None, None],
    ["魅族", "S002", None, None, None, None, None, None],
    ["联想", "S007", None, "nobody", None, None, None, None],
    ["重庆长安", "S008", None, None, "138****8000", None, None, "x" * 300],
]


def left(office: Office, plan: Any) -> tuple[Any, ...]:
    """All that an import of the sheet leaves, but for ids; then it is taken back."""
    done = plan.run()
    untold.take_in(office.records)
    rows = everything(office, Customer)
    hits = [[hit.title for hit in office.records.search(words, office.boss, [Customer])] for words in ("hwjs", "小米", "8000", "zhongqing")]
    lines = [[line.action for line in office.records.history(Customer, row[0], office.boss)] for row in rows]
    keys = office.records.database.read("SELECT COUNT(*) FROM alike_customer")
    assert done.batch is not None
    undone = len(office.records.undo(done.batch, office.boss).done)
    assert everything(office, Customer) == [] and office.records.database.read("SELECT COUNT(*) FROM alike_customer") == [(0,)]
    told = [(verdict.row, verdict.outcome, verdict.title) for verdict in done.verdicts]
    return [row[1:] for row in rows], hits, lines, keys, undone, told, reasons(done.verdicts)


@pytest.mark.parametrize(("packet", "many"), [(2, 2000), (500, 2000), (2, 1)])
def test_straight_and_one_by_one_leave_the_same(office: Office, monkeypatch: pytest.MonkeyPatch, packet: int, many: int) -> None:
    monkeypatch.setattr(drafts, "PACKET", packet)
    monkeypatch.setattr(pouring, "MANY", many)
    straight: list[int] = []
    add = bulk.add

    def counted(*given: Any) -> list[int | None]:
        ids = add(*given)
        straight.extend(one for one in ids if one is not None)
        return ids

    monkeypatch.setattr(bulk, "add", counted)
    quick = left(office, plan_for(office, Customer, office.boss, ROWS))
    assert len(straight) >= 2
    monkeypatch.setattr(bulk, "suits", lambda *_given: False)
    assert left(office, plan_for(office, Customer, office.boss, ROWS)) == quick
    assert len(quick[0]) >= 3


def test_of_a_run_of_new_records_few_bytes_are_kept() -> None:
    """Rows that were refused or went one by one interrupt it."""
    seen = SeenRows()
    seen.made([("a",)] * 1_000, range(2, 1_002), range(5_002, 6_002))
    seen.made([("a",), None, ("a",)], [1_004, 1_005, 1_006], [6_002, 6_003, 7_000])
    made = {5_002: 2, 5_003: 3, 6_001: 1_001, 6_002: 1_004, 6_003: 1_005, 7_000: 1_006}
    others = (4_999, 5_001, 6_004, 6_999, 7_001)
    seen.recognise({(str(one),): [Found(one, None, True)] for one in (*made, *others)})
    assert {int(key[0]): (was.id, was.row) for key, was in seen.items()} == {one: (one, row) for one, row in made.items()}
    assert sum(len(kept) * kept.itemsize for kept in (seen._ids, seen._rows, seen._counts)) < 100
