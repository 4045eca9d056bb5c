"""Changes that still wait when the window closes: kept in a file of this PC, sent when the program starts again, or shown."""

from __future__ import annotations

import hashlib
import json
import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from crm_desktop.core import unsent
from crm_desktop.core.errors import Trouble
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.words import say, together
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.words import named

log = logging.getLogger(__name__)


def file_of(desk: Desk) -> Path:
    """Where the waiting changes of this person in this database are kept."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))
    whose = f"{desk.records.database.backend.place}|{desk.actor.employee}"
    return folder / f"unsent-{hashlib.sha256(whose.encode()).hexdigest()[:16]}.json"


def may_close(desk: Desk, window: QWidget) -> bool:
    """Ask what to do with changes that wait; True when the window may close, with those that can be kept in the file."""
    letters = desk.outbox.waiting
    if not letters:
        return True
    kept = [letter.record for letter in letters if letter.record is not None]
    told = [say("%n change(s) have not reached the server.", n=len(letters))]
    if kept:
        told.append(say("What you typed is kept on this computer and sent when the program starts again."))
    if len(kept) < len(letters):
        told.append(say("%n of them cannot be kept and would be lost.", n=len(letters) - len(kept)))
    box = question.box(window, "warns", say("CRM Desktop"), together(told))
    stay = box.addButton(say("Stay and wait"), QMessageBox.ButtonRole.RejectRole)
    box.addButton(say("Close the program"), QMessageBox.ButtonRole.AcceptRole)
    question.lead(box, stay)
    box.exec()
    if box.clickedButton() is stay:
        return False
    return keep(desk, kept) or not kept


def keep(desk: Desk, records: list[Record]) -> bool:
    """Write the records into the file, besides what stands there; False (and told) when that is not possible."""
    path = file_of(desk)
    texts = list(dict.fromkeys([*_read(path), *(unsent.packed(record) for record in records)]))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        new.replace(path)
    except OSError as error:
        log.warning("unsent changes could not be kept: %s", error)
        desk.ways.tell(say("What you typed could not be kept on this computer. Make room on its disk and close again."))
        return False
    return True


def keep_waiting(desk: Desk) -> bool:
    """Keep what waits without asking: nobody may be there, or the system does not wait for an answer."""
    records = [letter.record for letter in desk.outbox.waiting if letter.record is not None]
    return not records or keep(desk, records)


def forget(desk: Desk) -> None:
    """The program goes on after all: what was kept waits as before, and is kept anew at the end."""
    file_of(desk).unlink(missing_ok=True)


def send(desk: Desk, window: QWidget) -> None:
    """At the start: send what the last window kept. What is refused now is shown, so that it can be copied."""
    path = file_of(desk)
    found = [unsent.unpacked(desk.records.types, text) for text in _read(path)]
    records = [record for record in found if record is not None]
    path.unlink(missing_ok=True)
    for record in records:
        desk.write(
            partial(desk.records.save, record, desk.actor),
            done=say("Kept from last time and saved now: {record}", record=record.called()),
            failed=partial(_refused, desk, window, record),
            record=record,
        )


def _refused(desk: Desk, window: QWidget, record: Record, error: Exception) -> None:
    why = error.sentence() if isinstance(error, Trouble) else say("Something in the program went wrong.")
    fields = desk.records.fields(type(record))
    lines = [
        named(label_of(fields[name]), desk.records.show(type(record), name, fields[name].kind.load(value)))
        for name, value in unsent.summary(record, fields)
    ]
    Shown(record.called(), why, lines, window).open()


class Shown(QDialog):
    """What was typed and could not be saved, as text to copy."""

    def __init__(self, title: str, why: str, lines: list[str], parent: QWidget):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("Not saved: {record}", record=title))
        self.setMinimumWidth(px(460))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(16))
        column.setSpacing(px(12))
        column.addWidget(Label(say("What you typed while the server did not answer could not be saved: {why}", why=why), wrap=True))
        self.text = QPlainTextEdit("\n".join(lines))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(say("What you typed"))
        column.addWidget(self.text)
        buttons = QDialogButtonBox()
        close = buttons.addButton(say("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        copy = buttons.addButton(say("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self._copy)
        close.clicked.connect(self.reject)
        column.addWidget(buttons)

    def _copy(self) -> None:
        self.text.selectAll()
        self.text.copy()


def _read(path: Path) -> list[str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []
