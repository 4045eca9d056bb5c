"""Choices: from a list, by searching records, several as tags, switches; and the filter above a list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.filter_edit import FilterEdit
from crm_desktop.ui.widgets.search_combo import SearchCombo
from crm_desktop.ui.widgets.tags_edit import TagsEdit
from crm_desktop.ui.widgets.weekdays_edit import WeekdaysEdit
from tests.ui.widgets.hands import commits, put, retype


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


def test_what_was_asked_for_is_marked_in_the_hits(desk: Form, qtbot: Any) -> None:
    editor: SearchCombo = put(desk, SearchCombo())
    found = [(1, "苏州海川建筑有限公司", "苏州"), (2, "别的公司", "海川路 1 号"), (3, "Haichuan", "hcjz")]
    editor.set_source(lambda text: found if text else found[:1], None, ("New", lambda text: None))
    retype(editor, "hc")
    qtbot.waitUntil(editor.unfolded)
    assert editor._list is not None
    marks = editor._list._hits.marks
    assert [tuple(map(tuple, one)) for one in marks] == [(((2, 4),), ()), ((), ((0, 2),)), ((), ((0, 2),)), ((), ())]
    assert not editor._list.popup().grab().isNull()
    editor.setText("")
    editor._search("")
    assert all(one == ((), ()) for one in editor._list._hits.marks)


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


def test_weekdays_are_switches(desk: Form) -> None:
    editor = put(desk, WeekdaysEdit())
    told: list[str] = []
    editor.committed.connect(lambda: told.append(editor.value()))
    editor.set_value("17")
    assert editor.value() == "17" and not told
    editor.switches["3"].click()
    editor.switches["7"].click()
    assert told == ["137", "13"] and editor.problem() == ""


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
