"""What all of the demo company is made with: one seeded chance, the days around today, ids and the people who act."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from crm_desktop.business.staff.employee import Employee
from crm_desktop.core import clock as clocks
from crm_desktop.core.clock import Clock
from crm_desktop.core.record import Record

T = TypeVar("T")

DAY = timedelta(days=1)
SATURDAY = 5
_IDS_SINCE = datetime(2020, 1, 1)


FRIDAY = 4


@dataclass(frozen=True)
class Later:
    """Something that happened to a record after it was made; changes: field -> (old, new) in storage form."""

    record: Record
    at: datetime
    who: int | None
    changes: dict[str, tuple[Any, Any]]
    action: str = "update"


@dataclass
class World:
    """The demo company while it is being made.

    staff: the employees by user name, filled first. picked: ids of stages, products and tags by their code or name.
    later: what happened to records after they were made. turned: opportunity -> (in its stage since, closed at).
    """


    clock: Clock
    chance: random.Random
    staff: dict[str, Employee] = field(default_factory=dict)
    picked: dict[str, dict[str, int]] = field(default_factory=dict)
    later: list[Later] = field(default_factory=list)
    turned: dict[int, tuple[datetime, datetime | None]] = field(default_factory=dict)
    _serial: int = 0

    def __post_init__(self) -> None:
        self.now = self.clock.now()
        self.today = self.clock.today()

    def employee(self, employee_id: int | None) -> Employee:
        """One of the staff by id."""
        return next(one for one in self.staff.values() if one.id == employee_id)

    def owned(self, record: Record, owner: Employee | None, at: datetime) -> Record:
        """Let a record be made by its owner at a moment (UTC, cut to now), with an id of that time."""
        at = min(at, self.now)
        self._serial += 1
        record.id = int((at - _IDS_SINCE).total_seconds() * 1000) << 21 | self._serial
        record.created_at = at
        if owner is not None:
            record.owner, record.department, record.created_by = owner.id, owner.department, owner.id
        return record

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """Wall time of a day, as the UTC moment that is stored."""
        return clocks.to_utc(datetime.combine(day, time(hour, minute)))

    def office_hour(self, day: date) -> datetime:
        """Some moment of a working day's office hours; never later than now."""
        minute = self.chance.choice((0, 5, 10, 15, 20, 30, 35, 40, 45, 50))
        hour = self.chance.choice((8, 9, 9, 10, 10, 11, 13, 14, 14, 15, 16, 16, 17))
        while self.at(day, hour, minute) > self.now:
            # Before the office opens, what is newest happened on the working day before.
            day -= timedelta(1 + max(0, (day - timedelta(1)).weekday() - FRIDAY))
        return self.at(day, hour, minute)

    def workday(self, day: date) -> date:
        """The day itself, or the Friday before when it is a weekend."""
        return day - DAY * max(0, day.weekday() - SATURDAY + 1)

    def ago(self, least: int, most: int) -> date:
        """A working day between so many days ago."""
        return self.workday(self.today - DAY * self.chance.randint(least, most))

    def one(self, choices: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """One of several, the heavier ones more often."""
        return self.chance.choices(choices, weights)[0] if weights else self.chance.choice(choices)

    def likely(self, share: float) -> bool:
        """True in this share of cases."""
        return self.chance.random() < share

    def happened(
        self, record: Record, at: datetime, who: int | None, action: str = "update", **changes: tuple[Any, Any]
    ) -> None:
        """Note a change for the record's history; the record itself holds the newest values already."""
        self.later.append(Later(record, min(at, self.now), who, changes, action))
