"""Fields the company adds itself: they go the same way as declared ones (form, list, filter, import, export, print, search).

Their values live in the record's `extra` column as JSON, in storage form, so that adding one needs no change of tables
and works for everybody at once; SQL filters and sorts by them through the engine's JSON functions.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from crm_desktop.core.errors import Invalid
from crm_desktop.core.fields import Choice, Field, Flag, Number, Text
from crm_desktop.core.kinds import (
    DayKind,
    EmailKind,
    FlagKind,
    Kind,
    LongTextKind,
    MomentKind,
    MoneyKind,
    NumberKind,
    PercentKind,
    PhoneKind,
    UrlKind,
)
from crm_desktop.core.later import pattern
from crm_desktop.core.pointing import ChoiceKind
from crm_desktop.core.record import Record, Rights, Screen, indexed
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee

_CODE = pattern(r"[a-z][a-z0-9_]{0,39}")

KINDS: dict[str, tuple[str, type[Kind]]] = {
    "text": (_("Text"), Kind),
    "long_text": (_("Long text"), LongTextKind),
    "number": (_("Whole number"), NumberKind),
    "money": (_("Amount"), MoneyKind),
    "percent": (_("Percent"), PercentKind),
    "day": (_("Date"), DayKind),
    "moment": (_("Date and time"), MomentKind),
    "flag": (_("Yes or no"), FlagKind),
    "choice": (_("Picklist"), ChoiceKind),
    "phone": (_("Phone"), PhoneKind),
    "email": (_("E-mail"), EmailKind),
    "url": (_("Web address"), UrlKind),
}


class CustomField(Record):
    """The definition of a custom field of one record type."""

    name = Text(_("Label"), required=True, max_length=60)
    name_en = Text(_("English label"), max_length=60)
    name_tw = Text(_("Traditional Chinese label"), max_length=60)
    record_type = Choice(_("Record type"), "record_type", required=True, max_length=40)
    code = Text(_("Code"), max_length=40, readonly=True)
    field_kind = Choice(_("Kind"), "field_kind", required=True)
    picklist = Choice(
        _("Picklist"), "picklist", max_length=40,
        hint=_("Left empty, the field has a list of its own. Its values are added under Picklists, in the settings."),
    )  # fmt: skip
    required = Flag(_("Required"))
    searchable = Flag(_("Found by search"))
    position = Number(_("Position"))

    screen = Screen(
        _("Custom fields"),
        _("Custom field"),
        area="settings",
        icon="sliders-horizontal",
        columns="name record_type field_kind required searchable",
        rights=Rights(see="all", add="admin", edit="admin", delete="admin", assign="admin", bring_in="admin", take_out="admin"),
    )

    class Meta:
        indexes = indexed()

    def fill_in(self, unit: Any) -> None:
        """A code that never changes: values are stored under it."""
        if not self.code:
            self.code = f"x_{self.id:x}"

    def list_key(self) -> str:
        """The picklist it offers; '' for other kinds. Without a chosen one it has one of its own."""
        return (self.picklist or self.code) if self.field_kind == "choice" else ""

    def check(self, unit: Any) -> None:
        """The kind must exist, and may not change once values are stored; nor the code they are stored under."""
        if self.field_kind not in KINDS:
            raise Invalid(_("Choose what kind of value the field holds."), "field_kind")
        if self.stored is None:
            self._check_code(unit)
            return
        for name in ("field_kind", "record_type", "code"):
            if self.stored[name] != getattr(self, name):
                raise Invalid(_("The kind of a field cannot change, because values are stored. Add a new field."), name)

    def _check_code(self, unit: Any) -> None:
        """The code stands in SQL and beside the names of declared fields."""
        record_type = unit.records.types.get(self.record_type)
        taken = {row.code for row in unit.records.names.rows("custom_field").values() if row.record_type == self.record_type}
        taken |= set(record_type._meta.fields) if record_type else set()
        if not _CODE.fullmatch(self.code) or self.code in taken:
            raise Invalid(_("The code “{code}” cannot be used. Leave it empty."), "code", code=self.code)

    def saved(self, unit: Any, before: dict[str, Any] | None) -> None:
        """What the field already holds is found by search from now on, or no longer."""
        if before is not None and "searchable" in before:
            self._reindex(unit)

    def deleted(self, unit: Any) -> None:
        self._reindex(unit)

    def restored(self, unit: Any) -> None:
        self._reindex(unit)

    def _reindex(self, unit: Any) -> None:
        record_type = unit.records.types.get(self.record_type)
        if record_type is not None:
            held = unit.tx.run(f"SELECT id FROM `{self.record_type}` WHERE extra <> '' AND deleted_at IS NULL")
            unit.reindex(record_type, [row[0] for row in held])


class Custom(NamedTuple):
    """A custom field, with the same face as a declared one."""

    name: str
    label: str
    labels: tuple[tuple[str, str], ...]
    kind: Kind
    required: bool = False
    search: str = ""
    readonly: bool = False
    shown: bool = True
    hint: str = ""
    default: Any = None
    custom: bool = True
    masked: bool = False

    def column(self, record_type: type[Record]) -> peewee.Node:
        """The value inside `extra`, as SQL."""
        return JsonValue(record_type.extra, self.name, self.kind)


class JsonValue(peewee.ColumnBase):
    """A value inside a JSON column, as SQL that gives on both engines what a column of this kind would hold: whole numbers as
    such, and for texts and flags never NULL."""

    def __init__(self, column: peewee.Field, name: str, kind: Kind):
        super().__init__()
        self.column, self.name, self.kind = column, name, kind

    def __sql__(self, ctx: Any) -> Any:
        mysql = (ctx.state.quote or "").startswith("`")
        function = "JSON_UNQUOTE(JSON_EXTRACT(" if mysql else "(JSON_EXTRACT("
        # As CHAR it has the collation of the connection, which is that of all columns; JSON has one that ignores spaces.
        as_type = "SIGNED" if isinstance(self.kind, NumberKind | FlagKind) else "CHAR" if mysql else "TEXT"
        nothing = {"": "''", 0: "0"}.get(self.kind.store(None))
        ctx.literal("COALESCE(" if nothing else "(").literal(f"CAST({function}NULLIF(")
        ctx.sql(self.column).literal(f", ''), '$.{self.name}')) AS {as_type})")
        return ctx.literal(f", {nothing})" if nothing else ")")


AnyField = Field | Custom


def column_of(field: AnyField, record_type: type[Record]) -> Any:
    """The field in SQL: its column, or its place in `extra`."""
    return field.column(record_type) if isinstance(field, Custom) else getattr(record_type, field.name)


def field_from(row: CustomField) -> Custom:
    """The field a definition describes."""
    make = KINDS[row.field_kind][1]
    kind = make(row.list_key()) if make is ChoiceKind else make()
    labels = (("zh_CN", row.name), ("zh_TW", row.name_tw or row.name), ("en", row.name_en or row.name))
    return Custom(
        row.code, row.name, labels, kind, bool(row.required),
        ("phone" if row.field_kind == "phone" else "text") if row.searchable else "",
    )  # fmt: skip


def values_in(extra: str) -> dict[str, Any]:
    """The stored custom values of a record."""
    return json.loads(extra) if extra else {}


def get(record: Record, field: AnyField) -> Any:
    """The value of any field of a record, declared or custom."""
    if isinstance(field, Custom):
        return field.kind.load(values_in(record.extra).get(field.name, field.kind.store(field.kind.blank)))
    return getattr(record, field.name)


def put(record: Record, field: AnyField, value: Any) -> None:
    """Set the value of any field of a record, declared or custom."""
    if isinstance(field, Custom):
        values = values_in(record.extra)
        stored = field.kind.store(value)
        if stored == field.kind.store(None):
            values.pop(field.name, None)
        else:
            values[field.name] = stored
        record.extra = json.dumps(values, ensure_ascii=False, sort_keys=True) if values else ""
    else:
        setattr(record, field.name, value)
