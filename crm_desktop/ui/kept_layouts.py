"""Named layouts of the docks, kept in the database for each person."""

from __future__ import annotations

from crm_desktop.ui.desk import Desk


class KeptLayouts:
    """The shelf of layouts of the person at the desk: name -> window state."""

    def __init__(self, desk: Desk):
        self._desk = desk

    def _all(self) -> dict[str, str]:
        return dict(self._desk.setting("layouts", {}))

    def names(self) -> list[str]:
        """The names, in the order they were saved."""
        return list(self._all())

    def load(self, name: str) -> str:
        """The window state of a name."""
        return self._all()[name]

    def save(self, name: str, state: str) -> None:
        """Keep a state under a name."""
        self._desk.records.settings.put("layouts", self._all() | {name: state}, self._desk.actor.employee)

    def delete(self, name: str) -> None:
        """Forget a name."""
        rest = {key: state for key, state in self._all().items() if key != name}
        self._desk.records.settings.put("layouts", rest, self._desk.actor.employee)
