"""Asking for a file or a folder, from where the person last was; and opening what was written."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_last: list[Path] = []  # the folder the person last chose while the program runs


def start_folder(kept: str = "") -> str:
    """Where a dialog begins: the folder kept, where the person last was, his documents, his home."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    for folder in (kept, *map(str, _last), documents):
        if folder and Path(folder).is_dir():
            return folder
    return str(Path.home())


def file_name(title: str, ending: str = "") -> str:
    """A title as the name of a file, without what a disk refuses."""
    return (_FORBIDDEN.sub("-", title).strip(". ") or "file") + ending


def ask_save(parent: QWidget, title: str, name: str, kinds: str, kept: str = "") -> str:
    """The file the person names, '' when he cancels; it ends as `name` does."""
    path, _kind = QFileDialog.getSaveFileName(parent, title, str(Path(start_folder(kept)) / name), kinds)
    ending = Path(name).suffix
    if path and ending and not path.lower().endswith(ending.lower()):
        path += ending
    return _note(path)


def ask_open(parent: QWidget, title: str, kinds: str, kept: str = "") -> str:
    """The file the person chooses, '' when he cancels."""
    path, _kind = QFileDialog.getOpenFileName(parent, title, start_folder(kept), kinds)
    return _note(path)


def ask_folder(parent: QWidget, title: str, kept: str = "") -> str:
    """The folder the person chooses, '' when he cancels."""
    folder = QFileDialog.getExistingDirectory(parent, title, start_folder(kept))
    if folder:
        _last[:] = [Path(folder)]
    return folder


def open_file(path: str | Path) -> None:
    """Show a file in the program the desktop has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _note(path: str) -> str:
    if path:
        _last[:] = [Path(path).parent]
    return path
