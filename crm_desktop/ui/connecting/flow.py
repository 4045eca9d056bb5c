"""From the dialog to work: what is done between two windows, so that the program starts again in the team's database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.business.system import connecting, server_copies
from crm_desktop.core import secret
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say
from crm_desktop.database.backup import BACKUPS
from crm_desktop.database.copies import copies_in
from crm_desktop.database.moving import Proof
from crm_desktop.database.place import ServerPlace
from crm_desktop.ui.between import Between, Step
from crm_desktop.ui.connecting.dialog import ConnectDialog, Wording
from crm_desktop.ui.connecting.filling import MOVE, FillDialog, Filling
from crm_desktop.ui.connecting.sign_in import TeamSignIn
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.system.restoring import ChooseCopy

PROVEN = _("Every table holds the same rows on both sides: %n row(s).")
RESTORED = _(
    "From now on this program works in {name}. Colleagues do so once they have connected to it: send them an invitation (Settings > "
    "Database > Invite a colleague…). The database of before is as it was."
)
COPY_MEANS = _("A copy comes into an empty database of a server, proven table by table. Nothing that is there now is changed.")
COPY_GOES_ON = _("Nothing goes missing. Restore the same copy into the same database again to go on where it was stopped.")
INTO_EMPTY = Wording(
    _("An empty database for the copy"),
    _(
        "The copy comes into a database that is empty or not there yet; the one that is worked in stays as it is. Write an account of the "
        "server that may make databases and accounts, such as root."
    ),
    _("Go on"),
    _("{name} on {host} holds data. Write the name of a database that is empty or not there yet; letters, digits and _ make a new one."),
)
GOES_ON = _("Nothing goes missing: the data of this computer is as it was. Connect again to go on where it was stopped.")


def to_connect(folder: Path, place: ServerPlace, remember: bool, filling: Filling | None = None) -> Between:
    """What is done while no window is open: the database is filled, if it is to be, and its place remembered in the folder."""
    settled = filling.settled() if filling is not None else place

    def work(step: Step) -> tuple[bool, list[Proof]]:
        proofs = filling.work(folder, step) if filling is not None else []
        return connecting.settle(folder, settled, remember), proofs

    def told(answer: tuple[bool, list[Proof]]) -> list[str]:
        kept, proofs = answer
        lines = [say(PROVEN, n=sum(proof.rows for proof in proofs))] if proofs else []
        if filling is None or filling.copy is None:
            lines.append(say("From now on this program works in the team's database. The file of this computer stays as it is."))
        else:
            lines.append(say(RESTORED, name=place.name))
            lines += [say(server_copies.AFTERWARDS)] if filling.administrator else []
        return [*lines, say(secret.NO_KEYRING)] if remember and not kept else lines

    word = settled.password
    if filling is not None and filling.copy is not None:
        return Between(_("Restoring the copy…"), _("The copy is restored."), work, told, COPY_GOES_ON, again_with=word)
    moves = filling is not None and filling.content == MOVE
    doing = _("Moving into the team's database…") if moves else _("Connecting…")
    return Between(doing, _("You are in the team's database."), work, told, GOES_ON if moves else "", again_with=word)


def ask_first(folder: Path, parent: QWidget) -> Between | None:
    """At the first start, when there is nothing on this computer yet; None: cancelled."""
    runner = Runner()
    try:
        dialog = ConnectDialog(folder, runner, parent=parent)
        if not dialog.exec() or dialog.place is None or dialog.probe is None:
            return None
        return _filled(folder, dialog, None, runner)
    finally:
        runner.close()


def begin(desk: Desk, folder: Path, parent: QWidget) -> None:
    """From the page of the database: ask, then close the window and do it."""
    dialog = ConnectDialog(folder, desk.runner, parent=parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def go_on() -> None:
        records = desk.records if desk.actor.may(desk.records.types["employee"], "edit") else None
        between = _filled(folder, dialog, records, desk.runner)
        if between is not None:
            desk.ways.between(between)

    dialog.accepted.connect(go_on)
    dialog.open()


def restore(desk: Desk, home: Path, copies: Path, parent: QWidget) -> None:
    """From the page of a team's database: ask for a copy and for an empty database, then close the window, restore it and work there.
    copies: the folder in which they are looked for."""
    copy = _choose_copy(copies, desk.runner, parent.window())
    if copy is None:
        return
    now = desk.records.database.backend.place
    assert isinstance(now, ServerPlace)
    fresh = f"{now.name[:30]}_{desk.records.clock.today():%Y%m%d}"
    start = replace(now, user="root", password="", name=fresh) if desk.records.database.guarded else replace(now, name=fresh)
    dialog = ConnectDialog(home, desk.runner, start, parent=parent.window(), words=INTO_EMPTY)
    if not dialog.exec() or dialog.place is None or dialog.probe is None:
        return
    first = now if desk.records.database.guarded else None
    asked = FillDialog(dialog.place, dialog.probe, None, parent.window(), copy=copy, first=first)
    if asked.exec() and asked.filling is not None:
        desk.ways.between(to_connect(home, dialog.place, dialog.remembers, asked.filling))


def _choose_copy(copies: Path, runner: Runner, parent: QWidget) -> Path | None:
    dialog = ChooseCopy(lambda: copies_in(copies), runner, parent=parent, means=COPY_MEANS, go=_("Go on"))
    return dialog.copy if dialog.exec() else None


def _filled(folder: Path, dialog: ConnectDialog, records: Records | None, runner: Runner) -> Between | None:
    place, probe = dialog.place, dialog.probe
    assert place is not None and probe is not None
    if probe.tables not in ("missing", "empty"):
        return to_connect(folder, place, dialog.remembers)
    parent = dialog.parentWidget() or dialog
    asked = FillDialog(place, probe, records, parent, lambda above: _choose_copy(folder / BACKUPS, runner, above))
    if not asked.exec() or asked.filling is None:
        return None
    return to_connect(folder, place, dialog.remembers, asked.filling)


def with_password(place: ServerPlace) -> ServerPlace:
    """The place with the password the keyring holds for it, if it holds one. Not in the UI thread of a window."""
    if place.password:
        return place
    word = secret.get(place.secret())
    return replace(place, password=word) if word else place


def ask_again(home: Path, place: ServerPlace, why: str) -> ServerPlace | Path | None:
    """At the start, when the password of the remembered database is not known, or it cannot be reached. What lets one in, there or after
    a look at the way, is remembered from then on. The folder: the person goes back to the file of this computer; None: he gives up."""
    runner = Runner()
    try:
        while True:
            short = TeamSignIn(runner, place, why)
            if short.exec():
                connecting.settle(home, short.place, short.remember.isChecked())
                return short.place
            if not short.elsewhere:
                return None
            dialog = ConnectDialog(home, runner, short.place, why, may_leave=True)
            if dialog.exec() and dialog.place is not None:
                connecting.settle(home, dialog.place, dialog.remembers)
                return dialog.place
            if dialog.left:
                connecting.leave(home)
                return home
            place, why = short.place, ""
    finally:
        runner.close()


def look(desk: Desk, parent: QWidget) -> None:
    """Test the way to the database that is open."""
    place = desk.records.database.backend.place
    assert isinstance(place, ServerPlace)
    dialog = ConnectDialog(desk.home or Path(), desk.runner, place, parent=parent.window(), only_test=True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def leaving(home: Path) -> Between:
    """What is done once the window is closed: the program works with the file of this computer again."""
    return Between(_("Connecting…"), _("You are back at the file of this computer."), lambda _step: connecting.leave(home))
