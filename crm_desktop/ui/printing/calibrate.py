"""Sets a printer right: print the test page, measure it with a ruler, enter the four lengths."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import say
from crm_desktop.printing.calibration import CORNER, LENGTH, draw_test_page, measured, shifted
from crm_desktop.printing.document import AS_IT_IS, Calibration
from crm_desktop.printing.sheets import Sheet
from crm_desktop.ui.printing.output import OutputBar
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.labels import Label, line
from crm_desktop.ui.widgets.step_edits import Millimetres


class Calibrate(QDialog):
    """The dialog; `calibration` is the printer's after `accept`."""

    def __init__(
        self,
        parent: QWidget | None,
        runner: Runner,
        printer: str,
        calibration: Calibration,
        paper: tuple[float, float],
        sheet: Sheet | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Calibrate the printer"))
        self.setMinimumWidth(px(520))
        self.calibration = calibration
        self._before = calibration
        what = say("Printer: {printer}", printer=printer) if printer else say("For printing saved PDF files")
        steps = Label(
            say(
                "Print the test page on plain paper of the same size, at 100 %. Measure it with a ruler and enter what you "
                "find. Print it once more to check."
            ),
            "Muted",
            wrap=True,
        )
        self.across = Millimetres(90, 110, 0.1, say("Length of the line across"), LENGTH)
        self.down = Millimetres(90, 110, 0.1, say("Length of the line down"), LENGTH)
        self.from_left = Millimetres(0, 60, 0.1, say("Corner from the left edge"), CORNER)
        self.from_top = Millimetres(0, 60, 0.1, say("Corner from the upper edge"), CORNER)
        form = Form(quiet=False, label_column=190)
        form.wide(Label(what, "Section"))
        steps.setContentsMargins(0, px(4), 0, px(8))
        form.wide(steps)
        for editor in (self.across, self.down, self.from_left, self.from_top):
            form.row(editor.accessibleName(), editor)
            editor.valueChanged.connect(self._measure)
        self._result = Label("", "Muted", wrap=True)
        self._result.setContentsMargins(0, px(8), 0, 0)
        form.wide(self._result)
        self.output = OutputBar(
            runner,
            lambda _job: draw_test_page(*paper, calibration=self._before, sheet=sheet),
            say("Calibration page"),
            leading=False,
        )
        self.output.set_printer(printer)
        self.output.print_button.setText(say("Print test page"))
        self.output.close_button.hide()
        self.ok = Button(say("Use these values"), kind="primary", run=self.accept)
        self.ok.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(px(16), px(12), px(16), px(12))
        buttons.setSpacing(px(8))
        buttons.addWidget(Button(say("Reset"), "rotate-ccw", run=self._reset))
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.setSpacing(0)
        column.addWidget(form)
        column.addWidget(self.output)
        column.addWidget(line())
        column.addLayout(buttons)
        self._measure()

    def _measure(self) -> None:
        try:
            scaled = measured(self._before, self.across.value(), self.down.value())
            self.calibration = shifted(scaled, self.from_left.value(), self.from_top.value())
        except Invalid as wrong:
            self._result.setText(wrong.sentence())
            self.ok.setEnabled(False)
            return
        self.ok.setEnabled(True)
        self._result.setText(describe(self.calibration))

    def _reset(self) -> None:
        self._before = AS_IT_IS
        for editor, value in (
            (self.across, LENGTH),
            (self.down, LENGTH),
            (self.from_left, CORNER),
            (self.from_top, CORNER),
        ):
            editor.setValue(value)
        self._measure()


def describe(calibration: Calibration) -> str:
    """A calibration in one line."""
    if calibration == AS_IT_IS:
        return say("No correction.")
    return say(
        "Moved by {x} mm to the right and {y} mm down, scaled to {across} % and {down} %.",
        x=f"{calibration.x:+.1f}",
        y=f"{calibration.y:+.1f}",
        across=f"{calibration.scale_x * 100:.2f}",
        down=f"{calibration.scale_y * 100:.2f}",
    )
