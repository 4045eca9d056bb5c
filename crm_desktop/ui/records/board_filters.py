"""The row over the board: whose cards, which pipeline, lost and void ones or not, and the filter box."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.words import language, say
from crm_desktop.reports.report import pipeline_label, pipelines
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.board_reading import Question
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Switch, icon_button
from crm_desktop.ui.widgets.filter_edit import FilterEdit
from crm_desktop.ui.widgets.menus import Menu


class BoardFilters(QWidget):
    """`changed()` when something else is wanted, `left_down()` when Down leads from the filter box into the board."""

    changed = Signal()
    left_down = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self._owner: int | None = None
        self._pipeline = ""
        self.everybody = self._chip(say("All"), lambda: self.choose_owner(None))
        self.mine = self._chip(say("Mine"), lambda: self.choose_owner(desk.actor.employee))
        self.person = self._chip(say("One person…"), self._open_people, "user")
        self.pipeline = self._chip("", self._open_pipelines, "route")
        self.closed = icon_button("archive", say("Show lost and void ones"), self.changed.emit, checkable=True)
        self.filter = FilterEdit(say("Filter this board"))
        self.filter.asked.connect(lambda _text: self.changed.emit())
        self.filter.left_down.connect(self.left_down)
        self._lay_out()
        self.show_pipelines()
        self._show_owner()

    def _chip(self, text: str, run: Any, icon_name: str | None = None) -> Switch:
        chip = Switch(text, icon_name, "chip", run)
        chip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return chip

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), 0, px(12), px(8))
        row.setSpacing(px(2))
        for chip in (self.everybody, self.mine, self.person, self.pipeline):
            row.addWidget(chip)
        row.addStretch(1)
        row.addWidget(self.filter)
        row.addWidget(self.closed)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._alone = len(self.people()) < 2
        for chip in (self.everybody, self.mine, self.person):
            chip.setHidden(self._alone)

    def sizeHint(self) -> QSize:
        return QSize(px(360), px(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.person.setHidden(self._alone or event.size().width() < px(440))

    # ------------------------------------------------------------ what is wanted

    def question(self, before: Question) -> Question:
        """The question with these filters."""
        return replace(
            before, owner=self._owner, pipeline=self._pipeline, text=self.filter.text().strip(), closed=self.closed.isChecked()
        )

    def recall(self, stored: dict[str, Any]) -> None:
        """Set what was remembered; a person who left or a pipeline that is gone is passed over."""
        owner, name = stored.get("owner"), stored.get("pipeline", "")
        self._owner = owner if owner in dict(self.people()) else None
        self._pipeline = name if name in pipelines(self.desk.records) else ""
        self.closed.blockSignals(True)
        self.closed.setChecked(bool(stored.get("closed")))
        self.closed.blockSignals(False)
        self.show_pipelines()
        self._show_owner()

    def to_remember(self) -> dict[str, Any]:
        """What is kept for the next start; not the words in the filter box."""
        return {"owner": self._owner, "pipeline": self._pipeline, "closed": self.closed.isChecked()}

    # ------------------------------------------------------------ whose

    def people(self) -> list[tuple[int, str]]:
        """(id, name) of those whose opportunities this person may see."""
        names, scope = self.desk.records.names, self.desk.actor.scope(Opportunity)
        return [
            (row.id, names.title("employee", row.id))
            for row in names.all("employee")
            if scope.holds(row.id, row.department) and row.state != "left"  # type: ignore[attr-defined]
        ]

    def choose_owner(self, owner: int | None) -> None:
        """Show one person's cards; None shows everybody's."""
        differs = owner != self._owner
        self._owner = owner
        self._show_owner()
        if differs:
            self.changed.emit()

    def _show_owner(self) -> None:
        me = self.desk.actor.employee
        other = self._owner is not None and self._owner != me
        self.everybody.setChecked(self._owner is None)
        self.mine.setChecked(self._owner is not None and not other)
        self.person.setChecked(other)
        text = self.desk.records.names.title("employee", self._owner) if other and self._owner else say("One person…")
        self.person.setText(text)
        self.person.setAccessibleName(text)

    def _open_people(self) -> None:
        self._show_owner()  # the press alone switches nothing
        menu = Menu(self)
        for person, name in self.people():
            menu.add(name, partial(self.choose_owner, person), checked=person == self._owner)
        menu.open_under(self.person)

    # ------------------------------------------------------------ pipelines

    def show_pipelines(self) -> None:
        """The chooser is there only when there is something to choose."""
        known = pipelines(self.desk.records)
        self.pipeline.setVisible(len(known) > 1)
        self.pipeline.setChecked(False)
        label = pipeline_label(self._pipeline or (known or [""])[0], language())
        self.pipeline.setText(label)
        self.pipeline.setAccessibleName(say("Pipeline: {name}", name=label))

    def _open_pipelines(self) -> None:
        menu = Menu(self)
        known = pipelines(self.desk.records)
        current = self._pipeline or (known or [""])[0]
        for name in known:
            menu.add(pipeline_label(name, language()), partial(self.choose_pipeline, name), checked=name == current)
        self.pipeline.setChecked(False)
        menu.open_under(self.pipeline)

    def choose_pipeline(self, name: str) -> None:
        """Show the lanes of another pipeline."""
        if name != self._pipeline:
            self._pipeline = name
            self.show_pipelines()
            self.changed.emit()
