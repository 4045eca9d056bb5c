"""What comes when it is first used: modules, and regular expressions.

Packages bring in at once what only some of their functions use. While one is imported inside `later("socket", …)`, those names stand
for modules that are read at the first question; what is loaded already stays what it is, and afterwards every import is as ever.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any, cast


class _Later(ModuleType):
    """A module that is imported when somebody asks it for something."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # somebody looks whether it is a module
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:  # asked while it still stands there
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


@contextmanager
def later(*names: str) -> Iterator[dict[str, ModuleType]]:
    """What is imported inside gets these modules only when it uses them. Gives those that stand for one, to which can be added
    what is taken from it at once."""
    aside: dict[str, ModuleType] = {name: _Later(name) for name in names if name not in sys.modules}
    sys.modules.update(aside)
    try:
        yield aside
    finally:
        for name, stand_in in aside.items():
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]


class _Pattern:
    """Becomes a compiled pattern, method by method."""

    def __init__(self, text: str):
        self._text = text

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._text), name)
        setattr(self, name, found)
        return found


def pattern(text: str) -> re.Pattern[str]:
    """A regular expression that is compiled when it is first used: 0.1 to 0.3 ms each, and the start needs few of them."""
    return cast("re.Pattern[str]", _Pattern(text))
