"""The words of keys and ids: picklist labels, names of staff, departments, stages, tags; titles of linked records.

Small record types (those everybody may see) are kept in memory whole and reloaded when one of them changes; titles of big
ones (customers, contacts) are fetched by the page.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_desktop.core.custom import KINDS, Custom, CustomField, field_from
from crm_desktop.core.picklists import PickValue
from crm_desktop.core.pointing import ChoiceKind
from crm_desktop.core.record import Record, columns_of, from_row
from crm_desktop.core.words import language, say

if TYPE_CHECKING:
    from crm_desktop.database import Database


@dataclass(frozen=True)
class Pick:
    """One picklist value as shown: key, label, tone, and whether it may still be chosen."""

    key: str
    label: str
    tone: str = "grey"
    active: bool = True


def _field_kinds(_types: Mapping[str, type[Record]]) -> list[tuple[str, str]]:
    return [(key, label) for key, (label, _kind) in KINDS.items()]


def _record_types(types: Mapping[str, type[Record]]) -> list[tuple[str, str]]:
    return [(key, record_type.screen.one) for key, record_type in types.items() if record_type.screen.area in ("work", "register")]


def _picklists(types: Mapping[str, type[Record]]) -> list[tuple[str, str]]:
    """Every picklist a field uses, called as the first field that uses it."""
    found: dict[str, str] = {}
    for record_type in types.values():
        for field in record_type.declared().values():
            if isinstance(field.kind, ChoiceKind) and field.kind.picklist not in _MADE:
                found.setdefault(field.kind.picklist, field.label)
    return list(found.items())


# Picklists that follow from the program itself instead of being kept as rows.
_MADE = {"field_kind": _field_kinds, "record_type": _record_types, "picklist": _picklists}


class Names:
    """Answers what a key or id is called, and which one a word means."""

    def __init__(self, database: Database, types: Mapping[str, type[Record]]):
        self._database = database
        self._types = types
        self._lock = threading.RLock()
        self._rows: dict[str, dict[int, Record]] = {}
        self._titles: dict[tuple[str, int], str] = {}
        self._picks: dict[str, list[PickValue]] | None = None

    def forget(self, type_keys: Iterable[str]) -> None:
        """Reload these record types when next asked; called after each commit."""
        with self._lock:
            for key in type_keys:
                self._rows.pop(key, None)
                if key == "pick_value":
                    self._picks = None
                for known in [k for k in self._titles if k[0] == key] if len(self._titles) < 5_000 else ():
                    del self._titles[known]
            if len(self._titles) >= 5_000:
                self._titles.clear()

    def small(self, type_key: str) -> bool:
        """Whether the type is kept in memory: everybody sees all of it."""
        return type_key in self._types and self._types[type_key].screen.rights.see == "all" and type_key != "product"

    def rows(self, type_key: str) -> dict[int, Record]:
        """All records of a small type by id, deleted ones included (old records still name them)."""
        with self._lock:
            found = self._rows.get(type_key)
            if found is None:
                record_type = self._types[type_key]
                columns = columns_of(record_type)
                sql = f"SELECT {', '.join(f'`{c}`' for c in columns)} FROM `{type_key}` ORDER BY sort_key, id"
                found = {row[0]: from_row(record_type, columns, row) for row in self._database.read(sql)}
                self._rows[type_key] = found
            return found

    def all(self, type_key: str) -> list[Record]:
        """The living records of a small type, by position if it has one, else by title."""
        living = [row for row in self.rows(type_key).values() if row.deleted_at is None]
        return sorted(living, key=lambda row: getattr(row, "position", None) or 0)

    def title(self, record_type: str, record_id: int) -> str:
        """What a record is called; '' when there is none. Titles of big types come from what `learn` fetched."""
        if self.small(record_type):
            row = self.rows(record_type).get(record_id)
            return self._label(row) if row else ""
        known = self._titles.get((record_type, record_id))
        if known is None:
            self.learn(record_type, [record_id])
            known = self._titles.get((record_type, record_id), "")
        return known

    def learn(self, record_type: str, ids: Iterable[int]) -> None:
        """Fetch the titles of these records at once, for a page of a list."""
        if self.small(record_type):
            return
        wanted = [i for i in dict.fromkeys(ids) if i and (record_type, i) not in self._titles]
        title = self._types[record_type].title_field
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ", ".join("?" * len(part))
            for row_id, name in self._database.read(f"SELECT id, `{title}` FROM `{record_type}` WHERE id IN ({marks})", part):
                self._titles[(record_type, row_id)] = name or ""

    def _label(self, row: Record, lang: str | None = None) -> str:
        lang = lang or language()
        if lang == "en":
            return getattr(row, "name_en", "") or row.called()
        return (getattr(row, "name_tw", "") if lang == "zh_TW" else "") or row.called()

    # Picklists

    def picklist(self, picklist: str, lang: str | None = None, all_values: bool = False) -> list[Pick]:
        """The values of a picklist in their order, labelled."""
        made = _MADE.get(picklist)
        if made is not None:
            return [Pick(key, say(label, lang)) for key, label in made(self._types)]
        return [
            Pick(value.code, self._label(value, lang), value.tone or "grey", bool(value.active))
            for value in self._values(picklist)
            if all_values or value.active
        ]

    def _values(self, picklist: str) -> list[PickValue]:
        with self._lock:
            if self._picks is None:
                lists: dict[str, list[Any]] = {}
                for row in self.all("pick_value"):
                    lists.setdefault(row.picklist, []).append(row)
                self._picks = lists
            return self._picks.get(picklist, [])

    def picked(self, picklist: str, key: str, lang: str | None = None) -> str:
        """The label of a picklist key; the key itself if the value is gone."""
        return next((p.label for p in self.picklist(picklist, lang, all_values=True) if p.key == key), key)

    def pick(self, picklist: str, words: str) -> str | None:
        """The key that a label in any language (or the key) means; None if there is none."""
        wanted = words.casefold()
        for value in self._values(picklist):
            labels = {value.code, value.name, value.name_tw, value.name_en}
            if wanted in {label.casefold() for label in labels if label}:
                return value.code
        made = self.picklist(picklist) if picklist in _MADE else []
        return next((pick.key for pick in made if wanted in (pick.key.casefold(), pick.label.casefold())), None)

    def find(self, record_type: str, words: str) -> int | None:
        """The one record with this name, code, number or login; None if there is none or several."""
        if self.small(record_type):
            wanted = words.casefold()
            keys = ("name", "name_en", "name_tw", "code", "login", self._types[record_type].title_field)
            found = {
                row.id
                for row in self.rows(record_type).values()
                if row.deleted_at is None and wanted in {str(getattr(row, key, "") or "").casefold() for key in keys}
            }
            return found.pop() if len(found) == 1 else None
        fields = self._types[record_type].declared()
        keys = [key for key in (self._types[record_type].title_field, "code", "number") if key in fields]
        for key in keys:
            rows = self._database.read(
                f"SELECT id FROM `{record_type}` WHERE `{key}` = ? AND deleted_at IS NULL LIMIT 2", (words,)
            )
            if rows:
                return rows[0][0] if len(rows) == 1 else None
        return None

    # Custom fields

    def custom(self, record_type: str) -> dict[str, Custom]:
        """The custom fields of a record type, by their code, in their order."""
        rows = [row for row in self.all("custom_field") if row.record_type == record_type and isinstance(row, CustomField)]
        return {row.code: field_from(row) for row in rows}


def label_of(field: Any, lang: str | None = None) -> str:
    """The heading of a declared or custom field in a language."""
    if isinstance(field, Custom):
        return dict(field.labels).get(lang or language(), field.label)
    return say(field.label, lang)
