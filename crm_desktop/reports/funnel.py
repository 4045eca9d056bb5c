"""The sales funnel: count and money per stage, and which share goes on from each stage to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.views import Condition, View
from crm_desktop.core.words import _, say
from crm_desktop.reports.counting import WEIGHTED_NOTE, Sums, Weighted, amount, counted, share
from crm_desktop.reports.report import Asked, Parameter, Report
from crm_desktop.reports.stages import FUNNEL_INDEX, Pipeline, pipeline
from crm_desktop.reports.table import Chart, Column, Drill, Row, Series, Table
from crm_desktop.reports.words import NOBODY, NONE, name_of, named

CONVERSION_NOTE = _(
    "Conversion: of the opportunities that came at least as far as the stage before, the share that came to this one. Counted"
    " by the furthest stage each opportunity ever reached, so a lost one counts up to where it was lost; void ones do not count."
)
WIN_NOTE = _("Win rate: won ones among all that were won or lost.")
BASES = (("created_at", _("Created")), ("expected_close", _("Expected close")))
ROWS = (("stage", _("Stages")), ("owner", _("Owners")), ("department", _("Departments")))


@dataclass
class Tally:
    """Opportunities of one pipeline, by the stage they are in (`now`) and by the furthest one they came to (`far`: how many
    came to each place of the way and no further)."""

    pipeline: Pipeline
    now: dict[int, Sums] = field(default_factory=dict)
    far: dict[int, int] = field(default_factory=dict)

    def add(self, stage: int, reached: int | None, count: int, money: int, weight: int) -> None:
        """Count a group of opportunities that are in one stage and reached another."""
        self.now.setdefault(stage, Sums()).add(count, money, weight)
        place = self._place(stage, reached)
        if place is not None:
            self.far[place] = self.far.get(place, 0) + count

    def _place(self, stage: int, reached: int | None) -> int | None:
        """How far along the way such opportunities came. One that is not won now came no further than the last open stage,
        even if it was won once."""
        if stage in self.pipeline.of("void") or not self.pipeline.way:
            return None
        won = set(self.pipeline.of("won"))
        places = {one.id: place for place, one in enumerate(self.pipeline.way)}
        open_places = [place for one, place in places.items() if one not in won] or [0]
        been = [places[one] for one in (stage, reached) if one in places]
        furthest = max(been, default=0)
        return furthest if stage in won else min(furthest, open_places[-1])

    def reached(self, place: int) -> int:
        """How many came at least to this place of the way."""
        return sum(count for furthest, count in self.far.items() if furthest >= place)

    def of(self, *kinds: str) -> Sums:
        """The sums over all stages of these kinds."""
        total = Sums()
        for stage in self.pipeline.of(*kinds):
            one = self.now.get(stage, Sums())
            total.add(one.count, one.amount, one.weighted)
        return total

    def win_rate(self) -> Decimal | None:
        """Won ones among all won or lost."""
        won, lost = self.of("won").count, self.of("lost").count
        return share(won, won + lost)


def _view(asked: Asked, chosen: Pipeline) -> View:
    period, basis = asked.period(), asked.answers["basis"]
    when = period.on_moments(basis) if basis == "created_at" else period.on_days(basis)
    return View(conditions=(*asked.people(), *when, *chosen.conditions()))


def _groups(asked: Asked, view: View) -> list[tuple[Any, ...]]:
    """(owner, stage, reached, department, count, amount, weighted), in the order of the funnel's index."""
    by = (Opportunity.owner, Opportunity.stage, Opportunity.reached, Opportunity.department)
    return counted(asked.records, asked.actor, Opportunity, view, by, (Opportunity.amount, Weighted()), FUNNEL_INDEX)


def _make(asked: Asked) -> Table:
    chosen = pipeline(asked.records, asked.answers["pipeline"] or "")
    view = _view(asked, chosen)
    groups = _groups(asked, view)
    total = Tally(chosen)
    for _owner, stage, reached, _department, *sums in groups:
        total.add(stage, reached, *sums)
    by_person = asked.answers["by"]
    if by_person == "stage":
        columns, rows, totals, chart = _by_stage(asked, view, total)
    else:
        columns, rows, totals, chart = _by_owner(asked, view, total, groups, by_person)
    basis = say(dict(BASES)[asked.answers["basis"]], asked.lang)
    when = say("{basis}: {period}", asked.lang, basis=basis, period=asked.period().label(asked.lang))
    notes = tuple(say(note, asked.lang) for note in (CONVERSION_NOTE, WIN_NOTE, WEIGHTED_NOTE))
    return Table(
        FUNNEL.key, say(FUNNEL.title, asked.lang), _summary(asked, total), asked.filter_line(when),
        columns, rows, asked.lang, totals, chart, notes,
    )  # fmt: skip


def _summary(asked: Asked, total: Tally) -> str:
    still, won = total.of("open"), total.of("won")
    parts = [
        say("Open: {count}, {money}, weighted {weighted}", asked.lang, count=f"{still.count:,}",
            money=_full(still.amount), weighted=_full(still.weighted)),
        say("Won: {count}, {money}", asked.lang, count=f"{won.count:,}", money=_full(won.amount)),
    ]  # fmt: skip
    rate = total.win_rate()
    if rate is not None:
        parts.append(say("Win rate {rate}", asked.lang, rate=RATE.show(rate)))
    return " · ".join(parts)


RATE = Column("rate", "", "rate")


def _full(minor: int) -> str:
    return Column("amount", "", "money").show(amount(minor))


