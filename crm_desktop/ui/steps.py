"""Work of the window that takes too long for one go is done in named steps, and between two of them the window sees to its events."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer


class Steps(QObject):
    """Goes through `work`, which yields the name of each step before it does it; `then` is called after the last one.

    It ends with its parent. `finish()` does at once what is left, for whoever cannot wait.
    """

    def __init__(self, work: Iterator[str], then: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._then = work, then
        self.step = ""
        """The name of the one that comes next; nothing when all is done."""
        self.done = False

    def begin(self) -> None:
        """Do one step at each turn of the event loop from now on."""
        QTimer.singleShot(0, self, self._go_on)

    def finish(self) -> None:
        """Do all that is left."""
        while not self.done:
            self._do_one()

    def _go_on(self) -> None:
        if not self.done:
            self._do_one()
            self.begin()

    def _do_one(self) -> None:
        self.step = next(self._work, "")
        if not self.step:
            self.done = True
            self._then()
