"""The switch between standard and strict reading of a shared server: what it means and costs is told before."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from crm_desktop.business.staff import strictness
from crm_desktop.core.guard.strict import MOST
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.widgets import question


def begin_switch(desk: Desk, read: strictness.Profile, count: int, parent: QWidget, done: Callable[[], None]) -> None:
    """Ask, then switch to the other one."""
    wanted = not read.strict
    price = say(strictness.PRICE, most=f"{MOST:,}", count=f"{count:,}")
    text = f"{say(strictness.STRICT)}\n\n{price}" if wanted else f"{say(strictness.STANDARD)}\n\n{say(strictness.BACK)}"
    title = say("Read strictly") if wanted else say("Read as standard")
    if question.agreed(parent, title, text, title):
        told = say("The server reads strictly now.") if wanted else say("The server reads as standard now.")
        desk.write(lambda: strictness.read_strictly(desk.records, desk.actor, wanted), lambda _none: done(), told)
