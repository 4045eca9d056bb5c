"""One dock: the view in it, whose own header row is the handle to drag it by, and the buttons that come with company."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.focus import step_focus
from crm_desktop.ui.shell.theme import px, restyle
from crm_desktop.ui.widgets.buttons import icon_button
from crm_desktop.ui.widgets.headers import DetailHead, DockHandle, ViewHeader
from crm_desktop.ui.widgets.labels import ElidedLabel


class _PlainHandle(DockHandle):
    """The handle of a view that has no header row of its own."""

    def __init__(self, title: str, height: int = 36) -> None:
        self.height_at_100 = height
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(px(12), px(2), px(4), px(2))
        self.row.addWidget(ElidedLabel(title, "Section"), 1)

    def add_right(self, widget: QWidget) -> None:
        self.row.addWidget(widget)


class Dock(QDockWidget):
    """A view's place in the dock area. `closed_by_user(key)` when its cross is pressed, `switch_asked(key)` when it is to become
    a window of its own, or be docked again."""

    closed_by_user = Signal(str)
    switch_asked = Signal(str)

    def __init__(self, key: str, least_width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(key)
        self.view: QWidget | None = None
        self.handle: DockHandle | None = None
        self.shut: QToolButton | None = None
        self._loose: QRect | None = None
        self.body = QFrame(self)
        """What the view stands in; a view that is born in it is not moved there with all it holds."""
        self.body.setObjectName("DockBody")
        self.body.setMinimumWidth(least_width)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        self._column = column
        self.setWidget(self.body)
        self.topLevelChanged.connect(self._floated)

    def wait(self) -> None:
        """Stand there without a view until there is one."""
        self.handle = _PlainHandle("", tokens.DETAIL_HEAD)
        self.setTitleBarWidget(self.handle)

    def fill(self, title: str, view: QWidget) -> None:
        """Put the view in; its own header, where it has one, becomes the handle."""
        self.setWindowTitle(title)
        self.view = view
        blank = self.handle
        self.handle = self._take_header(view) or _PlainHandle(title)
        self._column.addWidget(view)
        # Whatever the view would like: the dock decides its width, and it must still work at the least one.
        view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setTitleBarWidget(self.handle)
        if blank is not None:
            blank.deleteLater()
        self._add_buttons(self.handle)
        self._floated(self.isFloating())

    @staticmethod
    def _take_header(view: QWidget) -> DockHandle | None:
        """The view's own header leaves the view and becomes the title bar: one line instead of two."""
        header = view.findChild(DockHandle, options=Qt.FindChildOption.FindDirectChildrenOnly)
        layout = view.layout()
        if header is not None and layout is not None:
            layout.removeWidget(header)
        return header

    def _add_buttons(self, handle: DockHandle) -> None:
        if isinstance(handle, DetailHead):
            handle.detach.clicked.connect(self.switch_float)
            handle.close_button.clicked.connect(self.ask_close)
            return
        self.shut = icon_button("x", say(_("Close view")), self.ask_close, size=14, focus=False)
        self.shut.hide()
        if isinstance(handle, ViewHeader | _PlainHandle):
            handle.add_right(self.shut)
        handle.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        handle.customContextMenuRequested.connect(lambda spot: self._open_menu(handle.mapToGlobal(spot)))

    def _open_menu(self, spot: QPoint) -> None:
        from crm_desktop.ui.widgets.menus import Menu  # not needed before somebody right-clicks

        menu = Menu(self)
        title = say(_("Dock here")) if self.isFloating() else say(_("Detach"))
        menu.add(title, self.switch_float, "maximize-2")
        if self.shut is not None and not self.shut.isHidden():
            menu.add(say(_("Close view")), self.ask_close, "x")
        menu.popup(spot)

    def switch_float(self) -> None:
        """Into a window of its own, or back."""
        self.switch_asked.emit(self.objectName())

    def set_loose(self) -> None:
        """Become a window: where it was one before, or large in the middle."""
        window = self.window().geometry()
        self.setFloating(True)
        self.setGeometry(self._loose or self._in_the_middle(window))

    def note_place(self) -> None:
        """Remember where it is as a window of its own."""
        self._loose = self.geometry()

    def _in_the_middle(self, window: QRect) -> QRect:
        """A place over the window, with room for what is narrow inside it."""
        size = QSize(px(760), px(640)).boundedTo(window.size() - QSize(px(48), px(96)))
        place = QRect(QPoint(), size)
        place.moveCenter(window.center())
        return place

    def _floated(self, floating: bool) -> None:
        # Without a compositor round corners of a window are black: a floating dock has square ones.
        for part in (self.handle, self.body):
            if part is not None and bool(part.property("floating")) != floating:
                part.setProperty("floating", "true" if floating else None)
                restyle(part)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward) if self.isFloating() else super().focusNextPrevChild(forward)

    def ask_close(self) -> None:
        """The person has no more need of the view."""
        self.closed_by_user.emit(self.objectName())

    def closeEvent(self, event: QCloseEvent) -> None:
        if event.spontaneous():  # by the frame that a floating view has got
            event.ignore()
            self.ask_close()
            return
        # The program ends, and Qt closes all windows in any order. The main one goes first: it keeps where everything stands, and
        # may say no. A view that refused would keep the program alive without a window.
        area = self.parentWidget()
        main = area.window() if area is not None else None
        event.setAccepted(main is None or not main.isVisible() or main.close())
