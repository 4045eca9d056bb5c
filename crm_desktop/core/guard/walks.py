"""Strict reading led by whose the rows are: closed views read what their person sees instead of everything, and a list, a count
or a search goes along the rows of its owners in their own order (database/walking.py)."""

from __future__ import annotations

from collections.abc import Iterable

from crm_desktop.core.fields import Link
from crm_desktop.core.find import table as find_table
from crm_desktop.core.guard.naming import ALL, DEPARTMENT, OWNER, PLAINLY, VEILED, WHO, granted, me, procedure, refuse, table
from crm_desktop.core.guard.sight import Types, opened, scoped
from crm_desktop.core.record import Record
from crm_desktop.core.sharing import Share
from crm_desktop.database.models import tables_for
from crm_desktop.database.tables import Index
from crm_desktop.database.walking import TITLED, WHOLE, form, source

ALL_ROWS = 18446744073709551615
LEADERS = (OWNER, DEPARTMENT)
"""The columns whose values `acl` grants, under the names of its kinds."""


def seen_ids(schema: str, types: Types, record_type: type[Record]) -> str:
    """SQL for the ids of all records of a type that a person sees: those of `sight.seen`, each from an index."""
    own, key = table(schema, record_type.key()), record_type.key()
    ways = [
        f"SELECT t.id FROM {table(schema, 'acl')} a STRAIGHT_JOIN {own} t FORCE INDEX (`{_leading(record_type, kind)}`)"
        f" WHERE {_granted(key, kind)} AND t.deleted_at IS NULL"
        for kind in LEADERS
    ]
    conditions = [granted(schema, ALL, key), f"t.deleted_at IS NOT NULL AND {scoped(schema, record_type, 't')}"]
    if record_type is Share:
        conditions.append(f"t.employee = {me(schema)}")
    if record_type.told:
        conditions.append(f"t.created_by = {me(schema)}")
    ways += [f"SELECT t.id FROM {own} t WHERE {condition}" for condition in conditions]
    return " UNION ".join([*ways, *opened(schema, types, record_type, me(schema))])


def found_ids(schema: str, types: Types, record_type: type[Record]) -> str:
    """The same of its search index."""
    own, key = table(schema, find_table(record_type.key())), record_type.key()
    ways = [f"SELECT t.id FROM {table(schema, 'acl')} a STRAIGHT_JOIN {own} t WHERE {_granted(key, kind)}" for kind in LEADERS]
    return f"{' UNION '.join(ways)} UNION {seen_ids(schema, types, record_type)}"


def closed(own: str, columns: str, ids: str) -> str:
    """What a closed view selects: these rows of a table, one by one by their ids. The LIMIT keeps every other condition out."""
    return f"SELECT {columns} FROM ({ids}) seen STRAIGHT_JOIN {own} t ON t.id = seen.id LIMIT {ALL_ROWS}"


def paths(schema: str, types: Types, record_type: type[Record], head: str, columns: str, of_index: bool = False) -> dict[str, str]:
    """The views that walks go along, whatever the person may see: an index of the column they are led by is used, or none."""
    name = find_table(record_type.key()) if of_index else record_type.key()
    made = {}
    for kind in LEADERS:
        indexes = [f"{name}_{kind}"] if of_index else _indexes(types, record_type, kind)
        hint = f"FORCE INDEX ({', '.join(f'`{one}`' for one in indexes)})"
        path = path_name(name, kind)
        made[path] = f"{head} {table(schema + VEILED, path)} AS SELECT {columns} FROM {table(schema, name)} t {hint}"
    return made


def path_name(name: str, kind: str) -> str:
    return f"{name}_by_{kind}"


