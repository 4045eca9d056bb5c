"""Where the cards lie: figures in a row on top, below them two columns, one where there is little room; scrolls as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.workbench.cards import Card
from crm_desktop.ui.workbench.figure_card import HEIGHT as FIGURE_HEIGHT
from crm_desktop.ui.workbench.figure_card import FigureCard

TWO_COLUMNS = 780  # px of width from which there are two
FIGURE = 148  # px a figure needs at least
SHARES = (4, 5)  # of the width


class CardGrid(QScrollArea):
    """The body of the workbench."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._figures: list[FigureCard] = []
        self._cards: list[Card] = []
        self._form = (0, 0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say("Workbench"))
        body = QWidget()
        body.setObjectName("Body")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(px(16), px(4), px(16), px(16))
        self._column.setSpacing(px(12))
        self._top = QGridLayout()
        self._top.setSpacing(px(12))
        self._columns = QHBoxLayout()
        self._columns.setSpacing(px(12))
        self._column.addLayout(self._top)
        self._column.addLayout(self._columns, 1)
        self.setWidget(body)

    def show_cards(self, figures: Sequence[FigureCard], cards: Sequence[Card]) -> None:
        """Show these, in this order; others are put away."""
        for gone in {*self._figures, *self._cards} - {*figures, *cards}:
            gone.hide()
            gone.setParent(None)
        self._figures, self._cards = list(figures), list(cards)
        self._arrange(force=True)
        for shown in (*self._figures, *self._cards):
            shown.show()
        first = next(iter(self._figures or self._cards), None)
        self.setFocusProxy(first)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def content_changed(self) -> None:
        """The cards show something else: look at the room anew."""
        self._arrange()

    def _arrange(self, force: bool = False) -> None:
        width = self.viewport().width() - px(32)
        fitting = max(1, (width + px(12)) // (px(FIGURE) + px(12)))
        across = min(len(self._figures), fitting) or 1
        rows = -(-len(self._figures) // across)
        across = -(-len(self._figures) // rows) if rows else 1  # 4 figures in two rows are 2 + 2, not 3 + 1
        form = (across, 2 if width >= px(TWO_COLUMNS) and len(self._cards) > 1 else 1)
        if form != self._form or force:
            self._form = form
            self._lay_figures(across)
            self._lay_cards(form[1])
            self._set_tab_order()
        self._fit_cards(rows)

    def _fit_cards(self, rows: int) -> None:
        """Tell the cards that can show more or less how much room there is without scrolling."""
        gap = px(12)
        room = self.viewport().height() - rows * (px(FIGURE_HEIGHT) + gap) - px(20)
        columns = [self._cards_in(number) for number in range(self._columns.count())]
        # A column that has to be scrolled anyway makes room in the other one.
        tallest = max((sum(card.sizeHint().height() + gap for card in column) - gap for column in columns if not any(
            card.fits for card in column)), default=0)  # fmt: skip
        for column in columns:
            for card in column:
                others = sum(other.sizeHint().height() + gap for other in column if other is not card)
                card.fit(max(room, tallest) - others if self._form[1] > 1 else 0)

    def _cards_in(self, number: int) -> list[Card]:
        place = self._columns.itemAt(number)
        column = place.layout() if place is not None else None
        items = [] if column is None else [column.itemAt(row) for row in range(column.count())]
        widgets = [item.widget() for item in items if item is not None]
        return [widget for widget in widgets if isinstance(widget, Card)]

    def _lay_figures(self, across: int) -> None:
        while self._top.count():
            self._top.takeAt(0)
        for column in range(self._top.columnCount()):
            self._top.setColumnStretch(column, 1 if column < across else 0)
        for place, card in enumerate(self._figures):
            self._top.addWidget(card, place // across, place % across)
            self._top.setColumnStretch(place % across, 1)

    def _lay_cards(self, number: int) -> None:
        while self._columns.count():
            taken = self._columns.takeAt(0)
            column = taken.layout() if taken is not None else None
            while column is not None and column.count():
                column.takeAt(0)
            if column is not None:
                column.deleteLater()
        columns: list[QVBoxLayout] = [QVBoxLayout() for _number in range(number)]
        heights = [0] * number
        for card in self._cards:
            place = heights.index(min(heights))
            heights[place] += card.nominal
            columns[place].addWidget(card, 1 if card.grows else 0)
        for place, lane in enumerate(columns):
            lane.setSpacing(px(12))
            self._columns.addLayout(lane, SHARES[place] if number > 1 else 1)
            if not any(card.grows for card in self._cards_in(place)):
                lane.addStretch(1)

    def _set_tab_order(self) -> None:
        order = [*self._figures, *self._cards]
        for before, after in zip(order, order[1:], strict=False):
            QWidget.setTabOrder(before, after)
