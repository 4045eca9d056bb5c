"""The first steps in an empty database: add a customer, bring in a workbook, put a visit into the calendar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing import open_import
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.workbench.pressable import Pressable

WIDE = 560


class Step(Pressable):
    """One first step as a wide card: what it is, what it brings; ticked off once it is done."""

    wanted = (WIDE, 72)
    least = 240

    def __init__(self, icon_name: str, title: str, sentence: str, run: Callable[[], object], parent: QWidget | None = None):
        super().__init__(parent)
        self._icon, self._title, self._sentence = icon_name, title, sentence
        self._done = False
        self.setMaximumWidth(px(WIDE))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.clicked.connect(lambda _checked=False: run())

    def set_done(self, done: bool) -> None:
        """Show that this step was taken."""
        self._done = done
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        live = self.underMouse() or self.isDown()
        self.paint_ground(painter)
        badge = QRect(px(16), (self.height() - px(40)) // 2, px(40), px(40))
        painting.rounded(painter, badge, "ok_bg" if self._done else "accent_bg", px(10))
        paint_icon(painter, "check" if self._done else self._icon, badge.adjusted(px(10), px(10), -px(10), -px(10)),
                   "ok" if self._done else "accent_text")  # fmt: skip
        text = self.rect().adjusted(px(72), px(14), -px(44), -px(14))
        painter.setFont(font("section", tokens.SEMIBOLD))
        painter.setPen(colour("text"))
        painting.elided(painter, QRect(text.x(), text.y(), text.width(), px(20)), self._title)
        painter.setFont(font("small"))
        painter.setPen(colour("text2"))
        painting.elided(painter, QRect(text.x(), text.y() + px(22), text.width(), px(20)), self._sentence)
        arrow = QRect(self.width() - px(36), self.height() // 2 - px(8), px(16), px(16))
        paint_icon(painter, "chevron-right", arrow, "text" if live else "text3")
        painter.end()


class Welcome(QWidget):
    """Three steps; each opens what it speaks of."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        ways = desk.ways
        self.customer = Step(
            "user-plus", say("Add your first customer"), say("A name is enough; the rest can come later."),
            lambda: ways.new_record("customer", {}),
        )  # fmt: skip
        self.workbook = Step(
            "file-up", say("Import a workbook"),
            say("Excel or CSV: columns are recognised, nothing is written before you have seen it."), self._import,
        )  # fmt: skip
        self.visit = Step(
            "calendar-plus", say("Put a visit into the calendar"), say("The program reminds you in time."),
            lambda: ways.new_record("event", {"kind": "visit"}),
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(24), px(16), px(24))
        column.setSpacing(px(12))
        column.addStretch(2)
        title = Label(say("Three steps to begin with"), "Title")
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        sentence = Label(say("This page fills with figures and things to do as you work."), "Muted", wrap=True)
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (title, sentence):
            column.addWidget(label)
        column.addSpacing(px(8))
        for step in (self.customer, self.workbook, self.visit):
            column.addWidget(step, 0)
            column.setAlignment(step, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def show_done(self, planned: bool) -> None:
        """Tick off what was done already."""
        self.visit.set_done(planned)

    def _import(self) -> None:
        open_import(self.desk, "customer", self.window())
