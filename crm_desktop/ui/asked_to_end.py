"""The operating system asks the program to end: a signal (SIGTERM, SIGHUP, Ctrl+C in a terminal), or the person logs out.

A signal ends it in order and without a question, because nobody may be there to answer: the layout is kept, what is being typed in
a field is saved as if it had been left, what waits for the server is kept on this computer. A second signal ends it at once. At a
logout somebody may be asked, and may stay; else all of that is kept before the system goes on.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QEventLoop, QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QSessionManager
from PySide6.QtWidgets import QApplication

from crm_desktop.ui import unsent

if TYPE_CHECKING:
    from crm_desktop.ui.session import Session

ASKED_BY = ("SIGTERM", "SIGHUP", "SIGINT")
PATIENCE, STEP = 2_000, 20  # ms that it waits for what is being written


class AskedToEnd(QObject):
    """Listens as long as the session lasts; whoever makes it keeps it."""

    def __init__(self, session: Session):
        super().__init__()
        self._session = session
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.commitDataRequest.connect(self._logged_out)
        if sys.platform != "win32":  # there is none of these but the last, which a window never gets
            self._listen()

    def _listen(self) -> None:
        """Python hears of a signal only when it is at work, and Qt's loop is not: the pipe wakes it."""
        self._ear, mouth = os.pipe()
        os.set_blocking(mouth, False)
        os.set_blocking(self._ear, False)
        self._bell = QSocketNotifier(self._ear, QSocketNotifier.Type.Read, self)
        self._bell.activated.connect(self._signalled)
        signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
        asked_by = [getattr(signal, name) for name in ASKED_BY]
        self._heard = [number for number in asked_by if signal.getsignal(number) != signal.SIG_IGN]  # after nohup it is ignored
        for number in self._heard:
            signal.signal(number, lambda _number, _frame: None)

    def _signalled(self) -> None:
        if not set(os.read(self._ear, 64)).isdisjoint(self._heard):
            for number in self._heard:
                signal.signal(number, signal.SIG_DFL)
            self.end()

    def end(self) -> None:
        """End now, in order, without asking."""
        self._leave_field()
        unsent.keep_waiting(self._session.desk)
        window = self._session.window
        window.may_close = lambda: True
        window.close()
        QApplication.exit(0)  # not quit(): a locked door would refuse

    def _logged_out(self, manager: QSessionManager) -> None:
        """The program is ended soon, and perhaps not asked again; or it goes on, because another one stays."""
        self._leave_field()
        if manager.allowsInteraction():
            stays = not self._session.may_close()
            manager.release()
            if stays:
                manager.cancel()
                return
        desk = self._session.desk
        if desk.outbox.waiting and unsent.keep_waiting(desk):
            # When it goes on after all, what waits then is kept anew at its end.
            desk.outbox.changed.connect(lambda _waiting: unsent.forget(desk), Qt.ConnectionType.SingleShotConnection)
        self._session.keep_layout()
        self._wait()

    def _leave_field(self) -> None:
        """What is being typed in a field is saved when that is left; where no server answers it waits then."""
        for window in QApplication.topLevelWidgets():
            if (field := window.focusWidget()) is not None:  # as if the person turned to another program
                QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
                if field.hasFocus():
                    QApplication.sendEvent(field, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.ActiveWindowFocusReason))
        self._wait()

    def _wait(self) -> None:
        for _step in range(PATIENCE // STEP):
            if not self._session.runner.busy():
                return
            loop = QEventLoop()
            QTimer.singleShot(STEP, loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
