"""One line of the table of figures: what was done, the plainest code that does the same, ours, and the bar."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

HEAD = f"{'work':<62}{'floor':>10}{'ours':>10}{'unit':>6}{'ratio':>8}{'bar':>10}  reached"


@dataclass(frozen=True)
class Figure:
    """A measured work. `most` is what `ours` may be: `bar` times the floor, or `bar` itself when it is no ratio."""

    work: str
    ours: float
    floor: float | None = None
    bar: float | None = None
    unit: str = "ms"
    ratio: bool = True
    extra: float = 0.0  # what may come on top of the floor: the one repaint after a query

    @property
    def most(self) -> float | None:
        if self.bar is None:
            return None
        return self.bar * (self.floor or 0) + self.extra if self.ratio else self.bar

    @property
    def reached(self) -> bool:
        return self.most is None or self.ours <= self.most

    def line(self) -> str:
        """The figure as a line under HEAD."""
        floor = "–" if self.floor is None else f"{self.floor:,.2f}"
        ratio = f"{self.ours / self.floor:.2f}" if self.floor and self.ratio else "–"
        if self.bar is None:
            bar = "–"
        elif self.ratio and self.extra:
            bar = f"≤ {self.most:,.1f}"
        else:
            bar = f"≤ {self.bar:.0f}" if not self.ratio and self.bar > 100 else f"≤ {self.bar:g}" + (" ×" if self.ratio else "")
        verdict = "" if self.bar is None else "yes" if self.reached else "NO"
        return f"{self.work:<62}{floor:>10}{self.ours:>10,.2f}{self.unit:>6}{ratio:>8}{bar:>10}  {verdict}"


def tell(figures: Iterable[Figure]) -> bool:
    """Print figures as they come; whether every bar was reached."""
    good = True
    print(HEAD)
    for figure in figures:
        print(figure.line(), flush=True)
        good &= figure.reached
    return good


def in_turn(
    *works: Callable[[], object],
    rounds: int = 15,
    clock: Callable[[], float] = time.process_time,
    pick: Callable[[list[float]], float] = statistics.median,
) -> list[float]:
    """The median of each work in milliseconds, done in turn, so that a busy computer disturbs all alike."""
    spent: list[list[float]] = [[] for _work in works]
    for work in works:
        work()
    gc.collect()
    for _round in range(rounds):
        for times, work in zip(spent, works, strict=True):
            begun = clock()
            work()
            times.append((clock() - begun) * 1000)
    return [pick(times) for times in spent]
