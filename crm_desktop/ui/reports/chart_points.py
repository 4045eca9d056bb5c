"""What a chart on the screen is made of: points with their texts, as an item model that keyboards and screen readers walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from crm_desktop.reports.table import Chart, Column, Drill
from crm_desktop.ui.widgets.labels import plain_tip
from crm_desktop.ui.widgets.words import money_short

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Point:
    """One bar, or one group of bars. values: one of each series; text: what stands at the bar; spoken: all of it in words;
    note: a small text after the label; strong: the bar that matters most; drill: the records behind it; texts: short ones
    for each value; mark: what the bar is to reach."""

    label: str
    values: tuple[float, ...]
    text: str = ""
    spoken: str = ""
    tone: str = ""
    note: str = ""
    strong: bool = False
    drill: Drill | None = None
    texts: tuple[str, ...] = ()
    mark: float | None = None


def points_of(chart: Chart, drills: Sequence[Drill | None] = ()) -> list[Point]:
    """The points of a report's chart; `drills` are those of the table's rows, when each row has its bar."""
    show = Column("", "", chart.value_kind).show
    points = []
    for place, label in enumerate(chart.labels):
        values = tuple(series.values[place] for series in chart.series)
        shown = [show(value) or "0" for value in values]
        text = chart.texts[place] if place < len(chart.texts) else shown[-1]
        if len(chart.series) > 1:
            named = ", ".join(f"{series.label} {words}" for series, words in zip(chart.series, shown, strict=True))
        else:
            named = text
        tone = chart.tones[place] if place < len(chart.tones) else ""
        drill = drills[place] if place < len(drills) else None
        short = tuple(money_short(value) if chart.value_kind == "money" else f"{value:,}" for value in values)
        mark = chart.marks.values[place] if chart.marks is not None else None
        if chart.marks is not None and mark is not None:
            named += f", {chart.marks.label} {show(mark)}"
        height = None if mark is None else float(mark)
        points.append(Point(label, tuple(map(float, values)), text, f"{label}: {named}", tone, drill=drill, texts=short, mark=height))
    return points


class PointsModel(QAbstractListModel):
    """The points of a chart."""

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.points: list[Point] = []

    def show_points(self, points: Sequence[Point]) -> None:
        """Show other points."""
        self.beginResetModel()
        self.points = list(points)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.points)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.points):
            return None
        point = self.points[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return point.spoken or f"{point.label}: {point.text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip((point.spoken or f"{point.label}: {point.text}").replace(": ", "\n", 1).replace(", ", "\n"))
        return None
