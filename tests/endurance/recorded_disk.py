"""A disk that remembers: every write, flush and removal SQLite asks of the system, and what is left of them when the power goes.

`record()` sits between the SQLite the program ships (sqlcipher3) and the system: it puts functions of its own into SQLite's
table of file operations (the "VFS"), which note what passes and hand it on. Reading, locks and shared memory are not touched.

`Disk` plays the events back. A flush (fsync) settles what was written to its file before. Of what was written since, each sector
of 512 bytes holds any of the states it had, so that writes are lost, torn and reordered; a file made, cut or removed since may be
there or not, as long as or shorter than it was.
"""

from __future__ import annotations

import ctypes
import os
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sqlcipher3 import _sqlite3

SECTOR = 512
_MAKES_ITS_NAME_SAFE = 0x800 | 0x80000  # SQLite flushes the folder with the first flush of a new journal or WAL
_DONE = 0


class Event(NamedTuple):
    """What happened. kind: write, truncate (at: the size), flush, make, remove, name (the folder is flushed); or told: something
    was called done."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""
    told: Any = None


class NoTap(Exception):
    """This build of SQLite does not let its file operations be replaced."""


# What sqlite3.h declares, as far as it is needed.

# Names go through as the addresses they are: SQLite keeps them, and looks behind their end.
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, *[ctypes.c_void_p] * 3, ctypes.c_int, ctypes.c_void_p)
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_CLOSE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_WRITE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_FLUSH = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_name", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", _OPEN),
        ("delete", _DELETE),
    ]


class _Methods(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("close", _CLOSE),
        ("read", ctypes.c_void_p),
        ("write", _WRITE),
        ("truncate", _TRUNCATE),
        ("flush", _FLUSH),
        ("others", ctypes.c_void_p * 13),  # size, locks, shared memory: as they were
    ]


class _File(ctypes.Structure):
    _fields_ = [("methods", ctypes.POINTER(_Methods))]


@dataclass
class Recorder:
    """What has passed so far. The events of a process; a child that is killed has to hand them on by itself."""

    events: list[Event] = field(default_factory=list)

    def note(self, told: Any) -> None:
        """Somebody was told that something is done."""
        self.events.append(Event("told", told=told))


def find_vfs() -> _Vfs:
    """SQLite's table of file operations, of the driver the program ships. Raises NoTap where it cannot be found."""
    try:
        find = ctypes.CDLL(_sqlite3.__file__).sqlite3_vfs_find
    except (AttributeError, OSError) as error:
        raise NoTap(str(error)) from error
    find.restype = ctypes.POINTER(_Vfs)
    return find(None).contents  # type: ignore[no-any-return]


def record() -> Recorder:
    """From now on everything that is done to files named by somebody is noted. Once in a process."""
    recorder = Recorder()
    _Tap(find_vfs(), recorder.events)
    return recorder


class _Tap:
    """The functions put in place of SQLite's own; kept alive for as long as the process lives."""

    alive: list[_Tap] = []

    def __init__(self, vfs: _Vfs, events: list[Event]) -> None:
        self._events = events
        # Address -> name, whether its name is still to be made safe, its own methods.
        self._files: dict[int, tuple[str, bool, _Methods]] = {}
        self._tapped: dict[int, _Methods] = {}
        self._own_open, self._own_delete = (_as_is(vfs, "open", _OPEN), _as_is(vfs, "delete", _DELETE))
        vfs.open, vfs.delete = _OPEN(self._open), _DELETE(self._delete)
        self._ours = (_CLOSE(self._close), _WRITE(self._write), _TRUNCATE(self._truncate), _FLUSH(self._flush))
        self._vfs = vfs
        self.alive.append(self)

    def _open(self, vfs: int, name: int | None, file: int, flags: int, told: int | None) -> int:
        path = _text(name) if name else ""
        made = path and not os.path.exists(path)
        done: int = self._own_open(vfs, name, file, flags, told)
        if done != _DONE or not path:
            return done
        opened = _File.from_address(file)
        if not opened.methods:
            return done
        own = ctypes.addressof(opened.methods.contents)
        if own not in self._tapped:
            self._tapped[own] = self._with_ours(opened.methods.contents)
        self._files[file] = (path, bool(flags & _MAKES_ITS_NAME_SAFE), _Methods.from_address(own))
        opened.methods = ctypes.pointer(self._tapped[own])
        if made:
            self._events.append(Event("make", path))
        return done

    def _with_ours(self, own: _Methods) -> _Methods:
        copy = _Methods.from_buffer_copy(own)
        copy.close, copy.write, copy.truncate, copy.flush = self._ours
        return copy

    def _close(self, file: int) -> int:
        _name, _safe, own = self._files.pop(file)
        return int(own.close(file))

    def _write(self, file: int, data: int, size: int, at: int) -> int:
        name, _safe, own = self._files[file]
        done: int = own.write(file, data, size, at)
        if done == _DONE:
            self._events.append(Event("write", name, at, ctypes.string_at(data, size)))
        return done

    def _truncate(self, file: int, size: int) -> int:
        name, _safe, own = self._files[file]
        done: int = own.truncate(file, size)
        if done == _DONE:
            self._events.append(Event("truncate", name, size))
        return done

    def _flush(self, file: int, flags: int) -> int:
        name, safe, own = self._files[file]
        done: int = own.flush(file, flags)
        if done == _DONE:
            self._events.append(Event("flush", name))
            if safe:
                self._events.append(Event("name", name))
                self._files[file] = (name, False, own)
        return done

    def _delete(self, vfs: int, name: int, safely: int) -> int:
        done: int = self._own_delete(vfs, name, safely)
        if done == _DONE:
            self._events.append(Event("remove", _text(name)))
            if safely:
                self._events.append(Event("name", _text(name)))
        return done


