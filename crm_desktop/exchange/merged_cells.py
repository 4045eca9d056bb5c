"""Cells that are merged over several rows: what stands in the first row holds for all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from crm_desktop.exchange.cells import Cell

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0


class MergedCells:
    """The merged areas below the heading row `begin` (0: there is none). Row numbers are those the spreadsheet shows."""

    def __init__(self, areas: Iterable[Area], begin: int):
        below = ((top, left, bottom) for top, left, bottom, _right in areas if bottom > top and top >= begin)
        self._areas = sorted((top + 1, left, bottom + 1) for top, left, bottom in below)

    def __bool__(self) -> bool:
        return bool(self._areas)

    def columns(self, blocks: Iterable[tuple[list[int], list[Sequence[Cell]]]]) -> Iterator[tuple[list[int], list[Sequence[Cell]]]]:
        """The blocks of a sheet in its order, with what was merged written into every row."""
        place, held = 0, list[tuple[int, int, int, Cell]]()
        for numbers, columns in blocks:
            while place < len(self._areas) and self._areas[place][0] <= numbers[-1]:
                first, index, last = self._areas[place]
                place += 1
                at = bisect_left(numbers, first)
                there = index < len(columns) and numbers[at] == first
                held.append((first, index, last, columns[index][at] if there else None))
            yield numbers, _filled(numbers, columns, held) if held else columns
            held = [area for area in held if area[2] > numbers[-1]]

    def first_rows(self, numbers: Iterable[int]) -> set[int]:
        """The rows that tell what stands in the merged cells of these rows."""
        wanted = sorted(numbers)
        return {first for first, _column, last in self._areas if _between(wanted, first + 1, last)}

    def fill(self, rows: dict[int, list[Cell]]) -> None:
        """The same for some rows, the first ones of their areas among them."""
        there = sorted(rows)
        for first, column, last in self._areas:
            above: Sequence[Cell] = rows.get(first, ())
            cell = above[column] if column < len(above) else None
            for number in _between(there, first + 1, last):
                _put(rows[number], column, cell)


def _filled(numbers: list[int], columns: list[Sequence[Cell]], areas: list[tuple[int, int, int, Cell]]) -> list[Sequence[Cell]]:
    filled = list(columns)
    for first, index, last, cell in areas:
        if cell is None:
            continue
        filled += [[None] * len(numbers)] * (index + 1 - len(filled))
        column = filled[index] = list(filled[index])
        for place in range(bisect_left(numbers, first + 1), bisect_right(numbers, last)):
            column[place] = cell if column[place] is None else column[place]
    return filled


def _between(numbers: list[int], first: int, last: int) -> list[int]:
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]


def _put(row: list[Cell], column: int, cell: Cell) -> None:
    if cell is None:
        return
    if len(row) <= column:
        row += [None] * (column + 1 - len(row))
    if row[column] is None:
        row[column] = cell
