"""Asks for the measures of a label sheet that is in no list."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import say
from crm_desktop.printing.sheets import Sheet
from crm_desktop.ui.printing.steps import Millimetres, WholeSteps
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import TextEdit
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.labels import Label

LARGEST = 500.0  # mm
MOST = 100  # columns or rows


class OwnSheet(QDialog):
    """The dialog; `sheet()` is what it says now, raising Invalid when such a sheet cannot exist."""

    def __init__(self, parent: QWidget | None, like: Sheet) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("Own label sheet"))
        self.setMinimumWidth(px(440))
        self.name = TextEdit()
        self.name.set_value(like.part)
        self.columns = WholeSteps(1, MOST, like.columns, say("Columns"))
        self.rows = WholeSteps(1, MOST, like.rows, say("Rows"))
        self._lengths = {
            "page_width": Millimetres(10, LARGEST, 1, say("Paper width"), like.page_width),
            "page_height": Millimetres(10, LARGEST, 1, say("Paper height"), like.page_height),
            "label_width": Millimetres(1, LARGEST, 0.5, say("Label width"), like.label_width, 2),
            "label_height": Millimetres(1, LARGEST, 0.5, say("Label height"), like.label_height, 2),
            "left": Millimetres(0, LARGEST, 0.5, say("Left margin"), like.left, 2),
            "top": Millimetres(0, LARGEST, 0.5, say("Top margin"), like.top, 2),
            "pitch_x": Millimetres(0, LARGEST, 0.5, say("From label to label, across"), like.pitch_x, 2),
            "pitch_y": Millimetres(0, LARGEST, 0.5, say("From label to label, down"), like.pitch_y, 2),
        }
        self._wrong = Label("", "FieldError", wrap=True)
        form = Form(quiet=False, label_width=170)
        form.row(say("Name"), self.name)
        form.row(say("Columns"), self.columns)
        form.row(say("Rows"), self.rows)
        for editor in self._lengths.values():
            form.row(editor.accessibleName(), editor)
            editor.valueChanged.connect(self._check)
        for whole in (self.columns, self.rows):
            whole.valueChanged.connect(self._check)
        form.wide(self._wrong)
        self.ok = Button(say("Use this sheet"), kind="primary", run=self.accept)
        self.ok.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(px(16), 0, px(16), px(16))
        buttons.addStretch(1)
        buttons.addWidget(Button(say("Cancel"), run=self.reject))
        buttons.addWidget(self.ok)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(8), 0, 0)
        column.addWidget(form)
        column.addLayout(buttons)
        self._check()

    def set_length(self, name: str, value: float) -> None:
        """Set one of the measures by the sheet's field name."""
        self._lengths[name].setValue(value)

    def sheet(self) -> Sheet:
        """The sheet described; raises Invalid when it cannot exist."""
        length = {name: editor.value() for name, editor in self._lengths.items()}
        made = Sheet(
            self.name.text().strip() or say("Own sheet"),
            self.columns.value(),
            self.rows.value(),
            length["label_width"],
            length["label_height"],
            length["pitch_x"],
            length["pitch_y"],
            length["left"],
            length["top"],
            length["page_width"],
            length["page_height"],
        )
        made.check()
        return made

    def _check(self) -> None:
        try:
            self.sheet()
        except Invalid as wrong:
            self._wrong.setText(wrong.sentence())
        else:
            self._wrong.setText("")
        self.ok.setEnabled(not self._wrong.text())


def ask_own_sheet(parent: QWidget, like: Sheet) -> Sheet | None:
    """A sheet the person describes, starting from the one he has; None when he cancels."""
    dialog = OwnSheet(parent, like)
    return dialog.sheet() if dialog.exec() == QDialog.DialogCode.Accepted else None
