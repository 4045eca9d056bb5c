"""One connection to a database, used by one thread, and the questions an engine must answer about it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, Protocol

from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.database.faults import Fault
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.place import ServerPlace

# Driver errors arrive at the rest of the program as peewee's classes of the same name, whichever driver
# raised them.
_CLASSES = {
    cls.__name__: cls
    for cls in (
        peewee.DataError,
        peewee.DatabaseError,
        peewee.IntegrityError,
        peewee.InterfaceError,
        peewee.InternalError,
        peewee.NotSupportedError,
        peewee.OperationalError,
        peewee.ProgrammingError,
    )
}


class Engine(Protocol):
    """What SQLite and MySQL do differently."""

    name: str
    # "local": a file of this computer; "network": a file in a network folder; "copy": a copy of one, to read; "server".
    mode: str
    peewee: peewee.Database
    # Whether a COMMIT can get lost on its way, so that every unit needs an operation id.
    far_away: bool
    # Whether people work through views, each with an account of his own (core/guard), and what it is called.
    guarded: bool
    account: str

    @property
    def encrypted(self) -> bool:
        """Whether this program writes nothing of it to a disk that is not encrypted."""

    @property
    def strict(self) -> bool:
        """Whether those views are closed ones, which have no indexes and cannot be written through."""

    @property
    def place(self) -> ServerPlace | Path:
        """The file or the schema."""

    def open(self) -> None:
        """Make sure that the database is there, create it if not; raises Trouble or a driver's error."""

    def close(self) -> None:
        """Give back what is held for as long as the database is open; connections are closed before."""

    def introduce(self, name: str) -> None:
        """Who works here, for others to be told."""

    def demand_writing(self, minor: bool) -> None:
        """Raise Trouble when nothing may be written now; `minor` is what the program notes for itself."""

    def sign_in_with(self, password: str) -> None:
        """The account has a new password: the next connections are made with it."""

    def connect(self, streaming: bool = False, patient: bool = False) -> Any:
        """A new connection, in autocommit; a patient one waits for an answer as long as it takes."""

    def in_turn(self, raw: Any, seconds: float) -> contextlib.AbstractContextManager[None]:
        """While it is this program's turn to write, on this connection; waits for it so long."""

    def statement(self, sql: str) -> str:
        """The text with `?` placeholders as the driver wants it."""

    def said(self, sql: str, values: Sequence[Any]) -> tuple[str, Sequence[Any]]:
        """A statement with `?` placeholders and its values as the driver wants them; the statement may become another."""

    def begin(self, raw: Any) -> None:
        """Start a transaction that writes."""

    def add_rows(self, raw: Any, cursor: Any, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement (driver's placeholders) for each row of values."""

    def commit(self, raw: Any) -> None: ...

    def is_open(self, raw: Any) -> bool:
        """Whether the transaction is still there, by what the database has said last."""

    def rollback(self, raw: Any) -> None: ...

    def interrupt(self, raw: Any) -> None:
        """Stop the statement another thread is running on `raw`."""

    def is_constraint(self, error: BaseException) -> bool:
        """Whether a constraint of the schema refused a value, for errors the driver sorts elsewhere."""

    def fault(self, error: BaseException) -> Fault | None:
        """What a single error (not its chain) means for the unit."""

    def trouble(self, error: BaseException) -> Trouble | None:
        """The sentence for people, when a single error is something outside the program."""


class Line:
    """A connection; everything that is run on it goes through here."""

    def __init__(self, engine: Engine, streaming: bool = False, patient: bool = False) -> None:
        self._engine = engine
        self.raw = engine.connect(streaming, patient)
        self._reading = self._stopped = False
        self._guard = threading.Lock()

    def execute(self, sql: str, params: Sequence[Any] = ()) -> Any:
        """Run one statement (driver's placeholders); gives the cursor."""
        try:
            cursor = self.raw.cursor()
            cursor.execute(sql, tuple(params))
        except Exception as error:  # noqa: BLE001
            self._raise_as_peewee_does(error)
        return cursor

    def execute_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> Any:
        """Run one statement for each row of values; gives the cursor."""
        try:
            cursor = self.raw.cursor()
            self._engine.add_rows(self.raw, cursor, sql, rows)
        except Exception as error:  # noqa: BLE001
            self._raise_as_peewee_does(error)
        return cursor

    def rows(self, cursor: Any, most: int | None = None) -> list[tuple[Any, ...]]:
        """The next rows of a cursor, all of them or `most`."""
        try:
            found = list(cursor.fetchall() if most is None else cursor.fetchmany(most))
            if most is None and self._engine.guarded:
                while cursor.nextset():  # what a procedure says behind its rows
                    pass
            return found
        except Exception as error:  # noqa: BLE001
            self._raise_as_peewee_does(error)

    def fetch(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        return self.rows(self.execute(sql, params))

    def read(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement that `interrupt` may stop; then it raises Cancelled."""
        with self._guard:
            self._reading = True
        try:
            rows = self.fetch(sql, params)
        except Exception as error:
            if self._stopped:
                raise Cancelled from error
            raise
        finally:
            with self._guard:
                self._reading = False
                stopped, self._stopped = self._stopped, False
        if stopped:
            raise Cancelled  # some functions of a server end early without an error when they are killed
        return rows

    def pages(self, sql: str, params: Sequence[Any], size: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a statement in portions of `size`."""
        cursor = self.execute(sql, params)
        while rows := self.rows(cursor, size):
            yield rows

    def interrupt(self) -> None:
        """Stop a `read` that is running in another thread; nothing happens to anything else."""
        # The guard keeps the reader from going on to its next statement before this one has been stopped.
        with self._guard:
            if self._reading:
                self._stopped = True
                self._engine.interrupt(self.raw)

    def close(self) -> None:
        """Close the connection; a dead one too."""
        with contextlib.suppress(Exception):  # whatever a dead line says, it is closed now
            self.raw.close()

    def _raise_as_peewee_does(self, error: Exception) -> NoReturn:
        if type(error).__module__.startswith("peewee"):
            raise error
        name = "IntegrityError" if self._engine.is_constraint(error) else type(error).__name__
        if name not in _CLASSES:
            raise error
        raise _CLASSES[name](*error.args) from error
