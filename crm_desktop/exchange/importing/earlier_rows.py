"""The earlier rows of a sheet by keys, of duplicates and the like: sixty megabytes for a million rows, their values in a temporary file."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Iterator, Mapping
from tempfile import TemporaryFile
from typing import IO, Any
from weakref import finalize

FEW = 300_000  # keys that are kept as they are; of more only a place in a table
SLOTS = 1 << 23
_PROBES = 12


class EarlierRows:
    """Rows are taken in their order; the first one with a key answers to it. Of very many rows a key may also lead to a row
    that has another one: what is found is looked at anyhow."""

    def __init__(self, few: int = FEW, slots: int = SLOTS) -> None:
        self._few, self._slots = few, slots
        self._by_key: dict[int, int] = {}
        self._rows: array[int] | None = None
        self._signs = array("H")
        self._file: IO[bytes] | None = None
        self._places: array[int] = array("Q")
        self._first = self._end = 0
        self._elsewhere = False  # a row was read: the file no longer stands at its end

    def take(self, row: int, keys: Iterable[int], values: Mapping[Any, Any]) -> None:
        """Remember a row; one that was taken before (it comes again, corrected) with its new values."""
        if self._file is None:
            self._file, self._first = TemporaryFile(), row  # noqa: SIM115  gone with this one
            finalize(self, self._file.close)
        place = row - self._first
        if place < 0:
            return
        self._places.extend([0] * (place + 1 - len(self._places)))
        if self._elsewhere:
            self._file.seek(self._end)
            self._elsewhere = False
        self._places[place] = self._end + 1
        self._end += self._file.write(pickle.dumps(dict(values)))
        for key in keys:
            self._keep(key, row)
        if self._rows is None and len(self._by_key) > self._few:
            known, self._by_key = self._by_key, {}
            self._rows, self._signs = array("I", bytes(4 * self._slots)), array("H", bytes(2 * self._slots))
            for key, number in known.items():
                self._keep(key, number)

    def holders(self, keys: Iterable[int], before: int) -> set[int]:
        """The rows before this one that have one of the keys."""
        found = {row for key in keys for row in self._of(key)}
        return {row for row in found if row < before}

    def values(self, row: int) -> dict[Any, Any]:
        """What was taken of a row."""
        assert self._file is not None
        self._file.seek(self._places[row - self._first] - 1)
        self._elsewhere = True
        values: dict[Any, Any] = pickle.load(self._file)
        return values

    def _keep(self, key: int, row: int) -> None:
        if self._rows is None:
            self._by_key.setdefault(key, row)
            return
        sign, slot = (key >> 23) & 0xFFFF, key % self._slots
        for _probe in range(_PROBES):
            if not self._rows[slot]:
                self._rows[slot], self._signs[slot] = row, sign
                return
            if self._signs[slot] == sign:
                return  # an earlier one answers already
            slot = (slot + 1) % self._slots

    def _of(self, key: int) -> Iterator[int]:
        if self._rows is None:
            if key in self._by_key:
                yield self._by_key[key]
            return
        sign, slot = (key >> 23) & 0xFFFF, key % self._slots
        for _probe in range(_PROBES):
            if not self._rows[slot]:
                return
            if self._signs[slot] == sign:
                yield self._rows[slot]
                return
            slot = (slot + 1) % self._slots
