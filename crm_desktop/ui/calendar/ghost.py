"""What is seen while something is dragged: a small dark label beside the mouse that says when, or why not."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter

from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.tokens import MEDIUM, RADIUS


def paint_label(painter: QPainter, mouse: QPoint, area: QRect, text: str, bad: bool) -> None:
    """The label for the mouse at `mouse`, kept inside `area`; a refusal may take several lines."""
    measure = theme.metrics("small", MEDIUM, True)
    room = min(theme.px(280), area.width() - theme.px(24))
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
    text_rect = measure.boundingRect(QRect(0, 0, room, 1000), int(flags), text)
    box = text_rect.adjusted(0, 0, theme.px(16), theme.px(8))
    box.moveTopLeft(mouse + QPoint(theme.px(14), theme.px(18)))
    box.moveRight(min(box.right(), area.right() - theme.px(4)))
    box.moveBottom(min(box.bottom(), area.bottom() - theme.px(4)))
    painter.setOpacity(1)
    painter.setPen(theme.pen("bad") if bad else Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush("bad_bg" if bad else "snack"))
    painter.drawRoundedRect(box, RADIUS, RADIUS)
    painter.setFont(theme.font("small", MEDIUM, True))
    painter.setPen(theme.colour("bad" if bad else "snack_text"))
    painter.drawText(box.adjusted(theme.px(8), theme.px(4), -theme.px(8), -theme.px(4)), int(flags), text)
