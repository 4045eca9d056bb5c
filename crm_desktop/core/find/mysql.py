"""Ask the FULLTEXT index of MariaDB or MySQL, which reads every word's whole list of records before it answers.

So what is asked depends on how common the words are, which a sample of the index tells: a rare word goes to the FULLTEXT
index and the others are looked for in the rows it gives; when all words are common, going through the latest rows until
enough are found is quicker.

For some milliseconds, while the server moves newly committed words to the disk, it may not find one of them (seen with
MariaDB 10.11 within half a second of an import). The next question finds it; nothing but a search depends on it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.core.find.grams import FIRST_DIGIT, SINGLE_CHARACTER
from crm_desktop.core.find.index import UNTOLD, table
from crm_desktop.core.find.query import Look
from crm_desktop.core.find.scope import Question, Scope, scope_tokens
from crm_desktop.core.find.ways import AnyOf, Condition

_SAMPLE = 250  # rows from each end of the index and from its middle
_COMMON = 3  # times in the sample, from which on a token is remembered
# Times in the sample that a kind of token not remembered counts as; others: 1.5.
_UNSEEN = {"g": 0.1, "x": 0.7, **dict.fromkeys(FIRST_DIGIT, 0.7)}
# The same of each further alternative, others: 0.1. Digits are all as usual, of characters and letters most are rare.
_OTHERS = dict.fromkeys(FIRST_DIGIT, 0.7)
_SMALL = 5_000  # records: so few that any question is quick
# What it costs, in about 0.6 µs: a record in the list of the first word, in those of further words, which only narrow down what the first
# gave; a row fetched by them; one fetched by its owner; one gone through.
_LIST, _FURTHER, _ROW, _OWNED, _SCAN = 1.0, 0.4, 6.0, 4.0, 1.0
_AGREE = 10.0  # times as often as by chance that words occur together
_UNLIKE = 3.0  # times as many rows as by chance to be looked at until enough have the other words too
_FARTHEST = 40_000  # rows gone through at most
WAITS = -1
"""The id of records of which an import has not told the index yet."""


@dataclass(frozen=True)
class Sample:
    """How common the tokens of one index are: for common ones, a bit for each sampled row that has it."""

    rows: float
    size: int
    bits: dict[str, int]

    @classmethod
    def take(cls, read: Callable[..., list[tuple[Any, ...]]], type_key: str) -> Sample:
        """Read some rows of the index: the oldest, the latest, and from between."""
        name = table(type_key)
        told = read("SELECT table_rows FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = ?", [name])
        rows = float(told[0][0] or 0) if told else 0.0
        if rows < _SMALL:
            return cls(rows, 0, {})
        first, last = read(f"SELECT MIN(id), MAX(id) FROM {name}")[0]
        texts: dict[int, str] = {}
        for sign, order, start in ((">=", "ASC", first), ("<=", "DESC", last), (">=", "ASC", (first + last) // 2)):
            texts.update(read(f"SELECT id, grams FROM {name} WHERE id {sign} ? ORDER BY id {order} LIMIT ?", [start, _SAMPLE]))
        return cls(rows, len(texts), _bits(list(texts.values())))

    def having(self, tokens: AnyOf) -> int:
        """The sampled rows that have one of the tokens, as bits."""
        bits = 0
        for token in tokens:
            bits |= self.bits.get(token, 0)
        return bits

    def share(self, tokens: AnyOf) -> float:
        """About which part of the records has one of the tokens."""
        kind = tokens[0][0]
        if not self.size:
            return _UNSEEN.get(kind, 1.5) / _SMALL
        others = sum(token not in self.bits for token in tokens) - 1
        times = max(self.having(tokens).bit_count(), _UNSEEN.get(kind, 1.5)) + max(others, 0) * _OTHERS.get(kind, 0.1)
        return min(1.0, times / self.size)


def _bits(texts: Sequence[str]) -> dict[str, int]:
    """Token, or a pair's beginning with *, → the rows that have it; only for common ones."""
    rows = [set(text.split(" ")) for text in texts]
    for row in rows:
        row.update([f"{token[:5]}*" for token in row if token[:1] == "g"])
    common = {token for token, times in Counter(token for row in rows for token in row).items() if times >= _COMMON}
    bits = dict.fromkeys(common, 0)
    for place, row in enumerate(rows):
        for token in row & common:
            bits[token] |= 1 << place
    return bits


