"""The timeline of a record: what happened to it, to those that belong to it, and to those that were merged into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.core import joining, journal, masking
from crm_desktop.core.access import Actor

if TYPE_CHECKING:
    from crm_desktop.core.records import Records


def lines(records: Records, record_id: int, actor: Actor, before: int | None, limit: int) -> list[journal.Line]:
    """The newest lines older than the line `before`, at most `limit`; only what the actor may see."""
    told: list[journal.Line] = []
    bound = before or 2**63 - 1
    about = [record_id, *joining.merged_into(records, record_id)]
    sql = f"SELECT {journal.LINE_COLUMNS} FROM journal WHERE {{column}} = ? AND id < ? ORDER BY id DESC LIMIT ?"
    while True:
        # A line of a record that was merged into this one is both its own and about this one.
        found = {
            row[0]: row
            for one in about
            for column in ("record_id", "about")
            for row in records.database.read(sql.format(column=column), (one, bound, limit))
        }
        rows = [found[line] for line in sorted(found, reverse=True)[:limit]]
        told += _seen(records, journal.lines(rows), record_id, actor)
        if len(rows) < limit or len(told) >= limit:
            return told[:limit]
        bound = rows[-1][0]


def _seen(records: Records, told: list[journal.Line], record_id: int, actor: Actor) -> list[journal.Line]:
    owners: dict[str, dict[int, int | None]] = {}
    for key in {line.record_type for line in told} & records.types.keys():
        rows = records.rows(records.types[key], actor, [line.record_id for line in told if line.record_type == key], ["owner"])
        owners[key] = {one: values[0] for one, values in rows.items()}
    told = [line for line in told if line.record_id == record_id or line.record_id in owners.get(line.record_type, ())]
    for key, known in owners.items():
        veil = masking.Veil(records, actor, records.types[key])
        told = veil.lines(told, lambda known=known: known) if veil.names else told  # type: ignore[misc]
    return told
