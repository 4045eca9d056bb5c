"""What takes long in the window is done in steps, and what happens meanwhile comes in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from crm_desktop.business import Task
from crm_desktop.ui.session import Session
from crm_desktop.ui.steps import Steps

NAMES = ("one", "two", "three")


def _work(log: list[str]) -> Iterator[str]:
    for name in NAMES:
        yield name
        log.append(name)


def test_each_step_is_a_turn_of_its_own(dressed: QApplication) -> None:
    log: list[str] = []
    parent = QObject()
    steps = Steps(_work(log), lambda: log.append("then"), parent)

    def tick() -> None:  # what else happens in the window
        log.append("-")
        if not steps.done:
            QTimer.singleShot(0, parent, tick)

    steps.begin()
    QTimer.singleShot(0, parent, tick)
    assert log == []
    for _turn in range(20):
        dressed.processEvents()
    story = "".join(log).split("-")
    assert [one for one in story if one] == ["one", "two", "threethen"]
    assert steps.done


def test_who_cannot_wait_has_the_rest_done_at_once(dressed: QApplication) -> None:
    log: list[str] = []
    parent = QObject()
    steps = Steps(_work(log), lambda: log.append("then"), parent)
    steps.begin()
    steps.finish()
    assert log == [*NAMES, "then"]
    for _turn in range(5):
        dressed.processEvents()
    assert log == [*NAMES, "then"]


def test_they_end_with_their_parent(dressed: QApplication) -> None:
    log: list[str] = []
    parent = QObject()
    Steps(_work(log), lambda: log.append("then"), parent).begin()
    dressed.processEvents()
    dressed.processEvents()
    delete(parent)
    for _turn in range(10):
        dressed.processEvents()
    assert "then" not in log


def test_the_tabs_of_the_detail_dock_are_built_in_named_steps(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record is shown once all its tabs are there; the dock stays as it is until then."""
    task = Task(title="样品寄出")
    session.records.save(task, session.desk.actor)
    detail = session.window.detail()
    for _turn in range(5):  # what the saving has announced
        QApplication.processEvents()
    record = session.records.get(Task, task.id, session.desk.actor)
    with monkeypatch.context() as patched:
        patched.setattr(session.runner, "inline", False)
        detail.show_record(record)  # type: ignore[union-attr]
    making, seen = detail._sheets["task"].making, list[str]()  # type: ignore[union-attr]
    for _turn in range(40):
        QApplication.processEvents()
        if making.step not in seen[-1:]:
            seen.append(making.step)
        assert making.done == (detail.record is not None and detail.record.id == task.id)  # type: ignore[union-attr]
    assert seen[:1] == ["editors"] or seen[:2] == ["", "editors"]
    assert [name for name in ("editors", "reader of forms", "profile", "timeline") if name in seen] == [
        "editors", "reader of forms", "profile", "timeline",
    ]  # fmt: skip
    assert making.done
    assert detail.stack.currentWidget() is detail.sheet(Task)  # type: ignore[union-attr]
