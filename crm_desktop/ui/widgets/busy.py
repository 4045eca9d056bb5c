"""The thin moving line over a view that is fetching: it comes only after 300 ms, so that quick answers do not
flicker."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.ui.shell.theme import colour

PATIENCE = 300  # ms before the line shows
_STEP = 40  # ms between two pictures


class BusyLine(QWidget):
    """Lies over the upper edge of `over`; `start()` when a question is sent, `stop()` with the answer."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._phase = 0.0
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._appear)
        self._ticks = QTimer(self, interval=_STEP)
        self._ticks.timeout.connect(self._move_on)
        self._over = over
        self.hide()

    def start(self) -> None:
        """A question is out."""
        if not self._ticks.isActive() and not self._patience.isActive():
            self._patience.start()

    def stop(self) -> None:
        """The answer is here."""
        self._patience.stop()
        if self._ticks.isActive():
            self._over.removeEventFilter(self)
        self._ticks.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._lie_down()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("accent_bg"))
        wide = self.width() * 0.3
        painter.fillRect(
            QRectF(self._phase * (self.width() + wide) - wide, 0, wide, self.height()), colour("accent")
        )
        painter.end()

    def _appear(self) -> None:
        self._phase = 0.0
        self._over.installEventFilter(self)
        self._lie_down()
        self.show()
        self.raise_()
        self._ticks.start()

    def _lie_down(self) -> None:
        self.setGeometry(0, 0, self._over.width(), 2)

    def _move_on(self) -> None:
        self._phase = (self._phase + 0.03) % 1.0
        self.update()
