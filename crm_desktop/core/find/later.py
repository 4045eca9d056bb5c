"""Words of a great many new records wait for the FULLTEXT index of a server, which takes more time than all the rest of an import.

Until `take_in` has brought them over, portion by portion, a search goes through what waits. Only where all share one account: behind
views (core/guard) the index is told at once.
"""

from __future__ import annotations

from contextlib import suppress

from crm_desktop.core.find.index import LATER, Tx, table
from crm_desktop.database.peewee_import import peewee

PORTION = 500  # records: a fraction of a second
_TURN = f"CONCAT(DATABASE(), '.{LATER}')"  # a lock of the server: one desktop at a time does this


def take_in(tx: Tx) -> int:
    """Bring some of what waits into the indexes; gives how many: none, too, while another desktop does it. What an index says
    already of a record changed since stays."""
    if not _is_free(tx):
        return 0
    try:
        return _taken_in(tx)
    finally:
        with suppress(Exception):  # on a line that is lost nothing is locked
            tx.run(f"SELECT RELEASE_LOCK({_TURN})")


def _is_free(tx: Tx) -> bool:
    try:
        return tx.run(f"SELECT GET_LOCK({_TURN}, 0)") == [(1,)]
    except peewee.NotSupportedError:  # in a cluster: there two that do it at once are in each other's way, and one tries again
        return True


def _taken_in(tx: Tx) -> int:
    waiting = tx.run(f"SELECT record_type, id FROM {LATER} ORDER BY record_type, id LIMIT {PORTION}")
    ids = [one for key, one in waiting if key == waiting[0][0]]
    if not ids:
        return 0
    key = waiting[0][0]
    part = f"FROM {LATER} WHERE record_type = ? AND id IN ({', '.join('?' * len(ids))})"
    # Locked before the index is touched, as `index.drop` does: who deletes such a record meanwhile waits, or has taken it out of here.
    tx.run(f"SELECT id {part} FOR UPDATE", (key, *ids))
    tx.run(f"INSERT IGNORE INTO {table(key)} (id, owner, department, grams) SELECT id, owner, department, grams {part}", (key, *ids))
    tx.run(f"DELETE {part}", (key, *ids))
    return len(ids)
