"""Words of a sheet that no picklist, tag or small list of records knows, so that each is given a meaning once, before the import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.core.pointing import ChoiceKind, LinkKind, ManyKind
from crm_desktop.core.records import Records
from crm_desktop.exchange.cells import ERRORS, as_text
from crm_desktop.exchange.headings import heading
from crm_desktop.exchange.importing.column_values import SEPARATORS, ColumnValues
from crm_desktop.exchange.mapping import Column, Mapping
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.targets import Target

_MOST_WORDS = 20_000  # what one look answers for


@dataclass(frozen=True)
class Unknown:
    """The unknown words of one column, each with the number of cells it stands in; the most frequent first."""

    column: Column
    field: Any
    words: dict[str, int]


def unknown_words(records: Records, table: Table, mapping: Mapping, targets: Lookup[str, Target]) -> list[Unknown]:
    """One look over the columns that hold words of lists; words with a meaning already given are left out."""
    judged = [
        ColumnValues(column, targets[column.target], records.names)
        for column in mapping.mapped()
        if _has_words(records, targets[column.target].field.kind)
    ]
    counted: dict[int, Counter[str]] = {values.column.index: Counter() for values in judged}
    if not judged:
        return []
    for _numbers, cells in table.columns():
        for index, words in counted.items():
            words.update([as_text(cell) for cell in cells[index] if cell is not None])
    found = []
    for values in judged:
        several = isinstance(values.kind, ManyKind)
        unknown = _unknown(values, _split(counted[values.column.index]) if several else counted[values.column.index])
        if unknown:
            found.append(Unknown(values.column, values.target.field, unknown))
    return found


def likely(word: str, kind: Any, known: Sequence[tuple[str, str]]) -> str:
    """The one value of a list to be asked about first, '' when there is none, or several: its label holds the word (电话 in 打电话), or,
    as other programs name the ends of a sale, is one of its words (Won in “Closed won”). Tags are short words anybody adds: of them
    nothing is guessed."""
    spelled = heading(word).loose
    found = {value for value, label in known if spelled in heading(label).loose} if len(spelled) > 1 else set()
    if not found:  # whole words only: 不满意 is not 满意
        parts = word.casefold().split()
        found = {value for value, label in known if label.isascii() and label.casefold() in parts}
    return found.pop() if len(found) == 1 and not isinstance(kind, ManyKind) else ""


def _has_words(records: Records, kind: Any) -> bool:
    pointing = isinstance(kind, (LinkKind, ManyKind))
    return isinstance(kind, ChoiceKind) or (pointing and records.names.small(kind.target))


def _split(cells: Counter[str]) -> Counter[str]:
    words: Counter[str] = Counter()
    for cell, count in cells.items():
        for word in SEPARATORS.split(cell):
            if word.strip():
                words[word.strip()] += count
    return words


def _unknown(values: ColumnValues, words: Counter[str]) -> dict[str, int]:
    unknown: dict[str, int] = {}
    for word, count in words.most_common():
        if word in values.column.values or word in ERRORS or len(word) > 60:
            continue
        if not values.knows(word):
            unknown[word] = count
            if len(unknown) == _MOST_WORDS:
                break
    return unknown
