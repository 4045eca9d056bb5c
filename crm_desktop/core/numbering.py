"""Counters for numbers people read (customer codes, contracts): one row each, incremented inside the transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.record import Record
    from crm_desktop.core.unit import Unit
    from crm_desktop.database.unit import Tx

REVISION = "names"
"""Counts the changes of what every desktop keeps in memory: names of staff, stages, picklists, company settings."""
NODES = "node"
"""Counts the programs that have written to this database: each makes its ids as another node (ids.py)."""
DIGITS = 6
_AHEAD = 1_000


class Counter(peewee.Model):
    """The last number given in a series, such as 'contract:HT-2026-'."""

    name = peewee.CharField(max_length=80)
    value = peewee.IntegerField(default=0)

    class Meta:
        table_name = "counter"
        primary_key = peewee.CompositeKey("name")


def draw(tx: Tx, name: str, count: int = 1, guarded: bool = False) -> int:
    """The next number of a counter, or the last of the next `count`. Its row stays locked until the commit, so two clients
    never draw the same one. On a guarded server a counter goes up by one only."""
    ways = [(1, name)] * count if guarded else [(count, name)]
    count_up = "UPDATE counter SET value = value + ? WHERE name = ?"
    tx.run(count_up, ways[0])
    if not tx.changed:
        ignore = "INSERT IGNORE" if tx.engine == "mysql" else "INSERT OR IGNORE"
        tx.run(f"{ignore} INTO counter (name, value) VALUES (?, 0)", (name,))
        tx.run(count_up, ways[0])
    if ways[1:]:
        tx.many(count_up, ways[1:])
    value: int = tx.run("SELECT value FROM counter WHERE name = ?", (name,))[0][0]
    return value


def numbered(record_type: type[Record]) -> dict[str, str]:
    """The fields that get a running number when they are left empty: name -> what it begins with."""
    return {name: field.series for name, field in record_type.declared().items() if field.series}


def give(unit: Unit, record_type: type[Record], name: str, count: int) -> list[str]:
    """The next `count` running numbers of a field; none that a record has already, because somebody typed or imported it."""
    prefix, series, guarded = numbered(record_type)[name], f"{record_type.key()}:{name}", unit.records.database.guarded
    given: list[int] = []
    while wanted := count - len(given):
        last = draw(unit.tx, series, wanted, guarded)
        taken = _taken(unit, record_type, name, prefix, last - wanted + 1, wanted)
        given += [number for number in range(last - wanted + 1, last + 1) if number not in taken]
        if taken:  # What was imported has numbers in a row: step over them at once.
            ahead, after = _taken(unit, record_type, name, prefix, last + 1, _AHEAD), last
            while after + 1 in ahead:
                after += 1
            if after > last:
                draw(unit.tx, series, after - last, guarded)
    return [f"{prefix}{number:0{DIGITS}d}" for number in given]


def _taken(unit: Unit, record_type: type[Record], name: str, prefix: str, first: int, count: int) -> set[int]:
    """Which of the `count` numbers from `first` on records have, those in the recycle bin too."""
    start = f"{first:0{DIGITS}d}"
    end = str(min(first + count - 1, 10 ** len(start) - 1)).zfill(len(start))
    # Longer codes stand between these too, by the hundred thousand: no more is asked for than is needed.
    between = f"`{name}` >= ? AND `{name}` <= ? AND LENGTH(`{name}`) = ?"
    sql = f"SELECT `{name}` FROM `{record_type.key()}` WHERE {between}"
    ends = [code[len(prefix) :] for (code,) in unit.tx.run(sql, (prefix + start, prefix + end, len(prefix + start)))]
    return {int(end) for end in ends if end.isascii() and end.isdigit()}
