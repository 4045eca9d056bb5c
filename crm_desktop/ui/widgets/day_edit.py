"""Editors of a day and of a moment: typed as people write dates, or picked from a month; both can
be empty."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.day_grid import DayPicker, next_monday
from crm_desktop.ui.widgets.editors import LineEditor
from crm_desktop.ui.widgets.field import QuietIcon, set_quiet
from crm_desktop.ui.widgets.words import day_text

_WHOLE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")
_AWAY = re.compile(r"([+-])(\d{1,4})")
_TIME = re.compile(r"(\d{1,2})[:.时点](\d{2})?分?|(\d{2})(\d{2})|(\d{1,2})")

_WORDS: dict[str, int] = {
    "today": 0,
    "今天": 0,
    "今日": 0,
    "tomorrow": 1,
    "明天": 1,
    "明日": 1,
    "yesterday": -1,
    "昨天": -1,
    "后天": 2,
    "後天": 2,
    "前天": -2,
}
_WEEKDAY = re.compile(r"(下|下个|下個)?(?:周|週|星期|礼拜|禮拜)([一二三四五六日天])")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_day(text: str, today: date) -> date | None:
    """The day a text means: 2026-12-01, 12/1, 12月1日, 20261201, +3, 明天, tomorrow, 周五, 下周三, friday. Raises Invalid."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    if not plain:
        return None
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    wrong = Invalid(_("“{value}” is not a date. Write it like 2026-11-30, 11-30, tomorrow or Friday."), value=text.strip()[:40])
    try:
        if hit := _WEEKDAY.fullmatch(plain):
            place = "一二三四五六日".index(hit[2].replace("天", "日"))
            return next_monday(today) + timedelta(days=place) if hit[1] else _next(place, today)
        if plain in _WEEKDAYS:
            return _next(_WEEKDAYS.index(plain), today)
        if hit := _AWAY.fullmatch(plain):
            return today + timedelta(days=int(hit[1] + hit[2]))
        if hit := _WHOLE.fullmatch(plain) or _PACKED.fullmatch(plain):
            return date(int(hit[1]), int(hit[2]), int(hit[3]))
        if hit := _SHORT.fullmatch(plain):
            return _nearest(int(hit[1]), int(hit[2]), today)
    except (ValueError, OverflowError):
        raise wrong from None
    raise wrong


def _next(weekday: int, today: date) -> date:
    """The first such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _nearest(month: int, day: int, today: date) -> date:
    """The day of this year, or of the one before or after where that is less far away: 1-5 typed in December is next January."""
    years = (today.year + step for step in (0, -1, 1) if 1 <= today.year + step <= 9999)
    return min((date(year, month, day) for year in years if day <= monthrange(year, month)[1]), key=lambda one: abs(one - today))


def read_time(text: str) -> time | None:
    """The time of day a text means: 9:30, 0930, 9点30分, 14. Raises Invalid."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    hit = _TIME.fullmatch(plain)
    if hit:
        hours = hit[1] or hit[3] or hit[5]
        minutes = hit[2] or hit[4] or "0"
        if int(hours) < 24 and int(minutes) < 60:
            return time(int(hours), int(minutes))
    raise Invalid(_("“{value}” is not a time of day. Write it like 09:30."), value=text.strip()[:40])


class DayEdit(LineEditor):
    """A day or nothing. Up and Down move by a day, Alt+Down (or the icon) unfolds the month."""

    def __init__(self, parent: QWidget | None = None, today: Callable[[], date] = date.today) -> None:
        super().__init__(parent)
        self.today = today
        self.setPlaceholderText("—")
        self.setMaxLength(40)
        unfold = self.addAction(
            icon("calendar-days", "text3", "text2"), QLineEdit.ActionPosition.TrailingPosition
        )
        unfold.setText(say(_("Choose a day")))  # the name a screen reader says
        unfold.triggered.connect(self.unfold)
        QuietIcon(self, unfold)
        self._picker: DayPicker | None = None

    def read(self, text: str) -> date | None:
        return read_day(text, self.today())

    def shown(self, value: date | None) -> str:
        return day_text(value)

    def unfold(self) -> None:
        """Show the month under the editor."""
        if self._picker is None:
            self._picker = DayPicker(self, self.today)
            self._picker.picked.connect(self._picked)
        self._picker.open_at(self, self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.unfold()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.isReadOnly():
            day = self.value() or self.today()
            self.setText(self.shown(day + timedelta(days=1 if key == Qt.Key.Key_Up else -1)))
            self.changed.emit()
        else:
            super().keyPressEvent(event)

    def _picked(self, day: date | None) -> None:
        self.setText(self.shown(day))
        self.changed.emit()
        self.leave()
        self.setFocus()


class _TimeEdit(LineEditor):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(8)
        self.setFixedWidth(px(72))

    def read(self, text: str) -> time | None:
        return read_time(text)

    def shown(self, value: time | None) -> str:
        return f"{value:%H:%M}" if value is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.isReadOnly():
            now = self.value() or time(9, 0)
            step = 15 if event.key() == Qt.Key.Key_Up else -15
            minutes = (now.hour * 60 + now.minute + step) % (24 * 60)
            self.setText(f"{minutes // 60:02d}:{minutes % 60:02d}")
            self.changed.emit()
        else:
            super().keyPressEvent(event)


class MomentEdit(QWidget):
    """A local day with a time of day, or nothing; a day without a time begins at 09:00."""

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None, today: Callable[[], date] = date.today) -> None:
        super().__init__(parent)
        self._kept: datetime | None = None
        self.day = DayEdit(self, today)
        self.time = _TimeEdit(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        row.addWidget(self.day, 1)
        row.addWidget(self.time)
        self.setFocusProxy(self.day)
        self.time.setAccessibleName(say(_("Time of day")))
        for part in (self.day, self.time):
            part.changed.connect(self.changed)
            part.committed.connect(self.leave)
        self.day.textChanged.connect(self._offer_time)

    def _offer_time(self, day: str) -> None:
        """A day without a time begins at nine: said as soon as there is a day."""
        self.time.setPlaceholderText("09:00" if day.strip() else "")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.day.setAccessibleName(name)
        self.time.setAccessibleName(f"{name}, {say(_('Time of day'))}")

    def set_quiet(self, quiet: bool) -> None:
        """Let both parts look like text."""
        set_quiet(self.day, quiet)
        set_quiet(self.time, quiet)

    def value(self) -> datetime | None:
        """The local moment, None when the day is empty."""
        day = self.day.value()
        return datetime.combine(day, self.time.value() or time(9, 0)) if day else None

    def set_value(self, value: datetime | None) -> None:
        """Show a local moment without committing it."""
        self._kept = value
        self.day.set_value(value.date() if value else None)
        self.time.set_value(value.time() if value else None)

    def problem(self) -> str:
        """Why it cannot be read, or nothing."""
        return self.day.problem() or self.time.problem()

    def leave(self) -> None:
        """Take both parts over."""
        value = self.value()
        if self.problem() or value == self._kept:
            return
        self._kept = value
        self.time.set_value(value.time() if value else None)
        self.committed.emit()
