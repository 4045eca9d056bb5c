"""The SQL that reports share: sums over the scoped question of a list, with the one rule for weighted amounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core import money
from crm_desktop.core.access import Actor
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.through import Through
from crm_desktop.core.views import View
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee

WEIGHTED_NOTE = _("Weighted: amount × probability, rounded half up to the cent for each opportunity, then added up.")
COUNT = peewee.fn.COUNT(peewee.SQL("*"))


@dataclass
class Sums:
    """How many opportunities, their amounts and weighted amounts in minor units."""

    count: int = 0
    amount: int = 0
    weighted: int = 0

    def add(self, count: int, money: int, weight: int) -> None:
        """Count a group in."""
        self.count += count
        self.amount += money
        self.weighted += weight


class Weighted(peewee.ColumnBase):
    """Amount × probability in minor units, each row rounded half up: `Opportunity.weighted`, as SQL, exact on both engines.

    SQLite divides whole numbers whole; a server would overflow at the largest amounts, so there it counts in decimals.
    """

    def __sql__(self, ctx: Any) -> Any:
        money, chance = Opportunity.amount, Opportunity.probability
        if (ctx.state.quote or "").startswith("`"):
            return ctx.literal("ROUND(CAST(").sql(money).literal(" AS DECIMAL(30)) * ").sql(chance).literal(" / 100)")
        ctx.literal("((").sql(money).literal(" * ").sql(chance).literal(" + CASE WHEN ").sql(money)
        return ctx.literal(" < 0 THEN -50 ELSE 50 END) / 100)")


def counted(
    records: Records, actor: Actor, record_type: type[Record], view: View, by: Sequence[Any], sums: Sequence[Any] = (),
    through: Through | None = None,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Rows of (values of `by`…, how many, sums…) over what a list with this view shows to this person.

    One query, grouped in the order of the index it goes through where that begins with `by`; what colleagues share is added
    from a second one.
    """
    columns = [*by, COUNT, *(peewee.fn.SUM(one) for one in sums)]
    own, *besides = (part.select(*columns) for part in records.listing(record_type, actor, view).parts())
    queries: list[Any] = [own if through is None else own.from_(through), *besides]
    if by:
        queries = [query.group_by(*by) for query in queries]
    width = len(by)
    found: dict[tuple[Any, ...], list[int]] = {}
    for query in queries:
        for row in records.database.read(query):
            known, counted_now = found.get(row[:width]), [row[width], *(whole(value) for value in row[width + 1 :])]
            found[row[:width]] = [a + b for a, b in zip(known, counted_now, strict=True)] if known else counted_now
    return [(*group, *figures) for group, figures in found.items()]


def whole(value: Any) -> int:
    """A sum as the engines give it (int, float, decimal or NULL) as a whole number."""
    return 0 if value is None else round(value)


def amount(minor: int) -> Decimal:
    """Minor units as an amount."""
    return money.from_minor(minor)


def share(part: int | Decimal, of: int | Decimal) -> Decimal | None:
    """part / of, None when there is nothing to divide by."""
    return round(Decimal(part) / Decimal(of), 6) if of else None
