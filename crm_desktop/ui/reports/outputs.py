"""The ways of a report out of the window: a workbook, a PDF, paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crm_desktop.core.access import Why
from crm_desktop.core.words import language, say
from crm_desktop.reports.report import Report
from crm_desktop.reports.table import Table
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_save, file_name, open_file
from crm_desktop.ui.runner import Job

if TYPE_CHECKING:
    from crm_desktop.printing.document import Document  # with its fonts: only when paper is wanted


def refused(desk: Desk, report: Report) -> str:
    """Why this person may not take the report out of the program, '' when he may."""
    may = desk.records.may(desk.actor, report.record_type, "take_out")
    return may.sentence() if isinstance(may, Why) else ""


def ask_path(desk: Desk, table: Table, format: str, parent: QWidget) -> str:
    """The file the person chose, '' when he cancelled."""
    kinds = {"xlsx": say("Excel workbooks (*.xlsx)"), "pdf": say("PDF files (*.pdf)")}
    name = file_name(f"{table.title} {desk.records.clock.today().isoformat()}", f".{format}")
    return ask_save(parent, say("Export the report"), name, kinds[format], desk.setting("reports.folder", ""))


def write(desk: Desk, report: Report, answers: Mapping[str, Any], format: str, path: str) -> None:
    """Write the report beside the UI thread; the snackbar offers to open the file."""
    from crm_desktop.report_files import write_report

    records, actor, lang = desk.records, desk.actor, language()

    def told(written: Path) -> None:
        desk.remember("reports.folder", str(written.parent))
        opening = (say("Open"), lambda: open_file(written))
        desk.ways.tell(say("Saved as {file}", file=written.name), action=opening)

    desk.runner.run(lambda: write_report(records, actor, report.key, answers, format, path, lang), told, desk.problem)


def preview(desk: Desk, table: Table, parent: QWidget) -> None:
    """Show the report as paper, to print it or to save it as PDF."""
    from crm_desktop.report_files import as_document
    from crm_desktop.ui.printing.document_dialog import DocumentDialog

    company = str(desk.records.settings.get("company", "") or "")

    def make(_job: Job) -> Document:
        return as_document(table, company)

    DocumentDialog(make, table.title, desk.runner, parent=parent).open()
