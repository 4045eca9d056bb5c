"""What PySide explains is explained as ever; it only comes later, and in a version nobody has tried, at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.start import ROOT, child
from crm_desktop.ui import qt_import

ASKED = {
    "wrong arguments": """
        from PySide6.QtWidgets import QApplication, QWidget
        app = QApplication([])
        for wrong in (lambda: QWidget().resize("wide"), lambda: QWidget(5), lambda: QWidget().setWindowTitle(1, 2), lambda: QWidget(no=1)):
            try:
                wrong()
            except (TypeError, AttributeError) as error:
                print(error)
    """,
    "a value of a wrong type in a module's function": """
        from PySide6.QtCore import qVersion, QSize, QRect
        for wrong in (lambda: QRect("x"), lambda: QSize.scaled(1, 2, 3)):
            try:
                wrong()
            except TypeError as error:
                print(error)
    """,
    "help": """
        from PySide6.QtWidgets import QWidget
        print(QWidget.resize.__doc__, QWidget.__doc__)
    """,
    "signatures": """
        from PySide6.support.signature import get_signature
        from PySide6.QtWidgets import QWidget
        print(get_signature(QWidget.resize), get_signature(QWidget))
    """,
    "parts of the package": """
        import shibokensupport.signature.parser, PySide6.support.signature.mapping
        print(PySide6.support.signature.mapping is shibokensupport.signature.mapping, shibokensupport.signature.parser.__name__)
    """,
    "what other programs have, of all finders": """
        from importlib.metadata import entry_points
        import PySide6.QtCore
        print("pytest11" in entry_points().groups)
    """,
    "features": """
        import __feature__
        from PySide6.QtWidgets import QApplication, QWidget
        app = QApplication([])
        __feature__.set_selection(1)
        widget = QWidget()
        widget.set_window_title("snake")
        print(widget.window_title(), __feature__.info())
    """,
}


def _asked(name: str, before: str) -> list[str]:
    lines = ASKED[name].splitlines()[1:]
    return child("\n".join([before, *(line[8:] for line in lines)]), "offscreen")


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_that_of_plain_pyside(name: str) -> None:
    plain = _asked(name, "import PySide6.QtCore")
    assert plain
    assert _asked(name, "import crm_desktop.ui") == plain


def test_threads_that_ask_at_once_all_get_the_whole_answer() -> None:
    wrong = """import sys
from threading import Thread
from PySide6.QtCore import QSize
sys.setswitchinterval(1e-5)
told = []
def wrong():
    try:
        QSize("x", [])
    except TypeError as error:
        told.append(str(error))
threads = [Thread(target=wrong) for _ in range(int(sys.argv[1]))]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(told), *set(told))"""
    (count, *text), (plain_count, *plain) = (
        " ".join(child(f"import {way}\n{wrong}", "offscreen", number)).split(" ")
        for way, number in (("crm_desktop.ui", "6"), ("PySide6.QtCore", "1"))
    )
    assert (count, plain_count, text) == ("6", "1", plain)


def test_nothing_of_it_is_loaded_until_then() -> None:
    window = """import importlib, importlib.metadata, sys, crm_desktop.ui
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.windowTitleChanged.connect(window.setToolTip)
window.setWindowTitle("x")
window.show()
app.processEvents()
importlib.invalidate_caches()
importlib.metadata.entry_points()
print(*(name for name in sys.modules if name.startswith("shibokensupport")))"""
    assert child(window, "offscreen") == ["shibokensupport.signature.mapping"]


def test_an_untried_version_goes_the_plain_way() -> None:
    source = Path(qt_import.__file__).read_text(encoding="utf-8").replace(f'TRIED = ("{qt_import.TRIED[0]}",)', "TRIED = ()")
    assert "TRIED = ()" in source
    look = f"import builtins, sys; plain = builtins.__import__; exec({source!r})\n"
    look += "print(builtins.__import__ is plain, 'shibokensupport.signature.loader' in sys.modules)"
    assert child(look, "offscreen") == ["True True"]
    assert _asked("wrong arguments", f"exec({source!r})") == _asked("wrong arguments", "import PySide6.QtCore")


def test_the_version_we_install_has_been_tried() -> None:
    pinned = re.search(r'"PySide6-Essentials==([\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert pinned is not None and pinned[1] in qt_import.TRIED
