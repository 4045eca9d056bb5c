"""Favourite actions and new records from anywhere; F1 lists what every view can do, opened or not."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crm_desktop.business.staff import sign_in
from crm_desktop.core.access import Actor
from crm_desktop.core.words import say
from crm_desktop.ui.records.new_record import NewRecord
from crm_desktop.ui.session import Session
from crm_desktop.ui.shell.favourites import FIRST, MOST
from crm_desktop.ui.shell.favourites_box import FavouritesBox
from crm_desktop.ui.shell.shortcut_sheet import ShortcutSheet
from crm_desktop.ui.widgets.field import error_of

NEW = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def shown_menu() -> Any:
    QApplication.processEvents()
    return QApplication.activePopupWidget()


def test_any_record_is_made_from_anywhere(session: Session) -> None:
    """Ctrl+Shift+N, or the plus of the top bar, whatever view is in front."""
    session.window.go("reports")
    QTest.keyClick(session.window, Qt.Key.Key_N, NEW)
    menu = shown_menu()
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles[:3] == ["New customer", "New contact", "New follow-up"] and titles[-1] == "Favourite actions…"
    menu.close()
    session.window.favourites.new.click()
    menu = shown_menu()
    next(action for action in menu.actions() if action.text() == "New task").trigger()
    menu.close()
    dialog: Any = session.window.findChild(NewRecord)
    assert dialog.record_type.key() == "task"
    dialog.reject()


def test_favourites_are_chosen_moved_and_kept(session: Session) -> None:
    bar = session.window.favourites
    assert [button.command.key for button in bar.buttons] == list(FIRST)
    box = FavouritesBox(bar)
    keys = [command.key for command in box._shown]
    box.switch(keys.index("import"))
    box.switch(keys.index("create.task"))
    assert bar.chosen == ["create.follow_up", "create.event", "import"]
    assert [box.model.cell(row, 0) for row in range(4)] == [True, False, True, False], "nothing jumps away from below the mouse"
    bar.menu_of("import").actions()[0].trigger()
    assert bar.chosen == ["create.follow_up", "import", "create.event"]
    assert not bar.menu_of("create.follow_up").actions()[0].isEnabled()
    bar.menu_of("create.event").actions()[2].trigger()
    session.rebuild()
    bar = session.window.favourites
    assert [button.command.key for button in bar.buttons] == ["create.follow_up", "import"]
    box = FavouritesBox(bar)
    for row in range(MOST + 2):
        if box._shown[row].key not in bar.chosen:
            box.switch(row)
    assert len(bar.buttons) == len(bar.chosen) == MOST


def test_a_favourite_that_cannot_be_done_says_why(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights may change after it was chosen."""
    session.desk.actor = Actor(session.desk.actor.employee, "x", "sales", "en", None, {}, session.desk.actor.scopes)
    told: list[str] = []
    monkeypatch.setattr(session.window, "tell", lambda text, *_more, **_named: told.append(text))
    session.window.favourites.buttons[0].click()
    assert "You lack the right to add" in told[0]
    assert sign_in.actor_for(session.records, session.desk.actor.employee or 0).rights


def test_f1_lists_what_views_can_do_that_were_not_opened(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """One view after the other, while the sheet is open; what is typed stays."""
    assert not session.window.docks.built("contracts")
    seen: list[str] = []

    def look(sheet: ShortcutSheet) -> None:
        sheet.filter.setText("export")
        sheet._fill("export")
        while sheet._more.isActive():
            QApplication.processEvents()
        assert sheet.filter.text() == "export"
        sheet._fill("")
        seen.extend(command.key for command in sheet._shown)

    monkeypatch.setattr(ShortcutSheet, "exec", look)
    session.window.show_shortcuts()
    wanted = {"contract.export", "lead.delete", "card.next", "calendar.week", "record.star", "reports.export", "settings.new", "go.tasks"}
    assert wanted <= set(seen)
    assert session.window.current() == "customers"


def test_what_is_wrong_with_a_new_record_has_the_cursor(session: Session) -> None:
    customer = session.list_page_of("customer").current_id()
    session.new_record("follow_up", {"customer": customer})
    dialog: Any = session.window.findChild(NewRecord)
    dialog.activateWindow()
    QTest.qWaitForWindowActive(dialog)
    dialog.editors["next_contact_on"].setFocus()
    QTest.keyClick(dialog.editors["next_contact_on"], Qt.Key.Key_Return)
    assert dialog.isVisible() and error_of(dialog.editors["content"]) and dialog.focusWidget() is dialog.editors["content"]
    dialog.reject()


@pytest.mark.parametrize(("lang", "typed", "topic"), [
    ("en", "roles", "role"), ("en", "operation log", "operation_log"), ("en", "my sett", "own"), ("zh_CN", "jiaose", "role"),
    ("zh_CN", "mbjh", ""), ("zh_CN", "sjk", "database"), ("zh_TW", "czrz", "operation_log"), ("zh_TW", "角色", "role"),
])  # fmt: skip
def test_ctrl_k_leads_to_a_topic_of_the_settings(session: Session, lang: str, typed: str, topic: str) -> None:
    """By its words, pinyin or initials, from any view, also when the settings were never opened."""
    session.records.settings.put("language", lang, session.desk.actor.employee)
    session.rebuild()
    session.window.search()
    box = session.window.palette_box
    box.entry.setText(typed)
    hits = [hit for hit in box._command_hits(typed) if hit.sub == say("Settings")]
    if not topic:
        assert not hits and not session.window.docks.built("settings")
        return
    assert len(hits) == 1 and hits[0].marks and hits[0].run is not None
    box.dismiss()
    hits[0].run()
    page: Any = session.window.view("settings")
    assert session.window.current() == "settings" and page.stack.currentWidget() is page._built[topic]
