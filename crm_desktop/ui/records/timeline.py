"""The timeline of a record: what happened to it and around it, newest first, told in sentences; filtered by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QShowEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.core import clock
from crm_desktop.core.journal import Change, Line
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.words import _, say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.row_acts import LOGGED, about
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, metrics, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.editors import LongEdit
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.menus import Menu
from crm_desktop.ui.widgets.segment import Segment
from crm_desktop.ui.widgets.words import ago

PAGE = 60
ITEM = int(Qt.ItemDataRole.UserRole)
_NOWHERE = QModelIndex()
METHOD_ICONS = {
    "call": "phone",
    "email": "mail",
    "sms": "message-square",
    "visit": "map-pin",
    "wechat": "message-circle",
    "event": "calendar-days",
}
METHOD_TONES = {"call": "ok", "email": "accent", "sms": "info", "visit": "violet", "wechat": "ok", "event": "info"}
ACTIONS = {
    "create": _("{one} added"),
    "delete": _("{one} moved to the recycle bin"),
    "restore": _("{one} restored"),
    "assign": _("{one} assigned"),
    "move": _("{one}: state changed"),
    "update": _("{one} changed"),
    "merge": _("{one} merged"),
}
COUNTED = {"stage", "state", "status", "owner"}  # how long these had stayed is told with their change
ICONS = {
    "create": "plus", "delete": "trash-2", "restore": "undo-2", "assign": "user-check", "move": "flag", "merge": "merge",
}  # fmt: skip
TONES = {"create": "accent", "delete": "bad", "move": "info", "assign": "violet", "merge": "violet"}
HIDDEN = {"last_contact_at", "stage_since", "closed_at", "furthest_stage", "done_at"}


@dataclass(frozen=True)
class Told:
    """One item as it is shown."""

    icon: str
    tone: str
    head: str
    body: str
    when: str
    type: str
    id: int
    at: datetime | None = None
    merge: int | None = None  # the batch by which it can be split again

    def spoken(self) -> str:
        return ", ".join(part for part in (self.head, self.body, self.when) if part)


def tell(desk: Desk, lines: Sequence[Line], about: type[Record]) -> list[Told]:
    """The lines in words. Reads the follow-ups among them, so it runs in a worker."""
    records = desk.records
    logs = [line.record_id for line in lines if _tells_log(line, about)]
    names = ["method", "content", "happened_at", "created_by", "next_contact_on"]
    said = records.rows(records.types["follow_up"], desk.actor, logs, names)
    told = []
    stays = _stays(lines)
    for line in lines:
        if line.record_type not in records.types:
            continue
        if line.record_id in said and _tells_log(line, about):
            told.append(_log(desk, line, said[line.record_id]))
        elif line.record_type == "follow_up" and line.action == "create":
            continue
        else:
            item = _change(desk, line, about, stays)
            if item is not None:
                told.append(item)
    return told


def _tells_log(line: Line, about: type[Record]) -> bool:
    """Whether a line stands for what a follow-up says: it was written, or came to this record with the lead it was written about."""
    came, _now = line.changes.get(about.key(), ("", None))
    return line.record_type == "follow_up" and (line.action == "create" or came is None)


def _stays(lines: Sequence[Line]) -> dict[tuple[int, str, datetime], int]:
    """(record, field, when it was left) -> whole days it had been in the stage, state, status or hands it left."""
    begun: dict[tuple[int, str], datetime] = {}
    found: dict[tuple[int, str, datetime], int] = {}
    for line in reversed(lines):
        if line.action == "create":
            begun |= {(line.record_id, name): line.at for name in COUNTED}
        for name in COUNTED & line.changes.keys():
            if (line.record_id, name) in begun:
                found[line.record_id, name, line.at] = (line.at - begun[line.record_id, name]).days
            begun[line.record_id, name] = line.at
    return found


def _log(desk: Desk, line: Line, values: tuple[Any, ...]) -> Told:
    method, content, happened, by, following = values
    record_type = desk.record_type("follow_up")
    label = desk.records.show(record_type, "method", method)
    who = desk.records.names.title("employee", by) if by else ""
    if following:
        content = say("{content}\nNext contact: {day}", content=content, day=following.isoformat())
    at = happened or line.at
    return Told(METHOD_ICONS.get(method, "message-square"), METHOD_TONES.get(method, "grey"), " · ".join(filter(None, (who, label))),
                content, _when(desk, at), "follow_up", line.record_id)  # fmt: skip


def _change(desk: Desk, line: Line, about: type[Record], stays: dict[tuple[int, str, datetime], int]) -> Told | None:
    record_type = desk.records.types[line.record_type]
    fields = desk.records.fields(record_type)
    hidden = HIDDEN | ({"department"} if fields["department"].readonly else set())  # it goes with the owner, who is told
    shown = [(name, old, new) for name, (old, new) in line.changes.items() if name in fields and name not in hidden]
    if line.changes and not shown and line.action != "merge":
        return None
    who = desk.records.names.title("employee", line.actor) if line.actor else ""
    action = say(ACTIONS.get(line.action, ACTIONS["update"]), one=say(record_type.screen.one))
    parts = []
    if record_type is not about:
        rows = desk.records.rows(record_type, desk.actor, [line.record_id], [record_type.title_field])
        parts.append(str(rows.get(line.record_id, ("",))[0]))
    if line.action == "merge":
        gone, kept = (_title(desk, record_type, one) for one in (line.record_id, line.changes["merged_into"][1]))
        parts = [say("“{lose}” was merged into “{keep}”", lose=gone, keep=kept)]
    for name, old, new in shown[:6]:
        field = fields[name]
        words = [field.kind.show(field.kind.load(value), None, desk.records.names) or "—" for value in (old, new)]
        changed = say("{field}: {before} → {after}", field=label_of(field), before=words[0][:60], after=words[1][:60])
        days = stays.get((line.record_id, name, line.at), 0)
        parts.append(say("{change} (after %n day(s))", n=days, change=changed) if days else changed)
    icon, tone = ICONS.get(line.action, "pencil"), TONES.get(line.action, "grey")
    return Told(icon, tone, " · ".join(filter(None, (who, action))), "\n".join(filter(None, parts)), _when(desk, line.at),
                line.record_type, line.record_id, line.at, line.batch if line.action == "merge" else None)  # fmt: skip


def _title(desk: Desk, record_type: type[Record], record_id: int) -> str:
    rows = desk.records.rows(record_type, desk.actor, [record_id], [record_type.title_field])
    return str(rows[record_id][0]) if record_id in rows else "…"


def _when(desk: Desk, at: Any) -> str:
    return ago(clock.to_local(at), clock.to_local(desk.records.clock.now()))


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.items: list[Told] = []

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        item = self.items[index.row()]
        if role == ITEM:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return item.spoken()
        return None

    def show_items(self, items: list[Told]) -> None:
        self.beginResetModel()
        self.items = items
        self.endResetModel()


class _Painter(QStyledItemDelegate):
    """A dot with an icon on a line, the head, the text wrapped to six lines, the time."""

    LEFT, GAP = 52, 10

    def _layout(self, text: str, width: int) -> tuple[QTextLayout, int]:
        layout = QTextLayout(text[:1200].replace("\n", "\u2028"), font("body"))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        top, lines = 0.0, 0
        while lines < 8:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(max(40, width))
            line.setPosition(QPoint(0, int(top)))
            top += line.height() + 2
            lines += 1
        layout.endLayout()
        return layout, int(top)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        item: Told = index.data(ITEM)
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 300
        height = self._layout(item.body, width - px(self.LEFT) - px(16))[1] if item.body else 0
        return QSize(px(120), px(28) + height + px(self.GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        item: Told = index.data(ITEM)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = px(24)
        x = rect.left() + px(16)
        if index.row() < index.model().rowCount() - 1:  # it leads to what happened before
            painter.setPen(colour("border"))
            painter.drawLine(x + dot // 2, rect.top() + dot + px(4), x + dot // 2, rect.bottom())
        painting.rounded(painter, QRect(x, rect.top() + px(2), dot, dot), f"{item.tone}_bg", dot / 2)
        inset = px(6)
        paint_icon(painter, item.icon, QRect(x, rect.top() + px(2), dot, dot).adjusted(inset, inset, -inset, -inset),
                   "accent_text" if item.tone == "accent" else item.tone)  # fmt: skip
        text = rect.adjusted(px(self.LEFT), px(2), -px(16), 0)
        when_width = metrics("small", tokens.REGULAR).horizontalAdvance(item.when) + px(8)
        painter.setFont(font("body", tokens.SEMIBOLD))
        painter.setPen(colour("text"))
        painting.elided(painter, QRect(text.left(), text.top(), text.width() - when_width, px(22)), item.head)
        painter.setFont(font("small"))
        painter.setPen(colour("text3"))
        painter.drawText(QRect(text.right() - when_width, text.top(), when_width, px(22)), painting.RIGHT, item.when)
        if item.body:
            painter.setPen(colour("text2"))
            layout, _height = self._layout(item.body, text.width())
            layout.draw(painter, text.topLeft() + QPoint(0, px(24)))
        painter.restore()


class Timeline(QWidget):
    """The timeline with a box to write what happened (Ctrl+Enter, or leaving it, saves). `opened(type, id)` on Enter or click."""

    opened = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.record: Record | None = None
        self._stale = False
        self.quick = LongEdit(lines=1)
        self.quick.setPlaceholderText(say("Write what happened, Ctrl+Enter saves"))
        self.quick.setAccessibleName(say("Write what happened, Ctrl+Enter saves"))
        self.quick.committed.connect(self._log)
        self.kinds = Segment([("all", say("Everything")), ("log", say("Follow-ups")), ("changes", say("Changes"))], say("Kinds"))
        self.kinds.changed.connect(lambda _key: self.load())
        self.view = QListView()
        self.view.setObjectName("Plain")
        self.view.setAccessibleName(say("Timeline"))
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setResizeMode(QListView.ResizeMode.Adjust)
        self.model = _Model(self.view)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_Painter(self.view))
        self.view.activated.connect(lambda index: self._open(index.data(ITEM)))
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._menu)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(Empty("history", say("Nothing happened yet"), say("Write down the first call or visit.")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        self.top = QWidget()
        row = QVBoxLayout(self.top)
        row.setContentsMargins(px(16), px(10), px(16), 0)
        row.addWidget(self.quick)
        switch = QHBoxLayout()
        switch.addWidget(self.kinds)
        switch.addStretch(1)
        row.addLayout(switch)
        column.addWidget(self.top)
        column.addWidget(self.stack, 1)
        desk.changed.connect(self._somebody_changed)

    def _open(self, item: Told) -> None:
        """Another record opens; a change of this one shows how it was then."""
        if self.record is not None and item.id == self.record.id:
            self._show_past(item)
        else:
            self.opened.emit(item.type, item.id)

    def _show_past(self, item: Told) -> None:
        from crm_desktop.ui.records.past_dialog import show_past

        if self.record is not None and item.at is not None:
            show_past(self.desk, type(self.record), self.record.id, item.at, self)

    def _menu(self, spot: QPoint) -> None:
        index = self.view.indexAt(spot)
        if not index.isValid():
            return
        item: Told = index.data(ITEM)
        menu = Menu(self)
        if self.record is not None and item.id != self.record.id:
            menu.add(say("Open"), lambda: self.opened.emit(item.type, item.id), "external-link", "Enter")
        if item.at is not None:
            if item.merge is not None:
                menu.add(say("Split again"), lambda: self.desk.undo(item.merge), "unlink")
            menu.add(say("The record as of this moment"), lambda: self._show_past(item), "history")
        menu.popup(self.view.viewport().mapToGlobal(spot))

    def show_record(self, record: Record) -> None:
        """Show the timeline of a record."""
        if self.record is None or self.record.id != record.id:
            self.model.show_items([])
        self.record = record
        self.quick.setVisible(record.key() in LOGGED)
        self._refresh()

    def _refresh(self) -> None:
        """Load now, or when the timeline comes into sight: behind another tab nobody waits for it."""
        self._stale = not self.isVisible()
        if not self._stale:
            self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def load(self) -> None:
        """Ask for the newest lines."""
        record, desk, kind = self.record, self.desk, self.kinds.value()
        if record is None:
            return

        def work() -> list[Told]:
            lines = desk.records.timeline(type(record), record.id, desk.actor, limit=PAGE * 3 if kind != "all" else PAGE)
            if kind == "log":
                lines = [line for line in lines if line.record_type == "follow_up"]
            elif kind == "changes":
                lines = [line for line in lines if line.record_type != "follow_up"]
            return tell(desk, lines, type(record))

        def shown(items: list[Told]) -> None:
            self.model.show_items(items)
            self.stack.setCurrentIndex(0 if items else 1)

        desk.read(work, shown, key=f"timeline-{id(self)}")

    def _log(self) -> None:
        text = self.quick.value().strip()
        record = self.record
        if not text or record is None:
            return
        entry = self.desk.record_type("follow_up")(content=text, **about(record))
        self.quick.set_value("")
        self.desk.write(lambda: self.desk.records.save(entry, self.desk.actor), done=say("Saved"), record=entry)

    def _somebody_changed(self, change: Change) -> None:
        if self.record is not None:
            self._refresh()
