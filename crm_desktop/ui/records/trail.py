"""The records opened one from the other in the detail dock, to go back and forward like in a browser."""

from __future__ import annotations

Place = tuple[str, int]  # type, id
LONGEST = 50


class Trail:
    """`before` and `after` the record that is shown, the nearest at the end of each."""

    def __init__(self) -> None:
        self.before: list[Place] = []
        self.after: list[Place] = []

    def leave(self, place: Place, for_place: Place) -> None:
        """Another record is opened from this one."""
        if place != for_place:
            self.before = [*self.before, place][-LONGEST:]
            self.after = []

    def back(self, place: Place | None) -> Place | None:
        """Where to go back to from `place`; None when there is nothing before."""
        return _step(self.before, self.after, place)

    def forward(self, place: Place | None) -> Place | None:
        """Where to go forward to from `place`; None when there is nothing after."""
        return _step(self.after, self.before, place)


def _step(way: list[Place], other: list[Place], place: Place | None) -> Place | None:
    while way:
        found = way.pop()
        if found != place:
            if place is not None:
                other.append(place)
            return found
    return None
