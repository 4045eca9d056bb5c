"""Reminders: ring at their minute, once over two desktops, again after a restart, later when snoozed."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm_desktop.business import Customer, Event, Reminder, Task
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Invalid
from crm_desktop.core.records import Records
from crm_desktop.scheduling.reminders import (
    about,
    claim,
    done,
    done_all,
    due,
    ring,
    ring_at_start,
    snooze,
    snooze_choices,
    unanswered,
)
from tests.office import Office

MINUTE = timedelta(minutes=1)


def titles(found: Any) -> list[str]:
    return [reminder.title for reminder in found]


@pytest.fixture
def visit(office: Office, clock: FixedClock) -> Event:
    """A visit in half an hour, to be reminded of ten minutes before."""
    customer = office.save(Customer(name="华为技术有限公司"))
    begins = clock.at + timedelta(minutes=30)
    saved: Event = office.save(Event(title="拜访华为", starts_at=begins, customer=customer.id, remind_minutes=10))
    return saved


def test_it_rings_at_its_minute_for_its_owner(office: Office, visit: Event, clock: FixedClock) -> None:
    assert due(office.records, office.li, clock.at + 19 * MINUTE) == []
    at = clock.at + 20 * MINUTE
    assert titles(due(office.records, office.li, at)) == ["拜访华为"]
    assert due(office.records, office.zhao, at) == []
    assert due(office.records, office.boss, at) == []
    assert due(office.records, Actor.program(), at) == []


def test_two_desktops_show_it_once(office: Office, second: Records, visit: Event, clock: FixedClock) -> None:
    clock.at += 20 * MINUTE
    actor, gate = office.li, threading.Barrier(2)
    shown: list[str] = []

    def look(records: Records) -> None:
        found = due(records, actor, clock.at)
        gate.wait()
        shown.extend(titles(claim(records, found, clock.at)))
        records.database.close_thread()

    threads = [threading.Thread(target=look, args=(records,)) for records in (office.records, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shown == ["拜访华为"]
    assert not ring(office.records, actor, clock.at)
    assert not ring(second, actor, clock.at)


def test_what_was_shown_and_not_answered_comes_again_at_the_next_start(
    office: Office, second: Records, visit: Event, clock: FixedClock
) -> None:
    clock.at += 20 * MINUTE
    assert titles(ring(office.records, office.li, clock.at).fresh) == ["拜访华为"]
    clock.at += 60 * MINUTE
    started = ring_at_start(second, office.li, clock.at)
    assert titles(started.missed) == ["拜访华为"]
    assert started.fresh == ()
    done(second, started.missed[0], office.li)
    assert not ring_at_start(second, office.li, clock.at)


def test_missed_ones_come_together_and_the_newest_by_themselves(office: Office, clock: FixedClock) -> None:
    for minutes in (600, 60, 6, 5, 0):
        office.save(Reminder(title=f"{minutes}", due_at=clock.at - minutes * MINUTE))
    found = ring(office.records, office.li, clock.at)
    assert titles(found.missed) == ["600", "60", "6"]
    assert titles(found.fresh) == ["5", "0"]
    assert not ring(office.records, office.li, clock.at + MINUTE)
    assert len(unanswered(office.records, office.li, clock.at)) == 5


def test_snoozed_it_rings_again_then_even_after_a_restart(
    office: Office, second: Records, visit: Event, clock: FixedClock
) -> None:
    clock.at += 20 * MINUTE
    (shown,) = ring(office.records, office.li, clock.at).fresh
    due_at = shown.due_at
    snooze(office.records, shown, clock.at + 15 * MINUTE, office.li)
    assert unanswered(office.records, office.li, clock.at) == []
    assert not ring(office.records, office.li, clock.at + 14 * MINUTE)
    clock.at += 15 * MINUTE
    (again,) = ring(second, office.li, clock.at).fresh
    assert (again.id, again.state, again.due_at) == (shown.id, "snoozed", due_at)
    snooze(second, again, clock.at + MINUTE, office.li)
    assert titles(ring(office.records, office.li, clock.at + MINUTE).fresh) == ["拜访华为"]


def test_done_is_done_and_can_be_taken_back(office: Office, visit: Event, clock: FixedClock) -> None:
    clock.at += 20 * MINUTE
    (shown,) = ring(office.records, office.li, clock.at).fresh
    change = done(office.records, shown, office.li)
    assert unanswered(office.records, office.li, clock.at) == []
    last = office.records.last_batch(office.li)
    assert last is not None
    assert last.id == change.batch
    office.records.undo(change.batch, office.li)
    assert titles(unanswered(office.records, office.li, clock.at)) == ["拜访华为"]


def test_several_at_once_and_what_was_answered_elsewhere_is_passed_over(office: Office, clock: FixedClock) -> None:
    for name in "甲乙丙":
        office.save(Reminder(title=name, due_at=clock.at))
    found = list(ring(office.records, office.li, clock.at).fresh)
    done(office.records, found[0], office.li)
    done_all(office.records, found, office.li)
    assert unanswered(office.records, office.li, clock.at) == []


def test_showing_is_no_act_of_the_person(office: Office, visit: Event, clock: FixedClock) -> None:
    before = office.records.last_batch(office.li)
    clock.at += 20 * MINUTE
    ring(office.records, office.li, clock.at)
    assert office.records.last_batch(office.li) == before


def test_a_form_open_meanwhile_does_not_make_it_ring_again(office: Office, clock: FixedClock) -> None:
    one = office.save(Reminder(title="打电话", due_at=clock.at))
    ring(office.records, office.li, clock.at)
    one.title = "打电话给张总"
    office.records.save(one, office.li)
    assert not ring(office.records, office.li, clock.at)
    assert titles(unanswered(office.records, office.li, clock.at)) == ["打电话给张总"]


def test_a_moved_event_rings_at_its_new_time_and_a_held_one_not_at_all(office: Office, visit: Event, clock: FixedClock) -> None:
    clock.at += 20 * MINUTE
    assert ring(office.records, office.li, clock.at)
    visit.starts_at += timedelta(days=1)
    visit.ends_at += timedelta(days=1)
    office.save(visit)
    assert unanswered(office.records, office.li, clock.at) == []
    tomorrow = clock.at + timedelta(days=1)
    assert titles(due(office.records, office.li, tomorrow)) == ["拜访华为"]
    office.records.move(visit, "skip", office.li)
    assert due(office.records, office.li, tomorrow) == []


def test_an_event_planned_again_rings_again_and_a_deleted_one_only_when_restored(
    office: Office, visit: Event, clock: FixedClock
) -> None:
    later = clock.at + 20 * MINUTE
    office.records.move(visit, "skip", office.li)
    assert due(office.records, office.li, later) == []
    office.records.move(visit, "reopen", office.li)
    assert titles(due(office.records, office.li, later)) == ["拜访华为"]
    office.records.delete(Event, [visit.id], office.boss)
    assert due(office.records, office.li, later) == []
    office.records.restore(Event, [visit.id], office.boss)
    assert titles(due(office.records, office.li, later)) == ["拜访华为"]


def test_what_the_person_has_done_stays_done_when_the_record_changes(office: Office, visit: Event, clock: FixedClock) -> None:
    (shown,) = due(office.records, office.li, clock.at + 20 * MINUTE)
    done(office.records, shown, office.li)
    visit.place = "三楼"
    office.save(visit)
    assert due(office.records, office.li, clock.at + 20 * MINUTE) == []


def test_it_names_the_record_it_is_about(office: Office, visit: Event, clock: FixedClock) -> None:
    (shown,) = due(office.records, office.li, clock.at + 20 * MINUTE)
    found = about(office.records, shown, office.li)
    assert isinstance(found, Event)
    assert found.id == visit.id
    office.records.delete(Event, [visit.id], office.boss)
    assert about(office.records, shown, office.li) is None
    own = office.save(Reminder(title="自设", due_at=clock.at))
    assert about(office.records, own, office.li) is None


def test_the_reminder_of_a_task_comes_and_goes_with_it(office: Office, clock: FixedClock) -> None:
    task = office.save(Task(title="报价", remind_at=clock.at))
    assert titles(due(office.records, office.li, clock.at)) == ["报价"]
    office.records.move(task, "done", office.li)
    assert due(office.records, office.li, clock.at) == []


def test_a_time_that_has_passed_is_no_time_to_snooze_to(office: Office, visit: Event, clock: FixedClock) -> None:
    (shown,) = due(office.records, office.li, clock.at + 20 * MINUTE)
    with pytest.raises(Invalid):
        snooze(office.records, shown, clock.at, office.li)


def test_the_offers_to_snooze_are_times_on_the_wall() -> None:
    zone = ZoneInfo("America/New_York")
    # Saturday 31 October 2026, 20:00 in New York; summer time ends that night.
    choices = snooze_choices(datetime(2026, 11, 1, 0), zone)
    assert [choice.label for choice in choices] == [
        "In 5 minutes", "In 15 minutes", "In 1 hour", "Tomorrow 09:00", "Next Monday 09:00",
    ]  # fmt: skip
    assert choices[3].until == datetime(2026, 11, 1, 14)
    assert choices[4].until == datetime(2026, 11, 2, 14)
    # On a Sunday tomorrow is Monday; on a Monday the next one is a week away.
    assert len(snooze_choices(datetime(2026, 11, 1, 18), zone)) == 4
    assert snooze_choices(datetime(2026, 11, 2, 18), zone)[4].until == datetime(2026, 11, 9, 14)


def test_looking_costs_one_search_in_an_index(office: Office, clock: FixedClock) -> None:
    """Every half minute on every desktop: a person's waiting reminders must not be sought among everybody's."""
    database = office.records.database

    def work(unit: Any) -> None:
        unit.add([Reminder(title="旧", due_at=clock.at, owner=office.ids["sun"]) for _ in range(300)])

    office.records.unit(Actor.program(), work, "demo", trusted=True)
    asked: list[tuple[str, Any]] = []
    read = type(database).read

    def watched(self: Any, query: Any, params: Any = ()) -> Any:
        asked.append(self.compiled(query, params))
        return read(self, query, params)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(database), "read", watched)
        due(office.records, office.li, clock.at)
    sql, values = next(one for one in asked if "reminder" in one[0])
    explain = "EXPLAIN QUERY PLAN " if database.engine == "sqlite" else "EXPLAIN "
    plan = str(database.read(explain + sql.replace("%s", "?"), values))
    print(sql, plan)
    assert "owner" in plan
