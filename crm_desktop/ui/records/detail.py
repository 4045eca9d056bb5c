"""The detail dock: head, three acts, and tabs with the form, the timeline and what belongs to the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.business.office import marks
from crm_desktop.core.errors import NotFound
from crm_desktop.core.journal import Change
from crm_desktop.core.kinds import NumberKind
from crm_desktop.core.names import label_of
from crm_desktop.core.pointing import ChoiceKind, StateKind
from crm_desktop.core.record import Record
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.row_acts import ADDRESSED, about, put_in_bin
from crm_desktop.ui.records.starring import star
from crm_desktop.ui.records.trail import Trail
from crm_desktop.ui.shell.focus import focus_first
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.steps import Steps
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.empty import Empty
from crm_desktop.ui.widgets.headers import DetailHead
from crm_desktop.ui.widgets.menus import Menu
from crm_desktop.ui.widgets.tabs import Tabs

if TYPE_CHECKING:
    from crm_desktop.ui.records.form import RecordForm
    from crm_desktop.ui.records.related import Related
    from crm_desktop.ui.records.timeline import Timeline

OPENED_AFTER = 1_000  # ms: a record counts as opened when it is looked at, not when the cursor only passes over its row
PERSONS = {"contact", "lead", "employee"}
PILLS = {"customer": ("status", "level"), "contact": ("role",), "opportunity": ("stage",), "product": ("category",)}


class DetailPage(QWidget):
    """Shows one record of any type; builds the tabs of a type, in steps, when one of it is shown first. `shown` when it comes into sight
    and nobody has said yet what it shows."""

    shown = Signal()

    def __init__(self, desk: Desk, own_forms: Path | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self._own_forms = desk, own_forms
        self.record: Record | None = None
        self._coming: Record | None = None  # shown as soon as its tabs are there
        self.trail = Trail()
        self._told = False
        self.head = DetailHead()
        self.head.back.clicked.connect(self.back)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(QWidget())  # blank as long as a first record is on its way
        hint = say("Select a row in a list to see its details here. Up and Down keep working in the list.")
        self._nothing = Empty("contact", say("Nothing selected"), hint)
        self.stack.addWidget(self._nothing)
        self._sheets: dict[str, _Sheet] = {}
        self._looked_at = QTimer(self, singleShot=True, interval=OPENED_AFTER)
        self._looked_at.timeout.connect(self._note_opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.stack, 1)
        desk.changed.connect(self._somebody_changed)
        if parent is not None:
            parent.installEventFilter(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._told:
            self.shown.emit()
        if not self._told and self.record is None:
            self.stack.setCurrentWidget(self._nothing)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._told = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:  # its dock was put away: Qt says nothing to who has not come into sight yet
            self._told = False
        return False

    def open(self, type_key: str, record_id: int, focus: str = "") -> None:
        """Show a record by its type and id; one that is gone empties the dock."""
        record_type = self.desk.record_type(type_key)
        self._told = True

        def shown(record: Record) -> None:
            self.show_record(record)
            if focus:
                self.sheet(record_type).form.focus_field(focus)

        self.desk.read(lambda: self.desk.records.get(record_type, record_id, self.desk.actor), shown, key="detail", failed=self._gone)

    def jump(self, type_key: str, record_id: int, focus: str = "") -> None:
        """Open a record from elsewhere; `back` returns to the one shown now."""
        if self.record is not None:
            self.trail.leave((self.record.key(), self.record.id), (type_key, record_id))
        self.open(type_key, record_id, focus)

    def back(self) -> None:
        """The record from which this one was opened."""
        self._go(self.trail.back(self._place()))

    def forward(self) -> None:
        """The record that was gone back from."""
        self._go(self.trail.forward(self._place()))

    def _place(self) -> tuple[str, int] | None:
        return (self.record.key(), self.record.id) if self.record is not None else None

    def _go(self, place: tuple[str, int] | None) -> None:
        if place is not None:
            self.open(*place)

    def star(self) -> None:
        """Star the record shown, or take its star away."""
        record = self.record
        if record is not None:
            star(self.desk, record.key(), record.id)

    def open_more(self) -> None:
        """The menu of further acts, by keyboard."""
        if self.record is not None:
            self.sheet(type(self.record)).open_more()

    def show_past(self) -> None:
        """The record shown as it was at the end of a day."""
        if self.record is not None:
            self.sheet(type(self.record)).show_past()

    def step_tab(self, way: int) -> None:
        """The next tab, or the one before, around the ends; the keyboard goes into it."""
        if self.record is not None:
            tabs = self.sheet(type(self.record)).tabs
            tabs.setCurrentIndex((tabs.currentIndex() + way) % tabs.count())
            shown = tabs.currentWidget()
            if shown is not None and not focus_first(shown):
                tabs.setFocus()

    def _gone(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self.record = self._coming = None
            self._looked_at.stop()
            self.head.show_record("")
            self.stack.setCurrentWidget(self._nothing)
        else:
            self.desk.problem(error)

    def sheet(self, record_type: type[Record]) -> _Sheet:
        """The tabs of a record type, all of them, made when first needed."""
        found = self._begun(record_type)
        found.making.finish()
        return found

    def _begun(self, record_type: type[Record]) -> _Sheet:
        found = self._sheets.get(record_type.key())
        if found is None:
            found = _Sheet(self.desk, record_type, self._own_forms, self.star, self._show_coming, self.stack)
            self._sheets[record_type.key()] = found
            self.stack.addWidget(found)
            found.making.begin()
        return found

    def show_record(self, record: Record) -> None:
        """Show a record, once the tabs of its type are there."""
        self._coming = record
        sheet = self._begun(type(record))
        if sheet.making.done or self.desk.runner.inline:
            sheet.making.finish()
            self._show_coming()

    def _show_coming(self) -> None:
        record, self._coming = self._coming, None
        if record is None or not self._begun(type(record)).making.done:
            self._coming = record
            return
        if self.record is None or self.record.id != record.id:
            self._looked_at.start()
        self.record = record
        self._show_head(record)
        self.head.back.setVisible(bool(self.trail.before))
        sheet = self.sheet(type(record))
        sheet.show_record(record)
        self.stack.setCurrentWidget(sheet)

    def _note_opened(self) -> None:
        record = self.record
        if record is not None:
            self.desk.write(lambda: marks.opened(self.desk.records, self.desk.actor, record.key(), record.id),
                            lambda _known: self.desk.marked.emit())  # fmt: skip

    def _show_head(self, record: Record) -> None:
        record_type, records = type(record), self.desk.records
        fields = records.fields(record_type)
        names = [name for name in (record_type.state_field(), *PILLS.get(record.key(), ())) if name in fields]
        pills = []
        for name in names:
            value = getattr(record, name)
            text = records.show(record_type, name, value)
            if text:
                pills.append((text, self._tone(fields[name].kind, value)))
        subs = [
            records.show(record_type, name, getattr(record, name))
            for name in record_type.screen.sub.split()
            if name in fields and (not isinstance(fields[name].kind, NumberKind) or name in ("customer", "amount"))
        ]
        self.head.show_record(record.called(), pills, " · ".join(filter(None, subs)), record.key() in PERSONS)

    def _tone(self, kind: Any, value: Any) -> str:
        if isinstance(kind, StateKind):
            return kind.states[value].tone if value in kind.states else "grey"
        if isinstance(kind, ChoiceKind):
            picks = self.desk.records.names.picklist(kind.picklist, all_values=True)
            return next((pick.tone for pick in picks if pick.key == value), "grey")
        stage: Any = self.desk.records.names.rows("stage").get(value)
        return stage.tone if stage else "grey"

    def _somebody_changed(self, change: Change) -> None:
        if self._sheets:
            from crm_desktop.ui.records.editing import chosen_from  # the forms have read it
        for key in self._sheets:
            record_type = self.desk.record_type(key)
            if change.types() & {"custom_field", "pick_value", *chosen_from(self.desk, record_type)}:
                self.sheet(record_type).form.reload()
        if self.record is None:
            return
        if change.touches(self.record.key(), self.record.id):
            self.open(self.record.key(), self.record.id)


class _Sheet(QWidget):
    """The acts and tabs for records of one type; `making` builds the tabs and then calls `made`."""

    def __init__(
        self,
        desk: Desk,
        record_type: type[Record],
        own_forms: Path | None,
        star: Callable[[], None],
        made: Callable[[], object],
        parent: QWidget,
    ):
        super().__init__(parent)
        self.desk, self.record_type, self.star = desk, record_type, star
        self.record: Record | None = None
        self.tabs = Tabs(say("Tabs of the details"), self)
        self.form: RecordForm
        self.timeline: Timeline
        self.related: list[Related] = []
        self.shares: Any = None
        self.making = Steps(self._make(own_forms), made, self)
        self._acts = QHBoxLayout()
        self._acts.setContentsMargins(px(16), 0, px(12), px(8))
        self._acts.setSpacing(px(6))
        self._buttons: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._acts)
        column.addWidget(self.tabs, 1)

    def _make(self, own_forms: Path | None) -> Iterator[str]:
        # Forms and timelines need every editor there is: not before a record is shown, which is after the first painting.
        desk, record_type = self.desk, self.record_type
        yield "editors"
        from crm_desktop.ui.records import form_file

        yield "what forms know of merging"
        from crm_desktop.ui.records import form

        yield "reader of forms"
        form_file.loader()
        yield "profile"
        self.form = form.RecordForm(desk, record_type, own_forms, self.tabs.inside)
        self.tabs.addTab(self.form, say("Profile"))
        yield "timeline"
        from crm_desktop.ui.records.timeline import Timeline

        self.timeline = Timeline(desk, self.tabs.inside)
        self.timeline.opened.connect(self._open)
        self.tabs.addTab(self.timeline, say("Timeline"))
        from crm_desktop.ui.records.related import Related, related_types

        listed = related_types(desk, record_type)
        for other, link in listed:
            yield other.key()
            title = say(other.screen.title)
            if link != "owner" and (other, "owner") in listed:  # contracts somebody owns, and those he signs
                title = f"{title} · {label_of(other.declared()[link])}"
            related = Related(desk, other, link, self.tabs.inside)
            place = self.tabs.addTab(related, title)
            related.counted.connect(lambda n, place=place, title=title: self._count(place, title, n))
            related.opened.connect(self._open)
            self.related.append(related)
        if record_type.screen.shared:
            yield "shares"
            from crm_desktop.ui.records.shares import Shares

            self.shares = Shares(desk, record_type, self.tabs.inside)
            place = self.tabs.addTab(self.shares, say("Shared"))
            self.shares.counted.connect(lambda n, place=place: self._count(place, say("Shared"), n))

    def _open(self, type_key: str, record_id: int) -> None:
        if self.record is None or (type_key, record_id) != (self.record.key(), self.record.id):
            self.desk.ways.open_record(type_key, record_id)

    def _count(self, place: int, title: str, count: str) -> None:
        self.tabs.setTabText(place, f"{title} {count}".strip())

    def show_record(self, record: Record) -> None:
        """Show a record in all tabs."""
        self.record = record
        self.form.show_record(record)
        self.timeline.show_record(record)
        for related in self.related:
            related.show_record(record)
        if self.shares is not None:
            self.shares.show_record(record)
        self._show_acts(record)

    # Acts

    def _show_acts(self, record: Record) -> None:
        before = self._buttons
        focused = next((place for place, button in enumerate(before) if button is self.window().focusWidget()), None)
        for button in before:
            self._acts.removeWidget(button)
            button.hide()
            button.deleteLater()
        while self._acts.count():
            self._acts.takeAt(0)
        self._buttons = [Button(title, icon, run=run) for title, icon, run in self._first_acts(record)[:3]]
        more = icon_button("ellipsis", say("More"), self.open_more, Keys("Ctrl+.", "record.more"))
        for button in self._buttons:
            button.setMinimumWidth(0)
            self._acts.addWidget(button)
        self._acts.addStretch(1)
        self._acts.addWidget(more)
        self._buttons.append(more)
        self._more = more
        if focused is not None:  # the record was only read again: the keyboard stays where it was
            again = self._buttons[min(focused, len(self._buttons) - 1)]
            again.show()
            again.setFocus()

    def _first_acts(self, record: Any) -> list[tuple[str, str, Any]]:
        key, new, values = record.key(), self.desk.ways.new_record, about(record)
        call = (say("Call"), "phone", lambda: new("follow_up", values | {"method": "call"}))
        visit = (say("Visit"), "calendar-plus", lambda: new("event", values | {"kind": "visit"}))
        if key == "customer":
            return [call, visit, (say("Opportunity"), "handshake", lambda: new("opportunity", values))]
        if key == "contact" and record.customer:
            return [call, visit]
        if key == "lead":
            convert = (say("Convert"), "user-check", self._convert)
            return [call] if record.state in ("converted", "disqualified") else [call, convert]
        if key == "opportunity":
            contract = values | {"name": record.name, "amount": record.amount}
            return [call, visit, (say("Contract"), "file-text", lambda: new("contract", contract))]
        moves = [(say(m.label), "", lambda m=m: self._move(m.key)) for m in self._moves(record)]
        if key == "employee" and record.state != "left":
            return [(say("Hand over…"), "user-check", self._hand_over), *moves]
        if key == "reminder" and record.ref_id:
            return [(say("Open"), "external-link", lambda: self.desk.ways.open_record(record.ref_type, record.ref_id)), *moves]
        return moves

    def _moves(self, record: Any) -> list[Any]:
        state = self.record_type.state_field()
        return [move for move in self.record_type.screen.moves if state and getattr(record, state) in move.starts()]

    def _move(self, key: str) -> None:
        from crm_desktop.ui.records.moving import start_move

        if self.record is not None:
            start_move(self.desk, self.record_type, self.record.id, key, self)

    def _convert(self) -> None:
        from crm_desktop.ui.records.convert_dialog import convert_lead

        if self.record is not None:
            convert_lead(self.desk, self.record, self)

    def open_more(self) -> None:
        """The menu of what else can be done with the record."""
        record, menu = self.record, Menu(self)
        if record is None:
            return
        for move in self._moves(record):
            why = self.desk.why_not(self.record_type, move.right, record)
            menu.add(say(move.label), partial(self._move, move.key), "flag", why_not=why)
        menu.addSeparator()
        starred = [record.key(), record.id] in marks.starred(self.desk.records, self.desk.actor)
        menu.add(say("Take the star away") if starred else say("Star"), self.star, "star", Keys("Ctrl+Shift+S", "record.star"))
        menu.add(say("The record as of a day…"), self.show_past, "history")
        if record.key() == "employee":
            menu.add(say("Password…"), self._set_password, "key", why_not=self.desk.why_not(self.record_type, "edit", record))
            menu.add(say("Certificate of the handover…"), self._certificate, "printer")
        if record.key() in ADDRESSED:
            menu.add(say("Print an envelope"), self._envelope, "mail")
        if not self.desk.why_not(self.record_type, "delete", record):
            menu.add(say("Delete"), self._delete, "trash-2", Keys("Del", f"{record.key()}.delete"))
        menu.open_under(self._more)

    def show_past(self) -> None:
        """How the record was at the end of a day."""
        from crm_desktop.ui.records.past_dialog import show_past

        if self.record is not None:
            show_past(self.desk, self.record_type, self.record.id, self.desk.records.clock.now(), self)

    def _hand_over(self) -> None:
        from crm_desktop.ui.settings.handover import begin_handover

        if self.record is not None:
            begin_handover(self.desk, self.record.id, self)

    def _set_password(self) -> None:
        from crm_desktop.ui.signing.own_password import SetPassword

        if self.record is not None:
            SetPassword(self.desk, self.record.id, self.window()).open()

    def _certificate(self) -> None:
        from crm_desktop.ui.settings.handover import show_last_certificate

        if self.record is not None:
            show_last_certificate(self.desk, self.record.id, self)

    def _envelope(self) -> None:
        from crm_desktop.ui import paper

        if self.record is not None:
            paper.print_envelopes(self.desk, self.record_type, [self.record.id], self.window())

    def _delete(self) -> None:
        if self.record is not None:
            put_in_bin(self.desk, self.record_type, [self.record.id])
