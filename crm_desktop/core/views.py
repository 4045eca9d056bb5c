"""A view of a record list: conditions, text, order, columns. Plain data, stored as JSON, turned into SQL here alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from crm_desktop.core import clock as clocks
from crm_desktop.core.custom import AnyField, column_of
from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import Kind, MomentKind
from crm_desktop.core.record import Record
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee

OPERATORS = {
    "contains": _("contains"),
    "begins": _("begins with"),
    "is": _("is"),
    "is_not": _("is not"),
    "empty": _("is empty"),
    "filled": _("is filled in"),
    "at_least": _("is at least"),
    "at_most": _("is at most"),
    "between": _("is between"),
    "before": _("is before"),
    "after": _("is after"),
    "today": _("is today"),
    "past": _("is before today"),
    "next_days": _("is within the next … days"),
    "last_days": _("is within the last … days"),
    "this_month": _("is in this month"),
    "yes": _("is yes"),
    "no": _("is no"),
    "one_of": _("is one of"),
    "none_of": _("is none of"),
    "has": _("has one of"),
    "has_not": _("has none of"),
    "me": _("is me"),
}
NO_VALUE = {"empty", "filled", "today", "past", "this_month", "yes", "no", "me"}


@dataclass(frozen=True)
class Condition:
    """One condition on a field; `value` is in storage form (a list for between, one_of, none_of, has, has_not)."""

    field: str
    operator: str
    value: Any = None


@dataclass(frozen=True)
class View:
    """What a list shows. conditions: all must hold. text: as typed into the list's filter box. sort: (field, down) pairs.
    columns: field names, () for the record type's own. widths: pixels by field. group: a field to group by."""

    conditions: tuple[Condition, ...] = ()
    text: str = ""
    sort: tuple[tuple[str, bool], ...] = ()
    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    group: str = ""
    bin: bool = False

    def where(self, *conditions: Condition) -> View:
        """This view, narrowed by more conditions."""
        return replace(self, conditions=(*self.conditions, *conditions))

    def to_json(self) -> str:
        """The view as it is stored."""
        return json.dumps(
            {
                "conditions": [[c.field, c.operator, c.value] for c in self.conditions],
                "sort": [list(pair) for pair in self.sort],
                "columns": list(self.columns),
                "widths": dict(self.widths),
                "group": self.group,
            },
            ensure_ascii=False,
        )

    @staticmethod
    def from_json(text: str) -> View:
        """A stored view; what it does not know stays at its default."""
        data = json.loads(text or "{}")
        return View(
            conditions=tuple(Condition(*entry) for entry in data.get("conditions", ())),
            sort=tuple((name, bool(down)) for name, down in data.get("sort", ())),
            columns=tuple(data.get("columns", ())),
            widths=data.get("widths", {}),
            group=data.get("group", ""),
        )


def expression(
    condition: Condition, fields: Mapping[str, AnyField], record_type: type[Record], today: date, me: int | None
) -> peewee.Expression:
    """The condition as SQL. Raises Invalid when the field is gone or the operator does not fit it."""
    declared = fields.get(condition.field)
    if declared is None:
        raise Invalid(_("This view filters by “{name}”, which no longer exists. Remove that condition."), name=condition.field)
    column, kind = column_of(declared, record_type), declared.kind
    operator, value = condition.operator, condition.value
    if operator not in kind.operators and operator != "me":
        raise Invalid(_("The condition on “{name}” cannot be used. Set it anew."), name=condition.field)
    if operator == "me":
        return _test(column, "=", me or 0)
    if operator in _DAYS:
        return _day_range(operator, column, kind, value, today)
    return _compare(operator, column, kind, value)


_DAYS = {"today", "past", "next_days", "last_days", "this_month", "before", "after"}


def _day_range(operator: str, column: Any, kind: Kind, value: Any, today: date) -> peewee.Expression:
    """Days count whole local days, also for moments (which are stored in UTC)."""
    one = timedelta(1)
    first, last = {
        "today": lambda: (today, today),
        "past": lambda: (None, today - one),
        "next_days": lambda: (today, today + int(value or 0) * one),
        "last_days": lambda: (today - int(value or 0) * one, today),
        "this_month": lambda: (today.replace(day=1), (today.replace(day=1) + 32 * one).replace(day=1) - one),
        "before": lambda: (None, _as_day(value) - one),
        "after": lambda: (_as_day(value) + one, None),
    }[operator]()
    parts = []
    if isinstance(kind, MomentKind):
        if first:
            parts.append(_test(column, ">=", _stored_midnight(first)))
        if last:
            parts.append(_test(column, "<", _stored_midnight(last + one)))
    else:
        if first:
            parts.append(_test(column, ">=", first.isoformat()))
        if last:
            parts.append(_test(column, "<=", last.isoformat()))
    return parts[0] if len(parts) == 1 else parts[0] & parts[1]


def _as_day(value: Any) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise Invalid(_("“{value}” is not a date. Write it like 2026-11-30."), value=value) from None


def _stored_midnight(day: date) -> str:
    return clocks.to_utc(datetime.combine(day, time())).strftime("%Y-%m-%d %H:%M:%S")


def _test(column: Any, sign: str, value: Any) -> peewee.Expression:
    return peewee.Expression(column, sign, peewee.Value(value, converter=False))


def _compare(operator: str, column: Any, kind: Kind, value: Any) -> peewee.Expression:
    text = kind.store(None) == ""
    lowered = peewee.fn.LOWER(column)
    nothing = _test(column, "=", "") if text else column.is_null()
    if operator == "empty":
        return nothing | column.is_null() if text else nothing
    if operator == "filled":
        return _test(column, "<>", "") if text else column.is_null(False)
    if operator == "contains":
        return _test(peewee.fn.INSTR(lowered, peewee.Value(str(value or "").lower(), converter=False)), ">", 0)
    if operator == "begins":
        wanted = str(value or "").lower()
        return _test(peewee.fn.SUBSTR(lowered, 1, len(wanted)), "=", wanted)
    if operator in ("yes", "no"):
        return _test(column, "=", int(operator == "yes"))
    if operator in ("has", "has_not"):
        tests = [_test(peewee.fn.INSTR(column, f",{tag},"), ">", 0) for tag in value or ()]
        found = tests[0] if tests else _test(column, "<>", "")
        for test in tests[1:]:
            found |= test
        return found if operator == "has" else ~found
    if operator in ("one_of", "none_of"):
        listed = [peewee.Value(v, converter=False) for v in (value if isinstance(value, (list, tuple)) else [value])]
        inside = peewee.Expression(column, "IN", peewee.EnclosedNodeList(listed or [peewee.SQL("NULL")]))
        return inside if operator == "one_of" else column.is_null() | ~inside
    if operator == "between":
        low, high = value
        return _test(column, ">=", low) & _test(column, "<=", high)
    sign = {"is": "=", "is_not": "<>", "at_least": ">=", "at_most": "<="}[operator]
    test = _test(column, sign, value)
    return test | column.is_null() if operator == "is_not" else test
