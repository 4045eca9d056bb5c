"""How strictly a server with an account for each user lets people read, and the switch for administrators.

Either way the server refuses every change that is not allowed (core/guard). Ordinary SQL shows only what a person may see; who knows
its tricks reads more, unless reading is strict.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Refused
from crm_desktop.core.guard.naming import KEYS
from crm_desktop.core.guard.strict import MOST
from crm_desktop.core.records import Records
from crm_desktop.core.words import _

ONLY_ADMINISTRATORS = _("Only an administrator says how strictly the server lets people read.")
ONLY_SERVERS = _("How strictly people read is chosen on a shared server with an account for each user.")
TOO_MANY = _("Strict reading is for up to {most} customers; there are {count}. Lists would be too slow.")

STANDARD = _(
    "Standard: the server refuses every change that is not allowed and keeps a trace of each. Programs show what a person may see, "
    "but who knows SQL well and connects with a tool of his own can find out more."
)
STRICT = _(
    "Strict: whatever tool somebody connects with, the server gives him only the records he may see, and hidden numbers covered."
)
PRICE = _(
    "Strict reading has its price: lists, searches and records take some milliseconds more, and questions of an unusual kind, such as "
    "contacts in the order of their customers, some tenths of a second; duplicates among records with hidden numbers are not told. It is "
    "for up to {most} customers; there are {count}. Who sees every record reads as before. People who are signed in are connected anew "
    "and lose nothing."
)
BACK = _("From then on somebody with a tool of his own and knowledge of SQL can read more than he may see. Lists are quicker.")


class Profile(NamedTuple):
    """Whether the server reads strictly, since when, and by whose wish (an account's name)."""

    strict: bool
    since: datetime | None
    login: str


def profile(records: Records) -> Profile | None:
    """How people read; None where not everybody has an account of his own."""
    if not records.database.guarded:
        return None
    strict, since, login = records.database.read("SELECT strict, since, login FROM guard_profile")[0]
    return Profile(bool(strict), datetime.fromisoformat(since) if since else None, login)


def may_switch(records: Records, actor: Actor) -> bool:
    """Whether this person says how strictly the server reads: who may give himself any right has nothing to gain by it."""
    return any(actor.may(records.types[key], "edit") for key in KEYS)


def read_strictly(records: Records, actor: Actor, wanted: bool) -> None:
    """Switch. People who are signed in are connected anew by another door, and lose nothing. Raises Refused."""
    if not records.database.guarded:
        raise Refused(ONLY_SERVERS)
    if not may_switch(records, actor):
        raise Refused(ONLY_ADMINISTRATORS)
    count = records.count(records.types["customer"], actor)
    if wanted and count > MOST:
        raise Refused(TOO_MANY, most=f"{MOST:,}", count=f"{count:,}")
    records.database.write(lambda tx: tx.run_last("CALL read_strictly(?)", (int(wanted),)))
    records.database.dial_anew()
    records.log(actor, "strict_reading" if wanted else "standard_reading")


def settle_doors(records: Records) -> None:
    """Put every account behind the door that is its own by its rights of now; the connections of those that change are ended."""
    now = profile(records)
    if now is not None and now.strict:
        records.database.write(lambda tx: tx.run_last("CALL settle_doors()"))
