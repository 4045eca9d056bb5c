"""Opens the window: database, first start, sign-in, language and theme, then what may wait until the window is painted."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from crm_desktop import __version__
from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import accounts
from crm_desktop.business.system import starting
from crm_desktop.core.clock import Clock
from crm_desktop.core.errors import NotFound, Trouble
from crm_desktop.core.records import Records
from crm_desktop.core.words import language, say
from crm_desktop.database.engine import Database, open_copy, open_database
from crm_desktop.database.keys import KeyNeeded
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.sentences import IN_USE
from crm_desktop.database.whereabouts import in_network
from crm_desktop.ui.one_window import OneWindow
from crm_desktop.ui.runner import Runner, soon
from crm_desktop.ui.session import Session
from crm_desktop.ui.shell import theme as themes
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.steps import Steps
from crm_desktop.ui.tongue import language_of_pc, speak

if TYPE_CHECKING:
    from crm_desktop.ui.between import Between

QUIET = 600  # ms after which the first view has been painted and the rest may begin
WRITES_TRY = 20.0  # seconds; then a write waits in the outbox and the window says so
SETTLES = 900  # ms until a view is painted whole, before its picture is taken
LOOKS_AGAIN = 300  # ms; nothing may go on twice in a row


def open_window(
    place: str | Path | None,
    *,
    demo: bool = False,
    lang: str | None = None,
    theme: str | None = None,
    user: str | None = None,
    screenshot: Path | None = None,
    view: str = "",
    size: tuple[int, int] | None = None,
    home: Path | None = None,
    password: str = "",
) -> int:
    """Open the program on a data folder or server address and run until the window is closed; returns the exit code.

    home: the data folder of this computer, where the place of a team's database is remembered; password: for that place.
    """
    app = QApplication.instance() or themes.new_application(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("crm-desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("crm-desktop")
    speak(lang or language_of_pc())
    assert place is not None
    found = only = None
    try:
        found = find_place(place)
        far = isinstance(found, Path) and in_network(found)
        if isinstance(found, Path) and far and screenshot is None:  # before the lease, which this computer may have itself
            only = OneWindow(found, far)
            if not only.take():
                return _leave_to_other(only, None, lang)
        database = None
        if isinstance(found, ServerPlace) and home is not None and QApplication.platformName() != "offscreen":
            found, database = _team(found, home, password, theme)
        if database is None and found is not None:
            database = _with_key(found, theme, ask=screenshot is None)
        if database is None:
            return 0
        records = Records(database, RECORD_TYPES, Clock())
        if isinstance(found, Path) and not far and screenshot is None:
            only = OneWindow(found)
            if not only.take():
                return _leave_to_other(only, records, lang)
        accounts.attend(records)
        employee = _who(records, demo, lang, user, theme, home)
    except Trouble as trouble:
        return _refuse(trouble, theme, found if isinstance(found, Path) else None)
    if employee is not None and not isinstance(employee, int):
        return _go_over(employee, database, only)
    if employee is None:
        database.close()
        return 0
    database.introduce(records.names.title("employee", employee))
    folder = found.parent if isinstance(found, Path) else None
    database.write_patience = WRITES_TRY
    runner = Runner(interrupt=database.interrupt, thread_ends=database.close_thread)
    session = Session(records, runner, employee, folder, lang or "", theme or "", home)
    if view and view not in session.window.pages:
        listed = ", ".join(session.window.pages)
        print(say("There is no view “{view}”. The views are: {views}.", view=view, views=listed), file=sys.stderr)
        runner.close()
        database.close()
        return 2
    if size:
        session.window.resize(*size)
    session.show(view, restore=screenshot is None)
    if screenshot is not None:
        QTimer.singleShot(SETTLES, lambda: _shoot(app, session, screenshot, False))
    else:
        soon(lambda: _afterwards(session, only), QUIET)
    code = app.exec()
    end(runner, database)
    if session.between is not None:
        from crm_desktop.ui.between import do_between

        do_between(session.between, database)
    if only is not None:
        only.release()
    if session.kept.start_again or session.between is not None:
        from crm_desktop.ui.kept import start_program_again

        start_program_again(session.between.again_with if session.between is not None else "")
    return code


def _team(place: ServerPlace, home: Path, password: str, theme: str | None) -> tuple[ServerPlace | Path | None, Database | None]:
    """The remembered database of a team, opened; what is in the way can be mended in the dialog. (file, None): the person goes back to
    the file of this computer; (None, None): he gives up."""
    from crm_desktop.business.system import connecting
    from crm_desktop.ui.connecting import flow

    reached, why = flow.with_password(replace(place, password=password or place.password)), ""
    known = bool(reached.password)  # else it is asked for first; one that was left empty in the dialog is tried as it is
    while True:
        if known:
            try:
                return reached, connecting.opened(reached)
            except Trouble as trouble:
                why = trouble.sentence()
        _dress(theme)
        answer = flow.ask_again(home, reached, why)
        if not isinstance(answer, ServerPlace):
            return (find_place(answer) if answer is not None else None), None
        reached, known = answer, True


def _go_over(between: Between, database: Database, only: OneWindow | None) -> int:
    """At the first start the person chose a team's database: nothing of this computer's is in the way."""
    from crm_desktop.ui.between import do_between
    from crm_desktop.ui.kept import start_program_again

    database.close()
    worked = do_between(between)
    if only is not None:
        only.release()
    start_program_again(between.again_with if worked else "")
    return 0


def _with_key(place: ServerPlace | Path, theme: str | None, ask: bool) -> Database | None:
    """The database; the recovery phrase of an encrypted file is asked for where its key is not known, and a file that another program
    keeps to itself is tried again for as long as the person likes. None: cancelled."""
    while True:
        try:
            return _open(place, theme, ask)
        except Trouble as trouble:
            if not ask or QApplication.platformName() == "offscreen":
                raise
            if not _mended(trouble, theme):
                return None


def _mended(trouble: Trouble, theme: str | None) -> bool:
    """Whether the person did what lets one try again, or gave up. Raises what is not mended here."""
    if isinstance(trouble, KeyNeeded):
        from crm_desktop.ui.signing.phrase import AskPhrase

        _dress(theme)
        runner = Runner()
        try:
            return bool(AskPhrase(trouble, runner).exec())
        finally:
            runner.close()
    if trouble.text == IN_USE:
        from crm_desktop.ui.widgets import question

        _dress(theme)
        return question.agreed(None, say("CRM Desktop"), trouble.sentence(), say("Try again"))
    raise trouble


def end(runner: Runner, database: Database) -> None:
    """Writes under way are finished: a field is saved when it is left, and it may have been left by closing the window.

    The working threads close their own connections, and Python waits for them.
    """
    runner.close()
    database.close_thread()


def _open(place: ServerPlace | Path, theme: str | None, ask: bool) -> Database | None:
    """The database, or a copy to read when somebody else has it open in a network folder; None when nothing was chosen."""
    try:
        return open_database(place)
    except Trouble as trouble:
        from crm_desktop.database.lease import HeldElsewhere

        if not isinstance(trouble, HeldElsewhere):
            raise
        held = trouble
        if not ask:
            return open_copy(held)
        from crm_desktop.ui.held import open_held

        assert isinstance(place, Path)
        _dress(theme)
        return open_held(place, held)


def _leave_to_other(only: OneWindow, records: Records | None, lang: str | None) -> int:
    """Another window is open on this data: it comes to the front, and this start ends."""
    only.call_other()
    speak(lang or (records.settings.get("language", language()) if records is not None else language()))
    print(say("The program is already open on this data. Its window comes to the front."), file=sys.stderr)
    if records is not None:
        records.database.close()
    return 0


def _who(
    records: Records, demo: bool, lang: str | None, user: str | None, theme: str | None, home: Path | None
) -> int | Between | None:
    """The employee who works here; a new database is planted with the demo or asks its first questions. None: cancelled; Between: the
    person works in a team's database."""
    from crm_desktop.business.staff import sign_in

    if starting.is_new(records):
        if demo:
            from crm_desktop.business.system import demo as demo_company

            return int(demo_company.plant_once(records, records.clock, lang=language()).id)
        from crm_desktop.ui.first_start import ask_first

        _dress(theme)
        return ask_first(records, home)
    if records.database.guarded:
        if user:
            accounts.demand_same(records, sign_in.find(records, user))
        return int(accounts.signed_in(records).id)
    people = sign_in.employees(records)
    if not people:
        raise NotFound(sign_in.NOBODY)
    known = sign_in.find(records, user).id if user else records.settings.get("local_user", 0)
    chosen = int(known if known in {person.id for person in people} else people[0].id)
    return _past_the_door(records, chosen, theme)


