"""The bar over the views: fold, search, layouts, reminders, theme and details."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.icons import icon, paint_icon
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.shell.theme import colour, font, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.buttons import Button, icon_button, keys_text, show_tip

SEARCH = Keys("Ctrl+K", "search")


class SearchField(QPushButton):
    """Looks like a search box and opens the palette, where the real one is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Search")
        words = say(_("Search or run a command"))
        self.words = words
        self.setAccessibleName(words)
        show_tip(self, words, SEARCH)
        self.setMinimumWidth(px(160))
        self.setMaximumWidth(px(420))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(px(420), px(tokens.CONTROL))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = px(tokens.ICON)
        middle = self.height() // 2
        paint_icon(painter, "search", QRect(px(11), middle - size // 2, size, size), "text2")
        painter.setFont(font("small"))
        keys = keys_text(SEARCH).replace("+", " ")
        painter.setPen(colour("text3"))
        wide = painter.fontMetrics().horizontalAdvance(keys)
        painter.drawText(self.rect().adjusted(0, 0, -px(10), 0), painting.RIGHT, keys)
        painter.setFont(font("body"))
        painting.elided(painter, self.rect().adjusted(px(37), 0, -px(20) - wide, 0), self.words)
        painter.end()


class Bell(QToolButton):
    """The reminders button with the count of those that wait."""

    def __init__(self, run: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self.setIcon(icon("bell"))
        self.setIconSize(QSize(px(tokens.ICON_BAR), px(tokens.ICON_BAR)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda _checked=False: run())
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how many reminders wait."""
        self._count = count
        words = say(_("%n reminder(s)"), n=count) if count else say(_("Reminders"))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = "9+" if self._count > 9 else str(self._count)
        wide = max(px(14), px(6) + theme.metrics("caption", tokens.SEMIBOLD).horizontalAdvance(text))
        spot = QRect(self.width() - wide, 0, wide, px(14))
        painting.rounded(painter, spot, "bad", px(7))
        painter.setFont(font("caption", tokens.SEMIBOLD, True))
        painter.setPen(colour("sidebar"))
        painter.drawText(spot, painting.CENTRE, text)
        painter.end()


class TopBar(QFrame):
    """Signals say what was pressed; the window does it."""

    fold_asked = Signal()
    search_asked = Signal()
    layouts_asked = Signal()
    reminders_asked = Signal()
    theme_asked = Signal()
    detail_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("TopBar")
        self.setFixedHeight(px(tokens.TOPBAR))
        self.fold = icon_button("panel-left", say(_("Fold the sidebar")), self.fold_asked.emit, Keys("Ctrl+B", "sidebar"))
        self.search = SearchField()
        self.search.clicked.connect(lambda _checked=False: self.search_asked.emit())
        self.layouts = Button(say(_("Layout")), "layout-grid", "ghost", self.layouts_asked.emit)
        self.bell = Bell(self.reminders_asked.emit)
        self.theme_button = icon_button("moon", say(_("Dark or light")), self.theme_asked.emit)
        self.detail = icon_button("panel-right", say(_("Details")), self.detail_asked.emit, Keys("Ctrl+D", "detail"))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 0, px(12), 0)
        row.setSpacing(px(6))
        row.addWidget(self.fold)
        self._row = row
        row.addStretch(1)
        row.addWidget(self.search, 4)
        row.addStretch(1)
        for widget in (self.layouts, self.bell, self.theme_button, self.detail):
            row.addWidget(widget)
        self._show_theme()
        theme.changed.connect(self._show_theme)

    def put_left(self, widget: QWidget) -> None:
        """Put a widget behind the button that folds the sidebar."""
        self._row.insertWidget(1, widget)

    def _show_theme(self) -> None:
        self.theme_button.setIcon(icon("sun" if theme.dark() else "moon"))
