"""X7 X19: stars, recently opened, saved views: each person's own, or shared."""

from __future__ import annotations

from typing import Any

from crm_desktop.business import Customer, Employee, Role, SavedView
from crm_desktop.business.office import marks
from crm_desktop.business.system.saved_view import views_for
from crm_desktop.core.views import Condition, View
from tests.office import Office


def names(office: Office, who: str, record_type: str = "customer") -> set[str]:
    return {view.name for view in views_for(office.records, office.actor(who), record_type)}


def test_stars_are_each_persons_own(office: Office) -> None:
    one, two = (office.save(Customer(name=f"公司{n}")).id for n in range(2))
    assert marks.star(office.records, office.li, "customer", one) is True
    assert marks.star(office.records, office.li, "customer", two) is True
    assert marks.starred(office.records, office.li) == [["customer", one], ["customer", two]]
    assert marks.starred(office.records, office.zhao) == []
    assert marks.star(office.records, office.li, "customer", one) is False
    assert marks.starred(office.records, office.li) == [["customer", two]]


def test_the_last_twenty_opened_newest_first(office: Office) -> None:
    for n in range(25):
        marks.opened(office.records, office.li, "customer", n)
    marks.opened(office.records, office.li, "customer", 20)
    recent = marks.recent(office.records, office.li)
    assert [one for _type, one in recent] == [20, 24, 23, 22, 21, *range(19, 4, -1)]
    assert marks.recent(office.records, office.meng) == []


def test_who_has_which_views(office: Office) -> None:
    role: Any = next(row for row in office.records.names.all("role") if isinstance(row, Role) and row.code == "manager")
    for name, who, more in (
        ("李的", "li", {}), ("孟的", "meng", {}), ("全公司", "meng", {"shared": True}), ("经理的", "boss", {"role": role.id}),
    ):  # fmt: skip
        office.save(SavedView(name=name, record_type="customer", content=View().to_json(), **more), who)
    office.save(SavedView(name="线索的", record_type="lead"), "li")
    assert names(office, "li") == {"李的", "全公司"}
    assert names(office, "meng") == {"孟的", "全公司", "经理的"}
    assert names(office, "li", "lead") == {"线索的"}
    meng: Any = office.records.get(Employee, office.ids["meng"], office.admin)
    meng.role = office.records.names.rows("employee")[office.ids["li"]].role  # type: ignore[attr-defined]
    office.records.save(meng, office.admin)
    assert names(office, "meng") == {"孟的", "全公司"}


def test_a_view_keeps_conditions_columns_widths_and_order(office: Office) -> None:
    view = View((Condition("level", "one_of", ["A"]), Condition("owner", "me")), sort=(("city", True),), columns=("name", "city"),
                widths={"name": 240}, group="level")  # fmt: skip
    made = office.save(SavedView(name="重点", record_type="customer", content=view.to_json()))
    again: Any = office.records.get(SavedView, made.id, office.li)
    assert View.from_json(again.content) == view
    office.save(Customer(name="甲公司", level="A"))
    office.save(Customer(name="乙公司", level="A"), "zhao")
    assert office.records.count(Customer, office.li, View.from_json(again.content)) == 1
    assert office.records.count(Customer, office.boss, View.from_json(again.content)) == 0, "“me” is whoever looks"
