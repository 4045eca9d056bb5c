"""Menus and popovers: entries with icon, shortcut and the reason why one is grey; a box that opens under a
button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import keys_text
from crm_desktop.ui.widgets.labels import plain_tip

_STAYS = "stays"


class Menu(QMenu):
    """A context menu. Shortcuts are only shown: the command registry owns them, so no key is ambiguous."""

    def __init__(self, parent: QWidget | None = None, passing: bool = True) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        if passing:
            self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._stay(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed = event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (pressed and self._stay(self.activeAction())):
            super().keyPressEvent(event)

    def _stay(self, action: QAction | None) -> bool:
        if action is None or not action.property(_STAYS) or not action.isEnabled():
            return False
        action.trigger()
        return True

    def add(
        self,
        title: str,
        run: Callable[[], object] | None = None,
        icon_name: str | None = None,
        shortcut: str = "",
        why_not: str = "",
        checked: bool | None = None,
        stays: bool = False,
    ) -> QAction:
        """Add an entry; `why_not` disables it and says the reason; `checked` makes it a switch; the menu `stays` open for the
        next one of several switches."""
        shown = title.replace("&", "&&")
        action = QAction(f"{shown}\t{keys_text(shortcut)}" if shortcut else shown, self)
        if icon_name:
            action.setIcon(icon(icon_name))
        if why_not:
            action.setEnabled(False)
            action.setToolTip(plain_tip(why_not))
        if checked is not None:
            action.setCheckable(True)
            action.setChecked(checked)
        if run is not None:
            action.triggered.connect(lambda _checked=False: run())
        self.addAction(action)
        action.setProperty(_STAYS, stays)
        return action

    def add_heading(self, title: str) -> None:
        """Add a line that names the entries below it."""
        action = self.addAction(title.replace("&", "&&"))
        action.setEnabled(False)

    def open_under(self, widget: QWidget) -> None:
        """Show under a button, or above it where the screen ends."""
        spot = widget.mapToGlobal(QPoint(0, widget.height() + px(4)))
        screen = widget.screen() or QGuiApplication.primaryScreen()
        if spot.y() + self.sizeHint().height() > screen.availableGeometry().bottom():
            spot = widget.mapToGlobal(QPoint(0, -self.sizeHint().height() - px(4)))
        self.popup(spot)


class Popover(QFrame):
    """A small box with any content that opens under a widget and closes by Esc or a click elsewhere."""

    def __init__(self, parent: QWidget, name: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("Popover")
        self.setAccessibleName(name)
        self.setWindowTitle(name)
        self._under: QWidget | None = None
        self._align_right = False
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(12), px(12), px(12), px(12))
        self.column.setSpacing(px(8))

    def open_under(self, widget: QWidget, align_right: bool = False) -> None:
        """Show under `widget`, kept on its screen."""
        self._under, self._align_right = widget, align_right
        self.place()
        self.show()

    def place(self) -> None:
        """Take the size the content needs now, and the place under the widget that goes with it."""
        widget, align_right = self._under, self._align_right
        if widget is None:
            return
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()
        size = self.size()
        left = widget.width() - size.width() if align_right else 0
        spot = widget.mapToGlobal(QPoint(left, widget.height() + px(4)))
        area = (widget.screen() or QGuiApplication.primaryScreen()).availableGeometry()
        x = min(max(spot.x(), area.left() + 4), area.right() - size.width() - 4)
        y = spot.y()
        if y + size.height() > area.bottom():
            y = widget.mapToGlobal(QPoint(0, 0)).y() - size.height() - px(4)
        self.move(x, max(area.top(), y))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
