"""The clean-up of duplicates: groups of the same and the similar over the whole base; merged from here, or called different."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core import masking, twin_scan, twins
from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.core.journal import Change
from crm_desktop.core.record import Record
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.runner import Job
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.bulk import Footer
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.columns import Column
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import Label, line
from crm_desktop.ui.widgets.rows import RowsModel
from crm_desktop.ui.widgets.table import Table

TONES = {"same": "bad", "similar": "warn"}


@dataclass(frozen=True)
class Found:
    """A group as it is shown."""

    ids: tuple[int, ...]
    titles: tuple[str, ...]
    same: bool
    score: int
    why: str

    def without(self, gone: Collection[int]) -> Found:
        """The group after some of it were merged into another or deleted."""
        left = [(one, title) for one, title in zip(self.ids, self.titles, strict=True) if one not in gone]
        return Found(tuple(one for one, _t in left), tuple(title for _o, title in left), self.same, self.score, self.why)


class DuplicatesPage(QWidget):
    """Looks when it is first shown. `chosen`, `opened` are those of the first record of a group."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self._job: Job | None = None
        self._looked = False
        self._found: list[Found] = []  # as the last look found them, but for those that are no duplicates
        self._gone: set[int] = set()  # records that were merged or deleted since; whoever takes that back brings their groups back
        kinds = [one for one in desk.records.types.values() if one.compared is not None]
        self.kind = ChoiceEdit()
        self.kind.setAccessibleName(say("Record type"))
        self.kind.set_choices([(one.key(), say(one.screen.title)) for one in kinds], empty=False)
        self.kind.setFixedWidth(px(150))
        self.kind.committed.connect(self.look)
        self.again = Button(say("Look again"), "refresh-cw", run=self.look)
        self.different = Button(say("Not the same"), "unlink", run=self._part)
        self.merge = Button(say("Merge…"), "merge", "primary", self._merge)
        self.all = Button(say("Merge all…"), "merge", run=self._merge_all)
        self.header = ViewHeader(say("Duplicates"), right=[self.kind, self.again, self.different, self.all, self.merge])
        labels = {"same": say("The same"), "similar": say("Similar")}
        self.model = RowsModel([
            Column("match", say("Match"), "pill", 112, TONES, labels),
            Column("score", say("Score"), "number", 64),
            Column("count", say("Count"), "number", 64),
            Column("records", say("Records"), "title", 460),
            Column("why", say("Why"), "muted", 460),
        ])  # fmt: skip
        self.table = Table(self.model, say("Duplicates"), desk.records.clock.today, desk.setting("density", "standard"))
        self.table.opened.connect(lambda _row: self._merge())
        self.table.picked_changed.connect(lambda _count: self._allow())
        self.table.current_changed.connect(lambda _row: self._allow())
        self.empty = Empty("copy", "", "")
        self.stack = QStackedWidget()
        for widget in (self.table, self.empty, self._busy()):
            self.stack.addWidget(widget)
        self.footer = Footer()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, line(), self.stack, line(), self.footer):
            column.addWidget(widget)
        column.setStretch(2, 1)
        self.setFocusProxy(self.table)
        desk.changed.connect(self._somebody_changed)
        self._allow()

    def _busy(self) -> QWidget:
        page = QWidget()
        self.progress = QProgressBar()
        self.progress.setFixedWidth(px(360))
        self.progress.setAccessibleName(say("Progress"))
        self.stop = Button(say("Cancel"), "x", run=self.cancel)
        column, row = QVBoxLayout(page), QHBoxLayout()
        column.addStretch(1)
        column.addWidget(self._centred(Label(say("Comparing all records…"), "Muted")))
        row.addStretch(1)
        row.addWidget(self.progress)
        row.addWidget(self.stop)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)
        return page

    def _centred(self, widget: QWidget) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.addStretch(1)
        row.addWidget(widget)
        row.addStretch(1)
        return box

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._looked:
            self.look()

    # Looking

    def record_type(self) -> type[Record]:
        """The kind of record that is looked through."""
        return self.desk.record_type(self.kind.value())

    def look(self) -> None:
        """Compare all records of the kind in the background."""
        self.cancel()
        self._looked = True
        desk, record_type = self.desk, self.record_type()

        def work(job: Job) -> list[Found]:
            return found_in(desk, record_type, twin_scan.scan(desk.records, record_type, desk.actor, job.step))

        self.progress.setValue(0)
        self.stack.setCurrentIndex(2)
        self._allow()
        self._job = desk.runner.run_long(work, self._were_found, self._failed, self._stepped, write=False)

    def cancel(self) -> None:
        """Stop looking."""
        job, self._job = self._job, None
        if job is not None and not job.done:
            job.forget()
            self._say_nothing(say("Stopped"), say("Nothing was changed. Look again whenever you like."))

    def _stepped(self, done: int, total: int, _text: str) -> None:
        self.progress.setMaximum(max(total, 1))
        self.progress.setValue(done)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self._say_nothing(say("Stopped"), error.sentence() if isinstance(error, Trouble) else "")

    def _were_found(self, groups: list[Found]) -> None:
        self._job, self._found, self._gone = None, groups, set()
        self._show_left()

    def _show_left(self) -> None:
        """Show the groups without what is gone, with the cursor where it was."""
        row = max(self.table.currentIndex().row(), 0)
        left = [one.without(self._gone) if self._gone.intersection(one.ids) else one for one in self._found]
        self._show([one for one in left if len(one.ids) > 1])
        if self.model.row_count():
            self.table.pick(min(row, self.model.row_count() - 1))

    def _show(self, groups: list[Found]) -> None:
        rows = [("same" if one.same else "similar", one.score, len(one.ids), " | ".join(one.titles), one.why) for one in groups]
        self.model.show_rows(rows, groups)
        if not groups:
            self._say_nothing(say("No duplicates"), say("No two records are the same or similar."))
            return
        same = sum(one.same for one in groups)
        self.footer.set_figures(say("%n group(s)", n=len(groups)), say("{count} of them the same", count=same))
        self.stack.setCurrentIndex(0)
        self._allow()

    def _say_nothing(self, title: str, text: str) -> None:
        self.footer.set_figures("")
        self.empty.say(title, text)
        self.stack.setCurrentIndex(1)
        self._allow()

    # Acts

    def groups(self) -> list[Found]:
        """The groups shown, from top to bottom."""
        return [self.model.item(row) for row in range(self.model.row_count())]

    def current(self) -> tuple[int, Found] | None:
        """Row and group in hand."""
        index = self.table.currentIndex()
        shown = self.stack.currentIndex() == 0 and index.isValid() and index.row() < self.model.row_count()
        return (index.row(), self.model.item(index.row())) if shown else None

    def _allow(self) -> None:
        none = "" if self.current() is not None else say("Choose a group first.")
        record_type = self.record_type()
        why = self.desk.why_not(record_type, "edit")
        self.different.say_why_not(why or none)
        why = why or self.desk.why_not(record_type, "delete") or none
        self.merge.say_why_not(why)
        current = self.current()
        two = say("The group has two records: merge them side by side.") if current and len(current[1].ids) == 2 else ""
        self.all.say_why_not(why or two)

    def _merge(self) -> None:
        from crm_desktop.ui.records.merge_dialog import merge_two

        current = self.current()
        if current is None or not self.merge.isEnabled():
            return
        group = current[1]
        first, second = group.ids[:2]
        merge_two(self.desk, self.record_type(), first, second, self, lambda _kept, gone: self._are_gone({gone}))

    def _merge_all(self) -> None:
        from crm_desktop.ui.records.merge_group import merge_group

        if (current := self.current()) is not None:
            merge_group(self.desk, self.record_type(), current[1].ids, self, self._show_left)

    def _part(self) -> None:
        current = self.current()
        if current is None:
            return
        desk, record_type, group = self.desk, self.record_type(), current[1]

        def back() -> None:
            desk.write(lambda: twins.unpart(desk.records, record_type, group.ids, desk.actor), lambda _none: self.look())

        def done(_none: Any) -> None:
            self._found = [one for one in self._found if not set(group.ids) <= set(one.ids)]
            self._show_left()
            desk.ways.tell(say("They are not told as duplicates any more."), undo=back)

        desk.write(lambda: twins.part(desk.records, record_type, group.ids, desk.actor), done)

    def _are_gone(self, ids: set[int], back: Collection[int] = ()) -> None:
        before = set(self._gone)
        self._gone = (self._gone | ids).difference(back)
        looking = self._job is not None and not self._job.done
        if not looking and any((before ^ self._gone).intersection(one.ids) for one in self._found):
            self._show_left()

    def _somebody_changed(self, change: Change) -> None:
        """A group of which one was deleted, here or elsewhere, goes, and comes again with it."""
        gone, back = ({one for key, one, action in change.touched if (key, action) == (self.kind.value(), what)}
                      for what in ("delete", "restore"))  # fmt: skip
        if gone or back:
            self._are_gone(gone, back)


def found_in(desk: Desk, record_type: type[Record], groups: list[twin_scan.Group]) -> list[Found]:
    """Groups with titles and reasons in words; reads the database, so it runs in a worker."""
    records = desk.records
    ids = [one for group in groups for one in group.ids]
    rows = records.rows(record_type, desk.actor, ids, [record_type.title_field, "owner"])
    titles = {one: str(row[0]) for one, row in rows.items()}
    # Of one's own records the numbers are told in full, as in their forms.
    covered = masking.Veil(records, desk.actor, record_type).covered((one, row[1]) for one, row in rows.items())
    return [
        Found(group.ids, tuple(titles.get(one, "…") for one in group.ids), group.same, group.score,
              twins.Why(group.reasons(not covered.isdisjoint(group.ids))).sentence())
        for group in groups
    ]  # fmt: skip
