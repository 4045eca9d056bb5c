"""Editors: what can be typed, when it is committed, and how mistakes are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.core.errors import Invalid
from crm_desktop.ui.widgets.day_edit import DayEdit, MomentEdit, read_day, read_time
from crm_desktop.ui.widgets.day_grid import first_of_grid, next_monday
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit, LongEdit, MoneyEdit, NumberEdit, TextEdit
from crm_desktop.ui.widgets.field import ErrorBox, Form, error_of, set_quiet, show_error, with_error_line
from crm_desktop.ui.widgets.filter_edit import FilterEdit
from crm_desktop.ui.widgets.search_combo import SearchCombo
from crm_desktop.ui.widgets.tags_edit import TagsEdit
from crm_desktop.ui.widgets.weekdays_edit import WeekdaysEdit

TODAY = date(2026, 11, 18)


@pytest.fixture
def desk(english: None) -> Iterator[Form]:
    """A shown form to put editors in."""
    form = Form(quiet=False)
    form.resize(420, 400)
    form.show()
    form.activateWindow()
    yield form
    form.deleteLater()


def put(desk: Form, editor: Any) -> Any:
    desk.row("Field", editor)
    QApplication.processEvents()
    return editor


def commits(editor: Any) -> list[Any]:
    seen: list[Any] = []
    editor.committed.connect(lambda: seen.append(editor.value()))
    return seen


def retype(editor: QLineEdit, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    QTest.keyClicks(editor, text)


# ---------------------------------------------------------------- text and numbers


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


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/1/5", date(2026, 1, 5)),
        ("2026年12月1日", date(2026, 12, 1)),
        ("20261201", date(2026, 12, 1)),
        ("12-1", date(2026, 12, 1)),
        ("12月1日", date(2026, 12, 1)),
        ("+3", date(2026, 11, 21)),
        ("明天", date(2026, 11, 19)),
        ("tomorrow", date(2026, 11, 19)),
        ("下周一", date(2026, 11, 23)),
        ("", None),
        ("１２－１", date(2026, 12, 1)),
    ],
)
def test_days_as_people_type_them(typed: str, day: date | None) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["2026-13-01", "2026-02-30", "31", "abc", "+99999", "0000-01-01", "2026-11-18x"]
)
def test_impossible_days_are_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        read_day(typed, TODAY)


@given(st.text(max_size=40))
def test_no_text_breaks_the_day_reader(text: str) -> None:
    try:
        assert read_day(text, TODAY) is None or isinstance(read_day(text, TODAY), date)
        assert read_time(text) is None or isinstance(read_time(text), time)
    except Invalid:
        pass


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_shown_day_reads_as_itself(day: date) -> None:
    assert read_day(f"{day:%Y-%m-%d}", TODAY) == day


def test_times_as_people_type_them() -> None:
    typed = {"9:30": time(9, 30), "0930": time(9, 30), "9点30分": time(9, 30), "14": time(14), "": None}
    assert {text: read_time(text) for text in typed} == typed
    for wrong in ("24:00", "9:61", "soon"):
        with pytest.raises(Invalid):
            read_time(wrong)


def test_a_day_is_stepped_emptied_and_committed(desk: Form) -> None:
    editor = put(desk, DayEdit(today=lambda: TODAY))
    editor.set_value(date(2026, 12, 1))
    seen = commits(editor)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Up)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    retype(editor, "+1")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    retype(editor, "")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert seen == [date(2026, 12, 2), date(2026, 11, 19), None]
    assert editor.text() == ""


def test_a_day_is_picked_from_the_month_by_keyboard(desk: Form) -> None:
    editor = put(desk, DayEdit(today=lambda: TODAY))
    seen = commits(editor)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    grid = editor._picker.grid
    assert grid.current_day() == TODAY
    QTest.keyClick(grid, Qt.Key.Key_PageDown)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    assert grid.current_day() == date(2026, 12, 19)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert seen == [date(2026, 12, 19)]
    assert not editor._picker.isVisible()


def test_the_month_steps_over_short_months_and_years(desk: Form) -> None:
    editor = put(desk, DayEdit(today=lambda: TODAY))
    editor.set_value(date(2026, 1, 31))
    editor.unfold()
    grid = editor._picker.grid
    grid.step_month(1)
    assert grid.current_day() == date(2026, 2, 28)
    grid.step_month(-3)
    assert grid.current_day() == date(2025, 11, 28)
    editor._picker.close()
    assert first_of_grid(date(2026, 11, 18)) <= date(2026, 11, 1)
    assert next_monday(date(2026, 11, 23)) == date(2026, 11, 30)


def test_a_moment_has_two_parts(desk: Form) -> None:
    editor = put(desk, MomentEdit(today=lambda: TODAY))
    seen = commits(editor)
    retype(editor.day, "12-1")
    QTest.keyClick(editor.day, Qt.Key.Key_Return)
    retype(editor.time, "1430")
    QTest.keyClick(editor.time, Qt.Key.Key_Return)
    assert seen == [datetime(2026, 12, 1, 9, 0), datetime(2026, 12, 1, 14, 30)]
    retype(editor.time, "25:99")
    QTest.keyClick(editor.time, Qt.Key.Key_Return)
    assert editor.problem()
    assert len(seen) == 2


# ---------------------------------------------------------------- choices


def test_the_wheel_does_not_change_a_choice(desk: Form) -> None:
    editor = put(desk, ChoiceEdit())
    editor.set_choices([("a", "A"), ("b", "B")])
    editor.set_value("a")
    point = QPointF(5, 5)
    turn = QWheelEvent(
        point, point, QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor, turn)
    assert editor.value() == "a"


def test_a_choice_keeps_a_value_that_is_no_longer_offered(desk: Form) -> None:
    editor = put(desk, ChoiceEdit())
    editor.set_choices([("a", "A")])
    editor.set_value("old")
    assert (editor.value(), editor.currentText()) == ("old", "old")
    editor.set_value(None)
    assert (editor.value(), editor.currentText()) == (None, "—")
    seen = commits(editor)
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert seen == ["a"]


def test_a_flag(desk: Form) -> None:
    editor = put(desk, FlagEdit())
    editor.set_value(True)
    seen = commits(editor)
    QTest.keyClick(editor, Qt.Key.Key_Space)
    assert seen == [False]


class Later:
    """Runs searches when told to, in any order."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Any, Any]] = []

    def ask(self, work: Any, then: Any) -> None:
        self.waiting.append((work, then))

    def answer(self, place: int) -> None:
        work, then = self.waiting[place]
        then(work())


