"""Finds the row or rows that hold a table's headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from crm_desktop.exchange.cells import Cell
from crm_desktop.exchange.workbook import Sheet

Numbered = tuple[int, list[Cell]]
_LONGEST_HEADING = 40
_SEARCHED = 40
_OF_GROUPS = re.compile(r"\s*(信息|資訊|资料|資料|情况|情況|information|info|details?)$", re.I)
_DATA_LIKE = re.compile(r"[^@\s]+@[^@\s]+\.\w+|\+?[\d\s()\-]{6,}|\d{4}[-/.年]\d{1,2}.*|https?://.*|-?[\d,]+(\.\d+)?%?")


@dataclass(frozen=True)
class HeadingRows:
    """numbers: the rows' numbers, () for none; texts: the headings of the columns, None where there is none."""

    numbers: tuple[int, ...]
    texts: tuple[str | None, ...]


def find_heading_rows(
    sheet: Sheet, head: list[Numbered], known: Callable[[str], bool], heading_row: int | None
) -> HeadingRows:
    """The headings among the first rows `head`; `heading_row` overrides the search (0: there are none)."""
    if heading_row == 0:
        return HeadingRows((), ())
    if heading_row is not None:
        chosen = next((index for index, (number, _row) in enumerate(head) if number == heading_row), None)
        if chosen is None:
            row = next((row for number, row in sheet.numbered() if number == heading_row), [])
            return HeadingRows((heading_row,), _texts(row))
        return _with_second_line(sheet, head, chosen, known, given=True)
    index = _best(head, known)
    return HeadingRows((), ()) if index is None else _with_second_line(sheet, head, index, known, given=False)


def _best(head: list[Numbered], known: Callable[[str], bool]) -> int | None:
    """The most heading-like row: first by how many known headings it holds, else by looks; None when the table has none."""
    rows = [row for _number, row in head[:_SEARCHED]]
    hits = [sum(known(cell) for cell in row if isinstance(cell, str) and len(cell) <= _LONGEST_HEADING) for row in rows]
    most = max(hits)
    filled = [sum(cell is not None for cell in row) for row in rows]
    if most >= 2 or (most == 1 and max(filled) <= 2):
        # A group line above ("contact", "address") also holds known words; the line with more of them wins.
        return hits.index(most)
    if max(filled) == 1:
        # One column of names: without a known heading the first name is a name.
        return hits.index(1) if most else None
    usual = sorted(filled)[len(filled) * 7 // 10]
    for index, row in enumerate(rows):
        if filled[index] >= max(1, 0.6 * usual) and _looks_like_headings(row):
            return index
    return None


def _looks_like_headings(row: list[Cell]) -> bool:
    cells = [cell for cell in row if cell is not None]
    words = [cell for cell in cells if isinstance(cell, str)]
    # A running number or a year among the headings is common; more of them is data.
    if len(words) < 0.8 * len(cells) or len(set(words)) < 0.8 * len(words):
        return False
    return all(len(word) <= _LONGEST_HEADING and not _DATA_LIKE.fullmatch(word) for word in words)


def _with_second_line(
    sheet: Sheet, head: list[Numbered], index: int, known: Callable[[str], bool], given: bool
) -> HeadingRows:
    """The headings of row `index`, joined with a line of group titles above or of sub-headings below when there is one."""
    number, row = head[index]
    if not given and index > 0 and _is_group_line(sheet, head[index - 1], head[index]):
        above = head[index - 1]
        return HeadingRows((above[0], number), _joined(sheet, above, head[index], known))
    if index + 1 < len(head) and _is_second_line(sheet, head[index], head[index + 1], known):
        below = head[index + 1]
        return HeadingRows((number, below[0]), _joined(sheet, head[index], below, known))
    return HeadingRows((number,), _texts(row))


def _is_group_line(sheet: Sheet, above: Numbered, line: Numbered) -> bool:
    """Whether `above` holds the titles of groups of columns, or headings that span both lines."""
    if above[0] != line[0] - 1 or not _only_short_texts(above[1]):
        return False
    if _areas(sheet, above[0], over_rows=True):
        return True
    titles = [str(cell) for cell in above[1] if cell is not None]
    if len(titles) >= 2 and _areas(sheet, above[0], over_rows=False) and not any(re.search("[:：]", title) for title in titles):
        return True
    gaps = sum(cell is not None and _at(line[1], column) is None for column, cell in enumerate(above[1]))
    return gaps >= 1 and len(titles) >= 2


def _is_second_line(sheet: Sheet, line: Numbered, below: Numbered, known: Callable[[str], bool]) -> bool:
    if below[0] != line[0] + 1 or not _only_short_texts(below[1]):
        return False
    texts = [(column, str(cell)) for column, cell in enumerate(below[1]) if cell is not None]
    if any(_DATA_LIKE.fullmatch(text) for _column, text in texts):
        return False
    spread = _areas(sheet, line[0], over_rows=False)
    if spread and all(_at(line[1], column) is None or _within(spread, column) for column, _text in texts):
        return True
    fills_gaps = [column for column, _text in texts if _at(line[1], column) is None]
    hits = sum(known(text) for _column, text in texts)
    return bool(fills_gaps) and hits >= max(1, len(texts) / 2)


def _joined(sheet: Sheet, upper: Numbered, lower: Numbered, known: Callable[[str], bool]) -> tuple[str | None, ...]:
    """One heading for each column: the lower text; with the group's title before it when it says nothing alone."""
    width = max(len(upper[1]), len(lower[1]))
    groups = [_text(_at(upper[1], column)) for column in range(width)]
    for _top, left, _bottom, right in _areas(sheet, upper[0], over_rows=False):
        for column in range(left, min(right + 1, width)):
            groups[column] = groups[left]
    if not sheet.merged:
        # Formats that do not tell merged areas: a title reaches to the right as long as only the lower line is filled.
        for column in range(1, width):
            if groups[column] is None and _at(lower[1], column) is not None:
                groups[column] = groups[column - 1]
    texts: list[str | None] = []
    for column in range(width):
        below = _text(_at(lower[1], column))
        above = groups[column]
        if below is None or above is None or below == above:
            texts.append(below or above)
        else:
            # "联系人信息" over "手机" is the contact's mobile, "基本信息" over it says nothing.
            both, stem = f"{above} {below}", _OF_GROUPS.sub("", above)
            short = below if stem in below else f"{stem} {below}"
            texts.append(next((text for text in (both, short, below) if known(text)), both))
    return tuple(texts)


def _areas(sheet: Sheet, number: int, over_rows: bool) -> list[tuple[int, int, int, int]]:
    """Merged areas that begin in row `number` and span two rows (over_rows), or several columns of it."""
    begun = [area for area in sheet.merged if area[0] == number - 1]
    if over_rows:
        return [area for area in begun if area[2] == number]
    return [area for area in begun if area[3] > area[1] and area[2] == area[0]]


def _within(areas: list[tuple[int, int, int, int]], column: int) -> bool:
    return any(left <= column <= right for _top, left, _bottom, right in areas)


def _only_short_texts(row: list[Cell]) -> bool:
    return all(cell is None or (isinstance(cell, str) and len(cell) <= _LONGEST_HEADING) for cell in row)


def _at(row: list[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell).replace("\n", " ")


def _texts(row: list[Cell]) -> tuple[str | None, ...]:
    return tuple(_text(cell) for cell in row)
