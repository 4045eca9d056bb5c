"""A row of a sheet that only the server refuses is told as one, and all the others come in."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.core.record import Record
from tests.exchange.stories import plan_for, reasons
from tests.guard.company import Company


@pytest.mark.parametrize("record_type", [Customer, Contact])
def test_others_come_in(company: Company, record_type: type[Record]) -> None:
    """Written down under a colleague's name: the program lets it pass, the server lets only administrators."""
    number, li = 7, company.actor("li")
    customer = company.save(Customer(name=f"溪口阀门{record_type.key()}"), "li")
    rows: list[list[Any]] = [["姓名" if record_type is Contact else "客户名称", "手机", "创建人", "客户"]]
    for place in range(12):
        creator = "赵强" if place == number else None
        rows.append([f"{record_type.screen.one}{place}", f"1370000{place:04}", creator, customer.name if record_type is Contact else None])
    mapping = {"手机": "mobile", "创建人": "created_by", rows[0][0]: "name"} | ({"客户": "customer"} if record_type is Contact else {})
    office: Any = SimpleNamespace(records=company.door("li"))
    plan = plan_for(office, record_type, li, rows, mapping=mapping)
    for verdicts in (plan.rehearse(), plan.run().verdicts):
        assert verdicts.counts() == {"new": 11, "changed": 0, "unchanged": 0, "refused": 1}
        assert list(reasons(verdicts)) == [number + 2] and "somebody else's name" in reasons(verdicts)[number + 2]

