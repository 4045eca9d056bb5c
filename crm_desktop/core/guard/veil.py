"""Hidden numbers in the server's own views: what `core/masking.py` covers in the program, as SQL."""

from __future__ import annotations

from crm_desktop.core.guard.naming import ALL, PLAINLY, granted, me, table
from crm_desktop.core.guard.sight import Types, shared
from crm_desktop.core.masking import COVER, SETTING
from crm_desktop.core.record import Record, columns_of

MASKED, EXTRA, CHANGES = "masked", "masked_extra", "masked_changes"
"""Functions of the schema of the tables: a number, a record's own fields, a line of the journal with what is hidden covered."""

TELLING_LITTLE, OF_TEXT = "upod", "gt"
"""Kinds of words of the search index (core/find/grams.py): those of names and owners, and those of any text; all others may be digits."""

_TEXT = "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
_PLAIN_NUMBER = "^[0-9]{3}[-0-9 ()]*[0-9]{4}$"  # most numbers: covered without calling a function


class Veil:
    """What is hidden of one record type."""

    def __init__(self, schema: str, types: Types, record_type: type[Record]):
        self.schema, self.types, self.type, self.key = schema, types, record_type, record_type.key()
        self.fields = {
            name: field
            for name, field in record_type.declared().items()
            if field.shown and not field.readonly and name != record_type.title_field and field.kind.key in ("text", "phone", "email")
        }

    def columns(self, row: str) -> str:
        """The columns of the table, those that are hidden covered where the person may not see them."""
        told = []
        for name in columns_of(self.type):
            raw = f"{row}.`{name}`"
            if name in self.fields:
                told.append(f"IF({raw} <> '' AND {self.hidden(name)} AND NOT {self.plain(row)}, {self.cover(raw)}, {raw}) AS `{name}`")
            elif name == "extra":
                function = f"{table(self.schema, EXTRA)}({raw}, {self.list()})"
                told.append(f"IF({raw} <> '' AND {self.list()} IS NOT NULL AND NOT {self.plain(row)}, {function}, {raw}) AS `extra`")
            else:
                told.append(raw)
        return ", ".join(told)

    def grams(self, row: str) -> str:
        """The columns of the search index: of who does not see all of a record, digits are not to be put together from it."""
        bare = f"REGEXP_REPLACE({row}.grams, '{PLAINLY}(^| )[^{TELLING_LITTLE}{OF_TEXT} ][^ ]*', '')"
        words = [name for name, field in self.fields.items() if field.search == "text"]
        own = f"SELECT 1 FROM {table(self.schema, 'custom_field')} c WHERE c.record_type = '{self.key}' AND c.searchable = 1"
        own += f" AND c.deleted_at IS NULL AND JSON_CONTAINS({self.list()}, JSON_QUOTE(c.code))"
        texts = " OR ".join([*(self.hidden(name) for name in words), f"EXISTS ({own})"])
        none = f"IF({texts}, REGEXP_REPLACE({bare}, '{PLAINLY}(^| )[{OF_TEXT}][^ ]*', ''), {bare})"
        record = f"SELECT 1 FROM {table(self.schema, self.key)} r WHERE r.id = {row}.id"
        seen = f"NOT ({self._any()}) OR {self._right()} OR {row}.owner <=> {me(self.schema)} OR EXISTS ({record} AND {self.plain('r')})"
        return f"{row}.id, {row}.owner, {row}.department, IF({seen}, {row}.grams, {none}) AS grams"

    def keys_seen(self, row: str) -> str:
        """Whether the keys of duplicates of a record are shown: a number could be guessed from its key."""
        record = f"SELECT 1 FROM {table(self.schema, self.key)} r WHERE r.id = {row}.record"
        return f"(NOT ({self._any()}) OR {self._right()} OR EXISTS ({record} AND {self.plain('r')}))"

    def changes(self, row: str) -> str:
        """What a line of the journal says about a record of the type."""
        record = f"SELECT 1 FROM {table(self.schema, self.key)} r WHERE r.id = {row}.record_id"
        seen = f"{self._right()} OR EXISTS ({record} AND {self.plain('r')})"
        shipped = "JSON_ARRAY(" + ", ".join(f"'{name}'" for name, field in self.fields.items() if field.masked) + ")"
        names = f"COALESCE({self.list()}, {shipped})"
        return f"IF(NOT ({self._any()}) OR {seen}, {row}.changes, {table(self.schema, CHANGES)}({row}.changes, {names}))"

    def plain(self, row: str) -> str:
        """Whether the person sees all of a record: he may of all of the type, owns it, or works on it with its owner."""
        ways = [self._right(), f"{row}.owner <=> {me(self.schema)}"]
        # Who sees all records of a type is not asked what is shared with him (core/sight.py).
        given = [f"({way})" for way in shared(self.schema, self.types, self.type, row, me(self.schema), writing=True)]
        if given:
            ways.append(f"(NOT {granted(self.schema, ALL, self.key)} AND ({' OR '.join(given)}))")
        return f"({' OR '.join(ways)})"

    def hidden(self, name: str) -> str:
        """Whether a field is hidden: the company's choice, else as the program comes."""
        there = f"JSON_EXISTS(h.value, '$.{self.key}')"
        chosen = self._chosen(f"IF({there}, JSON_CONTAINS(h.value, '\"{name}\"', '$.{self.key}'), NULL)")
        return f"COALESCE({chosen}, {int(self.fields[name].masked)})"

    def list(self) -> str:
        """The company's own list of hidden fields, as JSON; NULL when it has chosen none."""
        return self._chosen(f"JSON_EXTRACT(h.value, '$.{self.key}')")

    def _any(self) -> str:
        return " OR ".join(self.hidden(name) for name in self.fields) or "FALSE"

    def _right(self) -> str:
        return granted(self.schema, "plain", self.key)

    def _chosen(self, what: str) -> str:
        return f"(SELECT {what} FROM {table(self.schema, 'setting')} h WHERE h.person = 0 AND h.name = '{SETTING}')"

    def cover(self, raw: str) -> str:
        digits = f"CHAR_LENGTH(REGEXP_REPLACE({raw}, '{PLAINLY}[^0-9]', '')) >= 10"
        middle = f"REGEXP_REPLACE(SUBSTRING({raw}, 4, CHAR_LENGTH({raw}) - 7), '{PLAINLY}[0-9]', '*')"
        quick = f"CONCAT(LEFT({raw}, 3), {middle}, RIGHT({raw}, 4))"
        return f"IF({raw} REGEXP '{PLAINLY}{_PLAIN_NUMBER}' AND {digits}, {quick}, {table(self.schema, MASKED)}({raw}))"


