"""The commands `merge` and `duplicates`: two records become one; which records there are twice."""

from __future__ import annotations

import argparse

from crm_desktop.cli.importing import take_back
from crm_desktop.cli.opening import open_office
from crm_desktop.cli.printing import TablePrinter, progress_line, put_json
from crm_desktop.cli.reading import record_named
from crm_desktop.cli.wanted import WrongUsage
from crm_desktop.core import joining, masking, twin_scan, twins
from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say


def merge(wanted: argparse.Namespace) -> int:
    """Merge one record into another, as the window would propose, with the fields named by --take from the one that goes."""
    if wanted.undo is not None:
        return take_back(wanted)
    if not (wanted.type and wanted.keep and wanted.lose):
        raise WrongUsage(say("Name the kind of record and two of them: crm-desktop merge TYPE KEEP LOSE"))
    with open_office(wanted) as office:
        records, actor = office.records, office.actor
        record_type = office.type_named(wanted.type)
        keep, lose = record_named(office, record_type, wanted.keep), record_named(office, record_type, wanted.lose)
        fields = joining.chosen(records, record_type)
        taken = {}
        for name in filter(None, (wanted.take or "").replace("，", ",").split(",")):
            if name.strip() not in fields:
                text = _("“{name}” is no field that can be taken over. The fields are: {names}.")
                raise Invalid(text, name=name, names=", ".join(fields))
            taken[name.strip()] = joining.LOSE
        change = records.merge(record_type, keep.id, lose.id, actor, taken)
        moved = sum(action == "update" and one != keep.id for _type, one, action in change.touched)
        if wanted.json:
            put_json({"kept": str(keep.id), "merged": str(lose.id), "moved": moved, "batch": str(change.batch)})
        else:
            print(say("“{lose}” was merged into “{keep}”; %n record(s) moved.", n=moved, lose=lose.called(), keep=keep.called()))
            print(say("batch: {batch}", batch=change.batch))
    return 0


def duplicates(wanted: argparse.Namespace) -> int:
    """Print the groups of records that are the same or similar, the surest first."""
    with open_office(wanted) as office:
        records, actor = office.records, office.actor
        record_type = office.type_named(wanted.type)
        if record_type.compared is None:
            raise Invalid(_("{records} are not compared."), records=Invalid(record_type.screen.title))

        def progress(done: int, total: int) -> None:
            progress_line(f"{100 * done // max(total, 1)} %")

        groups = twin_scan.scan(records, record_type, actor, progress)
        progress_line("")
        hidden = bool(masking.Veil(records, actor, record_type).names)
        headings = [say("Group"), say("Match"), say("Score"), say("Id"), say("Title"), say("Why")]
        printer = TablePrinter(headings, [True, False, True, False, False, False])
        for number, group in enumerate(groups, 1):
            titles = {one: str(row[0]) for one, row in records.rows(record_type, actor, group.ids, [record_type.title_field]).items()}
            why = twins.Why(group.reasons(hidden)).sentence()
            if wanted.json:
                told = [{"id": str(one), "title": titles.get(one, "")} for one in group.ids]
                put_json({"same": group.same, "score": group.score, "records": told, "why": why})
            else:
                match = say("the same") if group.same else say("similar")
                printer.add([[str(number), match, str(group.score), str(one), titles.get(one, ""), why] for one in group.ids])
    return 0
