"""The scenes of `tools/shots.py`: a name for each view and dialog, and how it comes onto the stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from tools.scene_dialogs import DIALOGS, list_page
from tools.stage import Scene, Stage

FORMS = ("customer", "contact", "lead", "opportunity", "contract", "product", "task", "event", "follow_up", "reminder")
TABS = 6  # of the details, at most
SHEET = (
    "公司名称,电话,城市,邮箱,客户级别,来源\n"
    "甲骨文化有限公司,010-55550001,北京,li@example.com,A,展会\n"
    "乙方科技有限公司,021-55550002,上海,nobody at nowhere,B,网上商城\n"
    "丙丁贸易有限公司,0755-5555003,深圳,sales@example.com,C,老客户\n"
)


def scenes(stage: Stage) -> dict[str, Callable[[], Scene]]:
    """By name, in the order in which they are played."""
    found: dict[str, Callable[[], Scene]] = {}
    window = stage.window
    for key in window.pages:
        if key != "settings":
            found[key] = partial(_page, stage, key)
    from crm_desktop.reports import REPORTS

    for key in REPORTS:
        found[f"reports_{key}"] = partial(_report, stage, key)
    from crm_desktop.ui.settings.topics import LISTS, WATCHED

    for key in ("own", *LISTS, *(topic[0] for topic in WATCHED)):
        found[f"settings_{key}"] = partial(_topic, stage, key)
    for key in FORMS:
        found[f"form_{key}"] = partial(_form, stage, key)
        found[f"new_{key}"] = partial(_new, stage, key)
    for name, (page, act) in DIALOGS.items():
        found[name] = partial(_dialog, stage, name, page, act)
    return {**found, **{name: partial(scene, stage) for name, scene in LONG.items()}}


def _page(stage: Stage, key: str) -> Scene:
    stage.window.go(key)
    yield key


def _report(stage: Stage, key: str) -> Scene:
    page = stage.window.go("reports")
    yield None
    page.show_report(key)
    yield f"reports_{key}"


def _topic(stage: Stage, key: str) -> Scene:
    page = stage.window.go("settings")
    page.show_topic(key)
    yield None
    front = page.stack.currentWidget()
    if hasattr(front, "table") and hasattr(front, "current_id"):
        front.table.select_row(0) if hasattr(front.table, "select_row") else None
    yield f"settings_{key}"


def _form(stage: Stage, key: str) -> Scene:
    """Each tab of the details of a record."""
    from crm_desktop.ui import places

    stage.window.go(places.LISTS[key])
    yield None
    found = stage.ids(key)
    if not found:
        return
    stage.session.open_record(key, found[0])
    yield None
    tabs = stage.window.detail().sheet(stage.desk.records.types[key]).tabs
    for place in range(min(TABS, tabs.count())):
        tabs.setCurrentIndex(place)
        yield f"form_{key}_{place}"
    tabs.setCurrentIndex(0)


def _new(stage: Stage, key: str) -> Scene:
    stage.session.new_record(key, {})
    yield f"new_{key}"


def _dialog(stage: Stage, name: str, page: str, act: Callable[[Stage], Any]) -> Scene:
    if page:
        stage.window.go(page)
        yield None
    stage.soon(lambda: act(stage))
    yield None
    yield name


# Scenes of several pictures


def _import(stage: Stage) -> Scene:
    from crm_desktop.ui.importing.earlier import EarlierImports
    from crm_desktop.ui.importing.wizard import import_file

    stage.window.go("customers")
    yield None
    stage.session.import_sheet("customer")
    yield "import_0_empty"
    stage.clear()
    path = stage.folder / "customers.csv"
    path.write_text(SHEET, encoding="utf-8")
    wizard = import_file(stage.desk, "customer", path, stage.window)
    yield "import_1_file"
    wizard.next.click()
    yield "import_2_columns"
    stage.soon(wizard.next.click)
    yield None
    yield "import_3_words"
    if (asked := stage.dialog()) is not wizard:
        asked.accept()
    yield None
    yield "import_4_verdicts"
    stage.soon(wizard.next.click)
    yield None
    yield "import_5_done"
    wizard.reject()
    stage.show(EarlierImports(stage.desk, stage.window))
    yield "import_6_earlier"


def _bulk(stage: Stage) -> Scene:
    stage.window.go("customers")
    yield None
    list_page(stage, picked=4)
    yield "bulk_bar"


def _board(stage: Stage) -> Scene:
    page = stage.window.go("opportunities")
    yield None
    page.show_as("list")
    yield "opportunities_list"
    page.show_as("board")
    yield None


def _calendar(stage: Stage) -> Scene:
    view = stage.window.go("calendar")
    yield None
    for which in ("week", "day", "month"):
        view.show_view(which)
        yield f"calendar_{which}"


def _docks(stage: Stage) -> Scene:
    stage.window.go("customers")
    yield None
    stage.window.go("calendar", "beside")
    yield "docks_beside"
    stage.window.docks.close_view("calendar")
    yield None


def _empty(stage: Stage) -> Scene:
    """Nothing found in a list, nothing in an empty one."""
    stage.window.go("customers")
    yield None
    page = list_page(stage)
    page.filter.setText("zzzz")
    page._filter("zzzz")
    yield "empty_found"
    page.filter.setText("")
    page._filter("")
    yield None


def _line_lost(stage: Stage) -> Scene:
    from crm_desktop.core.words import say

    stage.window.go("customers")
    yield None
    text = say("The server does not answer; the program keeps trying. You can go on reading what is shown.")
    text += " " + say("%n change(s) wait and are sent when it is back.", n=3)
    stage.window.notice.tell(text, lasting=True)
    yield "notice_amber"
    stage.window.notice.clear()
    words = say("Something in the program went wrong. Your data is safe; what you did last may not be saved.")
    stage.window.notice.tell(words, (say("Save a report…"), lambda: None), "bad")
    yield "notice_red"
    stage.window.notice.clear()


def _server(stage: Stage) -> Scene:
    """The page of the database, as a guarded server has it."""
    from crm_desktop.business.staff.strictness import Profile
    from crm_desktop.core.state import state

    page = stage.window.go("settings")
    page.show_topic("database")
    yield None
    found = state(stage.desk.records, stage.desk.actor)
    found = replace(found, engine="MariaDB", version="11.4.3", place="db1.example.com:3306/crm", free=None)
    page.stack.currentWidget().show_state(found, "", Profile(True, None, "anna"))
    yield "server"


def _handover_done(stage: Stage) -> Scene:
    """What was handed over, and its certificate. Last: hardly anything is where it was."""
    from crm_desktop.business.staff import sign_in
    from crm_desktop.ui.settings.handover import HandoverWizard

    records, before = stage.desk.records, stage.desk.actor
    people = [sign_in.actor_for(records, one.id, before.lang) for one in sign_in.employees(records)]
    stage.desk.actor = next(one for one in people if records.may(one, records.types["employee"], "edit"))
    wizard = stage.show(HandoverWizard(stage.desk, stage.ids("employee", 1, at=2)[0], stage.window))
    yield None
    wizard.all.set_value(wizard._people()[0][0])
    wizard._to_one()
    yield "handover_chosen"
    wizard.start.click()
    yield "handover_done"
    stage.soon(wizard.paper.click)
    yield None
    yield "handover_paper"
    stage.desk.actor = before


LONG: dict[str, Callable[[Stage], Scene]] = {
    "import": _import, "bulk": _bulk, "board": _board, "calendar_ways": _calendar, "docks": _docks, "empty": _empty, "notice": _line_lost,
    "server": _server, "handover": _handover_done,
}  # fmt: skip
