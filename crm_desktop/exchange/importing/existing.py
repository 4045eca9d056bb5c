"""Looks up records that are already there: by the values rows are matched on, and by the words of links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.core import alike
from crm_desktop.core.access import Actor
from crm_desktop.core.custom import column_of
from crm_desktop.core.listing import among
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.exchange.importing.matching import Answers, answers_of, counted, keys_of, words_of
from crm_desktop.exchange.targets import ID, REFERENCE, fields_of

_AT_ONCE = 500
Ask = Callable[..., list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Found:
    """A record with the values asked for; `seen` tells whether the actor may see it, `owner` who to ask otherwise."""

    id: int
    owner: int | None
    seen: bool


def find_by(
    records: Records, record_type: type[Record], actor: Actor, names: Sequence[str], keys: Iterable[tuple[Any, ...]] | None, ask: Ask
) -> dict[tuple[Any, ...], list[Found]]:
    """Living records whose fields `names` answer to one of `keys` (stored values, phones and mails as `matching` has them),
    whoever may see them. Without keys: all of them.

    ask: runs a query, inside a transaction or out of one.
    """
    fields = fields_of(records, record_type)
    answers = [answers_of(fields[name].kind) for name in names]
    columns = [record_type.id if name == ID.name else column_of(fields[name], record_type) for name in names]
    kept = (record_type.id, record_type.owner, record_type.department, record_type.deleted_at)
    asked = [*kept, *(column.alias(f"k{number}") for number, column in enumerate(columns))]
    wanted = set(keys) if keys is not None else None
    sight = records.sight(actor, record_type)
    found: dict[tuple[Any, ...], list[Found]] = {}
    for where in _places(record_type, names, columns, answers, wanted, ask):
        # Which of them live is seen here: asked for the living ones, SQLite would go through all of those instead.
        rows = [row for row in ask(record_type.select(*asked).where(where)) if row[3] is None]
        if any(answers):
            hits = [(key, row) for row in rows for key in keys_of(row[4:], answers)]
        else:
            hits = [(counted(record_type, names, row[4:]), row) for row in rows]
        if wanted is not None:
            hits = [(key, row) for key, row in hits if key in wanted]
        seen = sight.seen((*row[:3], None) for _key, row in hits)
        for key, row in hits:
            found.setdefault(key, []).append(Found(row[0], row[1], row[0] in seen))
    return found


def _places(
    record_type: type[Record], names: Sequence[str], columns: Sequence[Any], answers: Sequence[Answers | None],
    wanted: set[tuple[Any, ...]] | None, ask: Ask,
) -> Iterator[Any]:  # fmt: skip
    """Conditions that together let through every record that may answer to a key, and few others."""
    if wanted is None:
        yield record_type.deleted_at.is_null()
        return
    # The rarest field asks: a name picks out fewer records than the customer several contacts share.
    first = next((place for place, answer in enumerate(answers) if answer is None), 0)
    column, asked = columns[first], list(dict.fromkeys(key[first] for key in wanted))
    if asked and answers[first] is not None:
        words = words_of(record_type, names[first], asked)
        if words is None:  # no key leads to such values: all that are not empty are looked at
            yield column != ""
            return
        held = alike.holders(ask, record_type.key(), alike.hashed(words))
        column, asked = record_type.id, sorted({one for several in held.values() for one in several})
    for start in range(0, len(asked), _AT_ONCE):
        yield among(column, asked[start : start + _AT_ONCE])


class Links:
    """Words -> ids of records of one big type (customers, opportunities): by title, code or number, a packet at a time. Where reading is
    strict each question reads all that the person sees (core/guard/strict.py): there each field is asked about once."""

    def __init__(self, records: Records, record_type: type[Record], actor: Actor):
        self.records, self.record_type, self.actor = records, record_type, actor
        fields = records.fields(record_type)
        self._fields = [name for name in dict.fromkeys((record_type.title_field, "code", "number")) if name in fields]
        self._known: dict[str, int | None] = {}
        self._all: dict[str, dict[tuple[Any, ...], list[Found]]] | None = {} if records.database.strict else None

    def learn(self, words: Iterable[str], ask: Ask) -> None:
        """Look these words up; those of them not found are tried in the next field."""
        missing = [word for word in dict.fromkeys(words) if word not in self._known]
        self._learn_references(missing, ask)
        missing = [word for word in missing if word not in self._known]
        for name in self._fields:
            if not missing:
                return
            for word, hits in self._found(name, missing, ask).items():
                seen = [hit.id for hit in hits if hit.seen]
                self._known[word] = seen[0] if len(seen) == 1 else None
            missing = [word for word in missing if word not in self._known]
        self._known.update(dict.fromkeys(missing))

    def _found(self, name: str, words: Sequence[str], ask: Ask) -> dict[str, list[Found]]:
        """The records in whose field one of these words stands."""
        if self._all is None:
            asked = find_by(self.records, self.record_type, self.actor, (name,), ((word,) for word in words), ask)
            return {word: hits for (word,), hits in asked.items()}
        if name not in self._all:
            self._all[name] = find_by(self.records, self.record_type, self.actor, (name,), None, ask)
        return {word: self._all[name][word,] for word in words if (word,) in self._all[name]}

    def _learn_references(self, words: Iterable[str], ask: Ask) -> None:
        """Words that name a record by its id, as our own exports do where a title stands for several."""
        named = {int(found[1]): word for word in words if (found := REFERENCE.fullmatch(word))}
        if named:
            hits = find_by(self.records, self.record_type, self.actor, (ID.name,), ((one,) for one in named), ask)
            self._known.update({named[one]: one for (one,), (hit, *_more) in hits.items() if hit.seen})

    def id_of(self, word: str) -> int | None:
        """The record a learnt word means; None when there is none, several, or none the actor may see."""
        return self._known.get(word)
