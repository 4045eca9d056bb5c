"""Triggers on shares: only who sees a record by his own scope, and may share its kind, opens it to a colleague or ends that."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.core.guard import audit
from crm_desktop.core.guard.naming import NOBODY, granted, refuse, table
from crm_desktop.core.guard.sight import scoped
from crm_desktop.core.guard.writing import FIXED, MINE, Writing
from crm_desktop.core.record import Record

OPENED = ("ref_type", "ref_id", "employee")


class SharesWriting(Writing):
    """The rules of `core/sharing.py`, whose saving asks no other right than that to share the record."""

    def _plainly_added(self) -> str:
        return ""

    def _adding(self) -> list[str]:
        return [
            NOBODY,
            refuse("NEW.version <> 1 OR NEW.deleted_at IS NOT NULL", "version"),
            refuse(f"NOT ({MINE.format(row='NEW', column='created_by')})", "author"),
            refuse(f"NOT ({MINE.format(row='NEW', column='updated_by')})", "author"),
            refuse(f"NOT ({self._open('NEW')})", "share"),
            refuse(f"NOT ({self._of_record()})", "owner"),
        ]

    def _changing(self) -> list[str]:
        changed = audit.differ(["may_write", "until", "deleted_at"])
        handed = audit.differ(["owner", "department"])
        return [
            NOBODY,
            refuse(audit.differ([*FIXED, *OPENED]), "fixed"),
            refuse(f"NOT (NEW.updated_by <=> OLD.updated_by OR {MINE.format(row='NEW', column='updated_by')})", "author"),
            refuse("NEW.version NOT IN (OLD.version, OLD.version + 1)", "version"),
            refuse(f"{changed} AND NEW.version <> OLD.version + 1", "version"),
            refuse(f"{changed} AND NOT ({self._open('OLD')})", "share"),
            refuse(f"{handed} AND NOT ({self._of_record()})", "owner"),
        ]

    def _open(self, row: str) -> str:
        """The record shared is in the person's own scope, and he may share such records."""
        return self._each(row, lambda record_type: f"{granted(self.schema, 'share', record_type.key(), who='who')}"
                          f" AND {self._record(record_type, row, scoped(self.schema, record_type, 'p', 'who'))}")  # fmt: skip

    def _of_record(self) -> str:
        """A share has the owner of the record it opens."""
        whose = "p.owner <=> NEW.owner AND p.department <=> NEW.department"
        return self._each("NEW", lambda record_type: self._record(record_type, "NEW", whose))

    def _record(self, record_type: type[Record], row: str, condition: str) -> str:
        return f"EXISTS (SELECT 1 FROM {table(self.schema, record_type.key())} p WHERE p.id = {row}.ref_id AND {condition})"

    def _each(self, row: str, condition: Callable[[type[Record]], str]) -> str:
        cases = [f"WHEN '{key}' THEN {condition(one)}" for key, one in self.types.items() if one.screen.shared]
        return f"CASE {row}.ref_type {' '.join(cases)} ELSE FALSE END"
