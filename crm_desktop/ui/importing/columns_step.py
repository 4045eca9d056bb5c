"""The second step: which column goes into which field, how rows find the record they mean, and what empty cells do."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.core import twins
from crm_desktop.core.record import Record
from crm_desktop.core.words import say
from crm_desktop.exchange.cells import as_text
from crm_desktop.exchange.contents import are_addresses
from crm_desktop.exchange.importing.plan import mapped_fields, usual_match
from crm_desktop.exchange.mapping import Mapping, guess_mapping, reused, splits
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.targets import ID, WHOLE_ADDRESS, Target, targets_of
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.ask import Question
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit
from crm_desktop.ui.widgets.labels import ElidedLabel, Label

NO_MATCH = "-"
SEVERAL = "…"
_RULES_KEPT = 12  # sheets of which it is kept how their rows were matched, of each type
_NEARLY = 0.6  # the part of the headings of two sheets that are the same, when the one is a newer form of the other


class ColumnsStep(QWidget):
    """`mapping` is what the person sees and changes; `changed` after every change."""

    changed = Signal()

    def __init__(self, desk: Desk):
        super().__init__()
        self.desk = desk
        self.mapping = Mapping()
        self._targets: dict[str, Target] = {}
        self._table: Table | None = None
        self._record_type: type[Record]
        self._choices: dict[str, ChoiceEdit] = {}
        self._split: dict[str, Button] = {}  # heading of an address -> the offer to fill more from it
        self._several = ""  # fields the person put together to match on
        self._matched: str | None = None
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._match, self._mode, self._empty = ChoiceEdit(), ChoiceEdit(), ChoiceEdit()
        self._mode.set_choices(
            [
                ("both", say("Add new records and update known ones")),
                ("create", say("Only add new records")),
                ("update", say("Only update known records")),
            ],
            empty=False,
        )
        self._empty.set_choices([("keep", say("leaves the field as it is")), ("clear", say("empties the field"))], empty=False)
        self._same, self._similar = ChoiceEdit(), ChoiceEdit()
        for choice in (self._same, self._similar):
            choice.set_choices(
                [("create", say("adds it all the same")), ("update", say("updates that one")), ("skip", say("is left out"))], empty=False
            )
        options = self._options = QFormLayout()
        for label, editor in (
            (say("A row is a known record when it has the same"), self._match),
            (say("What to do"), self._mode),
            (say("An empty cell"), self._empty),
            (say("A new row that is the same as a record"), self._same),
            (say("A new row that is similar to a record"), self._similar),
        ):
            editor.setAccessibleName(label)
            editor.setMinimumWidth(px(320))
            name = Label(label, "Muted")
            name.setBuddy(editor)
            options.addRow(name, editor)
            editor.committed.connect(self._match_chosen if editor is self._match else self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll, 1)
        column.addLayout(options)

    def _kept(self) -> str:
        return f"mapping.{self._record_type.key()}"

    def show_table(self, record_type: type[Record], table: Table, path: Path) -> None:
        """Guess the mapping of a table; the one kept from last time wins where its headings are the same."""
        self._record_type, self._table = record_type, table
        self._targets = targets_of(self.desk.records, record_type)
        looked_for = record_type.compared is not None and twins.way(self.desk.records) != "off"
        for choice in (self._same, self._similar):
            self._options.setRowVisible(choice, looked_for)
        self.mapping = guess_mapping(record_type.key(), self._targets, table)
        kept: dict[str, Any] = self.desk.setting(self._kept(), {})
        self.mapping = reused(self.mapping, kept, table, self._targets)
        self._show_rows(table)
        rules = self._rules_of_last_time(table.headings)
        match = str(rules.get("match", ""))
        self._several = match if "," in match else ""
        self._offer_match()
        self._mode.set_value(rules.get("mode", "both"))
        self._empty.set_value(rules.get("empty", "keep"))
        offered = [self._match.itemData(place) for place in range(self._match.count())]
        if match in offered and match != SEVERAL:
            self._match.set_value(match)
            self._matched = match

    def _kept_rules(self) -> str:
        return f"match_rules.{self._record_type.key()}"

    def keep_mapping(self) -> None:
        """Remember the mapping, and how rows were matched, for the next file with these headings."""
        kept = dict(self.desk.setting(self._kept(), {})) | self.mapping.as_json()
        self.desk.remember(self._kept(), kept)
        assert self._table is not None
        headings = list(self._table.headings)
        rules = {"headings": headings, "match": self._matched, "mode": self.mode(), "empty": self.empty()}
        others = [one for one in self.desk.setting(self._kept_rules(), []) if one["headings"] != headings]
        self.desk.remember(self._kept_rules(), [rules, *others][:_RULES_KEPT])

    def _rules_of_last_time(self, headings: Sequence[str]) -> dict[str, Any]:
        """How rows were matched when a sheet with these headings was brought in, or with nearly these; else nothing."""
        here = set(headings)

        def shared(rules: dict[str, Any]) -> float:
            there = set(rules["headings"])
            return len(here & there) / len(here | there)

        nearest: dict[str, Any] = max(self.desk.setting(self._kept_rules(), []), key=shared, default={})
        return nearest if nearest and shared(nearest) > _NEARLY else {}

    def _show_rows(self, table: Table) -> None:
        body = QWidget()
        body.setObjectName("Body")
        grid = QGridLayout(body)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        for place, heading in enumerate((say("Column"), say("For instance"), say("Goes into"))):
            grid.addWidget(Label(heading, "Section"), 0, place)
        offered = [(name, target.label()) for name, target in self._targets.items()]
        self._choices, self._split = {}, {}
        for row, column in enumerate(self.mapping.columns, 1):
            samples = [" ".join(as_text(cell).split()) for cell in table.samples_of(column.index)[:3]]
            if column.index in table.sheet.pictures:
                samples.append(say("%n picture(s)", n=len(table.sheet.pictures[column.index])))
            choice = ChoiceEdit()
            choice.set_choices([("", say("Not imported")), *offered], empty=False)
            choice.set_value(column.target)
            choice.setMinimumWidth(px(260))
            choice.setAccessibleName(say("{column} goes into", column=column.said()))
            choice.committed.connect(lambda h=column.heading: self._mapped(h))
            self._choices[column.heading] = choice
            heading = f"{column.said()} · {say('by what it holds')}" if column.by_content else column.said()
            grid.addWidget(Label(heading), row, 0)
            grid.addWidget(ElidedLabel("  ·  ".join(samples), "Muted"), row, 1)
            grid.addWidget(choice, row, 2)
            if WHOLE_ADDRESS.name in self._targets and are_addresses(table.samples_of(column.index)):
                choose = partial(self._choose, column.heading, WHOLE_ADDRESS.name)
                self._split[column.heading] = Button(say("Fill province, city and district too"), kind="link", run=choose)
                grid.addWidget(self._split[column.heading], row, 3)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(self.mapping.columns) + 1, 1)
        self._scroll.setWidget(body)
        self._offer_split()

    def _offer_split(self) -> None:
        columns = {column.heading: column for column in self.mapping.columns}
        for heading, button in self._split.items():
            button.setVisible(splits(columns[heading], self.mapping, self._targets))

    def _choose(self, heading: str, target: str) -> None:
        self._choices[heading].set_value(target)
        self._choices[heading].setFocus()
        self._mapped(heading)

    def _mapped(self, heading: str) -> None:
        self.mapping.set(heading, self._choices[heading].value() or "")
        for column in self.mapping.columns:  # a field taken from another column leaves that one unmapped
            self._choices[column.heading].set_value(column.target)
        self._offer_split()
        self._offer_match()
        self.changed.emit()

    def _offer_match(self) -> None:
        assert self._table is not None
        mapped = mapped_fields(self.mapping, self._targets)
        usual = ",".join(name for name in usual_match(self._record_type, self.mapping, self._table) if name in mapped)
        names = self._telling(mapped)
        choices = [(name, self._targets[name].label()) for name in names]
        if "," in usual:
            both = say(" and ").join(self._targets[name].label() for name in usual.split(","))
            choices.insert(0, (usual, both))
        if self._several and all(name in names for name in self._several.split(",")):
            several = say(" and ").join(self._targets[name].label() for name in self._several.split(","))
            choices.insert(0, (self._several, several))
        chosen = self._match.value()
        more = [(SEVERAL, say("several fields together…"))] if len(names) > 1 else []
        self._match.set_choices([*choices, *more, (NO_MATCH, say("nothing: every row is a new record"))], empty=False)
        self._match.set_value(chosen if chosen in dict(choices) else usual or NO_MATCH)
        self._matched = self._match.value()

    def _telling(self, mapped: set[str]) -> list[str]:
        """What may tell which record a row means: fields that a column goes into, and our own id."""
        fields = self.desk.records.fields(self._record_type)
        return [name for name in (*fields, ID.name) if name in mapped and name in self._targets and name != "owner"]

    def _match_chosen(self) -> None:
        """“several fields together…” asks which ones."""
        if self._match.value() != SEVERAL:
            self._matched = self._match.value()
            self.changed.emit()
            return
        names = self._telling(mapped_fields(self.mapping, self._targets))
        question = Question(self, say("A row is a known record when it has the same"))
        ticks = {}
        for name in names:
            ticks[name] = FlagEdit()
            ticks[name].set_value(name in str(self._matched or "").split(","))
            ticks[name].setAccessibleName(self._targets[name].label())
            question.form.row(self._targets[name].label(), ticks[name])
        accepted = question.exec() == QDialog.DialogCode.Accepted
        picked = [name for name, tick in ticks.items() if tick.value()] if accepted else []
        if picked:
            self._several = self._matched = ",".join(picked)
        self._match.set_value(self._matched)
        self._offer_match()
        self._match.set_value(self._several if picked else self._matched)
        self.changed.emit()

    def match(self) -> tuple[str, ...] | None:
        """The fields rows are matched on."""
        value = self._matched
        return () if value in (None, NO_MATCH) else tuple(value.split(","))

    def mode(self) -> str:
        """both, create or update."""
        return str(self._mode.value())

    def empty(self) -> str:
        """keep or clear."""
        return str(self._empty.value())

    def same(self) -> str:
        """What is done with a new row that is the same as a record: create, update or skip."""
        return str(self._same.value())

    def similar(self) -> str:
        """The same for one that is similar."""
        return str(self._similar.value())

    def why_not(self) -> str:
        """Why the rows cannot be checked yet."""
        title = self._record_type.title_field
        if not self.mapping.mapped():
            return say("Map at least one column.")
        if self.mode() != "update" and title not in mapped_fields(self.mapping, self._targets):
            return say("Map a column to “{field}”: every record needs it.", field=self._targets[title].label())
        return ""
