"""Saves that could not reach the server, as text: kept over the end of the program and sent at its next start.

A kept save holds the record as it stood in the database and as it was typed. Sent later it goes the ordinary way: what
colleagues changed meanwhile is merged, what both changed is asked about, and rights are checked anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from crm_desktop.core.record import Record, from_row, stored_values


def packed(record: Record) -> str:
    """A record on its way, as text."""
    return json.dumps({"type": record.key(), "stood": record.stored, "typed": stored_values(record)}, ensure_ascii=False)


def unpacked(types: Mapping[str, type[Record]], text: str) -> Record | None:
    """The record of `packed`, ready to be saved; None when this version of the program cannot read it."""
    try:
        told = json.loads(text)
        record_type = types[told["type"]]
        stood, typed = told["stood"], told["typed"]
        record = from_row(record_type, list(typed), tuple(typed.values()))
    except (ValueError, TypeError, KeyError):
        return None
    record.stored = stood
    return record


def summary(record: Record, fields: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """(field, value) of what was typed and is not in the database yet, to be shown to the person."""
    before, now = record.stored or {}, stored_values(record)
    return [(name, now[name]) for name in fields if name in now and now[name] not in (before.get(name), None, "")]
