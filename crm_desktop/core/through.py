"""A record table read through one of its indexes, where an engine that knows nothing of the rows would take another."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.record import Record
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.tables import Index


class Through(peewee.Node):
    """`query.from_(Through(Opportunity, "deleted_at", "owner", …))`: the index on exactly these columns is used.

    Without statistics both engines guess: they rather walk everybody's rows in the order asked for, or look up a million rows
    behind a shorter index, than search the one that was made for the question.
    """

    def __init__(self, record_type: type[Record], *columns: str):
        self.record_type, self.name = record_type, Index(columns).name(record_type.key())

    def __sql__(self, ctx: Any) -> Any:
        mysql = (ctx.state.quote or "").startswith("`")
        hint = f" FORCE INDEX (`{self.name}`)" if mysql else f' INDEXED BY "{self.name}"'
        return ctx.sql(self.record_type).literal(hint)
