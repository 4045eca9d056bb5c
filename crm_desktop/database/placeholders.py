"""Turns SQL written with `?` into what PyMySQL wants: %s for a placeholder, %% for a percent sign."""

from __future__ import annotations

import re
from functools import lru_cache

# A quoted text, a quoted name or a comment is taken as a whole, so that a question mark inside stays one. A
# quote inside quotes is doubled; a backslash is an ordinary character (the session runs with
# NO_BACKSLASH_ESCAPES).
_PIECE = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|--[^\n]*|/\*.*?\*/|\?""", re.DOTALL)


@lru_cache(1000)
def for_pymysql(sql: str) -> str:
    """The statement with %s placeholders; every % is doubled, in quotes too: PyMySQL formats all of it."""
    doubled = sql.replace("%", "%%")
    return _PIECE.sub(lambda piece: "%s" if piece.group() == "?" else piece.group(), doubled)