Parts = tuple[tuple[Column, ...], tuple[Row, ...], tuple[Any, ...], Chart]


def _by_stage(asked: Asked, view: View, total: Tally) -> Parts:
    """One row for each stage of the way, then the ends."""
    lang, chosen = asked.lang, total.pipeline
    columns = (
        Column("stage", say("Stage", lang)),
        Column("count", say("In this stage now", lang), "number"),
        Column("amount", say("Amount", lang), "money"),
        Column("weighted", say("Weighted amount", lang), "money"),
        Column("reached", say("Came this far", lang), "number"),
        Column("conversion", say("Conversion", lang), "rate"),
        Column("overall", say("Of the first stage", lang), "rate"),
    )
    rows: list[Row] = []
    labels: list[str] = []
    heights: list[int] = []
    tones: list[str] = []
    texts: list[str] = []
    for place, stage in enumerate(chosen.way):
        now = total.now.get(stage.id, Sums())
        if stage.deleted_at is not None and not now.count:
            continue
        reached = total.reached(place)
        conversion = share(reached, heights[-1]) if heights else None
        overall = share(reached, heights[0]) if heights else None
        rows.append(_stage_row(stage, view, lang, now, reached, conversion, overall))
        labels.append(named(stage, lang))
        heights.append(reached)
        tones.append(stage.tone or "")
        texts.append(f"{reached:,} · {RATE.show(conversion)}" if conversion is not None else f"{reached:,}")
    for stage in chosen.ends:
        now = total.now.get(stage.id, Sums())
        if stage.deleted_at is None or now.count:
            rows.append(_stage_row(stage, view, lang, now, None, None, None))
    series = Series(say("Came this far", lang), tuple(heights))
    chart = Chart("funnel", tuple(labels), (series,), "number", tuple(tones), tuple(texts), say("Came this far", lang))
    everything = total.of("open", "won", "lost", "void")
    totals = (
        say("Total", lang), everything.count, amount(everything.amount), amount(everything.weighted), None, None, None,
    )  # fmt: skip
    return columns, tuple(rows), totals, chart


def _stage_row(stage: Any, view: View, lang: str, now: Sums, *way: Any) -> Row:
    values = (now.count, amount(now.amount), amount(now.weighted), *way)
    drill = Drill(Opportunity.key(), view.where(Condition("stage", "one_of", [stage.id])))
    return Row((named(stage, lang), *values), drill, stage.tone or "")


def _by_owner(asked: Asked, view: View, total: Tally, groups: Sequence[tuple[Any, ...]], by: str) -> Parts:
    """One row for each owner or department: how far their opportunities came, what is open, what was won."""
    lang, chosen = asked.lang, total.pipeline
    key = 0 if by == "owner" else 3
    tallies: dict[int | None, Tally] = {}
    for group in groups:
        tallies.setdefault(group[key], Tally(chosen)).add(group[1], group[2], *group[4:])
    shown = [place for place, stage in enumerate(chosen.way) if stage.kind == "open" and (stage.deleted_at is None)]
    columns = (
        Column(by, say(dict(ROWS)[by], lang)),
        Column("count", say("Opportunities", lang), "number"),
        *(Column(f"reached_{chosen.way[place].code}", named(chosen.way[place], lang), "number") for place in shown),
        Column("won", say("Won", lang), "number"),
        Column("lost", say("Lost", lang), "number"),
        Column("win_rate", say("Win rate", lang), "rate"),
        Column("open", say("Open amount", lang), "money"),
        Column("weighted", say("Weighted amount", lang), "money"),
        Column("won_amount", say("Won amount", lang), "money"),
    )
    ordered = sorted(
        tallies.items(),
        key=lambda item: (-item[1].of("won").amount, -item[1].of("open").amount, item[0] or 0),
    )
    type_key, nobody = ("employee", NOBODY) if by == "owner" else ("department", NONE)
    rows = []
    for one, tally in ordered:
        condition = Condition(by, "one_of", [one]) if one else Condition(by, "empty")
        label = name_of(asked.records, type_key, one, lang, nobody)
        rows.append(Row((label, *_figures(tally, shown)), Drill(Opportunity.key(), view.where(condition))))
    won = tuple(row.values[-1] for row in rows)
    chart = Chart("bar", tuple(row.values[0] for row in rows), (Series(say("Won amount", lang), won),))
    return columns, tuple(rows), (say("Total", lang), *_figures(total, shown)), chart


def _figures(tally: Tally, shown: Sequence[int]) -> tuple[Any, ...]:
    still, won = tally.of("open"), tally.of("won")
    return (
        tally.of("open", "won", "lost", "void").count,
        *(tally.reached(place) for place in shown),
        won.count,
        tally.of("lost").count,
        tally.win_rate(),
        amount(still.amount),
        amount(still.weighted),
        amount(won.amount),
    )


FUNNEL = Report(
    "funnel",
    _("Sales funnel"),
    _("Count and money per stage, and the conversion from each stage to the next."),
    "funnel",
    Opportunity,
    (
        Parameter("period", _("Period"), "period", "last_12_months"),
        Parameter("basis", _("Date"), "choice", "created_at", BASES),
        Parameter("owner", _("Owner"), "employee"),
        Parameter("department", _("Department"), "department"),
        Parameter("pipeline", _("Pipeline"), "pipeline", ""),
        Parameter("by", _("One row for each"), "choice", "stage", ROWS),
    ),
    _make,
)
