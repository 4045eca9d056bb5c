"""Reminders that pop up: small windows at the bottom right (in another corner while a dialog or what is being typed is there) that
never take the focus and stay until they are answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from crm_desktop.core.clock import Clock, to_local, to_utc
from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.day_edit import MomentEdit
from crm_desktop.ui.widgets.day_grid import next_monday
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.menus import Menu, Popover

AT_MOST = 4  # toasts at once; the others are counted in one more
_GAP = 12  # px between toasts and to the edges of the work area
_MORNING = time(9, 0)
_CORNERS = (("right", "bottom"), ("right", "top"), ("left", "bottom"), ("left", "top"))


@dataclass(slots=True)
class Ring:
    """A reminder to show. `when` is the time in words; `late` colours it; `action` labels the button that
    opens it."""

    key: int
    title: str
    text: str = ""
    when: str = ""
    late: bool = False
    action: str = ""


def snooze_choices(now: datetime) -> list[tuple[str, datetime]]:
    """What "later" can mean at a local time: (label, local time)."""
    tomorrow = datetime.combine(now.date() + timedelta(days=1), _MORNING)
    monday = datetime.combine(next_monday(now.date()), _MORNING)
    return [
        (say(_("In 5 minutes")), now + timedelta(minutes=5)),
        (say(_("In 15 minutes")), now + timedelta(minutes=15)),
        (say(_("In 1 hour")), now + timedelta(hours=1)),
        (say(_("Tomorrow 09:00")), tomorrow),
        (say(_("Next Monday 09:00")), monday),
    ]


class _Window(QFrame):
    """The frame of a toast: on top, without focus, opaque and square (round corners are black without a
    compositor)."""

    gone = Signal(object)

    def __init__(self, title: str) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.WindowDoesNotAcceptFocus,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setObjectName("Toast")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setFixedWidth(px(360))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(16), px(12), px(12), px(12))
        self.column.setSpacing(px(4))

    def head(self, icon_name: str, tone: str, title: str, shut: Callable[[], object]) -> None:
        """The first line: icon, bold title and a cross."""
        row = QHBoxLayout()
        row.setSpacing(px(8))
        sign = QLabel()
        sign.setPixmap(icon(icon_name, tone).pixmap(QSize(px(18), px(18)), self.devicePixelRatioF()))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(title, "Section", wrap=True), 1)
        row.addWidget(
            icon_button("x", say(_("Close")), shut, size=14, focus=False), 0, Qt.AlignmentFlag.AlignTop
        )
        self.column.addLayout(row)

    def leave(self) -> None:
        """Go away for good."""
        self.hide()
        self.gone.emit(self)
        self.deleteLater()


class Toast(_Window):
    """One reminder with Open, Later and Done."""

    opened = Signal(int)
    snoozed = Signal(int, object)
    finished = Signal(int)
    closed = Signal(int)

    def __init__(self, ring: Ring, clock: Clock) -> None:
        super().__init__(ring.title)
        self.ring = ring
        self._clock = clock
        self.head("alarm-clock", "bad" if ring.late else "accent", ring.title, self._close_pressed)
        indent = px(26)
        if ring.text:
            text = Label(ring.text, "Muted", wrap=True)
            text.setContentsMargins(indent, 0, 0, 0)
            self.column.addWidget(text)
        if ring.when:
            when = Label(ring.when, "Late" if ring.late else "Faint")
            when.setContentsMargins(indent, 0, 0, px(4))
            self.column.addWidget(when)
        row = QHBoxLayout()
        row.setContentsMargins(indent, px(4), 0, 0)
        row.setSpacing(px(6))
        self.open_button = Button(ring.action or say(_("Open")), kind="primary", run=self._open)
        self.later_button = Button(say(_("Later")), "clock", run=self._choose_time)
        self.done_button = Button(say(_("Done")), "check", "ghost", self._done)
        for button in (self.open_button, self.later_button, self.done_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)

    def later_menu(self) -> Menu:
        """The menu of the Later button."""
        menu = Menu(self)
        for label, moment in snooze_choices(to_local(self._clock.now())):
            menu.add(label, partial(self.snooze, moment))
        menu.addSeparator()
        menu.add(say(_("Another time…")), self._ask_time)
        return menu

    def snooze(self, local: datetime) -> None:
        """Ring again at a local time; told as UTC."""
        self.snoozed.emit(self.ring.key, to_utc(local))
        self.leave()

    def _choose_time(self) -> None:
        self.later_menu().open_under(self.later_button)

    def _ask_time(self) -> None:
        box = Popover(self, say(_("Remind me at")))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.column.addWidget(Label(say(_("Remind me at")), "Section"))
        edit = MomentEdit(today=self._clock.today)
        edit.setAccessibleName(say(_("Remind me at")))
        edit.setFixedWidth(px(230))
        edit.set_value(to_local(self._clock.now()).replace(second=0) + timedelta(hours=2))
        box.column.addWidget(edit)

        def take() -> None:
            moment = edit.value()
            if moment is None or edit.problem():
                return
            box.close()
            self.snooze(max(moment, to_local(self._clock.now())))

        box.column.addWidget(Button(say(_("Remind me")), kind="primary", run=take))
        box.open_under(self.later_button)
        edit.day.setFocus()

    def _open(self) -> None:
        self.opened.emit(self.ring.key)
        self.leave()

    def _done(self) -> None:
        self.finished.emit(self.ring.key)
        self.leave()

    def _close_pressed(self) -> None:
        self.closed.emit(self.ring.key)
        self.leave()


class _More(_Window):
    """The last toast: how many more wait."""

    asked = Signal()

    def __init__(self, count: int) -> None:
        title = say(_("%n more reminder(s)"), n=count)
        super().__init__(title)
        self.head("bell", "accent", title, self.leave)
        button = Button(say(_("Show all")), run=self.asked.emit)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.setContentsMargins(px(26), 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)


class Toasts(QObject):
    """Stacks the toasts of one window. Signals carry the key given in `Ring`.

    `opened(key)`, `snoozed(key, UTC time)`, `finished(key)`, `closed(key)` (the cross: it stays open in the
    list), `all_asked()` when the summary is pressed.
    """

    opened = Signal(int)
    snoozed = Signal(int, object)
    finished = Signal(int)
    closed = Signal(int)
    all_asked = Signal()

    def __init__(self, clock: Clock | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock or Clock()
        self._toasts: list[Toast] = []
        self._waiting: list[Ring] = []
        self._more: _More | None = None
        self._corner = _CORNERS[0]
        self._watched: QWindow | None = None
        # A dialog that opens must not lie below them: its buttons are wanted now. They look for it when it is through: one that is
        # just being taken apart tells that the focus leaves it, and to look at its windows then ends the program.
        self._looks = QTimer(self)
        self._looks.setSingleShot(True)
        self._looks.setInterval(0)
        self._looks.timeout.connect(self._make_room)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._focus_went)
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)  # a method: Qt lets go of it with its object

    def _focus_moved(self, _before: QWidget | None, _now: QWidget | None) -> None:
        self._looks.start()

    def ring(self, ring: Ring) -> None:
        """Show a reminder; one that is already on screen is not doubled."""
        shown = [toast.ring.key for toast in self._toasts] + [other.key for other in self._waiting]
        if ring.key in shown:
            return
        if len(self._toasts) >= AT_MOST:
            self._waiting.append(ring)
        else:
            self._show(ring)
        self._arrange()

    def take_back(self, key: int) -> None:
        """Take a reminder away that was answered elsewhere."""
        self._waiting = [ring for ring in self._waiting if ring.key != key]
        for toast in list(self._toasts):
            if toast.ring.key == key:
                toast.leave()
        self._arrange()

    def clear(self) -> None:
        """Take all away (the program ends, another user signs in)."""
        self._waiting.clear()
        for toast in list(self._toasts):
            toast.leave()
        self._arrange()

    def on_screen(self) -> list[Toast]:
        """The toasts shown, lowest first."""
        return list(self._toasts)

    def more(self) -> int:
        """How many wait behind the summary."""
        return len(self._waiting)

    def _show(self, ring: Ring) -> None:
        toast = Toast(ring, self._clock)
        toast.opened.connect(self.opened)
        toast.snoozed.connect(self.snoozed)
        toast.finished.connect(self.finished)
        toast.closed.connect(self.closed)
        toast.gone.connect(self._gone)
        self._toasts.append(toast)
        _place_off_focus(toast)

    def _gone(self, toast: Toast) -> None:
        self._toasts.remove(toast)
        if self._waiting:
            self._show(self._waiting.pop(0))
        self._arrange()

    def _focus_went(self, window: QWindow | None) -> None:
        if self._watched is not None and isValid(self._watched):
            for moved in (self._watched.xChanged, self._watched.yChanged, self._watched.heightChanged):
                moved.disconnect(self._look_soon)
        self._watched = window
        if window is not None:
            for moved in (window.xChanged, window.yChanged, window.heightChanged):
                moved.connect(self._look_soon)
        self._looks.start()

    def _look_soon(self, _place: int) -> None:
        self._looks.start()

    def _make_room(self) -> None:
        if self._toasts:
            self._put_in_place()

    def _arrange(self) -> None:
        self._show_more()
        self._put_in_place()

    def _put_in_place(self) -> None:
        windows: list[QWidget] = [*self._toasts, *filter(None, (self._more,))]
        for window in windows:
            window.adjustSize()
        kept_free = _kept_free()
        # Where they are is better than anywhere else: nothing may jump away from below the mouse. Where no corner is free
        # (a small screen, a large dialog), the one that covers least; what is being typed counts before everything.
        corners = [self._corner, *_CORNERS] if windows else _CORNERS
        self._corner = min(corners, key=lambda one: [_covered(_places(windows, one), boxes) for boxes in kept_free])
        for window, place in zip(windows, _places(windows, self._corner), strict=True):
            window.move(place.topLeft())

    def _show_more(self) -> None:
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        if self._waiting:
            self._more = _More(len(self._waiting))
            self._more.asked.connect(self.all_asked)
            self._more.gone.connect(self._more_closed)
            _place_off_focus(self._more)

    def _more_closed(self, _window: object) -> None:
        self._more = None
        self._waiting.clear()


def _kept_free() -> tuple[list[QRect], ...]:
    """What reminders do not cover: the field that is being filled in, the buttons of dialogs, and dialogs."""
    field, typed = QApplication.focusWidget(), []
    editor = isinstance(field, QLineEdit | QAbstractSpinBox | QComboBox | QTextEdit | QPlainTextEdit)
    if field is not None and editor and field.window().windowType() != Qt.WindowType.Popup:  # not the box that asks when to remind
        typed = [QRect(field.mapToGlobal(QPoint()), field.size())]
    dialogs = [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()]
    buttons = [button for top in dialogs for button in top.findChildren(QPushButton) if button.isVisible()]
    pressed = [QRect(button.mapToGlobal(QPoint()), button.size()) for button in buttons]
    return typed, pressed, [top.frameGeometry() for top in dialogs]


def _covered(places: list[QRect], boxes: list[QRect]) -> int:
    """How many square pixels of the boxes lie below the places."""
    common = [place.intersected(box) for place in places for box in boxes]
    return sum(one.width() * one.height() for one in common if one.isValid())


def _places(windows: list[QWidget], corner: tuple[str, str]) -> list[QRect]:
    """Where these windows lie one beyond the other, the first in the corner of the work area."""
    area = QGuiApplication.primaryScreen().availableGeometry().adjusted(_GAP, _GAP, -_GAP, -_GAP)
    places, used = [], 0
    for window in windows:
        place = QRect(QPoint(), window.size())
        place.moveLeft(area.left() if corner[0] == "left" else area.right() - window.width())
        place.moveTop(area.top() + used if corner[1] == "top" else area.bottom() - used - window.height())
        places.append(place)
        used += window.height() + _GAP
    return places


def _place_off_focus(window: QWidget) -> None:
    window.setMinimumHeight(px(tokens.CONTROL))
    window.adjustSize()
    window.show()
