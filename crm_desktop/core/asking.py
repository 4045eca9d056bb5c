"""Questions that several searches have at the same time, put to a server together: one way there and back answers all of them.

A search is written as a generator: it yields what it asks and is sent the rows. Alone it is asked question by question, as a file
answers it best; on a server those of all record types go side by side, each as far as its next question.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")
Rows = list[tuple[Any, ...]]
Read = Callable[[str, Sequence[Any]], Rows]


class Ask(NamedTuple):
    """A question. columns: what its columns are called, each with the kind of its values: those of one kind can stand in one column."""

    sql: str
    params: Sequence[Any]
    columns: Sequence[tuple[str, str]] = (("id", "BIGINT"),)


Asking = Generator[Ask | None, Rows, T]
"""What yields its questions; None waits until the others have come as far."""


def alone(read: Read, asking: Asking[T]) -> T:
    """What comes of it, question by question."""
    rows: Rows = []
    try:
        ask = next(asking)
        while True:
            rows = read(ask.sql, ask.params) if ask is not None else []
            ask = asking.send(rows)
    except StopIteration as end:
        return end.value  # type: ignore[no-any-return]


def together(read: Read, several: Sequence[Asking[T]]) -> list[T]:
    """What comes of each, all that they ask at the same time answered at once."""
    results: dict[int, T] = {}
    answers: dict[int, Rows | None] = dict.fromkeys(range(len(several)))
    waiting: dict[int, Rows | None] = {}
    while answers:
        questions: dict[int, Ask] = {}
        for place, rows in answers.items():
            try:
                ask = several[place].send(rows) if rows is not None else next(several[place])
            except StopIteration as end:
                results[place] = end.value
                continue
            if ask is not None:
                questions[place] = ask
            else:
                waiting[place] = []
        if questions:
            answers = dict(_at_once(read, questions))
        else:
            answers, waiting = waiting, {}
    return [results[place] for place in range(len(several))]


def _at_once(read: Read, questions: dict[int, Ask]) -> dict[int, Rows]:
    """One question of all; each has its columns among those of the others, and says whose its rows are."""
    if len(questions) == 1:
        return {whose: read(ask.sql, ask.params) for whose, ask in questions.items()}
    places = {whose: _slots(ask) for whose, ask in questions.items()}
    slots = list(dict.fromkeys(slot for own in places.values() for slot in own))
    parts, params = [], list[Any]()
    for whose, ask in questions.items():
        named = dict(zip(places[whose], (f"`{name}`" for name, _kind in ask.columns), strict=True))
        shown = ", ".join(named.get(slot, "NULL") for slot in slots)
        parts.append(f"SELECT {whose} AS whose, {shown} FROM ({ask.sql}) AS asked{whose}")
        params += ask.params
    answers: dict[int, Rows] = {whose: [] for whose in questions}
    own = {whose: [1 + slots.index(slot) for slot in mine] for whose, mine in places.items()}
    for row in read(" UNION ALL ".join(parts), params):
        answers[row[0]].append(tuple([row[place] for place in own[row[0]]]))
    return answers


def _slots(ask: Ask) -> list[tuple[str, int]]:
    """For each of its columns the kind, and the how manieth of this kind it is."""
    seen: dict[str, int] = {}
    slots = []
    for _name, kind in ask.columns:
        seen[kind] = seen.get(kind, 0) + 1
        slots.append((kind, seen[kind]))
    return slots
