"""Two records side by side: for each field that differs, whose value stays; then they become one, with undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.core import custom, joining
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import say, together
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.related import related_types
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Label

BOTH = "both"
LONGEST = 120  # signs of a value that are shown


@dataclass(frozen=True)
class Side:
    """One of the two: the record, whose it is, and what belongs to it in words and counted."""

    record: Record
    owner: str
    belongs: str
    count: int = 0


def merge_two(
    desk: Desk, record_type: type[Record], keep: int, lose: int, parent: QWidget, then: Callable[[int, int], None] | None = None
) -> None:
    """Ask how two records become one, and merge them; `then(kept, gone)` when that is done."""
    why = desk.why_not(record_type, "edit") or desk.why_not(record_type, "delete")
    if why:
        desk.ways.tell(why)
        return

    def asked(sides: tuple[Side, Side]) -> None:
        dialog = MergeDialog(desk, *sides, parent)

        def merge() -> None:
            kept, gone, choices = dialog.keep.record, dialog.lose.record, dialog.choices()
            text = say("“{lose}” was merged into “{keep}”", lose=gone.called(), keep=kept.called())
            done = (lambda _change: then(kept.id, gone.id)) if then is not None else None
            desk.write(lambda: desk.records.merge(record_type, kept.id, gone.id, desk.actor, choices), done, text)

        dialog.accepted.connect(merge)
        dialog.open()

    desk.read(lambda: (side_of(desk, record_type, keep), side_of(desk, record_type, lose)), asked)


def merge_into(desk: Desk, existing: int, typed: Record, parent: QWidget, then: Callable[[Record], None]) -> None:
    """Put what was typed for a new record into the one that is there already."""
    record_type, records = type(typed), desk.records

    def asked(side: Side) -> None:
        dialog = MergeDialog(desk, side, Side(typed, "", ""), parent, may_turn=False)

        def save() -> None:
            record = side.record
            for name, value in dialog.values().items():
                custom.put(record, records.fields(record_type)[name], value)
            desk.write(lambda: records.save(record, desk.actor), lambda _change: then(record), say("Saved"))

        dialog.accepted.connect(save)
        dialog.open()

    desk.read(lambda: side_of(desk, record_type, existing), asked)


def side_of(desk: Desk, record_type: type[Record], record_id: int) -> Side:
    """Everything about one of the two; reads the database, so it runs in a worker."""
    records, actor = desk.records, desk.actor
    record = records.get(record_type, record_id, actor)
    told, total = [], 0
    for other, link in related_types(desk, record_type):
        count = records.count(other, actor, View((Condition(link, "one_of", [record_id]),)))
        total += count
        if count:
            told.append(f"{say(other.screen.title)} {count}")
    owner = records.names.title("employee", record.owner) if record.owner else ""
    return Side(record, owner, "  ".join(told), total)


class MergeDialog(QDialog):
    """`keep` and `lose` may change places; `choices()` says whose value each field gets where that was chosen."""

    def __init__(self, desk: Desk, keep: Side, lose: Side, parent: QWidget, may_turn: bool = True):
        super().__init__(parent)
        self.desk, self.keep, self.lose = desk, keep, lose
        self._new = lose.record.is_new()
        self._groups: dict[str, QButtonGroup] = {}
        self.setWindowTitle(say("Merge {records}", records=say(type(keep.record).screen.title).lower()))
        roomy(self, 760, 560)
        self.turn = Button(say("Change places"), "arrow-up-down", run=self._turn, parent=self)
        self.note = Label("", "Muted", wrap=True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        buttons = QDialogButtonBox()
        self.ok = buttons.addButton(say("Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.ok.setProperty("kind", "primary")
        buttons.addButton(say("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.turn.setVisible(may_turn)
        if may_turn:
            buttons.addButton(self.turn, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addWidget(self._scroll, 1)
        column.addWidget(self.note)
        column.addWidget(buttons)
        self.ok.setDefault(True)  # not before it stands in the dialog (see Question)
        self._fill()

    def _turn(self) -> None:
        self.keep, self.lose = self.lose, self.keep
        self._fill()

    def _fill(self) -> None:
        """A row for each field that differs or that only the loser has; what is equal is counted."""
        self._groups.clear()
        body = QWidget()
        body.setObjectName("Body")
        grid = QGridLayout(body)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(6))
        for place in (1, 2):
            grid.setColumnStretch(place, 1)
        gone = say("What was typed") if self._new else say("Goes: {title}", title=self.lose.record.called())
        for place, (side, title) in enumerate(((self.keep, say("Stays: {title}", title=self.keep.record.called())), (self.lose, gone)), 1):
            grid.addWidget(Label(title, "Section", wrap=True), 0, place)
            grid.addWidget(Label("\n".join(filter(None, (side.owner, side.belongs))), "Faint", wrap=True), 1, place)
        records = self.desk.records
        proposed = joining.proposal(records, self.keep.record, self.lose.record)
        equal = 0
        for name, field in joining.chosen(records, type(self.keep.record)).items():
            mine, theirs = custom.get(self.keep.record, field), custom.get(self.lose.record, field)
            if self._new and field.kind.empty(theirs):
                continue  # nothing was typed there
            if mine == theirs:
                equal += not field.kind.empty(mine)
            else:
                self._add_row(grid, name, field, (mine, theirs, proposed[name]))
        grid.setRowStretch(grid.rowCount(), 1)
        self._scroll.setWidget(body)
        self.note.setText(self._about(equal))

    def _about(self, equal: int) -> str:
        told = [say("%n more field(s) have the same value in both.", n=equal)] if equal else []
        if not self._new:
            told.append(say("Everything that belongs to “{title}” moves. It goes into the recycle bin; this can be undone for 30 days.",
                            title=self.lose.record.called()))  # fmt: skip
        return together(told)

    def _add_row(self, grid: QGridLayout, name: str, field: Any, values: tuple[Any, Any, Any]) -> None:
        mine, theirs, proposed = values
        label, row = label_of(field), grid.rowCount()
        grid.addWidget(Label(label, "FieldLabel", wrap=True), row, 0)
        group = self._groups[name] = QButtonGroup(grid.parentWidget())
        offered = [(joining.KEEP, mine, 1, row), (joining.LOSE, theirs, 2, row)]
        if proposed not in (mine, theirs):
            offered.append((BOTH, None, 1, row + 1))
        for place, (answer, value, column, at) in enumerate(offered):
            text = say("Both") if answer == BOTH else self._shown(field, value)
            button = QRadioButton(text if len(text) <= LONGEST else text[:LONGEST] + "…")
            button.setToolTip(text if len(text) > LONGEST else "")
            button.setAccessibleName(f"{label}: {text}")
            button.setChecked(proposed == value if answer != BOTH else True)
            button.setProperty("answer", answer)
            group.addButton(button, place)
            grid.addWidget(button, at, column)

    def _shown(self, field: Any, value: Any) -> str:
        text = str(field.kind.show(value, None, self.desk.records.names))
        return " ".join(text.split()) or "—"

    def choices(self) -> dict[str, str]:
        """Field name -> whose value it gets; what stays as proposed for both is left out."""
        checked = ((name, group.checkedButton()) for name, group in self._groups.items())
        answers = {name: str(button.property("answer")) for name, button in checked if button is not None}
        return {name: answer for name, answer in answers.items() if answer != BOTH}

    def values(self) -> dict[str, Any]:
        """Field name -> the value chosen."""
        fields = joining.chosen(self.desk.records, type(self.keep.record))
        proposed = joining.proposal(self.desk.records, self.keep.record, self.lose.record)
        for name, answer in self.choices().items():
            proposed[name] = custom.get((self.lose if answer == joining.LOSE else self.keep).record, fields[name])
        return {name: proposed[name] for name in self._groups}
