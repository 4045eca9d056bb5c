"""What changed and deleted records leave behind in the FULLTEXT index of a server, and taking it out.

InnoDB only notes which records are gone from its index, and every question to the index reads all notes first: 100,000 of them take 8 ms
of each, and a search asks some ten questions. They go once OPTIMIZE TABLE has been through all words, two thousand at a time, while
people go on working. (Without the setting it makes the whole table anew, and nobody can save until that is done.) The settings
are those of the whole server: an account is needed that may change them. A node of a cluster has an index and notes of its own, so the
statement is kept from the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from crm_desktop.core.errors import Trouble
from crm_desktop.core.find.index import table
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee

HEAVY = 50_000
"""So many notes that searching gets noticeably slower."""

Run = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
_ONLY = "innodb_optimize_fulltext_only"
_NOTES = ("innodb_ft_deleted", "innodb_ft_being_deleted")
_TURN, _WAIT = "crm_desktop.tidy", 30  # a lock of the server, and seconds


def left_behind(run: Run, schema: str, type_key: str) -> int:
    """How many records that are no longer as they were the index of a type still holds."""
    with alone(run):
        return _notes(run, schema, type_key)[0]


def tidy(run: Run, schema: str, type_key: str) -> int:
    """Take them out; gives how many there were. Those that come while it runs are left to the next time."""
    with alone(run):
        count, begun = _notes(run, schema, type_key)
        if not count and not begun:
            return 0
        before = run(f"SELECT @@GLOBAL.{_ONLY}", ())[0][0]
        run(f"SET GLOBAL {_ONLY} = 1", ())
        try:
            if run("SHOW SESSION VARIABLES LIKE 'wsrep_on'", ()):
                run("SET SESSION wsrep_on = 0", ())
            _go_on(run, schema, type_key)
            while _notes(run, schema, type_key)[1]:
                _go_on(run, schema, type_key)
        finally:
            run(f"SET GLOBAL {_ONLY} = ?", (before,))
        return count


@contextmanager
def alone(run: Run) -> Iterator[None]:
    """Two at once would change the settings under each other."""
    free = [(1,)]
    with suppress(peewee.NotSupportedError):  # some clusters have no named locks
        free = run("SELECT GET_LOCK(?, ?)", (_TURN, _WAIT))
    if free != [(1,)]:
        raise Trouble(_("The search index is being tidied just now. Try again in a few minutes."))
    try:
        yield
    finally:
        with suppress(Exception):  # on a line that is lost nothing is locked
            run("SELECT RELEASE_LOCK(?)", (_TURN,))


def _go_on(run: Run, schema: str, type_key: str) -> None:
    """Go through the next words."""
    for _table, _act, kind, text in run(f"OPTIMIZE LOCAL TABLE `{schema}`.{table(type_key)}", ()):
        if kind.lower() == "error":
            raise Trouble(_("The server could not go through the search index: {reason}"), reason=text)


def _notes(run: Run, schema: str, type_key: str) -> tuple[int, int]:
    """How many records are noted as gone, and how many of those are being taken out."""
    run("SET GLOBAL innodb_ft_aux_table = ?", (f"{schema}/{table(type_key)}",))
    gone, being = (run(f"SELECT COUNT(*) FROM information_schema.{name}", ())[0][0] for name in _NOTES)
    return gone, being
