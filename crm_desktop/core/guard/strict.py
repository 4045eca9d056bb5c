"""Strict reading (profile B): what a person can read with whatever client is what he may see, with hidden numbers covered.

The views of `door.py` and `sight.py` filter rows, but a server evaluates a reader's own condition before theirs when it likes to,
and a condition can tell what it saw. Three more schemas shut that way:

    NAME_strict   closed views (a LIMIT keeps every other condition out), and procedures; may be selected from and called
    NAME_brings   views that can only be added to
    NAME_veiled   the same rows as open views, with hidden numbers covered; granted to nobody, `look` asks them by ids

A closed view reads all that its person sees, for each question. So the lists, counts and searches of the program do not ask it, but
go along an index of owners or departments that are the person's, as far as they need (`walks.py`).

An account has either NAME_app or NAME_strict and NAME_brings. Who sees every record of every type in full keeps NAME_app: a trick
tells him nothing, and a closed view of everything would be slow.
"""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.core.fields import Link
from crm_desktop.core.guard.naming import ALL, APP, BRINGS, NOW, PLAINLY, STRICT, VEILED, WHO, granted, procedure, refuse, table
from crm_desktop.core.guard.sight import Types
from crm_desktop.core.guard.veil import Veil
from crm_desktop.core.guard.walks import ALL_ROWS, closed, walking
from crm_desktop.database.strict import forms

MOST = 100_000
"""Customers up to which closed views are quick enough."""

CLOSED = ("journal", "setting", "presence", "audit")
"""Tables of the door with rows that are not for everybody."""

PROFILE = """CREATE TABLE IF NOT EXISTS {name} (
    id TINYINT NOT NULL PRIMARY KEY,
    strict TINYINT NOT NULL,
    since DATETIME NULL,
    login VARCHAR(80) NOT NULL,
    ids TEXT NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"""

_OWN_IDS = ("id", "actor", "record", "record_id", "about", "batch", "ref_id", "first", "second", "person", "hash", "undoes", "version")
_NUMBER, _TEXT = "-?[0-9]{1,19}", "_utf8mb4 x''[0-9A-F]*+''"
_OPEN_RIGHTS, _STRICT_RIGHTS = "SELECT, INSERT, UPDATE, DELETE, EXECUTE", "SELECT, EXECUTE"


def ids(types: Types) -> list[str]:
    """The columns that hold ids, by which rows may be asked for and changed."""
    links = {name for one in types.values() for name, field in one.declared().items() if isinstance(field, Link)}
    return sorted({*_OWN_IDS, *links})


def views(
    schema: str, name: str, condition: str, columns: str, shut: bool, added_to: bool, definer: str, ids: str = ""
) -> dict[str, str]:
    """Schema -> the statement that makes the view of a table there. ids: SQL for those of the rows that are seen, where it is
    quicker than to ask each row."""
    merged, undefined = (head(definer, how) for how in ("MERGE", "UNDEFINED"))
    own = table(schema, name)
    made = {STRICT: f"{merged} {table(schema + STRICT, name)} AS SELECT * FROM {own} t WHERE {condition}"}
    if shut:
        veiled = table(schema + VEILED, name)
        made[VEILED] = f"{merged} {veiled} AS SELECT {columns} FROM {own} t WHERE {condition}"
        rows = closed(own, columns, ids) if ids else f"SELECT * FROM {veiled} t LIMIT {ALL_ROWS}"
        made[STRICT] = f"{undefined} {table(schema + STRICT, name)} AS {rows}"
    if added_to:
        made[BRINGS] = f"{merged} {table(schema + BRINGS, name)} AS SELECT * FROM {own} t"
    return {schema + kind: sql for kind, sql in made.items()}


def head(definer: str, how: str) -> str:
    """The beginning of the statement that makes a view."""
    return f"CREATE OR REPLACE ALGORITHM = {how} DEFINER = `{definer}`@`%` SQL SECURITY DEFINER VIEW"


def procedures(schema: str, types: Types, closed: Iterable[str], walked: Iterable[str], definer: str) -> dict[str, str]:
    """`look` and `act`: statements of one form, run over the veiled and the open views; `walk` over those of `walked` tables."""
    look, act = forms(ids(types), _NUMBER, _TEXT)
    hidden = f"asked REGEXP '{PLAINLY} FROM `?(?:{'|'.join(closed)})`? WHERE '"
    named = f"'{PLAINLY} FROM `?([a-z0-9_]+)`? WHERE '"
    where = [f"REGEXP_REPLACE(asked, {named}, ' FROM `{schema}{kind}`.`\\1` WHERE ')" for kind in (VEILED, APP)]
    what = f"REGEXP_REPLACE(asked, '{PLAINLY}^(UPDATE|DELETE FROM) `?([a-z0-9_]+)`?', '\\1 `{schema}{APP}`.`\\2`')"
    asked = "IN asked LONGTEXT CHARACTER SET ascii COLLATE ascii_bin"
    made = {
        "look": [refuse(f"NOT COALESCE(asked REGEXP '{PLAINLY}{look}', 0)", "asked"), f"SET asked = IF({hidden}, {where[0]}, {where[1]});"],
        "act": [refuse(f"NOT COALESCE(asked REGEXP '{PLAINLY}{act}', 0)", "asked"), f"SET asked = {what};"],
    }
    strict = schema + STRICT
    told = {name: procedure(strict, definer, name, asked, [*lines, "EXECUTE IMMEDIATE asked;"]) for name, lines in made.items()}
    return told | {"walk": walking(schema, strict, definer, walked, _NUMBER, _TEXT)}


