"""Record ids, made by the client: 63 bits, ordered by time, unique across PCs without asking a server.

42 bits milliseconds since 2020 (139 years) · 10 bits node · 11 bits serial within the millisecond. An id made before the
commit lets a repeated commit be recognised, and copies of a database be merged later.
"""

from __future__ import annotations

import os
import threading
import time

_EPOCH_MS = 1_577_836_800_000  # 2020-01-01 UTC
UID = "{id}@crm-desktop"
"""How other programs know our events, tasks and contacts (RFC 5545, 3.8.4.7)."""
_node = int.from_bytes(os.urandom(2)) >> 6
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """A new id, greater than every id this process made before."""
    global _last
    with _lock:
        fresh = (int(time.time() * 1000) - _EPOCH_MS) << 21 | _node << 11
        # Serial numbers spill over into the node bits only after 2,048 ids in one millisecond; order is kept anyway.
        _last = fresh if fresh > _last else _last + 1
        return _last


def new_ids(count: int) -> list[int]:
    """`count` consecutive ids at once, for imports."""
    global _last
    with _lock:
        fresh = (int(time.time() * 1000) - _EPOCH_MS) << 21 | _node << 11
        start = max(fresh, _last + 1)
        _last = start + count - 1
        return list(range(start, start + count))
