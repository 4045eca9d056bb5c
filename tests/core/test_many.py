"""One act on many records: counted before, done in one batch, stopped without a trace; what goes along is listed before."""

from __future__ import annotations

import pytest

from crm_desktop.business import Contact, Customer, FollowUp, Opportunity
from crm_desktop.core import many
from crm_desktop.core.errors import Cancelled, Refused
from crm_desktop.database.unit import Tx
from tests.office import Office


def three(office: Office) -> list[int]:
    return [office.save(Customer(name=name, level=level), "li").id for name, level in (("甲方", "A"), ("乙方", "B"), ("丙方", ""))]


def test_counted_before_and_done_so(office: Office) -> None:
    ids = [*three(office), office.save(Customer(name="丁方"), "sun").id]
    act = many.setting(office.records, Customer, "level", "A")
    preview = many.rehearse(office.records, ids, office.li, act)
    assert (preview.changed, preview.same) == (ids[1:3], ids[:1])
    assert [one for one, _why in preview.refused] == ids[3:]
    assert [office.records.get(Customer, one, office.admin).level for one in ids] == ["A", "B", "", ""]
    outcome = office.records.set_field(Customer, preview.changed, "level", "A", office.li)
    assert outcome.done == ids[1:3] and not outcome.refused
    office.records.undo(outcome.batch, office.li)
    assert [office.records.get(Customer, one, office.admin).level for one in ids] == ["A", "B", "", ""]


def test_a_value_that_cannot_be_is_refused_with_its_reason(office: Office) -> None:
    ids = three(office)
    preview = many.rehearse(office.records, ids, office.li, many.setting(office.records, Customer, "level", "Q"))
    assert preview.changed == [] and [one for one, _why in preview.refused] == ids
    with pytest.raises(Refused):
        many.setting(office.records, Opportunity, "closed_at", None)


def test_more_than_one_packet_with_progress(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "PACKET", 2)
    ids, told = three(office), []
    act = many.setting(office.records, Customer, "city", "杭州")
    preview = many.rehearse(office.records, ids, office.li, act, lambda done, total: told.append((done, total)))
    assert preview.changed == ids and told == [(2, 3), (3, 3)]


def test_together_and_one_by_one_it_is_the_same(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of customers that are one's own, lent, hidden, deleted, so already; and by fewer statements than there are records."""
    ids = [office.save(Customer(name=f"公司{number}", phone="010-1")).id for number in range(60)]
    lent, read, hidden = (office.save(Customer(name=name), "sun").id for name in ("借来改的", "借来看的", "看不见的"))
    for one, write in ((lent, True), (read, False)):
        assert office.records.share(Customer, [one], office.ids["li"], office.actor("sun"), write).done
    office.records.delete(Customer, [ids[4]], office.admin)
    office.records.set_field(Customer, ids[:2], "phone", "021-2", office.li)
    asked: list[str] = []
    for way in ("run", "many"):
        plain = getattr(Tx, way)
        monkeypatch.setattr(Tx, way, lambda tx, sql, *rest, plain=plain: (asked.append(str(sql)), plain(tx, sql, *rest))[1])
    every, told = [*ids, lent, read, hidden], []
    for together in (True, False):
        with monkeypatch.context() as patched:
            if not together:
                patched.setattr(many.Setting, "together", lambda _act, _unit, several: list(several))
            act = many.setting(office.records, Customer, "phone", "021-2")
            preview = many.rehearse(office.records, every, office.li, act)
            asked.clear()
            outcome = office.records.set_field(Customer, every, "phone", "021-2", office.li)
        assert (len([sql for sql in asked if not sql.startswith("UPDATE")]) < len(ids)) == together
        assert outcome.batch is not None
        lines = [[line for line in office.records.history(Customer, one, office.admin) if line.batch == outcome.batch] for one in every]
        values = [office.records.get(Customer, one, office.admin, deleted=True) for one in every]
        told.append((
            preview.changed, preview.same, [one for one, _why in preview.refused], outcome.done, [one for one, _why in outcome.refused],
            [[(line.action, line.changes, line.actor) for line in some] for some in lines], [(one.phone, one.updated_by) for one in values],
            {hit.id for hit in office.records.search("0212", office.admin, [Customer], 100)},
        ))  # fmt: skip
        assert office.records.undo(outcome.batch, office.li).refused == []
    assert told[0] == told[1]
    assert told[0][:5] == ([*ids[2:4], *ids[5:], lent], ids[:2], [ids[4], read, hidden], [*ids[:4], *ids[5:], lent], [ids[4], read, hidden])


def test_stopped_without_a_trace(office: Office) -> None:
    ids = three(office)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    for act in (
        lambda: office.records.set_field(Customer, ids, "city", "杭州", office.li, stop),
        lambda: office.records.delete(Customer, ids, office.meng, stop),
        lambda: office.records.assign(Customer, ids, office.ids["zhao"], office.meng, stop),
    ):
        with pytest.raises(Cancelled):
            act()
    assert {office.records.get(Customer, one, office.admin).city for one in ids} == {""}
    assert {office.records.get(Customer, one, office.admin).owner for one in ids} == {office.ids["li"]}


def test_what_goes_along_is_listed(office: Office) -> None:
    one, other = three(office)[:2]
    office.save(Contact(name="王伟", customer=one))
    office.save(Contact(name="李四", customer=other))
    office.save(FollowUp(content="电话", customer=one))
    gone = office.save(Contact(name="张三", customer=one))
    office.records.delete(Contact, [gone.id], office.meng)
    assert dict(many.going_along(office.records, Customer, [one, other])) == {Contact: 2, FollowUp: 1}
    outcome = office.records.delete(Customer, [one, other], office.meng)
    assert len(outcome.done) == 2
    assert many.going_along(office.records, Customer, [one, other]) == []
