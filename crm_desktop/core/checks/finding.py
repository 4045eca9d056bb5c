"""What a check finds, and how it asks: a count and some examples of the records concerned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm_desktop.core.words import say

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

EXAMPLES = 5


@dataclass(frozen=True)
class Finding:
    """Something that is not as it must be: a marked sentence with its values, how often, and a few ids."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    count: int = 1
    examples: tuple[int, ...] = ()

    def sentence(self, lang: str | None = None) -> str:
        """The sentence in a language, marked words among its values translated too."""
        values: dict[str, Any] = {key: say(value, lang) if isinstance(value, Marked) else value for key, value in self.values.items()}
        return say(self.text, lang, count=f"{self.count:,}", **values)


class Marked(str):
    """A value of a sentence that is itself a marked text: the title of a record type, the label of a field."""

    __slots__ = ()


@dataclass(frozen=True)
class Check:
    """One thing that is looked at."""

    key: str
    label: str
    run: Callable[[Records], Iterable[Finding]]


def rows_like(
    records: Records, text: str, source: str, params: Sequence[Any] = (), column: str = "t.id", **values: Any
) -> list[Finding]:
    """A finding about the rows `source` (FROM … WHERE …) selects; none when there are none."""
    first = records.database.read(f"SELECT {column} {source} LIMIT {EXAMPLES}", params)
    if not first:
        return []
    count = records.database.read(f"SELECT COUNT(*) {source}", params)[0][0] if len(first) == EXAMPLES else len(first)
    return [Finding(text, values, count, tuple(row[0] for row in first))]
