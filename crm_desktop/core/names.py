"""The words of keys and ids: picklist labels, names of staff, departments, stages, tags; titles of linked records.

Small record types (those everybody may see) are kept in memory whole and reloaded when one of them changes; titles of big
ones (customers, contacts) are fetched by the page.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from crm_desktop.core.custom import KINDS, Custom, CustomField, field_from
from crm_desktop.core.errors import Trouble
from crm_desktop.core.picklists import PickValue
from crm_desktop.core.pointing import ChoiceKind
from crm_desktop.core.record import Record, columns_of, from_row
from crm_desktop.core.words import _, language, say

if TYPE_CHECKING:
    from crm_desktop.database.engine import Database

MOST_TITLES = 20_000  # titles of big types kept in memory


class Pick(NamedTuple):
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
TONES = (
    ("grey", _("Grey")), ("info", _("Teal")), ("accent", _("Blue")), ("violet", _("Violet")),
    ("warn", _("Orange")), ("ok", _("Green")), ("bad", _("Red")),
)  # fmt: skip


def _tones(_types: Mapping[str, type[Record]]) -> list[tuple[str, str]]:
    return list(TONES)


_MADE = {"field_kind": _field_kinds, "record_type": _record_types, "picklist": _picklists, "tone": _tones}


class _Within(threading.local):
    """What a thread has read while its unit of work runs: others see what it changes only after the commit."""

    rows: dict[str, dict[int, Record]] | None = None
    titles: dict[tuple[str, int], str] | None = None
    changed: set[str] | None = None


class Names:
    """Answers what a key or id is called, and which one a word means."""

    def __init__(self, database: Database, types: Mapping[str, type[Record]]):
        self._database = database
        self._types = types
        self._lock = threading.RLock()
        self._within = _Within()
        self._rows: dict[str, dict[int, Record]] = {}
        self._before: dict[str, dict[int, Record]] = {}  # forgotten ones, for as long as the server does not answer
        self._titles: dict[tuple[str, int], str] = {}
        self._forgotten = 0
        self._missed: set[str] = set()
        self._picks: tuple[Any, tuple[dict[str, list[PickValue]], dict[tuple[str, str], PickValue]]] | None = None
        self._custom: tuple[Any, dict[str, dict[str, Custom]]] = (None, {})
        self._shared: dict[str, tuple[int, set[str]]] = {}

    def forget(self, type_keys: Iterable[str]) -> None:
        """Reload these record types when next asked; called after each commit, and for its own thread inside a unit."""
        within = self._within
        if within.rows is not None and within.titles is not None and within.changed is not None:
            for key in type_keys:
                within.rows.pop(key, None)
                within.changed.add(key)
            within.titles.clear()
            return
        with self._lock:
            self._forgotten += 1
            for key in type_keys:
                if key in self._rows:
                    self._before[key] = self._rows.pop(key)
                for known in [k for k in self._titles if k[0] == key] if len(self._titles) < 5_000 else ():
                    del self._titles[known]
            if len(self._titles) >= 5_000:
                self._titles.clear()

    def forget_all(self) -> None:
        """Reload everything when next asked."""
        with self._lock:
            self._forgotten += 1
            self._before.update(self._rows)
            self._rows.clear()
            self._titles.clear()

    def recall(self) -> None:
        """Load again, before a unit of work, what the units before it had to read for themselves."""
        for type_key in self._missed - self._rows.keys():
            self.rows(type_key)

    @contextmanager
    def within_unit(self) -> Iterator[None]:
        """While a unit of work runs, this thread keeps what it reads to itself: it may never be committed."""
        within = self._within
        within.rows, within.titles, within.changed = {}, {}, set()
        try:
            yield
        finally:
            within.rows = within.titles = within.changed = None

    def small(self, type_key: str) -> bool:
        """Whether the type is kept in memory: everybody sees all of it."""
        return type_key in self._types and self._types[type_key].screen.rights.see == "all" and type_key != "product"

    def rows(self, type_key: str) -> dict[int, Record]:
        """All records of a small type by id, deleted ones included (old records still name them)."""
        mine, changed = self._within.rows, self._within.changed
        if mine is not None and changed is not None:
            found = mine.get(type_key)
            if found is None and type_key not in changed:
                found = self._rows.get(type_key)
            if found is None:
                found = mine[type_key] = self._load(type_key)
                self._missed.add(type_key)
            return found
        # Loaded under the lock: who forgets the type meanwhile waits, so that nothing old is kept.
        with self._lock:
            found = self._rows.get(type_key)
            if found is None and not self._database.reached:
                found = self._before.get(type_key)
            if found is None:
                found = self._rows[type_key] = self._load(type_key)
                self._before.pop(type_key, None)
            return found

    def _load(self, type_key: str) -> dict[int, Record]:
        record_type = self._types[type_key]
        columns = columns_of(record_type)
        sql = f"SELECT {', '.join(f'`{c}`' for c in columns)} FROM `{type_key}` ORDER BY sort_key, id"
        return {row[0]: from_row(record_type, columns, row) for row in self._database.read(sql)}

    def all(self, type_key: str) -> list[Record]:
        """The living records of a small type, by position if it has one, else by title."""
        living = [row for row in self.rows(type_key).values() if row.deleted_at is None]
        return sorted(living, key=lambda row: getattr(row, "position", None) or 0)

    def title(self, record_type: str, record_id: int) -> str:
        """What a record is called; '' when there is none. Titles of big types come from what `learn` fetched."""
        if self.small(record_type):
            row = self.rows(record_type).get(record_id)
            return self._label(row) if row else ""
        titles = self._titles_here()
        if (record_type, record_id) not in titles:
            self.learn(record_type, [record_id])
        return titles.get((record_type, record_id), "")

    def learn(self, record_type: str, ids: Iterable[int]) -> None:
        """Fetch the titles of these records at once, for a page of a list."""
        if self.small(record_type):
            return
        titles = self._titles_here()
        wanted = [i for i in dict.fromkeys(ids) if i and (record_type, i) not in titles]
        for start in range(0, len(wanted), 500):
            self._learn_some(titles, record_type, wanted[start : start + 500])

    def _learn_some(self, titles: dict[tuple[str, int], str], record_type: str, ids: list[int]) -> None:
        title, marks = self._types[record_type].title_field, ", ".join("?" * len(ids))
        for again in (True, True, False):
            forgotten = self._forgotten
            rows = self._database.read(f"SELECT id, `{title}` FROM `{record_type}` WHERE id IN ({marks})", ids)
            with self._lock:
                if again and forgotten != self._forgotten:
                    continue  # something was renamed while this was read
                if len(titles) > MOST_TITLES:
                    titles.clear()
                titles.update({(record_type, row_id): name or "" for row_id, name in rows})
                return

    def _titles_here(self) -> dict[tuple[str, int], str]:
        within = self._within.titles
        return self._titles if within is None else within

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
            picks = [Pick(key, say(label, lang), key if picklist == "tone" else "grey") for key, label in made(self._types)]
            return picks + (self._own_lists(lang) if picklist == "picklist" else [])
        return [
            Pick(value.code, self._label(value, lang), value.tone or "grey", bool(value.active))
            for value in self._values(picklist)
            if all_values or value.active
        ]

    def _own_lists(self, lang: str | None) -> list[Pick]:
        """The picklists of custom fields, called as the field."""
        rows = [row for row in self.all("custom_field") if isinstance(row, CustomField)] if "custom_field" in self._types else []
        return [Pick(row.code, self._label(row, lang)) for row in rows if row.list_key() == row.code]

    def offers(self, picklist: str, key: str) -> bool:
        """Whether a picklist has this value; one without any values of its own takes what it gets."""
        if picklist in _MADE:
            return any(pick.key == key for pick in self.picklist(picklist))
        values = self._values(picklist)
        return not values or any(value.code == key for value in values)

    def _values(self, picklist: str) -> list[PickValue]:
        return self._lists()[0].get(picklist, [])

    def _lists(self) -> tuple[dict[str, list[PickValue]], dict[tuple[str, str], PickValue]]:
        """The living values of each picklist, and every value there ever was by picklist and key."""
        rows, known = self.rows("pick_value"), self._picks
        if known is None or known[0] is not rows:
            living: dict[str, list[PickValue]] = {}
            ever: dict[tuple[str, str], PickValue] = {}
            for row in [*(r for r in rows.values() if r.deleted_at is not None), *self.all("pick_value")]:
                if isinstance(row, PickValue):
                    ever[row.picklist, row.code] = row
                    if row.deleted_at is None:
                        living.setdefault(row.picklist, []).append(row)
            known = self._picks = (rows, (living, ever))
        return known[1]

    def picked(self, picklist: str, key: str, lang: str | None = None) -> str:
        """The label of a picklist key, also of a value that was deleted since; the key itself if there never was one."""
        if picklist in _MADE:
            return next((pick.label for pick in self.picklist(picklist, lang) if pick.key == key), key)
        value = self._lists()[1].get((picklist, key))
        return self._label(value, lang) if value else key

    def pick(self, picklist: str, words: str) -> str | None:
        """The key that a label in any language (or the key) means; None if there is none."""
        wanted = words.casefold()
        for value in self._values(picklist):
            labels = {value.code, value.name, value.name_tw, value.name_en}
            if wanted in {label.casefold() for label in labels if label}:
                return str(value.code)
        made = self.picklist(picklist) if picklist in _MADE else []
        return next((pick.key for pick in made if wanted in (pick.key.casefold(), pick.label.casefold())), None)

    def shared(self, type_key: str, record_id: int) -> bool:
        """Whether the title of this record would not find it again, because another one has it too."""
        if self.small(type_key):
            return self.find(type_key, self.title(type_key, record_id)) != record_id
        known = self._shared.get(type_key)
        if known is None or known[0] != self._forgotten:
            title = self._types[type_key].title_field
            sql = f"SELECT `{title}` FROM `{type_key}` WHERE deleted_at IS NULL GROUP BY `{title}` HAVING COUNT(*) > 1"
            known = self._shared[type_key] = (self._forgotten, {row[0] for row in self._database.read(sql)})
        return self.title(type_key, record_id) in known[1]

    def alive(self, type_key: str, record_id: int) -> bool:
        """Whether there is a living record of this id."""
        if self.small(type_key):
            row = self.rows(type_key).get(record_id)
            return row is not None and row.deleted_at is None
        return bool(self._database.read(f"SELECT 1 FROM `{type_key}` WHERE id = ? AND deleted_at IS NULL", (record_id,)))

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
        for key in filter(fields.__contains__, (self._types[record_type].title_field, "code", "number")):
            rows = self._database.read(
                f"SELECT id FROM `{record_type}` WHERE `{key}` = ? AND deleted_at IS NULL LIMIT 2", (words,)
            )
            if rows:
                return rows[0][0] if len(rows) == 1 else None
        return None

    # Custom fields

    def custom(self, record_type: str) -> dict[str, Custom]:
        """The custom fields of a record type, by their code, in their order."""
        rows, known = self.rows("custom_field"), self._custom
        if known[0] is not rows:
            made: dict[str, dict[str, Custom]] = {}
            for row in self.all("custom_field"):
                if isinstance(row, CustomField):
                    made.setdefault(row.record_type, {})[row.code] = field_from(row)
            known = self._custom = (rows, made)
        return known[1].get(record_type, {})


def label_of(field: Any, lang: str | None = None) -> str:
    """The heading of a declared or custom field in a language."""
    if isinstance(field, Custom):
        return dict(field.labels).get(lang or language(), field.label)
    return say(field.label, lang)


class Label(Trouble):
    """A field's heading as a value of a sentence, in the reader's language."""

    def __init__(self, field: Any):
        super().__init__(field.label)
        self.field = field

    def sentence(self, lang: str | None = None) -> str:
        return label_of(self.field, lang)
