"""All that the guard of one database consists of, as statements by name, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from crm_desktop.core.guard import audit, door
from crm_desktop.core.guard.door import Door
from crm_desktop.core.guard.logins import ACCOUNT, procedures
from crm_desktop.core.guard.naming import app_schema, table
from crm_desktop.core.guard.shares import SharesWriting
from crm_desktop.core.guard.sight import Types, seen
from crm_desktop.core.guard.writing import Writing
from crm_desktop.core.record import Record
from crm_desktop.core.sharing import Share


@dataclass(frozen=True)
class Guard:
    """Two accounts nobody can sign in with: `sight`, on whose behalf the views read and write, and `watch`, on whose behalf
    triggers and procedures check, audit and open accounts. tables, triggers, views, procedures: name -> SQL. powers: table ->
    what the views may do to it. truth: tables whose triggers put right whose a row is."""

    schema: str
    app: str
    sight: str
    watch: str
    tables: dict[str, str] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    views: dict[str, str] = field(default_factory=dict)
    procedures: dict[str, str] = field(default_factory=dict)
    powers: dict[str, str] = field(default_factory=dict)
    truth: list[str] = field(default_factory=list)


DOORBELL = "schema_version"


def guard_for(schema: str, types: Iterable[type[Record]]) -> Guard:
    """The guard of the schema with these record types."""
    known: Types = {record_type.key(): record_type for record_type in types}
    guard = Guard(schema, app_schema(schema), f"{schema}_sight", f"{schema}_watch")
    guard.tables["acl"] = door.ACL.format(name=table(schema, "acl"))
    guard.tables["audit"] = audit.AUDIT.format(name=table(schema, "audit"))
    guard.tables["account"] = ACCOUNT.format(name=table(schema, "account"))
    own = Door(schema, known, guard.watch)
    conditions = {key: seen(schema, known, record_type, "t") for key, record_type in known.items()}
    guard.powers.update(dict.fromkeys(known, "SELECT, INSERT, UPDATE, DELETE"))
    for record_type in known.values():
        kind = SharesWriting if record_type is Share else Writing
        guard.triggers.update(kind(schema, known, record_type, guard.watch).triggers())
        for name, (condition, link) in own.beside(record_type).items():
            conditions[name] = condition
            guard.powers[name] = "SELECT, INSERT, DELETE"
            guard.triggers.update(own.beside_triggers(name, record_type, link))
            if link == "id":
                guard.truth.append(name)
    conditions.update(own.views())
    guard.powers.update(own.powers())
    guard.triggers.update(own.triggers())
    for name, condition in conditions.items():
        head = f"CREATE OR REPLACE ALGORITHM = MERGE DEFINER = `{guard.sight}`@`%` SQL SECURITY DEFINER"
        guard.views[name] = f"{head} VIEW {table(guard.app, name)} AS SELECT * FROM {table(schema, name)} t WHERE {condition}"
    # Last: while it is missing nobody is let in (database.migrate.demand_current), so nobody meets a guard that is half put up.
    guard.views[DOORBELL] = guard.views.pop(DOORBELL)
    guard.procedures.update(procedures(guard.schema, guard.app, guard.watch))
    return guard
