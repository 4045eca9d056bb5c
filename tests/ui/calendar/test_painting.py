"""Painting is quick and builds no colours or fonts; every view can be painted in every size and theme."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap

import crm_desktop.ui.calendar as package
from crm_desktop.ui.shell import theme
from tests.ui.calendar.conftest import at, drag, timed, whole


def many(number: int) -> list:
    """Entries of all kinds spread over the month."""
    kinds = ("visit", "call", "meeting", "task", "due")
    entries = [whole("fair", "Trade fair", 12, 6)]
    for n in range(number):
        start = at(1, 8) + timedelta(days=n % 30, minutes=15 * (n * 7 % 40))
        entries.append(timed(n, f"拜访 明达精密 {n}", start, kind=kinds[n % 5]))
    return entries


def seconds_to_paint(view) -> float:
    """CPU seconds of one full repaint, the best of some."""
    board = view.board()
    picture = QPixmap(board.viewport().size())
    best = 10.0
    for __ in range(8):
        begin = time.process_time()
        board.viewport().render(picture)
        best = min(best, time.process_time() - begin)
    return best


def test_a_full_month_is_painted_in_a_frame(calendar):
    calendar.resize(1440, 900)
    calendar.show_entries(many(200))
    # The bar is 20 ms on a quiet machine; the margin is for the slow and busy ones.
    assert seconds_to_paint(calendar) < 0.040


def test_painting_looks_up_and_builds_nothing(calendar, monkeypatch):
    calendar.show_entries(many(60))
    for name in ("month", "week", "day"):
        calendar.show_view(name)
        calendar.grab()

    def built(*arguments: object) -> None:
        raise AssertionError("a colour or font was built while painting")

    monkeypatch.setattr(theme, "QColor", built)
    monkeypatch.setattr(theme, "QFont", built)
    for name in ("month", "week", "day"):
        calendar.show_view(name)
        seconds_to_paint(calendar)


def test_no_module_names_a_colour_or_font():
    for module in Path(package.__file__).parent.glob("*.py"):
        text = module.read_text(encoding="utf-8")
        assert not re.search(r"\bQColor\b|\bQFont\b|#[0-9A-Fa-f]{6}", text), module


@pytest.mark.parametrize("name", ["month", "week", "day"])
@pytest.mark.parametrize("size", [(360, 256), (360, 560), (820, 560), (1236, 842), (2400, 1400)])
def test_every_size_can_be_painted(calendar, name, size):
    calendar.show_entries(many(120))
    calendar.show_view(name)
    calendar.resize(*size)
    assert calendar.size().toTuple() == size
    assert calendar.grab().size().toTuple() == size


def test_a_new_theme_reaches_the_board(calendar, qapp):
    calendar.show_entries(many(30))
    light = calendar.board().viewport().grab().toImage()
    try:
        theme.apply(qapp, "dark", "en")
        dark = calendar.board().viewport().grab().toImage()
        theme.apply(qapp, "light", "en", 130)
        large = calendar.board().visualRect(calendar.model.index(0)).height()
    finally:
        theme.apply(qapp, "light", "en")
    assert light.pixelColor(400, 10).lightness() > 200 > 60 > dark.pixelColor(400, 10).lightness()
    assert large == 23
    assert calendar.board().visualRect(calendar.model.index(0)).height() == 18


def test_what_is_dragged_is_painted(calendar):
    for name in ("month", "week"):
        calendar.show_view(name)
        calendar.show_entries([timed("a", "Visit", at(18, 9)), whole("b", "Fair", 17, 2)])
        for key in ("a", "b"):
            board = calendar.board()
            start = board.visualRect(calendar.model.index_of(key)).center()
            before = board.viewport().grab().toImage()
            drag(board, start, start + (board.rect().center() - start) / 2, drop=False)
            assert board.viewport().grab().toImage() != before
            board.mouse.cancel()


def test_an_unknown_colour_is_grey(calendar):
    calendar.show_entries([timed("a", "Visit", at(18, 9), tone="#ff0000")])
    assert calendar.board().tiles()[0].tone == "grey"
    assert not calendar.grab().isNull()
