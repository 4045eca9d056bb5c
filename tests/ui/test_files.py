"""Asking for files: where the dialog begins, what a file is called, and in which language Qt's own dialog speaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from crm_desktop.core import words
from crm_desktop.ui import files
from crm_desktop.ui.tongue import LEFT_OUT, speak


@pytest.fixture
def parent(dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QWidget]:
    monkeypatch.setattr(files, "_last", [])
    window = QWidget()
    yield window
    window.deleteLater()


def test_a_dialog_begins_where_the_person_last_was(parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    answers = [str(tmp_path / "there" / "labels"), ""]
    (tmp_path / "there").mkdir()

    def ask(_parent: QWidget, _title: str, wanted: str, _kinds: str) -> tuple[str, str]:
        begun.append(wanted)
        return answers.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(tmp_path / "no such folder"))
    assert files.ask_save(parent, "Save", "labels.pdf", "*.pdf") == str(tmp_path / "there" / "labels.pdf")
    assert files.ask_save(parent, "Save", "labels.pdf", "*.pdf") == ""
    assert begun == [str(Path.home() / "labels.pdf"), str(tmp_path / "there" / "labels.pdf")]
    assert files.start_folder(str(tmp_path)) == str(tmp_path)  # what is kept for this kind of file goes first


def test_a_title_becomes_a_name_every_disk_takes(parent: QWidget) -> None:
    assert files.file_name('报表: "A/B" <1>.', ".xlsx") == "报表- -A-B- -1-.xlsx"
    assert files.file_name("...", ".pdf") == "file.pdf"


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW"])
def test_qt_s_own_dialog_is_wholly_chinese(parent: QWidget, language: str) -> None:
    before = words.language()
    try:
        speak(language)
        dialog = QFileDialog(parent, "", "", "*.pdf")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        texts = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
        left_out = [QApplication.translate(context, text) for context, text in LEFT_OUT]
        strange = QApplication.translate("QFileDialog", "no such text")
    finally:
        speak(before)
    latin = [text for text in (*texts, *left_out) if text.replace("%1", "").replace("&", "").strip().isascii()]
    assert not latin and len(texts) >= 3
    assert strange == "no such text"
