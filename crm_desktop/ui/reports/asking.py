"""How another page asks for a report: the wish lies on the desk until the page of reports takes it."""

from __future__ import annotations

from crm_desktop.ui.desk import Desk

WISH = b"asked_report"


def ask_report(desk: Desk, key: str) -> None:
    """Show this report."""
    desk.setProperty("asked_report", key)
    desk.ways.show("reports")


def take_wish(desk: Desk) -> str:
    """The report asked for since, '' for none."""
    key = str(desk.property("asked_report") or "")
    if key:
        desk.setProperty("asked_report", "")
    return key
