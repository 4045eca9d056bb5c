"""Whose entries are shown: a button with a menu of colleagues and their colours."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.tokens import ICON, ICON_BAR, TONES
from crm_desktop.ui.widgets.menus import Menu
from crm_desktop.ui.widgets.painting import tone_for

TICK = ((5, 8), (7, 10), (11, 6))
"""The tick in a disc, in sixteenths of its size."""


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague whose entries can be shown; `tone` is empty for the colour of the avatar."""

    id: Hashable
    name: str
    tone: str = ""

    @property
    def colour(self) -> str:
        return self.tone if self.tone in TONES else tone_for(self.name)


class ChoosingMenu(Menu):
    """A menu that stays open while several things are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action = self.activeAction()
        if action is not None and action.isEnabled() and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class PeopleButton(QToolButton):
    """Opens the list of colleagues. `changed` tells that other people, or other colours, are wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people: list[Person] = []
        self.me: Hashable = None
        self.hidden_ids: set[Hashable] = set()
        self.by_person = False
        self.setIconSize(QSize(theme.px(ICON_BAR), theme.px(ICON_BAR)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = ChoosingMenu(self, passing=False)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self._tell()

    def set_people(self, people: Iterable[Person], me: Hashable = None) -> None:
        """The colleagues this user may see; `me` is offered as “only my own”. One alone needs no button."""
        self.people = list(people)
        self.me = me
        self.hidden_ids &= {person.id for person in self.people}
        self.setVisible(len(self.people) > 1)
        self._tell()

    def show_only(self, ids: Iterable[Hashable]) -> None:
        """Hide everybody else."""
        wanted = set(ids)
        self._hide({person.id for person in self.people} - wanted)

    def tones(self) -> dict[Hashable, str]:
        return {person.id: person.colour for person in self.people}

    def _hide(self, ids: set[Hashable]) -> None:
        if ids != self.hidden_ids:
            self.hidden_ids = ids
            self._tell()
            self.changed.emit()

    def _toggle(self, key: Hashable, shown: bool) -> None:
        self._hide(self.hidden_ids - {key} if shown else self.hidden_ids | {key})

    def colour_by_person(self, on: bool) -> None:
        """Colour entries by their owner instead of their kind."""
        if on != self.by_person:
            self.by_person = on
            self.changed.emit()

    def _tell(self) -> None:
        """Show in the icon and say in the name whether anybody is hidden."""
        shown = len(self.people) - len(self.hidden_ids)
        colour = "accent_text" if self.hidden_ids else "text2"
        self.setIcon(icon("users", colour, colour if self.hidden_ids else "text"))
        name = say(_("People: all"))
        if self.hidden_ids:
            name = say(_("People: {shown} of {all}"), shown=shown, all=len(self.people))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        menu.add(say(_("Show everyone")), lambda: self.show_only({person.id for person in self.people}))
        if self.me is not None:
            menu.add(say(_("Only my own")), lambda: self.show_only({self.me}))
        menu.addSeparator()
        for person in self.people:
            action = menu.add(person.name, checked=person.id not in self.hidden_ids, stays=True)
            action.setIcon(_tick_icon(person.colour))
            action.toggled.connect(lambda on, key=person.id: self._toggle(key, on))
        menu.addSeparator()
        colours = menu.add(say(_("Colour by person")), checked=self.by_person)
        colours.setIcon(_tick_icon("accent"))
        colours.toggled.connect(self.colour_by_person)


def _tick_icon(tone: str) -> QIcon:
    """A disc in a tone with a tick when it is on, a ring when it is off."""
    made = QIcon()
    for state in (QIcon.State.On, QIcon.State.Off):
        for ratio in (1, 2):
            made.addPixmap(_disc(tone, state == QIcon.State.On, ratio), QIcon.Mode.Normal, state)
    return made


def _disc(tone: str, on: bool, ratio: int) -> QPixmap:
    size = theme.px(ICON)
    picture = QPixmap(size * ratio, size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.pen(tone, 1.5))
    painter.setBrush(theme.brush(tone) if on else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(2, 2, size - 4, size - 4)
    if on:
        painter.setPen(theme.pen("surface", 1.5))
        unit = size / 16
        painter.drawPolyline([QPointF(x * unit, y * unit) for x, y in TICK])
    painter.end()
    return picture
