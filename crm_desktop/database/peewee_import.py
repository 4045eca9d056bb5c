"""Brings peewee in without the database drivers it would load by itself.

`import peewee` loads every driver it finds: pymysql (with ssl and cryptography, 100 ms of the start), psycopg
and the standard sqlite3. The program talks to its drivers itself and needs none of that before a server is
really used. While peewee is imported here those names count as not installed, and sqlcipher3, our SQLite for
plain files too, stands in under the name pysqlite3, which peewee prefers: so peewee's idea of the SQLite
version is the one that is used. And modules of the standard library, with OpenSSL and others behind them, come when they
are first used: by fields and cursors that the program does not have, and, `logging`, by whoever has something to say.

Rooms that know peewee write `from crm_desktop.database.peewee_import import peewee`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from sqlcipher3 import dbapi2

from crm_desktop.core.later import later

_NOT_WANTED = ("sqlite3", "pymysql", "MySQLdb", "psycopg", "psycopg2", "psycopg2cffi")


class _Logger:
    """Peewee's own, until somebody brings `logging` in: before that nobody can have asked for its lines."""

    def __init__(self, name: str):
        self._name = name

    def addHandler(self, handler: object) -> None:
        """One that does nothing."""

    def isEnabledFor(self, level: int) -> bool:
        """Asked with every statement."""
        logging = sys.modules.get("logging")
        if logging is None:
            return False
        real = logging.getLogger(self._name)
        peewee.logger = real  # type: ignore[attr-defined]
        return bool(real.isEnabledFor(level))


def _import_without_drivers() -> None:
    stand_in = ModuleType("pysqlite3")
    stand_in.dbapi2 = dbapi2  # type: ignore[attr-defined]
    # None in sys.modules makes an import fail as if the package were not there; what is already loaded stays.
    aside: dict[str, ModuleType | None] = {name: None for name in _NOT_WANTED if name not in sys.modules}
    aside["pysqlite3"] = stand_in
    sys.modules.update(aside)  # type: ignore[arg-type]
    try:
        with later("calendar", "hashlib", "inspect", "logging", "socket", "uuid") as stand_ins:
            # All that peewee takes from them at once.
            if "inspect" in stand_ins:
                vars(stand_ins["inspect"]).update(isclass=lambda one: isinstance(one, type))
            if "logging" in stand_ins:
                vars(stand_ins["logging"]).update(getLogger=_Logger, NullHandler=object, DEBUG=10)
            import peewee  # noqa: F401
    finally:
        for name in aside:
            sys.modules.pop(name, None)


_import_without_drivers()

import peewee  # noqa: E402  (from here on it is loaded; this line gives it its type)


def _copied(field: Any, _memo: object) -> Any:
    """Every model gets the fields it inherits as copies of its own. Shallow ones do, and declare our tables in half the time: what
    a field holds of a model (its name, its column) is set anew in each copy, and all else is never changed."""
    made = object.__new__(type(field))
    vars(made).update(vars(field))
    return made


peewee.Field.__deepcopy__ = _copied  # type: ignore[attr-defined]

__all__ = ["peewee"]
