"""The foot of a list: count and sums, which gives way to what can be done with several selected rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button, Kind
from crm_desktop.ui.widgets.labels import ElidedLabel, Label


class BulkAction(NamedTuple):
    """One thing that can be done with all selected rows; `why_not` is the reason it is disabled, or
    nothing."""

    key: str
    title: str
    icon: str
    run: Callable[[], object]
    shortcut: str = ""
    why_not: str = ""
    danger: bool = False


class BulkBar(QWidget):
    """ "4 selected" and the actions for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(16), px(4), px(12), px(4))
        self._row.setSpacing(px(4))
        self._count = Label("", "Section")
        self._row.addWidget(self._count)
        self._row.addSpacing(px(8))
        self._row.addStretch(1)
        self._buttons: dict[str, Button] = {}

    def set_actions(self, actions: Sequence[BulkAction]) -> None:
        """Offer these actions, left to right."""
        for button in self._buttons.values():
            button.deleteLater()
        self._buttons.clear()
        for place, action in enumerate(actions):
            rank: Kind = "danger" if action.danger else "ghost"
            button = Button(action.title, action.icon, rank, action.run, action.shortcut)
            button.setProperty("kind", "ghost")  # danger speaks through its icon, not through a box
            button.say_why_not(action.why_not)
            self._buttons[action.key] = button
            self._row.insertWidget(2 + place, button)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Between docks there is no room for words: the icons stay, the words become tooltips."""
        self._stand(words=True)
        if self._row.sizeHint().width() > self.width():
            self._stand(words=False)

    def _stand(self, words: bool) -> None:
        for button in self._buttons.values():
            button.show_words(words)
        self._row.setSpacing(px(4) if words else 0)
        self._row.setContentsMargins(px(16), px(4), px(12) if words else 0, px(4))

    def offers(self) -> bool:
        """Whether actions have been offered."""
        return bool(self._buttons)

    def set_count(self, count: int) -> None:
        """Say how many rows are selected."""
        self._count.setText(say(_("%n selected"), n=count))
        self._make_room()

    def button(self, key: str) -> Button:
        """The button of an action."""
        return self._buttons[key]


class Footer(QStackedWidget):
    """36 px under a list: a line of figures, or the bulk bar as soon as two rows are selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._figures = ElidedLabel("", "Faint")
        self._figures.setContentsMargins(px(16), 0, px(16), 0)
        self._bulk: BulkBar | None = None
        self.addWidget(self._figures)
        self.setFixedHeight(px(40))

    @property
    def bulk(self) -> BulkBar:
        """The bulk bar, made when it is first needed."""
        if self._bulk is None:
            self._bulk = BulkBar(self)
            self.addWidget(self._bulk)
        return self._bulk

    def offers(self) -> bool:
        """Whether actions for several rows have been offered."""
        return self._bulk is not None and self._bulk.offers()

    def sizeHint(self) -> QSize:
        return QSize(px(320), px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), px(40))

    def set_figures(self, *figures: str) -> None:
        """Show figures side by side: "286 customers", "Revenue ¥ 44,999,600"."""
        self._figures.setText("    ".join(figures))

    def set_picked(self, count: int) -> None:
        """Tell how many rows are selected; two or more bring up the bulk bar."""
        if count > 1:
            self.bulk.set_count(count)
        self.setCurrentWidget(self.bulk if count > 1 else self._figures)
