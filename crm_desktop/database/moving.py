"""Moves all rows from one database to another, file or server: in portions, resumable after a kill, proven at the end."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.core.errors import Refused
from crm_desktop.core.words import _
from crm_desktop.database.engine import Database
from crm_desktop.database.migrate import OWN_TABLES, version_of
from crm_desktop.database.shape import Shape, schema_of
from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Table
from crm_desktop.database.unit import Tx

PORTION = 2_000
STATE = Table(
    "moving",
    (Column("name", "varchar(80)"), Column("source", "varchar(80)"), Column("done", "int"), Column("last", "text")),
    key=("name",),
)
"""In the target while rows come: how many of each table are there, and the key of the last."""

HOLDS_DATA = _("{target} holds other data already. Choose an empty database or folder.")
FINISHED = _("This move was finished before: {target} holds these records already. Work there from now on.")
OTHER_VERSION = _("The two databases are of different versions. Bring both up to date first.")
CHANGED = _("The data changed while it was moved, so nothing is proven. Let nobody work meanwhile, and start the move again.")


@dataclass(frozen=True)
class Proof:
    """What a table holds on both sides alike."""

    table: str
    rows: int
    checksum: str


def move(
    source: Database,
    target: Database,
    leave_out: frozenset[str] = frozenset(),
    told: Callable[[str, int, int], object] = lambda *_: None,
    begins: Callable[[], None] = lambda: None,
) -> list[Proof]:
    """Copy every table of `source` to `target`, which must be empty or hold the beginning of the same move.

    begins: called once it is sure that the target is this move's, before anything is copied. told: table, rows done, rows in
    all; while the rows are compared it goes from the start once more. Gives the proof of each
    table. Raises Refused when the target holds something else, or somebody worked on the source meanwhile.
    """
    if version_of(source) != version_of(target):
        raise Refused(OTHER_VERSION)
    # A source may be views, which tell no keys; the target has the same tables.
    there = schema_of(source) or schema_of(target)
    shapes = {name: shape for name, shape in there.items() if name not in leave_out | _OWN}
    counts = {name: int(source.read(f"SELECT COUNT(*) FROM `{name}`")[0][0]) for name in shapes}
    mark = mark_of(source)
    Steps(target.backend, target.line()).create(STATE)
    _demand_ours(target, shapes, mark)
    begins()
    for name, shape in shapes.items():
        _copy(source, target, name, shape, lambda done, name=name: told(name, done, counts[name]))  # type: ignore[misc]
    return [
        _proof(source, target, name, shape, lambda done, name=name: told(name, done, counts[name]))  # type: ignore[misc]
        for name, shape in shapes.items()
    ]


def finish(target: Database) -> None:
    """The move is complete: from now on the target is a database as any other."""
    Steps(target.backend, target.line()).drop_table(STATE.name)


_OWN = frozenset({STATE.name, *(table.name for table in OWN_TABLES)})


def mark_of(source: Database) -> str:
    """Tells this database from every other one: ids are made at random."""
    parts = [source.read(f"SELECT MIN(id) FROM `{name}`")[0][0] for name in ("batch", "employee")]
    return ":".join(map(str, parts))


def holds_data(target: Database, mark: str) -> Refused:
    """Why nothing can be moved into this database: killed behind its last step the program has told nobody that it was through."""
    return Refused(FINISHED if mark_of(target) == mark else HOLDS_DATA, target=str(target.backend.place))


def _demand_ours(target: Database, shapes: dict[str, Shape], mark: str) -> None:
    begun = target.read("SELECT source FROM moving")
    filled = [name for name in shapes if target.read(f"SELECT 1 FROM `{name}` LIMIT 1")]
    if (filled and not begun) or any(row[0] != mark for row in begun):
        if not begun:
            finish(target)
        raise holds_data(target, "" if begun else mark)
    if not begun:
        note = "INSERT INTO moving (name, source, done, last) VALUES (?, ?, 0, '')"
        target.write(lambda tx: tx.many(note, [(name, mark) for name in shapes]))


def _copy(source: Database, target: Database, name: str, shape: Shape, told: Callable[[int], object]) -> None:
    columns = list(shape.columns)
    places = [columns.index(column) for column in shape.key]
    names, marks = ", ".join(f"`{column}`" for column in columns), ", ".join("?" * len(columns))
    insert = f"INSERT INTO `{name}` ({names}) VALUES ({marks})"
    done, last = target.read("SELECT done, last FROM moving WHERE name = ?", (name,))[0]
    after: list[Any] = json.loads(last) if done else []
    while rows := _portion(source, name, names, shape.key, after):
        done, after = done + len(rows), [rows[-1][place] for place in places]

        def write(tx: Tx, rows: list[tuple[Any, ...]] = rows, done: int = done, after: list[Any] = after) -> None:
            tx.many(insert, rows)
            tx.run("UPDATE moving SET done = ?, last = ? WHERE name = ?", (done, json.dumps(after), name))

        target.write(write)
        told(done)


def _portion(source: Database, name: str, names: str, key: Sequence[str], after: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The next rows in the order of the key, each question a range of its index."""
    where = ""
    values: list[Any] = []
    for column, value in reversed(list(zip(key, after, strict=False))):
        where = f"(`{column}` > ? OR (`{column}` = ? AND {where}))" if where else f"`{column}` > ?"
        values = [value, value, *values] if values else [value]
    condition, order = f" WHERE {where}" if where else "", ", ".join(f"`{column}`" for column in key)
    return source.read(f"SELECT {names} FROM `{name}`{condition} ORDER BY {order} LIMIT {PORTION}", values)


def _proof(source: Database, target: Database, name: str, shape: Shape, told: Callable[[int], object]) -> Proof:
    ours, theirs = _checksum(source, name, shape, told), _checksum(target, name, shape, lambda _done: None)
    if ours != theirs:
        raise Refused(CHANGED)
    return Proof(name, *ours)


def _checksum(database: Database, name: str, shape: Shape, told: Callable[[int], object]) -> tuple[int, str]:
    """How many rows, and a SHA-256 over all values of all rows in the order of the key."""
    digest, count = hashlib.sha256(), 0
    for rows in _all(database, name, shape):
        digest.update("".join(map(_text, rows)).encode("utf-8", "surrogatepass"))
        count += len(rows)
        told(count)
    return count, digest.hexdigest()


def _all(database: Database, name: str, shape: Shape) -> Iterator[list[tuple[Any, ...]]]:
    names = ", ".join(f"`{column}`" for column in sorted(shape.columns))
    order = ", ".join(f"`{column}`" for column in shape.key)
    yield from database.stream(f"SELECT {names} FROM `{name}` ORDER BY {order}", size=PORTION)


def _text(row: tuple[Any, ...]) -> str:
    """A row as text that no other row has."""
    return "\x1e".join("\x00" if value is None else f"{value!r}" for value in row) + "\x1f"
