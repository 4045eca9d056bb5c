"""Editors in forms: each has a name and a place for its mistakes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.ui.widgets.day_edit import DayEdit, MomentEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit, LongEdit, NumberEdit, TextEdit
from crm_desktop.ui.widgets.field import Form, error_of, show_error, stand_at_top, with_error_line
from crm_desktop.ui.widgets.search_combo import SearchCombo
from crm_desktop.ui.widgets.tags_edit import TagsEdit
from tests.ui.widgets.hands import put


def test_designer_forms_get_error_lines_in_place(english: None) -> None:
    form = QWidget()
    layout = QFormLayout(form)
    name, phone = QLineEdit(), QLineEdit()
    layout.addRow("Name", name)
    layout.addRow("Phone", phone)
    box = with_error_line(phone)
    assert with_error_line(phone) is box
    form.show()
    show_error(phone, "Too short.")
    assert box.error() == "Too short."
    assert layout.getWidgetPosition(box)[0] == 1
    show_error(phone, "")
    assert error_of(phone) == ""
    assert layout.labelForField(box).text() == "Phone"
    form.deleteLater()


def test_editors_deep_in_a_form_are_found(english: None) -> None:
    form = QWidget()
    outer, inner = QVBoxLayout(form), QVBoxLayout()
    outer.addLayout(inner)
    name = QLineEdit()
    inner.addWidget(name)
    box = with_error_line(name)
    assert inner.indexOf(box) == 0
    form.deleteLater()


def test_every_editor_in_a_form_has_a_name(desk: Form, nameless: Any) -> None:
    for editor in (
        TextEdit(),
        NumberEdit(),
        DayEdit(),
        MomentEdit(),
        ChoiceEdit(),
        FlagEdit(),
        TagsEdit(),
        LongEdit(),
        SearchCombo(),
    ):
        put(desk, editor)
    assert nameless(desk) == []


def test_a_quiet_form_quiets_the_parts_of_an_editor_and_lines_ticks_up(desk: Form) -> None:
    form, moment, tick, text = Form(), MomentEdit(), FlagEdit(), TextEdit()
    for label, editor in (("When", moment), ("Done", tick), ("What", text)):
        form.row(label, editor)
    assert [part.property("quiet") for part in (moment.day, moment.time, text)] == ["true", "true", "true"]
    box = with_error_line(tick)
    assert box.layout().contentsMargins().left() > 0 and with_error_line(text).layout().contentsMargins().left() == 0


@pytest.mark.parametrize("width", [220, 360, 700])
def test_a_long_sentence_is_seen_whole(dressed: QApplication, width: int) -> None:
    """In a narrow detail dock, and when the dock is made another size."""
    form, phone = QWidget(), QLineEdit()
    layout = QFormLayout(form)
    layout.addRow("Phone", phone)
    layout.addRow("Mobile", QLineEdit())
    with_error_line(phone)
    form.resize(500, 400)
    form.show()
    show_error(phone, "The disk is full, so nothing was saved. Make room on it and save again; what was typed stays here.")
    form.resize(width, 400)
    dressed.processEvents()
    line = next(one for one in form.findChildren(QLabel) if one.objectName() == "FieldError" and one.text())
    assert line.height() >= line.heightForWidth(line.width()) > 0
    form.deleteLater()


def test_a_label_beside_a_high_field_stands_at_its_first_line(english: None) -> None:
    form = QWidget()
    layout = QFormLayout(form)
    label, note = QLabel("Note"), LongEdit()
    stand_at_top(label)
    layout.addRow(label, with_error_line(note))
    form.show()
    show_error(note, "Too long.")
    QApplication.processEvents()
    assert label.height() < note.height() and label.geometry().top() == layout.contentsMargins().top()
    form.deleteLater()


def test_a_tick_stands_where_the_texts_of_other_editors_begin(desk: Form) -> None:
    name, urgent = TextEdit(), FlagEdit()
    desk.row("Name", name)
    desk.row("Urgent", urgent)
    QApplication.processEvents()
    tick = urgent.mapTo(desk, QPoint()).x()
    text = name.mapTo(desk, name.cursorRect().center()).x()
    assert abs(tick - text) <= 3
