"""Undo: a batch of the journal taken back, record by record; what others changed since is kept and told."""

from __future__ import annotations

import json
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_desktop.core import binning, custom, joining, journal, owning, unmaking, untold
from crm_desktop.core.access import Actor
from crm_desktop.core.collecting import uncollected
from crm_desktop.core.errors import Cancelled, NotFound, Refused, Trouble
from crm_desktop.core.journal import Batch
from crm_desktop.core.outcome import Outcome
from crm_desktop.core.record import Record, copied
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

TOGETHER = 800  # a server still takes as many ids for what they are, not for a table of their own
ALONE = ("delete", "restore", joining.WHAT)  # what belongs to these records goes along
Told = tuple[int, Trouble | None]
LOOKED_BACK = 20  # acts of one's own looked at together for the last that can be taken back
_COLUMNS = "id, at, actor, what, record_type, `count`, note, undoes"


def read(records: Records, batch_id: int) -> Batch:
    """A batch by its id; NotFound if there is none."""
    rows = records.database.read(f"SELECT {_COLUMNS} FROM batch WHERE id = ?", (batch_id,))
    if not rows:
        raise NotFound(_("There is no such change to undo."))
    names = ("id", "at", "actor", "what", "record_type", "count", "note", "undoes")
    return Batch(**dict(zip(names, rows[0], strict=True)))


def last(records: Records, actor: Actor) -> Batch | None:
    """The newest batch of this person that was neither undone nor is an undo."""
    sql = (
        "SELECT b.id FROM batch b LEFT JOIN batch u ON u.undoes = b.id"
        " WHERE b.actor = ? AND b.id < ? AND b.undoes IS NULL AND u.id IS NULL AND b.what <> 'purge' ORDER BY b.id DESC LIMIT ?"
    )
    before = 2**63 - 1
    while rows := records.database.read(sql, (actor.employee, before, LOOKED_BACK)):
        for (before,) in rows:
            # Of an export or a sign-in there is nothing to take back.
            if records.database.read("SELECT id FROM journal WHERE batch = ? LIMIT 1", (before,)):
                return read(records, before)
    return None


def undone(records: Records, batches: Sequence[int]) -> set[int]:
    """Those of the batches that have been taken back."""
    if not batches:
        return set()
    marks = ", ".join("?" * len(batches))
    return {row[0] for row in records.database.read(f"SELECT undoes FROM batch WHERE undoes IN ({marks})", tuple(batches))}


Progress = Callable[[int, int], None]  # (lines done, lines in all)


def undo(
    records: Records, batch_id: int, actor: Actor, progress: Progress | None = None, cancel: threading.Event | None = None
) -> Outcome:
    """Take back every change of the batch, the last one first; what was changed since is kept and told.

    Raises Cancelled when `cancel` was set: then all of the batch stands as before.

    One's own acts are taken back freely. Another person's act needs the right to assign records of the type, and the
    records must be seen.
    """
    batch = read(records, batch_id)

    def work(unit: Unit) -> Outcome:
        if cancel is not None:
            unit.tx.until(cancel.is_set)
        _claim(unit, batch)
        if batch.what == joining.WHAT:
            joining.demand_recent(unit, batch.at)
        outcome = Outcome(stayed=joining.stayed(unit, batch.id) if batch.what == joining.WHAT else 0)
        entries = unit.tx.run(
            "SELECT record_type, record_id, action, changes FROM journal WHERE batch = ? ORDER BY id DESC", (batch_id,)
        )
        used = _worked_with(unit, [entry[1] for entry in entries if entry[2] == "create"])
        waiting = _waiting(unit, entries)
        done = 0
        with ExitStack() as poured:
            counts = Counter(entry[0] for entry in entries)
            left = [poured.enter_context(unit.pouring(records.types[key], count, keys_asked=True)) for key, count in counts.items()]
            end = max((one.every for one in left), default=0.0)
            for steps in _parts(entries, waiting):
                if cancel is not None and cancel.is_set():
                    raise Cancelled
                if progress is not None and done:
                    progress(int(done * (1 - end)), len(entries))
                done += len(steps)
                for record_id, kept in _taken_back(unit, batch, steps, used):
                    if kept is None:
                        outcome.done.append(record_id)
                    else:
                        outcome.refused.append((record_id, kept))
        if batch.actor != actor.employee and not outcome.done:
            raise Refused(_("Only the person who made this change can undo it."))
        return outcome

    with uncollected():
        outcome, change = records.unit(actor, work, "undo", trusted=True)
    outcome.batch = change.batch
    if batch.what == joining.WHAT:
        records.settings.forget()  # stars went back
    return outcome


