"""Records an import has brought into a server, of which neither its search index nor the keys of duplicates have been told yet.

That takes longer than all the rest of an import, so the import only notes runs of their ids. Who imported them tells the indexes
afterwards, run by run and with his own rights (`take_in`); until then whatever asks the indexes looks at what waits as well
(`Waiting`). Where reading is strict only what is his own waits, because of a colleague's record he might not see the numbers.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakKeyDictionary

from crm_desktop.core import alike, bulk, find
from crm_desktop.core.access import EVERYTHING, Actor
from crm_desktop.core.record import Record
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.core.unit import Unit
    from crm_desktop.database.unit import Tx

UNTOLD = find.UNTOLD
MOST = 100_000
"""Records that wait at most: each program that searches meanwhile holds their words. What comes beyond is told at once."""
_RUN = "first, last, record_type, actor, keyed"  # actor: who tells of it, 0 for whoever sees all of the type
_TURN = f"CONCAT(DATABASE(), '.{UNTOLD}')"  # a lock of the server: one desktop at a time does this
Run = Callable[..., list[tuple[Any, ...]]]
_Named = tuple[str, int, int]  # type, first, last


# Noting


def room(unit: Unit) -> int:
    """How many more records may wait."""
    if unit.tx.engine == "sqlite":
        return 0
    return MOST - int(unit.tx.run(f"SELECT COALESCE(SUM(last - first + 1), 0) FROM {UNTOLD}")[0][0])


def may_wait(unit: Unit, owners: Sequence[int | None]) -> bool:
    """Whether new records of these owners may: who brings them sees all of them, and can tell of them later."""
    return unit.may_wait >= len(owners) and (not unit.records.database.strict or set(owners) == {unit.actor.employee})


def note(unit: Unit, record_type: type[Record], ids: Sequence[int], keyed: bool) -> None:
    """New records, whose ids rise by one, wait; keyed: with their keys of duplicates."""
    starts = range(0, len(ids), find.RUN)
    rows = [
        (ids[start], ids[min(start + find.RUN, len(ids)) - 1], record_type.key(), unit.actor.employee or 0, int(keyed))
        for start in starts
    ]
    unit.tx.many(f"INSERT INTO {UNTOLD} ({_RUN}) VALUES (?, ?, ?, ?, ?)", rows)


# Withdrawing


class Waits(NamedTuple):
    """New records that wait with the keys of duplicates they have."""

    first: int
    last: int
    actor: int


def runs(unit: Unit, record_type: type[Record], first: int, last: int) -> list[Waits]:
    """Those among these ids, in their order."""
    if unit.tx.engine == "sqlite":
        return []
    keyed = " AND keyed = 1" if record_type.compared is not None else ""
    sql = f"SELECT first, last, actor FROM {UNTOLD} WHERE record_type = ?{keyed} AND first >= ? AND first <= ? ORDER BY first"
    return [Waits(*row) for row in unit.tx.run(sql, (record_type.key(), first, last))]


def withdraw(unit: Unit, run: Waits) -> bool:
    """All records of a run go into the recycle bin, and nothing is told of them; False when somebody has told of them meanwhile."""
    unit.tx.run(f"DELETE FROM {UNTOLD} WHERE first = ? AND actor = ?", (run.first, run.actor))
    return bool(unit.tx.changed)


# Telling


def take_in(records: Records, actor: Actor | None = None) -> None:
    """Tell the indexes of all that waits. actor: who works here; nobody, where all share one account."""
    while take_some_in(records, actor):
        pass


def take_some_in(records: Records, actor: Actor | None = None) -> bool:
    """Tell the indexes of one run; False when nothing waits that may be told here, or another desktop does it."""
    database = records.database
    if database.engine == "sqlite" or not _next(records, actor, database.read):
        return False

    def work(tx: Tx) -> bool:
        if not _is_free(tx):
            return False
        try:
            found = _next(records, actor, tx.run)
            if found:
                _tell(records, actor, tx, *found[0])
            return bool(found)
        finally:
            with suppress(Exception):  # on a line that is lost nothing is locked
                tx.run(f"SELECT RELEASE_LOCK({_TURN})")

    return database.write(work, minor=True)


def _next(records: Records, actor: Actor | None, run: Run) -> list[tuple[Any, ...]]:
    """A run that may be told here: behind views one's own, and those of types one sees completely."""
    whose, values = "", []
    if records.database.guarded:
        if actor is None:
            return []
        mine = [key for key, one in records.types.items() if records.sight(actor, one).scope.all and actor.may(one, "edit")]
        whose = f" WHERE actor = ? OR record_type IN ({', '.join('?' * len(mine)) or 'NULL'})"
        values = [actor.employee, *mine]
    return run(f"SELECT {_RUN} FROM {UNTOLD}{whose} ORDER BY first LIMIT 1", values)


