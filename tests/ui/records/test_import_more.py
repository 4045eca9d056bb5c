"""The import in the window: how a text was read is shown and changed, words are given a meaning, cells corrected, rows pasted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit

from crm_desktop.business import Contact, Customer
from crm_desktop.core.errors import Cancelled
from crm_desktop.core.views import Condition, View
from crm_desktop.exchange.importing.column_values import ADD
from crm_desktop.exchange.targets import targets_of
from crm_desktop.ui.importing.earlier import EarlierImports
from crm_desktop.ui.importing.file_step import FileStep
from crm_desktop.ui.importing.unknown_words import SINGLY, UnknownWords
from crm_desktop.ui.importing.verdict_rows import WHY
from crm_desktop.ui.importing.wizard import COLUMNS, VERDICTS, ImportWizard, import_file, import_text
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.session import Session
from crm_desktop.ui.widgets.editors import FlagEdit
from crm_desktop.ui.widgets.table import Table
from tests.ui.waiting import settle


def opened(session: Session, path: Path, text: str | bytes, type_key: str = "customer") -> ImportWizard:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    wizard = import_file(session.desk, type_key, path, session.window)
    settle()
    return wizard


def known(session: Session, name: str, record_type: Any = Customer) -> int:
    return session.records.count(record_type, session.desk.actor, View((Condition("name", "is", name),)))


def targets(wizard: ImportWizard) -> dict[str, str]:
    return {column.heading: column.target for column in wizard.columns.mapping.mapped()}


def test_delimiter_and_encoding_are_shown_and_changed(session: Session, tmp_path: Path) -> None:
    wizard = opened(session, tmp_path / "t.txt", "公司名称;电话,传真;城市\n甲公司;1,2;x\n乙公司;3,4;y\n".encode("gb18030"))
    assert (wizard.file.encoding.value(), wizard.file.delimiter.value()) == ("gb18030", ";")
    assert wizard.file.table is not None and wizard.file.table.headings == ["公司名称", "电话,传真", "城市"]
    wizard.file.delimiter.set_value(",")
    wizard.file.delimiter.committed.emit()
    settle()
    assert wizard.file.table.headings == ["公司名称;电话", "传真;城市"]
    assert wizard.file.encoding.value() == "gb18030"
    wizard.file.encoding.set_value("cp1252")
    wizard.file.encoding.committed.emit()
    settle()
    assert "公司名称" not in "".join(wizard.file.table.headings)
    wizard.reject()


def test_what_is_left_out_is_listed(session: Session, tmp_path: Path) -> None:
    wizard = opened(session, tmp_path / "t.csv", "客户总表,,\n公司名称,电话,城市\n甲,1,北京\n乙,2,上海\n合计,3,\n")
    assert not wizard.file.left_out.isHidden()
    wizard.file.left_out.click()
    dialog = next(one for one in wizard.file.findChildren(QDialog) if one.windowTitle())
    model = dialog.findChildren(type(wizard.file.view))[0].model()
    told = [tuple(model.text(row, column) for column in range(3)) for row in range(model.row_count())]  # type: ignore[attr-defined]
    assert [(row, text[:4]) for row, _kind, text in told] == [("1", "客户总表"), ("5", "合计 3")]
    dialog.reject()
    wizard.reject()


def test_a_hidden_sheet_is_marked_and_read_when_chosen(session: Session, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "旧数据"
    for name, customer in (("旧数据", "甲公司"), ("Customers", "乙公司"), ("Lists", "丙公司")):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(["公司名称", "电话"])
        sheet.append([customer, "010-1"])
    book["旧数据"].sheet_state, book["Lists"].sheet_state = "hidden", "veryHidden"
    book.active = 1
    book.save(tmp_path / "t.xlsx")
    wizard = import_file(session.desk, "customer", tmp_path / "t.xlsx", session.window)
    settle()
    choice = wizard.file.sheet
    assert [choice.itemText(place) for place in range(choice.count())] == ["Customers", "旧数据 (hidden)", "Lists (hidden)"]
    assert choice.value() == "Customers" and wizard.file.model.cell(0, 1) == "乙公司"
    choice.set_value("旧数据")
    choice.committed.emit()
    settle()
    assert choice.currentText() == "旧数据 (hidden)" and wizard.file.model.cell(0, 1) == "甲公司"
    wizard.reject()


def test_cards_are_chosen_like_any_file(session: Session, tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:王五\nORG:卡片公司\nTEL;TYPE=CELL:13800138000\nEND:VCARD\n"
    wizard = opened(session, tmp_path / "phone.vcf", card)
    assert wizard.file.encoding.isVisibleTo(wizard) and not wizard.file.delimiter.isVisibleTo(wizard)
    wizard.next.click()
    assert targets(wizard) == {"Full Name": "contact.name", "Company": "name", "Mobile": "mobile"}
    wizard.next.click()
    wizard.next.click()
    assert (known(session, "卡片公司"), known(session, "王五", Contact)) == (1, 1)


def test_words_no_list_knows_are_asked_about(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = opened(session, tmp_path / "t.csv", "公司名称,标签\n甲甲,展会\n乙乙,展会、重要\n丙丙,重要\n丁丁,怪\n")
    wizard.next.click()
    seen: list[dict[tuple[str, str], list[Any]]] = []

    def answer(dialog: UnknownWords) -> int:
        offered = {key: [choice.itemData(place) for place in range(choice.count())] for key, choice in dialog.choices.items()}
        seen.append(offered)
        dialog.choices["标签", "展会"].set_value(ADD)
        dialog.choices["标签", "重要"].set_value("")
        dialog.choices["标签", "怪"].set_value("refuse")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(UnknownWords, "exec", answer)
    wizard.next.click()
    assert len(seen) == 1 and set(seen[0]) == {("标签", "展会"), ("标签", "重要"), ("标签", "怪")}
    assert seen[0]["标签", "展会"][:3] == [ADD, "refuse", ""]
    assert wizard.steps.currentIndex() == VERDICTS
    assert (wizard.verdicts.counts()["new"], wizard.verdicts.counts()["refused"]) == (3, 1)
    wizard.next.click()
    assert "展会" in [tag.called() for tag in session.records.names.all("tag")]
    wizard.verdicts.undo.click()
    assert "展会" not in [tag.called() for tag in session.records.names.all("tag")]


def test_a_cell_is_corrected_in_its_place(session: Session, tmp_path: Path) -> None:
    wizard = opened(session, tmp_path / "t.csv", "公司名称,邮箱\n甲甲甲,li@example.com\n乙乙乙,nobody at nowhere\n")
    wizard.next.click()
    wizard.next.click()
    settle()
    step = wizard.verdicts
    assert step.counts()["refused"] == 1 and step.filter.value() == "refused"
    model: Any = step.table.model()
    model.cell(0, 5)
    settle()
    assert model.cell(0, 5) == "nobody at nowhere"
    # On what the list says of a refused row F2 opens the cell it is refused for.
    step.table.setCurrentIndex(model.index(0, 3))
    step.correcting.start()
    assert step.table.currentIndex().column() == 5
    editor = step.table.viewport().findChildren(QLineEdit)[-1]
    assert editor.text() == "nobody at nowhere"
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "yi@example.com")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert (step.counts()["new"], step.counts()["refused"]) == (2, 0)
    assert model.cell(0, 2) == "new"
    model.cell(0, 5)
    settle()
    assert model.cell(0, 5) == "yi@example.com"
    assert wizard.next.isEnabled()
    wizard.next.click()
    assert known(session, "乙乙乙") == 1
    # What has been imported is not corrected any more.
    step.table.setCurrentIndex(step.table.model().index(0, 5))
    step.correcting.start()
    assert not [one for one in step.table.viewport().findChildren(QLineEdit) if one.isVisibleTo(step.table)]


def test_the_reasons_take_room_only_where_there_are_some(session: Session, tmp_path: Path) -> None:
    wizard = opened(session, tmp_path / "t.csv", "公司名称,邮箱\n甲甲甲,li@example.com\n乙乙乙,yi@example.com\n")
    wizard.next.click()
    wizard.next.click()
    settle()
    step = wizard.verdicts

    def why() -> int:
        return next(int(one["width"]) for one in step.table.column_layout() if one["key"] == "why")

    assert step.counts()["new"] == 2 and why() < WHY / 2
    step.correcting.corrected.emit(0, 0, "")
    settle()
    assert step.counts()["refused"] == 1 and why() == WHY


def test_our_own_id_is_named_as_what_records_are_known_by(session: Session, tmp_path: Path) -> None:
    customer = Customer(name="甲甲甲")
    session.records.save(customer, session.desk.actor)
    wizard = opened(session, tmp_path / "t.csv", f"公司名称,记录ID\n甲甲甲,{customer.id}\n")
    wizard.next.click()
    match = wizard.columns._match
    assert wizard.columns.match() == ("id",) and match.itemText(match.currentIndex()) == targets_of(session.records, Customer)["id"].label()


def test_rows_that_are_duplicates_are_shown_apart(session: Session, tmp_path: Path) -> None:
    table = "客户编号,公司名称,城市\nX1,甲乙丙丁公司,北京\nX2,别的公司,上海\nX3,甲乙丙丁公司,北京\n"
    wizard = opened(session, tmp_path / "t.csv", table)
    wizard.next.click()
    wizard.next.click()
    settle()
    step = wizard.verdicts
    assert step.counts()["new"] == 3 and not step.filter._buttons["alike"].isHidden()
    step.filter.set_value("alike")
    model: Any = step.table.model()
    assert [model.cell(row, 1) for row in range(model.row_count())] == [4] and model.cell(0, 3)
    wizard.next.click()
    settle()
    assert wizard.cancel.text() == "Close" and step.filter.value() in ("alike", "all")
    wizard.reject()


def test_several_fields_together_find_a_record(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = opened(session, tmp_path / "t.csv", "公司名称,城市,电话\n甲甲,北京,1\n甲甲,上海,2\n")
    wizard.next.click()
    assert wizard.steps.currentIndex() == COLUMNS

    def tick(question: Question) -> int:
        for box in question.findChildren(FlagEdit):
            box.set_value(box.accessibleName() in ("客户名称", "Customer name", "城市", "City"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(Question, "exec", tick)
    wizard.columns._match.set_value("…")
    wizard.columns._match.committed.emit()
    assert set(wizard.columns.match() or ()) == {"name", "city"}
    wizard.next.click()
    assert wizard.verdicts.counts()["new"] == 2
    wizard.reject()


def test_rows_copied_in_a_spreadsheet_are_pasted_into_the_list(session: Session) -> None:
    QGuiApplication.clipboard().setText("客户名称\t电话\t城市\n粘贴公司\t010-1\t北京\n\"两行\n公司\"\t010-2\t上海\n")
    session.show_list("customer", View())
    settle()
    page = session._lists["customer"]
    session.window.activateWindow()
    box = page.filter.findChild(QLineEdit) or page.filter
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert not session.window.findChildren(ImportWizard)  # in a box for text it is text
    page.filter.clear()
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle()
    wizard = session.window.findChildren(ImportWizard)[-1]
    assert wizard.file.table is not None and wizard.file.table.count == 2
    wizard.next.click()
    wizard.next.click()
    wizard.next.click()
    assert known(session, "粘贴公司") == 1
    wizard.reject()


def test_a_single_pasted_column_keeps_its_commas(session: Session) -> None:
    wizard = import_text(session.desk, "customer", "Customer name\nAcme, Inc.\nBolt, Ltd.\n", session.window)
    settle()
    assert wizard.file.table is not None and wizard.file.table.headings == ["Customer name"]
    assert wizard.file.table.samples == [["Acme, Inc.", "Bolt, Ltd."]]
    # Where it lies meanwhile, and how it is written there, is the program's own business.
    assert wizard.file.name.text() == "Clipboard" and not wizard.file.encoding.isVisibleTo(wizard)
    wizard.reject()


def test_another_file_or_closing_stops_the_reading(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is being read when another file is chosen, or the window closed, is let go of and never shown."""
    read: list[Any] = []
    monkeypatch.setattr(session.desk.runner, "run_long", lambda work, then, failed, progress, write: read.append((work, then)))
    wizard = opened(session, tmp_path / "first.csv", "公司名称\n甲\n")
    job: Any = type("Job", (), {"step": lambda self, *_facts: None})()
    (first, shown) = read[0]
    answer = first(job)
    (tmp_path / "second.csv").write_text("公司名称\n乙\n", encoding="utf-8")
    wizard.file.choose(tmp_path / "second.csv")
    shown(answer)
    assert wizard.file.table is None and not Path(answer[1].folder.name).exists()
    with pytest.raises(Cancelled):
        first(job)
    wizard.reject()
    with pytest.raises(Cancelled):
        read[1][0](job)


