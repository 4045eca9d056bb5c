"""The choices for address labels: sheet, first label, copies, order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.printing.labels import MOST_COPIES
from crm_desktop.printing.remembered import PaperSettings
from crm_desktop.printing.sheets import Sheet, find_sheets, sheet
from crm_desktop.ui.printing.own_sheet import ask_own_sheet
from crm_desktop.ui.printing.start_label import StartLabel
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import FlagEdit
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.search_combo import SearchCombo
from crm_desktop.ui.widgets.segment import Segment
from crm_desktop.ui.widgets.step_edits import WholeSteps

SHOWN_SHEETS = 60


class LabelForm(QWidget):
    """`changed` whenever a choice was made; the choices are written straight into the settings."""

    changed = Signal()

    def __init__(self, settings: PaperSettings, recipients: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._recipients = recipients
        self.sheet = SearchCombo()
        self.sheet.set_source(_found)
        self.sheet.setPlaceholderText(say("Brand, number or size"))
        self.sheet.committed.connect(self._choose_sheet)
        self._about = Label("", "Muted", wrap=True)
        own = Button(say("Own sheet…"), "sliders-horizontal", "link", self._own_sheet)
        self.start_picture = StartLabel(settings.sheet)
        self.start_picture.chosen.connect(self._choose_start)
        self.start = WholeSteps(1, settings.sheet.count, 1, say("First label"))
        self.start.valueChanged.connect(self._choose_start)
        self.copies = WholeSteps(1, MOST_COPIES, settings.copies, say("Copies of each"))
        self.copies.valueChanged.connect(lambda value: self._set("copies", value))
        self.order = Segment((("across", say("Across")), ("down", say("Down"))), say("Order"))
        self.order.set_value("down" if settings.down else "across")
        self.order.changed.connect(lambda key: self._set("down", key == "down"))
        self.align = Segment((("left", say("Left")), ("centre", say("Centred"))), say("Alignment"))
        self.align.set_value("centre" if settings.centred else "left")
        self.align.changed.connect(lambda key: self._set("centred", key == "centre"))
        self.outlines = FlagEdit()
        self.outlines.setText(say("Print the outlines of the labels (for a test)"))
        self.outlines.set_value(settings.outlines)
        self.outlines.committed.connect(lambda: self._set("outlines", self.outlines.value()))
        self._arrange(own)
        self.refresh()

    def _arrange(self, own: Button) -> None:
        form = Form(quiet=False)
        form.row(say("Label sheet"), self.sheet)
        about = QHBoxLayout()
        about.addWidget(self._about, 1)
        about.addWidget(own)
        holder = QWidget()
        about.setContentsMargins(0, 0, 0, px(4))
        holder.setLayout(about)
        form.wide(holder)
        form.row(say("First label"), self.start)
        picture = QHBoxLayout()
        picture.setContentsMargins(0, px(4), 0, px(8))
        picture.addWidget(self.start_picture, 0, Qt.AlignmentFlag.AlignHCenter)
        frame = QWidget()
        frame.setLayout(picture)
        form.wide(frame)
        form.row(say("Copies of each"), self.copies)
        form.row(say("Order"), self.order)
        form.row(say("Alignment"), self.align)
        form.wide(self.outlines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)

    def refresh(self) -> None:
        """Show the settings as they are now."""
        settings = self._settings
        chosen = settings.sheet
        self.sheet.set_value(chosen.key, title_of(chosen))
        self._about.setText(measures_of(chosen))
        for widget, value in ((self.start, settings.start), (self.copies, settings.copies)):
            widget.blockSignals(True)
            if widget is self.start:
                widget.setMaximum(chosen.count)
            widget.setValue(value)
            widget.blockSignals(False)
        self._show_start()

    def _show_start(self) -> None:
        settings = self._settings
        count = self._recipients * settings.copies
        self.start_picture.show_job(settings.sheet, settings.start, count, settings.down)

    def _set(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self._show_start()
        self.changed.emit()

    def _choose_sheet(self) -> None:
        key = self.sheet.value()
        if key is None:
            self.refresh()
            return
        self._take(sheet(key))

    def _own_sheet(self) -> None:
        made = ask_own_sheet(self, replace(self._settings.sheet, brand="", description="", usual=False))
        if made is not None:
            self._take(made)

    def _take(self, chosen: Sheet) -> None:
        self._settings.sheet = chosen
        self._settings.start = min(self._settings.start, chosen.count)
        self.refresh()
        self.changed.emit()

    def _choose_start(self, number: int) -> None:
        if number == self._settings.start:
            return
        self._settings.start = number
        self.refresh()
        self.changed.emit()


def title_of(chosen: Sheet) -> str:
    """A sheet's name as the list shows it."""
    return f"{chosen.brand} {chosen.part}".strip()


def measures_of(chosen: Sheet) -> str:
    """Columns, rows and size of the labels, and the paper."""
    return say(
        "{columns} × {rows} labels, {width} × {height} mm, on {page_width} × {page_height} mm paper",
        columns=chosen.columns,
        rows=chosen.rows,
        width=f"{chosen.label_width:g}",
        height=f"{chosen.label_height:g}",
        page_width=f"{chosen.page_width:g}",
        page_height=f"{chosen.page_height:g}",
    )


def _found(text: str) -> Sequence[tuple[str, str, str]]:
    return [
        (
            known.key,
            title_of(known),
            f"{known.columns} × {known.rows}   {known.label_width:g} × {known.label_height:g}",
        )
        for known in find_sheets(text)[:SHOWN_SHEETS]
    ]
