"""Reports: what each one counts, its table on screen, as workbook and for paper. Knows records, no Qt and no printing.

`REPORTS` is the explicit list; `reports.find("funnel").run(records, actor, {"period": "this_year"})` makes a table.
"""

from crm_desktop.reports.activity import ACTIVITY
from crm_desktop.reports.attention import IDLE, WITHOUT_NEXT_STEP
from crm_desktop.reports.forecast import FORECAST
from crm_desktop.reports.funnel import FUNNEL
from crm_desktop.reports.lost_reasons import LOST_REASONS
from crm_desktop.reports.report import Report, find_report

REPORTS: dict[str, Report] = {
    report.key: report for report in (FUNNEL, FORECAST, LOST_REASONS, ACTIVITY, WITHOUT_NEXT_STEP, IDLE)
}


def find(key: str) -> Report:
    """The report of this key; NotFound with a sentence."""
    return find_report(REPORTS, key)
