"""The dialog for labels and envelopes: choices on the left, live preview on the right, paper or PDF below."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.core.errors import Trouble
from crm_desktop.core.words import say
from crm_desktop.printing.document import Document, Remark
from crm_desktop.printing.envelopes import EnvelopeJob, draw_envelopes
from crm_desktop.printing.labels import LabelJob, draw_labels
from crm_desktop.printing.recipients import Recipient
from crm_desktop.printing.remembered import PaperSettings
from crm_desktop.ui.printing.envelope_form import EnvelopeForm
from crm_desktop.ui.printing.label_form import LabelForm
from crm_desktop.ui.printing.output import OutputBar
from crm_desktop.ui.printing.preview import PreviewPane
from crm_desktop.ui.printing.printer_form import PrinterForm
from crm_desktop.ui.printing.printers import printer_names
from crm_desktop.ui.printing.remarks import RemarksList
from crm_desktop.ui.printing.wording_form import WordingForm
from crm_desktop.ui.runner import Job, Runner
from crm_desktop.ui.shell.theme import px, roomy
from crm_desktop.ui.widgets.labels import Label, line
from crm_desktop.ui.widgets.segment import Segment

PAUSE = 150  # ms after the last change before the preview is drawn again
FIRST_PAGES = 8  # drawn at once; the rest follows in the background
CHOICES_WIDTH = 372


class MailingDialog(QDialog):
    """Prints labels or envelopes for `recipients`.

    `settings` are the plain values of the last time; `remembered(values)` hands them back when something was
    printed, saved or the dialog closes, for the caller to keep per person.
    """

    remembered = Signal(dict)

    def __init__(
        self,
        recipients: Sequence[Recipient],
        runner: Runner,
        settings: Mapping[str, Any] | None = None,
        kind: str = "",
        printers: list[str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("MailingDialog")
        self.setWindowTitle(say("Labels and envelopes"))
        self.setSizeGripEnabled(True)
        roomy(self, 1120, 760)
        self.recipients = list(recipients)
        self.settings = PaperSettings.of(settings)
        if kind:
            self.settings.kind = kind
        self._runner = runner
        self._drawing: Job | None = None
        self._job: LabelJob | EnvelopeJob
        self._whole: Document | None = None
        names = printer_names() if printers is None else printers
        self.kind = Segment((("labels", say("Labels"), "tags"), ("envelopes", say("Envelopes"), "mail")), say("Paper"))
        self.label_form = LabelForm(self.settings, len(self.recipients))
        self.envelope_form = EnvelopeForm(self.settings)
        self.wording_form = WordingForm(self.settings)
        self.printer_form = PrinterForm(self.settings, names, runner)
        self.preview = PreviewPane(runner)
        self.remarks = RemarksList()
        self.output = OutputBar(runner, self._whole_document, "")
        self.output.set_printer(self.settings.printer)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._arrange()
        self._connect()
        self.kind.set_value(self.settings.kind)
        self._show_kind()
        self.redraw()

    def _arrange(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(px(16), px(16), px(16), px(4))
        head.setSpacing(px(8))
        head.addWidget(Label(say("Labels and envelopes"), "Title"))
        head.addWidget(Label(say("%n recipient(s)", n=len(self.recipients)), "Muted"))
        head.addWidget(self.kind)
        body = QWidget()
        body.setObjectName("Body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, px(12))
        column.setSpacing(0)
        for form in (self.label_form, self.envelope_form, self.wording_form, self.printer_form):
            column.addWidget(form)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        choices = QFrame()
        choices.setObjectName("Panel")
        choices.setFixedWidth(px(CHOICES_WIDTH))
        left = QVBoxLayout(choices)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(head)
        left.addWidget(scroll, 1)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.preview, 1)
        right.addWidget(self.remarks)
        middle = QHBoxLayout()
        middle.setContentsMargins(px(12), px(12), px(12), px(8))
        middle.setSpacing(px(8))
        middle.addWidget(choices)
        middle.addLayout(right, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(middle, 1)
        outer.addWidget(line())
        outer.addWidget(self.output)

    def _connect(self) -> None:
        self._soon.timeout.connect(self.redraw)
        self.kind.changed.connect(self._choose_kind)
        for form in (self.label_form, self.envelope_form, self.wording_form, self.printer_form):
            form.changed.connect(self._changed)
        self.printer_form.changed.connect(lambda: self.output.set_printer(self.settings.printer))
        self.remarks.asked.connect(self._go_to)
        self.output.done.connect(self._put_out)
        self.output.closed.connect(self.close)

    # ------------------------------------------------------------ choices

    def _choose_kind(self, kind: str) -> None:
        if kind != self.settings.kind:
            self.settings.kind = kind
            self._show_kind()
            self.redraw()

    def _show_kind(self) -> None:
        labels = self.settings.kind == "labels"
        self.label_form.setVisible(labels)
        self.envelope_form.setVisible(not labels)
        self.wording_form.flags["postcode"].setEnabled(labels)
        self.printer_form.refresh()
        self.output.title = say("Address labels") if labels else say("Envelopes")

    # ------------------------------------------------------------ preview

    def _changed(self) -> None:
        """A choice was made: what is printed from now on is the new choice, the preview follows after a pause."""
        self._take_job()
        self._soon.start()

    def _take_job(self) -> None:
        """Make the job of the present choices, once and here: the working threads only read it."""
        self._whole = None
        settings = self.settings
        labels = settings.kind == "labels"
        self._job = settings.label_job(self.recipients) if labels else settings.envelope_job(self.recipients)

    def redraw(self) -> None:
        """Draw the preview: the first pages at once, then the whole document for its warnings and for printing."""
        self._soon.stop()
        if self._drawing is not None:
            self._drawing.stop()
        self._take_job()
        paper = self._job
        try:
            paper.check()
        except Trouble as trouble:
            self.preview.busy.stop()
            self.preview.view.show_nothing(trouble.sentence())
            self.remarks.show_remarks([])
            self.output.say_why_not(trouble.sentence())
            return
        self.output.say_why_not("")
        self.preview.busy.start()
        self._ask(lambda job: _draw(paper, job, FIRST_PAGES), self._show_first)

    def _ask(self, work: Callable[[Job], Document], then: Callable[[Document], None]) -> None:
        asked = self._runner.run_long(work, then, self._failed, None, write=False)
        # Without threads (in tests) the answer came while the question was asked.
        if not asked.done:
            self._drawing = asked

    def _show_first(self, document: Document) -> None:
        self._drawing = None
        paper = self._job
        if document.pages >= paper.pages:
            self._show_whole(document)
            return
        self.preview.view.show_document(document)
        self.remarks.show_remarks(document.remarks)
        self._ask(lambda job: _draw(paper, job), self._show_whole)

    def _show_whole(self, document: Document) -> None:
        self._drawing = None
        self._whole = document
        self.preview.busy.stop()
        self.preview.view.show_document(document)
        self.remarks.show_remarks(document.remarks)

    def _failed(self, error: Exception) -> None:
        self._drawing = None
        self.preview.busy.stop()
        if isinstance(error, Trouble):
            self.output.say_why_not(error.sentence())

    def _go_to(self, remark: Remark) -> None:
        if remark.position is None:
            return
        page = remark.position
        if self.settings.kind == "labels":
            settings = self.settings
            page = (settings.start - 1 + remark.position * settings.copies) // settings.sheet.count
        self.preview.view.go_to(page)

    # ------------------------------------------------------------ output

    def _whole_document(self, job: Job) -> Document:
        """Runs beside the UI thread: the document that is shown, or a new one while it is not complete yet."""
        return self._whole or _draw(self._job, job, tell=True)

    def _put_out(self, how: str) -> None:
        if how == "printed" and self.settings.kind == "labels":
            self.settings.labels_used(self.settings.label_job(self.recipients).labels)
            self.label_form.refresh()
            self._changed()
        self.remembered.emit(self.settings.values())

    def done(self, result: int) -> None:
        self.output.stop()
        if self._drawing is not None:
            self._drawing.stop()
        self._soon.stop()
        self.preview.view.show_document(None)
        self.remembered.emit(self.settings.values())
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.done(int(QDialog.DialogCode.Rejected))
        event.accept()


def _draw(paper: LabelJob | EnvelopeJob, job: Job, first_pages: int = 0, tell: bool = False) -> Document:
    """Runs beside the UI thread."""
    progress = job.step if tell else None
    if isinstance(paper, LabelJob):
        return draw_labels(paper, progress, lambda: job.cancelled, first_pages=first_pages)
    return draw_envelopes(paper, progress, lambda: job.cancelled, first_pages=first_pages)
