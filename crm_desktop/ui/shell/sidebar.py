"""The navigation at the left edge: 204 px with words, or a 56 px rail of icons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.shell.theme import colour, font, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.buttons import show_tip
from crm_desktop.ui.widgets.labels import line, plain_tip


class Shortcut(NamedTuple):
    """A record in the Starred or Recent list: what it is called, its icon and how it opens."""

    title: str
    icon: str
    run: Callable[[], object]


class _Row(QAbstractButton):
    """Base of the painted rows: rounded hover ground, icon, one line of text."""

    def __init__(self, text: str, icon_name: str, tall: int = tokens.SIDEBAR_ITEM) -> None:
        super().__init__()
        self.icon_name = icon_name
        self._tall = px(tall)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFixedHeight(self._tall)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(px(40), self._tall)

    def narrow(self) -> bool:
        """Whether only the icon has room."""
        return self.width() < px(100)

    def ground(self) -> QRect:
        """The rounded part of the row."""
        return self.rect().adjusted(px(8), 1, -px(8), -1)

    def paint_ground(self, painter: QPainter, fill: str | None) -> None:
        """Ground and focus ring."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if fill:
            painting.rounded(painter, self.ground(), fill)
        if self.hasFocus():
            painting.focus_ring(painter, self.ground(), tokens.RADIUS)


