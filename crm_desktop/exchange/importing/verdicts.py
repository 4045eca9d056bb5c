"""What becomes of each row: new, changed, unchanged or refused, and why."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice, pairwise
from types import MappingProxyType
from typing import NamedTuple

from crm_desktop.core.errors import Trouble
from crm_desktop.exchange.importing.twin_rows import Twin

OUTCOMES = ("new", "changed", "unchanged", "refused")
ALIKE, REMARKED = "alike", "remarked"
LONGEST_TITLE = 60  # characters


class Verdict(NamedTuple):
    """A row of the sheet. outcome: one of OUTCOMES; fields: names of the fields that change; reason: why it is refused;
    twin: the record or row it is like; title: what the row calls its record, as far as it is kept; remarks: what a person
    should know of the row all the same; record: the id of the one that changes."""

    row: int
    outcome: str
    fields: tuple[str, ...] = ()
    reason: Trouble | None = None
    twin: Twin | None = None
    title: str = ""
    remarks: tuple[Trouble, ...] = ()
    record: int = 0

    def notes(self) -> tuple[Trouble, ...]:
        """What is to be said of it beside the outcome."""
        return ((self.twin.note,) if self.twin is not None else ()) + self.remarks


@dataclass
class Verdicts:
    """The verdicts of a whole sheet in its order: some bytes a row, and more only where there is more to say."""

    _rows: array[int] = field(default_factory=lambda: array("I"))
    _outcomes: bytearray = field(default_factory=bytearray)
    _fields: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _records: dict[int, int] = field(default_factory=dict)
    _reasons: dict[int, Trouble] = field(default_factory=dict)
    _twins: dict[int, Twin] = field(default_factory=dict)
    _remarks: dict[int, tuple[Trouble, ...]] = field(default_factory=dict)
    _titles: bytearray = field(default_factory=bytearray)  # one behind the other
    _retitled: dict[int, str] = field(default_factory=dict)
    _ends: array[int] = field(default_factory=lambda: array("I", [0]))

    def add(self, verdict: Verdict) -> None:
        """Note the next row's verdict."""
        place = len(self._rows)
        self._rows.append(verdict.row)
        self._outcomes.append(OUTCOMES.index(verdict.outcome))
        if verdict.fields:
            self._fields[place] = verdict.fields
        if verdict.record:
            self._records[place] = verdict.record
        if verdict.reason is not None:
            self._reasons[place] = verdict.reason
        if verdict.twin is not None:
            self._twins[place] = verdict.twin
        if verdict.remarks:
            self._remarks[place] = verdict.remarks
        self._add_titles([verdict.title.encode("utf-8", "replace")])

    def replace(self, verdict: Verdict) -> None:
        """Note another verdict for a row that has one."""
        place = bisect_left(self._rows, verdict.row)
        self._retitled[place] = verdict.title
        self._outcomes[place] = OUTCOMES.index(verdict.outcome)
        self._fields.pop(place, None)
        self._records.pop(place, None)
        self._reasons.pop(place, None)
        self._twins.pop(place, None)
        self._remarks.pop(place, None)
        if verdict.remarks:
            self._remarks[place] = verdict.remarks
        if verdict.twin is not None:
            self._twins[place] = verdict.twin
        if verdict.fields:
            self._fields[place] = verdict.fields
        if verdict.record:
            self._records[place] = verdict.record
        if verdict.reason is not None:
            self._reasons[place] = verdict.reason

    def add_all(self, rows: Sequence[int], outcome: str, titles: Sequence[str], like: Mapping[int, Twin] = MappingProxyType({})) -> None:
        """Note the same verdict for many rows; like: row -> what it is like, in the same order."""
        if like:
            start = len(self)
            self._twins.update((start + place, like[row]) for place, row in enumerate(rows) if row in like)
        self._rows.extend(rows)
        self._outcomes.extend(bytes((OUTCOMES.index(outcome),)) * len(rows))
        self._add_titles([title.encode("utf-8", "replace") for title in titles])

    def join(self, more: Verdicts) -> None:
        """Note the verdicts on the rows that follow."""
        start = len(self)
        self._rows.extend(more._rows)
        self._outcomes.extend(more._outcomes)
        self._fields.update((start + place, fields) for place, fields in more._fields.items())
        self._records.update((start + place, record) for place, record in more._records.items())
        self._reasons.update((start + place, reason) for place, reason in more._reasons.items())
        self._twins.update((start + place, twin) for place, twin in more._twins.items())
        self._remarks.update((start + place, remarks) for place, remarks in more._remarks.items())
        self._add_titles([more._titles[begin:end] for begin, end in pairwise(more._ends)])

    def _add_titles(self, titles: Sequence[bytes | bytearray]) -> None:
        self._ends.extend(islice(accumulate(map(len, titles), initial=len(self._titles)), 1, None))
        self._titles += b"".join(titles)

    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome, all four named."""
        return {outcome: self._outcomes.count(number) for number, outcome in enumerate(OUTCOMES)}

    def places(self, outcome: str) -> Sequence[int]:
        """The places of the verdicts of one outcome, of "all", or of those ALIKE to something or REMARKED, in the sheet's order."""
        if outcome == "all":
            return range(len(self))
        if outcome == ALIKE:
            return array("I", sorted(self._twins))
        if outcome == REMARKED:
            return array("I", sorted(self._remarks.keys() - self._reasons.keys()))  # of a refused row the reason is said
        wanted = OUTCOMES.index(outcome)
        return array("I", [place for place, number in enumerate(self._outcomes) if number == wanted])

    def speaking(self) -> bool:
        """Whether there is more to say of any row than its outcome."""
        return any((self._reasons, self._twins, self._remarks, self._fields))

    def refused(self) -> dict[int, Trouble]:
        """Row number -> reason, in the sheet's order."""
        return {self._rows[place]: self._reasons[place] for place in sorted(self._reasons)}

    def alike(self) -> dict[str, int]:
        """How many rows are the same as, and how many similar to, a record there is or an earlier row."""
        same = sum(twin.same for twin in self._twins.values())
        return {"same": same, "similar": len(self._twins) - same}

    def notes(self) -> dict[int, Trouble]:
        """Row number -> what it is like, in the sheet's order."""
        return {self._rows[place]: twin.note for place, twin in self._twins.items()}

    def remarks(self) -> list[tuple[int, Trouble]]:
        """Row numbers, each with what a person should know of the row all the same, in the sheet's order."""
        return [(self._rows[place], one) for place in sorted(self._remarks) for one in self._remarks[place]]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, place: int) -> Verdict:
        return Verdict(
            self._rows[place],
            OUTCOMES[self._outcomes[place]],
            self._fields.get(place, ()),
            self._reasons.get(place),
            self._twins.get(place),
            self._retitled[place] if place in self._retitled else self._title(place),
            self._remarks.get(place, ()),
            self._records.get(place, 0),
        )

    def _title(self, place: int) -> str:
        return self._titles[self._ends[place] : self._ends[place + 1]].decode("utf-8")

    def __iter__(self) -> Iterator[Verdict]:
        return (self[place] for place in range(len(self)))
