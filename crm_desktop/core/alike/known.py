"""Organisations everybody calls by another name than the register does: 中石化 is 中国石油化工集团有限公司."""

from __future__ import annotations

import re
from functools import cache

from crm_desktop.core.find.fold import squeeze
from crm_desktop.core.places import RESOURCES

SCHOOL = re.compile("大学$|学院$|科学院$|工程院$")
"""Of these only the bare word is meant: 中大 is 中山大学, 中大有限公司 is a company."""


@cache
def in_full() -> dict[str, str]:
    """What they are called (in the fold of `find.fold`, without legal forms) -> their name in full."""
    found: dict[str, str] = {}
    for line in (RESOURCES / "alike" / "known.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            full, *others = map(squeeze, line.split())
            found.update(dict.fromkeys((full, *others), full))
    return found
