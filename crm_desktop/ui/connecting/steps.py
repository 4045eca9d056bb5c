"""The steps of a test, one below the other: waiting, good, worth a word, or not possible, with the sentence that says what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.business.system.connecting import LABELS
from crm_desktop.core.words import _, say
from crm_desktop.database.probing import Found, State
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.words import named

SIGNS: dict[State, tuple[str, str]] = {"good": ("circle-check", "ok"), "warn": ("triangle-alert", "warn"), "bad": ("circle-x", "bad")}
SPOKEN: dict[State, str] = {"good": _("good"), "warn": _("worth a word"), "bad": _("not possible")}


class StepList(QScrollArea):
    """Shows what `add` is given; the one that is under way stands below."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.found: list[Found] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("Steps of the test"))
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))  # the newest is in sight
        self.clear()
        theme.changed.connect(self._paint_again)

    def clear(self, waiting: str = "") -> None:
        """Begin again; `waiting` is said until the first step is done."""
        self.found = []
        self._sheet = QWidget()
        self._column = QVBoxLayout(self._sheet)
        self._column.setContentsMargins(0, 0, px(4), 0)
        self._column.setSpacing(px(10))
        self._waiting = Label(waiting, "Muted", wrap=True)
        self._column.addWidget(self._waiting)
        self._column.addStretch(1)
        self.setWidget(self._sheet)

    def add(self, found: Found) -> None:
        """One more step is done."""
        self.found.append(found)
        self._column.insertWidget(len(self.found) - 1, _row(found))
        self._waiting.setText(say("Testing…"))

    def end(self, sentence: str) -> None:
        """The test is over."""
        self._waiting.setText(sentence)

    def text(self) -> str:
        """All of it, to be sent to whoever looks after the server."""
        return "\n".join(named(say(LABELS[one.step]), _said(one)) for one in self.found)

    def _paint_again(self) -> None:
        found, waiting = self.found, self._waiting.text()
        self.clear()
        for one in found:
            self.add(one)
        self.end(waiting)


def _row(found: Found) -> QWidget:
    row = QWidget()
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(px(10))
    grid.setVerticalSpacing(px(2))
    grid.setColumnStretch(1, 1)
    name, colour = SIGNS[found.state]
    sign = QLabel()
    sign.setPixmap(icon(name, colour, colour, colour).pixmap(px(tokens.ICON), px(tokens.ICON)))
    sign.setAccessibleName(say(SPOKEN[found.state]))
    label = Label(say(LABELS[found.step]), "" if found.state == "good" else "Section")
    grid.addWidget(sign, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(label, 0, 1)
    if told := _said(found, quiet=True):
        words = Label(told, "Muted" if found.state == "good" else "Late" if found.state == "bad" else "", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        words.setAccessibleName(f"{say(LABELS[found.step])}: {told}")
        grid.addWidget(words, 1, 1)
    return row


def _said(found: Found, quiet: bool = False) -> str:
    if found.trouble is not None:
        return found.trouble.sentence()
    return found.note if quiet else found.note or say(SPOKEN[found.state])
