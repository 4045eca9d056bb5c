"""The workbench: what its figures count, that each leads to exactly its records, arranging, the first steps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import starting
from crm_desktop.core.records import Records
from crm_desktop.core.views import View
from crm_desktop.database.engine import open_database
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.reports.asking import take_wish
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.workbench.arranging import CARDS, FIGURES, ArrangeBox, Arrangement
from crm_desktop.ui.workbench.page import WorkbenchPage
from tests.ui.board.conftest import Told

LEFT = Qt.MouseButton.LeftButton


def everything(page: WorkbenchPage) -> None:
    """Show all figures and cards."""
    page.take_arrangement(Arrangement(shown_figures=frozenset(FIGURES), shown_cards=frozenset(CARDS)))


def counted(told: Told, desk: Desk) -> list[tuple]:
    """All records of the list that was asked for last."""
    type_key, view = told.lists[-1]
    record_type = desk.record_type(type_key)
    amounts = ["amount"] if "amount" in record_type.declared() else []
    ids = desk.records.ids(record_type, desk.actor, view)
    return list(desk.records.rows(record_type, desk.actor, ids, amounts).values())


def test_the_greeting_goes_by_the_clock(page, records):
    assert page.header._title.text() == "Good morning, Wang Li"
    records.clock.at = records.clock.at.replace(hour=9)
    page._tick()
    assert page.header._title.text() == "Good afternoon, Wang Li"


def test_at_midnight_another_day_is_counted(qtbot, page, records):
    records.clock.at = records.clock.at.replace(day=19)
    with qtbot.waitSignal(page.refreshed):
        page._tick()
    assert page.content.workbench.day.day == 19


@pytest.mark.parametrize("key", FIGURES)
def test_a_figure_leads_to_exactly_the_records_it_counts(page, desk, told, key):
    everything(page)
    card = page.figures[key]
    card.click()
    rows = counted(told, desk)
    if card.figure.kind == "number":
        assert len(rows) == card.figure.value
    elif key == "pipeline":
        deals = desk.records.ids(Opportunity, desk.actor, told.lists[-1][1])
        weighted = [desk.records.get(Opportunity, one, desk.actor).weighted() for one in deals]
        assert sum(weighted) == card.figure.value > 0 and len(deals) == page.content.open_count
    else:
        assert sum((row[0] for row in rows), Decimal(0)) == card.figure.value


def test_each_bar_of_the_funnel_leads_to_its_records(page, desk, told):
    chart = page.cards["funnel"].chart
    for place, bar in enumerate(page.content.workbench.funnel):
        QTest.mouseClick(chart.viewport(), LEFT, pos=chart.rects[place].center())
        rows = counted(told, desk)
        assert len(rows) == bar.count and sum((row[0] for row in rows), Decimal(0)) == bar.amount


def test_each_month_leads_to_the_contracts_signed_in_it(page, desk, told):
    chart = page.cards["signed"].chart
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert len(chart.points.points) == 12
    for value in page.content.workbench.figure("signed").trend:
        QTest.keyClick(chart, Qt.Key.Key_Return)
        QTest.keyClick(chart, Qt.Key.Key_Right)
        rows = counted(told, desk)
        assert told.lists[-1][0] == Contract.key() and sum((row[0] for row in rows), Decimal(0)) == value


def test_bars_are_read_aloud(page):
    model = page.cards["funnel"].chart.model()
    bar = page.content.workbench.funnel[0]
    spoken = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith(f"{bar.label}: {bar.count} opportunit") and spoken.endswith(f", ¥ {bar.amount:,.0f}")
    assert page.figures["signed"].accessibleName().startswith("Signed this month: ¥ ")


def test_the_forecast_is_read_only_when_it_is_shown(page, told, desk):
    assert page.content.forecast is None
    everything(page)
    chart = page.cards["forecast"].chart
    assert len(chart.points.points) >= 6
    QTest.mouseClick(chart.viewport(), LEFT, pos=chart.rects[1].center())
    assert len(counted(told, desk)) == page.content.forecast.rows[1].values[1]


def test_a_change_anywhere_counts_anew(qtbot, page, desk):
    before = page.figures["new_customers"].figure.value
    desk.records.save(desk.record_type("customer")(name="New one"), desk.actor)
    qtbot.waitUntil(lambda: page.figures["new_customers"].figure.value == before + 1)


def test_lists_that_need_attention(page, desk, told):
    card = page.cards["attention"]
    for needy in page.content.needy:
        told.lists.clear()
        card.chips[needy.key].setChecked(True)
        assert card.model.rowCount() == min(needy.count, 4) > 0
        card.list.act(0)
        assert told.opened[-1] == (needy.items[0].record_type, needy.items[0].id)
        if needy.count > 3 and needy.drill is not None:
            card.list.act(3)
            assert len(counted(told, desk)) == needy.count
        elif needy.count > 3:
            card.list.act(3)
            assert take_wish(desk) == "idle" and take_wish(desk) == ""
    assert "idle" in {needy.key for needy in page.content.needy if needy.count > 3}


# Arranging


def test_cards_are_hidden_moved_and_remembered(qtbot, page, desk):
    box = ArrangeBox(page.arrangement, page.titles(), page)
    qtbot.addWidget(box)
    box.changed.connect(page.take_arrangement)
    box.boxes["cards", "funnel"].click()
    box.boxes["figures", "won"].click()
    QTest.mouseClick(box.movers["figures", "pipeline", -1], LEFT)
    assert page.arrangement.visible_figures() == ["pipeline", "signed", "contact_late", "new_customers", "won"]
    assert page.arrangement.visible_cards() == ["todo", "signed", "attention"]
    assert not page.cards["funnel"].isVisible() and page.figures["won"].isVisible()
    again = WorkbenchPage(desk)
    qtbot.addWidget(again)
    assert again.arrangement == page.arrangement


def test_an_arrangement_of_an_older_program_is_completed():
    stored = {"figures": ["ending", "gone"], "shown_figures": ["ending", "gone"], "cards": ["signed"], "shown_cards": ["signed"]}
    arrangement = Arrangement.recalled(stored)
    assert arrangement.visible_figures() == ["ending"] and arrangement.visible_cards() == ["signed"]
    assert set(arrangement.figures) == set(FIGURES) and set(arrangement.cards) == set(CARDS)
    assert Arrangement.recalled("nonsense") == Arrangement()


@pytest.mark.parametrize("size", [(360, 600), (780, 560), (1180, 780), (1800, 1000)])
def test_everything_has_a_name_and_fits(qtbot, page, nameless, size):
    page.resize(*size)
    assert nameless(page) == []
    qtbot.waitUntil(lambda: page.grid.widget().width() <= page.grid.viewport().width())
    cards = [*page.figures.values(), *page.cards.values()]
    for one in cards:
        for other in cards:
            assert one is other or not one.geometry().intersects(other.geometry())


def test_the_whole_page_fits_a_first_window(qtbot, page):
    page.resize(1220, 800)
    qtbot.waitUntil(lambda: page.grid.verticalScrollBar().maximum() == 0)


# A new database


def test_a_new_database_shows_three_first_steps(qtbot, english, sqlite_template, tmp_path, clock):
    from shutil import copy

    copy(sqlite_template, tmp_path / "crm.db")
    database = open_database(tmp_path)
    records = Records(database, RECORD_TYPES, clock)
    user = starting.begin(records, "Mingda", "Li", "en")
    desk = Desk(records, actor_for(records, user.id, "en"), Runner(inline=True))
    told = Told(desk)
    page = WorkbenchPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert page.stack.currentWidget() is page.welcome and page.arrange.isHidden()
    page.welcome.customer.click()
    page.welcome.visit.click()
    assert told.new == [("customer", {}), ("event", {"kind": "visit"})]
    records.save(desk.record_type("customer")(name="First"), desk.actor)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.grid)
    assert records.count(desk.record_type("customer"), desk.actor, View()) == 1
    desk.close()
    database.close()
