"""The calendar's header row, also the title bar of its dock: title, turning pages, people, view, new."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.calendar.commands import COMMANDS, VIEWS
from crm_desktop.ui.calendar.people import PeopleButton
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.widgets.buttons import Button, Kind, icon_button
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.menus import Menu
from crm_desktop.ui.widgets.segment import Segment


class CalendarHeader(ViewHeader):
    """Gives way step by step where it is narrow: everything stays reachable down to 340 pixels.

    `asked` tells the command (a key of COMMANDS) somebody pressed.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._titles = ("", "")
        self.previous = self._icon_button("previous")
        self.next = self._icon_button("next")
        self.today = self._button("today", "ghost")
        self.today_short = self._icon_button("today")
        self.people = PeopleButton()
        self.segment = Segment([(key, say(COMMANDS[key].title)) for key in VIEWS], say(_("View")))
        self.segment.changed.connect(self.asked)
        self.views = self._view_button()
        self.list = self._icon_button("list")
        self.new = self._button("new", "primary", "plus")
        for left in (self.previous, self.next, self.today, self.today_short):
            self.add_left(left)
        for right in (self.people, self.segment, self.views, self.list, self.new):
            self._row.addWidget(right)
        self.set_view(VIEWS[0])

    def title(self) -> str:
        """The title as it is shown, perhaps the short one."""
        return self._title.text()

    def _button(self, key: str, kind: Kind, icon_name: str | None = None) -> Button:
        command = COMMANDS[key]
        run = self._asker(key)
        return Button(say(command.title), icon_name, kind, run, command.shortcut)

    def _icon_button(self, key: str) -> QToolButton:
        command = COMMANDS[key]
        assert command.icon_name is not None
        return icon_button(command.icon_name, say(command.title), self._asker(key), command.shortcut)

    def _asker(self, key: str) -> Callable[[], None]:
        return lambda: self.asked.emit(key)

    def _view_button(self) -> QToolButton:
        """What stands for the segment where there is no room for it."""
        button = QToolButton()
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIcon(icon("chevron-down"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)       # the arrow after the word
        menu = Menu(button, passing=False)
        menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        button.setMenu(menu)
        return button

    def _fill(self, menu: Menu) -> None:
        menu.clear()
        for key in VIEWS:
            menu.add(say(COMMANDS[key].title), self._asker(key), shortcut=COMMANDS[key].shortcut)
        menu.add(say(COMMANDS["list"].title), self._asker("list"), COMMANDS["list"].icon_name)

    def set_titles(self, title: str, short: str) -> None:
        """Show the title, or the short one where there is little room."""
        if (title, short) != self._titles:
            self._titles = (title, short)
            self.fit()

    def set_view(self, key: str) -> None:
        """Show which view is on."""
        name = say(COMMANDS[key].title)
        if name == self.views.text():
            return
        self.segment.blockSignals(True)
        self.segment.set_value(key)
        self.segment.blockSignals(False)
        self.views.setText(name)
        self.views.setAccessibleName(say(_("View: {name}"), name=name))
        self.fit()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(720), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), super().minimumSizeHint().height())

    def fit(self) -> None:
        """Give way in steps until everything fits into the width."""
        steps = (self._short_new, self._short_today, self._short_title, self._short_views)
        for step in steps:
            step(False)
        for step in steps:
            if self._wanted() <= self.width():
                break
            step(True)

    def _short_new(self, short: bool) -> None:
        self.new.show_words(not short)

    def _short_today(self, short: bool) -> None:
        self.today.setVisible(not short)
        self.today_short.setVisible(short)

    def _short_title(self, short: bool) -> None:
        self.set_title(self._titles[1 if short else 0])
        left, right, spacing = (12, 8, 2) if short else (16, 12, 8)
        self._row.setContentsMargins(theme.px(left), theme.px(12), theme.px(right), theme.px(8))
        self._row.setSpacing(theme.px(spacing))

    def _short_views(self, short: bool) -> None:
        self.segment.setVisible(not short)
        self.list.setVisible(not short)
        self.views.setVisible(short)
