"""The first rows of a view: its title with one summary and the buttons, which also is the dock's handle."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell import theme, tokens
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.shell.theme import colour, font, metrics, px
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.labels import ElidedLabel, Label


class DockHandle(QWidget):
    """Base of every header row. Docks lay a title bar out by its size hints alone, so both are the fixed
    height."""

    height_at_100 = 56

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("DockTitle")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        height = px(self.height_at_100)
        self.setFixedHeight(height)
        self._hints = QSize(px(240), height), QSize(px(160), height)  # the layout of docks asks hundreds of times

    def sizeHint(self) -> QSize:
        return self._hints[0]

    def minimumSizeHint(self) -> QSize:
        return self._hints[1]


class ViewHeader(DockHandle):
    """Title 18/600, one muted summary, and on the right at most one secondary and one primary button."""

    def __init__(
        self, title: str, summary: str = "", right: Sequence[QWidget] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._wordless: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(16), px(12), px(12), px(8))
        self._row.setSpacing(px(8))
        self._title = Label(title, "Title")
        self._title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._summary = ElidedLabel(summary, "Faint")
        self._summary.setContentsMargins(0, 0, 0, _under_baseline(px(self.height_at_100 - 20)))
        self._summary.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._row.addWidget(self._title)
        self._row.addWidget(self._summary, 1)
        for widget in right:
            self._row.addWidget(widget)

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)

    def set_summary(self, summary: str) -> None:
        """Show another summary, such as "Outstanding ¥ 1.2 M · Late ¥ 80 K"."""
        self._summary.setText(summary)

    def add_left(self, widget: QWidget) -> None:
        """Put a widget between title and summary (the arrows of the calendar)."""
        self._row.insertWidget(self._row.indexOf(self._summary), widget)

    def add_right(self, widget: QWidget) -> None:
        """Put a widget at the right end; the dock adds its close button, and shows it when there is more than one view."""
        self._row.addWidget(widget)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give way where there is no room for all words, as between docks: one button after the other shows its icon only, the primary
        one last."""
        for button in self._wordless:
            button.show_words(True)
        self._wordless.clear()
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            widget = item.widget() if item is not None else None
            if self._wanted() <= self.width():
                return
            if isinstance(widget, Button) and widget.text() and not widget.icon().isNull() and not widget.isHidden():
                widget.show_words(False)
                self._wordless.append(widget)

    def _wanted(self) -> int:
        """The width everything needs as it is now."""
        margins = self._row.contentsMargins()
        items = [self._row.itemAt(at) for at in range(self._row.count())]
        widgets = [item.widget() for item in items if item is not None]
        shown = [w for w in widgets if w is not None and w is not self._summary and not w.isHidden()]
        room = sum(widget.sizeHint().width() for widget in shown) + self._row.spacing() * len(shown)
        return room + margins.left() + margins.right()


def _under_baseline(height: int) -> int:
    """Room to leave under a small line so that it stands on the same line as a title centred in `height`."""
    title, small = metrics("title", tokens.SEMIBOLD), metrics("small")
    return max(0, round(height / 2 - (title.ascent() - title.descent()) / 2 - small.descent()))


class DetailHead(DockHandle):
    """The head of the detail dock: avatar, name, status pills and one muted line; painted, with two small
    buttons."""

    height_at_100 = tokens.DETAIL_HEAD

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self._sub = ""
        self._round = False
        self._pills: list[tuple[str, str]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(8), px(6), 0)
        row.setSpacing(0)
        row.addStretch()
        back = Keys("Alt+Left", "record.back")
        self.back = icon_button("arrow-left", say(_("Back to the record before")), shortcut=back, size=14, focus=False)
        self.back.hide()
        self.detach = icon_button("maximize-2", say(_("Detach")), size=14, focus=False)
        self.close_button = icon_button("x", say(_("Close")), shortcut=Keys("Ctrl+D", "detail"), size=14, focus=False)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.detach, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self.update)

    def show_record(
        self, title: str, pills: Sequence[tuple[str, str]] = (), sub: str = "", person: bool = False
    ) -> None:
        """Show a record: `pills` are (text, tone); the first carries a dot. `person` makes the
        avatar round."""
        self._title, self._sub, self._round = title, sub, person
        self._pills = list(pills)
        self.setAccessibleName(", ".join([title, *(text for text, _tone in self._pills), sub]))
        self.setToolTip("")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._title:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = px(tokens.AVATAR_HEAD)
        painting.avatar(painter, QRect(px(16), px(16), size, size), self._title, not self._round, "title")
        left = px(72)
        painter.setFont(font("title", tokens.SEMIBOLD))
        painter.setPen(colour("text"))
        painting.elided(painter, QRect(left, px(14), self.width() - left - px(76 if self.back.isHidden() else 106), px(26)), self._title)
        middle = px(51)
        for place, (text, tone) in enumerate(self._pills):
            left += painting.pill(painter, left, middle, text, tone, with_dot=place == 0) + px(6)
        painter.setFont(font("small"))
        painter.setPen(colour("text2"))
        left += px(4) if self._pills else 0
        painting.elided(painter, QRect(left, px(41), self.width() - left - px(12), px(20)), self._sub)
        painter.end()
