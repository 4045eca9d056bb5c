"""A report as a file: what reports count, drawn by printing or as a workbook; for the window, its schedules and commands.

It stands between the rooms because it takes two of the middle ones, reports and printing, which do not know each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crm_desktop import reports
from crm_desktop.business.system.schedule import Schedule
from crm_desktop.core.access import Actor, Why
from crm_desktop.core.errors import Invalid
from crm_desktop.core.records import Records
from crm_desktop.core.words import _
from crm_desktop.reports.table import COLOURS, Column, Table, paper
from crm_desktop.reports.workbook import as_xlsx

if TYPE_CHECKING:
    from crm_desktop import printing  # imports reportlab's fonts: only when a PDF is made
    from crm_desktop.printing.document import Document

FORMATS = ("xlsx", "pdf")


def write_report(
    records: Records, actor: Actor, report_key: str, parameters: Mapping[str, Any] | None, format: str, path: str | Path,
    lang: str | None = None,
) -> Path:  # fmt: skip
    """Count the report as this person sees it and write it. Raises Refused without the right to export, Invalid for a wrong
    format or parameter, Trouble when the file cannot be written."""
    if format not in FORMATS:
        raise Invalid(_("Reports are written as {formats}."), formats=", ".join(FORMATS))
    report = reports.find(report_key)
    why = records.may(actor, report.record_type, "take_out")
    if isinstance(why, Why):
        raise why.refusal()
    table = report.run(records, actor, parameters, lang)
    company = str(records.settings.get("company", "") or "")
    if format == "xlsx":
        return as_xlsx(table, path, company)
    return as_document(table, company).save(path)


def export_scheduled(records: Records) -> Any:
    """What `scheduling.schedules.Runner` is given to write a schedule's report with."""

    def export(schedule: Schedule, actor: Actor, path: Path) -> None:
        write_report(records, actor, schedule.report, None, schedule.format, path)

    return export


def as_document(table: Table, company: str = "") -> Document:
    """The report as PDF, for preview, printer and file."""
    from crm_desktop.printing.columns import Column as PaperColumn
    from crm_desktop.printing.table import Paper, draw_table

    texts = paper(table)
    columns = [PaperColumn(label, "right" if right else "left") for label, right in zip(texts.heads, texts.right, strict=True)]
    drawn = Paper(
        texts.title,
        columns,
        texts.rows,
        "\n".join(filter(None, (" · ".join(filter(None, (company, texts.subtitle))), texts.filters))),
        "\n".join(texts.notes),
        texts.totals,
        _chart(table),
        footnote=" · ".join(filter(None, (company, texts.title))),
    )
    return draw_table(drawn, lang=table.lang)


def _chart(table: Table) -> printing.charts.Chart | None:
    from crm_desktop.printing.charts import Chart

    chart = table.chart
    if chart is None or not chart.labels:
        return None
    # Paper draws one series: the last, which is the weighted one where there are two.
    series = chart.series[-1]
    show = Column("", "", chart.value_kind).show
    texts = chart.texts or tuple(show(value) or "0" for value in series.values)
    colours = tuple(f"#{COLOURS[tone]}" if tone in COLOURS and tone else "" for tone in chart.tones)
    kind = "funnel" if chart.kind == "funnel" else "bar"
    return Chart(kind, chart.labels, tuple(map(float, series.values)), texts, colours, chart.title or series.label)
