"""A card goes to another stage: asks why when it was lost, saves through the door, offers a contract when it was won."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QWidget

from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.journal import Change
from crm_desktop.core.names import label_of
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.records.board_reading import Card
from crm_desktop.ui.records.editing import editor_for, read
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.field import show_error
from crm_desktop.ui.widgets.labels import ElidedLabel
from crm_desktop.ui.widgets.words import money_short


class LostQuestion(Question):
    """Why was it lost? The reason must be chosen, a note may be added."""

    def __init__(self, desk: Desk, parent: QWidget, name: str):
        super().__init__(parent, say("“{name}” was lost", name=name), say("Mark as lost"))
        fields = desk.records.fields(Opportunity)
        self._fields = {key: fields[key] for key in ("lost_reason", "competitor", "lost_note")}
        self.editors: dict[str, Any] = {}
        for key, field in self._fields.items():
            self.editors[key] = editor_for(desk, field)
            self.form.row(label_of(field), self.editors[key], key == "lost_reason")
        reason = self.editors["lost_reason"]
        reason.changed.connect(lambda: show_error(reason, ""))
        reason.setFocus()

    def answers(self) -> dict[str, Any]:
        """What was filled in; fields left empty stay as they are in the record."""
        given = {key: read(field, self.editors[key]) for key, field in self._fields.items()}
        return {key: value for key, value in given.items() if value}

    def accept(self) -> None:
        """Closes only with a reason."""
        missing = "" if self.answers().get("lost_reason") else say("Choose why the opportunity was lost.")
        show_error(self.editors["lost_reason"], missing)
        if not missing:
            super().accept()


def answers_for(desk: Desk, parent: QWidget, card: Card, stage: Stage) -> dict[str, Any] | None:
    """What has to be said for a move into `stage`; None when the person thinks better of it."""
    if stage.kind != "lost":
        return {}
    question = LostQuestion(desk, parent, card.name)
    given = question.answers() if question.exec() == QDialog.DialogCode.Accepted else None
    question.deleteLater()
    return given


def save_stage(desk: Desk, card: Card, stage: Stage, answers: dict[str, Any]) -> Change:
    """Put the opportunity into the stage. Raises Refused or Invalid with the reason; runs beside the UI thread."""
    record = desk.records.get(Opportunity, card.id, desk.actor)
    record.stage = stage.id
    for name, value in answers.items():
        setattr(record, name, value)
    return desk.records.save(record, desk.actor)


def contract_values(card: Card) -> dict[str, Any]:
    """What a contract takes over from the opportunity that was won."""
    return {
        "customer": card.customer_id,
        "opportunity": card.id,
        "name": say("{opportunity} contract", opportunity=card.name),
        "amount": card.amount,
    }


class WonOffer(QWidget):
    """The green line over the board after a card was won: make a contract from it, or not. What had the focus in it gives it
    back to `board`."""

    def __init__(self, desk: Desk, board: QWidget, parent: QWidget | None = None):
        super().__init__(parent)
        self._desk, self._board = desk, board
        self._card: Card | None = None
        self.words = ElidedLabel()
        self.make = Button(say("Make a contract from it"), "file-text", "normal", self._make)
        self._shut = icon_button("x", say("Close"), self._leave, size=14)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(44), px(12), px(20), px(4))
        row.setSpacing(px(8))
        row.addWidget(self.words, 1)
        row.addWidget(self.make)
        row.addWidget(self._shut)
        theme.changed.connect(self.update)
        self.hide()

    def offer(self, card: Card) -> None:
        """Offer to make the contract of a card."""
        self._card = card
        money = money_short(card.amount) if card.amount is not None else ""
        self.words.setText(" · ".join(filter(None, (say("“{name}” is won", name=card.name), card.customer, money))))
        may = self._desk.records.may(self._desk.actor, Contract, "add")
        self.make.say_why_not("" if may else may.sentence())  # type: ignore[union-attr]
        self.setAccessibleName(self.words.text())
        self.show()

    def withdraw(self, still_open: Iterable[Card]) -> None:
        """Take the offer back when its card is among these."""
        if self._card is not None and any(card.id == self._card.id for card in still_open):
            self._leave()

    def _leave(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._board.setFocus()  # Qt would give it to whatever comes next, be it the sidebar
        self.hide()

    def _make(self) -> None:
        card = self._card
        self._leave()
        if card is not None:
            self._desk.ways.new_record("contract", contract_values(card))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(px(12), px(8), -px(12), 0)
        painting.rounded(painter, box, "ok_bg", tokens.RADIUS)
        icon = box.adjusted(px(12), 0, 0, 0)
        icon.setWidth(px(16))
        paint_icon(painter, "trophy", icon, "ok")
        painter.end()
