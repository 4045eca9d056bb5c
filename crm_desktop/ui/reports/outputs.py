"""The ways of a report out of the window: a workbook, a PDF, paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.core.access import Why
from crm_desktop.core.words import language, say
from crm_desktop.reports.report import Report
from crm_desktop.reports.table import Table
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Job

if TYPE_CHECKING:
    from crm_desktop.printing.document import Document  # with its fonts: only when paper is wanted

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def refused(desk: Desk, report: Report) -> str:
    """Why this person may not take the report out of the program, '' when he may."""
    may = desk.records.may(desk.actor, report.record_type, "take_out")
    return may.sentence() if isinstance(may, Why) else ""


def proposed_name(desk: Desk, table: Table) -> str:
    """The file name without ending: the report and the day."""
    name = f"{table.title} {desk.records.clock.today().isoformat()}"
    return _FORBIDDEN.sub("-", name).strip(". ")


def ask_path(desk: Desk, table: Table, format: str, parent: QWidget) -> str:
    """The file the person chose, '' when he cancelled."""
    kept = desk.setting("reports.folder", "")
    folder = kept if kept and Path(kept).is_dir() else QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kinds = {"xlsx": say("Excel workbooks (*.xlsx)"), "pdf": say("PDF files (*.pdf)")}
    wanted = str(Path(folder) / f"{proposed_name(desk, table)}.{format}")
    path, _filter = QFileDialog.getSaveFileName(parent, say("Export the report"), wanted, kinds[format])
    return path if not path or path.lower().endswith(f".{format}") else f"{path}.{format}"


def write(desk: Desk, report: Report, answers: Mapping[str, Any], format: str, path: str) -> None:
    """Write the report beside the UI thread; the snackbar offers to open the file."""
    from crm_desktop.report_files import write_report

    records, actor, lang = desk.records, desk.actor, language()

    def told(written: Path) -> None:
        desk.remember("reports.folder", str(written.parent))
        opening = (say("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(written))))
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