def combo(desk: Form, ask: Any = None, make: Any = None) -> SearchCombo:
    editor: SearchCombo = put(desk, SearchCombo())
    names = ["Wang Li", "Chen Zhi", "Wang Wu"]
    editor.set_source(
        lambda text: [(n, name, "Sales") for n, name in enumerate(names) if text in name], ask, make
    )
    editor.set_value(1, "Chen Zhi")
    return editor


def test_a_record_is_searched_and_chosen(desk: Form, qtbot: Any) -> None:
    editor = combo(desk)
    seen = commits(editor)
    retype(editor, "Wang")
    qtbot.waitUntil(editor.unfolded)
    assert [hit[1] for hit in editor.hits()] == ["Wang Li", "Wang Wu"]
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert seen == [0]
    assert editor.text() == "Wang Li"
    assert not editor.unfolded()


def test_an_answer_to_an_older_text_is_dropped(desk: Form) -> None:
    later = Later()
    editor = combo(desk, later.ask)
    editor.setFocus()
    editor.setText("Wang")
    editor._search()
    editor.setText("Chen")
    editor._search()
    later.answer(0)
    assert editor.hits() == []
    later.answer(1)
    assert [hit[1] for hit in editor.hits()] == ["Chen Zhi"]
    editor.fold()


def test_text_that_was_not_chosen_goes_back(desk: Form) -> None:
    editor = combo(desk)
    seen = commits(editor)
    retype(editor, "nobody")
    editor.leave()
    assert (editor.text(), seen) == ("Chen Zhi", [])
    retype(editor, "")
    editor.leave()
    assert (editor.value(), seen) == (None, [None])


