"""The SQL of record lists: which ids, in which order, for whom. Every question starts from one scoped query.

Lists are keyset pages over an index (deleted_at, [owner|department,] sort…): OFFSET is never used, and an order by several
owners or departments is a UNION of one ordered run for each, which both engines answer from the index. What colleagues share
is one more run, led by the shares; without any the question is the same as if there were no shares at all.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from crm_desktop.core.access import Actor, Scope
from crm_desktop.core.custom import column_of
from crm_desktop.core.errors import Cancelled
from crm_desktop.core.masking import UNHARMED, Veil, groups
from crm_desktop.core.pointing import LinkKind
from crm_desktop.core.record import Record
from crm_desktop.core.sight import SharedFirst, Sight
from crm_desktop.core.through import Through
from crm_desktop.core.views import View, expression
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

RUNS = 20  # up to so many owners or departments, one ordered run each; beyond, one scan with IN
CHUNK = 5_000  # ids fetched at a time; the rows of more leave holes in the memory that is never given back
TEXT_HITS = 2_000  # a list filtered by text shows at most so many


class Listing:
    """One question: the records of a type that a view shows to a person."""

    def __init__(self, records: Records, record_type: type[Record], actor: Actor, view: View):
        self.records, self.record_type, self.actor, self.view = records, record_type, actor, view
        self.fields = records.fields(record_type)

    # Conditions

    @cached_property
    def sight(self) -> Sight:
        """What the person sees of the type."""
        return self.records.sight(self.actor, self.record_type)

    @cached_property
    def veil(self) -> Veil:
        """What the person does not see in full."""
        return Veil(self.records, self.actor, self.record_type, self.sight)

    @cached_property
    def shared(self) -> bool:
        """Whether something shared is among it; what lies in the recycle bin is its owner's."""
        return self.sight.opened is not None and not self.view.bin

    def condition(self) -> peewee.Expression:
        """Everything that must hold, scope and shares included: one condition for a query of one's own. `parts` is quicker."""
        return self._whole(self.sight.condition() if self.shared else self.sight.scope.condition(self.record_type))

    def parts(self) -> list[peewee.Select]:
        """Selections (of nothing yet) without a common row that together hold the view: what the scope shows, then what is
        shared besides. An index made for owners serves the first as if there were no shares."""
        return [self.record_type.select().where(self._whole(self.sight.scope.condition(self.record_type))), *self._besides()]

    def _besides(self) -> list[Any]:
        if not self.shared or self.sight.opened is None:
            return []
        if self.sight.strict:
            return [self.record_type.select().where(self._whole(among(self.record_type.id, self.sight.opened[1]) & self.sight.besides()))]
        shared = self.record_type.select().where(self._whole(self.sight.besides()))
        return [shared.from_(SharedFirst(self.record_type, self.sight.opened))]

    def _whole(self, scoped: Any | None) -> peewee.Expression:
        deleted = self.record_type.deleted_at
        parts: list[Any] = [deleted.is_null(not self.view.bin)]
        if scoped is not None:
            parts.append(scoped)
        today = self.records.clock.today()
        for one in self.view.conditions:
            parts.append(expression(one, self.fields, self.record_type, today, self.actor.employee))
            if one.field in self.veil.names and one.operator not in UNHARMED:
                parts.append(self.veil.condition())
        if self.view.text.strip():
            parts.append(among(self.record_type.id, self._text_hits or [0]))
        whole: peewee.Expression = reduce(and_, parts)
        return whole

    @cached_property
    def _text_hits(self) -> list[int]:
        hits = self.records.matches(self.record_type, self.actor, self.view.text, TEXT_HITS)
        return [record_id for record_id, _doc, _match in hits]

    def runs(self) -> list[Any]:
        """Selections (of nothing yet) that together hold the view: one for each owner or department, so that an index gives
        every run its order, and one for what is shared."""
        scope = self.sight.scope
        if scope.all or not 1 <= len(scope.owners) + len(scope.departments) <= RUNS:
            return [self._run(scope.condition(self.record_type), () if scope.all else None), *self._besides()]
        runs = [self._run(Scope(owners=frozenset([one])).condition(self.record_type), ("owner",)) for one in sorted(scope.owners)]
        for one in sorted(scope.departments):
            condition: Any = Scope(departments=frozenset([one])).condition(self.record_type)
            if scope.owners:  # theirs come with their own runs
                owner = self.record_type.owner
                condition &= owner.is_null() | owner.not_in(sorted(scope.owners))
            runs.append(self._run(condition, ("department",)))
        return [*runs, *self._besides()]

    def _run(self, scoped: Any | None, whose: tuple[str, ...] | None) -> Any:
        """whose: what leads the index made for this run; None when there is none."""
        query: Any = self.record_type.select().where(self._whole(scoped))
        sorts = self._sorts()
        plain = not self.view.conditions and not self.view.text.strip() and not self.view.bin and len(sorts) == 1
        if whose is None or not plain:
            return query
        name = "sort_key" if sorts[0][0] == self.record_type.title_field else sorts[0][0]
        columns = ("deleted_at", *whose, name)
        declared = {tuple(index) for index, _unique in self.record_type._meta.indexes}
        return query.from_(Through(self.record_type, *columns)) if columns in declared else query

    # Order

    def order(self) -> list[tuple[Any, bool]]:
        """(SQL expression, down) pairs, without the id that always comes last."""
        ordered = []
        for name, down in self._sorts():
            if name == "sort_key" or name == self.record_type.title_field:
                ordered.append((self.record_type.sort_key, down))
            elif name in self.fields:
                ordered.append((self._sortable(name), down))
        return ordered or [(self.record_type.sort_key, False)]

    def _sorts(self) -> tuple[tuple[str, bool], ...]:
        sorts = self.view.sort or tuple(
            (name.lstrip("-"), name.startswith("-")) for name in self.record_type.screen.sort.split()
        )
        return ((self.view.group, False), *sorts) if self.view.group else sorts

    def _sortable(self, name: str) -> Any:
        """A link sorts by the title it points at; everything else by its own column."""
        declared = self.fields[name]
        if isinstance(declared.kind, LinkKind):
            target = self.records.types[declared.kind.target].alias()
            return TitleOf(target.select(target.sort_key).where(target.id == column_of(declared, self.record_type)))
        return column_of(declared, self.record_type)

    # Queries

    def page(
        self, columns: list[Any], limit: int, after: tuple[Any, ...] | None = None, backwards: bool = False, over: bool = True
    ) -> Any:
        """The next `limit` rows after `after` = (sort values…, id), or the last ones `backwards`; `over` as in `keyset`.

        Equal ones come in the order of their ids, upwards or downwards as the sort before: both ways an index has them so.
        """
        order = [(expr, down != backwards) for expr, down in self.order()]
        order.append((self.record_type.id, order[-1][1]))
        runs = [run.select(*columns, *(expr.alias(f"s{i}") for i, (expr, _down) in enumerate(order))) for run in self.runs()]
        if after is not None:
            behind = keyset(order, after, over)
            runs = [run.where(behind) for run in runs]
        if len(runs) == 1:
            return runs[0].order_by(*(expr.desc() if down else expr for expr, down in order)).limit(limit)
        # Each run is ordered and cut on its own; the outer query merges them by the sort columns.
        cut: list[Any] = [
            peewee.Select(
                (run.order_by(*(expr.desc() if down else expr for expr, down in order)).limit(limit).alias("r"),),
                (peewee.SQL("*"),),
            )
            for run in runs
        ]
        union: Any = reduce(lambda one, other: one.union_all(other), cut)
        merged = union.alias("u")
        outer = [peewee.SQL(f"s{i} {'DESC' if down else 'ASC'}") for i, (_expr, down) in enumerate(order)]
        return peewee.Select((merged,), (peewee.SQL("*"),)).order_by(*outer).limit(limit)

    def ids(self, cancelled: Callable[[], bool] = lambda: False) -> array[int]:
        """All ids in order, fetched in keyset chunks."""
        found = array("q")
        for chunk in self.chunks(CHUNK):
            if cancelled():
                raise Cancelled()
            found.extend(chunk)
        return found

    def chunks(self, size: int) -> Iterator[list[int]]:
        """The ids in order, `size` at a time."""
        width = len(self.order()) + 1
        after, always = None, self.records.database.engine == "mysql"
        over = always
        while True:
            rows = self.records.database.read(self.page([self.record_type.id], size, after, over=over))
            if rows:
                yield [row[0] for row in rows]
            if len(rows) < size and (over or after is None):
                return
            over = always or len(rows) < size
            after = tuple(rows[-1][-width:]) if rows else after

    def count(self, cap: int | None = None) -> int:
        """How many records the view holds; with `cap`, counting stops there."""
        found = 0
        for part in self.parts():
            query: Any = part.select(peewee.fn.COUNT(self.record_type.id))
            if cap is not None:
                first: Any = part.select(self.record_type.id).limit(cap - found)
                query = peewee.Select((first.alias("c"),), (peewee.fn.COUNT(peewee.SQL("*")),))
            found += int(self.records.database.read(query)[0][0])
            if found == cap:
                break
        return found

    def total(self, name: str) -> Any:
        """The sum of a number or money field over the view."""
        column = column_of(self.fields[name], self.record_type)
        sums = [self.records.database.read(part.select(peewee.fn.SUM(column)))[0][0] for part in self.parts()]
        return self.fields[name].kind.load(sum(int(value or 0) for value in sums))

    def groups(self, name: str) -> list[tuple[Any, int]]:
        """(value, how many) for each value of a field, in the order of the grouped list."""
        column = column_of(self.fields[name], self.record_type)
        order = replace(self.view, group="", sort=((name, False),))
        expr = Listing(self.records, self.record_type, self.actor, order).order()[0][0]
        own, *besides = self.parts()
        if besides:
            every: list[Any] = [part.select(column.alias("v"), expr.alias("o")) for part in (own, *besides)]
            together = reduce(lambda one, other: one.union_all(other), every)
            query: Any = peewee.Select((together.alias("u"),), (peewee.SQL("v"), peewee.fn.COUNT(peewee.SQL("*"))))
            rows = self.records.database.read(query.group_by(peewee.SQL("v")).order_by(peewee.SQL("MIN(o)")))
        else:
            query = own.select(column, peewee.fn.COUNT(self.record_type.id)).group_by(column)
            rows = self.records.database.read(query.order_by(peewee.fn.MIN(expr) if expr is not column else column))
        counts = [(self.fields[name].kind.load(value), count) for value, count in rows]
        return groups(counts) if name in self.veil.names else counts


