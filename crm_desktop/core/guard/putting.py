"""Puts the guard of a database in place, anew after every migration, and says what of it is missing or was changed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from crm_desktop.core.guard.logins import GRANT, pattern
from crm_desktop.core.guard.made import DOORBELL, Guard
from crm_desktop.core.guard.naming import table

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
    ours = "SELECT table_name FROM information_schema.views WHERE table_schema = ? AND definer = ? ORDER BY table_name <> ?"
    for (name,) in run(ours, (guard.app, f"{guard.sight}@%", DOORBELL)):
        run(f"DROP VIEW {table(guard.app, name)}")
    ours = "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = ? AND definer = ?"
    for (name,) in run(ours, (guard.schema, f"{guard.watch}@%")):
        run(f"DROP TRIGGER {table(guard.schema, name)}")


def put_up(steps: Steps, guard: Guard) -> None:
    """Make tables, accounts, triggers, views and procedures of the guard. May be run again at any time."""
    run = steps.run
    for sql in (*guard.tables.values(), SEAL.format(name=table(guard.schema, "guard_seal"))):
        run(sql)
    run(f"CREATE DATABASE IF NOT EXISTS `{guard.app}` CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin")
    for account in (guard.sight, guard.watch):
        # Nobody signs in with these; the password is as good as none for who tried.
        run(f"CREATE USER IF NOT EXISTS {_account(account)} IDENTIFIED BY '{secrets.token_hex(20)}' ACCOUNT LOCK")
        run(f"ALTER USER {_account(account)} ACCOUNT LOCK")
        run(f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {_account(account)}")
    for sql in _grants(guard):
        run(sql)
    for name in set(_triggers(run, guard)) - guard.triggers.keys():
        run(f"DROP TRIGGER {table(guard.schema, name)}")
    for name in set(_views(run, guard)) - guard.views.keys():
        run(f"DROP VIEW {table(guard.app, name)}")
    # Views last: with them the door opens.
    for made in (guard.triggers, guard.procedures, guard.views):
        for sql in made.values():
            run(sql)
    run(f"DELETE FROM {table(guard.schema, 'guard_seal')}")
    for name, wanted, found in _seals(run, guard):
        run(f"INSERT INTO {table(guard.schema, 'guard_seal')} (name, wanted, found) VALUES (?, ?, ?)", (name, wanted, found))


def amiss(steps: Steps, guard: Guard) -> list[str]:
    """The names of views, triggers and procedures that are missing, out of date or were changed by somebody."""
    run = steps.run
    sealed: dict[str, tuple[str, str]] = {}
    if steps.has_table("guard_seal"):
        kept = run(f"SELECT name, wanted, found FROM {table(guard.schema, 'guard_seal')}")
        sealed = {name: (wanted, found) for name, wanted, found in kept}
    now = {name: (wanted, found) for name, wanted, found in _seals(run, guard)}
    wrong = [name for name, seals in now.items() if not seals[1] or sealed.get(name) != seals]
    foreign = set(_views(run, guard)) - guard.views.keys() | set(_triggers(run, guard)) - guard.triggers.keys()
    return sorted({*wrong, *foreign})


def _grants(guard: Guard) -> Iterator[str]:
    sight, watch, schema = _account(guard.sight), _account(guard.watch), f"`{pattern(guard.schema)}`"
    yield f"GRANT SELECT ON {schema}.* TO {sight}"
    for name, powers in guard.powers.items():
        yield f"GRANT {powers} ON {table(guard.schema, name)} TO {sight}"
    yield f"GRANT SELECT, TRIGGER ON {schema}.* TO {watch}"
    for name in ("audit", "account"):
        yield f"GRANT INSERT ON {table(guard.schema, name)} TO {watch}"
    for name in guard.truth:
        yield f"GRANT UPDATE ON {table(guard.schema, name)} TO {watch}"
    yield f"GRANT SELECT ON `mysql`.`user` TO {watch}"
    yield f"GRANT CREATE USER, CONNECTION ADMIN ON *.* TO {watch}"
    yield f"{GRANT.format(app=pattern(guard.app))} TO {watch} WITH GRANT OPTION"


def _seals(run: Run, guard: Guard) -> Iterator[tuple[str, str, str]]:
    """(name, print of our text, print of the server's text); the latter '' when there is no such thing."""
    there = set(_views(run, guard))
    for name, sql in guard.views.items():
        yield name, _print(sql), _print(run(f"SHOW CREATE VIEW {table(guard.app, name)}")[0][1]) if name in there else ""
    triggers = {row[0]: _print(*map(str, row[1:])) for row in run(_TRIGGERS, (guard.schema,))}
    for name, sql in guard.triggers.items():
        yield name, _print(sql), triggers.get(name, "")
    routines = {row[0]: _print(*map(str, row[1:])) for row in run(_ROUTINES, (guard.app,))}
    for name, sql in guard.procedures.items():
        yield name, _print(sql), routines.get(name, "")


_TRIGGERS = (
    "SELECT trigger_name, event_object_table, event_manipulation, action_timing, action_statement, definer"
    " FROM information_schema.triggers WHERE trigger_schema = ?"
)
_ROUTINES = (
    "SELECT routine_name, routine_definition, definer, security_type FROM information_schema.routines WHERE routine_schema = ?"
)


def _views(run: Run, guard: Guard) -> list[str]:
    return [row[0] for row in run("SELECT table_name FROM information_schema.views WHERE table_schema = ?", (guard.app,))]


def _triggers(run: Run, guard: Guard) -> list[str]:
    return [row[0] for row in run("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = ?", (guard.schema,))]


def _print(*texts: str) -> str:
    return hashlib.sha1("\0".join(texts).encode()).hexdigest()


def _account(name: str) -> str:
    return f"`{name}`@`%`"
