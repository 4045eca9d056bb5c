"""The board without a mouse: what it shows to whom, keyboard, filters, pipelines, and what it says to screen readers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.views import Condition, View
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records import board_reading
from crm_desktop.ui.records.board import OpportunityPage
from crm_desktop.ui.records.board_reading import Question, read_board
from crm_desktop.ui.runner import Runner
from tests.ui.board.conftest import Told, box_of, carry, lane_spot, lanes, lift, pick, stored, view_of

CTRL = Qt.KeyboardModifier.ControlModifier


def press(page, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    view = page.board._current.view
    QTest.keyClick(view, key, modifiers)


def test_a_lane_for_every_open_stage_and_for_won(page):
    shown = lanes(page)
    assert list(shown) == ["prospecting", "qualification", "proposal", "negotiation", "closing", "won"]
    assert shown["prospecting"] == ["A first", "B second"] and shown["closing"] == ["D fourth"]


def test_totals_are_those_of_the_records(page, office):
    content = page.board.content
    deals = [stored(office, name) for name in ("A first", "B second", "C third", "D fourth")]
    assert content.open_amount == sum(deal.amount for deal in deals) == 15000
    assert content.weighted == sum(deal.weighted() for deal in deals)
    assert page.header._summary.text() == "Open ¥ 15 K  ·  Weighted ¥ 8,700"


def test_a_card_says_everything(page, office):
    card = view_of(page, "qualification").lane_model().cards[0]
    assert (card.customer, card.contact, card.owner, card.late) == ("明达", "杨晓明", "赵强", True)
    index = view_of(page, "qualification").lane_model().index(0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "C third, 明达 · 杨晓明, ¥ 4,000" in spoken and "Next step: Call · Today" in spoken


def test_idle_cards_are_marked_by_the_days_of_their_stage(office, clock):
    clock.at += timedelta(days=26)
    content = read_board(office.records, office.boss, Question())
    assert {card.idle for lane in content.lanes for card in lane.cards} == {26}
    assert {card.staying for lane in content.lanes for card in lane.cards} == {26}
    stage = next(row for row in office.records.names.all("stage") if row.code == "prospecting")
    stage.idle_days = 40
    office.records.save(stage, office.admin)
    idle = {card.name: card.idle for lane in read_board(office.records, office.boss, Question()).lanes for card in lane.cards}
    assert idle == {"A first": 0, "B second": 0, "C third": 26, "D fourth": 26}


def test_salespeople_see_their_own(qtbot, english, office):
    desk = Desk(office.records, office.zhao, Runner(inline=True))
    page = OpportunityPage(desk)
    qtbot.addWidget(page)
    assert [name for names in lanes(page).values() for name in names] == ["C third", "D fourth"]
    assert page.filters.everybody.isHidden() and page.filters.person.isHidden()
    desk.close()


def test_arrows_walk_in_and_among_lanes(page):
    pick(page, "A first")
    press(page, Qt.Key.Key_Down)
    assert page.board.current_card().name == "B second"
    press(page, Qt.Key.Key_Right)
    assert page.board.current_card().name == "C third"
    press(page, Qt.Key.Key_Right)  # over the empty lanes
    assert page.board.current_card().name == "D fourth"
    press(page, Qt.Key.Key_Left)
    assert page.board.current_card().name == "C third"
    chosen = [view.selectionModel().hasSelection() for view in (box.view for box in page.board.boxes())]
    assert sum(chosen) == 1


def test_control_and_an_arrow_move_the_card_and_the_keyboard_goes_with_it(page, office):
    pick(page, "A first")
    press(page, Qt.Key.Key_Right, CTRL)
    assert stored(office, "A first").stage == office.ids["stages"]["qualification"]
    assert page.board.current_card().name == "A first" and view_of(page, "qualification").hasFocus()
    press(page, Qt.Key.Key_Left, CTRL)
    press(page, Qt.Key.Key_Left, CTRL)  # there is nothing before the first stage
    assert stored(office, "A first").stage == office.ids["stages"]["prospecting"]


def test_enter_opens_n_makes_and_del_deletes(qtbot, page, office, told):
    opened = []
    page.opened.connect(opened.append)
    pick(page, "C third")
    press(page, Qt.Key.Key_Return)
    press(page, Qt.Key.Key_F2)
    assert opened == [office.ids["C third"]] and told.opened == [("opportunity", office.ids["C third"])]
    press(page, Qt.Key.Key_N)
    assert told.new == [("opportunity", {"stage": office.ids["stages"]["qualification"]})]
    press(page, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: lanes(page)["qualification"] == [])
    told.undo()
    qtbot.waitUntil(lambda: lanes(page)["qualification"] == ["C third"])


def test_a_letter_that_was_given_away_does_nothing_any_more(page, told):
    pick(page, "C third")
    for key in ("card.new", "card.log", "card.visit"):
        page.commands.set_shortcut(key, "")
    page.commands.set_shortcut("card.delete", "Shift+F8")
    page.commands.set_shortcut("card.log", "J")
    for key in (Qt.Key.Key_N, Qt.Key.Key_L, Qt.Key.Key_F, Qt.Key.Key_Delete):
        press(page, key)
    assert told.new == [] and "C third" in lanes(page)["qualification"]
    press(page, Qt.Key.Key_J)
    assert [type_key for type_key, _values in told.new] == ["follow_up"]


def test_no_command_runs_while_a_card_is_in_the_hand(page, told):
    view, start = lift(page, "prospecting")
    carry(view, start, lane_spot(page, "qualification"), drop=False)
    press(page, Qt.Key.Key_L)
    press(page, Qt.Key.Key_Escape)
    assert told.new == []


def test_who_may_not_delete_is_told_why(qtbot, english, office):
    desk = Desk(office.records, office.li, Runner(inline=True))
    told = Told(desk)
    page = OpportunityPage(desk)
    qtbot.addWidget(page)
    pick(page, "A first")
    page.acts.delete(page.board.current_card())
    assert "You lack the right to delete" in told.texts[0] and lanes(page)["prospecting"][0] == "A first"
    assert "Delete" not in [action.text().split("\t")[0] for action in page.acts.menu(page.board.current_card()).actions()]
    desk.close()


def test_the_closed_stages_are_reached_by_keyboard(page, told):
    pick(page, "D fourth")
    offered = []
    page.acts.open_ends = lambda card, spot: offered.append(card.name)  # type: ignore[method-assign]
    page.board.ends_asked.disconnect()
    page.board.ends_asked.connect(page.acts.open_ends)
    press(page, Qt.Key.Key_Down, CTRL)
    assert offered == ["D fourth"]
    titles = [action.text().split("\t")[0] for action in page.acts.menu(page.board.current_card()).actions()]
    assert {"Lost…", "Move to “Won”", "Move to “Void”", "Make a contract from it"} <= set(titles)


def test_owner_and_words_filter_cards_and_money(page, office):
    page.filters.choose_owner(office.ids["zhao"])
    assert page.board.content.open_amount == 12000 and page.filters.person.text() == "赵强"
    page.filter.setText("fourth")
    page.filters.changed.emit()
    assert [name for names in lanes(page).values() for name in names] == ["D fourth"]
    page.filter.setText("nothing like it")
    page.filters.changed.emit()
    assert page.lanes_or_empty.currentWidget() is page.empty


def test_the_choice_is_remembered(qtbot, page, desk, office):
    page.filters.choose_owner(office.ids["zhao"])
    page.filters.closed.setChecked(True)
    again = OpportunityPage(desk)
    qtbot.addWidget(again)
    assert again.question.owner == office.ids["zhao"]
    assert list(lanes(again))[-2:] == ["lost", "void"]


def test_changes_of_others_come_by_themselves(qtbot, page, office, told):
    deal = stored(office, "A first")
    deal.stage = office.ids["stages"]["negotiation"]
    office.records.save(deal, office.boss)
    qtbot.waitUntil(lambda: lanes(page)["negotiation"] == ["A first"])
    assert told.texts == []


def test_a_card_opened_elsewhere_is_picked_in_its_lane_and_brought_into_sight(page, office):
    page.resize(360, 700)  # the later lanes are out of sight
    pick(page, "A first")
    page.want(office.ids["D fourth"])
    assert page.current_id() == office.ids["D fourth"]
    box = box_of(page, "closing")
    assert page.board.viewport().rect().contains(box.mapTo(page.board.viewport(), box.rect().center()))


def test_a_card_that_is_not_there_yet_is_picked_when_it_comes(qtbot, page, office, desk):
    pick(page, "A first")
    deal = Opportunity(name="E fifth", customer=stored(office, "A first").customer, stage=office.ids["stages"]["closing"])
    office.records.save(deal, desk.actor)
    page.want(deal.id)
    assert page.board.current_card().name == "A first"
    qtbot.waitUntil(lambda: page.current_id() == deal.id)


def test_who_picks_another_card_meanwhile_keeps_it(qtbot, page, office):
    """What was opened elsewhere is filtered away; when it comes back, the person has long been at another card."""
    page.filters.choose_owner(office.ids["li"])
    page.want(office.ids["D fourth"])
    pick(page, "B second")
    page.filters.choose_owner(None)
    qtbot.waitUntil(lambda: lanes(page)["closing"] == ["D fourth"])
    assert page.board.current_card().name == "B second"


def test_a_second_pipeline_has_its_own_lanes_and_a_chooser(qtbot, page, office):
    assert page.filters.pipeline.isHidden()
    inquiry = Stage(name="询价", code="inquiry", pipeline="spare parts", kind="open", position=20)
    office.records.save(inquiry, office.admin)
    qtbot.waitUntil(lambda: not page.filters.pipeline.isHidden())
    page.filters.choose_pipeline("spare parts")
    assert list(lanes(page)) == ["inquiry"] and page.filters.pipeline.text() == "spare parts"


def test_a_long_lane_is_capped_and_more_is_one_click_away(page, monkeypatch):
    monkeypatch.setattr(board_reading, "CAP", 1)
    page.refresh()
    model = view_of(page, "prospecting").lane_model()
    assert (model.rowCount(), model.count, model.index(1).data()) == (2, 2, "1 more")
    view_of(page, "prospecting").pick_row(1)
    press_view = view_of(page, "prospecting")
    QTest.keyClick(press_view, Qt.Key.Key_Return)
    assert [card.name for card in view_of(page, "prospecting").lane_model().cards] == ["A first", "B second"]


def test_closed_lanes_hold_this_quarter_only(office, clock):
    deal = stored(office, "D fourth")
    deal.stage = office.ids["stages"]["won"]
    office.records.save(deal, office.boss)
    lane = read_board(office.records, office.boss, Question()).lanes[-1]
    assert (lane.count, lane.amount, lane.cards[0].closed) == (1, 8000, clock.today())
    assert office.records.count(Opportunity, office.boss, lane.view) == 1
    clock.at += timedelta(days=30)
    assert read_board(office.records, office.boss, Question()).lanes[-1].count == 0


def test_a_figure_opens_the_list_of_what_it_counts(page, office):
    page.show_filter(View(conditions=(Condition("owner", "one_of", [office.ids["zhao"]]),)))
    assert page.segment.value() == "list" and page.list.model.row_count() == 2
    assert page.list.header.isHidden()  # the page has one of its own
    page.segment.set_value("board")
    assert page.stack.currentIndex() == 0


@pytest.mark.parametrize("width", [360, 1200])
def test_everything_has_a_name_and_fits(page, nameless, width):
    page.resize(width, 600)
    assert nameless(page) == []
    assert page.minimumSizeHint().width() <= 360
    spoken = page.board.boxes()[0].head.accessibleName()
    assert spoken.startswith("Prospecting: 2 opportunit") and spoken.endswith(", ¥ 3,000")
