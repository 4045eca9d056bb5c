"""Sample data in a company of one's own: put in to try the program (demo.py), and taken out again without what has become one's own.

What was put in stands in the journal. Of it stays whatever somebody has changed since, whatever hangs on it or names it, and what
that needs in turn; everything else goes into the recycle bin in one act, which can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Refused
from crm_desktop.core.fields import Link, Many
from crm_desktop.core.journal import Change
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit

Ask = Callable[..., list[tuple[Any, ...]]]
PLANTED, REMOVED = "sample", "sample_removed"  # settings: the batches that put it in, the one that took it out
# What the program does by itself with planted records is no work of anybody's.
BY_ITSELF = ("demo", "remind", "snooze", "done")
# The order in which they go: what belongs to others before those. What the program needs anyway is never sample data.
ORDER = (
    "follow_up", "contact", "event", "task", "contract", "opportunity", "lead", "customer", "product", "target", "saved_view", "reminder",
    "tag", "employee", "department",
)  # fmt: skip
NOT_ASKED = ("created_by", "updated_by")
AT_ONCE = 500
CHANGED = _("was changed or used since")
NAMED = _("belongs to “{title}”")


@dataclass(frozen=True)
class Kept:
    """A sample record that stays, and why; `by` is what names it, '' when it was changed itself."""

    record_type: str
    id: int
    title: str
    by: str = ""


@dataclass(frozen=True)
class Plan:
    """What removing would do: ids to go by record type, and what stays."""

    goes: dict[str, list[int]]
    kept: tuple[Kept, ...]

    def count(self) -> int:
        """How many records go."""
        return sum(map(len, self.goes.values()))


def present(records: Records) -> bool:
    """Whether there is sample data that was not removed."""
    removed = records.settings.get(REMOVED)
    if not records.settings.get(PLANTED):
        return False
    return not removed or bool(records.database.read("SELECT id FROM batch WHERE undoes = ?", (removed,)))


def may_remove(records: Records, actor: Actor) -> bool:
    """Who keeps the lists of everybody also removes the samples."""
    return present(records) and actor.may(Stage, "edit")


def plan(records: Records, actor: Actor) -> Plan:
    """What would go and what would stay, now."""
    return _plan(records, records.database.read, actor)


def remove(records: Records, actor: Actor) -> tuple[Plan, Change]:
    """Take the sample data out; gives what was done."""
    if not may_remove(records, actor):
        raise Refused(_("There is no sample data that you may remove."))
    from crm_desktop.core import binning  # with the search index: the workbench asks this module at the start

    def work(unit: Unit) -> Plan:
        found = _plan(records, unit.tx.run, actor)
        unit.binning |= {one for ids in found.goes.values() for one in ids}
        for key, ids in found.goes.items():
            record_type = records.types[key]
            for part in _parts(ids):
                current = unit.all_current(record_type, part)
                binning.set_all_deleted(unit, [current[one] for one in part if one in current], unit.at)
        return found

    done, change = records.unit(actor, work, "sample", trusted=True)
    records.settings.put(REMOVED, change.batch)
    return done, change


def _plan(records: Records, ask: Ask, actor: Actor) -> Plan:
    batches = records.settings.get(PLANTED, [])
    planted: dict[int, str] = {}
    for batch in batches:
        for key, one in ask("SELECT record_type, record_id FROM journal WHERE batch = ? AND action = 'create'", (batch,)):
            if key in ORDER:
                planted[one] = key
    living = {one for key in ORDER for one in _living(ask, key, [one for one, its in planted.items() if its == key])}
    # Who works here stays, even where he came with the samples.
    here = {actor.employee, records.settings.get("local_user")}
    kept: dict[int, int | None] = dict.fromkeys((_used(ask, list(living), batches) | here) & living)
    naming = {one: list(found) for one, found in _named(records, ask, planted, living).items()}
    waiting = list(kept)
    for named, by in naming.items():
        own = [one for one in by if one not in living]
        if own and named not in kept:
            kept[named] = own[0]
            waiting.append(named)
    needs: dict[int, set[int]] = {}
    for named, by in naming.items():
        for one in by:
            needs.setdefault(one, set()).add(named)
    while waiting:  # what stays keeps what it names
        one = waiting.pop()
        for needed in needs.get(one, ()):
            if needed not in kept:
                kept[needed] = one
                waiting.append(needed)
    goes = {key: sorted((one for one in living if planted[one] == key and one not in kept), reverse=True) for key in ORDER}
    told = [
        Kept(planted[one], one, _title(records, ask, planted[one], one), _called(records, ask, planted, by)) for one, by in kept.items()
    ]
    told.sort(key=lambda one: (ORDER.index(one.record_type), one.title))
    return Plan({key: ids for key, ids in goes.items() if ids}, tuple(told))


def _used(ask: Ask, ids: list[int], batches: Iterable[int]) -> set[int]:
    """Those of the records a person has changed since, or hung something on; what was undone does not count."""
    used: set[int] = set()
    skipped = ", ".join("?" * len(BY_ITSELF))
    for part in _parts(ids):
        for column in ("record_id", "about"):
            rows = ask(
                f"SELECT DISTINCT j.{column} FROM journal j JOIN batch b ON b.id = j.batch LEFT JOIN batch u ON u.undoes = j.batch"
                f" WHERE j.{column} IN ({_marks(part)}) AND b.what NOT IN ({skipped}) AND b.undoes IS NULL AND u.id IS NULL",
                (*part, *BY_ITSELF),
            )
            used |= {row[0] for row in rows}
    return used


def _named(records: Records, ask: Ask, planted: dict[int, str], living: set[int]) -> dict[int, set[int]]:
    """Planted record -> the living records that name it in a link."""
    found: dict[int, set[int]] = {}
    by_type: dict[str, list[int]] = {}
    for one in living:
        by_type.setdefault(planted[one], []).append(one)
    for record_type in records.types.values():
        key = record_type.key()
        for name, field in record_type.declared().items():
            if name in NOT_ASKED:
                continue
            if isinstance(field, Link):
                for part in _parts(by_type.get(field.kind.target, [])):
                    sql = f"SELECT `{name}`, id FROM `{key}` WHERE `{name}` IN ({_marks(part)}) AND deleted_at IS NULL"
                    _note(found, ask(sql, tuple(part)))
            elif isinstance(field, Many) and field.kind.target in by_type:
                rows = ask(f"SELECT id, `{name}` FROM `{key}` WHERE `{name}` <> '' AND deleted_at IS NULL")
                _note(found, ((target, one) for one, stored in rows for target in field.kind.load(stored) if target in living))
    _note(found, (row for row in ask("SELECT ref_id, id FROM reminder WHERE ref_id IS NOT NULL AND cause = 'own' AND deleted_at IS NULL")
                  if row[0] in living))  # fmt: skip
    return found


def _note(found: dict[int, set[int]], rows: Iterable[tuple[Any, ...]]) -> None:
    for named, by in rows:
        if named != by:
            found.setdefault(named, set()).add(by)


def _living(ask: Ask, key: str, ids: list[int]) -> Iterator[int]:
    for part in _parts(ids):
        rows = ask(f"SELECT id FROM `{key}` WHERE id IN ({_marks(part)}) AND deleted_at IS NULL", tuple(part))
        yield from (row[0] for row in rows)


def _title(records: Records, ask: Ask, key: str, one: int) -> str:
    record_type: type[Record] = records.types[key]
    rows = ask(f"SELECT `{record_type.title_field}` FROM `{key}` WHERE id = ?", (one,))
    return str(rows[0][0] or "").replace("\n", " ")[:80] if rows else ""


def _called(records: Records, ask: Ask, planted: dict[int, str], by: int | None) -> str:
    """What the record is called that keeps another one, whatever type it is of."""
    if by is None:
        return ""
    keys = [planted[by]] if by in planted else list(records.types)
    return next((title for key in keys if (title := _title(records, ask, key, by))), "")


def _parts(ids: list[int]) -> Iterator[list[int]]:
    for start_at in range(0, len(ids), AT_ONCE):
        yield ids[start_at : start_at + AT_ONCE]


def _marks(part: list[int]) -> str:
    return ", ".join("?" * len(part))
