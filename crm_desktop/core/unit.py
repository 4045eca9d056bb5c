"""One unit of work: several writes of one person in one transaction, one batch in the journal, one Ctrl+Z.

Every write of the program ends here: rights, rules of the record type, version check, journal and search index go with it.
The work may run twice (after a deadlock or a lost line), so records are only marked as stored once the commit is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm_desktop.core import custom, find, journal
from crm_desktop.core.access import Actor, Why, lacks
from crm_desktop.core.errors import Conflict, Invalid, InvalidRecord, NotFound, Refused, Trouble
from crm_desktop.core.fields import Field, Link
from crm_desktop.core.ids import new_id
from crm_desktop.core.record import Move, Record, columns_of, from_row, stored_values
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.database import Tx

# Columns the door keeps itself: they change with every write and are no news to a history.
BOOKKEEPING = {"id", "sort_key", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at"}


@dataclass
class Outcome:
    """What a bulk act did: ids done, (id, reason) refused, and the batch that undoes it."""

    done: list[int] = field(default_factory=list)
    refused: list[tuple[int, Trouble | Why]] = field(default_factory=list)
    batch: int | None = None


class Unit:
    """The writes of one act; made by `Records.unit`."""

    def __init__(self, records: Records, tx: Tx, actor: Actor, batch: int, what: str, note: str = ""):
        self.records, self.tx, self.actor, self.batch, self.what, self.note = records, tx, actor, batch, what, note
        self.now = records.clock.now()
        self.today = records.clock.today()
        self.at = self.now.strftime("%Y-%m-%d %H:%M:%S")
        self.touched: list[tuple[str, int, str]] = []
        self.settled: list[tuple[Record, dict[str, Any]]] = []
        self.undoes: int | None = None
        self.trusted = False

    # Reading inside the transaction

    def get(self, record_type: type[Record], record_id: int, deleted: bool = False) -> Record:
        """The record as it stands in this transaction, locked against others; NotFound as in the door."""
        record = self._current(record_type, record_id)
        seen = record is not None and (
            self.trusted or self.actor.scope(record_type).holds(record.owner, record.department)
        )
        if record is None or not seen or (record.deleted_at is not None and not deleted):
            raise NotFound()
        return record

    def _current(self, record_type: type[Record], record_id: int) -> Record | None:
        columns = columns_of(record_type)
        lock = " FOR UPDATE" if self.tx.engine == "mysql" else ""
        names = ", ".join(f"`{name}`" for name in columns)
        rows = self.tx.run(f"SELECT {names} FROM `{record_type.key()}` WHERE id = ?{lock}", (record_id,))
        return from_row(record_type, columns, rows[0]) if rows else None

    # Saving

    def save(self, record: Record) -> Record:
        """Create or change one record. Raises Refused, Invalid(Record), Conflict, NotFound."""
        if record.is_new():
            self.add([record])
        else:
            self._change(record)
        return record

    def add(self, added: Sequence[Record]) -> None:
        """Create records of one type, in bulk: three executemany whatever their number."""
        record_type = type(added[0])
        self._demand(record_type, "add")
        fields = self.records.fields(record_type)
        for record in added:
            record.id = record.id or new_id()
            self._settle_owner(record, None)
            record.fill_in(self)
            self._validate(record, fields, None)
            record.created_at = record.created_at or self.now
            record.created_by = record.created_by or self.actor.employee
            record.updated_at, record.updated_by, record.version = self.now, self.actor.employee, 1
            record.sort_key = find.sort_key(record.called())
        values = [stored_values(record) for record in added]
        columns = columns_of(record_type)
        names, marks = ", ".join(f"`{name}`" for name in columns), ", ".join("?" * len(columns))
        self.tx.many(
            f"INSERT INTO `{record_type.key()}` ({names}) VALUES ({marks})",
            [tuple(row[name] for name in columns) for row in values],
        )
        self._note(record_type, [(record.id, self._about(record), "") for record in added], "create")
        self._index(record_type, added, None)
        for record, stored in zip(added, values, strict=True):
            self.settled.append((record, stored))
            record.saved(self, None)

    def _change(self, record: Record, action: str = "update", state_may_change: bool = False) -> None:
        record_type = type(record)
        current = self.get(record_type, record.id)
        assert record.stored is not None and current.stored is not None
        self._merge(record, current)
        changed_owner = record.owner != current.owner
        if not self.trusted:
            self._demand(record_type, "edit")
        if changed_owner and not record_type.screen.follows:
            self._demand(record_type, "assign")
        self._settle_owner(record, current)
        record.fill_in(self)
        state = record_type.state_field()
        if state and not state_may_change and getattr(record, state) != getattr(current, state):
            raise Refused(_("The state changes with the buttons of the record, not by editing it."))
        self._validate(record, self.records.fields(record_type), current)
        self._write(record, current, action)

    def _merge(self, record: Record, current: Record) -> None:
        """Three-way: fields only others changed are taken over; a field both changed differently is a Conflict."""
        if current.version == record.version:
            return
        assert record.stored is not None and current.stored is not None
        mine, base, theirs = _flat(stored_values(record)), _flat(record.stored), _flat(current.stored)
        clash = {
            name: theirs.get(name)
            for name in mine.keys() | theirs.keys()
            if name not in BOOKKEEPING
            and mine.get(name) != base.get(name)
            and theirs.get(name) != base.get(name)
            and mine.get(name) != theirs.get(name)
        }
        if clash:
            who = self.records.names.title("employee", current.updated_by) if current.updated_by else ""
            raise Conflict(_("{who} changed this record meanwhile. Compare the two and decide which to keep."), clash, who)
        fields = self.records.fields(type(record))
        for name, value in theirs.items():
            if name in fields and theirs.get(name) != base.get(name):
                custom.put(record, fields[name], fields[name].kind.load(value))
        record.stored = dict(current.stored)
        record.version = current.version

    def _settle_owner(self, record: Record, current: Record | None) -> None:
        """A record that follows another has its owner; others belong to who made them until assigned."""
        follows = type(record).screen.follows
        parent_id = getattr(record, follows) if follows else None
        if parent_id:
            parent = self._owner_of(record._meta.fields[follows].kind.target, parent_id)
            if parent:
                record.owner, record.department = parent
                return
        if current is None and record.owner is None and self.actor.employee:
            record.owner = self.actor.employee
        if current is None and record.owner not in (None, self.actor.employee) and self.what != "import":
            self._demand(type(record), "assign")
        if record.owner is None:
            return
        employee = self.records.names.rows("employee").get(record.owner) if "employee" in self.records.types else None
        if employee is not None and (current is None or current.owner != record.owner):
            record.department = employee.department

    def _owner_of(self, type_key: str, record_id: int) -> tuple[int | None, int | None] | None:
        rows = self.tx.run(f"SELECT owner, department FROM `{type_key}` WHERE id = ?", (record_id,))
        return tuple(rows[0]) if rows else None

    def _validate(self, record: Record, fields: Mapping[str, Any], current: Record | None) -> None:
        problems: list[Invalid] = []
        for name, declared in fields.items():
            value = custom.get(record, declared)
            try:
                value = declared.kind.check(value)
                if declared.required and declared.kind.empty(value):
                    raise Invalid(_("“{label}” must be filled in."), name, label=_Label(declared))
                if isinstance(declared, Link) and value and (current is None or getattr(current, name) != value):
                    self._check_link(declared, value)
            except Invalid as problem:
                problem.field = name
                problems.append(problem)
                continue
            custom.put(record, declared, value)
        if problems:
            raise InvalidRecord(problems) if len(problems) > 1 else problems[0]
        record.check(self)

    def _check_link(self, declared: Link, value: int) -> None:
        target = self.records.types.get(declared.kind.target)
        if target is None or self.trusted:
            return
        if self.records.names.small(target.key()):
            found = value in self.records.names.rows(target.key())
        else:
            rows = self.tx.run(f"SELECT owner, department FROM `{target.key()}` WHERE id = ? AND deleted_at IS NULL", (value,))
            found = bool(rows) and self.actor.scope(target).holds(*rows[0])
        if not found:
            raise Invalid(_("The {what} chosen does not exist, or you may not see it."), what=_Marked(target.screen.one))

    # Moving, assigning, deleting

    def move(self, record: Record, key: str, answers: Mapping[str, Any] | None = None) -> Record:
        """Change the state by one of the type's moves, with the fields it asks for."""
        record_type = type(record)
        move = move_of(record_type, key)
        state = record_type.state_field()
        assert state is not None
        self._demand(record_type, move.right)
        if getattr(record, state) not in move.starts():
            raise Refused(_("“{move}” is not possible in the state “{state}”."), move=_Marked(move.label),
                          state=_Marked(record._meta.fields[state].kind.states[getattr(record, state)].label))  # fmt: skip
        fields = self.records.fields(record_type)
        for name in move.asks.split():
            value = (answers or {}).get(name)
            if fields[name].kind.empty(value):
                raise Invalid(_("“{label}” must be filled in."), name, label=_Label(fields[name]))
            custom.put(record, fields[name], value)
        setattr(record, state, move.after)
        if before := getattr(record, f"before_{key}", None):
            before(self)
        if record.is_new():
            raise Refused(_("Save the record first."))
        self._change(record, "move", state_may_change=True)
        return record

    def assign(self, record: Record, employee: int | None) -> None:
        """Give the record (and what follows it) to another owner."""
        self._demand(type(record), "assign")
        if type(record).screen.follows:
            raise Refused(_("This record always has the owner of the record it belongs to. Assign that one."))
        if employee is not None and employee not in self.records.names.rows("employee"):
            raise NotFound()
        record.owner = employee
        if employee is None:
            record.department = record.department
        self._change(record, "assign")

    def amend(self, record_type: type[Record], record_id: int, **values: Any) -> None:
        """Set what follows from another change (last contact, stage since): the rule's own act, whoever caused it."""
        current = self._current(record_type, record_id)
        if current is None or all(getattr(current, name) == value for name, value in values.items()):
            return
        record = self._current(record_type, record_id)
        assert record is not None
        for name, value in values.items():
            setattr(record, name, value)
        self._write(record, current, "update")

    def regroup(self, employee: int, department: int | None) -> None:
        """An employee changed department: the records he owns go along, and are found in the new scope."""
        for record_type in self.records.types.values():
            if record_type.screen.rights.see == "all":
                continue
            rows = self.tx.run(
                f"SELECT id FROM `{record_type.key()}` WHERE owner = ? AND deleted_at IS NULL", (employee,)
            )
            self.tx.run(f"UPDATE `{record_type.key()}` SET department = ? WHERE owner = ?", (department, employee))
            self._reindex(record_type, [row[0] for row in rows])

    def _reindex(self, record_type: type[Record], ids: Sequence[int]) -> None:
        if not self.records.searched(record_type):
            return
        columns = columns_of(record_type)
        names = ", ".join(f"`{name}`" for name in columns)
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            marks = ", ".join("?" * len(part))
            rows = self.tx.run(f"SELECT {names} FROM `{record_type.key()}` WHERE id IN ({marks})", tuple(part))
            find.drop(self.tx, record_type.key(), part)
            self._index(record_type, [from_row(record_type, columns, row) for row in rows], None)

    def number(self, series: str, prefix: str, digits: int = 4) -> str:
        """The next number of a series, without gaps or doubles whatever the number of clients: 'HT-2026-0052'."""
        ignore = "INSERT IGNORE" if self.tx.engine == "mysql" else "INSERT OR IGNORE"
        name = f"{series}:{prefix}"
        self.tx.run(f"{ignore} INTO counter (name, value) VALUES (?, 0)", (name,))
        self.tx.run("UPDATE counter SET value = value + 1 WHERE name = ?", (name,))
        value = self.tx.run("SELECT value FROM counter WHERE name = ?", (name,))[0][0]
        return f"{prefix}{value:0{digits}}"

    def delete(self, record_type: type[Record], record_id: int) -> None:
        """Put the record, and what cannot stand without it, into the recycle bin."""
        self._demand(record_type, "delete")
        self._bin(self.get(record_type, record_id))

    def _bin(self, record: Record) -> None:
        for child_type, link in self._belonging(type(record)):
            rows = self.tx.run(
                f"SELECT id FROM `{child_type.key()}` WHERE `{link}` = ? AND deleted_at IS NULL", (record.id,)
            )
            for (child_id,) in rows:
                child = self._current(child_type, child_id)
                if child is not None:
                    self._bin(child)
        self._set_deleted(record, self.at, "delete")
        record.deleted(self)

    def restore(self, record_type: type[Record], record_id: int) -> None:
        """Take the record out of the recycle bin, with what went there in the same act."""
        self._demand(record_type, "delete")
        record = self.get(record_type, record_id, deleted=True)
        if record.deleted_at is None:
            return
        found = self.tx.run(
            "SELECT batch FROM journal WHERE record_id = ? AND record_type = ? AND action = 'delete' ORDER BY id DESC LIMIT 1",
            (record_id, record_type.key()),
        )
        together = [(record_type.key(), record_id)]
        if found:
            rows = self.tx.run("SELECT record_type, record_id FROM journal WHERE batch = ? AND action = 'delete'", found[0])
            together = self._under(record, [(key, one) for key, one in rows])
        for type_key, one in together:
            binned = self._current(self.records.types[type_key], one)
            if binned is not None and binned.deleted_at is not None:
                self._set_deleted(binned, None, "restore")

    def _under(self, record: Record, rows: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Of what was deleted together: the record itself and what belongs to it (a bulk delete binned others too)."""
        kept = [(record.key(), record.id)]
        for child_type, link in self._belonging(type(record)):
            for type_key, one in rows:
                if type_key == child_type.key():
                    child = self._current(child_type, one)
                    if child is not None and getattr(child, link) == record.id:
                        kept += self._under(child, rows)
        return kept

    def _set_deleted(self, record: Record, at: str | None, action: str) -> None:
        record_type = type(record)
        self.tx.run(
            f"UPDATE `{record_type.key()}` SET deleted_at = ?, version = version + 1, updated_at = ?, updated_by = ? WHERE id = ?",
            (at, self.at, self.actor.employee, record.id),
        )
        self._note(record_type, [(record.id, self._about(record), "")], action)
        if self.records.searched(record_type):
            if at is None:
                self._index(record_type, [record], None)
            else:
                find.drop(self.tx, record_type.key(), [record.id])

    # The one place that changes a row

    def _write(self, record: Record, current: Record, action: str) -> None:
        record_type = type(record)
        record.sort_key = find.sort_key(record.called())
        before, after = current.stored or {}, stored_values(record)
        dirty = [name for name in after if name not in BOOKKEEPING and after[name] != before[name]]
        if not dirty:
            self.settled.append((record, before))
            return
        record.updated_at, record.updated_by = self.now, self.actor.employee
        record.version = current.version + 1
        after = stored_values(record)
        written = [*dirty, "sort_key", "updated_at", "updated_by", "version"]
        settings = ", ".join(f"`{name}` = ?" for name in written)
        self.tx.run(
            f"UPDATE `{record_type.key()}` SET {settings} WHERE id = ?", (*(after[name] for name in written), record.id)
        )
        old, new = _flat(before), _flat(after)
        changes = {name: (old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys())
                   if name not in BOOKKEEPING and old.get(name) != new.get(name)}  # fmt: skip
        self._note(record_type, [(record.id, self._about(record), journal.packed(changes))], action)
        self._index(record_type, [record], [current])
        if "owner" in dirty or "department" in dirty:
            self._lead_followers(record)
        self.settled.append((record, after))
        fields = self.records.fields(record_type)
        record.saved(self, {name: fields[name].kind.load(pair[0]) for name, pair in changes.items() if name in fields})

    def _lead_followers(self, record: Record) -> None:
        """Records that follow this one get its owner and department too (and are found in their scope)."""
        for child_type, link in self._belonging(type(record)):
            if child_type.screen.follows != link:
                continue
            key = child_type.key()
            self.tx.run(
                f"UPDATE `{key}` SET owner = ?, department = ? WHERE `{link}` = ?", (record.owner, record.department, record.id)
            )
            children = [row[0] for row in self.tx.run(f"SELECT id FROM `{key}` WHERE `{link}` = ? AND deleted_at IS NULL", (record.id,))]
            self._reindex(child_type, children)
            self.touched += [(key, child, "assign") for child in children]

    def _belonging(self, record_type: type[Record]) -> list[tuple[type[Record], str]]:
        return self.records.belonging(record_type)

    def _about(self, record: Record) -> int | None:
        return record.timeline_of()

    def _note(self, record_type: type[Record], entries: Sequence[tuple[int, int | None, str]], action: str) -> None:
        key, actor = record_type.key(), self.actor.employee
        rows = [
            journal.entry_row(self.batch, self.at, actor, key, record_id, action, about, changes)
            for record_id, about, changes in entries
        ]
        self.tx.many(journal.ENTRY_SQL, rows)
        self.touched += [(key, record_id, action) for record_id, _about, _changes in entries]

    def _index(self, record_type: type[Record], indexed: Sequence[Record], old: Sequence[Record] | None) -> None:
        if self.records.searched(record_type):
            doc = self.records.doc
            find.put(self.tx, record_type.key(), [doc(r) for r in indexed], [doc(r) for r in old] if old else None)

    def _demand(self, record_type: type[Record], operation: str) -> None:
        if not self.trusted and not self.actor.may(record_type, operation):
            why = lacks(record_type, operation)
            raise Refused(why.text, **{key: _Marked(value) for key, value in why.values.items()})


class _Marked(Trouble):
    """A marked word inside a sentence, translated with it."""


class _Label(Trouble):
    """A field's heading inside a sentence, in the reader's language."""

    def __init__(self, declared: Field | custom.Custom):
        super().__init__(declared.label)
        self.declared = declared

    def sentence(self, lang: str | None = None) -> str:
        from crm_desktop.core.names import label_of

        return label_of(self.declared, lang)


def move_of(record_type: type[Record], key: str) -> Move:
    """The move of this key; KeyError is a bug of the caller."""
    return {move.key: move for move in record_type.screen.moves}[key]


def _flat(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values with the custom ones beside the declared ones."""
    flat = {name: value for name, value in stored.items() if name != "extra"}
    return flat | custom.values_in(stored.get("extra") or "")
