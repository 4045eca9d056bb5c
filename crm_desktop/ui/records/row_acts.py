"""What can be done with the rows of a list: the context menu of one, the bulk bar of several; refusals say why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint

from crm_desktop.core.access import Why
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Move, Record
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.columns import picture_field
from crm_desktop.ui.records.refusals import told
from crm_desktop.ui.records.starring import star
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.widgets.bulk import BulkAction

if TYPE_CHECKING:
    from crm_desktop.core.many import Progress
    from crm_desktop.core.outcome import Outcome
    from crm_desktop.ui.records.list_page import ListPage

ADDRESSED = ("customer", "contact", "lead")  # letters go to these
LOGGED = ("customer", "contact", "lead", "opportunity")  # calls are logged about these
VISITED = ("customer", "contact", "opportunity")


def reason(may: bool | Why) -> str:
    """Why something may not be done, '' when it may."""
    return may.sentence() if isinstance(may, Why) else ""


def about(record: Record) -> dict[str, Any]:
    """What a new record about this one starts with: the link to it, and to its customer."""
    values: dict[str, Any] = {record.key(): record.id}
    link = type(record).declared().get("customer")
    if link is not None and not link.readonly and getattr(record, link.name):
        values[link.name] = getattr(record, link.name)
    return values


def put_in_bin(desk: Desk, record_type: type[Record], ids: Sequence[int]) -> None:
    """Delete records; the snackbar offers to undo it."""
    desk.write(
        lambda: desk.records.delete(record_type, ids, desk.actor),
        done=lambda outcome: told(outcome, say("%n record(s) moved to the recycle bin", n=len(outcome.done))),
    )


class RowActs:
    """The acts of one list page."""

    def __init__(self, desk: Desk, record_type: type[Record], page: ListPage):
        self.desk, self.record_type, self.page = desk, record_type, page

    def may(self, operation: str) -> str:
        """Why these records may not be treated so, '' when they may."""
        return self.desk.why_not(self.record_type, operation)

    def owned(self) -> bool:
        """Whether these records have owners of their own."""
        return self.record_type.screen.rights.see != "all" and not self.record_type.screen.follows

    def bulk_actions(self) -> list[BulkAction]:
        """The buttons of the bulk bar. One that the person may never use is left out; the rest say why not."""
        actions, key = [], self.record_type.key()
        if self.owned():
            actions.append(BulkAction("assign", say("Assign"), "user-plus", self.assign, why_not=self.may("assign")))
        if self.record_type.screen.shared:
            actions.append(BulkAction("share", say("Share it"), "users", self.share, why_not=self.may("share")))
        if "tags" in self.record_type.declared():
            actions.append(BulkAction("tag", say("Tag"), "tag", self.tag, why_not=self.may("edit")))
        if self.record_type.compared is not None and not self.may("delete"):
            actions.append(BulkAction("merge", say("Merge…"), "merge", self.merge, why_not=self.may("edit")))
        actions.append(BulkAction("set", say("Change a field"), "pencil", self.set_field, why_not=self.may("edit")))
        if key in ADDRESSED:
            actions.append(BulkAction("labels", say("Labels"), "printer", self.labels, Keys("Ctrl+P", f"{key}.labels")))
            actions.append(BulkAction("envelopes", say("Envelopes"), "mail", self.envelopes))
        if not self.may("delete"):
            actions.append(BulkAction("delete", say("Delete"), "trash-2", self.delete, Keys("Del", f"{key}.delete"), danger=True))
        return actions

    def _with_current(self, act: Callable[[Record], None]) -> None:
        """Fetch the record of the current row, then go on with it."""
        record_id, records = self.page.current_id(), self.desk.records
        if record_id is not None:
            self.desk.read(lambda: records.get(self.record_type, record_id, self.desk.actor), act, key="current-row")

    def log_call(self) -> None:
        """Write down a call about the current row."""
        self._with_current(lambda record: self.desk.ways.new_record("follow_up", about(record) | {"method": "call"}))

    def plan_visit(self) -> None:
        """Plan a visit about the current row."""
        self._with_current(lambda record: self.desk.ways.new_record("event", about(record) | {"kind": "visit"}))

    def open_menu(self, spot: QPoint) -> None:
        """The context menu of the current row."""
        self._with_current(lambda record: self._open_menu(record, spot))

    def _open_menu(self, record: Record, spot: QPoint) -> None:
        from crm_desktop.ui.widgets.menus import Menu

        key, ways, menu = self.record_type.key(), self.desk.ways, Menu(self.page)
        menu.add(say("Open"), lambda: ways.open_record(key, record.id), "external-link", "Enter")
        menu.add(say("Star, or take the star away"), lambda: star(self.desk, key, record.id), "star", Keys("Ctrl+Shift+S", "record.star"))
        menu.add(say("Edit this cell"), self.page.edit_cell, "pencil", Keys("F2", f"{key}.edit_cell"), self.may("edit"))
        if key in LOGGED:
            menu.add(say("Log a call"), self.log_call, "phone", Keys("L", f"{key}.log"))
        if key in VISITED:
            menu.add(say("Plan a visit"), self.plan_visit, "calendar-plus", Keys("F", f"{key}.plan"))
        if key == "customer":
            menu.add(say("New contact"), lambda: ways.new_record("contact", about(record)), "contact")
            menu.add(say("New opportunity"), lambda: ways.new_record("opportunity", about(record)), "handshake")
            menu.add(say("New contract"), lambda: ways.new_record("contract", about(record)), "file-text")
        if key == "employee":
            menu.add(say("Password…"), lambda: self._set_password(record.id), "key", why_not=self.may("edit"))
        menu.addSeparator()
        for move in self.record_type.screen.moves:
            menu.add(say(move.label), partial(self.move, record.id, move.key), why_not=self._move_refused(record, move))
        if self.record_type.screen.moves:
            menu.addSeparator()
        for action in self.bulk_actions():
            if action.key not in ("set", "merge"):
                menu.add(action.title, action.run, action.icon, action.shortcut, action.why_not)
        menu.popup(spot)

    def _set_password(self, employee: int) -> None:
        from crm_desktop.ui.signing.own_password import SetPassword

        SetPassword(self.desk, employee, self.page.window()).open()

    def _move_refused(self, record: Record, move: Move) -> str:
        if refused := self.may(move.right):
            return refused
        state = self.record_type.state_field() or ""
        if getattr(record, state) not in move.starts():
            label = self.desk.records.show(self.record_type, state, getattr(record, state))
            return say("Not possible in the state “{state}”.", state=label)
        return ""

    def move_current(self, move: Move) -> None:
        """The same for the current row; when its state does not allow it, that is told."""

        def go_on(record: Record) -> None:
            refused = self._move_refused(record, move)
            if refused:
                self.desk.ways.tell(refused)
            else:
                self.move(record.id, move.key)

        self._with_current(go_on)

    def move(self, record_id: int, key: str) -> None:
        """Change the state of a record, asking for what the move needs."""
        from crm_desktop.ui.records.moving import start_move

        start_move(self.desk, self.record_type, record_id, key, self.page)

    # Acts on the selection

    def _with_ids(self, act: Callable[[list[int]], None]) -> None:
        """Go on with the ids of the selection, else of the current row. After Ctrl+A that is all the view holds, of which the
        list may not have heard yet."""
        page, records, actor = self.page, self.desk.records, self.desk.actor
        if page.table.everything and not page.model.complete():
            view = page.model.view
            self.desk.read(lambda: list(records.ids(self.record_type, actor, view)), act, key="picked")
            return
        current = page.current_id()
        act(page.picked_ids() or ([current] if current is not None else []))

    def _write(self, work: Callable[[Progress], Outcome], done: Callable[[int], str]) -> None:
        """Do something with many records, with progress and cancel when it takes longer."""
        from crm_desktop.ui.records.bulk_acts import do

        do(self.desk, self.page, work, done)

    def delete(self) -> None:
        """Put the selected records into the recycle bin."""
        refused = self.may("delete")
        if refused:
            self.desk.ways.tell(refused)
        else:
            all_that_match = self.page.table.everything
            self._with_ids(lambda ids: self._delete(ids, all_that_match))

    def _delete(self, ids: list[int], always_ask: bool = False) -> None:
        from crm_desktop.ui.records.bulk_acts import may_go

        def go_on() -> None:
            records, actor = self.desk.records, self.desk.actor
            self._write(
                lambda progress: records.delete(self.record_type, ids, actor, progress),
                lambda n: say("%n record(s) moved to the recycle bin", n=n),
            )

        if ids:
            may_go(self.desk, self.record_type, ids, self.page, go_on, always_ask)

    def assign(self) -> None:
        """Give the selected records to a colleague."""
        self._with_ids(self._assign)

    def _assign(self, ids: list[int]) -> None:
        from crm_desktop.ui.records.ask import ask_choice

        names = self.desk.records.names
        people = [(row.id, names.title("employee", row.id)) for row in names.all("employee") if row.state != "left"]  # type: ignore[attr-defined]
        chosen = ask_choice(self.page, say("Assign %n record(s)", n=len(ids)), say("New owner"), people)
        if ids and chosen is not None:
            self._write(
                lambda progress: self.desk.records.assign(self.record_type, ids, chosen, self.desk.actor, progress),
                lambda n: say("%n record(s) assigned", n=n),
            )

    def share(self) -> None:
        """Share the selected records with a colleague."""
        from crm_desktop.ui.records.shares import share_records

        self._with_ids(lambda ids: share_records(self.desk, self.record_type, ids, self.page))

    def tag(self) -> None:
        """Put a tag on the selected records, keeping those they have."""
        self._with_ids(self._tag)

    def _tag(self, ids: list[int]) -> None:
        from crm_desktop.ui.records.ask import ask_choice

        names = self.desk.records.names
        tags = [(row.id, names.title("tag", row.id)) for row in names.all("tag")]
        if not tags:
            self.desk.ways.tell(say("There are no tags yet. Add some in the settings."))
            return
        chosen = ask_choice(self.page, say("Tag %n record(s)", n=len(ids)), say("Tag"), tags)
        if ids and chosen is not None:
            self._write(lambda progress: self._add_tag(ids, chosen, progress), lambda n: say("%n record(s) tagged", n=n))

    def _add_tag(self, ids: list[int], tag: int, progress: Progress) -> Outcome:
        def add(unit: Any, record_id: int) -> None:
            record = unit.get(self.record_type, record_id)
            record.tags = (*record.tags, tag) if tag not in record.tags else record.tags
            unit.save(record)

        return self.desk.records.each(ids, self.desk.actor, "bulk", add, progress)

    def merge(self) -> None:
        """Make one record of the two that are selected."""
        from crm_desktop.ui.records.merge_dialog import merge_two

        ids = self.page.picked_ids()
        if len(ids) != 2:
            self.desk.ways.tell(say("Select the two records that are one."))
            return
        merge_two(self.desk, self.record_type, ids[0], ids[1], self.page)

    def set_field(self) -> None:
        """Change one field on all selected records, with one undo."""
        self._with_ids(self._set_field)

    def _set_field(self, ids: list[int]) -> None:
        from crm_desktop.ui.records.ask import ask_choice, ask_value
        from crm_desktop.ui.records.bulk_acts import change_field

        fields = self.desk.records.fields(self.record_type)
        # A name or a number of one's own is nothing many records have alike.
        apart = (self.record_type.state_field(), "owner", self.record_type.title_field, *self.record_type.unique)
        offered = [
            (name, label_of(field))
            for name, field in fields.items()
            if field.shown and not field.readonly and name not in apart and not getattr(field, "series", "")
        ]
        name = ask_choice(self.page, say("Change a field"), say("Field"), offered)
        if name is None or not ids:
            return
        answer = ask_value(self.desk, self.page, say("Change %n record(s)", n=len(ids)), fields[name])
        if answer is not None:
            change_field(self.desk, self.record_type, ids, name, answer[0], self.page)

    # Paper and files

    def labels(self) -> None:
        """Print address labels of the selection."""
        from crm_desktop.ui import paper

        self._with_ids(lambda ids: paper.print_labels(self.desk, self.record_type, ids, self.page.window()))

    def envelopes(self) -> None:
        """Print envelopes for the selection."""
        from crm_desktop.ui import paper

        self._with_ids(lambda ids: paper.print_envelopes(self.desk, self.record_type, ids, self.page.window()))

    def export(self) -> None:
        """Write the list as seen into a file."""
        from crm_desktop.ui.records.export_dialog import Seen, export_seen

        refused = self.may("take_out")
        if refused:
            self.desk.ways.tell(refused)
            return
        table = self.page.table
        columns = [entry["key"] for entry in table.column_layout() if not entry["hidden"]]
        if (picture := picture_field(self.record_type)) and (title := self.record_type.title_field) in columns:
            columns.insert(columns.index(title) + 1, picture)  # it is seen beside the title
        picked = self.page.picked_ids() if table.picked_count() > 1 and not table.everything else []
        export_seen(self.desk, self.record_type, self.page, Seen(self.page.view, columns, say("The whole list as filtered"), picked=picked))
