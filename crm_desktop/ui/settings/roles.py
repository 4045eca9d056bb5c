"""The roles of the company: what each may do with every kind of record and sees of it, ticked in one table; and hidden numbers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_desktop.business.staff import roles
from crm_desktop.business.staff.role import Role
from crm_desktop.core import masking
from crm_desktop.core.access import OPERATIONS
from crm_desktop.core.custom import AnyField
from crm_desktop.core.journal import ANY, Change
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.words import _, say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.ask import ask_values
from crm_desktop.ui.records.editing import editor_for
from crm_desktop.ui.records.list_page import ask_name
from crm_desktop.ui.records.row_acts import put_in_bin
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.editors import ChoiceEdit, FlagEdit
from crm_desktop.ui.widgets.field import Form
from crm_desktop.ui.widgets.labels import Label, line
from crm_desktop.ui.widgets.tags_edit import TagsEdit

HEADS = {
    "add": _("Add"), "edit": _("Edit"), "delete": _("Delete"), "assign": _("Assign"), "share": _("Share it"), "purge": _("Delete for good"),
    "bring_in": _("Import"), "take_out": _("Export"), "plain": _("Full numbers"),
}  # fmt: skip
FIRST = ("customer", "contact", "lead", "opportunity", "contract", "product", "task", "event", "follow_up")


class RolesPage(QWidget):
    """Choose a role, tick what it may do. Every tick is kept at once and counts at once, at every desk."""

    def __init__(self, desk: Desk, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk = desk
        self.role: Role | None = None
        self.why_not = desk.why_not(Role, "edit")
        self.roles = ChoiceEdit()
        self.roles.setAccessibleName(say("Role"))
        self.roles.setMinimumWidth(px(180))
        self.roles.committed.connect(self._chosen)
        self.new = Button(say("New role"), "plus", run=self._new)
        self.copy = Button(say("Copy"), "copy", run=self._copy)
        self.rename = icon_button("pencil", say("Rename…"), self._rename)
        self.delete = icon_button("trash-2", say("Delete this role"), self._delete)
        for button in (self.new, self.copy):
            button.say_why_not(self.why_not)
        self.boxes: dict[tuple[str, str], FlagEdit] = {}
        self.scopes: dict[str, ChoiceEdit] = {}
        self.hidden: dict[str, TagsEdit] = {}
        self._lay_out()
        desk.changed.connect(self._somebody_changed)
        self._list_roles()

    # Laying out

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(px(16), px(8), px(16), px(8))
        head.setSpacing(px(8))
        for widget in (self.roles, self.rename, self.delete):
            head.addWidget(widget)
        head.addStretch(1)
        for button in (self.copy, self.new):
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(line())
        body = QWidget()
        body.setObjectName("Body")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, px(16))
        self.level, self.scope, self.departments = (
            editor_for(self.desk, Role.declared()[name]) for name in ("level", "scope", "departments")
        )
        form = Form(quiet=False)
        form.setMaximumWidth(px(560))
        for name, editor in (("level", self.level), ("scope", self.scope), ("departments", self.departments)):
            form.row(say(Role.declared()[name].label), editor)
            editor.setEnabled(not self.why_not)
            editor.setToolTip(self.why_not)
            editor.committed.connect(lambda n=name, e=editor: self._set_role(n, e.value()))
        self._form = form
        inside.addWidget(form)
        inside.addWidget(self._table())
        inside.addWidget(self._hiding())
        inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(body)
        column.addWidget(area, 1)

    def _types(self) -> list[type[Record]]:
        types = self.desk.records.types
        known = [types[key] for key in FIRST if key in types]
        return known + [one for one in types.values() if one not in known]

    def _table(self) -> QWidget:
        """A row for each kind of record, a column for each operation."""
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(px(16), px(8), px(16), px(8))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        for place, head in enumerate((_("Record type"), _("Sees"), *HEADS.values())):
            label = Label(say(head), "Section", wrap=True)
            grid.addWidget(label, 0, place, Qt.AlignmentFlag.AlignBottom)
        scopes = [("", say("As the role"))] + [(pick.key, pick.label) for pick in self.desk.records.names.picklist("data_scope")]
        for row, record_type in enumerate(self._types(), start=1):
            key, title = record_type.key(), say(record_type.screen.title)
            grid.addWidget(Label(title), row, 0)
            if record_type.screen.rights.see == "all":
                grid.addWidget(Label(say("Everybody sees them"), "Faint"), row, 1)
            else:
                choice = self.scopes[key] = ChoiceEdit()
                choice.set_choices(scopes, empty=False)
                choice.setMinimumWidth(px(132))
                choice.setAccessibleName(f"{title}: {say('Sees')}")
                choice.committed.connect(lambda t=record_type: self._set_scope(t))
                grid.addWidget(choice, row, 1)
            for place, operation in enumerate(HEADS, start=2):
                if operation in roles.operations_of(record_type):
                    box = self.boxes[key, operation] = FlagEdit()
                    box.setAccessibleName(f"{title}: {say(HEADS[operation])}")
                    box.committed.connect(lambda t=record_type: self._tick(t))
                    grid.addWidget(box, row, place)
        grid.setColumnStretch(len(HEADS) + 2, 1)
        for widget in (*self.boxes.values(), *self.scopes.values()):
            widget.setEnabled(not self.why_not)
            widget.setToolTip(self.why_not)
        return table

    def _hiding(self) -> QWidget:
        """Which fields are hidden from those without “Full numbers”."""
        form = Form(quiet=False)
        form.setMaximumWidth(px(720))
        form.section(say("Hidden numbers"))
        text = say("These are shown as 138****1234 to people who see a record but neither own it nor have “Full numbers” for it.")
        form.wide(Label(text, "Muted", wrap=True))
        for record_type in self._types():
            key, known = record_type.key(), self.desk.records.fields(record_type)
            if (key, "plain") not in self.boxes:
                continue
            editor = self.hidden[key] = TagsEdit()
            editor.set_choices([(name, label_of(known[name]), "grey") for name in roles.may_be_hidden(self.desk.records, record_type)])
            editor.entry.setPlaceholderText(say("Add a field"))
            editor.committed.connect(lambda t=record_type: self._hide(t))
            editor.setEnabled(not self.why_not)
            editor.setToolTip(self.why_not)
            form.row(say(record_type.screen.title), editor)
        return form

    # Showing

    def _list_roles(self, wanted: int | None = None) -> None:
        names = self.desk.records.names
        every = [row for row in names.all("role") if isinstance(row, Role)]
        self.roles.set_choices([(row.id, names.title("role", row.id)) for row in every], empty=False)
        shown = wanted or (self.role.id if self.role is not None else None)
        self.role = next((row for row in every if row.id == shown), every[0] if every else None)
        self.roles.set_value(self.role.id if self.role is not None else None)
        self._show()

    def _chosen(self) -> None:
        self._list_roles(self.roles.value())

    def _show(self) -> None:
        role = self.role
        if role is None:
            return
        self.level.set_value(role.level)
        self.scope.set_value(role.scope)
        self.departments.set_value(role.departments)
        self._form.set_row_shown(self.departments, role.scope == "chosen")
        for one in roles.lines(self.desk.records, role):
            key = one.record_type.key()
            for operation in OPERATIONS:
                box = self.boxes.get((key, operation))
                if box is not None:
                    box.set_value(operation in one.operations)
            if key in self.scopes:
                self.scopes[key].set_value(one.scope)
                chosen = ", ".join(self.desk.records.names.title("department", d) for d in one.departments)
                self.scopes[key].setToolTip(self.why_not or chosen)
        for key, editor in self.hidden.items():
            editor.set_value(masking.fields(self.desk.records, self.desk.records.types[key]))

    def _somebody_changed(self, change: Change) -> None:
        if change.types() & {"role", "role_right", "department", "custom_field"}:
            self._list_roles()

    # Changing

    def _failed(self, error: Exception) -> None:
        self.desk.problem(error)
        self._show()

    def _set_role(self, name: str, value: Any) -> None:
        if self.role is None:
            return
        records, actor, one = self.desk.records, self.desk.actor, self.role.id
        if name == "scope" and value == "chosen" and not self.departments.value():
            self._form.set_row_shown(self.departments, True)
            self.departments.setFocus()  # kept once a department is named
            return

        def work() -> Change:
            record: Any = records.get(Role, one, actor)
            setattr(record, name, tuple(value) if name == "departments" else value)
            if name == "departments":
                record.scope = self.scope.value()
            return records.save(record, actor)

        self.desk.write(work, done=say("Saved"), failed=self._failed)

    def _allowed(self, record_type: type[Record]) -> frozenset[str]:
        """What is ticked; what has no box stays as it is."""
        assert self.role is not None
        now = next(one for one in roles.lines(self.desk.records, self.role) if one.record_type is record_type).operations
        shown = set(roles.operations_of(record_type))
        ticked = {word for word in shown if self.boxes[record_type.key(), word].value()}
        return frozenset((now - shown) | ticked)

    def _tick(self, record_type: type[Record]) -> None:
        line_now = next(one for one in roles.lines(self.desk.records, self.role) if one.record_type is record_type) if self.role else None
        if line_now is not None:
            self._set(record_type, line_now.scope, line_now.departments)

    def _set_scope(self, record_type: type[Record]) -> None:
        scope, departments = self.scopes[record_type.key()].value(), ()
        if scope == "chosen":
            answers = ask_values(self.desk, self, say(record_type.screen.title), {"departments": Role.declared()["departments"]}, True)
            if answers is None:
                self._show()
                return
            departments = answers["departments"]
        self._set(record_type, scope, departments)

    def _set(self, record_type: type[Record], scope: str, departments: Any) -> None:
        role, allowed, desk = self.role, self._allowed(record_type), self.desk
        if role is not None:
            work = lambda: roles.set_line(desk.records, desk.actor, role, record_type, allowed, scope, departments)  # noqa: E731
            desk.write(work, done=say("Saved"), failed=self._failed)

    def _hide(self, record_type: type[Record]) -> None:
        desk, chosen = self.desk, self.hidden[record_type.key()].value()

        def kept(_none: Any) -> None:
            desk.changed.emit(Change(0, ((record_type.key(), ANY, "update"),)))  # lists and forms show it so

        desk.write(lambda: roles.set_hidden(desk.records, desk.actor, record_type, chosen), kept, say("Saved"), self._failed)

    # Roles

    def _new(self) -> None:
        name = ask_name(self, say("New role"), say("Name of the role"))
        if name:
            role: Any = Role(name=name, level="sales", scope="own")
            self.desk.write(lambda: self.desk.records.save(role, self.desk.actor), lambda _c: self._list_roles(role.id), say("Saved"))

    def _copy(self) -> None:
        role, desk = self.role, self.desk
        name = ask_name(self, say("Copy"), say("Name of the role"), say("{name} (copy)", name=self.roles.currentText())) if role else ""
        if role is not None and name:
            made = lambda told: self._list_roles(told[0].id)  # noqa: E731
            desk.write(lambda: roles.copy_role(desk.records, desk.actor, role, name), made, say("Saved"))

    def _rename(self) -> None:
        if self.why_not or self.role is None:
            self.desk.ways.tell(self.why_not)
            return
        fields: dict[str, AnyField] = {name: Role.declared()[name] for name in ("name", "name_en", "name_tw")}
        answers = ask_values(self.desk, self, say("Rename…"), fields)
        if answers and answers["name"]:
            records, actor, one = self.desk.records, self.desk.actor, self.role.id

            def work() -> Change:
                record: Any = records.get(Role, one, actor)
                for name, value in answers.items():
                    setattr(record, name, value)
                return records.save(record, actor)

            self.desk.write(work, done=say("Saved"), failed=self._failed)

    def _delete(self) -> None:
        refused = self.desk.why_not(Role, "delete")
        if refused:
            self.desk.ways.tell(refused)
        elif self.role is not None:
            put_in_bin(self.desk, Role, [self.role.id])

