"""Help, wrong usage, places, and what happens when something goes wrong: a sentence and the right exit code."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.business import RECORD_TYPES
from crm_desktop.cli import arguments as writing
from crm_desktop.cli import places
from crm_desktop.cli import run as running
from crm_desktop.cli.help_text import wrapped
from crm_desktop.cli.printing import width_of
from crm_desktop.core import words
from crm_desktop.core.errors import Trouble
from crm_desktop.core.places import ROOT
from tests.cli.conftest import Run, Shop

COMMANDS = ("import", "export", "search", "list", "show", "share", "handover", "check")


def test_help_names_every_command(run: Run) -> None:
    told = run("--help")
    assert told.code == 0
    for word in (*COMMANDS, "--demo", "--data", "--database", "--as", "--lang", "--screenshot", "--view", "--size", "--theme"):
        assert word in told.out
    assert "0 done, 1 refused or invalid, 2 wrong usage" in told.out


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("import", "--sheet --header-row --map --match --mode --dry-run --errors --undo --json"),
        ("export", "--where --sort --columns --as --lang"),
        ("list", "--where --sort --limit --columns --json"),
        ("search", "--json --limit"),
        ("show", "--json"),
        ("share", "--with --write --until --end --where --json"),
        ("handover", "--type --apart --open-only --keep-account --dry-run --certificate --number --json"),
        ("check", "--data --database"),
    ],
)
def test_help_of_a_command_names_its_options(run: Run, command: str, options: str) -> None:
    told = run(command, "--help")
    assert told.code == 0
    assert [option for option in options.split() if option not in told.out] == []


@pytest.mark.parametrize(
    "line",
    [
        "frobnicate",
        "list",
        "list customer --nonsense",
        "list customer --limit many",
        "list customer --limit -3",
        "import customer x.xlsx --header-row -1",
        "import --undo abc",
        "list customer --database postgres://u@h/x",
        "export customer",
        "handover --json",
        "share customer",
        "share customer 5 --end",
        "handover --number 5",
        "import --data x",
        "check --data a --database mysql://u@h/n",
        "--lang xx",
        "--demo --size 10x10",
        "--demo --size huge",
    ],
)
def test_wrong_usage(run: Run, line: str) -> None:
    told = run(*line.split())
    assert told.code == 2
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1


def test_an_unknown_language_is_told_in_that_of_the_computer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing.locale, "getlocale", lambda: ("de_DE", "UTF-8"))
    assert "invalid choice" in run("--lang", "fr", "list", "customer").err
    monkeypatch.setattr(writing.locale, "getlocale", lambda: ("zh_CN", "UTF-8"))
    assert "选项无效" in run("--lang", "fr", "list", "customer").err


@pytest.mark.parametrize("lang", ["zh_CN", "zh_TW", "en"])
@pytest.mark.parametrize("command", ["", "import", "export", "search", "list", "show", "check"])
def test_help_fits_a_terminal(run: Run, command: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese signs take two columns; only the tables of examples are wider than 80."""
    monkeypatch.setenv("COLUMNS", "80")
    told = run(*command.split(), "--help", "--lang", lang)
    examples = {line for text in (writing.CONDITIONS, writing.VALUES) for line in words.say(text, lang).splitlines()}
    too_long = [line for line in told.out.splitlines() if width_of(line) > 80 and line not in examples]
    assert too_long == []


def test_help_names_the_kinds_of_record(run: Run) -> None:
    told = run("list", "--help", "--lang", "en").out
    assert all(one.key() in told for one in RECORD_TYPES)


