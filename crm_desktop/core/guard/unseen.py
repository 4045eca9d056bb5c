"""Whether a record is there already that the person may not see: a server says whose it is, and which of the asked keys it holds."""

from __future__ import annotations

from crm_desktop.core import alike
from crm_desktop.core.guard.naming import NOBODY, PLAINLY, WHO, granted, me, procedure, refuse, table
from crm_desktop.core.guard.sight import Types, seen

LONGEST = 6_000  # characters of the keys of one question


def held_unseen(schema: str, types: Types, place: str, definer: str) -> str:
    """The procedure: keys of duplicates (numbers with commas) -> (owner, those of them a record holds), a row for each record. Only
    for who may write such records, because it tells him that somebody has a number, and who; nothing else of the record."""
    lines = [
        f"DECLARE me BIGINT DEFAULT {me(schema)};",
        NOBODY,
        refuse(f"CHAR_LENGTH(asked) > {LONGEST} OR NOT COALESCE(asked REGEXP '{PLAINLY}^[0-9]{{1,10}}(,[0-9]{{1,10}})*+$', 0)", "asked"),
    ]
    for key, record_type in types.items():
        if record_type.compared is None or record_type.screen.rights.see == "all":
            continue
        both = f"{table(schema, alike.table(key))} k JOIN {table(schema, key)} r ON r.id = k.record"
        hidden = f"r.deleted_at IS NULL AND NOT {seen(schema, types, record_type, 'r')}"
        head = f"SELECT r.owner, GROUP_CONCAT(k.hash) FROM {both} WHERE k.hash IN (".replace("'", "''")
        tail = f") AND {hidden} GROUP BY r.id ORDER BY r.id DESC LIMIT {alike.MOST}".replace("'", "''")
        may = " OR ".join(granted(schema, right, key, who=WHO) for right in ("add", "edit"))
        lines += [
            f"IF kind = '{key}' THEN",
            f"  {refuse(f'NOT ({may})', 'right')}",
            f"  EXECUTE IMMEDIATE CONCAT('{head}', asked, '{tail}', IF(locked, ' LOCK IN SHARE MODE', ''));",
            "END IF;",
        ]
    word = "CHARACTER SET ascii COLLATE ascii_bin"
    parameters = f"IN kind VARCHAR(40) {word}, IN asked TEXT {word}, IN locked TINYINT"
    return procedure(place, definer, "held_unseen", parameters, lines)
