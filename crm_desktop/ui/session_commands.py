"""What can be done whatever page is in front: new records, bringing in, printing, and what concerns the person at the desk."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from crm_desktop.core.words import _, say
from crm_desktop.ui import places
from crm_desktop.ui.records.list_commands import commands_from_afar
from crm_desktop.ui.records.row_acts import ADDRESSED
from crm_desktop.ui.records.starring import star_current
from crm_desktop.ui.shell.commands import Command

if TYPE_CHECKING:
    from crm_desktop.ui.session import Session


def session_commands(session: Session) -> list[Command]:
    """In the order of the palette."""
    data, paper, program, types = say("Data"), say("Paper"), say("Program"), session.records.types
    made = []
    for key in places.LISTS:
        title, run = say("New {one}", one=say(types[key].screen.one).lower()), partial(session.new_record, key, {})
        made.append(Command(f"create.{key}", title, run, "", types[key].screen.icon, say("New")))
    found = [
        *made,
        Command("import", say("Import a workbook…"), session.import_sheet, "Ctrl+I", "upload", data, session.why_no_import),
        Command("print.envelopes", say("Print envelopes"), lambda: _on_list(session, "envelopes"), "", "mail", paper),
        Command("print.labels.any", say("Print address labels"), lambda: _on_list(session, "labels"), "", "printer", paper),
        Command("record.star", say("Star, or take the star away"), lambda: star_current(session), "Ctrl+Shift+S", "star", say("Details")),
        Command("password", say("Change your password…"), session.set_password, "", "key", program),
        Command("lock", say("Lock the window"), session.lock_by_hand, "Ctrl+Shift+L", "lock", program),
        Command("sample.remove", say("Remove the sample data…"), lambda: _remove_sample(session), "", "package", data, only_typed=True),
    ]
    if not session.records.database.guarded:  # there everybody is who signed in to the server
        found.append(Command("sign_in", say("Change the person at this desk…"), session.change_person, "", "log-in", program))
    return found


def commands_elsewhere(session: Session) -> list[Command]:
    """What the views that are not in front can do: Ctrl+K leads there, also to views that were never opened."""
    from crm_desktop.reports import REPORTS
    from crm_desktop.ui.reports.asking import ask_report
    from crm_desktop.ui.settings.topics import topics

    def on(page: str, key: str) -> None:
        session.window.go(page)
        session.window.commands.run(key)

    found = []
    title = say("Reports")
    for one in REPORTS.values():
        found.append(Command(f"report.{one.key}", say(one.title), partial(ask_report, session.desk, one.key), "", "chart-column", title))
    for key, words, icon in (("reports.export", _("Export the report"), "download"), ("reports.print", _("Print the report"), "printer")):
        found.append(Command(key, say(words), partial(on, "reports", key), "", icon, title))
    for type_key, page in places.LISTS.items():
        if type_key != "opportunity":
            record_type = session.records.types[type_key]
            found += commands_from_afar(record_type, partial(on, page), partial(session.desk.why_not, record_type))
    title = say("Opportunities")
    for key, words, icon in (("opportunity.filter", _("Filter this board"), "filter"), ("opportunity.as", _("Board or list"), "kanban")):
        found.append(Command(key, say(words), partial(on, "opportunities", key), "", icon, title))
    title = say("Settings")
    for topic in topics(session.records.types):
        found.append(Command(f"settings.topic.{topic.key}", topic.title, partial(session.show_settings, topic.key), "", topic.icon, title))
    return found


def _on_list(session: Session, act: str) -> None:
    """Print of what is selected in the list in front."""
    for key in ADDRESSED:
        page = session.built_list(key)
        if session.window.current() == places.LISTS[key] and page is not None:
            getattr(page.acts, act)()
            return
    session.window.tell(say("Open the list of customers, contacts or leads and select rows first."))


def _remove_sample(session: Session) -> None:
    from crm_desktop.ui.system import sample

    sample.ask(session.desk, session.window)
