"""Between two windows: something is done with the file of the one that has closed, then the program starts again on it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout

from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.words import say
from crm_desktop.database import sentences
from crm_desktop.database.engine import Database
from crm_desktop.ui.runner import Job, Runner
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.words import named

ENDING = 5.0  # seconds the threads of the closed window may take to let go of the file

Step = Callable[[str, int, int], object]
"""Takes how far the work is: what it is at, how much is done, how much there is."""


@dataclass(frozen=True)
class Between:
    """What is to be done while no window is open, and the words for it, marked: `doing`, and `done` when it is. `told`: the sentences
    that tell more about its result. `goes_on`: that it may be stopped at any moment and goes on another time. `again_with`: the
    password the program needs when it starts again."""

    doing: str
    done: str
    work: Callable[[Step], Any]
    told: Callable[[Any], list[str]] = lambda result: []
    goes_on: str = ""
    again_with: str = field(default="", repr=False)


class BetweenDialog(QDialog):
    """Does it, and says how it went. `database`: what the window that has closed had open."""

    def __init__(self, between: Between, database: Database | None, runner: Runner):
        super().__init__()
        self._between, self._database = between, database
        self._over = False
        self.failed = False
        self.setWindowTitle(say("CRM Desktop"))
        self.setMinimumWidth(px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(12))
        self.title = Label(say(between.doing), "Title")
        self.text = Label(say("Do not switch the computer off. If it happens all the same, nothing goes missing."), "Muted", wrap=True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say(between.doing))
        self.stop = Button(say("Stop"), run=self.reject)
        self.stop.setVisible(bool(between.goes_on))
        self.again = Button(say("Open the program"), "check", "primary", self.accept)
        self.again.setDefault(True)
        self.again.setEnabled(False)
        for widget in (self.title, self.text, self.bar):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.again)
        column.addLayout(buttons)
        self._job = runner.run_long(self._work, self._done, self._failed, self._step, must_finish=True)

    def _work(self, job: Job) -> Any:
        end = time.monotonic() + ENDING
        while True:
            if self._database is not None:
                self._database.close()
            try:
                return self._between.work(lambda what, done, total: job.step(done, total, what))
            except Trouble as trouble:
                if trouble.text != sentences.OPEN_ELSEWHERE or time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def _step(self, done: int, total: int, what: str) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(min(done, total))
        self.text.setText(named(what, f"{done:,} / {total:,}"))

    def _done(self, result: Any) -> None:
        self._tell(say(self._between.done), "\n".join(self._between.told(result)))

    def _failed(self, error: Exception) -> None:
        self.failed = True
        if isinstance(error, Cancelled):
            return self._tell(say("Stopped"), say(self._between.goes_on))
        sentence = error.sentence() if isinstance(error, Trouble) else say("This is a mistake in the program. The file is as it was.")
        return self._tell(say("Nothing was changed"), sentence)

    def _tell(self, title: str, text: str) -> None:
        self._over = True
        self.bar.hide()
        self.stop.hide()
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.again.setEnabled(True)
        self.adjustSize()
        self.again.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Esc and the cross wait for the end; what goes on another time is stopped."""
        if self._over:
            super().accept()
        elif self._between.goes_on:
            self._job.stop()


def do_between(between: Between, database: Database | None = None) -> bool:
    """Do it in front of the person, and return when he has read how it went: whether it worked."""
    runner = Runner()
    dialog = BetweenDialog(between, database, runner)
    dialog.exec()
    runner.close()
    return not dialog.failed
