"""Settings kept in the database, for the company and for each person: key -> JSON value.

Layouts, printer calibrations and last choices are settings of a person; the company's name and currency are everybody's.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crm_desktop.core.ids import new_id
from crm_desktop.core.numbering import REVISION, draw
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.database.engine import Database
    from crm_desktop.database.unit import Tx


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
    """All settings of a person are read at once and kept; `person` 0 is the company."""

    def __init__(self, database: Database):
        self._database = database
        self._known: dict[int, dict[str, str]] = {}
        self._before: dict[int, dict[str, str]] = {}  # forgotten ones, for as long as the server does not answer
        self._changes = 0
        self._lock = threading.Lock()

    def get(self, name: str, default: Any = None, person: int | None = 0) -> Any:
        """The value, or `default` when it was never set. It is the caller's own: changing it changes nothing here."""
        text = self._of(person or 0).get(name)
        value = json.loads(text) if text is not None else None
        return default if value is None else value

    def _of(self, person: int) -> dict[str, str]:
        with self._lock:
            found, changes = self._known.get(person), self._changes
            if found is None and not self._database.reached:
                found = self._before.get(person)
        if found is None:
            found = dict(self._database.read("SELECT name, value FROM setting WHERE person = ?", (person,)))
            with self._lock:
                if changes == self._changes:  # else something was changed while this was read
                    self._known[person] = found
                    self._before.pop(person, None)
        return found

    def put(self, name: str, value: Any, person: int | None = 0) -> None:
        """Set a value; None forgets it."""
        self.change(name, lambda _before: value, person)

    def change(self, name: str, work: Callable[[Any], Any], person: int | None = 0) -> Any:
        """Set a value to what `work` makes of the one before (None when there is none): nothing another desktop of the
        same person added meanwhile is lost. Gives the new value."""
        key = (person or 0, name)

        def write(tx: Tx) -> Any:
            lock = " FOR UPDATE" if tx.engine == "mysql" else ""
            rows = tx.run(f"SELECT value FROM setting WHERE person = ? AND name = ?{lock}", key)
            value = work(json.loads(rows[0][0]) if rows else None)
            if value is None:
                tx.run("DELETE FROM setting WHERE person = ? AND name = ?", key)
            elif rows:
                tx.run("UPDATE setting SET value = ? WHERE person = ? AND name = ?", (json.dumps(value, ensure_ascii=False), *key))
            else:
                text = json.dumps(value, ensure_ascii=False)
                tx.run("INSERT INTO setting (id, person, name, value) VALUES (?, ?, ?, ?)", (new_id(), *key, text))
            if not key[0]:
                draw(tx, REVISION)
            return value

        value = self._database.write(write, minor=bool(person))
        with self._lock:
            self._changes += 1
            self._known.pop(key[0], None)
        return value

    def forget(self) -> None:
        """Read everything anew when next asked."""
        with self._lock:
            self._changes += 1
            self._before.update(self._known)
            self._known.clear()
