"""The list at the left of a page with several topics: reports, settings. Looks like the entries of the sidebar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.labels import plain_tip

WIDTH = 216
NARROW = 52  # icons alone
ROW = 40
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Topic:
    """One entry: its key, title and icon, and what a tooltip tells of it."""

    key: str
    title: str
    icon: str
    what: str = ""


class TopicsModel(QAbstractListModel):
    """The topics by title."""

    def __init__(self, topics: Sequence[Topic], parent: QObject | None = None):
        super().__init__(parent)
        self.topics = list(topics)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.topics)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        topic = self.topics[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return topic.title
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return topic.what
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(topic.what or topic.title)
        return None


class TopicDelegate(QStyledItemDelegate):
    """Paints a topic as an entry of a navigation."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(100), px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, view, rect = index.model(), option.widget, option.rect
        assert isinstance(model, TopicsModel) and isinstance(view, TopicList)
        topic = model.topics[index.row()]
        picked = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = px(6 if view.narrow else 8)
        ground = rect.adjusted(edge, px(2), -edge, -px(2))
        if picked or hovered:
            painting.rounded(painter, ground, "accent_bg" if picked else "hover", tokens.RADIUS)
        # In the middle of what a scroll bar leaves, where there is nothing but the icon.
        left = ground.x() + ((ground.width() - px(17)) // 2 if view.narrow else px(10))
        icon = QRect(left, ground.center().y() - px(8), px(17), px(17))
        paint_icon(painter, topic.icon, icon, "accent_text" if picked else "text2")
        if view.narrow:
            painter.restore()
            return
        painter.setFont(font("body", tokens.SEMIBOLD if picked else tokens.REGULAR))
        painter.setPen(colour("accent_text" if picked else "text"))
        painting.elided(painter, ground.adjusted(px(36), 0, -px(8), 0), topic.title)
        painter.restore()


class TopicList(QListView):
    """`chosen(key)` when another topic becomes current."""

    chosen = Signal(str)

    def __init__(self, topics: Sequence[Topic], name: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.narrow = False
        self._topics = TopicsModel(topics, self)
        self.setObjectName("Plain")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(TopicDelegate(self))
        self.setModel(self._topics)
        self.setMouseTracking(True)
        self.setFixedWidth(px(WIDTH))
        self.setViewportMargins(0, px(6), 0, 0)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._moved)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or the titles too."""
        self.narrow = narrow
        self.setFixedWidth(px(NARROW if narrow else WIDTH))
        self.viewport().update()

    def topic_keys(self) -> list[str]:
        """The topics from top to bottom."""
        return [topic.key for topic in self._topics.topics]

    def choose(self, key: str) -> None:
        """Make a topic current; the first one for a key that is not there."""
        keys = self.topic_keys()
        self.setCurrentIndex(self._topics.index(keys.index(key) if key in keys else 0))

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._topics.topics[current.row()].key)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts of the window."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().width() - 1, 0, 1, self.viewport().height(), colour("border"))
        painter.end()
