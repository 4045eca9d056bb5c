"""The parts of a page below each other, edge to edge: its head, a hair line, what grows, and a hair line before its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crm_desktop.ui.widgets.labels import line


def lay_out(page: QWidget, head: Sequence[QWidget], body: QWidget, foot: QWidget | None = None) -> None:
    """Fill an empty page."""
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in (*head, line()):
        column.addWidget(widget)
    column.addWidget(body, 1)
    if foot is not None:
        column.addWidget(line())
        column.addWidget(foot)
