"""The language the window speaks: loads the compiled catalogues and lets core's `say` use them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from crm_desktop.core import words

_installed: list[QTranslator] = []


def speak(language: str) -> None:
    """Switch the process to a language: our words, Qt's own buttons, dates and weekdays. Windows are rebuilt after it."""
    app = QCoreApplication.instance()
    assert app is not None
    for old in _installed:
        app.removeTranslator(old)
    _installed.clear()
    words.use(language)
    QLocale.setDefault(QLocale(language))
    ours = QTranslator(app)
    found = ours.load(language, str(words.FOLDER))
    if found:
        app.installTranslator(ours)
        _installed.append(ours)
    qt = QTranslator(app)
    if qt.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(qt)
        _installed.append(qt)
    words.speak_through((lambda text, n: QCoreApplication.translate("", text, "", n)) if found else None)
