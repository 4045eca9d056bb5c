"""Triggers on record tables: every added, changed or removed row is checked against the rights of who is signed in, and audited."""

from __future__ import annotations

from crm_desktop.core.guard import audit
from crm_desktop.core.guard.judging import Judging
from crm_desktop.core.guard.naming import NOBODY, VOUCHED, granted, is_me, knowing, refuse, table, trigger
from crm_desktop.core.guard.sight import Types, scoped, seen, written
from crm_desktop.core.guard.veil import Veil
from crm_desktop.core.masking import COVER
from crm_desktop.core.record import Record, columns_of
from crm_desktop.core.unmaking import suits

KEPT = ("id", "sort_key", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at")
"""Columns that are no content of the record."""

FIXED = ("id", "created_at", "created_by")

BINNED = ("deleted_at", "version", "updated_at", "updated_by")
"""What changes of a record that goes into the recycle bin."""

MINE = "{row}.{column} IS NULL OR {row}.{column} = me"
"""Who made or changed it is who is signed in, or nobody (what the program itself did)."""


EVENTS = ("BEFORE INSERT", "BEFORE UPDATE", "BEFORE DELETE", "AFTER INSERT", "AFTER UPDATE", "AFTER DELETE")


class Writing:
    """The triggers of one record type."""

    def __init__(self, schema: str, types: Types, record_type: type[Record], definer: str):
        self.schema, self.types, self.type, self.definer = schema, types, record_type, definer
        self.key, self.rights = record_type.key(), record_type.screen.rights
        self.columns = columns_of(record_type)
        self.scoped = self.rights.see != "all"
        self.judging = Judging(schema, record_type) if record_type.judged is not None else None

    def triggers(self) -> dict[str, str]:
        """Name -> SQL."""
        changes, all_old = audit.differences(self.columns), audit.values(self.columns, "OLD")
        told = f"IF {audit.differ(self.columns)} THEN {audit.line(self.schema, self.key, 'update', 'NEW', changes)} END IF"
        checks = {"add": self._adding(), "change": self._changing(), "remove": self._removing()}
        blocks = {name: knowing(self.schema, statements) for name, statements in checks.items()}
        if plainly := self._plainly_added():
            blocks["add"] = f"IF NOT COALESCE({plainly}, FALSE) THEN {blocks['add']}; END IF"
        # What a new record said stands in it, and in what later lines say was there before.
        blocks["added"] = audit.line(self.schema, self.key, "create", "NEW", "''").rstrip(";")
        blocks["changed"] = told
        blocks["removed"] = audit.line(self.schema, self.key, "purge", "OLD", all_old).rstrip(";")
        if suits(self.type):
            # Of what `unmake` has asked nothing is asked again, nor looked for what else it may have changed: a server prepares the whole
            # of a statement for each row, however little of it comes to be worked out.
            binned = audit.line(self.schema, self.key, "update", "NEW", audit.differences(BINNED))
            blocks["change"] = f"IF NEW.{VOUCHED} = OLD.{VOUCHED} THEN {blocks['change']}; END IF"
            blocks["changed"] = f"IF NEW.{VOUCHED} = OLD.{VOUCHED} THEN {told}; ELSE {binned} END IF"
        events = zip(blocks, EVENTS, strict=True)
        return {
            f"{self.key}_{name}": trigger(self.schema, blocks[name], event, f"{self.key}_{name}", self.key, self.definer)
            for name, event in events
        }

    # What is checked

    def _may(self, operation: str) -> str:
        return granted(self.schema, operation, self.key, who="who")

    def _within(self, row: str) -> str:
        return scoped(self.schema, self.type, row, "who") if self.scoped else "TRUE"

    def _plainly_added(self) -> str:
        """What is true of nearly every new record: one's own, where one works, and about nothing else. Then all checks pass, and a
        server asks this one question several times as quickly as all of them."""
        if not self.scoped or self.type.told or self.judging is not None or self.type.unique:
            return ""
        plain = ["NEW.version = 1", "NEW.deleted_at IS NULL", "NEW.created_by = NEW.owner", "NEW.updated_by = NEW.owner"]
        plain += [f"NEW.`{link}` IS NULL" for link in dict.fromkeys([self.type.screen.about, *self.type.followed()]) if link]
        here = f" AND b.department <=> NEW.department AND FIND_IN_SET('{self.key}', b.adds)"
        return f"{' AND '.join(plain)} AND {is_me(self.schema, 'NEW.owner', here)}"

    def _adding(self) -> list[str]:
        checks = [NOBODY] if self.type.told else [NOBODY, refuse(f"NOT {self._may('add')}", "right")]
        brings = granted(self.schema, "edit", "employee", who="who")
        checks += [
            refuse("NEW.version <> 1 OR NEW.deleted_at IS NOT NULL", "version"),
            # Administrators bring in old books, in which others made the records; the audit says who brought them.
            refuse(f"NOT ({MINE.format(row='NEW', column='created_by')} OR {brings})", "author"),
            refuse(f"NOT ({MINE.format(row='NEW', column='updated_by')})", "author"),
        ]
        if self.scoped:
            own = f"({self._within('NEW')} OR {self._may('assign')})" if not self.type.told else "TRUE"
            checks.append(refuse(f"NOT ({self._lent(f'({own} AND {self._settled()})', moved=True)})", "owner"))
            checks += self._about("TRUE")
        if self.judging is not None:
            checks += self.judging.adding()
        return checks + self._unique("TRUE")

    def _changing(self) -> list[str]:
        content = [name for name in self.columns if name not in KEPT and not (self.scoped and name in ("owner", "department"))]
        content = [name for name in content if name != "owner"]
        fields = self.type.declared()
        edited = [name for name in content if not (name in fields and fields[name].readonly)]
        checks = [
            NOBODY,
            *self._kept(),
            refuse(audit.differ(FIXED), "fixed"),
            refuse(f"NOT {written(self.schema, self.types, self.type, 'OLD')}", "sight"),
            refuse(f"NOT (NEW.updated_by <=> OLD.updated_by OR {MINE.format(row='NEW', column='updated_by')})", "author"),
            refuse("NEW.version NOT IN (OLD.version, OLD.version + 1)", "version"),
            refuse(f"{audit.differ([*content, 'deleted_at'])} AND NEW.version <> OLD.version + 1", "version"),
        ]
        if self.judging is not None:
            checks += self.judging.changing([*content, "deleted_at"])
            edited.remove(self.judging.department)  # follows from where its owner works
        if edited and not self.type.told:
            checks.append(refuse(f"{audit.differ(edited)} AND NOT {self._editing()}", "right"))
        bin_it = f"({self._within('OLD')} AND {self._may('delete')}) OR {self._undone()}"
        checks.append(refuse(f"NOT (NEW.deleted_at <=> OLD.deleted_at) AND NOT ({bin_it})", "right"))
        checks += self.bereft("OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL", "= OLD.id")
        given = f"{self._within('OLD')} AND {self._may('assign')}" if not self.type.told else "TRUE"
        checks += self._unique("NOT (NEW.`{name}` <=> OLD.`{name}`) OR OLD.deleted_at IS NOT NULL")
        if not self.scoped:
            return [*checks, refuse(f"NOT (NEW.owner <=> OLD.owner) AND NOT ({given})", "right")]
        links = [*self.type.followed()]
        moved = " OR ".join(f"NOT (NEW.`{link}` <=> OLD.`{link}`)" for link in links) or "FALSE"
        own = f"((NEW.owner <=> OLD.owner OR ({given})) AND {self._settled()})"
        whose = f"{audit.differ(['owner', 'department'])} OR {moved}"
        lent = f"NOT ({moved}) AND ({self._lent(own, moved=False)}) OR ({moved}) AND ({self._lent(own, moved=True)})"
        checks.append(refuse(f"({whose}) AND NOT ({lent})", "owner"))
        return checks + self._about(f"NOT (NEW.`{self.type.screen.about}` <=> OLD.`{self.type.screen.about}`)")

    def _unique(self, when: str) -> list[str]:
        """Two who take the same number at once wait for each other, and the second is refused."""
        lines = []
        for name in self.type.unique:
            same = f"c.`{name}` = NEW.`{name}` AND c.id <> NEW.id AND c.deleted_at IS NULL"
            lines += [
                f"IF NEW.deleted_at IS NULL AND ({when.format(name=name)}) THEN BEGIN",
                "  DECLARE same INT;",
                f"  SELECT COUNT(*) INTO same FROM {table(self.schema, self.key)} c WHERE {same} LOCK IN SHARE MODE;",
                f"  {refuse('same > 0', 'number')}",
                "END; END IF;",
            ]
        return lines

    def _kept(self) -> list[str]:
        """Who was shown a covered number among the company's own fields writes it back with the rest: the real one stays."""
        names = Veil(self.schema, self.types, self.type).list()
        path = "CONCAT('$.', JSON_VALUE(names, CONCAT('$[', i, ']')))"
        came = f"JSON_VALUE(NEW.extra, {path})"
        back = f"SET NEW.extra = JSON_SET(NEW.extra, {path}, JSON_VALUE(OLD.extra, {path}));"
        return [
            f"IF NEW.extra <> OLD.extra AND NEW.extra LIKE '%{COVER}%' THEN BEGIN",
            "  DECLARE i INT DEFAULT 0;",
            f"  DECLARE names LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT {names};",
            "  WHILE i < COALESCE(JSON_LENGTH(names), 0) DO",
            f"    IF {came} LIKE '%{COVER}%' THEN {back} END IF;",
            "    SET i = i + 1;",
            "  END WHILE;",
            "END; END IF;",
        ]

    def _removing(self) -> list[str]:
        return [
            NOBODY,
            refuse(f"NOT ({self._within('OLD')} AND {self._may('purge')})", "right"),
            refuse("OLD.deleted_at IS NULL", "bin"),
        ]

    def bereft(self, when: str, which: str) -> list[str]:
        """What has an owner of its own is not left behind by the record it is about: the program bins it first, if it may."""
        checks = []
        for child in self.types.values():
            link = child.screen.about
            field = child.declared().get(link) if link else None
            if field is not None and field.required and field.kind.target == self.key and link not in child.followed():  # type: ignore[attr-defined]
                left = f"c.`{link}` {which} AND c.deleted_at IS NULL AND NOT {scoped(self.schema, child, 'c', 'who')}"
                found = f"EXISTS (SELECT 1 FROM {table(self.schema, child.key())} c WHERE {left})"
                checks.append(refuse(f"{when} AND {found}", "children"))
        return checks

    def _editing(self) -> str:
        """The right to edit; where buttons of the record need another one, that will do."""
        rights = dict.fromkeys(["edit", *(move.right for move in self.type.screen.moves)])
        return f"({' OR '.join(self._may(right) for right in rights)})"

    def _undone(self) -> str:
        """Ctrl+Z takes back what one made oneself, as long as nobody else has touched it."""
        return "(OLD.created_by = me AND OLD.updated_by = me)"

    def _settled(self) -> str:
        """The department is always the owner's, so that nobody moves a record into another one's sight, or out of it."""
        return f"NEW.department <=> (SELECT e.department FROM {table(self.schema, 'employee')} e WHERE e.id = NEW.owner)"

    def _lent(self, own: str, moved: bool) -> str:
        """What follows another record has its owner and department; `moved`: newly so, then that one must be the person's to change."""
        cases = []
        for link in self.type.followed():
            target = self.types[self.type.declared()[link].kind.target]  # type: ignore[attr-defined]
            same = f"p.id = NEW.`{link}` AND p.owner <=> NEW.owner AND p.department <=> NEW.department"
            allowed = f" AND {written(self.schema, self.types, target, 'p')}" if moved else ""
            parent = f"EXISTS (SELECT 1 FROM {table(self.schema, target.key())} p WHERE {same}{allowed})"
            cases.append(f"WHEN NEW.`{link}` IS NOT NULL THEN {parent}")
        return f"CASE {' '.join(cases)} ELSE {own} END" if cases else own

    def _about(self, when: str) -> list[str]:
        """What is about a record stands on its timeline, so that one must be seen."""
        link = self.type.screen.about
        if not link:
            return []
        target = self.types[self.type.declared()[link].kind.target]  # type: ignore[attr-defined]
        found = f"SELECT 1 FROM {table(self.schema, target.key())} p WHERE p.id = NEW.`{link}`"
        visible = f"EXISTS ({found} AND {seen(self.schema, self.types, target, 'p', 'who', 'me')})"
        return [refuse(f"{when} AND NEW.`{link}` IS NOT NULL AND NOT {visible}", "sight")]
