"""What every record must meet before it is written: values its kinds accept, required fields filled, links that lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_desktop.core import custom
from crm_desktop.core.errors import Invalid, InvalidRecord, Marked
from crm_desktop.core.fields import Link, Many
from crm_desktop.core.names import Label
from crm_desktop.core.pointing import ChoiceKind
from crm_desktop.core.record import Record
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.unit import Unit

NO_SUCH = _("The {what} chosen does not exist, or you may not see it.")


def validate(unit: Unit, record: Record, current: Record | None) -> None:
    """Tidy the record's values and check them; InvalidRecord names every field that is wrong, not only the first.

    current: the record as it stands in the database, None for a new one. What it points at is only asked of values that
    are new: an old record keeps the picklist value that has been taken out of use, and the tag that was deleted since.
    """
    problems: list[Invalid] = []
    for name, declared in unit.records.fields(type(record)).items():
        value = custom.get(record, declared)
        came = value
        try:
            value = check_value(unit, declared, value, None if current is None else custom.get(current, declared))
        except Invalid as problem:
            problem.field = name
            problems.append(problem)
            continue
        if value is not came:
            custom.put(record, declared, value)
    if problems:
        raise InvalidRecord(problems) if len(problems) > 1 else problems[0]
    record.check(unit)


def check_value(unit: Unit, declared: custom.AnyField, value: Any, before: Any = None) -> Any:
    """`value` as the field may hold it; raises Invalid. before: what it held till now."""
    value = declared.kind.check(value)
    if declared.required and declared.kind.empty(value):
        raise Invalid(_("“{label}” must be filled in."), declared.name, label=Label(declared))
    if value and not unit.trusted and value != before:
        _check_target(unit, declared, value, before)
    return value


def _check_target(unit: Unit, declared: custom.AnyField, value: Any, before: Any) -> None:
    if isinstance(declared.kind, ChoiceKind):
        if not unit.records.names.offers(declared.kind.picklist, value):
            raise Invalid(_("“{value}” is not in the list. Choose a listed value or add it to the list first."), value=value[:40])
    elif isinstance(declared, Link):
        _check_link(unit, declared.kind.target, value)
    elif isinstance(declared, Many):
        for one in value:
            if one not in (before or ()):
                _check_link(unit, declared.kind.target, one)


def _check_link(unit: Unit, type_key: str, value: int) -> None:
    """The record named must live and be one the actor sees."""
    target = unit.records.types.get(type_key)
    if target is None:
        return
    if unit.records.names.small(type_key):
        row = unit.records.names.rows(type_key).get(value)
        found = row is not None and row.deleted_at is None
    else:
        whose = unit.pointed.whose(type_key, value)
        found = whose is not None and bool(unit.pointed.sight(target).seen([(value, *whose, None)]))
    if not found:
        raise Invalid(NO_SUCH, what=Marked(target.screen.one))