def test_the_next_file_with_these_headings_is_mapped_and_matched_alike(session: Session, tmp_path: Path) -> None:
    wizard = opened(session, tmp_path / "first.csv", "公司名称,甲乙丙,电话\n某某甲公司,广州,1\n")
    wizard.next.click()
    wizard.columns.mapping.set("甲乙丙", "city")
    wizard.columns._match.set_value("phone")
    wizard.columns._match.committed.emit()
    wizard.columns._empty.set_value("clear")
    wizard.next.click()
    wizard.next.click()
    wizard.reject()
    again = opened(session, tmp_path / "second.csv", "公司名称,甲乙丙,电话\n某某乙公司,,1\n")
    again.next.click()
    assert targets(again)["甲乙丙"] == "city"
    assert (again.columns.match(), again.columns.mode(), again.columns.empty()) == (("phone",), "both", "clear")
    again.reject()
    other = opened(session, tmp_path / "other.csv", "Customer name,City\nX,Y\n")
    other.next.click()
    assert (other.columns.match(), other.columns.empty()) == (("name",), "keep")
    other.next.click()
    other.next.click()
    other.reject()
    # Another sheet in between changes nothing of it; one column more is still the same sheet.
    third = opened(session, tmp_path / "third.csv", "公司名称,甲乙丙,电话,备注\n某某丙公司,,1,x\n")
    third.next.click()
    assert (third.columns.match(), third.columns.empty()) == (("phone",), "clear")
    third.reject()


