"""Letters typed into a list lead to the label they begin, contain or spell: sz or suzhou finds 苏州."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QAbstractItemView, QApplication

PAUSE = 900  # ms between two letters of one word


class Spelling:
    """The word that is being typed into `view`."""

    def __init__(self, view: QAbstractItemView) -> None:
        self._view = view
        self._typed, self._since = "", QElapsedTimer()

    def go_to(self, search: str) -> bool:
        """Go to the best label for the word so far; False when none fits."""
        from crm_desktop.core import find  # not before something is typed

        pause = QApplication.keyboardInputInterval()
        goes_on = self._since.isValid() and self._since.elapsed() < max(pause, PAUSE)
        self._typed = self._typed + search if goes_on else search
        self._since.restart()
        model = self._view.model()
        labels = [str(model.index(row, 0).data() or "") for row in range(model.rowCount())]
        places = find.filtered(find.parse(self._typed), labels)
        if places:
            self._view.setCurrentIndex(model.index(places[0], 0))
        return bool(places)
