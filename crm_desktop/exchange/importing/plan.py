"""Importing a table: first a rehearsal that changes nothing, then one batch that goes in completely or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crm_desktop.core.access import Actor
from crm_desktop.core.collecting import uncollected
from crm_desktop.core.errors import Cancelled, Invalid, Trouble
from crm_desktop.core.kinds import DayKind
from crm_desktop.core.names import Label, label_of
from crm_desktop.core.pouring import Untold
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _
from crm_desktop.exchange.importing.additions import Additions
from crm_desktop.exchange.importing.applying import Applying, Rules
from crm_desktop.exchange.importing.column_values import ADD, ColumnValues
from crm_desktop.exchange.importing.drafts import DraftMaker, Packet, Progress
from crm_desktop.exchange.importing.straight import Straight
from crm_desktop.exchange.importing.twin_rows import CHOICES
from crm_desktop.exchange.importing.verdicts import Verdict, Verdicts
from crm_desktop.exchange.mapping import Column, Mapping
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.targets import Target, fields_of, targets_of

MODES = ("both", "create", "update")
# Fields rows are matched on unless the person chooses others: the first of these that are all mapped and well filled.
USUAL_MATCHES = (("uid",), ("id",), ("number",), ("code",), ("login",))

NO_MODE = _("There is no way of importing “{mode}”. Choose one of: {modes}.")
NO_COLUMN_FOR = _("No column goes into “{label}”, which every record needs. Map one.")
NOTHING_MAPPED = _("No column is mapped to a field. Map at least one.")
NO_MATCH_COLUMN = _("Rows cannot be matched on “{name}”: no column goes into it.")
NO_MATCH = _("To update existing records, choose the fields by which they are found.")


@dataclass(frozen=True)
class Imported:
    """What an import did: a verdict for each row, and the batch that undoes it (None when nothing was written)."""

    verdicts: Verdicts
    batch: int | None


class Importing:
    """The plan for one table.

    match: names of the fields by which a row finds the record it means; all must be equal. () matches nothing: every row
    is a new record. None: the usual ones of the type. mode: "both", "create" or "update". empty: "keep" leaves a field
    alone when its cell is empty, "clear" empties it. same, similar: what is done with new rows that are like a record there
    is: "create", "update" or "skip". Raises Refused without the right to import, Invalid for an impossible
    plan.
    """

    def __init__(
        self,
        records: Records,
        record_type: type[Record],
        table: Table,
        mapping: Mapping,
        actor: Actor,
        *,
        match: Iterable[str] | None = None,
        mode: str = "both",
        empty: str = "keep",
        same: str = "create",
        similar: str = "create",
        note: str = "",
    ):
        self.records, self.record_type, self.table, self.mapping, self.actor = records, record_type, table, mapping, actor
        self.note = note
        self.targets = targets_of(records, record_type)
        chosen = usual_match(record_type, mapping, table) if match is None else tuple(match)
        self.rules = Rules(chosen, mode, same, similar)
        self._check()
        self.additions = Additions(records)
        for column in mapping.mapped():
            if words := self._really_new(column):
                self.additions.want(actor, self.targets[column.target].field, words)
        self.drafts = DraftMaker(records, table, mapping, self.targets, actor, empty, self.additions)
        self._rehearsal: Straight | None = None

    def _really_new(self, column: Column) -> list[str]:
        """The words to be added, without those somebody has added since this was decided."""
        words = [word for word, meaning in column.values.items() if meaning == ADD]
        if not words:
            return []
        values = ColumnValues(replace(column, values={}), self.targets[column.target], self.records.names)
        return [word for word in words if not values.knows(word)]

    @property
    def undecided(self) -> list[str]:
        """Headings of the columns whose dates may be day/month or month/day: the person must say which."""
        return [
            values.column.heading for values in self.drafts.columns if values.order == "ambiguous"
        ]

    def rehearse(self, progress: Progress | None = None, cancel: threading.Event | None = None) -> Verdicts:
        """Go through all rows as the import would, and take every packet back. Nothing is changed.

        progress is told (rows done, rows in all). Raises Cancelled when `cancel` was set.
        """
        straight = self._rehearsal = self._straight(rehearsal=True)
        verdicts = Verdicts()
        with uncollected():
            for packet in self.drafts.packets():
                verdicts.join(self._rehearsed(straight, packet, cancel))
                self._tell(len(verdicts), progress, cancel)
        return verdicts

    def recheck(self, rows: Sequence[int]) -> list[Verdict]:
        """Rehearse these rows again, after the person has corrected them, as they stand among the others."""
        if self._rehearsal is None:
            raise ValueError("nothing has been rehearsed yet")
        self._rehearsal.applying.look_anew(rows)
        found = self.table.some(rows)
        if not found:
            return []
        return list(self._rehearsed(self._rehearsal, (list(found), list(zip(*found.values(), strict=True)))))

    def run(self, progress: Progress | None = None, cancel: threading.Event | None = None) -> Imported:
        """Import: one transaction, one batch. Raises Cancelled when `cancel` was set; nothing is kept then."""

        def work(unit: Unit) -> Verdicts:
            # The work may run again after a lost line: nothing may be left over from the first time.
            straight = self._straight()
            verdicts = Verdicts()
            if cancel is not None:
                unit.tx.until(cancel.is_set)
            self.additions.write(unit)
            rows = self.table.count

            def told(part: float) -> None:
                self._tell(int(rows * part), progress, cancel)

            coming = rows if self.rules.mode != "update" else 0
            with unit.pouring(self.record_type, coming, keys_asked=bool(straight.applying.loose), told=told) as left:
                new = 0
                for packet in self.drafts.packets():
                    found = straight.put_in(unit, self.drafts.read(packet, unit.tx.run))
                    new += found.counts()["new"]
                    verdicts.join(found)
                    self._tell(int(len(verdicts) * (1 - left.every) - new * left.new), progress, cancel)
            if any(left):
                self._tell(len(verdicts), progress, cancel)
            return verdicts

        with uncollected():
            verdicts, change = self.records.unit(self.actor, work, "import", self.note)
        return Imported(verdicts, change.batch if change.touched else None)

    def _straight(self, rehearsal: bool = False) -> Straight:
        return Straight(Applying(self.records, self.record_type, self.actor, self.rules, rehearsal), self.drafts)

    def _rehearsed(self, straight: Straight, packet: Packet, cancel: threading.Event | None = None) -> Verdicts:
        def work(unit: Unit) -> None:
            if cancel is not None:
                unit.tx.until(cancel.is_set)
            self.additions.write(unit)
            if not straight.applying.loose:  # then keys of duplicates lead to the rows before
                unit.gathered = Untold(unit, self.record_type)
            raise _TakenBack(straight.put_in(unit, self.drafts.read(packet, unit.tx.run)))

        try:
            self.records.unit(self.actor, work, "import")
        except _TakenBack as taken_back:
            return taken_back.verdicts
        raise AssertionError("a rehearsal ends by being taken back")

    def _tell(self, done: int, progress: Progress | None, cancel: threading.Event | None) -> None:
        if cancel is not None and cancel.is_set():
            raise Cancelled
        if progress is not None:
            progress(done, self.table.count)

    def _check(self) -> None:
        may = self.records.may(self.actor, self.record_type, "bring_in")
        if not may:
            raise may.refusal()  # type: ignore[union-attr]
        if self.rules.mode not in MODES:
            raise Invalid(NO_MODE, mode=self.rules.mode, modes=", ".join(MODES))
        for choice in (self.rules.same, self.rules.similar):
            if choice not in CHOICES:
                raise Invalid(NO_MODE, mode=choice, modes=", ".join(CHOICES))
        mapped = mapped_fields(self.mapping, self.targets)
        if not mapped:
            raise Invalid(NOTHING_MAPPED)
        title = self.record_type.title_field
        if self.rules.mode != "update" and title in self.targets and title not in mapped:
            raise Invalid(NO_COLUMN_FOR, label=self._label(title))
        for name in self.rules.match:
            if name not in mapped:
                raise Invalid(NO_MATCH_COLUMN, name=self._label(name))
        if self.rules.mode == "update" and not self.rules.match:
            raise Invalid(NO_MATCH)

    def _label(self, name: str) -> Trouble | str:
        fields = fields_of(self.records, self.record_type)
        return Label(fields[name]) if name in fields else name


class _TakenBack(Exception):
    """Ends a rehearsed packet, so that the transaction is rolled back."""

    def __init__(self, verdicts: Verdicts):
        super().__init__()
        self.verdicts = verdicts


def mapped_fields(mapping: Mapping, targets: dict[str, Target]) -> set[str]:
    """The fields of the record type itself that some column goes into, parts counted for the whole."""
    into = [targets[column.target] for column in mapping.mapped() if column.target in targets]
    return {name for target in into if not target.along for name in target.spread or (target.base,)}


def usual_match(record_type: type[Record], mapping: Mapping, table: Table) -> tuple[str, ...]:
    """An id of ours, a number, code or login when nearly every row has one; else what the type is known by, or the title, with the
    record it belongs to and, where lists are in the order of a day or moment, that: there are many visits called “visit”."""
    for names in USUAL_MATCHES:
        columns = [mapping.column(name) for name in names]
        if all(column is not None and table.filled[column.index] >= 0.9 * table.count for column in columns):
            return names
    if record_type.known_by:
        return tuple(name for name in record_type.known_by if mapping.column(name))
    own = record_type.declared().get(record_type.screen.sort.lstrip("-"))
    when = own.name if own is not None and isinstance(own.kind, DayKind) else ""
    more = (name for name in (record_type.parent_link(), when) if name and mapping.column(name))
    return (record_type.title_field, *more)


def labels_of(record_type: type[Record], records: Records, names: Iterable[str], lang: str | None = None) -> list[str]:
    """The labels of fields as verdicts name them (`phone`, `contact.mobile`)."""
    targets = targets_of(records, record_type)
    fields = records.fields(record_type)
    return [
        targets[name].label(lang) if name in targets else label_of(fields[name], lang) if name in fields else name
        for name in names
    ]
