"""Reads .json files as a table: a list of objects, or one object a line, as our own export and many programs write them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crm_desktop.core import clock
from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.cells import Cell
from crm_desktop.exchange.readers.cards import Facts

NO_TABLE = _("“{file}” holds no list of records. Choose a JSON file with a list of objects, one for each record.")
_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)")


def records(lines: Iterable[str], path: Path) -> Iterator[Facts]:
    """The values of each object by its keys. Objects that stand on lines of their own are read one by one, so that a long file
    does not have to fit into memory. Raises Invalid."""
    found = False
    waiting: list[str] = []
    for line in lines:
        text = line.strip().rstrip(",").lstrip("\ufeff")
        if not waiting and text in ("", "[", "]"):
            continue
        if not waiting and text.startswith("{") and (one := _parsed(text)) is not None and not _records_in(one):
            found = True
            yield _facts(one)
            continue
        waiting.append(line)
    for one in _listed("".join(waiting), path) if waiting else ():
        found = True
        yield _facts(one)
    if not found:
        raise Invalid(NO_TABLE, file=path.name)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        one = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return one if isinstance(one, dict) else None


def _listed(text: str, path: Path) -> list[dict[str, Any]]:
    """The objects of a document: a list, or the first list an object holds ({"data": [...]})."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(NO_TABLE, file=path.name) from error
    if isinstance(content, dict):
        content = _records_in(content) or [content]
    return [one for one in content if isinstance(one, dict)] if isinstance(content, list) else []


def _records_in(content: dict[str, Any]) -> list[Any]:
    """The list of records an object wraps; [] for one that is a record itself, with others it only names."""
    for value in content.values():
        if isinstance(value, list) and value and isinstance(value[0], dict) and not value[0].keys() <= {"id", "title", "name"}:
            return value
    return []


def _facts(one: dict[str, Any]) -> Facts:
    return {str(key): value for key, raw in one.items() if (value := _cell(raw)) is not None}


def _cell(value: Any) -> Cell:
    """A value as a cell: moments in UTC as wall time of this PC, other records by title and id."""
    if isinstance(value, str):
        return _moment(value) if _UTC.fullmatch(value) else value
    if isinstance(value, dict):
        title, record = value.get("title", value.get("name", "")), str(value.get("id", ""))
        return f"{title} #{record}".strip() if record.isdigit() else str(title or "") or None
    if isinstance(value, list):
        # A title may hold the very sign that stands between two.
        return "、".join(
            f"#{one['id']}" if isinstance(one, dict) and "id" in one else str(_cell(one) or "") for one in value
        ) or None
    return value if isinstance(value, (bool, int, float)) or value is None else str(value)


def _moment(text: str) -> Cell:
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        return clock.to_local(moment.astimezone(UTC).replace(tzinfo=None)).replace(microsecond=0)
    except (ValueError, OverflowError):
        return text
