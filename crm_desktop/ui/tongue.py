"""The language the window speaks: loads the compiled catalogues and lets core's `say` use them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from crm_desktop.core import words
from crm_desktop.core.words import _, say

# What Qt's own Chinese catalogues leave out of its file dialog, which shows where the desktop has none of its own.
LEFT_OUT = {
    ("QFileDialog", "&Look in:"): _("Look in:"),
    ("QFileDialog", "Files of &type:"): _("Files of type:"),
    ("QAbstractFileIconProvider", "Folder"): _("Folder"),
    ("QAbstractFileIconProvider", "File"): _("File"),
    ("QAbstractFileIconProvider", "%1 File"): _("%1 file"),
}


class Gaps(QTranslator):
    """Asked last, for what no catalogue knows."""

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str | None:  # noqa: N803
        text = LEFT_OUT.get((context, sourceText))
        return say(text) if text is not None else None


_installed: list[QTranslator] = []


_texts: list[bytes] = []


def _kept(text: bytes) -> bytes:
    """Qt looks words up in these very bytes for as long as the translator lives."""
    _texts[:] = [text]
    return text


def language_of_pc() -> str:
    """What a person reads before the program knows who it is."""
    return words.nearest(QLocale.system().name())


def speak(language: str) -> None:
    """Switch the process to a language: our words, Qt's own buttons, dates and weekdays. Windows are rebuilt after it."""
    app = QCoreApplication.instance()
    assert app is not None
    for old in _installed:
        app.removeTranslator(old)
    _installed.clear()
    words.use(language)
    QLocale.setDefault(QLocale(language))
    if language != "en":
        gaps = Gaps(app)
        app.installTranslator(gaps)
        _installed.append(gaps)
    ours = QTranslator(app)
    catalogue = words.FOLDER / f"{language}.qm"
    # Read, not mapped: a new version may be laid over the files of a running program.
    found = catalogue.is_file() and ours.load(_kept(catalogue.read_bytes()))
    if found:
        app.installTranslator(ours)
        _installed.append(ours)
    qt = QTranslator(app)
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qt)
        _installed.append(qt)
    # Not through the application: Qt writes 40000 for %n, our words 40,000 as everywhere else.
    words.speak_through((lambda text, n: ours.translate("", text, "", n) or text) if found else None)
