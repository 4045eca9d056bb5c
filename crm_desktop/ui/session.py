"""One person at one window: builds it, connects its pages, rebuilds it in another language or for another person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.business.office import marks
from crm_desktop.business.staff import password, sign_in
from crm_desktop.core import sharing
from crm_desktop.core.errors import Trouble
from crm_desktop.core.journal import ANY, Change
from crm_desktop.core.record import Record
from crm_desktop.core.records import Hit, Records
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say, together
from crm_desktop.ui import places
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing import open_import
from crm_desktop.ui.kept import Kept
from crm_desktop.ui.kept_layouts import KeptLayouts
from crm_desktop.ui.leading import Leading
from crm_desktop.ui.records.list_commands import page_commands, row_commands
from crm_desktop.ui.records.list_page import ListPage
from crm_desktop.ui.runner import Runner, soon
from crm_desktop.ui.session_commands import commands_elsewhere, session_commands
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.commands import Command
from crm_desktop.ui.shell.sidebar import Shortcut
from crm_desktop.ui.shell.window import Window
from crm_desktop.ui.tongue import speak

if TYPE_CHECKING:
    from crm_desktop.ui.shell import hits

FIRST_PAGE = "workbench"
FRAME = 40  # px that a title bar may take
SHELF = 20  # starred and recent records in the sidebar, which scrolls
PEOPLE = ("customer", "contact", "lead")  # what the palette shows first
NO_SERVER = _("The server does not answer; the program keeps trying. You can go on reading what is shown.")
NO_FOLDER = _("The network folder does not answer; the program keeps trying. You can go on reading what is shown.")
STAYS = {"follow_up", "event", "task", "reminder"}  # a new one does not take the detail dock from what it is about


class Session(QObject):
    """The window of one signed-in person over one database."""

    def __init__(
        self,
        records: Records,
        runner: Runner,
        employee: int,
        data_folder: Path | None,
        lang: str = "",
        scheme: str = "",
        home: Path | None = None,
    ):
        """home: the folder of this computer that remembers the place of a team's database; None where the place was named."""
        super().__init__()
        self.records, self.runner, self.data_folder, self.home = records, runner, data_folder, home
        self.desk: Desk
        self.window: Window
        self._lang, self._scheme = lang, scheme
        self._lists: dict[str, ListPage] = {}
        self.leading: Leading
        self._marked: list[tuple[str, int]] = []  # the records whose names the sidebar shows
        self.locked = False
        self.background: Any = None
        self.kept = Kept(self)
        self.between: Any = None  # ui.between.Between: what is done once the window is closed
        self._sign_in(employee)

    # Building

    def _sign_in(self, employee: int) -> None:
        settings = self.records.settings
        lang = self._lang or settings.get("language", None, employee) or settings.get("language", "zh_CN")
        speak(lang)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        scheme = self._scheme or settings.get("theme", "system", employee)
        theme.apply(app, scheme, lang, settings.get("scale", 100, employee))
        actor = sign_in.actor_for(self.records, employee, lang)
        self.desk = Desk(self.records, actor, self.runner)
        self.desk.home = self.home
        self._build()

    def _build(self) -> None:
        desk = self.desk
        self.window = Window(
            places.pages(self),
            say("CRM Desktop"),
            build_detail=self._build_detail,
            provider=self._find,
            undo=self._undo,
            layouts=KeptLayouts(desk),
            shortcuts=desk.setting("shortcuts", {}),
            favourites=desk.setting("favourites"),
            when_quiet=self.runner.when_quiet,
        )
        ways, window = desk.ways, self.window
        self.leading = Leading(window, self.open_record)
        ways.show = window.go
        ways.show_list, ways.open_record, ways.new_record = self.show_list, self.open_record, self.new_record
        ways.tell = lambda text, undo=None, action=None: window.tell(text, undo, action)
        ways.between = self.close_for
        window.shortcuts_changed.connect(lambda overrides: desk.remember("shortcuts", overrides))
        window.favourites.changed.connect(lambda chosen: desk.remember("favourites", chosen))
        window.theme_chosen.connect(lambda scheme: desk.remember("theme", scheme))
        window.closing.connect(self._closing)
        window.may_close = self.may_close
        desk.outbox.changed.connect(self._show_waiting)
        desk.outbox.slow.connect(lambda slow: window.status.show_text("saving", say("Saving…") if slow else ""))
        window.reminders_asked.connect(lambda: window.go("reminders"))
        window.page_shown.connect(lambda _key: self.leading.lead_detail())
        desk.changed.connect(self._somebody_changed)
        desk.marked.connect(self.show_marks)
        window.commands.add_all(session_commands(self))
        window.commands.elsewhere = lambda: commands_elsewhere(self)
        window.favourites.fill()
        self._show_status()

    def show(self, page: str = "", restore: bool = True) -> None:
        """Show the window as it was left, or on a page."""
        layout = self.desk.setting("layout")
        restored = restore and not page and layout and self.window.restore(layout)
        if restore and not restored and not self._fits():
            self.window.setWindowState(Qt.WindowState.WindowMaximized)
        self.window.show()
        if not restored:
            self.window.go(page or FIRST_PAGE)  # after show: the docks depend on the window's real width
        self.runner.when_quiet(self.show_marks)
        self.runner.when_quiet(self._get_ready_to_find)

    def _fits(self) -> bool:
        """Whether the window and its frame have room on the screen."""
        room = self.window.screen().availableGeometry()
        return self.window.width() <= room.width() and self.window.height() + FRAME <= room.height()

    def rebuild(self, employee: int | None = None) -> None:
        """Build the window anew: another language or UI size, or another person at the desk."""
        old, current = self.window, self.window.current()
        self.keep_layout()
        old.closing.disconnect()
        old.may_close = lambda: True
        self.desk.close()
        self._lists.clear()
        self._lang = self._scheme = ""
        self._sign_in(employee or self.desk.actor.employee or 0)
        self.window.setGeometry(old.geometry())
        self.window.setWindowState(old.windowState())
        self.show(current, restore=False)
        old.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        old.close()
        if self.background is not None:
            self.background.begin_again()

    def close_for(self, between: Any) -> None:
        """Close the window for good; whoever opened it does what is to be done and starts the program again."""
        self.between = between
        if self.window.close():
            QApplication.quit()
        else:
            self.between = None

    def rebuild_soon(self) -> None:
        """Rebuild once the control that asked for it has finished with its own event."""
        soon(self.rebuild)

    def set_density(self, density: str) -> None:
        """Give all open lists another row height."""
        for page in self._lists.values():
            page.table.set_density(density)

    def _build_detail(self, parent: QWidget) -> QWidget:
        from crm_desktop.ui.records.detail import DetailPage
        from crm_desktop.ui.records.record_commands import record_commands

        detail = DetailPage(self.desk, self.data_folder / "forms" if self.data_folder else None, parent)
        detail.shown.connect(self.leading.lead_detail)
        self.window.commands.add_all(record_commands(detail), detail)
        self.leading.lead(detail)
        return detail

    def _show_status(self) -> None:
        actor = self.desk.actor
        self.kept.show()
        department = self.records.names.title("department", actor.department) if actor.department else ""
        self.window.set_user(" · ".join(filter(None, (self.records.names.title("employee", actor.employee or 0), department))))

    # Pages

    def list_page(self, type_key: str, parent: QWidget) -> ListPage:
        """The list of a record type, connected with the detail dock."""
        page = ListPage(self.desk, self.records.types[type_key], parent=parent)
        self._lists[type_key] = page
        self.leading.connect(page, type_key)
        one, commands = say(page.record_type.screen.one), self.window.commands
        commands.add(Command(f"{type_key}.new", say("New {one}", one=one.lower()), page.begin_new, "Ctrl+N", "plus", one), page, "page")
        commands.add(Command(f"{type_key}.filter", say("Filter this list"), page.filter.setFocus, "Ctrl+F", "filter", one), page, "page")
        commands.add_all(page_commands(page), page, "page")
        commands.add_all(row_commands(page), page.table, "widget")
        return page

    def add_list_commands(self, page: ListPage) -> None:
        """The commands of a list inside another page: they work while the keyboard is in it."""
        self.window.commands.add_all([*page_commands(page), *row_commands(page)], page, "widget")

    def built_list(self, type_key: str) -> ListPage | None:
        """The list of a type, if it was opened."""
        return self._lists.get(type_key)

    def list_page_of(self, type_key: str) -> ListPage:
        """Go to the list of a type."""
        self.window.go(places.LISTS[type_key])
        return self._lists[type_key]

    # Ways

    def show_list(self, type_key: str, view: View) -> None:
        """Show the list of a type with any view."""
        page: Any = self.window.go(places.LISTS[type_key]) if type_key in places.LISTS else self.show_settings(type_key)
        page.show_filter(view)

    def show_settings(self, topic: str) -> Any:
        """Open the settings at a topic; their page."""
        page: Any = self.window.go("settings")
        page.show_topic(topic)
        return page

    def open_record(self, type_key: str, record_id: int, focus: str = "") -> None:
        """Open a record in the detail dock."""
        self.window.show_detail(True)
        detail: Any = self.window.detail()
        if detail is not None:
            detail.jump(type_key, record_id, focus)
        self.leading.follow(type_key, record_id)

    def new_record(self, type_key: str, values: dict[str, Any], then: Callable[[Record], object] | None = None) -> None:
        """Ask for a new record; `then` is told when it was made."""
        from crm_desktop.ui.records.new_record import NewRecord

        record_type = self.records.types[type_key]
        may = self.records.may(self.desk.actor, record_type, "add")
        if not may:
            self.window.tell(may.sentence())  # type: ignore[union-attr]
            return

        def made(record: Record) -> None:
            if then is not None:
                then(record)
            if type_key not in STAYS:
                self.open_record(type_key, record.id)

        dialog = NewRecord(self.desk, record_type, values, made, self.window)
        dialog.open()

    def _undo(self) -> bool:
        self.desk.undo()
        return True

    # Finding

    def _get_ready_to_find(self) -> None:
        """A server is asked for what the first search would wait for; a file needs nothing."""
        if self.records.database.engine != "sqlite":
            from crm_desktop.core import finding

            self.desk.read(lambda: finding.warm(self.records), lambda _none: None, failed=lambda _error: None)

    def _find(self, text: str, done: Callable[[Sequence[hits.Hit]], None]) -> None:
        if not text.strip():
            done([])
            return
        records, actor = self.records, self.desk.actor
        people = [records.types[key] for key in PEOPLE]
        rest = [one for key, one in records.types.items() if key not in PEOPLE and records.searched(one)]

        def work() -> list[Hit]:  # apart, so that many events about a customer do not push the customer out
            return records.search(text, actor, people, 12) + records.search(text, actor, rest, 10)

        def failed(error: Exception) -> None:
            from crm_desktop.ui.shell import hits

            self.desk.problem(error)
            done([hits.Hit(error.sentence(), None)] if isinstance(error, Trouble) else [])

        self.desk.read(work, lambda found: done(self._palette_hits(found)), key="palette", failed=failed)

    def _palette_hits(self, found: list[Hit]) -> list[hits.Hit]:
        """Hits grouped by type: customers and people first, then the type of the best hit."""
        from crm_desktop.ui.shell import hits

        present = list(dict.fromkeys(hit.type for hit in found))
        order = [key for key in PEOPLE if key in present] + [key for key in present if key not in PEOPLE]
        told = []
        for type_key in order:
            screen = self.records.types[type_key].screen
            for hit in found:
                if hit.type == type_key:
                    run = lambda h=hit: self.go_to(h.type, h.id)  # noqa: E731
                    title, sub = hit.title.replace("\n", " "), hit.why or hit.sub
                    told.append(hits.Hit(title, run, screen.icon, sub, "", hit.spans, say(screen.title), sub_marks=hit.why_spans))
        return told

    def go_to(self, type_key: str, record_id: int) -> None:
        """Open a record found by search, on the list of its type when no list is in front."""
        if self.window.current() in ("workbench", "settings", "reports", "recycle_bin") and type_key in places.LISTS:
            self.window.go(places.LISTS[type_key])
        self.open_record(type_key, record_id)

    # Marks, badges

    def show_marks(self) -> None:
        """Show the starred and recently opened records in the sidebar, and the counts of what is late."""
        self.desk.read(self._marks, self._marks_here, key="marks")

    def _marks(self) -> tuple[list[tuple[str, int, str]], list[tuple[str, int, str]], int]:
        records, actor = self.records, self.desk.actor

        def named(pairs: list[list[Any]]) -> list[tuple[str, int, str]]:
            found = []
            for type_key, record_id in pairs:
                record_type = records.types.get(type_key)
                if record_type is not None:
                    rows = records.rows(record_type, actor, [record_id], [record_type.title_field])
                    if record_id in rows and records.names.alive(type_key, record_id):  # in the bin it waits for its restoration
                        small = records.names.small(type_key)  # a stage, a department: called as the reader calls it
                        title = records.names.title(type_key, record_id) if small else str(rows[record_id][0])
                        found.append((type_key, record_id, title.replace("\n", " ")))
            return found

        fresh = View((Condition("state", "one_of", ["new"]),))
        leads = records.count(records.types["lead"], actor, fresh, cap=1000)
        return named(marks.starred(records, actor)[-SHELF:]), named(marks.recent(records, actor)[:SHELF]), leads

    def _marks_here(self, answer: tuple[Any, Any, int]) -> None:
        starred, recent, leads = answer
        self._marked = [(key, record_id) for key, record_id, _title in (*starred, *recent)]
        self.window.sidebar.show_starred([self._shortcut(one) for one in starred])
        self.window.sidebar.show_recent([self._shortcut(one) for one in recent])
        self.window.set_badge("leads", leads)

    def _shortcut(self, one: tuple[str, int, str]) -> Shortcut:
        type_key, record_id, title = one
        return Shortcut(title, self.records.types[type_key].screen.icon, lambda: self.go_to(type_key, record_id))

    def _somebody_changed(self, change: Change) -> None:
        if "lead" in change.types() or any(change.touches(*one) for one in self._marked):  # a name may be another, or gone
            self.show_marks()
        if change.types() & {"role", "role_right", "employee", "department"}:
            self.renew_actor()
        if "share" in change.types():
            self._look_again([key for key, one in self.records.types.items() if sharing.ways(one, self.records.types)])

    def _look_again(self, types: Iterable[str]) -> None:
        """What is seen of these types is another than before: lists and forms ask anew."""
        self.desk.changed.emit(Change(0, tuple((key, ANY, "rights") for key in types if key != "share")))

    def renew_actor(self) -> None:
        """Rights or scope may have changed. Who has left the company meanwhile sees and does nothing more."""
        actor = self.desk.actor
        if not actor.employee:
            return
        try:
            self.desk.actor = sign_in.actor_for(self.records, actor.employee, actor.lang)
            if (self.desk.actor.rights, self.desk.actor.scopes) != (actor.rights, actor.scopes):
                self.desk.rights_changed.emit()
                self._look_again(self.records.types)
        except Trouble as trouble:
            self.desk.actor = replace(actor, rights={}, scopes={})
            self.window.tell(trouble.sentence())

    # The line to the server, and the door

    def line_changed(self, reached: bool) -> None:
        """The server answers again, or does not any more."""
        if reached:
            self.window.notice.clear()
            self.desk.outbox.send_again()
            self.refresh()
        else:
            self._show_waiting(len(self.desk.outbox.waiting))

    def _show_waiting(self, waiting: int) -> None:
        if self.records.database.reached and not waiting:
            return
        text = say(NO_FOLDER if self.records.database.mode == "network" else NO_SERVER)
        if waiting:
            text = together((text, say("%n change(s) wait and are sent when it is back.", n=waiting)))
        self.window.notice.tell(text, lasting=True)

    def refresh(self) -> None:
        """Read everything anew that is on screen: much may have happened while nothing was heard."""
        self.desk.changed.emit(Change(0, tuple((key, ANY, "update") for key in self.records.types)))

    def lock(self, text: str) -> None:
        """Close the door; what was typed stays behind it. Opened by signing in again."""
        from crm_desktop.ui.lock_screen import LockScreen

        if not self.locked:
            self.locked = True
            LockScreen(self.window, text, self._sign_in_again).open()

    def _sign_in_again(self) -> bool:
        employee = self.desk.actor.employee or 0
        if password.has(self.records, employee):
            from crm_desktop.ui.signing.dialog import SignIn

            name = self.records.names.title("employee", employee)
            dialog = SignIn(self.records, self.runner, [(employee, name)], employee, QApplication.activeModalWidget() or self.window)
            if not dialog.exec():
                return False
        self.locked = False
        self.renew_actor()
        self.refresh()
        return True

    def may_close(self) -> bool:
        """Whether nothing waits for the server any more; else asks what is to become of it."""
        if not self.desk.outbox.waiting:
            return True
        from crm_desktop.ui import unsent

        return unsent.may_close(self.desk, self.window)

    # Commands

    def import_sheet(self, type_key: str = "") -> None:
        """Bring in a workbook."""
        open_import(self.desk, type_key or self._imported_here(), self.window)

    def why_no_import(self) -> str:
        """Why this person brings in nothing here, '' when he may."""
        return self.desk.why_not(self.records.types[self._imported_here()], "bring_in")

    def _imported_here(self) -> str:
        """The type of the page in front; of a page of none, customers or what else this person may bring in."""
        lists = ("customer", *places.LISTS)
        may = (key for key in lists if not self.desk.why_not(self.records.types[key], "bring_in"))
        return places.shown_type(self.window.current()) or next(may, lists[0])

    def change_person(self) -> None:
        """Let somebody else work here: a choice of people, with a password where they have one."""
        from crm_desktop.ui.records.ask import ask_choice

        people = [(person.id, self.records.names.title("employee", person.id)) for person in sign_in.employees(self.records)]
        if password.anybody(self.records):
            from crm_desktop.ui.signing.dialog import SignIn

            dialog = SignIn(self.records, self.runner, people, self.desk.actor.employee or people[0][0], self.window)
            chosen = dialog.employee if dialog.exec() else None
        else:
            chosen = ask_choice(self.window, say("Who works here?"), say("Name"), people)
        if chosen and chosen != self.desk.actor.employee:
            self.rebuild(chosen)

    def set_password(self) -> None:
        """Set one's own password."""
        from crm_desktop.ui.signing.own_password import SetPassword

        SetPassword(self.desk, self.desk.actor.employee or 0, self.window).open()

    def lock_by_hand(self) -> None:
        """Close the door on leaving the desk."""
        self.lock(say("Sign in to go on. What you typed is still there."))

    # Ending

    def keep_layout(self) -> None:
        """Keep how the window stands for the next start."""
        self.desk.remember("layout", self.window.state())

    def _closing(self) -> None:
        self.keep_layout()
        self.desk.close()
