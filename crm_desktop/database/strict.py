"""How a statement of the program goes to a server that reads strictly.

There the views are closed: whatever a condition does with a row, the row has passed the view's own condition before. Such a view
has no indexes and cannot be written through. So a row is added through a view that can only be added to, and what is asked or
changed by ids and the like goes through two procedures, `look` and `act`. They take statements of one plain form only, made of names
and values: nothing in them can tell of a row that is not to be seen. The same form is checked by the server (core/guard/strict.py).
Lists, counts and searches go through a third one, `walk` (database/walking.py).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from crm_desktop.database.walking import Walks, walks

STRICT, BRINGS = "_strict", "_brings"
"""Behind the name of a schema: that of the closed views, and that of the views through which rows are added."""

NAME = "`?[a-z][a-z0-9_]*`?"
WORDS = ("ref_type", "record_type", "action", "kind", "login")
"""Columns of a few words that may be asked for by a text; ids by a number."""
CALLED = ("counter", "setting")
"""Tables whose rows are asked for by their names."""
MOMENTS = ("deleted_at", "ended_at", "seen_at", "noted_at")


def forms(keys: Sequence[str], number: str, text: str) -> tuple[str, str]:
    """Regular expressions for what `look` and `act` take. keys: columns of ids; number, text: how values are written."""
    value = f"(?:{number}|{text}|NULL|CURRENT_TIMESTAMP)"
    several = f"IN \\({value}(?:, {value})*+\\)"
    ids = f"`?(?:{'|'.join(keys)})`? (?:(?:=|<>|<) {value}|{several}|IS NULL|IS NOT NULL)"
    moments = f"`?(?:{'|'.join(MOMENTS)})`? (?:IS NULL|IS NOT NULL|<=? {value})"
    words = f"`?(?:{'|'.join(WORDS)})`? (?:(?:=|<>) {text}|IN \\({text}(?:, {text})*+\\))"
    called = f"`?name`? (?:= {text}|IN \\({text}(?:, {text})*+\\))"
    where = f" WHERE (?:{ids}|{moments}|{words})(?: AND (?:{ids}|{moments}|{words}))*+"
    by_name = f" WHERE (?:{ids}|{called})(?: AND (?:{ids}|{called}))*+"
    tables = f"(?:`?(?:{'|'.join(CALLED)})`?{by_name}|{NAME}{where})"
    ordered = f"(?: ORDER BY {NAME}(?: DESC)?(?:, {NAME}(?: DESC)?)*+)?(?: LIMIT {number})?(?: FOR UPDATE| LOCK IN SHARE MODE)?"
    setting = f"{NAME} = (?:{value}|{NAME} \\+ {number})"
    look = f"^SELECT (?:DISTINCT )?{NAME}(?:, {NAME})*+ FROM {tables}{ordered}$"
    act = f"^(?:UPDATE (?=(?:{NAME}) SET ){NAME} SET {setting}(?:, {setting})*+{where}" \
          f"|UPDATE `?(?:{'|'.join(CALLED)})`? SET {setting}(?:, {setting})*+{by_name}|DELETE FROM {tables})$"  # fmt: skip
    return look, act


_REPLACE = re.compile("^REPLACE(?= INTO `?find_)")
_LOOK, _ACT = range(2)
_BETWEEN = "\0"  # what is asked, and what is made of it
_INSERT = re.compile(f"^(INSERT(?: IGNORE)?) INTO ({NAME}) ")


class Wording:
    """Says a statement as a strict server takes it. ids: the columns of ids it may be asked by."""

    def __init__(self, schema: str, ids: Sequence[str]) -> None:
        self._schema = schema
        self._forms = tuple(re.compile(form) for form in forms(ids, "(?:\\?|[0-9]+)", "\\?"))
        self._way = lru_cache(500)(self._find_way)

    def said(self, sql: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
        """The statement and its values; a question of many conditions goes to the views as it is."""
        way = self._way(sql)
        if isinstance(way, int):
            return f"CALL {('look', 'act')[way]}(?)", [_spelled(sql, values)]
        if isinstance(way, Walks):
            return "CALL walk(?, ?)", _spelled(_BETWEEN.join(way), values).split(_BETWEEN)
        return way, values

    def _find_way(self, sql: str) -> int | str | Walks:
        if sql.startswith("SELECT"):
            if self._forms[_LOOK].search(sql):
                return _LOOK
            # What is asked in another way is not locked: its answer comes from a copy.
            return walks(sql) or sql.removesuffix(" FOR UPDATE").removesuffix(" LOCK IN SHARE MODE")
        if self._forms[_ACT].search(sql):
            return _ACT
        # An entry of the search index is written anew once the old one is gone (core/find/index.py).
        sql = _REPLACE.sub("INSERT", sql)
        return _INSERT.sub(lambda found: f"{found[1]} INTO `{self._schema}{BRINGS}`.{found[2]} ", sql)


def _spelled(sql: str, values: Sequence[Any]) -> str:
    """The statement with its values in it."""
    first, *rest = sql.split("?")
    return first + "".join(_literal(value) + piece for value, piece in zip(values, rest, strict=True))


def _literal(value: Any) -> str:
    """A value as the server's form has it: a number, or a text spelled by its bytes."""
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(int(value))
    text = value.isoformat(" ") if isinstance(value, dt.datetime) else str(value)
    return f"_utf8mb4 x'{text.encode().hex().upper()}'"
