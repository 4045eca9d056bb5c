"""Looks for duplicates in all records of a type somebody sees: groups of the same and the similar, the surest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

from crm_desktop.core import alike, apart, masking, twins
from crm_desktop.core.access import Actor
from crm_desktop.core.alike import blocking, numbers
from crm_desktop.core.collecting import uncollected
from crm_desktop.core.record import Record

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

MOST_IN_BLOCK = 40
"""Records that share one key: more say nothing (a filler phone, a name like 鸿运); they are compared by their other keys."""
FEW = 4
"""Records that share one key: hardly another is called so, or has this number."""
MOST_IN_GROUP = 12
STEP = 2_000  # records between two words about progress
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Pair:
    """Two records and what they have in common."""

    first: int
    second: int
    likeness: alike.Likeness


@dataclass(frozen=True)
class Group:
    """Records that may be one. pairs: the surest first."""

    ids: tuple[int, ...]
    pairs: tuple[Pair, ...]

    @property
    def score(self) -> int:
        return self.pairs[0].likeness.score

    @property
    def same(self) -> bool:
        return any(pair.likeness.same for pair in self.pairs)

    def reasons(self, hidden: bool = False) -> tuple[alike.Reason, ...]:
        """Why, each once. hidden: to somebody who does not see numbers in full."""
        found: dict[tuple[str, ...], alike.Reason] = {}
        for pair in self.pairs:
            for reason in pair.likeness.reasons:
                if hidden and reason.about != "name":
                    reason = reason._replace(values={name: masking.masked(value) for name, value in reason.values.items()})
                found.setdefault((reason.text, *reason.values.values()), reason)
        return tuple(found.values())


def scan(records: Records, record_type: type[Record], actor: Actor, progress: Progress | None = None) -> list[Group]:
    """The groups among the living records the actor sees. progress is told (done, in all) and may raise Cancelled."""
    told = progress or (lambda done, total: None)
    total = records.count(record_type, actor)
    sketches: list[alike.Sketch] = []
    sight = records.sight(actor, record_type)
    with uncollected():
        for page in twins.pages(records.database.read, record_type, ("owner", "department")):
            seen = None if sight.scope.all else sight.seen((one.id, *whose, None) for one, whose in page)
            sketches += [one for one, _whose in page if seen is None or one.id in seen]
            told(len(sketches), 2 * max(total, len(sketches)))
        parted = apart.pairs(records.database.read)
        found = [pair for pair in pairs_in(sketches, told) if (pair.first, pair.second) not in parted]
    return groups_of(found)


def blocks(sketches: Iterable[alike.Sketch]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """Places of records that share a key: by their names, and by phones, mails and tax numbers."""
    named: dict[int, list[int]] = {}
    others: dict[int, list[int]] = {}
    for place, sketch in enumerate(sketches):
        words = alike.words_of(sketch)
        if sketch.person is None:
            for name in sketch.companies:
                words += blocking.more_keys(name)
            words += alike.phone_words(board for number in sketch.phones for board in numbers.boards(number))
            words += [f"e{host}" for host in (*map(numbers.host, sketch.mails), *sketch.sites) if host]
        for word in words:
            kept = others if word[0] in "pmcw" else named
            key = crc32(word.encode())
            several = kept.get(key)
            if several is None:
                kept[key] = [place]
            elif kept is named or several[-1] != place:  # one number in two cells is one record's
                several.append(place)
    return named, others


def pairs_in(sketches: list[alike.Sketch], progress: Progress) -> Iterator[Pair]:
    """Every two records that are alike, once."""
    named, others = blocks(sketches)
    provinces = [_province(one) for one in sketches]
    done: set[int] = set()  # pairs that need no other look, each as one number
    size, number, total = len(sketches), 0, len(named) + len(others)
    for several, by_name in ((others, False), (named, True)):
        for places in several.values():
            number += 1
            if number % STEP == 0:
                progress(total + number, 2 * total)
            if 1 < len(places) <= MOST_IN_BLOCK:
                few = len(places) <= FEW
                judge = _by_name if by_name or not few else alike.judge
                for here, one in enumerate(places):
                    sketch, province = sketches[one], provinces[one] if by_name else ()
                    for other in places[here + 1 :]:
                        pair = one * size + other
                        # Most of those that share a name are in other provinces: two companies, without a closer look.
                        if (
                            pair in done
                            or (not few and -pair in done)
                            or other == one
                            or (province and provinces[other] not in (province, ()))
                        ):
                            continue
                        likeness = judge(sketch, sketches[other], few)
                        if likeness is not None and likeness.score >= alike.LEAST:
                            done.add(pair)
                            yield Pair(sketch.id, sketches[other].id, likeness)
                        elif by_name and not few:
                            done.add(-pair)


def _province(one: alike.Sketch) -> tuple[str, ...]:
    place = one.companies[0].place if len(one.companies) == 1 else ()
    return place[:1] if place and place[0] else ()


def _by_name(one: alike.Sketch, other: alike.Sketch, few: bool) -> alike.Likeness | None:
    """Of records found by their names, or by a number that many have (a bookkeeper's): whether the names are alike at all is asked
    first, because most are not."""
    if one.person is not None or other.person is not None:
        return alike.judge(one, other, few)
    name = alike.of_companies(one, other, few)
    return alike.judge(one, other, few) if name is not None and name.score >= alike.LEAST else None


def groups_of(pairs: Iterable[Pair]) -> list[Group]:
    """Pairs put together, the surest first; a chain of similar names does not grow without end."""
    group_of: dict[int, list[int]] = {}
    ordered = sorted(pairs, key=lambda pair: (not pair.likeness.same, -pair.likeness.score, pair.first, pair.second))
    kept: list[Pair] = []
    for pair in ordered:
        one, other = (group_of.setdefault(record, [record]) for record in (pair.first, pair.second))
        if one is not other:
            if len(one) + len(other) > MOST_IN_GROUP:
                continue
            one += other
            for record in other:
                group_of[record] = one
        kept.append(pair)
    together: dict[int, list[Pair]] = {}
    for pair in kept:
        together.setdefault(id(group_of[pair.first]), []).append(pair)
    return [Group(tuple(group_of[several[0].first]), tuple(several)) for several in together.values()]