@dataclass(frozen=True)
class Step:
    """One journal line of the batch that is taken back."""

    type_key: str
    record_id: int
    action: str
    changes: dict[str, Any]
    run: untold.Waits | None = None  # of new records that wait to be told, to which it belongs


def _claim(unit: Unit, batch: Batch) -> None:
    """Of two people who undo the same act at once the second is told."""
    lock = " FOR UPDATE" if unit.tx.engine == "mysql" else ""
    unit.tx.run(f"SELECT id FROM batch WHERE id = ?{lock}", (batch.id,))
    if unit.tx.run("SELECT id FROM batch WHERE undoes = ? LIMIT 1", (batch.id,)):
        raise Refused(_("This change has been undone already."))
    unit.undoes = batch.id


def _worked_with(unit: Unit, made: Sequence[int]) -> set[int]:
    """Of what the batch made: the records somebody has worked with since, by changing them or hanging something on them.
    What was undone again does not count."""
    used: set[int] = set()
    for start in range(0, len(made), 500):
        part = made[start : start + 500]
        marks = ", ".join("?" * len(part))
        for column in ("record_id", "about"):
            sql = f"SELECT DISTINCT {column}, batch FROM journal WHERE {column} IN ({marks}) AND batch <> ?"
            lines = unit.tx.run(sql, (*part, unit.undoes))
            batches = {batch for _record, batch in lines}
            taken_back = journal.undone(unit.tx.run, batches) | _undoing(unit, batches)
            used |= {record for record, batch in lines if batch not in taken_back}
    return used


def _undoing(unit: Unit, batches: set[int]) -> set[int]:
    """Which of these batches undo others."""
    found: set[int] = set()
    asked = sorted(batches)
    for start in range(0, len(asked), 500):
        part = asked[start : start + 500]
        sql = f"SELECT id FROM batch WHERE id IN ({', '.join('?' * len(part))}) AND undoes IS NOT NULL"
        found.update(row[0] for row in unit.tx.run(sql, part))
    return found


def _waiting(unit: Unit, entries: Sequence[tuple[Any, ...]]) -> list[untold.Waits]:
    """Runs of new records among those of a batch that wait to be told, in their order."""
    found: list[untold.Waits] = []
    made: dict[str, list[int]] = {}
    for type_key, record_id, action, _changes in entries:
        if action == "create" and unmaking.suits(unit.records.types[type_key]):
            made.setdefault(type_key, []).append(record_id)
    for type_key, ids in made.items():
        found += untold.runs(unit, unit.records.types[type_key], min(ids), max(ids))
    return sorted(found)


def _parts(entries: Sequence[tuple[Any, ...]], waiting: Sequence[untold.Waits]) -> Iterator[list[Step]]:
    """The lines that can be taken back together: neighbours that did the same with other records of one type, of one run that waits."""
    part: list[Step] = []
    seen: set[int] = set()
    for type_key, record_id, action, changes in entries:
        place = bisect_right(waiting, record_id, key=lambda run: run.first) - 1 if waiting else -1
        run = waiting[place] if action == "create" and place >= 0 and record_id <= waiting[place].last else None
        same = part and (type_key, action, run) == (part[0].type_key, part[0].action, part[0].run)
        if part and (not same or record_id in seen or len(part) >= TOGETHER or action in ALONE):
            yield part
            part, seen = [], set()
        part.append(Step(type_key, record_id, action, json.loads(changes) if changes else {}, run))
        seen.add(record_id)
    if part:
        yield part


def _taken_back(unit: Unit, batch: Batch, steps: list[Step], used: set[int]) -> list[Told]:
    """Take lines back together or, when one of them is refused on the way, each half of them on its own."""
    try:
        with unit.step():
            return _take_back(unit, batch, steps, used)
    except Trouble as trouble:
        if len(steps) == 1:
            return [(steps[0].record_id, trouble)]
    half = len(steps) // 2
    return _taken_back(unit, batch, steps[:half], used) + _taken_back(unit, batch, steps[half:], used)