class NavItem(_Row):
    """One view; checked while it is the current one. `badge` counts what is late or waits for someone."""

    def __init__(self, key: str, text: str, icon_name: str, shortcut: str = "") -> None:
        super().__init__(text, icon_name)
        self.key = key
        self.badge = 0
        self.how = "replace"
        self.setCheckable(True)
        show_tip(self, plain_tip(text), Keys(shortcut, f"go.{key}"))

    def set_badge(self, count: int) -> None:
        """Show a count in red; 0 takes it away."""
        self.badge = count
        spoken = say(_("{title}, %n waiting"), title=self.text(), n=count) if count else self.text()
        self.setAccessibleName(spoken)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        keys = event.modifiers()
        if keys & Qt.KeyboardModifier.ControlModifier:
            self.how = "tab"
        elif keys & Qt.KeyboardModifier.AltModifier:
            self.how = "beside"
        else:
            self.how = "replace"
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        self.paint_ground(painter, "accent_bg" if on else "pressed" if self.underMouse() else None)
        ground = self.ground()
        size = px(tokens.ICON_BAR)
        left = ground.x() + ((ground.width() - size) // 2 if self.narrow() else px(10))
        icon_rect = QRect(left, ground.center().y() - size // 2 + 1, size, size)
        paint_icon(painter, self.icon_name, icon_rect, "accent_text" if on else "text2")
        count = "99+" if self.badge > 99 else str(self.badge)
        if self.narrow():
            if self.badge:
                painting.dot(painter, icon_rect.right() + 2, icon_rect.top() + 1, "bad", px(4))
        else:
            right = ground.right() - px(6)
            if self.badge:
                right -= painting.counter(painter, right, ground.center().y() + 1, count) + px(4)
            painter.setFont(font("body", tokens.SEMIBOLD if on else tokens.MEDIUM))
            painter.setPen(colour("accent_text" if on else "text"))
            text_left = ground.x() + px(38)
            words = QRect(text_left, ground.y(), right - text_left, ground.height())
            painting.elided(painter, words, self.text())
        painter.end()


class _ShortcutItem(_Row):
    """One of a list that Tab enters once and the arrows walk through."""

    def __init__(self, shortcut: Shortcut, first: bool = True) -> None:
        super().__init__(shortcut.title, shortcut.icon, 28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if first else Qt.FocusPolicy.NoFocus)
        self.setToolTip(plain_tip(shortcut.title))
        self.clicked.connect(lambda _checked=False: shortcut.run())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        parent = self.parentWidget()
        if not way or parent is None:
            super().keyPressEvent(event)
            return
        items = sorted((one for one in parent.findChildren(_ShortcutItem) if one.isVisible()), key=lambda one: one.y())
        place = items.index(self) + way
        if 0 <= place < len(items):
            items[place].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter, "pressed" if self.underMouse() else None)
        ground = self.ground()
        size = px(14)
        paint_icon(
            painter,
            self.icon_name,
            QRect(ground.x() + px(12), ground.center().y() - size // 2 + 1, size, size),
            "text3",
        )
        painter.setFont(font("small"))
        painter.setPen(colour("text2"))
        painting.elided(painter, ground.adjusted(px(38), 0, -px(6), 0), self.text())
        painter.end()


class _Heading(_Row):
    """The title of a list that folds."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "chevron-down", 26)
        self.setCheckable(True)
        self.setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter, None)
        ground = self.ground()
        painter.setFont(font("caption", tokens.SEMIBOLD))
        painter.setPen(colour("text3"))
        painting.elided(painter, ground.adjusted(px(10), 0, -px(24), 0), self.text())
        size = px(12)
        name = "chevron-down" if self.isChecked() else "chevron-right"
        spot = QRect(ground.right() - px(8) - size, ground.center().y() - size // 2 + 1, size, size)
        paint_icon(painter, name, spot, "text2" if self.underMouse() else "text3")
        painter.end()


class _Shelf(QWidget):
    """A folding list of records under a heading; gone while it is empty."""

    folded = Signal(bool)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[_ShortcutItem] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, px(4), 0, 0)
        self._column.setSpacing(0)
        self.heading = _Heading(title)
        self.heading.toggled.connect(self._fold)
        self._column.addWidget(self.heading)
        self.hide()

    def show_items(self, items: Sequence[Shortcut]) -> None:
        for item in self._items:
            self._column.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._items = [_ShortcutItem(item, first=place == 0) for place, item in enumerate(items)]
        for item in self._items:
            self._column.addWidget(item)
            item.setVisible(self.heading.isChecked())

    def filled(self) -> bool:
        return bool(self._items)

    def _fold(self, open_now: bool) -> None:
        for item in self._items:
            item.setVisible(open_now)
        self.folded.emit(not open_now)


class _Brand(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedHeight(px(tokens.TOPBAR))
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(24)
        narrow = self.width() < px(100)
        badge = QRect(
            (self.width() - side) // 2 if narrow else px(16), (self.height() - side) // 2, side, side
        )
        painting.rounded(painter, badge, "accent")
        paint_icon(painter, "handshake", badge.adjusted(4, 4, -4, -4), "on_accent")
        if not narrow:
            painter.setFont(font("amount", tokens.SEMIBOLD))
            painter.setPen(colour("text"))
            painting.elided(painter, self.rect().adjusted(px(50), 0, -px(8), 0), self._name)
        painter.end()


class Sidebar(QFrame):
    """`asked(key, how)` when an item is chosen: how is "replace", with Ctrl "tab", with Alt "beside"."""

    asked = Signal(str, str)
    folded = Signal(bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Sidebar")
        self.setAccessibleName(say(_("Navigation")))
        self._items: dict[str, NavItem] = {}
        self._group = QButtonGroup(self)
        # A screen reader's press is a toggle and emits no clicked; a click on the item that is on toggles
        # nothing.
        self._group.buttonToggled.connect(lambda item, on: self._chosen(item) if on else None)
        self._group.buttonClicked.connect(self._pressed_again)
        self._quiet = False
        self._narrow = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, px(8))
        outer.setSpacing(0)
        outer.addWidget(_Brand(name))
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("Body")
        scroll.setWidget(body)
        outer.addWidget(scroll, 1)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(2))
        self._starred, self._recent = _Shelf(say(_("Starred")), body), _Shelf(say(_("Recent")), body)
        self._column.addWidget(self._starred)
        self._column.addWidget(self._recent)
        self._column.addStretch(1)
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(0, px(8), 0, 0)
        self._foot.setSpacing(px(2))
        outer.addLayout(self._foot)
        self.fold(False)
        theme.changed.connect(self.update)

    def add(self, key: str, title: str, icon: str, shortcut: str = "", foot: bool = False) -> NavItem:
        """Add an item below the others, or at the foot (settings)."""
        item = NavItem(key, title, icon, shortcut)
        self._group.addButton(item)
        self._items[key] = item
        if foot:
            self._foot.addWidget(item)
        else:
            self._column.insertWidget(self._column.indexOf(self._starred), item)
        return item

    def add_line(self) -> None:
        """Separate the items above from those below."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(16), px(6), px(16), px(6))
        column.addWidget(line())
        self._column.insertWidget(self._column.indexOf(self._starred), holder)

    def item(self, key: str) -> NavItem:
        """The item of a view."""
        return self._items[key]

    def show_current(self, key: str) -> None:
        """Mark the item of the current view without asking for it; none when it has no item."""
        self._quiet = True
        if key in self._items:
            self._items[key].setChecked(True)
        else:
            self._group.setExclusive(False)
            for item in self._items.values():
                item.setChecked(False)
            self._group.setExclusive(True)
        for item in self._items.values():  # Tab enters at the current view, the arrows go on from there
            item.setFocusPolicy(Qt.FocusPolicy.TabFocus if item.isChecked() else Qt.FocusPolicy.NoFocus)
        if key not in self._items and self._items:
            next(iter(self._items.values())).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._quiet = False

    def set_badge(self, key: str, count: int) -> None:
        """Show a red count on an item; 0 takes it away."""
        if key in self._items:
            self._items[key].set_badge(count)

    def show_starred(self, items: Sequence[Shortcut]) -> None:
        """List the starred records."""
        self._starred.show_items(items)
        self._show_shelves()

    def show_recent(self, items: Sequence[Shortcut]) -> None:
        """List the records opened last."""
        self._recent.show_items(items)
        self._show_shelves()

    def fold(self, narrow: bool) -> None:
        """Become a rail of icons, or wide again."""
        changed = narrow != self._narrow
        self._narrow = narrow
        self.setFixedWidth(px(tokens.RAIL if narrow else tokens.SIDEBAR))
        self._show_shelves()
        if changed:
            self.folded.emit(narrow)

    def is_folded(self) -> bool:
        """Whether it is a rail of icons."""
        return self._narrow

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        rows = [row for row in self.findChildren(_Row) if row.isVisibleTo(self)]
        focused = next((row for row in rows if row.hasFocus()), None)
        if step and focused is not None:
            rows.sort(key=lambda row: row.mapTo(self, row.rect().topLeft()).y())
            rows[(rows.index(focused) + step) % len(rows)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused is not None:
            focused.click()
        else:
            super().keyPressEvent(event)

    def _show_shelves(self) -> None:
        for shelf in (self._starred, self._recent):
            shelf.setVisible(shelf.filled() and not self._narrow)

    def _chosen(self, item: NavItem) -> None:
        if not self._quiet:
            self.asked.emit(item.key, item.how)
            item.how = "replace"

    def _pressed_again(self, item: NavItem) -> None:
        """A click on the current item brings its view back to the front, or opens it once more beside."""
        if item.isChecked() and item.how != "replace":
            self.asked.emit(item.key, item.how)
            item.how = "replace"
