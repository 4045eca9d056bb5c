"""One unit of work: a transaction that happens completely, once, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar, cast

from crm_desktop.core.errors import Cancelled
from crm_desktop.database.faults import AlreadyWritten, Fault, GivenUp, OutcomeUnknown, Unreachable
from crm_desktop.database.line import Line
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.retry import Patience

if TYPE_CHECKING:
    from crm_desktop.database.engine import Database

T = TypeVar("T")
_ROOMY = 24 << 10  # KiB
Query = Any  # SQL text with ? placeholders, or a peewee query


class Tx:
    """What `work` gets to write with; it belongs to one attempt and is of no use afterwards."""

    def __init__(self, database: Database, line: Line) -> None:
        self.engine = database.engine
        self.changed = 0
        self.committed = False
        self._database = database
        self._line = line
        self._doom: BaseException | None = None
        self._over = self._may_end = False
        self._stop: Callable[[], bool] | None = None

    def until(self, stop: Callable[[], bool]) -> None:
        """Once `stop()` says so the next statement is not run: Cancelled is raised instead, and all is rolled back. So one may give up
        a long work at any moment, however long its steps take on a slow line."""
        self._stop = stop

    @property
    def strict(self) -> bool:
        """Whether the server lets read strictly (strict.py)."""
        return self._database.strict

    def run(self, query: Query, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one statement and give its rows; `changed` then says how many rows it changed or matched."""
        sql, values = self._database.compiled(query, params)
        self._check_open()
        try:
            cursor = self._line.execute(sql, values)
            rows = self._line.rows(cursor)
        except BaseException as error:
            self._note(error)
            self._database.raise_refusal(error)
            raise
        self.changed = max(cursor.rowcount, 0)
        return rows

    def change_one(self, query: Query, params: Sequence[Any] = ()) -> None:
        """Run a statement that must change exactly one row, which this transaction has locked before."""
        self.run(query, params)
        if self.changed != 1:
            self._give_up()

    def run_last(self, query: Query, params: Sequence[Any] = ()) -> None:
        """Run the last statement, one with which a server commits by itself: it does so for whatever changes accounts."""
        self.run(query, params)
        self._may_end = True

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each row of values."""
        self._check_open()
        if not rows:
            self.changed = 0
            return
        try:
            if self.strict:
                self.changed = self._each(sql, rows)
                return
            cursor = self._line.execute_many(self._database.backend.statement(sql), rows)
        except BaseException as error:
            self._note(error)
            self._database.raise_refusal(error)
            raise
        self.changed = max(cursor.rowcount, 0)

    @contextmanager
    def roomy(self, memory: int = _ROOMY, on_disk: bool = False) -> Iterator[None]:
        """Other memory (KiB) than usual for this connection (on SQLite): more of it while very many rows are written. on_disk: what
        is sorted meanwhile lies in a temporary file, not in memory, unless the database is encrypted."""
        if self.engine != "sqlite":
            yield
            return
        usual = self.run("PRAGMA cache_size")[0][0]
        self.run(f"PRAGMA cache_size = {-memory}")
        on_disk = on_disk and not self._database.backend.encrypted and self._sorts_on_disk()
        try:
            yield
        finally:
            if not self._over and self._doom is None:
                self.run(f"PRAGMA cache_size = {usual}")
                if on_disk:
                    self.run("PRAGMA temp_store = MEMORY")

    def _sorts_on_disk(self) -> bool:
        try:
            self.run("PRAGMA temp_store = FILE")
        except peewee.OperationalError:  # a check of the whole file has taken its place in memory, on this connection
            return False
        return True

    def _each(self, sql: str, rows: Sequence[Sequence[Any]]) -> int:
        """Rows are added together; what is changed by a procedure goes one by one."""
        said, values = self._database.backend.said(sql, rows[0])
        if values is rows[0]:
            return max(int(self._line.execute_many(said, rows).rowcount), 0)
        changed = 0
        for row in rows:
            self._check_open()
            said, values = self._database.backend.said(sql, row)
            cursor = self._line.execute(said, values)
            self._line.rows(cursor)
            changed += max(int(cursor.rowcount), 0)
        return changed

    def mark(self, op_id: int) -> bool:
        """Write the operation id into this transaction; False when an earlier one has committed it."""
        now = datetime.now(UTC).replace(tzinfo=None)
        try:
            self.run("INSERT INTO tx_log (id, at) VALUES (?, ?)", (op_id, now))
        except peewee.IntegrityError:
            if self.run("SELECT id FROM tx_log WHERE id = ?", (op_id,)):
                return False
            raise
        return True

    def finish(self) -> None:
        """Refuse to commit what the database has already given up, even if `work` swallowed the error."""
        self._check_open()

    def end(self) -> None:
        """From now on every use is a mistake of the program."""
        self._over = True

    def _note(self, error: BaseException) -> None:
        # After a deadlock, a lock timeout or a lost line the server has rolled back all or part of the
        # transaction. Going on would commit a half in autocommit, so the rest of the unit is refused. A full disk ends it too, and
        # that is the reason to be told, not that it has ended.
        known = self._database.fault(error) is not None or not isinstance(error, Exception)
        if known or not (self._may_end or self._database.backend.is_open(self._line.raw)):
            self._doom = error

    def _give_up(self) -> NoReturn:
        self._doom = GivenUp()
        raise self._doom

    def _check_open(self) -> None:
        if self._over:
            raise RuntimeError("this transaction is over")
        if self._doom is not None:
            raise self._doom
        if self._stop is not None and self._stop():
            self._stop = None  # what puts the connection in order again is run
            raise Cancelled
        # Whatever made a server end the transaction without an error: the next statement would be committed alone.
        if not self._may_end and not self._database.backend.is_open(self._line.raw):
            self._give_up()


def run_unit(database: Database, work: Callable[[Tx], T], op_id: int | None) -> T:
    """Run `work` in one transaction until it is committed, raises an error of its own, or the time is up."""
    if op_id is None and database.backend.far_away:
        op_id = int.from_bytes(os.urandom(8)) >> 1
    before = sys.exception()
    patience = Patience(database.write_patience)
    attempt = _Attempt(database, work, op_id)
    while True:
        try:
            with database.turn_to_write(patience):
                result = attempt.run()
            database.note_reached(True)
            return result
        except Exception as error:
            fault = database.fault(error, before)
            if fault is Fault.LOST:
                database.note_reached(False)
                database.drop_line()
                attempt.note_lost()
            elif fault is Fault.BUSY:
                attempt.note_conflict()
            elif isinstance(error, Unreachable):  # told before the COMMIT was asked for
                database.note_reached(False)
            if fault is not None and patience.wait(fault):
                continue
            if attempt.in_doubt and op_id is not None:
                raise OutcomeUnknown(op_id) from error
            database.raise_for_people(error, before)
            raise


class _Attempt(Generic[T]):
    """Runs the unit as often as asked and remembers how far the last COMMIT got."""

    def __init__(self, database: Database, work: Callable[[Tx], T], op_id: int | None) -> None:
        self._database = database
        self._work = work
        self._op_id = op_id
        self._result: T | None = None
        self.committing = False
        self.in_doubt = False
        self._unanswered: list[T | None] = []  # what the work gave whose COMMIT got no answer, the last one

    def run(self) -> T:
        """One transaction from BEGIN to COMMIT; rolled back on any error."""
        self.committing = False
        line = self._database.line()
        with self._database.transaction(line) as tx:
            if self._op_id is not None and not tx.mark(self._op_id):
                return self._written_before()
            # The mark went in, so the COMMIT in doubt did not happen: its row would be there, or block this
            # one. Only in a cluster it may still come from another node; then this attempt is refused at its end.
            self.in_doubt = False
            self._result = self._work(tx)
            tx.finish()
            self.committing = True
            self._database.backend.commit(line.raw)
            self.committing = False
            tx.committed = True
            return self._result

    def note_lost(self) -> None:
        """The line is gone; when it went at COMMIT, nobody knows what became of that."""
        if self.committing:
            self.in_doubt, self._unanswered = True, [self._result]

    def note_conflict(self) -> None:
        """Somebody else was first; in a cluster that may be the COMMIT without an answer, come from another node."""
        self.in_doubt = self.in_doubt or bool(self._unanswered)

    def _written_before(self) -> T:
        if not self._unanswered:
            assert self._op_id is not None
            raise AlreadyWritten(self._op_id)
        self.in_doubt = False
        return cast(T, self._unanswered[0])
