"""How a field stands in a list: the kind of cell, its width and colours, from the field's kind and the declaration."""

from __future__ import annotations

from typing import Any

from crm_desktop.core import clock
from crm_desktop.core.custom import AnyField
from crm_desktop.core.kinds import (
    DayKind,
    FlagKind,
    MomentKind,
    MoneyKind,
    MonthKind,
    NumberKind,
    PercentKind,
    PictureKind,
    WeekdaysKind,
)
from crm_desktop.core.names import label_of
from crm_desktop.core.pointing import ChoiceKind, LinkKind, ManyKind, StateKind
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.repeating import RepeatKind
from crm_desktop.core.words import language, say
from crm_desktop.ui.widgets.columns import CellKind, Column
from crm_desktop.ui.widgets.words import moment_text

# People have a round badge, companies a square one, products their picture, other things none.
PICTURES: dict[str, CellKind] = {"customer": "name", "contact": "person", "lead": "person", "employee": "person", "product": "pictured"}
PEOPLE = {"owner", "created_by", "updated_by", "our_signer", "manager"}
DUE = {"next_contact_on", "expected_close", "next_step_on", "due_on", "ends_on"}


def column_for(records: Records, record_type: type[Record], name: str) -> Column:
    """The list column of a field."""
    field = records.fields(record_type)[name]
    title, kind = label_of(field), field.kind
    if name == record_type.title_field:
        return Column(name, title, PICTURES.get(record_type.key(), "title"), 240)
    if isinstance(kind, StateKind):
        labels = {key: say(state.label) for key, state in kind.states.items()}
        return Column(name, title, "pill", 120, {key: state.tone for key, state in kind.states.items()}, labels)
    if isinstance(kind, ChoiceKind):
        return _choice(records, kind, name, title)
    if isinstance(kind, LinkKind):
        return _link(records, kind, name, title)
    if isinstance(kind, ManyKind):
        return Column(name, title, "tags", 160, labels=_Titles(records, kind.target))
    return _plain(field, name, title)


def picture_field(record_type: type[Record]) -> str:
    """The field that holds the picture of a record; '' for most types."""
    return next((name for name, field in record_type.declared().items() if isinstance(field.kind, PictureKind)), "")


def _choice(records: Records, kind: ChoiceKind, name: str, title: str) -> Column:
    picks = records.names.picklist(kind.picklist, all_values=True)
    labels, tones = {pick.key: pick.label for pick in picks}, {pick.key: pick.tone for pick in picks}
    if kind.picklist == "level":
        return Column(name, title, "level", 64, tones, {key: key for key in labels})
    coloured = any(pick.tone != "grey" for pick in picks)
    if coloured:
        return Column(name, title, "pill", 112, tones, labels)
    return Column(name, title, "text", 112, show=lambda key: labels.get(key, key))


def _link(records: Records, kind: LinkKind, name: str, title: str) -> Column:
    names = records.names
    if kind.target == "stage":
        stages: Any = names.rows("stage")
        labels = {key: names.title("stage", key) for key in stages}
        return Column(name, title, "pill", 124, {key: row.tone for key, row in stages.items()}, labels)
    show = _Titles(records, kind.target).__getitem__
    if name in PEOPLE or kind.target == "employee":
        return Column(name, title, "owner", 112 if language().startswith("zh") else 148, show=show)
    return Column(name, title, "text", 180, show=show)


def _plain(field: AnyField, name: str, title: str) -> Column:
    kind = field.kind
    if isinstance(kind, MomentKind):
        return Column(name, title, "moment", 132, show=lambda at: moment_text(clock.to_local(at)))
    if isinstance(kind, MonthKind):
        return Column(name, title, "text", 96, show=kind.show)
    if isinstance(kind, DayKind):
        return Column(name, title, "due" if name in DUE else "date", 116)
    if isinstance(kind, MoneyKind):
        return Column(name, title, "money", 128)
    if isinstance(kind, PercentKind):
        return Column(name, title, "percent", 84, show=lambda share: f"{share} %")
    if isinstance(kind, FlagKind):
        return Column(name, title, "check", 84)
    if isinstance(kind, NumberKind):
        return Column(name, title, "number", 96)
    if isinstance(kind, WeekdaysKind | RepeatKind):
        return Column(name, title, "text", 128, show=kind.show)
    return Column(name, title, "muted" if kind.key in ("phone", "email", "url") else "text", 128, whole=kind.key == "phone")


class _Titles(dict[Any, str]):
    """id -> title, asked when shown; a page of a list has learned its titles before."""

    def __init__(self, records: Records, target: str):
        super().__init__()
        self._names, self._target = records.names, target

    def __missing__(self, key: Any) -> str:
        return self._names.title(self._target, key)

    def get(self, key: Any, default: Any = None) -> Any:  # dict.get does not call __missing__
        return self[key]

    def __bool__(self) -> bool:
        return True
