"""Writes the records a person sees to a sheet: the list as shown or all fields, typed so that nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm_desktop.core import clock
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import DayKind, Kind, MomentKind, MoneyKind, NumberKind, PercentKind
from crm_desktop.core.names import label_of
from crm_desktop.core.pointing import LinkKind, ManyKind
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.views import View
from crm_desktop.core.words import _, say
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writing import write_table

_PACKET = 500
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
) -> Exported:
    """Write the records of `view` (or only `ids`, in that order) with these fields, in this order; None: all fields.

    format: xlsx, csv (UTF-8 with a byte order mark) or csv-gb18030. Headings and picklist values are in `lang` (the
    actor's language when None). progress is told (rows done, rows in all). Raises Refused without the right to export,
    Trouble when the file cannot be written, Cancelled; the file appears complete or not at all.
    """
    may = records.may(actor, record_type, "take_out")
    if not may:
        raise may.refusal()  # type: ignore[union-attr]
    lang = lang or actor.lang
    fields = records.fields(record_type)
    names = list(columns) if columns is not None else exported_fields(records, record_type)
    for name in names:
        if name not in fields:
            raise Invalid(NO_FIELD, name=name)
    wanted = ids
    if wanted is None:
        wanted = records.ids(record_type, actor, view, cancel.is_set if cancel is not None else lambda: False)
    total = len(wanted)
    headings = [Column(label_of(fields[name], lang), sort_of(fields[name].kind)) for name in names]  # type: ignore[arg-type]
    rows = write_table(
        path,
        say(record_type.screen.title, lang),
        headings,
        _packets(records, record_type, actor, wanted, names, lang),
        format=format,
        progress=(lambda done: progress(done, total)) if progress is not None else None,
        cancel=cancel,
    )
    return Exported(rows, Path(path))


def exported_fields(records: Records, record_type: type[Record]) -> list[str]:
    """All fields people may see, in the order of the form."""
    return [name for name, field in records.fields(record_type).items() if field.shown]


def sort_of(kind: Kind) -> str:
    """How a kind's values stand in a sheet: numbers, amounts and days as such, everything else as text."""
    if isinstance(kind, MomentKind):
        return "moment"
    if isinstance(kind, DayKind):
        return "day"
    if isinstance(kind, MoneyKind):
        return "money"
    if isinstance(kind, PercentKind):
        return "percent"
    if isinstance(kind, NumberKind) and not isinstance(kind, LinkKind):
        return "number"
    return "text"


def _packets(
    records: Records, record_type: type[Record], actor: Actor, ids: Sequence[int], names: list[str], lang: str
) -> Iterator[list[tuple[Any, ...]]]:
    fields = records.fields(record_type)
    kinds = [fields[name].kind for name in names]
    show = [_shower(records, kind, lang) for kind in kinds]
    linked = [(place, kind.target) for place, kind in enumerate(kinds) if isinstance(kind, LinkKind)]
    many = [(place, kind.target) for place, kind in enumerate(kinds) if isinstance(kind, ManyKind)]
    for start in range(0, len(ids), _PACKET):
        part = list(ids[start : start + _PACKET])
        found = records.rows(record_type, actor, part, names)
        rows = [found[record_id] for record_id in part if record_id in found]
        for place, target in linked:
            records.names.learn(target, [row[place] for row in rows if row[place]])
        for place, target in many:
            records.names.learn(target, [one for row in rows for one in row[place] or ()])
        yield [tuple(form(value) for form, value in zip(show, row, strict=True)) for row in rows]


def _shower(records: Records, kind: Kind, lang: str) -> Callable[[Any], Any]:
    """A value as the sheet holds it."""
    sort = sort_of(kind)
    if sort == "moment":
        return lambda value: None if value is None else clock.to_local(value)
    if sort != "text":
        return lambda value: value
    if type(kind).show is Kind.show:
        return lambda value: value or ""
    remembered: dict[Any, str] = {}

    def shown(value: Any) -> str:
        if value not in remembered:
            if len(remembered) > 20_000:
                remembered.clear()
            remembered[value] = kind.show(value, lang, records.names)
        return remembered[value]

    return shown
