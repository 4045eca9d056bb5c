"""A plain list in a dialog of its own: the rows a file leaves out, the records an undo has kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.outcome import Outcome
from crm_desktop.core.words import say
from crm_desktop.ui.shell.theme import roomy
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table


def show_list(
    parent: QWidget | None, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[int] = ()
) -> QDialog:
    """Show it; the last column has the room that is left by the `widths` (px) of those before."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    roomy(dialog, 620, 420)
    columns = [
        Column(str(place), heading, "text", width, sortable=False)
        for place, (heading, width) in enumerate(zip(headings, (*widths, 600), strict=True))
    ]
    table = Table(RowsModel(columns, [list(row) for row in rows]), title, density="compact")
    close = Button(say("Close"), None, "primary", dialog.accept)
    column = QVBoxLayout(dialog)
    column.addWidget(table, 1)
    foot = QHBoxLayout()
    foot.addStretch(1)
    foot.addWidget(close)
    column.addLayout(foot)
    dialog.open()
    return dialog


def show_kept(parent: QWidget | None, outcome: Outcome) -> QDialog:
    """Of an undo: the records it has kept, and why."""
    return show_list(parent, say("Kept"), [say("Why")], [[why] for why in kept_by(outcome).values()])


def kept_by(outcome: Outcome) -> dict[int, str]:
    """Of an undo: the records it has kept, and why. What it could take back in part only is among them."""
    return {record: why.sentence() for record, why in reversed(outcome.refused)}
