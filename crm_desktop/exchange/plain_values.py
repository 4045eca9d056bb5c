"""Values of records as JSON holds them: a stable form, the same for every engine and language."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.kinds import DayKind, FlagKind, Kind, MomentKind, MoneyKind, NumberKind
from crm_desktop.core.names import Names
from crm_desktop.core.pointing import LinkKind, ManyKind


def plain(kind: Kind, value: Any, names: Names) -> Any:
    """A value as JSON: amounts as text with two places, times in UTC, links as {"id", "title"}."""
    if isinstance(kind, ManyKind):
        return [_pointed(kind.target, one, names) for one in value or ()]
    if isinstance(kind, FlagKind):
        return bool(value)
    if value is None:
        return None
    if isinstance(kind, LinkKind):
        return _pointed(kind.target, value, names)
    if isinstance(kind, MomentKind):
        return value.isoformat() + "Z"
    if isinstance(kind, MoneyKind):
        return f"{value:.2f}"
    if isinstance(kind, DayKind):
        return value.isoformat()
    return value if isinstance(kind, NumberKind) else str(value)


def _pointed(target: str, record_id: int, names: Names) -> dict[str, str]:
    return {"id": str(record_id), "title": names.title(target, record_id)}
