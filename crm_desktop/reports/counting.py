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
from crm_desktop.core.views import View
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.tables import Index

WEIGHTED_NOTE = _("Weighted: amount × probability, rounded half up to the cent for each opportunity, then added up.")
COUNT = peewee.fn.COUNT(peewee.SQL("*"))


class Through(peewee.Node):
    """A record table read through the index on these columns: without statistics the engines would rather take the one whose
    second column is limited, and then look up a million rows."""

    def __init__(self, record_type: type[Record], *columns: str):
        self.record_type, self.name = record_type, Index(columns).name(record_type.key())

    def __sql__(self, ctx: Any) -> Any:
        mysql = (ctx.state.quote or "").startswith("`")
        return ctx.sql(self.record_type).literal(f" FORCE INDEX (`{self.name}`)" if mysql else f' INDEXED BY "{self.name}"')


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


def weighted() -> Any:
    """Amount × probability in minor units, each row rounded half up: `Opportunity.weighted`, as SQL.

    × 1.0 lets a server calculate in decimals, where whole numbers could overflow; SQLite's floats are exact up to 2**53.
    """
    return peewee.fn.ROUND(Opportunity.amount * (Opportunity.probability * peewee.SQL("1.0")) / peewee.SQL("100"))


def counted(
    records: Records, actor: Actor, record_type: type[Record], view: View, by: Sequence[Any], sums: Sequence[Any] = (),
    through: Through | None = None,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Rows of (values of `by`…, how many, sums…) over what a list with this view shows to this person.

    One query, grouped in the order of the index it goes through where that begins with `by`.
    """
    where = records.listing(record_type, actor, view).condition()
    columns = [*by, COUNT, *(peewee.fn.SUM(one) for one in sums)]
    query = record_type.select(*columns).where(where)
    if through is not None:
        query = query.from_(through)
    if by:
        query = query.group_by(*by)
    width = len(by)
    return [(*row[: width + 1], *(whole(value) for value in row[width + 1 :])) for row in records.database.read(query)]


def whole(value: Any) -> int:
    """A sum as the engines give it (int, float, decimal or NULL) as a whole number."""
    return 0 if value is None else round(value)


def amount(minor: int) -> Decimal:
    """Minor units as an amount."""
    return money.from_minor(minor)


def share(part: int | Decimal, of: int | Decimal) -> Decimal | None:
    """part / of, None when there is nothing to divide by."""
    return round(Decimal(part) / Decimal(of), 6) if of else None
