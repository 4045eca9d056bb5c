"""A whole group of duplicates becomes one record: which of them stays is asked, the rest goes as it is proposed, with one undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from crm_desktop.core.record import Record
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.records.merge_dialog import Side, side_of
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.labels import Label


class WhichStays(Question):
    """`stays()` is the id of the record that was chosen; at first the one to which most belongs."""

    def __init__(self, sides: Sequence[Side], parent: QWidget):
        super().__init__(parent, say("Merge %n record(s)", n=len(sides)), say("Merge"))
        self.setMinimumWidth(px(560))
        self.group = QButtonGroup(self)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for place, side in enumerate(sides):
            more = " · ".join(filter(None, (side.owner, side.belongs)))
            button = QRadioButton(side.record.called())
            button.setAccessibleDescription(more)
            button.setChecked(place == 0)
            self.group.addButton(button, place)
            column.addWidget(button)
            if more:
                belongs = Label(more, "Muted", wrap=True)
                belongs.setContentsMargins(px(24), 0, 0, px(6))
                column.addWidget(belongs)
        self._ids = [side.record.id for side in sides]
        self.form.row(say("Stays"), box)
        note = Label(
            say("Where it is empty, it gets the values of the others; tags are put together, notes one under the other. Everything"
                " that belongs to the others moves. They go into the recycle bin; this can be undone for 30 days."), "Muted", wrap=True,
        )  # fmt: skip
        note.setContentsMargins(0, px(8), 0, px(12))
        self.form.wide(note)

    def stays(self) -> int:
        """The one the others are merged into."""
        return int(self._ids[self.group.checkedId()])


def merge_group(desk: Desk, record_type: type[Record], ids: Sequence[int], parent: QWidget, then: Callable[[], None]) -> None:
    """Ask which of these records stays, and merge the others into it; `then` when that is done."""

    def asked(sides: list[Side]) -> None:
        dialog = WhichStays(sides, parent)

        def merge() -> None:
            keep = dialog.stays()
            others = [one for one in ids if one != keep]
            title = next(side.record.called() for side in sides if side.record.id == keep)
            text = say("%n record(s) were merged into “{title}”", n=len(others), title=title)
            desk.write(lambda: desk.records.merge_all(record_type, keep, others, desk.actor), lambda _change: then(), text)

        dialog.accepted.connect(merge)
        dialog.open()

    def work() -> list[Side]:
        sides = [side_of(desk, record_type, one) for one in ids]
        return sorted(sides, key=lambda side: -side.count)

    desk.read(work, asked)
