"""What time it is: stored in UTC, days in the zone of this PC; tests set their own."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo


class Clock:
    """The PC's clock."""

    def now(self) -> datetime:
        """Now in UTC, without zone, to the second (as the database stores it)."""
        return datetime.now(UTC).replace(tzinfo=None, microsecond=0)

    def today(self) -> date:
        """The local calendar day."""
        return to_local(self.now()).date()


class FixedClock(Clock):
    """A clock that stands where it was set (UTC), for tests and pictures."""

    def __init__(self, now: datetime):
        self.at = now

    def now(self) -> datetime:
        return self.at


def to_local(moment: datetime, zone: tzinfo | None = None) -> datetime:
    """A stored UTC moment as wall time of this PC (or of `zone`), without zone."""
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def to_utc(wall: datetime, zone: tzinfo | None = None) -> datetime:
    """Wall time of this PC (or of `zone`), without zone, as the UTC moment that is stored."""
    return (wall.replace(tzinfo=zone) if zone else wall).astimezone(UTC).replace(tzinfo=None)
