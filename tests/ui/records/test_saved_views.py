"""Views that are kept: which one a list starts with, and with whom it is shared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from crm_desktop.business import Customer, SavedView
from crm_desktop.core.views import Condition, View
from crm_desktop.ui.records import list_views
from crm_desktop.ui.session import Session
from crm_desktop.ui.widgets.menus import Menu


def kept(session: Session, name: str) -> SavedView:
    view = View((Condition("level", "one_of", ["A"]),), sort=(("city", True),), columns=("name", "city"))
    return list_views.save_as(session.desk, Customer, name, view)[0]


def first(session: Session) -> str:
    return list_views.first_choice(session.desk, Customer, list_views.choices(session.desk, Customer))


def test_the_view_a_person_wants_first_is_first_whatever_was_used_last(session: Session) -> None:
    one, other = kept(session, "Cities"), kept(session, "Towns")
    session.records.settings.put("view.customer", "mine", session.desk.actor.employee)
    assert first(session) == "mine"
    list_views.show_first(session.desk, one, True)
    assert first(session) == str(one.id)
    list_views.show_first(session.desk, other, True)
    assert first(session) == str(other.id)
    marked = [row.id for row in session.records.names.all("saved_view") if row.is_default and row.record_type == "customer"]  # type: ignore[attr-defined]
    assert one.id not in marked
    list_views.show_first(session.desk, other, False)
    assert first(session) == "mine"


def test_a_list_starts_with_columns_and_order_of_its_first_view(session: Session) -> None:
    list_views.show_first(session.desk, kept(session, "Cities"), True)
    session.rebuild()
    page: Any = session.list_page_of("customer")
    assert [column.key for column in page.model.columns] == ["name", "city"]
    assert page.model.view.sort == (("city", True),)
    assert page.chips.current() == page.current


def test_the_menu_of_a_view_shares_it_with_one_role(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    saved = kept(session, "Cities")
    page.show_chips()
    page.choose(str(saved.id))
    page.open_view_menu()
    roles: Any = session.records.names.all("role")
    role = roles[0]
    title = session.records.names.title("role", role.id)
    menu = next(menu for menu in page.findChildren(Menu) if menu.isVisible())
    action = next(action for action in menu.actions() if title in action.text())
    assert not action.isChecked()
    action.trigger()
    menu.close()
    people: Any = session.records.names.all("employee")
    has_role = next(person for person in people if person.role == role.id and person.id != saved.owner)
    stranger = next(person for person in people if person.role != role.id and person.id != saved.owner)
    for person, sees in ((has_role, True), (stranger, False)):
        actor = replace(session.desk.actor, employee=person.id)
        from crm_desktop.business.system.saved_view import views_for

        assert (saved.id in [row.id for row in views_for(session.records, actor, "customer")]) is sees


def test_a_view_of_more_than_is_counted_says_so(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting stops one behind what a chip can tell: exactly so many is told as such, more is “10,000+”."""
    page: Any = session.list_page_of("customer")
    asked: list[int] = []
    held = {"all": 250_000, "mine": 10_000}

    def count(_type: Any, _actor: Any, view: View, cap: int) -> int:
        asked.append(cap)
        return min(held["mine"] if view.conditions else held["all"], cap)

    monkeypatch.setattr(session.records, "count", count)
    page.show_chips()
    assert set(asked) == {10_001}
    assert page.chips._chips["all"].text() == "All  10,000+"
    assert page.chips._chips["mine"].text() == "Mine  10,000"
