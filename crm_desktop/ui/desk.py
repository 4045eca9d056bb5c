"""What every page of a window works with: the door, who is acting, the runner, and the ways to other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import MethodType
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from crm_desktop.core.access import Actor, Why, administrators
from crm_desktop.core.errors import Trouble
from crm_desktop.core.journal import Change
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.views import View
from crm_desktop.core.words import say, together
from crm_desktop.ui.outbox import Letter, Outbox
from crm_desktop.ui.runner import Job, Runner

if TYPE_CHECKING:
    from crm_desktop.core.outcome import Outcome

T = TypeVar("T")


class Ways:
    """How a page reaches the rest of the window; the window fills these in. Until then they do nothing."""

    def __init__(self) -> None:
        self.show: Callable[[str], object] = lambda key: None
        self.show_list: Callable[[str, View], None] = lambda type_key, view: None
        self.open_record: Callable[[str, int], None] = lambda type_key, record_id: None
        self.new_record: Callable[..., None] = lambda type_key, values, then=None: None  # `then(record)` when it was made
        self.tell: Callable[..., None] = lambda text, undo=None: None
        self.between: Callable[[Any], None] = lambda work: None
        """Close the window, do this (ui.between.Between) and start the program again."""


class Desk(QObject):
    """One signed-in person at one window.

    `rights_changed`: what this person may do or see is another than before. `marked` tells that stars or recently opened
    records changed. `changed` carries a journal.Change on the UI thread after every commit of this program, whoever made it;
    open lists and forms refresh from it. Reads run in parallel and deliver to the UI thread; writes run in order. Answers that
    come after `close`, or for a widget that has been deleted meanwhile, are dropped.
    """

    changed = Signal(object)
    rights_changed = Signal()
    marked = Signal()
    _committed = Signal(object)

    def __init__(self, records: Records, actor: Actor, runner: Runner):
        super().__init__()
        self.records, self.actor, self.runner = records, actor, runner
        self.ways = Ways()
        self.home: Path | None = None
        """The folder of this computer that remembers the place of a team's database; None where the place was named at the start."""
        self.outbox = Outbox(records, runner)
        self.closed = False
        self._committed.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._stop_listening = records.listen(self._committed.emit)

    def close(self) -> None:
        """The window goes; stop listening."""
        if not self.closed:
            self.closed = True
            self._stop_listening()

    # Asking and doing

    def read(
        self, work: Callable[[], T], then: Callable[[T], None], key: str | None = None, failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Run `work` off the UI thread and hand its result to `then`. A newer read with the same key outdates this one."""
        self.runner.run(work, self._while_open(then), self._while_open(failed or self.problem), key=key)

    def write(
        self,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        done: str | Callable[[T], str] = "",
        failed: Callable[[Exception], None] | None = None,
        record: Record | None = None,
    ) -> None:
        """Run a write off the UI thread; tell `done` in the snackbar, with Undo when the result names a batch.

        When the server does not answer it waits in the outbox; the save of a `record` is kept over the program's end.
        """

        def finished(result: T) -> None:
            text = done(result) if callable(done) else done
            batch = batch_of(result)
            if text:
                self.ways.tell(text, undo=(lambda: self.undo(batch)) if batch else None)
            if then is not None and still_there(then):
                then(result)

        self.outbox.send(Letter(work, self._while_open(finished), self._while_open(failed or self.problem), record))

    def _while_open(self, answer: Callable[[Any], object]) -> Callable[[Any], object]:
        return lambda result: answer(result) if not self.closed and still_there(answer) else None

    def undo(self, batch: int | None = None) -> None:
        """Take back a batch; without one, the last act of this person."""

        def work(job: Job) -> Outcome | None:
            chosen = batch
            if chosen is None:
                last = self.records.last_batch(self.actor)
                chosen = last.id if last else None
            return self.records.undo(chosen, self.actor, job.step) if chosen else None

        def step(done: int, total: int, _text: str) -> None:
            self.ways.tell(say("Undoing: {done} of {total}", done=f"{done:,}", total=f"{total:,}"))

        def told(outcome: Outcome | None) -> None:
            if outcome is None:
                self.ways.tell(say("There is nothing to undo."))
            elif outcome.refused:
                kept = say("Undone, except %n record(s) that were changed again since.", n=len({one for one, _why in outcome.refused}))
                self.ways.tell(kept, action=(say("Show them"), lambda: _show_kept(outcome)))
            elif outcome.stayed:
                self.ways.tell(say("Split again; %n record(s) added since the merge stay where they are.", n=outcome.stayed))
            else:
                self.ways.tell(say("Undone."))

        self.runner.run_long(work, self._while_open(told), self._while_open(self.problem), step, must_finish=True)

    def problem(self, error: Exception) -> None:
        """Tell a sentence for people; bugs go to the runner's hook in any case."""
        if isinstance(error, Trouble):
            self.ways.tell(error.sentence())

    # Small things many pages need

    def record_type(self, key: str) -> type[Record]:
        """The record type of a key."""
        return self.records.types[key]

    def why_not(self, record_type: type[Record], operation: str, record: Record | None = None) -> str:
        """Why this person may not do it (to this record), '' when he may."""
        may = self.records.may(self.actor, record_type, operation, record)
        return may.sentence() if isinstance(may, Why) else ""

    def only_administrators(self, sentence: str) -> str:
        """A reason that names those who may."""
        names = ", ".join(administrators(self.records.names))
        return together((sentence, say("Ask {names}.", names=names) if names else ""))

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting of this person."""
        return self.records.settings.get(name, default, self.actor.employee)

    def remember(self, name: str, value: Any) -> None:
        """Keep a setting of this person, in the background."""
        self.runner.run(lambda: self.records.settings.put(name, value, self.actor.employee), write=True)


def _show_kept(outcome: Outcome) -> None:
    from crm_desktop.ui.importing.lists import show_kept  # rarely needed

    show_kept(QApplication.activeWindow(), outcome)


def batch_of(result: Any) -> int | None:
    """The batch a write's result can be undone by, if it names one."""
    from crm_desktop.core.outcome import Outcome

    if isinstance(result, Change | Outcome):
        return result.batch
    if isinstance(result, tuple) and len(result) == 2 and isinstance(result[1], Change):
        return result[1].batch
    return None


def still_there(answer: Callable[..., object]) -> bool:
    """False when a widget this method belongs to, or this inner function speaks of, has been deleted."""
    return all(isValid(one) for one in _spoken_of(answer) if isinstance(one, QObject))


def _spoken_of(answer: Callable[..., object]) -> Iterator[Any]:
    if isinstance(answer, MethodType):
        yield answer.__self__
    for cell in getattr(answer, "__closure__", None) or ():
        with suppress(ValueError):  # a name that has no value yet
            yield cell.cell_contents
