"""Settings kept in the database, for the company and for each person: key -> JSON value.

Layouts, printer calibrations and last choices are settings of a person; the company's name and currency are everybody's.
"""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

from crm_desktop.core.ids import new_id
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.database import Database


class Setting(peewee.Model):
    """One setting; `person` is 0 for the company's own."""

    id = peewee.BigAutoField()
    person = peewee.BigIntegerField(default=0)
    name = peewee.CharField(max_length=120)
    value = peewee.TextField(default="")

    class Meta:
        table_name = "setting"
        indexes = ((("person", "name"), True),)


class Settings:
    """Reads through a small cache; `person` 0 is the company."""

    def __init__(self, database: Database):
        self._database = database
        self._known: dict[tuple[int, str], Any] = {}
        self._lock = threading.Lock()

    def get(self, name: str, default: Any = None, person: int | None = 0) -> Any:
        """The value, or `default` when it was never set."""
        key = (person or 0, name)
        with self._lock:
            if key in self._known:
                return self._known[key]
        rows = self._database.read("SELECT value FROM setting WHERE person = ? AND name = ?", key)
        value = json.loads(rows[0][0]) if rows else default
        if rows:
            with self._lock:
                self._known[key] = value
        return value

    def put(self, name: str, value: Any, person: int | None = 0) -> None:
        """Set a value; None forgets it."""
        key = (person or 0, name)
        text = json.dumps(value, ensure_ascii=False)

        def write(tx: Any) -> None:
            tx.run("DELETE FROM setting WHERE person = ? AND name = ?", key)
            if value is not None:
                tx.run("INSERT INTO setting (id, person, name, value) VALUES (?, ?, ?, ?)", (new_id(), *key, text))

        self._database.write(write)
        with self._lock:
            self._known.pop(key, None)
