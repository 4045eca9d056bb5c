"""The command `import`: a sheet into records, or an import taken back."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from crm_desktop.cli.conditions import split
from crm_desktop.cli.opening import Office, open_office
from crm_desktop.cli.printing import progress_line, put_json
from crm_desktop.cli.wanted import WrongUsage
from crm_desktop.core import untold
from crm_desktop.core.errors import Invalid, Refused, Trouble
from crm_desktop.core.record import Record
from crm_desktop.core.words import _, listed, say
from crm_desktop.exchange.cells import as_text
from crm_desktop.exchange.importing.additions import list_of
from crm_desktop.exchange.importing.column_values import ADD
from crm_desktop.exchange.importing.plan import Importing
from crm_desktop.exchange.importing.refused_rows import write_refused
from crm_desktop.exchange.importing.unknown_words import unknown_words
from crm_desktop.exchange.importing.verdicts import Verdicts
from crm_desktop.exchange.mapping import guess_mapping, known_heading, mapping_from, reused, titles, unmapped
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import Table, find_table, likely_sheet
from crm_desktop.exchange.targets import targets_of
from crm_desktop.exchange.workbook import Workbook

MOST_REASONS = 20


def import_records(wanted: argparse.Namespace) -> int:
    """Import, rehearse or undo, as the command line says."""
    if wanted.undo is not None:
        return take_back(wanted)
    if not (wanted.type and wanted.file):
        raise WrongUsage(say("Name the kind of record and the sheet: crm-desktop import customer customers.xlsx"))
    with open_office(wanted) as office:
        record_type = office.type_named(wanted.type)
        _check_right(office, record_type)
        delimiter = "\t" if wanted.delimiter == "tab" else wanted.delimiter
        if delimiter is not None and len(delimiter) != 1:
            raise WrongUsage(say("A delimiter is a single sign, such as ; or |, or the word “tab”."))
        with read_workbook(wanted.file, encoding=wanted.encoding, delimiter=delimiter) as workbook:
            plan = _plan(office, record_type, workbook, wanted)
            return _carry_out(plan, wanted)


def _check_right(office: Office, record_type: type[Record]) -> None:
    """Whoever may not import is told so before the file is read."""
    may = office.records.may(office.actor, record_type, "bring_in")
    if not may:
        raise may.refusal()  # type: ignore[union-attr]


def _plan(office: Office, record_type: type[Record], workbook: Workbook, wanted: argparse.Namespace) -> Importing:
    key, targets = record_type.key(), targets_of(office.records, record_type)
    if wanted.sheet is not None and wanted.sheet not in {sheet.name for sheet in workbook.sheets}:
        names = listed(sheet.name for sheet in workbook.sheets)
        raise Invalid(_("There is no sheet “{sheet}”. The sheets are: {sheets}."), sheet=wanted.sheet, sheets=names)
    known = known_heading(key, targets)
    sheet = workbook.sheet(wanted.sheet) if wanted.sheet is not None else likely_sheet(workbook, known, record_type.screen.title)
    table = find_table(sheet, known, wanted.header_row)
    if wanted.map:
        mapping = mapping_from(_written_mapping(wanted.map), table, targets)
    else:
        kept = office.records.settings.get(f"mapping.{key}", {}, office.actor.employee)
        mapping = reused(guess_mapping(key, targets, table), kept, table, targets)
    if not mapping.mapped():
        raise Invalid(
            _("None of the headings of “{sheet}” is known: {headings}. Name their fields in a file with --map, "
              "or the row of the headings with --header-row."),
            sheet=sheet.name, headings=listed(table.headings[:8]),
        )  # fmt: skip
    if wanted.unknown != "refuse":
        for unknown in unknown_words(office.records, table, mapping, targets):
            can = wanted.unknown == "add" and list_of(unknown.field)
            unknown.column.values.update(dict.fromkeys(unknown.words, ADD if can else ""))
    match: Iterable[str] | None = None
    if wanted.match:
        match = () if wanted.match == "none" else split(wanted.match)

    def plan() -> Importing:
        return Importing(office.records, record_type, table, mapping, office.actor, match=match, mode=wanted.mode,
                         empty=wanted.empty, same=wanted.same, similar=wanted.similar, note=wanted.file.name)  # fmt: skip

    made = plan()
    undecided = made.undecided
    if undecided and wanted.dates is None:
        raise Invalid(
            _("The dates of “{column}” may mean day/month or month/day. Say which with --dates dmy or --dates mdy."),
            column=undecided[0],
        )
    for column in mapping.columns:
        if column.heading in undecided:
            column.dates = wanted.dates
    return plan() if undecided else made


def _written_mapping(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Invalid(_("“{file}” was not found."), file=path.name) from error
    except ValueError as error:
        raise Invalid(_("“{file}” is not JSON. Write it like {example}."), file=path.name, example='{"公司": "name"}') from error
    if not isinstance(kept, dict):
        raise Invalid(_("“{file}” is not JSON. Write it like {example}."), file=path.name, example='{"公司": "name"}')
    return kept


def _carry_out(plan: Importing, wanted: argparse.Namespace) -> int:
    batch = None
    if wanted.dry_run:
        verdicts = plan.rehearse(_progress)
    else:
        imported = plan.run(_progress)
        verdicts, batch = imported.verdicts, imported.batch
    progress_line("")
    refused = verdicts.refused()
    if wanted.errors and refused:
        write_refused(wanted.errors, plan.table, refused, headings=titles(plan.table, plan.targets))
    _tell(plan.table, plan, verdicts, batch, wanted)
    if refused and len(refused) == len(verdicts):
        raise Refused(_("Every row was refused. The first reason: {reason}"), reason=next(iter(refused.values())))
    untold.take_in(plan.records, plan.actor)
    return 0


def _progress(done: int, total: int) -> None:
    progress_line(say("{done} of {total}", done=done, total=total))


def _tell(table: Table, plan: Importing, verdicts: Verdicts, batch: int | None, wanted: argparse.Namespace) -> None:
    refused = verdicts.refused()
    counts: dict[str, Any] = dict(verdicts.counts())
    if wanted.json:
        rows = [{"row": row, "reason": reason.sentence()} for row, reason in refused.items()]
        left_out = [{"row": one.row, "kind": one.kind, "text": one.text} for one in table.left_out]
        twins = [{"row": row, "like": note.sentence()} for row, note in verdicts.notes().items()]
        told = {"batch": str(batch) if batch else None, "mapping": plan.mapping.as_json(), "refused_rows": rows,
                "taken_apart": _taken_apart(plan)}  # fmt: skip
        remarks = [{"row": row, "note": note.sentence()} for row, note in verdicts.remarks()]
        put_json({**counts, **verdicts.alike(), "twins": twins, "remarks": remarks, "left_out": left_out, **told})
        return
    print(say("new: {new}, changed: {changed}, unchanged: {unchanged}, refused: {refused}", **counts))
    if any(verdicts.alike().values()):
        print(say("duplicates: {same} the same, {similar} similar", **dict[str, Any](verdicts.alike())))
    if batch:
        print(say("batch: {batch}", batch=batch))
    for one in table.left_out[:MOST_REASONS]:
        print("  " + say("row {row} left out: {words}", row=one.row, words=one.text[:60]))
    for heading, samples in _taken_apart(plan).items():
        for sample in samples:
            cell, *parts = filter(None, sample.values())
            print("  " + say("{column}: {cell} is taken apart into {parts}", column=heading, cell=cell, parts=" · ".join(parts)))
    left = list(unmapped(plan.mapping))
    if left:
        print(say("columns that go nowhere: {columns}", columns=listed(left)))
    for row, note in [*verdicts.notes().items(), *verdicts.remarks()][:MOST_REASONS]:
        if row not in refused:
            print("  " + say("row {row}: {reason}", row=row, reason=note.sentence()))
    for row, reason in list(refused.items())[:MOST_REASONS]:
        print("  " + say("row {row}: {reason}", row=row, reason=reason.sentence()))
    if len(refused) > MOST_REASONS:
        print("  " + say("… and %n more; --errors FILE writes all of them", n=len(refused) - MOST_REASONS))


def _taken_apart(plan: Importing) -> dict[str, list[dict[str, str]]]:
    """Of each column that fills several fields some cells, and what of them goes into which field."""
    return {
        spread.column.heading: [
            {"cell": as_text(cell)} | {target.name: spread.part(level, cell) for level, target in enumerate(spread.fields)}
            for cell in plan.table.samples_of(spread.column.index)[:3]
        ]
        for spread in plan.drafts.spreads
    }


def take_back(wanted: argparse.Namespace) -> int:
    """Undo the batch named by --undo."""
    with open_office(wanted) as office:
        outcome = office.records.undo(wanted.undo, office.actor, _progress)
        progress_line("")
        kept: list[tuple[int, Trouble]] = [(one, why) for one, why in outcome.refused if isinstance(why, Trouble)]
        if wanted.json:
            reasons = [{"id": str(one), "reason": why.sentence()} for one, why in kept]
            put_json({"undone": len(outcome.done), "kept": reasons, "stayed": outcome.stayed})
            return 0
        print(say("%n record(s) taken back", n=len(outcome.done)))
        if outcome.stayed:
            print(say("%n record(s) added since the merge stay where they are", n=outcome.stayed))
        for one, why in kept[:MOST_REASONS]:
            print("  " + say("kept {id}: {reason}", id=one, reason=why.sentence()))
    return 0
