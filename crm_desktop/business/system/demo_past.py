"""Sets the demo company's journal back in time: who made what when, and what was changed since."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.business.system.demo_world import World
from crm_desktop.core import journal
from crm_desktop.core.ids import new_ids
from crm_desktop.core.record import Record
from crm_desktop.core.unit import Unit


def set_back(unit: Unit, world: World, planted: Iterable[Record]) -> None:
    """Everything was written just now, by nobody: give each line of the journal the time and author of its record, put
    between them what happened later, and order all of it by time, as histories and timelines are read."""
    made = {record.id: record for record in planted}
    columns = "batch, at, actor, record_type, record_id, action, about, changes"
    lines = [list(row) for row in unit.tx.run(f"SELECT {columns} FROM journal WHERE batch = ? ORDER BY id", (unit.batch,))]
    for line in lines:
        record = made.get(line[4])
        if record is not None and line[5] == "create":
            line[1], line[2] = _stored(record.created_at), record.created_by
    for later in world.later:
        record = later.record
        lines.append([unit.batch, _stored(later.at), later.who, record.key(), record.id, later.action, record.timeline_of(),
                      journal.packed(later.changes)])  # fmt: skip
    lines.sort(key=lambda line: str(line[1]))
    unit.tx.run("DELETE FROM journal WHERE batch = ?", (unit.batch,))
    unit.tx.many(journal.ENTRY_SQL, [(new, *line) for new, line in zip(new_ids(len(lines)), lines, strict=True)])
    _touch(unit, world, made)


def _touch(unit: Unit, world: World, made: dict[int, Record]) -> None:
    """When each record was changed last, and by whom; in which stage opportunities have been since when."""
    last = {record.id: (record.created_at, record.created_by, 1) for record in made.values()}
    for later in sorted(world.later, key=lambda one: one.at):
        last[later.record.id] = (later.at, later.who, last[later.record.id][2] + 1)
    rows: dict[str, list[tuple[object, ...]]] = {}
    for record in made.values():
        at, who, version = last[record.id]
        rows.setdefault(record.key(), []).append((_stored(at), who, version, record.id))
    for key, changed in rows.items():
        unit.tx.many(f"UPDATE `{key}` SET updated_at = ?, updated_by = ?, version = ? WHERE id = ?", changed)
    unit.tx.many(
        "UPDATE opportunity SET stage_since = ?, closed_at = ? WHERE id = ?",
        [(_stored(since), _stored(closed) if closed else None, one) for one, (since, closed) in world.turned.items()],
    )


def _stored(moment: object) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
