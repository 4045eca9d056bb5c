"""A procedure that puts many of one's own new records into the recycle bin, as the undo of an import does (core/unmaking.py)."""

from __future__ import annotations

from crm_desktop.core.find import RUN
from crm_desktop.core.guard.door import JOURNAL
from crm_desktop.core.guard.naming import NOBODY, VOUCHED, WHO, late, me, procedure, refuse, table
from crm_desktop.core.guard.sight import Types, written
from crm_desktop.core.guard.writing import BINNED, Writing
from crm_desktop.core.record import Record
from crm_desktop.core.unmaking import suits

CHANGED = (*BINNED, VOUCHED)
"""What is written of each."""
_RUN = "r.id BETWEEN one AND one + (many - 1)"


def unmade(types: Types) -> list[str]:
    """The types of which it takes records."""
    return [key for key, record_type in types.items() if suits(record_type)]


def unmaking(schema: str, types: Types, place: str, definer: str) -> str:
    """The ids rise by one. Asked once for all of them is what the trigger asks of each: whether they live as he and nobody else has made
    them, and are in his sight; and whether others have something that would be left behind."""
    lines = [
        f"DECLARE who VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT {WHO};",
        f"DECLARE me BIGINT DEFAULT {me(schema, 'who')};",
        "DECLARE there INT DEFAULT 0;",
        NOBODY,
        refuse(f"NOT COALESCE({late('moment', '<=')}, FALSE)", "clock"),
        refuse(f"NOT COALESCE(many BETWEEN 1 AND {RUN}, FALSE)", "asked"),
    ]
    each = [f"WHEN '{key}' THEN BEGIN\n  {_of_type(schema, types, types[key], definer)}\n  END;" for key in unmade(types)]
    lines.append(f"CASE COALESCE(kind, '')\n  {' '.join(each)}\n  ELSE {refuse('TRUE', 'asked')}\n  END CASE;")
    kind = "IN kind VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
    parameters = f"{kind}, IN act BIGINT, IN moment DATETIME, IN entry BIGINT, IN one BIGINT, IN many INT"
    return procedure(place, definer, "unmake", parameters, lines)


def _of_type(schema: str, types: Types, record_type: type[Record], definer: str) -> str:
    records = f"{table(schema, record_type.key())} r"
    own = f"{_RUN} AND r.deleted_at IS NULL AND r.version = 1 AND r.created_by = me AND r.updated_by = me"
    set_ = "r.deleted_at = moment, r.version = r.version + 1, r.updated_at = moment, r.updated_by = me"
    said = "SELECT entry + (r.id - one), act, moment, me, kind, r.id, 'delete', NULL, '', 1"
    statements = [
        # Locked as they are now: what is asked of them is true of what is written.
        f"SELECT COUNT(*) INTO there FROM {records} WHERE {own} AND {written(schema, types, record_type, 'r')} FOR UPDATE;",
        refuse("NOT COALESCE(there = many, FALSE)", "right"),
        *Writing(schema, types, record_type, definer).bereft("TRUE", "BETWEEN one AND one + (many - 1)"),
        f"UPDATE {records} SET {set_}, r.{VOUCHED} = 1 - r.{VOUCHED} WHERE {_RUN};",
        f"INSERT INTO {table(schema, 'journal')} ({', '.join((*JOURNAL, 'changes', VOUCHED))}) {said} FROM {records} WHERE {_RUN};",
    ]
    return "\n  ".join(statements)