def functions(schema: str, definer: str) -> dict[str, str]:
    """Name -> SQL."""
    def made(name: str, parameters: str, lines: str) -> str:
        head = f"CREATE OR REPLACE DEFINER = `{definer}`@`%` FUNCTION {table(schema, name)} ({parameters}) RETURNS {_TEXT}"
        return f"{head} DETERMINISTIC NO SQL SQL SECURITY DEFINER\nBEGIN\n{lines}\nEND"

    masked = table(schema, MASKED)
    piece = f"""
    IF i > CHAR_LENGTH(x) OR LOCATE(SUBSTRING(x, i, 1), ',;/、，；|\n') > 0 THEN
      SET digits = CHAR_LENGTH(REGEXP_REPLACE(piece, '{PLAINLY}[^\\\\d]', ''));
      IF digits < 5 THEN
        SET told = CONCAT(told, IF(TRIM(piece) = '', piece, CONCAT(LEFT(piece, 1), '{COVER}')));
      ELSE
        SET head = IF(digits >= 10, 3, IF(digits >= 7, 2, 1)), tail = IF(digits >= 10, 4, IF(digits >= 7, 2, 1)), at = 0, k = 1;
        WHILE k <= CHAR_LENGTH(piece) DO
          SET sign = SUBSTRING(piece, k, 1);
          IF sign REGEXP '{PLAINLY}\\\\d' THEN
            SET at = at + 1;
            IF at > head AND at <= digits - tail THEN SET sign = '*'; END IF;
          END IF;
          SET told = CONCAT(told, sign), k = k + 1;
        END WHILE;
      END IF;
      SET told = CONCAT(told, SUBSTRING(x, i, 1)), piece = '';
    ELSE
      SET piece = CONCAT(piece, SUBSTRING(x, i, 1));
    END IF;""".replace("\\\\", "\\")
    return {
        MASKED: made(MASKED, f"x {_TEXT}", f"""
  DECLARE told, piece {_TEXT} DEFAULT '';
  DECLARE sign VARCHAR(1) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
  DECLARE i, k INT DEFAULT 1;
  DECLARE digits, head, tail, at INT DEFAULT 0;
  IF x IS NULL OR x = '' OR LOCATE('{COVER}', x) > 0 THEN RETURN COALESCE(x, ''); END IF;
  IF LOCATE('@', x) > 0 THEN
    RETURN CONCAT(LEFT(SUBSTRING_INDEX(x, '@', 1), 1), '{COVER}@', SUBSTRING(x, LOCATE('@', x) + 1));
  END IF;
  WHILE i <= CHAR_LENGTH(x) + 1 DO{piece}
    SET i = i + 1;
  END WHILE;
  RETURN told;"""),
        EXTRA: made(EXTRA, f"x {_TEXT}, names {_TEXT}", f"""
  DECLARE i INT DEFAULT 0;
  DECLARE path VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
  WHILE i < JSON_LENGTH(names) DO
    SET path = CONCAT('$.', JSON_VALUE(names, CONCAT('$[', i, ']'))), i = i + 1;
    IF JSON_VALUE(x, path) <> '' THEN SET x = JSON_REPLACE(x, path, {masked}(JSON_VALUE(x, path))); END IF;
  END WHILE;
  RETURN x;"""),
        CHANGES: made(CHANGES, f"x {_TEXT}, names {_TEXT}", f"""
  DECLARE i INT DEFAULT 0;
  DECLARE path VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
  IF x = '' THEN RETURN x; END IF;
  WHILE i < 2 * JSON_LENGTH(names) DO
    SET path = CONCAT('$.', JSON_VALUE(names, CONCAT('$[', i DIV 2, ']')), '[', i MOD 2, ']'), i = i + 1;
    IF JSON_VALUE(x, path) <> '' THEN SET x = JSON_REPLACE(x, path, {masked}(JSON_VALUE(x, path))); END IF;
  END WHILE;
  RETURN x;"""),
    }  # fmt: skip

