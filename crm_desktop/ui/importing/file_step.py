"""The first step: the file, the sheet, how the text was understood, where the headings are, and a look at the rows."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.record import Record
from crm_desktop.core.words import _, language, say
from crm_desktop.exchange.cells import as_text
from crm_desktop.exchange.mapping import known_heading, titles
from crm_desktop.exchange.readers.calendars import EVENTS
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import Table, find_table, likely_sheet
from crm_desktop.exchange.targets import targets_of
from crm_desktop.exchange.templates import write_template
from crm_desktop.exchange.workbook import Workbook
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.files import ask_open, ask_save, file_name
from crm_desktop.ui.importing import dropped
from crm_desktop.ui.importing.lists import show_list
from crm_desktop.ui.places import LISTS
from crm_desktop.ui.runner import Job
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.flow import FlowLayout, Rest
from crm_desktop.ui.widgets.labels import ElidedLabel, Label
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.step_edits import WholeSteps
from crm_desktop.ui.widgets.table import Table as ListView

ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16", "cp1252")
FILTER = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.txt *.vcf *.ics *.json"
LEFT_OUT = {
    "title": _("Title of the sheet"),
    "subheading": _("Sub-heading"),
    "total": _("Total"),
    "heading": _("Heading once more"),
    "note": _("Remark"),
}
SHOWN = 60


class FileStep(QWidget):
    """`ready(bool)` whenever a table was found or lost; `table` is what was found."""

    ready = Signal(bool)

    def __init__(self, desk: Desk, type_key: str):
        super().__init__()
        self.desk = desk
        self.table: Table | None = None
        self._workbook: Workbook | None = None
        self._path: Path | None = None
        self._called = ""  # what people call the file where its path says nothing
        self._asked: tuple[str | None, str | None] = (None, None)  # encoding and delimiter it was read with
        self._stop = threading.Event()
        types = desk.records.types
        self.type = ChoiceEdit()
        offered = dict.fromkeys((*LISTS, *([type_key] if type_key in types else ())))  # lists of the settings too, from there
        self.type.set_choices([(key, say(types[key].screen.title)) for key in offered], empty=False)
        self.type.set_value(type_key if type_key in types else "customer")
        self.type.setAccessibleName(say("Import into"))
        self.type.setMinimumWidth(px(140))
        self.pick = Button(say("Choose a file…"), "folder", "primary", self._pick)
        self.name = ElidedLabel("", "Muted")
        self.template = Button(say("Template…"), "download", "normal", self._save_template)
        self.template.setToolTip(say("An empty workbook with the headings of all fields, hints and lists to choose from"))
        self.earlier = Button(say("Earlier imports…"), "history", "normal", self._show_earlier)
        self.sheet, self.encoding, self.delimiter = ChoiceEdit(), ChoiceEdit(), ChoiceEdit()
        self.sheet.setAccessibleName(say("Sheet"))
        self.sheet.setMinimumWidth(px(160))
        self.encoding.setAccessibleName(say("Encoding"))
        self.encoding.setMinimumWidth(px(120))
        self.delimiter.setAccessibleName(say("Columns separated by"))
        self.delimiter.setMinimumWidth(px(140))
        self.heading = WholeSteps(0, 1_000_000, 0, say("Row of the headings"))
        self.heading.setSpecialValueText(say("none"))
        self.found = Label("", "Muted", wrap=True)
        self.left_out = Button(say("Show what is left out"), "list", "ghost", self._show_left_out)
        self.left_out.hide()
        self.model = RowsModel([])
        self.view = ListView(self.model, say("The first rows"), desk.records.clock.today, "compact")
        self.nothing = Empty(
            "file-up", say("Drop a file here"),
            say("or choose one. The columns are recognised by their headings; nothing is written before you have seen it.")
            + "\n" + say("Excel, OpenDocument, text tables, contact cards (.vcf), calendars (.ics) or JSON"),
        )  # fmt: skip
        self.unread = Empty("file-text", say("This file cannot be read."), "", say("Try again"), self._read_again, "refresh-cw")
        self.below = QStackedWidget()
        self.setAcceptDrops(True)
        self._lay_out()
        self.type.committed.connect(self._find)
        self.sheet.committed.connect(self._find)
        self.encoding.committed.connect(lambda: self._read(self.encoding.value()))
        self.delimiter.committed.connect(lambda: self._read(self.encoding.value(), self.delimiter.value()))
        self.heading.editingFinished.connect(lambda: self._find(self.heading.value()))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        first = QHBoxLayout()
        first.addWidget(Label(say("Import into"), "Muted"))
        first.addWidget(self.type)
        first.addWidget(self.pick)
        first.addWidget(self.name, 1)
        first.addWidget(self.template)
        first.addWidget(self.earlier)
        column.addLayout(first)
        self._options = QWidget()
        second = FlowLayout(self._options, gap=px(8))
        second.setContentsMargins(0, 0, 0, 0)
        self._named: dict[QWidget, QWidget] = {}  # editor -> it and its name, side by side
        for label, editor in (
            (say("Sheet"), self.sheet),
            (say("Encoding"), self.encoding),
            (say("Columns separated by"), self.delimiter),
            (say("Row of the headings"), self.heading),
        ):
            name, pair = Label(label, "Muted"), QWidget()
            name.setBuddy(editor)
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(name)
            row.addWidget(editor)
            second.addWidget(pair)
            self._named[editor] = pair
        second.addWidget(Rest())
        self._options.hide()
        column.addWidget(self._options)
        told = QHBoxLayout()
        told.addWidget(self.found, 1)
        told.addWidget(self.left_out)
        column.addLayout(told)
        self.below.addWidget(self.nothing)
        self.below.addWidget(self.view)
        self.below.addWidget(self.unread)
        column.addWidget(self.below, 1)

    def has_cursor_in_options(self) -> bool:
        """Whether the person is changing how the file is read."""
        return any(one.hasFocus() for one in (self.type, self.sheet, self.encoding, self.delimiter, self.heading))

    def record_type(self) -> type[Record]:
        """What the rows become."""
        return self.desk.records.types[self.type.value()]

    def path(self) -> Path:
        """The file."""
        assert self._path is not None
        return self._path

    def _pick(self) -> None:
        kinds = f"{say('Tables')} ({FILTER});;{say('All files')} (*)"
        path = ask_open(self, say("Choose a file…"), kinds, self.desk.setting("import_folder") or "")
        if path:
            self.take(Path(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.take(path)

    def take(self, path: Path) -> None:
        """Read a file the person has picked or dropped; what is saved beside it begins in its folder."""
        self.desk.remember("import_folder", str(path.parent))
        self.choose(path)

    def choose(self, path: Path, encoding: str | None = None, delimiter: str | None = None, called: str = "") -> None:
        """Read a file; how a text is written is found unless it is known."""
        self._path, self._called = path, called
        self._options.hide()  # they are those of the file before
        self._read(encoding, delimiter)

    def _read(self, encoding: str | None, delimiter: str | None = None) -> None:
        path = self._path
        if path is None:
            return
        self._asked = encoding, delimiter
        self._lose(say("Reading {file}…", file=path.name))
        self.name.setText(self._called or str(path))
        self.below.setCurrentWidget(self.view)
        record_type, records = self.record_type(), self.desk.records

        self._stop.set()
        stop = self._stop = threading.Event()

        def work(job: Job) -> tuple[threading.Event, Workbook, str]:
            workbook = read_workbook(path, encoding=encoding, delimiter=delimiter, progress=job.step, cancel=stop)
            meant = records.types[_meant(workbook, record_type.key())]
            known = known_heading(meant.key(), targets_of(records, meant))
            sheet = likely_sheet(workbook, known, meant.screen.title).name
            if stop.is_set():
                workbook.close()
                raise Cancelled
            return stop, workbook, sheet

        self.desk.runner.run_long(work, self._was_read, self._not_read, self._reads, write=False)

    def _read_again(self) -> None:
        self._read(*self._asked)

    def _was_read(self, answer: tuple[threading.Event, Workbook, str]) -> None:
        stop, workbook, sheet = answer
        if stop is self._stop:
            self._opened(workbook, sheet)
        else:  # another file has been chosen meanwhile
            workbook.close()

    def _not_read(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._failed(error)

    def _reads(self, rows: int, _total: int, _text: str) -> None:
        if self._path is not None and rows:
            self.found.setText(say("Reading {file}: {rows} rows…", file=self._path.name, rows=f"{rows:,}"))

    def _failed(self, error: Exception) -> None:
        self._lose("")
        self.unread.say(say("This file cannot be read."), error.sentence() if isinstance(error, Trouble) else "")
        self.below.setCurrentWidget(self.unread)

    def _lose(self, sentence: str) -> None:
        self.table = None
        self.found.setText(sentence)
        self.left_out.hide()
        self.model = RowsModel([])
        self.view.setModel(self.model)
        self.ready.emit(False)

    def _opened(self, workbook: Workbook, sheet: str) -> None:
        if self._workbook is not None:
            self._workbook.close()
        self._workbook = workbook
        self.type.set_value(_meant(workbook, self.type.value()))
        named = ((sheet, say(sheet.name) if workbook.format == "ics" else sheet.name) for sheet in workbook.sheets)
        names = [(sheet.name, say("{sheet} (hidden)", sheet=name) if sheet.hidden else name) for sheet, name in named]
        self.sheet.set_choices(names, empty=False)
        self.sheet.set_value(sheet)
        text = workbook.encoding is not None
        encodings = list(dict.fromkeys([workbook.encoding or "", *ENCODINGS]))
        self.encoding.set_choices([(name, name.upper()) for name in encodings if name], empty=False)
        self.encoding.set_value(workbook.encoding)
        self._offer(self.encoding, text and not self._called)
        signs = {",": say("comma ,"), "\t": say("tab"), ";": say("semicolon ;"), "|": say("bar |"), "，": say("Chinese comma ，")}
        found = workbook.delimiter
        self.delimiter.set_choices([*signs.items(), *([(found, found)] if found and found not in signs else [])], empty=not found)
        self.delimiter.set_value(found)
        self._offer(self.delimiter, found is not None)
        self._options.show()
        self._find()

    def _offer(self, editor: QWidget, asked: bool) -> None:
        """A workbook and the clipboard have no encoding, and cards have no columns to be separated."""
        self._named[editor].setVisible(asked)

    def _find(self, heading_row: int | None = None) -> None:
        workbook = self._workbook
        if workbook is None:
            return
        sheet = workbook.sheet(self.sheet.value())
        record_type, records = self.record_type(), self.desk.records

        def work() -> tuple[Table, list[str], list[Any]]:
            targets = targets_of(records, record_type)
            known = known_heading(record_type.key(), targets)
            table = find_table(sheet, known, heading_row)
            rows = []
            for number, row in table.numbered():
                rows.append((number, row))
                if len(rows) == SHOWN:
                    break
            return table, titles(table, targets), rows

        self.desk.read(work, lambda answer: self._show(*answer), key="import-find", failed=self._failed)

    def _show(self, table: Table, headings: list[str], rows: list[Any]) -> None:
        self.table = table
        self.heading.blockSignals(True)
        self.heading.setValue(table.heading_rows[-1] if table.heading_rows else 0)
        self.heading.blockSignals(False)
        columns = [Column("row", say("Row"), "number", 56, sortable=False)]
        columns += [Column(str(place), text, "text", 130, sortable=False) for place, text in enumerate(headings)]
        for number, cells in rows:
            for place, placed in table.sheet.pictures.items():
                if number in placed and place < len(cells) and cells[place] is None:
                    cells[place] = say("Picture")
        self.model = RowsModel(columns, [[number, *map(_shown, cells)] for number, cells in rows])
        self.view.setModel(self.model)
        self.below.setCurrentWidget(self.view)
        self.found.setText(self._told(table))
        self.left_out.setVisible(bool(table.left_out))
        self.ready.emit(True)

    def _told(self, table: Table) -> str:
        parts = [say("%n row(s) of data", n=table.count)]
        if table.left_out:
            listed = "; ".join(f"{one.row}: {one.text[:30]}" for one in table.left_out[:4])
            parts.append(say("%n row(s) left out as titles, sub-headings or totals", n=len(table.left_out)) + f" ({listed})")
        if table.errors:
            parts.append(say("%n cell(s) hold an error such as #DIV/0!", n=len(table.errors)))
        return " · ".join(parts)

    def _show_left_out(self) -> None:
        """All the rows that are no data, so that nothing is missing unseen."""
        if self.table is not None:
            rows = [(one.row, say(LEFT_OUT[one.kind]), one.text) for one in self.table.left_out]
            show_list(self, say("Left out"), [say("Row"), say("Kind"), say("Text")], rows, widths=(64, 150))

    def _show_earlier(self) -> None:
        from crm_desktop.ui.importing.earlier import EarlierImports

        EarlierImports(self.desk, self).open()

    def _save_template(self) -> None:
        record_type, desk = self.record_type(), self.desk
        path = ask_save(self, say("Template…"), file_name(say(record_type.screen.title), ".xlsx"), "*.xlsx")
        if path:
            desk.read(
                lambda: write_template(desk.records, record_type, desk.actor, path, language()),
                lambda _count: self.found.setText(say("The template was written to {file}. Fill it in and choose it here.", file=path)),
                failed=lambda error: self.found.setText(error.sentence() if isinstance(error, Trouble) else ""),
            )

    def forget(self) -> None:
        """Drop what was read from the file before, and stop what is still being read."""
        self._stop.set()
        if self._workbook is not None:
            self._workbook.close()
            self._workbook = None


def _meant(workbook: Workbook, type_key: str) -> str:
    """A calendar holds events and tasks, whatever list it was dropped on."""
    if workbook.format != "ics" or type_key in ("event", "task"):
        return type_key
    return "event" if any(sheet.name == EVENTS for sheet in workbook.sheets) else "task"


def _shown(cell: Any) -> str:
    return as_text(cell)[:200]
