"""One unit of work: several writes of one person in one transaction, one batch in the journal, one Ctrl+Z.

Every write of the program ends here: rights, rules of the record type, version check, journal and search index go with it.
The work may run twice (after a deadlock or a lost line): the records handed in are put back as they were before each new
attempt and after a failure, and are only marked as stored once the commit is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from crm_desktop.core import (
    binning,
    bulk,
    custom,
    find,
    indexing,
    journal,
    masking,
    merging,
    numbering,
    owning,
    pouring,
    twins,
    untold,
)
from crm_desktop.core.access import Actor, lacks
from crm_desktop.core.errors import Invalid, Marked, NotFound, Refused, Trouble, names_record
from crm_desktop.core.ids import new_id
from crm_desktop.core.merging import BOOKKEEPING
from crm_desktop.core.names import Label
from crm_desktop.core.pointed import Pointed
from crm_desktop.core.record import Record, columns_of, copied, from_row, move_of, stored_values
from crm_desktop.core.validating import validate
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.database.unit import Tx

_MISSING: Any = object()


class Unit:
    """The writes of one act; made by `Records.unit`.

    touched: (type, id, action) of what was written. settled: what each record's `stored` becomes with the commit.
    undoes: the batch this act takes back. trusted: the program's own act, rights are not asked. wary: a person saves, who
    wants to be told what is there already. binning: ids on their way
    into the recycle bin. memo: what rules remember from one record of the act to the next. gathered: new records that are
    told to the indexes later (core/pouring.py). may_wait: of how many new records a server's indexes may be told later
    (core/untold.py); keys_asked: not of their keys of duplicates.
    """

    def __init__(self, records: Records, tx: Tx, actor: Actor, batch: int, what: str, note: str = ""):
        self.records, self.tx, self.actor, self.batch, self.what, self.comment = records, tx, actor, batch, what, note
        self.now = records.clock.now()
        self.today = records.clock.today()
        self.at = self.now.strftime("%Y-%m-%d %H:%M:%S")
        self.touched = journal.Touched()
        self.settled: list[tuple[Record, dict[str, Any]]] = []
        self.undoes: int | None = None
        self.trusted = False
        self.wary = False
        self.binning: set[int] = set()
        self.memo: dict[Any, Any] = {}
        self.gathered: pouring.Gathered | None = None
        self.may_wait, self.keys_asked = 0, False
        self.held_before: Callable[[Record, str], bool] | None = None  # a rehearsal remembers what it has taken back
        self.pointed = Pointed(self)
        self._held: dict[int, tuple[Record, dict[str, Any], dict[str, Any] | None]] = {}
        self._depth, self._stepped = 0, False

    # All or nothing

    @contextmanager
    def step(self, kept: bool = True) -> Iterator[None]:
        """Writes that happen together or, when one of them is refused, not at all, while the unit goes on. kept: somebody holds on to the
        records, and wants them as they stand after the commit."""
        touched, settled, binning, held = len(self.touched), len(self.settled), set(self.binning), self._held
        self._held = {}
        self._depth += 1
        if not self._stepped:
            find.begin(self.tx, new_id())
            self._stepped = True
        name = f"step_{self._depth}"
        self.tx.run(f"SAVEPOINT {name}")
        try:
            yield
        except Trouble:
            self.tx.run(f"ROLLBACK TO SAVEPOINT {name}")
            self.tx.run(f"RELEASE SAVEPOINT {name}")  # else SQLite goes on keeping all that it was before, in memory
            self.take_back()
            self.records.names.forget(self.touched.types(touched))
            self.touched.take_back(touched)
            del self.settled[settled:]
            self.binning = binning
            raise
        finally:
            for one, came in self._held.items() if kept else ():
                held.setdefault(one, came)
            self._held, self._depth = held, self._depth - 1
        self.tx.run(f"RELEASE SAVEPOINT {name}")
        if not kept:
            del self.settled[settled:]

    @contextmanager
    def as_program(self) -> Iterator[None]:
        """What follows from a rule and is nobody's own act: rights are not asked."""
        was, self.trusted = self.trusted, True
        try:
            yield
        finally:
            self.trusted = was

    def take_back(self) -> None:
        """Nothing of this was written: the records handed in are again as they came (a new one keeps its id)."""
        for record, before, stored in reversed(self._held.values()):
            data = dict(record.__data__)
            for name, value in before.items():
                if value is _MISSING:
                    data.pop(name, None)
                else:
                    data[name] = value
            record.__data__ = data
            record.stored = stored
        self._held = {}

    def _hold(self, record: Record) -> None:
        """Remember how a record came, before anything is done to it."""
        if id(record) not in self._held:
            before = {name: record.__data__.get(name, _MISSING) for name in record._meta.fields}
            self._held[id(record)] = (record, before, record.stored)

    # Reading inside the transaction

    def get(self, record_type: type[Record], record_id: int, deleted: bool = False) -> Record:
        """The record as it stands in this transaction, locked against others; NotFound as in the door."""
        return self._present(record_type, self.current(record_type, record_id), deleted)

    def _present(self, record_type: type[Record], record: Record | None, deleted: bool = False) -> Record:
        seen = record is not None and (self.trusted or self.pointed.sight(record_type).holds(record))
        if record is None or not seen or (record.deleted_at is not None and not deleted):
            raise NotFound()
        return record

    def current(self, record_type: type[Record], record_id: int) -> Record | None:
        """The same for rules, which see everything: deleted records and those of others too; None when there is none."""
        return self.all_current(record_type, [record_id]).get(record_id)

    def all_current(self, record_type: type[Record], ids: Sequence[int]) -> dict[int, Record]:
        """The same for some hundred records at once, by id."""
        columns = columns_of(record_type)
        lock = " FOR UPDATE" if self.tx.engine == "mysql" else ""
        names, marks = ", ".join(f"`{name}`" for name in columns), ", ".join("?" * len(ids))
        rows = self.tx.run(f"SELECT {names} FROM `{record_type.key()}` WHERE id IN ({marks}){lock}", ids)
        return {record.id: record for record in (from_row(record_type, columns, row) for row in rows)}

    # Saving

    def save(self, record: Record) -> Record:
        """Create or change one record. Raises Refused, Invalid(Record), Conflict, NotFound."""
        if record.is_new():
            self.add([record])
        else:
            self._change(record)
        return record

    def add(self, added: Sequence[Record]) -> None:
        """Create records of one type, in bulk: three executemany whatever their number."""
        record_type = type(added[0])
        self.demand(record_type, "add")
        empty = {name: sum(not getattr(one, name) for one in added) for name in numbering.numbered(record_type)}
        numbers = {name: iter(numbering.give(self, record_type, name, count)) for name, count in empty.items()}
        with self._looking_at(added):
            for record in added:
                self._complete(record, numbers)
        values = [stored_values(record) for record in added]
        columns = columns_of(record_type)
        names, marks = ", ".join(f"`{name}`" for name in columns), ", ".join("?" * len(columns))
        self.tx.many(
            f"INSERT INTO `{record_type.key()}` ({names}) VALUES ({marks})",
            [tuple(row[name] for name in columns) for row in values],
        )
        self.note(record_type, [(record.id, record.timeline_of(), "") for record in added], "create")
        indexing.put(self, record_type, added)
        twins.keep(self, record_type, added, None)
        self.settled += zip(added, values, strict=True)
        self._tell([(record, None) for record in added])

    @names_record
    def _complete(self, record: Record, numbers: Mapping[str, Iterator[str]]) -> None:
        """What a new record needs besides what was typed; raises Refused and Invalid."""
        came = dict(record.__data__)
        record.id = record.id or new_id()
        try:
            masking.lift(self.records, record, None)
            for name, given in numbers.items():
                setattr(record, name, getattr(record, name) or next(given))
            owning.settle(self, record, None)
            record.fill_in(self)
            validate(self, record, None)
            record.created_at = record.created_at or self.now
            record.created_by = record.created_by or self.actor.employee
            record.updated_at, record.updated_by, record.version = self.now, self.actor.employee, 1
            record.sort_key = find.sort_key(record.called())
        finally:
            self._hold_new(record, came)

    @contextmanager
    def _looking_at(self, several: Sequence[Record]) -> Iterator[None]:
        """While these are looked at, and nothing is written: what they point at is at hand."""
        before, self.pointed = self.pointed, Pointed(self).take(several)
        try:
            yield
        finally:
            self.pointed = before

    def add_columns(self, record_type: type[Record], columns: Mapping[str, Sequence[Any]]) -> list[int | None] | None:
        """Create many records given column by column; their ids, None for a row that may be wrong and was left alone.

        None when records of this type have rules of their own and must be made one by one.
        """
        return bulk.add(self, record_type, columns) if bulk.suits(self, record_type) else None

    def pouring(
        self, record_type: type[Record], count: int, keys_asked: bool = False, told: Callable[[float], object] = lambda part: None
    ) -> AbstractContextManager[pouring.Left]:
        """Around the writing of about `count` records of a type. keys_asked: what is kept of them is looked up meanwhile."""
        return pouring.pouring(self, record_type, count, keys_asked, told)

    def _hold_new(self, record: Record, came: dict[str, Any]) -> None:
        """As `_hold`, but only what was filled in since it came: an import holds a hundred thousand new records."""
        filled = {
            name: came.get(name, _MISSING)
            for name, value in record.__data__.items()
            if name != "id" and came.get(name, _MISSING) is not value
        }
        self._held.setdefault(id(record), (record, filled, None))

    def save_all(self, records: Sequence[Record]) -> None:
        """Change records of one type that are there already: as `save` of each, but together where each is judged by itself alone."""
        waiting = list({id(record): record for record in records}.values())
        while waiting:
            once = {record.id: record for record in reversed(waiting)}
            several = [record for record in waiting if once[record.id] is record]
            waiting = [record for record in waiting if once[record.id] is not record]
            if type(several[0]).check is not Record.check:
                for record in several:
                    self._change(record)
                continue
            for start in range(0, len(several), 500):
                self._change_all(several[start : start + 500])

    def _change_all(self, several: Sequence[Record]) -> None:
        with self._looking_at(several):
            there = self.all_current(type(several[0]), [record.id for record in several])
            pairs = [(record, self._meet(record, there.get(record.id))) for record in several]
            for record, current in pairs:
                self._complete_changed(record, current, "update")
        self.write_all(pairs, "update")

    @names_record
    def _meet(self, record: Record, there: Any = _MISSING) -> Record:
        """The record as it stands now, what others changed meanwhile taken over into `record`."""
        self._hold(record)
        current = self._present(type(record), self.current(type(record), record.id) if there is _MISSING else there)
        masking.lift(self.records, record, current)
        merging.merge(self.records, record, current)
        return current

    def _change(self, record: Record, action: str = "update") -> None:
        current = self._meet(record)
        self._complete_changed(record, current, action)
        self.write(record, current, action)

    @names_record
    def _complete_changed(self, record: Record, current: Record, action: str) -> None:
        """As `_complete`, of one that is there already."""
        record_type = type(record)
        if action == "update":
            self.demand(record_type, "edit", current)
        if record.owner != current.owner and not record.follows_now():
            self.demand(record_type, "assign", current)
        owning.settle(self, record, current)
        record.fill_in(self)
        state = record_type.state_field()
        if state and action != "move" and getattr(record, state) != getattr(current, state):
            raise Refused(_("The state changes with the buttons of the record, not by editing it."))
        validate(self, record, current)

    def _demand_no_edits(self, record: Record, current: Record) -> None:
        """Who may only assign or move a record does not change its other fields on that occasion."""
        if merging.changes(current.stored or {}, stored_values(record)):
            self.demand(type(record), "edit", current)

    # Moving, assigning, deleting

    def move(self, record: Record, key: str, answers: Mapping[str, Any] | None = None) -> Record:
        """Change the state by one of the type's moves, with the fields it asks for."""
        record_type = type(record)
        move = move_of(record_type, key)
        state = record_type.state_field()
        assert state is not None
        if record.is_new():
            raise Refused(_("Save the record first."))
        self.demand(record_type, move.right)
        # Whoever was first has moved it: what follows from a move must not happen twice.
        current = self._meet(record)
        self.demand(record_type, move.right, current)
        if getattr(record, state) not in move.starts():
            was = record._meta.fields[state].kind.states[getattr(record, state)]
            raise Refused(_("“{move}” is not possible in the state “{state}”."), move=Marked(move.label), state=Marked(was.label))
        self._demand_no_edits(record, current)
        fields = self.records.fields(record_type)
        for name in move.asks.split():
            value = (answers or {}).get(name)
            if fields[name].kind.empty(value):
                raise Invalid(_("“{label}” must be filled in."), name, label=Label(fields[name]))
            custom.put(record, fields[name], value)
        setattr(record, state, move.after)
        if before := getattr(record, f"before_{key}", None):
            before(self)
        self._change(record, "move")
        return record

    def assign(self, record: Record, employee: int | None) -> None:
        """Give the record (and what follows it) to another owner."""
        self.demand(type(record), "assign")
        if record.follows_now():
            raise Refused(_("This record always has the owner of the record it belongs to. Assign that one."))
        if employee is not None and employee not in self.records.names.rows("employee"):
            raise NotFound()
        current = self._meet(record)
        self.demand(type(record), "assign", current)
        self._demand_no_edits(record, current)
        record.owner = employee
        self._change(record, "assign")

    def delete(self, record_type: type[Record], record_id: int) -> None:
        """Put the record, and what cannot stand without it, into the recycle bin."""
        self.demand(record_type, "delete")
        record = self.get(record_type, record_id)
        self.demand(record_type, "delete", record)
        binning.put_in(self, record)

    def restore(self, record_type: type[Record], record_id: int) -> None:
        """Take the record out of the recycle bin, with what went there in the same act."""
        self.demand(record_type, "delete")
        binning.take_out(self, self.get(record_type, record_id, deleted=True))

    def purge(self, record_type: type[Record], record_id: int) -> None:
        """Delete a record of the recycle bin for good, with what belongs to it there. This cannot be undone."""
        self.demand(record_type, "purge")
        binning.purge(self, self.get(record_type, record_id, deleted=True))

    def demand(self, record_type: type[Record], operation: str, record: Record | None = None) -> None:
        """Raise Refused when the actor lacks this right, or has it but not for this record (as it stands)."""
        if self.trusted:
            return
        if not self.actor.may(record_type, operation):
            raise lacks(record_type, operation, self.records.names).refusal()
        why = self.pointed.sight(record_type).why_not(record, operation) if record is not None else None
        if why is not None:
            raise why.refusal()

    # For the rules of record types

    def amend(self, record_type: type[Record], record_id: int, **values: Any) -> None:
        """Set what follows from another change (last contact, stage since): the rule's own act, whoever caused it."""
        current = self.current(record_type, record_id)
        if current is None or all(getattr(current, name) == value for name, value in values.items()):
            return
        record = copied(current)
        for name, value in values.items():
            setattr(record, name, value)
        self.write(record, current, "update")

    def stir(self, record_type: type[Record], record_id: int) -> None:
        """Something was done about the record without changing it: it does not count as waiting any more."""
        self.tx.run(
            f"UPDATE `{record_type.key()}` SET updated_at = ?, updated_by = ? WHERE id = ? AND deleted_at IS NULL",
            (self.at, self.actor.employee, record_id),
        )
        if self.tx.changed:
            self.touched.add(record_type.key(), record_id, "update")

    def number(self, series: str, prefix: str, digits: int = 4) -> str:
        """The next number of a series, without gaps or doubles whatever the number of clients: 'HT-2026-0052'."""
        return f"{prefix}{numbering.draw(self.tx, f'{series}:{prefix}'):0{digits}}"

    def taken(self, record: Record, name: str, text: str) -> bool:
        """Whether another living record, or one that is made together with this one, has this text in a field of `Record.unique`; on a
        server nobody can take it until the commit."""
        key = record.key()
        if self.pointed.held(record, name, text) or (self.held_before is not None and self.held_before(record, text)):
            return True
        if self.records.database.guarded:  # also one that this person does not see
            return bool(self.tx.run("CALL number_taken(?, ?, ?)", (key, text, record.id))[0][0])
        lock = " FOR UPDATE" if self.tx.engine == "mysql" else ""
        sql = f"SELECT id FROM `{key}` WHERE `{name}` = ? AND id <> ? AND deleted_at IS NULL{lock}"
        return bool(self.tx.run(sql, (text, record.id)))

    # The one place that changes a row

    def write(self, record: Record, current: Record, action: str) -> None:
        """Write what differs from `current`, with journal and search index; nothing happens when nothing does."""
        self.write_all([(record, current)], action)

    def write_all(self, pairs: Sequence[tuple[Record, Record]], action: str) -> None:
        """The same for many records of one type, each once: their traces are written together."""
        written = [(record, current, changes) for record, current in pairs if (changes := self._update(record, current))]
        if not written:
            return
        record_type = type(written[0][0])
        self.note(record_type, [(record.id, record.timeline_of(), journal.packed(changes)) for record, _c, changes in written], action)
        fields = self.records.fields(record_type)
        said = {"owner", "department"}.union(name for name, field in fields.items() if field.search)
        reworded = [record for record, current, changes in written if current.deleted_at is None and said & changes.keys()]
        indexing.put_again(self, record_type, reworded)
        if living := [(record, current) for record, current, _changes in written if current.deleted_at is None]:
            twins.keep(self, record_type, *zip(*living, strict=True))
            given = [one for one, current in living if (one.owner, one.department) != (current.owner, current.department)]
            untold.tell_given(self, given, indexing.covered(self, record_type, given))
        told = []
        for record, _current, changes in written:
            if "owner" in changes or "department" in changes:
                owning.lead_followers(self, record)
            told.append((record, {name: fields[name].kind.load(pair[0]) for name, pair in changes.items() if name in fields}))
        self._tell(told)

    def _update(self, record: Record, current: Record) -> dict[str, tuple[Any, Any]]:
        """Write the row; gives what changed."""
        record.sort_key = find.sort_key(record.called())
        before, after = current.stored or {}, stored_values(record)
        dirty = [name for name in after if name not in BOOKKEEPING and after[name] != before[name]]
        if not dirty:
            self.settled.append((record, before))
            return {}
        record.updated_at, record.updated_by = self.now, self.actor.employee
        record.version = current.version + 1
        after = stored_values(record)
        written = [*dirty, "sort_key", "updated_at", "updated_by", "version"]
        settings = ", ".join(f"`{name}` = ?" for name in written)
        values = (*(after[name] for name in written), record.id, current.version)
        self.tx.change_one(f"UPDATE `{record.key()}` SET {settings} WHERE id = ? AND version = ?", values)
        self.settled.append((record, after))
        return merging.changes(before, after)

    def _tell(self, written: Sequence[tuple[Record, Any]]) -> None:
        """Let records of one type see to what follows from their having been written."""
        type(written[0][0]).all_saved(self, written)
        if self.what != "import":
            for record, before in written:
                record.given(self, before)

    def note(self, record_type: type[Record], entries: Sequence[tuple[int, int | None, str]], action: str) -> None:
        """Journal lines: (record, on whose timeline, packed changes)."""
        key, actor = record_type.key(), self.actor.employee
        rows = [
            journal.entry_row(self.batch, self.at, actor, key, record_id, action, about, changes)
            for record_id, about, changes in entries
        ]
        self.tx.many(journal.ENTRY_SQL, rows)
        self.noted(record_type, [record_id for record_id, _about, _changes in entries], action)

    def noted(self, record_type: type[Record], ids: Sequence[int], action: str) -> None:
        """Of these records there are journal lines."""
        self.touched.add_all(record_type.key(), ids, action)
        self.records.names.forget([record_type.key()])

    def reindex(self, record_type: type[Record], ids: Sequence[int]) -> None:
        """Tell the search index anew what these records say and whose they are."""
        indexing.read_anew(self, record_type, ids)

    def index_anew(self, record_type: type[Record], indexed: Sequence[Record]) -> None:
        """The same of records as they are at hand."""
        indexing.put_anew(self, record_type, indexed)
