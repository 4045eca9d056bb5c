"""The copies of a team's database, on its page: the newest one, whoever made it, those of the night, and the ways to make one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.business.system import server_copies
from crm_desktop.core.words import _, say
from crm_desktop.database.backup import BACKUPS
from crm_desktop.scheduling.nightly import Wish, wish_of
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_folder
from crm_desktop.ui.system.nightly import NightlyCopies
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Rank

WAY_BACK = _(
    "A copy comes back into an empty database of a server, proven table by table, with the command: crm-desktop database restore FILE "
    "--database mysql://root@server/name --administrator USER"
)


class TeamCopies(NamedTuple):
    """What is known of them: the newest by the operation log, and what this person wished for the nights."""

    last: server_copies.Last | None
    wish: Wish


def look(desk: Desk) -> TeamCopies | None:
    """None where the database is no server's."""
    if desk.records.database.mode != "server":
        return None
    return TeamCopies(server_copies.last(desk.records), wish_of(desk.records, desk.actor))


def lines(known: TeamCopies) -> list[tuple[str, str, Rank]]:
    """Label, text and rank of each line."""
    last, wish = known
    late: Rank = "Late" if last is None or last.old else ""
    told = say("none yet") if last is None else " · ".join(filter(None, (f"{last.at:%Y-%m-%d %H:%M}", last.who, last.note)))
    night = say("not on this computer")
    if wish.here:
        night = say("at {at} into {folder}, kept %n day(s)", n=wish.days, at=wish.at, folder=wish.folder)
    elif wish.on:
        night = say("on {computer} at {at}", computer=wish.computer, at=wish.at)
    night_line = "\n".join(filter(None, (night, wish.told if wish.on else "")))
    return [(say("Last copy"), told, late), (say("Copies of the night"), night_line, ""), (say("Way back"), say(WAY_BACK), "")]


class Ways:
    """The buttons, and what they do; `again` looks anew."""

    def __init__(self, desk: Desk, page: QWidget, known: TeamCopies, again: Callable[[], None]):
        self.desk, self._page, self._known, self._again = desk, page, known, again
        why = server_copies.why_not(desk.records, desk.actor)
        self.back_up = Button(say("Back up now"), "archive", run=self._back_up)
        self.nightly = Button(say("Every night…"), "clock", run=self._nightly)
        for button in (self.back_up, self.nightly):
            button.say_why_not(desk.only_administrators(say(why)) if why else "")

    def _folder(self) -> str:
        """Where this computer keeps copies: as the person has chosen, or beside its own data; '' where it has neither."""
        wish, home = self._known.wish, self.desk.home
        return wish.folder if wish.here else str(home / BACKUPS) if home is not None else ""

    def _back_up(self) -> None:
        folder = self._folder() or ask_folder(self._page, say("Back up now"))
        if not folder:
            return
        self.back_up.say_why_not(say("The copy is just being made."))
        records, actor = self.desk.records, self.desk.actor

        def made(copy: Path) -> None:
            self.desk.ways.tell(say("A copy was made, and every table proven: {file}", file=str(copy)))
            self._again()

        def failed(error: Exception) -> None:
            self.desk.problem(error)
            self._again()

        self.desk.read(lambda: server_copies.back_up(records, actor, Path(folder).expanduser()), made, failed=failed)

    def _nightly(self) -> None:
        dialog = NightlyCopies(self.desk, self._known.wish, self._folder(), self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._again)
        dialog.open()
