"""Records that are there already: their keys kept with every write, looked up while somebody types and again at saving.

The company's setting `duplicates` says what happens when the same is saved twice: "off", "warn" (who saves it in a window is
asked once) or "refuse" (nobody may).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from crm_desktop.core import access, alike, apart, untold
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Marked, Trouble
from crm_desktop.core.fields import Field
from crm_desktop.core.record import Compared, Record
from crm_desktop.core.words import _, say

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.core.unit import Unit

SETTING = "duplicates"
WAYS = ("off", "warn", "refuse")
USUAL = "warn"
FORMAT_OF_KEYS = "alike_format"
_AT_ONCE = 400
_KEY = 10  # digits
_PAGE = 2_000
Run = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Twin:
    """A record that is the same or similar. Of one the actor may not see, only that it is there and whose: id 0, no title."""

    type: str
    id: int
    title: str
    owner: str
    likeness: alike.Likeness

    @property
    def seen(self) -> bool:
        return self.id != 0

    def reasons(self) -> tuple[alike.Reason, ...]:
        """Why. Of an unseen record a name is not told apart from the one that was typed."""
        vague = alike.Reason(_SIMILAR_NAME, {}, "name")
        return tuple(reason if self.seen or reason.about != "name" else vague for reason in self.likeness.reasons)

    def why(self, lang: str | None = None) -> str:
        """The reasons in one line."""
        return Why(self.reasons()).sentence(lang)


_SIMILAR_NAME = _("the same or a similar name")
_BOTH = _("{before}; {more}")
THERE = _("“{title}” is there already: {why}. Open it, or save yours all the same.")
THERE_REFUSED = _("“{title}” is there already: {why}. Your company does not keep the same one twice; open that one.")
FOREIGN = _("It is there already and belongs to {owner}: {why}. Ask before you save it all the same.")
FOREIGN_REFUSED = _("It is there already and belongs to {owner}: {why}. Your company does not keep the same one twice.")
OTHER = _("There is a {one} already: “{title}” ({why}). Open it, or save yours all the same.")
OTHER_FOREIGN = _("There is a {one} already, and it belongs to {owner} ({why}). Ask before you save yours all the same.")
NOBODYS = _("Nobody")


class Duplicate(Trouble):
    """The same record is there already. twins: which; forbidden: it may not be saved all the same; other: the type of the first,
    when it is another one."""

    def __init__(self, twins: list[Twin], forbidden: bool, other: type[Record] | None = None):
        first = twins[0]
        self.twins, self.forbidden = twins, forbidden
        told: dict[str, Any] = {"title": first.title} if first.seen else {"owner": first.owner or Marked(NOBODYS)}
        if other is not None:
            text, told["one"] = OTHER if first.seen else OTHER_FOREIGN, Kind(other.screen.one)
        elif first.seen:
            text = THERE_REFUSED if forbidden else THERE
        else:
            text = FOREIGN_REFUSED if forbidden else FOREIGN
        super().__init__(text, why=Why(first.reasons()), **told)


class Kind(Marked):
    """What records of a type are called, within a sentence."""

    def sentence(self, lang: str | None = None) -> str:
        return super().sentence(lang).lower()


class Why(Trouble):
    """Reasons as a value of a sentence."""

    def __init__(self, reasons: Sequence[alike.Reason]):
        super().__init__("")
        self.reasons = reasons

    def sentence(self, lang: str | None = None) -> str:
        told = dict.fromkeys(reason.sentence(lang) for reason in self.reasons)
        return reduce(lambda before, more: say(_BOTH, lang, before=before, more=more), told)


# Looking


def way(records: Records) -> str:
    """What the company does about the same record twice: one of WAYS."""
    chosen = records.settings.get(SETTING, USUAL)
    return chosen if chosen in WAYS else USUAL


def compared(record_type: type[Record]) -> Compared:
    """How records of this type are compared; a type that is not is a mistake of the caller."""
    assert record_type.compared is not None
    return record_type.compared


def sketch_of(record: Record) -> alike.Sketch:
    """What is compared of a record."""
    return alike.draw(compared(type(record)), record.id or 0, record.__data__)


def of(records: Records, record: Record, actor: Actor, limit: int = 8) -> list[Twin]:
    """Records that are the same as this one (saved or not) or similar, the surest first; also those of other types in which the
    same may stand: the customer a new lead is already."""
    record_type = type(record)
    if record_type.compared is None or way(records) == "off" or not (actor.may(record_type, "add") or actor.may(record_type, "edit")):
        return []
    sketch, read = sketch_of(record), records.database.read
    found = find(records, record_type, [sketch], actor, read, slips=_slips(records, record_type, sketch)).get(sketch.id, [])
    found += elsewhere(records, record_type, [sketch], actor, read).get(sketch.id, [])
    return sorted(found, key=_surest)[:limit]


def elsewhere(
    records: Records, record_type: type[Record], sketches: Sequence[alike.Sketch], actor: Actor, run: Run,
    keys: Mapping[int, Iterable[int]] | None = None, lock: bool = False,
) -> dict[int, list[Twin]]:  # fmt: skip
    """As `find`, in the other types in which the same may stand: the customer a lead is already, the open lead a customer was."""
    found: dict[int, list[Twin]] = {}
    for key in compared(record_type).also:
        there = find(records, records.types[key], sketches, actor, run, keys, lock, of=record_type)
        for one, several in there.items():
            found.setdefault(one, []).extend(several)
    return {one: sorted(several, key=_surest) for one, several in found.items()}


def _slips(records: Records, record_type: type[Record], sketch: alike.Sketch) -> set[int]:
    """Records whose name may be this one but for a slip among the first signs, which no key tells: the search index does."""
    found: set[int] = set()
    if sketch.person is None and sketch.companies and not records.database.strict and records.searched(record_type):
        for part in alike.without_slip(sketch.companies[0]):
            found |= {hit[0] for hit in records.matches(record_type, Actor.program(), part, alike.MOST)}
    return found - {sketch.id}


def _surest(twin: Twin) -> tuple[bool, int, int]:
    return not twin.likeness.same, -twin.likeness.score, twin.id


def find(
    records: Records, record_type: type[Record], sketches: Sequence[alike.Sketch], actor: Actor, run: Run,
    keys: Mapping[int, Iterable[int]] | None = None, lock: bool = False, slips: Collection[int] = (), of: type[Record] | None = None,
) -> dict[int, list[Twin]]:  # fmt: skip
    """The twins of many records at once, by the id of their sketch. keys: only those found by these of their keys; slips: records
    that are looked at whatever their keys; of: the type of the sketches, when it is another one."""
    how, people = compared(record_type), of is None or bool(compared(of).person and compared(record_type).person)
    if not people:  # a person's company and another one
        sketches, how = [sketch._replace(person=None) for sketch in sketches], how._replace(person="", within="")
    asked = {sketch.id: set(keys[sketch.id] if keys is not None else alike.hashed(alike.words_of(sketch))) for sketch in sketches}
    wanted = set().union(*asked.values())
    held = alike.holders(run, record_type.key(), wanted, lock and records.database.engine == "mysql")
    if records.database.engine == "mysql":
        for key, several in untold.waiting(records).holders(record_type.key(), wanted, run).items():
            held[key] = list(dict.fromkeys([*several, *held.get(key, ())]))
    near = {
        one: {other for key in several for other in held.get(key, ())[: alike.MOST]}.union(slips) - ({one} if of is None else set())
        for one, several in asked.items()
    }
    others = _rows(records, record_type, how, set().union(*near.values()), run, lock, settled=of is None)
    seen = records.sight(actor, record_type).seen((one, row[2], row[3], None) for one, row in others.items()) if others else set()
    parted = apart.pairs(run, (sketch.id for sketch in sketches if near[sketch.id]))
    found: dict[int, list[Twin]] = {}
    for sketch in sketches:
        twins = []
        for other in near[sketch.id]:
            if other in others and (sketch.id, other) not in parted:
                there, title, owner, _department = others[other]
                if people and sketch.person is None and of is not None:
                    there = there._replace(person=None)
                likeness = alike.judge(sketch, there)
                if likeness is not None:
                    name = records.names.title("employee", owner) if owner else ""
                    told = (other, title) if other in seen else (0, "")
                    twins.append(Twin(record_type.key(), *told, name, likeness))
        if twins:
            found[sketch.id] = sorted(twins, key=_surest)
    if records.database.guarded and not records.sight(actor, record_type).scope.all:
        for one, unseen in _unseen(records, record_type, sketches, asked, run, lock).items():
            found[one] = sorted([*found.get(one, ()), *unseen], key=_surest)
    return found


def _unseen(
    records: Records, record_type: type[Record], sketches: Sequence[alike.Sketch], asked: Mapping[int, Collection[int]], run: Run,
    lock: bool,
) -> dict[int, list[Twin]]:  # fmt: skip
    """What a server tells of records that it does not show: that they hold some of the surest keys, and whose they are."""
    told = {one.id: {word: sure for word, sure in alike.sure(one).items() if sure[0] in asked[one.id]} for one in sketches}
    found: dict[int, list[Twin]] = {}
    for part in _parts(told):
        asked_for = {word: sure[0] for one in part for word, sure in told[one].items()}
        wanted = ",".join(map(str, sorted(set(asked_for.values()))))
        words = ",".join(sorted(word for word in asked_for if not word.isdigit()))
        for owner, held in run("CALL held_unseen(?, ?, ?, ?)", (record_type.key(), wanted, words, int(lock))):
            keys = set(map(int, held.split(",")))
            for one in part:
                likeness = alike.judged([reason for key, reason in told[one].values() if key in keys])
                if likeness is not None:
                    name = records.names.title("employee", owner) if owner else ""
                    found.setdefault(one, []).append(Twin(record_type.key(), 0, "", name, likeness))
    return found


def _parts(told: Mapping[int, Collection[str]]) -> Iterator[list[int]]:
    """The sketches that have something to ask for, some at a time: what is asked for one is asked together."""
    part: list[int] = []
    room = alike.LONGEST
    for one, words in told.items():
        length = sum(max(len(word), _KEY) + 1 for word in words)
        if length > room and part:
            yield part
            part, room = [], alike.LONGEST
        if words:
            part.append(one)
            room -= length
    if part:
        yield part


def _rows(
    records: Records, record_type: type[Record], how: Compared, ids: Iterable[int], run: Run, lock: bool, settled: bool
) -> dict[int, tuple[alike.Sketch, str, int | None, int | None]]:
    """Living records by id: the sketch, title, owner and department of each; without those in a state that is settled (a converted
    lead) unless these are asked for."""
    wanted, names = sorted(ids), ", ".join(f"`{name}`" for name in ("id", record_type.title_field, "owner", "department", *how.fields()))
    state, closed = ("", []) if settled else _closed(record_type)
    end = f" AND `{state}` NOT IN ({', '.join('?' * len(closed))})" if closed else ""
    end += " LOCK IN SHARE MODE" if lock and records.database.engine == "mysql" else ""
    found = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT {names} FROM `{record_type.key()}` WHERE id IN ({marks}) AND deleted_at IS NULL{end}"
        for row in run(sql, (*part, *closed)):
            found[row[0]] = (alike.drawn(how, row[0], row[4:]), row[1] or "", row[2], row[3])
    return found


def _closed(record_type: type[Record]) -> tuple[str, list[str]]:
    """The state field of a type, "" for none, and the states in which a record of it is settled."""
    state = record_type.state_field()
    kind: Any = record_type.declared()[state].kind if state else None
    return state or "", [value.key for value in kind.states.values() if not value.open] if kind else []


# Keeping the keys, and the question at saving


def keep(unit: Unit, record_type: type[Record], written: Sequence[Record], old: Sequence[Record] | None) -> None:
    """Store the keys of records just written, in place of those they had, and ask whether they are there already."""
    if record_type.compared is None:
        return
    now, before = _columns(record_type, written), _columns(record_type, old or ())
    if old is not None:
        looked_at = alike.kin(record_type.compared, [name for name, values in now.items() if values != before[name]])
        if not looked_at:
            return
        now, before = ({name: columns[name] for name in looked_at} for columns in (now, before))
    had = set(alike.keys_by_column(record_type.compared, len(old or ()), before))
    have = set(alike.keys_by_column(record_type.compared, len(written), now))
    ids, key = [record.id for record in written], record_type.key()
    if gone := had - have:
        alike.drop(unit.tx, key, ids, gone)
    if come := have - had:
        alike.put(unit.tx, key, ids, come)
        _ask(unit, record_type, written, come)


def _columns(record_type: type[Record], records: Sequence[Record]) -> dict[str, list[Any]]:
    """What is compared of records, column by column."""
    return {name: [record.__data__.get(name) for record in records] for name in compared(record_type).fields()}


def keep_columns(
    unit: Unit, record_type: type[Record], ids: Sequence[int], stored: Mapping[str, Sequence[Any]], gathered: alike.Gathered | None = None
) -> None:
    """The same for many new records given column by column, brought in by a sheet: nobody is asked. gathered: takes the keys,
    to store them later."""
    if record_type.compared is None:
        return
    columns = {name: stored[name] for name in record_type.compared.fields() if name in stored}
    keys = alike.Gathered(unit.tx) if gathered is None else gathered
    first = keys.place(record_type.key())
    keys.add(ids, alike.keys_by_column(record_type.compared, len(ids), columns, first))
    if gathered is None:
        keys.store()


def leave(unit: Unit, records: Sequence[Record]) -> None:
    """These records of one type go into the recycle bin: nobody is told of them any more."""
    record_type = type(records[0])
    if record_type.compared is not None:
        leave_columns(unit, record_type, [record.id for record in records], _columns(record_type, records))


def leave_columns(unit: Unit, record_type: type[Record], ids: Sequence[int], stored: Mapping[str, Sequence[Any]]) -> None:
    """The same of records given column by column."""
    if record_type.compared is not None:
        keys = alike.keys_by_column(record_type.compared, len(ids), stored)
        alike.leave(unit.tx, record_type.key(), ids, keys)


def _ask(unit: Unit, record_type: type[Record], written: Sequence[Record], come: Collection[int]) -> None:
    """Raise Duplicate when one of them is there already, found by one of the keys that have come. They stand in the table by now: of
    two people who save the same at once, one waits for the other here and then sees him. A lead beside its customer is asked about as
    well, but forbidden to nobody, because from the one comes the other; not about one that is settled, which may be where it came from."""
    chosen = way(unit.records)
    if unit.trusted or unit.what == "import" or chosen == "off" or (chosen == "warn" and not unit.wary):
        return
    records, run = unit.records, unit.tx.run
    keys: dict[int, set[int]] = {}
    for key in come:
        keys.setdefault(written[key & ((1 << alike.PLACES) - 1)].id, set()).add(key >> alike.PLACES)
    sketches = [sketch_of(record) for record in written if record.id in keys]
    own = {one.id: keys[one.id] & alike.hashed(alike.words_of(one)) for one in sketches}
    found = find(records, record_type, sketches, unit.actor, run, own, lock=True)
    state, closed = _closed(record_type)
    settled = {record.id for record in written if state and getattr(record, state) in closed}
    same = [twin for twins in found.values() for twin in twins if twin.likeness.same]
    open_ones = [sketch for sketch in sketches if sketch.id not in settled] if unit.wary else []
    others = elsewhere(records, record_type, open_ones, unit.actor, run, keys, lock=True) if open_ones else {}
    beside = [twin for twins in others.values() for twin in twins if twin.likeness.same]
    if same:
        raise Duplicate([*same, *beside], forbidden=chosen == "refuse")
    if beside:
        raise Duplicate(beside, forbidden=False, other=records.types[beside[0].type])


def catch_up(records: Records) -> None:
    """Make the keys of all records, when the stored ones are missing or of another version of the program; where everybody has
    an account of his own that is a part of migrating."""
    if records.database.guarded:
        return
    rows = records.database.read("SELECT value FROM counter WHERE name = ?", (FORMAT_OF_KEYS,))
    if rows and rows[0][0] == alike.FORMAT:
        return

    def work(tx: Any) -> None:
        for record_type in records.types.values():
            if record_type.compared is not None:
                tx.run(f"DELETE FROM {alike.table(record_type.key())}")
                for sketches in pages(tx.run, record_type):
                    alike.put(tx, record_type.key(), [one.id for one in sketches], alike.in_places(map(alike.keys_of, sketches)))
        tx.run("DELETE FROM counter WHERE name = ?", (FORMAT_OF_KEYS,))
        tx.run("INSERT INTO counter (name, value) VALUES (?, ?)", (FORMAT_OF_KEYS, alike.FORMAT))

    records.database.write(work, minor=True)


def pages(run: Run, record_type: type[Record], more: Sequence[str] = ()) -> Iterable[list[Any]]:
    """The sketches of all living records, a page at a time; with `more`, each as (sketch, values of these columns)."""
    how, last = compared(record_type), 0
    columns = how.fields()
    names = ", ".join(f"`{name}`" for name in ("id", *columns, *more))
    while True:
        sql = f"SELECT {names} FROM `{record_type.key()}` WHERE id > ? AND deleted_at IS NULL ORDER BY id LIMIT {_PAGE}"
        rows = run(sql, (last,))
        if not rows:
            return
        last, cut = rows[-1][0], 1 + len(columns)
        sketches = [alike.draw(how, row[0], dict(zip(columns, row[1:cut], strict=True))) for row in rows]
        yield [(sketch, row[cut:]) for sketch, row in zip(sketches, rows, strict=True)] if more else sketches


def labels(records: Records, record_type: type[Record]) -> dict[str, Field]:
    """The fields that are compared, by name."""
    declared = record_type.declared()
    return {name: declared[name] for name in compared(record_type).fields()} if record_type.compared else {}


# Called different


def part(records: Records, record_type: type[Record], ids: Sequence[int], actor: Actor) -> None:
    """Remember that no two of these records are the same. Needs the right to edit them."""
    _demand(records, record_type, ids, actor)
    records.database.write(lambda tx: apart.part(tx, ids, actor.employee, records.clock.now()))


def unpart(records: Records, record_type: type[Record], ids: Sequence[int], actor: Actor) -> None:
    """Take that back."""
    _demand(records, record_type, ids, actor)
    records.database.write(lambda tx: apart.join(tx, ids))


def _demand(records: Records, record_type: type[Record], ids: Sequence[int], actor: Actor) -> None:
    for one in ids:
        may = records.may(actor, record_type, "edit", records.get(record_type, one, actor))
        if isinstance(may, access.Why):
            raise may.refusal()
