"""Which rows of a record type a person sees, as SQL over `acl`: the predicate of the views and of what triggers check."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.core.guard.naming import ALL, DEPARTMENT, NOW, OWNER, WHO, granted, known, me, table
from crm_desktop.core.record import Record
from crm_desktop.core.sharing import ZONE, Share, ways

Types = Mapping[str, type[Record]]


def scoped(schema: str, record_type: type[Record], row: str, who: str = WHO) -> str:
    """The data scope: everything, some owners, some departments. `row` is an alias, or OLD or NEW."""
    key = record_type.key()
    ways = [
        granted(schema, ALL, key, who=who),
        granted(schema, OWNER, key, f"{row}.owner", who),
        granted(schema, DEPARTMENT, key, f"{row}.department", who),
    ]
    return f"({' OR '.join(ways)})"


def shared(schema: str, types: Types, record_type: type[Record], row: str, myself: str, writing: bool = False) -> list[str]:
    """What colleagues opened to the person, one condition for each way a share opens records of the type.

    The last day of a share ends at midnight where the company is, by the server's clock; until it is known where that is, twelve
    hours late rather than early.
    """
    return [f"{row}.deleted_at IS NULL AND EXISTS (SELECT 1 FROM {given})"
            for given in _given(schema, types, record_type, row, myself, writing)]  # fmt: skip


def opened(schema: str, types: Types, record_type: type[Record], myself: str) -> list[str]:
    """The same as SQL for their ids, led by the shares: nobody is given many."""
    own = table(schema, record_type.key())
    return [
        f"SELECT t.id FROM {given.replace(' WHERE ', f' STRAIGHT_JOIN {own} t WHERE t.deleted_at IS NULL AND ', 1)}"
        for given in _given(schema, types, record_type, "t", myself, writing=False)
    ]


def today(schema: str, unknown: int) -> str:
    """The day it is where the company is, by the server's clock; `unknown`: minutes from UTC until it is known where that is."""
    zone = f"SELECT CAST(z.value AS SIGNED) FROM {table(schema, 'setting')} z WHERE z.person = 0 AND z.name = '{ZONE}'"
    return f"DATE({NOW} + INTERVAL COALESCE(({zone}), {unknown}) MINUTE)"


def _given(schema: str, types: Types, record_type: type[Record], row: str, myself: str, writing: bool) -> list[str]:
    given = []
    for way in ways(record_type, types):
        valid = f"s.employee = {myself} AND s.ref_type = '{way.target}' AND s.ref_id = {row}.`{way.link}` AND s.deleted_at IS NULL"
        valid += f" AND (s.until IS NULL OR s.until >= {today(schema, -720)})"
        valid += " AND s.may_write = 1" if writing else ""
        valid += "".join(f" AND {row}.`{other}` IS NULL" for other in way.unless)
        if way.same_owner:
            owner = f"p.id = {row}.`{way.link}` AND p.owner = {row}.owner"
            valid += f" AND EXISTS (SELECT 1 FROM {table(schema, way.target)} p WHERE {owner})"
        given.append(f"{table(schema, 'share')} s WHERE {valid}")
    return given


def seen(schema: str, types: Types, record_type: type[Record], row: str, who: str = WHO, myself: str = "") -> str:
    """What a view shows of a type; `who` and `myself` are known in a trigger, and looked up in a view."""
    if record_type.screen.rights.see == "all":
        return known(schema)
    myself = myself or me(schema)
    conditions = [scoped(schema, record_type, row, who), *shared(schema, types, record_type, row, myself)]
    if record_type is Share:
        conditions.append(f"{row}.employee = {myself}")
    if record_type.told:
        # A note to a colleague stays in the sight of who wrote it, so that one act makes one note.
        conditions.append(f"{row}.created_by = {myself}")
    return f"({' OR '.join(conditions)})"


def written(schema: str, types: Types, record_type: type[Record], row: str) -> str:
    """Whose content a person may change, given the right to edit the type; in a trigger."""
    if record_type.screen.rights.see == "all":
        return "TRUE"
    conditions = [scoped(schema, record_type, row, "who"), *shared(schema, types, record_type, row, "me", writing=True)]
    if record_type.told:
        conditions.append(f"{row}.created_by = me")
    return f"({' OR '.join(conditions)})"
