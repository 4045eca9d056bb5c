"""Turns rows of a table into drafts: the values each row holds, or why it holds none that can be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Invalid, InvalidRecord, Trouble
from crm_desktop.core.kinds import DayKind, PictureKind
from crm_desktop.core.pointing import LinkKind
from crm_desktop.core.records import Records
from crm_desktop.core.words import _
from crm_desktop.exchange import dates
from crm_desktop.exchange.cells import Cell, as_text, kinds_of
from crm_desktop.exchange.importing.additions import Additions
from crm_desktop.exchange.importing.column_values import IN_COLUMN, ColumnValues
from crm_desktop.exchange.importing.existing import Ask, Links
from crm_desktop.exchange.importing.parts import put_together
from crm_desktop.exchange.importing.spreading import Spread
from crm_desktop.exchange.mapping import Column, Mapping
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.targets import ID, LEFT_OUT, Target

PACKET = 500
NOT_KEPT = _("It comes in once: the repetition {rule} cannot be kept.")
NOT_LINKED = _("“{value}” was not found, or more than one has this name. Import it first, write its number, or empty the cell.")
_TROUBLES = {Invalid, Trouble}
Packet = tuple[list[int], Sequence[Sequence[Cell]]]
"""Numbers of rows, and their columns."""


@dataclass
class Draft:
    """One row: values by field name, those of the record that comes along apart; `problem` says why it cannot be taken,
    `remarks` what a person should know of it all the same."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    along: dict[str, Any] = field(default_factory=dict)
    problem: Trouble | None = None
    remarks: tuple[Trouble, ...] = ()


@dataclass
class Block:
    """A packet read column by column. rows: numbers of its rows; columns: what was read for each target, None for an
    empty cell, an Invalid for one for which the row cannot be taken, another Trouble for one without which it can."""

    rows: list[int]
    targets: list[Target]
    columns: list[Sequence[Any]]

    def values(self, name: str) -> Sequence[Any]:
        """The column that goes into a field of the record type itself; all empty when none does."""
        for target, column in zip(self.targets, self.columns, strict=True):
            if target.name == name:
                return column
        return [None] * len(self.rows)

    def odd_rows(self) -> set[int]:
        """Places of rows with a cell that cannot be taken, a part of a field, a remark, or something that comes along."""
        odd: set[int] = set()
        for target, column in zip(self.targets, self.columns, strict=True):
            if "." in target.name or target.spread:
                odd.update([place for place, value in enumerate(column) if value is not None])
            elif not _TROUBLES.isdisjoint(kinds_of(column)):
                odd.update([place for place, value in enumerate(column) if value.__class__ in _TROUBLES])
        return odd


