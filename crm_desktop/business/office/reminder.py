"""Reminders: something that must ring for one person at one minute; kept in the database, so that no restart loses one."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from crm_desktop.core import clock
from crm_desktop.core.access import Actor
from crm_desktop.core.fields import Choice, Moment, State, Text
from crm_desktop.core.pointing import StateValue
from crm_desktop.core.record import Move, Record, Rights, Screen, columns_of, from_row, indexed
from crm_desktop.core.through import Through
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.database.peewee_import import peewee

STATES = (
    StateValue("open", _("Waiting"), "accent"),
    StateValue("snoozed", _("Snoozed"), "warn"),
    StateValue("done", _("Done"), "ok", open=False),
)


class Reminder(Record):
    """A reminder for its owner about a record (`ref_type`, `ref_id`). It rings when `rings_at` has come; snoozing moves
    `rings_at` on and leaves `due_at`. `shown_at` is set when a desktop has shown it, so that two show it once."""

    title = Text(_("Reminder"), required=True)
    ref_type = Choice(_("About"), "record_type", max_length=40, readonly=True)
    ref_id = peewee.BigIntegerField(null=True)
    cause = Choice(_("Cause"), "reminder_cause")
    due_at = Moment(_("Due at"), required=True)
    rings_at = Moment(_("Rings at"))
    shown_at = Moment(_("Shown at"), readonly=True)
    state = State(_("State"), STATES, "open")

    title_field = "title"
    told = True
    screen = Screen(
        _("Reminders"),
        _("Reminder"),
        area="register",
        icon="alarm-clock",
        columns="title ref_type due_at rings_at state owner",
        sort="rings_at",
        quick="title due_at",
        rights=Rights(delete="sales"),
        moves=(
            Move("snooze", _("Snooze"), "open snoozed", "snoozed", asks="rings_at"),
            Move("done", _("Done"), "open snoozed", "done"),
            Move("reopen", _("Reopen"), "done", "open"),
        ),
    )

    class Meta:
        indexes = (*indexed(first="rings_at"), (("owner", "state", "rings_at"), False), (("ref_type", "ref_id"), False))

    def fill_in(self, unit: Any) -> None:
        self.rings_at = self.rings_at or self.due_at

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        """Answered: what repeats rings for its next time."""
        if before and "state" in before and self.state == "done" and self.cause == "event" and not unit.undoes:
            event = unit.current(unit.records.types["event"], self.ref_id)
            if event is not None and event.repeats:
                event.ring_again(unit)


WAITING = ("open", "snoozed")
_INDEX = Through(Reminder, "owner", "state", "rings_at")


def waiting(records: Any, actor: Actor, moment: datetime, limit: int, unshown: bool = False) -> list[Reminder]:
    """This person's reminders that have rung by `moment` and are not answered (with `unshown`: nor shown by any desktop),
    the oldest first. Asked every half minute: it must not seek among everybody's reminders of all years."""
    conditions = [Condition("owner", "me"), Condition("state", "one_of", list(WAITING))]
    if unshown:
        conditions.append(Condition("shown_at", "empty"))
    where = records.listing(Reminder, actor, View(conditions=tuple(conditions))).condition() & (Reminder.rings_at <= moment)
    columns = columns_of(Reminder)
    query = Reminder.select(*(getattr(Reminder, name) for name in columns)).from_(_INDEX).where(where)
    rows = records.database.read(query.order_by(Reminder.rings_at, Reminder.id).limit(limit))
    return [from_row(Reminder, columns, row) for row in rows]  # type: ignore[misc]


def morning(day: date) -> datetime:
    """Nine o'clock of a day on this PC, as a stored moment."""
    return clock.to_utc(datetime.combine(day, time(9)))


