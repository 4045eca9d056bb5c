"""The row of saved views under a header: one chip each with its count; those that do not fit wait
in a menu."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QSizePolicy, QWidget

from crm_desktop.core.words import _, say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Switch, icon_button

MOST = 10_000  # a chip tells no more than "10,000+"


class ChipsRow(QWidget):
    """Saved views as chips, each with its count up to MOST. `chosen(key)` when another one is switched on, `add_asked()` by the plus
    button, `menu_asked(key, global position)` by a right click on a chip. Widgets of `right` stand at the right end.
    """

    chosen = Signal(str)
    add_asked = Signal()
    menu_asked = Signal(str, QPoint)

    def __init__(
        self, right: Sequence[QWidget] = (), add_name: str = "", name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._chips: dict[str, Switch] = {}
        self._labels: dict[str, tuple[str, int | None]] = {}
        self._wide: dict[str, int] = {}  # what each chip takes, measured when it was last asked for room
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(px(12), 0, px(12), px(8))
        self._row.setSpacing(px(2))
        self._more = icon_button("chevrons-right", say(_("More views")), self._open_more)
        self._more.hide()
        self._add = icon_button("plus", add_name or say(_("Save a new view")), self.add_asked.emit)
        self._row.addWidget(self._more)
        self._row.addWidget(self._add)
        self._row.addStretch(1)
        self._right = list(right)
        for widget in self._right:
            self._row.addWidget(widget)

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(40))

    def set_chips(self, chips: Sequence[tuple[str, str, int | None]], current: str = "") -> None:
        """Show these views as (key, label, count or None), left to right."""
        for button in self._chips.values():
            self._group.removeButton(button)
            button.deleteLater()
        self._chips.clear()
        self._labels.clear()
        self._wide.clear()
        for place, (key, label, count) in enumerate(chips):
            chip = Switch(_chip_text(label, count), kind="chip")
            chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(
                lambda spot, key=key, chip=chip: self.menu_asked.emit(key, chip.mapToGlobal(spot))
            )
            self._group.addButton(chip)
            self._chips[key] = chip
            self._labels[key] = (label, count)
            self._row.insertWidget(place, chip)
            if key == current or (not current and place == 0):
                chip.setChecked(True)
            chip.toggled.connect(lambda on, key=key: self.chosen.emit(key) if on else None)
        self._make_room()

    def set_count(self, key: str, count: int | None) -> None:
        """Show another count on a chip."""
        if key in self._chips:
            label, _old = self._labels[key]
            self._labels[key] = (label, count)
            text = _chip_text(label, count)
            self._chips[key].setText(text)
            self._wide.pop(key, None)
            self._chips[key].setAccessibleName(text)
            self._make_room()

    def current(self) -> str:
        """The key of the chip that is on."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), "")

    def choose(self, key: str) -> None:
        """Switch a chip on; an unknown key switches all off (a filter that is not saved)."""
        if key in self._chips:
            self._chips[key].setChecked(True)
            self._make_room()
            return
        self._group.setExclusive(False)
        for chip in self._chips.values():
            chip.setChecked(False)
        self._group.setExclusive(True)

    def step(self, way: int) -> None:
        """Switch on the chip beside the one that is on, around the ends."""
        keys = list(self._chips)
        if keys:
            current = self.current()
            place = keys.index(current) if current else (-1 if way > 0 else 0)
            self.choose(keys[(place + way) % len(keys)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._wide.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        if not self.isVisible():
            return  # its width means nothing yet; it is asked again when the row is shown
        taken = px(24) + self._add.sizeHint().width() + px(8)
        taken += sum(
            max(widget.minimumSizeHint().width(), widget.minimumWidth()) + px(2) for widget in self._right
        )
        room = self.width() - taken
        for key in self._chips.keys() - self._wide.keys():
            self._wide[key] = self._chips[key].sizeHint().width() + px(2)
        widths = self._wide
        if sum(widths.values()) > room:
            room -= self._more.sizeHint().width() + px(2)
        current = self.current()
        room -= widths.get(current, 0)  # the one that is on always stays in sight
        hidden = False
        for key, chip in self._chips.items():
            fits = key == current or (not hidden and widths[key] <= room)
            if key != current:
                room -= widths[key] if fits else 0
                hidden = hidden or not fits
            chip.setVisible(fits)
        self._more.setVisible(hidden)

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key, chip in self._chips.items():
            if chip.isHidden():
                menu.addAction(chip.text(), partial(self.choose, key))
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


def _chip_text(label: str, count: int | None) -> str:
    if count is None:
        return label
    return f"{label}  {MOST:,}+" if count > MOST else f"{label}  {count:,}"
