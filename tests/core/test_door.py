"""The one door: saving, rights, scope, conflicts, the recycle bin, undo, search — on both engines."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crm_desktop.business import Contact, Customer, FollowUp, Opportunity, Product
from crm_desktop.core import custom, find
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import Conflict, Invalid, InvalidRecord, NotFound, Refused
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from tests.office import Office

AWKWARD = ["😀 emoji 公司", "a'b\"c`d\\e%f_g", "<b>bold</b>", "'; DROP TABLE customer; --", "שלום עולם", "\u202eabc", "a\nb\tc"]


def test_a_customer_keeps_all_its_fields(office: Office) -> None:
    made = Customer(
        name="华为技术有限公司", level="A", phone="+86 755-28780808", next_contact_on=date(2026, 4, 1), note="第一行\n第二行"
    )
    office.save(made)
    again = Records(office.records.database, office.records.types.values()).get(Customer, made.id, office.li)
    assert (again.name, again.level, again.phone, again.next_contact_on, again.note) == (
        "华为技术有限公司", "A", "+86 755-28780808", date(2026, 4, 1), "第一行\n第二行",
    )  # fmt: skip
    assert again.owner == office.ids["li"]
    assert again.version == 1


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_comes_back_as_it_went_in_and_is_found(office: Office, text: str) -> None:
    made = office.save(Customer(name=text, note=text))
    assert office.records.get(Customer, made.id, office.li).note == text.strip("\x00")
    view = View(conditions=(Condition("name", "contains", text[1:4]),))
    assert list(office.records.ids(Customer, office.li, view)) == [made.id]


def test_what_is_wrong_is_told_field_by_field(office: Office) -> None:
    with pytest.raises(InvalidRecord) as caught:
        office.save(Customer(name="", email="not an address", phone="1" * 100))
    assert {problem.field for problem in caught.value.problems} == {"name", "email", "phone"}
    assert office.records.count(Customer, office.boss) == 0
    with pytest.raises(Invalid) as long:
        office.save(Customer(name="长" * 10_000))
    assert "10000" in long.value.sentence("en") or "10,000" in long.value.sentence("en")


def test_a_link_must_lead_to_something_the_person_sees(office: Office) -> None:
    theirs = office.save(Customer(name="孙的客户"), "sun")
    with pytest.raises(Invalid) as caught:
        office.save(Opportunity(name="抢单", customer=theirs.id))
    assert caught.value.field == "customer"


def test_everybody_sees_what_his_scope_says_in_list_get_count_and_search(office: Office) -> None:
    ids = {who: office.save(Customer(name=f"{who} 公司"), who).id for who in ("li", "zhao", "sun", "meng")}
    sees = {
        "li": {"li"}, "zhao": {"zhao"}, "sun": {"sun"}, "meng": {"li", "zhao", "meng"}, "boss": set(ids), "admin": set(ids),
    }  # fmt: skip
    for who, owners in sees.items():
        actor, wanted = office.actor(who), {ids[owner] for owner in owners}
        assert set(office.records.ids(Customer, actor)) == wanted
        assert office.records.count(Customer, actor) == len(wanted)
        assert {hit.id for hit in office.records.search("公司", actor)} == wanted
        assert set(office.records.rows(Customer, actor, list(ids.values()), ["name"])) == wanted
        for owner, record_id in ids.items():
            if owner in owners:
                assert office.records.get(Customer, record_id, actor).id == record_id
            else:
                with pytest.raises(NotFound):
                    office.records.get(Customer, record_id, actor)


def test_a_salesperson_cannot_delete_or_give_away(office: Office) -> None:
    made = office.save(Customer(name="甲公司"))
    outcome = office.records.delete(Customer, [made.id], office.li)
    assert outcome.done == [] and isinstance(outcome.refused[0][1], Refused)
    assert not office.records.may(office.li, Customer, "delete")
    assert "administrator" in office.records.may(office.li, Customer, "delete").sentence("en")  # type: ignore[union-attr]
    assert office.records.assign(Customer, [made.id], office.ids["zhao"], office.li).done == []
    made.owner = office.ids["zhao"]
    with pytest.raises(Refused):
        office.records.save(made, office.li)
    assert office.records.assign(Customer, [made.id], office.ids["zhao"], office.meng).done == [made.id]
    assert list(office.records.ids(Customer, office.zhao)) == [made.id]


def test_contacts_and_follow_ups_go_with_the_customer_to_its_new_owner(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    contact = office.save(Contact(name="钱一", customer=customer.id))
    office.save(FollowUp(content="谈价格", customer=customer.id))
    office.records.assign(Customer, [customer.id], office.ids["sun"], office.boss)
    assert office.records.count(Contact, office.li) == 0
    assert list(office.records.ids(Contact, office.sun)) == [contact.id]
    assert [hit.id for hit in office.records.search("钱一", office.sun)] == [contact.id]
    assert office.records.search("钱一", office.li) == []
    assert office.records.count(FollowUp, office.sun) == 1


def test_two_people_change_different_fields_and_both_are_kept(office: Office) -> None:
    made = office.save(Customer(name="甲公司"))
    mine, theirs = (office.records.get(Customer, made.id, office.meng) for _n in range(2))
    theirs.phone = "010-1"
    office.records.save(theirs, office.meng)
    mine.city = "上海"
    office.records.save(mine, office.li)
    now = office.records.get(Customer, made.id, office.li)
    assert (now.phone, now.city, now.version) == ("010-1", "上海", 3)


def test_two_people_change_the_same_field_and_the_second_is_asked(office: Office) -> None:
    made = office.save(Customer(name="甲公司"))
    mine, theirs = (office.records.get(Customer, made.id, office.meng) for _n in range(2))
    theirs.phone = "010-1"
    office.records.save(theirs, office.meng)
    mine.phone = "010-2"
    with pytest.raises(Conflict) as caught:
        office.records.save(mine, office.li)
    assert caught.value.theirs == {"phone": "010-1"}
    assert caught.value.who == "孟经理"
    assert office.records.get(Customer, made.id, office.li).phone == "010-1"


def test_deleting_takes_what_belongs_along_and_undo_brings_all_back(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    office.save(Contact(name="钱一", customer=customer.id))
    office.save(Opportunity(name="二期", customer=customer.id, amount=Decimal("12.50")))
    other = office.save(Customer(name="乙公司"))
    outcome = office.records.delete(Customer, [customer.id, other.id], office.meng)
    assert len(outcome.done) == 2
    assert [office.records.count(t, office.boss) for t in (Customer, Contact, Opportunity)] == [0, 0, 0]
    assert office.records.search("钱一", office.boss) == []
    assert office.records.count(Customer, office.boss, View(bin=True)) == 2
    office.records.restore(Customer, [customer.id], office.meng)
    assert [office.records.count(t, office.boss) for t in (Customer, Contact, Opportunity)] == [1, 1, 1]
    undone = office.records.undo(outcome.batch, office.meng)  # type: ignore[arg-type]
    assert office.records.count(Customer, office.boss) == 2
    assert len(office.records.search("钱一", office.boss)) == 1
    assert undone.refused == []


def test_undo_keeps_what_was_changed_since(office: Office) -> None:
    made = office.save(Customer(name="甲公司", city="上海", level="B"))
    made.city, made.level = "北京", "A"
    change = office.records.save(made, office.li)
    made.city = "广州"
    office.records.save(made, office.li)
    outcome = office.records.undo(change.batch, office.li)
    now = office.records.get(Customer, made.id, office.li)
    assert (now.city, now.level) == ("广州", "B")
    assert [record_id for record_id, _why in outcome.refused] == [made.id]
    with pytest.raises(Refused):
        office.records.undo(change.batch, office.li)


def test_a_bulk_change_is_one_undo(office: Office) -> None:
    ids = [office.save(Customer(name=f"公司{n}", level="C")).id for n in range(5)]
    outcome = office.records.set_field(Customer, ids, "level", "A", office.li)
    assert len(outcome.done) == 5
    view = View(conditions=(Condition("level", "one_of", ["A"]),))
    assert office.records.count(Customer, office.li, view) == 5
    office.records.undo(office.records.last_batch(office.li).id, office.li)  # type: ignore[union-attr]
    assert office.records.count(Customer, office.li, view) == 0


def test_history_and_timeline_tell_who_did_what(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    customer.level = "A"
    office.records.save(customer, office.meng)
    office.save(FollowUp(content="打电话", customer=customer.id, next_contact_on=date(2026, 4, 2)))
    history = office.records.history(Customer, customer.id, office.li)
    assert [line.action for line in history] == ["update", "update", "create"]
    assert history[1].changes == {"level": ("", "A")} and history[1].actor == office.ids["meng"]
    told = {(line.record_type, line.action) for line in office.records.timeline(Customer, customer.id, office.li)}
    assert ("follow_up", "create") in told
    with pytest.raises(NotFound):
        office.records.timeline(Customer, customer.id, office.sun)


def test_custom_fields_go_the_same_way_as_declared_ones(office: Office) -> None:
    points = CustomField(name="积分", record_type="customer", field_kind="number", searchable=True)
    colour = CustomField(name="颜色", record_type="customer", field_kind="text", searchable=True)
    office.save(points, "admin")
    office.save(colour, "admin")
    fields = office.records.fields(Customer)
    for number, text in ((9, "红色的"), (12, "蓝色的"), (None, "")):
        made = Customer(name=f"公司{number}")
        custom.put(made, fields[points.code], number)
        custom.put(made, fields[colour.code], text)
        office.save(made)
    view = View(conditions=(Condition(points.code, "at_least", 9),), sort=((points.code, True),))
    rows = office.records.page(Customer, office.li, view, ["name", points.code])
    assert [values for _id, values in rows] == [("公司12", 12), ("公司9", 9)]
    assert [hit.title for hit in office.records.search("蓝色", office.li)] == ["公司12"]
    assert office.records.count(Customer, office.li, View(conditions=(Condition(colour.code, "empty"),))) == 1


def test_the_search_index_is_told_of_what_it_holds_and_of_nothing_else(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    own = [CustomField(name=f"栏{found}", record_type="customer", field_kind="text", searchable=found) for found in (True, False)]
    colour, hidden = (office.save(field, "admin").code for field in own)
    made = office.save(Customer(name="甲公司"))
    told: list[int] = []
    put = find.put

    def noted(tx: Any, key: str, docs: Any, again: bool = False) -> None:
        told.append(len(docs))
        put(tx, key, docs, again)

    monkeypatch.setattr(find, "put", noted)
    for name, value, times in (("level", "A", 0), (hidden, "无", 0), (colour, "红色", 1), ("mobile", "13800138000", 1), ("owner", None, 1)):
        told.clear()
        custom.put(made, office.records.fields(Customer)[name], office.ids["zhao"] if name == "owner" else value)
        office.save(made, "boss")
        assert told == [1] * times, name
    assert [hit.id for hit in office.records.search("红色", office.zhao)] == [made.id]


def test_products_are_seen_by_all_and_kept_by_managers(office: Office) -> None:
    with pytest.raises(Refused):
        office.save(Product(name="软件"), "li")
    office.save(Product(name="软件", price=Decimal("99.90")), "meng")
    assert office.records.count(Product, office.sun) == 1


def test_pages_follow_each_other_in_every_order(office: Office) -> None:
    today = office.records.clock.today()
    for n in range(23):
        due = None if n % 4 == 0 else today + timedelta(n % 5)
        office.save(Customer(name=f"公司{n % 7}", next_contact_on=due), ("li", "zhao", "meng")[n % 3])
    for sort in ((("sort_key", False),), (("next_contact_on", False),), (("next_contact_on", True), ("name", False))):
        view = View(sort=sort)
        for who in ("li", "meng", "boss"):
            actor = office.actor(who)
            ids = list(office.records.ids(Customer, actor, view))
            listing = office.records.listing(Customer, actor, view)
            assert [i for chunk in listing.chunks(4) for i in chunk] == ids
            assert len(ids) == office.records.count(Customer, actor)
            first = [i for i, _values in office.records.page(Customer, actor, view, ["name"], 5)]
            assert first == ids[:5]
            last = [i for i, _values in office.records.page(Customer, actor, view, ["name"], 5, backwards=True)]
            assert last == ids[::-1][:5]


def test_a_hit_says_why_it_was_found(office: Office) -> None:
    office.save(Customer(name="苏州明达", note="需要两台样机", phone="0512-66001122"))
    by_note, by_phone, by_name = (office.records.search(text, office.li)[0] for text in ("样机", "660011", "明达"))
    assert (by_note.why, by_note.why_spans) == ("需要两台样机", ((4, 6),))
    assert by_phone.why[slice(*by_phone.why_spans[0])] == "660011"
    assert by_name.why == "" and by_name.spans == ((2, 4),)
