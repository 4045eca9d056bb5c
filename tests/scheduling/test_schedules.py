"""Scheduled exports: run once, made up once, written whole under a free name, and a sentence when it did not work."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crm_desktop.business import Schedule
from crm_desktop.core.access import Actor
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Refused
from crm_desktop.core.records import Records
from crm_desktop.report_files import export_scheduled
from crm_desktop.scheduling.schedules import Export, Runner, due
from tests.office import Office

MONDAY = datetime(2026, 3, 23, 0, 0)  # 08:00 in Shanghai


def write(schedule: Schedule, actor: Actor, path: Path) -> None:
    path.write_text("report")


def runner(records: Records, actor: Actor, export: Export = write) -> Runner:
    return Runner(records, lambda: actor, export)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "周报"
    made.mkdir()
    return made


@pytest.fixture
def weekly(office: Office, folder: Path) -> Schedule:
    """The funnel, every Monday at eight."""
    saved: Schedule = office.save(Schedule(name="周报", folder=str(folder)))
    return saved


def result(office: Office, schedule: Schedule) -> Any:
    return office.records.get(Schedule, schedule.id, office.li)


def test_it_runs_at_its_time_and_not_before(office: Office, weekly: Schedule, clock: FixedClock, folder: Path) -> None:
    clock.at = datetime(2026, 3, 22, 23, 59, 59)
    assert runner(office.records, office.li).run_due() == []
    clock.at = MONDAY
    (run,) = runner(office.records, office.li).run_due()
    assert run.path == folder / "销售漏斗 2026-03-23.xlsx"
    assert [path.name for path in folder.iterdir()] == ["销售漏斗 2026-03-23.xlsx"]
    now = result(office, weekly)
    assert now.last_run_at == MONDAY
    assert now.next_run_at == datetime(2026, 3, 30, 0)
    assert str(run.path) in now.last_result
    assert runner(office.records, office.li).run_due() == []


def test_what_was_missed_is_made_up_exactly_once(office: Office, weekly: Schedule, clock: FixedClock, folder: Path) -> None:
    clock.at = datetime(2026, 4, 22, 3)  # a Wednesday, five Mondays later
    assert len(runner(office.records, office.li).run_due()) == 1
    assert runner(office.records, office.li).run_due() == []
    assert [path.name for path in folder.iterdir()] == ["销售漏斗 2026-04-22.xlsx"]
    assert result(office, weekly).next_run_at == datetime(2026, 4, 27, 0)


def test_of_two_desktops_only_one_runs_it(
    office: Office, second: Records, weekly: Schedule, clock: FixedClock, folder: Path
) -> None:
    clock.at = MONDAY
    actor = office.li
    both = [runner(office.records, actor), runner(second, actor)]
    gate, found = threading.Barrier(2), []

    def start(one: Runner) -> None:
        ready = due(one.records, actor, MONDAY)
        gate.wait()
        found.extend(claimed for schedule in ready if (claimed := one._claim(schedule, MONDAY)))
        one.records.database.close_thread()

    threads = [threading.Thread(target=start, args=(one,)) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True]
    assert [runs for one in both for runs in one.run_due()] == []


def test_each_runs_his_own_schedules(office: Office, weekly: Schedule, clock: FixedClock) -> None:
    clock.at = MONDAY
    assert due(office.records, office.zhao, MONDAY) == []
    assert due(office.records, office.boss, MONDAY) == []  # sees it, but the folder is on Li's PC
    assert due(office.records, Actor.program(), MONDAY) == []
    assert [one.id for one in due(office.records, office.li, MONDAY)] == [weekly.id]


def test_a_file_that_is_there_is_never_replaced(office: Office, weekly: Schedule, clock: FixedClock, folder: Path) -> None:
    clock.at = MONDAY
    (folder / "销售漏斗 2026-03-23.xlsx").write_text("mine")
    runner(office.records, office.li).run_due()
    runner(office.records, office.li).run_now(result(office, weekly))
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["销售漏斗 2026-03-23 (2).xlsx", "销售漏斗 2026-03-23 (3).xlsx", "销售漏斗 2026-03-23.xlsx"]
    assert (folder / "销售漏斗 2026-03-23.xlsx").read_text() == "mine"
    assert result(office, weekly).next_run_at == datetime(2026, 3, 30, 0)


def failing(error: Exception) -> Callable[..., None]:
    def export(schedule: Schedule, actor: Actor, path: Path) -> None:
        path.write_text("half")
        raise error

    return export


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "No space left"), "没有空间|room left"),
        (PermissionError(errno.EACCES, "denied"), "may not write"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (Refused("You lack the right."), "You lack the right."),
        (ZeroDivisionError("a bug"), "error in the program"),
    ],
)
def test_what_went_wrong_is_told_and_nothing_half_is_left(
    office: Office, weekly: Schedule, clock: FixedClock, folder: Path, error: Exception, words: str
) -> None:
    clock.at = MONDAY
    english = Actor(**{**vars(office.li), "lang": "en"})
    (run,) = runner(office.records, english, failing(error)).run_due()
    assert run.path is None
    assert run.trouble is not None
    told = result(office, weekly).last_result
    assert any(word in told for word in words.split("|"))
    assert list(folder.iterdir()) == []
    assert runner(office.records, english).run_due() == []  # the next try is next Monday, or by hand


def test_a_folder_that_is_gone_is_told(office: Office, weekly: Schedule, clock: FixedClock, folder: Path) -> None:
    clock.at = MONDAY
    folder.rmdir()
    (run,) = runner(office.records, office.li).run_due()
    assert run.trouble is not None
    assert str(folder) in run.trouble.sentence("en")
    assert not folder.exists()


def test_a_folder_without_the_right_to_write_is_told(
    office: Office, weekly: Schedule, clock: FixedClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.at = MONDAY

    def refuse(*_args: Any) -> int:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr("crm_desktop.scheduling.schedules.os.open", refuse)
    (run,) = runner(office.records, office.li).run_due()
    monkeypatch.undo()
    assert run.trouble is not None
    assert "may not write" in run.trouble.sentence("en")
    assert list(folder.iterdir()) == []


def test_inactive_and_deleted_ones_do_not_run(office: Office, weekly: Schedule, clock: FixedClock) -> None:
    other = office.save(Schedule(name="停用", folder=weekly.folder, active=False))
    assert other.next_run_at is None
    clock.at = MONDAY
    ready = due(office.records, office.li, MONDAY)
    office.records.delete(Schedule, [weekly.id], office.li)
    assert not runner(office.records, office.li)._claim(ready[0], MONDAY)
    assert runner(office.records, office.li).run_due() == []


def test_running_is_no_act_of_the_person(office: Office, weekly: Schedule, clock: FixedClock) -> None:
    before = office.records.last_batch(office.li)
    clock.at = MONDAY
    runner(office.records, office.li).run_due()
    assert office.records.last_batch(office.li) == before
    assert office.records.history(Schedule, weekly.id, office.li)[0].actor is None


def test_the_funnel_really_comes_out(office: Office, weekly: Schedule, clock: FixedClock, folder: Path) -> None:
    office.save(Schedule(name="PDF", folder=str(folder), format="pdf"))
    clock.at = MONDAY
    done = Runner(office.records, lambda: office.li, export_scheduled(office.records)).run_due()
    assert [run.trouble for run in done] == [None, None]
    assert {path.suffix for path in folder.iterdir()} == {".xlsx", ".pdf"}
    (book,) = folder.glob("*.xlsx")
    assert openpyxl.load_workbook(book).worksheets[0]["A1"].value in ("销售漏斗", "Sales funnel")


@pytest.mark.skipif(os.name == "nt", reason="a full disk is made with ulimit")
def test_a_writer_that_hits_the_end_of_the_disk_leaves_nothing(
    office: Office, weekly: Schedule, clock: FixedClock, folder: Path
) -> None:
    import resource
    import signal

    clock.at = MONDAY
    written = export_scheduled(office.records)

    def export(schedule: Schedule, actor: Actor, path: Path) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))
        try:
            written(schedule, actor, path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, before)

    (run,) = runner(office.records, office.li, export).run_due()
    assert run.trouble is not None
    assert "no room" in run.trouble.sentence("en")
    assert list(folder.iterdir()) == []
