"""Paints the cells of every list: one delegate that knows all kinds of column and builds nothing twice.

Texts are laid out once (QStaticText), pills and avatars drawn once (pixmaps) and then only copied, which
repaints a full screen faster than Qt's own delegate does with a C++ model.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPixmap, QStaticText, QTransform
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.icons import pixmap
from crm_desktop.ui.shell.theme import colour, font, metrics, px, tone_text
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.columns import LOADING, Column, share
from crm_desktop.ui.widgets.labels import plain_tip
from crm_desktop.ui.widgets.painting import LATE_DASH, RIGHT
from crm_desktop.ui.widgets.words import relative_day

if TYPE_CHECKING:
    from crm_desktop.ui.widgets.table import Table

PADDING = 12  # on both sides of a cell's content
_KEPT = 8192  # laid-out texts and small pictures remembered
_LONGEST = 400  # characters of a value that can ever be seen in one line

_Style = tuple[str, int, bool]
_BODY: _Style = ("body", tokens.REGULAR, True)
_STRONG: _Style = ("body", tokens.MEDIUM, True)
_SMALL: _Style = ("small", tokens.REGULAR, True)
_PLAIN_TEXT = Qt.TextFormat.PlainText
_FAST = QStaticText.PerformanceHint.AggressiveCaching
_ELIDE = Qt.TextElideMode.ElideRight

Placed = tuple[QStaticText, int, int]  # the text, its width and its height


class CellDelegate(QStyledItemDelegate):
    """Draws one cell from its raw value. `Table` calls `paint_cell` itself; Qt calls `paint` for drag
    pictures."""

    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self._table = table
        self._texts: dict[tuple[str, _Style, int], Placed] = {}
        self._pictures: dict[tuple[Any, ...], QPixmap] = {}
        self._days: dict[Any, tuple[str, str]] = {}
        self._ratio = 1.0
        self.today: date = date.today()
        self._painters: dict[str, Callable[[QPainter, Column, Any, int, int, int, int], None]] = {
            "text": self._text,
            "name": self._name,
            "person": self._person,
            "pictured": self._pictured,
            "title": self._title,
            "level": self._level,
            "pill": self._pill,
            "due": self._due,
            "owner": self._owner,
            "money": self._money,
            "number": self._text,
            "percent": self._text,
            "date": self._muted,
            "moment": self._muted,
            "muted": self._muted,
            "progress": self._progress,
            "check": self._check,
            "star": self._star,
            "link": self._link,
            "tags": self._tags,
        }
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Drop what was laid out and drawn: the theme, the day or the screen is another one."""
        self._texts.clear()
        self._pictures.clear()
        self._days.clear()

    def begin(self, ratio: float, today: date) -> None:
        """Told before every repaint: pictures are drawn for one pixel ratio, relative words for one day."""
        if ratio != self._ratio or today != self.today:
            self.forget()
            self._ratio = ratio
            self.today = today

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model: Any = index.model()
        rect = option.rect
        column = model.columns[index.column()]
        value = model.cell(index.row(), index.column())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_cell(painter, column, value, rect.x(), rect.y(), rect.width(), rect.height())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        model: Any = index.model()
        value = model.cell(index.row(), index.column())
        column = model.columns[index.column()]
        return QSize(self.wanted_width(column, value), self._table.verticalHeader().defaultSectionSize())

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show the whole of a text that is cut."""
        whole = plain_tip(self._table.cut_text_at(event.pos()))
        QToolTip.showText(event.globalPos(), whole, self._table.viewport())
        return True

    def wanted_width(self, column: Column, value: Any) -> int:
        """How wide a cell would like to be, in pixels."""
        words = column.text(value, self.today)
        extra = {"name": 32, "person": 32, "pictured": 38, "owner": 28, "pill": 22, "level": 14, "tags": 14, "progress": 110}.get(
            column.kind, 0
        )
        return (
            metrics("body", tokens.MEDIUM, True).horizontalAdvance(words[:_LONGEST])
            + px(extra + 2 * PADDING)
            + 1
        )

    # ------------------------------------------------------------ one cell

    def paint_cell(
        self, painter: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int
    ) -> None:
        """Draw a raw value into the cell at x, y of size w × h; the row's background is already there."""
        pad = px(PADDING)
        x += pad
        w -= 2 * pad
        if w <= 0:
            return
        if value is LOADING:
            painting.flat(painter, x, y + h // 2 - 4, min(w, px(72)), 8, "grid")
        elif (value is None or value == "") and column.kind not in ("check", "star"):
            self._put(painter, LATE_DASH, _BODY, "text3", x, y, w, h, column.align == RIGHT)
        else:
            self._painters[column.kind](painter, column, value, x, y, w, h)

    def _placed(self, words: str, style: _Style, width: int) -> Placed:
        key = (words, style, width)
        known = self._texts.get(key)
        if known is None:
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            line = words[:_LONGEST]
            if "\n" in line or "\r" in line or "\t" in line:
                line = " ".join(line.split())
            text = QStaticText(metrics(*style).elidedText(line, _ELIDE, width))
            text.setTextFormat(_PLAIN_TEXT)
            text.setPerformanceHint(_FAST)
            text.prepare(QTransform(), font(*style))
            size = text.size()
            known = self._texts[key] = (text, round(size.width()), round(size.height()))
        return known

    def _put(
        self,
        p: QPainter,
        words: str,
        style: _Style,
        token: str,
        x: int,
        y: int,
        w: int,
        h: int,
        right: bool = False,
    ) -> None:
        text, wide, tall = self._placed(words, style, w)
        p.setFont(font(*style))
        p.setPen(colour(token))
        p.drawStaticText(x + w - wide if right else x, y + (h - tall) // 2, text)

    def _drawn(
        self, key: tuple[Any, ...], width: int, height: int, draw: Callable[[QPainter], None]
    ) -> QPixmap:
        known = self._pictures.get(key)
        if known is None:
            if len(self._pictures) >= _KEPT:
                self._pictures.clear()
            known = QPixmap(QSize(width, height) * self._ratio)
            known.setDevicePixelRatio(self._ratio)
            known.fill(Qt.GlobalColor.transparent)
            painter = QPainter(known)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter)
            painter.end()
            self._pictures[key] = known
        return known

    # ------------------------------------------------------------ the kinds

    def _text(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        words = value if column.show is None and type(value) is str else column.text(value, self.today)
        self._put(p, words, _BODY, "text", x, y, w, h, column.align == RIGHT)

    def _muted(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        words = value if column.show is None and type(value) is str else column.text(value, self.today)
        self._put(p, words, _BODY, "text2", x, y, w, h, column.align == RIGHT)

    def _money(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        self._put(p, column.text(value, self.today), _STRONG, "text", x, y, w, h, column.align == RIGHT)

    def _link(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        self._put(p, column.text(value, self.today), _BODY, "accent_text", x, y, w, h)

    def _title(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        words = value if column.show is None and type(value) is str else column.text(value, self.today)
        self._put(p, words, _STRONG, "text", x, y, w, h)

    def _name(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        self._with_avatar(p, column, value, x, y, w, h, True)

    def _person(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        self._with_avatar(p, column, value, x, y, w, h, False)

    def _with_avatar(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int, square: bool) -> None:
        words = value if column.show is None and type(value) is str else column.text(value, self.today)
        size = px(tokens.AVATAR)
        p.drawPixmap(x, y + (h - size) // 2, self._avatar(words, size, square))
        gap = px(10) + size
        self._put(p, words, _STRONG, "text", x + gap, y, w - gap, h)

    def _pictured(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        size, image = min(px(tokens.THUMBNAIL), h - 4), getattr(value, "picture", None)
        key = ("picture", image.cacheKey() if image is not None else 0, size)
        p.drawPixmap(x, y + (h - size) // 2, self._drawn(key, size, size, partial(painting.thumbnail, size, image)))
        gap = px(10) + size
        self._put(p, str(value), _STRONG, "text", x + gap, y, w - gap, h)

    def _owner(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        words = value if column.show is None and type(value) is str else column.text(value, self.today)
        size = px(tokens.AVATAR_ROUND)
        p.drawPixmap(x, y + (h - size) // 2, self._avatar(words, size, False))
        gap = px(8) + size
        self._put(p, words, _BODY, "text", x + gap, y, w - gap, h)

    def _avatar(self, name: str, size: int, square: bool) -> QPixmap:
        key = ("avatar", name, size, square)
        known = self._pictures.get(key)
        if known is not None:
            return known
        rect = QRectF(0, 0, size, size)
        return self._drawn(key, size, size, lambda painter: painting.avatar(painter, rect, name, square))

    def _pill(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        self._put_pill(p, column.text(value, self.today), column.tones.get(value, "grey"), True, x, y, w, h)

    def _put_pill(
        self, p: QPainter, words: str, tone: str, dotted: bool, x: int, y: int, w: int, h: int
    ) -> int:
        tall = px(tokens.PILL)
        key = ("pill", words, tone, dotted, w)
        picture = self._pictures.get(key)
        if picture is None:
            room = w + px(6) - px(22 if dotted else 14)  # a pill may reach into the padding
            shown = metrics("small", tokens.MEDIUM).elidedText(words[:_LONGEST], _ELIDE, max(0, room))
            wide = painting.pill_width(shown, dotted)
            picture = self._drawn(key, wide, tall, partial(_draw_pill, tall, shown, tone, dotted))
        p.drawPixmap(x, y + (h - tall) // 2, picture)
        return round(picture.deviceIndependentSize().width())

    def _level(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        words = column.text(value, self.today)
        tone = column.tones.get(value, "grey")
        tall = px(tokens.PILL)
        key = ("level", words, tone)
        picture = self._pictures.get(key)
        if picture is None:
            wide = max(px(22), metrics("small", tokens.SEMIBOLD).horizontalAdvance(words) + px(12))
            picture = self._drawn(key, wide, tall, partial(_draw_level, wide, tall, words, tone))
        p.drawPixmap(x, y + (h - tall) // 2, picture)

    def _due(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        if isinstance(value, str):     # the day of something settled: never late
            self._muted(p, column, value, x, y, w, h)
            return
        told = self._days.get(value)
        if told is None:
            told = self._days[value] = relative_day(value, self.today)
        words, tone = told
        self._put(p, words, _BODY if tone == "text" else _STRONG, tone, x, y, w, h)

    def _progress(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        part = share(value)
        bar = w - px(44)
        if bar > 0:
            painting.progress(p, QRectF(x, y, bar, h), part)
        self._put(p, f"{part:.0%}", _SMALL, "text2", x, y, w, h, True)

    def _check(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        size = px(tokens.ICON)
        picture = pixmap(
            "square-check" if value else "square", "accent" if value else "text3", size, self._ratio
        )
        p.drawPixmap(x, y + (h - size) // 2, picture)

    def _star(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        size = px(tokens.ICON)
        picture = pixmap("star", "warn" if value else "border_strong", size, self._ratio)
        p.drawPixmap(x, y + (h - size) // 2, picture)

    def _tags(self, p: QPainter, column: Column, value: Any, x: int, y: int, w: int, h: int) -> None:
        left = x
        for place, tag in enumerate(value):
            words, tone = (tag, "grey") if isinstance(tag, str) else tag
            words = column.labels.get(words, words)
            room = x + w - left
            if room < px(36):
                self._put(p, f"+{len(value) - place}", _SMALL, "text2", left, y, room, h)
                return
            left += self._put_pill(p, words, column.tones.get(tag, tone), False, left, y, room, h) + px(4)


def _draw_pill(height: int, words: str, tone: str, dotted: bool, painter: QPainter) -> None:
    painting.pill(painter, 0, height / 2, words, tone, dotted)


def _draw_level(width: int, height: int, words: str, tone: str, painter: QPainter) -> None:
    shape = QRectF(0, 0, width, height)
    painting.rounded(painter, shape, tone + "_bg", 5)
    painter.setFont(font("small", tokens.SEMIBOLD))
    painter.setPen(colour(tone_text(tone)))
    painter.drawText(shape, painting.CENTRE, words)
