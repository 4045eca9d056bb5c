"""A file dropped on a page of records opens its import."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing import dropped, open_import
from crm_desktop.ui.widgets.drop_sign import DropSign


class FileDrops(QObject):
    """Has a page take one file from whoever may import its records; of a calendar that is an .ics as well as a workbook."""

    def __init__(self, desk: Desk, type_key: str, page: QWidget):
        super().__init__(page)
        self._desk, self._type_key, self._page = desk, type_key, page
        title = say(desk.record_type(type_key).screen.title)
        self.sign = DropSign(say("Let go to import the file into “{list}”", list=title), page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragLeave:
            self.sign.hide()
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        file = dropped(event.mimeData())  # type: ignore[attr-defined]
        if file is None or self._desk.why_not(self._desk.record_type(self._type_key), "bring_in"):
            return False
        event.acceptProposedAction()  # type: ignore[attr-defined]
        if event.type() == QEvent.Type.DragEnter:
            self.sign.appear()
        else:
            self.sign.hide()
            open_import(self._desk, self._type_key, self._page.window(), file=file)
        return True
