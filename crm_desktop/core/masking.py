"""Numbers that are hidden from those who see a record but neither own it nor may see numbers in full: 138****1234.

Which fields of a type are hidden is the company's choice (`fields`), who sees them in full a right of roles (`plain`); whoever a
record is shared with to work on sees them too. The door covers values on their way out (records, rows, search, history) and
never takes a covered one for a new value on the way in (`lift`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from crm_desktop.core import custom
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Invalid
from crm_desktop.core.later import pattern
from crm_desktop.core.names import Label
from crm_desktop.core.record import Record
from crm_desktop.core.sight import Sight
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.journal import Line
    from crm_desktop.core.records import Records

SETTING = "masked"
COVER = "***"
UNHARMED = {"empty", "filled"}  # conditions that tell nothing of a value
_BETWEEN = pattern(r"([,;/、，；|\n])")


def masked(text: str | None) -> str:
    """A number (or several) with its middle covered; separators stay. Of other texts the first letter is left."""
    if not text or COVER in text:
        return text or ""
    if "@" in text:
        name, _at, domain = text.partition("@")
        return f"{name[:1]}{COVER}@{domain}"
    return "".join(piece if _BETWEEN.fullmatch(piece) else _number(piece) for piece in _BETWEEN.split(text))


def _number(text: str) -> str:
    digits = [place for place, sign in enumerate(text) if sign.isdigit()]
    if len(digits) < 5:
        return f"{text[:1]}{COVER}" if text.strip() else text
    first, last = (3, 4) if len(digits) >= 10 else (2, 2) if len(digits) >= 7 else (1, 1)
    covered = set(digits[first : len(digits) - last])
    return "".join("*" if place in covered else sign for place, sign in enumerate(text))


def fields(records: Records, record_type: type[Record]) -> tuple[str, ...]:
    """The fields of a type that are hidden: the company's choice, else those declared so."""
    known = records.fields(record_type)
    chosen = records.settings.get(SETTING, {}).get(record_type.key())
    return tuple(name for name, field in known.items() if (field.masked if chosen is None else name in chosen))


class Veil:
    """What one actor does not see in full of a type. names: the hidden fields, () when he sees all."""

    def __init__(self, records: Records, actor: Actor, record_type: type[Record], sight: Sight | None = None):
        self.records, self.actor, self.record_type = records, actor, record_type
        self.names = () if actor.may(record_type, "plain") else fields(records, record_type)
        self._sight = sight

    @property
    def sight(self) -> Sight:
        if self._sight is None:
            self._sight = self.records.sight(self.actor, self.record_type)
        return self._sight

    def covered(self, rows: Iterable[tuple[int, int | None]]) -> set[int]:
        """Of (id, owner) the ids whose numbers are hidden: neither his own nor shared with him to work on."""
        if not self.names:
            return set()
        others = [one for one, owner in rows if owner is None or owner != self.actor.employee]
        return set(others) - self.sight.shared(others, writing=True)

    def condition(self) -> Any:
        """What must hold for a hidden field to be asked about: else its value could be guessed digit by digit."""
        return self.sight.plain()

    # On the way out

    def cover(self, record: Record) -> Record:
        """Hide the numbers of a record at hand."""
        if self.names and record.id in self.covered([(record.id, record.owner)]):
            known = self.records.fields(self.record_type)
            for name in self.names:
                custom.put(record, known[name], masked(custom.get(record, known[name])))
            record.masked = frozenset(self.names)
            record.stored = {**(record.stored or {}), **self._stored(record)}
        return record

    def _stored(self, record: Record) -> dict[str, Any]:
        known = self.records.fields(self.record_type)
        found = {name: getattr(record, name) for name in self.names if not known[name].custom}
        return found | ({"extra": record.extra} if any(known[name].custom for name in self.names) else {})

    def columns(self, names: Sequence[str]) -> tuple[int, ...]:
        """The places of hidden fields among these columns."""
        return tuple(place for place, name in enumerate(names) if name in self.names)

    def lines(self, lines: list[Line], owners: Callable[[], dict[int, int | None]]) -> list[Line]:
        """History of records of this type, its numbers hidden. owners: whose the records are."""
        if not self.names or not any(name in line.changes for line in lines for name in self.names):
            return lines
        hidden = self.covered(owners().items())
        return [line._replace(changes=self._changes(line)) if line.record_id in hidden else line for line in lines]

    def _changes(self, line: Line) -> dict[str, tuple[Any, Any]]:
        return {name: (masked(old), masked(new)) if name in self.names else (old, new) for name, (old, new) in line.changes.items()}


def lift(records: Records, record: Record, current: Record | None) -> None:
    """Put the real numbers where a covered one came back unchanged, before the record is compared and written; one that was
    typed or brought in as new is refused."""
    known = records.fields(type(record))
    for name in fields(records, type(record)):
        field = known[name]
        value, real = custom.get(record, field), custom.get(current, field) if current is not None else None
        stored = record.stored or {}
        base = (custom.values_in(stored.get("extra", "")) if field.custom else stored).get(name) or ""
        came_covered = COVER in base
        if value and COVER in value and value != real:
            if not real or not (value == masked(real) or (came_covered and value == base)):
                raise Invalid(_("“{label}” is hidden here. Type the whole number or leave it as it is."), name, label=Label(field))
            custom.put(record, field, real)
        # What somebody else changed meanwhile stays different from what came: two changes are still noticed.
        if came_covered and not field.custom and real and (base == masked(real) or value == base):
            record.stored = {**stored, name: field.kind.store(real)}


def groups(pairs: Iterable[tuple[Any, int]]) -> list[tuple[Any, int]]:
    """Counts for each value of a hidden field, by what is shown of it."""
    found: dict[str, int] = {}
    for value, count in pairs:
        found[masked(value)] = found.get(masked(value), 0) + count
    return list(found.items())
