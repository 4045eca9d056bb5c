"""Scheduled exports: which are due, run once by one desktop, made up once if missed, written whole and under a free name."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from secrets import token_hex
from typing import Any

from crm_desktop.business.system.schedule import Schedule, next_run
from crm_desktop.core import clock as clocks
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import Clock
from crm_desktop.core.errors import NotFound, Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say

__all__ = ["Export", "Run", "Runner", "due", "free_name", "next_run"]

Export = Callable[[Schedule, Actor, Path], object]
"""Writes the schedule's report, as the actor sees it, into this file. Raises Trouble or OSError."""

MOST = 100
RESULT = 400  # characters of `last_result`
STARTED = _("Started at {moment}, not finished yet.")
WRITTEN = _("Written: {file}")
BUG = _("The export stopped because of an error in the program. The log has the details.")
NO_FOLDER = _("The folder {folder} does not exist. Create it, or choose another one for this export.")
NO_RIGHT = _("You may not write into the folder {folder}. Choose another one for this export.")
FULL = _("There is no room left where {folder} is. Make room there and run the export again.")
OTHER = _("The file could not be written to {folder}: {reason}.")
_SENTENCES = {
    errno.ENOENT: NO_FOLDER, errno.ENOTDIR: NO_FOLDER, errno.EACCES: NO_RIGHT, errno.EPERM: NO_RIGHT, errno.EROFS: NO_RIGHT,
    errno.ENOSPC: FULL, errno.EDQUOT: FULL, errno.EFBIG: FULL,
}  # fmt: skip

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Run:
    """One export that was run: the file, or what went wrong."""

    schedule: Schedule
    path: Path | None
    trouble: Trouble | None = None


def due(records: Records, actor: Actor, now: datetime) -> list[Schedule]:
    """This person's active schedules whose time has come. Others' run on their own desktops, where their folders are."""
    if actor.employee is None:
        return []
    conditions = (Condition("owner", "me"), Condition("active", "yes"))
    view = View(conditions=conditions, sort=(("next_run_at", False),))
    page = records.page(Schedule, actor, view, ("next_run_at",), MOST)
    ids = [record_id for record_id, (moment,) in page if moment is not None and moment <= now]
    return [records.get(Schedule, record_id, actor) for record_id in ids]


class Runner:
    """Runs the schedules of one signed-in person; `export` is handed in by who puts the program together."""

    def __init__(
        self,
        records: Records,
        actor: Callable[[], Actor],
        export: Export,
        clock: Clock | None = None,
        zone: tzinfo | None = None,
    ):
        self.records, self.actor, self.export = records, actor, export
        self.clock, self.zone = clock or records.clock, zone

    def run_due(self) -> list[Run]:
        """Run what is due, once: however many times were missed, and however many desktops are open."""
        actor, now = self.actor(), self.clock.now()
        return [self._run(one, actor, now) for one in due(self.records, actor, now) if self._claim(one, now)]

    def run_now(self, schedule: Schedule) -> Run:
        """Run one at once, because the person asks; its next time stays."""
        return self._run(schedule, self.actor(), self.clock.now())

    def _claim(self, schedule: Schedule, now: datetime) -> bool:
        """Take this run: the next time is set in one transaction, and only while the time read is still the one to come."""

        def work(unit: Unit) -> bool:
            try:
                current: Any = unit.get(Schedule, schedule.id)
            except NotFound:
                return False
            if not current.active or current.next_run_at != schedule.next_run_at:
                return False
            started = say(STARTED, self.actor().lang, moment=self._wall(now).strftime("%Y-%m-%d %H:%M"))
            upcoming = next_run(current, now, self.zone)
            unit.amend(Schedule, schedule.id, last_run_at=now, next_run_at=upcoming, last_result=started)
            return True

        # The program's own act: Ctrl+Z of the person does not take it back.
        mine, _change = self.records.unit(Actor.program(), work, "schedule", trusted=True)
        return mine

    def _run(self, schedule: Schedule, actor: Actor, now: datetime) -> Run:
        try:
            run = Run(schedule, self._write(schedule, actor, now))
        except Trouble as trouble:
            # A writer's sentence names the passing file; what the disk said is told for the folder.
            cause = trouble.__cause__
            run = Run(schedule, None, _trouble(cause, schedule.folder) if isinstance(cause, OSError) else trouble)
        except OSError as reason:
            run = Run(schedule, None, _trouble(reason, schedule.folder))
        except Exception:
            log.exception("the scheduled export %s failed", schedule.id)
            run = Run(schedule, None, Trouble(BUG))
        told = run.trouble.sentence(actor.lang) if run.trouble else say(WRITTEN, actor.lang, file=str(run.path))

        def work(unit: Unit) -> None:
            unit.amend(Schedule, schedule.id, last_run_at=now, last_result=told[:RESULT])

        self.records.unit(Actor.program(), work, "schedule", trusted=True)
        return run

    def _write(self, schedule: Schedule, actor: Actor, now: datetime) -> Path:
        """The finished file. It is written beside its place under a passing name, so that nobody opens half of it."""
        folder = Path(schedule.folder).expanduser()
        if not folder.is_dir():
            raise Trouble(NO_FOLDER, folder=str(folder))
        title = self.records.names.picked("report", schedule.report, actor.lang)
        name = f"{title} {self._wall(now):%Y-%m-%d}"
        waiting = folder / f".{token_hex(6)}.{schedule.format}"
        try:
            self.export(schedule, actor, waiting)
            return free_name(folder, name, f".{schedule.format}", waiting)
        finally:
            waiting.unlink(missing_ok=True)

    def _wall(self, moment: datetime) -> datetime:
        return clocks.to_local(moment, self.zone)


def free_name(folder: Path, name: str, suffix: str, finished: Path) -> Path:
    """Give the finished file its name, 'name.xlsx' or 'name (2).xlsx' …: a file that is there already is never replaced."""
    plain = "".join("-" if sign in '<>:"/\\|?*' or sign < " " else sign for sign in name).strip(" .") or "report"
    for number in range(1, 1000):
        target = folder / (f"{plain}{suffix}" if number == 1 else f"{plain} ({number}){suffix}")
        try:
            # Reserves the name against another desktop that writes into the same folder.
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        except FileExistsError:
            continue
        try:
            os.replace(finished, target)
        except OSError:
            target.unlink(missing_ok=True)
            raise
        return target
    raise Trouble(_("The folder {folder} holds too many exports of this day. Tidy it up."), folder=str(folder))


def _trouble(reason: OSError, folder: str) -> Trouble:
    text = _SENTENCES.get(reason.errno or 0, OTHER)
    values = {"reason": reason.strerror or type(reason).__name__} if text is OTHER else {}
    return Trouble(text, folder=folder, **values)
