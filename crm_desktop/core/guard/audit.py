"""The audit: triggers write each changed row down in the same transaction; nobody has a right on the table but to read it."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.core.guard.naming import NOW, table

AUDIT = """CREATE TABLE IF NOT EXISTS {name} (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    at DATETIME(3) NOT NULL,
    login VARCHAR(80) NOT NULL,
    host VARCHAR(255) NOT NULL,
    connection BIGINT NOT NULL,
    record_type VARCHAR(40) NOT NULL,
    record_id BIGINT NOT NULL,
    action VARCHAR(20) NOT NULL,
    changes LONGTEXT NOT NULL,
    INDEX audit_record (record_id, record_type),
    INDEX audit_at (at)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"""


def line(schema: str, on: str, action: str, row: str, changes: str, record_id: str = "id") -> str:
    """The statement that writes one line; `changes` is SQL for a JSON text."""
    return (
        f"INSERT INTO {table(schema, 'audit')} (at, login, host, connection, record_type, record_id, action, changes)"
        f" VALUES ({NOW}, SUBSTRING_INDEX(USER(), '@', 1), SUBSTRING_INDEX(USER(), '@', -1), CONNECTION_ID(),"
        f" '{on}', {row}.{record_id}, '{action}', {changes});"
    )


def values(columns: Sequence[str], row: str) -> str:
    """SQL for a JSON object of all columns of a row."""
    pairs = ", ".join(f"'{name}', {row}.`{name}`" for name in columns)
    return f"JSON_OBJECT({pairs})"


def differences(columns: Sequence[str]) -> str:
    """SQL for a JSON object of the columns that differ: name -> [before, after]."""
    parts = ", ".join(
        f"""IF(OLD.`{name}` <=> NEW.`{name}`, NULL, CONCAT('"{name}":', JSON_ARRAY(OLD.`{name}`, NEW.`{name}`)))"""
        for name in columns
    )
    return f"CONCAT('{{', CONCAT_WS(',', {parts}), '}}')"


def differ(columns: Sequence[str]) -> str:
    """SQL that tells whether a row changed in any of the columns."""
    return "NOT (" + " AND ".join(f"OLD.`{name}` <=> NEW.`{name}`" for name in columns) + ")"
