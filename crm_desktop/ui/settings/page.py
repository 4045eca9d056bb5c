"""The settings: the person's own on top, then the lists the company keeps (staff, roles, stages, picklists, own fields…)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core.views import View
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.list_page import ListPage
from crm_desktop.ui.settings.own import OwnSettings
from crm_desktop.ui.settings.topics import OWN, topics
from crm_desktop.ui.shell.commands import Command
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import line
from crm_desktop.ui.widgets.topic_list import TopicList

if TYPE_CHECKING:
    from crm_desktop.ui.session import Session

INNER = "InnerTitle"  # not the handle of a dock: no frame of its own
TITLES_FROM = 640  # px of width from which the topics have room for their titles


class SettingsPage(QWidget):
    """A list of topics on the left, the topic on the right. Records open in the detail dock as everywhere."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, session: Session, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self._session = desk, session
        self.header = ViewHeader(say("Settings"))
        self.topics = TopicList(topics(desk.records.types), say("Topics"))
        self.stack = QStackedWidget()
        self._built: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(line())
        row = QHBoxLayout()
        row.setSpacing(0)
        self.topics.set_narrow(True)  # until the page has its width, it asks for no more than it needs
        row.addWidget(self.topics)
        row.addWidget(self.stack, 1)
        column.addLayout(row, 1)
        self.topics.chosen.connect(self._show)
        self.topics.choose(OWN)
        self.setFocusProxy(self.topics)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.topics.set_narrow(event.size().width() < px(TITLES_FROM))

    def _show(self, key: str) -> None:
        if key not in self._built:
            self._built[key] = self._topic(key)
            self.stack.addWidget(self._built[key])
        self.stack.setCurrentWidget(self._built[key])

    def _topic(self, key: str) -> QWidget:
        if key == OWN:
            return OwnSettings(self.desk, self._session)
        if key == "role":
            from crm_desktop.ui.settings.roles import RolesPage

            return RolesPage(self.desk)
        if key == "target":
            from crm_desktop.ui.settings.targets import TargetsPage

            return TargetsPage(self.desk, lambda: self._list(key))
        if key in self.desk.records.types:
            return self._list(key)
        from crm_desktop.ui.system.log import LogPage
        from crm_desktop.ui.system.online import OnlinePage
        from crm_desktop.ui.system.state import StatePage

        pages: dict[str, type[OnlinePage | LogPage | StatePage]] = {"online": OnlinePage, "operation_log": LogPage, "database": StatePage}
        page = pages[key](self.desk)
        page.header.setObjectName(INNER)
        return page

    def _list(self, key: str) -> ListPage:
        page = ListPage(self.desk, self.desk.records.types[key])
        page.header.setObjectName(INNER)
        self._session.leading.connect(page, key)
        self._session.add_list_commands(page)
        return page

    def commands(self) -> list[Command]:
        """What is done with the list in front, whatever of the page has the keyboard."""
        group = say("Settings")

        def front() -> ListPage | None:
            page = self.stack.currentWidget()
            return page if isinstance(page, ListPage) else None

        def no_list() -> str:
            return "" if front() is not None else say("Open one of the lists first.")

        def begin_new() -> None:
            if (page := front()) is not None:
                page.begin_new()

        def filter_it() -> None:
            if (page := front()) is not None:
                page.filter.setFocus()

        return [
            Command("settings.new", say("New in this list"), begin_new, "Ctrl+N", "plus", group, no_list),
            Command("settings.filter", say("Filter this list"), filter_it, "Ctrl+F", "filter", group, no_list),
        ]

    def show_topic(self, key: str) -> None:
        """Go to a topic by its key."""
        if key in self.topics.topic_keys():
            self.topics.choose(key)

    def show_filter(self, view: View) -> None:
        """Show a view in the list in front."""
        page: Any = self.stack.currentWidget()
        if hasattr(page, "show_filter"):
            page.show_filter(view)
