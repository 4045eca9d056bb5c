"""A window in a process of its own, for the tests of how it ends: does one thing, says "ready", and waits; or tells how it stands.

python -m tests.ui.records.asked_to_end FOLDER ACT
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox

from crm_desktop.business import Customer
from crm_desktop.ui import asked_to_end, background, start
from crm_desktop.ui.session import Session

SOON = 50  # ms
CITY = "Springfield by the sea"


def floats(session: Session) -> None:
    """A floating calendar, and a town that is being typed."""
    session.window.go("customers")
    session.window.go("calendar", "float")
    session.window.show_detail(True)
    types(session)


def types(session: Session) -> None:
    detail: Any = session.window.detail()
    if detail is None or detail.record is None:
        QTimer.singleShot(SOON, lambda: types(session))
        return
    session.window.docks.focus("detail")
    editor = detail.sheet(Customer).form.loaded.editors["city"]
    editor.setFocus()
    editor.setText(CITY)
    says({"record": detail.record.id})


def asks(session: Session) -> None:
    """A question that nobody answers."""
    QTimer.singleShot(SOON, lambda: says({}))
    QMessageBox(QMessageBox.Icon.Question, "?", "?", QMessageBox.StandardButton.Yes, session.window).exec()


def locks(session: Session) -> None:
    session.lock_by_hand()
    says({})


def tells(session: Session) -> None:
    """How the window stands after its start; then it is closed."""
    docks = json.loads(json.loads(session.window.state())["docks"])
    cities = [city for (city,) in session.records.database.read("SELECT city FROM customer WHERE city = ?", (CITY,))]
    says({"open": docks["open"], "floating": docks["floating"], "cities": cities})
    session.window.close()


def says(what: dict[str, Any]) -> None:
    print("ready", json.dumps(what), flush=True)


class Listening(asked_to_end.AskedToEnd):
    """Does its act as soon as signals are heard."""

    def __init__(self, session: Session):
        super().__init__(session)
        act = {"floats": floats, "asks": asks, "locks": locks, "tells": tells}[sys.argv[2]]
        QTimer.singleShot(SOON, lambda: act(session))


if __name__ == "__main__":
    background.AskedToEnd = Listening  # type: ignore[misc]
    sys.exit(start.open_window(sys.argv[1], lang="en", theme="light"))
