"""Writes the drafts of one packet inside a unit of work and says what became of each row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from crm_desktop.core import twins
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Invalid, Refused, Taken, Trouble
from crm_desktop.core.ids import new_id
from crm_desktop.core.names import Label
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.unit import Unit
from crm_desktop.core.words import _
from crm_desktop.exchange.importing.column_values import IN_COLUMN
from crm_desktop.exchange.importing.companions import companions
from crm_desktop.exchange.importing.drafts import Draft
from crm_desktop.exchange.importing.earlier_rows import EarlierRows
from crm_desktop.exchange.importing.existing import Found, find_by
from crm_desktop.exchange.importing.items import Item, as_they_stand, differences, filled
from crm_desktop.exchange.importing.matching import answers_of, counted, key_of, keys_of, may_lack
from crm_desktop.exchange.importing.seen import Key, Seen, SeenRows
from crm_desktop.exchange.importing.twin_rows import LEFT_OUT, NOT_ALLOWED, Twin, TwinRows
from crm_desktop.exchange.importing.verdicts import Verdict
from crm_desktop.exchange.targets import BROUGHT_ALONG, ID, fields_of

EXISTS = _("It exists already, and only new ones are to be imported.")
UNKNOWN = _("There is none yet, and only existing ones are to be updated.")
SEVERAL = _("{count} records match this row. Match on more fields, or merge them first.")
FOREIGN = _("It exists already and belongs to {owner}. Ask for access, or leave the row out.")
FOREIGN_POOL = _("It exists already, and you may not see it. Leave the row out.")
REPEATED = _("Row {row} holds the same record already.")
ANOTHER = _("Row {row} holds the same record already, with another “{label}”. Write the same in both, or nothing in this one.")

_POSITIVE = (1 << 63) - 1
HELD = _("Row {row} has “{value}” already, and only one record may. Choose another one, or leave this row out.")


@dataclass
class Rules:
    """What the person has chosen: how rows are matched with records, and what may be done with them; same, similar: what is
    done with new rows that are like a record there is (see twin_rows.CHOICES)."""

    match: tuple[str, ...]
    mode: str = "both"
    same: str = "create"
    similar: str = "create"


@dataclass
class Applying:
    """The writing of one sheet; `seen` goes from packet to packet. rehearsal: each packet is taken back afterwards."""

    records: Records
    record_type: type[Record]
    actor: Actor
    rules: Rules
    rehearsal: bool = False
    seen: SeenRows = field(default_factory=lambda: SeenRows())

    def __post_init__(self) -> None:
        self.fields = fields_of(self.records, self.record_type)
        self._forms = [(name, key_of(self.fields[name].kind)) for name in self.rules.match]
        self.may_lack = may_lack(self.record_type, self.rules.match)
        self.loose = {name for name in self.rules.match if answers_of(self.fields[name].kind)}
        # Where reading is strict each question reads all that the person sees (core/guard/strict.py), unless keys of duplicates answer.
        self._at_once = self.records.database.strict and not self.loose
        self._there: dict[Key, list[Found]] | None = None
        self.seen.in_memory = self.rehearsal or self._at_once
        self.along = companions(self.records, self.record_type, self.actor, self.rehearsal)
        self._texts = EarlierRows() if self.record_type.unique else None  # what only one record may have, by the rows that have it
        self._this_packet: set[int] = set()
        self._again: list[Draft] = []
        way = twins.way(self.records)
        self.refuses = way == "refuse"
        decided = self.rehearsal or self.refuses or (self.rules.same, self.rules.similar) != ("create", "create")
        looked_for = self.record_type.compared is not None and way != "off" and decided
        # A rehearsal that only tells what new rows are like, and makes them all the same.
        self.only_tells = self.rehearsal and not self.refuses and (self.rules.same, self.rules.similar) == ("create", "create")
        self.twins = TwinRows(self.records, self.record_type, self.actor, self.rehearsal) if looked_for else None

    def put_in(self, unit: Unit, drafts: list[Draft]) -> list[Verdict]:
        """Write what can be written; one verdict for each draft, in their order."""
        verdicts: dict[int, Verdict] = {}
        self._this_packet = set()
        if self.rehearsal and self._texts is not None:  # the rows of earlier packets are gone again
            first = min((draft.row for draft in drafts), default=0)
            unit.held_before = lambda record, text: record.key() == self.record_type.key() and bool(self._holder(text, first))
        waiting = drafts
        while waiting:
            self._again = []
            items = self._items(unit, waiting, verdicts)
            self._write_all(unit, items, verdicts)
            # A row that repeats one which was refused after all takes its place.
            waiting = [draft for draft in self._again if self._key(draft) not in self.seen]
            for draft in self._again:
                key = self._key(draft)
                if key is not None and key in self.seen:
                    reason = Refused(REPEATED, row=self.seen[key].row)
                    verdicts[draft.row] = Verdict(draft.row, "refused", reason=reason)
        return [verdicts[draft.row]._replace(remarks=draft.remarks) for draft in drafts]

    def find(self, keys: Collection[Key], unit: Unit) -> dict[Key, list[Found]]:
        """The records that answer to keys."""
        if not self._at_once:
            return find_by(self.records, self.record_type, self.actor, self.rules.match, keys, unit.tx.run)
        if self._there is None:
            self._there = find_by(self.records, self.record_type, self.actor, self.rules.match, None, unit.tx.run)
        return {key: self._there[key] for key in keys if key in self._there}

    def look_anew(self, rows: Collection[int]) -> None:
        """These rows come again, later: what they stood for does not stand in their own way, and others may have changed records."""
        self.seen.forget(rows)
        self._there = None

    # What is to be done with each row

    def _items(self, unit: Unit, drafts: list[Draft], verdicts: dict[int, Verdict]) -> list[Item]:
        keys = {draft.row: self._key(draft) for draft in drafts if draft.problem is None}
        asked = {key for key in keys.values() if key is not None and key not in self.seen}
        found: dict[Key, list[Found]] = {}
        if asked:
            found = self.find(asked, unit)
            self.seen.recognise(found)
        seen = [hit.id for hits in found.values() for hit in hits if hit.seen]
        current = as_they_stand(unit, self.record_type, seen)
        items = []
        for draft in drafts:
            try:
                if draft.problem is not None:
                    raise draft.problem
                item = self._item(draft, keys[draft.row], found, current)
                if item is None:
                    self._again.append(draft)
                else:
                    items.append(item)
            except Trouble as reason:
                verdicts[draft.row] = Verdict(draft.row, "refused", reason=reason)
        if self.twins is not None:
            items = self._beside_twins(unit, items, verdicts)
        if self.along is not None:
            self.along.add(unit, items, self._parent)
        return items

    def _beside_twins(self, unit: Unit, items: list[Item], verdicts: dict[int, Verdict]) -> list[Item]:
        """What is done with new rows that are like a record there is, or like an earlier row."""
        assert self.twins is not None
        new = [(item.draft.row, item.record.id, item.record.__data__) for item in items if item.is_new and item.record is not None]
        found = self.twins.find(new, unit.tx.run)
        current = as_they_stand(unit, self.record_type, [twin.id for twin in found.values() if twin.id])
        rows = {row for row, _id, _values in new}
        kept = []
        for item in items:
            if item.record is None and self._key(item.draft) not in self.seen:
                self._again.append(item.draft)  # the row it goes with does not stand for the record any more
                continue
            twin = found.get(item.draft.row) if item.is_new else None
            choice = (self.rules.same if twin.same else self.rules.similar) if twin is not None else "create"
            if twin is not None and twin.other and choice == "update":
                choice = "create"  # a row of leads changes no customer
            if twin is None or (choice == "create" and not (twin.same and self.refuses and not twin.other)):
                item.twin = twin
                kept.append(item)
                continue
            self._forget(item)
            if choice == "update" and twin.id:
                kept.append(self._updating(item.draft, twin, current[twin.id]))
            elif choice == "update" and twin.row in rows:
                self._again.append(item.draft)  # once that row is written, there is a record to change
            elif choice == "update" and twin.row:
                verdicts[item.draft.row] = Verdict(item.draft.row, "changed", item.fields, twin=twin)
            else:
                reason = Refused(NOT_ALLOWED if choice == "create" else LEFT_OUT, note=twin.note)
                verdicts[item.draft.row] = Verdict(item.draft.row, "refused", reason=reason, twin=twin)
        return kept

    def _updating(self, draft: Draft, twin: Twin, record: Record) -> Item:
        item = self._changed(draft, record)
        item.twin = twin
        key = self._key(draft)
        if key is not None:
            self.seen[key] = Seen(draft.row, record.id, self._compared(draft) if self.along is not None else {})
            self._this_packet.add(record.id)
        return item

    def _key(self, draft: Draft) -> Key | None:
        """The stored values the row is matched on; None when it lacks one that every record has."""
        key = tuple(form(draft.values.get(name)) for name, form in self._forms)
        filled = all(part not in (None, "") for part, (name, _form) in zip(key, self._forms, strict=True) if name not in self.may_lack)
        return counted(self.record_type, self.rules.match, key) if key and filled else None

    def _all_keys(self, draft: Draft) -> Iterator[Key]:
        """Its key, and those of the further numbers it brings."""
        kinds = [(self.fields[name].kind, draft.values.get(name)) for name in self.rules.match]
        return keys_of([kind.store(value) for kind, value in kinds], [answers_of(kind) for kind, _value in kinds])

    def _item(
        self, draft: Draft, key: Key | None, found: dict[Key, list[Found]], current: dict[int, Record]
    ) -> Item | None:
        """What is to be done with a row; None for one that repeats an earlier row. Raises Invalid or Refused."""
        if key is not None and key in self.seen:
            return self._repeated(draft, self.seen[key])
        hits = found.get(key, []) if key is not None else []
        visible = [hit for hit in hits if hit.seen]
        if len(visible) > 1:
            raise Invalid(SEVERAL, count=len(visible))
        if hits and not visible:
            raise self._foreign(hits[0])
        if visible and self.rules.mode == "create":
            raise Refused(EXISTS)
        if not visible and self.rules.mode == "update":
            raise Refused(UNKNOWN)
        if visible:
            if (earlier := self.seen.by_record.get(visible[0].id)) is not None:  # found by another of its numbers
                raise Refused(REPEATED, row=earlier)
            if self.loose:
                self.seen.by_record[visible[0].id] = draft.row
            item = self._changed(draft, current[visible[0].id], self.loose)
        else:
            values = {name: value for name, value in draft.values.items() if name != ID.name}
            record = filled(self.record_type(), self.fields, values)
            record.id = new_id()
            item = Item(draft, record, tuple(values), is_new=True)
        if key is not None:
            assert item.record is not None
            compared = self._compared(draft) if self.along is not None else {}
            for one in self._all_keys(draft) if item.is_new and self.loose else (key,):
                self.seen[one] = Seen(draft.row, item.record.id, compared)
            self._this_packet.add(item.record.id)
        return item

    def _repeated(self, draft: Draft, seen: Seen) -> Item | None:
        """Several rows of one customer, each with another contact, are one customer: it is written out in the first of them, and
        the others say the same of it, or less. Anything else is a repetition. Raises Refused when they say something else."""
        if not draft.along or self.along is None:
            return None
        other = next((name for name, said in self._compared(draft).items() if said and said != seen.values.get(name)), None)
        if other is None:
            return Item(draft, None)
        raise Refused(ANOTHER, row=seen.row, label=Label(self.fields[other]))

    def _compared(self, draft: Draft) -> dict[str, str]:
        return {name: "" if value is None else str(value) for name, value in draft.values.items()}

    def _foreign(self, hit: Found) -> Refused:
        owner = self.records.names.title("employee", hit.owner) if hit.owner else ""
        return Refused(FOREIGN, owner=owner) if owner else Refused(FOREIGN_POOL)

    def _changed(self, draft: Draft, record: Record, found_by: Collection[str] = ()) -> Item:
        """The record with the row's values, and which of its fields they change; `found_by` stay as they stand: a number that
        led to it may be written otherwise there, or be one of several. Nor does the sheet change what follows from another field."""
        follow = {name for name, other in self.record_type.known_unless.items() if draft.values.get(other)}
        values = {name: value for name, value in draft.values.items() if name not in (ID.name, *BROUGHT_ALONG, *found_by, *follow)}
        changed = differences(self.fields, record, values)
        filled(record, self.fields, {name: values[name] for name in changed})
        return Item(draft, record, changed)

    def _parent(self, item: Item) -> int:
        """The record the row is about: its own, or the one an earlier row of the sheet made."""
        if item.record is not None:
            return int(item.record.id)
        key = self._key(item.draft)
        assert key is not None
        return self.seen[key].id

    # Writing

    def _write_all(self, unit: Unit, items: list[Item], verdicts: dict[int, Verdict]) -> None:
        """All rows together. When one of them is refused on the way: those before it, itself and those after it, each part likewise, so
        that few rows are written on their own. A row is only ever judged after all those before it."""
        told: set[int] = set()  # what comes along holds what all rows say of it, and is written with the first of them
        waiting = [items]
        while waiting:
            several = self._still_there(waiting.pop())
            if not several:
                continue
            for item in several:
                item.along = [record for record in item.along if id(record) not in told]
            try:
                with unit.step(kept=False):
                    self._write(unit, several)
            except Trouble as reason:
                if len(several) > 1:
                    waiting += reversed(list(_parts(several, reason)))
                    continue
                verdicts[several[0].draft.row] = Verdict(several[0].draft.row, "refused", reason=self._explained(reason, several[0]))
                self._forget(several[0])
                continue
            for item in several:
                told.update(map(id, item.along))
                verdicts[item.draft.row] = item.verdict()
                self._keep_texts(item)

    def _still_there(self, items: list[Item]) -> list[Item]:
        """Without the rows that go with one that was refused after all: they come again."""
        there = []
        for item in items:
            if item.record is None and self._key(item.draft) not in self.seen:
                self._again.append(item.draft)
            else:
                there.append(item)
        return there

    def _write(self, unit: Unit, items: list[Item]) -> None:
        fresh = [item.record for item in items if item.is_new and item.record is not None]
        if fresh:
            unit.add(fresh)
        changed = [item for item in items if not item.is_new and item.record is not None and any("." not in name for name in item.fields)]
        unit.save_all([item.record for item in changed if item.record is not None])
        for item in changed:
            item.keep_what_changed()
        along = {id(record): record for item in items if item.along and self._parent_stands(item) for record in item.along}.values()
        added = [record for record in along if record.is_new()]
        if added:
            unit.add(added)
        unit.save_all([record for record in along if not record.is_new()])

    def _keep_texts(self, item: Item) -> None:
        """Remember the row by what only its record has. What a rehearsal draws from a counter, each of its packets draws anew."""
        if self._texts is None or item.record is None:
            return
        told = (name for name in self.record_type.unique if not self.rehearsal or item.draft.values.get(name) or self.fields[name].readonly)
        texts = [text for name in told if (text := getattr(item.record, name))]
        self._texts.take(item.draft.row, map(_mark, texts), dict.fromkeys(texts))

    def _holder(self, text: str, before: int) -> int:
        """The row before this one whose record has a text that only one may have; 0 for none."""
        rows = sorted(self._texts.holders((_mark(text),), before)) if self._texts is not None else ()
        return next((row for row in rows if self._texts is not None and text in self._texts.values(row)), 0)

    def _parent_stands(self, item: Item) -> bool:
        """In a rehearsal what earlier packets made has been taken back again."""
        if not self.rehearsal or item.record is not None:
            return True
        return self._parent(item) in self._this_packet

    def _forget(self, item: Item) -> None:
        """A refused row does not stand in the way of a later one with the same key."""
        key = self._key(item.draft)
        if item.record is not None and self.seen.by_record.get(item.record.id) == item.draft.row:
            del self.seen.by_record[item.record.id]
        if item.record is not None and key is not None and key in self.seen and self.seen[key].row == item.draft.row:
            for one in self._all_keys(item.draft) if self.loose else (key,):
                self.seen.pop(one, None)

    def _explained(self, reason: Trouble, item: Item) -> Trouble:
        """A refusal of one field's value, with the field's name before it. Reasons are kept: what was at hand then is not."""
        if isinstance(reason, Taken) and (row := self._holder(reason.what, item.draft.row)):
            reason = Invalid(HELD, reason.field, row=row, value=next(iter(reason.values.values())))
        reason.record = None
        reason = reason.with_traceback(None)
        field_name = getattr(reason, "field", None)
        if field_name in self.fields and "{label" not in reason.text and reason.text != IN_COLUMN:
            return Invalid(IN_COLUMN, field_name, column=Label(self.fields[field_name]), problem=reason)
        return reason


def _parts(items: list[Item], reason: Trouble) -> Iterator[list[Item]]:
    """The rows before the refused one, that row, and those after it; where the refusal does not say which it is, two halves."""
    refused = reason.record
    place = next((place for place, item in enumerate(items) if refused is not None and _holds(item, refused)), None)
    half = len(items) // 2
    cuts = (0, half, half, len(items)) if place is None else (0, place, place + 1, len(items))
    return filter(None, (items[start:end] for start, end in pairwise(cuts)))


def _holds(item: Item, record: object) -> bool:
    return item.record is record or any(one is record for one in item.along)


def _mark(text: str) -> int:
    return hash(text) & _POSITIVE
