"""Errors for people: a small family, each with a sentence that says what happened and what to do.

Everything else that is raised is a bug and goes to the log.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from crm_desktop.core.words import _, say, together

Act = TypeVar("Act", bound=Callable[..., Any])


class Trouble(Exception):
    """Something outside the program is in the way: a file, a server, a disk.

    record: the one of several records written together that was refused, as far as that is known."""

    record: object = None

    def __init__(self, text: str, **values: object):
        super().__init__(text)
        self.text = text
        self.values = values

    def sentence(self, lang: str | None = None) -> str:
        """The sentence in `lang`, with values that are errors or marked words translated too."""
        values: dict[str, Any] = {
            key: value.sentence(lang) if isinstance(value, Trouble) else value for key, value in self.values.items()
        }
        return say(self.text, lang, **values)

    def __str__(self) -> str:
        return self.sentence("en")


class Marked(Trouble):
    """A marked word as a value of another sentence: translated together with it."""


class Refused(Trouble):
    """The acting user may not do this, or the state of the record does not allow it."""


class Invalid(Trouble):
    """A value cannot be taken; `field` names the field it was meant for, when there is one."""

    def __init__(self, text: str, field: str | None = None, **values: object):
        super().__init__(text, **values)
        self.field = field


class Taken(Invalid):
    """Another record has what only one may have; `what`: its text in a field of `Record.unique`."""

    def __init__(self, text: str, field: str, what: str, **values: object):
        super().__init__(text, field, **values)
        self.what = what


class InvalidRecord(Invalid):
    """A record cannot be saved: one `Invalid` for each field that is wrong."""

    def __init__(self, problems: list[Invalid]):
        super().__init__(problems[0].text, problems[0].field, **problems[0].values)
        self.problems = problems

    def sentence(self, lang: str | None = None) -> str:
        return together((problem.sentence(lang) for problem in self.problems), lang)


class NotFound(Trouble):
    """No such record, or none this person may see: the two are told alike, so that nothing leaks."""

    def __init__(self, text: str = _("This record does not exist, or you may not see it."), **values: object):
        super().__init__(text, **values)


class Conflict(Trouble):
    """Somebody else saved the record meanwhile; `theirs` maps each doubly changed field to their value as it is stored."""

    def __init__(self, text: str, theirs: dict[str, object], who: str, **values: object):
        super().__init__(text, who=who, **values)
        self.theirs = theirs
        self.who = who


class Cancelled(Exception):
    """The person stopped a long job; nothing of it is kept."""


def names_record(act: Act) -> Act:
    """A method that is given a record first: a refusal of it says which record it is."""

    @wraps(act)
    def named(self: Any, record: Any, *args: Any) -> Any:
        try:
            return act(self, record, *args)
        except Trouble as trouble:
            trouble.record = record
            raise

    return cast(Act, named)
