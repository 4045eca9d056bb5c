"""How values stand in an exported file: numbers, amounts and days as such, everything else as text that can be read again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from crm_desktop.core import clock
from crm_desktop.core.kinds import DayKind, FlagKind, Kind, MomentKind, MoneyKind, MonthKind, NumberKind, PercentKind, PictureKind
from crm_desktop.core.names import Names
from crm_desktop.core.pointing import LinkKind, ManyKind
from crm_desktop.core.repeating import RepeatKind
from crm_desktop.exchange.plain_values import plain
from crm_desktop.exchange.writers.columns import Sort

_REMEMBERED = 20_000
_SEPARATED = re.compile(r"[、;；,，\n]| ::: ")

Show = Callable[[Any], Any]


def sort_of(kind: Kind) -> Sort:
    """How a kind's values stand in a sheet: numbers, amounts and days as such, everything else as text."""
    if isinstance(kind, MomentKind):
        return "moment"
    if isinstance(kind, MonthKind):
        return "text"
    if isinstance(kind, PictureKind):
        return "picture"
    if isinstance(kind, DayKind):
        return "day"
    if isinstance(kind, MoneyKind):
        return "money"
    if isinstance(kind, PercentKind):
        return "percent"
    if isinstance(kind, NumberKind) and not isinstance(kind, LinkKind):
        return "number"
    return "text"


def shown(show: Show, values: Sequence[Any]) -> Iterable[Any]:
    """A column of values as they are shown; most stand as they are stored."""
    return values if show is _as_it_is else map(show, values)


def _as_it_is(value: Any) -> Any:
    return value


def as_json(kind: Kind, names: Names) -> Show:
    """A value as JSON holds it."""
    return lambda value: plain(kind, value, names)


def as_cell(kind: Kind, names: Names, lang: str) -> Show:
    """A value as a sheet holds it, with labels in `lang`."""
    sort = sort_of(kind)
    if sort == "moment":
        return lambda value: None if value is None else clock.to_local(value)
    if sort != "text" or type(kind).show is Kind.show or isinstance(kind, RepeatKind):  # a rule is read again, its sentence is not
        return _as_it_is
    if isinstance(kind, LinkKind):
        return _remembering(_linked(kind.target, names))
    if isinstance(kind, ManyKind):
        return _remembering(_several(kind.target, names))
    return _remembering(lambda value: kind.show(value, lang, names))


def as_entry(kind: Kind, names: Names, lang: str) -> Show:
    """The same for cards and calendars, where yes and no have no language."""
    return bool if isinstance(kind, FlagKind) else as_cell(kind, names, lang)


def _linked(target: str, names: Names) -> Show:
    """The title; with the id behind it when others have the same, so that it is found again."""

    def shown(record_id: Any) -> str:
        if not record_id:
            return ""
        title = names.title(target, record_id)
        return f"{title} #{record_id}" if names.shared(target, record_id) else title

    return shown


def _several(target: str, names: Names) -> Show:
    """The titles; the id alone for one that holds the sign between two or is not the only one of its kind."""

    def shown(ids: Any) -> str:
        titles = [(one, names.title(target, one)) for one in ids or ()]
        return "、".join(
            f"#{one}" if names.shared(target, one) or _SEPARATED.search(title) else title for one, title in titles
        )

    return shown


class _Remembered(dict[Any, str]):
    """Values as they are shown; starts over before it grows beyond bounds."""

    def __init__(self, show: Show):
        super().__init__()
        self._show = show

    def __missing__(self, value: Any) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        shown: str = self._show(value)
        self[value] = shown
        return shown


def _remembering(show: Show) -> Show:
    return _Remembered(show).__getitem__
