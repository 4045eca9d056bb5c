"""The main window: puts sidebar, top bar, docks, palette and commands together and knows no records."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.commands import Commands
from crm_desktop.ui.shell.docks import DETAIL, Docks, How, WhenQuiet, at_once
from crm_desktop.ui.shell.favourites import FavouritesBar
from crm_desktop.ui.shell.focus import step_focus
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.layouts import LayoutShelf, LayoutsInMemory
from crm_desktop.ui.shell.pages import Page
from crm_desktop.ui.shell.sidebar import Sidebar
from crm_desktop.ui.shell.statusbar import StatusBar
from crm_desktop.ui.shell.topbar import TopBar
from crm_desktop.ui.shell.window_commands import window_commands

if TYPE_CHECKING:
    from crm_desktop.ui.shell.hits import Provider
    from crm_desktop.ui.shell.notice import NoticeBar
    from crm_desktop.ui.shell.palette import Palette
    from crm_desktop.ui.widgets.snackbar import Snackbar

FOLDS_BELOW = 1280  # px of window width: the sidebar becomes a rail
HIDES_DETAIL_BELOW = 1100
FIRST_SIZE = (1440, 900)
LEAST_SIZE = (1024, 640)


class Window(QMainWindow):
    """The window over a list of `Page`s.

    `build_detail(parent)` makes the detail dock's widget. `undo()` is what Ctrl+Z does when the snackbar
    offers nothing; it answers False when there is nothing to undo. `when_quiet`: see `Docks`. Signals: `page_shown(key)`, `closing()`,
    `shortcuts_changed(overrides)`, `reminders_asked()`, `theme_chosen(scheme)`.
    """

    page_shown = Signal(str)
    closing = Signal()
    shortcuts_changed = Signal(dict)
    reminders_asked = Signal()
    theme_chosen = Signal(str)

    def __init__(
        self,
        pages: Sequence[Page],
        name: str = "",
        build_detail: Callable[[QWidget], QWidget] | None = None,
        provider: Provider | None = None,
        undo: Callable[[], bool] | None = None,
        layouts: LayoutShelf | None = None,
        shortcuts: dict[str, str] | None = None,
        favourites: Sequence[str] | None = None,
        when_quiet: WhenQuiet = at_once,
    ) -> None:
        super().__init__()
        self.name = name or say(_("CRM Desktop"))
        self.pages = {page.key: page for page in pages}
        self.layouts: LayoutShelf = layouts or LayoutsInMemory()
        self.undo_last = undo
        self.may_close: Callable[[], bool] = lambda: True
        self._build_detail = build_detail
        self._detail_wanted = True
        self._width_class = -1
        self._widths = ""
        self.setWindowTitle(self.name)
        self.setWindowIcon(icon("handshake", "accent", "accent"))
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(*FIRST_SIZE)
        self.commands = Commands(self, shortcuts)
        root = QWidget(self)
        self.sidebar = Sidebar(self.name, root)
        self.topbar = TopBar(root)
        self.favourites = FavouritesBar(self.commands, favourites, self.topbar)
        self.topbar.put_left(self.favourites)
        self.docks = Docks(self._build, when_quiet, root)
        self._arrange(root)
        self._notice: NoticeBar | None = None
        self._snackbar: Snackbar | None = None
        self._palette: Palette | None = None
        self._provider = provider
        self.status = StatusBar(self)
        self.setStatusBar(self.status)
        self._fill_sidebar()
        self.commands.add_all(window_commands(self))
        self._connect()

    def _arrange(self, root: QWidget) -> None:
        across = QHBoxLayout(root)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.sidebar)
        down = QVBoxLayout()
        down.setSpacing(0)
        down.addWidget(self.topbar)
        down.addWidget(self.docks, 1)
        across.addLayout(down, 1)
        self.setCentralWidget(root)

    def _connect(self) -> None:
        self.sidebar.asked.connect(self.go)
        self.favourites.refused.connect(self.tell)
        self.topbar.fold_asked.connect(self.fold_sidebar)
        self.topbar.search_asked.connect(self.search)
        self.topbar.layouts_asked.connect(self.open_layouts)
        self.topbar.reminders_asked.connect(self.reminders_asked)
        self.topbar.theme_asked.connect(self.switch_theme)
        self.topbar.detail_asked.connect(self.toggle_detail)
        self.docks.current_changed.connect(self._current_changed)
        self.docks.detail_closed.connect(self._detail_closed)
        self.commands.changed.connect(self._shortcuts_changed)
        self.commands.refused.connect(lambda why: self.tell(why))

    # ------------------------------------------------------------ views

    def go(self, key: str, how: How = "replace") -> QWidget:
        """Show a view and put the focus into it; returns its widget. Raises KeyError for an unknown one."""
        page = self.pages[key]
        wants_detail = self._detail_wanted and not page.wide and self._width_class > 0
        arriving = how == "replace" and self._build_detail is not None and not self.docks.shown(key)
        if arriving and not wants_detail:
            self.docks.show_detail(False)
        self.docks.place(key, how)
        if arriving and wants_detail:
            self.docks.show_detail(True)
        self._current_changed(key)
        self.page_shown.emit(key)
        return self.docks.view(key)

    def view(self, key: str) -> QWidget:
        """The widget of a view, built when it was never shown."""
        return self.docks.view(key)

    def current(self) -> str:
        """The key of the current view."""
        return self.docks.current()

    def detail(self) -> QWidget | None:
        """The widget of the detail dock."""
        return self.docks.view(DETAIL) if self._build_detail is not None else None

    def show_detail(self, shown: bool = True) -> None:
        """Show or put away the detail dock (a record was opened)."""
        if self._build_detail is None:
            return
        if shown or self.pages[self.current()].wide is False:
            self._detail_wanted = shown
        self.docks.show_detail(shown)

    def toggle_detail(self) -> None:
        """Show the detail dock when it is away, else put it away (Ctrl+D)."""
        self.show_detail(not self.docks.shown(DETAIL))

    def _build(self, key: str, parent: QWidget) -> tuple[str, QWidget]:
        if key == DETAIL:
            widget = self._build_detail(parent) if self._build_detail is not None else QWidget()
            return say(_("Details")), widget
        page = self.pages[key]
        return page.title, page.build(parent)

    def _current_changed(self, key: str) -> None:
        self.sidebar.show_current(key)
        if self.docks.built(key):
            self.commands.show_page(self.docks.view(key))

    def _detail_closed(self) -> None:
        self._detail_wanted = False

    # ------------------------------------------------------------ what the frame says

    # Notice, palette, snackbar and the sheet are made when first used: none is seen in the first second.

    @property
    def notice(self) -> NoticeBar:
        """The line over the status bar for what concerns the whole window."""
        if self._notice is None:
            from crm_desktop.ui.shell.notice import NoticeBar

            self._notice = NoticeBar(self.status)
        return self._notice

    @property
    def snackbar(self) -> Snackbar:
        """The bar that says what was done."""
        if self._snackbar is None:
            from crm_desktop.ui.widgets.snackbar import Snackbar

            self._snackbar = Snackbar(self)
        return self._snackbar

    @property
    def palette_box(self) -> Palette:
        """The box of Ctrl+K."""
        if self._palette is None:
            from crm_desktop.ui.shell.palette import Palette

            self._palette = Palette(self, self.commands, self._provider)
            self._palette.opened.connect(self.docks.step_aside)
            self._palette.closed.connect(self.docks.come_back)
        return self._palette

    def tell(
        self,
        text: str,
        undo: Callable[[], object] | None = None,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Say what was done in the snackbar, with a way to take it back."""
        self.snackbar.tell(text, undo, action)

    def undo(self) -> None:
        """Take the last change back (Ctrl+Z)."""
        if self.snackbar.undo():
            return
        if self.undo_last is None or not self.undo_last():
            self.snackbar.tell(say(_("There is nothing to undo.")), stays=3000)

    def set_badge(self, key: str, count: int) -> None:
        """Show a red count at a view in the sidebar."""
        self.sidebar.set_badge(key, count)

    def set_reminders(self, count: int) -> None:
        """Show how many reminders wait."""
        self.topbar.bell.set_count(count)

    def set_user(self, name: str) -> None:
        """Show who works here, at the right end of the status bar."""
        self.status.show_text("user", name, right=True)

    def search(self, text: str = "") -> None:
        """Open the palette."""
        self.palette_box.open(text)

    def fold_sidebar(self) -> None:
        """Fold the sidebar to a rail, or unfold it."""
        self.sidebar.fold(not self.sidebar.is_folded())

    def switch_theme(self) -> None:
        """Light becomes dark and dark light."""
        theme.toggle()
        self.theme_chosen.emit(theme.scheme())

    def show_shortcuts(self) -> None:
        """The sheet with all shortcuts (F1), also those of views that were not opened yet."""
        from crm_desktop.ui.shell.shortcut_sheet import ShortcutSheet

        keys = [*self.pages, *([DETAIL] if self._build_detail is not None else [])]
        sheet = ShortcutSheet(self.commands, self, (self.docks.view(key) for key in keys if not self.docks.built(key)))
        sheet.exec()
        sheet.deleteLater()

    # ------------------------------------------------------------ layout

    def state(self) -> str:
        """How everything stands, as JSON to be stored: docks, sidebar, detail, size and place of
        the window."""
        return json.dumps(
            {
                "docks": self.docks.state(),
                "folded": self.sidebar.is_folded(),
                "detail": self._detail_wanted,
                "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
            }
        )

    def restore(self, state: str, geometry: bool = True) -> bool:
        """Arrange everything as stored; False (and nothing changed) when the text is not a layout."""
        try:
            stored = json.loads(state)
            docks, folded = stored["docks"], bool(stored["folded"])
        except (TypeError, ValueError, KeyError):
            return False
        if geometry and isinstance(stored.get("geometry"), str):
            self.restoreGeometry(QByteArray.fromBase64(stored["geometry"].encode()))
        self._detail_wanted = bool(stored.get("detail", True))
        restored = self.docks.restore(docks, self.pages.__contains__)
        if restored:
            # The docks were measured in the whole screen, and the window only gets that large after it is shown.
            self._widths = docks if geometry and self.isMaximized() and not self.isVisible() else ""
            self.sidebar.fold(folded)
            self._current_changed(self.current())
            self.docks.focus(self.current())
        return restored

    def reset_layout(self) -> None:
        """One view and the detail dock, as on the first day."""
        current = self.current() or next(iter(self.pages))
        for key in self.docks.open_views():
            if key != current:
                self.docks.close_view(key)
        self._detail_wanted = True
        self.docks.show_detail(False)
        self.docks.show_detail(self._build_detail is not None and not self.pages[current].wide)
        self.sidebar.fold(self.width() < FOLDS_BELOW)

    def open_layouts(self) -> None:
        """The menu of kept layouts."""
        from crm_desktop.ui.shell.layout_menu import layout_menu

        menu = layout_menu(
            self, self.layouts, self.state, lambda state: self.restore(state, False), self.reset_layout
        )
        menu.open_under(self.topbar.layouts)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._widths and event.spontaneous() and self.isMaximized():
            widths, self._widths = self._widths, ""
            QTimer.singleShot(0, self, lambda: self.docks.restore_widths(widths))
        width = event.size().width()
        now = 2 if width >= FOLDS_BELOW else 1 if width >= HIDES_DETAIL_BELOW else 0
        before, self._width_class = self._width_class, now
        if now == before:
            return  # the user's own folding stays until the window passes a threshold again
        if before < 0 or (now == 2) != (before == 2):
            self.sidebar.fold(now < 2)
        current = self.pages.get(self.current())
        if current is None or self._build_detail is None:
            return
        if now == 0:
            self.docks.show_detail(False)
        elif before == 0 and self._detail_wanted and not current.wide:
            self.docks.show_detail(True)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return step_focus(self, forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.docks.come_back()
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    # ------------------------------------------------------------ commands

    def _fill_sidebar(self) -> None:
        groups: dict[str, list[Page]] = {"work": [], "registers": [], "foot": []}
        for page in self.pages.values():
            groups.get(page.group, []).append(page)
        for page in groups["work"]:
            self.sidebar.add(page.key, page.title, page.icon, self.go_keys(page.key))
        if groups["work"] and groups["registers"]:
            self.sidebar.add_line()
        for page in groups["registers"]:
            self.sidebar.add(page.key, page.title, page.icon, self.go_keys(page.key))
        for page in groups["foot"]:
            self.sidebar.add(page.key, page.title, page.icon, foot=True)

    def go_keys(self, key: str) -> str:
        """Ctrl+1…9 in the order of the sidebar."""
        ordered = [
            page.key for group in ("work", "registers") for page in self.pages.values() if page.group == group
        ]
        place = ordered.index(key) if key in ordered else 9
        return f"Ctrl+{place + 1}" if place < 9 else ""

    def _shortcuts_changed(self) -> None:
        self.shortcuts_changed.emit(dict(self.commands.overrides))
