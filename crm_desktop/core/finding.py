"""Search through the door: candidates from the index, verified and ranked on what the records really say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from crm_desktop.core import find, untold
from crm_desktop.core.access import Actor
from crm_desktop.core.custom import Custom, values_in
from crm_desktop.core.masking import Veil
from crm_desktop.core.record import Record, columns_of, from_row
from crm_desktop.core.records import Hit

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.core.sight import Sight

STEP = 500
EARLIER = 8_000  # score points by which a hit of the next record type stands back; a better kind of match is 50,000 and more
FORMAT_OF_INDEX = "find_format"
_PAGE = 1_000

Found = tuple[int, find.Doc, find.Match]

_finders: WeakKeyDictionary[Records, find.Finder] = WeakKeyDictionary()


def matches(records: Records, record_type: type[Record], actor: Actor, text: str, limit: int, floor: float = 0) -> list[Found]:
    """Living records of one type that hold `text` and that the actor may see, best first, at most `limit`; none that scores less
    than `floor` need be among them."""
    query = find.parse(text)
    if not query:
        return []
    sight = records.sight(actor, record_type)
    scope = sight.scope
    narrow = None if scope.all else find.Scope(tuple(sorted(scope.owners)), tuple(sorted(scope.departments)), sight.opened)

    def load(ids: list[int]) -> list[find.Doc]:
        return _docs(records, sight, ids)

    best = _finder(records).find(record_type.key(), query, narrow, limit, load, floor)
    return [(doc.id, doc, match) for doc, match in best]


def search(records: Records, text: str, actor: Actor, types: Sequence[type[Record]], limit: int) -> list[Hit]:
    """Records of these types that hold the text, ranked together."""
    hits: list[tuple[Hit, find.Doc]] = []
    for place, record_type in enumerate(types):
        scores = sorted((hit.score for hit, _doc in hits), reverse=True)
        floor = scores[limit - 1] + EARLIER * place if len(scores) >= limit else 0
        for record_id, doc, match in matches(records, record_type, actor, text, limit, floor):
            title = doc.names[0] if doc.names else ""
            # Of equally good hits those of the types named first stand first: a customer before his visits.
            score = match.score - EARLIER * place
            hits.append((Hit(record_type.key(), record_id, title, "", match.spans, score), doc))
    hits.sort(key=lambda pair: pair[0].score, reverse=True)
    hits = hits[:limit]
    beside: dict[tuple[str, int], str] = {}
    for key in {hit.type for hit, _doc in hits}:
        record_type = records.types[key]
        names = record_type.screen.sub.split()
        for record_id, values in records.rows(record_type, actor, [hit.id for hit, _doc in hits if hit.type == key], names).items():
            words = [records.show(record_type, name, value) for name, value in zip(names, values, strict=True)]
            beside[key, record_id] = " · ".join(filter(None, words))
    told: list[Hit] = []
    for hit, doc in hits:
        piece, spans = why(text, doc)
        told.append(hit._replace(sub=beside.get((hit.type, hit.id), ""), why=piece, why_spans=spans))
    return told


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


def _docs(records: Records, sight: Sight, ids: list[int]) -> list[find.Doc]:
    """What these records say now, for those that live and are seen."""
    record_type = sight.record_type
    fields = [field for field in records.fields(record_type).values() if field.search]
    declared = [field for field in fields if not isinstance(field, Custom)]
    own = [field for field in fields if isinstance(field, Custom)]
    columns = ["id", "owner", "department", "deleted_at", "extra", *(field.name for field in declared)]
    names = ", ".join(f"`{name}`" for name in columns)
    docs, veil = [], Veil(records, sight.actor, record_type, sight)
    for start in range(0, len(ids), STEP):
        part = ids[start : start + STEP]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT {names} FROM `{record_type.key()}` WHERE id IN ({marks}) AND deleted_at IS NULL"
        rows = records.database.read(sql, part)
        seen = sight.seen(rows)
        hidden = veil.covered(row[:2] for row in rows if row[0] in seen)
        for row in rows:
            if row[0] in seen:
                extra = values_in(row[4]) if own else {}
                told: list[tuple[Any, Any]] = [(field, raw) for field, raw in zip(declared, row[5:], strict=True)]
                told += [(field, extra.get(field.name)) for field in own]
                # What is hidden from somebody is not found by him either.
                said = [(field.search, raw) for field, raw in told if row[0] not in hidden or field.name not in veil.names]
                docs.append(_doc(row[0], row[1], row[2], said))
    return docs


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
