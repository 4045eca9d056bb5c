"""Shapes every hand-painted view shares: rounded boxes, pills, avatars, elided and marked text.

All functions expect a painter with antialiasing on, and change its pen, brush and font. Sizes are given at
the user's UI size (`theme.px`) unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath

from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.theme import colour, font, metrics, pen, px, tone_text

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
LATE_DASH = "—"  # what an empty cell shows

_ELIDE = Qt.TextElideMode.ElideRight


def rounded(
    painter: QPainter,
    rect: QRect | QRectF,
    fill: str | None,
    radius: float = tokens.RADIUS,
    border: str | None = None,
) -> None:
    """A rounded box; `fill` and `border` are colour tokens, None leaves it out."""
    shape = QRectF(rect)
    if border:
        painter.setPen(pen(border))
        shape = shape.adjusted(0.5, 0.5, -0.5, -0.5)  # a 1 px line is sharp only on half pixels
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(shape, radius, radius)


def flat(painter: QPainter, x: float, y: float, width: float, height: float, fill: str) -> None:
    """A plain box in a token's colour; the first `fillRect` of a program would wake brushes, gradients and images."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(fill))
    painter.drawRect(QRectF(x, y, width, height))


def focus_ring(painter: QPainter, rect: QRect | QRectF, radius: float = 4) -> None:
    """The accent line around what the keyboard is on."""
    painter.setPen(pen("accent", 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius, radius)


def elided(painter: QPainter, rect: QRect | QRectF, text: str, align: Qt.AlignmentFlag = LEFT) -> None:
    """One line of text in the painter's font and pen, ended by … where it does not fit."""
    width = int(rect.width())
    if width > 0:
        painter.drawText(QRectF(rect), align, painter.fontMetrics().elidedText(text, _ELIDE, width))


def dot(painter: QPainter, x: float, y: float, tone: str, radius: float = 3.5) -> None:
    """A small disc around (x, y)."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tone))
    painter.drawEllipse(QPointF(x, y), radius, radius)


def pill_width(text: str, with_dot: bool = False) -> int:
    """How wide `pill` will be."""
    return metrics("small", tokens.MEDIUM).horizontalAdvance(text) + px(22 if with_dot else 14)


def pill(
    painter: QPainter,
    x: float,
    middle: float,
    text: str,
    tone: str = "grey",
    with_dot: bool = False,
    height: float = tokens.PILL,
    from_right: bool = False,
) -> int:
    """A status pill beginning at x (ending there with `from_right`), centred on the line `middle`; returns
    its width."""
    width = pill_width(text, with_dot)
    tall = px(height)
    shape = QRectF(x - width if from_right else x, middle - tall / 2, width, tall)
    rounded(painter, shape, tone + "_bg", tall / 2)
    indent = 0
    if with_dot:
        dot(painter, shape.x() + px(9), middle, tone, px(3))
        indent = px(8)
    painter.setFont(font("small", tokens.MEDIUM))
    painter.setPen(colour(tone_text(tone)))
    painter.drawText(shape.adjusted(indent, 0, 0, 0), CENTRE, text)
    return width


def tone_for(name: str) -> str:
    """A lasting colour for a person or company: the same name always has the same one."""
    return tokens.AVATAR_TONES[sum(map(ord, name)) % len(tokens.AVATAR_TONES)]


# Place names that begin half of all Chinese company names: the letter of the avatar is taken after them.
_PLACES = frozenset(
    (
        "北京 上海 天津 重庆 广州 深圳 东莞 佛山 珠海 惠州 中山 苏州 南京 无锡 常州 南通 扬州 徐州 "
        "杭州 宁波 温州 嘉兴 绍兴 金华 青岛 济南 烟台 潍坊 成都 武汉 长沙 郑州 西安 合肥 福州 厦门 "
        "泉州 南昌 昆明 贵阳 南宁 海口 沈阳 大连 长春 哈尔滨 石家庄 太原 兰州 西宁 银川 乌鲁木齐 "
        "香港 澳门 台北 广东 江苏 浙江 山东 四川 湖北 湖南 河南 河北 福建 安徽 江西 陕西 辽宁 云南 中国"
    ).split()
)


def initial(name: str) -> str:
    """The letter(s) an avatar shows: first character of a Chinese name after the place, two letters of a
    Latin one."""
    bare = name.strip()
    if not bare:
        return "?"
    if bare.isascii():
        words = bare.split()
        return (words[0][:1] + words[1][:1] if len(words) > 1 else bare[:2]).upper()
    for length in (4, 3, 2):
        if len(bare) > length + 1 and bare[:length] in _PLACES:
            rest = bare[length:]
            return rest[1] if rest[0] in "市省" and len(rest) > 1 else rest[0]
    return bare[0]


def thumbnail(size: int, image: QImage | None, painter: QPainter) -> None:
    """A picture in a square with round corners; without one an empty frame."""
    frame = QRectF(0, 0, size, size)
    rounded(painter, frame, "header", 4, "border")
    if image is None:
        return
    shown = QRectF(0, 0, *image.size().scaled(size, size, Qt.AspectRatioMode.KeepAspectRatio).toTuple())
    shown.moveCenter(frame.center())
    corners = QPainterPath()
    corners.addRoundedRect(frame, 4, 4)
    painter.setClipPath(corners)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(shown, image)


def avatar(
    painter: QPainter, rect: QRect | QRectF, name: str, square: bool = False, kind: str = "caption"
) -> None:
    """A coloured badge with a name's initial: round for people, square for companies."""
    tone = tone_for(name)
    rounded(painter, rect, tone + "_bg", rect.height() * 0.24 if square else rect.height() / 2)
    painter.setFont(font(kind, tokens.SEMIBOLD))
    painter.setPen(colour(tone_text(tone)))
    painter.drawText(QRectF(rect), CENTRE, initial(name))


def counter(painter: QPainter, right: float, middle: float, text: str, tone: str = "bad") -> int:
    """A small count badge ending at `right`; returns its width."""
    width = max(px(18), metrics("caption", tokens.SEMIBOLD, True).horizontalAdvance(text) + px(10))
    tall = px(18)
    shape = QRectF(right - width, middle - tall / 2, width, tall)
    rounded(painter, shape, tone + "_bg", tall / 2)
    painter.setFont(font("caption", tokens.SEMIBOLD, True))
    painter.setPen(colour(tone_text(tone)))
    painter.drawText(shape, CENTRE, text)
    return width


def keycap(painter: QPainter, right: float, middle: float, keys: str) -> int:
    """A keyboard shortcut as a badge ending at `right`; returns its width."""
    width = metrics("caption", tokens.MEDIUM).horizontalAdvance(keys) + px(12)
    tall = px(19)
    shape = QRectF(right - width, middle - tall / 2, width, tall)
    rounded(painter, shape, "header", 4, "border")
    painter.setFont(font("caption", tokens.MEDIUM))
    painter.setPen(colour("text2"))
    painter.drawText(shape, CENTRE, keys)
    return width


def progress(painter: QPainter, rect: QRect | QRectF, fraction: float) -> None:
    """A 6 px bar in the middle of `rect`; green when full."""
    tall = px(6)
    bar = QRectF(rect.x(), rect.y() + (rect.height() - tall) / 2, rect.width(), tall)
    rounded(painter, bar, "pressed", tall / 2)
    if fraction > 0:
        bar.setWidth(max(tall, bar.width() * min(fraction, 1.0)))
        rounded(painter, bar, "ok" if fraction >= 1 else "accent", tall / 2)


def marked(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    marks: Sequence[tuple[int, int]],
    weight: int = tokens.MEDIUM,
    kind: str = "body",
    plain: str = "text",
) -> int:
    """One line of text whose `marks` (start, end) stand in the accent colour; returns the width used."""
    measure = metrics(kind, weight)
    shown = measure.elidedText(text, _ELIDE, int(rect.width()))
    painter.setFont(font(kind, weight))
    edges = [0, len(shown)]
    for start, end in marks:
        edges += [min(max(start, 0), len(shown)), min(max(end, 0), len(shown))]
    places = sorted(set(edges))
    left = rect.x()
    for start, end in pairwise(places):
        hit = any(first <= start and end <= last for first, last in marks)
        # Measured from the beginning, so that kerning between the pieces is kept.
        here = left + measure.horizontalAdvance(shown[:start])
        painter.setPen(colour("accent_text" if hit else plain))
        painter.drawText(QRectF(here, rect.y(), rect.width(), rect.height()), LEFT, shown[start:end])
    return measure.horizontalAdvance(shown)


def card(painter: QPainter, rect: QRect | QRectF, border: str = "border", fill: str = "raised") -> None:
    """A raised card with the faint line of a shadow below it."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("shadow", 14))
    painter.drawRoundedRect(QRectF(rect).translated(0, 1), tokens.CARD_RADIUS, tokens.CARD_RADIUS)
    rounded(painter, rect, fill, tokens.CARD_RADIUS, border)
