"""What is selected in a list stays selected while colleagues work, and its number is told as it is by now."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel

from crm_desktop.business import Customer
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core.words import say
from crm_desktop.ui.records.list_page import ListPage
from crm_desktop.ui.session import Session
from crm_desktop.ui.widgets import question
from tests.ui.records.test_rights import person
from tests.ui.waiting import settle, wait_for

ALSO = QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture
def page(session: Session) -> ListPage:
    """All customers, every one of them known to the list."""
    page = session.list_page_of("customer")
    wait_for(page.model.complete)
    return page


def colleague_adds(session: Session, page: ListPage, name: str) -> int:
    """Somebody else makes a customer of the person at the window; the list shows it."""
    boss = actor_for(session.records, person(session, "general").id)
    made = Customer(name=name, owner=session.desk.actor.employee)
    session.records.save(made, boss)
    wait_for(lambda: page.model.row_of(made.id) >= 0)
    settle()
    return made.id


def told(page: ListPage) -> str:
    return page.footer.bulk._count.text()


def test_all_that_match_stay_selected_and_the_one_that_came_is_counted(session: Session, page: ListPage) -> None:
    page.table.pick(3)
    current, before = page.current_id(), page.model.row_count()
    page.table.selectAll()
    assert told(page) == say("%n selected", n=before)
    came = colleague_adds(session, page, "阿尔法同事机械有限公司")
    assert page.table.everything and page.table.picked_count() == before + 1
    assert told(page) == say("%n selected", n=before + 1) and page.footer.currentWidget() is page.footer.bulk
    assert page.current_id() == current and came in page.picked_ids()


def test_one_that_goes_is_not_counted_any_more(session: Session, page: ListPage) -> None:
    before = page.model.row_count()
    gone = page.model.record_id(5)
    page.table.selectAll()
    session.records.delete(Customer, [gone or 0], actor_for(session.records, person(session, "general").id))
    wait_for(lambda: page.model.row_count() == before - 1)
    settle()
    assert page.table.everything and told(page) == say("%n selected", n=before - 1)


def test_all_of_one_filter_are_not_all_of_another(page: ListPage) -> None:
    page.table.selectAll()
    page.filter.setText("a")
    page._filter("a")
    settle()
    assert page.model.view.text == "a" and not page.table.everything and page.table.picked_count() <= 1
    page.table.selectAll()
    page.choose("mine")
    settle()
    assert not page.table.everything


def test_rows_that_are_selected_stay_so_and_no_other_is_added(session: Session, page: ListPage) -> None:
    """Also when the current row is one that was taken out of the selection again."""
    table, model = page.table, page.model
    table.pick(2)
    for row in (4, 6, 8):
        table.selectionModel().setCurrentIndex(model.index(row, 0), ALSO)
    table.selectionModel().setCurrentIndex(model.index(6, 0), ALSO)
    picked = page.picked_ids()
    assert len(picked) == 3
    colleague_adds(session, page, "00 同事机械有限公司")  # before all others: every row is another one
    assert sorted(page.picked_ids()) == sorted(picked) and told(page) == say("%n selected", n=3)


def test_what_the_person_makes_himself_is_current_and_nothing_else_is_selected(session: Session, page: ListPage) -> None:
    page.table.selectAll()
    made = Customer(name="00 自己的有限公司", owner=session.desk.actor.employee)
    session.records.save(made, session.desk.actor)
    session.open_record("customer", made.id)
    wait_for(lambda: page.current_id() == made.id)
    assert not page.table.everything and page.picked_ids() == [made.id]


def test_deleting_all_that_match_asks_with_their_number(session: Session, page: ListPage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The number may have grown since the person looked: nothing goes along, and it is asked all the same."""
    asked: list[str] = []
    for name in ("零一同名有限公司", "零二同名有限公司"):
        session.records.save(Customer(name=name, owner=session.desk.actor.employee), session.desk.actor)
    page.filter.setText("同名有限公司")
    page._filter("同名有限公司")
    wait_for(lambda: page.model.row_count() == 2)
    page.table.selectAll()
    third = colleague_adds(session, page, "零三同名有限公司")
    monkeypatch.setattr(question, "agreed", lambda _parent, _title, text, _act: asked.append(text) or False)
    page.acts.delete()
    settle()
    assert asked == ["3 records go into the recycle bin."]
    assert session.records.get(Customer, third, session.desk.actor).deleted_at is None
    monkeypatch.setattr(question, "agreed", lambda *_all: True)
    page.acts.delete()
    wait_for(lambda: page.model.row_count() == 0)


def test_the_bar_follows_as_soon_as_the_whole_number_is_known(session: Session, page: ListPage) -> None:
    """Ctrl+A on a long list of which only the beginning is there yet."""
    model: Any = page.model
    rows = [(record_id, model._values.get(record_id, ())) for record_id in model._ids[:100]]
    model._first_page(rows)
    model._ids = None
    page.table.selectAll()
    assert told(page) == say("%n selected", n=100)
    model._grow_to(25_000)
    assert page.table.everything and told(page) == say("%n selected", n=25_000)