class TitleOf(peewee.ColumnBase):
    """A query for one value in the place of a column: it is compared and ordered by like any other."""

    def __init__(self, query: peewee.Select):
        super().__init__()
        self.query = query

    def __sql__(self, ctx: Any) -> Any:
        with ctx(parentheses=True, subquery=True):
            return ctx.sql(self.query)


def among(column: Any, numbers: Sequence[int]) -> peewee.Node:
    """`column IN (…)` for many numbers: peewee's own looks so long at each that a page of ids took longer than its rows."""
    return _Among(column, numbers)


class _Among(peewee.ColumnBase):
    def __init__(self, column: Any, numbers: Sequence[Any]):
        super().__init__()
        self.column, self.numbers = column, numbers

    def __sql__(self, ctx: Any) -> Any:
        ctx.sql(self.column).literal(f" IN ({', '.join('?' * len(self.numbers))})")
        ctx._values.extend(self.numbers)  # as they are: looking for a way to convert each takes longer than the query
        return ctx


def keyset(order: list[tuple[Any, bool]], after: tuple[Any, ...], over: bool = True) -> peewee.Expression:
    """Rows behind `after` in this order, in the expanded form that MariaDB too reads as an index range:
    `a >= x AND (a > x OR (b > y OR …))`. NULL sorts before every value on both engines.

    over: also those beyond the border between NULL and the values of what is sorted by first. SQLite, unlike MariaDB, makes no
    range of a condition across it, but goes through the index from its start: it is asked so once, not for each part of a list.
    """
    (expr, down), value = order[0], after[0]
    bound = peewee.Value(value, converter=False)
    if value is None:
        # `rest` says already that it is NULL; said twice, SQLite sorts what the index has in order.
        beyond = None if down or not over else expr.is_null(False)
        within = None
    elif down and not over:
        beyond = peewee.Expression(expr, "<", bound)
        within = peewee.Expression(expr, "<=", bound)
    elif down:
        beyond = peewee.Expression(expr, "<", bound) | expr.is_null()
        within = peewee.Expression(expr, "<=", bound) | expr.is_null()
    else:
        beyond = peewee.Expression(expr, ">", bound)
        within = peewee.Expression(expr, ">=", bound)
    if len(order) == 1:
        return beyond if beyond is not None else peewee.Value(1) == 0
    same = expr.is_null() if value is None else peewee.Expression(expr, "=", bound)
    rest = same & keyset(order[1:], after[1:])
    behind = rest if beyond is None else beyond | rest
    return behind if within is None else within & behind


