"""Export of a list or a board: as seen or with all fields, the selection or everything, into a workbook, a text, cards or a calendar."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QProgressDialog, QWidget

from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.record import Record
from crm_desktop.core.views import View
from crm_desktop.core.words import _, say
from crm_desktop.exchange.writing import FORMATS, formats_for
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_save, file_name, open_file
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.runner import Job
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.editors import ChoiceEdit, TextEdit

PAPER = "pdf"
WHOLE = ("vcf", "ics")
LABELS = {
    "xlsx": _("Excel workbook (.xlsx)"),
    "csv": _("Text table, UTF-8 (.csv)"),
    "csv-gb18030": _("Text table, GB18030 (.csv)"),
    "vcf": _("Contact cards for phones and mail programs (.vcf)"),
    "ics": _("Calendar (.ics)"),
    PAPER: _("PDF to read and print (.pdf)"),
    "json": _("JSON for other programs (.json)"),
}


@dataclass
class Seen:
    """What a page shows. whole: what all of it is called; ids: where no view says which records these are and in which order,
    the question for them, asked beside the UI thread; picked: those selected, when it is more than one."""

    view: View
    columns: list[str]
    whole: str
    ids: Callable[[], Sequence[int]] | None = None
    picked: list[int] = field(default_factory=list)


def export_seen(desk: Desk, record_type: type[Record], page: QWidget, seen: Seen) -> None:
    """Ask what goes where, then write it in the background; the snackbar tells the file."""
    question = Question(page, say("Export"), say("Export"))
    question.setMinimumWidth(px(520))  # what the last field is for stands in it
    rows, fields, kind, reason = ChoiceEdit(), ChoiceEdit(), ChoiceEdit(), TextEdit()
    choices = [("all", seen.whole)]
    if seen.picked:
        choices.insert(0, ("picked", say("The %n selected record(s)", n=len(seen.picked))))
    rows.set_choices(choices, empty=False)
    fields.set_choices([("seen", say("The columns as shown")), ("all", say("All fields"))], empty=False)
    offered = [*formats_for(record_type.key()), PAPER]
    kind.set_choices([(name, say(label)) for name, label in LABELS.items() if name in offered], empty=False)
    reason.setPlaceholderText(say("Kept in the log with who, when, what and how many"))
    before = ["seen"]

    def fit_fields() -> None:
        """A phone wants the numbers of a card whatever columns the list shows."""
        whole = kind.value() in WHOLE
        if whole and fields.isEnabled():
            before[0] = fields.value()
            fields.set_value("all")
        elif not whole and not fields.isEnabled():
            fields.set_value(before[0])
        fields.setEnabled(not whole)
        fields.setToolTip(say("Cards and calendars hold all fields.") if whole else "")

    kind.currentIndexChanged.connect(fit_fields)
    for label, editor in ((say("Records"), rows), (say("Fields"), fields), (say("Format"), kind), (say("What for"), reason)):
        editor.setAccessibleName(label)
        question.form.row(label, editor)
    # What is taken out without a word why is what nobody can explain later.
    def allow() -> None:
        question.ok.setEnabled(bool(reason.text().strip()))
        question.ok.setToolTip("" if reason.text().strip() else say("Say first what it is taken out for."))

    reason.textChanged.connect(allow)
    allow()
    reason.setFocus()  # the rest is mostly right as it stands
    if question.exec() != QDialog.DialogCode.Accepted:
        return
    ending = FORMATS.get(kind.value(), ".pdf")
    name = file_name(f"{say(record_type.screen.title)} {desk.records.clock.today()}", ending)
    path = ask_save(page, say("Export"), name, f"*{ending}", desk.setting("export_folder") or "")
    if not path:
        return
    desk.remember("export_folder", str(Path(path).parent))
    as_seen = fields.value() == "seen"
    if rows.value() == "picked":
        seen.ids = lambda: seen.picked
    write_export(desk, record_type, page, Path(path), kind.value(), seen, as_seen, reason.value())


def write_export(
    desk: Desk,
    record_type: type[Record],
    page: QWidget,
    path: Path,
    kind: str,
    seen: Seen,
    as_seen: bool,
    reason: str = "",
) -> None:
    """Write the file in the background, with progress and cancel; as_seen: the columns as shown, not all fields."""
    from crm_desktop.exchange.exporting import Exported, export
    from crm_desktop.list_paper import write_list

    stop = threading.Event()
    progress = QProgressDialog(say("Exporting…"), say("Cancel"), 0, 0, page)
    progress.setWindowTitle(say("Export"))
    progress.setMinimumDuration(500)
    progress.setAutoReset(False)  # the last row is not the end of it
    columns = seen.columns if as_seen else None

    def work(job: Job) -> Exported:
        def told(done: int, total: int) -> None:
            if job.cancelled:
                stop.set()
            job.step(done, total)

        ids = seen.ids() if seen.ids is not None else None
        if kind == PAPER:
            return write_list(desk.records, record_type, desk.actor, seen.view, columns, path, told, stop, ids=ids, reason=reason)
        return export(desk.records, record_type, desk.actor, seen.view, columns, path, kind, told, stop, ids=ids, reason=reason)

    def finished(done: Exported) -> None:
        progress.reset()
        progress.deleteLater()
        opening = (say("Open"), lambda: open_file(path))
        desk.ways.tell(say("%n record(s) written to {file}", n=done.rows, file=path.name), action=opening)

    def failed(error: Exception) -> None:
        progress.reset()
        progress.deleteLater()
        if isinstance(error, Trouble):
            desk.ways.tell(error.sentence())
        elif isinstance(error, Cancelled):
            desk.ways.tell(say("The export was stopped; no file was written."))

    def stepped(done: int, total: int, _text: str) -> None:
        progress.setMaximum(total)
        progress.setValue(done)

    job: Any = desk.runner.run_long(work, finished, failed, stepped, write=False)

    def cancel() -> None:
        stop.set()
        job.cancel()

    progress.canceled.connect(cancel)
