"""Seals: a chain of digests over the journal, by which `check` shows whether anybody changed it afterwards.

A minute after an act was noted it is sealed: SHA-256 over the seal before and all that the journal says of the act. Whoever
changes, removes or slips in a line breaks the chain from there on. Sealing runs beside the work instead of inside it: a
chain that every save must wait for would let one person of a team save at a time.

Who can write the database file can also forge a whole new chain; a copy of the last seal kept elsewhere (it is shown with
the state of the database) tells that too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.core.numbering import draw
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.database.unit import Tx

RIPE = timedelta(seconds=60)  # what is noted becomes visible within this time
_LATE = timedelta(minutes=10)  # how far behind the newest seal an unsealed act may still be found
_AT_ONCE = 200  # acts sealed in one transaction
_SERIES = "seal"
_ACT = "id, at, actor, what, record_type, `count`, note, undoes, noted_at"
_LINE = "id, at, actor, record_type, record_id, action, about, changes"


class Seal(peewee.Model):
    """One link of the chain: its number, the act it seals, and the digest of both it and all before."""

    id = peewee.BigAutoField()
    batch = peewee.BigIntegerField(unique=True)
    digest = peewee.CharField(max_length=64)

    class Meta:
        table_name = "seal"


class Broken(NamedTuple):
    """Where the chain does not hold: `changed` (the act is not as it was sealed), `missing` (a sealed act is gone, or a
    seal) or `added` (an act among the sealed ones has no seal)."""

    what: str
    batch: int


def seal(records: Records) -> int:
    """Seal what has become ripe; gives how many acts. To be called again while it gives any."""
    return records.database.write(_seal_some, minor=True)


def _seal_some(tx: Tx) -> int:
    newest = _newest(tx.run)
    (now,) = tx.run("SELECT CURRENT_TIMESTAMP")[0]
    limit = datetime.fromisoformat(now) - RIPE
    since = _noted(tx, newest[1]) - _LATE if newest else datetime(2000, 1, 1)
    ripe = (
        f"SELECT {', '.join(f'b.{name.strip()}' for name in _ACT.split(','))} FROM batch b LEFT JOIN seal s ON s.batch = b.id"
        " WHERE b.noted_at >= ? AND b.noted_at < ? AND s.batch IS NULL ORDER BY b.noted_at, b.id LIMIT ?"
    )
    if not tx.run(ripe, (since, limit, 1)):
        return 0
    draw(tx, _SERIES)  # one desktop seals at a time: the others wait here, and look again at what is left
    newest = _newest(tx.run)
    number, digest = (newest[0], newest[2]) if newest else (0, "")
    made = []
    for act in tx.run(ripe, (since, limit, _AT_ONCE)):
        number += 1
        digest = digest_of(digest, act, tx.run(f"SELECT {_LINE} FROM journal WHERE batch = ? ORDER BY id", (act[0],)))
        made.append((number, act[0], digest))
    tx.many("INSERT INTO seal (id, batch, digest) VALUES (?, ?, ?)", made)
    tx.run("UPDATE counter SET value = ? WHERE name = ?", (number, _SERIES))
    return len(made)


def digest_of(before: str, act: Sequence[Any], lines: Sequence[Sequence[Any]]) -> str:
    """The digest of an act, given the digest of the seal before."""
    told = json.dumps([before, _plain(act), [_plain(line) for line in lines]], ensure_ascii=False, separators=(",", ":"))
    import hashlib

    return hashlib.sha256(told.encode()).hexdigest()


def verify(records: Records) -> Iterator[Broken]:
    """Walk the whole chain; yields each place where it does not hold."""
    read = records.database.read
    number, digest, last_noted = 0, "", None
    while True:
        seals = read("SELECT id, batch, digest FROM seal WHERE id > ? ORDER BY id LIMIT ?", (number, _AT_ONCE))
        if not seals:
            break
        for link, batch, sealed in seals:
            acts = read(f"SELECT {_ACT} FROM batch WHERE id = ?", (batch,))
            if link != number + 1 or not acts:
                yield Broken("missing", batch)
            elif digest_of(digest, acts[0], read(f"SELECT {_LINE} FROM journal WHERE batch = ? ORDER BY id", (batch,))) != sealed:
                yield Broken("changed", batch)
            number, digest = link, sealed  # what follows is judged by what was sealed, so that one break is told once
            last_noted = acts[0][8] if acts else last_noted
    if last_noted is not None:
        sql = "SELECT b.id FROM batch b LEFT JOIN seal s ON s.batch = b.id WHERE b.noted_at < ? AND s.batch IS NULL ORDER BY b.id"
        yield from (Broken("added", row[0]) for row in read(sql, (datetime.fromisoformat(last_noted) - _LATE,)))
    given = read("SELECT value FROM counter WHERE name = ?", (_SERIES,))
    if given and given[0][0] != number:
        yield Broken("missing", 0)  # the end of the chain was cut off


def newest(records: Records) -> tuple[int, str] | None:
    """Number and digest of the last seal, to be written down elsewhere."""
    found = _newest(records.database.read)
    return (found[0], found[2]) if found else None


def _newest(run: Any) -> tuple[int, int, str] | None:
    rows = run("SELECT id, batch, digest FROM seal ORDER BY id DESC LIMIT 1")
    return rows[0] if rows else None


def _noted(tx: Tx, batch: int) -> datetime:
    rows = tx.run("SELECT noted_at FROM batch WHERE id = ?", (batch,))
    return datetime.fromisoformat(rows[0][0]) if rows else datetime(2000, 1, 1)


def _plain(row: Sequence[Any]) -> list[Any]:
    return [str(value) if isinstance(value, datetime) else value for value in row]
