"""What small records (stages, staff, departments) are called in the language of a report."""

from __future__ import annotations

from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say

NOBODY = _("(nobody)")
NONE = _("(none)")


def named(row: Record, lang: str) -> str:
    """The name of a small record in a language, as far as it has one."""
    words = getattr(row, "name_en", "") if lang == "en" else getattr(row, "name_tw", "") if lang == "zh_TW" else ""
    return words or str(getattr(row, type(row).title_field) or "")


def name_of(records: Records, type_key: str, record_id: int | None, lang: str, without: str = NONE) -> str:
    """The name of a small record by its id; `without` when there is none."""
    row = records.names.rows(type_key).get(record_id) if record_id else None
    return named(row, lang) if row else say(without, lang)
