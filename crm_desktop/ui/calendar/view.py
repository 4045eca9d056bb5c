"""The calendar as one widget: header, month, week and day over the same entries; its owner fetches and saves.

    calendar = CalendarView(clock)
    calendar.range_changed.connect(…)     # fetch what touches start…end, then show_entries
    calendar.move_asked.connect(…)        # save, then show_entries; put_back when it was refused

All times are local wall times without zone.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable, Iterable
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import QItemSelectionModel, QKeyCombination, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core.clock import Clock, to_local
from crm_desktop.core.words import _, say
from crm_desktop.ui.calendar.board import Board, Check
from crm_desktop.ui.calendar.commands import COMMANDS, NEED_ENTRY, NUDGES, VIEWS, command_of
from crm_desktop.ui.calendar.day import DayBoard
from crm_desktop.ui.calendar.entries import Entry, kind_tone, midnight
from crm_desktop.ui.calendar.header import CalendarHeader
from crm_desktop.ui.calendar.keys import nudge
from crm_desktop.ui.calendar.menus import context_menu, more_menu
from crm_desktop.ui.calendar.model import EntryModel
from crm_desktop.ui.calendar.month import MonthBoard
from crm_desktop.ui.calendar.people import Person
from crm_desktop.ui.calendar.spans import Place, offered
from crm_desktop.ui.calendar.tiles import More
from crm_desktop.ui.calendar.week import WeekBoard
from crm_desktop.ui.calendar.wording import month_title, short_month_title, weeks_title
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.commands import Command
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.widgets.words import long_day


class CalendarView(QWidget):
    """Month, week and day of the same entries."""

    range_changed = Signal(object, object)          # start, end (exclusive): datetimes; entries are wanted
    opened = Signal(object)                         # id
    create_asked = Signal(object, object, bool)     # start, end, all day
    move_asked = Signal(object, object, object)     # id, new start, new end
    delete_asked = Signal(object)                   # list of ids
    list_asked = Signal()                           # the events, not on a calendar but one below the other
    refused = Signal(str)                           # a sentence: why something cannot be moved or deleted
    setting_changed = Signal()                      # settings() is another one: worth keeping for this user

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._entries: list[Entry] = []
        self._asked: tuple[datetime, datetime] | None = None
        self.setAccessibleName(say(_("Calendar")))
        self.header = CalendarHeader()
        self.header.asked.connect(self.run)
        self.header.people.changed.connect(self._people_changed)
        self.model = EntryModel(self)
        self.selection = QItemSelectionModel(self.model, self)
        self._week = WeekBoard(self.now)
        self.boards: dict[str, Board] = {
            "month": MonthBoard(self.now),
            "week": self._week,
            "day": DayBoard(self.now),
        }
        self._stack = QStackedWidget()
        for key in VIEWS:
            self._connect(self.boards[key], say(COMMANDS[key].title))
        self._view = "month"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        self.setFocusProxy(self.board())
        self._tell()
        theme.changed.connect(self._tell)

    # ------------------------------------------------------------ for the owner

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Show these entries; what was selected stays selected."""
        self._entries = list(entries)
        self._show()

    def put_back(self) -> None:
        """Show the entries as they were last given: a move was not accepted."""
        self._show()

    def set_people(self, people: Iterable[Person], me: Hashable = None) -> None:
        """The colleagues whose entries may be shown; entries of others, or of nobody, always are."""
        self.header.people.set_people(people, me)
        self.header.fit()
        self._show()

    def set_drop_check(self, check: Check) -> None:
        """`check(entry, start, end)` answers with a sentence when an entry must not go there, else "" ."""
        for board in self.boards.values():
            board.drop_check = check

    def shown_range(self) -> tuple[datetime, datetime]:
        """The stretch of time that is on the screen, end exclusive."""
        return self.board().shown_range()

    def board(self) -> Board:
        """The month, week or day that is shown."""
        return self.boards[self._view]

    def view(self) -> str:
        return self._view

    def now(self) -> datetime:
        return to_local(self._clock.now())

    def settings(self) -> dict[str, object]:
        """What this user set here, to be kept: view, hidden people, colours."""
        people = self.header.people
        hidden = sorted(people.hidden_ids, key=str)
        return {"view": self._view, "hidden": hidden, "by_person": people.by_person}

    def set_settings(self, settings: dict[str, object]) -> None:
        """Take up what `settings` gave; unknown or broken parts are left as they are."""
        people = self.header.people
        hidden, by_person = settings.get("hidden"), settings.get("by_person")
        if isinstance(hidden, list):
            people.show_only({person.id for person in people.people} - set(hidden))
        if isinstance(by_person, bool):
            people.colour_by_person(by_person)
        if settings.get("view") in self.boards:
            self.show_view(str(settings["view"]))

    def show_view(self, key: str) -> None:
        """Switch to month, week or day, at the day the keyboard is on."""
        if key == self._view:
            return
        had_focus = self.board().hasFocus()
        place = self.board().place
        self._view = key
        board = self.board()
        if place.all_day and isinstance(board, WeekBoard):
            place = board.at_work(place.day)
        self._stack.setCurrentWidget(board)
        self.setFocusProxy(board)
        board.place = place
        board.show_day(place.day)
        if had_focus:
            board.setFocus()
        self._tell()
        self._announce()
        self.setting_changed.emit()

    def go_to(self, day: date) -> None:
        """Show the page with this day."""
        self.board().show_day(day)
        self._tell()

    def turn(self, pages: int) -> None:
        """Turn by months, weeks or days."""
        day = self.board().day()
        if self._view == "month":
            year, month = divmod(day.year * 12 + day.month - 1 + pages, 12)
            last = monthrange(year, month + 1)[1]
            self.go_to(date(year, month + 1, min(self.board().place.day.day, last)))
        else:
            self.go_to(self.board().place.day + timedelta(days=pages * (7 if self._view == "week" else 1)))

    # ------------------------------------------------------------ inside

    def commands(self) -> list[Command]:
        """What the palette lists and the registry knows, in scope “widget”; the keys work without it too."""
        made = []
        for key, command in COMMANDS.items():
            keys = command.shortcut if isinstance(command.shortcut, Keys) else ""
            icon = command.icon_name or "calendar-days"
            title = say(command.title)
            if key in VIEWS:
                title = say(_("Calendar: {view}"), view=title)
            run, why_not = partial(self.run, key), partial(self._why_not, key)
            made.append(Command(f"calendar.{key}", title, run, keys, icon, why_not=why_not))
        return made

    def _why_not(self, key: str) -> str:
        if key in NEED_ENTRY and self.board().current_entry() is None:
            return say(_("No entry is selected."))
        return ""

    def run(self, key: str) -> None:
        """Do a command of COMMANDS, as its key or button does."""
        if self.board().mouse.busy:
            return
        if key in self.boards:
            self.show_view(key)
        elif key in ("previous", "next"):
            self.turn(1 if key == "next" else -1)
        elif key == "today":
            self._go_today()
        elif key == "list":
            self.list_asked.emit()
        elif key == "new":
            self._new()
        elif key == "open":
            self._open()
        elif key == "delete":
            self._delete()
        elif key in NUDGES:
            nudge(self.board(), NUDGES[key], key in ("longer", "shorter"))

    def _go_today(self) -> None:
        board = self.board()
        today = self.now().date()
        board.place = board.at_work(today) if isinstance(board, WeekBoard) else Place(midnight(today), True)
        self.go_to(today)

    def _new(self) -> None:
        board = self.board()
        if board.anchor is None and board.place.all_day:
            # A day without a time: an hour from now on if it is today, else when work begins.
            place = self._week.at_work(board.place.day)
            span = offered(Place(place.at + timedelta(hours=1)) if place.day == self.now().date() else place)
        else:
            span = board.chosen_span()
        self.create_asked.emit(span.start, span.end, span.all_day)

    def _open(self) -> None:
        entry = self.board().current_entry()
        if entry is not None:
            self.opened.emit(entry.id)

    def _delete(self) -> None:
        chosen = [self.model.entries[index.row()] for index in self.selection.selectedIndexes()]
        kept = next((entry for entry in chosen if not entry.editable), None)
        if kept is not None:
            self.refused.emit(kept.why_not)
        elif chosen:
            self.delete_asked.emit([entry.id for entry in chosen])

    def _connect(self, board: Board, name: str) -> None:
        board.setModel(self.model)
        board.setSelectionModel(self.selection)
        board.setAccessibleName(say(_("Calendar: {view}"), view=name))
        board.opened.connect(self.opened)
        board.create_asked.connect(self.create_asked)
        board.move_asked.connect(self.move_asked)
        board.refused.connect(self.refused)
        board.range_changed.connect(lambda *__: self._announce())
        board.place_changed.connect(lambda *__: self._tell())
        board.menu_asked.connect(self._show_menu)
        board.more_asked.connect(self._show_more)
        self._stack.addWidget(board)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Single letters as keys, not as shortcuts of the window: they must never take a letter from an input.
        pressed = QKeyCombination(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key()))
        command = command_of(pressed)
        if command:
            self.run(command)
        else:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._announce()

    def _announce(self) -> None:
        """Ask for entries, but only once somebody can see them."""
        shown = self.shown_range()
        if self.isVisible() and shown != self._asked:
            self._asked = shown
            self.range_changed.emit(*shown)

    def _tell(self) -> None:
        """Bring the header up to date."""
        day = self.board().day()
        if self._view == "month":
            titles = month_title(day), short_month_title(day)
        elif self._view == "week":
            start, end = self.shown_range()
            titles = weeks_title(start.date(), end.date() - timedelta(days=1)), short_month_title(day)
        else:
            titles = long_day(day), day.isoformat()
        self.header.set_view(self._view)
        self.header.set_titles(*titles)

    def _people_changed(self) -> None:
        self._show()
        self.setting_changed.emit()

    def _show(self) -> None:
        people = self.header.people
        tones = people.tones() if people.by_person else {}
        for board in self.boards.values():
            board.tone_of = lambda entry: tones.get(entry.owner) or entry.tone or kind_tone(entry.kind)
        current = self.model.entry(self.selection.currentIndex())
        selected = {self.model.entries[index.row()].id for index in self.selection.selectedIndexes()}
        self.model.show(entry for entry in self._entries if entry.owner not in people.hidden_ids)
        for key in selected:
            index = self.model.index_of(key)
            if index.isValid():
                self.selection.select(index, QItemSelectionModel.SelectionFlag.Select)
        if current is not None and self.model.index_of(current.id).isValid():
            index = self.model.index_of(current.id)
            self.selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _show_one_day(self, day: date) -> None:
        self.board().place = self.board().place.on(day)
        self.show_view("day")

    def _show_menu(self, at: QPoint) -> None:
        context_menu(self, self.board().current_entry(), self.run).popup(at)

    def _show_more(self, more: More) -> None:
        board = self.board()
        entries = [self.model.entries[row] for row in board.day_rows(more.day)]
        menu = more_menu(
            self,
            more,
            entries,
            board.tone,
            lambda entry: self.opened.emit(entry.id),
            lambda: self._show_one_day(more.day),
        )
        menu.popup(board.viewport().mapToGlobal(board.on_screen(more).bottomLeft()))
