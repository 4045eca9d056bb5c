"""The command `database`: a shared database made, examined, brought up to date, filled from a file, its accounts opened; a file
copied, restored, encrypted."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from crm_desktop.cli.arguments import language_here
from crm_desktop.cli.opening import new_password
from crm_desktop.cli.places import data_folder
from crm_desktop.cli.printing import Progress, put_json
from crm_desktop.cli.wanted import WrongUsage
from crm_desktop.core import words
from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.words import _, say


def database(wanted: argparse.Namespace) -> int:
    """Run what `crm-desktop database WHAT` names."""
    words.use(wanted.lang or language_here())
    return _WHAT[wanted.what](wanted)


def _create(wanted: argparse.Namespace) -> int:
    from crm_desktop.business.system import shared_server

    address = _server(wanted)
    password = new_password(wanted.administrator)
    shared_server.create(address, wanted.administrator, password, wanted.name, wanted.company, wanted.lang or language_here())
    ready = _address_of(address, wanted.administrator)
    print(say("The database is ready. {user} signs in with: {address}", user=wanted.administrator, address=ready))
    return 0


def _doctor(wanted: argparse.Namespace) -> int:
    from crm_desktop.business.system.server_doctor import examine
    from crm_desktop.database.engine import look_at

    opened = look_at(_server(wanted))
    found = 0
    try:
        for key, label, ailments in examine(opened):
            found += len(ailments)
            if wanted.json:
                told = [{"problem": say(one.problem, **one.values), "mend": say(one.mend, **one.values)} for one in ailments]
                put_json({"check": key, "ok": not ailments, "problems": told})
                continue
            print(say("{label}: all is well", label=say(label)) if not ailments else say("{label}:", label=say(label)))
            for one in ailments:
                print("  " + one.sentence())
    finally:
        opened.close()
    if found:
        raise Trouble(_("The doctor found something. Mend it as told above, then run it again."))
    return 0


def _migrate(wanted: argparse.Namespace) -> int:
    from crm_desktop.business.system import shared_server

    shared_server.bring_up_to_date(_server(wanted))
    print(say("The database is up to date."))
    return 0


def _move(wanted: argparse.Namespace) -> int:
    from crm_desktop.business.system import relocating
    from crm_desktop.cli.opening import have_key

    source = wanted.database or wanted.data or data_folder()
    have_key(source)
    said = Progress()
    if "://" in wanted.to:
        password = new_password(wanted.administrator) if wanted.administrator else ""
        proofs = relocating.to_server(source, _with_password(wanted.to), wanted.administrator, password, said)
    else:
        proofs = relocating.to_file(_with_password(str(source)), Path(wanted.to), said)
    said.end()
    for proof in proofs:
        if wanted.json:
            put_json({"table": proof.table, "rows": proof.rows, "sha256": proof.checksum})
        elif proof.rows:
            print(f"{proof.table:24} {proof.rows:>12,}  {proof.checksum[:16]}")
    if not wanted.json:
        print(say("Moved. Every table holds the same rows on both sides: %n row(s).", n=sum(proof.rows for proof in proofs)))
    return 0


def _login(wanted: argparse.Namespace) -> int:
    from crm_desktop.business.staff import accounts
    from crm_desktop.database.engine import open_database

    opened = open_database(_server(wanted))
    try:
        if not opened.guarded:
            raise Invalid(_("Accounts for each user are there once the database was made with: crm-desktop database create"))
        if wanted.act == "open":
            accounts.open_login(opened, wanted.login, new_password(wanted.login))
        else:
            {"lock": accounts.lock_login, "log_off": accounts.log_off}[wanted.act](opened, wanted.login)
    finally:
        opened.close()
    done = {"open": _("{user} may sign in now."), "lock": _("{user} is locked and logged off."), "log_off": _("{user} is logged off.")}
    print(say(done[wanted.act], user=wanted.login))
    return 0


def _from(module: str, word: str, wanted: argparse.Namespace) -> int:
    done: int = getattr(import_module(f"crm_desktop.cli.{module}"), word)(wanted)
    return done


_WHAT: dict[str, Callable[[argparse.Namespace], int]] = {
    "create": _create,
    "doctor": _doctor,
    "migrate": _migrate,
    "move": _move,
    "login": _login,
    "reading": partial(_from, "reading_profile", "reading"),
    "tidy": partial(_from, "tidying", "tidy"),
    **{word: partial(_from, "copying", word) for word in ("backup", "restore")},
    **{word: partial(_from, "encrypting", word) for word in ("encrypt", "decrypt", "rekey")},
}


def _server(wanted: argparse.Namespace) -> str:
    if not wanted.database:
        raise WrongUsage(say("Name the server with --database mysql://user@server:3306/name. For a local file run: crm-desktop check"))
    return _with_password(wanted.database)


def _with_password(address: str) -> str:
    """The address; its password is asked for on a terminal when it has none and the environment has none."""
    from crm_desktop.cli.opening import with_password

    return with_password(address)


def _address_of(address: str, login: str) -> str:
    from crm_desktop.database.place import ServerPlace, find_place

    place = find_place(address)
    assert isinstance(place, ServerPlace)
    return replace(place, user=login, password="").address()
