"""What the window is told about a view: its name, icon, how it is built and how it likes to stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from PySide6.QtWidgets import QWidget

Group = Literal["work", "registers", "foot", "hidden"]


class Page(NamedTuple):
    """A view of the window.

    `build(parent)` is called when the view is first shown, in `parent`; a `DockHandle` (ViewHeader) among its direct
    children becomes the handle of its dock, and its focus proxy gets the focus. `wide` views start without
    the detail dock. `group` is the part of the sidebar: work, registers (below the line), foot (settings), or
    hidden (only by command).
    """

    key: str
    title: str
    icon: str
    build: Callable[[QWidget], QWidget]
    wide: bool = False
    group: Group = "work"
