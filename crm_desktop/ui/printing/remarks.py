"""What to look at before printing: one line each, a click goes to the page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.printing.document import Remark
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.labels import Label

MOST_SHOWN = 100
ROW = 24
TALLEST = 4  # rows before the list scrolls


class RemarksList(QFrame):
    """`asked(remark)` when a line is chosen; hidden while there is nothing to say."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Panel")
        self._title = Label("", "Section")
        self._list = QListWidget()
        self._list.setAccessibleName(say("Notes on this print"))
        self._list.setIconSize(QSize(px(16), px(16)))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWordWrap(True)
        self._list.itemActivated.connect(self._chosen)
        self._list.itemClicked.connect(self._chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(8), px(12), px(8))
        column.setSpacing(px(4))
        column.addWidget(self._title)
        column.addWidget(self._list)
        self.remarks: list[Remark] = []
        self.show_remarks([])

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these remarks and nothing else."""
        self.remarks = list(remarks)
        self._list.clear()
        for remark in self.remarks[:MOST_SHOWN]:
            item = QListWidgetItem(icon("triangle-alert", "warn", "warn", "warn"), remark.sentence())
            item.setData(Qt.ItemDataRole.UserRole, remark)
            item.setToolTip(remark.sentence())
            self._list.addItem(item)
        self._title.setText(say("%n note(s) before you print", n=len(self.remarks)))
        self._list.setFixedHeight(px(ROW) * min(TALLEST, max(1, self._list.count())) + px(4))
        self.setVisible(bool(self.remarks))

    def _chosen(self, item: QListWidgetItem) -> None:
        self.asked.emit(item.data(Qt.ItemDataRole.UserRole))
