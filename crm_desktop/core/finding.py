"""Search through the door: candidates from the index, verified and ranked on what the records really say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from crm_desktop.core import find, untold
from crm_desktop.core.access import Actor
from crm_desktop.core.asking import Ask, Asking, alone, together
from crm_desktop.core.custom import Custom, values_in
from crm_desktop.core.masking import Veil
from crm_desktop.core.pointing import LinkKind
from crm_desktop.core.record import Record, columns_of, from_row
from crm_desktop.core.records import Hit
from crm_desktop.core.sight import Sight

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

STEP = 500
EARLIER = 8_000  # score points by which a hit of the next record type stands back; a better kind of match is 50,000 and more
FORMAT_OF_INDEX = "find_format"
_PAGE = 1_000

Found = tuple[int, find.Doc, find.Match]

_finders: WeakKeyDictionary[Records, find.Finder] = WeakKeyDictionary()


def matches(records: Records, record_type: type[Record], actor: Actor, text: str, limit: int, floor: float = 0) -> list[Found]:
    """Living records of one type that hold `text` and that the actor may see, best first, at most `limit`; none that scores less
    than `floor` need be among them."""
    looking = _Looking(records, Sight(records, record_type, actor, ask=False), find.parse(text), limit)
    best = alone(records.database.read, looking.ask(lambda _found: floor))
    return [(doc.id, doc, match) for doc, match in best]


def search(records: Records, text: str, actor: Actor, types: Sequence[type[Record]], limit: int) -> list[Hit]:
    """Records of these types that hold the text, ranked together."""
    query, database = find.parse(text), records.database
    several = [_Looking(records, Sight(records, one, actor, ask=False), query, limit, one.screen.sub.split()) for one in types]
    standing = _Standing(limit)
    askings = [looking.ask(standing.of(place)) for place, looking in enumerate(several)]
    # A file answers one question after the other at no cost; strict reading knows the questions of a type by their words.
    side_by_side = database.engine == "mysql" and not database.strict
    found = together(database.read, askings) if side_by_side else [alone(database.read, one) for one in askings]
    hits: list[tuple[Hit, find.Doc, _Looking]] = []
    for place, (looking, best) in enumerate(zip(several, found, strict=True)):
        for doc, match in best:
            title = doc.names[0] if doc.names else ""
            hit = Hit(looking.record_type.key(), doc.id, title, "", match.spans, EARLIER * -place + match.score)
            hits.append((hit, doc, looking))
    hits.sort(key=lambda one: one[0].score, reverse=True)
    hits = hits[:limit]
    _learn_titles(records, [(looking, hit.id) for hit, _doc, looking in hits])
    told: list[Hit] = []
    for hit, doc, looking in hits:
        piece, spans = why(text, doc)
        told.append(hit._replace(sub=looking.sub(hit.id), why=piece, why_spans=spans))
    return told


class _Standing:
    """What has been found of all types: so much that is good that less is not wanted of the others."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._scores: dict[int, list[int]] = {}

    def of(self, place: int) -> Callable[[list[tuple[find.Doc, find.Match]]], float]:
        """For the type named at this place. Of equally good hits those of the types named first stand first: a customer before his
        visits."""

        def floor(found: list[tuple[find.Doc, find.Match]]) -> float:
            self._scores[place] = [match.score - EARLIER * place for _doc, match in found]
            # Only those before it, as when one type is searched after the other: initials may begin a title that titles do not tell of.
            earlier = (scores for before, scores in self._scores.items() if before < place)
            scores = sorted(chain.from_iterable(earlier), reverse=True)
            return scores[self._limit - 1] + EARLIER * place if len(scores) >= self._limit else 0

        return floor


class _Looking:
    """The search among records of one type. beside: the fields that are told of each hit below its title."""

    def __init__(self, records: Records, sight: Sight, query: find.Query, limit: int, beside: Sequence[str] = ()) -> None:
        self.records, self.sight, self.query, self.limit, self.beside = records, sight, query, limit, beside
        self.record_type = sight.record_type
        self._rows: dict[int, tuple[Any, ...]] = {}
        self._places: list[int] = []
        self._veil, self._hidden = Veil(records, sight.actor, self.record_type, sight), set[int]()

    def ask(self, floor: Callable[[list[tuple[find.Doc, find.Match]]], float]) -> Asking[list[tuple[find.Doc, find.Match]]]:
        """The best, as `find.Finder.ask` gives them."""
        if not self.query:
            return []
        yield from self.sight.asking()
        scope, key = self.sight.scope, self.record_type.key()
        narrow = None if scope.all else find.Scope(tuple(sorted(scope.owners)), tuple(sorted(scope.departments)), self.sight.opened)
        found = yield from _finder(self.records).ask(key, self.query, narrow, self.limit, self._docs, floor)
        floor(found)
        return found

    def _docs(self, ids: list[int]) -> Asking[list[find.Doc]]:
        """What these records say now, for those that live and are seen."""
        fields = self.records.fields(self.record_type)
        searched = [field for field in fields.values() if field.search]
        declared = [field for field in searched if not isinstance(field, Custom)]
        own = [field for field in searched if isinstance(field, Custom)]
        names = list(dict.fromkeys(["id", "owner", "department", "deleted_at", "extra", *(field.name for field in declared), *self.beside]))
        columns = [(name, self.record_type._meta.fields[name].field_type) for name in names]
        said = ", ".join(f"`{name}`" for name in names)
        self._places = [names.index(name) for name in self.beside]
        docs, last = [], 5 + len(declared)
        for start in range(0, len(ids), STEP):
            part = ids[start : start + STEP]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT {said} FROM `{self.record_type.key()}` WHERE id IN ({marks}) AND deleted_at IS NULL"
            rows = yield Ask(sql, part, columns)
            seen = self.sight.seen(rows)
            self._hidden |= self._veil.covered((row[0], row[1]) for row in rows if row[0] in seen)
            for row in rows:
                if row[0] not in seen:
                    continue
                extra = values_in(row[4]) if own else {}
                told: list[tuple[Any, Any]] = [(field, raw) for field, raw in zip(declared, row[5:last], strict=True)]
                told += [(field, extra.get(field.name)) for field in own]
                # What is hidden from somebody is not found by him either.
                open_ones = [(field.search, raw) for field, raw in told if row[0] not in self._hidden or field.name not in self._veil.names]
                docs.append(_doc(row[0], row[1], row[2], open_ones))
                self._rows[row[0]] = row
        return docs

    def values(self, record_id: int) -> tuple[Any, ...]:
        """What the fields beside the title hold of a hit."""
        load = self.records.loader(self.record_type, self.beside, self._veil)
        row = self._rows[record_id]
        return load([row[place] for place in self._places], record_id in self._hidden)

    def sub(self, record_id: int) -> str:
        """What stands below the title of a hit."""
        values = zip(self.beside, self.values(record_id), strict=True)
        return " · ".join(filter(None, (self.records.show(self.record_type, name, value) for name, value in values)))


