"""The commands that copy the local file and restore a copy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.database.copies import copies_beside
from crm_desktop.database.engine import open_database
from tests.cli.conftest import Run


def names(run: Run, data: list[object]) -> list[str]:
    return [line["name"] for line in run("list", "customer", "--json", *data).json()]


def add(run: Run, data: list[object], folder: Path, name: str) -> None:
    sheet = folder / "one.csv"
    sheet.write_text(f"Company\n{name}\n", encoding="utf-8")
    assert run("import", "customer", sheet, *data).code == 0


def restorations(folder: Path) -> list[tuple[Any, ...]]:
    """What the operation log tells of copies that were restored: by whom, from which."""
    database = open_database(folder)
    try:
        return database.read("SELECT actor, note FROM batch WHERE what = 'restored' ORDER BY id")
    finally:
        database.close()


def test_there_and_back(tmp_path: Path, run: Run) -> None:
    data: list[object] = ["--data", tmp_path / "d", "--lang", "en"]
    add(run, data, tmp_path, "First Ltd")
    told = run("database", "restore", *data)
    assert told.code == 0 and "no copies" in told.out
    made = run("database", "backup", *data)
    assert made.code == 0
    copy = Path(made.out.splitlines()[1])
    assert copy.is_file() and copy.parent == tmp_path / "d" / "backups"
    add(run, data, tmp_path, "Second Ltd")
    told = run("database", "restore", *data)
    assert copy.name in told.out and "by hand" in told.out
    assert [line["copy"] for line in run("database", "restore", "--json", *data).json()] == [copy.name]
    told = run("database", "restore", copy.name, *data)
    assert told.code == 0 and names(run, data) == ["First Ltd"]
    ((who, note),) = restorations(tmp_path / "d")
    assert who is not None and note == copy.name
    kept = copies_beside(tmp_path / "d" / "crm.db")[0].path
    assert str(kept) in told.out
    assert run("database", "restore", "--latest", *data).code == 0, "the newest is now what was there before"
    assert names(run, data) == ["First Ltd", "Second Ltd"]
    told = run("database", "restore", tmp_path / "nothing.db", *data)
    assert told.code == 1 and "nothing.db" in told.err and names(run, data) == ["First Ltd", "Second Ltd"]


def test_a_damaged_file_says_how_it_is_mended_and_is(tmp_path: Path, run: Run) -> None:
    data: list[object] = ["--data", tmp_path / "d", "--lang", "en"]
    add(run, data, tmp_path, "First Ltd")
    assert run("database", "backup", *data).code == 0
    file = tmp_path / "d" / "crm.db"
    with file.open("r+b") as opened:
        opened.seek(100)
        opened.write(os.urandom(file.stat().st_size - 100))
    told = run("list", "customer", *data)
    assert told.code == 1 and "crm-desktop database restore" in told.err
    told = run("database", "restore", "--latest", *data)
    assert told.code == 0 and "could not be read" in told.out
    assert names(run, data) == ["First Ltd"]
    assert run("check", *data).code == 0
    ((who, note),) = restorations(tmp_path / "d")
    assert who is None and note.endswith(")") and " (" in note, "nobody could sign in: the name on the computer is told"


def test_only_an_administrator_restores(tmp_path: Path, run: Run) -> None:
    data: list[object] = ["--data", tmp_path / "d", "--lang", "en"]
    add(run, data, tmp_path, "First Ltd")
    sheet = tmp_path / "staff.csv"
    sheet.write_text("Name,User name,Role\nLi Na,li,Salesperson\n", encoding="utf-8")
    assert run("import", "employee", sheet, *data).code == 0
    assert run("database", "backup", *data, "--as", "li").code == 0, "everybody may make one"
    add(run, data, tmp_path, "Second Ltd")
    told = run("database", "restore", "--latest", *data, "--as", "li")
    assert told.code == 1 and "administrator" in told.err
    assert len(names(run, data)) == 2
    assert run("database", "restore", "--latest", *data).code == 0
    assert len(names(run, data)) == 1


def test_a_server_that_is_not_there_and_nothing_are_refused(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for word in (["backup"], ["restore", "--latest"]):
        told = run("database", *word, "--database", "mysql://u:p@h/n", "--lang", "en")
        assert told.code == 1 and told.err.count("\n") == 1
        told = run("database", *word, "--data", tmp_path / "nowhere", "--lang", "en")
        assert told.code == 1
    assert not (tmp_path / "nowhere").exists()
