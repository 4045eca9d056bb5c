"""A walk through every record type with real records: seen alike by every way, refused with a reason, undone, found."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.business.tables import TABLES
from crm_desktop.core.access import OPERATIONS, Actor, Why
from crm_desktop.core.checks import traces
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import NotFound, Refused, Trouble
from crm_desktop.core.merging import BOOKKEEPING
from crm_desktop.core.record import Record
from crm_desktop.core.views import View
from crm_desktop.core.words import LANGUAGES, say
from crm_desktop.database.engine import open_database
from crm_desktop.database.models import tables_for
from crm_desktop.database.shape import differences
from crm_desktop.exchange.exporting import export
from crm_desktop.exchange.importing.plan import Importing
from crm_desktop.exchange.mapping import guess_mapping
from crm_desktop.exchange.tables import find_table
from crm_desktop.exchange.targets import targets_of
from tests.conftest import ENGINES
from tests.core.material import NOW
from tests.core.samples import edited, sample
from tests.exchange.tools import sheet_of
from tests.office import Office, open_office
from tests.spare_schema import SpareSchema

EACH_TYPE = pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda t: t.key())
PEOPLE = ("li", "zhao", "sun", "meng", "boss", "admin")


@pytest.fixture(scope="module", params=ENGINES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for the whole walk; each step brings its own records."""
    schema = SpareSchema(request.getfixturevalue("server"), migrated=False) if request.param == "mysql" else None
    database = open_database(schema.address if schema else tmp_path_factory.mktemp("walk"))
    yield open_office(database, FixedClock(NOW))
    database.close()
    if schema is not None:
        schema.drop()


def new(office: Office, record_type: type[Record], owner: str = "li") -> Any:
    """A saved sample that belongs to somebody, with the customer it is about."""
    program = Actor.program()
    customer = Customer(name="样品的客户", owner=office.ids[owner])
    office.records.unit(program, lambda unit: unit.save(customer), trusted=True)
    record = sample(office, record_type, customer.id)
    record.owner = office.ids[owner]
    office.records.unit(program, lambda unit: unit.save(record), trusted=True)
    return record


def values(record: Record) -> dict[str, Any]:
    return {name: value for name, value in (record.stored or {}).items() if name not in BOOKKEEPING}


def test_the_database_has_what_the_types_declare(office: Office) -> None:
    assert differences(office.records.database, tables_for([*RECORD_TYPES, *TABLES])) == []


@EACH_TYPE
def test_every_way_shows_everybody_the_same_records(office: Office, record_type: type[Record]) -> None:
    """List, page, rows, get, count, groups, total of one type, for each role; whatever is deleted is in the bin alone."""
    made = {who: [new(office, record_type, who) for _n in range(2)] for who in PEOPLE}
    gone = made["li"].pop()
    office.records.unit(Actor.program(), lambda unit: unit.delete(record_type, gone.id), trusted=True)
    ids = {record.id for records in made.values() for record in records}
    for who in PEOPLE:
        actor = office.actor(who)
        scope = actor.scope(record_type)
        listed = list(office.records.ids(record_type, actor))
        assert len(set(listed)) == len(listed) == office.records.count(record_type, actor)
        paged = [one for one, _v in office.records.page(record_type, actor, View(), [record_type.title_field], 5_000)]
        assert paged == listed
        assert sum(count for _value, count in office.records.groups(record_type, actor, View(), "owner")) == len(listed)
        got = {one for one in ids if _gets(office, record_type, one, actor)}
        assert got == set(listed) & ids == set(office.records.rows(record_type, actor, sorted(ids), []))
        assert got == {r.id for rs in made.values() for r in rs if scope.holds(r.owner, r.department)}
        assert {record.id for record in made[who]} <= got, "everybody sees his own"
        binned = set(office.records.ids(record_type, actor, View(bin=True)))
        assert (gone.id in binned) == scope.holds(gone.owner, gone.department) and gone.id not in listed
        assert not binned & ids
        if office.records.searched(record_type):
            title = made["li"][0].called()
            found = {hit.id for hit in office.records.search(title, actor, [record_type], limit=5_000)}
            assert found & (ids | {gone.id}) == got


def _gets(office: Office, record_type: type[Record], one: int, actor: Actor) -> bool:
    try:
        office.records.get(record_type, one, actor)
    except NotFound:
        return False
    return True


