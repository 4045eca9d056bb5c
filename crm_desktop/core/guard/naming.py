"""The words of the guard's SQL: who is signed in, what he was granted, how a refusal is raised."""

from __future__ import annotations

APP = "_app"  # the schema of the views is called as that of the tables, with this behind
STRICT, VEILED, BRINGS = "_strict", "_veiled", "_brings"  # those of strict reading (strict.py)

WHO = "SUBSTRING_INDEX(USER(), '@', 1)"
"""The account that signed in. CURRENT_USER() is the definer inside a view, and a user variable is the client's to set."""

NOW = "CAST('1970-01-01' + INTERVAL UNIX_TIMESTAMP(SYSDATE(3)) SECOND AS DATETIME(3))"
"""The moment in UTC by the server's own clock: UTC_TIMESTAMP() is what a client says it is (SET timestamp)."""

PLAINLY = "(?-imsxUJ)"
"""Stands before every pattern: a client may say what the signs of patterns mean (SET default_regex_flags), but not here."""

KEYS = ("role", "role_right", "employee")
"""Who may change these may give himself any right; so he, and nobody else, writes `acl`."""

LOGIN = "^[a-z][a-z0-9.-]{1,31}$"
"""User names that may become accounts of a server; those of the guard itself have a _ in them."""

TOLD = {"badge": ("employee", "login", "department", "adds"), "acl": ("login", "record_type", "kind", "value")}
"""The tables by which a server knows the rights, with their columns: who each account is, and what it may see and do. adds: the
types of which it may add records that are its own, with commas; that follows from `acl`, and a trigger asks it much more quickly."""

VOUCHED = "vouched"
"""A column that no view shows, so that nobody can write it: by it a procedure tells the triggers that it has asked already, once for many
rows, what they ask of each. Of a new row it is not 0, of a changed one not what it was."""

NOTED_DAYS = 1
"""How far a client's clock may be off."""

ALL, OWNER, DEPARTMENT = "all", "owner", "department"
"""Kinds of rows in `acl` besides the operations: what an account sees of a type."""


def app_schema(name: str) -> str:
    """The schema of the views over the tables of schema `name`."""
    return name + APP


def strict_schema(name: str) -> str:
    """What people see of schema `name` where reading is strict."""
    return name + STRICT


def table(schema: str, name: str) -> str:
    """A table with its schema, quoted."""
    return f"`{schema}`.`{name}`"


def granted(schema: str, kind: str, type_key: str, value: str = "0", who: str = WHO) -> str:
    """Whether the person has such a row in `acl`."""
    return (
        f"EXISTS (SELECT 1 FROM {table(schema, 'acl')} a WHERE a.login = {who} AND a.record_type = '{type_key}'"
        f" AND a.kind = '{kind}' AND a.value = {value})"
    )


def me(schema: str, who: str = WHO) -> str:
    """The employee who is signed in; NULL for an account that is nobody's."""
    return f"(SELECT b.employee FROM {table(schema, 'badge')} b WHERE b.login = {who})"


def known(schema: str) -> str:
    """Whether the account belongs to an employee who may work: others see nothing, not even names."""
    return f"EXISTS (SELECT 1 FROM {table(schema, 'badge')} b WHERE b.login = {WHO})"


def is_me(schema: str, employee: str, more: str = "") -> str:
    """Whether this employee is who is signed in. `more`: SQL about the badge `b`. The quickest question a trigger can ask."""
    return f"EXISTS (SELECT 1 FROM {table(schema, 'badge')} b WHERE b.employee = {employee} AND b.login = {WHO}{more})"


def refuse(condition: str, why: str) -> str:
    """A statement of a trigger that refuses the row under a condition; `why` is the word the program makes a sentence of."""
    return f"IF {condition} THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 1644, MESSAGE_TEXT = 'crm:{why}'; END IF;"


def procedure(app: str, definer: str, name: str, parameters: str, statements: list[str]) -> str:
    """A whole procedure, which runs on behalf of `definer`."""
    head = f"CREATE OR REPLACE DEFINER = `{definer}`@`%` PROCEDURE {table(app, name)} ({parameters}) SQL SECURITY DEFINER"
    return f"{head}\nBEGIN\n  " + "\n  ".join(statements) + "\nEND"


def body(schema: str, statements: list[str], event: str, name: str, on: str, definer: str) -> str:
    """A whole trigger; `who` and `me` are known in it."""
    return trigger(schema, knowing(schema, statements), event, name, on, definer)


def trigger(schema: str, block: str, event: str, name: str, on: str, definer: str) -> str:
    """A whole trigger around a block."""
    head = f"CREATE OR REPLACE DEFINER = `{definer}`@`%` TRIGGER {table(schema, name)} {event} ON {table(schema, on)} FOR EACH ROW"
    return f"{head}\n{block}"


def knowing(schema: str, statements: list[str]) -> str:
    """A block in which `who` and `me` are known."""
    lines = "\n  ".join(statements)
    return f"""BEGIN
  DECLARE who VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT {WHO};
  DECLARE me BIGINT DEFAULT {me(schema, "who")};
  {lines}
END"""


def vouching(name: str) -> str:
    """The statement that gives a table that column."""
    return f"ALTER TABLE {name} ADD COLUMN IF NOT EXISTS {VOUCHED} TINYINT NOT NULL INVISIBLE DEFAULT 0"


def late(moment: str, beyond: str) -> str:
    """How far a moment that a client tells is from the server's own, compared with what is allowed."""
    return f"ABS(TIMESTAMPDIFF(HOUR, {moment}, {NOW})) {beyond} {24 * NOTED_DAYS}"


NOBODY = refuse("me IS NULL", "nobody")
"""An account that is no employee's is refused at once."""
