"""A person at the window: every page opens, controls have names, lists, forms, undo and languages work together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.business import Contact, Customer, FollowUp, SavedView, Task
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import Trouble
from crm_desktop.core.views import Condition, View
from crm_desktop.ui.records.board_reading import Question, read_board
from crm_desktop.ui.records.new_record import NewRecord
from crm_desktop.ui.session import Session
from crm_desktop.ui.widgets import question
from tests.ui.waiting import settle, wait_for

PAGES = [
    "workbench", "customers", "contacts", "opportunities", "contracts", "calendar", "tasks", "leads", "products", "follow_ups",
    "reports", "duplicates", "recycle_bin", "events", "reminders", "settings",
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_and_its_controls_have_names(session: Session, page: str, nameless: Callable[[QWidget], list[str]]) -> None:
    session.window.go(page)
    settle()
    assert nameless(session.window) == []


@pytest.mark.parametrize("size", [(1440, 900), (1024, 640)])
@pytest.mark.parametrize("lang", ["zh_CN", "zh_TW", "en"])
def test_every_page_opens_in_every_language_and_size(session: Session, lang: str, size: tuple[int, int]) -> None:
    session.records.settings.put("language", lang, session.desk.actor.employee)
    session.rebuild()
    session.window.resize(*size)
    for page in PAGES:
        session.window.go(page)
        settle()
    assert session.window.width() == size[0]


def test_a_row_leads_the_detail_dock(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    page.table.pick(3)
    settle()
    detail: Any = session.window.detail()
    assert detail.record is not None and detail.record.id == page.model.record_id(3)


def test_a_field_is_saved_when_it_is_left_and_ctrl_z_takes_it_back(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    page.table.pick(0)
    detail: Any = session.window.detail()
    record_id = detail.record.id
    editor = detail.sheet(Customer).form.loaded.editors["city"]
    before = session.records.get(Customer, record_id, session.desk.actor).city
    editor.setFocus()
    editor.setText("Paris")
    editor.leave()
    settle()
    assert session.records.get(Customer, record_id, session.desk.actor).city == "Paris"
    session.window.undo()
    settle()
    assert session.records.get(Customer, record_id, session.desk.actor).city == before


def test_a_wrong_value_is_told_under_its_field_and_not_saved(session: Session) -> None:
    from crm_desktop.ui.widgets.field import error_of

    page: Any = session.list_page_of("customer")
    page.table.pick(0)
    detail: Any = session.window.detail()
    editor = detail.sheet(Customer).form.loaded.editors["email"]
    editor.setFocus()
    editor.setText("nobody at nowhere")
    editor.leave()
    settle()
    assert "e-mail" in error_of(editor)
    assert session.records.get(Customer, detail.record.id, session.desk.actor).email != "nobody at nowhere"


def test_deleting_three_rows_and_ctrl_z(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(question, "agreed", lambda _parent, _title, text, _act: asked.append(text) or True)
    page: Any = session.list_page_of("customer")
    total = page.model.row_count()
    page.table.pick(2)
    for _step in range(2):
        QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.picked_count() == 3
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    wait_for(lambda: page.model.row_count() == total - 3)
    assert len(asked) == 1 and "Contacts" in asked[0]
    session.window.undo()
    wait_for(lambda: page.model.row_count() == total)


def test_a_new_customer_is_shown_and_found(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    session.new_record("customer", {})
    dialog = session.window.findChild(NewRecord)
    assert dialog is not None
    dialog.editors["name"].setText("华为技术有限公司")
    dialog._save(again=False)
    wait_for(lambda: page.current_id() == session.records.search("hwjs", session.desk.actor)[0].id)
    detail: Any = session.window.detail()
    assert detail.record.name == "华为技术有限公司"


def test_a_call_with_its_next_date_is_logged_in_one_form(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    customer = page.model.record_id(1)
    session.new_record("follow_up", {"customer": customer, "method": "call"})
    dialog = session.window.findChild(NewRecord)
    assert dialog is not None
    due = session.records.clock.today() + timedelta(5)
    dialog.editors["content"].set_value("谈了价格")
    dialog.editors["next_contact_on"].set_value(due)
    dialog._save(again=False)
    settle()
    assert session.records.get(Customer, customer, session.desk.actor).next_contact_on == due
    view = View((Condition("customer", "one_of", [customer]),))
    newest = session.records.page(FollowUp, session.desk.actor, view, ["content"], 1)
    assert newest[0][1] == ("谈了价格",)


def test_f2_edits_a_cell_tab_goes_on_and_esc_leaves(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    page.table.pick(0)
    record_id = page.model.record_id(0)
    city = page.model.place_of("city")
    page.table.setCurrentIndex(page.model.index(0, city))
    page.edit_cell()
    editor = page._editing._editor
    editor.setText("Lyon")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settle()
    assert session.records.get(Customer, record_id, session.desk.actor).city == "Lyon"
    page.edit_cell()
    editor = page._editing._editor
    editor.setText("nowhere")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    settle()
    assert session.records.get(Customer, record_id, session.desk.actor).city == "Lyon"


def test_conditions_are_saved_as_a_view_with_columns_and_order(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    from crm_desktop.ui.records import list_page

    page: Any = session.list_page_of("customer")
    page._conditions_changed((Condition("level", "one_of", ["A"]),))
    page.show_column("city", False)
    page.model.sort(page.model.place_of("next_contact_on"), Qt.SortOrder.DescendingOrder)
    page._sorted("next_contact_on", True)
    monkeypatch.setattr(list_page, "ask_name", lambda *_words: "重点客户")
    page.save_view()
    settle()
    saved = next(row for row in session.records.names.all("saved_view") if row.name == "重点客户")  # type: ignore[attr-defined]
    assert isinstance(saved, SavedView)
    view = View.from_json(saved.content)
    assert view.conditions == (Condition("level", "one_of", ["A"]),)
    assert view.sort == (("next_contact_on", True),)
    assert "city" not in view.columns
    page.choose("all")
    page.choose(str(saved.id))
    settle()
    shown = {session.records.get(Customer, page.model.record_id(row), session.desk.actor).level for row in range(5)}
    assert shown == {"A"}


def test_a_grouped_list_has_headings_and_all_its_records(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    total = page.model.row_count()
    page.group_by("level")
    settle()
    heads = [row for row in range(page.model.row_count()) if page.model.heading(row) is not None]
    assert len(heads) >= 3
    assert page.model.row_count() == total + len(heads)
    assert page.model.record_id(heads[1]) is None
    counts = sum(page.model.heading(row)[1] for row in heads)
    assert counts == total


def test_a_custom_field_appears_in_form_and_columns_without_restart(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    page.table.pick(0)
    admin = next(row for row in session.records.names.all("employee") if session.records.names.rows("role")[row.role].code == "admin")  # type: ignore[attr-defined]
    from crm_desktop.business.staff.sign_in import actor_for

    field = CustomField(name="客户评分", name_en="Score", record_type="customer", field_kind="number")
    session.records.save(field, actor_for(session.records, admin.id))
    settle()
    detail: Any = session.window.detail()
    assert field.code in detail.sheet(Customer).form.loaded.editors
    page.show_column(field.code, True)
    settle()
    assert page.model.columns[-1].title == "Score"


def test_a_salesperson_sees_no_delete_and_is_told_why_elsewhere(session: Session) -> None:
    people: Any = session.records.names.all("employee")
    roles: Any = session.records.names.rows("role")
    seller = next(row for row in people if roles[row.role].code == "sales")
    session.rebuild(seller.id)
    page: Any = session.list_page_of("customer")
    actions = {action.key: action for action in page.acts.bulk_actions()}
    assert "delete" not in actions
    assert actions["assign"].why_not == session.records.may(session.desk.actor, Customer, "assign").sentence()  # type: ignore[union-attr]
    assert page.model.row_count() == session.records.count(Customer, session.desk.actor)


def test_the_window_comes_back_as_it_was(session: Session) -> None:
    session.window.go("customers")
    session.window.go("calendar", "beside")
    session.keep_layout()
    state = session.desk.setting("layout")
    session.window.reset_layout()
    assert session.window.restore(state, geometry=False)
    assert session.window.docks.shown("customers") and session.window.docks.shown("calendar")


def test_details_left_empty_are_those_of_the_list_beside_a_calendar(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    session.window.go("calendar", "beside")
    session.window.show_detail(True)
    detail: Any = session.window.detail()
    detail.record = None  # as after a start with the calendar in front
    session.leading.lead_detail()
    settle()
    assert isinstance(detail.record, Customer) and detail.record.id == page.current_id()
    page.table.pick(3)
    session.window.go("calendar")  # what the person looks at stays
    settle()
    assert detail.record.id == page.current_id()


def test_details_opened_beside_the_board_are_those_of_its_current_card(session: Session) -> None:
    session.window.show_detail(False)
    page: Any = session.window.go("opportunities")
    wait_for(lambda: page.board.content is not None and not page.board.content.empty)
    card = next(lane.cards[0] for lane in page.board.content.lanes if lane.cards)
    assert page.board.pick(card.id) and session.leading.in_front() == ("opportunity", card.id)
    session.window.show_detail(True)
    wait_for(lambda: session.window.docks.built("detail"))
    detail: Any = session.window.detail()
    wait_for(lambda: detail.record is not None and detail.record.key() == "opportunity")  # till then that of the list before
    assert detail.record.id == card.id


@pytest.mark.parametrize("shown_as", ["board", "list"])
def test_a_card_opened_elsewhere_is_current_on_the_board_too(session: Session, shown_as: str) -> None:
    """Found with Ctrl+K, behind a link of a form: the board or list of opportunities follows like the list of any other type."""
    page: Any = session.window.go("opportunities")
    wait_for(lambda: page.board.content is not None and not page.board.content.empty)
    cards = [lane.cards[-1].id for lane in page.board.content.lanes if lane.cards]
    page.segment.set_value(shown_as)
    for card in (cards[-1], cards[0]):
        session.go_to("opportunity", card)
        wait_for(lambda card=card: page.current_id() == card)
        detail: Any = session.window.detail()
        wait_for(lambda card=card, detail=detail: detail.record is not None and detail.record.id == card)
    assert session.leading.in_front() == ("opportunity", cards[0])


def test_a_card_found_from_the_workbench_is_picked_on_a_board_that_was_never_opened(session: Session) -> None:
    card = read_board(session.records, session.desk.actor, Question()).lanes[1].cards[-1].id
    session.window.go("workbench")
    session.go_to("opportunity", card)
    page: Any = session.window.view("opportunities")
    wait_for(lambda: page.current_id() == card)


def test_details_put_away_before_they_came_into_sight_follow_when_they_do(session: Session) -> None:
    """A busy computer: they were made, and had not been painted yet."""
    page: Any = session.list_page_of("customer")
    session.window.show_detail(True)
    detail: Any = session.window.detail()
    session.window.show_detail(False)
    page.table.pick(3)
    settle()
    session.window.show_detail(True)
    wait_for(lambda: detail.record is not None and detail.record.id == page.current_id())


def test_moving_an_event_to_thursday(session: Session) -> None:
    from datetime import datetime, time

    from crm_desktop.business import Event
    from crm_desktop.core import clock

    today = session.records.clock.today()
    thursday = today + timedelta(7 - today.weekday() + 3)
    start = clock.to_utc(datetime.combine(today, time(10)))
    event = Event(title="拜访", kind="visit", starts_at=start)
    session.records.save(event, session.desk.actor)
    page: Any = session.window.go("calendar")
    page._move(("event", event.id), datetime.combine(thursday, time(14)), datetime.combine(thursday, time(15)))
    settle()
    moved = session.records.get(Event, event.id, session.desk.actor)
    assert clock.to_local(moved.starts_at) == datetime.combine(thursday, time(14))
    assert session.window.snackbar.text() == f"Moved to {thursday} 14:00"
    page._move(("event", event.id), datetime.combine(thursday, time(14)), datetime.combine(thursday, time(16, 30)))
    settle()
    assert session.window.snackbar.text() == f"Ends at {thursday} 16:30"


def test_related_lists_count_what_belongs_to_the_record(session: Session) -> None:
    actor = session.desk.actor
    (contact,) = session.records.page(Contact, actor, View((Condition("customer", "filled"),)), ["customer"], 1)
    customer = contact[1][0]
    session.open_record("customer", customer)
    settle()
    detail: Any = session.window.detail()
    contacts = next(one for one in detail.sheet(Customer).related if one.record_type is Contact)
    assert contacts.model.row_count() == session.records.count(Contact, actor, View((Condition("customer", "one_of", [customer]),)))


def test_a_task_is_done_from_its_buttons(session: Session) -> None:
    task = Task(title="寄样品")
    session.records.save(task, session.desk.actor)
    session.open_record("task", task.id)
    settle()
    detail: Any = session.window.detail()
    detail.sheet(Task)._move("done")
    settle()
    assert session.records.get(Task, task.id, session.desk.actor).state == "completed"


def test_columns_stay_as_the_person_arranged_them(session: Session) -> None:
    page: Any = session.list_page_of("customer")
    page.show_column("phone", False)
    page.table.setColumnWidth(page.model.place_of("level"), 99)
    wait_for(lambda: any(entry["width"] == 99 for entry in session.desk.setting("columns.customer", [])))
    session.rebuild()
    again: Any = session.list_page_of("customer")
    assert again.model.place_of("phone") == -1
    assert again.table.columnWidth(again.model.place_of("level")) == 99


def new_dialog(session: Session, type_key: str, values: dict[str, Any]) -> Any:
    session.new_record(type_key, values)
    dialog: Any = session.window.findChild(NewRecord)
    assert dialog is not None
    return dialog


def test_a_new_record_shows_at_once_what_its_empty_fields_would_become(session: Session) -> None:
    customer = session.records.ids(Customer, session.desk.actor)[0]
    now = session.records.clock.now()
    dialog = new_dialog(session, "follow_up", {"customer": customer, "method": "call"})
    assert dialog.editors["happened_at"].value() is not None
    dialog.editors["content"].setPlainText("Asked for a sample")
    made: list[Any] = []
    dialog.made = made.append
    dialog._save(again=False)
    wait_for(lambda: bool(made))
    assert made[0].happened_at >= now.replace(microsecond=0)  # not cut to the minute that is shown
    stages: Any = session.records.names.all("stage")
    first = min((stage for stage in stages if stage.kind == "open"), key=lambda stage: stage.position)
    opportunity = session.records.types["opportunity"]()
    opportunity.begin(session.records)
    assert opportunity.stage == first.id


def test_a_visit_starts_at_the_next_full_hour_until_another_time_is_typed(session: Session) -> None:
    dialog = new_dialog(session, "event", {"kind": "visit"})
    shown = dialog.editors["starts_at"].value()
    assert shown is not None and (shown.minute, shown.second) == (0, 0)
    assert dialog.editors["ends_at"].value() is None
    dialog.reject()


class WindowsShown(QObject):
    """Notes every window that comes up."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_part_of_a_page_flashes_as_a_window_of_its_own(session: Session) -> None:
    watch = WindowsShown()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    for page in PAGES:
        session.window.go(page)
        settle()
    for type_key in ("customer", "contact", "lead", "opportunity", "contract", "event", "task"):
        record_type = session.records.types[type_key]
        session.open_record(type_key, session.records.ids(record_type, session.desk.actor)[0])
        settle()
    app.removeEventFilter(watch)
    assert watch.found == []


