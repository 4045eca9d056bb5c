"""Rows of a sheet that are the same as (or similar to) a record there is, or to an earlier row: told, and done with as chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from crm_desktop.core import alike, twins
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Refused, Trouble
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.words import _
from crm_desktop.exchange.importing.earlier_rows import EarlierRows

CHOICES = ("create", "update", "skip")
"""What may be done with such a row: make a record all the same, change the one there is, leave the row out."""

SAME_AS = _("The same as “{title}”: {why}.")
SIMILAR_TO = _("Similar to “{title}”: {why}.")
SAME_AS_FOREIGN = _("The same as a record of {owner}: {why}.")
SIMILAR_TO_FOREIGN = _("Similar to a record of {owner}: {why}.")
SAME_AS_ROW = _("The same as row {row}: {why}.")
SIMILAR_TO_ROW = _("Similar to row {row}: {why}.")
OTHER = _("There is a {one} already: “{title}” ({why}).")
MAYBE_OTHER = _("Perhaps there is a {one} already: “{title}” ({why}).")
OTHER_FOREIGN = _("There is a {one} of {owner} already ({why}).")
MAYBE_OTHER_FOREIGN = _("Perhaps there is a {one} of {owner} already ({why}).")
LEFT_OUT = _("{note} It was left out.")
NOT_ALLOWED = _("{note} Your company does not keep the same one twice.")


class Twin(NamedTuple):
    """What a row is like: a record (by its id, 0 when it may not be seen) or an earlier row; note: the sentence; other: a record of
    another type, beside which the row may stand (id 0: the row cannot change it)."""

    same: bool
    id: int
    row: int
    note: Trouble
    other: bool = False


@dataclass
class TwinRows:
    """Looks up the new rows of one packet after another."""

    records: Records
    record_type: type[Record]
    actor: Actor
    rehearsal: bool
    _rows: EarlierRows = field(default_factory=EarlierRows)

    def find(self, new: Sequence[tuple[int, int, Mapping[str, Any]]], run: twins.Run) -> dict[int, Twin]:
        """Of new records (row, id, values), the rows that are like something: the record first, then an earlier row, then a record of
        another type (of leads the customer)."""
        if not self.rehearsal:
            self._rows = EarlierRows()  # what earlier packets made stands in the database
        how = twins.compared(self.record_type)
        sketches = [alike.draw(how, record_id, values) for _row, record_id, values in new]
        there = twins.find(self.records, self.record_type, sketches, self.actor, run)
        beside = twins.elsewhere(self.records, self.record_type, sketches, self.actor, run)
        found: dict[int, Twin] = {}
        for (row, _id, values), sketch in zip(new, sketches, strict=True):
            known = there.get(sketch.id)
            earlier = None if known and known[0].likeness.same else self._earlier(row, values, sketch)
            if earlier is not None and (earlier.same or not known):
                found[row] = earlier
            elif known:
                found[row] = _of_record(known[0])
            elif others := beside.get(sketch.id):
                found[row] = _of_another_type(others[0], self.records.types[others[0].type])
        return found

    def _earlier(self, row: int, values: Mapping[str, Any], sketch: alike.Sketch) -> Twin | None:
        keys = alike.keys_of(sketch)
        best: tuple[alike.Likeness, int] | None = None
        # A row that comes again, corrected, is not like itself, nor like those after it.
        for number in self._rows.holders(keys, row):
            likeness = alike.judge(sketch, alike.draw(twins.compared(self.record_type), number, self._rows.values(number)))
            if likeness is not None and (best is None or likeness[:2] > best[0][:2]):
                best = (likeness, number)
        names = twins.compared(self.record_type).fields()
        self._rows.take(row, keys, {name: value for name in names if (value := values.get(name))})
        if best is None:
            return None
        likeness, number = best
        text = SAME_AS_ROW if likeness.same else SIMILAR_TO_ROW
        return Twin(likeness.same, 0, number, Refused(text, row=number, why=twins.Why(likeness.reasons)))


def _of_record(twin: twins.Twin) -> Twin:
    same = twin.likeness.same
    if twin.seen:
        text = SAME_AS if same else SIMILAR_TO
        return Twin(same, twin.id, 0, Refused(text, title=twin.title, why=twins.Why(twin.reasons())))
    text = SAME_AS_FOREIGN if same else SIMILAR_TO_FOREIGN
    return Twin(same, 0, 0, Refused(text, owner=twin.owner or "…", why=twins.Why(twin.reasons())))


def _of_another_type(twin: twins.Twin, there: type[Record]) -> Twin:
    same, one, why = twin.likeness.same, twins.Kind(there.screen.one), twins.Why(twin.reasons())
    if twin.seen:
        return Twin(same, 0, 0, Refused(OTHER if same else MAYBE_OTHER, one=one, title=twin.title, why=why), other=True)
    text = OTHER_FOREIGN if same else MAYBE_OTHER_FOREIGN
    return Twin(same, 0, 0, Refused(text, one=one, owner=twin.owner or "…", why=why), other=True)
