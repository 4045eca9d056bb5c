"""Calendar events: meetings, calls and visits with their times; held ones become follow-ups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.follow_up import FollowUp
from crm_desktop.business.office import reminder
from crm_desktop.core import clock
from crm_desktop.core.errors import Invalid
from crm_desktop.core.fields import Choice, Flag, Link, LongText, Moment, Number, Repeats, State, Text
from crm_desktop.core.ids import UID
from crm_desktop.core.pointing import StateValue
from crm_desktop.core.record import Move, Record, Rights, Screen, indexed
from crm_desktop.core.repeating import repetition
from crm_desktop.core.words import _

STATES = (
    StateValue("planned", _("Planned"), "accent"),
    StateValue("held", _("Held"), "ok", open=False),
    StateValue("not_held", _("Not held"), "grey", open=False),
)
AHEAD = timedelta(days=3_660)  # how far what repeats is looked at
SERIES = ("title", "kind", "starts_at", "ends_at", "all_day", "customer", "contact", "opportunity", "place", "remind_minutes",
          "zone", "uid", "note", "repeats", "owner", "department")  # fmt: skip
OVER = _("This event is over and does not repeat. What repeats goes on as an event of its own: change that one, or plan this one again.")
METHODS = {"visit": "visit", "call": "call", "meeting": "visit"}


class Event(Record):
    """An event of its owner. Times are UTC with the zone they were planned in; `ends_at` is never before `starts_at`."""

    title = Text(_("Event"), required=True, search="name")
    kind = Choice(_("Kind"), "event_kind", required=True, default="meeting")
    state = State(_("State"), STATES, "planned")
    starts_at = Moment(_("Starts at"), required=True)
    ends_at = Moment(_("Ends at"))
    all_day = Flag(_("All day"))
    repeats = Repeats(_("Repeats"))
    customer = Link(_("Customer"), "customer")
    contact = Link(_("Contact"), "contact")
    opportunity = Link(_("Opportunity"), "opportunity")
    place = Text(_("Place"))
    remind_minutes = Number(_("Remind minutes before"), least=0, most=40_320)
    zone = Text(_("Time zone"), max_length=60, readonly=True)
    uid = Text(_("Calendar ID"), max_length=255, readonly=True, shown=False, index=True)
    result = LongText(_("Result"))
    note = LongText(_("Note"), search="text")

    title_field = "title"
    screen = Screen(
        _("Events"),
        _("Event"),
        area="register",
        icon="calendar-days",
        columns="starts_at title kind customer place state owner",
        sort="-starts_at",
        sub="starts_at customer",
        quick="title kind starts_at ends_at customer remind_minutes",
        about="customer",
        rights=Rights(delete="sales"),
        moves=(
            Move("hold", _("Done with result"), "planned", "held", asks="result"),
            Move("skip", _("Did not take place"), "planned", "not_held"),
            Move("reopen", _("Plan again"), "held not_held", "planned"),
        ),
    )

    class Meta:
        indexes = indexed(first="starts_at")

    def begin(self, records: Any) -> None:
        """At the next full hour."""
        this_hour = records.clock.now().replace(minute=0, second=0, microsecond=0)
        self.starts_at = self.starts_at or this_hour + timedelta(hours=1)

    def follow(self, name: str, before: Any) -> None:
        """A start moved beyond the end takes the end along: it lasts as long as it did."""
        if name == "starts_at" and self.starts_at and self.ends_at and before and before <= self.ends_at < self.starts_at:
            self.ends_at = self.starts_at + (self.ends_at - before)

    def fill_in(self, unit: Any) -> None:
        if self.stored:
            kinds = type(self).declared()
            starts, ends = (kinds[name].kind.load(self.stored[name]) for name in ("starts_at", "ends_at"))
            if self.ends_at == ends:
                self.follow("starts_at", starts)
            if unit.what == "import":
                self._keep_left_out()
        if self.starts_at and not self.ends_at:
            self.ends_at = self.starts_at + timedelta(hours=1)
        self.uid = self.uid or UID.format(id=self.id)

    def _keep_left_out(self) -> None:
        """A sheet of before knows nothing of the times that are done, moved or deleted since: they do not come back."""
        was = str((self.stored or {}).get("repeats") or "")
        if was and self.repeats:
            here, there = repetition(self.repeats), repetition(was)
            if replace(here, but=there.but) == there:
                kept, first = replace(here, but=here.but | there.but).short(clock.to_local(self.starts_at))
                by = clock.to_utc(first) - self.starts_at
                self.repeats, self.starts_at = kept.text(), self.starts_at + by
                self.ends_at = self.ends_at and self.ends_at + by

    def check(self, unit: Any) -> None:
        if self.ends_at < self.starts_at:
            raise Invalid(_("The event ends before it starts. Check the two times."), "ends_at")
        if self.repeats and self.state != "planned":
            # A sheet of before would make what was held a series once more.
            raise Invalid(OVER, "repeats")

    def times(self, before: datetime, since: datetime = datetime.min) -> Iterator[datetime]:
        """When it begins, from `since` on and before `before`, in UTC; what repeats keeps its hour on the clock of this PC."""
        if not self.repeats:
            yield from (at for at in (self.starts_at,) if since <= at < before)
            return
        local = clock.to_local(self.starts_at)
        since = clock.to_local(since) if since > datetime.min else since
        for wall in repetition(self.repeats).starts(local, clock.to_local(before), since):
            yield clock.to_utc(wall)

    def before_hold(self, unit: Any) -> None:
        """Done with result: the log of the customer gets the result as a line."""
        self._leave_series(unit)
        # A server shows the customer only to whom he belongs now: then the event alone keeps the result.
        if self.customer and unit.current(Customer, self.customer) is not None:
            content = f"{self.title}\n{self.result}"
            method = METHODS.get(self.kind, "visit")
            log = FollowUp(content=content, customer=self.customer, contact=self.contact, opportunity=self.opportunity,
                           method=method, happened_at=min(self.starts_at, unit.now))  # fmt: skip
            # The customer may have gone to a colleague since: what was said there is kept all the same.
            with unit.as_program():
                unit.save(log)

    def before_skip(self, unit: Any) -> None:
        """It did not take place this time."""
        self._leave_series(unit)

    def _leave_series(self, unit: Any) -> None:
        """Of what repeats, one time is over, the last that has begun; the others go on as an event of their own."""
        if not self.repeats:
            return
        begun = [*self.times(unit.now + timedelta(seconds=1))] or [*self.times(unit.now + AHEAD)][:1]
        at = begun[-1] if begun else self.starts_at
        series = Event(**{name: getattr(self, name) for name in SERIES})
        rest, first = repetition(self.repeats).without(clock.to_local(at).date()).short(clock.to_local(self.starts_at))
        series.repeats, series.starts_at = rest.text(), clock.to_utc(first)
        series.ends_at = series.starts_at + (self.ends_at - self.starts_at)
        self.starts_at, self.ends_at = at, at + (self.ends_at - self.starts_at)
        self.repeats, self.uid = "", f"{self.uid}/{at:%Y%m%dT%H%M%SZ}"
        if next(series.times(unit.now + AHEAD), None) is not None:
            with unit.as_program():
                unit.save(series)

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        self._remind(unit)

    def _remind(self, unit: Any, again: bool = False) -> None:
        due = None
        if self.state == "planned" and self.remind_minutes is not None and self.deleted_at is None:
            ahead = timedelta(minutes=self.remind_minutes)
            # Of what repeats, the next time rings; the one after it when that has been answered.
            next_at = next(self.times(unit.now + AHEAD, unit.now + ahead), None) if self.repeats else self.starts_at
            due = next_at - ahead if next_at is not None else None
        reminder.keep(unit, self, "event", due, again)

    def ring_again(self, unit: Any) -> None:
        """Its reminder has been answered: the next one is for the time after."""
        self._remind(unit)

    def deleted(self, unit: Any) -> None:
        self._remind(unit)

    def restored(self, unit: Any) -> None:
        self._remind(unit, again=True)
