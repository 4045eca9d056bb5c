"""What a report hands over: a table of typed values with totals, a neutral chart, and the records behind each row.

Texts are finished in the table's language; screen, workbook and paper draw the same table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crm_desktop.core import money
from crm_desktop.core.views import View

NUMERIC = ("number", "money", "rate")
# The light theme's colours (style guide), for charts on white paper and in workbooks.
COLOURS = {
    "": "2A62E0", "accent": "2A62E0", "ok": "12753A", "warn": "A85A06", "bad": "C22B1F", "info": "0E7490",
    "violet": "6D3FD1", "grey": "6B7686",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column. kind: text, number (int), money (Decimal), rate (Decimal share, 0.325 is 32.5 %) or day (date)."""

    name: str
    label: str
    kind: str = "text"

    @property
    def right(self) -> bool:
        """Whether its values stand at the right."""
        return self.kind in NUMERIC

    def show(self, value: Any) -> str:
        """A value as screen and paper show it; '' for none."""
        if value is None or value == "":
            return ""
        if self.kind == "money":
            return money.full(value)
        if self.kind == "rate":
            return f"{value * 100:.1f} %"
        if self.kind == "number":
            return f"{value:,}"
        return value.isoformat() if self.kind == "day" else str(value)


@dataclass(frozen=True)
class Drill:
    """The records behind a figure: a list of one type, or, with `record`, a single one."""

    record_type: str
    view: View = field(default_factory=View)
    record: int | None = None


@dataclass(frozen=True)
class Row:
    """One row. drill: what opens when it is clicked; tone: the colour of what it stands for."""

    values: tuple[Any, ...]
    drill: Drill | None = None
    tone: str = ""


@dataclass(frozen=True)
class Series:
    """One line, or one colour of bars; a value for each label of the chart."""

    label: str
    values: tuple[Decimal | int, ...]


@dataclass(frozen=True)
class Marks:
    """What each of a chart's columns is to reach; None where nothing was set."""

    label: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Chart:
    """A chart to be painted. kind: funnel, bar (lying) or column (standing); value_kind as of a column; tones: one for each
    label, '' for the accent; texts: what stands at each bar, when it is not the value; marks: what standing columns are to reach."""

    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    value_kind: str = "money"
    tones: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    title: str = ""
    marks: Marks | None = None


@dataclass(frozen=True)
class Table:
    """A finished report. `report` is its key; notes say how the figures were counted; totals stand under the columns."""

    report: str
    title: str
    subtitle: str
    filter_line: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lang: str
    totals: tuple[Any, ...] | None = None
    chart: Chart | None = None
    notes: tuple[str, ...] = ()

    def column(self, name: str) -> list[Any]:
        """The values of one column, row by row."""
        place = [column.name for column in self.columns].index(name)
        return [row.values[place] for row in self.rows]


@dataclass(frozen=True)
class Paper:
    """A table as finished texts: what a printer of tables needs. right: which columns stand at the right."""

    title: str
    subtitle: str
    filters: str
    heads: tuple[str, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] | None
    notes: tuple[str, ...]


def paper(table: Table) -> Paper:
    """The table for paper."""
    columns = table.columns
    return Paper(
        table.title,
        table.subtitle,
        table.filter_line,
        tuple(column.label for column in columns),
        tuple(column.right for column in columns),
        tuple(_texts(columns, row.values) for row in table.rows),
        _texts(columns, table.totals) if table.totals else None,
        table.notes,
    )


def _texts(columns: Sequence[Column], values: Sequence[Any]) -> tuple[str, ...]:
    # A text in a column of numbers is a word such as "Total"; it is shown as it is.
    return tuple(value if isinstance(value, str) else column.show(value) for column, value in zip(columns, values, strict=True))
