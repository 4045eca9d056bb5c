"""Where named arrangements of the docks are kept."""

from __future__ import annotations

from typing import Protocol


class LayoutShelf(Protocol):
    """Where layouts are kept (the database keeps them per user; tests keep them in memory)."""

    def names(self) -> list[str]:
        """The names, in the order they are listed."""

    def load(self, name: str) -> str:
        """The layout of a name, as `Window.state` gave it."""

    def save(self, name: str, state: str) -> None:
        """Keep a layout under a name, over an older one of that name."""

    def delete(self, name: str) -> None:
        """Forget a layout."""


class LayoutsInMemory:
    """A shelf that lives as long as the program."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def names(self) -> list[str]:
        """The names, oldest first."""
        return list(self._kept)

    def load(self, name: str) -> str:
        """The layout of a name."""
        return self._kept[name]

    def save(self, name: str, state: str) -> None:
        """Keep a layout."""
        self._kept[name] = state

    def delete(self, name: str) -> None:
        """Forget a layout."""
        self._kept.pop(name, None)
