"""The cards of one lane as an item model, and the sentence that stands for a card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.core.words import say
from crm_desktop.ui.records.board_reading import Card, Lane
from crm_desktop.ui.widgets.labels import plain_tip
from crm_desktop.ui.widgets.words import day_text, money_text, relative_day

Index = QModelIndex | QPersistentModelIndex
CARD = int(Qt.ItemDataRole.UserRole)
_NOWHERE = QModelIndex()


class LaneModel(QAbstractListModel):
    """The cards of a stage; after the last one a row that fetches more, when there are more than were read."""

    def __init__(self, lane: Lane, today: date, parent: QObject | None = None):
        super().__init__(parent)
        self.lane, self.today = lane, today
        self.cards: list[Card] = list(lane.cards)
        self.count = lane.count
        self.amount = lane.amount

    @property
    def rest(self) -> int:
        """How many cards are not here yet."""
        return max(0, self.count - len(self.cards))

    def show_lane(self, lane: Lane, today: date) -> bool:
        """Show what was read anew; False when the same cards still stand in the same order."""
        same = [card.id for card in self.cards] == [card.id for card in lane.cards] and bool(self.rest) == (
            lane.count > len(lane.cards)
        )
        if not same:
            self.beginResetModel()
        self.lane, self.today = lane, today
        self.cards, self.count, self.amount = list(lane.cards), lane.count, lane.amount
        if not same:
            self.endResetModel()
        elif self.cards:
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
        return not same

    def take(self, card_id: int) -> Card | None:
        """Remove a card that is being moved; its money goes with it."""
        row = self.row_of(card_id)
        if row < 0:
            return None
        self.beginRemoveRows(_NOWHERE, row, row)
        card = self.cards.pop(row)
        self.count -= 1
        self.amount -= card.amount or Decimal(0)
        self.endRemoveRows()
        return card

    def put(self, card: Card) -> int:
        """Add a card where its day belongs; returns its row."""
        still_open = self.lane.stage.kind == "open"
        card = replace(card, stage=self.lane.stage.id, idle=0, staying=0, late=card.late and still_open)
        card = replace(card, closed=None if still_open else self.today)
        row = self._place(card) if still_open else 0
        self.beginInsertRows(_NOWHERE, row, row)
        self.cards.insert(row, card)
        self.count += 1
        self.amount += card.amount or Decimal(0)
        self.endInsertRows()
        return row

    def _place(self, card: Card) -> int:
        day = card.close or date.min
        return next((row for row, other in enumerate(self.cards) if (other.close or date.min) > day), len(self.cards))

    def row_of(self, card_id: int) -> int:
        """The row of a card; -1 when it is not here."""
        return next((row for row, card in enumerate(self.cards) if card.id == card_id), -1)

    def card(self, index: Index) -> Card | None:
        """The card of a row; None for the row that fetches more."""
        row = index.row()
        return self.cards[row] if index.isValid() and 0 <= row < len(self.cards) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.cards) + bool(self.rest)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        card = self.card(index)
        if role == CARD:
            return card
        if role == Qt.ItemDataRole.DisplayRole:
            return card.name if card else say("%n more", n=self.rest)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(card, self.today) if card else say("%n more", n=self.rest)
        if role == Qt.ItemDataRole.ToolTipRole and card:
            return plain_tip("\n".join(told(card, self.today)))
        return None


def told(card: Card, today: date) -> Iterable[str]:
    """The lines of a card's tooltip: everything it shows, in full."""
    yield card.name
    yield " · ".join(filter(None, (card.customer, card.contact)))
    yield money_text(card.amount) or say("No amount")
    if card.closed:
        yield say("Closed on {day}", day=day_text(card.closed))
        yield say("Owner: {name}", name=card.owner or say("None"))
        return
    yield say("Expected close: {day}", day=relative_day(card.close, today)[0] if card.close else say("None"))
    yield say("Next step: {step}", step=step_text(card, today))
    yield say("In this stage for %n day(s)", n=card.staying)
    if card.idle:
        yield say("No change for %n day(s)", n=card.idle)
    yield say("Owner: {name}", name=card.owner or say("None"))


def spoken(card: Card, today: date) -> str:
    """A card as a screen reader says it."""
    return ", ".join(filter(None, told(card, today)))


def step_text(card: Card, today: date) -> str:
    """The next step with its day, or that there is none."""
    day = relative_day(card.step_on, today)[0] if card.step_on else ""
    return " · ".join(filter(None, (card.step, day))) or say("none yet")
