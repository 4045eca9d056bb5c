"""The commands `database backup` and `restore`: a verified copy of the local file, or of a team's database on a server, is made; or takes
its place."""

from __future__ import annotations

import argparse
from pathlib import Path

from crm_desktop.business.system import safekeeping
from crm_desktop.cli.opening import ask_phrase, have_key, new_password, open_office, with_password
from crm_desktop.cli.places import data_folder, place_of
from crm_desktop.cli.printing import Progress, put_json
from crm_desktop.cli.wanted import WrongUsage
from crm_desktop.core.errors import NotFound, Refused, Trouble
from crm_desktop.core.words import _, say
from crm_desktop.database.backup import BACKUPS
from crm_desktop.database.copies import BY_HAND, NIGHTLY, Copy, copies_beside
from crm_desktop.database.keys import KeyNeeded
from crm_desktop.database.place import ServerPlace, find_place

NO_COPIES = _("There are no copies in {folder} yet. Make one with: crm-desktop database backup")


def backup(wanted: argparse.Namespace) -> int:
    """Make a copy now, and print where it is."""
    place = _place(wanted)
    if isinstance(place, ServerPlace):
        return _back_up_server(wanted, place)
    if wanted.to or wanted.keep is not None:
        raise WrongUsage(say("--to and --keep are for a team's database on a server; the copies of a file lie beside it."))
    if not place.is_file():
        raise NotFound(_("There is no database in {folder}."), folder=str(place.parent))
    with open_office(wanted) as office:
        made = safekeeping.back_up(office.records, office.actor)
    print(say("A copy was made, opened and counted:"))
    print(made)
    return 0


def _back_up_server(wanted: argparse.Namespace, place: ServerPlace) -> int:
    from crm_desktop.business.system import server_copies
    from crm_desktop.business.system.keeping_copies import key_wished

    if wanted.keep is not None and wanted.keep < 1:
        raise WrongUsage(say("--keep is a number of days, 1 or more."))
    folder, said = _folder(wanted), Progress()
    why = BY_HAND if wanted.keep is None else NIGHTLY
    with open_office(wanted) as office:
        try:
            key_wished(office.records)
        except KeyNeeded as needed:
            ask_phrase(needed)
        made = server_copies.back_up(office.records, office.actor, folder, why, said)
        gone = server_copies.prune(place, folder, wanted.keep) if wanted.keep is not None else []
    said.end()
    print(say("A copy was made, and every table proven:"))
    print(made)
    if gone:
        print(say("Older copies taken away: {count}", count=len(gone)))
    return 0


def restore(wanted: argparse.Namespace) -> int:
    """Let a copy take the place of the file, or fill an empty database of a server; without one, list what there is."""
    place = _place(wanted)
    if isinstance(place, ServerPlace):
        return _restore_server(wanted, place)
    copies = copies_beside(place)
    if not wanted.copy and not wanted.latest:
        return _list(copies, place.parent / BACKUPS, wanted.json)
    copy = _named(wanted.copy, copies, place.parent / BACKUPS)
    person = _who_may(wanted, place)
    have_key(copy)
    restored = safekeeping.restore(place, copy, person)
    print(say("The database is as it was in {copy}.", copy=str(copy)))
    if told := restored.sentence():
        print(told)
    return 0


def _restore_server(wanted: argparse.Namespace, place: ServerPlace) -> int:
    from crm_desktop.business.system import server_copies

    folder = _folder(wanted)
    copies = server_copies.copies_of(place, folder)
    if not wanted.copy and not wanted.latest:
        return _list(copies, folder, wanted.json)
    copy, said = _named(wanted.copy, copies, folder), Progress()
    have_key(copy)
    password = new_password(wanted.administrator) if wanted.administrator else ""
    address = with_password(wanted.database or str(place.address()))
    proofs = server_copies.restore(copy, address, wanted.administrator, password, said)
    said.end()
    rows = sum(proof.rows for proof in proofs)
    print(say("The database is as it was in {copy}. Every table holds the same rows on both sides: %n row(s).", n=rows, copy=str(copy)))
    if wanted.administrator:
        print(say(server_copies.AFTERWARDS))
    return 0


def _list(copies: list[Copy], folder: Path, as_json: bool) -> int:
    if not copies and not as_json:
        print(say(NO_COPIES, folder=str(folder)))
    for copy in copies:
        if as_json:
            put_json({"copy": copy.path.name, "made": copy.at.isoformat(" ", "seconds"), "bytes": copy.size, "why": copy.reason("en")})
        else:
            print(f"{copy.at:%Y-%m-%d %H:%M}  {copy.size:>14,}  {copy.path.name}  {copy.reason()}")
    if copies and not as_json:
        print(say("Name one of these to restore it, or use --latest."))
    return 0


def _named(word: str, copies: list[Copy], folder: Path) -> Path:
    """The copy meant: its name in `backups`, a path, or the newest."""
    if word:
        beside = next((copy.path for copy in copies if copy.path.name == word), None)
        return beside or Path(word).expanduser()
    if not copies:
        raise NotFound(NO_COPIES, folder=str(folder))
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


def _folder(wanted: argparse.Namespace) -> Path:
    """Where copies of a team's database lie: in the folder that was named, or in that of this computer's data."""
    named: Path | None = getattr(wanted, "to", None)
    return named.expanduser() if named else (wanted.data or data_folder()) / BACKUPS


def _place(wanted: argparse.Namespace) -> ServerPlace | Path:
    return find_place(wanted.database or place_of(wanted.data or data_folder()))
