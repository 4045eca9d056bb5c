"""Puts names and addresses together that come in several columns."""

from __future__ import annotations

import re
from typing import Any

_CHINESE = re.compile("[\u3400-\u9fff]")
_ADDRESS_CHINESE = ("province", "city", "district", "street", "street2", "street3")
_ADDRESS_OTHER = ("street", "street2", "street3", "district", "city", "province", "country")


def put_together(values: dict[str, Any]) -> None:
    """Replace `name.first` and its like in `values` by the whole; a field that has a whole value keeps it."""
    found: dict[str, dict[str, str]] = {}
    for key in [key for key in values if "." in key]:
        base, part = key.split(".", 1)
        found.setdefault(base, {})[part] = str(values.pop(key) or "").strip()
    for base, parts in found.items():
        whole = _name(parts) if base == "name" else address_of(parts)
        if whole and not values.get(base):
            values[base] = whole


def _name(parts: dict[str, str]) -> str:
    first, middle, last = (parts.get(part, "") for part in ("first", "middle", "last"))
    if _CHINESE.search(first + last):
        return last + middle + first
    return " ".join(filter(None, (first, middle, last)))


def address_of(parts: dict[str, str]) -> str:
    """The parts of an address in the order of its language."""
    text = "".join(parts.values())
    if not _CHINESE.search(text):
        return ", ".join(filter(None, (parts.get(part, "") for part in _ADDRESS_OTHER)))
    whole = ""
    for part in _ADDRESS_CHINESE:
        piece = parts.get(part, "")
        # Municipalities stand in both columns (北京市, 北京市).
        if piece and not whole.endswith(piece) and not piece.startswith(whole or "\0"):
            whole += piece
        elif piece.startswith(whole or "\0"):
            whole = piece
    return whole
