"""A file beside a database in a network folder that says who writes: one program at a time, whatever the locks of the folder do.

Who holds it rewrites it every few seconds. Who waits takes it over only when it has not changed for a minute of the waiter's own
clock, so clocks that differ do no harm and a PC that died does not keep the others out. A plain file cannot stop a program that
was frozen for longer than that; so the holder looks at the file before every commit and stops when it is no longer its own.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import platform
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from crm_desktop.core.errors import Trouble
from crm_desktop.database import sentences
from crm_desktop.database.faults import Unreachable

BEAT = 10.0  # seconds between two signs of life
TTL = 60.0  # seconds without one after which the lease may be taken over
_TRIES, _PAUSE = 5, 0.05  # a virus scanner or another reader may have the file open for a moment
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Holder:
    """Who has the database open. since: UTC, by the clock of his computer."""

    id: str
    user: str
    computer: str
    since: str
    beat: int = 0

    def when(self) -> str:
        """Since when, in local time: the hour, with the day when it was another one."""
        try:
            moment = datetime.fromisoformat(self.since).replace(tzinfo=UTC).astimezone()
        except ValueError:
            return "?"
        today = moment.date() == datetime.now().astimezone().date()
        return f"{moment.hour}:{moment:%M}" if today else f"{moment:%Y-%m-%d %H:%M}"


class HeldElsewhere(Trouble):
    """Somebody else writes. `lease` can go on trying to get it."""

    def __init__(self, holder: Holder | None, lease: Lease):
        # A lease that is being made at this moment has no name in it yet.
        user, computer, when = (holder.user, holder.computer, holder.when()) if holder else ("?", "?", "?")
        super().__init__(sentences.HELD, user=user, computer=computer, since=when)
        self.holder, self.lease = holder, lease


class Lease:
    """The lease of one database file; `take`, then `demand` before each commit, and `release`.

    `beat`, `ttl`: seconds; tests shorten them. `clock` counts seconds and is this computer's own.
    """

    def __init__(self, database: Path, beat: float = BEAT, ttl: float = TTL, clock: Callable[[], float] = time.monotonic):
        self.database = database
        self.path = database.with_name(database.name + ".lease")
        self.beat, self.ttl = beat, ttl
        self._clock = clock
        self._mine = Holder(secrets.token_hex(8), _user(), platform.node() or "?", "")
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._seen: tuple[bytes, int] | None = None
        self._seen_at = self._signed_at = 0.0
        self.held = False
        self.lost_to: Holder | None = None
        """Who took it over while this program was frozen or cut off."""
        self.on_lost: Callable[[], object] = lambda: None

    # Getting it

    def take(self) -> None:
        """Get the lease, or raise HeldElsewhere. To be called again until it works: after `ttl` seconds without a change it does."""
        if self.held:
            return
        self._mine = replace(self._mine, since=datetime.now(UTC).replace(tzinfo=None).isoformat(" ", "seconds"))
        try:
            self._make()
        except FileExistsError:
            self._take_over()
        self.held, self._signed_at, self._ended = True, self._clock(), threading.Event()
        threading.Thread(target=self._keep_alive, args=(self._ended,), name="lease", daemon=True).start()

    def wait_for_sign(self, pause: float = 0.5) -> None:
        """Take it now, or wait until the holder gives a sign of life (then HeldElsewhere is raised) or none for `ttl` seconds."""
        first: tuple[bytes, int] | None = None
        while True:
            try:
                return self.take()
            except HeldElsewhere:
                if first is not None and self._seen != first:
                    raise
                first = first or self._seen
                time.sleep(min(pause, self.beat))

    def _make(self) -> None:
        handle = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        try:
            with open(handle, "wb") as file:
                _put(file, self._mine)
        except OSError:  # a full disk: nobody is to wait for what was not taken
            with contextlib.suppress(OSError):
                self.path.unlink()
            raise

    def _take_over(self) -> None:
        found = self._look()
        if found is None:  # it was given back just now
            return self._again()
        if found != self._seen:
            self._seen, self._seen_at = found, self._clock()
        if self._clock() - self._seen_at < self.ttl:
            raise HeldElsewhere(_read(found[0]), self)
        new = self.path.with_name(f"{self.path.name}.{self._mine.id}")
        try:
            with new.open("wb") as file:
                _put(file, self._mine)
            if self._look() != self._seen:  # it lives after all, or another waiter was quicker
                return self._again()
            try:
                os.replace(new, self.path)
            except PermissionError:  # Windows, while somebody has the old one open
                return self._again()
        finally:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
        # Two waiters may have replaced it one after the other, and a commit of the old holder may be under way:
        # give both time, and believe what stands there then.
        time.sleep(self.beat / 5)
        if not self._is_mine():
            return self._again()
        log.info("the lease of %s was taken over", _read(found[0]))
        return None

    def _again(self) -> None:
        self._seen = None
        raise HeldElsewhere(_read(found[0]) if (found := self._look()) else None, self)

    def quiet(self) -> float:
        """Seconds without a sign of life of its holder, as far as this program has watched."""
        return self._clock() - self._seen_at if self._seen is not None else 0.0

    # Having it

    def call(self, name: str) -> None:
        """The name others are told: the employee's instead of the account's."""
        if name:
            self._mine = replace(self._mine, user=name)
            if self.held:
                self._give_sign()

    def demand(self) -> None:
        """Raise Trouble unless this program may commit now: the file says that it is the holder."""
        if self.held and self._clock() - self._signed_at > self.ttl / 2:
            self._give_sign()  # whoever is about to take it over sees that its holder lives
        if self.held:
            try:
                with self._lock:  # a sign that is half written is not to be read
                    if self._is_mine():
                        return
            except OSError as error:
                raise Unreachable(sentences.FOLDER_GONE, folder=str(self.path.parent)) from error
            self._lose()
        raise Trouble(sentences.LEASE_LOST, user=self.lost_to.user if self.lost_to else "?")

    def release(self) -> None:
        """Give it back; what another one has taken stays."""
        self._ended.set()
        with self._lock:
            if self.held:
                self.held = False
                with contextlib.suppress(OSError):
                    if self._is_mine():
                        self.path.unlink()

    def _keep_alive(self, ended: threading.Event) -> None:
        while not ended.wait(self.beat):
            if not self._give_sign():
                return

    def _give_sign(self) -> bool:
        """Rewrite the file; False when it is not ours any more. A folder that does not answer is tried again later."""
        with self._lock:
            if not self.held:
                return False
            try:
                # The id is read through the handle that is written to: a file that is renamed over this one meanwhile is left alone.
                with self.path.open("r+b") as file:
                    there = _read(file.read())
                    if there is not None and there.id == self._mine.id:
                        self._mine = replace(self._mine, beat=self._mine.beat + 1)
                        file.seek(0)
                        _put(file, self._mine)
                        self._signed_at = self._clock()
                        return True
            except FileNotFoundError:
                if not self.path.parent.is_dir():
                    return True
            except OSError as error:
                log.info("no sign of life could be given: %s", error)
                return True
        self._lose()
        return False

    def _lose(self) -> None:
        with self._lock:
            was_held, self.held = self.held, False
            with contextlib.suppress(OSError):
                found = self._look()
                self.lost_to = _read(found[0]) if found else None
        if was_held:
            self.on_lost()

    def _is_mine(self) -> bool:
        """Raises OSError when the folder does not answer."""
        found = self._look()
        there = _read(found[0]) if found else None
        if found is None and not self.path.parent.is_dir():
            raise FileNotFoundError(self.path.parent)
        return there is not None and there.id == self._mine.id

    def _look(self) -> tuple[bytes, int] | None:
        """What stands in the file, and when it was changed (by whatever clock); None when there is none."""
        for attempt in range(_TRIES):
            try:
                with self.path.open("rb") as file:
                    return file.read(), os.fstat(file.fileno()).st_mtime_ns
            except FileNotFoundError:
                return None
            except PermissionError:
                if attempt == _TRIES - 1:
                    raise
                time.sleep(_PAUSE)
        raise AssertionError


def holder_of(database: Path) -> Holder | None:
    """Who has the lease of a database file; None when nobody has, or when it is being made just now."""
    found = Lease(database)._look()
    return _read(found[0]) if found else None


def _put(file: BinaryIO, holder: Holder) -> None:
    text = json.dumps(asdict(holder), ensure_ascii=False).encode()
    file.write(text)
    file.truncate()
    file.flush()
    os.fsync(file.fileno())


def _read(text: bytes) -> Holder | None:
    """None for a file that is being written just now."""
    try:
        found = json.loads(text)
        return Holder(str(found["id"]), str(found["user"]), str(found["computer"]), str(found["since"]), int(found["beat"]))
    except (ValueError, KeyError, TypeError):
        return None


def _user() -> str:
    import getpass  # only a file in a network folder has a lease

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"
