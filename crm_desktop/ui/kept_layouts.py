"""Named layouts of the docks, kept in the database for each person."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.ui.desk import Desk


class KeptLayouts:
    """The shelf of layouts of the person at the desk: name -> window state."""

    def __init__(self, desk: Desk):
        self._desk = desk

    def names(self) -> list[str]:
        """The names, in the order they were saved."""
        return list(self._desk.setting("layouts", {}))

    def load(self, name: str) -> str:
        """The window state of a name."""
        state: str = self._desk.setting("layouts", {})[name]
        return state

    def save(self, name: str, state: str) -> None:
        """Keep a state under a name."""
        self._change(lambda known: {**(known or {}), name: state})

    def delete(self, name: str) -> None:
        """Forget a name."""
        self._change(lambda known: {key: state for key, state in (known or {}).items() if key != name})

    def _change(self, work: Callable[[dict[str, str] | None], dict[str, str]]) -> None:
        settings, person = self._desk.records.settings, self._desk.actor.employee
        self._desk.write(lambda: settings.change("layouts", work, person))
