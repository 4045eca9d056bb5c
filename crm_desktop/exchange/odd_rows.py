"""Tells rows of data from the totals, sub-headings, repeated headings and notes between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_desktop.exchange.cells import Cell
from crm_desktop.exchange.contents import are_our_ids
from crm_desktop.exchange.heading_rows import HeadingRows, Numbered

_TOTAL = re.compile(
    r"(本页|本頁|本月|本年)?\s*(合\s*计|合\s*計|总\s*计|總\s*計|小\s*计|小\s*計|共\s*计|共\s*計|累\s*计|累\s*計|总额|總額)[^\u4e00-\u9fff]*"
    r"|(grand\s+|sub\s*-?)?totals?\s*[:：]?|sum\s*[:：]?",
    re.I,
)
_NOTE = re.compile(
    r"(备\s*注|備\s*註|注|註|说明|說明|制表人?|製表人?|审核人?|審核人?|打印(日期|时间|人)|导出(日期|时间|人)|notes?|remarks?"
    r"|prepared by|printed)\s*[:：].*",
    re.I | re.S,
)
_GROUP = re.compile(
    r".{1,10}(省|自治区|自治區|特别行政区|市|地区|地區|大区|大區|区域|區域|事业部|部门|部門|片区|片區)"
    r"|(华|華)[东東南北中西][区區]?|[东東西][北南][区區]?|[一二三四五六七八九十]{1,3}\s*[、.．].{1,20}|.{1,20}[:：]"
)


class OddRows:
    """Judges the rows below the headings. A row that holds only one cell is data unless it looks like a title of what
    follows: a customer of whom only the name is known is a customer."""

    def __init__(self, found: HeadingRows, head: list[Numbered], merged: list[tuple[int, int, int, int]]):
        self._headings = {str(text) for text in found.texts if text}
        self._columns = sum(text is not None for text in found.texts)
        begin = found.numbers[-1] if found.numbers else 0
        filled = sorted(sum(cell is not None for cell in row) for number, row in head if number > begin)
        self._usual = filled[len(filled) * 7 // 10] if filled else 0
        self._wide_rows = {top + 1 for top, left, bottom, right in merged if right > left and top == bottom}

    def kinds(self, numbers: Sequence[int], columns: Sequence[Sequence[Cell]]) -> dict[int, str]:
        """Place -> "total", "note", "subheading" or "heading", of those rows of a packet that are no data."""
        found = {}
        for place in self._strange(columns):
            kind = self._kind(numbers[place], [column[place] for column in columns])
            if kind:
                found[place] = kind
        return found

    def _strange(self, columns: Sequence[Sequence[Cell]]) -> set[int]:
        """Places of the rows that may be no data: those that hold one cell, those that begin with a heading or the word total."""
        headings, strange = self._headings, set()
        left: Sequence[int] = range(len(columns[0])) if columns else ()
        for column in columns:  # `left`: where nothing stands so far
            texts = {column[place] for place in left} if len(left) < len(column) else set(column)
            odd = {text for text in texts if text.__class__ is str and (text in headings or (len(text) <= 12 and _TOTAL.fullmatch(text)))}
            if odd:
                strange.update([place for place in left if column[place] in odd])
            left = [place for place in left if column[place] is None]
            if not left:
                break
        return strange | self._alone(columns) if self._usual >= 3 else strange

    def _alone(self, columns: Sequence[Sequence[Cell]]) -> set[int]:
        """Places of the rows with one cell: without it they would be empty."""
        once: set[int] = set()
        empty: Sequence[int] = range(len(columns[0])) if columns else ()
        for column in columns:
            once = {place for place in once if column[place] is None} if once else once
            if empty:
                once.update([place for place in empty if column[place] is not None])
                empty = [place for place in empty if column[place] is None]
            elif not once:
                break
        return once

    def _kind(self, number: int, row: list[Cell]) -> str:
        """What a row is, '' for data."""
        first = next((cell for cell in row if cell is not None), None)
        if first.__class__ is not str:
            return ""
        text = str(first)
        if text in self._headings and self._repeats(row):
            return "heading"
        if len(text) <= 12 and _TOTAL.fullmatch(text) and not _tells_much(row):
            return "total"
        if self._usual < 3 or len(row) - row.count(None) > 1:
            return ""
        if _NOTE.fullmatch(text):
            return "note"
        if number in self._wide_rows or _GROUP.fullmatch(text):
            return "subheading"
        return ""

    def _repeats(self, row: list[Cell]) -> bool:
        """Whether the row is the heading row once more, as page-wise printed lists have it."""
        texts = [cell for cell in row if cell is not None]
        return len(texts) >= 2 and sum(str(cell) in self._headings for cell in texts) >= 0.8 * len(texts)


def _tells_much(row: list[Cell]) -> bool:
    """Whether several words or an id stand behind the first cell: sums are numbers, but a project may be called “Total”."""
    texts = [cell for cell in row if isinstance(cell, str)]
    return sum(any(sign.isalpha() for sign in text) for text in texts) > 3 or are_our_ids(texts[-1:])
