"""A view of a record list: conditions, text, order, columns. Plain data, stored as JSON, turned into SQL here alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_, or_
from typing import Any, NamedTuple

from crm_desktop.core import clock as clocks
from crm_desktop.core.custom import AnyField, column_of
from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import Kind, MomentKind, PhoneKind
from crm_desktop.core.pointing import LinkKind
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
    "not_me": _("is not me"),
}
NO_VALUE = {"empty", "filled", "today", "past", "this_month", "yes", "no", "me", "not_me"}


class Condition(NamedTuple):
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
        """A stored view; what it does not know stays at its default. Raises Invalid when it cannot be read."""
        try:
            data = json.loads(text or "{}")
            return View(
                conditions=tuple(Condition(*entry) for entry in data.get("conditions", ())),
                sort=tuple((str(name), bool(down)) for name, down in data.get("sort", ())),
                columns=tuple(map(str, data.get("columns", ()))),
                widths=dict(data.get("widths", {})),
                group=str(data.get("group", "")),
            )
        except (AttributeError, TypeError, ValueError):
            raise Invalid(_("This view cannot be read. Delete it and save it anew.")) from None


def expression(
    condition: Condition, fields: Mapping[str, AnyField], record_type: type[Record], today: date, me: int | None
) -> peewee.Expression:
    """The condition as SQL. Raises Invalid when the field is gone or the operator does not fit it."""
    declared = fields.get(condition.field)
    if declared is None:
        raise Invalid(_("This view filters by “{name}”, which no longer exists. Remove that condition."), name=condition.field)
    column, kind = column_of(declared, record_type), declared.kind
    operator, value = condition.operator, condition.value
    about_people = isinstance(kind, LinkKind) and kind.target == "employee"
    try:
        if operator == "me" and about_people:
            return _test(column, "=", me or 0)
        if operator == "not_me" and about_people:
            others: peewee.Expression = _test(column, "<>", me or 0) | column.is_null()
            return others
        if operator in kind.operators:
            return (_day_range if operator in _DAYS else _compare)(operator, column, kind, value, today)
    except (TypeError, ValueError, OverflowError):
        pass  # a view stored by another version, or by hand
    raise Invalid(_("The condition on “{name}” cannot be used. Set it anew."), name=condition.field)


_DAYS = {"today", "past", "next_days", "last_days", "this_month", "before", "after"}


def _day_range(operator: str, column: Any, kind: Kind, value: Any, today: date) -> peewee.Expression:
    """Days count whole local days, also for moments (which are stored in UTC)."""
    one = timedelta(1)
    ranges: dict[str, Callable[[], tuple[date | None, date | None]]] = {
        "today": lambda: (today, today),
        "past": lambda: (None, today - one),
        "next_days": lambda: (today, today + int(value or 0) * one),
        "last_days": lambda: (today - int(value or 0) * one, today),
        "this_month": lambda: (today.replace(day=1), (today.replace(day=1) + 32 * one).replace(day=1) - one),
        "before": lambda: (None, _as_day(value) - one),
        "after": lambda: (_as_day(value) + one, None),
    }
    first, last = ranges[operator]()
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


def _compare(operator: str, column: Any, kind: Kind, value: Any, _today: date) -> peewee.Expression:
    if operator in ("empty", "filled"):
        return _filled(column, kind, operator == "filled")
    if operator in ("contains", "begins"):
        return _part(operator, column, kind, value)
    if operator in ("yes", "no"):
        return _test(column, "=", int(operator == "yes"))
    if operator in ("has", "has_not"):
        tests = [_test(peewee.fn.INSTR(column, f",{int(tag)},"), ">", 0) for tag in value or ()]
        found = reduce(or_, tests) if tests else _filled(column, kind, True)
        return found if operator == "has" else ~found
    if operator in ("one_of", "none_of"):
        return _listed(operator, column, value if isinstance(value, (list, tuple)) else [value])
    if operator == "between":
        low, high = value
        sides = [("<=", high), (">=", low)]
        tests = [_test(column, sign, bound) for sign, bound in sides if bound not in (None, "")]
        return reduce(and_, tests) if tests else _filled(column, kind, True)
    if isinstance(kind, PhoneKind):
        column, value = _digits(column), _only_digits(value)
    sign = {"is": "=", "is_not": "<>", "at_least": ">=", "at_most": "<="}[operator]
    test = _test(column, sign, value)
    return test | column.is_null() if operator == "is_not" else test


def _filled(column: Any, kind: Kind, filled: bool) -> peewee.Expression:
    if kind.store(None) == "":
        return _test(column, "<>" if filled else "=", "")
    missing: peewee.Expression = column.is_null(not filled)
    return missing


def _listed(operator: str, column: Any, values: Sequence[Any]) -> peewee.Expression:
    if not values:
        return peewee.Expression(peewee.SQL("1"), "=", peewee.SQL("0" if operator == "one_of" else "1"))
    inside = peewee.Expression(column, "IN", peewee.EnclosedNodeList([peewee.Value(one, converter=False) for one in values]))
    return inside if operator == "one_of" else column.is_null() | ~inside


def _part(operator: str, column: Any, kind: Kind, value: Any) -> peewee.Expression:
    """Part of a text, whatever its case."""
    wanted = "".join(letter.lower() if _has_case(letter.lower()) else letter for letter in str(value or ""))
    column = peewee.fn.LOWER(column)
    # SQLite knows the case of ASCII letters only, MySQL that of all: the letters looked for are made small by name.
    for letter in sorted({letter for letter in wanted if not letter.isascii() and _has_case(letter)}):
        column = peewee.fn.REPLACE(column, letter.upper(), letter)
    if isinstance(kind, PhoneKind):
        column, wanted = _digits(column), _only_digits(wanted)
    if operator == "begins":
        return _test(peewee.fn.SUBSTR(column, 1, len(wanted)), "=", wanted)
    return _test(peewee.fn.INSTR(column, peewee.Value(wanted, converter=False)), ">", 0)


def _has_case(small: str) -> bool:
    """Whether this is a small letter with one capital that has no other small letter."""
    return len(small) == 1 and len(small.upper()) == 1 and small.upper() != small and small.upper().lower() == small


_BETWEEN_DIGITS = " -()（）"


def _digits(column: Any) -> Any:
    """Phone numbers are kept as typed and compared on their digits."""
    for sign in _BETWEEN_DIGITS:
        column = peewee.fn.REPLACE(column, sign, "")
    return column


def _only_digits(value: Any) -> str:
    return "".join(sign for sign in str(value or "") if sign not in _BETWEEN_DIGITS)