def test_a_new_record_can_be_made_from_the_text(desk: Form, qtbot: Any) -> None:
    editor = combo(desk, make=("New contact", lambda text: (77, text.title())))
    retype(editor, "zhao liu")
    qtbot.waitUntil(editor.unfolded)
    assert editor.hits()[-1][1] == "New contact “zhao liu”"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert (editor.value(), editor.text()) == (77, "Zhao Liu")


def test_tags_are_typed_completed_and_taken_away(desk: Form) -> None:
    editor = put(desk, TagsEdit())
    editor.set_choices(
        [("vip", "VIP", "violet"), ("fair", "Fair", "info")], make=lambda label: f"new:{label}"
    )
    editor.set_value(["vip"])
    seen = commits(editor)
    QTest.keyClicks(editor.entry, "fair,")
    QTest.keyClicks(editor.entry, "Hot lead")
    QTest.keyClick(editor.entry, Qt.Key.Key_Return)
    QTest.keyClicks(editor.entry, "vip")
    QTest.keyClick(editor.entry, Qt.Key.Key_Return)  # already there
    QTest.keyClick(editor.entry, Qt.Key.Key_Backspace)
    assert seen == [["vip", "fair"], ["vip", "fair", "new:Hot lead"], ["vip", "fair"]]


def test_unknown_tags_are_refused_without_the_right_to_make_them(desk: Form) -> None:
    editor = put(desk, TagsEdit())
    editor.set_choices([("vip", "VIP", "violet")])
    QTest.keyClicks(editor.entry, "other")
    QTest.keyClick(editor.entry, Qt.Key.Key_Return)
    assert editor.value() == []


def test_the_filter_waits_for_a_pause(desk: Form, qtbot: Any) -> None:
    editor = put(desk, FilterEdit("Filter"))
    asked: list[str] = []
    editor.asked.connect(asked.append)
    QTest.keyClicks(editor, "ming")
    assert asked == []
    qtbot.waitUntil(lambda: asked == ["ming"])
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: asked == ["ming", ""])


# ---------------------------------------------------------------- forms


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



def test_nine_is_offered_once_there_is_a_day(desk: Form) -> None:
    editor = put(desk, MomentEdit(today=lambda: TODAY))
    assert editor.time.placeholderText() == ""
    QTest.keyClicks(editor.day, "12-01")
    assert editor.time.placeholderText() == "09:00"
    editor.set_value(None)
    assert editor.time.placeholderText() == ""


def test_a_quiet_form_quiets_the_parts_of_an_editor_and_lines_ticks_up(desk: Form) -> None:
    form, moment, tick, text = Form(), MomentEdit(), FlagEdit(), TextEdit()
    for label, editor in (("When", moment), ("Done", tick), ("What", text)):
        form.row(label, editor)
    assert [part.property("quiet") for part in (moment.day, moment.time, text)] == ["true", "true", "true"]
    box = with_error_line(tick)
    assert box.layout().contentsMargins().left() > 0 and with_error_line(text).layout().contentsMargins().left() == 0


def test_weekdays_are_switches(desk: Form) -> None:
    editor = put(desk, WeekdaysEdit())
    told: list[str] = []
    editor.committed.connect(lambda: told.append(editor.value()))
    editor.set_value("17")
    assert editor.value() == "17" and not told
    editor.switches["3"].click()
    editor.switches["7"].click()
    assert told == ["137", "13"] and editor.problem() == ""


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


def test_letters_typed_into_a_choice_find_a_label_by_its_sound(qtbot: Any, dressed: Any) -> None:
    choice = ChoiceEdit()
    qtbot.addWidget(choice)
    choice.set_choices([("bj", "北京"), ("sh", "上海"), ("sz", "苏州")])
    choice.show()
    kept: list[Any] = []
    choice.committed.connect(lambda: kept.append(choice.value()))
    QTest.keyClicks(choice, "sz")
    assert choice.value() == "sz" and kept[-1] == "sz"
    QTest.qWait(1000)
    QTest.keyClicks(choice, "b")
    assert choice.value() == "bj"


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