def walking(schema: str, place: str, definer: str, names: Iterable[str], number: str, text: str) -> str:
    """The procedure `walk`: each question goes along the rows it begins with, as far as those are the person's; else it is asked of
    the closed view of the same name."""
    veiled, where, bracket = schema + VEILED, source(number), PLAINLY + r"\([^()]*+\)"
    everything = granted(schema, ALL, "{type}").replace("'{type}'", "kind")
    many = "1 + CHAR_LENGTH(given) - CHAR_LENGTH(REPLACE(given, ',', ''))"
    theirs = f"SELECT COUNT(*) FROM {table(schema, 'acl')} a WHERE a.login = {WHO} AND a.record_type = kind AND a.kind = led"
    theirs += f" AND FIND_IN_SET(a.value, REGEXP_REPLACE(given, '{PLAINLY}[^-0-9,]', ''))"
    plain = form(number, text, _PATH, *_ALIASES)
    forms = f"NOT COALESCE(one REGEXP '{PLAINLY}{plain}', 0)", f"COALESCE(rest REGEXP '{PLAINLY}[()]', 1)"
    walked = list(names)
    parts = ", ".join(f"'{name}'" for name in walked)
    # A title is looked up by its id in a view that asks of that one row whether it is seen; the closed view would read them all.
    titled = TITLED.replace("[a-z_]+", "|".join(name for name in walked if not name.startswith("find_")))
    groups = [f"  SET {what} = REGEXP_REPLACE(rest, CONCAT('{PLAINLY}^', source, '$'), '\\{n}');" for n, what in enumerate(_GROUPS, 1)]
    lines = [
        "DECLARE one, rest, made LONGTEXT CHARACTER SET ascii COLLATE ascii_bin DEFAULT '';",
        "DECLARE name, kind, alias, led, living, given, way LONGTEXT CHARACTER SET ascii COLLATE ascii_bin;",
        f"DECLARE source TEXT CHARACTER SET ascii COLLATE ascii_bin DEFAULT '{where}';",
        "DECLARE place INT DEFAULT 0;",
        refuse(f"NOT COALESCE(whole REGEXP '{PLAINLY}{WHOLE.replace('{number}', '[0-9]{1,9}')}', 0)", "asked"),
        "WHILE asked <> '' DO",
        "  SET one = SUBSTRING_INDEX(asked, '\n', 1), asked = SUBSTRING(asked, CHAR_LENGTH(one) + 2), rest = one;",
        f"  {refuse(forms[0], 'asked')}",
        # Brackets that close what they did not open would lead out of the walk.
        f"  WHILE rest REGEXP '{bracket}' DO SET rest = REGEXP_REPLACE(rest, '{bracket}', ''); END WHILE;",
        f"  {refuse(forms[1], 'asked')}",
        f"  SET rest = REGEXP_SUBSTR(one, CONCAT('{PLAINLY}', source));",
        *groups,
        f"  SET kind = REGEXP_REPLACE(name, '{PLAINLY}^find_', ''), alias = IF(alias = '', name, alias);",
        f"  SET living = REGEXP_SUBSTR(living, '{PLAINLY}deleted_at.*NULL');",
        "  SET living = IF(living = '', '', CONCAT(REPLACE(living, '`', ''), ' AND '));",
        f"  IF name NOT IN ({parts}) THEN SET way = name;",
        f"  ELSEIF led = 'id' THEN SET way = CONCAT('(SELECT * FROM `{veiled}`.', name, ' WHERE id ', given, ' LIMIT {ALL_ROWS})');",
        f"  ELSEIF {everything} THEN SET way = CONCAT('`{veiled}`.', name);",
        f"  ELSEIF led <> '' AND (living <> '' OR name <> kind) AND ({theirs}) = {many} THEN",
        f"    SET way = CONCAT('(SELECT * FROM `{veiled}`.', name, '_by_', led, ' WHERE ', living, led, ' ', given, ')');",
        "  ELSE SET way = name; END IF;",
        f"  SET one = REPLACE(one, rest, CONCAT('FROM ', way, ' AS ', alias, REGEXP_SUBSTR(rest, '{PLAINLY} WHERE .*$')));",
        f"  SET one = REGEXP_REPLACE(one, '{PLAINLY}{titled}(?=`t[0-9]+`\\.`id` = `t)', 'FROM `{veiled}`.\\1 AS \\2 WHERE (');",
        "  SET way = CASE LEFT(whole, 3) WHEN '' THEN '' WHEN 'ids' THEN 'SELECT id FROM (' WHEN 'cou' THEN 'SELECT COUNT(*) FROM ('",
        "    ELSE 'SELECT * FROM (' END;",
        "  SET made = CONCAT(made, IF(place, ' UNION ALL ', ''), way, one, IF(whole = '', '', CONCAT(') AS p', place)));",
        "  SET place = place + 1;",
        "END WHILE;",
        "SET made = CASE LEFT(whole, 3) WHEN 'ids' THEN CONCAT(made, SUBSTRING(whole, 4))",
        "  WHEN 'gro' THEN CONCAT('SELECT v, COUNT(*) FROM (', made, ') AS u GROUP BY v ORDER BY MIN(o)')",
        "  WHEN 'mer' THEN CONCAT('SELECT * FROM (', made, ') AS u ORDER BY ', SUBSTRING(whole, 8)) ELSE made END;",
        "EXECUTE IMMEDIATE made;",
    ]
    kind = "CHARACTER SET ascii COLLATE ascii_bin"
    return procedure(place, definer, "walk", f"IN asked LONGTEXT {kind}, IN whole VARCHAR(400) {kind}", lines)


_GROUPS = ("name", "alias", "living", "led", "given")  # of walking.source
_ALIASES = r"\g{-1}", r"(?!\g{-1})`t[0-9]+`"
"""Else a title's condition could ask rows for more than their ids, before it is known whether they are seen."""
_PATH = r"''(?:\$\.[a-z0-9_]+)?''"


def _granted(key: str, kind: str) -> str:
    return f"a.login = {WHO} AND a.record_type = '{key}' AND a.kind = '{kind}' AND t.`{kind}` = a.value"


def _leading(record_type: type[Record], kind: str) -> str:
    """The index that has living records by a column in the order of their titles."""
    return Index(("deleted_at", kind, "sort_key")).name(record_type.key())


def _indexes(types: Types, record_type: type[Record], kind: str) -> list[str]:
    """The indexes that have living records by a column, and those of links, which have few rows each and are asked by ids anyway."""
    fields = record_type.declared()
    links = {
        name
        for name, field in fields.items()
        if name not in LEADERS and isinstance(field, Link) and types[field.kind.target].screen.rights.see != "all"
    }
    return [
        index.name(record_type.key())
        for index in tables_for([record_type])[0].indexes
        if index.columns[:2] == ("deleted_at", kind) or next(name for name in index.columns if name != "deleted_at") in links
    ]
