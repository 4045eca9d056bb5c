"""The page of opportunities: a board with a lane for every stage, or the list of them; totals stand in the header."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.access import Why
from crm_desktop.core.journal import Change
from crm_desktop.core.views import View
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing.drops import FileDrops
from crm_desktop.ui.records.board_acts import CardActs
from crm_desktop.ui.records.board_filters import BoardFilters
from crm_desktop.ui.records.board_lanes import Board
from crm_desktop.ui.records.board_moving import WonOffer, answers_for, save_stage
from crm_desktop.ui.records.board_reading import CAP, BoardContent, Card, Question, read_board
from crm_desktop.ui.records.list_page import ListPage
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.busy import BusyLine
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import line
from crm_desktop.ui.widgets.segment import Segment
from crm_desktop.ui.widgets.words import money_short

SETTLE = 120  # ms of quiet before the board is read anew
SETTING = "board"
ROOMY = 520  # px of width from which the header's buttons have words
SHOWN_TYPES = {"opportunity", "stage", "customer", "contact", "employee"}


class OpportunityPage(QWidget):
    """Opportunities as a board or a list. `chosen(id)` when another card or row becomes current, `opened(id)` by Enter or a
    double click, `list_made(page)` when the list is shown first. `show_filter(view)` shows a list of exactly the records of a
    view."""

    chosen = Signal(object)
    opened = Signal(object)
    list_made = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.question = Question()
        self.list: ListPage | None = None
        self._writing = 0
        self._followed: int | None = None
        self._moved: int | None = None
        self.acts = CardActs(desk, self)
        self.new = Button(say("New opportunity"), "plus", "primary", self.begin_new, Keys("Ctrl+N", "opportunity.new"))
        self.export = Button(say("Export"), "download", run=self.acts.export, shortcut=Keys("Ctrl+E", "card.export"))
        self.segment = Segment([("board", say("Board"), "kanban"), ("list", say("List"), "list")], say("Board or list"))
        self.header = ViewHeader(say("Opportunities"), "", [self.segment, self.export, self.new])
        self.filters = BoardFilters(desk)
        self.filter = self.filters.filter
        self.board = Board(desk)
        self.won = WonOffer(desk, self.board)
        self.empty = Empty("kanban", "", "", say("New opportunity"), self.begin_new)
        self.lanes_or_empty = QStackedWidget()
        self.stack = QStackedWidget()
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        for button in self.segment.findChildren(Button):
            button.setToolTip(button.accessibleName())
        self._lay_out()
        self._busy = BusyLine(self.lanes_or_empty)
        self._connect()
        self._recall()
        self.refresh()

    def _lay_out(self) -> None:
        self.lanes_or_empty.addWidget(self.board)
        self.lanes_or_empty.addWidget(self.empty)
        whole = QWidget()
        inner = QVBoxLayout(whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        for part in (self.filters, line(), self.won, self.lanes_or_empty):
            inner.addWidget(part)
        inner.setStretch(3, 1)
        self.stack.addWidget(whole)
        self.stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        self.setMinimumWidth(px(360))
        self.setFocusProxy(self.board)
        FileDrops(self.desk, Opportunity.key(), self)

    def _connect(self) -> None:
        self.segment.changed.connect(self.show_as)
        self.filters.changed.connect(self._ask)
        self.filters.left_down.connect(self.board.enter)
        self.board.chosen.connect(self._chosen)
        self.board.opened.connect(self.opened)
        self.board.dropped.connect(self.move_card)
        self.board.more_asked.connect(self._read_more)
        self.board.menu_asked.connect(self.acts.open_menu)
        self.board.ends_asked.connect(self.acts.open_ends)
        self._settle.timeout.connect(self.refresh)
        self.desk.changed.connect(self._somebody_changed)
        self.desk.rights_changed.connect(self._say_what_is_refused)
        self._say_what_is_refused()

    def _chosen(self, record_id: int) -> None:
        self._followed = None  # another card than the one that was waited for
        self.chosen.emit(record_id)

    def _say_what_is_refused(self) -> None:
        self.new.say_why_not(self.desk.why_not(Opportunity, "add"))
        self.export.say_why_not(self.desk.why_not(Opportunity, "take_out"))

    # ------------------------------------------------------------ board or list

    def show_as(self, which: str) -> None:
        """Show the board or the list."""
        if which == "list" and self.list is None:
            self.list = ListPage(self.desk, Opportunity, header=False)
            self.list.chosen.connect(self.chosen)
            self.list.opened.connect(self.opened)
            self.stack.addWidget(self.list)
            self.list_made.emit(self.list)
        shown: QWidget = self.list if which == "list" and self.list is not None else self.board
        self.stack.setCurrentIndex(1 if which == "list" else 0)
        self.setFocusProxy(shown)
        shown.setFocus()
        self._remember()

    def turn(self) -> None:
        """From the board to the list, or back."""
        self.segment.set_value("list" if self.segment.value() == "board" else "board")

    def show_filter(self, view: View) -> None:
        """Show the list of exactly what a figure counts."""
        self.segment.set_value("list")
        if self.list is not None:
            self.list.show_filter(view)

    def _recall(self) -> None:
        stored = self.desk.setting(SETTING)
        stored = stored if isinstance(stored, dict) else {}
        self.filters.recall(stored)
        self.question = self.filters.question(self.question)
        if stored.get("as") == "list":
            self.segment.set_value("list")

    def _remember(self) -> None:
        self.desk.remember(SETTING, {"as": self.segment.value(), **self.filters.to_remember()})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Between docks there may be 360 px: the name of the view matters more than the words on the buttons.
        roomy = event.size().width() >= px(ROOMY)
        for button in self.segment.findChildren(Button):
            button.setText(button.accessibleName() if roomy else "")
        self.header.fit()

    # ------------------------------------------------------------ reading

    def _ask(self) -> None:
        """Other filters: the lanes begin anew."""
        self.question = replace(self.filters.question(self.question), more={})
        self._remember()
        self.refresh()

    def refresh(self) -> None:
        """Read the board anew; what is on it stays until the answer is here."""
        records, actor, question = self.desk.records, self.desk.actor, self.question
        self._busy.start()
        self.desk.read(lambda: read_board(records, actor, question), self._show, key=f"board-{id(self)}", failed=self._not_read)

    def _show(self, content: BoardContent) -> None:
        self._busy.stop()
        if self._writing:
            return  # read before the move was written; the next answer is right
        self.board.show_content(content)
        self.won.withdraw(card for lane in content.lanes if lane.stage.kind != "won" for card in lane.cards)
        figures = (money_short(content.open_amount), money_short(content.weighted))
        self.header.set_summary(say("Open {amount}  ·  Weighted {weighted}", amount=figures[0], weighted=figures[1]))
        self._say_empty(content)
        self.filters.show_pipelines()
        self._follow()

    def _follow(self) -> None:
        """Pick what was asked for, else the card moved last when it comes back to an empty-handed board (by Ctrl+Z)."""
        wanted = self._followed if self._followed is not None else None if self.board.current_card() else self._moved
        if wanted is not None and self.board.pick(wanted):
            focus = QApplication.focusWidget()
            if focus is None or self.isAncestorOf(focus):
                self.board.enter()
            self.board.bring_into_sight()
        self._followed = None

    def focus_filter(self) -> None:
        """Put the cursor into the filter box of the board or of the list, whichever is shown."""
        (self.list.filter if self.list is not None and self.segment.value() == "list" else self.filter).setFocus()

    def _not_read(self, error: Exception) -> None:
        self._busy.stop()
        self.desk.problem(error)

    def _say_empty(self, content: BoardContent) -> None:
        refused = self.desk.why_not(Opportunity, "add")
        if self.empty.button is not None:
            self.empty.button.setVisible(not refused)
        if self.question.narrowed:
            self.empty.say(say("Nothing matches"), say("Change the filter, or add what is missing."))
        else:
            first = say("Add the first one: a customer, an amount and the next step are enough.")
            self.empty.say(say("No opportunities yet"), refused or first)
        self.lanes_or_empty.setCurrentIndex(1 if content.empty else 0)

    def _read_more(self, stage_id: int) -> None:
        more = dict(self.question.more)
        more[stage_id] = more.get(stage_id, CAP) + CAP
        self.question = replace(self.question, more=more)
        self.refresh()

    def _somebody_changed(self, change: Change) -> None:
        if change.types() & SHOWN_TYPES:
            self._settle.start()

    # ------------------------------------------------------------ moving

    def move_card(self, card: Card, stage: Stage) -> None:
        """Put a card into another stage. It moves at once; if the door refuses, it goes back and the reason is told."""
        if stage.kind == "lost":
            # After the mouse's own event is over: the question has an event loop of its own.
            QTimer.singleShot(0, self, lambda: self._move(card, stage))
        else:
            self._move(card, stage)

    def _move(self, card: Card, stage: Stage) -> None:
        answers = answers_for(self.desk, self, card, stage)
        if answers is None:
            self.board.setFocus()
            return
        self.board.show_moved(card, stage)
        self.won.withdraw([card])
        self._writing += 1
        label = self.desk.records.names.title("stage", stage.id)

        def kept(_change: Change) -> None:
            self._moved = card.id
            self._written()
            if stage.kind == "won":
                self.won.offer(replace(card, stage=stage.id))

        self.desk.write(
            lambda: save_stage(self.desk, card, stage, answers),
            kept,
            say("“{name}” moved to “{stage}”", name=card.name, stage=label),
            lambda error: self._refused(card, error),
        )

    def _written(self) -> None:
        self._writing -= 1
        self._settle.start()

    def _refused(self, card: Card, error: Exception) -> None:
        self._writing -= 1
        self._followed = card.id
        self.desk.problem(error)
        self.refresh()

    # ------------------------------------------------------------ what the window asks

    def begin_new(self) -> None:
        """Ask for a new opportunity."""
        self.create_in({})

    def create_in(self, values: dict[str, Any]) -> None:
        """Ask for a new opportunity that begins with these values."""
        may = self.desk.records.may(self.desk.actor, Opportunity, "add")
        if isinstance(may, Why):
            self.desk.ways.tell(may.sentence())
        else:
            self.desk.ways.new_record("opportunity", values)

    def current_id(self) -> int | None:
        """The id of the card or row that is current."""
        if self.list is not None and self.segment.value() == "list":
            return self.list.current_id()
        card = self.board.current_card()
        return card.id if card else None

    def want(self, record_id: int) -> None:
        """Make a record's card or row current: it was just made or opened elsewhere."""
        if self.list is not None and self.segment.value() == "list":
            self.list.want(record_id)
        elif self.board.pick(record_id):
            self.board.bring_into_sight()
        else:
            self._followed = record_id
