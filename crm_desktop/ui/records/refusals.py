"""What a bulk act could not do: how many and why, each reason with the records it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from crm_desktop.core.words import say

if TYPE_CHECKING:
    from crm_desktop.core.many import Preview
    from crm_desktop.core.outcome import Outcome


def told(outcome: Outcome, done: str) -> str:
    """What the snackbar says of a bulk act: how many, and the reasons of what was refused, the commonest first."""
    if not outcome.refused:
        return done
    whys = reasons(outcome)
    why = whys[0][0] if len(whys) == 1 else say("{why} (and %n other reason(s))", why=whys[0][0], n=len(whys) - 1)
    return say("{done}; {count} refused: {why}", done=done, count=len(outcome.refused), why=why)


def reasons(outcome: Outcome | Preview) -> Sequence[tuple[str, int]]:
    """(sentence, how many records it kept back), the commonest first."""
    counts: dict[str, int] = {}
    for _record, why in outcome.refused:
        sentence = why.sentence()
        counts[sentence] = counts.get(sentence, 0) + 1
    return sorted(counts.items(), key=lambda one: -one[1])