def _past_the_door(records: Records, chosen: int, theme: str | None) -> int | None:
    """The same person, or who came in with a password instead; None when nobody did."""
    from crm_desktop.business.staff import password, sign_in

    if not password.has(records, chosen):
        return chosen
    from crm_desktop.ui.signing.dialog import SignIn, remembered

    if remembered(records, chosen):
        return chosen
    _dress(theme)
    runner = Runner(thread_ends=records.database.close_thread)
    people = [(int(one.id), records.names.title("employee", one.id)) for one in sign_in.employees(records)]
    dialog = SignIn(records, runner, people, chosen)
    try:
        return dialog.employee if dialog.exec() else None
    finally:
        runner.close()


def _dress(theme: str | None) -> None:
    """Theme for what shows before somebody is signed in; the session dresses its window itself."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    themes.apply(app, theme or "system", language())
    app.setWindowIcon(icon("handshake", "accent", "accent"))


def _refuse(trouble: Trouble, theme: str | None, file: Path | None) -> int:
    """The database cannot be opened: say why in a box, and on the console for whoever started it there. One that is damaged is
    restored from a copy."""
    print(trouble.sentence(), file=sys.stderr)
    if QApplication.platformName() == "offscreen":
        return 1
    _dress(theme)
    from crm_desktop.business.system import safekeeping

    if file is not None and safekeeping.is_lost(trouble):
        from crm_desktop.ui.kept import start_program_again
        from crm_desktop.ui.system.restoring import offer

        if not offer(file, trouble):
            return 1
        start_program_again()
        return 0
    from PySide6.QtWidgets import QMessageBox

    from crm_desktop.ui.widgets import question

    told = question.box(None, "fails", say("CRM Desktop"), trouble.sentence())
    told.addButton(say("Close"), QMessageBox.ButtonRole.RejectRole)
    told.exec()
    return 1


def _shoot(app: QApplication, session: Session, path: Path, was_still: bool) -> None:
    still = not _at_work(session)
    if not (still and was_still):
        soon(lambda: _shoot(app, session, path, still), LOOKS_AGAIN)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    saved = session.window.grab().save(str(path))
    session.window.close()
    app.exit(0 if saved else 1)


def _at_work(session: Session) -> bool:
    """Whether the window waits for answers, or builds a part of itself."""
    return session.runner.busy() or not all(steps.done for steps in session.window.findChildren(Steps))


def _afterwards(session: Session, only: OneWindow | None) -> None:
    """What may wait until the first painting: the log, keys of duplicates, reminders, schedules, a second start."""
    if _at_work(session):  # a busy computer, or a server far away: the first rows and the record beside them come first
        soon(lambda: _afterwards(session, only), QUIET)
        return
    session.runner.run(lambda: _catch_up_with_keys(session.records), write=True)
    session.runner.run(lambda: _catch_up_with_index(session.records), write=True)
    gc.freeze()  # the window stays for good
    gc.enable()
    session.runner.run(_bring_in_clockwork, lambda _here: _begin_background(session, only))


# In the working threads, while the window goes on


def _catch_up_with_keys(records: Records) -> None:
    from crm_desktop.core import twins

    twins.catch_up(records)


def _catch_up_with_index(records: Records) -> None:
    from crm_desktop.core import finding

    finding.catch_up(records)


def _bring_in_clockwork() -> None:
    from crm_desktop.scheduling import clockwork, reminders, schedules  # noqa: F401

    clockwork.bring_in()


def _begin_background(session: Session, only: OneWindow | None) -> None:
    from crm_desktop.ui.background import start_background

    background = start_background(session)
    if only is not None:
        only.listen(background.show_window)
