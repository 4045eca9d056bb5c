"""The headings other programs and people write for our fields (resources/import/headers.json)."""

from __future__ import annotations

import json
from functools import lru_cache

from crm_desktop.core.places import RESOURCES
from crm_desktop.exchange.headings import heading

FILE = RESOURCES / "import" / "headers.json"


@lru_cache(None)
def synonyms() -> dict[str, dict[str, tuple[str, ...]]]:
    """Record type -> field (or part, or field of what comes along) -> headings, the most specific first."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        record_type: {field: tuple(words) for field, words in fields.items()}
        for record_type, fields in content.items()
        if isinstance(fields, dict)
    }


@lru_cache(None)
def ranks(record_type: str) -> dict[str, dict[str, float]]:
    """Spelling of a heading -> the fields it may mean, each with how sure that is: 0 for the first synonym, towards 1."""
    found: dict[str, dict[str, float]] = {}
    for field, words in synonyms().get(record_type, {}).items():
        for place, word in enumerate(words):
            fields = found.setdefault(heading(word).loose, {})
            fields.setdefault(field, place / (len(words) + 1))
    return found
