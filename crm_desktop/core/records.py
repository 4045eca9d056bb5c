"""The one door to the data: every read starts from one scoped query, every write is one unit of work.

The acting person is an argument of every call. `Records` is the only thing rooms outside core use to reach record tables.
"""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from crm_desktop.core import custom, journal, masking
from crm_desktop.core.access import Actor, Why, lacks
from crm_desktop.core.clock import Clock
from crm_desktop.core.errors import NotFound
from crm_desktop.core.fields import Link
from crm_desktop.core.ids import new_id, take_node
from crm_desktop.core.kinds import Kind
from crm_desktop.core.listing import Listing, among
from crm_desktop.core.names import Names
from crm_desktop.core.numbering import NODES, REVISION, draw
from crm_desktop.core.record import Record, columns_of, from_row
from crm_desktop.core.settings import Settings
from crm_desktop.core.sight import Sight
from crm_desktop.core.views import View
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core import find, twins
    from crm_desktop.core.many import Progress
    from crm_desktop.core.outcome import Outcome
    from crm_desktop.core.unit import Unit
    from crm_desktop.database.engine import Database
    from crm_desktop.database.unit import Tx

R = TypeVar("R", bound=Record)
T = TypeVar("T")


class Hit(NamedTuple):
    """A record found by search: its type, title, what tells it apart, and the spans of the title that matched.

    why: the piece of another field that matched, when the title does not show it, and why_spans the places in it.
    """

    type: str
    id: int
    title: str
    sub: str
    spans: tuple[tuple[int, int], ...]
    score: float
    why: str = ""
    why_spans: tuple[tuple[int, int], ...] = ()


