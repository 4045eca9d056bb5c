"""One act on many records: what it would do, counted before it is done, and what goes along when records are deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm_desktop.core import custom
from crm_desktop.core.access import Actor, Why
from crm_desktop.core.errors import Refused, Trouble
from crm_desktop.core.record import Record
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.outcome import Outcome
    from crm_desktop.core.records import Records
    from crm_desktop.core.unit import Unit

PACKET = 200  # records of a rehearsal that are written and taken back at once
TOLD_EVERY = 20
Progress = Callable[[int, int], None]
Act = Callable[["Unit", int], None]

NOT_FOR_MANY = _("This field cannot be changed for many records at once.")


@dataclass
class Preview:
    """What an act would do: ids that would change, those that are so already, and (id, reason) of those refused."""

    changed: list[int] = field(default_factory=list)
    same: list[int] = field(default_factory=list)
    refused: list[tuple[int, Trouble | Why]] = field(default_factory=list)


class Setting:
    """The act that gives a field a value."""

    def __init__(self, record_type: type[Record], declared: custom.AnyField, value: Any) -> None:
        self.record_type, self._declared, self._value = record_type, declared, value

    def __call__(self, unit: Unit, record_id: int) -> None:
        """Do it with one record."""
        self._save(unit, [unit.get(self.record_type, record_id)])

    def together(self, unit: Unit, ids: Sequence[int]) -> list[int]:
        """Do it with those of which each is judged by itself alone, and which are the actor's; gives the others."""
        if self.record_type.check is not Record.check:
            return list(ids)
        scope = unit.actor.scope(self.record_type)
        there = unit.all_current(self.record_type, ids).values()
        plain = {one.id: one for one in there if one.deleted_at is None and scope.holds(one.owner, one.department)}
        self._save(unit, [plain[one] for one in ids if one in plain])
        return [one for one in ids if one not in plain]

    def _save(self, unit: Unit, several: Sequence[Record]) -> None:
        for record in several:
            custom.put(record, self._declared, self._value)
        unit.save_all(several)


def setting(records: Records, record_type: type[Record], name: str, value: Any) -> Setting:
    """The act that gives a field a value. Raises Refused for fields that are not set so."""
    declared = records.fields(record_type)[name]
    if declared.readonly or name == record_type.state_field():
        raise Refused(NOT_FOR_MANY)
    return Setting(record_type, declared, value)


def rehearse(records: Records, ids: Iterable[int], actor: Actor, act: Act, progress: Progress | None = None) -> Preview:
    """Do the act on all of them as it would be done, and take every packet back. `progress` may raise Cancelled."""
    wanted, preview = list(dict.fromkeys(ids)), Preview()
    for start in range(0, len(wanted), PACKET):
        packet = wanted[start : start + PACKET]
        part = _rehearsed(records, packet, actor, act)
        preview.changed += part.changed
        preview.same += part.same
        preview.refused += part.refused
        if progress is not None:
            progress(start + len(packet), len(wanted))
    return preview


def in_packets(
    records: Records, ids: Iterable[int], actor: Actor, what: str, alone: Act, progress: Progress | None = None,
    together: Callable[[Unit, Sequence[int]], list[int]] | None = None,
) -> Outcome:  # fmt: skip
    """The same act on many records in one batch, as `Records.each` tells. together: does it with those of a packet about which there is
    nothing to say at once, and gives the others, which `alone` does or refuses."""
    from crm_desktop.core.outcome import Outcome

    wanted = list(dict.fromkeys(ids))

    def work(unit: Unit) -> Outcome:
        outcome = Outcome()
        for start in range(0, len(wanted), PACKET):
            packet = wanted[start : start + PACKET]
            left = set(_together(unit, packet, together) if together is not None else packet)
            for place, one in enumerate(packet):
                if progress is not None and place % TOLD_EVERY == 0:
                    progress(start + place, len(wanted))
                try:
                    if one in left:
                        with unit.step():
                            alone(unit, one)
                    outcome.done.append(one)
                except Trouble as trouble:
                    outcome.refused.append((one, trouble))
        return outcome

    outcome, change = records.unit(actor, work, what)
    outcome.batch = change.batch if change.touched else None
    return outcome


def _together(unit: Unit, packet: Sequence[int], together: Callable[[Unit, Sequence[int]], list[int]]) -> list[int]:
    """Those with which it was not done. When one is refused on the way, each half is tried on its own."""
    try:
        with unit.step():
            return together(unit, packet)
    except Trouble:
        if len(packet) == 1:
            return list(packet)
    half = len(packet) // 2
    return _together(unit, packet[:half], together) + _together(unit, packet[half:], together)


class _TakenBack(Exception):
    """Ends a rehearsed packet, so that the transaction is rolled back."""


def _rehearsed(records: Records, packet: Sequence[int], actor: Actor, act: Act) -> Preview:
    found: list[Preview] = []

    def work(unit: Unit) -> None:
        preview = Preview()
        found[:] = [preview]
        left: Sequence[int] = packet
        if isinstance(act, Setting):
            left = _together(unit, packet, act.together)
            written = {one for key, one, _action in unit.touched if key == act.record_type.key()}
            for one in packet:
                if one not in left:
                    (preview.changed if one in written else preview.same).append(one)
        for record_id in left:
            before = len(unit.touched)
            try:
                with unit.step():
                    act(unit, record_id)
            except Trouble as trouble:
                preview.refused.append((record_id, trouble))
                continue
            (preview.changed if len(unit.touched) > before else preview.same).append(record_id)
        raise _TakenBack

    try:
        records.unit(actor, work, "bulk")
    except _TakenBack:
        return found[0]
    raise AssertionError("a rehearsal ends by being taken back")


def going_along(records: Records, record_type: type[Record], ids: Sequence[int]) -> list[tuple[type[Record], int]]:
    """How many records of which types go into the recycle bin with these."""
    counts: dict[type[Record], int] = {}
    for child, link in records.belonging(record_type):
        instead = "".join(f" AND `{other}` IS NULL" for other in child.preferred(link))
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            sql = f"SELECT COUNT(*) FROM `{child.key()}` WHERE `{link}` IN ({', '.join('?' * len(part))}) AND deleted_at IS NULL{instead}"
            counts[child] = counts.get(child, 0) + records.database.read(sql, part)[0][0]
    return [(child, count) for child, count in counts.items() if count]
