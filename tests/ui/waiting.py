"""How tests of the window wait: for what is due at once, or until something has happened."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

PATIENCE = 60  # seconds: only a computer that is very busy needs more than one


def settle() -> None:
    """Let happen what is due, and what that brings about."""
    for _round in range(5):
        QApplication.processEvents()


def wait_for(condition: Callable[[], bool]) -> None:
    """Let timers of the window run until the condition holds."""
    end = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < end, "it did not happen"
        QTest.qWait(10)