@pytest.mark.parametrize("type_key", ["customer", "contact", "lead", "opportunity", "contract", "event", "task", "product", "follow_up"])
def test_every_tab_of_the_details_and_the_new_dialog_have_names(
    session: Session, type_key: str, nameless: Callable[[QWidget], list[str]]
) -> None:
    record_type = session.records.types[type_key]
    session.open_record(type_key, session.records.ids(record_type, session.desk.actor)[0])
    detail: Any = session.window.detail()
    wait_for(lambda: detail.record is not None and detail.record.key() == type_key)
    tabs = detail.sheet(record_type).tabs
    for place in range(tabs.count()):
        tabs.setCurrentIndex(place)
        settle()
        assert nameless(session.window) == [], tabs.tabText(place)
    dialog = new_dialog(session, type_key, {})
    settle()
    assert nameless(dialog) == []
    dialog.reject()


@pytest.mark.parametrize(
    ("page", "type_key"), [("calendar", "event"), ("tasks", "task"), ("opportunities", "opportunity"), ("reports", "customer")]
)
def test_the_import_begins_with_what_the_page_shows(session: Session, monkeypatch: pytest.MonkeyPatch, page: str, type_key: str) -> None:
    begun: list[str] = []
    monkeypatch.setattr("crm_desktop.ui.session.open_import", lambda _desk, key, _window: begun.append(key))
    session.window.go(page)
    session.import_sheet()
    assert begun == [type_key]


def test_a_search_that_fails_says_why_instead_of_searching_on(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_asked: Any) -> None:
        raise Trouble("The disk is gone.")

    monkeypatch.setattr(session.records, "search", fail)
    found: list[Any] = []
    session._find("x", found.extend)
    wait_for(lambda: bool(found))
    assert [hit.title for hit in found] == ["The disk is gone."]
