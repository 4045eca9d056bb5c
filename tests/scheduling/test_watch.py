"""A desktop's watch: what was missed at the start, then what rings and what is exported, told once each."""

from __future__ import annotations

import queue
from pathlib import Path

from crm_desktop.business import Reminder, Schedule
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.scheduling.reminders import Rings
from crm_desktop.scheduling.schedules import Run
from crm_desktop.scheduling.watch import Watch
from tests.office import Office


def write(schedule: Schedule, actor: Actor, path: Path) -> None:
    path.write_text("report")


def test_it_tells_what_rings_and_what_was_exported(office: Office, clock: FixedClock, tmp_path: Path) -> None:
    office.save(Schedule(name="周报", folder=str(tmp_path)))
    office.save(Reminder(title="打电话", due_at=clock.at))
    clock.at = clock.at.replace(day=25)
    rings: queue.Queue[Rings] = queue.Queue()
    runs: queue.Queue[list[Run]] = queue.Queue()
    actor = office.li
    watch = Watch(office.records, lambda: actor, write, rings.put, runs.put, every=3600)
    watch.start()
    assert [one.title for one in rings.get(timeout=10).missed] == ["打电话"]
    assert [run.path and run.path.name for run in runs.get(timeout=10)] == ["销售漏斗 2026-03-25.xlsx"]
    office.save(Reminder(title="再打", due_at=clock.at))
    watch.look()
    assert [one.title for one in rings.get(timeout=10).fresh] == ["再打"]
    watch.stop()
    assert rings.empty()
    assert runs.empty()
