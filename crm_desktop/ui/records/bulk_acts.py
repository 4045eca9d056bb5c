"""Acts on many records at the window: counted before they are done, with progress and cancel, told with what was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QProgressDialog, QWidget

from crm_desktop.core import many
from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.many import Preview, Progress
from crm_desktop.core.names import label_of
from crm_desktop.core.outcome import Outcome
from crm_desktop.core.record import Record
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records import refusals
from crm_desktop.ui.runner import Job
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.words import named

PATIENCE = 500  # ms before progress is shown
MOST_REASONS = 12
MOST_SHOWN = 60  # characters of the value many records are to have


def long(
    desk: Desk,
    parent: QWidget,
    title: str,
    work: Callable[[Progress], Any],
    then: Callable[[Any], None],
    write: bool = True,
    tell: Callable[[str], object] | None = None,
) -> None:
    """Run something that may take long, with progress and cancel; a cancelled one changes nothing. What went wrong is told
    in the snackbar, or by `tell`."""
    told = tell or desk.ways.tell
    progress = QProgressDialog(title, say("Cancel"), 0, 0, parent)
    progress.setWindowTitle(title)
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setMinimumDuration(PATIENCE)
    progress.setAutoReset(False)

    def done(answer: Any) -> None:
        progress.reset()
        progress.deleteLater()
        then(answer)

    def failed(error: Exception) -> None:
        progress.reset()
        progress.deleteLater()
        if isinstance(error, Cancelled):
            told(say("Stopped. Nothing was changed."))
        elif isinstance(error, Trouble):
            told(error.sentence())

    def stepped(at: int, total: int, _text: str) -> None:
        progress.setMaximum(total)
        progress.setValue(at)

    job: Job = desk.runner.run_long(lambda running: work(running.step), done, failed, stepped, write=write)
    progress.canceled.connect(job.stop)


def do(desk: Desk, parent: QWidget, work: Callable[[Progress], Outcome], done: Callable[[int], str]) -> None:
    """Do something with many records; the snackbar tells how many, offers Undo, and the reasons of what was refused."""

    def finished(outcome: Outcome) -> None:
        batch = outcome.batch
        undo = (lambda: desk.undo(batch)) if batch else None
        action = (say("Reasons"), lambda: show_reasons(outcome, parent)) if outcome.refused else None
        text = refusals.told(outcome, done(len(outcome.done)))
        desk.ways.tell(text, undo=undo, **({"action": action} if action else {}))

    long(desk, parent, say("Working…"), work, finished)


def show_reasons(outcome: Outcome | Preview, parent: QWidget) -> None:
    """All reasons with their counts."""
    box = question.box(parent, "tells", say("Refused"), "\n".join(_reasons(outcome)))
    box.addButton(say("Close"), QMessageBox.ButtonRole.RejectRole)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _reasons(outcome: Outcome | Preview) -> list[str]:
    return [say("{count} × {why}", count=count, why=why) for why, count in refusals.reasons(outcome)[:MOST_REASONS]]


# One field of many records


def change_field(desk: Desk, record_type: type[Record], ids: Sequence[int], name: str, value: Any, parent: QWidget) -> None:
    """Count what would change, ask, and change it as one act."""
    records, actor, field = desk.records, desk.actor, desk.records.fields(record_type)[name]

    def change(counted: tuple[Preview, str]) -> None:
        preview, shown = counted
        if not preview.changed:
            none = say("Nothing to change: %n record(s) have this value already.", n=len(preview.same))
            desk.ways.tell(none if not preview.refused else "\n".join(_reasons(preview)))
        elif confirmed(preview, label_of(field), shown, parent):
            do(desk, parent, lambda progress: records.set_field(record_type, preview.changed, name, value, actor, progress),
               lambda n: say("%n record(s) changed", n=n))  # fmt: skip

    def count(progress: Progress) -> tuple[Preview, str]:
        preview = many.rehearse(records, ids, actor, many.setting(records, record_type, name, value), progress)
        return preview, field.kind.show(field.kind.check(value), None, records.names)

    long(desk, parent, say("Counting…"), count, change)


def confirmed(preview: Preview, label: str, shown: str, parent: QWidget) -> bool:
    """Whether the person wants it, now that he knows how many. shown: what will stand there, "" when it is emptied."""
    becomes, many_of = shown if len(shown) <= MOST_SHOWN else shown[:MOST_SHOWN] + "…", len(preview.changed)
    lines = [say("“{label}” of %n record(s) becomes “{value}”.", n=many_of, label=label, value=becomes) if shown
             else say("“{label}” of %n record(s) will be emptied.", n=many_of, label=label)]  # fmt: skip
    if preview.same:
        lines.append(say("%n record(s) have this value already.", n=len(preview.same)))
    if preview.refused:
        lines += [say("%n record(s) are refused:", n=len(preview.refused)), *_reasons(preview)]
    return question.agreed(parent, say("Change a field"), "\n".join(lines), say("Change"))


# Deleting


def may_go(
    desk: Desk, record_type: type[Record], ids: Sequence[int], parent: QWidget, go_on: Callable[[], None], always_ask: bool = False
) -> None:
    """Before records are deleted: list what goes along; nothing is asked when nothing does, because it can be undone. `always_ask`:
    they are all that match, of which there may be others by now than the person has seen."""

    def ask(along: list[tuple[type[Record], int]]) -> None:
        if not (along or always_ask) or question.agreed(parent, say("Delete"), _along(len(ids), along), say("Delete")):
            go_on()

    desk.read(lambda: many.going_along(desk.records, record_type, ids), ask)


def _along(count: int, along: list[tuple[type[Record], int]]) -> str:
    if not along:
        return say("%n record(s) go into the recycle bin.", n=count)
    listed = "\n".join(named(say(child.screen.title), f"{number:,}") for child, number in along)
    return say("%n record(s) go into the recycle bin, and with them:", n=count) + "\n" + listed
