"""Checks of what is written beside the records: the journal, the search index, the keys of duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crm_desktop.core import alike, find, twins, untold
from crm_desktop.core import seals as chain
from crm_desktop.core.checks.finding import EXAMPLES, Finding, Marked, rows_like
from crm_desktop.core.find.grams import tokens_of
from crm_desktop.core.journal import LOGGED
from crm_desktop.core.record import Record, columns_of, from_row
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

SAMPLE = 200  # records of each type whose index entry is compared word by word
WORDS = 60  # words of each that are asked for


def journal(records: Records) -> Iterator[Finding]:
    """Every line of the journal belongs to an act and to a record; every act has as many lines as it says."""
    source = "FROM journal t LEFT JOIN batch x ON x.id = t.batch WHERE x.id IS NULL"
    yield from rows_like(records, _("Journal: {count} lines belong to no act."), source)
    source = (
        "FROM batch t LEFT JOIN (SELECT batch, COUNT(*) AS n FROM journal GROUP BY batch) x ON x.batch = t.id"
        f" WHERE x.n IS NULL AND t.`count` > 0 AND t.what NOT IN ({', '.join('?' * len(LOGGED))})"
    )
    yield from rows_like(records, _("Journal: {count} acts have no lines; they cannot be undone."), source, LOGGED)
    marks = ", ".join("?" * len(records.types))
    source = f"FROM journal t WHERE t.record_type NOT IN ({marks})"
    yield from rows_like(records, _("Journal: {count} lines tell of unknown kinds of record."), source, tuple(records.types))
    for key, record_type in records.types.items():
        # Of what was deleted for good the journal keeps the lines; anything else must still be there.
        source = (
            f"FROM journal t LEFT JOIN `{key}` x ON x.id = t.record_id WHERE t.record_type = ? AND x.id IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM journal p WHERE p.record_id = t.record_id AND p.action = 'purge')"
        )
        text = _("Journal: {count} lines tell of records that are gone ({kind}).")
        yield from rows_like(records, text, source, (key,), kind=Marked(record_type.screen.title))


BROKEN = {
    "changed": _("The journal of {count} acts was changed after it was sealed."),
    "missing": _("{count} sealed acts are gone from the journal, or seals from the chain."),
    "added": _("{count} acts were slipped into the journal afterwards; they have no seal."),
}


def seals(records: Records) -> Iterator[Finding]:
    """Nobody has changed the journal since it was sealed."""
    broken: dict[str, list[int]] = {}
    for one in chain.verify(records):
        broken.setdefault(one.what, []).append(one.batch)
    for what, batches in broken.items():
        yield Finding(BROKEN[what], {}, len(batches), tuple(filter(None, batches[:EXAMPLES])))


def index(records: Records) -> Iterator[Finding]:
    """Every living record is in the search index with its words, and nothing else is."""
    column = "rowid" if records.database.engine == "sqlite" else "id"
    for key, record_type in records.types.items():
        if not records.searched(record_type):
            continue
        title, table = Marked(record_type.screen.title), find.table(key)
        source = f"FROM `{key}` t WHERE t.deleted_at IS NULL AND t.id NOT IN (SELECT {column} FROM {table})"
        if records.database.engine != "sqlite":
            source += f" AND NOT EXISTS (SELECT 1 FROM {find.UNTOLD} u WHERE u.record_type = '{key}' AND t.id BETWEEN u.first AND u.last)"
        yield from rows_like(records, _("{kind}: {count} records are not found by search."), source, kind=title)
        source = f"FROM {table} WHERE {column} NOT IN (SELECT id FROM `{key}` WHERE deleted_at IS NULL)"
        text = _("{kind}: search still knows {count} records that are gone.")
        yield from rows_like(records, text, source, column=column, kind=title)
        yield from _sample(records, record_type, title)


def keys(records: Records) -> Iterator[Finding]:
    """Every living record that is compared has its keys, and nothing else has any."""
    for type_key, record_type in records.types.items():
        if record_type.compared is None:
            continue
        title, table = Marked(record_type.screen.title), alike.table(type_key)
        source = f"FROM {table} WHERE record NOT IN (SELECT id FROM `{type_key}` WHERE deleted_at IS NULL)"
        text = _("{kind}: {count} keys of duplicates belong to records that are gone.")
        yield from rows_like(records, text, source, column="record", kind=title)
        missing = []
        for sketches in twins.pages(records.database.read, record_type):
            wanted = set().union(*map(alike.keys_of, sketches))
            held = alike.holders(records.database.read, type_key, wanted)
            having = {(key, record) for key, several in held.items() for record in several}
            if records.database.engine != "sqlite":
                waits = untold.waiting(records).holders(type_key, wanted, records.database.read)
                having |= {(key, record) for key, several in waits.items() for record in several}
            missing += [one.id for one in sketches if any((key, one.id) not in having for key in alike.keys_of(one))]
        if missing:
            text = _("{kind}: {count} records are not found as duplicates.")
            yield Finding(text, {"kind": title}, len(missing), tuple(missing[:EXAMPLES]))


def _sample(records: Records, record_type: type[Record], title: Marked) -> Iterator[Finding]:
    """Some records spread over the table: what the index says of them, and the key they are sorted by."""
    key, columns = record_type.key(), columns_of(record_type)
    ids = [row[0] for row in records.database.read(f"SELECT id FROM `{key}` WHERE deleted_at IS NULL ORDER BY id")]
    chosen = ids[:: max(1, len(ids) // SAMPLE)]
    names = ", ".join(f"`{name}`" for name in columns)
    stale, misplaced = [], []
    for record_id in chosen:
        rows = records.database.read(f"SELECT {names} FROM `{key}` WHERE id = ?", (record_id,))
        if not rows:
            continue
        try:
            record = from_row(record_type, columns, rows[0])
            known = _indexed(records, record)
        except ValueError:
            continue  # a value that cannot be read is told by the check of values
        if not known:
            stale.append(record_id)
        if record.sort_key != find.sort_key(record.called()):
            misplaced.append(record_id)
    if stale:
        text = _("{kind}: of {sample} looked at, {count} are not found by all their words.")
        yield Finding(text, {"kind": title, "sample": len(chosen)}, len(stale), tuple(stale[:EXAMPLES]))
    if misplaced:
        text = _("{kind}: of {sample} looked at, {count} stand in the wrong place of the list.")
        yield Finding(text, {"kind": title, "sample": len(chosen)}, len(misplaced), tuple(misplaced[:EXAMPLES]))


def _indexed(records: Records, record: Record) -> bool:
    words = list(dict.fromkeys(tokens_of(records.doc(record)).split()))
    table = find.table(record.key())
    if records.database.engine == "sqlite":
        wanted = " AND ".join(f'"{word}"' for word in [*words[:WORDS], *words[-2:]])
        asked = f"SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = ?"
        return not words or bool(records.database.read(asked, (wanted, record.id)))
    rows = records.database.read(f"SELECT grams FROM {table} WHERE id = ?", (record.id,))
    if not rows and records.database.read(
        f"SELECT 1 FROM {find.UNTOLD} WHERE record_type = ? AND first <= ? AND last >= ?", (record.key(), record.id, record.id)
    ):
        return True
    return bool(rows) and set(rows[0][0].split()) == set(words)
