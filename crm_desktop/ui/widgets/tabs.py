"""Tabs of a narrow dock: where they do not all fit, a button beside them lists them all, with their counts."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.widgets.buttons import icon_button
from crm_desktop.ui.widgets.menus import Menu


class Tabs(QTabWidget):
    """A tab widget that never hides what it has."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self.setUsesScrollButtons(True)
        self.tabBar().setAccessibleName(name)
        self.inside = self.findChild(QStackedWidget)
        """What the pages stand in; one that is born in it is not moved there with all it holds."""
        self.all = icon_button("chevron-down", say(_("All tabs")), self.open_all, size=14)
        self.setCornerWidget(self.all)
        self.all.hide()

    def setTabText(self, index: int, text: str) -> None:
        super().setTabText(index, text)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def open_all(self) -> None:
        """The menu of all tabs."""
        menu = Menu(self)
        for index in range(self.count()):
            menu.add(self.tabText(index), partial(self._go, index), checked=index == self.currentIndex())
        menu.open_under(self.all)

    def _go(self, index: int) -> None:
        self.setCurrentIndex(index)
        self.tabBar().setFocus()

    def _make_room(self) -> None:
        self.all.setVisible(self.tabBar().sizeHint().width() > self.width())
