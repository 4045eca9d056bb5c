"""A walk through every record type: the boring truths each declaration must keep, without a database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.system.defaults import PICKLISTS, STAGES
from crm_desktop.business.tables import TABLES
from crm_desktop.core.access import LEVELS, OPERATIONS
from crm_desktop.core.custom import KINDS
from crm_desktop.core.fields import Field, Link, Many, State
from crm_desktop.core.names import _MADE
from crm_desktop.core.places import FORMS, RESOURCES
from crm_desktop.core.pointing import ChoiceKind, StateKind
from crm_desktop.core.record import Record, Rights
from crm_desktop.core.views import OPERATORS
from crm_desktop.core.words import LANGUAGES, catalogue
from tests.core.samples import SAMPLES

EACH_TYPE = pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda t: t.key())
KEY = re.compile(r"[a-z][a-z0-9_]*")
TONES = {"accent", "ok", "warn", "bad", "info", "violet", "grey", ""}
SHIPPED_FORMS = ("customer", "contact", "lead", "opportunity", "contract", "event")
TYPES = {record_type.key(): record_type for record_type in RECORD_TYPES}


def labels(record_type: type[Record]) -> Iterator[tuple[str, str]]:
    """(what it is, English source) of everything a person reads of a type."""
    screen = record_type.screen
    yield "title", screen.title
    yield "one", screen.one
    for name, field in record_type.declared().items():
        yield f"field {name}", field.label
        if field.hint:
            yield f"hint of {name}", field.hint
        if isinstance(field.kind, StateKind):
            for state in field.kind.states.values():
                yield f"state {state.key}", state.label
    for move in screen.moves:
        yield f"move {move.key}", move.label


@EACH_TYPE
def test_everything_a_person_reads_has_a_label(record_type: type[Record]) -> None:
    for what, label in labels(record_type):
        assert label.strip(), f"{what} of {record_type.key()} has no label"
        assert not re.search(r"[㐀-鿿]", label), f"{what}: sources are English"
        assert label[0].isupper() or label[0].isdigit(), f"{what}: {label}"
    columns = {field.name for field in record_type._meta.sorted_fields}
    unlabelled = columns - record_type.declared().keys() - {"id", "sort_key", "version", "extra"}
    assert unlabelled <= {"ref_id"}, "a column that no list, form, history or export could name"


@EACH_TYPE
@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_every_label_is_translated(record_type: type[Record], lang: str) -> None:
    known = catalogue(lang)
    missing = sorted({label for _what, label in labels(record_type) if not any(known.get(label, ()))})
    assert missing == [], f"not in {lang}.ts"


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_operators_operations_and_kinds_are_translated(lang: str) -> None:
    words = [*OPERATORS.values(), *OPERATIONS.values(), *(label for label, _kind in KINDS.values())]
    assert sorted({word for word in words if not any(catalogue(lang).get(word, ()))}) == []


@EACH_TYPE
def test_the_screen_names_fields_of_the_type(record_type: type[Record]) -> None:
    fields, screen = record_type.declared(), record_type.screen
    named = {
        "columns": screen.columns.split(), "sub": screen.sub.split(), "quick": screen.quick.split(),
        "follows": [*filter(None, (screen.follows, record_type.else_follows))], "about": [*filter(None, (screen.about,))],
        "title_field": [record_type.title_field], "asks": [name for move in screen.moves for name in move.asks.split()],
    }  # fmt: skip
    for what, names in named.items():
        assert set(names) <= fields.keys(), f"{what} of {record_type.key()} names {set(names) - fields.keys()}"
        assert len(names) == len(set(names)) or what == "asks", f"{what} names a field twice"
    sorts = {name.lstrip("-") for name in screen.sort.split()}
    assert sorts <= fields.keys() | {"sort_key"}
    assert all(isinstance(fields[name], Link) for name in (*named["follows"], *named["about"]))
    assert all(fields[name].shown for name in (*named["columns"], *named["quick"], *named["sub"]))
    assert not any(fields[name].readonly for name in (*named["quick"], *named["asks"]))
    assert not (screen.follows and screen.about), "a record has one parent"
    assert fields[record_type.title_field].required, "every record is called something"
    if screen.quick:
        required = {name for name, field in fields.items() if field.required and field.default in (None, "") and not field.readonly}
        filled_in = {"stage"}  # by the rules of the type
        assert required - filled_in <= set(screen.quick.split()), "the short dialog must be enough to save"


@EACH_TYPE
def test_every_state_is_reached_and_every_move_starts_somewhere(record_type: type[Record]) -> None:
    name, moves = record_type.state_field(), record_type.screen.moves
    if name is None:
        assert moves == (), "moves need a state"
        return
    field: Any = record_type.declared()[name]
    assert isinstance(field, State)
    states = set(field.kind.states)
    assert field.default in states
    for move in moves:
        assert KEY.fullmatch(move.key) and move.after in states
        assert move.starts() and set(move.starts()) <= states
        assert move.after not in move.starts() or move.asks, "a move that changes nothing"
        assert move.right in OPERATIONS
    assert len({move.key for move in moves}) == len(moves)
    reached, found = {field.default}, True
    while found:
        found = {move.after for move in moves if reached & set(move.starts())} - reached
        reached |= found
    by_rule = {"lead": {"assigned", "converted"}}.get(record_type.key(), set())  # given to somebody; converted
    assert reached | by_rule == states, f"no move leads to {states - reached}"
    for state in states:
        assert field.kind.states[state].tone in TONES


@EACH_TYPE
def test_links_lead_to_known_types(record_type: type[Record]) -> None:
    for name, field in record_type.declared().items():
        if isinstance(field, Link | Many):
            assert field.kind.target in TYPES, f"{name} leads to {field.kind.target}"


@EACH_TYPE
def test_names_and_keys_are_plain(record_type: type[Record]) -> None:
    assert KEY.fullmatch(record_type.key()) and not record_type.key().endswith("s")
    for name, field in record_type.declared().items():
        assert KEY.fullmatch(name) and isinstance(field, Field)
        assert field.search in ("", "name", "text", "phone")
    assert len([f for f in record_type.declared().values() if f.search == "name"]) <= 1
    assert record_type.__doc__ and record_type.__doc__.strip()


@EACH_TYPE
def test_icons_exist(record_type: type[Record]) -> None:
    assert (RESOURCES / "icons" / f"{record_type.screen.icon}.svg").is_file()


@EACH_TYPE
def test_rights_are_levels_and_see_is_known(record_type: type[Record]) -> None:
    rights: Rights = record_type.screen.rights
    assert rights.see in ("scope", "all")
    for operation in OPERATIONS:
        assert getattr(rights, operation) in LEVELS
    assert rights.purge == "admin", "deleting for good is the administrator's"


@EACH_TYPE
def test_the_index_of_the_first_order_is_declared(record_type: type[Record]) -> None:
    """Types whose list may be long: in their first order for all, for an owner and for a department."""
    if record_type.screen.rights.see == "all":
        return
    order = record_type.screen.sort.split()[0].lstrip("-")
    order = "sort_key" if order == record_type.title_field else order
    declared = {tuple(names) for names, _unique in record_type._meta.indexes}
    assert {("deleted_at", order), ("deleted_at", "owner", order), ("deleted_at", "department", order)} <= declared


def test_every_type_has_a_sample() -> None:
    assert SAMPLES.keys() == set(RECORD_TYPES)
    assert len(TYPES) == len(RECORD_TYPES)
    assert len({table._meta.table_name for table in TABLES} | TYPES.keys()) == len(TABLES) + len(RECORD_TYPES)


# Picklists


def test_picklists_of_fields_exist_with_three_labels() -> None:
    used = {field.kind.picklist for t in RECORD_TYPES for field in t.declared().values() if isinstance(field.kind, ChoiceKind)}
    assert used - set(_MADE) == set(PICKLISTS), "every list is used, every field has its list"
    for picklist, entries in PICKLISTS.items():
        codes = [entry[0] for entry in entries]
        assert len(set(codes)) == len(codes), picklist
        for code, *words in entries:
            assert code.isascii() and all(word.strip() for word in words[:3])
            assert words[3:] == [] or words[3] in TONES
        for place in (1, 2, 3):
            spoken = [entry[place] for entry in entries]
            assert len(set(spoken)) == len(spoken), f"{picklist}: two values with one label cannot be told apart"


def test_defaults_of_choices_are_in_their_lists() -> None:
    for record_type in RECORD_TYPES:
        for name, field in record_type.declared().items():
            listed = isinstance(field.kind, ChoiceKind) and field.kind.picklist not in _MADE
            if listed and isinstance(field.default, str) and field.default:
                assert field.default in {entry[0] for entry in PICKLISTS[field.kind.picklist]}, (record_type.key(), name)


def test_stages_have_a_way_from_the_first_to_the_contract() -> None:
    kinds = [kind for _code, _zh, _tw, _en, kind, *_rest in STAGES]
    assert kinds.count("won") == kinds.count("lost") == kinds.count("void") == 1
    chances = [stage[5] for stage in STAGES if stage[4] == "open"]
    assert chances == sorted(chances) and STAGES[kinds.index("won")][5] == 100


# Forms


def widgets(key: str) -> dict[str, str]:
    """Name -> class of the widgets in a shipped Designer file."""
    root = ElementTree.parse(FORMS / f"{key}.ui").getroot()
    return {widget.get("name", ""): widget.get("class", "") for widget in root.iter("widget")}


INPUT = re.compile(r"Q(LineEdit|ComboBox|PlainTextEdit|TextEdit|CheckBox|.*SpinBox|DateEdit|DateTimeEdit|.*Button)")


@pytest.mark.parametrize("key", SHIPPED_FORMS)
def test_a_form_holds_fields_and_their_labels(key: str) -> None:
    found, fields, screen = widgets(key), TYPES[key].declared(), TYPES[key].screen
    inputs = {name for name, kind in found.items() if INPUT.fullmatch(kind)}
    assert inputs <= fields.keys(), f"no fields: {inputs - fields.keys()}"
    assert {f"label_{name}" for name in inputs if found[name] != "QCheckBox"} <= found.keys()
    labelled = {name.removeprefix("label_") for name in found if name.startswith("label_")}
    assert labelled <= fields.keys(), f"labels of nothing: {labelled - fields.keys()}"
    assert set(screen.quick.split()) <= inputs
    assert {name for name, field in fields.items() if field.required} <= inputs
    asked = {name for move in screen.moves for name in move.asks.split()}
    assert asked <= inputs, "what a button asks for is also seen in the form"
    buddies = {text.text for text in ElementTree.parse(FORMS / f"{key}.ui").iter("cstring")}
    assert buddies <= inputs


def test_every_shipped_form_belongs_to_a_type() -> None:
    assert {path.stem for path in FORMS.glob("*.ui")} >= set(SHIPPED_FORMS)
    assert {path.stem for path in FORMS.glob("*.ui")} <= TYPES.keys()


@pytest.mark.parametrize("key", SHIPPED_FORMS)
@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_what_a_form_says_itself_is_translated(key: str, lang: str) -> None:
    root = ElementTree.parse(FORMS / f"{key}.ui").getroot()
    said = {text.text for text in root.iter("string") if text.text and text.get("notr") != "true"}
    assert sorted(text for text in said if text and not any(catalogue(lang).get(text, ()))) == []