def _text(name: int) -> str:
    return os.fsdecode(ctypes.string_at(name))


def _as_is(vfs: _Vfs, name: str, kind: Any) -> Any:
    """The function as it was, also when the field gets another one."""
    return kind(ctypes.cast(getattr(vfs, name), ctypes.c_void_p).value)


# Playing back


@dataclass
class _Content:
    """A file: what is settled, and what was asked of it since."""

    settled: bytearray
    waiting: list[Event] = field(default_factory=list)

    def settle(self) -> None:
        for event in self.waiting:
            _apply(self.settled, event)
        self.waiting.clear()

    def after_cut(self, chance: random.Random) -> bytes:
        """What may be left of it."""
        if not self.waiting:
            return bytes(self.settled)
        luck = chance.choice((0.0, 0.5, 0.9, 0.99, 1.0))  # how much of it had reached the disk
        now, sizes = bytearray(self.settled), [len(self.settled)]
        states: dict[int, list[bytes]] = {}
        for event in self.waiting:
            before = len(now)
            touched = range(event.at // SECTOR, -(-max(before, event.at + len(event.data)) // SECTOR))
            if event.kind == "write":
                touched = range(event.at // SECTOR, -(-(event.at + len(event.data)) // SECTOR))
            for sector in touched:
                states.setdefault(sector, [_sector(now, sector)])
            _apply(now, event)
            for sector in touched:
                states[sector].append(_sector(now, sector))
            sizes.append(len(now))
        size = sizes[-1] if chance.random() < luck else chance.choice(sizes)
        left = self.settled.ljust(max(sizes) + SECTOR, b"\0")
        for sector, held in states.items():
            state = held[-1] if chance.random() < luck else chance.choice(held)
            left[sector * SECTOR : (sector + 1) * SECTOR] = state
        return bytes(left[:size])


def _apply(content: bytearray, event: Event) -> None:
    if event.kind == "truncate":
        if event.at <= len(content):
            del content[event.at :]
        else:
            content.extend(bytes(event.at - len(content)))
        return
    if event.at > len(content):
        content.extend(bytes(event.at - len(content)))
    content[event.at : event.at + len(event.data)] = event.data


def _sector(content: bytearray, number: int) -> bytes:
    return bytes(content[number * SECTOR : (number + 1) * SECTOR]).ljust(SECTOR, b"\0")


class Disk:
    """What the disk holds after a number of events; `settled`: the files that were safe at the start, and where their content is."""

    def __init__(self, settled: Mapping[str, Path]) -> None:
        self._now: dict[str, _Content | None] = {name: _Content(bytearray(path.read_bytes())) for name, path in settled.items()}
        self._names: dict[str, list[_Content | None]] = {name: [content] for name, content in self._now.items()}

    def take(self, event: Event) -> None:
        """The next event."""
        if event.kind == "make":
            self._rename(event.file, _Content(bytearray()))
        elif event.kind == "remove":
            self._rename(event.file, None)
        elif event.kind == "name":
            self._names = {name: held[-1:] for name, held in self._names.items()}
        elif event.kind in ("write", "truncate"):
            self._content(event.file).waiting.append(event)
        elif event.kind == "flush":
            self._content(event.file).settle()

    def after_cut(self, chance: random.Random) -> Iterator[tuple[str, bytes]]:
        """The files that may be found when the power is back: name, content."""
        for name, held in self._names.items():
            content = chance.choice(held)
            if content is not None:
                yield name, content.after_cut(chance)

    def as_written(self, name: str) -> bytes:
        """The file as a program sees it while the power is on."""
        content = self._content(name)
        now = _Content(bytearray(content.settled), list(content.waiting))
        now.settle()
        return bytes(now.settled)

    def _rename(self, name: str, content: _Content | None) -> None:
        self._now[name] = content
        self._names.setdefault(name, [None]).append(content)

    def _content(self, name: str) -> _Content:
        content = self._now[name]
        assert content is not None, f"{name} is written to and was removed"
        return content