@EACH_TYPE
@pytest.mark.parametrize("who", ["li", "meng", "boss", "admin"])
def test_what_may_not_be_done_is_refused_with_a_sentence(office: Office, record_type: type[Record], who: str) -> None:
    """`may` says no: the door says no too, in three languages. It says yes: the door does not miss a right."""
    actor = office.actor(who)
    for operation in OPERATIONS.keys() - {"plain"}:  # what hides numbers refuses nothing
        record = new(office, record_type, who)
        if operation == "purge":
            office.records.unit(Actor.program(), lambda unit, r=record: unit.delete(record_type, r.id), trusted=True)  # type: ignore[misc]
            record = office.records.get(record_type, record.id, Actor.program(), deleted=True)
        may = office.records.may(actor, record_type, operation, None if operation in ("add", "purge") else record)
        told = _try(office, record_type, operation, record, actor)
        if isinstance(may, Why):
            assert told is not None, f"{operation} is refused by may, but done"
            for lang in LANGUAGES:
                assert may.sentence(lang) and "{" not in may.sentence(lang)
                assert told.sentence(lang) and "{" not in told.sentence(lang)
        else:
            assert told is None or "right" not in told.sentence("en"), f"{operation}: {told.sentence('en')}"


def _try(office: Office, record_type: type[Record], operation: str, record: Any, actor: Actor) -> Trouble | None:
    """Do it at the door; what refused it."""
    records = office.records
    try:
        if operation == "add":
            customer = new(office, Customer, next(who for who in PEOPLE if office.ids[who] == actor.employee))
            records.save(sample(office, record_type, customer.id), actor)
        elif operation == "edit":
            edited(record)
            records.save(record, actor)
        elif operation in ("bring_in", "take_out"):
            _carry(office, record_type, operation, actor)
        else:
            outcome = {
                "delete": lambda: records.delete(record_type, [record.id], actor),
                "assign": lambda: records.assign(record_type, [record.id], office.ids["zhao"], actor),
                "purge": lambda: records.purge(record_type, [record.id], actor),
                "share": lambda: records.share(record_type, [record.id], office.ids["zhao"], actor),
            }[operation]()
            if outcome.refused:
                return outcome.refused[0][1]  # type: ignore[return-value]
    except Trouble as trouble:
        return trouble
    return None


def _carry(office: Office, record_type: type[Record], operation: str, actor: Actor) -> None:
    """Export to a file, or look at a sheet to import."""
    records = office.records
    if operation == "take_out":
        with tempfile.TemporaryDirectory() as folder:
            export(records, record_type, actor, View(), [record_type.title_field], Path(folder) / "out.csv", "csv")
        return
    table = find_table(sheet_of([[say(record_type.declared()[record_type.title_field].label, "zh_CN")], ["甲"]]))
    mapping = guess_mapping(record_type.key(), targets_of(records, record_type), table)
    Importing(records, record_type, table, mapping, actor)


@EACH_TYPE
def test_undo_brings_every_kind_of_change_back(office: Office, record_type: type[Record]) -> None:
    record = new(office, record_type)
    again = office.records.get(record_type, record.id, office.admin)
    before = values(again)
    edited(again)
    changed = office.records.save(again, office.admin)
    assert values(office.records.get(record_type, record.id, office.admin)) != before
    assert office.records.undo(changed.batch, office.admin).refused == []
    assert values(office.records.get(record_type, record.id, office.admin)) == before
    deleted = office.records.delete(record_type, [record.id], office.admin)
    assert deleted.done == [record.id]
    assert not _gets(office, record_type, record.id, office.admin)
    assert office.records.undo(deleted.batch, office.admin).refused == []  # type: ignore[arg-type]
    assert values(office.records.get(record_type, record.id, office.admin)) == before
    made = sample(office, record_type, new(office, Customer).id)
    created = office.records.save(made, office.admin)
    assert office.records.undo(created.batch, office.admin).refused == []
    assert not _gets(office, record_type, made.id, office.admin)
    assert office.records.get(record_type, made.id, office.admin, deleted=True).deleted_at is not None
    if not record_type.screen.follows:
        given = office.records.assign(record_type, [record.id], office.ids["sun"], office.admin)
        assert office.records.get(record_type, record.id, office.admin).owner == office.ids["sun"]
        assert office.records.undo(given.batch, office.admin).refused == []  # type: ignore[arg-type]
        assert values(office.records.get(record_type, record.id, office.admin)) == before


