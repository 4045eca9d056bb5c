"""Counters for numbers people read (contracts, quotations): one row each, incremented inside the transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.database.unit import Tx

REVISION = "names"
"""Counts the changes of what every desktop keeps in memory: names of staff, stages, picklists, company settings."""


class Counter(peewee.Model):
    """The last number given in a series, such as 'contract:HT-2026-'."""

    name = peewee.CharField(max_length=80)
    value = peewee.IntegerField(default=0)

    class Meta:
        table_name = "counter"
        primary_key = peewee.CompositeKey("name")


def draw(tx: Tx, name: str) -> int:
    """The next number of a counter. Its row stays locked until the commit, so two clients never draw the same one."""
    count = ("UPDATE counter SET value = value + 1 WHERE name = ?", (name,))
    tx.run(*count)
    if not tx.changed:
        ignore = "INSERT IGNORE" if tx.engine == "mysql" else "INSERT OR IGNORE"
        tx.run(f"{ignore} INTO counter (name, value) VALUES (?, 0)", (name,))
        tx.run(*count)
    value: int = tx.run("SELECT value FROM counter WHERE name = ?", (name,))[0][0]
    return value
