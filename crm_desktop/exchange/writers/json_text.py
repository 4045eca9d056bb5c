"""Writes records as JSON: a list of objects, each on a line of its own, keys as the fields are named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import IO, Any

from crm_desktop.exchange.writers.columns import Column


class JsonWriter:
    """One list, in UTF-8."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column]):
        self._file = file
        self._names = [column.name or column.heading for column in columns]
        self._begun = False

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Write a packet of rows of JSON values."""
        lines = [json.dumps(dict(zip(self._names, row, strict=True)), ensure_ascii=False) for row in rows]
        if lines:
            self._file.write(((",\n" if self._begun else "[\n") + ",\n".join(lines)).encode("utf-8", "replace"))
            self._begun = True

    def close(self) -> None:
        """End the list; the file object stays open."""
        self._file.write(b"\n]\n" if self._begun else b"[]\n")

    def abandon(self) -> None:
        """Nothing is held back that would have to be dropped."""
