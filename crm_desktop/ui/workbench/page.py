"""The workbench: the day of the person at the desk in figures, things to do and charts; every figure leads to its records."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core import clock
from crm_desktop.core.journal import Change
from crm_desktop.core.words import language, say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.reports.asking import ask_report
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.words import long_day
from crm_desktop.ui.workbench.arranging import ArrangeBox, Arrangement
from crm_desktop.ui.workbench.attention_card import AttentionCard
from crm_desktop.ui.workbench.card_grid import CardGrid
from crm_desktop.ui.workbench.cards import Card, ForecastCard, FunnelCard, SignedCard, TodoCard, open_drill
from crm_desktop.ui.workbench.figure_card import FigureCard
from crm_desktop.ui.workbench.reading import Content, read_content
from crm_desktop.ui.workbench.welcome import Welcome

SETTING = "workbench"
SETTLE = 400  # ms of quiet before the figures are counted anew
TICK = 60_000  # ms: at midnight another day begins
CARDS = {card.key: card for card in (TodoCard, FunnelCard, SignedCard, AttentionCard, ForecastCard)}


class WorkbenchPage(QWidget):
    """The first page of a window. `refreshed()` when new figures are shown."""

    refreshed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.content: Content | None = None
        self.arrangement = Arrangement.recalled(desk.setting(SETTING))
        self.arrange = Button(say("Arrange cards"), "sliders-horizontal", "ghost", self._arrange)
        self.sample = Button(say("Remove the sample data…"), "package", "ghost", self._remove_sample)
        self.sample.hide()
        self.header = ViewHeader("", "", [self.sample, self.arrange])
        self.figures: dict[str, FigureCard] = {}
        self.cards: dict[str, Card] = {}
        self.grid = CardGrid()
        self.welcome = Welcome(desk)
        self.stack = QStackedWidget()
        self._day: date | None = None
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._settle.timeout.connect(self.refresh)
        self._minutes = QTimer(self, interval=TICK)
        self._minutes.timeout.connect(self._tick)
        self._minutes.start()
        self._lay_out()
        self.desk.changed.connect(self._somebody_changed)
        self._greet()
        self._show_arranged()
        self.refresh()

    def _lay_out(self) -> None:
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self.welcome)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        self.setMinimumWidth(px(360))
        self.setFocusProxy(self.grid)

    # ------------------------------------------------------------ what is shown

    def _greet(self) -> None:
        now = clock.to_local(self.desk.records.clock.now())
        names = self.desk.records.names
        name = names.title("employee", self.desk.actor.employee) if self.desk.actor.employee else self.desk.actor.name
        if 5 <= now.hour < 12:
            greeting = say("Good morning, {name}", name=name)
        elif 12 <= now.hour < 18:
            greeting = say("Good afternoon, {name}", name=name)
        else:
            greeting = say("Good evening, {name}", name=name)
        self.header.set_title(greeting)
        self.header.set_summary(long_day(now.date()))
        self._day = now.date()

    def _tick(self) -> None:
        before = self._day
        self._greet()
        if before != self._day:
            self.refresh()

    def refresh(self) -> None:
        """Count anew; what is shown stays until the answer is here."""
        records, actor, lang = self.desk.records, self.desk.actor, language()
        with_forecast = "forecast" in self.arrangement.shown_cards
        self.desk.read(lambda: read_content(records, actor, lang, with_forecast), self._show, key=f"workbench-{id(self)}")

    def _show(self, content: Content) -> None:
        self.content = content
        self.stack.setCurrentIndex(1 if content.bare else 0)
        self.arrange.setVisible(not content.bare)
        self.sample.setVisible(content.sample)
        if content.bare:
            self.welcome.show_done(content.planned)
            self.setFocusProxy(self.welcome.customer)
        else:
            self.setFocusProxy(self.grid)
            self._fill()
        self.refreshed.emit()

    def _fill(self) -> None:
        content = self.content
        if content is None:
            return
        bench = content.workbench
        for key, card in self.figures.items():
            pipeline = key == "pipeline"
            note = say("%n opportunity(ies)", n=content.open_count) if pipeline else ""
            if key == "contact_late":
                today = bench.figure("contact_today")
                note = say("{count} to contact today", count=f"{today.value:,}")
            stages = tuple(bar for bar in bench.funnel[:-1]) if pipeline else ()
            card.show_figure(bench.figure(key), note, stages)
        for shown in self.cards.values():
            shown.show_content(content)
        self.grid.content_changed()

    # ------------------------------------------------------------ arranging

    def _show_arranged(self) -> None:
        """Put the cards where the person wants them; new ones are filled from what was read."""
        for key in self.arrangement.visible_figures():
            if key not in self.figures:
                card = self.figures[key] = FigureCard(key)
                card.asked.connect(lambda drill: open_drill(self.desk, drill))
        for key in self.arrangement.visible_cards():
            if key not in self.cards:
                self.cards[key] = self._card(key)
        figures = [self.figures[key] for key in self.arrangement.visible_figures()]
        cards = [self.cards[key] for key in self.arrangement.visible_cards()]
        self.grid.show_cards(figures, cards)
        self._fill()

    def _card(self, key: str) -> Card:
        card: Card = CARDS[key](self.desk)
        card.asked.connect(lambda drill: open_drill(self.desk, drill))
        card.report_asked.connect(lambda report: ask_report(self.desk, report))
        card.page_asked.connect(lambda page: self.desk.ways.show(page))
        return card

    def _arrange(self) -> None:
        box = ArrangeBox(self.arrangement, self.titles(), self)
        box.changed.connect(self.take_arrangement)
        box.open_under(self.arrange, align_right=True)

    def _remove_sample(self) -> None:
        from crm_desktop.ui.system.sample import ask

        ask(self.desk, self)

    def titles(self) -> dict[str, dict[str, str]]:
        """What the figures and cards are called."""
        figures = {
            "signed": say("Signed this month"),
            "pipeline": say("Open pipeline, weighted"),
            "contact_late": say("Contacts overdue"),
            "new_customers": say("New customers"),
            "won": say("Won this month"),
            "contact_today": say("To contact today"),
            "ending": say("Contracts ending in 30 days"),
        }
        cards = {
            "todo": say("To do"),
            "funnel": say("Sales funnel"),
            "signed": say("Signed by month"),
            "attention": say("Needs attention"),
            "forecast": say("Weighted forecast"),
        }
        return {"figures": figures, "cards": cards}

    def take_arrangement(self, arrangement: Arrangement) -> None:
        """Arrange the cards so, now and at every start."""
        wants_forecast = "forecast" in arrangement.shown_cards - self.arrangement.shown_cards
        self.arrangement = arrangement
        self.desk.remember(SETTING, arrangement.to_remember())
        self._show_arranged()
        if wants_forecast:
            self.refresh()

    # ------------------------------------------------------------ news

    def _somebody_changed(self, change: Change) -> None:
        if change.types() - {"reminder", "saved_view", "schedule"}:
            self._settle.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
