"""A person gets to a team's database: the test of the way there, who he is in it, and what is kept of it on this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import accounts
from crm_desktop.business.system.server_doctor import durability
from crm_desktop.core import secret
from crm_desktop.core.errors import Cancelled, Invalid, Marked, Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.words import _
from crm_desktop.database import team_place
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.probing import STEPS, Found, Probe

LABELS = {**STEPS, "empty": _("Room for a copy"), "person": _("Who you are"), "safety": _("Safe against power cuts")}

NO_NAME = _("Write the name of the server, as whoever looks after it told you.")
NOT_A_HOST = _("“{host}” is no name of a server. Several stand with commas between, a port behind a colon: db1:3306, db2")
NO_DATABASE = _("Write the name of the database; it is crm unless somebody chose another one.")
NO_USER = _("Write the user name you have on the server.")
NOT_A_PORT = _("A port is a number from 1 to 65535; it is 3306 unless somebody changed it.")
UNSAFE = _("{problem} {mend}")


def place_of(servers: str, port: str, name: str, user: str, password: str, verified: bool, issuer: str) -> ServerPlace:
    """The place that was typed into fields. servers: one or several with commas between; port: for those that name none; issuer: a
    certificate file, '' for those this computer trusts. Raises Invalid, which names the field."""
    if not servers.strip():
        raise Invalid(NO_NAME, "servers")
    if not port.strip().isdigit() or not 0 < int(port) < 65536:
        raise Invalid(NOT_A_PORT, "port")
    if not name.strip():
        raise Invalid(NO_DATABASE, "name")
    if not user.strip():
        raise Invalid(NO_USER, "user")
    hosts = [_host(one, int(port)) for one in servers.replace("，", ",").replace(";", ",").split(",") if one.strip()]
    if not hosts:
        raise Invalid(NO_NAME, "servers")
    options = ({"ssl_ca": issuer} if issuer else {"ssl": "verify"}) if verified else {"ssl": "off"}
    (host, first_port), *others = hosts
    return ServerPlace(user.strip(), password, host, first_port, name.strip(), options, tuple(others))


def _host(text: str, port: int) -> tuple[str, int]:
    """The server of one entry, written as in an address or as a bare IPv6 number."""
    text = text.strip()
    if text.count(":") > 1 and not text.startswith("["):
        text = f"[{text}]"
    try:
        if any(sign in text for sign in " /@?#") or text.endswith(":"):
            raise Invalid(NOT_A_HOST)
        found = find_place(f"mysql://x@{text}/x")
    except Invalid as wrong:
        raise Invalid(NOT_A_HOST, "servers", host=text) from wrong
    assert isinstance(found, ServerPlace)
    named = text.rpartition("]")[2].count(":") == 1
    return found.host, found.port if named else port


def examine(probe: Probe, cancelled: Callable[[], bool], wants_empty: str = "") -> Iterator[Found]:
    """The steps of a probe, then whether a power cut could take anything, and who one is. wants_empty: the sentence for a database that
    holds data, where it must not. Raises Cancelled."""
    good = True
    for found in probe.steps():
        good = good and found.state != "bad"
        yield found
    if probe.settings:
        ailments = list(durability(lambda name: probe.settings.get(name, "")))
        if not ailments:
            yield Found("safety", "good")
        for one in ailments[:1]:
            told = {"problem": Marked(one.problem, **one.values), "mend": Marked(one.mend, **one.values)}
            yield Found("safety", "warn", Trouble(UNSAFE, **told))
    if wants_empty and probe.tables not in ("", "missing", "empty"):
        yield Found("empty", "bad", Trouble(wants_empty, name=probe.place.name, host=probe.place.host))
    elif good and probe.tables == "guarded":
        if cancelled():
            raise Cancelled
        yield _person(probe.place)


def _person(place: ServerPlace) -> Found:
    """Whose account it is, as the window will ask it too."""
    try:
        database = open_database(place)
    except Trouble as trouble:
        return Found("person", "bad", trouble)
    try:
        return Found("person", "good", note=str(accounts.signed_in(Records(database, RECORD_TYPES)).name))
    except Trouble as trouble:
        return Found("person", "bad", trouble)
    finally:
        database.close()


def opened(place: ServerPlace) -> Database:
    """The database, opened by somebody who works there. Raises Trouble: it cannot be reached, or the account is nobody's."""
    database = open_database(place)
    try:
        if database.guarded:
            accounts.signed_in(Records(database, RECORD_TYPES))
    except Trouble:
        database.close()
        raise
    return database


def settle(folder: Path, place: ServerPlace, remember_password: bool) -> bool:
    """From the next start on the program works there. The password goes into the keyring or nowhere: whether it went there."""
    team_place.remember(folder, place)
    if remember_password:
        return secret.put(place.secret(), place.password)
    secret.forget(place.secret())
    return False


def leave(folder: Path) -> None:
    """The program works with the file of the folder again; the keyring forgets the password."""
    place = find_place(address) if (address := team_place.remembered(folder)) else None
    team_place.forget(folder)
    if isinstance(place, ServerPlace):
        secret.forget(place.secret())
