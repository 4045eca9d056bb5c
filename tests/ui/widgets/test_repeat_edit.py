"""The editor of a repetition keeps what it cannot say itself."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from crm_desktop.ui.widgets.repeat_edit import RepeatEdit

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize("text", ["", "FREQ=WEEKLY", "FREQ=DAILY;UNTIL=20261231", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=6",
                                  "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU;UNTIL=20270101;EXCEPT=20261208"])  # fmt: skip
def test_what_is_shown_is_what_comes_back(qtbot: QtBot, text: str) -> None:
    editor = RepeatEdit()
    qtbot.addWidget(editor)
    editor.set_value(text)
    assert editor.value() == text
    assert editor.problem() == ""


def test_an_end_is_asked_of_what_has_none(qtbot: QtBot) -> None:
    editor = RepeatEdit()
    qtbot.addWidget(editor)
    editor.show()
    editor.set_value("")
    assert not editor.until.isVisible()
    editor.set_value("FREQ=DAILY;COUNT=6")
    assert not editor.until.isVisible()
    editor.set_value("FREQ=WEEKLY;INTERVAL=2")
    assert editor.until.isVisible()
    editor.until.set_value(date(2026, 12, 31))
    with qtbot.waitSignal(editor.committed):
        editor.until.committed.emit()
    assert editor.value() == "FREQ=WEEKLY;INTERVAL=2;UNTIL=20261231"
