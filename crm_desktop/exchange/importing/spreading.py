"""Takes the cells of a column apart that fills several fields: a region or an address into province, city, district and street."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from typing import Any, NamedTuple

from crm_desktop.core.alike.regions import Region, address_apart, taken_apart
from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.names import Label
from crm_desktop.core.words import _
from crm_desktop.exchange.cells import ERRORS, Cell, as_text
from crm_desktop.exchange.importing.column_values import ERROR_CELL, IN_COLUMN
from crm_desktop.exchange.importing.parts import address_of
from crm_desktop.exchange.mapping import Column
from crm_desktop.exchange.targets import REGION_IN_ADDRESS, WHOLE_ADDRESS, Target

UNKNOWN_PLACE = _("{column}: “{words}” is in no list of places; it goes into “{label}” as it stands.")
SAID_OTHERWISE = _("{column}: “{words}” is left out, because another column says “{value}” for “{label}”.")
_REMEMBERED = 20_000


class Parts(NamedTuple):
    """One cell taken apart. values: for each field, None when nothing is said of it, an Invalid when it cannot take its part;
    words: what they were made of; remarks: what is to be said of it."""

    values: list[Any]
    words: Region = Region()
    remarks: tuple[Trouble, ...] = ()


class Spread:
    """Reads the cells of one column into the fields it spreads over. What a column of its own says of a field goes first; an address
    the region belongs to follows it."""

    def __init__(self, column: Column, target: Target, targets: Lookup[str, Target]):
        self.column, self.target = column, target
        self.fields = [targets[name] for name in target.spread]
        self._apart = address_apart if target.name == WHOLE_ADDRESS.name else taken_apart
        self._memory: dict[Cell, Parts] = {}
        self._in_address = target.field is REGION_IN_ADDRESS

    def pour(self, cells: Sequence[Cell], columns: dict[str, Sequence[Any]]) -> None:
        """Fill what `columns`, by name of target, lack; under the spread's own name, what is to be said of each row."""
        rows = [self.parts(cell) for cell in cells]
        remarks = [row.remarks or None for row in rows]
        for level, target in enumerate(self.fields):
            into_address = self._in_address and target.name == "address"
            own = columns.get(target.name) or (columns.get("address.street") if into_address else None)
            pieces = [row.values[level] for row in rows]
            if own is None:
                columns[target.name] = pieces
                continue
            if into_address:
                columns[target.name] = [self._behind(target, piece, value) for value, piece in zip(own, pieces, strict=True)]
                continue
            columns[target.name] = [piece if value is None else value for value, piece in zip(own, pieces, strict=True)]
            for place, (value, piece) in enumerate(zip(own, pieces, strict=True)):
                if value is not None and piece is not None and not _agree(str(value), str(piece)):
                    said = self._remark(SAID_OTHERWISE, target, words=str(piece), value=str(value))
                    remarks[place] = (*(remarks[place] or ()), said)
        columns[self.target.name] = remarks

    def parts(self, cell: Cell) -> Parts:
        """One cell taken apart; each different one is looked at once."""
        found = self._memory.get(cell)
        if found is None:
            if len(self._memory) > _REMEMBERED:
                self._memory = {}
            found = self._memory[cell] = self._parts(cell)
        return found

    def part(self, level: int, cell: Cell) -> str:
        """The words of one cell that go into one of the fields."""
        return self._pieces(self.parts(cell).words)[level]

    def _parts(self, cell: Cell) -> Parts:
        if isinstance(cell, str) and cell in ERRORS:
            return Parts([self._invalid(Invalid(ERROR_CELL, error=cell)), *[None] * (len(self.fields) - 1)])
        words = self._apart(as_text(cell)) if cell is not None else Region()
        into = self.fields[-1 if self._in_address else 2 if words.district else 0]
        remarks = (self._remark(UNKNOWN_PLACE, into, words=words.unknown),) if words.unknown else ()
        return Parts([self._value(target, part) for target, part in zip(self.fields, self._pieces(words), strict=False)], words, remarks)

    def _pieces(self, words: Region) -> tuple[str, ...]:
        if self._in_address:
            return words.city, address_of({"province": words.province, "city": words.city, "district": words.district})
        return words.province, words.city, words.district, words.street

    def _behind(self, target: Target, region: Any, address: Any) -> Any:
        """An address behind its region, unless it names one itself."""
        if not isinstance(region, str) or not isinstance(address, str) or any(address_apart(address)[:3]):
            return region if address is None else address
        return self._value(target, address_of({"province": region, "street": address}))

    def _value(self, target: Target, piece: str) -> Any:
        try:
            return target.field.kind.read(piece) if piece else None
        except Trouble as problem:
            return self._invalid(problem)

    def _invalid(self, problem: Trouble) -> Invalid:
        return Invalid(IN_COLUMN, self.target.name, column=self.column.title, problem=problem)

    def _remark(self, text: str, target: Target, **more: str) -> Trouble:
        return Trouble(text, column=self.column.title, label=Label(target.field), **more)


def _agree(one: str, other: str) -> bool:
    """广东 and 广东省 are the same."""
    return one.startswith(other) or other.startswith(one)
