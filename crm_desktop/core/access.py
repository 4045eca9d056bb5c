"""Who may do what (operation rights) and see what (data scope); both are asked in the door and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.core.errors import Marked, Refused
from crm_desktop.core.record import Record
from crm_desktop.core.words import _, say
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.names import Names

OPERATIONS = {
    "add": _("add"),
    "edit": _("edit"),
    "delete": _("delete"),
    "assign": _("assign"),
    "share": _("share"),
    "purge": _("delete for good"),
    "bring_in": _("import"),
    "take_out": _("export"),
    "plain": _("see hidden numbers of"),
}
LEVELS = ("sales", "manager", "general", "admin")


class Scope(NamedTuple):
    """Which records of a type are seen: all, or those of some owners or departments."""

    all: bool = False
    owners: frozenset[int] = frozenset()
    departments: frozenset[int] = frozenset()

    def condition(self, record_type: type[Record]) -> peewee.Expression | None:
        """The one predicate that list, get, search, count, report and export share; None when all are seen."""
        if self.all:
            return None
        owner, department = record_type.owner, record_type.department
        if not self.departments:
            return _in(owner, self.owners)
        if not self.owners:
            return _in(department, self.departments)
        return _in(owner, self.owners) | _in(department, self.departments)

    def holds(self, owner: int | None, department: int | None) -> bool:
        """Whether a record with this owner and department is seen: the predicate for one record at hand."""
        return self.all or owner in self.owners or department in self.departments


def _in(column: peewee.Field, values: frozenset[int]) -> peewee.Expression:
    ordered = sorted(values)
    return column == ordered[0] if len(ordered) == 1 else column.in_(ordered or [0])


EVERYTHING = Scope(all=True)


@dataclass(frozen=True)
class Actor:
    """The person (or the program itself) on whose behalf the door acts.

    rights: record type key -> operations allowed; scopes: record type key -> what is seen. `*` stands for every type.
    """

    employee: int | None
    name: str
    role: str = "sales"
    lang: str = "zh_CN"
    department: int | None = None
    rights: Mapping[str, frozenset[str]] = field(default_factory=dict)
    scopes: Mapping[str, Scope] = field(default_factory=dict)

    def may(self, record_type: type[Record], operation: str) -> bool:
        allowed = self.rights.get(record_type.key(), self.rights.get("*", frozenset()))
        return operation in allowed

    def scope(self, record_type: type[Record]) -> Scope:
        return self.scopes.get(record_type.key()) or self.scopes.get("*") or Scope()

    @staticmethod
    def program(lang: str = "zh_CN") -> Actor:
        """The program itself: start-up, migrations, demo data."""
        return Actor(None, "", "admin", lang, None, {"*": frozenset(OPERATIONS)}, {"*": EVERYTHING})


class Why(NamedTuple):
    """Why something may not be done; false in a condition, a sentence when shown."""

    text: str
    values: Mapping[str, Any] = MappingProxyType({})
    """Marked words are said in the reader's language; a `Plain` stays as it is."""

    def __bool__(self) -> bool:
        return False

    def sentence(self, lang: str | None = None) -> str:
        values: dict[str, Any] = {key: say(value, lang) if isinstance(value, str) else value for key, value in self.values.items()}
        return say(self.text, lang, **values)

    def refusal(self) -> Refused:
        """The same, to be raised."""
        return Refused(self.text, **{key: Marked(value) if isinstance(value, str) else value for key, value in self.values.items()})


class Plain(NamedTuple):
    """A name or title as a value of a sentence: never translated."""

    text: str

    def __str__(self) -> str:
        return self.text


def lacks(record_type: type[Record], operation: str, names: Names) -> Why:
    """The refusal that names the missing right and who can grant it."""
    values = {"operation": OPERATIONS[operation], "records": record_type.screen.title}
    who = administrators(names)
    if not who:
        text = _("You lack the right to {operation} {records}. An administrator can grant it under Settings > Roles.")
        return Why(text, values)
    text = _("You lack the right to {operation} {records}. {who} (administrator) can grant it under Settings > Roles.")
    return Why(text, {**values, "who": Plain(", ".join(who))})


def administrators(names: Names, most: int = 3) -> list[str]:
    """The names of people who can change rights, at most so many."""
    if not (names.small("employee") and names.small("role")):
        return []
    roles: Any = names.rows("role")
    people: Any = names.all("employee")
    found = [one.id for one in people if one.state != "left" and one.role in roles and roles[one.role].level == LEVELS[-1]]
    return [names.title("employee", one) for one in found[:most]]
