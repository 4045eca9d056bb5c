"""What a list keeps while its rows are replaced: which record is current, which are selected or whether all are, and the scrolling."""

from __future__ import annotations

from typing import Any

from crm_desktop.ui.records.model import RecordsModel
from crm_desktop.ui.widgets.table import Table


class KeptPlace:
    """Of the person in the list of one page. `want(id)` makes another record current as soon as the list shows it."""

    def __init__(self, table: Table, model: RecordsModel):
        self._table, self._model = table, model
        self._current: tuple[int | None, int, int] | None = None  # record, row, scrolled so far
        self._wanted: int | None = None
        self._picked_of: tuple[Any, ...] = ()
        self._picked: tuple[tuple[Any, ...], set[int] | None] | None = None  # of what, and which; None: all that match
        table.picked_changed.connect(self._note_of_what)
        model.modelAboutToBeReset.connect(self._note)
        model.refreshed.connect(self._come_back)

    def begin_at_the_top(self) -> None:
        """Other records are asked for: nothing of the place is kept."""
        self._current = (None, 0, 0)

    def want(self, record_id: int) -> None:
        """Make a record current as soon as the list shows it: it was just made or opened elsewhere."""
        row = self._model.row_of(record_id)
        if row >= 0:
            self._table.pick(row)
        else:
            self._wanted = record_id

    def _asked_for(self) -> tuple[Any, ...]:
        """What decides which records the list holds, in whatever order and columns."""
        return self._model.view.conditions, self._model.view.text

    def _note_of_what(self, count: int) -> None:
        if count > 1:
            self._picked_of = self._asked_for()

    def _note(self) -> None:
        table, model = self._table, self._model
        index = table.currentIndex()
        if index.isValid() and self._current is None:
            self._current = (model.record_id(index.row()), index.row(), table.verticalScrollBar().value())
        self._picked = None
        if table.picked_count() > 1:
            ids = None if table.everything else {model.record_id(row) for row in table.picked_rows()} - {None}
            self._picked = self._picked_of, ids  # type: ignore[assignment]

    def _come_back(self) -> None:
        """The same record is current again, or the one that took its row; a list just opened begins at the top."""
        table, model = self._table, self._model
        wanted, row, scrolled = self._current or (None, 0, 0)
        picked, self._picked = self._picked, None
        if self._wanted is not None and model.row_of(self._wanted) >= 0:
            wanted, scrolled, self._wanted, picked = self._wanted, -1, None, None
        elif table.currentIndex().isValid():
            return
        self._current = None
        found = model.row_of(wanted) if wanted is not None else -1
        row = found if found >= 0 else min(row, model.row_count() - 1)
        if row >= 0 and model.record_id(row) is None:
            row += 1  # the heading of a group
        if row >= 0 and model.record_id(row) is not None:
            table.pick(row)
            if scrolled == 0:
                table.scrollToTop()
            elif scrolled > 0:
                table.verticalScrollBar().setValue(scrolled)
            if picked is not None and picked[0] == self._asked_for():
                self._pick_again(picked[1])

    def _pick_again(self, ids: set[int] | None) -> None:
        """After somebody's change: all that match, also those that came; else those that are still there."""
        if ids is None:
            self._table.selectAll()
        elif rows := self._model.rows_of(ids):
            self._table.select_rows(rows)
