"""The commands `database encrypt`, `decrypt` and `rekey`: the local file gets a key, none, or another one; of a team's database on a
server its copies do, from then on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from crm_desktop.business.system import encrypting, keeping_copies
from crm_desktop.business.system.encrypting import Wish
from crm_desktop.cli.opening import open_office
from crm_desktop.cli.places import data_folder, place_of
from crm_desktop.core.errors import NotFound
from crm_desktop.core.words import _, say
from crm_desktop.database import keys, recovery
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.recoding import Recoded, recode


def encrypt(wanted: argparse.Namespace) -> int:
    """Give a plain file a key."""
    return _with_new_key(wanted, "encrypt", _("The database is encrypted."))


def rekey(wanted: argparse.Namespace) -> int:
    """Give an encrypted file another key."""
    return _with_new_key(wanted, "rekey", _("The database has a new key."))


def decrypt(wanted: argparse.Namespace) -> int:
    """Take the key away."""
    if _on_server(wanted):
        with open_office(wanted) as office:
            keeping_copies.leave_plain(office.records, office.actor)
        print(say(keeping_copies.NOT_ANY_MORE))
        return 0
    file = _file(wanted, "decrypt")
    _tell(recode(file, None), say("The database is no longer encrypted."))
    return 0


def _with_new_key(wanted: argparse.Namespace, wish: Wish, done: str) -> int:
    if _on_server(wanted):
        with open_office(wanted) as office:
            keeping_copies.demand(office.records, office.actor)
            kept = keeping_copies.encrypt(office.records, office.actor, _new_key())
        print(say(keeping_copies.FROM_NOW_ON))
    else:
        file = _file(wanted, wish)
        recoded = recode(file, _new_key())
        kept = recoded.kept
        _tell(recoded, say(done))
    if not kept:
        print(say("This computer has no keyring that could hold the key: the recovery phrase is asked for at each start, or taken from "
                  "the environment variable {variable}.", variable=keys.PHRASE))  # fmt: skip
    return 0


def _new_key() -> bytes:
    """A key whose phrase the person has on paper, as he shows on a terminal."""
    key = recovery.new_key()
    phrase = recovery.phrase_of(key)
    print(say("Recovery phrase:"))
    print(phrase, flush=True)
    print(say("Print it or write it down, and keep it where the computer is not. Who loses it together with the keyring loses the data."))
    sys.stdout.flush()
    if sys.stdin is not None and sys.stdin.isatty():
        for group in encrypting.asked_groups():
            encrypting.demand_typed(phrase, group, input(say("Type group {group} of it: ", group=group)))
    return key


def _on_server(wanted: argparse.Namespace) -> bool:
    return isinstance(find_place(wanted.database or place_of(wanted.data or data_folder())), ServerPlace)


def _file(wanted: argparse.Namespace, wish: Wish) -> Path:
    """The file, when this person may do it."""
    file = find_place(wanted.data or data_folder())
    assert isinstance(file, Path)
    if not file.is_file():
        raise NotFound(_("There is no database in {folder}."), folder=str(file.parent))
    with open_office(wanted) as office:
        return encrypting.demand(office.records, office.actor, wish)


def _tell(recoded: Recoded, done: str) -> None:
    print(done)
    if recoded.copies:
        print(say("%n copy(ies) in the folder backups went along.", n=recoded.copies))
    for path in recoded.left:
        print(say("{file} could not be opened and stays as it is.", file=str(path)))
