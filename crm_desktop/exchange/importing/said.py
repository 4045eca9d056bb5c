"""What earlier rows of a sheet have said of the records that come along, for a rehearsal, in which those records are gone again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from crm_desktop.exchange.importing.earlier_rows import EarlierRows

Key = tuple[int, str]
"""The record it belongs to, and its title."""
_ANY_ROW = 1 << 32
_POSITIVE = (1 << 63) - 1


class Said:
    """Values by key, in a temporary file: the first row that says something of a record, and after it the first one of each further
    packet that says something new."""

    def __init__(self) -> None:
        self._rows = EarlierRows()

    def take(self, said: Mapping[Key, tuple[int, Mapping[str, Any]]]) -> None:
        """Remember what a packet has said: key -> its row, and the values that are new there."""
        by_row: dict[int, dict[Key, Mapping[str, Any]]] = {}
        for key, (row, values) in said.items():
            by_row.setdefault(row, {})[key] = values
        for row, told in sorted(by_row.items()):
            chains = {key: list(self._chain(key)) for key in told}
            self._rows.take(row, [_mark(key, len(rows)) for key, rows in chains.items() if row not in rows], told)

    def before(self, row: int, key: Key) -> dict[str, Any]:
        """All that rows before this one have said of a record."""
        left: dict[str, Any] = {}
        for earlier in sorted(self._chain(key)):
            if earlier < row:
                left |= self._rows.values(earlier)[key]
        return left

    def _chain(self, key: Key) -> Iterator[int]:
        for place in count():
            row = min(self._rows.holders((_mark(key, place),), _ANY_ROW), default=0)
            if not row or key not in self._rows.values(row):
                return
            yield row


def _mark(key: Key, place: int) -> int:
    return hash((key, place)) & _POSITIVE
