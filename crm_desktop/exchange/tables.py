"""Finds the table in a sheet: the heading row below titles and notes, two-line headings, and the rows that are no data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.cells import ERRORS, Cell, as_text, column_letter, kinds_of
from crm_desktop.exchange.heading_rows import HeadingRows, find_heading_rows
from crm_desktop.exchange.merged_cells import MergedCells
from crm_desktop.exchange.odd_rows import OddRows
from crm_desktop.exchange.workbook import Sheet, Workbook

_SAMPLES = 40
_MOST_LISTED = 1_000


@dataclass(frozen=True)
class LeftOut:
    """A row that is not data: kind is "title", "heading", "subheading", "total" or "note"."""

    row: int
    kind: str
    text: str


@dataclass(frozen=True)
class ErrorCell:
    """A cell whose formula failed: #DIV/0! and the like."""

    row: int
    column: int
    text: str


@dataclass
class Table:
    """The table of a sheet. Columns are counted from 0, rows as the spreadsheet numbers them (from 1).

    headings: one for each column, the column's letter where none is written. heading_rows: numbers of the rows they were
    taken from, () when the table has none. count: rows of data. samples: first different values of each column. filled: how
    many cells of each column hold something; kinds: which sorts of cells there are in it; again: columns of which some of the first
    rows hold the same. At most 1,000 left-out rows and error
    cells are listed.
    """

    sheet: Sheet
    headings: list[str]
    heading_rows: tuple[int, ...] = ()
    count: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    errors: list[ErrorCell] = field(default_factory=list)
    samples: list[list[Cell]] = field(default_factory=list)
    filled: list[int] = field(default_factory=list)
    corrections: dict[int, dict[int, Cell]] = field(default_factory=dict)
    kinds: list[set[type]] = field(default_factory=list)
    again: set[int] = field(default_factory=set)
    _skipped: set[int] = field(default_factory=set)

    def columns(self) -> Iterator[tuple[list[int], list[Sequence[Cell]]]]:
        """The rows of data, some hundred at a time: their numbers and their columns, as many as headings, corrected where the person
        has corrected them."""
        begin = self.heading_rows[-1] if self.heading_rows else 0
        for numbers, columns in self._all_columns():
            columns = columns[: len(self.headings)]
            columns += [[None] * len(numbers)] * (len(self.headings) - len(columns))
            if numbers[0] <= begin or not self._skipped.isdisjoint(numbers):
                kept = [place for place, number in enumerate(numbers) if number > begin and number not in self._skipped]
                numbers = [numbers[place] for place in kept]
                columns = [[column[place] for place in kept] for column in columns]
            if self.corrections and not self.corrections.keys().isdisjoint(numbers):
                columns = self._corrected_columns(numbers, columns)
            if numbers:
                yield numbers, columns

    def numbered(self) -> Iterator[tuple[int, list[Cell]]]:
        """The same row by row."""
        for numbers, columns in self.columns():
            yield from zip(numbers, map(list, zip(*columns, strict=True)), strict=True)

    def _all_columns(self) -> Iterator[tuple[list[int], list[Sequence[Cell]]]]:
        """All rows of the sheet, with what is merged over several rows of data in each of them."""
        merged, blocks = self._merged(), self.sheet.columns()
        return merged.columns(blocks) if merged else blocks

    def _merged(self) -> MergedCells:
        return MergedCells(self.sheet.merged, self.heading_rows[-1] if self.heading_rows else 0)

    def some(self, numbers: Iterable[int]) -> dict[int, list[Cell]]:
        """These rows as `numbered` gives them."""
        width, merged, wanted = len(self.headings), self._merged(), set(numbers)
        rows = self.sheet.some(wanted | merged.first_rows(wanted) if merged else wanted)
        merged.fill(rows)
        return {
            number: self._corrected(number, row + [None] * (width - len(row))) for number, row in rows.items() if number in wanted
        }

    def pictures(self, numbers: Sequence[int], column: int) -> list[Cell]:
        """The pictures in and over the cells of a column, in rows as `columns` gives them; nothing else that stands there is one."""
        found = self.sheet.pictures_of(column, numbers)
        return [None if column in self.corrections.get(row, ()) else one for row, one in zip(numbers, found, strict=True)]

    def unread(self, numbers: Sequence[int], column: int) -> list[str]:
        """Why the pictures of these cells cannot be taken; '' where there is none, or one that can."""
        found = self.sheet.unread.get(column, {})
        return ["" if column in self.corrections.get(row, ()) else found.get(row, "") for row in numbers]

    def correct(self, row: int, column: int, value: Cell) -> None:
        """Put another value in the place of what stands in the file; the file itself is never changed."""
        self.corrections.setdefault(row, {})[column] = value

    def samples_of(self, column: int) -> list[Cell]:
        """The first different values of a column."""
        return self.samples[column] if column < len(self.samples) else []

    def _corrected(self, number: int, row: list[Cell]) -> list[Cell]:
        corrected = self.corrections.get(number, {})
        return [corrected.get(column, cell) for column, cell in enumerate(row)] if corrected else row

    def _corrected_columns(self, numbers: list[int], columns: list[Sequence[Cell]]) -> list[Sequence[Cell]]:
        changed = [list(column) for column in columns]
        for number in self.corrections.keys() & set(numbers):
            for column, cell in self.corrections[number].items():
                if column < len(changed):
                    changed[column][numbers.index(number)] = cell
        return changed  # type: ignore[return-value]


