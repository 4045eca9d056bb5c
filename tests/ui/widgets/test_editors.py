"""Editors of texts and numbers: what can be typed, when it is committed, and how mistakes are told."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.core.errors import Invalid
from crm_desktop.ui.widgets.editors import LongEdit, MoneyEdit, NumberEdit, TextEdit
from crm_desktop.ui.widgets.field import ErrorBox, Form, error_of, set_quiet
from tests.ui.widgets.hands import commits, put, retype


def test_only_a_changed_text_is_committed(desk: Form) -> None:
    editor = put(desk, TextEdit())
    editor.set_value("Mingda")
    seen = commits(editor)
    retype(editor, "Mingda")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert seen == []
    retype(editor, "  Hengrui ")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert seen == ["Hengrui"]
    assert editor.text() == "Hengrui"


def test_escape_gives_up_what_was_typed(desk: Form) -> None:
    editor = put(desk, TextEdit())
    editor.set_value("Mingda")
    seen = commits(editor)
    retype(editor, "oops")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert (editor.text(), seen) == ("Mingda", [])


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,200", 1200),
        ("１２００", 1200),
        ("1.5万", 15000),
        ("2 亿", 200_000_000),
        ("20k", 20_000),
        ("3w", 30_000),
        ("-7", -7),
        ("¥ 1 200", 1200),
        ("", None),
        ("   ", None),
        ("1.5", 2),
    ],
)
def test_numbers_as_people_type_them(english: None, typed: str, number: int | None) -> None:
    assert NumberEdit().read(typed) == number


@given(st.text(max_size=60))
def test_no_text_breaks_the_number_editor(text: str) -> None:
    editor = _NUMBER[0]
    try:
        value = editor.read(text)
    except Invalid:
        return
    assert value is None or value.is_finite()


_NUMBER: list[NumberEdit] = []


@pytest.fixture(autouse=True, scope="module")
def _one_number_editor(dressed: QApplication) -> Iterator[None]:
    _NUMBER.append(NumberEdit(decimals=2))
    yield
    _NUMBER.clear()


def test_a_wrong_number_stays_and_is_not_committed(desk: Form) -> None:
    editor = put(desk, NumberEdit(least=Decimal(0), most=Decimal(100)))
    editor.set_value(Decimal(5))
    seen = commits(editor)
    retype(editor, "lots")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "lots"
    assert error_of(editor) == "“lots” is not a number."
    assert isinstance(editor.parentWidget(), ErrorBox)
    assert editor.parentWidget().error() == error_of(editor)
    retype(editor, "101")
    assert error_of(editor) == ""  # who is still typing is not told
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert error_of(editor) == "This must be at most 100."
    QTest.keyClick(editor, Qt.Key.Key_Backspace)
    assert error_of(editor) == ""  # but sees at once when it is right again
    retype(editor, "50")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert seen == [Decimal(50)]


def test_money_shows_its_sign(english: None) -> None:
    editor = MoneyEdit(currency="$")
    editor.set_value(Decimal("1234.5"))
    assert editor.text() == "$ 1,234.50"
    assert editor.value() == Decimal("1234.50")
    editor.set_value(Decimal(2000))
    assert editor.text() == "$ 2,000"


def test_long_text_grows_and_leaves_with_ctrl_enter(desk: Form) -> None:
    editor = put(desk, LongEdit())
    small = editor.height()
    seen = commits(editor)
    editor.setPlainText("\n".join("abcdefgh"))
    assert editor.height() > small
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert seen == ["a\nb\nc\nd\ne\nf\ng\nh"]


@pytest.mark.parametrize("text", ["", "called", "客户来电询价，要求报价", "第一行\n第二行"])
def test_a_long_text_that_fits_shows_no_scroll_bar_and_an_emptied_one_does_not_jump(desk: Form, text: str) -> None:
    editor = put(desk, LongEdit(lines=1))
    small = editor.height()
    editor.set_value(text)
    QApplication.processEvents()
    assert editor.verticalScrollBar().maximum() == 0
    editor.set_value("")
    QApplication.processEvents()
    assert editor.height() == small


def test_a_percentage_shows_its_sign_and_reads_with_and_without_it(dressed: QApplication) -> None:
    from crm_desktop.ui.widgets.editors import PercentEdit

    editor = PercentEdit()
    editor.set_value(30)
    assert editor.text() == "30 %"
    for typed in ("45", "45%", "45 %", "４５％"):
        editor.setText(typed)
        assert (editor.value(), editor.problem()) == (45, ""), typed
    editor.setText("a lot")
    assert editor.problem()
    editor.deleteLater()


@pytest.mark.parametrize("quiet", [False, True])
def test_a_text_without_room_ends_with_dots_where_the_whole_one_would_stand(dressed: QApplication, quiet: bool) -> None:
    long, short = TextEdit(), TextEdit()
    for editor in (long, short):
        set_quiet(editor, quiet)
        editor.setFixedSize(140, 32)
        editor.ensurePolished()
    long.set_value("info@ashford-consulting.example")
    room = 140 - 2 * 9 - 2 * 2
    short.set_value(long.fontMetrics().elidedText(long.text(), Qt.TextElideMode.ElideRight, room))
    assert short.text().endswith("…")
    assert long.grab().toImage() == short.grab().toImage()
    long.deleteLater()
    short.deleteLater()
