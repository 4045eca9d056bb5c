"""Kinds of value that point elsewhere: a picklist value, a state, another record, tags."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import Kind, Naming, NumberKind, tidy
from crm_desktop.core.words import LANGUAGES, _, listed, say


class ChoiceKind(Kind):
    """A value of a picklist, stored by its key; labels in three languages live in the picklist."""

    key = "choice"
    operators = ("one_of", "none_of", "empty", "filled")

    def __init__(self, picklist: str):
        super().__init__(60)
        self.picklist = picklist

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        if not value:
            return ""
        return names.picked(self.picklist, value, lang) if names else value

    def read(self, value: Any, names: Naming | None = None) -> str:
        words = tidy(value)
        if not words:
            return ""
        key = names.pick(self.picklist, words) if names else words
        if key is None:
            raise Invalid(_("“{value}” is not in the list. Choose a listed value or add it to the list first."), value=words[:40])
        return key


class StateValue(NamedTuple):
    """One state a record can be in: key, label and the tone it is painted in."""

    key: str
    label: str
    tone: str = "grey"
    open: bool = True


class StateKind(Kind):
    """The state of a record; it changes only through the record type's moves."""

    key = "state"
    operators = ("one_of", "none_of")

    def __init__(self, states: tuple[StateValue, ...]):
        super().__init__(30)
        self.states = {state.key: state for state in states}

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        state = self.states.get(value)
        return say(state.label, lang) if state else value or ""

    def read(self, value: Any, names: Naming | None = None) -> str:
        words = tidy(value)
        if not words:
            return ""
        for state in self.states.values():
            if words == state.key or words in {say(state.label, lang) for lang in LANGUAGES}:
                return state.key
        raise Invalid(_("“{value}” is not a state of this record."), value=words[:40])

    def check(self, value: Any) -> str:
        if value and value not in self.states:
            raise Invalid(_("“{value}” is not a state of this record."), value=tidy(value)[:40])
        return value or ""


class LinkKind(NumberKind):
    """Another record, stored by its id."""

    key = "link"
    operators = ("one_of", "empty", "filled")
    right = False

    def __init__(self, target: str):
        super().__init__(0, 2**63 - 1)
        self.target = target

    def check(self, value: Any) -> Any:
        return super().check(value) or None

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        if not value:
            return ""
        return names.title(self.target, value) if names else str(value)

    def read(self, value: Any, names: Naming | None = None) -> Any:
        if isinstance(value, int) and not isinstance(value, bool) and value > 2**40:
            return value
        words = tidy(value)
        if not words:
            return None
        if names is None:
            return self.check(int(words))
        found = names.find(self.target, words)
        if found is None:
            raise Invalid(_("“{value}” was not found, or more than one has this name."), value=words[:60])
        return found


class ManyKind(Kind):
    """Several other records (tags, products): a tuple of ids, stored as text ',12,15,' so that SQL can look for one."""

    key = "many"
    operators = ("has", "has_not", "empty", "filled")
    blank = ()

    def __init__(self, target: str) -> None:
        super().__init__(2_000)
        self.target = target

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return listed((names.title(self.target, one) if names else str(one) for one in value or ()), lang)

    def read(self, value: Any, names: Naming | None = None) -> tuple[int, ...]:
        if isinstance(value, (tuple, list)):
            return tuple(value)
        found = []
        for word in filter(None, re.split(r"[、;；,，]| ::: ", tidy(value))):
            one = names.find(self.target, word.strip()) if names else int(word)
            if one is None:
                raise Invalid(_("“{value}” was not found, or more than one has this name."), value=word.strip()[:40])
            found.append(one)
        return tuple(dict.fromkeys(found))

    def check(self, value: Any) -> tuple[int, ...]:
        ids = tuple(dict.fromkeys(value or ()))
        if not all(isinstance(one, int) and one > 0 for one in ids):
            raise Invalid(_("“{value}” was not found, or more than one has this name."), value=str(value)[:40])
        return ids

    def store(self, value: Any) -> str:
        return "," + ",".join(map(str, value)) + "," if value else ""

    def load(self, raw: Any) -> tuple[int, ...]:
        return tuple(map(int, raw.strip(",").split(","))) if raw else ()