def _learn_titles(records: Records, hits: Sequence[tuple[_Looking, int]]) -> None:
    """Fetch at once what the records are called that hits name beside their titles."""
    wanted: dict[str, list[int]] = {}
    for looking, record_id in hits:
        fields = records.fields(looking.record_type)
        for name, value in zip(looking.beside, looking.values(record_id), strict=True):
            if value and isinstance(kind := fields[name].kind, LinkKind):
                wanted.setdefault(kind.target, []).append(value)
    for target, ids in wanted.items():
        records.names.learn(target, ids)

def warm(records: Records) -> None:
    """Get ready for the first search, in all types; on a server, and while nobody waits."""
    for record_type in records.types.values():
        if records.searched(record_type):
            _finder(records).warm(record_type.key())


def why(text: str, doc: find.Doc) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The piece of a field that answers a search, when the title does not show it."""
    return find.excerpt(find.parse(text), doc)


def _finder(records: Records) -> find.Finder:
    """The door's one finder; it keeps what it learned of the words of a server's index."""
    finder = _finders.get(records)
    if finder is None:
        finder = _finders[records] = find.Finder(records.database, untold.waiting(records).matching)
    return finder


def _doc(record_id: int, owner: int | None, department: int | None, said: list[tuple[str, Any]]) -> find.Doc:
    def of(what: str) -> tuple[str, ...]:
        return tuple(str(value) for how, value in said if how == what and value)

    return find.Doc(record_id, of("name"), of("text"), of("phone"), owner, department)


def doc_of(records: Records, record: Record) -> find.Doc:
    """What the search index is told of a record."""
    extra = values_in(record.extra)
    said = [
        (field.search, extra.get(field.name) if isinstance(field, Custom) else getattr(record, field.name))
        for field in records.fields(type(record)).values()
        if field.search
    ]
    return _doc(record.id, record.owner, record.department, said)


def catch_up(records: Records) -> None:
    """Make the search index anew when another version of the program wrote it in another way; where everybody has an account of his
    own that is a part of migrating."""
    if records.database.guarded:
        return
    rows = records.database.read("SELECT value FROM counter WHERE name = ?", (FORMAT_OF_INDEX,))
    if rows and rows[0][0] == find.FORMAT:
        return
    for record_type in records.types.values():
        if records.searched(record_type):
            rebuild(records, record_type)
    note_format(records)


def note_format(records: Records) -> None:
    """Remember that all indexes have been made by this version."""

    def note(tx: Any) -> None:
        tx.run("DELETE FROM counter WHERE name = ?", (FORMAT_OF_INDEX,))
        tx.run("INSERT INTO counter (name, value) VALUES (?, ?)", (FORMAT_OF_INDEX, find.FORMAT))

    records.database.write(note, minor=True)


def rebuild(records: Records, record_type: type[Record], told: Callable[[int, int], object] = lambda done, total: None) -> None:
    """Make the index of a record type anew, page by page, from what its records say; told: how many of how many are done."""
    database, key, columns = records.database, record_type.key(), columns_of(record_type)
    names = ", ".join(f"`{name}`" for name in columns)
    total = database.read(f"SELECT COUNT(*) FROM `{key}` WHERE deleted_at IS NULL")[0][0]
    sql = f"SELECT {names} FROM `{key}` WHERE deleted_at IS NULL AND id > ? ORDER BY id LIMIT {_PAGE}"
    done, last = 0, 0

    def page(tx: Any) -> list[int]:
        docs = [records.doc(from_row(record_type, columns, row)) for row in tx.run(sql, (last,))]
        find.put(tx, key, docs)
        return [doc.id for doc in docs]

    database.write(lambda tx: find.empty(tx, key), minor=True)
    while ids := database.write(page, minor=True):
        done, last = done + len(ids), ids[-1]
        told(done, total)
    database.write(lambda tx: find.settle(tx, key), minor=True)
