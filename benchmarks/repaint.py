"""Measure painting: a full repaint and a scroll step of a list of 31 × 12 cells, against Qt's own model and delegate.

    python -m benchmarks.repaint

The floor is a QTableView with a QStandardItemModel and Qt's own delegate: nothing of it is Python. Ours is the list of the
program, once with plain texts and once with the avatars, pills and due days of the style guide. CPU milliseconds.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QStandardItem, QStandardItemModel  # noqa: E402
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView  # noqa: E402

from benchmarks.figure import Figure, in_turn, tell  # noqa: E402
from crm_desktop.ui.shell import theme, tokens  # noqa: E402
from crm_desktop.ui.widgets.columns import Column  # noqa: E402
from crm_desktop.ui.widgets.rows import RowsModel  # noqa: E402
from crm_desktop.ui.widgets.table import Table  # noqa: E402

ROWS, SEEN, COLUMNS, WIDTH = 2_000, 31, 12, 116
TODAY = date(2026, 3, 18)
CHARACTERS = "华为技术有限公司上海北京苏州杭州明达科技电子贸易机械设备新材料医疗器械自动化集团股份"
STATUSES = {"potential": "潜在", "active": "跟进中", "key": "重点", "dormant": "休眠"}
TONES = {"potential": "grey", "active": "accent", "key": "ok", "dormant": "warn"}


def plain_columns() -> list[Column]:
    return [Column(f"c{place}", f"列 {place}", "text", WIDTH) for place in range(COLUMNS)]


def rich_columns() -> list[Column]:
    """The kinds of a customer list, every one that draws more than a text among them."""
    kinds: tuple[Any, ...] = (
        "name", "level", "pill", "due", "owner", "muted", "text", "money", "tags", "owner", "moment", "percent",
    )  # fmt: skip
    labels = {"pill": STATUSES, "level": {key: key for key in "ABC"}}
    return [
        Column(f"c{place}", f"列 {place}", kind, WIDTH, TONES if kind == "pill" else {}, labels.get(kind, {}))
        for place, kind in enumerate(kinds)
    ]


def texts(chance: random.Random) -> list[list[str]]:
    return [["".join(chance.choices(CHARACTERS, k=chance.randint(2, 7))) for _ in range(COLUMNS)] for _row in range(ROWS)]


def rich_rows(chance: random.Random) -> list[list[Any]]:
    def row() -> list[Any]:
        words = ["".join(chance.choices(CHARACTERS, k=chance.randint(2, 5))) for _ in range(4)]
        owners = [f"业务员{chance.randrange(50):02d}" for _ in range(2)]
        phone, made = f"138{chance.randrange(10**8):08d}", f"2026-03-{chance.randint(1, 18):02d} 10:{chance.randint(10, 59)}"
        return [
            words[0], chance.choice("ABC"), chance.choice(list(STATUSES)), TODAY + timedelta(chance.randint(-20, 40)), owners[0], phone,
            words[1], chance.randint(1, 10**7), (words[2][:2], words[3][:2]), owners[1], made, chance.randint(0, 100),
        ]  # fmt: skip

    return [row() for _row in range(ROWS)]


def qt_view(rows: list[list[str]]) -> QTableView:
    model = QStandardItemModel(ROWS, COLUMNS)
    for row, values in enumerate(rows):
        for column, text in enumerate(values):
            model.setItem(row, column, QStandardItem(text))
    view = QTableView()
    view.setModel(model)
    model.setParent(view)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(theme.px(tokens.DENSITY["standard"]))
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.horizontalHeader().setDefaultSectionSize(WIDTH)
    return view


def ours(columns: list[Column], rows: list[list[Any]]) -> Table:
    return Table(RowsModel(columns, rows), "Bench", lambda: TODAY)


def show(view: QTableView) -> QTableView:
    """The view in a size in which exactly 31 rows and 12 columns are seen."""
    height = theme.px(tokens.DENSITY["standard"])
    view.resize(COLUMNS * WIDTH + 40, SEEN * height + view.horizontalHeader().sizeHint().height() + 2)
    view.show()
    for _round in range(5):
        QApplication.processEvents()
    return view


def repaint(view: QTableView) -> Callable[[], object]:
    viewport = view.viewport()
    return lambda: viewport.repaint()


def scroll(view: QTableView) -> Callable[[], object]:
    """Three rows further down, as a step of the wheel does, over rows never seen before."""
    bar, step = view.verticalScrollBar(), 3 * theme.px(tokens.DENSITY["standard"])

    def work() -> None:
        bar.setValue(bar.value() + step)
        QApplication.processEvents()

    return work


def figures() -> Iterator[Figure]:
    """The painting figures."""
    app = QApplication.instance() or theme.new_application(["bench"])
    assert isinstance(app, QApplication)
    theme.apply(app, "light", "zh_CN")
    chance = random.Random(1)
    words = texts(chance)
    floor, plain, rich = show(qt_view(words)), show(ours(plain_columns(), words)), show(ours(rich_columns(), rich_rows(chance)))
    least, of_texts, of_pills = in_turn(repaint(floor), repaint(plain), repaint(rich), rounds=41)
    yield Figure("full repaint, 31 × 12 texts (floor: QStandardItemModel)", of_texts, least, 1.6)
    yield Figure("full repaint, 31 × 12 with pills and avatars", of_pills, least, 4)
    least, of_texts, of_pills = in_turn(scroll(floor), scroll(plain), scroll(rich), rounds=101)
    yield Figure("scroll step of three new rows, texts", of_texts, least, 16, ratio=False)
    yield Figure("scroll step of three new rows, pills and avatars", of_pills, least, 16, ratio=False)
    for view in (floor, plain, rich):
        view.close()


if __name__ == "__main__":
    sys.exit(0 if tell(figures()) else 1)
