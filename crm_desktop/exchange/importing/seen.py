"""Which records earlier rows of a sheet have made or changed, so that a row that comes again is told from a record that was there."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.exchange.importing.existing import Found

Key = tuple[Any, ...]


@dataclass(slots=True)
class Seen:
    """A record an earlier row of the sheet made or changed, and the values of that row where further rows may join it."""

    row: int
    id: int
    values: dict[str, str] = field(default_factory=dict)


class SeenRows(dict[Key, Seen]):
    """What was seen, by the key it was matched on.

    Of a million new records only id and row are kept, some bytes for a run of them: whoever has their key is found in the database.
    In a rehearsal they are not there for long, and where reading is strict a question is dear: there the keys are kept (`in_memory`).
    """

    in_memory = False

    def __init__(self) -> None:
        super().__init__()
        self._ids = array("q")  # the first one of each run, whose ids and rows both rise by one
        self._rows = array("I")
        self._counts = array("I")
        self.by_record: dict[int, int] = {}
        """Record -> row that has changed it, where several keys may lead to one record."""

    def made(self, keys: Sequence[Key | None], rows: Sequence[int], ids: Sequence[int]) -> None:
        """Note new records: key, row and id of each, rows and ids rising."""
        if self.in_memory:
            self.update({key: Seen(row, one) for key, row, one in zip(keys, rows, ids, strict=True) if key is not None})
        elif ids and rows[-1] - rows[0] == ids[-1] - ids[0] == len(ids) - 1:
            self._note(rows[0], ids[0], len(ids))
        else:
            for row, record_id in zip(rows, ids, strict=True):
                self._note(row, record_id)

    def _note(self, row: int, record_id: int, count: int = 1) -> None:
        if self._ids and (self._ids[-1] + self._counts[-1], self._rows[-1] + self._counts[-1]) == (record_id, row):
            self._counts[-1] += count
        else:
            self._ids.append(record_id)
            self._rows.append(row)
            self._counts.append(count)

    def recognise(self, found: Mapping[Key, Sequence[Found]]) -> None:
        """Of records found by their key, remember those that rows of this very sheet have made."""
        for key, hits in found.items():
            for hit in hits:
                place = bisect_right(self._ids, hit.id) - 1
                if place >= 0 and (further := hit.id - self._ids[place]) < self._counts[place]:
                    self[key] = Seen(self._rows[place] + further, hit.id)

    def forget(self, rows: Collection[int]) -> None:
        """These rows come again: what they stood for does not stand in their own way."""
        gone = set(rows)
        for key in [key for key, seen in self.items() if seen.row in gone]:
            del self[key]
        for one in [one for one, row in self.by_record.items() if row in gone]:
            del self.by_record[one]