def _is_free(tx: Tx) -> bool:
    try:
        return tx.run(f"SELECT GET_LOCK({_TURN}, 0)") == [(1,)]
    except peewee.NotSupportedError:  # in a cluster: there two that do it at once are in each other's way, and one tries again
        return True


def _tell(records: Records, actor: Actor | None, tx: Tx, first: int, last: int, key: str, teller: int, keyed: int) -> None:
    """Tell of the records of a run as they are now. What has been changed or given away since has been told by who did that."""
    record_type, ids = records.types[key], range(first, last + 1)
    scope = EVERYTHING if actor is None else records.sight(actor, record_type).scope
    # Locked: who changes or deletes one of them meanwhile waits, or has done it before.
    there = _read(records, record_type, ids, tx.run, " FOR UPDATE")
    whose = zip(there["owner"], there["department"], strict=True)
    here = [place for place, (owner, department) in enumerate(whose) if scope.holds(owner, department)]
    if keyed and record_type.compared is not None:
        alike.put(tx, key, *_keys(record_type, _of(there, here)))
    if records.searched(record_type):
        marks = ", ".join("?" * len(ids))
        told = {row[0] for row in tx.run(f"SELECT id FROM {find.table(key)} WHERE id IN ({marks})", ids)}
        fresh = _of(there, [place for place in here if there["id"][place] not in told])
        if fresh["id"]:
            find.put_columns(tx, key, bulk.said(records, record_type, fresh["id"], fresh))
    tx.run(f"DELETE FROM {UNTOLD} WHERE first = ? AND actor = ?", (first, teller))


def tell_given(unit: Unit, given: Sequence[Record], covered: Collection[int]) -> None:
    """These records go to others, whom who imported them may not see: if they wait, their keys are told now. Those whose numbers are
    covered for who gives them away wait for their new owner."""
    if unit.tx.engine == "sqlite" or not given:
        return
    record_type = type(given[0])
    runs = _runs(record_type.key(), unit.tx.run)
    waiting = [(one, keyed) for one in given for first, last, keyed in runs if first <= one.id <= last]
    left = [(one.id, one.id, record_type.key(), one.owner or 0, keyed) for one, keyed in waiting if one.id in covered]
    unit.tx.many(f"INSERT IGNORE INTO {UNTOLD} ({_RUN}) VALUES (?, ?, ?, ?, ?)", left)
    told = [one for one, keyed in waiting if keyed and one.id not in covered]
    if told and record_type.compared is not None:
        columns: dict[str, Sequence[Any]] = {name: [one.__data__.get(name) for one in told] for name in record_type.compared.fields()}
        alike.put(unit.tx, record_type.key(), *_keys(record_type, {"id": [one.id for one in told], **columns}))


def _runs(key: str, run: Run) -> list[tuple[int, int, int]]:
    """(first, last, whether keys wait) of a type, the latest first."""
    return run(f"SELECT first, last, keyed FROM {UNTOLD} WHERE record_type = ? ORDER BY first DESC", (key,))


def _read(records: Records, record_type: type[Record], ids: Sequence[int], run: Run, more: str = "") -> dict[str, Sequence[Any]]:
    """What living records of a run say, column by column."""
    said = [name for name, one in records.fields(record_type).items() if one.search and not one.custom]
    compared = record_type.compared.fields() if record_type.compared is not None else ()
    names = list(dict.fromkeys(("id", "owner", "department", "extra", *said, *compared)))
    columns, marks = ", ".join(f"`{name}`" for name in names), ", ".join("?" * len(ids))
    rows = run(f"SELECT {columns} FROM `{record_type.key()}` WHERE id IN ({marks}) AND deleted_at IS NULL{more}", tuple(ids))
    return dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())


