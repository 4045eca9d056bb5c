"""How a list, a count or a search goes to a server that reads strictly: as walks along the rows of owners or departments.

A closed view reads all that its person sees, for each question. A walk begins with whose rows it goes along (`deleted_at IS NULL AND
owner = 5 AND …`); the server looks whether they are the person's to see, and has the index for them lead, so that a row of
anybody else is not even touched (core/guard/walks.py). What is asked besides is made of names, values and plain functions, without
any other table but what a link is called, of a record the person sees. Several walks come together in one of a few ways. What begins
in another way is answered by the closed view, unless the person sees everything of the type.
"""

from __future__ import annotations

import re
from typing import NamedTuple

NAMED = "`[a-z][a-z0-9_]*`"
_BARE = "id|owner|department|deleted_at|sort_key|grams|s[0-9]"
_WORDS = (
    "AND|OR|NOT|IN|IS|NULL|LIKE|RLIKE|AS|ASC|DESC|ORDER|GROUP|BY|LIMIT|DISTINCT|COUNT|SUM|MIN|MAX|LOWER|INSTR|SUBSTR|REPLACE"
    "|COALESCE|NULLIF|CAST|SIGNED|CHAR|DECIMAL|ROUND|JSON_EXTRACT|JSON_UNQUOTE"
)
TITLED = "FROM `([a-z_]+)` AS (`t[0-9]+`) WHERE \\("
"""Where a title begins: what a link is called."""
_NO_TITLE = "(?!\\(`t[0-9]+`\\.`id` = `t)"
WHOLE = "^(?:|ids(?: LIMIT {number})?|count|groups|merged s[0-9] (?:ASC|DESC)(?:, s[0-9] (?:ASC|DESC))* LIMIT {number})$"
"""What is made of the walks: the one itself, their ids one after the other, how many rows, how many of each value, their rows in one
order."""


def source(number: str) -> str:
    """Regular expression for where a walk goes along: table, alias, what stands before the column it is led by, that, and its values.

    What follows those must not be an OR: it would go beyond the rows the walk is led by. One that is led by nothing is for who sees
    all; for others the closed view answers it.
    """
    several = f"IN \\({number}(?:, {number})*+\\)"
    living = "(?:`[a-z0-9]+`\\.)?`?deleted_at`? IS (?:NOT )?NULL\\)*+ AND \\(*+"
    led = f"(?:`[a-z0-9]+`\\.)?`?(id|owner|department)`? (= {number}|{several})(?=\\)*+(?: AND | ORDER | LIMIT | GROUP |$))"
    return f"FROM `?([a-z][a-z_]*+)`?(?: AS (`[a-z0-9]+`))? WHERE {_NO_TITLE}(?:(\\(*+(?:{living})?){led})?"


def form(number: str, text: str, path: str, own: str = "`t[0-9]+`", other: str = "`t[0-9]+`") -> str:
    """Regular expression for a walk. number, text, path: how values are written, and the place of a field in `extra`. own, other:
    the alias a title has just begun with, and any but that, where they can be told apart."""
    title = f"\\(SELECT `t[0-9]+`\\.`sort_key` {TITLED}{own}\\.`id` = {other}\\.`[a-z_]+`\\)\\)"
    piece = f"(?:{NAMED}|{number}|{text}|{path}|{title}|(?:{_WORDS}|{_BARE})\\b|/ [0-9]|[ (),.*=<>+])*+"
    return f"^SELECT {piece}{source(number)}{piece}$"


class Walks(NamedTuple):
    """A question as the server takes it: walks, one a line, and what is made of them (WHOLE); still with ? for its values."""

    several: str
    whole: str


_WALK = re.compile(form("(?:\\?|[0-9]+)", "\\?", "'(?:\\$\\.[a-z0-9_]+)?'"))
_IDS = re.compile(r"(?: UNION ALL )?SELECT id FROM \((SELECT .*?)\) AS (?:looked[0-9]+|titles)(?= UNION ALL | LIMIT |$)")
_RUNS = re.compile(r"(?: UNION ALL )?\(?SELECT \* FROM \((SELECT .*?)\) AS `r`\)?")
_COUNT = re.compile(r"^SELECT COUNT\(\*\) FROM \((SELECT .*)\) AS `c`$")
_GROUPS = re.compile(r"^SELECT v, COUNT\(\*\) FROM \((.*)\) AS `u` GROUP BY v ORDER BY MIN\(o\)$")
_PARTS = re.compile(r"(?: UNION ALL )?\((SELECT .*?)\)(?= UNION ALL \(|$)")
_MERGED = re.compile(r"^SELECT \* FROM \((.*)\) AS `u` ORDER BY ((?:s[0-9] (?:ASC|DESC)(?:, )?)+ LIMIT \?)$")
_LIMIT = re.compile(r"(?: LIMIT \?)?$")


def walks(sql: str) -> Walks | None:
    """The walks that a question consists of; None when it is made in another way."""
    several, whole = _several(sql)
    return Walks("\n".join(several), whole) if several and all(map(_WALK.search, several)) else None


def _several(sql: str) -> tuple[list[str], str]:
    if sql.startswith("SELECT id FROM (SELECT "):
        limit = _LIMIT.search(sql)
        assert limit is not None
        return _cut(_IDS, sql[: limit.start()]), f"ids{limit[0]}"
    if (counted := _COUNT.search(sql)) is not None:
        return [counted[1]], "count"
    if (grouped := _GROUPS.search(sql)) is not None:
        return _cut(_PARTS, grouped[1]), "groups"
    if (merged := _MERGED.search(sql)) is not None:
        return _cut(_RUNS, merged[1]), f"merged {merged[2]}"
    return [sql], ""


def _cut(pattern: re.Pattern[str], text: str) -> list[str]:
    """The parts of a text that is made of nothing else."""
    found = list(pattern.finditer(text))
    return [one[1] for one in found] if "".join(one[0] for one in found) == text else []
