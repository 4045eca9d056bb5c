"""The operation log: who did what and when, searched by person, act, days and words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from crm_desktop.core import operation_log
from crm_desktop.core.clock import to_local
from crm_desktop.core.operation_log import ACTS, Act, Asked
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.bulk import Footer
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.day_edit import DayEdit
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.filter_edit import FilterEdit
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.page_column import lay_out
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table
from crm_desktop.ui.widgets.words import named

PAGE = 300
FIRST_DAYS = 30


class LogPage(QWidget):
    """Acts, the newest first. Enter opens the record an act was about."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self._loaded = False
        today = desk.records.clock.today
        self.person, self.act = ChoiceEdit(), ChoiceEdit()
        people = [(one.id, desk.records.names.title("employee", one.id)) for one in desk.records.names.all("employee")]
        self._fill(self.person, say("Person"), people, 140)
        self._fill(self.act, say("Act"), [(key, say(label)) for key, label in ACTS.items()], 150)
        self.since, self.until = DayEdit(today=today), DayEdit(today=today)
        for edit, name in ((self.since, say("From day")), (self.until, say("To day"))):
            edit.setAccessibleName(name)
            edit.setFixedWidth(px(120))
            edit.committed.connect(self.load)
        self.since.set_value(today() - timedelta(days=FIRST_DAYS))
        self.words = FilterEdit(say("Words or a record's name"))
        self.words.asked.connect(lambda _text: self.load())
        self.header = ViewHeader(say("Operation log"))
        columns = [
            Column("at", say("Time"), "moment", 140),
            Column("person", say("Name"), "owner", 130),
            Column("act", say("Act"), "text", 210),
            Column("kind", say("Record type"), "text", 110),
            Column("title", say("Record"), "text", 240),
            Column("count", say("Count"), "number", 70),
            Column("note", say("Note"), "muted", 220),
        ]
        self.model = RowsModel(columns)
        self.table = Table(self.model, say("Operation log"), today)
        self.table.opened.connect(self._open)
        self.more = Button(say("Show older acts"), "chevron-down", "ghost", self._older)
        self.footer = Footer()
        self._arrange()
        self.setFocusProxy(self.table)

    def _fill(self, choice: ChoiceEdit, name: str, choices: list[tuple[Any, str]], width: int) -> None:
        choice.setAccessibleName(name)
        choice.set_choices([("", named(name, say("all"))), *choices], empty=False)
        choice.setFixedWidth(px(width))
        choice.committed.connect(self.load)

    def _arrange(self) -> None:
        filters = QWidget()
        row = QHBoxLayout(filters)
        row.setContentsMargins(px(16), 0, px(16), px(8))
        row.setSpacing(px(8))
        narrowing: tuple[QWidget, ...] = (self.person, self.act, self.since, Label("–"), self.until)
        for part in narrowing:
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.words)
        foot = QWidget()
        below = QHBoxLayout(foot)
        below.setContentsMargins(0, 0, px(12), 0)
        below.addWidget(self.footer, 1)
        below.addWidget(self.more)
        lay_out(self, [self.header, filters], self.table, foot)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._loaded:
            self.load()

    def asked(self) -> Asked:
        """What the filters say."""
        person = self.person.value()
        return Asked(int(person) if person else None, self.act.value() or "", self.since.value(), self.until.value(), self.words.text())

    def load(self) -> None:
        """Show the newest acts that fit."""
        self._loaded = True
        self._read(None, lambda found: self._show([], found))

    def _older(self) -> None:
        items = [self.model.item(row) for row in range(self.model.row_count())]
        if items:
            self._read(min(act.id for act in items), lambda found: self._show(items, found))

    def _read(self, before: int | None, then: Any) -> None:
        records, actor, asked = self.desk.records, self.desk.actor, self.asked()
        self.desk.read(lambda: operation_log.acts(records, actor, asked, before, PAGE), then, key=f"log-{id(self)}")

    def _show(self, known: list[Act], found: list[Act]) -> None:
        items = [*known, *found]
        self.model.show_rows([self._row(act) for act in items], items)
        self.more.setVisible(len(found) == PAGE)
        self.footer.set_figures(say("%n act(s)", n=len(items)) if items else say("No act fits. Take a filter away or choose other days."))

    def _row(self, act: Act) -> list[Any]:
        names, kind = self.desk.records.names, self.desk.records.types.get(act.record_type)
        person = names.title("employee", act.person) if act.person else say("The program")
        return [to_local(act.at), person, act.label(), say(kind.screen.one) if kind else "", act.title, act.count or None, act.note]

    def _open(self, row: int) -> None:
        act: Act = self.model.item(row)
        if act.record is not None:
            self.desk.ways.open_record(act.record_type, act.record)
