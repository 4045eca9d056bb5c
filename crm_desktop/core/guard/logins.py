"""Procedures by which an administrator opens, locks and ends accounts of the server without being its master."""

from __future__ import annotations

from crm_desktop.core.guard import strict
from crm_desktop.core.guard.naming import KEYS, LOGIN, NOW, PLAINLY, granted, known, procedure, refuse, table
from crm_desktop.core.guard.sight import Types

HASH = "^[*][0-9A-F]{40}$"

ACCOUNT = """CREATE TABLE IF NOT EXISTS {name} (
    login VARCHAR(80) NOT NULL PRIMARY KEY,
    opened_at DATETIME NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"""

_TEXT = "VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"


def procedures(schema: str, types: Types, place: str, definer: str) -> dict[str, str]:
    """Name -> SQL, in the schema `place`. A password comes as the server's own hash, so that none stands in a log.

    Only accounts that were opened here are ever changed: an employee called like the server's master gets none.
    """
    keeper = " OR ".join(granted(schema, "edit", key) for key in KEYS)
    allowed = refuse(f"NOT ({keeper})", "acl")
    named = refuse(f"one NOT REGEXP '{PLAINLY}{LOGIN}'", "login")
    hashed = refuse(f"word NOT REGEXP '{PLAINLY}{HASH}'", "login")
    person = f"SELECT 1 FROM {table(schema, 'employee')} e WHERE e.login = one AND e.deleted_at IS NULL AND e.state <> 'left'"
    employed = refuse(f"NOT EXISTS ({person})", "nobody")
    ours = f"EXISTS (SELECT 1 FROM {table(schema, 'account')} k WHERE k.login = one)"
    foreign = refuse(f"NOT {ours} AND EXISTS (SELECT 1 FROM mysql.user u WHERE u.user = one)", "taken")
    opened = refuse(f"NOT {ours}", "unopened")
    myself = refuse("one = SUBSTRING_INDEX(USER(), '@', 1)", "myself")
    create, change = (f"{what} {{who}} IDENTIFIED BY PASSWORD {{word}}" for what in ("CREATE USER IF NOT EXISTS", "ALTER USER"))
    made = {
        "open_login": (
            f"IN one {_TEXT}, IN word {_TEXT}",
            [
                *(named, hashed, employed, foreign),
                *_run(create, change, "ALTER USER {who} ACCOUNT UNLOCK"),
                f"INSERT IGNORE INTO {table(schema, 'account')} (login, opened_at) VALUES (one, {NOW});",
                "CALL settle_doors();",
            ],
        ),
        "lock_login": (f"IN one {_TEXT}", [opened, myself, *_run("ALTER USER {who} ACCOUNT LOCK", "KILL USER {who}")]),
        "log_off": (f"IN one {_TEXT}", [opened, myself, *_run("KILL USER {who}")]),
    }
    asked = [refuse(f"NOT {known(schema)}", "nobody")]
    for key, record_type in types.items():
        for name in record_type.unique:
            same = f"c.`{name}` = said AND c.id <> one AND c.deleted_at IS NULL"
            count = f"SELECT COUNT(*) FROM {table(schema, key)} c WHERE {same} LOCK IN SHARE MODE;"
            asked.append(f"IF kind = '{key}' THEN {count} END IF;")
    taken = procedure(place, definer, "number_taken", f"IN kind {_TEXT}, IN said {_TEXT.replace('80', '400')}, IN one BIGINT", asked)
    told = {name: procedure(place, definer, name, parameters, [allowed, *lines]) for name, (parameters, lines) in made.items()}
    told["number_taken"] = taken
    doors = strict.doors(schema, types, allowed)
    return {name: procedure(place, definer, name, parameters, lines) for name, (parameters, lines) in doors.items()} | told


def pattern(schema: str) -> str:
    """A schema as GRANT wants it: an underscore would stand for any sign."""
    return schema.replace("_", "\\_").replace("%", "\\%")


def _run(*statements: str) -> list[str]:
    """Run statements on the account `one`, with the hash `word`: both have been matched against their patterns."""
    made = []
    for statement in statements:
        text = "'" + statement.replace("'", "''") + "'"
        text = text.replace("{who}", "''', one, '''@''%'' ").replace("{word}", "''', word, '''")
        made.append(f"EXECUTE IMMEDIATE CONCAT({text});")
    return made