def questions(
    type_key: str, looks: Sequence[Look], scope: Scope | None, sample: Sample, fulltext: bool = True, later: bool = False
) -> Iterator[Question]:
    """One question for all looks; narrow ones only when a general one has more records than it may give. fulltext: whether the
    FULLTEXT index may be asked, which is not there behind closed views. later: whether WAITS is among the answers when it has not been told
    of all records yet (core/untold.py)."""
    if not fulltext:
        yield from _all_at_once(table(type_key), looks, scope)
        return
    general = [look for look in looks if not look.narrow]
    crowded = any(_size(condition, sample) > look.limit for look in general for condition in _simple(look))
    parts: list[str] = []
    params: list[Any] = []
    if later and general:
        parts.append(f"SELECT id FROM (SELECT {WAITS} AS id FROM {UNTOLD} WHERE record_type = ? LIMIT 1) AS untold")
        params.append(type_key)
    for look in looks if crowded else general:
        for condition in _simple(look):
            sql, values = _plan(table(type_key), condition, scope, sample, look.limit)
            parts.append(f"SELECT id FROM ({sql}) AS looked{len(parts)}")
            params += values
            for apart, opened in scope.apart("id") if scope is not None else ():
                likes, words = _likes(list(condition))
                parts.append(
                    f"SELECT id FROM (SELECT id FROM {table(type_key)} WHERE {apart}{likes} LIMIT ?) AS looked{len(parts)}"
                )
                params += [*opened, *words, look.limit]
    if parts:
        yield " UNION ALL ".join(parts), params


def conditions(looks: Sequence[Look]) -> list[Condition]:
    """What the general ones of these looks want, one of which must be met."""
    return [condition for look in looks if not look.narrow for condition in _simple(look)]


def _all_at_once(name: str, looks: Sequence[Look], scope: Scope | None) -> Iterator[Question]:
    """Gone through once for all that is looked for: the records of the scope, the better ones first, then what is opened besides."""
    several = [(_likes(list(condition)), look) for look in looks for condition in _simple(look)]
    if not several:
        return

    def either(met: list[Question]) -> Question:
        return f"({' OR '.join(f'({sql[5:]})' for sql, _ in met)})", [value for _, values in met for value in values]

    # The narrow ones are among what the general ones find.
    met, words = either([question for question, look in several if not look.narrow] or [question for question, _look in several])
    limit = sum(look.limit for _question, look in several)
    if scope is None:
        yield f"SELECT id FROM (SELECT id FROM {name} WHERE {met} ORDER BY id DESC LIMIT ?) AS looked0", [*words, limit]
        return
    whose, who = scope.condition()
    better, narrow = either([question for question, look in several if look.narrow])
    order = f" ORDER BY {better} DESC" if narrow else ""
    sql = f"SELECT id FROM (SELECT id FROM {name} WHERE {whose} AND {met}{order} LIMIT ?) AS looked0"
    params = [*who, *words, *narrow, limit]
    for place, (apart, opened) in enumerate(scope.apart("id"), 1):
        sql += f" UNION ALL SELECT id FROM (SELECT id FROM {name} WHERE {apart} AND {met} LIMIT ?) AS looked{place}"
        params += [*opened, *words, limit]
    yield sql, params


def common(type_key: str, sample: Sample, most: int) -> Question | None:
    """A question that goes through the lists of the commonest characters; None for an index that is small or has none."""
    characters = [token for token in sample.bits if token[0] == SINGLE_CHARACTER]
    characters.sort(key=lambda token: -sample.bits[token].bit_count())
    if not characters:
        return None
    return f"SELECT id FROM {table(type_key)} WHERE MATCH (grams) AGAINST (? IN BOOLEAN MODE) LIMIT 1", [" ".join(characters[:most])]


def _size(condition: Condition, sample: Sample) -> float:
    """About how many records meet a condition, at most."""
    return min(sample.share(tokens) for tokens in condition) * sample.rows


def _simple(look: Look) -> Iterator[Condition]:
    """A look as one condition; for several terms with several readings, those go together as far as possible."""
    if len(look.terms) == 1:
        yield from look.terms[0]
        return
    most = max(look.terms, key=len)
    others = [_either(term) for term in look.terms if term is not most]
    for reading in most:
        yield tuple(token for condition in others for token in condition) + reading


