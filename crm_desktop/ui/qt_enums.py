"""Makes Qt's enumerations in a third of the time.

PySide makes a Python enum of each enumeration of a class when the class is first touched: two hundred with two thousand members
before a list is painted, each class and member with all the care that Python takes for what people write into an enum. Those of Qt
are but names with whole numbers. Here they are put into copies of an enum that Python has made empty, and come out the same in every
detail: tests/ui/test_qt_enums.py compares all of them, in the versions of Python named here. Others make them their own way.
"""

from __future__ import annotations

import enum
import sys
from functools import cache
from typing import Any

TRIED = ((3, 11), (3, 12), (3, 13))

_BY_PYSIDE = {"module": None, "qualname": None, "type": None, "start": 1, "boundary": enum.KEEP}
_make = enum.EnumType._create_  # type: ignore[attr-defined]
_set = type.__setattr__
_TELLS_SINGLES = hasattr(enum.Flag, "_singles_mask_")  # not before 3.11.4: Debian 12 has 3.11.2


def _made(cls: Any, class_name: str, names: Any, **options: Any) -> Any:
    if options != _BY_PYSIDE or not isinstance(names, list):
        return _make(cls, class_name, names, **options)
    is_flag, is_number = issubclass(cls, enum.Flag), issubclass(cls, int)
    by_name: dict[str, Any] = {}
    by_value: dict[int, Any] = {}
    own: list[str] = []
    inside = {name: one.copy() if isinstance(one, list | dict) else one for name, one in _empty(cls).items()}
    inside |= {"_member_names_": own, "_member_map_": by_name, "_value2member_map_": by_value}
    made: Any = type.__new__(enum.EnumType, class_name, (cls,), inside)
    _set(made, "__new__", enum.Enum.__new__)
    for name, value in names:
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = int.__new__(made, value) if is_number else object.__new__(made)
            vars(member).update(_value_=value, _name_=name, __objclass__=made, _sort_order_=len(own))
            if not is_flag or (value and not value & (value - 1)):  # what is not one bit is an alias
                own.append(name)
        by_name[name] = member
        _set(made, name, member)
    if is_flag:
        mask, singles = 0, [by_name[name]._value_ for name in own]
        for value in by_value:
            mask |= value
        bits = {"_flag_mask_": mask, "_singles_mask_": sum(singles)} if _TELLS_SINGLES else {"_flag_mask_": sum(singles)}
        for name, value in {**bits, "_all_bits_": 2 ** mask.bit_length() - 1}.items():
            _set(made, name, value)
        if singles != sorted(singles):
            made._iter_member_ = made._iter_member_by_def_
    return made


@cache
def _empty(cls: Any) -> dict[str, Any]:
    """What is in a class of this kind that has no members."""
    inside = vars(_make(cls, "Empty", (), boundary=enum.KEEP))
    return {name: one for name, one in inside.items() if name not in ("__dict__", "__weakref__")}


def make_quickly() -> None:
    """From now on."""
    if sys.version_info[:2] in TRIED:
        enum.EnumType._create_ = _made  # type: ignore[attr-defined]


make_quickly()
