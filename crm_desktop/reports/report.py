"""What a report is: a key, a title, the parameters a person may set, and a function that makes the table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_desktop.business.sales.stage import Stage
from crm_desktop.business.staff.department import below
from crm_desktop.core import clock
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Invalid, NotFound
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition
from crm_desktop.core.words import _, say
from crm_desktop.reports.period import NAMES, Period, read_period
from crm_desktop.reports.table import Table
from crm_desktop.reports.words import name_of, named

Option = tuple[Any, str]
EVERYBODY = _("Everybody")
EVERY_DEPARTMENT = _("All departments")


@dataclass(frozen=True)
class Parameter:
    """One thing a person may set. kind: choice (one of `choices`), period, employee, department or pipeline. Values are
    JSON: a key, a period as text, an id, or None for no limit."""

    key: str
    label: str
    kind: str
    default: Any = None
    choices: tuple[tuple[str, str], ...] = ()

    def options(self, report: Report, records: Records, actor: Actor, lang: str) -> list[Option]:
        """(value, label) pairs to choose from; a single one needs no control on the screen."""
        if self.kind == "choice":
            return [(key, say(label, lang)) for key, label in self.choices]
        if self.kind == "period":
            return [(key, say(label, lang)) for key, label in NAMES.items()]
        if self.kind == "pipeline":
            return [(name, pipeline_label(name, lang)) for name in pipelines(records)]
        scope = actor.scope(report.record_type)
        if self.kind == "employee":
            people = [row for row in records.names.all("employee") if scope.holds(row.id, row.department)]
            return [(None, say(EVERYBODY, lang)), *((row.id, named(row, lang)) for row in people)]
        owned = {row.department for row in records.names.all("employee") if scope.holds(row.id, row.department)}
        rows = records.names.rows("department")
        seen = [row for row in records.names.all("department") if scope.holds(None, row.id) or owned & below(rows, row.id)]
        return [(None, say(EVERY_DEPARTMENT, lang)), *((row.id, named(row, lang)) for row in seen)]

    def check(self, value: Any, today: date) -> Any:
        """The value if a report may be run with it; raises Invalid."""
        if self.kind == "choice" and value not in dict(self.choices):
            raise Invalid(_("“{value}” is not a choice for this report."), self.key, value=str(value)[:40])
        if self.kind == "period":
            read_period(str(value), today)
        if self.kind in ("employee", "department") and value is not None and not isinstance(value, int):
            raise Invalid(_("“{value}” is not a choice for this report."), self.key, value=str(value)[:40])
        return value


@dataclass(frozen=True)
class Asked:
    """One question: who asks, with which answers to the parameters, in which language."""

    records: Records
    actor: Actor
    lang: str
    today: date
    report: Report
    answers: Mapping[str, Any]

    def period(self) -> Period:
        """The period chosen."""
        return read_period(self.answers["period"], self.today)

    def people(self) -> tuple[Condition, ...]:
        """The conditions for the owner and the department (with those below it) that were chosen."""
        conditions: list[Condition] = []
        if self.answers.get("owner"):
            conditions.append(Condition("owner", "one_of", [self.answers["owner"]]))
        if self.answers.get("department"):
            inside = below(self.records.names.rows("department"), self.answers["department"])
            conditions.append(Condition("department", "one_of", sorted(inside)))
        return tuple(conditions)

    def filter_line(self, *more: str) -> str:
        """What the figures are limited to, who asked and when: stands on every print and export."""
        parts = list(more)
        if self.answers.get("owner"):
            owner = name_of(self.records, "employee", self.answers["owner"], self.lang)
            parts.append(say("Owner: {name}", self.lang, name=owner))
        if self.answers.get("department"):
            department = name_of(self.records, "department", self.answers["department"], self.lang)
            parts.append(say("Department: {name}", self.lang, name=department))
        moment = clock.to_local(self.records.clock.now()).strftime("%Y-%m-%d %H:%M")
        if self.actor.name:
            name = name_of(self.records, "employee", self.actor.employee, self.lang) if self.actor.employee else self.actor.name
            parts.append(say("As {name} sees it on {moment}", self.lang, name=name, moment=moment))
        else:
            parts.append(moment)
        return " · ".join(parts)


@dataclass(frozen=True)
class Report:
    """A report. record_type: the records it counts (exporting it needs their export right); make: the table of a question."""

    key: str
    title: str
    what: str
    icon: str
    record_type: type[Record]
    parameters: tuple[Parameter, ...]
    make: Callable[[Asked], Table]

    def answers(self, given: Mapping[str, Any] | None, today: date) -> dict[str, Any]:
        """Every parameter with the value given or its default. Raises Invalid for a value that does not fit."""
        given = given or {}
        return {one.key: one.check(given.get(one.key, one.default), today) for one in self.parameters}

    def run(
        self,
        records: Records,
        actor: Actor,
        parameters: Mapping[str, Any] | None = None,
        lang: str | None = None,
    ) -> Table:
        """The report as this person sees it: counted through the same scope as his lists."""
        today = records.clock.today()
        asked = Asked(records, actor, lang or actor.lang, today, self, self.answers(parameters, today))
        return self.make(asked)


def find_report(reports: Mapping[str, Report], key: str) -> Report:
    """The report of this key; NotFound with a sentence."""
    if key not in reports:
        raise NotFound(_("There is no report “{key}”. Choose one of: {keys}."), key=key, keys=", ".join(reports))
    return reports[key]


def pipelines(records: Records) -> list[str]:
    """The names of the pipelines, in the order of their stages."""
    return list(dict.fromkeys(stage.pipeline for stage in records.names.all("stage")))  # type: ignore[attr-defined]


def pipeline_label(name: str, lang: str) -> str:
    """The shipped pipeline by its word, others by the name the company gave them."""
    return Stage.declared()["pipeline"].kind.show(name, lang)
