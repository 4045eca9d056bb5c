"""The lower edge of every print dialog: save as PDF, print, and what happens meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.words import say
from crm_desktop.printing.document import Document
from crm_desktop.ui.files import ask_save, file_name, open_file
from crm_desktop.ui.printing.printers import print_document
from crm_desktop.ui.runner import Job, Runner
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.labels import Label

Make = Callable[[Job], Document]


class OutputBar(QWidget):
    """`make(job)` makes the whole document beside the UI thread; `done(how)` says that it was "saved" or
    "printed".

    Where it is `leading`, its primary button prints when there is a printer, else it saves.
    """

    done = Signal(str)
    closed = Signal()

    def __init__(self, runner: Runner, make: Make, title: str, leading: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._make = make
        self.title = title
        self._leading = leading
        self._printer = ""
        self._job: Job | None = None
        self._why_not = ""
        self._told = Label("", "Muted", wrap=True)
        self._told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._written = ""
        self.open_button = Button(say("Open"), "external-link", "ghost", lambda: open_file(self._written))
        self.open_button.hide()
        self._bar = QProgressBar()
        self._bar.setAccessibleName(say("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(px(180))
        self.stop_button = Button(say("Stop"), run=self.stop)
        self.close_button = Button(say("Close"), run=self.closed.emit)
        self.save_button = Button(say("Save PDF…"), "file-down", run=self.save)
        self.print_button = Button(say("Print"), "printer", run=self.print)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(12), px(16), px(12))
        row.setSpacing(px(8))
        row.addWidget(self._told, 1)
        for widget in (self.open_button, self._bar, self.stop_button, self.close_button, self.save_button, self.print_button):
            row.addWidget(widget)
        self._show_busy(False)
        self.set_printer("")

    def set_printer(self, printer: str) -> None:
        """The printer that is used; an empty name when this PC has none."""
        self._printer = printer
        self.print_button.say_why_not("" if printer else say("This PC has no printer. Save a PDF instead."))
        for button, first, icon_name in (
            (self.print_button, bool(printer), "printer"),
            (self.save_button, not printer, "file-down"),
        ):
            button.setProperty("kind", "primary" if first and self._leading else "normal")
            button.set_icon(icon_name)
            button.setDefault(first and self._leading)
            button.style().unpolish(button)
            button.style().polish(button)

    def say_why_not(self, sentence: str) -> None:
        """Nothing can be printed at the moment; an empty sentence says that it can."""
        self._why_not = sentence
        self._told.setText(sentence)
        self._told.setObjectName("Late" if sentence else "Muted")
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)
        self.save_button.setEnabled(not sentence)
        self.print_button.setEnabled(not sentence and bool(self._printer))

    def save(self) -> None:
        """Ask for a file and write the PDF."""
        path = self.ask_path()
        if path:
            self._start(lambda document, _job: str(document.save(path)), self._saved)

    def print(self) -> None:
        """Send the document to the chosen printer."""
        printer = self._printer
        self._start(lambda document, job: print_document(document, printer, job.step), self._printed)

    def stop(self) -> None:
        """Give up what is under way."""
        if self._job is not None:
            self._job.stop()
            self.stop_button.setEnabled(False)

    def ask_path(self) -> str:
        """The file the person chose, empty when he cancelled."""
        return ask_save(self, say("Save PDF"), file_name(self.title, ".pdf"), say("PDF files (*.pdf)"))

    # ------------------------------------------------------------ inside

    def _start(self, finish: Callable[[Document, Job], object], then: Callable[..., None]) -> None:
        if self._job is not None:
            return

        def work(job: Job) -> object:
            return finish(self._make(job), job)

        self._show_busy(True)
        job = self._runner.run_long(work, then, self._failed, self._tell_progress, write=False)
        # Without threads (in tests) the job is over already.
        self._job = None if job.done else job

    def _tell_progress(self, done: int, total: int, _text: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _saved(self, path: str) -> None:
        self._written = path
        self._finished(say("Saved as {path}", path=Path(path).name), "saved")
        self.open_button.show()

    def _printed(self, _answer: object) -> None:
        self._finished(say("Sent to {printer}", printer=self._printer), "printed")

    def _finished(self, sentence: str, how: str) -> None:
        self._job = None
        self._show_busy(False)
        self._told.setText(sentence)
        self.done.emit(how)

    def _failed(self, error: Exception) -> None:
        self._job = None
        self._show_busy(False)
        if isinstance(error, Cancelled):
            self._told.setText(say("Stopped. Nothing was saved."))
        elif isinstance(error, Trouble):
            self._told.setText(error.sentence())
        else:
            self._told.setText(say("This did not work because of a mistake in the program. It was written to the log."))

    def _show_busy(self, busy: bool) -> None:
        self._bar.setRange(0, 0)
        self._bar.setVisible(busy)
        self.open_button.hide()
        self.stop_button.setVisible(busy)
        self.stop_button.setEnabled(True)
        self.close_button.setVisible(not busy)
        self.save_button.setEnabled(not busy and not self._why_not)
        self.print_button.setEnabled(not busy and not self._why_not and bool(self._printer))
        if busy:
            self._told.setText("")
