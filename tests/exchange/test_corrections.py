"""Rows are corrected in the table of the rehearsal, before anything is imported."""

from __future__ import annotations

from typing import Any

from crm_desktop.business.customers.customer import Customer
from crm_desktop.exchange.importing.plan import Importing
from crm_desktop.exchange.importing.verdicts import Verdicts
from tests.exchange.stories import plan_for, reasons, values
from tests.office import Office

ROWS: list[list[Any]] = [
    ["客户名称", "电话", "邮箱"],
    ["华为", "0755", "a@b.cn"],
    ["小米", "010", "nobody"],
    ["华为", "0756", "x@y.cn"],
    [None, "011", None],
]


def corrected(plan: Importing, verdicts: Verdicts, row: int, column: int, value: Any) -> str:
    plan.table.correct(row, column, value)
    (verdict,) = plan.recheck([row])
    verdicts.replace(verdict)
    return verdict.outcome


def test_a_corrected_row_gets_a_new_verdict_and_is_imported_so(office: Office) -> None:
    plan = plan_for(office, Customer, office.li, ROWS)
    verdicts = plan.rehearse()
    assert verdicts.counts() == {"new": 1, "changed": 0, "unchanged": 0, "refused": 3}
    assert corrected(plan, verdicts, 3, 2, "n@b.cn") == "new"
    assert corrected(plan, verdicts, 5, 0, "小米") == "refused"
    assert reasons(verdicts)[5] == "Row 3 holds the same record already."
    assert corrected(plan, verdicts, 5, 0, "vivo") == "new"
    # The first row of two that are the same is called otherwise; its own old name does not stand in its way.
    assert corrected(plan, verdicts, 2, 0, "荣耀") == "new"
    assert corrected(plan, verdicts, 4, 1, "0757") == "new"
    assert verdicts.counts() == {"new": 4, "changed": 0, "unchanged": 0, "refused": 0}
    assert values(office, Customer, "name") == []
    assert plan.run().verdicts.counts()["new"] == 4
    assert values(office, Customer, "name", "phone") == [("荣耀", "0755"), ("小米", "010"), ("华为", "0757"), ("vivo", "011")]


def test_rows_are_at_hand_by_their_number(office: Office) -> None:
    rows = [["客户名称"], *([f"客户 {number}"] for number in range(1, 1_800))]
    table = plan_for(office, Customer, office.li, rows).table
    assert table.some((2, 1_800, 501, 502, 1, 5_000)) == {
        1: ["客户名称"], 2: ["客户 1"], 501: ["客户 500"], 502: ["客户 501"], 1_800: ["客户 1799"]
    }  # fmt: skip
    table.correct(501, 0, "anders")
    assert table.some([501]) == {501: ["anders"]}
    assert [row[0] for number, row in table.numbered() if number == 501] == ["anders"]
