"""A unit of work: all or nothing, also for the records handed in, whether it fails, is refused in part or runs twice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from crm_desktop.business import Contact, Contract, Customer, Event, FollowUp, Opportunity, Stage
from crm_desktop.core.checks import examine
from crm_desktop.core.errors import Conflict, Invalid, NotFound, Refused, Trouble
from crm_desktop.core.journal import Change
from crm_desktop.core.picklists import Tag
from crm_desktop.core.sharing import Share
from crm_desktop.core.views import Condition, View
from crm_desktop.database.unit import Tx
from tests.office import Office


class Again(Exception):
    """The line was lost when everything had been written."""


@pytest.fixture
def everything_runs_twice(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a server where each unit is chosen in a deadlock once: run, rolled back, run again."""
    write = office.records.database.write

    def twice(work: Callable[[Any], Any], op_id: int | None = None) -> Any:
        def lost(tx: Any) -> None:
            work(tx)
            raise Again

        with pytest.raises(Again):
            write(lost)
        return write(work, op_id)

    monkeypatch.setattr(office.records.database, "write", twice)


def healthy(office: Office) -> list[str]:
    return [finding.sentence("en") for _check, found in examine(office.records) for finding in found]


@pytest.mark.usefixtures("everything_runs_twice")
def test_a_unit_that_ran_twice_has_happened_once(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    contract = office.save(Contract(name="合同", customer=customer.id))
    second = office.save(Contract(name="合同二", customer=customer.id))
    assert (contract.number, second.number) == ("HT-2026-0001", "HT-2026-0002"), "a number drawn in vain is drawn again"
    customer.phone = "010-1"
    office.records.save(customer, office.li)
    customer.phone = "010-2"
    office.records.save(customer, office.li)
    event = office.save(Event(title="拜访", starts_at=office.records.clock.now(), customer=customer.id))
    office.records.move(event, "hold", office.li, {"result": "谈好了"})
    assert office.records.count(FollowUp, office.li) == 1
    found = office.records.get(Customer, customer.id, office.li)
    assert (found.phone, customer.version, found.version) == ("010-2", 3, 4), "the follow-up set the last contact"
    assert len(office.records.history(Customer, customer.id, office.li)) == 4
    assert healthy(office) == []


def test_a_failed_save_leaves_the_record_as_the_person_left_it(office: Office) -> None:
    """Else his next save would overwrite what a colleague saved in between."""
    made = office.save(Customer(name="甲公司", city="上海"))
    mine = office.records.get(Customer, made.id, office.li)
    mine.phone = "010-1"

    def work(unit: Any) -> None:
        unit.save(mine)
        unit.save(Customer(name=""))

    with pytest.raises(Invalid):
        office.records.unit(office.li, work)
    assert (mine.version, mine.phone, mine.updated_by) == (1, "010-1", office.ids["li"])
    theirs = office.records.get(Customer, made.id, office.meng)
    theirs.city = "北京"
    office.records.save(theirs, office.meng)
    office.records.save(mine, office.li)
    now = office.records.get(Customer, made.id, office.li)
    assert (now.city, now.phone) == ("北京", "010-1")


def test_a_new_record_that_failed_can_be_saved_when_mended(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    contract = Contract(name="", customer=customer.id)
    with pytest.raises(Invalid):
        office.save(contract)
    assert contract.is_new() and contract.number == "" and contract.version == 0 and contract.created_at is None
    other = office.save(Contract(name="别的", customer=customer.id))
    contract.name = "合同"
    office.save(contract)
    assert {contract.number, other.number} == {"HT-2026-0001", "HT-2026-0002"}


def test_of_a_bulk_act_the_refused_ones_leave_nothing_behind(office: Office) -> None:
    """A customer that cannot be deleted keeps its contacts, though they were on their way into the bin."""
    mine = office.save(Customer(name="我们的"), "meng")
    contact = office.save(Contact(name="钱一", customer=mine.id), "meng")
    office.save(Opportunity(name="孙的商机", customer=mine.id, owner=office.ids["sun"]), "boss")
    free = office.save(Customer(name="别的"), "meng")
    outcome = office.records.delete(Customer, [mine.id, free.id], office.meng)
    assert outcome.done == [free.id]
    assert "商机" in outcome.refused[0][1].sentence("zh_CN") or "Opportunities" in outcome.refused[0][1].sentence("en")
    assert office.records.get(Contact, contact.id, office.meng).deleted_at is None
    assert [hit.id for hit in office.records.search("钱一", office.meng)] == [contact.id]
    assert healthy(office) == []
    office.records.undo(outcome.batch, office.meng)  # type: ignore[arg-type]
    assert office.records.count(Customer, office.meng) == 2


def test_a_step_inside_a_step_is_taken_back_alone(office: Office) -> None:
    def work(unit: Any) -> None:
        with unit.step():
            unit.save(Tag(name="甲"))
            for name in ("", "乙"):
                try:
                    with unit.step():
                        unit.save(Tag(name=f"{name}一"))
                        unit.save(Tag(name=name))
                except Trouble:
                    continue

    _result, change = office.records.unit(office.li, work)
    assert sorted(row.called() for row in office.records.names.all("tag")) == ["乙", "乙一", "甲"]
    assert len(change.touched) == 3
    assert office.records.undo(change.batch, office.li).refused == []
    assert office.records.names.all("tag") == []


def test_only_what_is_committed_is_told(office: Office) -> None:
    told: list[Change] = []
    end = office.records.listen(told.append)
    with pytest.raises(Invalid):
        office.save(Customer(name=""))
    assert told == []
    made = office.save(Customer(name="甲公司"))
    assert [change.touched for change in told] == [(("customer", made.id, "create"),)]
    end()
    office.save(Customer(name="乙公司"))
    assert len(told) == 1


def test_names_inside_a_unit_are_its_own_until_the_commit(office: Office) -> None:
    """What was only written, not committed, is in nobody's picklists and lists; inside the unit it is there at once."""
    stages = len(office.records.names.all("stage"))

    def work(unit: Any) -> None:
        unit.save(Stage(name="新阶段", position=99))
        assert len(office.records.names.all("stage")) == stages + 1
        raise NotFound

    with pytest.raises(NotFound):
        office.records.unit(office.admin, work)
    assert len(office.records.names.all("stage")) == stages


def test_a_move_happens_once_though_two_desktops_ask_for_it(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    made = office.save(Event(title="拜访", starts_at=office.records.clock.now(), customer=customer.id))
    mine, theirs = (office.records.get(Event, made.id, office.li) for _n in range(2))
    office.records.move(theirs, "hold", office.li, {"result": "谈好了"})
    with pytest.raises(Refused):
        office.records.move(mine, "hold", office.li, {"result": "谈好了"})
    assert office.records.count(FollowUp, office.li) == 1
    assert mine.state == "planned" and mine.result == "", "as the person left it"


def test_a_move_of_a_new_record_is_refused_and_changes_nothing(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    event = Event(title="拜访", starts_at=office.records.clock.now(), customer=customer.id)
    with pytest.raises(Refused):
        office.records.move(event, "hold", office.li, {"result": "谈好了"})
    assert event.state == "planned" and office.records.count(FollowUp, office.li) == 0


def test_a_move_takes_over_what_others_changed_meanwhile(office: Office) -> None:
    made = office.save(Event(title="拜访", starts_at=office.records.clock.now()))
    mine, theirs = (office.records.get(Event, made.id, office.meng) for _n in range(2))
    theirs.place = "上海"
    office.records.save(theirs, office.meng)
    office.records.move(mine, "skip", office.li)
    now = office.records.get(Event, made.id, office.li)
    assert (now.state, now.place) == ("not_held", "上海")


def test_the_state_is_not_changed_by_editing(office: Office) -> None:
    made = office.save(Event(title="拜访", starts_at=office.records.clock.now()))
    made.state = "held"
    with pytest.raises(Refused):
        office.records.save(made, office.li)
    view = View((Condition("state", "one_of", ["held"]),))
    assert office.records.count(Event, office.li, view) == 0


def test_the_second_of_two_savers_is_told_field_by_field_and_may_go_on(office: Office) -> None:
    made = office.save(Customer(name="甲公司"))
    mine, theirs = (office.records.get(Customer, made.id, office.meng) for _n in range(2))
    theirs.phone, theirs.city = "010-1", "北京"
    office.records.save(theirs, office.meng)
    mine.phone, mine.level = "010-2", "A"
    with pytest.raises(Conflict) as caught:
        office.records.save(mine, office.li)
    assert caught.value.theirs == {"phone": "010-1"}
    assert (mine.phone, mine.level, mine.city, mine.version) == ("010-2", "A", "", 1), "nothing typed is lost"
    mine.phone = "010-1"
    office.records.save(mine, office.li)
    now = office.records.get(Customer, made.id, office.li)
    assert (now.phone, now.level, now.city) == ("010-1", "A", "北京")


@pytest.mark.parametrize("what", ["", "import"])
def test_many_are_made_with_as_few_questions_as_two(office: Office, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """What they point at is asked, and locked, for all of them together, whoever asks."""
    questions: list[str] = []
    run = Tx.run

    def counted(tx: Tx, query: Any, params: Any = ()) -> Any:
        questions.append(str(query))
        return run(tx, query, params)

    def asked(count: int, who: str) -> int:
        customers = [office.save(Customer(name=f"第{number}家", phone=f"010-88{number:04}"), "li") for number in range(count)]
        actor = office.actor(who)
        people = [
            Contact(name=f"{'张李王赵'[number % 4]}{number}", customer=one.id, is_primary=True, is_decision_maker=True)
            for number, one in enumerate(customers)
        ]
        with monkeypatch.context() as patched:
            patched.setattr(Tx, "run", counted)
            questions.clear()
            office.records.unit(actor, lambda unit: unit.add(people), what)
        told = [one for one in questions if "alike" not in one and one.startswith("SELECT")]
        assert any("FROM `customer`" in one for one in told), told
        assert [office.records.get(Contact, one.id, actor).owner for one in people] == [office.ids["li"]] * count
        return len(told)

    for who in ("li", "boss"):
        assert asked(7, who) == asked(2, who)


def test_many_are_changed_together_each_as_if_alone(office: Office) -> None:
    """One that comes twice, as two readings of it, is changed twice; one that is refused takes the others back."""
    customers = [office.save(Customer(name=f"第{number}家", phone=f"010-{number}")) for number in range(3)]
    again = office.records.get(Customer, customers[0].id, office.li)
    for number, one in enumerate(customers):
        one.phone = f"021-{number}"
    again.short_name = "第零"
    _result, change = office.records.unit(office.li, lambda unit: unit.save_all([*customers, again]))
    there = [office.records.get(Customer, one.id, office.li) for one in customers]
    assert [(one.phone, one.short_name, one.version) for one in there] == [("021-0", "第零", 3), ("021-1", "", 2), ("021-2", "", 2)]
    assert office.records.search("第零", office.li)
    assert office.records.undo(change.batch, office.li).refused == []
    there = [office.records.get(Customer, one.id, office.li) for one in customers]
    assert [(one.phone, one.short_name) for one in there] == [(f"010-{number}", "") for number in range(3)]
    foreign = office.save(Customer(name="孙的"), "sun")
    for one in (*there, foreign):
        one.phone = "0"
    with pytest.raises(NotFound):
        office.records.unit(office.li, lambda unit: unit.save_all([*there, foreign]))
    assert {office.records.get(Customer, one.id, office.li).phone for one in there} == {"010-0", "010-1", "010-2"}
    assert healthy(office) == []


def test_one_of_several_that_points_at_what_is_not_there_is_refused_with_all(office: Office) -> None:
    mine, gone = office.save(Customer(name="甲公司")), office.save(Customer(name="乙公司"))
    foreign = office.save(Customer(name="丙公司"), "sun")
    office.records.delete(Customer, [gone.id], office.meng)
    for wrong in (gone.id, foreign.id, 4711, -1, 1 << 62):
        for place in (0, 1, 2):
            customers = [mine.id, mine.id]
            customers.insert(place, wrong)
            people = [Contact(name=f"张{number}", customer=one) for number, one in enumerate(customers)]
            with pytest.raises(Invalid) as told:
                office.records.unit(office.li, lambda unit, people=people: unit.add(people))  # type: ignore[misc]
            assert told.value.field == "customer"
    assert office.records.count(Contact, office.boss) == 0
    assert healthy(office) == []


def test_what_a_share_lets_change_takes_several_along_what_it_only_shows_none(office: Office) -> None:
    shown, opened = office.save(Customer(name="甲公司"), "sun"), office.save(Customer(name="乙公司"), "sun")
    for one, may_write in ((shown, False), (opened, True)):
        share = Share(ref_type="customer", ref_id=one.id, employee=office.ids["li"], may_write=may_write)
        office.save(share, "sun")
    people = [Contact(name=f"张{number}", customer=opened.id) for number in range(3)]
    office.records.unit(office.li, lambda unit: unit.add(people))
    assert {one.owner for one in people} == {office.ids["sun"]}
    mixed = [Contact(name="李一", customer=opened.id), Contact(name="李二", customer=shown.id)]
    with pytest.raises(Refused):
        office.records.unit(office.li, lambda unit: unit.add(mixed))
    assert office.records.count(Contact, office.boss) == 3


@pytest.mark.parametrize("again", [False, True])
def test_what_a_step_took_back_is_found_as_before(office: Office, again: bool) -> None:
    """A server's index of words forgot such a record, and the server died when it was told of it again."""
    customer = office.save(Customer(name="海澜轴承"))

    def work(unit: Any) -> None:
        for name in ("绿源泵业", "西岭机床")[: 1 + again]:
            changed = unit.get(Customer, customer.id)
            changed.name = name
            with suppress(Refused), unit.step():
                unit.save(changed)
                if name == "绿源泵业":
                    raise Refused("no")

    office.records.unit(office.li, work, "save")
    found = [[hit.id for hit in office.records.search(words, office.li, [Customer])] for words in ("海澜轴承", "绿源泵业", "西岭机床")]
    assert found == [[], [], [customer.id]] if again else [[customer.id], [], []]


def test_nothing_stays_open_behind_a_step(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A savepoint that is left has SQLite keep in memory whatever is changed after it, to the end of the act."""
    said: list[str] = []
    run = Tx.run
    monkeypatch.setattr(Tx, "run", lambda self, query, params=(): said.append(str(query).split()[0]) or run(self, query, params))

    def work(unit: Any) -> None:
        for name in ("甲", "", "乙", ""):
            with suppress(Trouble), unit.step():
                unit.save(Tag(name=name))

    office.records.unit(office.li, work)
    assert said.count("SAVEPOINT") == said.count("RELEASE") == 4 and said.count("ROLLBACK") == 2


def test_records_nobody_holds_on_to_are_let_go(office: Office) -> None:
    """An import makes a hundred thousand of them."""
    left: list[int] = []

    def work(unit: Any) -> Customer:
        with unit.step(kept=False):
            unit.save(Customer(name="甲公司"))
        left.append(len(unit.settled))
        kept = Customer(name="乙公司")
        with unit.step():
            unit.save(kept)
        left.append(len(unit.settled))
        return kept

    kept, change = office.records.unit(office.li, work)
    assert left == [0, 1] and len(change.touched) == 2 and not kept.is_new()
    assert office.records.count(Customer, office.li) == 2
