"""The calendar of the office: events, tasks and ends of contracts of everybody one may see, put on the calendar view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.business.office import series
from crm_desktop.business.office.event import Event
from crm_desktop.business.office.task import Task
from crm_desktop.business.sales.contract import Contract
from crm_desktop.core import clock
from crm_desktop.core.errors import Trouble
from crm_desktop.core.journal import Change
from crm_desktop.core.record import Record
from crm_desktop.core.repeating import repetition
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import say
from crm_desktop.ui.calendar.entries import Entry
from crm_desktop.ui.calendar.people import Person
from crm_desktop.ui.calendar.view import CalendarView
from crm_desktop.ui.calendar.which_times import which_times
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing.drops import FileDrops
from crm_desktop.ui.records.row_acts import put_in_bin

MOST = 3_000
EVENT_FIELDS = ["title", "kind", "state", "starts_at", "ends_at", "all_day", "owner", "customer", "repeats"]
OTHER_KINDS = {"other": "task"}
Id = tuple[Any, ...]  # type key and record id; of what repeats also when it begins this time


class CalendarPage(CalendarView):
    """The calendar view, fed from the records; ids begin with type key and record id."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(desk.records.clock, parent)
        self.desk = desk
        self._range: tuple[datetime, datetime] | None = None
        self._fresh: Id | None = None
        self.set_people(self._people(), desk.actor.employee)
        self.set_settings(desk.setting("calendar", {}))
        self.range_changed.connect(self._range_asked)
        self.opened.connect(lambda one: desk.ways.open_record(*one[:2]))
        self.create_asked.connect(self._create)
        self.move_asked.connect(self._move)
        self.delete_asked.connect(self._put_in_bin)
        self.list_asked.connect(lambda: desk.ways.show("events"))
        self.refused.connect(desk.ways.tell)
        self.setting_changed.connect(lambda: desk.remember("calendar", self.settings()))
        desk.changed.connect(self._somebody_changed)
        FileDrops(desk, Event.key(), self)

    def _people(self) -> list[Person]:
        names, scope = self.desk.records.names, self.desk.actor.scope(Event)
        rows: Any = [row for row in names.all("employee") if row.state != "left"]  # type: ignore[attr-defined]
        return [Person(row.id, names.title("employee", row.id), row.tone or "") for row in rows if scope.holds(row.id, row.department)]

    def _range_asked(self, start: datetime, end: datetime) -> None:
        self._range = (start, end)
        self.load()

    def load(self) -> None:
        """Fetch what touches the stretch of time on the screen."""
        if self._range is not None:
            start, end = self._range
            self.desk.read(lambda: self._entries_of(start, end), self.show_entries, key=f"calendar-{id(self)}")

    # Reading, in a worker

    def _entries_of(self, start: datetime, end: datetime) -> list[Entry]:
        return [*self._events(start, end), *self._tasks(start, end), *self._contract_ends(start, end)]

    def _events(self, start: datetime, end: datetime) -> list[Entry]:
        records, actor = self.desk.records, self.desk.actor
        # Long events may begin before the stretch; a month back is as far as the calendar looks for them.
        first, last = start.date() - timedelta(32), end.date()
        once = View((Condition("starts_at", "after", str(first)), Condition("starts_at", "before", str(last + timedelta(1))),
                     Condition("repeats", "empty")), sort=(("starts_at", False),))  # fmt: skip
        again = View((Condition("starts_at", "before", str(last + timedelta(1))), Condition("repeats", "filled")))
        rows = [*records.page(Event, actor, once, EVENT_FIELDS, MOST), *records.page(Event, actor, again, EVENT_FIELDS, MOST)]
        records.names.learn("customer", [values[7] for _id, values in rows if values[7]])
        why = self.desk.why_not(Event, "edit")
        found = []
        for record_id, (title, kind, _state, starts, ends, all_day, owner, customer, repeats) in rows:
            begins = clock.to_local(starts)
            lasts = max(clock.to_local(ends or starts) - begins, timedelta())
            for at in repetition(repeats).starts(begins, end, start - timedelta(32)) if repeats else (begins,):
                entry = Entry(
                    ("event", record_id, at) if repeats else ("event", record_id), OTHER_KINDS.get(kind, kind), title, at, at + lasts,
                    bool(all_day), owner, records.names.title("employee", owner) if owner else "",
                    records.names.title("customer", customer) if customer else "", editable=not why, why_not=why,
                )  # fmt: skip
                if entry.touches(start, end):
                    found.append(entry)
        return found

    def _tasks(self, start: datetime, end: datetime) -> list[Entry]:
        view = View((Condition("due_on", "between", [str(start.date()), str((end - timedelta(1)).date())]),
                     Condition("state", "one_of", ["not_started", "in_progress", "deferred"])))  # fmt: skip
        rows = self.desk.records.page(Task, self.desk.actor, view, ["title", "due_on", "owner", "customer"], MOST)
        why = self.desk.why_not(Task, "edit")
        return [self._day_entry("task", "task", record_id, values, why) for record_id, values in rows]

    def _contract_ends(self, start: datetime, end: datetime) -> list[Entry]:
        view = View((Condition("ends_on", "between", [str(start.date()), str((end - timedelta(1)).date())]),
                     Condition("state", "one_of", ["active"])))  # fmt: skip
        rows = self.desk.records.page(Contract, self.desk.actor, view, ["name", "ends_on", "owner", "customer"], MOST)
        why = say("The end of a contract changes in the contract.")
        return [
            self._day_entry("contract", "due", record_id, (say("Contract ends: {name}", name=values[0]), *values[1:]), why)
            for record_id, values in rows
        ]

    def _day_entry(self, type_key: str, kind: str, record_id: int, values: tuple[Any, ...], why: str) -> Entry:
        title, day, owner, customer = values
        begins = datetime.combine(day, time())
        names = self.desk.records.names
        return Entry((type_key, record_id), kind, title, begins, begins + timedelta(1), True, owner,
                     names.title("employee", owner) if owner else "", names.title("customer", customer) if customer else "",
                     editable=not why, why_not=why)  # fmt: skip

    # Writing

    def _create(self, start: datetime, end: datetime, all_day: bool) -> None:
        values = {"starts_at": clock.to_utc(start), "ends_at": clock.to_utc(end), "all_day": all_day}
        self.desk.ways.new_record("event", values, self._made)

    def _made(self, record: Record) -> None:
        """The keyboard goes on with the new event, as soon as it is on the sheet."""
        self._fresh = ("event", record.id)
        self._pick_new()

    def _pick_new(self) -> None:
        index = self.model.index_of(self._fresh)
        if index.isValid():
            self._fresh = None
            self.board().go_to_entry(index, turn=False)

    def show_entries(self, entries: Iterable[Entry]) -> None:
        super().show_entries(entries)
        self._pick_new()

    def _move(self, one: Id, start: datetime, end: datetime) -> None:
        type_key, record_id = one[:2]
        records, actor = self.desk.records, self.desk.actor
        if len(one) > 2:
            self._move_time(record_id, one[2], start, end)
            return

        def work() -> tuple[bool, Change]:
            record: Any = records.get(records.types[type_key], record_id, actor)
            stays = type_key == "event" and record.starts_at == clock.to_utc(start)
            if type_key == "task":
                record.due_on = start.date()
            else:
                record.starts_at, record.ends_at = clock.to_utc(start), clock.to_utc(end)
            return stays, records.save(record, actor)

        def told(answer: tuple[bool, Change]) -> str:
            stays, _change = answer
            return _moved(start, end, stays, type_key == "event")

        self.desk.write(work, done=told, failed=self._not_moved)

    def _move_time(self, record_id: int, at: datetime, start: datetime, end: datetime) -> None:
        """One time of what repeats was moved: which ones are meant is asked first."""
        how = which_times(self, self._title_of(("event", record_id, at)))
        if not how:
            self.put_back()
            return
        records, actor = self.desk.records, self.desk.actor
        times = [clock.to_utc(one) for one in (at, start, end)]
        self.desk.write(
            lambda: series.move(records, actor, record_id, times[0], times[1], times[2], how),
            done=_moved(start, end, start == at, True),
            failed=self._not_moved,
        )

    def _not_moved(self, error: Exception) -> None:
        self.put_back()
        self.load()
        if isinstance(error, Trouble):
            self.desk.ways.tell(error.sentence())

    def _title_of(self, one: Id) -> str:
        return next((entry.title for entry in self._entries if entry.id == one), "")

    def _remove_times(self, ids: list[Id]) -> None:
        """Times of what repeats are to go: which ones are meant is asked once for all of them."""
        how = which_times(self, self._title_of(ids[0]), deletes=True)
        records, actor = self.desk.records, self.desk.actor
        times = [(record_id, clock.to_utc(at)) for _type, record_id, at in ids]
        if how:
            self.desk.write(
                lambda: series.remove(records, actor, times, how),
                done=say("“{name}” was taken out of the calendar", name=self._title_of(ids[0])),
                failed=self._not_moved,
            )

    def _put_in_bin(self, ids: list[Id]) -> None:
        times = [one for one in ids if len(one) > 2]
        if times:
            self._remove_times(times)
        events = [one[1] for one in ids if one[0] == "event" and len(one) == 2]
        tasks = [one[1] for one in ids if one[0] == "task"]
        for record_type, chosen in ((Event, events), (Task, tasks)):
            if chosen:
                put_in_bin(self.desk, record_type, chosen)

    def _somebody_changed(self, change: Change) -> None:
        if change.types() & {"event", "task", "contract"}:
            self.load()


def _moved(start: datetime, end: datetime, stays: bool, timed: bool) -> str:
    """What is told of an entry that was moved, or whose end was pulled."""
    if stays:
        return say("Ends at {when}", when=end.strftime("%Y-%m-%d %H:%M"))
    return say("Moved to {when}", when=start.strftime("%Y-%m-%d %H:%M" if timed else "%Y-%m-%d"))
