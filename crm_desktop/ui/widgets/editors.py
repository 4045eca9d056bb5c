"""Editors of one value. All speak alike: `value()`, `set_value(v)`, `committed` when the user left with
another value.

Every class can be made with a parent alone, so that Designer files can name it. A text that cannot be read
stays where it is, with the reason below it, and is not committed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStyle,
    QStyleOptionFrame,
    QWidget,
)

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.words import _
from crm_desktop.ui.shell.theme import metrics, px
from crm_desktop.ui.widgets.field import show_error
from crm_desktop.ui.widgets.spelling import Spelling


class LineEditor(QLineEdit):
    """Base of the one-line editors: subclasses turn text into a value (`read`) and back (`shown`)."""

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: Any = None
        self._good = True
        self.editingFinished.connect(self.leave)
        self.textEdited.connect(self._typed)

    def read(self, text: str) -> Any:
        """The value a text means. Raises Invalid with the sentence to show."""
        return text.strip()

    def shown(self, value: Any) -> str:
        """The text that stands for a value."""
        return "" if value is None else str(value)

    def value(self) -> Any:
        """The value as it stands in the editor; the last good one while the text cannot be read."""
        try:
            return self.read(self.text())
        except Trouble:
            return self._kept

    def set_value(self, value: Any) -> None:
        """Show a value without committing it."""
        self._kept = value
        self.setText(self.shown(value))
        self.setCursorPosition(0)
        self._say_wrong("")

    def problem(self) -> str:
        """Why the text cannot be read, or nothing."""
        try:
            self.read(self.text())
        except Trouble as trouble:
            return trouble.sentence()
        return ""

    def leave(self) -> None:
        """Take the text over, as when the focus leaves."""
        try:
            value = self.read(self.text())
        except Trouble as trouble:
            self._say_wrong(trouble.sentence())
            return
        self._say_wrong("")
        if self.text() != self.shown(value):
            self.setText(self.shown(value))
            self.setCursorPosition(0)
        if value != self._kept:
            self._kept = value
            self.committed.emit()

    def keep_typed(self) -> None:
        """What is typed counts as it stands: Esc does not take it back."""
        self._kept = self.value()

    def not_kept(self, before: Any) -> None:
        """What was committed could not be saved: leaving the editor again tries once more, Esc goes back to `before`."""
        self._kept = before

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self.shown(self._kept):
            self.set_value(self._kept)  # Esc gives up what was typed, a second one goes on to the view
            self.selectAll()
            return
        super().keyPressEvent(event)

    def _typed(self) -> None:
        if not self._good:
            self._say_wrong(self.problem())
        self.changed.emit()

    def _say_wrong(self, sentence: str) -> None:
        if sentence or not self._good:
            show_error(self, sentence)
        self._good = not sentence


class TextEdit(LineEditor):
    """A line of text; what has no room ends with … while the cursor is elsewhere."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).adjusted(2, 0, -2, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask), shown)
        painter.end()


class NumberEdit(LineEditor):
    """A number, typed as people do: thousands separators, full-width digits, 1.5万, 20k."""

    def __init__(
        self,
        parent: QWidget | None = None,
        decimals: int = 0,
        least: Decimal | None = None,
        most: Decimal | None = None,
    ) -> None:
        super().__init__(parent)
        self.decimals = decimals
        self.least = least
        self.most = most
        self.setMaxLength(40)

    def read(self, text: str) -> Decimal | None:
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            return None
        factor = Decimal(1)
        for ending, times in _TIMES.items():
            if plain.lower().endswith(ending):
                plain, factor = plain[: -len(ending)], Decimal(times)
                break
        plain = "".join(sign for sign in plain if sign not in ", ¥$€£\u00a0_")
        try:
            number = Decimal(plain) * factor
            number = number.quantize(Decimal(1).scaleb(-self.decimals))
        except InvalidOperation:
            raise Invalid(_("“{value}” is not a number."), value=text.strip()[:40]) from None
        if not number.is_finite():
            raise Invalid(_("“{value}” is not a number."), value=text.strip()[:40])
        if self.least is not None and number < self.least:
            raise Invalid(_("This must be at least {least}."), least=f"{self.least:,}")
        if self.most is not None and number > self.most:
            raise Invalid(_("This must be at most {most}."), most=f"{self.most:,}")
        return number

    def shown(self, value: Decimal | float | None) -> str:
        return "" if value is None else f"{value:,.{self.decimals}f}"


class PercentEdit(NumberEdit):
    """A whole percentage; the sign may be typed or left out."""

    def read(self, text: str) -> Decimal | None:
        return super().read(unicodedata.normalize("NFKC", text).strip().removesuffix("%"))

    def shown(self, value: Decimal | float | None) -> str:
        return "" if value is None else f"{value:,.0f} %"


