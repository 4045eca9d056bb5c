"""Temporary folders go with the program that made them, also when it is killed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from crm_desktop.core.passing_folder import PassingFolder, sweep
from crm_desktop.core.places import ROOT


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def named(place: Path) -> set[str]:
    return {path.name for path in place.iterdir()}


def test_it_goes_when_it_is_not_needed(place: Path) -> None:
    with PassingFolder("crm-x-") as name:
        Path(name, "rows").write_text("1")
        assert named(place) == {Path(name).name}
    assert named(place) == set()
    forgotten = PassingFolder("crm-x-")
    assert named(place)
    del forgotten
    assert named(place) == set()


def test_what_a_killed_program_left_goes_and_what_is_used_stays(place: Path) -> None:
    code = (
        "import sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from crm_desktop.core.passing_folder import PassingFolder\n"
        "folder = PassingFolder('crm-x-'); open(folder.name + '/rows', 'w').close(); print(folder.name, flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(place)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    theirs = Path(other.stdout.readline().strip())
    own = PassingFolder("crm-x-")
    (place / "crm-x-strange").mkdir()
    (place / "crm-y-other").mkdir()
    sweep("crm-x-")
    assert theirs.is_dir() and Path(own.name).is_dir()
    other.kill()
    other.communicate()
    assert theirs.is_dir()
    again = PassingFolder("crm-x-")
    assert named(place) == {Path(own.name).name, Path(again.name).name, "crm-x-strange", "crm-y-other"}
    own.cleanup()
    again.cleanup()


def test_where_nothing_can_be_locked_it_is_made_all_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crm_desktop.core.passing_folder._locked", lambda *_more: None)
    with PassingFolder("crm-x-") as name:
        assert Path(name).is_dir() and len(named(place)) == 1
    assert named(place) == set()
