"""Record ids, made by the client: 63 bits, ordered by time, unique across PCs without asking a server.

42 bits milliseconds since 2020 (139 years) · 10 bits node · 11 bits serial within the millisecond. An id made before the
commit lets a repeated commit be recognised, and copies of a database be merged later.

A program draws its node when it first writes to a database (numbering.NODES), so that those at work have different ones. Until then it is
a random one: of 50 programs two would have the same, and now and then the same id. The serial begins anywhere in its lower half,
so that even these would have to meet a second time.
"""

from __future__ import annotations

import os
import threading
import time

_EPOCH_MS = 1_577_836_800_000  # 2020-01-01 UTC
UID = "{id}@crm-desktop"
"""How other programs know our events, tasks and contacts (RFC 5545, 3.8.4.7)."""
_NODE_BITS, _SERIAL_BITS = 10, 11


def _random(bits: int) -> int:
    return int.from_bytes(os.urandom(2)) >> 16 - bits


_lock = threading.Lock()
_node = _random(_NODE_BITS)
_last = 0


def new_id() -> int:
    """A new id, greater than every id this process made before."""
    global _last
    with _lock:
        # Serial numbers spill over into the node bits only after 1,024 ids in one millisecond; order is kept anyway.
        _last = max(_fresh(), _last + 1)
        return _last


def new_ids(count: int) -> list[int]:
    """`count` consecutive ids at once, for imports."""
    global _last
    with _lock:
        start = max(_fresh(), _last + 1)
        _last = start + count - 1
        return list(range(start, start + count))


def take_node(number: int) -> None:
    """From now on ids are made as this node; of larger numbers the last 10 bits count."""
    global _node
    with _lock:
        _node = number % (1 << _NODE_BITS)


def _fresh() -> int:
    now = int(time.time() * 1000) - _EPOCH_MS
    return now << _NODE_BITS + _SERIAL_BITS | _node << _SERIAL_BITS | _random(_SERIAL_BITS - 1)
