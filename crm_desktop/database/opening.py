"""Chooses the engine for a place; the server's driver is imported only when a server is meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from crm_desktop.database.line import Engine
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.whereabouts import in_network

if TYPE_CHECKING:
    from crm_desktop.database.lease import Lease


def backend_for(
    place: ServerPlace | Path, tables: bool = False, make: bool = True, lease: Lease | None = None
) -> Engine:
    """The engine for a file or a server; `tables`, `make`: see MysqlServer, `lease`: see NetworkFile."""
    if isinstance(place, ServerPlace):
        from crm_desktop.database.mysql import MysqlServer

        return MysqlServer(place, tables, make)
    if in_network(place):
        from crm_desktop.database.network_file import NetworkFile

        return NetworkFile(place, lease)
    from crm_desktop.database.sqlite import SqliteFile

    return SqliteFile(place)
