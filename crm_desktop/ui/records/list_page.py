"""The list of one record type: saved views, filter, conditions, columns, the table, sums, and what can be done with rows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.views import View
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.importing import open_import
from crm_desktop.ui.importing.drops import FileDrops
from crm_desktop.ui.records import list_views
from crm_desktop.ui.records.kept_place import KeptPlace
from crm_desktop.ui.records.model import RecordsModel
from crm_desktop.ui.records.row_acts import RowActs
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.bulk import Footer
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.chips import MOST, ChipsRow
from crm_desktop.ui.widgets.filter_edit import FilterEdit
from crm_desktop.ui.widgets.headers import ViewHeader
from crm_desktop.ui.widgets.labels import line
from crm_desktop.ui.widgets.table import Table

if TYPE_CHECKING:
    from crm_desktop.ui.widgets.empty import Empty

RESTS = 600  # ms
SUMMED = {"opportunity": "amount", "contract": "amount"}
GROUPED_BY = (
    "level", "status", "type", "tags", "industry", "source", "owner", "state", "stage", "city", "category", "priority", "kind", "method"
)  # fmt: skip


class ListPage(QWidget):
    """A list of records. `chosen(id)` when another row becomes current, `opened(id)` by Enter or a double click."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk, record_type: type[Record], header: bool = True, parent: QWidget | None = None):
        super().__init__(parent)
        self.desk, self.record_type = desk, record_type
        screen = record_type.screen
        self.choices = list_views.choices(desk, record_type)
        self.current = list_views.first_choice(desk, record_type, self.choices)
        self.view = self._as_arranged(self._choice().view)
        # A heading that is dragged changes with every pixel; what it came to is kept once it rests.
        self._keep_columns = QTimer(self, singleShot=True, interval=RESTS)
        self.model = RecordsModel(desk, record_type, self.view, self)
        self.stack = QStackedWidget(self)
        density = desk.setting("density", "standard")
        self.table = Table(self.model, say(screen.title), desk.records.clock.today, density, self.stack)
        self.place = KeptPlace(self.table, self.model)
        self.acts = RowActs(desk, record_type, self)
        self._editing: Any = None
        key, one = record_type.key(), say(screen.one).lower()
        self.new = Button(say("New {one}", one=one), "plus", "primary", self.begin_new, Keys("Ctrl+N", f"{key}.new"))
        self.export = Button(say("Export"), "download", run=self.acts.export, shortcut=Keys("Ctrl+E", f"{key}.export"))
        self.bring_in = icon_button("upload", say("Import a workbook…"), self._import, Keys("Ctrl+I", "import"))
        self.header = ViewHeader(say(screen.title), right=[self.bring_in, self.export, self.new], parent=self)
        self.filter = FilterEdit(say("Filter this list"))
        self.conditions = icon_button("filter", say("Conditions"), self.edit_conditions)
        self.columns = icon_button("columns-3", say("Columns"), self.choose_columns)
        self.chips = ChipsRow([self.filter, self.conditions, self.columns], name=say("Views"), parent=self)
        self.footer = Footer(self)
        self._empty: Empty | None = None
        self._lay_out(header)
        self._connect()
        self._say_what_is_refused()
        self._show_views()
        self.model.load()
        self.desk.runner.when_quiet(self._count_chips)  # the first rows come first, then the counts of the views

    def _lay_out(self, header: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header.setVisible(header)
        if header:
            column.addWidget(self.header)
        self.stack.addWidget(self.table)
        for widget in (self.chips, line(), self.stack, line(), self.footer):
            column.addWidget(widget)
        column.setStretch(column.indexOf(self.stack), 1)
        self.setMinimumWidth(px(360))
        self.setFocusProxy(self.table)
        FileDrops(self.desk, self.record_type.key(), self)

    def _connect(self) -> None:
        self.chips.chosen.connect(self.choose)
        self.chips.add_asked.connect(self.save_view)
        self.chips.menu_asked.connect(self._view_menu)
        self.filter.asked.connect(self._filter)
        self.filter.left_down.connect(self.table.setFocus)
        self.table.opened.connect(lambda row: self._with_id(row, self.opened))
        self.table.current_changed.connect(lambda row: self._with_id(row, self.chosen))
        self.table.picked_changed.connect(self._picked)
        self.table.sort_asked.connect(self._sorted)
        self.table.menu_asked.connect(self.acts.open_menu)
        self.table.columns_changed.connect(self._keep_columns.start)
        self._keep_columns.timeout.connect(self._remember_columns)
        self.model.counted.connect(self._counted)
        self.model.modelReset.connect(self._show_sort)
        self.desk.changed.connect(self._somebody_changed)
        self.desk.rights_changed.connect(self._rights_changed)

    def _with_id(self, row: int, signal: Any) -> None:
        record_id = self.model.record_id(row) if row >= 0 else None
        if record_id is not None:
            signal.emit(record_id)

    def _say_what_is_refused(self) -> None:
        self.new.say_why_not(self.desk.why_not(self.record_type, "add"))
        self.export.say_why_not(self.desk.why_not(self.record_type, "take_out"))
        self.bring_in.say_why_not(self.desk.why_not(self.record_type, "bring_in"))

    def _rights_changed(self) -> None:
        """An administrator changed what this person may do: the buttons say so at once."""
        self._say_what_is_refused()
        if self._empty is not None:
            self._say_empty()
        if self.footer.offers():
            self.footer.bulk.set_actions(self.acts.bulk_actions())

    def _import(self) -> None:
        open_import(self.desk, self.record_type.key(), self.window())

    def paste(self) -> None:
        """Rows copied in a spreadsheet become records, by the same three steps as a file."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self.desk.ways.tell(say("There is nothing to paste. Copy rows in a spreadsheet first."))
            return
        open_import(self.desk, self.record_type.key(), self.window(), text)

    # Views

    def _choice(self, key: str | None = None) -> list_views.Choice:
        return next((one for one in self.choices if one.key == (key or self.current)), self.choices[0])

    def show_chips(self) -> None:
        """Show the views with their counts, which arrive one by one."""
        self.choices = list_views.choices(self.desk, self.record_type)
        self._show_views()
        self._count_chips()

    def _show_views(self) -> None:
        self.chips.set_chips([(one.key, one.name, None) for one in self.choices], self.current)

    def _count_chips(self) -> None:
        records, actor, offered = self.desk.records, self.desk.actor, list(self.choices)

        def work() -> list[tuple[str, int]]:
            return [(one.key, records.count(self.record_type, actor, one.view, cap=MOST + 1)) for one in offered]

        def told(counts: list[tuple[str, int]]) -> None:
            for key, count in counts:
                self.chips.set_count(key, count)

        self.desk.read(work, told, key=f"chips-{id(self)}")

    def choose(self, key: str) -> None:
        """Show one of the views."""
        if key == self.current and self.view == self._as_arranged(self._choice().view):
            return
        self.current = key
        self.desk.remember(f"view.{self.record_type.key()}", key)
        self.show_view(self._choice().view)

    def show_view(self, view: View) -> None:
        """Show any view, for instance what a figure of a report counts."""
        self.view = replace(self._as_arranged(view), text=self.filter.text().strip())
        self.place.begin_at_the_top()
        self.model.show_view(self.view)
        self._light_conditions()

    def show_filter(self, view: View) -> None:
        """Show a view that is not one of the chips."""
        self.chips.choose("")
        self.current = ""
        self.filter.setText(view.text)
        self.show_view(view)

    def _filter(self, text: str) -> None:
        if text != self.view.text:
            self.view = replace(self.view, text=text)
            self.model.show_view(self.view)

    def _sorted(self, key: str, down: bool) -> None:
        self.view = replace(self.model.view, sort=((key, down),))

    def _show_sort(self) -> None:
        shipped = self.record_type.screen.sort.split()[0]
        name, down = self.model.view.sort[0] if self.model.view.sort else (shipped.lstrip("-"), shipped.startswith("-"))
        self.table.show_sort(self.record_type.title_field if name == "sort_key" else name, down)

    def edit_conditions(self) -> None:
        """Open the conditions under their button."""
        from crm_desktop.ui.records.conditions import ConditionsBox  # editors of every kind: not needed to open a list

        box = ConditionsBox(self.desk, self.record_type, self.view.conditions, self)
        box.changed.connect(self._conditions_changed)
        box.open_under(self.conditions, align_right=True)

    def _conditions_changed(self, conditions: tuple[Any, ...]) -> None:
        if conditions != self.view.conditions:
            self.chips.choose("")
            self.current = ""
            self.view = replace(self.view, conditions=conditions)
            self._light_conditions()
            self.model.show_view(self.view)

    def _light_conditions(self) -> None:
        """The funnel is lit while conditions hold that no chip stands for."""
        unsaved = self.view.conditions and not self.current
        self.conditions.setIcon(icon("filter", "accent", "accent") if unsaved else icon("filter"))

    def _arranged(self) -> View:
        return list_views.arranged(self.view, self.table.column_layout(), self.model.view.sort)

    def save_view(self) -> None:
        """Keep the list as it is now under a name."""
        name = ask_name(self, say("Save a new view"), say("Name of the view"))
        if not name:
            return
        view = replace(self._arranged(), text="")

        def saved(result: Any) -> None:
            self.current = str(result[0].id)
            self.desk.remember(f"view.{self.record_type.key()}", self.current)
            self.view = view
            self.show_chips()

        self.desk.write(
            lambda: list_views.save_as(self.desk, self.record_type, name, view), saved, say("The view was saved.")
        )

    def why_no_view_menu(self) -> str:
        """Why the view in use cannot be renamed or shared, '' when it can."""
        if self.current and self._choice().saved is not None:
            return ""
        return say("This view came with the program. Save it under a name of your own first.")

    def open_view_menu(self) -> None:
        """The menu of the view in use, by keyboard."""
        self._view_menu(self.current, self.chips.mapToGlobal(self.chips.rect().bottomLeft()))

    def _view_menu(self, key: str, spot: QPoint) -> None:
        from crm_desktop.ui.widgets.menus import Menu

        choice = self._choice(key)
        if choice.saved is None:
            return
        saved, menu = choice.saved, Menu(self)

        def change(**values: Any) -> None:
            self.desk.write(lambda: list_views.update(self.desk, saved, **values), lambda _c: self.show_chips(), say("The view was saved."))

        menu.add(say("Save the list as it is now into this view"), lambda: change(content=self._arranged()), "save")
        menu.add(say("Rename…"), lambda: self._rename(saved, change), "pencil")
        menu.add(say("Shown first"), lambda: self._show_first(saved), checked=bool(saved.is_default))
        menu.addSeparator()
        menu.add(say("Shared with everybody"), lambda: change(shared=not saved.shared), checked=bool(saved.shared))
        for role in self.desk.records.names.all("role"):
            title = say("Shared with the role “{role}”", role=self.desk.records.names.title("role", role.id))
            has_it = saved.role == role.id
            menu.add(title, partial(change, role=None if has_it else role.id), checked=has_it)
        menu.addSeparator()
        menu.add(say("Delete this view"), lambda: self._delete_view(saved), "trash-2")
        menu.popup(spot)

    def _show_first(self, saved: Any) -> None:
        first = not saved.is_default
        self.desk.write(
            lambda: list_views.show_first(self.desk, saved, first), lambda _c: self.show_chips(), say("The view was saved.")
        )

    def _rename(self, saved: Any, change: Any) -> None:
        name = ask_name(self, say("Rename…"), say("Name of the view"), saved.name)
        if name:
            change(name=name)

    def _delete_view(self, saved: Any) -> None:
        def gone(_outcome: Any) -> None:
            self.current = "all"
            self.show_chips()
            self.choose("all")

        self.desk.write(
            lambda: self.desk.records.delete(type(saved), [saved.id], self.desk.actor), gone, say("The view was deleted.")
        )

    # Columns

    def choose_columns(self) -> None:
        """Open the columns and groups under their button."""
        from crm_desktop.ui.records.columns_box import ColumnsBox

        ColumnsBox(self).open_under(self.columns, align_right=True)

    def groups(self) -> list[tuple[str, str]]:
        """The fields the list can be grouped by, with their labels."""
        fields = self.desk.records.fields(self.record_type)
        return [(name, label_of(fields[name])) for name in GROUPED_BY if name in fields]

    def group_by(self, name: str) -> None:
        """Group the list by a field, or by none."""
        self.view = replace(self.view, group=name)
        self.model.show_view(self.view)

    def shown_columns(self) -> list[str]:
        """The fields that are columns, in their order on the screen."""
        return [entry["key"] for entry in self.table.column_layout() if not entry["hidden"]]

    def show_column(self, name: str, shown: bool) -> bool:
        """Show a column or put it away; whether it is shown now."""
        columns = [key for key in self.shown_columns() if key != name]
        if not (columns or shown):
            self.desk.ways.tell(say("At least one column stays."))
            return True
        self._show_columns([*columns, name] if shown else columns)
        return shown

    def move_column(self, name: str, step: int) -> bool:
        """Move a column to the left (-1) or right (1); False at the ends, or when it is not shown."""
        columns = self.shown_columns()
        place = columns.index(name) if name in columns else -1
        if place < 0 or not 0 <= place + step < len(columns):
            return False
        columns.insert(place + step, columns.pop(place))
        self._show_columns(columns)
        return True

    def _show_columns(self, columns: list[str]) -> None:
        self.view = replace(self._arranged(), columns=tuple(columns))
        self.model.show_view(self.view)
        self._remember_columns()

    def _as_arranged(self, view: View) -> View:
        """A view that brings no columns of its own has those the person arranged last, in their order and widths."""
        layout = [] if view.columns else self.desk.setting(f"columns.{self.record_type.key()}", [])
        fields = self.desk.records.fields(self.record_type)
        names = tuple(entry["key"] for entry in layout if entry["key"] in fields)
        return replace(view, columns=names, widths={entry["key"]: entry["width"] for entry in layout}) if names else view

    def _remember_columns(self) -> None:
        """Order and widths are the person's, for every view that does not bring its own."""
        layout = [entry for entry in self.table.column_layout() if not entry["hidden"]]
        self.desk.remember(f"columns.{self.record_type.key()}", layout)

    # Rows

    def _picked(self, count: int) -> None:
        if count > 1 and not self.footer.bulk.offers():
            self.footer.bulk.set_actions(self.acts.bulk_actions())  # not before they are seen: a list opens the sooner
        self.footer.set_picked(count)

    def _counted(self, total: int) -> None:
        screen = self.record_type.screen
        named = say(screen.one if total == 1 else screen.title).lower()
        figures = [say("{count} {records}", count=f"{total:,}", records=named)]
        field = SUMMED.get(self.record_type.key())
        nothing = total == 0
        self.stack.setCurrentWidget(self.empty if nothing else self.table)
        if nothing:
            self._say_empty()
        if not field or nothing:
            self.footer.set_figures(*figures)
            return
        records, actor, view = self.desk.records, self.desk.actor, self.view

        def told(value: Any) -> None:
            self.footer.set_figures(*figures, say("Total {amount}", amount=records.show(self.record_type, field, value)))

        self.desk.read(lambda: records.total(self.record_type, actor, view, field), told, key=f"sum-{id(self)}")

    def want(self, record_id: int) -> None:
        """Make a record current as soon as the list shows it: it was just made or opened elsewhere."""
        self.place.want(record_id)

    @property
    def empty(self) -> Empty:
        """What is shown instead of rows while there are none; made when that happens first."""
        if self._empty is None:
            from crm_desktop.ui.widgets.empty import Empty

            screen = self.record_type.screen
            self._empty = Empty(screen.icon, "", "", say("New {one}", one=say(screen.one).lower()), self.begin_new)
            self.stack.addWidget(self._empty)
        return self._empty

    def _say_empty(self) -> None:
        title, refused = say(self.record_type.screen.title).lower(), self.desk.why_not(self.record_type, "add")
        assert self.empty.button is not None
        self.empty.button.setVisible(not refused)
        if self.view.text or self.view.conditions:
            self.empty.say(say("Nothing matches"), say("Change the filter, or add what is missing."))
        else:
            self.empty.say(say("No {records} yet", records=title), refused or say("Add the first one, or import a workbook."))

    def edit_cell(self) -> None:
        """Edit the current cell in place."""
        if self._editing is None:
            from crm_desktop.ui.records.cell_editing import CellEditing

            self._editing = CellEditing(self.desk, self.table, self.model)
        self._editing.start()

    def begin_new(self) -> None:
        """Ask for a new record of this type."""
        self.desk.ways.new_record(self.record_type.key(), {})

    def picked_ids(self) -> list[int]:
        """The ids of the selected rows, in order."""
        rows = self.table.picked_rows()
        ids = [self.model.record_id(row) for row in rows]
        return [one for one in ids if one is not None]

    def current_id(self) -> int | None:
        """The id of the current row."""
        index = self.table.currentIndex()
        return self.model.record_id(index.row()) if index.isValid() else None

    def _somebody_changed(self, change: Any) -> None:
        if "saved_view" in change.types():
            self.show_chips()
        elif self.record_type.key() in change.types():
            self._count_chips()


def ask_name(parent: QWidget, title: str, label: str, text: str = "") -> str:
    """A short name; '' when the person cancels or leaves it empty."""
    from crm_desktop.ui.records.ask import ask_text

    return (ask_text(parent, title, label, text) or "")[:60]
