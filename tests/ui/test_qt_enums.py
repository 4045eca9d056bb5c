"""An enumeration of Qt that is made quickly is the same in every detail as one made by Python."""

from __future__ import annotations

import enum
import sys

import pytest

from benchmarks.start import child
from crm_desktop.ui import qt_enums

# Everything that can be seen of each enumeration of these modules: its names, values and order, what else is in the class, and what
# comes of asking, joining and inverting.
LOOK = """
import enum, re, sys
from importlib import import_module
{before}
seen, members = set(), 0

def shown(it):
    if isinstance(it, enum.Enum):
        about = getattr(it, "_sort_order_", None), getattr(getattr(it, "__objclass__", None), "__name__", None)
        return type(it).__name__, it._name_, it._value_, about, sorted(vars(it))
    if isinstance(it, dict):
        return [(name, shown(one)) for name, one in it.items()]
    if isinstance(it, (list, tuple)):
        return [shown(one) for one in it]
    return getattr(it, "__qualname__", type(it).__name__) if callable(it) else re.sub("0x[0-9a-f]+", "", repr(it))

def look(owner):
    global members
    for name in sorted(dir(owner)):
        one = getattr(owner, name, None)
        if not isinstance(one, type) or one in seen or not one.__module__.startswith("PySide6"):
            continue
        seen.add(one)
        if not isinstance(one, enum.EnumMeta):
            look(one)
            continue
        members += len(one.__members__)
        print(one, one.__qualname__, one.__mro__, sorted((name, shown(it)) for name, it in vars(one).items()), shown(list(one)))
        print([shown(one(it._value_)) for it in one], [it in one for it in one], one.__members__ == one._member_map_)
        if issubclass(one, enum.Flag):
            for it in list(one)[:3]:
                print(shown(~it), shown(it | list(one)[-1]), shown(it & list(one)[-1]), shown(list(it | list(one)[-1])))

for name in ("QtCore", "QtGui", "QtWidgets", "QtNetwork", "QtPrintSupport", "QtSvg"):
    look(import_module("PySide6." + name))
print(members)
"""


@pytest.mark.skipif(sys.version_info[:2] not in qt_enums.TRIED, reason="made by Python")
def test_all_are_what_python_makes_of_them() -> None:
    plain = child(LOOK.replace("{before}", "import PySide6.QtCore"), "offscreen")
    assert int(plain[-1]) > 5_000
    assert child(LOOK.replace("{before}", "import crm_desktop.ui"), "offscreen") == plain


def test_enums_of_others_are_made_by_python() -> None:
    made = child(
        """import enum, crm_desktop.ui
print(enum.Enum("Way", "UP DOWN").DOWN.value, enum.Flag("Side", ["LEFT", "RIGHT"], boundary=enum.STRICT).RIGHT.value)
print(enum.IntFlag("Word", {"A": 1, "B": 4}, boundary=enum.KEEP)(7))""",
        "offscreen",
    )
    assert made == ["2 2", "7"]


def test_other_versions_of_python_keep_their_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enum.EnumType, "_create_", plain := qt_enums._make)
    monkeypatch.setattr(qt_enums, "TRIED", ())
    qt_enums.make_quickly()
    assert enum.EnumType._create_ is plain