class Records:
    """The door. `types` is the explicit list of record types the program knows."""

    def __init__(self, database: Database, types: Iterable[type[Record]], clock: Clock | None = None):
        self.database = database
        self.types: dict[str, type[Record]] = {record_type.key(): record_type for record_type in types}
        self.clock = clock or Clock()
        self.names = Names(database, self.types)
        self.settings = Settings(database)
        self._revision: int | None = None
        self._has_node = False
        self._listeners: list[Callable[[journal.Change], None]] = []
        self.before_commit: list[Callable[[Unit], None]] = []
        self.after_commit: list[Callable[[Unit], None]] = []

    # What there is

    def fields(self, record_type: type[Record]) -> dict[str, custom.AnyField]:
        """All labelled fields of a type by name: the declared ones, then the company's own."""
        own = self.names.custom(record_type.key()) if "custom_field" in self.types else {}
        return {**record_type.declared(), **own}

    def searched(self, record_type: type[Record]) -> bool:
        """Whether records of this type are found by search."""
        return any(field.search for field in record_type.declared().values())

    def belonging(self, record_type: type[Record]) -> list[tuple[type[Record], str]]:
        """(type, link) of the records that cannot stand without one of this type: followers and required links."""
        return [
            (child, name)
            for child in self.types.values()
            for name, field in child.declared().items()
            if isinstance(field, Link)
            and field.kind.target == record_type.key()
            and (name in child.followed() or (field.required and name == child.parent_link()))
        ]

    # May

    def may(self, actor: Actor, record_type: type[Record], operation: str, record: Record | None = None) -> bool | Why:
        """Whether the actor may do this (to this record): True, or a Why that says what is missing."""
        if not actor.may(record_type, operation):
            return lacks(record_type, operation, self.names)
        if operation == "share" and not record_type.screen.shared:
            return Why(_("{records} cannot be shared one by one."), {"records": record_type.screen.title})
        if record is None:
            return True
        if not record.is_new() and (why := self.sight(actor, record_type).why_not(record, operation)) is not None:
            return why
        if record.deleted_at is not None and operation != "delete":
            return Why(_("The record is in the recycle bin. Restore it first."))
        if operation == "assign" and record.follows_now():
            return Why(_("This record always has the owner of the record it belongs to. Assign that one."))
        return True

    # Reading

    def sight(self, actor: Actor, record_type: type[Record]) -> Sight:
        """What the actor sees of a type now, what is shared with him included."""
        return Sight(self, record_type, actor)

    def get(self, record_type: type[R], record_id: int, actor: Actor, deleted: bool = False) -> R:
        """One record; NotFound when there is none or the actor may not see it."""
        columns = columns_of(record_type)
        names = ", ".join(f"`{name}`" for name in columns)
        rows = self.database.read(f"SELECT {names} FROM `{record_type.key()}` WHERE id = ?", (record_id,))
        if rows:
            record = from_row(record_type, columns, rows[0])
            sight = self.sight(actor, record_type)
            if (deleted or record.deleted_at is None) and sight.holds(record):
                return masking.Veil(self, actor, record_type, sight).cover(record)  # type: ignore[return-value]
        raise NotFound()

    def listing(self, record_type: type[Record], actor: Actor, view: View = View()) -> Listing:  # noqa: B008
        """The scoped question itself, for lists, reports and exports."""
        return Listing(self, record_type, actor, view)

    def ids(
        self, record_type: type[Record], actor: Actor, view: View = View(), cancelled: Callable[[], bool] = lambda: False  # noqa: B008
    ) -> array[int]:
        """The ids of a view, in its order."""
        return self.listing(record_type, actor, view).ids(cancelled)

    def count(self, record_type: type[Record], actor: Actor, view: View = View(), cap: int | None = None) -> int:  # noqa: B008
        """How many records a view holds; with `cap` it stops counting there."""
        return self.listing(record_type, actor, view).count(cap)

    def total(self, record_type: type[Record], actor: Actor, view: View, field: str) -> Any:
        """The sum of a field over a view."""
        return self.listing(record_type, actor, view).total(field)

    def groups(self, record_type: type[Record], actor: Actor, view: View, field: str) -> list[tuple[Any, int]]:
        """(value, count) for each value of a field."""
        return self.listing(record_type, actor, view).groups(field)

    def page(
        self,
        record_type: type[Record],
        actor: Actor,
        view: View,
        columns: Sequence[str],
        limit: int = 200,
        after: tuple[Any, ...] | None = None,
        backwards: bool = False,
    ) -> list[tuple[int, tuple[Any, ...]]]:
        """The first (or last, `backwards`, in reverse order) rows of a view: (id, values) pairs."""
        listing = self.listing(record_type, actor, view)
        select = [record_type.owner, *(custom.column_of(listing.fields[name], record_type) for name in columns)]
        select = [record_type.id, *(column.alias(f"c{i}") for i, column in enumerate(select))]
        rows = self.database.read(listing.page(select, limit, after, backwards))
        load, hidden = self.loader(record_type, columns, listing.veil), listing.veil.covered(row[:2] for row in rows)
        return [(row[0], load(row[2 : 2 + len(columns)], row[0] in hidden)) for row in rows]

    def rows(
        self, record_type: type[Record], actor: Actor, ids: Sequence[int], columns: Sequence[str]
    ) -> dict[int, tuple[Any, ...]]:
        """Values of these records, by id; those the actor may not see are left out."""
        if not ids:
            return {}
        fields = self.fields(record_type)
        select: list[Any] = [record_type.id, record_type.owner, record_type.department, record_type.deleted_at]
        select += [custom.column_of(fields[name], record_type) for name in columns]
        sight = self.sight(actor, record_type)
        veil = masking.Veil(self, actor, record_type, sight)
        load = self.loader(record_type, columns, veil)
        found: dict[int, tuple[Any, ...]] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            read = self.database.read(record_type.select(*select).where(among(record_type.id, part)))
            seen = sight.seen(read)
            hidden = veil.covered(row[:2] for row in read if row[0] in seen)
            found.update((row[0], load(row[4:], row[0] in hidden)) for row in read if row[0] in seen)
        return found

    def loader(
        self, record_type: type[Record], columns: Sequence[str], veil: masking.Veil
    ) -> Callable[[Sequence[Any], bool], tuple[Any, ...]]:
        """What makes values to work with of those of a row, and covers those that are hidden."""
        fields = self.fields(record_type)
        kinds = [fields[name].kind for name in columns]
        # Most columns are plain text, stored as they are: a page of a list has two thousand values.
        loads = [(place, kind.load) for place, kind in enumerate(kinds) if type(kind).load is not Kind.load]

        covered = veil.columns(columns)

        def load_row(row: Sequence[Any], hidden: bool) -> tuple[Any, ...]:
            values = list(row)
            for place, load in loads:
                values[place] = load(values[place])
            for place in covered if hidden else ():
                values[place] = masking.masked(values[place])
            return tuple(values)

        return load_row

    def show(self, record_type: type[Record], name: str, value: Any, lang: str | None = None) -> str:
        """A value of a field as text, links and picklists by their names."""
        return self.fields(record_type)[name].kind.show(value, lang, self.names)

    # Writing

    def unit(
        self,
        actor: Actor,
        work: Callable[[Unit], T],
        what: str = "save",
        note: str = "",
        trusted: bool = False,
        batch: int | None = None,
        wary: bool = False,
    ) -> tuple[T, journal.Change]:
        """Several writes in one transaction and one undo batch. `work` may run twice: it must do nothing but write.
        `trusted` is for the program's own acts (undo, demo data): rights are not asked, everything else is. `wary`: raise
        Duplicate for what is there already, unless the company has switched that off."""
        from crm_desktop.core.unit import Unit  # with the search index: not before something is written

        if not self._has_node:
            # By itself: the counter's row is not to stay locked as long as an import lasts.
            take_node(self.database.write(lambda tx: draw(tx, NODES)))
            self._has_node = True
        batch = batch or new_id()
        attempts: list[Unit] = []


        def run(tx: Tx) -> tuple[T, Unit]:
            if attempts:
                attempts.pop().take_back()
            unit = Unit(self, tx, actor, batch, what, note)
            attempts.append(unit)
            unit.trusted, unit.wary = trusted, wary
            with self.names.within_unit():
                result = work(unit)
                for also in self.before_commit:
                    also(unit)
            self._close(unit)
            return result, unit

        self.renew()
        self.names.recall()
        try:
            result, unit = self.database.write(run, op_id=batch)
        except BaseException:
            for failed in attempts:
                failed.take_back()
            raise
        for record, stored in unit.settled:
            record.stored = stored
        if not trusted:
            self._cover(unit, actor)
        change = journal.Change(batch, unit.touched, len(unit.touched))
        self.names.forget(change.types())
        for also in self.after_commit:
            also(unit)
        self._tell(change)
        return result, change

    def _cover(self, unit: Unit, actor: Actor) -> None:
        """The records handed in hold the real numbers now: hide again what was hidden when they came."""
        veils = {record_type: masking.Veil(self, actor, record_type) for record_type in {type(record) for record, _s in unit.settled}}
        for record, _stored in unit.settled:
            if record.masked and veils[type(record)].names:
                veils[type(record)].cover(record)

    def _close(self, unit: Unit) -> None:
        """The last words of a unit: its batch, and a sign for other desktops when names they keep in memory changed."""
        types = unit.touched.types()
        if unit.touched or unit.undoes:
            record_type = next(iter(types)) if len(types) == 1 else ""
            row = (unit.batch, unit.at, unit.actor.employee, unit.what, record_type, len(unit.touched), unit.comment[:400], unit.undoes)
            unit.tx.run(journal.BATCH_SQL, row)
        if any(self.names.small(type_key) for type_key in types):
            draw(unit.tx, REVISION)

    def renew(self) -> bool:
        """Forget names and company settings kept in memory if another desktop has changed any; says whether it has.

        Every write asks this first. A window asks now and then, off the UI thread, so that it shows new colleagues, stages
        and custom fields without a restart.
        """
        rows = self.database.read("SELECT value FROM counter WHERE name = ?", (REVISION,))
        revision = rows[0][0] if rows else 0
        if revision == self._revision:
            return False
        self._revision = revision
        self.names.forget_all()
        self.settings.forget()
        return True

    def save(self, record: Record, actor: Actor, note: str = "", wary: bool = False) -> journal.Change:
        """Create or change one record; `wary` as in `unit`."""
        return self.unit(actor, lambda unit: unit.save(record), "create" if record.is_new() else "update", note, wary=wary)[1]

    def twins(self, record: Record, actor: Actor, limit: int = 8) -> list[twins.Twin]:
        """Records that are the same as this one (saved or not) or similar, the surest first."""
        from crm_desktop.core import twins

        return twins.of(self, record, actor, limit)

    def move(self, record: Record, key: str, actor: Actor, answers: Mapping[str, Any] | None = None) -> journal.Change:
        """Change the state of a record by one of its moves."""
        return self.unit(actor, lambda unit: unit.move(record, key, answers), "move")[1]

    def each(
        self, ids: Iterable[int], actor: Actor, what: str, act: Callable[[Unit, int], None], progress: Progress | None = None
    ) -> Outcome:
        """The same act on many records in one batch: what is refused is told, the rest is done. progress is told (done, in all);
        when it raises Cancelled nothing is kept."""
        from crm_desktop.core import many

        return many.in_packets(self, ids, actor, what, act, progress)

    def delete(
        self, record_type: type[Record], ids: Iterable[int], actor: Actor, progress: Progress | None = None
    ) -> Outcome:
        """Put records, and what belongs to them, into the recycle bin."""
        return self.each(ids, actor, "delete", lambda unit, one: unit.delete(record_type, one), progress)

    def purge(self, record_type: type[Record], ids: Iterable[int], actor: Actor) -> Outcome:
        """Delete records of the recycle bin for good; the journal keeps that they were there. Nothing undoes this."""
        outcome = self.each(ids, actor, "purge", lambda unit, one: unit.purge(record_type, one))
        outcome.batch = None
        return outcome

    def restore(self, record_type: type[Record], ids: Iterable[int], actor: Actor) -> Outcome:
        """Take records out of the recycle bin."""
        return self.each(ids, actor, "restore", lambda unit, one: unit.restore(record_type, one))

    def assign(
        self, record_type: type[Record], ids: Iterable[int], employee: int | None, actor: Actor, progress: Progress | None = None
    ) -> Outcome:
        """Give records to another owner."""
        return self.each(ids, actor, "assign", lambda unit, one: unit.assign(unit.get(record_type, one), employee), progress)

    def share(
        self,
        record_type: type[Record],
        ids: Iterable[int],
        employee: int,
        actor: Actor,
        write: bool = False,
        until: date | None = None,
        progress: Progress | None = None,
    ) -> Outcome:
        """Share records with a colleague, to read or to work on, until a day or for good."""
        from crm_desktop.core import sharing

        return sharing.share_all(self, record_type, ids, employee, actor, write, until, progress)

    def unshare(self, shares: Iterable[int], actor: Actor) -> Outcome:
        """End shares."""
        from crm_desktop.core import sharing

        return self.each(shares, actor, "unshare", sharing.unshare)

    def set_field(
        self, record_type: type[Record], ids: Iterable[int], name: str, value: Any, actor: Actor, progress: Progress | None = None
    ) -> Outcome:
        """Change one field on many records, with one undo; `many.rehearse` tells before what it would do."""
        from crm_desktop.core import many

        act = many.setting(self, record_type, name, value)
        return many.in_packets(self, ids, actor, "bulk", act, progress, act.together)

    def merge(
        self, record_type: type[Record], keep: int, lose: int, actor: Actor, choices: Mapping[str, str] | None = None
    ) -> journal.Change:
        """Merge one record into another; choices as in `joining.join`."""
        from crm_desktop.core import joining

        return joining.join(self, record_type, keep, lose, actor, choices)

    def merge_all(self, record_type: type[Record], keep: int, others: Sequence[int], actor: Actor) -> journal.Change:
        """Merge a whole group into one of it, with the values that are proposed."""
        from crm_desktop.core import joining

        return joining.join_all(self, record_type, keep, others, actor)

    def undo(
        self, batch: int, actor: Actor, progress: Callable[[int, int], None] | None = None, cancel: threading.Event | None = None
    ) -> Outcome:
        """Take back a batch; records changed since are kept and told. Raises Cancelled when `cancel` was set."""
        from crm_desktop.core import undoing

        return undoing.undo(self, batch, actor, progress, cancel)

    def last_batch(self, actor: Actor) -> journal.Batch | None:
        """The newest act of this person that can be taken back, for Ctrl+Z after a restart too."""
        from crm_desktop.core import undoing

        return undoing.last(self, actor)

    # The journal read

    def history(self, record_type: type[Record], record_id: int, actor: Actor, limit: int = 200) -> list[journal.Line]:
        """Every change of one record, newest first."""
        record = self.get(record_type, record_id, actor, deleted=True)
        lines = journal.lines(
            self.database.read(
                f"SELECT {journal.LINE_COLUMNS} FROM journal WHERE record_id = ? AND record_type = ? ORDER BY id DESC LIMIT ?",
                (record_id, record_type.key(), limit),
            )
        )
        return masking.Veil(self, actor, record_type).lines(lines, lambda: {record_id: record.owner})

    def timeline(
        self, record_type: type[Record], record_id: int, actor: Actor, before: int | None = None, limit: int = 50
    ) -> list[journal.Line]:
        """What happened to a record and to those that belong to it, newest first; only what the actor may see."""
        from crm_desktop.core import timeline

        self.get(record_type, record_id, actor, deleted=True)
        return timeline.lines(self, record_id, actor, before, limit)

    # Search

    def doc(self, record: Record) -> find.Doc:
        """What the search index is told of a record."""
        from crm_desktop.core import finding

        return finding.doc_of(self, record)

    def matches(
        self, record_type: type[Record], actor: Actor, text: str, limit: int, floor: float = 0
    ) -> list[tuple[int, find.Doc, find.Match]]:
        """Records of one type that hold the text, best first; those that score less than `floor` may be missing."""
        from crm_desktop.core import finding

        return finding.matches(self, record_type, actor, text, limit, floor)

    def search(self, text: str, actor: Actor, types: Sequence[type[Record]] | None = None, limit: int = 20) -> list[Hit]:
        """Records of all types that hold the text, ranked; only what the actor may see."""
        from crm_desktop.core import finding

        return finding.search(self, text, actor, types or [one for one in self.types.values() if self.searched(one)], limit)

    def log(self, actor: Actor, what: str, record_type: str = "", count: int = 0, note: str = "") -> None:
        """A line of the operation log for an act that changes no record: signing in, printing, an export."""
        row = (new_id(), self.clock.now(), actor.employee, what, record_type, count, note[:400], None)
        self.database.write(lambda tx: tx.run(journal.BATCH_SQL, row), minor=True)

    def committed(self, op_id: int) -> journal.Change | None:
        """What an act did whose commit got no answer; None when it did not happen. Its operation id is its batch's."""
        if not self.database.read("SELECT id FROM tx_log WHERE id = ?", (op_id,)):
            return None
        rows = self.database.read("SELECT record_type, record_id, action FROM journal WHERE batch = ?", (op_id,))
        return journal.Change(op_id, tuple((row[0], row[1], row[2]) for row in rows), len(rows))

    # Notices

    def hear(self, change: journal.Change) -> None:
        """A colleague's commit, told by the feed: from here on it is as if it had been made here."""
        self.names.forget(change.types())
        self._tell(change)

    def _tell(self, change: journal.Change) -> None:
        for listener in list(self._listeners):
            listener(change)

    def listen(self, callback: Callable[[journal.Change], None]) -> Callable[[], None]:
        """Call back after every commit, in the committing thread; returns what ends it."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

