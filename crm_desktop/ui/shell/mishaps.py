"""What happens when the program itself fails: the log keeps the details, the person gets one plain bar and
can save a report."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QStandardPaths,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

from crm_desktop.core.errors import Trouble

log = logging.getLogger("crm_desktop")

KEPT_FILES = 5
FILE_SIZE = 1_000_000  # bytes
_HARMLESS = (
    "propagateSizeHints",  # offscreen platform only
    "QStandardPaths: XDG_RUNTIME_DIR",
)


class Mishaps(QObject):
    """Installed once. `happened(sentence-free summary)` arrives in the UI thread for every
    unexpected error, `in_trouble(sentence)` for a trouble that nobody told."""

    happened = Signal(str)
    in_trouble = Signal(str)
    _noticed = Signal(str)

    def __init__(self, folder: Path | None = None, version: str = "") -> None:
        super().__init__()
        self.folder = folder or default_folder()
        self.version = version
        self._last = ""
        self._handler: RotatingFileHandler | None = None
        # A signal within one thread is direct, from another it is queued: bars are made only in the UI
        # thread.
        self._noticed.connect(self.happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over unhandled exceptions of all threads and Qt's messages; open the log file."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._handler = RotatingFileHandler(
                self.folder / "crm-desktop.log",
                maxBytes=FILE_SIZE,
                backupCount=KEPT_FILES,
                encoding="utf-8",
                delay=True,
            )
        except OSError as error:
            log.warning("No log file: %s", error)
        if self._handler is not None:
            self._handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
            logging.getLogger().addHandler(self._handler)
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread
        qInstallMessageHandler(self._qt_message)

    def uninstall(self) -> None:
        """Give everything back (tests)."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def notice(self, error: BaseException) -> None:
        """Log an unexpected error and tell the window; may be called from any thread."""
        text = "".join(traceback.format_exception(error))
        log.error("Unexpected error\n%s", text)
        self._last = text
        self._noticed.emit(f"{type(error).__name__}: {error}")

    def save_report(self, path: Path) -> None:
        """Write what a developer needs: versions, the last error, the end of the log. No customer data is
        added."""
        parts = [
            f"CRM Desktop {self.version}",
            f"{datetime.now():%Y-%m-%d %H:%M:%S}",
            f"{platform.platform()} · Python {platform.python_version()} · PySide6 {pyside_version}",
            "",
            self._last or "(no error)",
            "",
            "Log:",
            *self._log_tail(400),
        ]
        path.write_text("\n".join(parts), encoding="utf-8")

    def _log_tail(self, lines: int) -> list[str]:
        file = self.folder / "crm-desktop.log"
        if not file.exists():
            return []
        return file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, _where: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, _where)
            return
        if isinstance(error, Trouble):  # a server that went away in the middle of something: no mistake of the program
            log.info("%s", error.sentence("en"))
            self.in_trouble.emit(error.sentence())
            return
        sys.__excepthook__(kind, error, _where)
        self.notice(error)

    def _uncaught_in_thread(self, details: threading.ExceptHookArgs) -> None:
        if details.exc_value is not None and not isinstance(details.exc_value, SystemExit):
            self.notice(details.exc_value)

    def _qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if any(part in text for part in _HARMLESS):
            return
        levels: dict[QtMsgType, Callable[..., None]] = {
            QtMsgType.QtDebugMsg: log.debug,
            QtMsgType.QtInfoMsg: log.info,
            QtMsgType.QtWarningMsg: log.warning,
            QtMsgType.QtCriticalMsg: log.error,
            QtMsgType.QtFatalMsg: log.critical,
        }
        levels.get(kind, log.warning)("Qt: %s", text)


def default_folder() -> Path:
    """Where the log lies when the data folder is not known yet."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(place) / "log"
