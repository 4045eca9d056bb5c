"""Views and triggers of the door's own tables: journal, batches, settings, counters, operation ids, search index, and `acl` itself."""

from __future__ import annotations

from crm_desktop.core import alike
from crm_desktop.core.find import RUN
from crm_desktop.core.find import table as find_table
from crm_desktop.core.guard import audit
from crm_desktop.core.guard.naming import (
    ALL,
    KEYS,
    NOBODY,
    NOW,
    PLAINLY,
    TOLD,
    VOUCHED,
    WHO,
    body,
    granted,
    is_me,
    knowing,
    known,
    late,
    me,
    procedure,
    refuse,
    table,
    trigger,
)
from crm_desktop.core.guard.sight import Types, scoped, seen, written
from crm_desktop.core.guard.veil import TELLING_LITTLE, Veil
from crm_desktop.core.record import Record

ACL = """CREATE TABLE IF NOT EXISTS {name} (
    login VARCHAR(80) NOT NULL,
    record_type VARCHAR(40) NOT NULL,
    kind VARCHAR(20) NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (login, record_type, kind, value)
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"""

BADGE = """CREATE TABLE IF NOT EXISTS {name} (
    employee BIGINT NOT NULL PRIMARY KEY,
    login VARCHAR(80) NOT NULL UNIQUE,
    department BIGINT NULL,
    adds VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"""

JOURNAL = ("id", "batch", "at", "actor", "record_type", "record_id", "action", "about")
KEPT_DAYS = 29  # how long an operation id is kept at least


