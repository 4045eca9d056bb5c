"""Writes the records a person sees to a file: the list as shown or all fields, typed so that nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import Kind, PictureKind
from crm_desktop.core.names import label_of
from crm_desktop.core.pointing import LinkKind, ManyKind
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.exchange.shown_values import Show, as_cell, as_entry, as_json, shown, sort_of
from crm_desktop.exchange.targets import ID, fields_of
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writing import Draw, write_table

_PACKET = 500
_READ = "read"
NO_FIELD = _("There is no field “{name}” to export.")


@dataclass(frozen=True)
class Exported:
    """What was written: how many rows, where."""

    rows: int
    path: Path


def export(
    records: Records,
    record_type: type[Record],
    actor: Actor,
    view: View,
    columns: Sequence[str] | None,
    path: str | Path,
    format: str = "xlsx",
    progress: Callable[[int, int], None] | None = None,
    cancel: threading.Event | None = None,
    lang: str | None = None,
    ids: Sequence[int] | None = None,
    reason: str = "",
    draw: Draw | None = None,
) -> Exported:
    """Write the records of `view` (or only `ids`, in that order) with these fields, in this order; None: all fields and the id,
    by which an import finds each record again.

    Pictures lie over their cells in a workbook and are drawn on paper; elsewhere they are left out.
    format: xlsx, csv (UTF-8 with a byte order mark), csv-gb18030, json, vcf (people and companies) or ics (events and tasks).
    draw: what writes the file in a format of its own (a PDF), with texts for reading instead of values.
    reason: why it is taken out; it goes into the log with who, what, how many and which format. Headings and picklist values
    are in `lang` (the actor's language when None). progress is told (rows done, rows in all). Raises Refused without the right
    to export, Trouble when the file cannot be written, Cancelled; the file appears complete or not at all.
    """
    may = records.may(actor, record_type, "take_out")
    if not may:
        raise may.refusal()  # type: ignore[union-attr]
    lang = lang or actor.lang
    fields = fields_of(records, record_type)
    names = list(columns) if columns is not None else [*_all_fields(records, record_type), ID.name]
    for name in names:
        if name not in fields:
            raise Invalid(NO_FIELD, name=name)
    for name in pictures(fields):  # seen in workbooks and on paper only, and where there are none they want no room
        seen = format == "xlsx" or draw is not None
        if name in names and not (seen and records.count(record_type, actor, View((Condition(name, "filled"),)), cap=1)):
            names.remove(name)
    if format in ("vcf", "ics"):
        uid = ("uid",) if "uid" in fields else ()
        names = list(dict.fromkeys((*names, record_type.title_field, ID.name, *uid)))
    wanted = ids
    if wanted is None:
        wanted = records.ids(record_type, actor, view, cancel.is_set if cancel is not None else lambda: False)
    total = len(wanted)
    headings = [_column(name, fields[name], lang) for name in names]
    rows = write_table(
        path,
        say(record_type.screen.title, lang),
        headings,
        _packets(records, record_type, actor, wanted, names, lang, format if draw is None else _READ),
        format=format,
        about=record_type.key(),
        total=say(_("Total"), lang),
        progress=(lambda done: progress(done, total)) if progress is not None else None,
        cancel=cancel,
        draw=draw,
        author=actor.name,
        mark=mark(records, actor, lang),
        # Nothing leaves the house unrecorded: without this line there is no file.
        before_end=lambda count: records.log(actor, "export", record_type.key(), count, _noted(format, Path(path).name, reason)),
    )
    return Exported(rows, Path(path))


def mark(records: Records, actor: Actor, lang: str) -> str:
    """What stands at the foot of each page of what is taken out: whose it is, who has taken it out, when."""
    company, day = str(records.settings.get("company", "") or ""), records.clock.today().isoformat()
    return " · ".join(filter(None, (company, say(_("Exported by {name} on {day}"), lang, name=actor.name, day=day))))


def exported_fields(records: Records, record_type: type[Record]) -> list[str]:
    """All fields people may see, in the order of the form."""
    return [name for name, field in records.fields(record_type).items() if field.shown]


def _all_fields(records: Records, record_type: type[Record]) -> list[str]:
    """The same with the pictures behind the titles."""
    names = exported_fields(records, record_type)
    behind = names.index(record_type.title_field) + 1 if record_type.title_field in names else 0
    return [*names[:behind], *pictures(records.fields(record_type)), *names[behind:]]


def pictures(fields: Mapping[str, Any]) -> list[str]:
    """The names of those that hold pictures."""
    return [name for name, field in fields.items() if isinstance(field.kind, PictureKind)]


def _column(name: str, field: Any, lang: str) -> Column:
    # An id is a text of digits: as a number a spreadsheet would round it.
    return Column(label_of(field, lang), "text" if name == ID.name else sort_of(field.kind), name=name)


def _noted(format: str, file: str, reason: str) -> str:
    return " · ".join(filter(None, (format, file, reason.strip())))


def _packets(
    records: Records, record_type: type[Record], actor: Actor, ids: Sequence[int], names: list[str], lang: str, format: str
) -> Iterator[list[tuple[Any, ...]]]:
    fields = fields_of(records, record_type)
    stored = [name for name in names if name != ID.name]
    kinds = [fields[name].kind for name in stored]
    show = [_shown(kind, records, lang, format) for kind in kinds]
    linked = [(place, kind.target) for place, kind in enumerate(kinds) if isinstance(kind, LinkKind)]
    many = [(place, kind.target) for place, kind in enumerate(kinds) if isinstance(kind, ManyKind)]
    id_at = names.index(ID.name) if ID.name in names else None
    for start in range(0, len(ids), _PACKET):
        part = list(ids[start : start + _PACKET])
        found = records.rows(record_type, actor, part, stored)
        kept = [record_id for record_id in part if record_id in found]
        rows = [found[record_id] for record_id in kept]
        for place, target in linked:
            records.names.learn(target, [row[place] for row in rows if row[place]])
        for place, target in many:
            records.names.learn(target, [one for row in rows for one in row[place] or ()])
        packet: list[tuple[Any, ...]] = [()] * len(rows)
        if rows and stored:
            columns = [shown(form, values) for form, values in zip(show, zip(*rows, strict=True), strict=True)]
            packet = list(zip(*columns, strict=True))
        if id_at is not None:
            packet = [(*row[:id_at], str(record_id), *row[id_at:]) for record_id, row in zip(kept, packet, strict=True)]
        yield packet


def _shown(kind: Kind, records: Records, lang: str, format: str) -> Show:
    if format == "json":
        return as_json(kind, records.names)
    if format == _READ:
        return (lambda value: value or "") if isinstance(kind, PictureKind) else lambda value: kind.show(value, lang, records.names)
    return as_entry(kind, records.names, lang) if format in ("vcf", "ics") else as_cell(kind, records.names, lang)
