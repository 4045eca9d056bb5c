"""The copies of a team's database, on its page: the newest one, whoever made it, those of the night, whether they are encrypted; and the
ways to make one and to restore one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.business.system import encrypting, keeping_copies, server_copies
from crm_desktop.business.system.encrypting import Condition
from crm_desktop.core.words import _, say
from crm_desktop.database.backup import BACKUPS
from crm_desktop.scheduling.nightly import Wish, wish_of
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_folder
from crm_desktop.ui.signing.phrase import has_typed
from crm_desktop.ui.system.encrypting import NewKey
from crm_desktop.ui.system.nightly import NightlyCopies
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Rank

NAMED_AT_START = _(
    "The program was started with the address of this database, so it cannot go over to another one. Restore the copy with: crm-desktop "
    "database restore FILE --database mysql://root@server/name --administrator USER"
)
CONDITIONS: dict[Condition, str] = {
    "plain": _("not encrypted: whoever gets hold of one can read it"),
    "kept": _("encrypted; the key is in the keyring of this computer"),
    "asked": _("encrypted; this computer asks for the recovery phrase"),
}


class TeamCopies(NamedTuple):
    """What is known of them: the newest by the operation log, and what this person wished for the nights."""

    last: server_copies.Last | None
    wish: Wish
    kept: Condition = "plain"


def look(desk: Desk) -> TeamCopies | None:
    """None where the database is no server's."""
    if desk.records.database.mode != "server":
        return None
    records = desk.records
    return TeamCopies(server_copies.last(records), wish_of(records, desk.actor), keeping_copies.condition(records))


def lines(known: TeamCopies) -> list[tuple[str, str, Rank]]:
    """Label, text and rank of each line."""
    last, wish, kept = known
    late: Rank = "Late" if last is None or last.old else ""
    told = say("none yet") if last is None else " · ".join(filter(None, (f"{last.at:%Y-%m-%d %H:%M}", last.who, last.note)))
    night = say("not on this computer")
    if wish.here:
        night = say("at {at} into {folder}, kept %n day(s)", n=wish.days, at=wish.at, folder=wish.folder)
    elif wish.on:
        night = say("on {computer} at {at}", computer=wish.computer, at=wish.at)
    night_line = "\n".join(filter(None, (night, wish.told if wish.on else "")))
    return [(say("Last copy"), told, late), (say("Copies of the night"), night_line, ""), (say("Copies are"), say(CONDITIONS[kept]), "")]


class Ways:
    """The buttons, and what they do; `again` looks anew."""

    def __init__(self, desk: Desk, page: QWidget, known: TeamCopies, again: Callable[[], None]):
        self.desk, self._page, self._known, self._again = desk, page, known, again
        why = keeping_copies.why_not(desk.records, desk.actor)
        self.back_up = Button(say("Back up now"), "archive", run=self._back_up)
        self.nightly = Button(say("Every night…"), "clock", run=self._nightly)
        self.restore = Button(say("Restore a copy…"), "archive-restore", run=self._restore)
        self.restore.say_why_not(say(NAMED_AT_START) if desk.home is None else "")
        plain = known.kept == "plain"
        self.encrypt = Button(say("Encrypt copies…") if plain else say("New key…"), "lock" if plain else "key", run=self._encrypt)
        self.buttons = [self.back_up, self.nightly, self.restore, self.encrypt]
        if not plain:
            self.buttons.append(Button(say("Do not encrypt copies"), "file-text", run=self._leave_plain))
        for button in self.buttons if why else ():
            button.say_why_not(desk.only_administrators(say(why)))

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
            if has_typed(error, self.desk.runner, self._page.window()):
                return self._back_up()
            self.desk.problem(error)
            return self._again()

        self.desk.read(lambda: server_copies.back_up(records, actor, Path(folder).expanduser()), made, failed=failed)

    def _restore(self) -> None:
        from crm_desktop.ui.connecting import flow

        if self.desk.home is not None:
            flow.restore(self.desk, self.desk.home, Path(self._folder()).expanduser(), self._page)

    def _encrypt(self) -> None:
        dialog = NewKey(self.desk, "copies", self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        records, actor = self.desk.records, self.desk.actor

        def done(kept: bool) -> None:
            without = "" if kept else f" {say(encrypting.NO_KEYRING)}"
            self.desk.ways.tell(say(keeping_copies.FROM_NOW_ON) + without)
            self._again()

        dialog.accepted.connect(lambda: self.desk.write(lambda: keeping_copies.encrypt(records, actor, dialog.key), done))
        dialog.open()

    def _leave_plain(self) -> None:
        title = say("Do not encrypt copies")
        if question.agreed(self._page, title, say("From then on whoever gets hold of a copy can read everything in it."), title):
            records, actor = self.desk.records, self.desk.actor
            told = say(keeping_copies.NOT_ANY_MORE)
            self.desk.write(lambda: keeping_copies.leave_plain(records, actor), lambda _none: self._again(), done=told)

    def _nightly(self) -> None:
        dialog = NightlyCopies(self.desk, self._known.wish, self._folder(), self._page.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._again)
        dialog.open()
