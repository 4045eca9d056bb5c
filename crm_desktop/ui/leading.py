"""The detail dock follows what is current in the lists and boards of a window, and they follow what was opened elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import SignalInstance

from crm_desktop.ui import places
from crm_desktop.ui.records.list_page import ListPage
from crm_desktop.ui.shell.window import Window


class RecordPage(Protocol):
    """A list, a board: `chosen(id)` and `opened(id)` tell which record became current, and which one is to be opened."""

    @property
    def chosen(self) -> SignalInstance: ...
    @property
    def opened(self) -> SignalInstance: ...

    def current_id(self) -> int | None:
        """The id of the row or card that is current."""

    def want(self, record_id: int) -> None:
        """Make a record's row or card current, as soon as it is shown."""


class Leading:
    """Knows the pages of records of a window, and which record is current where."""

    def __init__(self, window: Window, open_record: Callable[[str, int], object]) -> None:
        self._window, self._open_record = window, open_record
        self._pages: dict[str, RecordPage] = {}

    def connect(self, page: RecordPage, type_key: str) -> None:
        """Let a page lead the detail dock."""
        self._pages[type_key] = page
        page.chosen.connect(lambda record_id: self._choose(type_key, record_id))
        page.opened.connect(lambda record_id: self._open_record(type_key, record_id))
        if isinstance(page, ListPage):
            page.table.clicked.connect(lambda _index: self._choose_again(type_key, page))

    def follow(self, type_key: str, record_id: int) -> None:
        """A record was opened elsewhere (found, behind a link, just made): where its list or board is there, it is current in it."""
        page = self._pages.get(type_key)
        if page is not None and page.current_id() != record_id:
            page.want(record_id)

    def in_front(self) -> tuple[str, int] | None:
        """Type and id of what is current in the view in front, where that is a page of records."""
        return self._current_of(self._window.current())

    def _current_of(self, view: str) -> tuple[str, int] | None:
        type_key = places.type_of(view)
        record_id = self._pages[type_key].current_id() if type_key in self._pages else None
        return None if record_id is None else (type_key, record_id)

    def _choose_again(self, type_key: str, page: RecordPage) -> None:
        """A click on the row that is current already brings its record back when another one is shown by now."""
        detail: Any = self._window.detail()
        record_id = page.current_id()
        shown = getattr(detail, "record", None)
        if record_id is not None and shown is not None and (shown.key(), shown.id) != (type_key, record_id):
            self._choose(type_key, record_id)

    def _choose(self, type_key: str, record_id: int) -> None:
        docks = self._window.docks
        if docks.shown("detail") and docks.built("detail"):  # built later, after the list was painted, it is led then
            docks.view("detail").open(type_key, record_id)  # type: ignore[attr-defined]

    def lead_detail(self) -> None:
        """The detail dock shows the current row of the list in front, also when either of them was just opened; of what is in
        front without a list (a calendar), that of the list beside it."""
        docks = self._window.docks
        if docks.built("detail"):
            self.lead(docks.view("detail"))

    def lead(self, detail: Any) -> None:
        """The same, as soon as the detail dock is made."""
        if not self._window.docks.shown("detail"):
            return
        front, *beside = self._window.docks.used_last()
        for view in (front, *(beside if detail.record is None else ())):
            if (current := self._current_of(view)) is not None:
                detail.open(*current)
                return
