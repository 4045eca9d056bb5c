"""Checks of the database itself: its pages, its tables and indexes, the form of values, the running numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crm_desktop.core.checks.finding import Finding, Marked, rows_like
from crm_desktop.core.journal import Batch, Entry
from crm_desktop.core.kinds import DayKind, MomentKind
from crm_desktop.core.numbering import Counter
from crm_desktop.core.settings import Setting
from crm_desktop.core.words import _
from crm_desktop.database.models import tables_for
from crm_desktop.database.shape import differences

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

_MOST_TOLD = 20


def engine(records: Records) -> Iterator[Finding]:
    """What the engine says of its own pages and indexes."""
    read = records.database.read
    if records.database.engine == "sqlite":
        for (line,) in read(f"PRAGMA integrity_check({_MOST_TOLD})"):
            if line != "ok":
                yield Finding(_("The file is damaged: {problem}. Restore the last backup."), {"problem": line})
        return
    if records.database.guarded:
        return  # who works through views does not reach the tables: the server's doctor looks at them
    names = [row[0] for row in read("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()")]
    for name in names:
        for _table, _operation, kind, text in read(f"CHECK TABLE `{name}`"):
            if kind in ("error", "warning") or (kind == "status" and text != "OK"):
                yield Finding(_("The table {table} is damaged: {problem}. Restore the last backup."), {"table": name, "problem": text})


def tables(records: Records) -> Iterator[Finding]:
    """Whether the tables are those this version of the program declares."""
    if records.database.guarded:
        return
    declared = tables_for([*records.types.values(), Batch, Entry, Setting, Counter])
    for line in differences(records.database, declared)[:_MOST_TOLD]:
        yield Finding(_("The tables are not as this version makes them: {problem}."), {"problem": line})


def values(records: Records) -> Iterator[Finding]:
    """Days and times that are none (a server refuses them itself), custom values that cannot be read."""
    sqlite = records.database.engine == "sqlite"
    for record_type in records.types.values():
        key, title = record_type.key(), Marked(record_type.screen.title)
        for name, field in record_type.declared().items():
            if sqlite and isinstance(field.kind, DayKind):
                form = "datetime" if isinstance(field.kind, MomentKind) else "date"
                source = f"FROM `{key}` t WHERE t.`{name}` IS NOT NULL AND t.`{name}` IS NOT {form}(t.`{name}`)"
                text = _("{kind}: {count} values of “{field}” are no dates.")
                yield from rows_like(records, text, source, kind=title, field=Marked(field.label))
        source = f"FROM `{key}` t WHERE t.extra <> '' AND JSON_VALID(t.extra) = 0"
        yield from rows_like(records, _("{kind}: the custom fields of {count} records cannot be read."), source, kind=title)


def numbers(records: Records) -> Iterator[Finding]:
    """A running number that was given already must not come again: the counter is not behind the highest one."""
    for name, value in records.database.read("SELECT name, value FROM counter"):
        series, _colon, prefix = name.partition(":")
        record_type = records.types.get(series)
        if record_type is None or "number" not in record_type.declared():
            continue
        given = records.database.read(f"SELECT number FROM `{series}` WHERE SUBSTR(number, 1, ?) = ?", (len(prefix), prefix))
        ends = [number[len(prefix) :] for (number,) in given]
        highest = max((int(end) for end in ends if end.isascii() and end.isdigit() and len(end) < 12), default=0)
        if highest > value:
            yield Finding(
                _("The counter of {prefix}… stands at {value}, but {highest} has been given."),
                {"prefix": prefix, "value": value, "highest": highest},
            )
