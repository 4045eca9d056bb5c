"""Conditions, orders and columns as written on a command line, turned into a view."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from crm_desktop.business.system.saved_view import views_for
from crm_desktop.cli.opening import Office
from crm_desktop.core.custom import AnyField
from crm_desktop.core.errors import Invalid, NotFound
from crm_desktop.core.kinds import DayKind, FlagKind, Kind, MomentKind, NumberKind
from crm_desktop.core.names import Names
from crm_desktop.core.pointing import ChoiceKind, LinkKind, ManyKind, StateKind
from crm_desktop.core.record import Record
from crm_desktop.core.views import NO_VALUE, Condition, View
from crm_desktop.core.words import _

_WRITTEN = re.compile(r"\s*(\w+)\s*(?:(!=|<=|>=|\^=|==?|~|<|>)\s*(.*)|\s(\w+)(?:\s+(.*))?)\s*", re.DOTALL)
_SIGNS = {"!=": "is_not", "=": "is", "==": "is", "~": "contains", "^=": "begins", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_DAY = timedelta(days=1)


def view_of(office: Office, record_type: type[Record], wanted: argparse.Namespace) -> View:
    """The view that --view, --where, --text, --sort and --columns describe together."""
    fields = office.records.fields(record_type)
    view = _saved(office, record_type, getattr(wanted, "view", ""))
    for text in wanted.where:
        view = view.where(*conditions(text, fields, office.records.names))
    if wanted.text:
        view = replace(view, text=wanted.text)
    if wanted.sort:
        sorts = tuple((name.lstrip("-"), name.startswith("-")) for name in split(wanted.sort))
        for name, _down in sorts:
            named(fields, name)
        view = replace(view, sort=sorts)
    if wanted.columns:
        columns = tuple(split(wanted.columns))
        for name in columns:
            named(fields, name)
        view = replace(view, columns=columns)
    return view


def split(text: str) -> list[str]:
    """Names separated by commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def named(fields: Mapping[str, AnyField], name: str) -> AnyField:
    """The field of this name; Invalid with the names there are."""
    if name not in fields:
        known = ", ".join(name for name, field in fields.items() if field.shown)
        raise Invalid(_("There is no field “{name}”. The fields are: {fields}."), name=name, fields=known)
    return fields[name]


def _saved(office: Office, record_type: type[Record], name: str) -> View:
    if not name:
        return View()
    found = views_for(office.records, office.actor, record_type.key())
    for saved in found:
        if saved.name.casefold() == name.casefold() or str(saved.id) == name:
            return View.from_json(saved.content)
    listed = ", ".join(saved.name for saved in found) or "—"
    raise NotFound(_("There is no view “{view}”. The views are: {views}."), view=name, views=listed)


def conditions(text: str, fields: Mapping[str, AnyField], names: Names) -> list[Condition]:
    """The conditions a text like `level=A,B` or `due_on next_days 7` means. Raises Invalid with a sentence."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise Invalid(_("“{condition}” is not a condition. Write it like level=A or next_contact_on<2026-11-30."), condition=text)
    name, sign, value, word, more = found.groups()
    field = named(fields, name)
    if sign:
        return _signed(field, _SIGNS[sign], value.strip(), names)
    return [_worded(field, word, (more or "").strip(), names)]


def _signed(field: AnyField, operator: str, value: str, names: Names) -> list[Condition]:
    kind, name = field.kind, field.name
    if operator in ("is", "is_not"):
        return _equal(field, operator == "is", value, names)
    if operator in ("contains", "begins"):
        return [_worded(field, operator, value, names)]
    if isinstance(kind, DayKind):
        day = _day(value) + {"<": 0 * _DAY, "<=": _DAY, ">": 0 * _DAY, ">=": -_DAY}[operator]
        return [Condition(name, "before" if "<" in operator else "after", day.isoformat())]
    if "at_least" not in kind.operators:
        raise _unfit(field, operator)
    # Amounts are whole fen and numbers whole: "less than" is "at most one less".
    stored = _stored(kind, value, names) + {"<": -1, ">": 1}.get(operator, 0)
    return [Condition(name, "at_most" if "<" in operator else "at_least", stored)]


def _equal(field: AnyField, same: bool, value: str, names: Names) -> list[Condition]:
    kind, name = field.kind, field.name
    if value == "":
        return [_worded(field, "empty" if same else "filled", "", names)]
    if isinstance(kind, FlagKind):
        return [Condition(name, "yes" if kind.read(value) is same else "no")]
    if isinstance(kind, DayKind) and value in NO_VALUE and same:
        return [_worded(field, value, "", names)]
    if isinstance(kind, MomentKind) and same:
        day = _day(value)
        return [Condition(name, "after", (day - _DAY).isoformat()), Condition(name, "before", (day + _DAY).isoformat())]
    if isinstance(kind, LinkKind) and kind.target == "employee" and value == "me":
        return [Condition(name, "me" if same else "not_me")]
    if isinstance(kind, ManyKind):
        return [_worded(field, "has" if same else "has_not", value, names)]
    if isinstance(kind, (ChoiceKind, StateKind, LinkKind)):
        return [_worded(field, "one_of" if same else "none_of", value, names)]
    return [_worded(field, "is" if same else "is_not", value, names)]


def _worded(field: AnyField, operator: str, value: str, names: Names) -> Condition:
    """A condition by the operator's own name, as saved views have it."""
    kind = field.kind
    mine = operator in ("me", "not_me") and isinstance(kind, LinkKind) and kind.target == "employee"
    if operator not in kind.operators and not mine:
        raise _unfit(field, operator)
    if operator in NO_VALUE:
        return Condition(field.name, operator)
    return Condition(field.name, operator, _value(kind, operator, value, names))


def _value(kind: Kind, operator: str, value: str, names: Names) -> Any:
    """The value in storage form, as conditions hold it."""
    if operator in ("one_of", "none_of"):
        return [_stored(kind, one, names) for one in split(value) or [""]]
    if operator in ("has", "has_not"):
        return list(kind.read(value, names)) or _stored(kind, value, names)
    if operator in ("next_days", "last_days"):
        return NumberKind(0, 36_500).read(value) or 0
    if operator == "between":
        low, dots, high = value.partition("..")
        if not dots:
            raise Invalid(_("Write both ends of “between” with two dots: 2026-01-01..2026-03-31."))
        return [_stored(kind, low, names), _stored(kind, high, names)]
    if operator in ("contains", "begins"):
        return value
    if operator in ("before", "after"):
        return _day(value).isoformat()
    return _stored(kind, value, names)


def _stored(kind: Kind, value: str, names: Names) -> Any:
    """The value as the database keeps it; there must be one."""
    read = kind.read(value, names)
    if kind.empty(read):
        raise Invalid(_("A value is missing in the condition. To find empty fields, write: field empty"))
    return kind.store(read)


def _day(value: str) -> date:
    day = DayKind().read(value)
    if day is None:
        raise Invalid(_("“{value}” is not a date. Write it like 2026-11-30."), value=value)
    return day


def _unfit(field: AnyField, operator: str) -> Invalid:
    return Invalid(
        _("“{name}” cannot be asked with “{operator}”. Possible are: {operators}."),
        name=field.name,
        operator=operator,
        operators=", ".join(field.kind.operators),
    )
