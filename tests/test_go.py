"""go.py, the way in from a fresh copy: says what is missing, installs what it may, starts nothing twice."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


class Calls(list[list[str]]):
    """What would have been run."""

    def run(self, command: list[Any], **_options: Any) -> subprocess.CompletedProcess[bytes]:
        self.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0, stdout=b"")


@pytest.fixture
def calls() -> Calls:
    return Calls()


@pytest.fixture
def go(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, calls: Calls) -> ModuleType:
    """go.py in a folder of its own, on a Debian where nothing is installed, run by somebody who is not root."""
    spec = importlib.util.spec_from_file_location("go_script", ROOT / "go.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for name, value in {
        "ROOT": tmp_path, "VENV": tmp_path / ".venv", "PYTHON": tmp_path / ".venv" / "python", "MARK": tmp_path / ".venv" / "installed",
    }.items():  # fmt: skip
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module.subprocess, "run", calls.run)
    monkeypatch.setattr(module.sys, "platform", "linux")
    monkeypatch.setattr(module.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(module.shutil, "which", lambda name, **_path: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(module, "loads", lambda _library: False)
    (tmp_path / ".venv").mkdir()
    return module


def test_somebody_who_is_not_root_gets_the_one_command(go: ModuleType, calls: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    assert go.main(["test", "-x"]) == 0
    told = capsys.readouterr().out
    line = next(line for line in told.splitlines() if "sudo" in line)
    for package in ("libegl1", "libxcb-cursor0", "libxkbcommon-x11-0", "fonts-noto-cjk", "mariadb-server", "xvfb"):
        assert package in line.split()
    assert [command[0] for command in calls if command[0] == "apt-get"] == []
    assert calls[-1][1:3] == ["-m", "pytest"] and calls[-1][-1] == "-x"


def test_root_installs_them(go: ModuleType, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(go.os, "geteuid", lambda: 0)
    assert go.main(["run"]) == 0
    installed = next(command for command in calls if command[:2] == ["apt-get", "install"])
    assert "libegl1" in installed and "mariadb-server" not in installed, "the window needs no server"
    assert calls[-1][1:] == ["-m", "crm_desktop", "--demo"]


def test_what_is_there_is_not_installed_again(go: ModuleType, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(go, "loads", lambda _library: True)
    monkeypatch.setattr(go, "has_chinese_font", lambda: True)
    assert go.main(["run", "--data", "here"]) == 0
    assert any("pip" in command for command in calls)
    go.PYTHON.write_text("")
    calls.clear()
    assert go.main(["run", "--data", "here"]) == 0
    assert [command[1:] for command in calls] == [["-m", "crm_desktop", "--data", "here"]]
    calls.clear()
    (go.ROOT / "pyproject.toml").write_text("[project]\nname = 'changed'\n")
    assert go.main(["run"]) == 0
    assert any("pip" in command for command in calls)


def test_missing_venv_module_is_named(go: ModuleType, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(go.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(SystemExit):
        go.main(["run"])
    assert not any("venv" in command for command in calls)


def test_old_python_gets_a_sentence(go: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(go.sys, "version_info", (3, 9, 2))
    assert go.main(["run"]) == 1
    assert "3.11" in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--help"], 0), (["dance"], 2)])
def test_help(go: ModuleType, calls: Calls, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert go.main(arguments) == code
    assert "python go.py test" in capsys.readouterr().out
    assert calls == []


def test_failed_install_ends_with_a_sentence(go: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(command: list[Any], **_options: Any) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(go, "missing_packages", lambda _testing: [])
    monkeypatch.setattr(go.subprocess, "run", fail)
    assert go.main(["run"]) == 1
    assert "venv" in capsys.readouterr().err
