"""Conditions, orders and groups of lists: SQL on both engines gives exactly what plain Python gives."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.business import Contact, Customer, Event, Opportunity
from crm_desktop.core import clock as clocks
from crm_desktop.core.access import OPERATIONS, Actor, Scope
from crm_desktop.core.errors import Invalid
from crm_desktop.core.kinds import DayKind, Kind, MomentKind, NumberKind
from crm_desktop.core.pointing import LinkKind, ManyKind
from crm_desktop.core.record import Record
from crm_desktop.core.views import NO_VALUE, OPERATORS, Condition, View
from tests.conftest import ENGINES
from tests.core.material import TEXTS, TODAY, Material, planted

TYPES = (Customer, Contact, Opportunity, Event)
SETTINGS = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", params=ENGINES)
def material(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Material]:
    with planted(request.param, request, tmp_path_factory.mktemp("views")) as made:
        yield made


# What a condition means, in plain Python


def small(text: str) -> str:
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def is_true(kind: Kind, operator: str, value: Any, stored: Any, me: int) -> bool:
    """Whether a stored value meets a condition; `value` as a view keeps it."""
    if operator == "empty":
        return stored in ("", None)
    if operator == "filled":
        return stored not in ("", None)
    if operator in ("me", "not_me"):
        return (stored == me) == (operator == "me")
    if operator in ("yes", "no"):
        return bool(stored) == (operator == "yes")
    if operator in ("has", "has_not"):
        ids = set(kind.load(stored))
        found = bool(ids & set(value)) if value else bool(ids)
        return found == (operator == "has")
    if operator in ("one_of", "none_of"):
        return (stored in value) == (operator == "one_of")
    if kind.key == "phone" and operator in ("is", "is_not", "contains", "begins"):
        stored, value = ("".join(c for c in text if c not in " -()（）") for text in (stored, value))
    if operator == "contains":
        return small(value) in small(stored)
    if operator == "begins":
        return small(stored).startswith(small(value))
    if operator == "is_not":
        return stored != value
    if stored is None:
        return False
    if operator in ("is", "at_least", "at_most"):
        return {"is": stored == value, "at_least": stored >= value, "at_most": stored <= value}[operator]  # type: ignore[no-any-return]
    if operator == "between":
        low, high = value
        return (low in (None, "") or stored >= low) and (high in (None, "") or stored <= high)
    day = clocks.to_local(datetime.fromisoformat(stored)).date() if isinstance(kind, MomentKind) else date.fromisoformat(stored)
    reach = timedelta(int(value)) if operator in ("next_days", "last_days") else timedelta()
    return {
        "today": day == TODAY,
        "past": day < TODAY,
        "next_days": TODAY <= day <= TODAY + reach,
        "last_days": TODAY - reach <= day <= TODAY,
        "this_month": (day.year, day.month) == (TODAY.year, TODAY.month),
        "before": value is not None and str(day) < str(value),
        "after": value is not None and str(day) > str(value),
    }[operator]


@st.composite
def conditions(draw: st.DrawFn, material: Material, record_type: type[Record]) -> Condition:
    fields = material.office.records.fields(record_type)
    name = draw(st.sampled_from(sorted(fields)))
    kind = fields[name].kind
    people = isinstance(kind, LinkKind) and kind.target == "employee"
    operator = draw(st.sampled_from([*kind.operators, *(["me", "not_me"] if people else [])]))
    held = sorted({material.stored(record, name) for record in material.by_type[record_type].values()} - {None}, key=str)
    return Condition(name, operator, draw(values(kind, operator, held)))


def values(kind: Kind, operator: str, held: list[Any]) -> st.SearchStrategy[Any]:
    one = st.sampled_from(held or [""])
    if operator in NO_VALUE:
        return st.none()
    if operator in ("next_days", "last_days"):
        return st.sampled_from([0, 1, 7, 14, 400, "7"])
    if operator in ("before", "after"):
        return st.sampled_from(["2026-03-17", "2026-03-18", "2026-03-19", "2025-01-01"])
    if operator in ("has", "has_not"):
        ids = sorted({one for text in held for one in kind.load(text)})
        return st.lists(st.sampled_from([*ids, 5]), max_size=3)
    if operator in ("one_of", "none_of"):
        return st.lists(one, max_size=4)
    if operator == "between":
        side = st.one_of(one, st.none()) if held else st.none()
        return st.tuples(side, side).map(list)
    if operator in ("contains", "begins"):
        part = one.flatmap(lambda text: st.tuples(*[st.integers(0, len(text))] * 2).map(lambda ends: text[min(ends) : max(ends)]))
        return st.one_of(part, part.map(str.swapcase), st.sampled_from([text for text in TEXTS if "\n" not in text]))
    if isinstance(kind, NumberKind):
        return st.one_of(one, st.integers(-10, 200)) if held else st.integers(-10, 200)
    return one


@SETTINGS
@given(data=st.data())
def test_conditions_find_what_they_mean(material: Material, data: st.DataObject) -> None:
    office = material.office
    record_type = data.draw(st.sampled_from(TYPES))
    chosen = data.draw(st.lists(conditions(material, record_type), min_size=1, max_size=2))
    binned = data.draw(st.booleans())
    fields, me = office.records.fields(record_type), office.ids["li"]
    wanted = {
        record.id
        for record in material.by_type[record_type].values()
        if (record.deleted_at is not None) == binned
        and all(is_true(fields[c.field].kind, c.operator, c.value, material.stored(record, c.field), me) for c in chosen)
    }
    # Everything is seen, numbers of others' records too, but "me" is Li Na.
    actor = Actor(me, "李娜", rights={"*": frozenset(OPERATIONS)}, scopes={"*": Scope(all=True)})
    view = View(tuple(chosen), bin=binned)
    assert set(office.records.ids(record_type, actor, View.from_json(view.to_json()) if not binned else view)) == wanted
    assert office.records.count(record_type, actor, view) == len(wanted)
    assert office.records.count(record_type, actor, view, cap=3) == min(3, len(wanted))


def test_every_operator_is_tried_and_has_a_word(material: Material) -> None:
    used = {operator for t in TYPES for field in material.office.records.fields(t).values() for operator in field.kind.operators}
    assert used | {"me", "not_me"} == set(OPERATORS)


@pytest.mark.parametrize(
    ("field", "operator", "value"),
    [
        ("gone", "is", 1), ("name", "at_least", 3), ("amount", "between", 5), ("amount", "between", [1]), ("tags", "has", ["x"]),
        ("expected_close", "next_days", "many"), ("expected_close", "next_days", 10**12), ("expected_close", "before", "soon"),
        ("name", "me", None), ("customer", "me", None), ("amount", "sounds_like", 1),
    ],
)  # fmt: skip
def test_a_condition_that_makes_no_sense_is_told(material: Material, field: str, operator: str, value: Any) -> None:
    """A stored view outlives fields and versions: that is a sentence, not a crash."""
    with pytest.raises(Invalid) as caught:
        material.office.records.count(Opportunity, material.office.boss, View((Condition(field, operator, value),)))
    assert caught.value.sentence("zh_CN") and "{" not in caught.value.sentence("en")


@pytest.mark.parametrize("text", ["{", "[]", "7", '{"conditions": 5}', '{"conditions": [["a"]]}', '{"sort": ["name"]}', '{"columns": 1}'])
def test_a_stored_view_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(Invalid):
        View.from_json(text)


def test_a_view_comes_back_from_its_text_as_it_was() -> None:
    view = View((Condition("level", "one_of", ["A"]),), sort=(("name", True),), columns=("name",), widths={"name": 120}, group="level")
    assert View.from_json(view.to_json()) == view
    assert View.from_json("") == View()


# Orders


def sort_value(material: Material, record: Record, name: str) -> Any:
    """What SQL sorts by: a link by the title it points at, the title by its sort key."""
    if name in ("sort_key", type(record).title_field):
        return record.sort_key
    declared = material.office.records.fields(type(record))[name]
    stored = material.stored(record, name)
    if not isinstance(declared.kind, LinkKind):
        return stored
    if stored is None:
        return None
    records = material.office.records
    return records.get(records.types[declared.kind.target], stored, Actor.program(), deleted=True).sort_key


def in_order(material: Material, found: list[Record], sort: list[tuple[str, bool]]) -> list[int]:
    """None first, upwards by number or code point; equal ones by id, in the direction of the last sort."""
    ordered = sorted(found, key=lambda record: record.id, reverse=sort[-1][1])
    for name, down in reversed(sort):
        keys = {record.id: sort_value(material, record, name) for record in ordered}
        # Python's sort keeps the order of equal ones, downwards too.
        ordered.sort(key=lambda r, keys=keys: (keys[r.id] is not None, keys[r.id] if keys[r.id] is not None else 0), reverse=down)  # type: ignore[misc]
    return [record.id for record in ordered]


@SETTINGS
@given(data=st.data())
def test_pages_come_in_order_and_join_without_gaps(material: Material, data: st.DataObject) -> None:
    office = material.office
    record_type = data.draw(st.sampled_from(TYPES))
    names = [name for name, field in office.records.fields(record_type).items() if not isinstance(field.kind, ManyKind)]
    one = st.tuples(st.sampled_from(["sort_key", *names]), st.booleans())
    sort = data.draw(st.lists(one, min_size=1, max_size=3, unique_by=lambda s: s[0]))
    owners = data.draw(st.sets(st.sampled_from([office.ids[who] for who in ("li", "zhao", "sun", "meng")]), max_size=4))
    scope = Scope(owners=frozenset(owners)) if owners else Scope(all=True)
    if data.draw(st.booleans()) and owners:
        scope = Scope(departments=frozenset(office.records.names.rows("employee")[one].department for one in owners))  # type: ignore[attr-defined]
    actor = Actor(1, "", scopes={"*": scope})
    seen = [r for r in material.by_type[record_type].values() if r.deleted_at is None and scope.holds(r.owner, r.department)]
    wanted = in_order(material, seen, sort)
    view = View(sort=tuple(sort))
    listing = office.records.listing(record_type, actor, view)
    size = data.draw(st.integers(1, 9))
    assert [one for chunk in listing.chunks(size) for one in chunk] == wanted
    assert list(office.records.ids(record_type, actor, view)) == wanted
    columns = [record_type.title_field]
    assert [one for one, _v in office.records.page(record_type, actor, view, columns, size)] == wanted[:size]
    assert [one for one, _v in office.records.page(record_type, actor, view, [], size, backwards=True)] == wanted[::-1][:size]
    assert office.records.count(record_type, actor, view) == len(wanted)


@SETTINGS
@given(data=st.data())
def test_groups_count_every_record_once(material: Material, data: st.DataObject) -> None:
    office = material.office
    record_type = data.draw(st.sampled_from(TYPES))
    name = data.draw(st.sampled_from(sorted(office.records.fields(record_type))))
    seen = [r for r in material.by_type[record_type].values() if r.deleted_at is None]
    kind = office.records.fields(record_type)[name].kind
    counted = Counter(kind.load(material.stored(record, name)) for record in seen)
    groups = office.records.groups(record_type, Actor.program(), View(), name)
    assert len(dict(groups)) == len(groups), "a value stands for one group"
    assert dict(groups) == dict(counted)
    # The grouped list comes in the order of the groups.
    ids = office.records.ids(record_type, Actor.program(), View(group=name))
    by_id = material.by_type[record_type]
    if not isinstance(kind, ManyKind):
        runs = [kind.load(material.stored(by_id[one], name)) for one in ids]
        if name != record_type.title_field and not isinstance(kind, LinkKind):
            assert [value for at, value in enumerate(runs) if at == 0 or runs[at - 1] != value] == [value for value, _n in groups]


def test_totals_add_up_exactly(material: Material) -> None:
    records, program = material.office.records, Actor.program()
    own = {field.kind.key: name for name, field in records.fields(Customer).items() if field.custom}
    for record_type, name in ((Opportunity, "amount"), (Customer, own["money"]), (Customer, own["number"])):
        living = [r for r in material.by_type[record_type].values() if r.deleted_at is None]
        kind = records.fields(record_type)[name].kind
        assert records.total(record_type, program, View(), name) == kind.load(sum(material.stored(r, name) or 0 for r in living))


def test_rows_give_what_get_gives(material: Material) -> None:
    """Typed values, the same from a page, from rows and from the record, custom fields too."""
    records, program = material.office.records, Actor.program()
    for record_type in TYPES:
        names = list(records.fields(record_type))
        kinds = [records.fields(record_type)[name].kind for name in names]
        page = dict(records.page(record_type, program, View(), names, 500))
        rows = records.rows(record_type, program, list(page), names)
        assert page == rows
        for record_id, values_ in page.items():
            record = material.by_type[record_type][record_id]
            told = tuple(kind.load(material.stored(record, name)) for kind, name in zip(kinds, names, strict=True))
            assert values_ == told
            assert [type(one) for one in values_] == [type(one) for one in told]
            for kind, value in zip(kinds, values_, strict=True):
                assert isinstance(kind.show(value, "zh_CN", records.names), str)


def test_a_day_condition_follows_the_wall_clock_not_utc(material: Material) -> None:
    """16:00 UTC is midnight in Shanghai."""
    today = View((Condition("starts_at", "today"),))
    ids = set(material.office.records.ids(Event, Actor.program(), today))
    living = [r for r in material.by_type[Event].values() if r.deleted_at is None]
    assert ids == {r.id for r in living if datetime(2026, 3, 17, 16) <= r.starts_at < datetime(2026, 3, 18, 16)}  # type: ignore[attr-defined]
    assert isinstance(material.office.records.fields(Event)["starts_at"].kind, DayKind)


def test_text_filter_and_conditions_narrow_each_other(material: Material) -> None:
    records, program = material.office.records, Actor.program()
    ids = set(records.ids(Customer, program, View(text="华为")))
    assert ids == {hit.id for hit in records.search("华为", program, [Customer], limit=500)}
    level = random.Random(1).choice(["A", "B", "C"])
    both = View((Condition("level", "one_of", [level]),), text="华为")
    assert set(records.ids(Customer, program, both)) == {i for i in ids if material.by_type[Customer][i].level == level}  # type: ignore[attr-defined]
