"""Shows a document that is ready to print (a report, a list) with the ways to paper and PDF."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import say
from crm_desktop.printing.document import Document
from crm_desktop.ui.printing.output import Make, OutputBar
from crm_desktop.ui.printing.preview import PreviewPane
from crm_desktop.ui.printing.printers import printer_names
from crm_desktop.ui.printing.remarks import RemarksList
from crm_desktop.ui.runner import Job, Runner
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.labels import Label, line


class DocumentDialog(QDialog):
    """`make(job)` makes the document beside the UI thread, telling `job.step` and asking `job.cancelled`.

    `title` is shown and proposed as the file name.
    """

    def __init__(
        self,
        make: Make,
        title: str,
        runner: Runner,
        printers: Sequence[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("DocumentDialog")
        self.setWindowTitle(title)
        self.setSizeGripEnabled(True)
        roomy(self, 960, 760)
        self._document: Document | None = None
        names = list(printer_names() if printers is None else printers)
        self.preview = PreviewPane(runner)
        self.remarks = RemarksList()
        self.output = OutputBar(runner, self._made, title)
        self.printer = ChoiceEdit()
        self.printer.setAccessibleName(say("Printer"))
        self.printer.setMinimumContentsLength(18)
        self.printer.set_choices([(name, name) for name in names], empty=False)
        self.printer.set_value(names[0] if names else None)
        self.printer.setVisible(bool(names))
        self.printer.committed.connect(lambda: self.output.set_printer(self.printer.value() or ""))
        self.output.set_printer(names[0] if names else "")
        self.output.closed.connect(self.reject)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(12), px(16), 0)
        head.addWidget(Label(title, "Title"), 1)
        head.addWidget(self.printer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        column.addWidget(self.remarks)
        column.addWidget(line())
        column.addWidget(self.output)
        self.output.say_why_not(say("The pages are being made…"))
        self.preview.busy.start()
        self._making: Job | None = runner.run_long(make, self._show, self._failed, None, write=False)

    def _made(self, _job: Job) -> Document:
        assert self._document is not None
        return self._document

    def _show(self, document: Document) -> None:
        self._document = document
        self.preview.busy.stop()
        self.preview.view.show_document(document)
        self.remarks.show_remarks(document.remarks)
        self.output.say_why_not("")

    def _failed(self, error: Exception) -> None:
        self.preview.busy.stop()
        sentence = error.sentence() if isinstance(error, Trouble) else say("The pages could not be made.")
        self.output.say_why_not(sentence)

    def done(self, result: int) -> None:
        if self._making is not None:
            self._making.stop()
        self.output.stop()
        self.preview.view.show_document(None)
        super().done(result)