_TIMES = {
    "亿": 100_000_000,
    "億": 100_000_000,
    "万": 10_000,
    "萬": 10_000,
    "w": 10_000,
    "k": 1_000,
    "m": 1_000_000,
}


class MoneyEdit(NumberEdit):
    """An amount with its currency sign; `currency` changes the sign only."""

    def __init__(self, parent: QWidget | None = None, currency: str = "¥", decimals: int = 2) -> None:
        super().__init__(parent, decimals)
        self.currency = currency
        self.setPlaceholderText(f"{currency} 0")

    def shown(self, value: Decimal | float | None) -> str:
        if value is None:
            return ""
        places = self.decimals if value != int(value) else 0
        return f"{self.currency} {value:,.{places}f}"

    def read(self, text: str) -> Decimal | None:
        return super().read(text.replace(self.currency, ""))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


_MOST_LINES = 12
_LEAST = 40  # px, as the style sheet has it


class LongEdit(QPlainTextEdit):
    """Text of several lines that grows with its content up to twelve lines; Ctrl+Enter leaves it."""

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None, lines: int = 3) -> None:
        super().__init__(parent)
        self._kept = ""
        self._lines = lines
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._grow)
        self.textChanged.connect(self.changed)
        self._grow()

    def value(self) -> str:
        """The text without blanks at its ends."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text without committing it."""
        self._kept = value or ""
        self.blockSignals(True)
        self.setPlainText(self._kept)
        self.blockSignals(False)
        self._grow()

    def problem(self) -> str:
        """A long text is never wrong."""
        return ""

    def leave(self) -> None:
        """Take the text over, as when the focus leaves."""
        if self.value() != self._kept:
            self._kept = self.value()
            self.committed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CTRL:
            self.leave()
            return
        if event.key() == Qt.Key.Key_Escape and self.value() != self._kept:
            self.set_value(self._kept)
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A form is scrolled through its long texts, not caught by them.
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def _grow(self) -> None:
        line, text, block = metrics("body").lineSpacing(), 0.0, self.document().firstBlock()
        while block.isValid() and text < _MOST_LINES * line:
            text += self.blockBoundingRect(block).height()  # Chinese letters stand higher than the font says
            block = block.next()
        shown = min(_MOST_LINES * line, max(self._lines * line, ceil(text)))
        self.setFixedHeight(max(shown + px(10) + 2 * ceil(self.document().documentMargin()), px(_LEAST)))


_CTRL = Qt.KeyboardModifier.ControlModifier


class SpokenList(QListView):
    """The list of a choice, in which one types what a label sounds like."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._spelling = Spelling(self)

    def keyboardSearch(self, search: str) -> None:
        if not self._spelling.go_to(search):
            super().keyboardSearch(search)


class ChoiceEdit(QComboBox):
    """One of a short list; the wheel scrolls the form instead of changing the value."""

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: Any = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(16)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self._spoken: SpokenList | None = None
        self.activated.connect(lambda _place: self._activated())

    def set_choices(self, choices: Sequence[tuple[Any, str]], empty: bool = True) -> None:
        """Offer (value, label) pairs, and "—" for no value; without it the first one stands until
        another is chosen."""
        kept = self._kept
        if not empty and kept is None and choices:
            kept = choices[0][0]
        self.clear()
        if empty:
            self.addItem("—", None)
        for value, label in choices:
            self.addItem(label, value)
        self.set_value(kept)

    def value(self) -> Any:
        """The value chosen, None for none."""
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Show a value without committing it; one that is not offered (an old picklist value) is added."""
        self._kept = value
        place = self._place_of(value)
        if place < 0 and value is not None:
            self.addItem(str(value), value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def problem(self) -> str:
        """A choice is never wrong."""
        return ""

    def leave(self) -> None:
        """Take the choice over."""
        self._activated()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def showPopup(self) -> None:
        self._listen()
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._listen()
        super().keyPressEvent(event)

    def _listen(self) -> None:
        """Have typed letters searched by sound. A list is made when first needed: a form has dozens of choices."""
        if self._spoken is None:
            self._spoken = SpokenList(self)
            self.setView(self._spoken)

    def _place_of(self, value: Any) -> int:
        # findData compares through QVariant, which is not the equality of Python objects.
        return next((place for place in range(self.count()) if self.itemData(place) == value), -1)

    def _activated(self) -> None:
        if self.value() != self._kept:
            self._kept = self.value()
            self.changed.emit()
            self.committed.emit()


class FlagEdit(QCheckBox):
    """Yes or no."""

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = False
        self.toggled.connect(lambda _on: self.leave())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Show a value without committing it."""
        self._kept = bool(value)
        self.setChecked(self._kept)

    def problem(self) -> str:
        """A tick is never wrong."""
        return ""

    def leave(self) -> None:
        """Take the tick over."""
        if self.value() != self._kept:
            self._kept = self.value()
            self.changed.emit()
            self.committed.emit()