def _of(columns: dict[str, Sequence[Any]], places: Sequence[int]) -> dict[str, Sequence[Any]]:
    return {name: [values[place] for place in places] for name, values in columns.items()}


def _keys(record_type: type[Record], columns: dict[str, Sequence[Any]]) -> tuple[Sequence[int], list[int]]:
    """The ids, and their keys as `alike.put` takes them."""
    assert record_type.compared is not None
    ids = columns["id"]
    compared = {name: columns[name] for name in record_type.compared.fields()}
    return ids, alike.keys_by_column(record_type.compared, len(ids), compared)


# What waits, for those who look


class _Words(NamedTuple):
    """A run as it was read: whose each record is, and its words."""

    ids: Sequence[int]
    owners: Sequence[int | None]
    departments: Sequence[int | None]
    texts: list[str]


class _Keys(NamedTuple):
    """The same for duplicates: the keys sorted, each with the place of its record."""

    ids: Sequence[int]
    keys: array[int]


class Waiting:
    """What waits in one database, kept as this program has read it for as long as it waits. Safe to use from several threads."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._words: dict[_Named, _Words] = {}
        self._keys: dict[_Named, _Keys] = {}

    def matching(self, type_key: str, conditions: Iterable[find.Condition], scope: find.Scope | None, limit: int) -> list[int]:
        """Some of the records whose words meet one of the conditions, the latest runs first."""
        found: dict[int, None] = {}
        several, run = list(conditions), self._records.database.read
        runs = _runs(type_key, run)
        _forget(self._words, type_key, runs)
        for first, last, _keyed in runs:
            words = self._words.get((type_key, first, last))
            if words is None:
                words = self._words[type_key, first, last] = self._read_words(type_key, range(first, last + 1), run)
            places: Sequence[int] = range(len(words.ids))
            if scope is not None and scope.opened is None:
                whose = zip(words.owners, words.departments, strict=True)
                places = [place for place, (one, other) in enumerate(whose) if one in scope.owners or other in scope.departments]
            for condition in several:
                found.update((words.ids[place], None) for place in find.meeting(condition, words.texts, places))
            if len(found) >= limit:
                break
        return list(found)[:limit]

    def holders(self, type_key: str, keys: Iterable[int], run: Run) -> dict[int, list[int]]:
        """Key of duplicates -> records that wait with it."""
        found: dict[int, list[int]] = {}
        asked, runs = sorted(set(keys)), _runs(type_key, run)
        _forget(self._keys, type_key, runs)
        for first, last, keyed in runs:
            if not keyed:
                continue
            held = self._keys.get((type_key, first, last))
            if held is None:
                held = self._keys[type_key, first, last] = self._read_keys(type_key, range(first, last + 1), run)
            for key in asked:
                start, end = (bisect_left(held.keys, one << alike.PLACES) for one in (key, key + 1))
                for record in dict.fromkeys(held.ids[one & ((1 << alike.PLACES) - 1)] for one in held.keys[start:end]):
                    found.setdefault(key, []).append(record)
        return found

    def _read_words(self, type_key: str, ids: Sequence[int], run: Run) -> _Words:
        record_type = self._records.types[type_key]
        there = _read(self._records, record_type, ids, run)
        texts = find.tokens_by_column(bulk.said(self._records, record_type, there["id"], there)) if there["id"] else []
        return _Words(there["id"], there["owner"], there["department"], texts)

    def _read_keys(self, type_key: str, ids: Sequence[int], run: Run) -> _Keys:
        record_type = self._records.types[type_key]
        found, keys = _keys(record_type, _read(self._records, record_type, ids, run))
        return _Keys(found, array("Q", sorted(keys)))


def _forget(held: dict[_Named, Any], type_key: str, runs: Sequence[tuple[int, int, int]]) -> None:
    """What has been told is kept no longer."""
    there = {run[:2] for run in runs}
    for gone in [one for one in list(held) if one[0] == type_key and one[1:] not in there]:
        held.pop(gone, None)


_waiting: WeakKeyDictionary[Records, Waiting] = WeakKeyDictionary()


def waiting(records: Records) -> Waiting:
    """What waits in the database of a door."""
    if records not in _waiting:
        _waiting[records] = Waiting(records)
    return _waiting[records]
