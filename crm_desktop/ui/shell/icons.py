"""Lucide icons in the theme's colours: sharp at every scale, recoloured by themselves when the
theme changes."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.places import resources

STROKE = b'stroke-width="1.75"'
SIDES = (b'width="24"', b'height="24"')  # as Lucide writes them, in the first tag


@lru_cache(None)
def _drawing(name: str) -> bytes:
    with open(f"{resources()}/icons/{name}.svg", "rb") as file:
        return file.read().replace(b'stroke-width="2"', STROKE)


@lru_cache(2048)
def _picture(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    drawn, pixels = _drawing(name).replace(b"currentColor", colour.encode()), b"%d" % round(size * ratio)
    for side in SIDES:  # painted in the size it says
        drawn = drawn.replace(side, side.replace(b"24", pixels), 1)
    made = QPixmap()
    made.loadFromData(drawn, "svg")  # by the plugin that paints those of the style sheet
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, colour: str = "text2", size: int = 16, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture; `colour` is a token, `size` in device-independent pixels."""
    return _picture(name, theme.token(colour), size, ratio)


def paint_icon(painter: QPainter, name: str, rect: QRect, colour: str = "text2") -> None:
    """Paint an icon in a token's colour, as large as fits, centred in `rect`."""
    size = min(rect.width(), rect.height())
    # The scale of the device is in its transform; asking for the device itself wakes a hundred Qt types.
    ratio = painter.deviceTransform().m11()
    picture = _picture(name, theme.token(colour), size, ratio)
    left = rect.x() + (rect.width() - size) // 2
    top = rect.y() + (rect.height() - size) // 2
    painter.drawPixmap(left, top, picture)


class _ThemedIcon(QIconEngine):
    """Looks its colour up when painted, so an icon made once follows the theme for ever."""

    def __init__(self, name: str, normal: str, active: str, on: str, off: str) -> None:
        super().__init__()
        self._made_of = (name, normal, active, on, off)

    def clone(self) -> QIconEngine:
        return _ThemedIcon(*self._made_of)

    def _token(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        _name, normal, active, on, off = self._made_of
        if mode == QIcon.Mode.Disabled:
            return off
        if state == QIcon.State.On:
            return on
        return active if mode in (QIcon.Mode.Active, QIcon.Mode.Selected) else normal

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        # A rect wider than tall carries the gap to the text on its right (see Button.set_icon).
        rect = QRect(rect.x(), rect.y(), min(rect.width(), rect.height()), rect.height())
        paint_icon(painter, self._made_of[0], rect, self._token(mode, state))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # Since Qt 6.8 `size` is device independent: without the factor the icon blurs on 2x screens.
        if size.width() == size.height():
            return _picture(self._made_of[0], theme.token(self._token(mode, state)), size.width(), scale)
        made = QPixmap(size * scale)
        made.fill(Qt.GlobalColor.transparent)
        made.setDevicePixelRatio(scale)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return made


def icon(name: str, normal: str = "text2", active: str = "text", on: str = "accent_text", off: str = "text3") -> QIcon:
    """A themed icon by its Lucide name; the tokens colour it at rest, under the mouse, when switched on, and when disabled."""
    return QIcon(_ThemedIcon(name, normal, active, on, off))
