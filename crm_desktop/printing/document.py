"""A finished PDF and what a person should know about it; how a printer is set right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import _, say


@dataclass(frozen=True)
class Calibration:
    """What a printer needs to hit the paper: a shift right and down in mm, and scales that undo its own."""

    x: float = 0.0
    y: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0


AS_IT_IS = Calibration()


@dataclass(frozen=True)
class Remark:
    """Something a person should know before printing; `position` is the recipient's or row's place, from
    0."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)
    position: int | None = None

    def sentence(self, lang: str | None = None) -> str:
        return say(self.text, lang, **self.values)


@dataclass(frozen=True)
class Document:
    """A finished PDF: its bytes, the size of each page in mm, and what to look at before printing it."""

    pdf: bytes
    sizes: list[tuple[float, float]]
    title: str = ""
    remarks: list[Remark] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return len(self.sizes)

    def save(self, path: str | Path) -> Path:
        """Write the PDF; a file of that name is replaced only once the new one is complete. Raises
        Trouble."""
        target = Path(path)
        waiting = target.with_name(f"{target.name}.part")
        try:
            waiting.write_bytes(self.pdf)
            waiting.replace(target)
        except OSError as reason:
            waiting.unlink(missing_ok=True)
            raise Trouble(
                _("“{path}” could not be written: {reason} Choose another folder or close the program that has it open."),
                path=target.name,
                reason=reason.strerror or type(reason).__name__,
            ) from reason
        return target
