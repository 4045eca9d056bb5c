"""All that the guard of one database consists of, as statements by name, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from crm_desktop.core.guard import audit, door, strict, unmaking, walks
from crm_desktop.core.guard.door import Door
from crm_desktop.core.guard.logins import ACCOUNT, procedures
from crm_desktop.core.guard.naming import VEILED, app_schema, strict_schema, table, vouching
from crm_desktop.core.guard.shares import SharesWriting
from crm_desktop.core.guard.sight import Types, seen
from crm_desktop.core.guard.unseen import held_unseen
from crm_desktop.core.guard.veil import Veil, functions
from crm_desktop.core.guard.writing import Writing
from crm_desktop.core.record import Record
from crm_desktop.core.sharing import Share


@dataclass(frozen=True)
class Guard:
    """Two accounts nobody can sign in with: `sight`, on whose behalf the views read and write, and `watch`, on whose behalf
    triggers and procedures check, audit and open accounts. tables, triggers, functions: name -> SQL; views, procedures: schema ->
    name -> SQL. powers: table -> what the views may do to it. truth: tables whose triggers put right whose a row is; kept: those
    whose triggers keep what was hidden from the writer; unmade: those of which a procedure bins many rows at once. misplaced: SQL for
    the accounts that are behind the wrong door."""

    schema: str
    app: str
    sight: str
    watch: str
    tables: dict[str, str] = field(default_factory=dict)
    triggers: dict[str, str] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    views: dict[str, dict[str, str]] = field(default_factory=dict)
    procedures: dict[str, dict[str, str]] = field(default_factory=dict)
    powers: dict[str, str] = field(default_factory=dict)
    truth: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    unmade: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    misplaced: str = ""

    @property
    def strict(self) -> str:
        """The schema of the closed views."""
        return strict_schema(self.schema)


DOORBELL = "schema_version"


def guard_for(schema: str, types: Iterable[type[Record]]) -> Guard:
    """The guard of the schema with these record types."""
    known: Types = {record_type.key(): record_type for record_type in types}
    guard = Guard(schema, app_schema(schema), f"{schema}_sight", f"{schema}_watch")
    guard.tables["acl"] = door.ACL.format(name=table(schema, "acl"))
    guard.tables["badge"] = door.BADGE.format(name=table(schema, "badge"))
    guard.tables["journal"] = vouching(table(schema, "journal"))
    guard.unmade.extend(unmaking.unmade(known))
    guard.tables.update({name: vouching(table(schema, name)) for name in guard.unmade})
    guard.tables["audit"] = audit.AUDIT.format(name=table(schema, "audit"))
    guard.tables["account"] = ACCOUNT.format(name=table(schema, "account"))
    guard.tables["guard_profile"] = strict.PROFILE.format(name=table(schema, "guard_profile"))
    own = Door(schema, known, guard.watch)
    conditions = {key: seen(schema, known, record_type, "t") for key, record_type in known.items()}
    columns: dict[str, str] = {}
    closed: set[str] = set(strict.CLOSED)
    alike_of: dict[str, type[Record]] = {}
    ids: dict[str, str] = {}
    merged = strict.head(guard.sight, "MERGE")
    veiled = guard.views.setdefault(schema + VEILED, {})
    guard.powers.update(dict.fromkeys(known, "SELECT, INSERT, UPDATE, DELETE"))
    for key, record_type in known.items():
        kind = SharesWriting if record_type is Share else Writing
        guard.triggers.update(kind(schema, known, record_type, guard.watch).triggers())
        guard.kept.append(key)
        scoped, veil = record_type.screen.rights.see != "all", Veil(schema, known, record_type)
        if scoped:
            closed.add(key)
            columns[key], ids[key] = veil.columns("t"), walks.seen_ids(schema, known, record_type)
            veiled.update(walks.paths(schema, known, record_type, merged, columns[key]))
        for name, (condition, link) in own.beside(record_type).items():
            conditions[name] = condition
            guard.powers[name] = "SELECT, INSERT, DELETE"
            guard.triggers.update(own.beside_triggers(name, record_type, link))
            if link == "id":
                guard.truth.append(name)
            if scoped:
                closed.add(name)
                if link == "id":
                    columns[name], ids[name] = veil.grams("t"), walks.found_ids(schema, known, record_type)
                    veiled.update(walks.paths(schema, known, record_type, merged, columns[name], of_index=True))
                else:
                    alike_of[name] = record_type
    conditions.update(own.views())
    columns["journal"] = own.journal_columns()
    guard.powers.update(own.powers())
    guard.triggers.update(own.triggers())
    for name, condition in conditions.items():
        head = f"CREATE OR REPLACE ALGORITHM = MERGE DEFINER = `{guard.sight}`@`%` SQL SECURITY DEFINER"
        plain = f"{head} VIEW {table(guard.app, name)} AS SELECT * FROM {table(schema, name)} t WHERE {condition}"
        guard.views.setdefault(guard.app, {})[name] = plain
        shut, added_to = name in closed, "INSERT" in guard.powers[name]
        if name in alike_of:
            condition = f"({condition}) AND {Veil(schema, known, alike_of[name]).keys_seen('t')}"
        told, seen_by_id = columns.get(name, "t.*"), ids.get(name, "")
        made = strict.views(schema, name, condition, told, shut, added_to, guard.sight, seen_by_id)
        for place, sql in made.items():
            guard.views.setdefault(place, {})[name] = sql
    # Last: while it is missing nobody is let in (database.migrate.demand_current), so nobody meets a guard that is half put up.
    for place in (guard.app, guard.strict):
        guard.views[place][DOORBELL] = guard.views[place].pop(DOORBELL)
    guard.ids.extend(strict.ids(known))
    guard.functions.update(functions(schema, guard.watch))
    for place in (guard.app, guard.strict):
        guard.procedures[place] = procedures(guard.schema, known, place, guard.watch) | {"note_new": own.noting(place)}
        guard.procedures[place]["unmake"] = unmaking.unmaking(schema, known, place, guard.watch)
        guard.procedures[place]["held_unseen"] = held_unseen(schema, known, place, guard.watch)
    guard.procedures[guard.strict] |= strict.procedures(schema, known, sorted(closed), sorted(ids), guard.sight)
    guard.procedures[guard.strict]["respell"] = own.respelling(guard.strict)
    return replace(guard, misplaced=strict.misplaced(schema, known))
