"""What a person sees of a record type: the data scope of his role, and what colleagues share with him. The one predicate that
list, get, search, count, report, export, print and every write ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from crm_desktop.core import sharing
from crm_desktop.core.access import OPERATIONS, Actor, Plain, Scope, Why
from crm_desktop.core.errors import NotFound
from crm_desktop.core.record import Record
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.asking import Asking
    from crm_desktop.core.records import Records

READ_ONLY = _("“{title}” is shared with you for reading only. Ask {owner} or an administrator to let you change it.")
TO_WORK_ON = _("“{title}” is shared with you to work on. To {operation} it, ask {owner} or an administrator.")
STEP = 500
FEW = 200  # shared records that are asked for one by one


class Sight:
    """What an actor sees of a type now. scope: by his role; opened: SQL that gives the ids shared with him, None when there
    are none, so that who is given nothing pays for nothing. Where reading is strict `opened` is the ids themselves, by which the
    server finds rows."""

    def __init__(self, records: Records, record_type: type[Record], actor: Actor, ask: bool = True):
        """ask: whether to find out at once what is shared; else `asking` does."""
        self.records, self.record_type, self.actor = records, record_type, actor
        self.scope: Scope = actor.scope(record_type)
        # Who has left has no scope at all: nothing is open to him either.
        nothing = self.scope.all or not actor.employee or not actor.scopes
        self._ways = () if nothing else sharing.ways(record_type, records.types)
        self.strict = records.database.strict
        self._few: dict[bool, frozenset[int]] | None = None  # all that is shared, and to work on; when that is little
        self.opened = self._opened() if ask else None

    def asking(self) -> Asking[None]:
        """Find out what is shared by a search that goes side by side with others; where that is little, what it is."""
        from crm_desktop.core.asking import Ask  # with the search, not before something is searched

        if not self._ways:
            return
        if self.strict:
            self.opened = self._opened()
            return
        (sql, values), (writing, besides) = self._question(), self._question(writing=True)
        both = f"SELECT id, 0 AS writing FROM ({sql}) AS opened UNION ALL SELECT id, 1 FROM ({writing}) AS written LIMIT {FEW + 1}"
        rows = yield Ask(both, [*values, *besides], (("id", "BIGINT"), ("writing", "INT")))
        if len(rows) > FEW:
            self.opened = sql, values
        elif rows:
            self._few = {only: frozenset(one for one, may in rows if may == only) for only in (False, True)}
            self.opened = ", ".join("?" * len(self._few[False])), sorted(self._few[False])

    def _opened(self) -> sharing.Question | None:
        if not self._ways:
            return None
        sql, values = self._question()
        if self.strict:
            return (sql, values) if values else None
        return (sql, values) if self.records.database.read(f"SELECT id FROM ({sql}) AS opened LIMIT 1", values) else None

    def _question(self, writing: bool = False, ids: Sequence[int] = ()) -> sharing.Question:
        assert self.actor.employee is not None
        database, today = self.records.database, self.records.clock.today()
        if self.strict:
            known = sharing.known(database.read, self.record_type, self._ways, self.actor.employee, today, writing)
            found = sorted(set(known).intersection(ids)) if ids else known
            return ", ".join("?" * len(found)) or "NULL", found
        return sharing.opened(self.record_type, self._ways, self.actor.employee, today, database.engine, writing, ids)

    # As conditions

    def condition(self) -> Any | None:
        """All that is seen as one condition; None when everything is."""
        scoped = self.scope.condition(self.record_type)
        if scoped is None or self.opened is None:
            return scoped
        sql, values = self.opened
        return scoped | peewee.NodeList((self.record_type.id, peewee.SQL(f"IN ({sql})", values)))

    def besides(self) -> Any:
        """What is shared and not seen by the scope anyway, as a condition on rows that `First` has picked."""
        owner, department = self.record_type.owner, self.record_type.department
        tests = []
        for column, known in ((owner, self.scope.owners), (department, self.scope.departments)):
            if known:
                tests.append(column.is_null() | column.not_in(sorted(known)))
        return tests[0] & tests[1] if len(tests) == 2 else tests[0] if tests else peewee.Value(1) == 1

    def plain(self) -> Any:
        """The condition on records that are the actor's own or shared with him to work on."""
        own = self.record_type.owner == self.actor.employee
        if self.opened is None:
            return own
        sql, values = self._question(writing=True)
        return own | peewee.NodeList((self.record_type.id, peewee.SQL(f"IN ({sql})", values)))

    # For records at hand

    def seen(self, rows: Iterable[Sequence[Any]]) -> set[int]:
        """Of rows that begin with (id, owner, department, deleted_at), the ids that are seen; what lies in the recycle bin by
        the scope alone."""
        rows = list(rows)
        found = {row[0] for row in rows if self.scope.holds(row[1], row[2])}
        rest = [row[0] for row in rows if row[0] not in found and row[3] is None] if self.opened is not None else []
        return found | self.shared(rest) if rest else found

    def shared(self, ids: Sequence[int], writing: bool = False) -> set[int]:
        """Which of these living records are shared with the actor (`writing`: to work on)."""
        found: set[int] = set()
        if self.opened is None:
            return found
        if self._few is not None:
            return set(self._few[writing].intersection(ids))
        for start in range(0, len(ids), STEP):
            sql, values = self._question(writing, ids[start : start + STEP])
            found.update(values if self.strict else (row[0] for row in self.records.database.read(sql, values)))
        return found

    def holds(self, record: Record) -> bool:
        """Whether a record at hand is seen."""
        return bool(self.seen([(record.id, record.owner, record.department, record.deleted_at)]))

    def why_not(self, record: Record, operation: str) -> Why | None:
        """Why somebody who has the right for the type may not do this to the record: not seen, or only shared with him."""
        if self.scope.holds(record.owner, record.department):
            return None
        if record.deleted_at is not None or not self.shared([record.id]):
            return Why(NotFound().text)
        if operation == "take_out":
            return None
        owner = self.records.names.title("employee", record.owner) if record.owner else "…"
        values = {"title": Plain(record.called()), "owner": Plain(owner)}
        if not self.shared([record.id], writing=True):
            return Why(READ_ONLY, values)
        return None if operation == "edit" else Why(TO_WORK_ON, values | {"operation": OPERATIONS[operation]})


class SharedFirst(peewee.Node):
    """`query.from_(SharedFirst(sight))`: what is shared is looked up first and its rows by their ids, whatever the order."""

    def __init__(self, record_type: type[Record], opened: sharing.Question):
        self.record_type, self.opened = record_type, opened

    def __sql__(self, ctx: Any) -> Any:
        join = "STRAIGHT_JOIN" if (ctx.state.quote or "").startswith("`") else "CROSS JOIN"
        sql, values = self.opened
        ctx.sql(peewee.SQL(f"({sql}) AS opened {join} ", values)).sql(self.record_type)
        return ctx.literal(" ON ").sql(self.record_type.id).literal(" = opened.id")
