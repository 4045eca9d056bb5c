"""Measure the list of customers: pages, jumps, the end, another order, counts; and that the window never stands still.

    python -m benchmarks.lists                        100,000 customers on SQLite and on a MariaDB of its own
    python -m benchmarks.lists --full                 1,000,000 on SQLite, 100,000 on MariaDB
    python -m benchmarks.lists --server mysql://root@127.0.0.1:3306/bench --customers 1000000

The floor is the raw keyset query on the same connection, its rows fetched and nothing done with them. Milliseconds: CPU of
this process on SQLite, the least wall clock on a server. In the window CPU until the rows are painted; "stands still" is the
longest time the window does not come to its events (the median of several runs), less the time in which the system let other
programs have the processor.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from benchmarks.figure import Figure, in_turn, tell  # noqa: E402
from benchmarks.rows import Bench, bench  # noqa: E402
from crm_desktop.business import Customer  # noqa: E402
from crm_desktop.business.staff.sign_in import actor_for  # noqa: E402
from crm_desktop.core.access import Actor  # noqa: E402
from crm_desktop.core.views import View  # noqa: E402
from crm_desktop.ui.desk import Desk  # noqa: E402
from crm_desktop.ui.records.list_page import ListPage  # noqa: E402
from crm_desktop.ui.records.model import FIRST, PAGE  # noqa: E402
from crm_desktop.ui.runner import Runner  # noqa: E402
from crm_desktop.ui.shell import theme  # noqa: E402
from crm_desktop.ui.tongue import speak  # noqa: E402
from tests import servers  # noqa: E402

NAMES = Customer.screen.columns.split()
COLUMNS = ", ".join(["id", *NAMES])
SORTED = View(sort=(("next_contact_on", False),))
BEAT = 2  # ms between two looks at the clock
BLOCKED = 50
PATIENCE = 120_000


# The questions, without a window


class Questions:
    """What the list asks the door, and the same asked by bare SQL."""

    def __init__(self, made: Bench, actor: Actor) -> None:
        self.made, self.actor, self.records = made, actor, made.records
        scope = actor.scope(Customer)
        mine = "" if scope.all else f" AND owner = {min(scope.owners)}" if scope.owners else f" AND department = {min(scope.departments)}"
        self.where = f"WHERE deleted_at IS NULL{mine}"
        self.ids = self.records.ids(Customer, actor)
        self.middle = len(self.ids) // 2
        self.spot = self.read(f"SELECT sort_key, id FROM customer WHERE id = {self.ids[self.middle]}")[0]

    def read(self, sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
        line = self.records.database.line()
        return list(line.fetch(self.records.database.backend.statement(sql), params))

    def learn(self, rows: Any) -> Any:
        """As the model does in its worker: owners are kept in memory, nothing else is linked."""
        place = NAMES.index("owner")
        self.records.names.learn("employee", [values[place] for values in rows])
        return rows

    def first(self) -> Any:
        rows = self.records.page(Customer, self.actor, View(), NAMES, FIRST)
        return self.learn([values for _id, values in rows])

    def raw_first(self) -> Any:
        return self.read(f"SELECT {COLUMNS} FROM customer {self.where} ORDER BY sort_key, id LIMIT {FIRST}")

    def jump(self) -> Any:
        ids = self.ids[self.middle + 1 : self.middle + 1 + PAGE]
        return self.learn(list(self.records.rows(Customer, self.actor, ids, NAMES).values()))

    def raw_jump(self) -> Any:
        key, number = self.spot
        beyond = f"{self.where} AND sort_key >= ? AND (sort_key > ? OR id > ?)"
        return self.read(f"SELECT {COLUMNS} FROM customer {beyond} ORDER BY sort_key, id LIMIT {PAGE}", (key, key, number))

    def end(self) -> Any:
        rows = self.records.page(Customer, self.actor, View(), NAMES, FIRST, backwards=True)
        return self.learn([values for _id, values in rows])

    def raw_end(self) -> Any:
        return self.read(f"SELECT {COLUMNS} FROM customer {self.where} ORDER BY sort_key DESC, id DESC LIMIT {FIRST}")

    def sort(self) -> Any:
        rows = self.records.page(Customer, self.actor, SORTED, NAMES, FIRST)
        return self.learn([values for _id, values in rows])

    def raw_sort(self) -> Any:
        return self.read(f"SELECT {COLUMNS} FROM customer {self.where} ORDER BY next_contact_on, id LIMIT {FIRST}")

    def capped(self) -> Any:
        return self.records.count(Customer, self.actor, cap=10_000)

    def raw_capped(self) -> Any:
        return self.read(f"SELECT COUNT(*) FROM (SELECT id FROM customer {self.where} LIMIT 10000) c")

    def count(self) -> Any:
        return self.records.count(Customer, self.actor)

    def raw_count(self) -> Any:
        return self.read(f"SELECT COUNT(*) FROM customer {self.where}")


def people(made: Bench) -> Iterator[tuple[str, Actor]]:
    for name, number in (("salesperson", made.seller), ("department", made.manager), ("everything", made.general)):
        yield name, actor_for(made.records, number)


def questions(made: Bench, repaint: float) -> Iterator[Figure]:
    """The questions of the list beside bare SQL; one repaint may come on top of twice the floor."""
    engine = made.records.database.engine
    wall = engine == "mysql"
    clock = time.perf_counter if wall else time.process_time
    for who, actor in people(made):
        ask = Questions(made, actor)
        size = f"{engine}, {who}, {len(ask.ids):,}"
        assert [row[0] for row in ask.raw_first()] == list(ask.ids[:FIRST])
        works = (
            ("first page", ask.raw_first, ask.first),
            ("jump", ask.raw_jump, ask.jump),
            ("end", ask.raw_end, ask.end),
            ("first page by next contact", ask.raw_sort, ask.sort),
        )
        for name, floor, ours in works:
            least, mine = in_turn(floor, ours, rounds=31, clock=clock, pick=min if wall else statistics.median)
            yield Figure(f"{name} ({size})", mine, least, 2, extra=repaint)
        for name, floor, ours in (("count to 10,000", ask.raw_capped, ask.capped), ("exact count", ask.raw_count, ask.count)):
            least, mine = in_turn(floor, ours, rounds=7, clock=clock, pick=min if wall else statistics.median)
            yield Figure(f"{name} ({size})", mine, least)


# The window


def others_had() -> float:
    """Seconds in which this thread could have run but other programs did; 0 where the system does not tell."""
    try:
        with open("/proc/thread-self/schedstat", "rb") as told:
            return int(told.read().split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        return 0.0


class Stage:
    """The list of customers on a window of its own, with working threads, and a look at the clock every two milliseconds."""

    def __init__(self, made: Bench, employee: int) -> None:
        self.runner = Runner(interrupt=made.records.database.interrupt, thread_ends=made.records.database.close_thread)
        self.desk = Desk(made.records, actor_for(made.records, employee), self.runner)
        self.loop = QEventLoop()
        self.beat = QTimer(interval=BEAT)
        self.beat.timeout.connect(self._look)
        self.last = self.waited = self.longest = 0.0
        self.done: Callable[[], bool] = lambda: True
        self.page: ListPage | None = None

    def _look(self) -> None:
        now, waited = time.perf_counter(), others_had()
        self.longest = max(self.longest, now - self.last - (waited - self.waited))
        self.last, self.waited = now, waited
        if self.done():
            self.loop.quit()

    def run(self, act: Callable[[], object], done: Callable[[], bool]) -> tuple[float, float]:
        """Do something in the window and wait until it is done: (CPU, longest standstill), both in milliseconds."""
        gc.collect()
        self.done, self.longest = done, 0.0
        begun, self.last, self.waited = time.process_time(), time.perf_counter(), others_had()
        self.beat.start()
        QTimer.singleShot(PATIENCE, self.loop.quit)
        QTimer.singleShot(0, act)
        self.loop.exec()
        self.beat.stop()
        return (time.process_time() - begun) * 1000, self.longest * 1000 - BEAT

    def open(self) -> None:
        self.page = ListPage(self.desk, Customer)
        self.page.resize(1280, 900)
        self.page.show()

    def painted(self) -> bool:
        """Whether what is in sight has its values and has been painted with them."""
        page = self.page
        if page is None or not page.model.row_count():
            return False
        top = page.table.rowAt(0)
        seen = [page.model.record_id(row) for row in range(top, min(top + 20, page.model.row_count()))]
        return bool(seen) and all(one is not None and one in page.model._values for one in seen)

    def quiet(self) -> bool:
        return self.painted() and not self.runner.busy()

    def sort(self, view: View) -> Callable[[], bool]:
        """Ask for another order; returns what says that its first rows are here."""
        page = self.page
        assert page is not None
        resets: list[int] = []
        link = page.model.modelReset.connect(lambda: resets.append(1))
        page.show_view(replace(page.view, sort=view.sort))

        def done() -> bool:
            if resets and self.painted():
                page.model.modelReset.disconnect(link)
                return True
            return False

        return done

    def put_away(self) -> None:
        """The list is closed, with everything that was asked for it."""
        self.run(lambda: None, self.quiet)
        if self.page is not None:
            self.page.close()
            self.page.deleteLater()
            self.page = None
        for _round in range(5):
            QApplication.processEvents()
            gc.collect()

    def close(self) -> None:
        self.put_away()
        self.desk.close()
        self.runner.close()


def window(made: Bench, rounds: int = 7) -> Iterator[Figure]:
    """Opening, jumping, sorting in the window, for who sees everything and for the salesperson."""
    app = QApplication.instance() or theme.new_application(["bench"])
    assert isinstance(app, QApplication)
    qInstallMessageHandler(lambda *_told: None)  # the offscreen platform says at every window what it cannot do
    speak("zh_CN")
    theme.apply(app, "light", "zh_CN")
    for who, employee in (("salesperson", made.seller), ("everything", made.general)):
        stage = Stage(made, employee)
        stage.run(stage.open, stage.quiet)
        assert stage.page is not None
        total = stage.page.model.row_count()
        tale = f"window, {who}, {total:,}"
        opened, settled = [], []
        for _round in range(rounds):
            stage.put_away()
            opened.append(stage.run(stage.open, stage.painted))
            stage.put_away()
            settled.append(stage.run(stage.open, stage.quiet))
        yield Figure(f"open to first paint, CPU ({tale})", _middle(opened))
        yield Figure(f"open, stands still ({tale})", _stood(opened + settled), None, BLOCKED, ratio=False)
        jumps = [_jump(stage, number) for number in range(rounds * 3)]
        yield Figure(f"jump to paint, CPU ({tale})", _middle(jumps))
        yield Figure(f"jump, stands still ({tale})", _stood(jumps), None, BLOCKED, ratio=False)
        sorts = [_sort(stage, number) for number in range(rounds)]
        yield Figure(f"re-sort to first paint, CPU ({tale})", _middle([one for one, _all in sorts]), None, 120, ratio=False)
        yield Figure(f"re-sort, stands still ({tale})", _stood([whole for _one, whole in sorts]), None, BLOCKED, ratio=False)
        yield Figure(f"select all ({tale})", _select_all(stage), None, 5, ratio=False)
        stage.close()


def _jump(stage: Stage, number: int) -> tuple[float, float]:
    page = stage.page
    assert page is not None
    bar = page.table.verticalScrollBar()
    return stage.run(lambda: bar.setValue(bar.maximum() * (number * 37 % 100) // 100), stage.painted)


def _sort(stage: Stage, number: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """(until the first paint, until everything is known)."""
    stage.run(lambda: None, stage.quiet)
    asked: list[Callable[[], bool]] = []
    view = View(sort=(("next_contact_on", number % 2 == 1),))
    first = stage.run(lambda: asked.append(stage.sort(view)), lambda: bool(asked) and asked[0]())
    rest = stage.run(lambda: None, stage.quiet)
    return first, (0.0, max(first[1], rest[1]))


def _select_all(stage: Stage) -> float:
    page = stage.page
    assert page is not None
    begun = time.process_time()
    page.table.selectAll()
    return (time.process_time() - begun) * 1000


def _middle(runs: list[tuple[float, float]]) -> float:
    return statistics.median(run[0] for run in runs)


def _stood(runs: list[tuple[float, float]]) -> float:
    return statistics.median(run[1] for run in runs)


# All of it


def repaint_once() -> float:
    """Milliseconds of one repaint of a list with pills and avatars."""
    from benchmarks import repaint

    return next(figure.ours for figure in repaint.figures() if "pills" in figure.work)


def figures(customers: int = 100_000, on_server: int = 100_000, address: str = "") -> Iterator[Figure]:
    """Everything about lists; `on_server` 0 leaves the server out."""
    once = repaint_once()
    made = bench(customers)
    yield from questions(made, once)
    yield from window(made)
    made.records.database.close()
    if not on_server:
        return
    with servers.borrowed(address) as server:
        made = bench(on_server, address or f"{server}/lists{on_server}")
        yield from questions(made, once)
        made.records.database.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--server", default="", help="address of a schema to use instead of a server of its own")
    parser.add_argument("--on-server", type=int, default=100_000, help="customers on the server; 0 leaves it out")
    parser.add_argument("--full", action="store_true")
    options = parser.parse_args()
    customers = 1_000_000 if options.full else options.customers
    return 0 if tell(figures(customers, options.on_server, options.server)) else 1


if __name__ == "__main__":
    sys.exit(main())
