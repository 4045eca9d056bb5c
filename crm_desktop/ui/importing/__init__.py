"""Bringing a workbook in: choose the file, map its columns, look at the verdicts, import, take it back."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from crm_desktop.ui.desk import Desk

WIZARD = "crm_desktop.ui.importing.wizard"
_LAST = "import_text"  # what is defined last in it: a module that is being read in another thread has no such name yet


def open_import(desk: Desk, type_key: str, parent: QWidget, text: str | None = None) -> None:
    """Open the import, with `text` on rows copied in a spreadsheet. It and its readers are modules enough for a tenth of a second, so
    the first time they are read beside the UI thread."""

    def show(wizard: ModuleType) -> None:
        if text is None:
            wizard.ImportWizard(desk, type_key, parent).open()
        else:
            wizard.import_text(desk, type_key, text, parent)

    there = sys.modules.get(WIZARD)
    if there is not None and hasattr(there, _LAST):
        show(there)
    else:
        desk.read(lambda: import_module(WIZARD), show, key="import")
