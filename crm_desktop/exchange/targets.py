"""What a column may be mapped to: the fields of a record type, parts of them, and the fields of a record that comes along."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from crm_desktop.core.kinds import Kind, NumberKind, PictureKind, tidy
from crm_desktop.core.names import label_of
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say

# Fields the program fills itself but a new record may bring along from another program.
BROUGHT_ALONG = ("created_at", "created_by", "last_contact_at", "uid")
# A sheet of customers has a contact in each row: record type -> the type that comes along (linked by its `follows`), and
# the mark the first one of a record gets.
COMES_ALONG = {"customer": ("contact", "is_primary")}

# How a record is named beside its title where the title alone would not do: "华为技术 #470921734110203905".
REFERENCE = re.compile(r"(?:.*\s)?#(\d{15,19})", re.S)


class IdKind(NumberKind):
    """The id this program has given a record. Numbers of other programs under such a heading say nothing to us."""

    key = "id"

    def __init__(self) -> None:
        super().__init__(0, 2**63 - 1)

    def read(self, value: Any, names: Any = None) -> int | None:
        text = tidy(value)
        return self.check(int(text)) if text.isdigit() and 15 <= len(text) <= 19 else None


@dataclass(frozen=True)
class Identity:
    """The id of a record, with the face of a field: a column an export has, by which an import finds the record again."""

    name: str = "id"
    label: str = _("Record ID")
    kind: Kind = field(default_factory=IdKind)
    shown: bool = True
    readonly: bool = False
    required: bool = False
    custom: bool = False
    hint: str = ""


ID = Identity()
# What the reader of a calendar could not keep: no value of a record, but said in the verdict.
LEFT_OUT = Identity("left_out", _("Repetition that cannot be kept"), Kind())

# One cell that fills several fields: 广东省深圳市南山区, or with the street behind it.
REGION = Identity("region", _("Region → province, city, district"), Kind())
WHOLE_ADDRESS = Identity("whole_address", _("Address → province, city, district, street"), Kind())
# The same where a record has no province: its address begins with the region.
REGION_IN_ADDRESS = Identity("region", _("Region → city, address"), Kind())
_PLACE = ("province", "city", "district")
SPREADS = {REGION: _PLACE, WHOLE_ADDRESS: (*_PLACE, "address"), REGION_IN_ADDRESS: ("city", "address")}

PARTS = {
    "name.first": _("First name"),
    "name.middle": _("Middle name"),
    "name.last": _("Family name"),
    "address.country": _("Country (part of the address)"),
    "address.province": _("Province (part of the address)"),
    "address.city": _("City (part of the address)"),
    "address.district": _("District (part of the address)"),
    "address.street": _("Street (part of the address)"),
    "address.street2": _("Street, second line"),
    "address.street3": _("Street, third line"),
}


@dataclass(frozen=True)
class Target:
    """One thing a column can be mapped to.

    name: `phone`, `name.first` (a part) or `contact.mobile` (a field of the record that comes along). base: the field that
    holds it. along: the key of the other record type, '' for the type itself. titles: it is what a record is called.
    spread: names of the fields its cells are taken apart into.
    """

    name: str
    base: str
    field: Any
    along: str = ""
    along_label: str = ""
    titles: bool = False
    spread: tuple[str, ...] = ()

    def label(self, lang: str | None = None) -> str:
        """What the person chooses from."""
        own = say(PARTS[self.name], lang) if self.name in PARTS else label_of(self.field, lang)
        return f"{say(self.along_label, lang)}: {own}" if self.along else own


def targets_of(records: Records, record_type: type[Record]) -> dict[str, Target]:
    """All targets of a record type by name, in the order of its fields; parts and what comes along after them."""
    fields = records.fields(record_type)
    title = record_type.title_field
    found = {name: Target(name, name, field, titles=name == title) for name, field in fields.items() if importable(name, field)}
    for name in PARTS:
        base, _dot, part = name.partition(".")
        # A type with a city of its own needs none inside the address.
        if base in found and part not in found:
            found[name] = Target(name, base, fields[base])
    for one, spread in SPREADS.items():
        if one.name not in found and all(name in found for name in spread):
            found[one.name] = Target(one.name, one.name, one, spread=spread)
    along, _mark = COMES_ALONG.get(record_type.key(), ("", ""))
    if along in records.types:
        other = records.types[along]
        for name, field in records.fields(other).items():
            if importable(name, field) and name not in ("owner", other.screen.follows, *BROUGHT_ALONG):
                key = f"{along}.{name}"
                found[key] = Target(key, name, field, along, other.screen.one)
    found[ID.name] = Target(ID.name, ID.name, ID)
    if "uid" in fields:
        found[LEFT_OUT.name] = Target(LEFT_OUT.name, LEFT_OUT.name, LEFT_OUT)
    return found


def fields_of(records: Records, record_type: type[Record]) -> dict[str, Any]:
    """The fields rows may be matched on: all of the type, and the id."""
    return {**records.fields(record_type), ID.name: ID}


def importable(name: str, field: Any) -> bool:
    """Whether people may bring values for this field in."""
    return name in BROUGHT_ALONG or (bool(field.shown) and not field.readonly) or isinstance(field.kind, PictureKind)
