"""Chooses the engine for a place; the server's driver is imported only when a server is meant."""

from __future__ import annotations

from pathlib import Path

from crm_desktop.database.line import Engine
from crm_desktop.database.place import ServerPlace


def backend_for(place: ServerPlace | Path, tables: bool = False, make: bool = True) -> Engine:
    """The engine for a file or a server; `tables`, `make`: see MysqlServer."""
    if isinstance(place, ServerPlace):
        from crm_desktop.database.mysql import MysqlServer

        return MysqlServer(place, tables, make)
    from crm_desktop.database.sqlite import SqliteFile

    return SqliteFile(place)
