"""What a column of a list is: its heading, how its values are drawn, and the text that stands for a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from PySide6.QtCore import Qt

from crm_desktop.core.words import _, say
from crm_desktop.ui.widgets.painting import LEFT, RIGHT
from crm_desktop.ui.widgets.words import day_text, moment_text, money_text, relative_day

CellKind = Literal[
    "text",
    "name",
    "person",
    "pictured",
    "title",
    "level",
    "pill",
    "due",
    "owner",
    "money",
    "number",
    "percent",
    "date",
    "moment",
    "muted",
    "progress",
    "check",
    "star",
    "link",
    "tags",
]

_TO_THE_RIGHT = frozenset({"money", "number", "percent"})
LEVEL_TONES: Mapping[Any, str] = {"A": "ok", "B": "accent"}


class _Loading:
    """Stands for a value that has been asked for and is not here yet."""

    def __repr__(self) -> str:
        return "LOADING"


LOADING = _Loading()


@dataclass(slots=True)
class Column:
    """One column of a `Table`.

    `kind` says how raw values are drawn: name and person (str, strong, with a square or a round avatar), pictured (str, strong,
    with the picture it has as `picture`, or an empty frame), title (str, strong), owner (str, round avatar), level and pill (a key
    coloured by `tones` and worded by `labels`), due (date in relative words, or the text of a settled one), date, moment, money,
    number, percent, progress (0..1 or (done, whole)), check and star (bool), link, tags (list of str or of
    (text, tone)), muted, text. `show` turns a value into text where the kind's own way does not fit. `width`
    is in pixels at 100 %; `whole`: cut off it tells nothing, such as a phone number.
    """

    key: str
    title: str
    kind: CellKind = "text"
    width: int = 120
    tones: Mapping[Any, str] = field(default_factory=dict)
    labels: Mapping[Any, str] = field(default_factory=dict)
    show: Callable[[Any], str] | None = None
    align: Qt.AlignmentFlag | None = None
    tip: str = ""
    whole: bool = False
    sortable: bool = True
    hidden: bool = False

    def __post_init__(self) -> None:
        if self.align is None:
            self.align = RIGHT if self.kind in _TO_THE_RIGHT else LEFT
        if self.kind == "level" and not self.tones:
            self.tones = LEVEL_TONES

    def text(self, value: Any, today: date) -> str:
        """The words that stand for a value: what is drawn, copied, read aloud and shown as a tooltip."""
        if value is None or value is LOADING or value == "":
            return ""
        if self.show is not None:
            return self.show(value)
        if self.labels:
            return self.labels.get(value, str(value)) if self.kind != "tags" else self._tags_text(value)
        teller = _TEXTS.get(self.kind)
        return teller(value, today) if teller else str(value)

    def _tags_text(self, value: Any) -> str:
        return ", ".join(self.labels.get(tag, str(tag)) for tag in value)


def _due(value: date | datetime | str, today: date) -> str:
    return value if isinstance(value, str) else relative_day(value, today)[0]


def _number(value: Any, _today: date) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")


def share(value: Any) -> float:
    """The done part of a progress value, 0..1: a figure, or (done, whole)."""
    if isinstance(value, tuple):
        done, whole = value
        return float(done) / float(whole) if whole else 0.0
    return float(value)


def _flag(value: Any, _today: date) -> str:
    return say(_("Yes")) if value else say(_("No"))


def _tags(value: Any, _today: date) -> str:
    return ", ".join(tag if isinstance(tag, str) else tag[0] for tag in value)


_TEXTS: dict[str, Callable[[Any, date], str]] = {
    "due": _due,
    "date": lambda value, _today: day_text(value),
    "moment": lambda value, _today: moment_text(value),
    "money": lambda value, _today: money_text(value),
    "number": _number,
    "percent": lambda value, _today: f"{value:g} %",
    "progress": lambda value, _today: f"{share(value):.0%}",
    "check": _flag,
    "star": _flag,
    "tags": _tags,
}