def keep(unit: Any, record: Record, cause: str, due: datetime | None, again: bool = False) -> None:
    """Let the record have exactly one reminder for `cause`, due then; None takes it away. A new date rings anew, the same
    one only after it had been taken away (`again`: also when it has passed): what a person has answered stays answered."""
    rows = unit.tx.run(
        "SELECT id, state FROM reminder WHERE ref_type = ? AND ref_id = ? AND cause = ? AND deleted_at IS NULL",
        (record.key(), record.id, cause),
    )
    if due is None or record.owner is None:
        for reminder_id, state in rows:
            if state in WAITING:
                # Without a time to ring it is known to have been ended by its record, not answered by the person.
                unit.amend(Reminder, reminder_id, state="done", rings_at=None)
    elif rows:
        found = unit.current(Reminder, rows[0][0])
        news: dict[str, Any] = {"title": record.called(), "owner": record.owner, "department": record.department}
        if found.due_at != due or (found.rings_at is None and (again or due > unit.now)):
            news |= {"due_at": due, "rings_at": due, "state": "open", "shown_at": None}
        unit.amend(Reminder, found.id, **news)
    else:
        _remind(unit, record, cause, due, record.called())


def tell_new_owner(unit: Any, record: Record, before: dict[str, Any] | None) -> None:
    """Whoever is given a record by a colleague is told: one reminder for all that one act gave him, ringing at once.

    Not for what is brought in from a sheet, taken back, or given back to whoever does it.
    """
    given = before is None or "owner" in before
    if not given or record.owner in (None, unit.actor.employee) or unit.trusted or unit.undoes or unit.what == "import":
        return
    texts = (_("Assigned to you by {name}: {title}"), _("Assigned to you by {name}: %n record(s)"))
    _tell(unit, record, record.owner, record.department, texts)


def tell_colleague(unit: Any, record: Record, employee: int, others: int = 0) -> None:
    """Whoever a record, and so many others with it, is shared with is told in the same way."""
    if employee != unit.actor.employee and unit.actor.employee and not unit.undoes:
        person: Any = unit.records.names.rows("employee").get(employee)
        texts = (_("Shared with you by {name}: {title}"), _("Shared with you by {name}: %n record(s)"))
        _tell(unit, record, employee, person.department if person else None, texts, 1 + others)


def _tell(unit: Any, record: Record, employee: int | None, department: int | None, texts: tuple[str, str], many: int = 1) -> None:
    """One reminder for all records of a type that one act gives an employee, ringing at once."""
    key = ("told", type(record), employee, texts[0])
    count, reminder_id = unit.memo.get(key, (0, None))
    known = unit.current(Reminder, reminder_id) if reminder_id else None
    lang = unit.records.settings.get("language", None, employee) or unit.records.settings.get("language", unit.actor.lang)
    count = count + many if known is not None else many
    one = count == 1
    title = say(texts[0], lang, name=unit.actor.name, title=record.called()) if one else say(texts[1], lang, n=count, name=unit.actor.name)
    if known is None:
        made = _remind(unit, record, "assigned", unit.now, title[:200], (employee, department))
        unit.memo[key] = (count, made.id)
        return
    unit.memo[key] = (count, reminder_id)
    from crm_desktop.core import find  # with the search index: only when something is written

    # No line in the journal for each of two hundred records: this reminder was made by the same act.
    sql = "UPDATE reminder SET title = ?, sort_key = ?, version = version + 1 WHERE id = ?"
    unit.tx.run(sql, (title, find.sort_key(title), reminder_id))


def _remind(unit: Any, record: Record, cause: str, due: datetime, title: str, whose: tuple[Any, Any] | None = None) -> Reminder:
    """whose: owner and department of the reminder, the record's unless given."""
    owner, department = whose or (record.owner, record.department)
    made = Reminder(title=title, ref_type=record.key(), ref_id=record.id, cause=cause, due_at=due, rings_at=due,
                    owner=owner, department=department)  # fmt: skip
    with unit.as_program():
        unit.save(made)
    return made
