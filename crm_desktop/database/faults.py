"""What can go wrong between the program and a database, sorted by what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from crm_desktop.core.errors import Trouble
from crm_desktop.database import sentences


class Fault(Enum):
    """What an error of a driver means for the unit of work it happened in."""

    BUSY = "somebody else is writing, or was chosen in a deadlock: roll back, wait, run the unit again"
    LOST = "the line to the server is gone: connect again, run the unit again"
    STOPPED = "the statement was stopped from outside: like BUSY, unless we stopped it ourselves"


class Unreachable(Trouble):
    """The server does not answer: the same may work in a minute."""


class OutcomeUnknown(Unreachable):
    """The line was lost at COMMIT and did not come back: `op_id` tells later whether the change is there."""

    def __init__(self, op_id: int) -> None:
        super().__init__(sentences.UNCERTAIN)
        self.op_id = op_id


class GivenUp(Trouble):
    """The database has ended a transaction, or left out a change in it, without an error: like BUSY.

    After such an end a server commits each further statement by itself, and half of a unit would stay.
    """

    def __init__(self) -> None:
        super().__init__(sentences.ROWS_IN_USE)


class AlreadyWritten(Exception):
    """A unit with this operation id was committed by an earlier call, whose result is not known here."""

    def __init__(self, op_id: int) -> None:
        super().__init__(f"operation {op_id} was written before")
        self.op_id = op_id


def chain(error: BaseException, until: BaseException | None = None) -> Iterator[BaseException]:
    """`error` and everything it was raised from or while handling, up to but without `until`.

    Drivers hide the real error: a COMMIT on a dead line raises InterfaceError(0, ''), the lost line is only
    its context. `until` is the error the caller was already handling before, which has nothing to do with
    this one.
    """
    waiting = [error]
    seen: set[int] = set()
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen or current is until:
            continue
        seen.add(id(current))
        yield current
        waiting.extend(e for e in (current.__cause__, current.__context__) if e is not None)
