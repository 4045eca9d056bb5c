"""What goes on while the window is open: reminders that pop up at their minute, scheduled exports, the tray icon.

The clockwork looks in threads of its own; what it finds comes to the UI thread as signals.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon
from shiboken6 import isValid

from crm_desktop.core import clock, untold
from crm_desktop.core.words import say
from crm_desktop.scheduling import nightly, reminders, schedules
from crm_desktop.scheduling.clockwork import Clockwork
from crm_desktop.ui import unsent
from crm_desktop.ui.asked_to_end import AskedToEnd
from crm_desktop.ui.colleagues import Colleagues
from crm_desktop.ui.files import ask_save, open_file
from crm_desktop.ui.runner import soon
from crm_desktop.ui.shell.icons import icon
from crm_desktop.ui.shell.mishaps import Mishaps
from crm_desktop.ui.shell.toasts import Ring, Toasts
from crm_desktop.ui.signing.idle import IdleWatch
from crm_desktop.ui.widgets.menus import Menu
from crm_desktop.ui.widgets.words import ago

if TYPE_CHECKING:
    from crm_desktop.ui.session import Session

AFTER_CHANGE = 300  # ms after which a window that is being hidden or minimised is so
SUMMARY = -1  # the key of the pop-up for all that were missed


class Background(QObject):
    """Belongs to the session; survives its windows."""

    _found = Signal(object)
    _exported = Signal(object)
    _copied = Signal(object)

    def __init__(self, session: Session):
        super().__init__(session)
        self.session = session
        self.toasts = Toasts(session.records.clock, self)
        self._shown: dict[int, Any] = {}
        self._missed: tuple[Any, ...] = ()
        self._first = True
        self.mishaps = Mishaps()
        self.mishaps.install()
        self.mishaps.happened.connect(self._mishap)
        self.mishaps.in_trouble.connect(lambda sentence: session.window.tell(sentence))
        session.runner.on_bug = self.mishaps.notice
        self.toasts.opened.connect(self._open)
        self.toasts.snoozed.connect(self._snooze)
        self.toasts.finished.connect(self._finish)
        self.toasts.all_asked.connect(lambda: session.window.go("reminders"))
        self._found.connect(self._ring, Qt.ConnectionType.QueuedConnection)
        self._exported.connect(self._tell_exports, Qt.ConnectionType.QueuedConnection)
        self._copied.connect(self._tell_copy, Qt.ConnectionType.QueuedConnection)
        self.exports = schedules.Runner(session.records, lambda: session.desk.actor, self._export)
        self.nights = nightly.Nightly(session.records, lambda: session.desk.actor)
        works = {"reminders": self._look_for_reminders, "schedules": self._run_schedules, "nights": self._run_nights}
        self.asked_to_end: AskedToEnd | None = None
        self.clockwork = Clockwork({**works, "search": self._tell_indexes})
        self.colleagues = Colleagues(session, self)
        self.tray = self._make_tray()
        self._fill_tray()
        app = QGuiApplication.instance()
        assert isinstance(app, QApplication)
        app.aboutToQuit.connect(self.stop)
        self.idle = IdleWatch(app, session.lock_by_hand, self)
        self.idle.watch(session.desk.setting("idle_lock", 0))
        app.applicationStateChanged.connect(self._state_changed)

    def start(self) -> None:
        """Begin to look; what rang while the program was closed comes first."""
        if self.session.records.database.mode == "copy":
            return  # nothing changes in it, and reminders ring where the database itself is open
        self.clockwork.start()
        self.colleagues.start()
        unsent.send(self.session.desk, self.session.window)

    def begin_again(self) -> None:
        """Another person or another language: what is on screen goes, and what waits comes as at a start."""
        self.toasts.clear()
        self._shown.clear()
        self._first = True
        self._fill_tray()
        self.idle.watch(self.session.desk.setting("idle_lock", 0))
        self.clockwork.look()

    def stop(self) -> None:
        """End with the program."""
        self.clockwork.stop()
        self.colleagues.stop()
        self.toasts.clear()
        if self.tray is not None:
            self.tray.hide()
        self.mishaps.uninstall()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        soon(self._look_at_window, AFTER_CHANGE)
        if state == Qt.ApplicationState.ApplicationActive:
            self.clockwork.look()

    def _look_at_window(self) -> None:
        """Somebody who works in another program beside this one sees what colleagues change as soon as one who works in this one."""
        window = self.session.window
        if isValid(window):  # else the program is ending
            self.colleagues.look_often(window.isVisible() and not window.isMinimized())

    # In the clockwork's threads

    def _look_for_reminders(self) -> None:
        """Also hears what other desktops changed of the names, rights and settings this one keeps in memory."""
        records, actor = self.session.records, self.session.desk.actor
        if self.session.locked:
            return
        renewed = records.renew()
        look = reminders.ring_at_start if self._first else reminders.ring
        self._first = False
        rings = look(records, actor, records.clock.now())
        waiting = len(reminders.unanswered(records, actor, records.clock.now()))
        alone = (*rings.fresh, *(rings.missed if len(rings.missed) == 1 else ()))
        self._found.emit((rings, waiting, {reminder.id: self._what_about(reminder) for reminder in alone}, renewed))

    def _what_about(self, reminder: Any) -> str:
        records, actor = self.session.records, self.session.desk.actor
        record: Any = reminders.about(records, reminder, actor)
        if record is None:
            return records.names.picked("reminder_cause", reminder.cause) if reminder.cause else ""
        called = str(record.called()).replace("\n", " ")
        words = [say(type(record).screen.one), *([] if called in reminder.title else [called])]
        for name in ("customer", "place"):
            if name in type(record).declared() and getattr(record, name):
                words.append(records.show(type(record), name, getattr(record, name)))
        return " · ".join(words)

    def _run_schedules(self) -> None:
        runs = self.exports.run_due()
        if runs:
            self._exported.emit(runs)

    def _tell_indexes(self) -> None:
        """What an import, here or elsewhere, has left to be told to search and duplicates."""
        untold.take_in(self.session.records, self.session.desk.actor)

    def _run_nights(self) -> None:
        night = self.nights.run_due()
        if night is not None:
            self._copied.emit(night)

    def _export(self, schedule: Any, actor: Any, path: Any) -> object:
        from crm_desktop.report_files import export_scheduled

        return export_scheduled(self.session.records)(schedule, actor, path)

    # In the UI thread

    def _ring(self, answer: tuple[reminders.Rings, int, dict[int, str], bool]) -> None:
        if self.session.desk.closed:
            return  # a window that comes up while the last one closes keeps Qt from ending
        rings, waiting, about, renewed = answer
        if renewed:
            self.session.renew_actor()
        self.session.window.set_reminders(waiting)
        for reminder in (*rings.fresh, *rings.missed):
            if reminder.id in about:
                self._pop_up(reminder, about[reminder.id])
        if len(rings.missed) > 1:
            self._missed = rings.missed
            titles = "\n".join(reminder.title for reminder in rings.missed[:4])
            text = say("While the program was closed or asleep:") + "\n" + titles
            self.toasts.ring(Ring(SUMMARY, say("%n missed reminder(s)", n=len(rings.missed)), text, late=True, action=say("Show all")))

    def _pop_up(self, reminder: Any, about: str) -> None:
        # Signals carry 32 bits, ids have 63: toasts are known by a short number of their own.
        known = {one.id: key for key, one in self._shown.items()}
        key = known.get(reminder.id, len(self._shown) + 1)
        self._shown[key] = reminder
        now = self.session.records.clock.now()
        late = now - reminder.due_at > reminders.MISSED
        local = clock.to_local(reminder.due_at)
        self.toasts.ring(Ring(key, reminder.title, about, ago(local, clock.to_local(now)), late))

    def _open(self, key: int) -> None:
        self.show_window()
        if key == SUMMARY:
            self.session.window.go("reminders")
            return
        reminder = self._shown[key]
        target = (reminder.ref_type, reminder.ref_id) if reminder.ref_id else ("reminder", reminder.id)
        self.session.open_record(*target)

    def _snooze(self, key: int, until: datetime) -> None:
        records, actor = self.session.records, self.session.desk.actor
        for reminder in self._missed if key == SUMMARY else (self._shown[key],):
            self.session.desk.write(partial(reminders.snooze, records, reminder, until, actor),
                                    lambda _c: self.clockwork.look())  # fmt: skip

    def _finish(self, key: int) -> None:
        chosen = list(self._missed) if key == SUMMARY else [self._shown[key]]
        self.session.desk.write(
            lambda: reminders.done_all(self.session.records, chosen, self.session.desk.actor),
            lambda _c: self.clockwork.look(),
            say("Done"),
        )

    def _tell_exports(self, runs: list[schedules.Run]) -> None:
        for run in runs:
            name = run.schedule.name
            if run.trouble is not None:
                self.session.window.notice.tell(say("{name}: {why}", name=name, why=run.trouble.sentence()))
            elif run.path is not None:
                opening = (say("Open"), partial(open_file, run.path))
                self.session.window.tell(say("{name}: written to {file}", name=name, file=str(run.path)), action=opening)

    def _tell_copy(self, night: nightly.Night) -> None:
        if night.trouble is not None:
            why = night.trouble.sentence()
            self.session.window.notice.tell(say("The team's database was not copied: {why}", why=why))
        else:
            self.session.window.tell(say("A copy was made, and every table proven: {file}", file=str(night.path)))

    # Tray and mishaps

    def _make_tray(self) -> QSystemTrayIcon | None:
        """An icon in the tray where the desktop has one. The program ends with its window all the same."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return None
        tray = QSystemTrayIcon(icon("handshake", "accent"), self)
        tray.activated.connect(lambda _reason: self.show_window())
        return tray

    def _fill_tray(self) -> None:
        """Words and menu, of the language and the window there are now."""
        if self.tray is None:
            return
        menu = Menu(self.session.window, passing=False)
        menu.add(say("Show the window"), self.show_window)
        menu.add(say("Quit"), QApplication.quit)
        self.tray.setToolTip(say("CRM Desktop"))
        self.tray.setContextMenu(menu)
        self.tray.show()

    def show_window(self) -> None:
        """Bring the window to the front, as large as it was."""
        window = self.session.window
        if window.isMinimized():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def _mishap(self, _summary: str) -> None:
        self.session.window.notice.tell(
            say("Something in the program went wrong. Your data is safe; what you did last may not be saved."),
            (say("Save a report…"), self._save_report),
            "bad",
        )

    def _save_report(self) -> None:
        from pathlib import Path

        from crm_desktop.exchange.writers.whole_file import NOT_WRITTEN

        chosen = ask_save(self.session.window, say("Save a report…"), "crm-desktop-report.txt", "*.txt")
        if not chosen:
            return
        path, notice = Path(chosen), self.session.window.notice
        try:
            self.mishaps.save_report(path)
        except OSError as error:
            notice.tell(say(NOT_WRITTEN, file=path.name, problem=error.strerror or type(error).__name__))
        else:
            notice.tell(say("Saved as {file}", file=path.name))


def start_background(session: Session) -> Background:
    """Start what may wait until the window is painted."""
    background = Background(session)
    background.start()
    session.background = background
    background.asked_to_end = AskedToEnd(session)
    return background