@given(st.text(alphabet="ab ，。、（）客户资料longword", max_size=200), st.integers(10, 80))
def test_wrapping_loses_no_sign(text: str, width: int) -> None:
    lines = wrapped(" ".join(text.split()), width)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_folder_somebody_may_not_enter_gets_a_sentence(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", forbidden)
    told = run("list", "customer", "--data", tmp_path / "x", "--lang", "en")
    assert told.code == 1 and "not allowed" in told.err and "mistake" not in told.err


def test_a_report_of_somebody_else_does_not_stand_in_the_way(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    (tmp_path / "crm-desktop-mistake.txt").mkdir()  # as little to be written to as the file of another person
    monkeypatch.setitem(running.COMMANDS, "check", ("reading", "no_such_function"))
    told = run("check", "--data", tmp_path / "data", "--lang", "en")
    assert told.code == 1 and "Traceback" not in told.err
    assert "no_such_function" in next(Path(word.rstrip(";")) for word in told.err.split() if "mistake-" in word).read_text()


def test_unknown_kind_of_record(run: Run, shop: Shop) -> None:
    told = run("list", "unicorn", *shop.place)
    assert told.code == 2
    assert "unicorn" in told.err and "customer" in told.err
    assert len(told.err.strip().splitlines()) == 1


def test_wrong_usage_makes_no_folder(run: Run, tmp_path: Path) -> None:
    assert run("list", "unicorn", "--data", tmp_path / "new").code == 2
    assert run("search", "x", "--type", "unicorn", "--data", tmp_path / "new").code == 2
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("word", ["follow_up", "follow-up", "Follow-ups", "follow up"])
def test_kinds_of_record_by_any_name(run: Run, shop: Shop, word: str) -> None:
    assert run("list", word, "--limit", "1", "--lang", "en", *shop.place).code == 0


def test_unknown_person(run: Run, shop: Shop) -> None:
    told = run("list", "customer", "--as", "nobody", "--lang", "en", *shop.place)
    assert told.code == 1
    assert "nobody" in told.err and "wangli" in told.err


@pytest.mark.parametrize("content", [b"this is no database " * 400, b"SQLite format 3\x00" + b"\x07" * 5000])
def test_damaged_files_get_a_sentence(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "crm.db").write_bytes(content)
    told = run("list", "customer", "--data", tmp_path)
    assert told.code == 1
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == 1
    assert "Traceback" not in told.err


def test_wrong_server_gets_a_sentence(run: Run) -> None:
    assert run("check", "--database", "mysql:/nothing").code == 2
    told = run("check", "--database", "mysql://nobody:secret@127.0.0.1:9/nothing")
    assert told.code == 1
    assert len(told.err.strip().splitlines()) == 1
    assert "secret" not in told.err


def test_mistakes_of_the_program_are_reported(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setitem(running.COMMANDS, "check", ("reading", "no_such_function"))
    told = run("check", "--data", tmp_path / "data")
    assert told.code == 1
    assert len(told.err.strip().splitlines()) == 1
    report = tmp_path / "crm-desktop-mistake.txt"
    assert str(report) in told.err
    assert "no_such_function" in report.read_text()


def test_interrupted(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def stop(_wanted: Any) -> int:
        raise KeyboardInterrupt

    module = ModuleType("crm_desktop.cli.stopping")
    module.stop = stop  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "crm_desktop.cli.stopping", module)
    monkeypatch.setitem(running.COMMANDS, "check", ("stopping", "stop"))
    assert run("check").code == 1


@pytest.mark.parametrize(
    ("platform", "surroundings", "expected"),
    [
        ("linux", {}, "/home/li/.local/share/crm-desktop"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/crm-desktop"),
        ("darwin", {}, "/home/li/Library/Application Support/CRM Desktop"),
        ("win32", {"APPDATA": "/roaming"}, "/roaming/CRM Desktop"),
        ("win32", {}, "/home/li/AppData/Roaming/CRM Desktop"),
    ],
)
def test_data_folder(monkeypatch: pytest.MonkeyPatch, platform: str, surroundings: dict[str, str], expected: str) -> None:
    for name in ("XDG_DATA_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(places.sys, "platform", platform)
    monkeypatch.setattr(places.Path, "home", lambda: Path("/home/li"))
    assert places.data_folder() == Path(expected)


# The window


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Calls of open_window, without a window."""
    calls: list[dict[str, Any]] = []

    def open_window(place: Any, **options: Any) -> int:
        calls.append({"place": place, "there": Path(str(place)).is_dir(), **options})
        return 0

    start = ModuleType("crm_desktop.ui.start")
    start.open_window = open_window  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "crm_desktop.ui.start", start)
    return calls


def test_demo_gets_a_folder_of_its_own_that_is_gone_afterwards(run: Run, opened: list[dict[str, Any]]) -> None:
    line = "--demo --lang en --theme dark --screenshot shots/a.png --view customers --size 1280x800 --as liumin"
    assert run(*line.split()).code == 0
    (call,) = opened
    assert call["there"] and not Path(call["place"]).exists()
    assert {key: call[key] for key in ("demo", "lang", "theme", "user", "view", "size", "screenshot")} == {
        "demo": True, "lang": "en", "theme": "dark", "user": "liumin", "view": "customers", "size": (1280, 800),
        "screenshot": Path("shots/a.png"),
    }  # fmt: skip


def test_window_on_a_folder_or_server(run: Run, opened: list[dict[str, Any]], tmp_path: Path) -> None:
    assert run("--demo", "--data", tmp_path).code == 0
    assert run("--database", "mysql://u:p@h/n").code == 0
    assert run().code == 0
    assert [str(call["place"]) for call in opened] == [str(tmp_path), "mysql://u:p@h/n", str(places.data_folder())]


def test_without_a_screen_a_sentence(run: Run, opened: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    told = run("--demo")
    assert told.code == 1 and not opened
    assert len(told.err.strip().splitlines()) == 1


# A process of its own


def test_commands_do_without_qt_and_load_only_what_they_use(tmp_path: Path) -> None:
    script = (
        "import sys; from crm_desktop.__main__ import main; code = main(['list', 'customer', '--data', sys.argv[1]]);"
        "late = {'PySide6', 'openpyxl', 'reportlab', 'apscheduler', 'pymysql', 'python_calamine'} & set(sys.modules);"
        "print(code, sorted(late))"
    )
    done = subprocess.run([sys.executable, "-c", script, tmp_path / "data"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "0 []", done.stderr


def test_closed_pipe_is_no_trouble(tmp_path: Path) -> None:
    """`crm-desktop list … | head -1` ends quietly."""
    command = [sys.executable, "-m", "crm_desktop", "list", "pick_value", "--json", "--data", tmp_path / "data"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        process.wait(60)
    assert told == b""
    assert process.returncode == 0


def test_trouble_speaks_the_language_asked_for(run: Run, shop: Shop) -> None:
    told = run("show", "customer", "1", "--lang", "en", *shop.place)
    assert told.code == 1
    assert told.err.strip() == Trouble("This record does not exist, or you may not see it.").sentence("en")
