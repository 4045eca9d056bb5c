"""Reminders that are due: claimed so that one desktop shows each, snoozed, done, and told again after a restart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from crm_desktop.business.office.reminder import WAITING, Reminder, waiting
from crm_desktop.core import clock
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Invalid, NotFound
from crm_desktop.core.journal import Change
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _

MISSED = timedelta(minutes=5)  # later than this it was missed (the program was closed, the PC asleep)
MOST = 500  # of one day and before; more is told when these are answered


@dataclass(frozen=True)
class Rings:
    """What to show now: `fresh` ones each in a pop-up of its own, `missed` ones together in one."""

    fresh: tuple[Reminder, ...] = ()
    missed: tuple[Reminder, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fresh or self.missed)


def due(records: Records, actor: Actor, now: datetime) -> list[Reminder]:
    """Reminders of this person that have rung by `now` and that no desktop has shown; the oldest first."""
    return _of_living(records, actor, waiting(records, actor, now, MOST, unshown=True))


def unanswered(records: Records, actor: Actor, now: datetime) -> list[Reminder]:
    """All that have rung and were neither snoozed nor done, shown or not: the list behind the bell."""
    return _of_living(records, actor, waiting(records, actor, now, MOST))


def _of_living(records: Records, actor: Actor, found: list[Reminder]) -> list[Reminder]:
    """Without those about a record that lies in the recycle bin: restored, it is remembered again."""
    return [one for one in found if one.ref_type not in records.types or about(records, one, actor) is not None]


def claim(records: Records, reminders: Sequence[Reminder], now: datetime) -> list[Reminder]:
    """Mark reminders as shown; gives those that this desktop may show, because no other was first.

    It is the program's act, not the person's: Ctrl+Z does not take it back.
    """
    if not reminders:
        return []

    def work(unit: Unit) -> list[int]:
        mine = []
        for reminder in reminders:
            try:
                # Locked until the commit: of two desktops the second one sees what the first has written.
                current: Any = unit.get(Reminder, reminder.id)
            except NotFound:
                continue
            if current.shown_at is None and current.state in WAITING and current.rings_at <= now:
                unit.amend(Reminder, reminder.id, shown_at=now)
                mine.append(reminder.id)
        return mine

    mine, _change = records.unit(Actor.program(), work, "remind", trusted=True)
    return [reminder for reminder in reminders if reminder.id in mine]


def ring(records: Records, actor: Actor, now: datetime) -> Rings:
    """What this desktop shows now: due, and claimed for it."""
    return _rings(claim(records, due(records, actor, now), now), now)


def ring_at_start(records: Records, actor: Actor, now: datetime) -> Rings:
    """What is shown when the program starts: besides what is due, what was shown before and never answered."""
    found = unanswered(records, actor, now)
    claim(records, [reminder for reminder in found if reminder.shown_at is None], now)
    return _rings(found, now)


def _rings(found: Sequence[Reminder], now: datetime) -> Rings:
    fresh = tuple(reminder for reminder in found if now - reminder.rings_at <= MISSED)
    return Rings(fresh, tuple(reminder for reminder in found if reminder not in fresh))


# Answers


def snooze(records: Records, reminder: Reminder, until: datetime, actor: Actor) -> Change:
    """Let it ring again at `until` (UTC)."""
    if until <= records.clock.now():
        raise Invalid(_("Choose a time that is still to come."), "rings_at")

    def work(unit: Unit) -> None:
        current: Any = unit.get(Reminder, reminder.id)
        current.shown_at = None
        unit.move(current, "snooze", {"rings_at": until})

    return records.unit(actor, work, "snooze")[1]


def done(records: Records, reminder: Reminder, actor: Actor) -> Change:
    """It needs no more attention."""
    return done_all(records, [reminder], actor)


def done_all(records: Records, reminders: Sequence[Reminder], actor: Actor) -> Change:
    """Several at once, with one undo; what was answered elsewhere meanwhile is passed over."""

    def work(unit: Unit) -> None:
        for reminder in reminders:
            current: Any = unit.get(Reminder, reminder.id)
            if current.state in WAITING:
                unit.move(current, "done")

    return records.unit(actor, work, "done")[1]


def about(records: Records, reminder: Reminder, actor: Actor) -> Record | None:
    """The record a reminder is about; None when it has none, or the person may not see it any more."""
    record_type = records.types.get(reminder.ref_type)
    if record_type is None or not reminder.ref_id:
        return None
    try:
        return records.get(record_type, reminder.ref_id, actor)
    except NotFound:
        return None


@dataclass(frozen=True)
class Choice:
    """One offer of the snooze menu; `until` is UTC."""

    label: str
    until: datetime


def snooze_choices(now: datetime, zone: tzinfo | None = None) -> list[Choice]:
    """The offers of the snooze menu, labels to be translated: 5 minutes, 15 minutes, an hour, tomorrow and next Monday at
    nine by the clock on the wall."""
    today = clock.to_local(now, zone).date()
    tomorrow = today + timedelta(1)
    monday = today + timedelta(8 - today.isoweekday())
    nine = time(9)
    choices = [
        Choice(_("In 5 minutes"), now + timedelta(minutes=5)),
        Choice(_("In 15 minutes"), now + timedelta(minutes=15)),
        Choice(_("In 1 hour"), now + timedelta(hours=1)),
        Choice(_("Tomorrow 09:00"), clock.to_utc(datetime.combine(tomorrow, nine), zone)),
    ]
    if monday != tomorrow:
        choices.append(Choice(_("Next Monday 09:00"), clock.to_utc(datetime.combine(monday, nine), zone)))
    return choices
