"""The system asks the program to end: it does so in order and keeps what there is to keep."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.business import Customer
from crm_desktop.ui import unsent
from crm_desktop.ui.asked_to_end import AskedToEnd
from crm_desktop.ui.outbox import Letter
from crm_desktop.ui.session import Session
from tests.ui.records.asked_to_end import CITY

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 120
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.fixture
def folder(planted: Path, tmp_path: Path) -> Path:
    shutil.copy(planted / "crm.db", tmp_path / "crm.db")
    return tmp_path


class Window:
    """The program in a process of its own."""

    def __init__(self, folder: Path, act: str):
        command = [sys.executable, "-m", "tests.ui.records.asked_to_end", str(folder), act]
        pipe = subprocess.PIPE
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True, env=env)
        assert self.process.stdout is not None
        word, _space, told = self.process.stdout.readline().partition(" ")
        assert word == "ready", self.process.communicate()[1]
        self.told: dict[str, Any] = json.loads(told)

    def end(self, number: int = 0) -> int:
        """The exit code, after a signal; nothing may be said about it."""
        if number:
            self.process.send_signal(number)
        try:
            _out, said = self.process.communicate(timeout=PATIENCE)
        finally:
            self.process.kill()
        assert [line for line in said.splitlines() if not line.startswith("This plugin does not support")] == []
        return self.process.returncode


@unix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_ends_it_as_its_person_would(folder: Path, name: str) -> None:
    assert Window(folder, "floats").end(getattr(signal, name)) == 0
    window = Window(folder, "tells")
    assert window.end() == 0
    assert window.told["floating"] == ["calendar"] and {"customers", "calendar", "detail"} <= {*window.told["open"]}
    assert window.told["cities"] == [CITY], "what was being typed is saved as if the field had been left"


@unix
@pytest.mark.parametrize("act", ["asks", "locks"])
def test_no_question_and_no_locked_door_holds_it_up(folder: Path, act: str) -> None:
    assert Window(folder, act).end(signal.SIGTERM) == 0


class Manager:
    """A session of the desktop that ends; `asks`: whether the person may be asked."""

    def __init__(self, asks: bool):
        self.asks, self.said = asks, list[str]()

    def allowsInteraction(self) -> bool:
        return self.asks

    def release(self) -> None:
        self.said.append("release")

    def cancel(self) -> None:
        self.said.append("cancel")


@pytest.fixture
def asked(session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AskedToEnd:
    """It hears no signals: these are the test's own."""
    monkeypatch.setattr(AskedToEnd, "_listen", lambda _self: None)
    monkeypatch.setattr(unsent, "file_of", lambda _desk: tmp_path / "unsent.json")
    return AskedToEnd(session)


def wait(session: Session) -> None:
    letter = Letter(lambda: None, lambda _answer: None, lambda _error: None, Customer(name="恒通"))
    session.desk.outbox.waiting.append(letter)


def kept(session: Session) -> list[str]:
    path = unsent.file_of(session.desk)
    return [json.loads(text)["typed"]["name"] for text in json.loads(path.read_text(encoding="utf-8"))] if path.exists() else []


def test_a_logout_keeps_how_the_window_stands(session: Session, asked: AskedToEnd) -> None:
    session.window.go("calendar", "float")
    detail: Any = session.window.detail()
    editor = detail.sheet(Customer).form.loaded.editors["city"]
    editor.setFocus()
    editor.setText(CITY)
    manager = Manager(asks=True)
    asked._logged_out(manager)  # type: ignore[arg-type]
    docks = json.loads(json.loads(session.desk.setting("layout"))["docks"])
    assert docks["floating"] == ["calendar"] and manager.said == ["release"]
    assert session.records.get(Customer, detail.record.id, session.desk.actor).city == CITY
    assert not unsent.file_of(session.desk).exists() and session.window.isVisible()


def test_what_waits_is_kept_once_and_forgotten_when_the_program_goes_on(session: Session, asked: AskedToEnd) -> None:
    wait(session)
    asked._logged_out(Manager(asks=False))  # type: ignore[arg-type]
    asked._logged_out(Manager(asks=False))  # type: ignore[arg-type]
    assert kept(session) == ["恒通"]
    session.desk.outbox.send_again()
    assert kept(session) == []


def test_who_may_be_asked_may_stay(session: Session, asked: AskedToEnd, monkeypatch: pytest.MonkeyPatch) -> None:
    wait(session)
    answers = [False, True]
    monkeypatch.setattr(unsent, "may_close", lambda _desk, _window: answers.pop(0))
    stays, goes = Manager(asks=True), Manager(asks=True)
    asked._logged_out(stays)  # type: ignore[arg-type]
    assert stays.said == ["release", "cancel"] and kept(session) == []
    asked._logged_out(goes)  # type: ignore[arg-type]
    assert goes.said == ["release"] and kept(session) == ["恒通"]
    session.desk.outbox.waiting.clear()
