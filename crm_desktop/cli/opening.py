"""Opens the data for a command: the database, a first user if there is none, and the person who asks."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.cli.arguments import language_here
from crm_desktop.cli.places import data_folder, place_of
from crm_desktop.cli.wanted import WrongUsage
from crm_desktop.core import words
from crm_desktop.core.errors import Invalid, NotFound, Refused, Trouble
from crm_desktop.core.words import LANGUAGES, _, say

if TYPE_CHECKING:
    from crm_desktop.core.access import Actor
    from crm_desktop.core.record import Record
    from crm_desktop.core.records import Records
    from crm_desktop.database.engine import Database
    from crm_desktop.database.keys import KeyNeeded

NEW_PASSWORD = "CRM_NEW_PASSWORD"  # of the account that is opened, where there is no terminal to ask
READ = {"list", "search", "show", "export", "template", "check", "duplicates"}


class Office(NamedTuple):
    """The door and who stands in it."""

    records: Records
    actor: Actor

    def type_named(self, word: str) -> type[Record]:
        """The record type a person means. Raises WrongUsage."""
        return _type_named(word, self.records.types.values())


def _type_named(word: str, types: Iterable[type[Record]]) -> type[Record]:
    """By its key or its title, in the singular or plural of any language."""
    wanted = word.casefold().replace("-", "_").replace(" ", "_")
    for record_type in types:
        titles = {say(text, lang).casefold() for text in (record_type.screen.title, record_type.screen.one) for lang in LANGUAGES}
        if wanted == record_type.key() or word.casefold() in titles or wanted.replace("_", " ") in titles:
            return record_type
    listed = ", ".join(record_type.key() for record_type in types)
    raise WrongUsage(say("There is no kind of record “{word}”. Name one of: {types}.", word=word, types=listed))


@contextmanager
def open_office(wanted: argparse.Namespace) -> Iterator[Office]:
    """Open what --data or --database name, as the person --as names, in the language --lang names."""
    from crm_desktop.business import RECORD_TYPES
    from crm_desktop.business.staff import accounts
    from crm_desktop.business.staff.sign_in import actor_for
    from crm_desktop.business.system import starting
    from crm_desktop.core import finding, twins
    from crm_desktop.core.records import Records

    # Wrong words are told before a new folder is made for them.
    for word in (getattr(wanted, "type", None), *(getattr(wanted, "types", None) or ())):
        if word:
            _type_named(word, RECORD_TYPES)
    database = _opened(wanted)
    try:
        records = Records(database, RECORD_TYPES)
        accounts.attend(records)
        twins.catch_up(records)
        finding.catch_up(records)
        if starting.is_new(records):
            user = starting.begin(records, "", "", wanted.lang or language_here())
            records.settings.put("local_user", user.id)
        person = _person(records, wanted.user)
        _let_in(records, person)
        database.introduce(records.names.title("employee", person))
        settings = records.settings
        lang = wanted.lang or settings.get("language", None, person) or settings.get("language", "zh_CN")
        words.use(lang)
        yield Office(records, actor_for(records, person, lang))
    finally:
        database.close()


def _opened(wanted: argparse.Namespace) -> Database:
    """The database; of a file in a network folder that somebody else has open a copy, for commands that only read."""
    from crm_desktop.database.engine import open_copy, open_database
    from crm_desktop.database.lease import HeldElsewhere

    place = wanted.database or place_of(wanted.data or data_folder())
    if isinstance(place, str):
        place = with_password(place)
    have_key(place)
    try:
        return open_database(place)
    except HeldElsewhere as held:
        if _only_reads(wanted):
            database = open_copy(held)
            _remark(say("{held} This is read from a copy of its state now.", held=held.sentence()))
            return database
        _remark(say("Waiting for a sign of life from {computer}, a minute at most.", computer=held.values["computer"]))
        held.lease.wait_for_sign()
        return open_database(place, lease=held.lease)


def _only_reads(wanted: argparse.Namespace) -> bool:
    """Whether the command can do its work on a copy. What is missing here is refused by the copy, later and less kindly."""
    if wanted.command == "share":
        return not wanted.colleague and not wanted.end
    if wanted.command == "handover":
        return bool(wanted.dry_run or wanted.number)
    return wanted.command in READ


def _remark(sentence: str) -> None:
    """Beside the answer, which goes to standard output."""
    print(sentence, file=sys.stderr, flush=True)


def _let_in(records: Records, person: int) -> None:
    """Ask for the password of a person who has one: from CRM_PASSWORD, or at the terminal."""
    from crm_desktop.business.staff import password

    if records.database.guarded or not password.has(records, person):
        return  # the server has let him in, or nobody asks
    word = os.environ.get("CRM_PASSWORD")
    if word is None and sys.stdin is not None and sys.stdin.isatty():
        word = getpass.getpass(f"{say('Password')}: ")
    if word is None:
        raise Refused(_("This person has a password. Put it into the environment variable CRM_PASSWORD, or work at a terminal."))
    password.check(records, person, word)


def _person(records: Records, named: str | None) -> int:
    """Whom --as names; without it the one who works at this PC, or the only one there is."""
    from crm_desktop.business.staff import accounts, sign_in

    if named:
        person = sign_in.find(records, named)
        accounts.demand_same(records, person)
        return int(person.id)
    if records.database.guarded:
        return int(accounts.signed_in(records).id)
    people: list[Any] = sign_in.employees(records)
    local = records.settings.get("local_user", 0)
    if any(person.id == local for person in people):
        return int(local)
    if not people:
        raise NotFound(sign_in.NOBODY)
    if len(people) > 1:
        names = ", ".join(person.login or person.name for person in people)
        raise Trouble(_("Say who you are with --as. Name one of: {names}."), names=names)
    return int(people[0].id)


def have_key(place: str | Path) -> None:
    """Ask at a terminal for the recovery phrase of an encrypted file whose key is not known here."""
    from crm_desktop.database import keys
    from crm_desktop.database.place import find_place

    file = find_place(place)
    if not isinstance(file, Path) or not file.is_file() or not os.access(file, os.R_OK):
        return
    try:
        keys.key_for(file)
    except keys.KeyNeeded as needed:
        ask_phrase(needed)


def ask_phrase(needed: KeyNeeded) -> None:
    """Ask at a terminal for the recovery phrase; without one raise what it is needed for."""
    from crm_desktop.database import keys

    if sys.stdin is None or not sys.stdin.isatty():
        raise needed
    print(needed.sentence(), file=sys.stderr)
    keys.learn(needed.file, getpass.getpass(say("Recovery phrase: ")), head=needed.head)


def with_password(address: str) -> str:
    """The address of a server with its password: from the keyring, or asked for on a terminal, when neither it nor the environment has
    one."""
    from urllib.parse import quote

    from crm_desktop.core import secret
    from crm_desktop.database.place import ServerPlace, find_place

    place = find_place(address)
    if not isinstance(place, ServerPlace) or place.password:
        return address
    password = secret.get(place.secret())
    if password is None and sys.stdin is not None and sys.stdin.isatty():
        password = getpass.getpass(say("Password of {user} on {host}: ", user=place.user, host=place.host))
    if not password:
        return address
    user, at, rest = address.partition("://")[2].rpartition("@")
    return f"mysql://{user.partition(':')[0]}:{quote(password, safe='')}{at}{rest}"


def new_password(login: str) -> str:
    """The password an account gets: from the environment, or asked for twice."""
    given = os.environ.get(NEW_PASSWORD, "")
    if given or not sys.stdin.isatty():
        if not given:
            text = _("Choose a password for {user}: set {variable}, or run the command on a terminal.")
            raise Invalid(text, user=login, variable=NEW_PASSWORD)
        return given
    first = getpass.getpass(say("New password of {user}: ", user=login))
    if first != getpass.getpass(say("Once more: ")):
        raise Invalid(_("The two passwords differ. Nothing was changed."))
    return first