class DraftMaker:
    """Reads the mapped columns of a table, packet by packet.

    empty: "keep" leaves out empty cells; "clear" gives them the field's empty value.
    """

    def __init__(
        self,
        records: Records,
        table: Table,
        mapping: Mapping,
        targets: Lookup[str, Target],
        actor: Actor,
        empty: str,
        additions: Additions,
    ):
        self.records, self.table, self.actor, self.empty = records, table, actor, empty
        self.orders = date_orders(table, mapping, targets)
        self.columns = [
            ColumnValues(
                column,
                targets[column.target],
                records.names,
                self.orders.get(column.index, ""),
                additions.keys_for(targets[column.target].field),
            )
            for column in mapping.mapped()
            if not targets[column.target].spread
        ]
        self.spreads = [
            Spread(column, targets[column.target], targets) for column in mapping.mapped() if targets[column.target].spread
        ]
        self._targets = targets
        self._links = {values.column.index: self._links_of(values.target) for values in self.columns}
        self._judge()

    def packets(self) -> Iterator[Packet]:
        """The table's rows, some hundred at a time."""
        for numbers, columns in self.table.columns():
            for start in range(0, len(numbers), PACKET):
                part = slice(start, start + PACKET)
                yield numbers[part], [column[part] for column in columns] if len(numbers) > PACKET else columns

    def read(self, packet: Packet, ask: Ask) -> Block:
        """A packet read; `ask` looks up what links name."""
        numbers, cells = packet
        columns = {values.target.name: self._read(values, packet, ask) for values in self.columns}
        for spread in self.spreads:
            spread.pour(cells[spread.column.index], columns)
        return Block(numbers, [self._targets[name] for name in columns], list(columns.values()))

    def drafts(self, block: Block, places: Sequence[int]) -> list[Draft]:
        """The drafts of some rows of a block."""
        return [self._draft(block.rows[place], block.targets, [column[place] for column in block.columns]) for place in places]

    def filled(self, block: Block) -> dict[str, Sequence[Any]]:
        """The columns for new records: empty cells have what the field begins with, or nothing when they are to clear it."""
        filled: dict[str, Sequence[Any]] = {}
        for target, column in zip(block.targets, block.columns, strict=True):
            if "." not in target.name and target.name not in (ID.name, LEFT_OUT.name) and not target.spread:
                blank = target.field.default if self.empty == "keep" else target.field.kind.blank
                filled[target.name] = [blank if value is None else value for value in column] if None in column else column
        return filled

    def _draft(self, number: int, targets: Sequence[Target], found: Sequence[Any]) -> Draft:
        draft, wrong = Draft(number), []
        for target, value in zip(targets, found, strict=True):
            if value is None:
                if self.empty == "keep" or "." in target.name or target.name == LEFT_OUT.name or target.spread:
                    continue
                value = target.field.kind.blank
            elif isinstance(value, Invalid):
                wrong.append(value)
                continue
            elif isinstance(value, Trouble):
                draft.remarks += (value,)
                continue
            if target.name == LEFT_OUT.name:
                draft.remarks += (Trouble(NOT_KEPT, rule=value),)
            elif target.spread:
                draft.remarks += value
            elif target.along:
                draft.along[target.base] = value
            else:
                draft.values[target.name] = value
        if wrong:  # all of them are told: who corrects a row does it once
            draft.problem = wrong[0] if len(wrong) == 1 else InvalidRecord(wrong)
        put_together(draft.values)
        return draft

    def _read(self, values: ColumnValues, packet: Packet, ask: Ask) -> Sequence[Any]:
        numbers, columns = packet
        index = values.column.index
        if isinstance(values.kind, PictureKind):
            found = zip(values.read(self.table.pictures(numbers, index)), self.table.unread(numbers, index), strict=True)
            return [Trouble(why, column=values.column.title) if why else value for value, why in found]
        cells, links = columns[index], self._links[index]
        if links is None:
            return values.read(cells)
        words = [as_text(cell) for cell in cells]
        links.learn(filter(None, words), ask)
        return [self._linked(values, links, word) for word in words]

    def _linked(self, values: ColumnValues, links: Links, word: str) -> Any:
        if not word:
            return None
        found = links.id_of(word)
        if found is not None:
            return found
        problem = Invalid(NOT_LINKED, value=word[:60])
        return Invalid(IN_COLUMN, values.target.name, column=values.column.title, problem=problem)

    def _links_of(self, target: Target) -> Links | None:
        """Links to big types are looked up by the packet; small types are in memory."""
        kind = target.field.kind
        if not isinstance(kind, LinkKind) or kind.target not in self.records.types or self.records.names.small(kind.target):
            return None
        return Links(self.records, self.records.types[kind.target], self.actor)

    def _judge(self) -> None:
        """One look over the columns whose cells say more together than alone."""
        judged = [values for values in self.columns if values.telling & self.table.kinds[values.column.index]]
        if not judged:
            return
        for _numbers, cells in self.packets():
            for values in judged:
                values.judge(cells[values.column.index])


def date_orders(table: Table, mapping: Mapping, targets: Lookup[str, Target]) -> dict[int, str]:
    """How dates are written in each column of days or moments: column -> "dmy", "mdy", "ambiguous" or ''.

    The window asks about the ambiguous ones and puts the answer into the mapping (`Column.dates`).
    """
    columns: list[Column] = [
        column
        for column in mapping.mapped()
        if isinstance(targets[column.target].field.kind, DayKind) and (table.corrections or str in table.kinds[column.index])
    ]
    if not columns:
        return {}
    texts: dict[int, dict[str, None]] = {column.index: {} for column in columns}
    for _numbers, cells in table.columns():
        for index, seen in texts.items():
            if len(seen) < 50_000:
                seen.update(dict.fromkeys([cell for cell in cells[index] if cell.__class__ is str]))
    return {index: dates.order_of(seen) for index, seen in texts.items()}


Progress = Callable[[int, int], None]