class Door:
    """What guards the tables that are no record types."""

    def __init__(self, schema: str, types: Types, definer: str):
        self.schema, self.types, self.definer = schema, types, definer

    def views(self) -> dict[str, str]:
        """Table -> the condition of its view."""
        return {
            "batch": known(self.schema),
            "journal": self._journal_seen(),
            # An administrator's copy of the database holds everybody's.
            "setting": f"t.person IN (0, {me(self.schema)}) OR t.name = 'language' OR {self._keeper()}",
            "counter": known(self.schema),
            "tx_log": known(self.schema),
            "schema_version": "TRUE",
            "presence": f"t.employee = {me(self.schema)} OR {granted(self.schema, 'edit', 'employee')}",
            "seal": known(self.schema),
            "apart": known(self.schema),
            # Of local files: here people sign in to the server.
            "password": "FALSE",
            "guard_profile": "TRUE",
            "untold": known(self.schema),
            "find_begun": known(self.schema),
            # Follows from staff and roles, which everybody sees; a view that asks its own table could not be written through.
            "acl": "TRUE",
            "badge": "TRUE",
            "audit": self._keeper(),
        }

    def beside(self, record_type: type[Record]) -> dict[str, tuple[str, str]]:
        """Tables kept beside a record type, to find it by: name -> (condition of the view, column that names the record)."""
        made: dict[str, tuple[str, str]] = {}
        key = record_type.key()
        if any(declared.search for declared in record_type.declared().values()):
            made[find_table(key)] = (self._beside_seen(record_type, "id", True), "id")
        if record_type.compared is not None:
            made[alike.table(key)] = (self._beside_seen(record_type, "record", False), "record")
        return made

    def _beside_seen(self, record_type: type[Record], link: str, owned: bool) -> str:
        """What is found is what is seen. Rows that say whose the record is are judged by that first."""
        if record_type.screen.rights.see == "all":
            return known(self.schema)
        record = f"SELECT 1 FROM {table(self.schema, record_type.key())} r WHERE r.id = t.{link}"
        visible = f"EXISTS ({record} AND {seen(self.schema, self.types, record_type, 'r')})"
        return f"{scoped(self.schema, record_type, 't')} OR {visible}" if owned else visible

    def powers(self) -> dict[str, str]:
        """Table -> what may be done to it through its view at all, before any trigger is asked."""
        return {
            "batch": "SELECT, INSERT",
            "journal": "SELECT, INSERT",
            "setting": "SELECT, INSERT, UPDATE, DELETE",
            "counter": "SELECT, INSERT, UPDATE",
            "tx_log": "SELECT, INSERT, DELETE",
            "schema_version": "SELECT",
            "presence": "SELECT, INSERT, UPDATE, DELETE",
            "seal": "SELECT, INSERT",
            "apart": "SELECT, INSERT, DELETE",
            "password": "SELECT",
            "acl": "SELECT, INSERT, DELETE",
            "badge": "SELECT, INSERT, DELETE",
            "audit": "SELECT",
            "guard_profile": "SELECT",
            "untold": "SELECT, INSERT, DELETE",
            "find_begun": "SELECT, INSERT, DELETE",
        }

    def triggers(self) -> dict[str, str]:
        """Name -> SQL."""
        mine = refuse("NOT (NEW.actor IS NULL OR NEW.actor = me)", "author")
        noted = refuse(late("NEW.at", ">"), "clock")
        watches = granted(self.schema, "edit", "employee", who="who")
        company = f"{{row}}.person = me OR ({{row}}.person = 0 AND ({self._keeper('who')}))"
        setting = {row: refuse(f"NOT ({company.format(row=row)})", "setting") for row in ("NEW", "OLD")}
        keeps = self._keeper("who")
        written_now = " ".join(f"WHEN '{key}' THEN ({self._run_of_mine(key)})" for key in self.types)
        whose = (f"WHEN '{key}' THEN (SELECT r.owner FROM {table(self.schema, key)} r WHERE r.id = NEW.first)" for key in self.types)
        owner = f"NEW.first = NEW.last AND NEW.actor <=> CASE NEW.record_type {' '.join(whose)} ELSE NULL END"
        teller = refuse(f"NOT (NEW.actor IN (0, me) OR {owner})", "author")
        whole = f"a.login = who AND a.record_type = OLD.record_type AND a.kind = '{ALL}' AND a.value = 0"
        sees_type = f"EXISTS (SELECT 1 FROM {table(self.schema, 'acl')} a WHERE {whole})"
        step = f"NEW.name = OLD.name AND (NEW.value = OLD.value + 1 OR (NEW.name = 'seal' AND {self._sees_all()}))"
        home = f"NOT (NEW.sent_home_by <=> OLD.sent_home_by) AND NOT (NEW.sent_home_by = me AND {watches})"
        keeper = refuse(f"NOT ({self._keeper('who')})", "acl")
        made = [
            ("batch", "add", "BEFORE INSERT", [mine, noted]),
            ("setting", "add", "BEFORE INSERT", [setting["NEW"]]),
            ("setting", "change", "BEFORE UPDATE", [setting["OLD"], setting["NEW"]]),
            ("setting", "remove", "BEFORE DELETE", [setting["OLD"]]),
            ("counter", "add", "BEFORE INSERT", [refuse("NEW.value <> 0", "counter")]),
            ("counter", "change", "BEFORE UPDATE", [refuse(f"NOT ({step})", "counter")]),
            ("presence", "add", "BEFORE INSERT", [refuse("NEW.employee NOT IN (0, me) OR NEW.sent_home_by IS NOT NULL", "author")]),
            ("presence", "change", "BEFORE UPDATE", [refuse(f"NEW.employee <> OLD.employee OR {home}", "author")]),
            ("presence", "remove", "BEFORE DELETE", [refuse(f"OLD.seen_at > {NOW} - INTERVAL {KEPT_DAYS} DAY", "log")]),
            ("seal", "add", "BEFORE INSERT", [refuse(f"NOT {self._sees_all()}", "acl")]),
            ("apart", "add", "BEFORE INSERT", [mine]),
            ("apart", "remove", "BEFORE DELETE", [refuse(f"NOT (OLD.actor <=> me OR {keeps})", "author")]),
            ("tx_log", "add", "BEFORE INSERT", [noted]),
            ("tx_log", "remove", "BEFORE DELETE", [refuse(f"OLD.at > {NOW} - INTERVAL {KEPT_DAYS} DAY", "log")]),
            # Everybody's program reads what waits: runs are short. They are told by who imported them, or sees all of their type;
            # a single record also by its owner.
            ("untold", "add", "BEFORE INSERT", [teller, refuse(f"NOT (NEW.last BETWEEN NEW.first AND NEW.first + {RUN - 1})", "find"),
                                                refuse(f"NOT CASE NEW.record_type {written_now} ELSE FALSE END", "find")]),
            ("untold", "remove", "BEFORE DELETE", [refuse(f"NOT (OLD.actor <=> me OR {sees_type})", "find")]),
            ("find_begun", "add", "BEFORE INSERT", [refuse("NEW.words <> ''", "find")]),
            ("find_begun", "remove", "BEFORE DELETE", []),
        ]
        for on in TOLD:
            made += [
                (on, "add", "BEFORE INSERT", [keeper]),
                (on, "remove", "BEFORE DELETE", [keeper]),
                (on, "added", "AFTER INSERT", [self._told_line(on, "NEW", "grant")]),
                (on, "removed", "AFTER DELETE", [self._told_line(on, "OLD", "revoke")]),
            ]
        told = {
            f"{on}_{name}": self._body(statements if on in TOLD else [NOBODY, *statements], event, f"{on}_{name}", on)
            for on, name, event, statements in made
        }
        # One's own line of now is nearly every line: asked first and by one question, of which an import has as many as rows.
        plainly = f"COALESCE({late('NEW.at', '<=')} AND {is_me(self.schema, 'NEW.actor')}, FALSE)"
        block = f"IF NEW.{VOUCHED} = 0 THEN IF NOT {plainly} THEN {knowing(self.schema, [NOBODY, mine, noted])}; END IF; END IF"
        told["journal_add"] = trigger(self.schema, block, "BEFORE INSERT", "journal_add", "journal", self.definer)
        return told

    def beside_triggers(self, name: str, record_type: type[Record], link: str) -> dict[str, str]:
        """Written by who may write the record or wrote it last; the search index says of a record whose it is in truth."""
        record = table(self.schema, record_type.key())
        whose = f"(SELECT {{column}} FROM {record} r WHERE r.id = NEW.id)"
        truth = "SET " + ", ".join(f"NEW.{column} = {whose.format(column=column)}" for column in ("owner", "department")) + ";"
        true = "".join(f" AND NEW.{column} <=> r.{column}" for column in ("owner", "department"))
        gone = f"NOT EXISTS (SELECT 1 FROM {record} r WHERE r.id = OLD.{link})"
        adds = refuse(f"NOT ({self._indexed(record_type, f'NEW.{link}')})", "find")
        removes = refuse(f"NOT ({self._indexed(record_type, f'OLD.{link}')} OR {gone})", "find")
        mine = f"SELECT 1 FROM {record} r JOIN {table(self.schema, 'badge')} b ON b.employee = r.updated_by"
        mine += f" WHERE b.login = {WHO} AND r.id = {{row}}.{link}"
        made = {}
        for what, event, row, refused in (("add", "BEFORE INSERT", "NEW", adds), ("remove", "BEFORE DELETE", "OLD", removes)):
            # What one has written last is nearly all there is. It is asked first and alone: of a longer question the server prepares
            # every part before it looks at the first, for each of the ten rows that an imported record has here.
            told = link == "id" and what == "add"
            plainly, checks = mine.format(row=row) + (true if told else ""), [NOBODY, refused, *([truth] if told else [])]
            block = f"IF NOT EXISTS ({plainly}) THEN {knowing(self.schema, checks)}; END IF"
            made[f"{name}_{what}"] = trigger(self.schema, block, event, f"{name}_{what}", name, self.definer)
        return made

    def noting(self, place: str) -> str:
        """A procedure for the lines of the journal that say of many new records, whose ids rise by one, that they were made. The
        server writes them itself, having asked once for all of them what its trigger asks of each line."""
        series = "WITH RECURSIVE s (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i + 1 < many)"
        columns = ", ".join((*JOURNAL, "changes", VOUCHED))
        said = "SELECT entry + s.i, act, moment, me, kind, one + s.i, 'create', NULL, '', 1 FROM s"
        lines = [
            f"DECLARE me BIGINT DEFAULT {me(self.schema)};",
            NOBODY,
            refuse(f"NOT COALESCE({late('moment', '<=')}, FALSE)", "clock"),
            refuse(f"NOT COALESCE(many BETWEEN 1 AND {RUN}, FALSE)", "asked"),
            f"INSERT INTO {table(self.schema, 'journal')} ({columns}) {series} {said};",
        ]
        kind = "IN kind VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
        parameters = f"{kind}, IN act BIGINT, IN moment DATETIME, IN entry BIGINT, IN one BIGINT, IN many INT"
        return procedure(place, self.definer, "note_new", parameters, lines)

    def respelling(self, place: str) -> str:
        """A procedure for who changes a record whose numbers are hidden from him: what the index says of them stays in it."""
        lines = [
            f"DECLARE who VARCHAR(80) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin DEFAULT {WHO};",
            f"DECLARE me BIGINT DEFAULT {me(self.schema, 'who')};",
            NOBODY,
        ]
        for key, record_type in self.types.items():
            if record_type.screen.rights.see != "all" and any(field.search for field in record_type.declared().values()):
                kept = f"CONCAT(words, ' ', REGEXP_REPLACE(f.grams, '{PLAINLY}(^| )[{TELLING_LITTLE}][^ ]*', ''))"
                both = f"{table(self.schema, find_table(key))} f JOIN {table(self.schema, key)} r ON r.id = f.id"
                said = f"UPDATE {both} SET f.owner = r.owner, f.department = r.department, f.grams = {kept} WHERE f.id = one;"
                refused = refuse(f"NOT ({self._indexed(record_type, 'one')})", "find")
                lines.append(f"IF kind = '{key}' THEN {refused} {said} END IF;")
        parameters = "IN kind VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
        parameters += ", IN one BIGINT, IN words MEDIUMTEXT CHARACTER SET ascii"
        return procedure(place, self.definer, "respell", parameters, lines)

    def _indexed(self, record_type: type[Record], record_id: str) -> str:
        """Who may write the record, has just written it, or has written the one it follows."""
        ways = [written(self.schema, self.types, record_type, "r"), "r.updated_by = me"]
        for link in record_type.followed():
            target = record_type.declared()[link].kind.target  # type: ignore[attr-defined]
            ways.append(f"EXISTS (SELECT 1 FROM {table(self.schema, target)} p WHERE p.id = r.`{link}` AND p.updated_by = me)")
        record = table(self.schema, record_type.key())
        return f"EXISTS (SELECT 1 FROM {record} r WHERE r.id = {record_id} AND ({' OR '.join(ways)}))"

    def _run_of_mine(self, key: str) -> str:
        """Whether there are records of a type in a run, and none that somebody else has written last."""
        there = f"EXISTS (SELECT 1 FROM {table(self.schema, key)} r WHERE r.id BETWEEN NEW.first AND NEW.last"
        return f"{there}) AND NOT {there} AND NOT (r.updated_by <=> me))"

    def _journal_seen(self) -> str:
        """A line is seen by who sees the record it is about; one's own lines always."""
        ways = [f"t.actor = {me(self.schema)}"]
        for key, record_type in self.types.items():
            record = f"SELECT 1 FROM {table(self.schema, key)} r WHERE r.id = t.record_id"
            shown = f"EXISTS ({record} AND {seen(self.schema, self.types, record_type, 'r')})"
            ways.append(f"t.record_type = '{key}' AND ({granted(self.schema, ALL, key)} OR {shown})")
        return " OR ".join(ways)

    def journal_columns(self) -> str:
        """The columns of the journal, hidden numbers covered in what a line says."""
        cases = [
            f"WHEN '{key}' THEN {Veil(self.schema, self.types, one).changes('t')}"
            for key, one in self.types.items()
            if one.screen.rights.see != "all"
        ]
        told = f"IF(t.changes = '', t.changes, CASE t.record_type {' '.join(cases)} ELSE t.changes END) AS changes"
        return ", ".join([*(f"t.`{name}`" for name in JOURNAL), told])

    def _keeper(self, who: str = "SUBSTRING_INDEX(USER(), '@', 1)") -> str:
        return " OR ".join(granted(self.schema, "edit", key, who=who) for key in KEYS)

    def _sees_all(self) -> str:
        """Who sees the whole journal: only he can seal it."""
        scoped_types = (key for key, one in self.types.items() if one.screen.rights.see != "all")
        return f"({' AND '.join(granted(self.schema, ALL, key, who='who') for key in scoped_types)})"

    def _told_line(self, on: str, row: str, action: str) -> str:
        about = {"badge": "employee", "acl": "value"}[on]
        return audit.line(self.schema, on, action, row, audit.values(TOLD[on], row), about)

    def _body(self, statements: list[str], event: str, name: str, on: str) -> str:
        return body(self.schema, statements, event, name, on, self.definer)
