"""Many records at the window: counted and asked before, done with undo, what goes along is listed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crm_desktop.business import Contact, Customer
from crm_desktop.ui.records import ask, bulk_acts
from crm_desktop.ui.session import Session
from crm_desktop.ui.widgets import question
from tests.ui.records.test_duplicates import plant, told
from tests.ui.waiting import settle


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked; every question is answered with yes."""
    questions: list[str] = []
    monkeypatch.setattr(question, "agreed", lambda _parent, _title, text, _act: questions.append(text) or True)
    return questions


def test_a_field_is_changed_after_the_count(session: Session, asked: list[str]) -> None:
    ids = [plant(session, name, city=city).id for name, city in (("远山", "杭州"), ("近水", "宁波"), ("高原", ""))]
    bulk_acts.change_field(session.desk, Customer, ids, "city", "杭州", session.window)
    settle()
    assert asked[0] == "“City” of 2 records becomes “杭州”.\n1 record has this value already."
    assert {session.records.get(Customer, one, session.desk.actor).city for one in ids} == {"杭州"}
    assert "2" in told(session)
    session.window.undo()
    settle()
    assert [session.records.get(Customer, one, session.desk.actor).city for one in ids] == ["杭州", "宁波", ""]


def test_what_will_stand_there_is_said_as_lists_show_it(session: Session, asked: list[str]) -> None:
    one = plant(session, "远山", level="B", tax_no="91110108MA01ABCD2X", next_contact_on=date(2026, 12, 1), note="旧")
    values = {"level": "A", "tax_no": "", "next_contact_on": date(2026, 12, 24), "note": "长" * 100}
    for name, value in values.items():
        bulk_acts.change_field(session.desk, Customer, [one.id], name, value, session.window)
        settle()
    assert asked == [
        "“Level” of 1 record becomes “A key”.",
        "“Tax number” of 1 record will be emptied.",
        "“Next contact” of 1 record becomes “2026-12-24”.",
        f"“Note” of 1 record becomes “{'长' * 60}…”.",
    ]


@pytest.mark.parametrize(("type_key", "lacks", "has"), [("customer", "code", "level"), ("contract", "number", "amount")])
def test_numbers_of_ones_own_are_nothing_many_have_alike(
    session: Session, monkeypatch: pytest.MonkeyPatch, type_key: str, lacks: str, has: str
) -> None:
    offered: list[str] = []
    monkeypatch.setattr(ask, "ask_choice", lambda _page, _title, _label, choices: offered.extend(name for name, _said in choices))
    page: Any = session.list_page_of(type_key)
    page.acts._set_field([1])
    assert has in offered and lacks not in offered


def test_nothing_to_change_is_told(session: Session, asked: list[str]) -> None:
    one = plant(session, "远山", city="杭州")
    bulk_acts.change_field(session.desk, Customer, [one.id], "city", "杭州", session.window)
    settle()
    assert asked == [] and "Nothing to change" in told(session)


def test_what_goes_along_is_listed_before_deleting(session: Session, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = plant(session, "远山"), plant(session, "近水")
    session.records.save(Contact(name="王伟", customer=one.id), session.desk.actor)
    page: Any = session.list_page_of("customer")
    page.acts._delete([one.id, other.id])
    settle()
    assert "Contacts: 1" in asked[0]
    assert session.records.get(Customer, one.id, session.desk.actor, deleted=True).deleted_at is not None
    third = plant(session, "高原")
    monkeypatch.setattr(question, "agreed", lambda *_all: pytest.fail("nothing goes along, nothing is asked"))
    page.acts._delete([third.id])
    settle()
    assert session.records.get(Customer, third.id, session.desk.actor, deleted=True).deleted_at is not None


def test_refusals_are_told_with_their_reasons(session: Session) -> None:
    foreign = session.records.ids(Customer, session.desk.actor)
    ids = list(foreign[:2])
    bulk_acts.do(
        session.desk, session.window, lambda progress: session.records.assign(Customer, [*ids, 1], session.desk.actor.employee,
                                                                               session.desk.actor, progress), lambda n: f"{n} done",
    )  # fmt: skip
    settle()
    assert "2 done; 1 refused" in told(session)
    assert session.window.snackbar.act()
