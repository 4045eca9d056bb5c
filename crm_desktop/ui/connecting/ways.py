"""The buttons on the page of the database that lead into a team's database, invite to it, test the way to it, and lead back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from crm_desktop.core.words import say
from crm_desktop.database import invitation
from crm_desktop.database.place import ServerPlace
from crm_desktop.ui.connecting import flow
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_save, file_name
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.buttons import Button


def team_buttons(desk: Desk, page: QWidget) -> list[Button]:
    """Those that make sense where the person works now; none where the place was named at the start and is a file."""
    home = desk.home
    if isinstance(desk.records.database.backend.place, ServerPlace):
        found = [
            Button(say("Invite a colleague…"), "user-plus", run=lambda: _invite(desk, page)),
            Button(say("Test connection…"), "zap", run=lambda: flow.look(desk, page)),
        ]
        if home is not None:
            found.append(Button(say("Back to the file of this computer…"), "undo-2", run=lambda: _go_back(desk, home, page)))
        return found
    if home is None or not home.is_dir() or desk.records.database.mode == "copy":
        return []
    return [Button(say("Work in a team's database…"), "database", run=lambda: flow.begin(desk, home, page))]


def _invite(desk: Desk, page: QWidget) -> None:
    """Save the invitation: where the database is and the certificate of its issuer, nothing secret."""
    records = desk.records
    company = str(records.settings.get("company", "") or "")
    kinds = f"{say('Invitations')} (*{invitation.ENDING})"
    chosen = ask_save(page, say("Invite a colleague"), file_name(company or say("Invitation"), invitation.ENDING), kinds)
    if not chosen:
        return
    place = records.database.backend.place
    assert isinstance(place, ServerPlace)
    told = say("The invitation was written to {file}. It holds no password: the colleague needs an account of his own.", file=chosen)
    desk.read(lambda: invitation.write(Path(chosen), invitation.invitation_to(place, company)), lambda _none: desk.ways.tell(told))


def _go_back(desk: Desk, home: Path, page: QWidget) -> None:
    text = say("The program then works with the file of this computer, as before. The team's database and what is in it stay as they are.")
    title = say("Back to the file of this computer")
    if question.agreed(page, title, text, title):
        desk.ways.between(flow.leaving(home))
