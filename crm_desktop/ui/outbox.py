"""Writes that could not reach the server wait here, in their order, until it answers again.

Nothing typed is lost: the pages go on as if it were saved, and the bar over the status bar says that something waits. A write
whose commit got no answer is looked up by its operation id before it is sent again, so that it never happens twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.database import sentences
from crm_desktop.database.faults import OutcomeUnknown, Unreachable
from crm_desktop.ui.runner import Runner

PATIENCE = 1_000  # ms a write may take before it is said that it is under way


class Held(Unreachable):
    """Not tried: earlier writes wait already, and this one comes after them."""


class Letter:
    """One write: what to do, what to do with its answer, and the record it saves, when it saves one."""

    def __init__(
        self, work: Callable[[], Any], then: Callable[[Any], object], failed: Callable[[Exception], object], record: Record | None = None
    ):
        self.work, self.then, self.failed, self.record = work, then, failed, record
        self.op_id: int | None = None


class Outbox(QObject):
    """Belongs to a desk. `changed(n)`: so many writes wait now. `slow(yes)`: what is under way takes its time, because a colleague
    changes the same, say; and when it is through. Its methods are for the UI thread."""

    changed = Signal(int)
    slow = Signal(bool)

    def __init__(self, records: Records, runner: Runner):
        super().__init__()
        self._records, self._runner = records, runner
        self.waiting: list[Letter] = []
        self._holding = False
        self._under_way = 0
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(lambda: self.slow.emit(True))

    def send(self, letter: Letter) -> None:
        """Do the write off the UI thread; what cannot reach the server waits."""

        def through(result: Any) -> None:
            self._arrived()
            letter.then(result)

        def failed(error: Exception) -> None:
            self._arrived()
            if isinstance(error, Unreachable):
                self.waiting.append(letter)
                self.changed.emit(len(self.waiting))
            else:
                letter.failed(error)

        self._under_way += 1
        if self._under_way == 1:
            self._patience.start()
        self._runner.run(lambda: self._work(letter), through, failed, write=True)

    def _arrived(self) -> None:
        self._under_way -= 1
        if self._under_way == 0:
            told = not self._patience.isActive()
            self._patience.stop()
            if told:
                self.slow.emit(False)

    def send_again(self) -> None:
        """The server answers: send what waits, in its order."""
        letters, self.waiting = self.waiting, []
        self._holding = False
        if letters:
            self.changed.emit(0)
        for letter in letters:
            self.send(letter)

    def _work(self, letter: Letter) -> Any:
        """In the writing thread, where one write comes after the other."""
        if self._holding:
            raise Held(sentences.LINE_LOST, host="")
        try:
            if letter.op_id is not None:
                done = self._records.committed(letter.op_id)
                if done is not None:
                    return done
            return letter.work()
        except Unreachable as error:
            self._holding = True
            if isinstance(error, OutcomeUnknown):
                letter.op_id = error.op_id
            raise
