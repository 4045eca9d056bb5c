"""Which printer is used and how it is nudged."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.printing.calibration import MOST_SHIFT
from crm_desktop.printing.envelope_sizes import envelope
from crm_desktop.printing.remembered import ENVELOPE_STEP, LABEL_STEP, PaperSettings
from crm_desktop.ui.printing.calibrate import Calibrate, describe
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.step_edits import Millimetres


class PrinterForm(QWidget):
    """`changed` whenever a choice was made; the choices are written straight into the settings."""

    changed = Signal()

    def __init__(self, settings: PaperSettings, printers: list[str], runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._runner = runner
        if settings.printer not in printers:
            settings.printer = printers[0] if printers else ""
        self.printer = ChoiceEdit()
        offered = [(name, name) for name in printers] or [("", say("No printer: save a PDF"))]
        self.printer.set_choices(offered, empty=False)
        self.printer.set_value(settings.printer)
        self.printer.committed.connect(self._choose_printer)
        self.right = Millimetres(-MOST_SHIFT, MOST_SHIFT, LABEL_STEP, say("Shift to the right"))
        self.down = Millimetres(-MOST_SHIFT, MOST_SHIFT, LABEL_STEP, say("Shift down"))
        for editor in (self.right, self.down):
            editor.valueChanged.connect(self._nudge)
        self._about = Label("", "Muted", wrap=True)
        self.calibrate_button = Button(say("Calibrate…"), "sliders-horizontal", "link", self.calibrate)
        form = Form(quiet=False)
        form.section(say("Printer"))
        form.row(say("Printer"), self.printer)
        form.row(say("Shift to the right"), self.right)
        form.row(say("Shift down"), self.down)
        form.wide(self._about)
        form.row("", self.calibrate_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)
        self.refresh()

    def refresh(self) -> None:
        """Show how the chosen printer is set right for the present kind of paper."""
        fit = self._settings.calibration()
        step = ENVELOPE_STEP if self._settings.kind == "envelopes" else LABEL_STEP
        for editor, value in ((self.right, fit.x), (self.down, fit.y)):
            editor.blockSignals(True)
            editor.setSingleStep(step)
            editor.setValue(value)
            editor.blockSignals(False)
        self._about.setText(describe(fit))

    def calibrate(self) -> None:
        """Open the dialog with the test page."""
        settings = self._settings
        if settings.kind == "labels":
            sheet = settings.sheet
            paper = (sheet.page_width, sheet.page_height)
        else:
            sheet = None
            size = envelope(settings.envelope)
            paper = (size.width, size.height)
        dialog = Calibrate(self, self._runner, settings.printer, settings.calibration(), paper, sheet)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            settings.calibrate(dialog.calibration)
            self.refresh()
            self.changed.emit()

    def _choose_printer(self) -> None:
        self._settings.printer = self.printer.value() or ""
        self.refresh()
        self.changed.emit()

    def _nudge(self) -> None:
        x, y = round(self.right.value(), 2), round(self.down.value(), 2)
        self._settings.calibrate(replace(self._settings.calibration(), x=x, y=y))
        self._about.setText(describe(self._settings.calibration()))
        self.changed.emit()
