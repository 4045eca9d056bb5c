"""Printing to a terminal: widths of Chinese text, cutting, alignment."""

from __future__ import annotations

import pytest

from crm_desktop.cli.printing import TablePrinter, fitted, width_of


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("华为", 4), ("ab华", 4), ("（一）", 6)])
def test_width(text: str, width: int) -> None:
    assert width_of(text) == width


@pytest.mark.parametrize(
    ("text", "width", "shown"), [("ab", 4, "ab  "), ("华为技术", 6, "华为… "), ("abcdef", 4, "abc…"), ("华为", 4, "华为")]
)
def test_fitted(text: str, width: int, shown: str) -> None:
    assert fitted(text, width) == shown
    assert width_of(fitted(text, width)) == width


def test_terminal_gets_aligned_columns(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "60")
    printer = TablePrinter(["Name", "Amount"], [False, True])
    printer.add([["华为", "5"], ["line\nbreak", "1,234"]])
    printer.add([["x" * 80, "9"]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["Name        Amount", "华为             5", "line break   1,234"]
    assert all(width_of(line) <= 60 for line in lines)
