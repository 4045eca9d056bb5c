"""A copy of the team's database every night, on the computer of an administrator who wished it; made up once if it was missed."""

from __future__ import annotations

import logging
import platform
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from crm_desktop.business.system import keeping_copies, server_copies
from crm_desktop.business.system.schedule import Schedule, next_run, wall_time
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import Clock
from crm_desktop.core.errors import Invalid, Refused, Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say
from crm_desktop.database.copies import NIGHTLY
from crm_desktop.database.place import ServerPlace

SETTING = "nightly_copy"  # of the person
AGAIN = timedelta(hours=1)  # after a night in which none could be made
NO_FOLDER = _("The folder {folder} does not exist. Create it, or choose another one for the copies.")
BUG = _("The copy stopped because of an error in the program. The log has the details.")
MADE = _("Written: {file}")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wish:
    """What somebody wished: at what time (of the wall), into which folder of which computer, kept how many days. next: when (UTC) the
    next one is due; told: what came of the last one."""

    on: bool = False
    at: str = "22:00"
    folder: str = ""
    days: int = 14
    computer: str = ""
    next: str = ""
    told: str = ""

    @property
    def here(self) -> bool:
        """Whether this computer is meant."""
        return self.on and self.computer == platform.node()


@dataclass(frozen=True)
class Night:
    """One copy that was due: the file, or what went wrong."""

    path: Path | None
    trouble: Trouble | None = None


def wish_of(records: Records, actor: Actor) -> Wish:
    """What this person wished last."""
    kept: dict[str, Any] = records.settings.get(SETTING, {}, actor.employee)
    return Wish(**{name: value for name, value in kept.items() if name in Wish.__dataclass_fields__})


def put(records: Records, actor: Actor, wish: Wish, zone: tzinfo | None = None) -> Wish:
    """Keep a wish for this computer; gives it with its next time. Raises Refused, Invalid; KeyNeeded where copies are encrypted and
    their key is not known here."""
    if wish.on:
        if why := keeping_copies.why_not(records, actor):
            raise Refused(why)
        if wall_time(wish.at) is None:
            raise Invalid(_("Write the time like 08:00."), "at")
        if wish.days < 1:
            raise Invalid(_("Keep copies for 1 day or more."), "days")
        folder = Path(wish.folder).expanduser()
        if folder.parent.is_dir():
            with suppress(OSError):  # told below
                folder.mkdir(exist_ok=True)
        if not wish.folder or not folder.is_dir():
            raise Invalid(NO_FOLDER, "folder", folder=wish.folder)
        keeping_copies.key_wished(records)
    upcoming = _next(wish, records.clock.now(), zone) if wish.on else ""
    wish = replace(wish, computer=platform.node(), next=upcoming)
    records.settings.put(SETTING, asdict(wish), actor.employee)
    return wish


class Nightly:
    """Makes the copies of one signed-in person."""

    def __init__(self, records: Records, actor: Callable[[], Actor], clock: Clock | None = None, zone: tzinfo | None = None):
        self.records, self.actor = records, actor
        self.clock, self.zone = clock or records.clock, zone

    def run_due(self) -> Night | None:
        """Make the copy that is due; None when none is, or another program of this person has taken it."""
        actor, now = self.actor(), self.clock.now()
        place = self.records.database.backend.place
        if not isinstance(place, ServerPlace) or actor.employee is None:
            return None
        wish = wish_of(self.records, actor)
        if not (wish.here and wish.next and datetime.fromisoformat(wish.next) <= now and self._claim(actor, wish, now)):
            return None
        night = self._make(actor, wish, place)
        told = night.trouble.sentence(actor.lang) if night.trouble else say(MADE, actor.lang, file=str(night.path))
        again = {} if night.trouble is None else {"next": (now + AGAIN).isoformat()}
        self._amend(actor, told=told, **again)
        return night

    def _claim(self, actor: Actor, wish: Wish, now: datetime) -> bool:
        """Take this night: only while the time read is still the one to come."""
        taken = False

        def work(kept: dict[str, Any] | None) -> dict[str, Any] | None:
            nonlocal taken
            taken = kept is not None and kept.get("next") == wish.next and bool(kept.get("on"))
            return {**kept, "next": _next(wish, now, self.zone)} if taken and kept else kept

        self.records.settings.change(SETTING, work, actor.employee)
        return taken

    def _amend(self, actor: Actor, **values: str) -> None:
        """What the person wished otherwise meanwhile stays."""
        self.records.settings.change(SETTING, lambda kept: {**kept, **values} if kept else kept, actor.employee)

    def _make(self, actor: Actor, wish: Wish, place: ServerPlace) -> Night:
        folder = Path(wish.folder).expanduser()
        try:
            if not folder.is_dir():  # a disk that is not there now is not replaced by a folder of its name
                raise Trouble(NO_FOLDER, folder=str(folder))
            made = server_copies.back_up(self.records, actor, folder, NIGHTLY)
            server_copies.prune(place, folder, wish.days)
        except Trouble as trouble:
            return Night(None, trouble)
        except Exception:
            log.exception("the copy of the night failed")
            return Night(None, Trouble(BUG))
        return Night(made)


def _next(wish: Wish, after: datetime, zone: tzinfo | None) -> str:
    found = next_run(Schedule(weekdays="1234567", at=wish.at), after, zone)
    return found.isoformat() if found else ""
