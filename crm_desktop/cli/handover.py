"""The command `handover`: what an employee owns goes to others, with a certificate to sign."""

from __future__ import annotations

import argparse

from crm_desktop.business.staff import certificate as certificates
from crm_desktop.business.staff import handover
from crm_desktop.business.staff.sign_in import find
from crm_desktop.cli.opening import Office, open_office
from crm_desktop.cli.printing import TablePrinter, progress_line, put_json
from crm_desktop.cli.wanted import WrongUsage
from crm_desktop.core import money
from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say


def hand_over(wanted: argparse.Namespace) -> int:
    """Show what there is, then hand it over; or print the certificate of a handover there was."""
    if wanted.certificate is not None and wanted.certificate.suffix.lower() != ".pdf":
        raise Invalid(_("The certificate is a PDF: its file must end in .pdf."))
    if wanted.number is not None and wanted.certificate is None:
        raise WrongUsage(say("Name the file for the certificate with --certificate."))
    if wanted.number is None and wanted.leaver is None:
        raise WrongUsage(say("Say who leaves: crm-desktop handover FROM TO"))
    with open_office(wanted) as office:
        records, actor = office.records, office.actor
        if wanted.number is not None:
            return _certify(office, wanted, wanted.number)
        leaver = find(records, wanted.leaver)
        if wanted.dry_run:
            return _tell_holdings(office, leaver.id, wanted.json)
        plan = handover.Plan(
            leaver.id, _receivers(office, wanted), not wanted.apart, not wanted.open_only, not wanted.keep_account
        )
        done = handover.hand_over(
            records, plan, actor, lambda n, of: progress_line(say("{done} of {total}", done=n, total=of))
        )
        progress_line("")
        for type_key, several in done.moved.items():
            for receiver, count in several.items():
                _tell_moved(office, type_key, receiver, count, wanted.json)
        if done.batch is None:
            print(say("{name} has nothing to hand over.", name=leaver.name))
        elif wanted.certificate is not None:
            return _certify(office, wanted, done.batch)
        elif not wanted.json:
            print(say("Handover {number}", number=done.batch))
    return 0


def _receivers(office: Office, wanted: argparse.Namespace) -> dict[str, tuple[int, ...]]:
    """Who gets what: TO for every type, unless --type names some, each with people of its own or TO."""
    everybody = _people(office, wanted.receivers or "")
    if not wanted.types_to:
        if not everybody:
            raise Invalid(_("Say who takes over: crm-desktop handover FROM TO"))
        return {one.key(): everybody for one in handover.handed_types(office.records)}
    found = {}
    for word in wanted.types_to:
        type_word, _is, people = word.partition("=")
        receivers = _people(office, people) or everybody
        if not receivers:
            raise Invalid(_("Say who takes over: crm-desktop handover FROM TO"))
        found[office.type_named(type_word).key()] = receivers
    return found


def _people(office: Office, words: str) -> tuple[int, ...]:
    return tuple(int(find(office.records, word.strip()).id) for word in words.split(",") if word.strip())


def _tell_holdings(office: Office, leaver: int, as_json: bool) -> int:
    told = handover.holdings(office.records, leaver, office.actor)
    if as_json:
        for one in told:
            amount = {} if one.amount is None else {"amount": f"{one.amount:.2f}"}
            put_json({"type": one.record_type.key(), "count": one.count, "open": one.open} | amount)
        return 0
    printer = TablePrinter([say("Record type"), say("Records"), say("Still open"), say("Open amount")], [False, True, True, True])
    printer.add([
        [say(one.record_type.screen.title), str(one.count), str(one.open), "" if one.amount is None else money.full(one.amount)]
        for one in told
    ])  # fmt: skip
    return 0


def _tell_moved(office: Office, type_key: str, receiver: int, count: int, as_json: bool) -> None:
    name = office.records.names.title("employee", receiver)
    if as_json:
        put_json({"type": type_key, "to": {"id": str(receiver), "title": name}, "count": count})
    else:
        print(f"{say(office.records.types[type_key].screen.title)}: {count} → {name}")


def _certify(office: Office, wanted: argparse.Namespace, number: int) -> int:
    from crm_desktop.certificate_paper import as_document  # fonts: only when a PDF is made

    told = certificates.certificate(office.records, number, office.actor)
    path = as_document(office.records, told, office.actor.lang).save(wanted.certificate)
    if wanted.json:
        put_json({"number": str(number), "file": str(path)})
    else:
        print(say("The certificate was written to {file}", file=path))
    return 0
