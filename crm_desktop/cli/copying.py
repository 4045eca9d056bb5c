"""The commands `database backup` and `restore`: a verified copy of the local file is made, or takes its place."""

from __future__ import annotations

import argparse
from pathlib import Path

from crm_desktop.business.system import safekeeping
from crm_desktop.cli.opening import have_key, open_office
from crm_desktop.cli.places import data_folder
from crm_desktop.cli.printing import put_json
from crm_desktop.cli.wanted import WrongUsage
from crm_desktop.core.errors import NotFound, Refused, Trouble
from crm_desktop.core.words import _, say
from crm_desktop.database.copies import Copy, copies_beside
from crm_desktop.database.place import find_place


def backup(wanted: argparse.Namespace) -> int:
    """Make a copy now, and print where it is."""
    file = _file(wanted)
    if not file.is_file():
        raise NotFound(_("There is no database in {folder}."), folder=str(file.parent))
    with open_office(wanted) as office:
        made = safekeeping.back_up(office.records)
    print(say("A copy was made, opened and counted:"))
    print(made)
    return 0


def restore(wanted: argparse.Namespace) -> int:
    """Let a copy take the place of the file; without one, list what there is."""
    file = _file(wanted)
    copies = copies_beside(file)
    if not wanted.copy and not wanted.latest:
        return _list(copies, file, wanted.json)
    copy = _named(wanted.copy, copies, file)
    person = _who_may(wanted, file)
    have_key(copy)
    restored = safekeeping.restore(file, copy, person)
    print(say("The database is as it was in {copy}.", copy=str(copy)))
    if told := restored.sentence():
        print(told)
    return 0


def _list(copies: list[Copy], file: Path, as_json: bool) -> int:
    if not copies and not as_json:
        print(say("There are no copies beside {file} yet. Make one with: crm-desktop database backup", file=str(file)))
    for copy in copies:
        if as_json:
            put_json({"copy": copy.path.name, "made": copy.at.isoformat(" ", "seconds"), "bytes": copy.size, "why": copy.reason("en")})
        else:
            print(f"{copy.at:%Y-%m-%d %H:%M}  {copy.size:>14,}  {copy.path.name}  {copy.reason()}")
    if copies and not as_json:
        print(say("Name one of these to restore it, or use --latest."))
    return 0


def _named(word: str, copies: list[Copy], file: Path) -> Path:
    """The copy meant: its name in `backups`, a path, or the newest."""
    if word:
        beside = next((copy.path for copy in copies if copy.path.name == word), None)
        return beside or Path(word).expanduser()
    if not copies:
        raise NotFound(_("There are no copies beside {file} yet. Make one with: crm-desktop database backup"), file=str(file))
    return copies[0].path


def _who_may(wanted: argparse.Namespace, file: Path) -> int | None:
    """Only an administrator takes back what everybody did; a file that cannot be opened any more has no rights to look up."""
    if not file.is_file():
        return None
    try:
        with open_office(wanted) as office:
            safekeeping.demand_restore(office.records, office.actor)
            return office.actor.employee
    except Refused:
        raise
    except Trouble as trouble:
        if not safekeeping.is_lost(trouble):
            raise
        return None


def _file(wanted: argparse.Namespace) -> Path:
    if wanted.database:
        raise WrongUsage(say(safekeeping.ON_A_SERVER))
    file = find_place(wanted.data or data_folder())
    assert isinstance(file, Path)
    return file