def doors(schema: str, types: Types, allowed: str) -> dict[str, tuple[str, list[str]]]:
    """Procedures of administrators, name -> (parameters, statements): the switch, and putting every account behind the door that
    is its own now."""
    profile, wrong = table(schema, "guard_profile"), misplaced(schema, types)
    kill = f"IF one <> {WHO} THEN {_immediate('KILL USER {who}')} END IF;"
    opened, shut = (list(map(_immediate, placing(schema, free))) for free in (True, False))
    # Who is connected goes on by his old door until he is cut off: what he adds by is taken away after that.
    opened.insert(-1, kill)
    lines = [
        allowed,
        "each_one: LOOP",
        "  SET free = NULL;",
        f"  SELECT m.login, m.free INTO one, free FROM ({wrong}) m WHERE m.login > one ORDER BY m.login LIMIT 1;",
        "  IF free IS NULL THEN LEAVE each_one; END IF;",
        f"  IF free THEN {' '.join(opened)}",
        f"  ELSE {' '.join([*shut, kill])} END IF;",
        "END LOOP;",
    ]
    said = ["DECLARE one VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT '';", "DECLARE free TINYINT;"]
    said.append("DECLARE CONTINUE HANDLER FOR 1141 BEGIN END;")  # there was nothing to take away
    many = refuse(f"wanted AND (SELECT COUNT(*) FROM {table(schema, 'customer')}) > {MOST}", "large")
    switch = [
        allowed, many,
        f"UPDATE {profile} SET strict = IF(wanted, 1, 0), since = {NOW}, login = {WHO} WHERE id = 1;",
        "CALL settle_doors();",
    ]  # fmt: skip
    return {"settle_doors": ("", [*said, *lines]), "read_strictly": ("IN wanted TINYINT", switch)}


def placing(schema: str, free: bool) -> list[str]:
    """What opens the one door to the account {who} and shuts the other."""
    app, strict, brings = (f"`{_pattern(schema + kind)}`.*" for kind in (APP, STRICT, BRINGS))
    own, shut = [(_OPEN_RIGHTS, app)], [(_STRICT_RIGHTS, strict), ("INSERT", brings)]
    give, take = (own, shut) if free else (shut, own)
    return [f"GRANT {rights} ON {what} TO {{who}}" for rights, what in give] + [
        f"REVOKE {rights} ON {what} FROM {{who}}" for rights, what in take
    ]


def misplaced(schema: str, types: Types) -> str:
    """SQL for the accounts that are not behind their door: (login, free), `free` for that of the open views."""
    on = f"COALESCE((SELECT p.strict FROM {table(schema, 'guard_profile')} p WHERE p.id = 1), 0)"
    free = f"(NOT {on} OR ({_sees_everything(schema, types)}))"
    there = "EXISTS (SELECT 1 FROM mysql.db d WHERE d.user = k.login AND d.host = '%' AND REPLACE(d.db, '\\', '') = '{}')"
    app, strict, brings = (there.format(schema + kind) for kind in (APP, STRICT, BRINGS))
    accounts = f"{table(schema, 'account')} k WHERE EXISTS (SELECT 1 FROM mysql.user u WHERE u.user = k.login AND u.host = '%')"
    every = f"SELECT k.login AS login, {free} AS free, {app} AS app, {strict} AS strict, {brings} AS brings FROM {accounts}"
    return f"SELECT e.login, e.free FROM ({every}) e WHERE e.app <> e.free OR e.strict = e.free OR e.brings = e.free"


def _sees_everything(schema: str, types: Types) -> str:
    parts = []
    for key, one in types.items():
        if one.screen.rights.see != "all":
            parts.append(granted(schema, ALL, key, who="k.login"))
            in_full = granted(schema, "plain", key, who="k.login")
            if not any(field.masked for field in one.declared().values()):
                in_full = f"({in_full} OR COALESCE(JSON_LENGTH({Veil(schema, types, one).list()}), 0) = 0)"
            parts.append(in_full)
    return " AND ".join(parts)


def _pattern(schema: str) -> str:
    return schema.replace("_", "\\_")


def _immediate(statement: str) -> str:
    text = "'" + statement.replace("'", "''").replace("{who}", "''', one, '''@''%''") + "'"
    return f"EXECUTE IMMEDIATE CONCAT({text});"
