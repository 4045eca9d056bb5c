"""Plays scenes in one window and takes their pictures: waits until everything stands still, light, then dark."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget

from crm_desktop.ui.session import Session
from crm_desktop.ui.shell import theme as themes

Scene = Generator[str | None, None, None]
"""Yields None to wait until all stands still, or the name of the picture to take."""

LOOKS = 60  # ms between two looks whether all stands still
ROUNDS = 5  # looks in a row


class Stage:
    """What a scene works with."""

    def __init__(self, session: Session, folder: Path):
        self.session, self.folder = session, folder
        self.kept: list[Any] = []

    @property
    def desk(self) -> Any:
        return self.session.desk

    @property
    def window(self) -> Any:
        return self.session.window

    def ids(self, type_key: str, count: int = 1, *, at: int = 0) -> list[int]:
        """Ids of records this person sees."""
        from crm_desktop.core.views import View

        records = self.session.records
        return list(records.ids(records.types[type_key], self.desk.actor, View()))[at : at + count]

    def soon(self, act: Callable[[], object]) -> None:
        """Do what does not return before its dialog is closed."""
        QTimer.singleShot(0, act)

    def show(self, widget: QWidget) -> Any:
        """Show a dialog and keep it until the scene is over."""
        self.kept.append(widget)
        widget.show()
        return widget

    def dialog(self) -> Any:
        """The dialog in front."""
        return QApplication.activeModalWidget() or next(one for one in reversed(tops(self.window)) if isinstance(one, QDialog))

    def clear(self) -> None:
        """Close all that is open besides the window, and take back what was picked."""
        if self.window._palette is not None:
            self.window._palette.dismiss()
        if self.window._snackbar is not None:
            self.window._snackbar.dismiss()
        for page in self.session._lists.values():
            page.table.clear_picked()
        for one in reversed(tops(self.window)):
            one.reject() if isinstance(one, QDialog) else one.close()
            one.hide()
        self.kept.clear()


def tops(window: QWidget) -> list[QWidget]:
    """What stands over the window, in the order it was made; what has to be answered first is on top."""
    found = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    return sorted(found, key=lambda one: one is QApplication.activeModalWidget())


def play(data: Path, to: Path, lang: str, size: str, schemes: list[str], wanted: list[str]) -> int:
    """Play the scenes whose names begin with one of `wanted`; returns 1 when one could not be played."""
    from crm_desktop.business import RECORD_TYPES
    from crm_desktop.core.clock import Clock
    from crm_desktop.core.records import Records
    from crm_desktop.database.engine import open_database
    from crm_desktop.ui.runner import Runner
    from crm_desktop.ui.tongue import speak
    from tools.scenes import scenes

    app = themes.new_application(["shots"])
    app.setApplicationName("crm-desktop-shots")
    speak(lang)
    database = open_database(data)
    records = Records(database, RECORD_TYPES, Clock())
    runner = Runner(interrupt=database.interrupt, thread_ends=database.close_thread)
    session = Session(records, runner, int(records.settings.get("local_user", 0)), data, lang, schemes[0], data)
    session.window.resize(*map(int, size.split("x")))
    session.show("workbench", restore=False)
    stage = Stage(session, data)
    try:
        chosen = [(n, s) for n, s in scenes(stage).items() if not wanted or any(n.startswith(one) for one in wanted)]
        player = _Player(app, stage, iter(chosen), to, f"{lang}_{size}", schemes)
        player.soon(player.next_scene)
        app.exec()
    finally:
        runner.close()
        database.close_thread()
    return 1 if player.failed else 0


class _Player:
    def __init__(
        self, app: QApplication, stage: Stage, scenes: Iterator[tuple[str, Callable[[], Scene]]], to: Path, mark: str, schemes: list[str]
    ):
        self.app, self.stage, self.scenes, self.to, self.mark, self.schemes = app, stage, scenes, to, mark, schemes
        self.failed = False
        self.name = ""
        self.told: set[str] = set()
        self.scene: Scene

    def soon(self, act: Callable[[], object], quiet: int = 0) -> None:
        """Once nothing has gone on for some looks."""
        from crm_desktop.ui.steps import Steps

        session = self.stage.session
        busy = session.runner.busy() or not all(steps.done for steps in session.window.findChildren(Steps))
        if quiet < ROUNDS:
            QTimer.singleShot(LOOKS, lambda: self.soon(act, 0 if busy else quiet + 1))
        else:
            act()

    def next_scene(self) -> None:
        self.stage.clear()
        found = next(self.scenes, None)
        if found is None:
            self.stage.session.window.close()
            self.app.quit()
            return
        self.name, begin = found
        self.scene = begin()
        self.go_on()

    def go_on(self) -> None:
        try:
            picture = next(self.scene)
        except StopIteration:
            self.soon(self.next_scene, ROUNDS - 1)
            return
        except Exception:  # noqa: BLE001 - the other scenes are played all the same
            print(f"{self.name} {self.mark}:\n{traceback.format_exc()}", flush=True)
            self.failed = True
            self.soon(self.next_scene)
            return
        self.soon(self.go_on if picture is None else lambda: self.shoot(picture))

    def shoot(self, name: str) -> None:
        self.look(name)
        self.save(name, self.schemes[0])
        if len(self.schemes) == 1:
            self.go_on()
            return
        themes.choose(self.schemes[1])
        self.soon(lambda: self.other(name), ROUNDS - 2)

    def other(self, name: str) -> None:
        self.save(name, self.schemes[1])
        themes.choose(self.schemes[0])
        self.soon(self.go_on, ROUNDS - 2)

    def save(self, name: str, scheme: str) -> None:
        window = self.stage.window
        picture = window.grab()
        painter = QPainter(picture)
        for one in tops(window):
            painter.drawPixmap(one.pos() - window.mapToGlobal(QPoint(0, 0)), one.grab())
        painter.end()
        picture.save(str(self.to / f"{name}_{self.mark}_{scheme}.png"))

    def look(self, name: str) -> None:
        """Tell what is cut off."""
        window = self.stage.window
        for top in [window, *tops(window)]:
            if top is not window and (top.width() > window.width() or top.height() > window.height()):
                self.tell(f"{name} {self.mark}: {type(top).__name__} of {top.width()}x{top.height()} is larger than the window")
            for one in top.findChildren(QWidget):
                if one.isVisible() and (text := _cut(one)):
                    self.tell(f"{name} {self.mark}: cut: {type(one).__name__} “{text[:70]}”")

    def tell(self, text: str) -> None:
        if text not in self.told:
            self.told.add(text)
            print(text, flush=True)


def _cut(one: QWidget) -> str:
    """The text of a label or button that has less room than it needs."""
    if isinstance(one, QLabel):
        if not one.text() or "Elided" in type(one).__name__:
            return ""
        room = one.contentsRect()
        if one.wordWrap():
            needed = one.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, one.text())
            return one.text() if needed.height() > room.height() + 1 else ""
        return one.text() if one.fontMetrics().horizontalAdvance(one.text()) > room.width() + 1 else ""
    if isinstance(one, QAbstractButton) and one.text():
        return one.text() if one.sizeHint().width() > one.width() + 1 and type(one).__name__ != "Pressable" else ""
    return ""
