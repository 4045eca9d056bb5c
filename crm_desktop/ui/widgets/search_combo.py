"""Chooses one record out of any number: it searches while you type and never loads a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.widgets.buttons import tip_text
from crm_desktop.ui.widgets.field import QuietIcon

if TYPE_CHECKING:
    from crm_desktop.ui.widgets.hit_list import HitList

Found = tuple[Any, str, str]  # id, title, second line
Ask = Callable[[Callable[[], Any], Callable[[Any], None]], object]  # runner.run(work, then)
Make = Callable[[str], tuple[Any, str] | None]  # a new record out of a text: its id and title

PAUSE = 120  # ms after the last key
OPEN_KEYS = "Ctrl+O"


def _at_once(work: Callable[[], Any], then: Callable[[Any], None]) -> None:
    then(work())


class SearchCombo(QLineEdit):
    """`find(text)` answers with (id, title, second line); `ask` runs it elsewhere (`runner.run`),
    at once by default.

    `value()` is the id. `committed` when another one is chosen or the text is emptied. With `make`
    the last entry offers to make a new record: it opens the short dialog and answers with (id,
    title) or None.
    """

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find: Callable[[str], Sequence[Found]] = lambda _text: ()
        self._ask: Ask = _at_once
        self._make: tuple[str, Make] | None = None
        self._id: Any = None
        self._title = ""
        self._turn = 0
        self._run_open: Callable[[Any], object] | None = None
        self._opening: QAction | None = None
        self._list: HitList | None = None
        glass = self.addAction(icon("search", "text3", "text3"), QLineEdit.ActionPosition.TrailingPosition)
        glass.setText(say(_("Search")))  # the name a screen reader says
        glass.triggered.connect(self.unfold)
        QuietIcon(self, glass)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self.leave)

    def set_source(
        self,
        find: Callable[[str], Sequence[Found]],
        ask: Ask | None = None,
        make: tuple[str, Make] | None = None,
    ) -> None:
        """Say where hits come from, who runs the search, and (label, callable) to make a new record."""
        self._find = find
        self._ask = ask or _at_once
        self._make = make

    def let_open(self, run: Callable[[Any], object]) -> None:
        """Offer to open the record that is chosen: an icon, and Ctrl+O while the cursor is here."""
        self._run_open = run
        opening = self.addAction(icon("external-link", "text3", "text3"), QLineEdit.ActionPosition.TrailingPosition)
        opening.setText(say(_("Open this record")))
        opening.setToolTip(tip_text(say(_("Open this record")), OPEN_KEYS))
        opening.setVisible(self.property("quiet") != "true")
        opening.setEnabled(self._id is not None)
        opening.triggered.connect(self.open_chosen)
        self._opening = opening
        QuietIcon(self, opening)

    def open_chosen(self) -> None:
        """Open the record that is chosen, where it may be opened from here."""
        if self._run_open is not None and self._id is not None:
            self._run_open(self._id)

    def value(self) -> Any:
        """The id chosen, None for none."""
        return self._id

    def title(self) -> str:
        """The title of what is chosen."""
        return self._title

    def set_value(self, value: Any, title: str = "") -> None:
        """Show a record without committing it."""
        self._id, self._title = value, title
        if self._opening is not None:
            self._opening.setEnabled(value is not None)
        self.setText(title)
        self.setCursorPosition(0)

    def problem(self) -> str:
        """A choice is never wrong."""
        return ""

    def leave(self) -> None:
        """An emptied text means none; a text that was not chosen goes back to what was chosen before."""
        if self._list is not None and self._list.unfolded():
            return
        if not self.text().strip() and self._id is not None:
            self._take(None, "")
        elif self.text() != self._title:
            self.setText(self._title)
            self.setCursorPosition(0)

    def unfold(self) -> None:
        """Search for what stands in the editor now (everything when it shows the chosen record)."""
        self._search("" if self.text() == self._title else None)

    def hits(self) -> list[Found]:
        """What was found last."""
        return self._list.hits() if self._list is not None else []

    def unfolded(self) -> bool:
        """Whether the list is on screen."""
        return self._list is not None and self._list.unfolded()

    def fold(self) -> None:
        """Hide the list."""
        if self._list is not None:
            self._list.fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            self._list is not None
            and self.unfolded()
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._list.take_marked()
        elif self._run_open is not None and event.matches(QKeySequence.StandardKey.Open):
            self.open_chosen()
        elif event.key() == Qt.Key.Key_Down and not self.unfolded():
            self.unfold()
        elif event.key() == Qt.Key.Key_Escape and self.text() != self._title:
            self.fold()
            self.setText(self._title)
            self.selectAll()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def _typed(self, _text: str) -> None:
        self.changed.emit()
        self._pause.start()

    def _search(self, text: str | None = None) -> None:
        self._pause.stop()
        asked = self.text().strip() if text is None else text
        self._turn += 1
        turn = self._turn
        self._ask(lambda: self._find(asked), lambda hits: self._show(hits, asked, turn))

    def _show(self, hits: Sequence[Found], asked: str, turn: int) -> None:
        if turn != self._turn or not self.hasFocus():
            return  # an answer to an older question, or nobody waits any more
        # Made when first needed: a form has several of these, and its list costs more than all the
        # rest of it.
        from crm_desktop.ui.widgets.hit_list import MAKE, HitList

        if self._list is None:
            self._list = HitList(self)
            self._list.taken.connect(self._chosen)
        shown = list(hits)
        if self._make is not None and asked:
            shown.append((MAKE, f"{self._make[0]} “{asked}”", ""))
        self._list.unfold(shown, asked)

    def _chosen(self, hit: Found) -> None:
        from crm_desktop.ui.widgets.hit_list import MAKE

        key, title, _sub = hit
        if key is not MAKE:
            self._take(key, title)
            return
        made = self._make[1](self.text().strip()) if self._make else None
        if made:
            self._take(*made)
        else:
            self.setText(self._title)

    def _take(self, key: Any, title: str) -> None:
        before = self._id
        self.set_value(key, title)
        if key != before:
            self.changed.emit()
            self.committed.emit()
