"""Paints the cards of the opportunity board: title, customer, next step, money, day and owner."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.core.words import say
from crm_desktop.ui.records.board_model import Index, LaneModel
from crm_desktop.ui.records.board_reading import Card
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, metrics, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.words import day_text, money_short, relative_day

HEIGHT = 112  # with the gap below
STEP_LINE = 17
MORE_HEIGHT = 36
GAP = 8
SIDE = 6  # between the lane's edge and its cards


class CardDelegate(QStyledItemDelegate):
    """Draws a card in its lane. Open stages show the next step too (`with_step`)."""

    def __init__(self, parent: QWidget, with_step: bool = True):
        super().__init__(parent)
        self.with_step = with_step
        self.lifted: int | None = None
        """The id of the card that is being dragged: its place in the lane stays, faintly."""

    def card_height(self) -> int:
        """The height of a card with the gap below it."""
        return px(HEIGHT + (STEP_LINE if self.with_step else 0))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        is_card = isinstance(model, LaneModel) and model.card(index) is not None
        return QSize(px(100), self.card_height() if is_card else px(MORE_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, LaneModel):
            return
        card = model.card(index)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        picked = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect.adjusted(px(SIDE), 0, -px(SIDE), -px(GAP))
        if card is None:
            self._paint_more(painter, rect, index, hovered, picked)
        else:
            if card.id == self.lifted:
                painter.setOpacity(0.35)
            self.paint_card(painter, rect, card, model, hovered, picked)
        painter.restore()

    def picture(self, index: Index, width: int, ratio: float) -> QPixmap:
        """A card as a picture, to be carried under the mouse."""
        model = index.model()
        assert isinstance(model, LaneModel)
        card = model.card(index)
        assert card is not None
        size = QSize(width - 2 * px(SIDE), self.card_height() - px(GAP))
        made = QPixmap((size + QSize(0, 2)) * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_card(painter, QRect(0, 0, size.width(), size.height()), card, model, False, True)
        painter.end()
        return made

    def paint_card(self, painter: QPainter, rect: QRect, card: Card, model: LaneModel, hovered: bool, picked: bool) -> None:
        """Draw a card into `rect`."""
        border = "accent" if picked else "border_strong" if hovered else "border"
        painting.card(painter, rect, border)
        if picked:
            painting.focus_ring(painter, rect.adjusted(-1, -1, 1, 1), tokens.CARD_RADIUS)
        inside = rect.adjusted(px(12), px(9), -px(12), -px(9))
        top = inside.y()
        painter.setFont(font("body", tokens.SEMIBOLD))
        painter.setPen(colour("text"))
        painting.elided(painter, QRect(inside.x(), top, inside.width(), px(20)), card.name)
        painter.setFont(font("small"))
        painter.setPen(colour("text2"))
        people = " · ".join(filter(None, (card.customer, card.contact)))
        painting.elided(painter, QRect(inside.x(), top + px(20), inside.width(), px(18)), people)
        top += px(38)
        if self.with_step:
            self._paint_step(painter, QRect(inside.x(), top, inside.width(), px(STEP_LINE)), card, model)
            top += px(STEP_LINE)
        self._paint_money(painter, QRect(inside.x(), top + px(4), inside.width(), px(22)), card)
        self._paint_foot(painter, QRect(inside.x(), inside.bottom() - px(17), inside.width(), px(18)), card, model)

    def _paint_step(self, painter: QPainter, line: QRect, card: Card, model: LaneModel) -> None:
        """The next step and its day; what has none says so."""
        words, tone, icon, shade = card.step, "text2", "arrow-right", "text3"
        day = ""
        if card.step_on:
            day, when = relative_day(card.step_on, model.today)
            if day == day_text(card.step_on) and card.step_on.year == model.today.year:
                day = day[5:]
            words = words or say("Next step")
            tone = when if when == "bad" else tone
        elif not words:
            words, tone, icon, shade = say("No next step"), "warn", "circle-alert", "warn"
        paint_icon(painter, icon, QRect(line.x(), line.center().y() - px(6), px(13), px(13)), "bad" if tone == "bad" else shade)
        text = line.adjusted(px(18), 0, 0, 0)
        painter.setFont(font("small", tokens.REGULAR, True))
        painter.setPen(colour(tone))
        if day:
            wide = metrics("small", tokens.REGULAR, True).horizontalAdvance(day)
            room = text.width() - wide - px(6)
            shown = metrics("small", tokens.REGULAR, True).elidedText(words, Qt.TextElideMode.ElideRight, max(room, px(24)))
            painting.elided(painter, text, f"{shown}  {day}")
        else:
            painting.elided(painter, text, words)

    def _paint_money(self, painter: QPainter, line: QRect, card: Card) -> None:
        painter.setFont(font("amount", tokens.SEMIBOLD, True))
        painter.setPen(colour("text" if card.amount else "text3"))
        amount = money_short(card.amount) if card.amount is not None else painting.LATE_DASH
        painting.elided(painter, line, amount)
        if not card.idle:
            return
        used = metrics("amount", tokens.SEMIBOLD, True).horizontalAdvance(amount)
        words = say("%n day(s) idle", n=card.idle)
        if painting.pill_width(words) > line.width() - used - px(4):
            words = say("{days} d", days=card.idle)
        painting.pill(painter, line.right() + px(3), line.center().y() + 1, words, "warn", height=18, from_right=True)

    def _paint_foot(self, painter: QPainter, line: QRect, card: Card, model: LaneModel) -> None:
        day = card.closed or card.close
        words = day_text(day) if card.closed else relative_day(day, model.today)[0] if day else say("No date")
        shade = "bad" if card.late else "text3"
        middle = line.center().y()
        paint_icon(painter, "calendar-days", QRect(line.x(), middle - px(6), px(13), px(13)), shade)
        painter.setFont(font("small", tokens.REGULAR, True))
        painter.setPen(colour("bad" if card.late else "text2"))
        painting.elided(painter, line.adjusted(px(18), 0, -px(26), 0), words)
        if card.owner:
            size = px(tokens.AVATAR_ROUND)
            badge = QRect(line.right() + 1 - size, middle - size // 2, size, size)
            painting.avatar(painter, badge, card.owner)

    def _paint_more(self, painter: QPainter, rect: QRect, index: Index, hovered: bool, picked: bool) -> None:
        if hovered or picked:
            painting.rounded(painter, rect, "hover", tokens.RADIUS, "accent" if picked else None)
        painter.setFont(font("small", tokens.MEDIUM, True))
        painter.setPen(colour("accent_text"))
        painter.drawText(rect, painting.CENTRE, str(index.data()))


