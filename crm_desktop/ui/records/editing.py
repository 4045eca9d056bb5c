"""The editor of any field: made from its kind, speaking in values of the record. Forms, lists and filters share it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from crm_desktop.core import clock
from crm_desktop.core.custom import AnyField
from crm_desktop.core.kinds import DayKind as Day
from crm_desktop.core.kinds import (
    FlagKind,
    Kind,
    LongTextKind,
    MomentKind,
    MoneyKind,
    NamedKind,
    NumberKind,
    PercentKind,
    PictureKind,
    WeekdaysKind,
)
from crm_desktop.core.names import label_of
from crm_desktop.core.pointing import ChoiceKind, LinkKind, ManyKind, StateKind
from crm_desktop.core.record import Record
from crm_desktop.core.repeating import RepeatKind
from crm_desktop.core.views import View
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.widgets.day_edit import DayEdit, MomentEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit, LongEdit, MoneyEdit, NumberEdit, PercentEdit, TextEdit
from crm_desktop.ui.widgets.repeat_edit import RepeatEdit
from crm_desktop.ui.widgets.search_combo import SearchCombo
from crm_desktop.ui.widgets.tags_edit import TagsEdit
from crm_desktop.ui.widgets.weekdays_edit import WeekdaysEdit

OFFERED = 500  # of a big type, by title
_NEWEST = View(sort=(("created_at", True),))


class Editor(Protocol):
    """What every editor widget offers."""

    committed: SignalInstance

    def value(self) -> Any: ...
    def set_value(self, value: Any) -> None: ...
    def problem(self) -> str: ...


def editor_for(desk: Desk, field: AnyField, parent: QWidget | None = None) -> Any:
    """A widget to edit this field, named for screen readers; fill it with `show` and ask it with `read`."""
    editor = _made(desk, field.kind, parent)
    editor.setAccessibleName(label_of(field))
    if field.hint:
        editor.setToolTip(say(field.hint))
    return editor


def _made(desk: Desk, kind: Kind, parent: QWidget | None) -> QWidget:
    if isinstance(kind, ChoiceKind):
        choice = ChoiceEdit(parent)
        choice.set_choices([(pick.key, pick.label) for pick in desk.records.names.picklist(kind.picklist)])
        return choice
    if isinstance(kind, StateKind):
        states = ChoiceEdit(parent)
        states.set_choices([(state.key, say(state.label)) for state in kind.states.values()])
        return states
    if isinstance(kind, LinkKind):
        return _link_editor(desk, kind.target, parent)
    if isinstance(kind, ManyKind):
        many = TagsEdit(parent)
        many.set_choices(offered(desk, kind.target))
        if kind.target != "tag":
            many.entry.setPlaceholderText(say("Search"))
        return many
    if isinstance(kind, FlagKind):
        return FlagEdit(parent)
    if isinstance(kind, WeekdaysKind):
        return WeekdaysEdit(parent)
    if isinstance(kind, RepeatKind):
        return RepeatEdit(parent, today=desk.records.clock.today)
    if isinstance(kind, PictureKind):
        from crm_desktop.ui.widgets.picture_edit import PictureEdit  # few forms show one

        return PictureEdit(desk.read, parent)
    if isinstance(kind, LongTextKind):
        return LongEdit(parent)
    if isinstance(kind, MomentKind):
        return MomentEdit(parent, today=desk.records.clock.today)
    if isinstance(kind, Day):
        return DayEdit(parent, today=desk.records.clock.today)
    if isinstance(kind, MoneyKind):
        return MoneyEdit(parent)
    if isinstance(kind, PercentKind):
        return PercentEdit(parent)
    if isinstance(kind, NumberKind):
        return NumberEdit(parent)
    return TextEdit(parent)  # no maximum length: what is too long is told, not cut


def _link_editor(desk: Desk, target: str, parent: QWidget | None) -> QWidget:
    names = desk.records.names
    if names.small(target):
        choice = ChoiceEdit(parent)
        choice.set_choices([(row.id, names.title(target, row.id)) for row in names.all(target)])
        return choice
    combo = SearchCombo(parent)
    combo.set_source(lambda text: find_records(desk, target, text), lambda work, then: desk.read(work, then))
    return combo


def find_records(desk: Desk, target: str, text: str, limit: int = 12) -> Sequence[tuple[int, str, str]]:
    """(id, title, what tells it apart) of records for a combo box: the best hits, or the last changed ones for no text."""
    records, actor, record_type = desk.records, desk.actor, desk.record_type(target)
    if text.strip():
        return [(hit.id, hit.title, hit.why or hit.sub) for hit in records.search(text, actor, [record_type], limit)]
    rows = records.page(record_type, actor, _NEWEST, [record_type.title_field], limit)
    return [(record_id, values[0], "") for record_id, values in rows]


def offered(desk: Desk, target: str) -> list[tuple[int, str, str]]:
    """(id, title, tone) of the records several of which may be chosen: tags, products."""
    names = desk.records.names
    if names.small(target):
        return [(row.id, names.title(target, row.id), getattr(row, "tone", "") or "accent") for row in names.all(target)]
    record_type = desk.record_type(target)
    rows = desk.records.page(record_type, desk.actor, View(), [record_type.title_field], OFFERED)
    return [(record_id, values[0], "grey") for record_id, values in rows]


def chosen_from(desk: Desk, record_type: type[Record]) -> set[str]:
    """The small types of which the fields of a form offer all: tags, stages, colleagues."""
    kinds = [field.kind for field in desk.records.fields(record_type).values() if field.shown]
    return {kind.target for kind in kinds if isinstance(kind, LinkKind | ManyKind) and desk.records.names.small(kind.target)}


def show(desk: Desk, field: AnyField, editor: Any, value: Any) -> None:
    """Put a record's value into its editor, without committing it."""
    kind = field.kind
    if isinstance(editor, SearchCombo):
        title = desk.records.names.title(kind.target, value) if value else ""  # type: ignore[attr-defined]
        editor.set_value(value, title)
    elif isinstance(editor, ChoiceEdit):
        editor.set_value(value or None)
    elif isinstance(kind, MomentKind):
        editor.set_value(clock.to_local(value) if value else None)
    elif isinstance(kind, ManyKind):
        # One that was made since the form was, or is not among those offered.
        editor.set_value(value, {one: desk.records.names.title(kind.target, one) for one in value or () if not editor.knows(one)})
    elif isinstance(kind, NamedKind):
        editor.set_value(kind.show(value))
    else:
        editor.set_value(value)


def read(field: AnyField, editor: Any) -> Any:
    """The value in the editor, as the record holds it."""
    value, kind = editor.value(), field.kind
    if isinstance(kind, ManyKind):
        return tuple(value or ())
    if isinstance(kind, MomentKind):
        return clock.to_utc(value) if value else None
    if isinstance(kind, NamedKind):
        return kind.read(value)
    if isinstance(kind, NumberKind) and not isinstance(kind, MoneyKind | LinkKind) and value is not None:
        return int(value)
    return kind.blank if value is None else value

