"""The export in the window: its formats are those that fit, it is logged with the reason, and a card carries all there is."""

from __future__ import annotations

from inspect import isfunction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog, QProgressDialog

from crm_desktop.core.views import View
from crm_desktop.exchange import exporting
from crm_desktop.exchange.exporting import Exported
from crm_desktop.ui.records import export_dialog
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.records.export_dialog import Seen, write_export
from crm_desktop.ui.session import Session
from crm_desktop.ui.widgets.editors import ChoiceEdit, TextEdit
from tests.ui.waiting import settle


@pytest.mark.parametrize(
    ("type_key", "format", "begins"),
    [("contact", "vcf", "BEGIN:VCARD"), ("customer", "json", "["), ("task", "ics", "BEGIN:VCALENDAR"), ("lead", "csv", "\ufeff")],
)
def test_a_list_is_written_and_logged(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, type_key: str, format: str, begins: str
) -> None:
    session.show_list(type_key, View())
    settle()
    offered: list[str] = []

    def answer(question: Question) -> int:
        _rows, fields, kind = question.findChildren(ChoiceEdit)
        offered.extend(kind.itemData(place) for place in range(kind.count()))
        kind.set_value(format)
        assert (fields.value(), fields.isEnabled()) == (("all", False) if format in ("vcf", "ics") else ("seen", True))
        kind.set_value("xlsx")
        assert (fields.value(), fields.isEnabled()) == ("seen", True)
        kind.set_value(format)
        assert not question.ok.isEnabled(), "nothing is taken out without a word why"
        question.findChildren(TextEdit)[0].setText("for the phone")
        assert question.ok.isEnabled()
        return QDialog.DialogCode.Accepted

    path = tmp_path / f"out.{format}"
    monkeypatch.setattr(Question, "exec", answer)
    monkeypatch.setattr(export_dialog, "ask_save", lambda *_args: str(path))
    session._lists[type_key].acts.export()
    settle()
    text = path.read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert ("vcf" in offered, "ics" in offered) == (type_key in ("contact", "customer", "lead"), type_key in ("task", "event"))
    if format == "vcf":
        assert "TEL;TYPE=CELL" in text and "X-CRM-OWNER" in text  # though the list shows fewer columns
    record_type = session.records.types[type_key]
    count = session.records.count(record_type, session.desk.actor, View())
    logged = session.records.database.read("SELECT record_type, `count`, note FROM batch WHERE what = 'export'")
    assert logged == [(type_key, count, f"{format} · out.{format} · for the phone")]


def test_the_bar_stays_until_the_file_is_there_and_goes_then(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its last row a workbook is not whole yet, and a list on paper is hardly begun."""
    page: Any = session.list_page_of("customer")
    seen: list[int] = []

    def bars() -> list[QProgressDialog]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return page.findChildren(QProgressDialog)

    def export(*given: Any, **_more: Any) -> Exported:
        told = next(one for one in given if isfunction(one))
        for done in (5, 10):
            told(done, 10)
            seen.extend(bar.value() for bar in bars())
        return Exported(10, tmp_path / "x.csv")

    monkeypatch.setattr(exporting, "export", export)
    shown = Seen(View(), ["name"], "")
    write_export(session.desk, session.records.types["customer"], page, tmp_path / "x.csv", "csv", shown, True, "why")
    settle()
    assert seen == [5, 10] and bars() == []
