"""Who is online: person, PC, since when, last act; an administrator can end somebody's work."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QItemSelectionModel, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from crm_desktop.core import presence
from crm_desktop.core.clock import to_local
from crm_desktop.core.operation_log import ACTS
from crm_desktop.core.presence import Desktop
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.bulk import Footer
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.page_column import lay_out
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table

KEPT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
EVERY = 10_000  # ms between two looks while the page is in sight


class OnlinePage(QWidget):
    """The windows that are open now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.end = Button(say("End this person's work"), "log-out", run=self._end)
        self.header = ViewHeader(say("Who is online"), right=[self.end])
        columns = [
            Column("person", say("Name"), "owner", 160),
            Column("machine", say("Computer"), "text", 180),
            Column("since", say("Since"), "moment", 140),
            Column("act", say("Last act"), "text", 220),
            Column("at", say("At"), "moment", 140),
            Column("version", say("Version"), "muted", 90),
        ]
        self.model = RowsModel(columns)
        self.table = Table(self.model, say("Who is online"), desk.records.clock.today)
        self.table.picked_changed.connect(lambda _n: self._allow())
        self.footer = Footer()
        lay_out(self, [self.header], self.table, self.footer)
        self.setFocusProxy(self.table)
        self._tick = QTimer(self, interval=EVERY)
        self._tick.timeout.connect(self.load)
        self._allow()

    def load(self) -> None:
        """Look who is there now."""
        records, actor = self.desk.records, self.desk.actor
        self.desk.read(lambda: presence.online(records, actor), self._show, key=f"online-{id(self)}")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()
        self.load()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()

    def _show(self, found: list[Desktop]) -> None:
        kept = {one.id for one in self._picked()}
        self.model.show_rows([self._row(one) for one in found], found)
        for row, one in enumerate(found):
            if one.id in kept:
                # Not selectRow: that does something else while a key such as Ctrl is held.
                self.table.selectionModel().select(self.model.index(row, 0), KEPT)
        self.footer.set_figures(say("%n window(s) open", n=len(found)))
        self._allow()

    def _row(self, one: Desktop) -> list[Any]:
        act, at = "", None
        if one.last_act is not None:
            at, what, record_type = one.last_act
            about = self.desk.records.types.get(record_type)
            act = " · ".join(filter(None, (say(ACTS.get(what, what)), say(about.screen.one) if about else "")))
        name = self.desk.records.names.title("employee", one.employee)
        return [name, one.machine, to_local(one.since), act, to_local(at) if at else None, one.version]

    def _picked(self) -> list[Desktop]:
        return [self.model.item(row) for row in self.table.picked_rows()]

    def _allow(self) -> None:
        why = "" if self._picked() else say("Select a person first.")
        if not presence.may_watch(self.desk.records, self.desk.actor):
            why = self.desk.only_administrators(say(presence.ONLY_ADMINISTRATORS))
        self.end.say_why_not(why)

    def _end(self) -> None:
        chosen = self._picked()
        names = ", ".join(self.desk.records.names.title("employee", one.employee) for one in chosen)
        text = say("{names} will be signed out within a minute. What they typed stays on their screen.", names=names)
        title = say("End this person's work")
        if not chosen or not question.agreed(self, title, text, title):
            return

        def work() -> None:
            for one in chosen:
                presence.send_home(self.desk.records, self.desk.actor, one.id)

        self.desk.write(work, lambda _none: self.load(), say("Asked to end: {names}", names=names))
