"""What a desktop does by itself while somebody is signed in: looks for reminders and runs scheduled exports."""

from __future__ import annotations

from collections.abc import Callable

from crm_desktop.core.access import Actor
from crm_desktop.core.records import Records
from crm_desktop.scheduling.clockwork import EVERY, Clockwork
from crm_desktop.scheduling.reminders import Rings, ring, ring_at_start
from crm_desktop.scheduling.schedules import Export, Run, Runner


class Watch:
    """The clockwork of one signed-in person.

    `on_rings` and `on_runs` are called in its threads, only when there is something to tell: a window hands in the emit of
    signals. The first look tells what was missed while the program was closed.
    """

    def __init__(
        self,
        records: Records,
        actor: Callable[[], Actor],
        export: Export,
        on_rings: Callable[[Rings], object],
        on_runs: Callable[[list[Run]], object],
        every: float = EVERY,
    ):
        self.records, self.actor = records, actor
        self.runner = Runner(records, actor, export)
        self._on_rings, self._on_runs = on_rings, on_runs
        self._started = False
        self._clockwork = Clockwork({"reminders": self._look, "schedules": self._run}, every)
        self.start, self.look, self.stop = self._clockwork.start, self._clockwork.look, self._clockwork.stop

    def _look(self) -> None:
        now = self.records.clock.now()
        rings = (ring if self._started else ring_at_start)(self.records, self.actor(), now)
        self._started = True
        if rings:
            self._on_rings(rings)

    def _run(self) -> None:
        runs = self.runner.run_due()
        if runs:
            self._on_runs(runs)