def test_an_earlier_import_is_undone_from_the_list_and_what_was_changed_since_is_told(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("公司名称,城市\n甲骨文化有限公司,北京\n乙方科技有限公司,上海\n", encoding="utf-8")
    wizard = import_file(session.desk, "customer", path, session.window)
    settle()
    for _step in range(3):
        wizard.next.click()
    assert wizard.verdicts.imported is not None
    wizard.close()
    records, actor = session.records, session.desk.actor
    view = View((Condition("name", "contains", "方科技"),))
    kept = records.get(Customer, records.ids(Customer, actor, view)[0], actor)
    kept.city = "苏州"
    records.save(kept, actor)
    step = FileStep(session.desk, "customer")
    step.earlier.click()
    dialog = step.findChildren(EarlierImports)[0]
    settle()
    assert [dialog.model.text(0, column) for column in (2, 3, 4, 5)] == ["Customers", "two.csv", "2", ""]
    assert dialog.undo.isEnabled()
    dialog.undo.click()
    settle()
    assert "1 record was changed again" in dialog.note.text()
    assert dialog.model.text(0, 5) == "Undone" and not dialog.undo.isEnabled()
    assert records.count(Customer, actor, View((Condition("name", "contains", "甲骨文化"),))) == 0
    assert records.get(Customer, kept.id, actor).city == "苏州"
    (listed,) = [one for one in dialog.findChildren(Table) if one is not dialog.table]
    assert "乙方科技有限公司" in listed.model().index(0, 0).data()
    step.deleteLater()


def test_of_very_many_unknown_words_the_rest_gets_one_answer(session: Session, tmp_path: Path) -> None:
    rows = "".join(f"词公司{number},标签词{number}\n" for number in range(500))
    wizard = opened(session, tmp_path / "words.csv", f"公司名称,标签\n{rows}")
    wizard.next.click()
    plan = wizard._make_plan()()
    unknown = wizard._still_unknown(plan)
    assert [len(one.words) for one in unknown] == [500]
    dialog = UnknownWords(session.desk, unknown, wizard)
    editors = {id(choice) for choice in dialog.choices.values()}
    assert (len(dialog.choices), len(editors)) == (500, SINGLY + 1)
    assert len(dialog.take_over()) == 500 - SINGLY  # refused together, unless the person says otherwise
    dialog.choices["标签", "标签词499"].set_value(ADD)
    assert dialog.take_over() == set()
    assert unknown[0].column.values["标签词499"] == ADD
    dialog.deleteLater()
    wizard.close()


def test_a_new_tag_of_an_import_is_shown_by_its_name(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form that is open already has been told of all tags there were."""
    detail = session.window.detail()
    (shown, *_rest) = session.records.ids(Customer, session.desk.actor, View())
    session.open_record("customer", shown)
    settle()
    name = session.records.get(Customer, shown, session.desk.actor).name
    monkeypatch.setattr(UnknownWords, "exec", lambda _self: QDialog.DialogCode.Accepted)
    wizard = opened(session, tmp_path / "t.csv", f"客户名称,标签\n{name},新标签甲\n")
    wizard.next.click()
    wizard.next.click()
    wizard.next.click()
    settle()
    editor: Any = detail.sheet(Customer).form.loaded.editors["tags"]
    assert [pill.text() for pill in editor._pills][-1:] == ["新标签甲"]
    assert "新标签甲" in [label for label, _tone in editor._choices.values()]
    # Nor is one that is not offered shown by its number.
    editor.set_value((7,), {7: "X"})
    assert [pill.text() for pill in editor._pills] == ["X"]


def test_the_likely_meaning_of_a_word_is_asked_about_first(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """电话 is 打电话 where no other method of the list has it; nobody has to look for it."""
    session.records.save(Customer(name="伟业汽车", owner=session.desk.actor.employee), session.desk.actor)
    text = "跟进内容,客户名称,跟进方式,跟进时间\n催款,伟业汽车,电话,2026-11-01 14:30\n回访,伟业汽车,信鸽,2026-11-02\n"
    wizard = opened(session, tmp_path / "calls.csv", text, "follow_up")
    chosen: dict[tuple[str, str], Any] = {}

    def answer(dialog: UnknownWords) -> int:
        chosen.update({key: choice.value() for key, choice in dialog.choices.items()})
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(UnknownWords, "exec", answer)
    wizard.next.click()
    wizard.next.click()
    assert chosen["跟进方式", "电话"] == "call" and chosen["跟进方式", "信鸽"] in (ADD, "refuse")
    assert wizard.steps.currentIndex() == VERDICTS and wizard.verdicts.counts()["new"] >= 1
    wizard.close()


def test_a_list_of_the_settings_is_imported_from_there(session: Session) -> None:
    wizard = ImportWizard(session.desk, "tag", session.window)
    assert wizard.file.record_type().key() == "tag"
    offered = [wizard.file.type.itemData(place) for place in range(wizard.file.type.count())]
    assert offered[-1] == "tag" and {"customer", "reminder", "event"} < set(offered)
    wizard.close()
    plain = ImportWizard(session.desk, "customer", session.window)
    assert "tag" not in [plain.file.type.itemData(place) for place in range(plain.file.type.count())]
    plain.close()


def test_a_preview_shows_cells_as_people_write_them(session: Session, tmp_path: Path) -> None:
    head, foot = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "\r\nEND:VEVENT\r\nEND:VCALENDAR"
    text = head + "DTSTART:20261101T090000\r\nDTEND:20261101T100000\r\nSUMMARY:例会\r\nUID:a@b" + foot
    wizard = opened(session, tmp_path / "a.ics", text + "\r\n", "event")
    shown = [wizard.file.model.cell(0, column) for column in range(1, len(wizard.file.model.columns))]
    assert "2026-11-01 09:00" in shown and not any("09:00:00" in str(cell) for cell in shown)
    wizard.close()
