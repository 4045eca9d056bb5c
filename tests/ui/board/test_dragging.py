"""Cards dragged with the mouse: to another stage, back by a refusal, into the tray of closed stages."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from crm_desktop.ui.records.board_moving import LostQuestion
from crm_desktop.ui.widgets.snackbar import Snackbar
from tests.ui.board.conftest import box_of, carry, drag, lane_spot, lanes, lift, stored, tray_spot, view_of


def question() -> LostQuestion:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LostQuestion)
    return dialog


def test_a_card_goes_to_the_next_stage_and_the_money_follows(qtbot, page, office, told):
    drag(page, "prospecting", "proposal")
    assert lanes(page)["prospecting"] == ["B second"] and lanes(page)["proposal"] == ["A first"]
    assert stored(office, "A first").stage == office.ids["stages"]["proposal"]
    assert told.texts == ["“A first” moved to “Proposal”"]
    model = view_of(page, "proposal").lane_model()
    assert (model.count, model.amount) == (1, 1000)
    qtbot.waitUntil(lambda: "Weighted ¥ 9,100" in page.header._summary.text())


def test_the_move_is_taken_back_by_undo(qtbot, page, office, told):
    drag(page, "prospecting", "closing")
    told.undo()
    qtbot.waitUntil(lambda: lanes(page)["prospecting"] == ["A first", "B second"])
    assert stored(office, "A first").stage == office.ids["stages"]["prospecting"]


def test_a_refused_drop_tells_why_and_the_card_goes_back(qtbot, page, office, told):
    stage = next(row for row in office.records.names.all("stage") if row.code == "closing")
    stage.may_go_back = False
    office.records.save(stage, office.admin)
    drag(page, "closing", "qualification")
    assert told.texts == ["An opportunity cannot go back from “Closing”."]
    assert lanes(page)["closing"] == ["D fourth"] and lanes(page)["qualification"] == ["C third"]
    assert page.board.current_card().name == "D fourth"


def test_dropping_where_it_was_or_outside_changes_nothing(page, told):
    drag(page, "prospecting", "prospecting")
    view, start = lift(page, "prospecting")
    carry(view, start, page.header.mapToGlobal(page.header.rect().center()))
    assert lanes(page)["prospecting"] == ["A first", "B second"] and told.texts == []


def test_escape_puts_the_card_back(page, told):
    view, start = lift(page, "prospecting")
    carry(view, start, lane_spot(page, "closing"), drop=False)
    assert box_of(page, "closing").over == "accent"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert page.board.dragging.card is None and box_of(page, "closing").over == ""
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=view.rect().center())
    assert lanes(page)["prospecting"] == ["A first", "B second"] and told.texts == []


def test_a_short_twitch_only_picks_the_card(page, told):
    view = view_of(page, "prospecting")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.lane_model().index(1)).center())
    assert page.board.current_card().name == "B second" and page.current_id() == page.board.current_card().id


def test_the_tray_offers_lost_and_void_only_while_dragging(page):
    tray = page.board.dragging.tray
    assert tray.isHidden()
    view, start = lift(page, "prospecting")
    assert [stage.code for stage in tray._stages] == ["lost", "void"] and not tray.isHidden()
    carry(view, start, lane_spot(page, "prospecting"))
    assert tray.isHidden()


def test_the_tray_lies_over_what_the_window_says_of_the_card_before(qtbot, page):
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(page)
    window.resize(1200, 800)
    window.show()
    bar = Snackbar(window)
    bar.tell("Moved to “Proposal”")
    tray = page.board.dragging.tray
    view, start = lift(page, "prospecting")
    above = window.children()
    assert tray.parent() is window and above.index(tray) > above.index(bar)
    assert tray.mapToGlobal(QPoint(0, tray.height())) == page.board.mapToGlobal(QPoint(0, page.board.height()))
    assert tray.width() == page.board.width()
    carry(view, start, lane_spot(page, "prospecting"))
    assert tray.isHidden() and tray.parent() is page.board
    window.takeCentralWidget()


def test_a_narrow_board_offers_won_in_the_tray_too(qtbot, page):
    page.resize(420, 600)
    lift(page, "prospecting")
    assert [stage.code for stage in page.board.dragging.tray._stages] == ["won", "lost", "void"]


def test_lost_asks_for_the_reason_and_keeps_it(qtbot, page, office, told):
    def answer() -> None:
        dialog = question()
        dialog.accept()
        assert dialog.isVisible() and dialog.editors["lost_reason"].accessibleDescription()
        dialog.editors["lost_reason"].set_value("pricing")
        dialog.editors["lost_note"].set_value("8 % over the competitor")
        dialog.accept()

    view, start = lift(page, "qualification")
    QTimer.singleShot(50, answer)
    carry(view, start, tray_spot(page, "lost"))
    qtbot.waitUntil(lambda: stored(office, "C third").closed_at is not None)
    kept = stored(office, "C third")
    assert (kept.lost_reason, kept.lost_note, kept.probability) == ("pricing", "8 % over the competitor", 0)
    assert lanes(page)["qualification"] == []


def test_thinking_better_of_it_leaves_the_card(qtbot, page, office):
    view, start = lift(page, "qualification")
    QTimer.singleShot(50, lambda: question().reject())
    carry(view, start, tray_spot(page, "lost"))
    qtbot.wait(120)
    assert lanes(page)["qualification"] == ["C third"] and stored(office, "C third").closed_at is None


def test_won_offers_a_contract(page, office, told):
    drag(page, "closing", "won")
    assert lanes(page)["won"] == ["D fourth"] and not page.won.isHidden()
    page.won.make.click()
    values = {"customer": stored(office, "D fourth").customer, "opportunity": office.ids["D fourth"], "amount": 8000}
    assert told.new == [("contract", values | {"name": "D fourth contract"})]
    assert page.won.isHidden()


def test_the_offer_goes_when_the_win_is_undone(qtbot, page, told):
    drag(page, "closing", "won")
    told.undo()
    qtbot.waitUntil(lambda: lanes(page)["closing"] == ["D fourth"])
    assert page.won.isHidden()


def test_news_that_come_while_dragging_wait(qtbot, page, office):
    view, start = lift(page, "prospecting")
    office.records.delete(type(stored(office, "D fourth")), [office.ids["D fourth"]], office.boss)
    qtbot.wait(200)
    assert lanes(page)["closing"] == ["D fourth"]
    carry(view, start, lane_spot(page, "prospecting"))
    assert lanes(page)["closing"] == []
