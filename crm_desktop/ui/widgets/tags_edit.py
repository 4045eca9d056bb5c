"""Edits a set of tags: each a pill that can be taken away, and a box that completes known ones and makes new
ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCompleter, QFrame, QLineEdit, QSizePolicy, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import tokens
from crm_desktop.ui.shell.icons import paint_icon
from crm_desktop.ui.shell.theme import colour, font, px, restyle, tone_text
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.flow import FlowLayout

_LONGEST = 24  # characters of a tag that are shown


class _TagPill(QAbstractButton):
    def __init__(self, label: str, tone: str) -> None:
        super().__init__()
        self._tone = tone
        self.setText(label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…")
        self.setAccessibleName(say(_("Take away {tag}"), tag=label))
        self.setToolTip(self.accessibleName())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:  # the box says why nothing is taken away
            self.setToolTip(self.accessibleName() if self.isEnabled() else "")

    def sizeHint(self) -> QSize:
        return QSize(painting.pill_width(self.text()) + px(16), px(tokens.PILL))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.rounded(painter, self.rect(), self._tone + "_bg", self.height() / 2)
        shown = self.rect().adjusted(px(8), 0, -px(18), 0)
        painter.setFont(font("small", tokens.MEDIUM))
        painter.setPen(colour(tone_text(self._tone)))
        painting.elided(painter, shown, self.text())
        side = px(11)
        cross = QRect(self.width() - px(17), (self.height() - side) // 2, side, side)
        paint_icon(painter, "x", cross, "text" if self.underMouse() else tone_text(self._tone))
        painter.end()


class TagsEdit(QFrame):
    """`value()` is the list of tag keys; `committed` after each change. `set_choices` says which
    tags exist."""

    committed = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("TagBox")
        self._keys: list[Any] = []
        self._choices: dict[Any, tuple[str, str]] = {}
        self._make: Callable[[str], Any] | None = None
        self._pills: list[_TagPill] = []
        self._flow = FlowLayout(self, px(4))
        self._flow.setContentsMargins(px(8), px(5), px(8), px(5))
        self.entry = QLineEdit()
        self.entry.setObjectName("TagEntry")
        self.entry.setMinimumWidth(px(60))
        self.entry.setMaxLength(60)
        self.entry.setPlaceholderText(say(_("Add a tag")))
        self.entry.returnPressed.connect(self._typed)
        self.entry.installEventFilter(self)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.entry.textEdited.connect(self._offer)  # before the completer looks: it shows what is offered
        completer.activated.connect(lambda _text: self._typed(), Qt.ConnectionType.QueuedConnection)
        self.entry.setCompleter(completer)
        self._flow.addWidget(self.entry)
        self.setFocusProxy(self.entry)
        self.setMinimumHeight(px(tokens.CONTROL))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.entry.setAccessibleName(name)

    def set_choices(
        self, choices: Sequence[tuple[Any, str, str]], make: Callable[[str], Any] | None = None
    ) -> None:
        """Known tags as (key, label, tone); `make(label)` answers with the key of a new tag (None: not
        allowed)."""
        self._choices = {key: (label, tone) for key, label, tone in choices}
        self._make = make
        self._names.setStringList([label for label, _tone in self._choices.values()])
        self._show()

    def value(self) -> list[Any]:
        """The keys, in the order they were added."""
        return list(self._keys)

    def knows(self, key: Any) -> bool:
        """Whether a tag is among the known ones."""
        return key in self._choices

    def set_value(self, keys: Sequence[Any] | None, labels: Mapping[Any, str] = MappingProxyType({})) -> None:
        """Show tags without committing them. labels: what those are called that were not known."""
        self._keys = list(keys or ())
        self._choices.update({key: (label, "grey") for key, label in labels.items() if label})
        self._show()

    def problem(self) -> str:
        """Tags are never wrong."""
        return ""

    def leave(self) -> None:
        """Take over what was typed but not entered."""
        if self.entry.text().strip():
            self._typed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("active", "true" if event.type() == QEvent.Type.FocusIn else None)
            restyle(self)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Backspace and not self.entry.text() and self._keys:
                self._take_away(self._keys[-1])
                return True
            if event.text() in (",", "，", ";", "；", "、") and self.entry.text().strip():
                self._typed()
                return True
        return False

    def _offer(self, text: str) -> None:
        """Offer the tags that what is typed begins, stands in or spells."""
        from crm_desktop.core import find  # not before something is typed

        labels = [label for label, _tone in self._choices.values()]
        places = find.filtered(find.parse(text), labels) if text.strip() else range(len(labels))
        self._names.setStringList([labels[place] for place in places])

    def _typed(self) -> None:
        label = self.entry.text().strip()
        self.entry.clear()
        if not label:
            return
        known = next(
            (key for key, (name, _tone) in self._choices.items() if name.lower() == label.lower()), None
        )
        if known is None and self._make is not None:
            known = self._make(label)
            if known is not None:
                self._choices[known] = (label, "grey")
        if known is not None and known not in self._keys:
            self._keys.append(known)
            self._show()
            self.changed.emit()
            self.committed.emit()

    def _take_away(self, key: Any) -> None:
        self._keys.remove(key)
        self._show()
        self.changed.emit()
        self.committed.emit()

    def _show(self) -> None:
        for pill in self._pills:
            self._flow.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self._pills = []
        for place, key in enumerate(self._keys):
            label, tone = self._choices.get(key, (str(key), "grey"))
            pill = _TagPill(label, tone)
            pill.clicked.connect(lambda _checked=False, key=key: self._take_away(key))
            self._flow.insert_widget(place, pill)
            pill.show()
            self._pills.append(pill)
        self.updateGeometry()
