"""The recycle bin: what was deleted, of one type at a time; restoring brings what belongs to it back as well."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core import joining
from crm_desktop.core.journal import Change
from crm_desktop.core.views import View
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.places import LISTS
from crm_desktop.ui.records.model import RecordsModel
from crm_desktop.ui.records.refusals import told
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets import question
from crm_desktop.ui.widgets.bulk import Footer
from crm_desktop.ui.widgets.buttons import Button
from crm_desktop.ui.widgets.editors import ChoiceEdit
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import line
from crm_desktop.ui.widgets.table import Table

MOST = 1000  # counted of one type


class RecycleBin(QWidget):
    """Deleted records, newest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.type = ChoiceEdit()
        self.type.setAccessibleName(say("Record type"))
        self.type.set_choices([(key, say(desk.records.types[key].screen.title)) for key in LISTS], empty=False)
        self.type.setFixedWidth(px(180))
        self.type.committed.connect(self._chosen)
        self._asked = False
        self.restore = Button(say("Restore"), "undo-2", "primary", self._restore)
        self.purge = Button(say("Delete for good…"), "trash-2", run=self._purge)
        self.header = ViewHeader(say("Recycle bin"), right=[self.type, self.purge, self.restore])
        self.table = Table(name=say("Recycle bin"), today=desk.records.clock.today)
        self.table.opened.connect(lambda _row: self._restore())
        self.table.picked_changed.connect(lambda _n: self._allow())
        self.table.current_changed.connect(lambda _row: self._tell_merged())
        self.empty = Empty("trash-2", say("The recycle bin is empty"), say("What you delete lands here and can be restored."))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.footer = Footer()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.header, line(), self.stack, line(), self.footer):
            column.addWidget(widget)
        column.setStretch(2, 1)
        self.setFocusProxy(self.table)
        self.model: Any = None
        self._total = ""
        desk.changed.connect(self._somebody_changed)
        self._show_type()
        self._count()

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes to look for what was just deleted finds it: the bin opens on what went into it last."""
        super().showEvent(event)
        self._count(choose=True)

    def _chosen(self) -> None:
        self._asked = True
        self._show_type()
        self._count()

    def _count(self, choose: bool = False) -> None:
        """Count what lies in the bin, type by type."""
        records, actor = self.desk.records, self.desk.actor

        def work() -> dict[str, tuple[int, Any]]:
            found = {}
            for key in LISTS:
                view = View(sort=(("deleted_at", True),), bin=True)
                newest = records.page(records.types[key], actor, view, ["deleted_at"], 1)
                if newest:
                    found[key] = (records.count(records.types[key], actor, view, cap=MOST), newest[0][1][0])
            return found

        def told(found: dict[str, tuple[int, Any]]) -> None:
            for place in range(self.type.count()):
                key = self.type.itemData(place)
                count = found[key][0] if key in found else 0
                more = f"{count:,}{'+' if count == MOST else ''}"
                title = say(records.types[key].screen.title)
                self.type.setItemText(place, f"{title}  {more}" if count else title)
            here = self.type.value() in found
            if found and choose and (not here or not self._asked):
                self.type.set_value(max(found, key=lambda key: found[key][1]))
                self._show_type()
            self._say_empty(bool(found))

        self.desk.read(work, told, key=f"bin-{id(self)}")

    def _say_empty(self, elsewhere: bool) -> None:
        """An empty list of one type is not an empty bin."""
        if elsewhere:
            title = say(self.model.record_type.screen.title).lower()
            self.empty.say(say("No deleted {records}", records=title), say("Other types have some: choose one above."))
        else:
            self.empty.say(say("The recycle bin is empty"), say("What you delete lands here and can be restored."))

    def _show_type(self) -> None:
        record_type = self.desk.records.types[self.type.value()]
        names = dict.fromkeys([record_type.title_field, *record_type.screen.columns.split()[:4], "updated_by", "deleted_at"])
        view = View(sort=(("deleted_at", True),), columns=tuple(names), bin=True)
        before, self.model = self.model, RecordsModel(self.desk, record_type, view, self)
        self.table.setModel(self.model)
        if before is not None:
            before.deleteLater()  # else it goes on listening and reading
        self.model.refreshed.connect(lambda: self._counted(self.model.row_count()))
        self.model.counted.connect(self._counted)
        self.model.load()
        self._allow()

    def _counted(self, total: int) -> None:
        self.stack.setCurrentIndex(0 if total else 1)
        self._total = say("%n deleted record(s)", n=total)
        self.footer.set_figures(self._total)
        self._allow()

    def _tell_merged(self) -> None:
        """What went into another record is told beside the count: there it can be split off again."""
        index, records, actor = self.table.currentIndex(), self.desk.records, self.desk.actor
        one = self.model.record_id(index.row()) if index.isValid() else None
        record_type = self.model.record_type
        if one is None or record_type.compared is None:
            self.footer.set_figures(self._total)
            return

        def work() -> str | None:
            keep = joining.went_into(records, [one]).get(one)
            if keep is None:
                return None
            rows = records.rows(record_type, actor, [keep], [record_type.title_field])
            return str(rows[keep][0]) if keep in rows else "…"

        def told(title: str | None) -> None:
            merged = say("Merged into “{title}”. Its timeline splits them again.", title=title) if title is not None else ""
            self.footer.set_figures(*filter(None, (self._total, merged)))

        self.desk.read(work, told, key=f"merged-{id(self)}")

    def _allow(self) -> None:
        record_type, picked = self.model.record_type, self.table.picked_count()
        if not picked and (self.restore.hasFocus() or self.purge.hasFocus()):
            self.table.setFocus()  # a button that becomes grey would give the keyboard to the sidebar
        why = self.desk.why_not(record_type, "delete")
        self.restore.say_why_not(why or ("" if picked else say("Select the records to restore first.")))
        why = self.desk.why_not(record_type, "purge")
        self.purge.say_why_not(why or ("" if picked else say("Select the records to delete first.")))

    def _picked(self) -> list[int]:
        return [one for one in (self.model.record_id(row) for row in self.table.picked_rows()) if one is not None]

    def _purge(self) -> None:
        """Delete for good: the one thing here that is asked twice, because nothing brings it back."""
        ids, record_type = self._picked(), self.model.record_type
        text = say("%n record(s) and what belongs to them will be gone for good. Nothing brings them back.", n=len(ids))
        if not ids or not question.agreed(self, say("Delete for good…"), text, say("Delete for good"), forever=True):
            return
        self.desk.write(
            lambda: self.desk.records.purge(record_type, ids, self.desk.actor),
            done=lambda outcome: told(outcome, say("%n record(s) deleted for good", n=len(outcome.done))),
        )

    def _restore(self) -> None:
        ids = self._picked()
        record_type = self.model.record_type
        if ids and self.restore.isEnabled():
            self.desk.write(
                lambda: self.desk.records.restore(record_type, ids, self.desk.actor),
                done=lambda outcome: told(outcome, say("%n record(s) restored", n=len(outcome.done))),
            )

    def _somebody_changed(self, change: Change) -> None:
        touched = {key for key, _id, action in change.touched if action in ("delete", "restore", "purge")}
        if self.type.value() in touched:
            self.model.load()
        if touched:
            self._count()