@EACH_TYPE
def test_every_move_goes_from_each_of_its_states_and_no_other(office: Office, record_type: type[Record]) -> None:
    state = record_type.state_field()
    if state is None:
        return
    field: Any = record_type.declared()[state]
    for move in record_type.screen.moves:
        for start in field.kind.states:
            record = new(office, record_type)
            office.records.unit(Actor.program(), lambda unit, r=record, s=start: unit.amend(record_type, r.id, **{state: s}), trusted=True)  # type: ignore[misc]
            record = office.records.get(record_type, record.id, office.admin)
            answers = {name: _answer(office, record_type, name) for name in move.asks.split()}
            refused = _moved(office, record, move.key, answers)
            assert (refused is None) == (start in move.starts())
            assert refused is None or all(refused.sentence(lang) for lang in LANGUAGES)
            now = getattr(office.records.get(record_type, record.id, office.admin), state)
            assert now == (start if refused else move.after)
        if move.asks:
            record = new(office, record_type)
            with pytest.raises(Trouble):
                office.records.move(record, move.key, office.admin, {})


def _moved(office: Office, record: Record, key: str, answers: dict[str, Any]) -> Refused | None:
    try:
        office.records.move(record, key, office.admin, answers)
    except Refused as refused:
        return refused
    return None


def _answer(office: Office, record_type: type[Record], name: str) -> Any:
    kind = record_type.declared()[name].kind
    samples = {"day": NOW.date(), "moment": NOW, "long_text": "谈好了", "text": "谈好了"}
    if kind.key == "choice":
        return office.records.names.picklist(kind.picklist)[0].key  # type: ignore[attr-defined]
    return samples[kind.key]


@EACH_TYPE
def test_the_search_index_says_what_the_records_say(office: Office, record_type: type[Record]) -> None:
    """After saving, giving away, deleting, restoring and undoing, what a new index would hold is what it holds."""
    if not office.records.searched(record_type):
        return
    records = [new(office, record_type, who) for who in ("li", "zhao", "sun")]
    ids = [record.id for record in records]
    for number, record in enumerate(records):
        one = office.records.get(record_type, record.id, office.admin)
        setattr(one, record_type.title_field, f"新标题{number}")
        batch = office.records.save(one, office.admin).batch
        if number == 1:
            office.records.undo(batch, office.admin)
    if not record_type.screen.follows:
        office.records.assign(record_type, ids[:2], office.ids["meng"], office.admin)
    first = office.records.delete(record_type, ids[:1], office.admin)
    second = office.records.delete(record_type, ids[1:2], office.admin)
    office.records.restore(record_type, ids[:1], office.admin)
    office.records.undo(second.batch, office.admin)  # type: ignore[arg-type]
    office.records.delete(record_type, ids[2:], office.admin)
    assert first.done
    assert [finding.sentence("en") for finding in traces.index(office.records)] == []
    assert {hit.id for hit in office.records.search("新标题", office.admin, [record_type], limit=500)} & set(ids) == {ids[0]}


@EACH_TYPE
def test_a_record_is_shown_in_every_language(office: Office, record_type: type[Record]) -> None:
    """Whatever a list shows is text, with names instead of ids and keys."""
    record = new(office, record_type)
    names = list(office.records.fields(record_type))
    row = office.records.rows(record_type, office.admin, [record.id], names)[record.id]
    for lang in LANGUAGES:
        for name, value in zip(names, row, strict=True):
            text = office.records.show(record_type, name, value, lang)
            assert isinstance(text, str) and not (value and name == "owner" and text == str(value))
    assert record.called() == office.records.names.title(record_type.key(), record.id) or record_type.key() == "stage"


@EACH_TYPE
def test_two_people_edit_every_type(office: Office, record_type: type[Record]) -> None:
    record = new(office, record_type)
    mine, theirs = (office.records.get(record_type, record.id, office.admin) for _n in range(2))
    name = edited(theirs)
    office.records.save(theirs, office.admin)
    edited(mine)
    office.records.save(mine, office.admin)
    now = office.records.get(record_type, record.id, office.admin)
    assert getattr(now, name) == getattr(mine, name) and now.version >= 2
    bad = replace(office.admin, scopes={})
    with pytest.raises(NotFound):
        office.records.save(mine, bad)
