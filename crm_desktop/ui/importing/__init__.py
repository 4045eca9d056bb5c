"""Bringing a workbook in: choose the file, map its columns, look at the verdicts, import, take it back."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget

    from crm_desktop.ui.desk import Desk

WIZARD = "crm_desktop.ui.importing.wizard"
_LAST = "import_text"  # what is defined last in it: a module that is being read in another thread has no such name yet


def dropped(data: QMimeData) -> Path | None:
    """The one file that is being dropped."""
    urls = data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


def open_import(desk: Desk, type_key: str, parent: QWidget, text: str | None = None, file: Path | None = None) -> None:
    """Open the import, with `text` on rows copied in a spreadsheet, with `file` on one that was dropped. It and its readers are
    modules enough for a tenth of a second, so the first time they are read beside the UI thread."""

    def show(wizard: ModuleType) -> None:
        if file is not None:
            wizard.import_file(desk, type_key, file, parent)
        elif text is not None:
            wizard.import_text(desk, type_key, text, parent)
        else:
            wizard.ImportWizard(desk, type_key, parent).open()

    there = sys.modules.get(WIZARD)
    if there is not None and hasattr(there, _LAST):
        show(there)
    else:
        desk.read(lambda: import_module(WIZARD), show, key="import")