def find_table(sheet: Sheet, known: Callable[[str], bool] | None = None, heading_row: int | None = None) -> Table:
    """Find the table of `sheet`, looking through all its rows once.

    known: tells whether a text is the usual heading of some field; it decides where the headings are. heading_row: the
    row's number when the person says so, 0 for a table without headings. Raises Invalid when there is nothing to read.
    """
    head = sheet.head(60)
    if not head:
        raise Invalid(_("The sheet “{sheet}” is empty."), sheet=sheet.name)
    found = find_heading_rows(sheet, head, known or (lambda text: False), heading_row)
    width = max(sheet.width, len(found.texts))
    headings = [text or "" for text in found.texts] + [""] * (width - len(found.texts))
    table = Table(sheet, headings, found.numbers)
    _survey(table, found, OddRows(found, head, sheet.merged), width)
    _trim(table)
    table.headings = _distinct(table.headings)
    return table


def likely_sheet(workbook: Workbook, known: Callable[[str], bool], title: str = "") -> Sheet:
    """The sheet a person most likely means: the one called `title`, else the one with most known headings; without any, the
    first that holds something."""
    best, most = workbook.sheet(), 0
    if called := [sheet for sheet in workbook.sheets if title and sheet.name == title and sheet.height]:
        return called[0]
    for sheet in workbook.sheets:
        if sheet.hidden or not sheet.height or sheet.problem is not None:
            continue
        texts = find_heading_rows(sheet, sheet.head(60), known, None).texts
        hits = sum(known(text) for text in texts if text)
        if hits > most:
            best, most = sheet, hits
    return best


def _survey(table: Table, found: HeadingRows, odd: OddRows, width: int) -> None:
    """Go through all rows once: count, list what is left out, and keep samples."""
    begin = found.numbers[-1] if found.numbers else 0
    table.filled, table.kinds = [0] * width, [set() for _column in range(width)]
    seen: list[dict[Cell, None]] = [{} for _column in range(width)]
    for numbers, columns in table._all_columns():
        kinds = odd.kinds(numbers, columns)
        if numbers[0] <= begin:
            above = {place: number for place, number in enumerate(numbers) if number <= begin}
            kinds |= {place: "headings" if number in found.numbers else "title" for place, number in above.items()}
        for place in sorted(kinds):
            if numbers[place] > begin:
                table._skipped.add(numbers[place])
            if kinds[place] != "headings" and len(table.left_out) < _MOST_LISTED:
                text = _text_of([column[place] for column in columns])
                table.left_out.append(LeftOut(numbers[place], kinds[place], text))
        if kinds:
            kept = [place for place in range(len(numbers)) if place not in kinds]
            numbers, columns = [numbers[place] for place in kept], [[column[place] for place in kept] for column in columns]
        if not table.count:
            table.again = {place for place, cells in enumerate(columns) if _comes_again(cells)}
        table.count += len(numbers)
        _look_at_columns(table, numbers, columns, seen)
    table.samples = [list(values) for values in seen]


def _look_at_columns(table: Table, numbers: list[int], columns: Sequence[Sequence[Cell]], seen: list[dict[Cell, None]]) -> None:
    """Count filled cells and note sorts of cells, failed formulas and the first different values of each column."""
    failed: list[ErrorCell] = []
    for column, cells in enumerate(columns):
        kinds = kinds_of(cells)
        table.filled[column] += len(cells) - cells.count(None)
        table.kinds[column] |= kinds
        wrong = str in kinds and _fails(cells if kinds == {str} else [cell for cell in cells if cell.__class__ is str])  # type: ignore[arg-type]
        if wrong:
            failed += [ErrorCell(numbers[place], column, str(cell)) for place, cell in enumerate(cells) if cell in ERRORS]
        for cell in cells if len(seen[column]) < _SAMPLES else ():
            if cell is not None and not (wrong and cell in ERRORS):
                seen[column][cell] = None
                if len(seen[column]) == _SAMPLES:
                    break
    failed.sort(key=lambda error: (error.row, error.column))
    table.errors += failed[: _MOST_LISTED - len(table.errors)]


def _comes_again(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell is not None]
    return len(set(filled)) < len(filled)


def _fails(texts: Sequence[str]) -> bool:
    """Whether an error is among them; to see that none begins like one takes less time than to look all of them up."""
    together = "\n".join(texts)
    return ("#" in together or "Err:" in together) and not ERRORS.isdisjoint(texts)


def _trim(table: Table) -> None:
    """Forget columns at the right that have neither heading nor values."""
    width = len(table.headings)
    while width > 1 and not table.headings[width - 1] and not table.filled[width - 1]:
        width -= 1
    table.headings = table.headings[:width]
    table.filled, table.kinds = table.filled[:width], table.kinds[:width]
    table.samples = table.samples[:width]


def _distinct(headings: list[str]) -> list[str]:
    """Columns without heading are called by their letter; a heading that comes again gets a number."""
    counts: Counter[str] = Counter()
    distinct = []
    for index, text in enumerate(headings):
        text = text or column_letter(index)
        counts[text] += 1
        distinct.append(text if counts[text] == 1 else f"{text} {counts[text]}")
    return distinct


def _text_of(row: list[Cell]) -> str:
    return " ".join(as_text(value) for value in row if value is not None)[:200]
