"""From the dialog to work: what is done between two windows, so that the program starts again in the team's database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crm_desktop.business.system import connecting
from crm_desktop.core import secret
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say
from crm_desktop.database.place import ServerPlace
from crm_desktop.ui.between import Between, Step
from crm_desktop.ui.connecting.dialog import ConnectDialog
from crm_desktop.ui.connecting.filling import MOVE, FillDialog, Filling
from crm_desktop.ui.connecting.sign_in import TeamSignIn
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Runner

GOES_ON = _("Nothing goes missing: the data of this computer is as it was. Connect again to go on where it was stopped.")


def to_connect(folder: Path, place: ServerPlace, remember: bool, filling: Filling | None = None) -> Between:
    """What is done while no window is open: the database is filled, if it is to be, and its place remembered in the folder."""

    def work(step: Step) -> bool:
        there = filling.work(folder, step) if filling is not None else place
        return connecting.settle(folder, there, remember)

    def told(kept: bool) -> list[str]:
        lines = [say("From now on this program works in the team's database. The file of this computer stays as it is.")]
        return [*lines, say(secret.NO_KEYRING)] if remember and not kept else lines

    word = filling.password if filling is not None and filling.administrator else place.password
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
        return _filled(folder, dialog, None)
    finally:
        runner.close()


def begin(desk: Desk, folder: Path, parent: QWidget) -> None:
    """From the page of the database: ask, then close the window and do it."""
    dialog = ConnectDialog(folder, desk.runner, parent=parent.window())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def go_on() -> None:
        records = desk.records if desk.actor.may(desk.records.types["employee"], "edit") else None
        between = _filled(folder, dialog, records)
        if between is not None:
            desk.ways.between(between)

    dialog.accepted.connect(go_on)
    dialog.open()


def _filled(folder: Path, dialog: ConnectDialog, records: Records | None) -> Between | None:
    place, probe = dialog.place, dialog.probe
    assert place is not None and probe is not None
    if probe.tables not in ("missing", "empty"):
        return to_connect(folder, place, dialog.remembers)
    asked = FillDialog(place, probe, records, dialog.parentWidget() or dialog)
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