def _either(term: tuple[Condition, ...]) -> Condition:
    """What all readings of a term have in common: any of the first tokens of each."""
    if len(term) == 1:
        return term[0]
    return (tuple(dict.fromkeys(token for condition in term for token in condition[0])),)


def _plan(name: str, condition: Condition, scope: Scope | None, sample: Sample, limit: int) -> Question:
    """The cheapest way to the records that meet a condition."""
    wanted = list(condition) if scope is None else [*condition, scope_tokens(scope)]
    wanted.sort(key=sample.share)
    by_words = [_cost_of_words(wanted, asked, sample, limit) for asked in range(1, len(wanted) + 1)]
    if _cost_of_going(condition, scope, sample, limit) < min(by_words):
        return _go_through(name, condition, scope, limit)
    return _ask_words(name, wanted, by_words.index(min(by_words)) + 1, limit)


def _cost_of_going(condition: Condition, scope: Scope | None, sample: Sample, limit: int) -> float:
    """What it costs to go through the latest rows, or through those of a scope, until enough meet the condition."""
    together = -1
    for tokens in condition:
        together &= sample.having(tokens)
    times = together.bit_count()
    surely = times - math.sqrt(times)  # of few that were seen the half may have been chance
    rows = limit * sample.size / surely if times > 2 else math.inf
    if scope is None:
        return rows * _SCAN if rows < _FARTHEST else math.inf
    rows = min(rows, sample.rows * sample.share(scope_tokens(scope)))
    return rows * _OWNED if rows < _FARTHEST else math.inf


def _cost_of_words(wanted: list[AnyOf], asked: int, sample: Sample, limit: int) -> float:
    """What it costs to ask the index for the rarest words, and to look for the others in the rows that have those."""
    read = [sample.rows * sample.share(tokens) * (2 if len(tokens) > 1 else 1) for tokens in wanted[:asked]]
    lists = read[0] * _LIST + sum(read[1:]) * _FURTHER
    found = sample.rows * sample.share(wanted[0])
    for tokens in wanted[1:asked]:
        found *= min(1.0, sample.share(tokens) * _AGREE)
    rest = math.prod(sample.share(tokens) for tokens in wanted[asked:])
    looked_at = min(found, limit / rest * (_UNLIKE if asked < len(wanted) else 1))
    return lists + looked_at * _ROW


def _ask_words(name: str, wanted: list[AnyOf], asked: int, limit: int) -> Question:
    words = " ".join(f"+({' '.join(tokens)})" if len(tokens) > 1 else f"+{tokens[0]}" for tokens in wanted[:asked])
    likes, values = _likes(wanted[asked:])
    return f"SELECT id FROM {name} WHERE MATCH (grams) AGAINST (? IN BOOLEAN MODE){likes} LIMIT ?", [words, *values, limit]


def _go_through(name: str, condition: Condition, scope: Scope | None, limit: int) -> Question:
    """The latest records first; with a scope, in the order of its owners."""
    likes, values = _likes(list(condition))
    if scope is None:
        return f"SELECT id FROM {name} WHERE 1 = 1{likes} ORDER BY id DESC LIMIT ?", [*values, limit]
    whose, who = scope.condition()
    return f"SELECT id FROM {name} WHERE {whose}{likes} LIMIT ?", [*who, *values, limit]


def _likes(wanted: list[AnyOf]) -> Question:
    """Conditions on the text of the tokens, the same as on the index of its words."""
    sql = ""
    values: list[Any] = []
    for tokens in wanted:
        if len(tokens) == 1:
            sql += " AND grams LIKE ?"
            values.append(f"%{tokens[0].rstrip('*')}%")
        else:
            sql += " AND grams RLIKE ?"
            values.append(_pattern(tokens))
    return sql, values


def _pattern(tokens: AnyOf) -> str:
    """A regular expression for any of them; most differ in their last sign only: i380 i381 → i38[01]."""
    lasts: dict[str, str] = {}
    for token in tokens:
        token = token.rstrip("*")
        lasts[token[:-1]] = lasts.get(token[:-1], "") + token[-1]
    return "|".join(f"{head}[{last}]" for head, last in lasts.items())
