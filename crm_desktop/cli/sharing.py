"""The command `share`: records opened to a colleague, with whom they are shared, and the end of it."""

from __future__ import annotations

import argparse
from typing import Any

from crm_desktop.business.staff.sign_in import find
from crm_desktop.cli.conditions import view_of
from crm_desktop.cli.opening import Office, open_office
from crm_desktop.cli.printing import TablePrinter, put_json
from crm_desktop.cli.reading import record_named
from crm_desktop.cli.wanted import WrongUsage
from crm_desktop.core import sharing
from crm_desktop.core.kinds import DayKind
from crm_desktop.core.outcome import Outcome
from crm_desktop.core.record import Record
from crm_desktop.core.words import say


def share(wanted: argparse.Namespace) -> int:
    """Share the records named or chosen, end their shares, or list them when no colleague is named."""
    if bool(wanted.ids) == bool(wanted.where or wanted.text):
        raise WrongUsage(say("Name the records by their ids, or choose them with --where or --text."))
    if wanted.end and not wanted.colleague:
        raise WrongUsage(say("Say whose share ends, with --with."))
    with open_office(wanted) as office:
        record_type = office.type_named(wanted.type)
        ids = _ids(office, record_type, wanted)
        if not wanted.colleague:
            return _list(office, record_type, ids, wanted.json)
        colleague = int(find(office.records, wanted.colleague).id)
        if wanted.end:
            outcome = office.records.unshare(_shares_with(office, record_type, ids, colleague), office.actor)
            told = say("%n share(s) ended", n=len(outcome.done))
        else:
            until = DayKind().read(wanted.until) if wanted.until else None
            outcome = office.records.share(record_type, ids, colleague, office.actor, wanted.write, until)
            name = office.records.names.title("employee", colleague)
            told = say("%n record(s) shared with {name}", n=len(outcome.done), name=name)
        return _tell(outcome, told, wanted.json)


def _ids(office: Office, record_type: type[Record], wanted: argparse.Namespace) -> list[int]:
    if wanted.ids:
        return [int(record_named(office, record_type, word).id) for word in wanted.ids]
    return list(office.records.ids(record_type, office.actor, view_of(office, record_type, wanted)))


def _shares_with(office: Office, record_type: type[Record], ids: list[int], colleague: int) -> list[int]:
    found = []
    for one in ids:
        shares: list[Any] = list(sharing.shares_of(office.records, record_type, one, office.actor))
        found += [row.id for row in shares if row.employee == colleague]
    return found


def _list(office: Office, record_type: type[Record], ids: list[int], as_json: bool) -> int:
    names = office.records.names
    printer = TablePrinter([say(record_type.screen.one), say("Shared with"), say("Access"), say("Until")], [False] * 4)
    for one in ids:
        rows: list[Any] = list(sharing.shares_of(office.records, record_type, one, office.actor))
        for row in rows:
            name, until = names.title("employee", row.employee), row.until.isoformat() if row.until else None
            if as_json:
                told = {"id": str(row.id), "record": {"id": str(one), "title": row.name}}
                put_json(told | {"employee": {"id": str(row.employee), "title": name}, "may_write": bool(row.may_write), "until": until})
            else:
                printer.add([[row.name, name, say("Work on it") if row.may_write else say("Read it"), until or ""]])
    return 0


def _tell(outcome: Outcome, told: str, as_json: bool) -> int:
    """How many were done, then each that was refused and why. Refused ones make the exit code 1 when nothing was done."""
    refused = [(str(one), why.sentence()) for one, why in outcome.refused]
    if as_json:
        put_json({"done": [str(one) for one in outcome.done], "refused": [{"id": one, "reason": why} for one, why in refused]})
    else:
        print(told)
        for one, why in refused:
            print(f"{one}: {why}")
    return 1 if refused and not outcome.done else 0
