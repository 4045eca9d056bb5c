"""The journal: every change once, read four ways (history, undo, timeline, live refresh).

A `batch` is one act of one person (a save, a bulk edit, an import) and what Ctrl+Z takes back. An entry holds the old and
new stored value of each changed field; a creation holds none, because the values stand in the record and can be walked
back from there.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from crm_desktop.core.ids import new_id
from crm_desktop.database.peewee_import import peewee


class Batch(peewee.Model):
    """One act: who, when, what it was called, how many records; `undoes` names the batch it took back.

    at: the moment on the PC that did it. noted_at: the moment on the clock of the database, which all desktops share.
    """

    id = peewee.BigAutoField()
    at = peewee.DateTimeField(index=True)
    actor = peewee.BigIntegerField(null=True)
    what = peewee.CharField(max_length=30)
    record_type = peewee.CharField(max_length=40, default="")
    count = peewee.IntegerField(default=0)
    note = peewee.CharField(max_length=400, default="")
    undoes = peewee.BigIntegerField(null=True, index=True)
    noted_at = peewee.DateTimeField(null=True, index=True)

    class Meta:
        table_name = "batch"


class Entry(peewee.Model):
    """One change of one record."""

    id = peewee.BigAutoField()
    batch = peewee.BigIntegerField(index=True)
    at = peewee.DateTimeField()
    actor = peewee.BigIntegerField(null=True)
    record_type = peewee.CharField(max_length=40)
    record_id = peewee.BigIntegerField(index=True)
    action = peewee.CharField(max_length=20)
    about = peewee.BigIntegerField(null=True, index=True)
    changes = peewee.TextField(default="")

    class Meta:
        table_name = "journal"


ENTRIES = "INSERT INTO journal (id, batch, at, actor, record_type, record_id, action, about, changes)"
ENTRY_SQL = f"{ENTRIES} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
BATCH_SQL = (
    "INSERT INTO batch (id, at, actor, what, record_type, `count`, note, undoes, noted_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)"
)


LOGGED = (
    "sign_in", "sign_out", "sign_in_failed", "password", "send_home", "export", "print", "strict_reading", "standard_reading", "restored",
    "backup",
)  # fmt: skip
"""Acts that change no record: batches without entries, there for the operation log only."""

ANY = 0
"""The id of "some records of this type", where an act touched too many to be told one by one."""


class Line(NamedTuple):
    """One line of a history or a timeline. changes: field -> (old, new) in storage form."""

    id: int
    batch: int
    at: datetime
    actor: int | None
    record_type: str
    record_id: int
    action: str
    changes: dict[str, tuple[Any, Any]]


Written = tuple[str, int, str]


class Touched(Sequence[Written]):
    """(type, id, action) of what was written, in order: nine bytes each, because an import writes a million."""

    def __init__(self, written: Sequence[Written] = ()) -> None:
        self._ids = array("q")
        self._acts = bytearray()
        self._kinds: list[tuple[str, str]] = []
        for type_key, record_id, action in written:
            self.add(type_key, record_id, action)

    def add(self, type_key: str, record_id: int, action: str) -> None:
        """Note one more."""
        self.add_all(type_key, (record_id,), action)

    def add_all(self, type_key: str, ids: Sequence[int], action: str) -> None:
        """Note the same of many."""
        kind = (type_key, action)
        if kind not in self._kinds:
            self._kinds.append(kind)
        self._ids.extend(ids)
        self._acts.extend(bytes((self._kinds.index(kind),)) * len(ids))

    def take_back(self, length: int) -> None:
        """Forget all but the first `length`."""
        del self._ids[length:], self._acts[length:]

    def types(self, start: int = 0) -> set[str]:
        """The types of what was written from place `start` on."""
        return {self._kinds[act][0] for act in set(self._acts[start:])}

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        type_key, action = self._kinds[self._acts[place]]
        return type_key, self._ids[place], action

    def __iter__(self) -> Iterator[Written]:
        for record_id, act in zip(self._ids, self._acts, strict=True):
            type_key, action = self._kinds[act]
            yield type_key, record_id, action

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, (Touched, tuple)) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Change:
    """What a committed batch changed; listeners (open lists, forms) refresh from it."""

    batch: int
    touched: Sequence[Written]
    count: int = 1

    def types(self) -> set[str]:
        return {type_key for type_key, _id, _action in self.touched}

    def ids(self, type_key: str) -> list[int]:
        """The records of a type it touched; ANY among them when there are too many to be named."""
        return [record_id for key, record_id, _action in self.touched if key == type_key]

    def touches(self, type_key: str, record_id: int) -> bool:
        """Whether it changed this record, or may have."""
        ids = self.ids(type_key)
        return record_id in ids or ANY in ids


def packed(changes: dict[str, tuple[Any, Any]]) -> str:
    """Changes as they are stored."""
    return json.dumps(changes, ensure_ascii=False, separators=(",", ":")) if changes else ""


def entry_row(
    batch: int, at: str, actor: int | None, type_key: str, record_id: int, action: str, about: int | None, changes: str = ""
) -> tuple[Any, ...]:
    """The values for ENTRY_SQL."""
    return new_id(), batch, at, actor, type_key, record_id, action, about, changes


def lines(rows: Sequence[tuple[Any, ...]]) -> list[Line]:
    """Rows of (id, batch, at, actor, record_type, record_id, action, changes) as lines."""
    told = []
    for row in rows:
        at = datetime.fromisoformat(row[2]) if isinstance(row[2], str) else row[2]
        changes = {name: (old, new) for name, (old, new) in json.loads(row[7]).items()} if row[7] else {}
        told.append(Line(row[0], row[1], at, row[3], row[4], row[5], row[6], changes))
    return told


_STEP = 500

LINE_COLUMNS = "id, batch, at, actor, record_type, record_id, action, changes"


def undone(read: Callable[..., list[tuple[Any, ...]]], batches: Iterable[int]) -> set[int]:
    """Which of these batches were undone. Asked apart from their lines: each is found by its ids, where reading is strict too."""
    found: set[int] = set()
    asked = sorted(set(batches))
    for start in range(0, len(asked), _STEP):
        part = asked[start : start + _STEP]
        found.update(row[0] for row in read(f"SELECT undoes FROM batch WHERE undoes IN ({', '.join('?' * len(part))})", part))
    return found


def note_restored(raw: Any, person: int | None, note: str, at: datetime) -> None:
    """Write into a database that is just being restored, on a connection to its file, that it was. It may be of an older version."""
    columns = {row[1] for row in raw.execute("PRAGMA table_info(batch)").fetchall()}
    when = f"{at:%Y-%m-%d %H:%M:%S}"
    values: dict[str, Any] = {"id": new_id(), "at": when, "actor": person, "what": "restored", "record_type": "", "count": 0}
    values |= {"note": note[:400], "noted_at": when}
    written = [name for name in values if name in columns]
    if written:
        names, marks = ", ".join(f"`{name}`" for name in written), ", ".join("?" * len(written))
        raw.execute(f"INSERT INTO batch ({names}) VALUES ({marks})", [values[name] for name in written])
