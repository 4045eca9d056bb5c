"""The first day: an empty program, a workbook from the old one, a field of their own, and a mistake that is taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Contact, Customer, Department, Employee, Role, RoleRight
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import starting
from crm_desktop.core import custom
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import NotFound, Refused
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from crm_desktop.database.engine import Database
from crm_desktop.exchange.importing.plan import Imported, Importing
from crm_desktop.exchange.mapping import guess_mapping, known_heading
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import find_table
from crm_desktop.exchange.targets import targets_of

OLD_PROGRAM = """\
客户资料导出,,,,,
客户名称,联系人,手机,电话,邮箱,客户级别
苏州恒达机械有限公司,钱一,13812345678,0512-65550001,qian@hengda.example,A
无锡天行电子,孙二,13987654321,0510-85550002,sun@tianxing.example,B
常州金桥物流,李三,,0519-85550003,not-an-address,B
南京云起软件,周四,13700000000,025-85550004,zhou@yunqi.example,Z级
"""


def bring_in(records: Records, actor: Actor, file: Path) -> Imported:
    """As the import window does it: read, find the table, guess the columns, look at every row, then import."""
    with read_workbook(file) as workbook:
        targets = targets_of(records, Customer)
        table = find_table(workbook.sheet(None), known_heading("customer", targets))
        plan = Importing(records, Customer, table, guess_mapping("customer", targets, table), actor)
        before = records.count(Customer, actor)
        rehearsed = plan.rehearse().counts()
        assert records.count(Customer, actor) == before, "looking changes nothing"
        done = plan.run()
        assert done.verdicts.counts() == rehearsed
        return done


def test_the_first_day(database: Database, clock: FixedClock, it_is: Callable[[str], None], tmp_path: Path) -> None:
    # 9:00. The program asks for company and name, and knows its lists from the start.
    it_is("2026-03-16 09:00")
    records = Records(database, RECORD_TYPES, clock)
    assert starting.is_new(records)
    wang = starting.begin(records, "明达科技", "王丽", "zh_CN")
    assert not starting.is_new(records)
    me = actor_for(records, wang.id)
    assert [stage.called() for stage in records.names.all("stage")][:2] == ["初步接洽", "需求确认"]
    assert records.names.pick("source", "展会") == records.names.pick("source", "Trade show") == "trade_show"

    # 9:30. The old program's list comes in, saved by an old Excel. Two rows are refused, each with its reason.
    file = tmp_path / "客户.csv"
    file.write_bytes(OLD_PROGRAM.encode("gb18030"))
    done = bring_in(records, me, file)
    assert done.verdicts.counts() == {"new": 2, "changed": 0, "unchanged": 0, "refused": 2}
    reasons = {row: reason.sentence("zh_CN") for row, reason in done.verdicts.refused().items()}
    assert set(reasons) == {5, 6} and "not-an-address" in reasons[5] and "Z级" in reasons[6]
    names = {records.names.title("customer", one) for one in records.ids(Customer, me)}
    assert names == {"苏州恒达机械有限公司", "无锡天行电子"}
    assert [hit.title for hit in records.search("13812345678", me)] == ["苏州恒达机械有限公司"]
    assert [hit.title for hit in records.search("qian", me, [Contact])] == ["钱一"]

    # 9:45. The same file with the two mended: what is there already is not doubled.
    file.write_bytes(OLD_PROGRAM.replace("not-an-address", "li@jinqiao.example").replace("Z级", "C").encode("gb18030"))
    mended = bring_in(records, me, file)
    assert mended.verdicts.counts() == {"new": 2, "changed": 0, "unchanged": 2, "refused": 0}
    assert records.count(Customer, me) == records.count(Contact, me) == 4

    # 10:30. They sell machines, so customers get a field for how many they have: at once in lists, filters and forms.
    field: Any = CustomField(name="设备台数", record_type="customer", field_kind="number", searchable=False)
    records.save(field, me)
    (hengda,) = [hit.id for hit in records.search("hengda", me, [Customer])]
    customer = records.get(Customer, hengda, me)
    custom.put(customer, records.fields(Customer)[field.code], 12)
    records.save(customer, me)
    many = View((Condition(field.code, "at_least", 10),), columns=("name", field.code))
    assert [values for _id, values in records.page(Customer, me, many, many.columns)] == [("苏州恒达机械有限公司", 12)]
    assert records.total(Customer, me, View(), field.code) == 12

    # 11:00. Two colleagues come; what a salesperson may do here the company decides itself.
    sales: Any = next(row for row in records.names.all("role") if isinstance(row, Role) and row.code == "sales")
    office = records.names.all("department")[0]
    assert isinstance(office, Department)
    chen = Employee(name="陈静", role=sales.id, department=office.id)
    records.save(chen, me)
    records.save(RoleRight(name="customer", role=sales.id, operations="add edit bring_in"), me)
    her = actor_for(records, chen.id)
    records.assign(Customer, [hengda], chen.id, me)
    assert list(records.ids(Customer, her)) == [hengda]
    assert not records.may(her, Customer, "take_out"), "no lists leave the house"
    with pytest.raises(Refused):
        records.save(CustomField(name="试试", record_type="customer", field_kind="text"), her)

    # 17:00. The morning's import was the wrong month. It is taken back, but not the rows somebody has worked with since.
    it_is("2026-03-16 17:00")
    outcome = records.undo(done.batch or 0, me)
    assert {records.names.title("customer", one) for one in records.ids(Customer, me)} == {
        "苏州恒达机械有限公司", "常州金桥物流", "南京云起软件",
    }  # fmt: skip
    kept = {record_id for record_id, _why in outcome.refused}
    assert hengda in kept
    gone = next(one for one in outcome.done if one not in kept)
    with pytest.raises(NotFound):
        records.get(Contact, gone, me)
