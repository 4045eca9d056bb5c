"""Export of a list: as seen or with all fields, the selection or everything, into a workbook, a text, cards or a calendar."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QProgressDialog

from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.record import Record
from crm_desktop.core.words import _, say
from crm_desktop.exchange.writing import FORMATS, formats_for
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_save, file_name, open_file
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.runner import Job
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.editors import ChoiceEdit, TextEdit

if TYPE_CHECKING:
    from crm_desktop.ui.records.list_page import ListPage

PAPER = "pdf"
LABELS = {
    "xlsx": _("Excel workbook (.xlsx)"),
    "csv": _("Text table, UTF-8 (.csv)"),
    "csv-gb18030": _("Text table, GB18030 (.csv)"),
    "vcf": _("Contact cards for phones and mail programs (.vcf)"),
    "ics": _("Calendar (.ics)"),
    PAPER: _("PDF to read and print (.pdf)"),
    "json": _("JSON for other programs (.json)"),
}


def export_list(desk: Desk, record_type: type[Record], page: ListPage) -> None:
    """Ask what goes where, then write it in the background; the snackbar tells the file."""
    question = Question(page, say("Export"), say("Export"))
    question.setMinimumWidth(px(520))  # what the last field is for stands in it
    rows, fields, kind, reason = ChoiceEdit(), ChoiceEdit(), ChoiceEdit(), TextEdit()
    picked = page.picked_ids() if page.table.picked_count() > 1 and not page.table.everything else []
    choices = [("all", say("The whole list as filtered"))]
    if picked:
        choices.insert(0, ("picked", say("The %n selected record(s)", n=len(picked))))
    rows.set_choices(choices, empty=False)
    fields.set_choices([("seen", say("The columns as shown")), ("all", say("All fields"))], empty=False)
    offered = [*formats_for(record_type.key()), PAPER]
    kind.set_choices([(name, say(label)) for name, label in LABELS.items() if name in offered], empty=False)
    reason.setPlaceholderText(say("Kept in the log with who, when, what and how many"))
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
    # A phone wants the numbers of a card whatever columns the list shows.
    as_seen = fields.value() == "seen" and kind.value() not in ("vcf", "ics")
    columns = [entry["key"] for entry in page.table.column_layout() if not entry["hidden"]] if as_seen else None
    ids = picked if rows.value() == "picked" else None
    write_export(desk, record_type, page, Path(path), kind.value(), columns, ids, reason.value())


def write_export(
    desk: Desk,
    record_type: type[Record],
    page: ListPage,
    path: Path,
    kind: str,
    columns: list[str] | None,
    ids: list[int] | None,
    reason: str = "",
) -> None:
    """Write the file in the background, with progress and cancel."""
    from crm_desktop.exchange.exporting import Exported, export
    from crm_desktop.list_paper import write_list

    stop = threading.Event()
    progress = QProgressDialog(say("Exporting…"), say("Cancel"), 0, 0, page)
    progress.setWindowTitle(say("Export"))
    progress.setMinimumDuration(500)
    view = page.view

    def work(job: Job) -> Exported:
        def told(done: int, total: int) -> None:
            if job.cancelled:
                stop.set()
            job.step(done, total)

        if kind == PAPER:
            return write_list(desk.records, record_type, desk.actor, view, columns, path, told, stop, ids=ids, reason=reason)
        return export(desk.records, record_type, desk.actor, view, columns, path, kind, told, stop, ids=ids, reason=reason)

    def finished(done: Exported) -> None:
        progress.close()
        opening = (say("Open"), lambda: open_file(path))
        desk.ways.tell(say("%n record(s) written to {file}", n=done.rows, file=path.name), action=opening)

    def failed(error: Exception) -> None:
        progress.close()
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
