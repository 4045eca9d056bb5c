"""Asks for the measures of a label sheet that is in no list."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from crm_desktop.core.words import say
from crm_desktop.printing.sheets import Sheet
from crm_desktop.ui.printing.measures import Measures
from crm_desktop.ui.widgets.editors import TextEdit
from crm_desktop.ui.widgets.step_edits import WholeSteps

LARGEST = 500.0  # mm
MOST = 100  # columns or rows


class OwnSheet(Measures):
    """`made()` is the sheet described."""

    def __init__(self, parent: QWidget | None, like: Sheet) -> None:
        super().__init__(parent, say("Own label sheet"))
        self.name = TextEdit()
        self.name.set_value(like.part)
        self.columns = WholeSteps(1, MOST, like.columns, say("Columns"))
        self.rows = WholeSteps(1, MOST, like.rows, say("Rows"))
        self.form.row(say("Name of the sheet"), self.name)
        for whole in (self.columns, self.rows):
            self.form.row(whole.accessibleName(), whole)
            whole.valueChanged.connect(self.check)
        for name, label, value, least in (
            ("page_width", say("Paper width"), like.page_width, 10.0),
            ("page_height", say("Paper height"), like.page_height, 10.0),
            ("label_width", say("Label width"), like.label_width, 1.0),
            ("label_height", say("Label height"), like.label_height, 1.0),
            ("left", say("Left margin"), like.left, 0.0),
            ("top", say("Top margin"), like.top, 0.0),
            ("pitch_x", say("From label to label, across"), like.pitch_x, 0.0),
            ("pitch_y", say("From label to label, down"), like.pitch_y, 0.0),
        ):
            self.add_length(name, label, value, LARGEST, least)
        self.close_form(say("Use this sheet"))

    def made(self) -> Sheet:
        length = {name: editor.value() for name, editor in self.lengths.items()}
        sheet = Sheet(
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
        sheet.check()
        return sheet


def ask_own_sheet(parent: QWidget, like: Sheet) -> Sheet | None:
    """A sheet the person describes, starting from the one he has; None when he cancels."""
    dialog = OwnSheet(parent, like)
    return dialog.made() if dialog.exec() == QDialog.DialogCode.Accepted else None
