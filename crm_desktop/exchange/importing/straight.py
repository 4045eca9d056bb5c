"""The straight way: rows that are plainly new go in together, column by column; all others one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.core.errors import Invalid, Refused, Trouble
from crm_desktop.core.unit import Unit
from crm_desktop.exchange.importing.applying import Applying
from crm_desktop.exchange.importing.drafts import Block, DraftMaker
from crm_desktop.exchange.importing.matching import answers_of, counted, key_of
from crm_desktop.exchange.importing.seen import Key
from crm_desktop.exchange.importing.twin_rows import Twin
from crm_desktop.exchange.importing.verdicts import LONGEST_TITLE, Verdict, Verdicts


@dataclass
class Straight:
    """Puts the blocks of one sheet in. A row goes straight when each cell could be read, nothing comes along with it, and
    no record and no other row has its key. In a rehearsal, which tells what rows are like, a block goes straight as a whole or not at
    all: a row is only like earlier ones."""

    applying: Applying
    maker: DraftMaker
    _like: dict[int, Twin] = field(default_factory=dict)  # row -> what it is like

    def put_in(self, unit: Unit, block: Block) -> Verdicts:
        """Write what can be written; gives a verdict for each row, in their order."""
        made = self._new_ones(unit, block)
        verdicts = Verdicts()
        name = self.applying.record_type.title_field
        titles = block.values(name)
        if len(made) == len(block.rows):
            verdicts.add_all(block.rows, "new", list(map(_title, titles)), self._like)
            return verdicts
        drafts = self.maker.drafts(block, [place for place in range(len(block.rows)) if place not in made])
        others = zip(drafts, self.applying.put_in(unit, drafts), strict=True)
        for place, row in enumerate(block.rows):
            if place in made:
                verdicts.add(Verdict(row, "new", title=_title(titles[place])))
            else:
                draft, verdict = next(others)
                verdicts.add(verdict._replace(title=_title(draft.values.get(name))))
        return verdicts

    def _new_ones(self, unit: Unit, block: Block) -> set[int]:
        """Create the plainly new ones; gives their places."""
        self._like = {}
        if self.applying.rules.mode == "update" or (self.applying.twins is not None and not self.applying.only_tells):
            return set()
        # Further rows may bring further contacts of any customer: what each row says of it is kept.
        if any(target.along for target in block.targets) or self._several(block):
            return set()
        keys = self._keys(block)
        alone = self._alone(unit, block, keys)
        whole = len(alone) == len(block.rows)
        if not alone or (self.applying.only_tells and not whole):
            return set()
        columns = {
            name: values if whole else [values[place] for place in alone] for name, values in self.maker.filled(block).items()
        }
        try:
            ids = self._made(unit, columns, block.rows)
        except _NotAll:
            return set()
        made = [place for place, record_id in zip(alone, ids, strict=True) if record_id is not None]
        fresh = [record_id for record_id in ids if record_id is not None]
        self.applying.seen.made([keys[place] for place in made], [block.rows[place] for place in made], fresh)
        return set(made)

    def _made(self, unit: Unit, columns: Mapping[str, Sequence[Any]], rows: Sequence[int]) -> Sequence[int | None]:
        """Create them; gives their ids, None of one that has to go on its own. Raises _NotAll."""
        if not self.applying.only_tells:
            return self._poured(unit, columns)
        try:
            with unit.step(kept=False):
                ids = unit.add_columns(self.applying.record_type, columns)
                if ids is None or None in ids:
                    raise _NotAll
        except Refused as reason:
            unit.demand(self.applying.record_type, "add")
            raise _NotAll from reason
        if self.applying.twins is not None:
            values = (dict(zip(columns, of_one, strict=True)) for of_one in zip(*columns.values(), strict=True))
            self._like = self.applying.twins.find(list(zip(rows, ids, values, strict=True)), unit.tx.run)  # type: ignore[arg-type]
        return ids

    def _poured(self, unit: Unit, columns: Mapping[str, Sequence[Any]]) -> Sequence[int | None]:
        """A server with accounts may refuse what the program lets pass, and does not say which row it means: then each half goes in by
        itself, and a single row on its own."""
        record_type = self.applying.record_type
        try:
            with unit.step(kept=False) if self.applying.records.database.guarded else nullcontext():
                ids = unit.add_columns(record_type, columns)
        except Refused:
            unit.demand(record_type, "add")
            count = len(next(iter(columns.values())))
            if count == 1:
                return [None]
            halves = (slice(0, count // 2), slice(count // 2, count))
            return [one for half in halves for one in self._poured(unit, {name: column[half] for name, column in columns.items()})]
        if ids is None:
            raise _NotAll
        return ids

    def _several(self, block: Block) -> bool:
        """Whether a row is known by more than one key: one of several numbers may be that of another row."""
        for name in self.applying.loose:
            answers = answers_of(self.applying.fields[name].kind)
            if answers and any(value.__class__ is str and len(answers(value)) > 1 for value in block.values(name)):
                return True
        return False

    def _keys(self, block: Block) -> list[Key | None]:
        """The stored values each row is matched on; None when it lacks one of them or they could not be read."""
        fields, match = self.applying.fields, self.applying.rules.match
        if not match:
            return [None] * len(block.rows)
        columns = [block.values(name) for name in match]
        if any(Invalid in set(map(type, values)) for values in columns):
            columns = [[None if value.__class__ is Invalid else value for value in values] for values in columns]
        stored = [list(map(key_of(fields[name].kind), values)) for name, values in zip(match, columns, strict=True)]
        keys: list[Key | None] = list(zip(*stored, strict=True))
        if any(None in values or "" in values for values in stored):
            needed = [place for place, name in enumerate(match) if name not in self.applying.may_lack]
            whole = (all(key[place] not in (None, "") for place in needed) for key in zip(*stored, strict=True))
            return [counted(self.applying.record_type, match, key) if there else None for key, there in zip(keys, whole, strict=True)]  # type: ignore[arg-type]
        return keys

    def _alone(self, unit: Unit, block: Block, keys: list[Key | None]) -> list[int]:
        """Places of the rows that can go straight."""
        odd = block.odd_rows()
        counts = Counter(keys)
        seen = self.applying.seen
        asked = {key for key in counts if key is not None and key not in seen}
        found: dict[Any, Any] = {}
        if asked:
            found = self.applying.find(asked, unit)
        return [
            place
            for place, key in enumerate(keys)
            if place not in odd and (key is None or (counts[key] == 1 and key in asked and key not in found))
        ]


class _NotAll(Trouble):
    """They go one by one."""

    def __init__(self) -> None:
        super().__init__("")


def _title(value: Any) -> str:
    """What a row calls its record, for people to see which is meant."""
    return str(value or "")[:LONGEST_TITLE]
