"""The conditions of a list: rows of field, operator, value in a popover; a change is shown in the list at once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_desktop.core.custom import AnyField
from crm_desktop.core.kinds import DayKind
from crm_desktop.core.names import label_of
from crm_desktop.core.pointing import ChoiceKind, LinkKind, ManyKind, StateKind
from crm_desktop.core.record import Record
from crm_desktop.core.views import NO_VALUE, OPERATORS, Condition
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.editing import editor_for, offered, read, show
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.day_edit import DayEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit, LineEditor
from crm_desktop.ui.widgets.menus import Popover
from crm_desktop.ui.widgets.step_edits import WholeSteps
from crm_desktop.ui.widgets.tick_list import TickList

LISTED = {"one_of", "none_of", "has", "has_not"}
DAYS = {"next_days", "last_days"}
RESTS = 250  # ms without a key press, and the list follows what is typed
SHOWN = 8  # values of a list without scrolling


class ConditionsBox(Popover):
    """Edits the conditions of a view; `changed` carries the tuple of conditions that are complete."""

    changed = Signal(tuple)

    def __init__(self, desk: Desk, record_type: type[Record], conditions: tuple[Condition, ...], parent: QWidget):
        super().__init__(parent, say("Conditions"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._fields = desk, {n: f for n, f in desk.records.fields(record_type).items() if f.shown}
        self._rows: list[_Row] = []
        self._typing = QTimer(self, singleShot=True, interval=RESTS)
        self._typing.timeout.connect(self._tell)
        title = QLabel(say("Show records for which all of this holds"))
        title.setObjectName("Muted")
        self.column.addWidget(title)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(6))
        self.column.addLayout(self._list)
        self._add_button = add = Button(say("Add a condition"), "plus", "ghost", lambda: self._add(None).field.setFocus())
        clear = Button(say("Remove all"), None, "ghost", self._clear)
        buttons = QHBoxLayout()
        buttons.addWidget(add)
        buttons.addWidget(clear)
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        for condition in conditions:
            self._add(condition)
        if not conditions:
            self._add(None)
        for row, below in pairwise([*self._rows, None]):
            QWidget.setTabOrder(row._cross, below.field if below is not None else add)  # type: ignore[union-attr]
        QWidget.setTabOrder(add, clear)
        self._rows[-1].field.setFocus()

    def _add(self, condition: Condition | None) -> _Row:
        row = _Row(self._desk, self._fields, condition, self._tell, self._typing.start, self._remove)
        self._rows.append(row)
        self._list.addWidget(row)
        row.show()
        self.place()
        return row

    def _remove(self, row: _Row) -> None:
        place = self._rows.index(row)
        self._rows.remove(row)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        if self._rows:
            self._rows[min(place, len(self._rows) - 1)].field.setFocus()
        else:
            self._add_button.setFocus()
        self.place()
        self._tell()

    def _clear(self) -> None:
        for row in list(self._rows):
            self._remove(row)
        self._add(None).field.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._typing.isActive():
            self._tell()
        super().closeEvent(event)

    def _tell(self) -> None:
        self._typing.stop()
        conditions = tuple(one for one in (row.condition() for row in self._rows) if one is not None)
        self.changed.emit(conditions)


class _Row(QWidget):
    """One condition: field, operator, and an editor for the value the operator wants."""

    def __init__(
        self,
        desk: Desk,
        fields: dict[str, AnyField],
        condition: Condition | None,
        tell: Callable[[], None],
        tell_soon: Callable[[], None],
        remove: Callable[[Any], None],
    ):
        super().__init__()
        self._desk, self._fields, self._tell, self._tell_soon = desk, fields, tell, tell_soon
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.field = ChoiceEdit()
        self.field.setAccessibleName(say("Field"))
        for name, field in fields.items():
            self.field.addItem(label_of(field), name)
        self.operator = ChoiceEdit()
        self.operator.setAccessibleName(say("Operator"))
        for choice in (self.field, self.operator):
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContentsOnFirstShow)
        self.field.setMinimumWidth(px(140))
        self.operator.setMinimumWidth(px(130))
        self._editors: list[QWidget] = []
        self._layout.addWidget(self.field)
        self._layout.addWidget(self.operator)
        self._value = QHBoxLayout()
        self._layout.addLayout(self._value, 1)
        self._cross = icon_button("x", say("Remove this condition"), lambda: remove(self))
        self._layout.addWidget(self._cross)
        for widget in (self.field, self.operator, self._cross):
            self._layout.setAlignment(widget, Qt.AlignmentFlag.AlignTop)
        if condition is not None and condition.field in fields:
            self.field.setCurrentIndex(self.field.findData(condition.field))
        self._offer_operators(condition)
        self.field.currentIndexChanged.connect(lambda _i: self._offer_operators(None))
        self.operator.currentIndexChanged.connect(lambda _i: self._offer_value(None))

    def _kind(self) -> Any:
        return self._fields[self.field.currentData()].kind

    def _searched(self) -> bool:
        """Whether the value is a record of a big type: searched for, one at a time."""
        kind = self._kind()
        return isinstance(kind, LinkKind) and not self._desk.records.names.small(kind.target)

    def _offer_operators(self, condition: Condition | None) -> None:
        self.operator.blockSignals(True)
        self.operator.clear()
        operators = list(self._kind().operators)
        if self.field.currentData() == "owner":
            operators += ["me", "not_me"]
        for operator in operators:
            self.operator.addItem(say(OPERATORS[operator]), operator)
        if condition is not None:
            self.operator.setCurrentIndex(max(0, self.operator.findData(condition.operator)))
        self.operator.blockSignals(False)
        self._offer_value(condition)

    def _offer_value(self, condition: Condition | None) -> None:
        for editor in self._editors:
            editor.hide()
            editor.deleteLater()
        self._editors = []
        operator, kind = self.operator.currentData(), self._kind()
        value = condition.value if condition is not None else None
        if operator in NO_VALUE:
            pass
        elif operator in DAYS:
            self._editors = [self._day_count(value)]
        elif operator in LISTED and self._searched():
            self._editors = [self._single(value[0] if value else None)]
        elif operator in LISTED:
            self._editors = [self._ticks(kind, value)]
        else:
            wanted = value if operator == "between" and value else [value]
            wanted = [None, None] if operator == "between" and not value else wanted
            self._editors = [self._single(one) for one in wanted]
        after: QWidget = self.operator
        for editor in self._editors:
            self._value.addWidget(editor)
            editor.show()
            QWidget.setTabOrder(after, editor)
            after = editor
        QWidget.setTabOrder(after, self._cross)
        window = self.window()
        if isinstance(window, ConditionsBox):
            window.place()
        if condition is None:
            self._tell()

    def _ticks(self, kind: Any, value: Any) -> TickList:
        """The values of a picklist, the states, or the records of a small type."""
        ticks, chosen = TickList(say("Values"), SHOWN), set(value or ())
        ticks.fill(_values(self._desk, kind, chosen), chosen)
        ticks.ticked.connect(lambda _value, _on: self._tell())
        return ticks

    def _day_count(self, value: Any) -> WholeSteps:
        spin = WholeSteps(0, 3660, int(value or 7), say("Number of days"))
        spin.setSuffix(" " + say("days"))
        spin.valueChanged.connect(lambda _v: self._tell())
        return spin

    def _single(self, value: Any) -> QWidget:
        field = self._fields[self.field.currentData()]
        if isinstance(field.kind, DayKind):  # days for moments too: conditions count whole days
            day = DayEdit(today=self._desk.records.clock.today)
            day.setAccessibleName(say("Value"))
            day.set_value(DayKind().load(value[:10]) if value else None)
            return self._heard(day)
        editor: QWidget = editor_for(self._desk, field)
        editor.setAccessibleName(say("Value"))
        if value is not None:
            show(self._desk, field, editor, field.kind.load(value))
        return self._heard(editor)

    def _heard(self, editor: Any) -> QWidget:
        """What is chosen holds at once, what is typed as soon as the person stops typing, without Enter."""
        editor.committed.connect(self._tell)
        if isinstance(editor, LineEditor):
            editor.changed.connect(editor.keep_typed)
            editor.changed.connect(self._tell_soon)
        return editor  # type: ignore[no-any-return]

    def condition(self) -> Condition | None:
        """The condition, or None while its value is missing."""
        name, operator = self.field.currentData(), self.operator.currentData()
        if operator in NO_VALUE:
            return Condition(name, operator)
        values = [self._stored(editor) for editor in self._editors]
        if operator == "between":
            return Condition(name, operator, values) if None not in values else None
        value = values[0] if values else None
        if operator in LISTED and self._searched():
            value = [value] if value else None
        return Condition(name, operator, value) if value not in (None, "", []) else None

    def _stored(self, editor: Any) -> Any:
        if isinstance(editor, WholeSteps):
            return editor.value()
        if isinstance(editor, TickList):
            return editor.values()
        field = self._fields[self.field.currentData()]
        if isinstance(field.kind, DayKind):
            day = editor.value()
            return day.isoformat() if day else None
        return field.kind.store(read(field, editor))


def _values(desk: Desk, kind: Any, wanted: set[Any]) -> list[tuple[Any, str]]:
    names = desk.records.names
    if isinstance(kind, ChoiceKind):
        return [(pick.key, pick.label) for pick in names.picklist(kind.picklist, all_values=True)]
    if isinstance(kind, StateKind):
        return [(state.key, say(state.label)) for state in kind.states.values()]
    if isinstance(kind, ManyKind) or names.small(kind.target):
        choices = [(record_id, title) for record_id, title, _tone in offered(desk, kind.target)]
        return choices + [(value, names.title(kind.target, value)) for value in wanted - {one for one, _title in choices}]
    return [(value, names.title(kind.target, value)) for value in wanted]
