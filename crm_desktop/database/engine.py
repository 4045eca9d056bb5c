"""The database as the rest of the program knows it: read, stream, and write once or not at all."""

from __future__ import annotations

import sys
import threading
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from crm_desktop.core.errors import Cancelled, Refused, Trouble
from crm_desktop.database.faults import Fault, GivenUp, Unreachable, chain
from crm_desktop.database.line import Engine, Line
from crm_desktop.database.migrate import MIGRATIONS, demand_current, migrate
from crm_desktop.database.opening import backend_for
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.retry import Patience
from crm_desktop.database.steps import Steps
from crm_desktop.database.unit import Query, Tx, run_unit

if TYPE_CHECKING:
    from crm_desktop.database.lease import HeldElsewhere, Lease

T = TypeVar("T")


class _Here(threading.local):
    """What belongs to the running thread: its connection, and the transaction it is in."""

    line: Line | None = None
    tx: Tx | None = None


class Database:
    """One SQLite file or one schema on a server; every thread gets a connection when it first needs one."""

    def __init__(self, backend: Engine) -> None:
        self.backend = backend
        self.engine = backend.name
        # How it is kept, see Engine.mode.
        self.mode = backend.mode
        self.peewee: peewee.Database = backend.peewee
        # On a server where people have accounts of their own: that one of them is signed in, and who.
        self.guarded, self.account = backend.guarded, backend.account
        # Seconds, all attempts together, before a person is told.
        self.write_patience = 60.0
        self.read_patience = 20.0
        self._here = _Here()
        # Weak: a thread that ends without close_thread() takes its connection with it.
        self._lines: weakref.WeakSet[Line] = weakref.WeakSet()
        self._lines_lock = threading.Lock()
        self._write_lock = threading.Lock()
        self.reached = True
        """Whether the last attempt to read or write got an answer; a server that does not answer makes it False."""
        self.on_reached: Callable[[bool], object] = lambda reached: None

    def read(self, query: Query, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a peewee query or of SQL text with `?` placeholders.

        Values are int, float, str, bytes or None on both engines: days are "2026-01-31", moments
        "2026-01-31 08:05:00". Inside `write` it reads what the transaction has written so far.
        A LIKE pattern names its ESCAPE: without one a backslash means something else on each engine.
        Raises Cancelled when `interrupt` stopped it, Trouble when the database cannot be reached.
        """
        if self._here.tx is not None:
            return self._here.tx.run(query, params)
        return self.patiently(lambda: self._read(query, params))

    def read_one(self, query: Query, params: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row, or None. The query says LIMIT 1 itself."""
        rows = self.read(query, params)
        return rows[0] if rows else None

    def stream(
        self, query: Query, params: Sequence[Any] = (), size: int = 1000
    ) -> Iterator[list[tuple[Any, ...]]]:
        """The rows in portions, as they were when the query began, on a connection of its own.

        A line lost half-way is an error: only the first portion is tried again.
        """
        if self._here.tx is not None:
            raise RuntimeError("stream() inside write(): it would not see what the transaction has written")
        line, pages = self.patiently(lambda: self._first_page(query, params, size))
        try:
            yield from pages
        except Exception as error:
            self.raise_for_people(error)
            raise
        finally:
            line.close()

    def write(self, work: Callable[[Tx], T], op_id: int | None = None, minor: bool = False) -> T:
        """Run `work(tx)` in one transaction and give its result; a Tx has `run`, `many` and `changed`.

        The whole unit is run again after a deadlock, a busy file or a lost line, so `work` may be called more
        than once and must do nothing but database work. `op_id` is written in the same transaction: a commit
        whose answer was lost is recognised and not repeated. Raises AlreadyWritten when an earlier call has
        committed this op_id, OutcomeUnknown when a commit got no answer until the time was up, Trouble when
        the database cannot be reached or may not be written to. `minor`: what the program notes for itself, such
        as the layout of a window; a copy to read in takes it, and is thrown away with it.
        """
        try:
            self.backend.demand_writing(minor)
        except Unreachable:
            self.note_reached(False)
            raise
        if self._here.tx is not None:
            raise RuntimeError("write() inside write(): hand the Tx on instead")
        return run_unit(self, work, op_id)

    def introduce(self, name: str) -> None:
        """Who works here: told to others who find the file in use."""
        self.backend.introduce(name)

    def interrupt(self) -> None:
        """Stop the reads that run in other threads, as well as possible; they raise Cancelled."""
        for line in self._open_lines():
            try:
                line.interrupt()
            except Exception:  # noqa: BLE001  (a server that cannot be asked will not answer the read either)
                continue

    @property
    def strict(self) -> bool:
        """Whether the account reads through closed views (core/guard/strict.py)."""
        return self.backend.strict

    def dial_anew(self) -> None:
        """Leave all connections, because the server lets this account in by another door: the next use opens new ones."""
        for line in self._open_lines():
            line.close()
        self.drop_line()

    def close_thread(self) -> None:
        """Close the running thread's connection; the next use opens a new one."""
        self.drop_line()

    def close(self) -> None:
        """Close the connections of all threads, and let others have what only one may open."""
        for line in self._open_lines():
            line.close()
        self._here = _Here()
        self.backend.close()

    # What follows is for the other modules of this room.

    def line(self) -> Line:
        """The running thread's connection."""
        line = self._here.line
        if line is None:
            line = self._here.line = Line(self.backend)
            with self._lines_lock:
                self._lines.add(line)
        return line

    def drop_line(self) -> None:
        """Forget the running thread's connection."""
        line, self._here.line = self._here.line, None
        if line is not None:
            line.close()
            with self._lines_lock:
                self._lines.discard(line)

    def compiled(self, query: Query, params: Sequence[Any] = ()) -> tuple[str, Sequence[Any]]:
        """The statement and values as the driver wants them."""
        if not isinstance(query, str):
            context: Any = self.peewee.get_sql_context()
            query, params = context.sql(query).query()
        return self.backend.said(query, params)

    def _read(self, query: Query, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        line = self.line()  # first: a new one may find that the server wants to be asked in another way
        sql, values = self.compiled(query, params)
        return line.read(sql, values)

    @contextmanager
    def turn_to_write(self, patience: Patience) -> Iterator[None]:
        """On SQLite one writes at a time: the threads of this process queue, and so do the programs on this computer."""
        if self.backend.far_away:
            yield
            return
        # Without a turn in time it goes on all the same and is told by SQLite that the file is busy.
        mine = self._write_lock.acquire(timeout=patience.left())
        try:
            with self.backend.in_turn(self.line().raw, patience.left()):
                yield
        finally:
            if mine:
                self._write_lock.release()

    @contextmanager
    def transaction(self, line: Line) -> Iterator[Tx]:
        """BEGIN, and roll back whatever is not committed at the end."""
        tx = Tx(self, line)
        committed = False
        self.backend.begin(line.raw)
        self._here.tx = tx
        try:
            yield tx
            committed = tx.committed
        finally:
            tx.end()
            self._here.tx = None
            if not committed:
                self._roll_back(line)

    def patiently(self, attempt: Callable[[], T]) -> T:
        """Run something that only reads until it works; see `read`."""
        before = sys.exception()
        patience = Patience(self.read_patience)
        while True:
            try:
                answer = attempt()
                self.note_reached(True)
                return answer
            except Exception as error:
                if isinstance(error, Cancelled):
                    raise
                fault = self.fault(error, before)
                if fault is Fault.LOST:
                    self.note_reached(False)
                    self.drop_line()
                if fault is not None and patience.wait(fault):
                    continue
                self.raise_for_people(error, before)
                raise

    def note_reached(self, reached: bool) -> None:
        """Remember whether the server answers; `on_reached` is told, in this thread, when that changes."""
        if reached != self.reached:
            self.reached = reached
            self.on_reached(reached)

    def fault(self, error: BaseException, before: BaseException | None = None) -> Fault | None:
        """What an error means, by its whole chain up to what was being handled before."""
        links = list(chain(error, before))
        faults = {self.backend.fault(link) for link in links}
        if any(isinstance(link, GivenUp) for link in links):
            faults.add(Fault.BUSY)
        # A lost line outweighs the rest: nothing else can be done on it.
        for fault in (Fault.LOST, Fault.BUSY, Fault.STOPPED):
            if fault in faults:
                return fault
        return None

    def raise_for_people(self, error: BaseException, before: BaseException | None = None) -> None:
        """Raise the sentence for an error that is not the program's own; returns when there is none."""
        raise_for_people(self.backend, error, before)

    def raise_refusal(self, error: BaseException) -> None:
        """Raise Refused when the guard of the server refused a row: the rest of a unit may go on, as after any refusal."""
        for link in chain(error):
            trouble = self.backend.trouble(link)
            if isinstance(trouble, Refused):
                raise trouble from error

    def _open_lines(self) -> list[Line]:
        with self._lines_lock:
            return list(self._lines)

    def _roll_back(self, line: Line) -> None:
        try:
            self.backend.rollback(line.raw)
        except Exception:  # noqa: BLE001  (a line that cannot roll back is not used again; the server rolls back)
            self.drop_line()

    def _first_page(
        self, query: Query, params: Sequence[Any], size: int
    ) -> tuple[Line, Iterator[list[tuple[Any, ...]]]]:
        line = Line(self.backend, streaming=True)
        try:
            sql, values = self.compiled(query, params)
            pages = line.pages(sql, values, size)
            first = next(pages, None)
        except BaseException:
            line.close()
            raise
        return line, _with_first(first, pages)


def _with_first(first: T | None, rest: Iterator[T]) -> Iterator[T]:
    if first is not None:
        yield first
        yield from rest


def raise_for_people(backend: Engine, error: BaseException, before: BaseException | None = None) -> None:
    """Raise the sentence the engine has for any error in the chain; returns when it has none."""
    if isinstance(error, Trouble):
        return
    for link in chain(error, before):
        trouble = backend.trouble(link)
        if trouble is not None:
            raise trouble from error


def open_database(
    place: str | Path | ServerPlace,
    migrations: Path | None = None,
    tables: bool = False,
    before: Callable[[Steps], None] | None = None,
    lease: Lease | None = None,
) -> Database:
    """Open the database at `place`, made and brought up to date as needed.

    `place` is a folder (the file is crm.db inside), a .db file, or mysql://user:password@host:port/name.
    `migrations` is another folder of migrations than the program's own, for tests. `tables`: the tables of a
    server are meant, not the views people with accounts of their own work through; `before` is done ahead of
    their migrations. Raises Trouble with a sentence when it cannot be opened: HeldElsewhere for a file in a
    network folder that somebody else has open; once its `lease` is taken it can be handed in here.
    """
    return _opened(backend_for(find_place(place), tables, lease=lease), migrations or MIGRATIONS, before)


def open_copy(held: HeldElsewhere) -> Database:
    """A copy, to read in, of the file that somebody else has open. Raises Trouble when none can be made."""
    from crm_desktop.database.reading_copy import ReadingCopy

    return _opened(ReadingCopy(held.lease.database, held.holder), MIGRATIONS, None)


def _opened(backend: Engine, migrations: Path, before: Callable[[Steps], None] | None) -> Database:
    handled = sys.exception()
    database = None
    try:
        backend.open()
        database = Database(backend)
        if backend.guarded:
            demand_current(database)
        else:
            if before is not None:
                before(Steps(backend, database.line()))
            migrate(database, migrations)
    except Exception as error:
        (database or backend).close()
        raise_for_people(backend, error, handled)
        raise
    return database


def look_at(place: str | Path | ServerPlace) -> Database:
    """Open the tables of a server as they are, neither made nor migrated. Raises Trouble as `open_database` does."""
    handled = sys.exception()
    backend = backend_for(find_place(place), tables=True, make=False)
    try:
        backend.open()
    except Exception as error:
        raise_for_people(backend, error, handled)
        raise
    return Database(backend)
