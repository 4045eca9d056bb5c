"""The dialogs, pop-ups and bars that one call brings onto the stage of `tools/shots.py`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit

from tools.stage import Stage


def list_page(stage: Stage, key: str = "customer", picked: int = 0) -> Any:
    page = stage.session.built_list(key)
    if picked:
        page.table.selectRow(0)
        flags = page.table.selectionModel().SelectionFlag
        for row in range(1, picked):
            page.table.selectionModel().select(page.table.model().index(row, 0), flags.Select | flags.Rows)
    return page


def _toasts(stage: Stage) -> None:
    from crm_desktop.ui.shell.toasts import Ring, Toasts

    toasts = Toasts(stage.desk.records.clock)
    stage.kept.append(toasts)
    title, words = stage.desk.records.names.title("employee", stage.desk.actor.employee), stage.session.records
    toasts.ring(Ring(1, title, words.settings.get("company", ""), "09:30"))
    toasts.ring(Ring(2, title, "", "09:00", late=True))


def _probe(stage: Stage, *states: str) -> list[Any]:
    from crm_desktop.core.errors import Trouble
    from crm_desktop.database import probing

    notes = {"name": "192.168.1.20", "port": "3306", "line": "TLSv1.3", "account": "anna", "version": "MariaDB 11.4.3"}
    found = [probing.Found(step, "good", note=note) for step, note in notes.items()]
    found.append(probing.Found("clock", "warn", Trouble(probing.SLOW_CLOCK, host="db1", seconds=95)))
    found.append(probing.Found("rights", "bad", Trouble(probing.LACKING, user="anna", name="crm", rights="CREATE, DROP")))
    return found


def _connect(stage: Stage) -> Any:
    from crm_desktop.core.words import say
    from crm_desktop.database.place import ServerPlace
    from crm_desktop.ui.connecting.dialog import BAD, ConnectDialog

    place = ServerPlace("anna", "", "db1.example.com", 3306, "crm")
    dialog = ConnectDialog(stage.folder, stage.session.runner, place, "", stage.window, may_leave=True)
    for one in _probe(stage):
        dialog.steps.add(one)
    dialog._over(say(BAD))
    return stage.show(dialog)


def _connect_empty(stage: Stage) -> Any:
    from crm_desktop.ui.connecting.dialog import ConnectDialog

    dialog = ConnectDialog(stage.folder, stage.session.runner, None, "", stage.window)
    stage.show(dialog)
    dialog.ok.click()


def _fill(stage: Stage) -> Any:
    from crm_desktop.database.place import ServerPlace
    from crm_desktop.ui.connecting.filling import FillDialog

    place = ServerPlace("root", "", "db1.example.com", 3306, "crm")
    probe: Any = SimpleNamespace(makes_accounts=True, mariadb=True, version=(11, 4), place=place, begun=False)
    dialog = FillDialog(place, probe, stage.desk.records, stage.window)
    stage.show(dialog)
    dialog.ok.click()


def _copy_place(stage: Stage) -> Any:
    from crm_desktop.business.system.connecting import Found
    from crm_desktop.core.errors import Trouble
    from crm_desktop.core.words import say
    from crm_desktop.database.place import ServerPlace
    from crm_desktop.ui.connecting.dialog import BAD, ConnectDialog
    from crm_desktop.ui.connecting.flow import INTO_EMPTY

    place = ServerPlace("root", "", "db1.example.com", 3306, "crm")
    dialog = ConnectDialog(stage.folder, stage.session.runner, place, "", stage.window, words=INTO_EMPTY)
    for one in _probe(stage)[:4]:
        dialog.steps.add(one)
    dialog.steps.add(Found("empty", "bad", Trouble(INTO_EMPTY.wants_empty, name=place.name, host=place.host)))
    dialog._over(say(BAD))
    return stage.show(dialog)


def _copy_fill(stage: Stage) -> Any:
    from pathlib import Path

    from crm_desktop.database.place import ServerPlace
    from crm_desktop.ui.connecting.filling import FillDialog

    place = ServerPlace("root", "", "db1.example.com", 3306, "crm_20261126")
    probe: Any = SimpleNamespace(makes_accounts=True, mariadb=True, version=(11, 4), place=place, begun=True)
    copy = Path("crm@db1.example.com-nightly-20261125-220000-000000.db")
    stage.show(FillDialog(place, probe, None, stage.window, copy=copy, first=ServerPlace("anna", "x" * 9, "db1", 3306, "crm")))


def _team_sign_in(stage: Stage) -> Any:
    from crm_desktop.database.place import ServerPlace
    from crm_desktop.ui.connecting.sign_in import TeamSignIn

    stage.show(TeamSignIn(stage.session.runner, ServerPlace("anna", "", "db1.example.com", 3306, "crm"), "", stage.window))


def _sign_in(stage: Stage) -> Any:
    from crm_desktop.core.words import say
    from crm_desktop.ui.signing.dialog import SignIn
    from crm_desktop.ui.widgets.field import show_error

    ids = stage.ids("employee", 3)
    people = [(one, stage.desk.records.names.title("employee", one)) for one in ids]
    dialog = SignIn(stage.desk.records, stage.session.runner, people, ids[0], stage.window)
    dialog.word.setEnabled(True)
    show_error(dialog.word, say("This password is wrong. Tries left before the account is locked: {left}.", left=4))
    stage.show(dialog)


def _phrase(stage: Stage) -> None:
    from crm_desktop.database.keys import KeyNeeded
    from crm_desktop.ui.signing.phrase import AskPhrase

    dialog = stage.show(AskPhrase(KeyNeeded(stage.folder / "crm.db"), stage.session.runner))
    dialog.phrase.setText("ABCD EFGH")
    dialog._open()


def _in_use(stage: Stage) -> None:
    from crm_desktop.database.lease import HeldElsewhere, Holder, Lease
    from crm_desktop.ui.held import InUse

    holder = Holder("1", "王丽", "PC-3", datetime.now(UTC).isoformat())
    dialog = stage.show(InUse(HeldElsewhere(holder, Lease(stage.folder / "crm.db")), stage.session.runner, stage.window))
    dialog._timer.stop()


def _between(stage: Stage) -> None:
    from crm_desktop.ui.between import Between, BetweenDialog
    from crm_desktop.ui.system.encrypting import DOING, DONE

    between = Between(DOING["encrypt"], DONE["encrypt"], lambda step: step("customer", 120, 300))
    stage.show(BetweenDialog(between, None, stage.session.runner))


def _restore(stage: Stage) -> None:
    from crm_desktop.business.system import safekeeping
    from crm_desktop.database.copies import copies_beside
    from crm_desktop.ui.system.restoring import ChooseCopy

    safekeeping.back_up(stage.desk.records, stage.desk.actor)
    stage.show(ChooseCopy(lambda: copies_beside(stage.folder / "crm.db"), stage.session.runner, "", stage.window))


def _new_key(stage: Stage) -> None:
    from crm_desktop.ui.system.encrypting import NewKey

    stage.show(NewKey(stage.desk, "encrypt", stage.window))


def _copies_key(stage: Stage) -> None:
    from crm_desktop.ui.system.encrypting import NewKey

    stage.show(NewKey(stage.desk, "copies", stage.window))


def _strict(stage: Stage) -> None:
    from crm_desktop.ui.system.reading import begin_switch

    begin_switch(stage.desk, SimpleNamespace(strict=False), 300, stage.window, lambda: None)  # type: ignore[arg-type]


def _first_start(stage: Stage) -> None:
    from crm_desktop.ui.first_start import FirstStart

    stage.show(FirstStart(stage.desk.actor.lang or "zh_CN", home=stage.folder))


def _sample(stage: Stage) -> None:
    from crm_desktop.business.staff import sign_in
    from crm_desktop.business.system import sample
    from crm_desktop.ui.system.sample import RemoveSample

    records = stage.desk.records
    person = next(one for one in sign_in.employees(records) if sample.may_remove(records, sign_in.actor_for(records, one.id)))
    stage.show(RemoveSample(stage.desk, sample.plan(records, sign_in.actor_for(records, person.id)), stage.window))


def _merge(stage: Stage) -> None:
    from crm_desktop.ui.records.merge_dialog import merge_two

    merge_two(stage.desk, stage.desk.records.types["customer"], *stage.ids("customer", 2), stage.window)


def _merge_group(stage: Stage) -> None:
    from crm_desktop.ui.records.merge_group import merge_group

    merge_group(stage.desk, stage.desk.records.types["customer"], stage.ids("customer", 3), stage.window, lambda: None)


def _conflict(stage: Stage) -> None:
    from crm_desktop.core.errors import Conflict
    from crm_desktop.core.merging import CHANGED_MEANWHILE
    from crm_desktop.ui.records.merging import ask_which

    records, customer = stage.desk.records, stage.desk.records.types["customer"]
    mine, theirs = (records.get(customer, stage.ids("customer")[0], stage.desk.actor) for _side in range(2))
    mine.phone, theirs.phone, theirs.name = "010-62960000", "021-50500000", theirs.name + "（上海）"
    conflict = Conflict(CHANGED_MEANWHILE, {"phone": "", "name": ""}, records.names.title("employee", mine.owner or 0))
    ask_which(stage.desk, mine, theirs, conflict, stage.window)


def _past(stage: Stage) -> None:
    from crm_desktop.ui.records.past_dialog import show_past

    day = stage.desk.records.clock.now() - timedelta(days=20)
    show_past(stage.desk, stage.desk.records.types["customer"], stage.ids("customer")[0], day, stage.window)


def _handover(stage: Stage) -> None:
    from crm_desktop.ui.settings.handover import HandoverWizard

    stage.show(HandoverWizard(stage.desk, stage.ids("employee", 1, at=2)[0], stage.window))


def _schedule(stage: Stage) -> None:
    from crm_desktop.reports import REPORTS
    from crm_desktop.ui.reports.schedule_dialog import ScheduleDialog

    stage.show(ScheduleDialog(stage.desk, next(iter(REPORTS.values())), stage.window))


def _unsent(stage: Stage) -> None:
    from crm_desktop.core.words import say
    from crm_desktop.ui.unsent import Shown

    why = say("Something in the program went wrong.")
    stage.show(Shown("华为技术有限公司", why, ["电话: 010-62960000", "城市: 北京"], stage.window))


def _calibrate(stage: Stage) -> None:
    from crm_desktop.printing.calibration import Calibration
    from crm_desktop.ui.printing.calibrate import Calibrate

    stage.show(Calibrate(stage.window, stage.session.runner, "", Calibration(), (210, 297)))


def _own_sheet(stage: Stage) -> None:
    from crm_desktop.printing.remembered import PaperSettings
    from crm_desktop.ui.printing.own_sheet import ask_own_sheet

    ask_own_sheet(stage.window, replace(PaperSettings.of(None).sheet, brand="", description="", usual=False))


def _boxes(stage: Stage) -> None:
    from crm_desktop.printing.remembered import PaperSettings
    from crm_desktop.ui.printing.box_places import ask_box_places

    ask_box_places(stage.window, PaperSettings.of(None).places)


def _series(stage: Stage) -> None:
    from crm_desktop.ui.calendar.which_times import which_times

    which_times(stage.window, "周例会")


def _twins(stage: Stage) -> None:
    customer = stage.desk.records.types["customer"]
    known = stage.desk.records.get(customer, stage.ids("customer")[0], stage.desk.actor)
    stage.session.new_record("customer", {"name": known.name, "phone": known.phone})
    QTimer.singleShot(1500, lambda: stage.dialog()._save(False))  # what is known of it stands below the name by then
    stage.session.runner.run(lambda: time.sleep(3))


def _wrong(stage: Stage) -> None:
    """Errors under the fields of a new record and beside those of several lines."""
    from crm_desktop.core.words import say
    from crm_desktop.ui.widgets.field import show_error

    stage.session.new_record("follow_up", {})
    for editor in stage.dialog().editors.values():
        several = isinstance(editor, QPlainTextEdit)
        show_error(editor, say("Something in the program went wrong.") * (2 if several else 1))



def _snackbar(stage: Stage) -> None:
    from crm_desktop.core.words import say

    stage.window.tell(say("Saved"), undo=lambda: None)


def _pick(stage: Stage, act: str) -> None:
    getattr(list_page(stage, picked=3).acts, act)()


# name: (page in front, call)
DIALOGS: dict[str, tuple[str, Callable[[Stage], Any]]] = {
    "dialog_connect": ("settings", _connect),
    "dialog_connect_empty": ("settings", _connect_empty),
    "dialog_fill": ("settings", _fill),
    "dialog_team_sign_in": ("workbench", _team_sign_in),
    "dialog_sign_in": ("workbench", _sign_in),
    "dialog_own_password": ("workbench", lambda stage: stage.session.set_password()),
    "dialog_change_person": ("workbench", lambda stage: stage.session.change_person()),
    "dialog_phrase": ("workbench", _phrase),
    "dialog_in_use": ("workbench", _in_use),
    "dialog_between": ("workbench", _between),
    "dialog_restore": ("settings", _restore),
    "dialog_new_key": ("settings", _new_key),
    "dialog_copies_key": ("settings", _copies_key),
    "dialog_copy_place": ("settings", _copy_place),
    "dialog_copy_fill": ("settings", _copy_fill),
    "dialog_strict": ("settings", _strict),
    "dialog_first_start": ("workbench", _first_start),
    "dialog_sample": ("workbench", _sample),
    "dialog_merge": ("customers", _merge),
    "dialog_merge_group": ("duplicates", _merge_group),
    "dialog_conflict": ("customers", _conflict),
    "dialog_past": ("customers", _past),
    "dialog_handover": ("settings", _handover),
    "dialog_schedule": ("reports", _schedule),
    "dialog_report_print": ("reports", lambda stage: stage.window.view("reports").preview()),
    "dialog_unsent": ("customers", _unsent),
    "dialog_calibrate": ("customers", _calibrate),
    "dialog_own_sheet": ("customers", _own_sheet),
    "dialog_boxes": ("customers", _boxes),
    "dialog_series": ("calendar", _series),
    "dialog_twins": ("customers", _twins),
    "dialog_wrong": ("follow_ups", _wrong),
    "dialog_labels": ("customers", partial(_pick, act="labels")),
    "dialog_envelopes": ("customers", partial(_pick, act="envelopes")),
    "dialog_export": ("customers", partial(_pick, act="export")),
    "dialog_assign": ("customers", partial(_pick, act="assign")),
    "dialog_share": ("customers", partial(_pick, act="share")),
    "dialog_tag": ("customers", partial(_pick, act="tag")),
    "dialog_set_field": ("customers", partial(_pick, act="set_field")),
    "dialog_delete": ("customers", partial(_pick, act="delete")),
    "popup_conditions": ("customers", lambda stage: list_page(stage).edit_conditions()),
    "popup_columns": ("customers", lambda stage: list_page(stage).choose_columns()),
    "popup_view_menu": ("customers", lambda stage: list_page(stage).open_view_menu()),
    "popup_save_view": ("customers", lambda stage: list_page(stage).save_view()),
    "popup_more": ("customers", lambda stage: stage.window.detail().open_more()),
    "popup_new": ("workbench", lambda stage: stage.window.favourites.open_new()),
    "popup_favourites": ("workbench", lambda stage: stage.window.favourites.arrange()),
    "popup_layouts": ("workbench", lambda stage: stage.window.open_layouts()),
    "popup_workbench": ("workbench", lambda stage: stage.window.view("workbench")._arrange()),
    "popup_shortcuts": ("workbench", lambda stage: stage.window.show_shortcuts()),
    "popup_palette": ("customers", lambda stage: stage.window.search("华")),
    "popup_toasts": ("customers", _toasts),
    "snackbar": ("customers", _snackbar),
    "lock": ("customers", lambda stage: stage.session.lock_by_hand()),
}
