"""Two rows of a sheet with what only one record may have: the second is refused and told which row has it, in the rehearsal too."""

from __future__ import annotations

from typing import Any

import pytest

from crm_desktop.business import Contract, Customer, Employee, Target
from crm_desktop.exchange.importing import drafts
from tests.exchange.stories import bring_in, reasons, values
from tests.office import Office

HEADINGS = ["合同名称", "合同编号", "客户"]
MAPPING = {"合同名称": "name", "合同编号": "number", "客户": "customer"}


@pytest.fixture(params=[2, 3, 500])
def packet(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(drafts, "PACKET", request.param)
    return int(request.param)


@pytest.mark.usefixtures("packet")
def test_contracts(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    office.save(Contract(name="老合同", number="A-0", customer=customer.id))
    rows = [
        HEADINGS,
        ["合同一", "A-1", "甲公司"],
        ["合同二", "A-2", "甲公司"],
        ["合同三", "A-1", "甲公司"],
        ["合同四", "A-0", "甲公司"],
        ["合同五", None, "甲公司"],
        ["合同六", "A-6", "没有的公司"],
        ["合同七", "A-6", "甲公司"],  # the row before does not stand in its way
        ["合同八", "A-1", "甲公司"],
        ["合同九", None, "甲公司"],
        ["合同十", "A-6", "甲公司"],
    ]
    counts, done = bring_in(office, Contract, office.li, rows, mapping=MAPPING, match=("name", "customer"))
    assert (counts["new"], counts["refused"]) == (5, 5)
    why = reasons(done.verdicts)
    for row, holder, number in ((4, 2, "A-1"), (9, 2, "A-1"), (11, 8, "A-6")):
        assert f"Row {holder} has “{number}” already" in why[row], why
    assert "A-0" in why[5] and "Row" not in why[5]
    assert len(set(values(office, Contract, "number"))) == 6


@pytest.mark.usefixtures("packet")
def test_rows_that_change_contracts(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    for name in "一二三四":
        office.save(Contract(name=name, number=f"B-{name}", customer=customer.id))
    rows = [HEADINGS, ["一", "C-1", "甲公司"], ["二", "B-二", "甲公司"], ["三", "C-1", "甲公司"], ["四", "C-4", "甲公司"]]
    counts, done = bring_in(office, Contract, office.li, rows, mapping=MAPPING, match=("name", "customer"))
    assert (counts["changed"], counts["unchanged"], list(reasons(done.verdicts))) == (2, 1, [4])
    assert "Row 2 has “C-1”" in reasons(done.verdicts)[4]
    assert sorted(values(office, Contract, "number")) == ["B-三", "B-二", "C-1", "C-4"]


def test_user_names(office: Office) -> None:
    role = next(one for one in office.records.names.all("role") if one.code == "sales").called()
    rows = [["姓名", "用户名", "角色"], ["甲", "wei", role], ["乙", "fang", role], ["丙", "Wei", role], ["丁", "", role]]
    mapping = {"姓名": "name", "用户名": "login", "角色": "role"}
    counts, done = bring_in(office, Employee, office.admin, rows, mapping=mapping, match=("name",))
    assert (counts["new"], list(reasons(done.verdicts))) == (3, [4])


@pytest.mark.usefixtures("packet")
def test_targets(office: Office) -> None:
    rows: list[list[Any]] = [["月份", "指标", "金额"], ["2026-05", "sales", 100], ["2026-06", "sales", 1], ["2026-05", "sales", 200]]
    mapping = {"月份": "month", "指标": "measure", "金额": "amount"}
    counts, done = bring_in(office, Target, office.boss, rows, mapping=mapping, match=())
    assert (counts["new"], list(reasons(done.verdicts))) == (2, [4]) and "Row 2 has" in reasons(done.verdicts)[4]
