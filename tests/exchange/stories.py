"""Shortcuts of the importing tests: a sheet made by hand goes into the small office."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.access import Actor
from crm_desktop.core.record import Record
from crm_desktop.core.views import View
from crm_desktop.exchange.importing.plan import Importing
from crm_desktop.exchange.mapping import guess_mapping, known_heading, mapping_from
from crm_desktop.exchange.tables import Table, find_table
from crm_desktop.exchange.targets import targets_of
from crm_desktop.exchange.workbook import Sheet
from tests.exchange.tools import sheet_of
from tests.office import Office


def plan_for(
    office: Office, record_type: type[Record], actor: Actor, sheet: Sheet | list[list[Any]], mapping: Any = None, **options: Any
) -> Importing:
    """The plan for a sheet, its columns mapped as the window would unless `mapping` says otherwise."""
    if isinstance(sheet, list):
        sheet = sheet_of(sheet)
    targets = targets_of(office.records, record_type)
    table = find_table(sheet, known_heading(record_type.key(), targets))
    chosen = mapping_from(mapping, table, targets) if mapping else guess_mapping(record_type.key(), targets, table)
    return Importing(office.records, record_type, table, chosen, actor, **options)


def bring_in(office: Office, record_type: type[Record], actor: Actor, rows: Any, **options: Any) -> tuple[dict[str, int], Any]:
    """Rehearse and import; the two must tell the same of every row."""
    plan = plan_for(office, record_type, actor, rows, **options)
    before = everything(office, record_type)
    rehearsed = plan.rehearse()
    assert everything(office, record_type) == before
    done = plan.run()
    assert [(v.row, v.outcome, v.fields) for v in rehearsed] == [(v.row, v.outcome, v.fields) for v in done.verdicts]
    assert reasons(rehearsed) == reasons(done.verdicts)
    return done.verdicts.counts(), done


def reasons(verdicts: Any) -> dict[int, str]:
    return {row: reason.sentence("en") for row, reason in verdicts.refused().items()}


def everything(office: Office, record_type: type[Record]) -> list[tuple[Any, ...]]:
    """All values of all records of a type, by id."""
    names = [name for name, field in office.records.fields(record_type).items() if field.shown]
    actor = office.boss
    ids = sorted(office.records.ids(record_type, actor, View()))
    rows = office.records.rows(record_type, actor, ids, names)
    return [(one, *rows[one]) for one in ids]


def values(office: Office, record_type: type[Record], *names: str) -> list[Any]:
    """These fields of all records, in the order of their making; bare values for a single field."""
    actor = office.boss
    ids = sorted(office.records.ids(record_type, actor, View()))
    rows = office.records.rows(record_type, actor, ids, list(names))
    return [rows[one][0] if len(names) == 1 else rows[one] for one in ids]


def data(table: Table) -> list[list[Any]]:
    return [row for _number, row in table.numbered()]
