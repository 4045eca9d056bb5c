"""Checks of what records point at: other records, their owners, states and picklist values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crm_desktop.core.checks.finding import EXAMPLES, Finding, Marked, rows_like
from crm_desktop.core.fields import Link, Many, State
from crm_desktop.core.picklists import PickValue
from crm_desktop.core.pointing import ChoiceKind
from crm_desktop.core.record import Record
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records


def links(records: Records) -> Iterator[Finding]:
    """Links to records that do not exist, and living records whose parent lies in the recycle bin."""
    for record_type in records.types.values():
        key, title = record_type.key(), Marked(record_type.screen.title)
        for name, field in record_type.declared().items():
            if isinstance(field, Link) and field.kind.target in records.types and name != "owner":
                source = (
                    f"FROM `{key}` t LEFT JOIN `{field.kind.target}` x ON x.id = t.`{name}` WHERE t.`{name}` IS NOT NULL AND x.id IS NULL"
                )
                text = _("{kind}: “{field}” of {count} records names a record that does not exist.")
                yield from rows_like(records, text, source, kind=title, field=Marked(field.label))
        for child, name in records.belonging(record_type):
            source = (
                f"FROM `{child.key()}` t JOIN `{key}` x ON x.id = t.`{name}`"
                f" WHERE t.deleted_at IS NULL AND x.deleted_at IS NOT NULL{_unless_preferred(child, name)}"
            )
            text = _("{kind}: {count} records belong to one in the recycle bin ({parents}).")
            yield from rows_like(records, text, source, kind=Marked(child.screen.title), parents=title)


def lists(records: Records) -> Iterator[Finding]:
    """Tags and other fields that hold several records: each must exist."""
    for record_type in records.types.values():
        for name, field in record_type.declared().items():
            if not isinstance(field, Many) or field.kind.target not in records.types:
                continue
            known = {row[0] for row in records.database.read(f"SELECT id FROM `{field.kind.target}`")}
            asked = f"SELECT DISTINCT `{name}` FROM `{record_type.key()}` WHERE `{name}` <> ''"
            missing = {one for (raw,) in records.database.read(asked) for one in field.kind.load(raw)} - known
            if missing:
                values = {"kind": Marked(record_type.screen.title), "field": Marked(field.label)}
                text = _("{kind}: “{field}” names {count} records that do not exist.")
                yield Finding(text, values, len(missing), tuple(sorted(missing)[:EXAMPLES]))


def owners(records: Records) -> Iterator[Finding]:
    """Owners must be employees; a record lies in its owner's department, and a follower with the record it follows:
    list and search ask who may see what by these columns alone."""
    if "employee" not in records.types:
        return
    same = "t.`{0}` IS NOT x.`{0}`" if records.database.engine == "sqlite" else "NOT (t.`{0}` <=> x.`{0}`)"
    for record_type in records.types.values():
        key, title = record_type.key(), Marked(record_type.screen.title)
        source = f"FROM `{key}` t LEFT JOIN employee x ON x.id = t.owner WHERE t.owner IS NOT NULL AND x.id IS NULL"
        yield from rows_like(records, _("{kind}: the owner of {count} records is no employee."), source, kind=title)
        if record_type.screen.rights.see == "all":
            continue
        source = f"FROM `{key}` t JOIN employee x ON x.id = t.owner WHERE t.deleted_at IS NULL AND {same.format('department')}"
        text = _("{kind}: {count} records lie in another department than their owner.")
        yield from rows_like(records, text, source, kind=title)
        yield from _followers(records, record_type, same)


def _followers(records: Records, record_type: type[Record], same: str) -> Iterator[Finding]:
    for name in record_type.followed():
        leader: Any = record_type.declared()[name]
        source = (
            f"FROM `{record_type.key()}` t JOIN `{leader.kind.target}` x ON x.id = t.`{name}`"
            f" WHERE t.deleted_at IS NULL AND x.deleted_at IS NULL{_unless_preferred(record_type, name)}"
            f" AND ({same.format('owner')} OR {same.format('department')})"
        )
        values = {"kind": Marked(record_type.screen.title), "leader": Marked(leader.label)}
        yield from rows_like(records, _("{kind}: {count} records have another owner than their “{leader}”."), source, **values)


def _unless_preferred(record_type: type[Record], link: str) -> str:
    """A record that may follow two kinds of record hangs on the first one it names."""
    return "".join(f" AND t.`{other}` IS NULL" for other in record_type.preferred(link))


def keys(records: Records) -> Iterator[Finding]:
    """States the record type does not know, and picklist values that are in no picklist."""
    known: dict[str, set[str]] = {}
    if "pick_value" in records.types:
        for value in records.names.rows("pick_value").values():
            assert isinstance(value, PickValue)
            known.setdefault(value.picklist, set()).add(value.code)
    for record_type in records.types.values():
        for name, field in record_type.declared().items():
            if isinstance(field, State):
                allowed = set(field.kind.states)
                text = _("{kind}: {count} records are in the unknown state “{value}”.")
            elif isinstance(field.kind, ChoiceKind) and field.kind.picklist in known:
                allowed = known[field.kind.picklist]
                text = _("{kind}: “{field}” of {count} records is “{value}”, which is not in the picklist.")
            else:
                continue
            yield from _unknown(records, record_type, name, allowed, text)


def _unknown(records: Records, record_type: type[Record], name: str, allowed: set[str], text: str) -> Iterator[Finding]:
    key = record_type.key()
    found = records.database.read(f"SELECT `{name}`, COUNT(*), MIN(id) FROM `{key}` GROUP BY `{name}`")
    for value, count, example in found:
        if value not in allowed and value:
            label = Marked(record_type.declared()[name].label)
            values = {"kind": Marked(record_type.screen.title), "field": label, "value": value}
            yield Finding(text, values, count, (example,))
