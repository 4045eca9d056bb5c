"""A file dropped on a page of records opens its import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing import dropped, open_import

if TYPE_CHECKING:
    from crm_desktop.ui.widgets.drop_sign import DropSign


class FileDrops(QObject):
    """Has a page take one file from whoever may import its records; of a calendar that is an .ics as well as a workbook."""

    def __init__(self, desk: Desk, type_key: str, page: QWidget):
        super().__init__(page)
        self._desk, self._type_key, self._page = desk, type_key, page
        self._sign: DropSign | None = None  # made when a file is first held over the page
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragLeave and self._sign is not None:
            self._sign.hide()
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        file = dropped(event.mimeData())  # type: ignore[attr-defined]
        if file is None or self._desk.why_not(self._desk.record_type(self._type_key), "bring_in"):
            return False
        event.acceptProposedAction()  # type: ignore[attr-defined]
        if event.type() == QEvent.Type.DragEnter:
            self._show_sign()
        else:
            if self._sign is not None:
                self._sign.hide()
            open_import(self._desk, self._type_key, self._page.window(), file=file)
        return True

    def _show_sign(self) -> None:
        from crm_desktop.ui.widgets.drop_sign import DropSign

        if self._sign is None:
            title = say(self._desk.record_type(self._type_key).screen.title)
            self._sign = DropSign(say("Let go to import the file into “{list}”", list=title), self._page)
        self._sign.appear()
