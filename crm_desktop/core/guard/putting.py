"""Puts the guard of a database in place, anew after every migration, and says what of it is missing or was changed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from crm_desktop.core.guard import strict
from crm_desktop.core.guard.logins import pattern
from crm_desktop.core.guard.made import DOORBELL, Guard
from crm_desktop.core.guard.naming import VEILED, table
from crm_desktop.core.guard.unmaking import CHANGED as UNMADE
from crm_desktop.core.guard.veil import CHANGES, EXTRA, MASKED

if TYPE_CHECKING:
    from crm_desktop.database.steps import Steps

Run = Callable[..., list[tuple[Any, ...]]]

SEAL = """CREATE TABLE IF NOT EXISTS {name} (
    name VARCHAR(120) NOT NULL PRIMARY KEY,
    wanted CHAR(40) NOT NULL,
    found CHAR(40) NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"""


def open_up(steps: Steps, guard: Guard) -> None:
    """Take views and triggers away, so that nobody works while tables change; `put_up` brings them back."""
    run = steps.run
    ours = "SELECT table_schema, table_name FROM information_schema.views WHERE definer = ? ORDER BY table_name <> ?"
    for schema, name in run(ours, (f"{guard.sight}@%", DOORBELL)):
        run(f"DROP VIEW {table(schema, name)}")
    ours = "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = ? AND definer = ?"
    for (name,) in run(ours, (guard.schema, f"{guard.watch}@%")):
        run(f"DROP TRIGGER {table(guard.schema, name)}")


def put_up(steps: Steps, guard: Guard) -> None:
    """Make tables, accounts, triggers, views and procedures of the guard. May be run again at any time; the profile of reading
    stays what it is."""
    run = steps.run
    for sql in (*guard.tables.values(), SEAL.format(name=table(guard.schema, "guard_seal"))):
        run(sql)
    kept = f"INSERT INTO {table(guard.schema, 'guard_profile')} (id, strict, login, ids) VALUES (1, 0, '', ?)"
    run(f"{kept} ON DUPLICATE KEY UPDATE ids = VALUES(ids)", (" ".join(guard.ids),))
    for schema in guard.views:
        run(f"CREATE DATABASE IF NOT EXISTS `{schema}` CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin")
    for account in (guard.sight, guard.watch):
        # Nobody signs in with these; the password is as good as none for who tried.
        run(f"CREATE USER IF NOT EXISTS {_account(account)} IDENTIFIED BY '{secrets.token_hex(20)}' ACCOUNT LOCK")
        run(f"ALTER USER {_account(account)} ACCOUNT LOCK")
        run(f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {_account(account)}")
    for sql in guard.functions.values():
        run(sql)
    for sql in _grants(guard):
        run(sql)
    for name in set(_triggers(run, guard)) - guard.triggers.keys():
        run(f"DROP TRIGGER {table(guard.schema, name)}")
    for schema, name in _views(run, guard) - {(schema, name) for schema, views in guard.views.items() for name in views}:
        run(f"DROP VIEW {table(schema, name)}")
    # Views last: with them the door opens. The closed ones look through the veiled ones.
    schemas = sorted(guard.views, key=lambda schema: schema in (guard.app, guard.strict))
    for made in (guard.triggers, *guard.procedures.values(), *(guard.views[schema] for schema in schemas)):
        for sql in made.values():
            run(sql)
    run(f"DELETE FROM {table(guard.schema, 'guard_seal')}")
    for name, wanted, found in _seals(run, guard):
        run(f"INSERT INTO {table(guard.schema, 'guard_seal')} (name, wanted, found) VALUES (?, ?, ?)", (name, wanted, found))
    settle_doors(steps, guard)


def settle_doors(steps: Steps, guard: Guard) -> None:
    """Put every account behind its own door: that of the open views or, where reading is strict, that of the closed ones."""
    for login, free in steps.run(guard.misplaced):
        for statement in strict.placing(guard.schema, bool(free)):
            if statement.startswith("GRANT") or _has(steps.run, login, statement):
                steps.run(statement.format(who=_account(login)))


def _has(run: Run, login: str, statement: str) -> bool:
    schema = statement.split("`")[1]
    return bool(run("SELECT 1 FROM mysql.db WHERE user = ? AND host = '%' AND db = ?", (login, schema)))


def amiss(steps: Steps, guard: Guard) -> list[str]:
    """The names of views, triggers and procedures that are missing, out of date or were changed by somebody."""
    run = steps.run
    sealed: dict[str, tuple[str, str]] = {}
    if steps.has_table("guard_seal"):
        kept = run(f"SELECT name, wanted, found FROM {table(guard.schema, 'guard_seal')}")
        sealed = {name: (wanted, found) for name, wanted, found in kept}
    now = {name: (wanted, found) for name, wanted, found in _seals(run, guard)}
    wrong = [name for name, seals in now.items() if not seals[1] or sealed.get(name) != seals]
    ours = {(schema, name) for schema, views in guard.views.items() for name in views}
    foreign = {_named(guard, *view) for view in _views(run, guard) - ours} | set(_triggers(run, guard)) - guard.triggers.keys()
    return sorted({*wrong, *foreign})


def _grants(guard: Guard) -> Iterator[str]:
    sight, watch, schema = _account(guard.sight), _account(guard.watch), f"`{pattern(guard.schema)}`"
    yield f"GRANT SELECT ON {schema}.* TO {sight}"
    for name, powers in guard.powers.items():
        yield f"GRANT {powers} ON {table(guard.schema, name)} TO {sight}"
    yield f"GRANT SELECT, TRIGGER ON {schema}.* TO {watch}"
    for name in ("audit", "account", "journal"):
        yield f"GRANT INSERT ON {table(guard.schema, name)} TO {watch}"
    for name in guard.truth:
        yield f"GRANT UPDATE ON {table(guard.schema, name)} TO {watch}"
    for name in guard.kept:
        yield f"GRANT UPDATE (extra) ON {table(guard.schema, name)} TO {watch}"
    for name in guard.unmade:
        yield f"GRANT UPDATE ({', '.join(UNMADE)}) ON {table(guard.schema, name)} TO {watch}"
    for name in (MASKED, EXTRA, CHANGES):
        for account in (sight, watch):
            yield f"GRANT EXECUTE ON FUNCTION {table(guard.schema, name)} TO {account}"
    for name in ("user", "db"):
        yield f"GRANT SELECT ON `mysql`.`{name}` TO {watch}"
    yield f"GRANT UPDATE ON {table(guard.schema, 'guard_profile')} TO {watch}"
    yield f"GRANT CREATE USER, CONNECTION ADMIN ON *.* TO {watch}"
    for free in (True, False):
        for statement in strict.placing(guard.schema, free)[: 1 if free else 2]:
            yield statement.format(who=watch) + " WITH GRANT OPTION"
    for schema, rights in ((guard.app, "SELECT, UPDATE, DELETE"), (guard.schema + VEILED, "SELECT"), (guard.strict, "SELECT, EXECUTE")):
        yield f"GRANT {rights} ON `{pattern(schema)}`.* TO {sight}"


def _seals(run: Run, guard: Guard) -> Iterator[tuple[str, str, str]]:
    """(name, print of our text, print of the server's text); the latter '' when there is no such thing."""
    there = _views(run, guard)
    for schema, views in guard.views.items():
        for name, sql in views.items():
            found = _print(run(f"SHOW CREATE VIEW {table(schema, name)}")[0][1]) if (schema, name) in there else ""
            yield _named(guard, schema, name), _print(sql), found
    triggers = {row[0]: _print(*map(str, row[1:])) for row in run(_TRIGGERS, (guard.schema,))}
    for name, sql in guard.triggers.items():
        yield name, _print(sql), triggers.get(name, "")
    for schema, made in ((guard.schema, guard.functions), *guard.procedures.items()):
        routines = {row[0]: _print(*map(str, row[1:])) for row in run(_ROUTINES, (schema,))}
        for name, sql in made.items():
            yield _named(guard, schema, name), _print(sql), routines.get(name, "")


def _named(guard: Guard, schema: str, name: str) -> str:
    """What a view is called in a sentence: that of the ordinary door by its table alone."""
    return name if schema == guard.app else f"{schema.removeprefix(guard.schema)[1:]}.{name}"


_TRIGGERS = (
    "SELECT trigger_name, event_object_table, event_manipulation, action_timing, action_statement, definer"
    " FROM information_schema.triggers WHERE trigger_schema = ?"
)
_ROUTINES = (
    "SELECT routine_name, routine_definition, definer, security_type FROM information_schema.routines WHERE routine_schema = ?"
)


def _views(run: Run, guard: Guard) -> set[tuple[str, str]]:
    marks = ", ".join("?" * len(guard.views))
    rows = run(f"SELECT table_schema, table_name FROM information_schema.views WHERE table_schema IN ({marks})", tuple(guard.views))
    return {(schema, name) for schema, name in rows}


def _triggers(run: Run, guard: Guard) -> list[str]:
    return [row[0] for row in run("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = ?", (guard.schema,))]


def _print(*texts: str) -> str:
    return hashlib.sha1("\0".join(texts).encode()).hexdigest()


def _account(name: str) -> str:
    return f"`{name}`@`%`"
