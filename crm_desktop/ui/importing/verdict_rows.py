"""The rows of a rehearsal as a list: what becomes of each, why, and its cells and what they would change, which arrive by the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from crm_desktop.core.words import _, listed, say, together
from crm_desktop.exchange.cells import Cell, as_text
from crm_desktop.exchange.importing.plan import Importing, labels_of
from crm_desktop.exchange.importing.verdicts import Verdict, Verdicts
from crm_desktop.exchange.mapping import titles
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.widgets.columns import LOADING, Column
from crm_desktop.ui.widgets.rows import CellModel

LABELS = {"new": _("New"), "changed": _("Changed"), "unchanged": _("Unchanged"), "refused": _("Refused")}
TONES = {"new": "ok", "changed": "accent", "unchanged": "grey", "refused": "bad"}
PAGE = 200
_PAGES_KEPT = 20
_LONGEST = 300  # characters of a cell that a list shows
WHY, WHY_SILENT = 340, 80  # widths of the column that says why
_OWN = 4  # columns before those of the sheet
_SHORT = 40  # characters of a value within a sentence


class VerdictRows(CellModel):
    """The verdicts at `places`. Behind the list's own columns stand those of the sheet, and behind one that is taken apart its
    parts: (column of the sheet, None or its part). done: the rows have come in, and nobody knows here any more what stood there
    before."""

    def __init__(self, desk: Desk, plan: Importing | None, verdicts: Verdicts, places: Sequence[int], done: bool = False):
        self._desk, self._plan, self._verdicts, self._places, self._done = desk, plan, verdicts, places, done
        self._before: dict[int, dict[str, str]] = {}
        self._pages: dict[int, dict[int, list[Cell]]] = {}
        self._asked: set[int] = set()
        names = {key: say(label) for key, label in LABELS.items()}
        columns = [
            Column("title", say("Record"), "text", 160, sortable=False),
            Column("row", say("Row"), "number", 64, sortable=False),
            Column("outcome", say("Verdict"), "pill", 116, TONES, names, sortable=False),
            Column("why", say("Why"), "text", WHY if verdicts.speaking() else WHY_SILENT, sortable=False),
        ]
        headings = titles(plan.table, plan.targets) if plan is not None else []
        self._shown: list[tuple[int, Callable[[Cell], str] | None]] = []
        spreads = {spread.column.index: spread for spread in plan.drafts.spreads} if plan is not None else {}
        for place, heading in enumerate(headings):
            columns.append(Column(f"cell{place}", heading, "text", 130, sortable=False))
            self._shown.append((place, None))
            for level, target in enumerate(spreads[place].fields) if place in spreads else ():
                columns.append(Column(f"part{place}.{level}", f"→ {target.label()}", "text", 100, sortable=False))
                self._shown.append((place, partial(spreads[place].part, level)))
        super().__init__(columns)

    def row_count(self) -> int:
        return len(self._places)

    def cell(self, row: int, column: int) -> object:
        if column >= _OWN:
            cells = self.cells(row)
            if cells is None:
                return LOADING
            place, part = self._shown[column - _OWN]
            if part is None and self._plan is not None and cells[place] is None:
                pictures = self._plan.table.sheet.pictures.get(place, ())
                return say("Picture") if self.verdict(row).row in pictures else ""
            return (part or as_text)(cells[place])[:_LONGEST]
        verdict = self.verdict(row)
        return self._why(row, verdict) if column == _OWN - 1 else (verdict.title, verdict.row, verdict.outcome)[column]

    def verdict(self, row: int) -> Verdict:
        """The verdict in a row of the list."""
        return self._verdicts[self._places[row]]

    def sheet_column(self, column: int, row: int) -> int:
        """The column of the sheet a column of the list shows, whole or a part of it; for the list's own the one for whose sake the
        row is refused, else the first."""
        if column >= _OWN:
            return self._shown[column - _OWN][0]
        wrong = getattr(self.verdict(row).reason, "field", None)
        mapped = self._plan.mapping.column(wrong) if self._plan is not None and wrong else None
        return mapped.index if mapped is not None else self._shown[0][0] if self._shown else -1

    def list_column(self, sheet_column: int) -> int:
        """The column of the list that shows a column of the sheet as it stands there; -1 for none."""
        whole = (sheet_column, None)
        return _OWN + self._shown.index(whole) if whole in self._shown else -1

    def cells(self, row: int) -> list[Cell] | None:
        """The cells of the sheet's row; None while they are on their way."""
        page = row // PAGE
        if page not in self._pages:
            self._fetch(page)
            return None
        number = self.verdict(row).row
        return self._pages[page].get(number, [None] * len(self.columns))

    def forget(self, row: int) -> None:
        """The row has been corrected: fetch it anew, and show its new verdict."""
        self._pages.pop(row // PAGE, None)
        self._asked.discard(row // PAGE)
        self._show(row, row)

    def _fetch(self, page: int) -> None:
        if page in self._asked or self._plan is None:
            return
        self._asked.add(page)
        plan, verdicts = self._plan, [self._verdicts[place] for place in self._places[page * PAGE : (page + 1) * PAGE]]

        def look() -> tuple[dict[int, list[Cell]], dict[int, dict[str, str]]]:
            return plan.table.some([verdict.row for verdict in verdicts]), {} if self._done else self._as_they_stand(plan, verdicts)

        def arrived(found: tuple[dict[int, list[Cell]], dict[int, dict[str, str]]]) -> None:
            rows, before = found
            self._asked.discard(page)
            if len(self._pages) >= _PAGES_KEPT:
                for number in self._pages.pop(next(iter(self._pages))):
                    self._before.pop(number, None)
            self._pages[page] = rows
            self._before.update(before)
            self._show(page * PAGE, min((page + 1) * PAGE, len(self._places)) - 1)

        self._desk.read(look, arrived)

    def _as_they_stand(self, plan: Importing, verdicts: Sequence[Verdict]) -> dict[int, dict[str, str]]:
        """Row -> what stands now in the fields it would change, as far as the person may see it."""
        records, fields = plan.records, plan.records.fields(plan.record_type)
        changing = [verdict for verdict in verdicts if verdict.record]
        names = sorted({name for verdict in changing for name in verdict.fields if name in fields})
        rows = records.rows(plan.record_type, plan.actor, [verdict.record for verdict in changing], names) if names else {}
        found = {}
        for verdict in changing:
            values = zip(names, rows.get(verdict.record, ()), strict=False)
            found[verdict.row] = {name: fields[name].kind.show(value, None, records.names) for name, value in values}
        return found

    def _show(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _why(self, row: int, verdict: Verdict) -> str:
        if verdict.reason is not None:
            return verdict.reason.sentence()
        said = [note.sentence() for note in verdict.notes()]
        if verdict.outcome == "changed" and verdict.fields and self._plan is not None:
            labels = labels_of(self._plan.record_type, self._plan.records, verdict.fields)
            told = [self._told(row, verdict, name, label) for name, label in zip(verdict.fields, labels, strict=True)]
            said.append(say("Changes: {fields}", fields=listed(told)))
        return together(said)

    def _told(self, row: int, verdict: Verdict, name: str, label: str) -> str:
        """A field that changes, with what stands there and what would, once that has arrived."""
        plan, cells = self._plan, None if self._done else self.cells(row)
        before, column = self._before.get(verdict.row, {}).get(name), plan.mapping.column(name) if plan is not None else None
        if plan is None or cells is None or before is None or column is None:
            return label
        after = as_text(cells[column.index]) or str(self.cell(row, self.list_column(column.index)))
        if not after and plan.drafts.spreads:
            return label  # it comes out of a cell that is taken apart
        return say("{field}: {before} → {after}", field=label, before=before[:_SHORT] or "—", after=after[:_SHORT] or "—")
