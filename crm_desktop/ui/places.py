"""The pages of the window: which there are, in which order, and how each is built."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crm_desktop.business import RECORD_TYPES
from crm_desktop.core.words import say
from crm_desktop.ui.shell.commands import Command
from crm_desktop.ui.shell.pages import Page

if TYPE_CHECKING:
    from crm_desktop.ui.session import Session

NAMED = {
    "customer": "customers",
    "contact": "contacts",
    "lead": "leads",
    "opportunity": "opportunities",
    "contract": "contracts",
    "product": "products",
    "task": "tasks",
    "event": "events",
    "follow_up": "follow_ups",
    "reminder": "reminders",
}
# type key -> page key of its list: every type that is declared for the sidebar; the rest are kept in the settings.
LISTS = {one.key(): NAMED.get(one.key(), one.key()) for one in RECORD_TYPES if one.screen.area in ("work", "register")}
WORK = ("customer", "contact", "opportunity", "contract", "calendar", "task")
REGISTERS = ("lead", "product", "follow_up")
HIDDEN = ("event", "reminder")  # reached from the calendar and the bell
SHOWN = {"calendar": "event"}  # pages that are no list of a type and show it all the same


def type_of(page: str) -> str:
    """The type whose list or board a page is; "" where it is something else."""
    return next((key for key, known in LISTS.items() if known == page), "")


def shown_type(page: str) -> str:
    """The type of the records a page shows; "" where it shows several."""
    return type_of(page) or SHOWN.get(page, "")


def pages(session: Session) -> list[Page]:
    """All pages; each is built when it is first shown, and its module is imported then."""
    found = [Page("workbench", say("Workbench"), "layout-dashboard", lambda _parent: _workbench(session), wide=True)]
    for key in WORK:
        if key == "calendar":
            found.append(Page("calendar", say("Calendar"), "calendar-days", lambda _parent: _calendar(session), wide=True))
        elif key == "opportunity":
            found.append(Page("opportunities", say("Opportunities"), "kanban", lambda _parent: _opportunities(session), wide=True))
        else:
            found.append(_list_page(session, key, "work"))
    others = [key for key in LISTS if key not in (*WORK, *REGISTERS, *HIDDEN)]
    found += [_list_page(session, key, "work") for key in others if session.records.types[key].screen.area == "work"]
    found += [_list_page(session, key, "registers") for key in REGISTERS]
    found += [_list_page(session, key, "registers") for key in others if session.records.types[key].screen.area == "register"]
    found.append(Page("reports", say("Reports"), "chart-column", lambda _parent: _reports(session), wide=True, group="registers"))
    found.append(Page("duplicates", say("Duplicates"), "copy", lambda _parent: _duplicates(session), wide=True, group="registers"))
    found.append(Page("recycle_bin", say("Recycle bin"), "trash-2", lambda _parent: _recycle_bin(session), wide=True, group="registers"))
    found += [_list_page(session, key, "hidden") for key in HIDDEN]
    found.append(Page("settings", say("Settings"), "settings", lambda _parent: _settings(session), wide=True, group="foot"))
    return found


def _list_page(session: Session, key: str, group: str) -> Page:
    screen = session.records.types[key].screen
    build: Callable[[QWidget], QWidget] = lambda parent: session.list_page(key, parent)  # noqa: E731
    return Page(LISTS[key], say(screen.title), screen.icon, build, group=group)  # type: ignore[arg-type]


def _workbench(session: Session) -> QWidget:
    from crm_desktop.ui.workbench.page import WorkbenchPage

    return WorkbenchPage(session.desk)


def _opportunities(session: Session) -> QWidget:
    from crm_desktop.ui.records.board import OpportunityPage
    from crm_desktop.ui.records.board_acts import board_commands

    page = OpportunityPage(session.desk)
    page.list_made.connect(session.add_list_commands)
    if page.list is not None:
        session.add_list_commands(page.list)
    session.leading.connect(page, "opportunity")
    one = say("Opportunity")
    session.window.commands.add_all(
        [
            Command("opportunity.new", say("New {one}", one=one.lower()), page.begin_new, "Ctrl+N", "plus", one),
            Command("opportunity.filter", say("Filter this board"), page.focus_filter, "Ctrl+F", "filter", one),
            Command("opportunity.as", say("Board or list"), page.turn, "Ctrl+Shift+B", "kanban", one),
        ],
        page,
        "page",
    )
    session.window.commands.add_all(board_commands(page), page.board, "widget")
    return page


def _calendar(session: Session) -> QWidget:
    from crm_desktop.ui.calendar_page import CalendarPage

    page = CalendarPage(session.desk)
    for command in page.commands():  # a new one wherever the focus is, as in every list
        session.window.commands.add(command, page, "page" if command.key == "calendar.new" else "widget")
    return page


def _reports(session: Session) -> QWidget:
    from crm_desktop.ui.reports.page import ReportsPage

    page = ReportsPage(session.desk)
    group = say("Reports")
    session.window.commands.add_all(
        [
            Command("reports.export", say("Export the report"), page.export, "Ctrl+E", "download", group),
            Command("reports.print", say("Print the report"), page.preview, "Ctrl+P", "printer", group),
        ],
        page,
        "page",
    )
    return page


def _duplicates(session: Session) -> QWidget:
    from crm_desktop.ui.records.duplicates_page import DuplicatesPage

    return DuplicatesPage(session.desk)


def _recycle_bin(session: Session) -> QWidget:
    from crm_desktop.ui.records.recycle_bin import RecycleBin

    return RecycleBin(session.desk)


def _settings(session: Session) -> QWidget:
    from crm_desktop.ui.settings.page import SettingsPage

    page = SettingsPage(session.desk, session)
    session.window.commands.add_all(page.commands(), page, "page")
    return page
