"""What a bulk act did, told to whoever asked for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crm_desktop.core.access import Why
    from crm_desktop.core.errors import Trouble


@dataclass
class Outcome:
    """The ids done, (id, reason) of those refused, and the batch that undoes it. stayed: when a merge was taken back, how many
    records added since stay where they are."""

    done: list[int] = field(default_factory=list)
    refused: list[tuple[int, Trouble | Why]] = field(default_factory=list)
    batch: int | None = None
    stayed: int = 0
