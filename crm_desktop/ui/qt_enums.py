"""Makes Qt's enumerations in half the time.

PySide makes a Python enum of each enumeration of a class when the class is first touched: two hundred with two thousand members
before a list is painted, each member with all the care that Python takes for what people write into an enum. Those of Qt are but
names with whole numbers. They are put into an enum that is made empty, which then is the same in every detail: tests/ui/test_qt_enums.py
compares all of them, in the versions of Python named here; in others they are made Python's way.
"""

from __future__ import annotations

import enum
import sys
from typing import Any

TRIED = ((3, 11), (3, 12), (3, 13))

_make = enum.EnumType._create_  # type: ignore[attr-defined]
_set = type.__setattr__


def _made(cls: Any, class_name: str, names: Any, **options: Any) -> Any:
    if options.get("boundary") is not enum.KEEP or not isinstance(names, list):  # not by PySide
        return _make(cls, class_name, names, **options)
    made = _make(cls, class_name, (), **options)
    new, is_number, is_flag = made._new_member_, made._use_args_, issubclass(made, enum.Flag)
    by_name, by_value, own = made._member_map_, made._value2member_map_, made._member_names_
    for name, value in names:
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = new(made, value) if is_number else new(made)
            vars(member).update(_value_=value, _name_=name, __objclass__=made, _sort_order_=len(own))
            if not is_flag or (value and not value & (value - 1)):  # what is not one bit is an alias
                own.append(name)
        by_name[name] = member
        _set(made, name, member)
    if is_flag:
        singles = [by_name[name]._value_ for name in own]
        for value in by_value:
            made._flag_mask_ |= value
        made._singles_mask_ = sum(singles)
        made._all_bits_ = 2 ** made._flag_mask_.bit_length() - 1
        if singles != sorted(singles):
            made._iter_member_ = made._iter_member_by_def_
    return made


def make_quickly() -> None:
    """From now on."""
    if sys.version_info[:2] in TRIED:
        enum.EnumType._create_ = _made  # type: ignore[attr-defined]


make_quickly()