def _take_back(unit: Unit, batch: Batch, steps: list[Step], used: set[int]) -> list[Told]:
    """Take back lines of one part. Of each: a Trouble when it, or something newer, was kept."""
    record_type, alone = unit.records.types[steps[0].type_key], len(steps) == 1
    told: list[Told] = []
    if steps[0].action == "create" and batch.actor == unit.actor.employee and unmaking.suits(record_type):
        gone = unmaking.unmake(unit, record_type, [step.record_id for step in steps if step.record_id not in used], steps[0].run)
        told += [(record_id, None) for record_id in gone]
        left = {step.record_id for step in steps}.difference(gone)
        steps = [step for step in steps if step.record_id in left]
    current = unit.all_current(record_type, [step.record_id for step in steps]) if steps else {}
    unmade: list[Record] = []
    changed: list[tuple[Record, Record]] = []
    for step in steps:
        try:
            record = current.get(step.record_id)
            if record is None:
                raise NotFound()
            _demand(unit, batch, record)
            kept = None
            if step.action == "create":
                if step.record_id in used:
                    raise Refused(_("“{title}” has been worked with since; it was kept."), title=_called(unit, record))
                if record.deleted_at is None:
                    unmade.append(record)
            elif step.action in ALONE:
                _turn_back(unit, record, step)
            elif record.deleted_at is not None and batch.what != joining.WHAT and _went_since(unit, batch, step.record_id):
                raise Refused(_("“{title}” is in the recycle bin. Restore it first."), title=_called(unit, record))
            else:
                pair, kept = _put_back(unit, record, step.changes)
                changed.append(pair)
            told.append((step.record_id, kept))
        except Trouble as trouble:
            if alone:
                raise
            told.append((step.record_id, trouble))
    if unmade:
        binning.set_all_deleted(unit, unmade, unit.at)
    if changed:
        unit.write_all(changed, "update")
        for record, before in changed:
            _demand_own(unit, record, before)
    return told


def _demand_own(unit: Unit, record: Record, before: Record) -> None:
    """What only one record may have has not gone to another one meanwhile."""
    for name in type(record).unique:
        text = getattr(record, name)
        if text != getattr(before, name) and record.deleted_at is None and unit.taken(record, name, text):
            raise Refused(_("“{title}” stays as it is: another one has “{value}” by now."), title=_called(unit, record), value=text)


def _went_since(unit: Unit, batch: Batch, record_id: int) -> bool:
    """Whether a record that is in the recycle bin went there after the batch. Else it was changed in there, where nobody has
    seen it: the mark of a primary contact goes over from one who is in the bin, too."""
    sql = "SELECT MAX(batch) FROM journal WHERE record_id = ? AND action IN (?, ?)"
    went = unit.tx.run(sql, (record_id, "delete", joining.WHAT))[0][0]
    return went is None or bool(went > batch.id)


def _demand(unit: Unit, batch: Batch, record: Record) -> None:
    """Another person's act is taken back only by who may assign the record."""
    if batch.actor != unit.actor.employee:
        yours = unit.records.sight(unit.actor, type(record)).why_not(record, "assign") is None
        if not (yours and unit.actor.may(type(record), "assign")):
            raise Refused(_("Only the person who made this change can undo it."))


def _turn_back(unit: Unit, record: Record, step: Step) -> None:
    """Out of the recycle bin what was deleted, back into it what was restored, apart what was joined."""
    if step.action == joining.WHAT:
        joining.marks_back(unit, step.type_key, step.record_id, step.changes)
    elif step.action == "restore" and record.deleted_at is None:
        binning.put_in(unit, record)
    elif step.action == "delete" and record.deleted_at is not None:
        binning.bring_back(unit, record)


def _put_back(unit: Unit, current: Record, changes: dict[str, Any]) -> tuple[tuple[Record, Record], Trouble | None]:
    """The record with its old values, beside it as it stands; and a Trouble when something newer is kept."""
    record = copied(current)
    fields = unit.records.fields(type(record))
    kept = []
    for name, (old, new) in changes.items():
        field = fields.get(name)
        if field is None:
            if name in record._meta.fields and getattr(current, name) == new:
                setattr(record, name, old)  # what no form shows: the record a reminder is about
            continue
        # Of an empty custom field the journal has nothing to say, neither '' nor no.
        old, new = (field.kind.store(None) if told is None else told for told in (old, new))
        now = field.kind.store(custom.get(current, field))
        if now == new:
            custom.put(record, field, field.kind.load(old))
        elif now != old and not field.readonly:
            kept.append(name)  # what the program fills in follows from the rest anyway
    if record.follows_now() and any(link in changes for link in record.followed()):
        owning.settle(unit, record, current)
    newer = Refused(_("“{title}” was changed again since; the newer values were kept."), title=_called(unit, record)) if kept else None
    return (record, current), newer


def _called(unit: Unit, record: Record) -> str:
    """The record's title, for who may still see it."""
    return record.called() if unit.records.sight(unit.actor, type(record)).holds(record) else "…"
