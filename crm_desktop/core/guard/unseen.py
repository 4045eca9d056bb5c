"""Whether a record is there already that the person may not see: a server says whose it is, and which of the asked keys it holds.

It is asked by keys, and told the numbers themselves (`alike.sure`), because two of them may have one key: it looks whether a record
that has the key of a number has the number too, where the record's fields are written plainly. And it looks at the numbers of
records of which the keys have not been told yet (core/untold.py), which it reads then.
"""

from __future__ import annotations

from crm_desktop.core import alike
from crm_desktop.core.alike import numbers
from crm_desktop.core.find import UNTOLD
from crm_desktop.core.guard.naming import NOBODY, PLAINLY, WHO, granted, me, procedure, refuse, table
from crm_desktop.core.guard.sight import Types, seen
from crm_desktop.core.record import Compared

_MOBILE = "^ *([+]?86|0086|0)?[ -]?(1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}) *$"
_LANDLINE = "^ *([+]?86[ -]?|0086[ -]?)?[(]?(0[1-9][0-9]{1,2})?[)]?[ -]?[1-9][0-9]{6,7} *$"
_MAIL = "^[0-9A-Za-z._-]+@[0-9A-Za-z._-]+$"
_CODE = "^[0-9A-Za-z]{8,20}$"
_AMONG_NAMES = "[0-9][0-9 -]{6}|@"
_MOST_WAITING = 1_000


def held_unseen(schema: str, types: Types, place: str, definer: str) -> str:
    """The procedure: keys of duplicates (numbers with commas), and the words that some of them are made of -> (owner, those of the keys
    a record holds), a row for each record. Only for who may write such records, because it tells him that somebody has a number, and
    who; nothing else of the record."""
    several = "'" + PLAINLY + "^{0}(?:,{0})*+$'"
    keyed, worded = several.format("[0-9]{1,10}"), several.format(alike.SPELLED)
    lines = [
        f"DECLARE me BIGINT DEFAULT {me(schema)};",
        "DECLARE made TEXT CHARACTER SET ascii COLLATE ascii_bin DEFAULT '-1';",
        NOBODY,
        refuse(f"CHAR_LENGTH(asked) > {alike.LONGEST} OR NOT COALESCE(asked REGEXP {keyed}, 0)", "asked"),
        refuse(f"CHAR_LENGTH(words) > {alike.LONGEST} OR NOT COALESCE(words = '' OR words REGEXP {worded}, 0)", "asked"),
        f"IF words <> '' THEN SET made = REGEXP_REPLACE(words, '{PLAINLY}{alike.SPELLED}', 'CRC32(''\\0'')'); END IF;",
    ]
    for key, record_type in types.items():
        if record_type.compared is None or record_type.screen.rights.see == "all":
            continue
        may = " OR ".join(granted(schema, right, key, who=WHO) for right in ("add", "edit"))
        hidden = f"r.deleted_at IS NULL AND NOT {seen(schema, types, record_type, 'r')}"
        told, waiting = (part(schema, key, record_type.compared, hidden) for part in (_told, _waiting))
        lines += [
            f"IF kind = '{key}' THEN",
            f"  {refuse(f'NOT ({may})', 'right')}",
            f"  EXECUTE IMMEDIATE CONCAT({_text(f'({told}) UNION ALL ({waiting})')});",
            "END IF;",
        ]
    word = "CHARACTER SET ascii COLLATE ascii_bin"
    parameters = f"IN kind VARCHAR(40) {word}, IN asked TEXT {word}, IN words TEXT {word}, IN locked TINYINT"
    return procedure(place, definer, "held_unseen", parameters, lines)


# The statement is put together of text and of what was asked, which holds no sign but those of the patterns.
_ASKED, _WORDS, _MADE, _LOCK = "{asked}", "{words}", "{made}", "{lock}"


def _text(statement: str) -> str:
    text = "'" + statement.replace("'", "''") + "'"
    said = {_ASKED: "', asked, '", _WORDS: "''', words, '''", _MADE: "', made, '", _LOCK: "', IF(locked, ' LOCK IN SHARE MODE', ''), '"}
    for name, value in said.items():
        text = text.replace(name, value)
    return text


def _told(schema: str, key: str, compared: Compared, hidden: str) -> str:
    """Records whose keys stand in the table of keys."""
    by_key = f"{table(schema, alike.table(key))} k JOIN {table(schema, key)} r ON r.id = k.record WHERE k.hash IN ({_ASKED})"
    explained = (f"(CRC32({word}) = k.hash AND FIND_IN_SET({word}, {_WORDS}))" for word in _spelled(compared, "r"))
    true = " OR ".join((f"k.hash NOT IN ({_MADE})", _odd(compared, "r"), *explained))
    last = f"GROUP BY r.id ORDER BY r.id DESC LIMIT {alike.MOST}{_LOCK}"
    return f"SELECT r.owner, GROUP_CONCAT(k.hash) FROM {by_key} AND ({true}) AND {hidden} {last}"


def _waiting(schema: str, key: str, compared: Compared, hidden: str) -> str:
    """Records that wait, and are read here. One that has been changed since has got some of its keys."""
    own = table(schema, key)
    held = (f"IF(CRC32({word}) IN ({_ASKED}) AND FIND_IN_SET({word}, {_WORDS}), CRC32({word}), NULL)" for word in _spelled(compared, "n"))
    runs = f"{table(schema, UNTOLD)} u STRAIGHT_JOIN {own} n ON n.id BETWEEN u.first AND u.last"
    where = f"u.record_type = '{key}' AND u.keyed AND {_WORDS} <> '' HAVING held <> '' LIMIT {_MOST_WAITING}"
    some = f"SELECT n.id, CONCAT_WS(',', {', '.join(held)}) AS held FROM {runs} WHERE {where}"
    both = f"EXISTS (SELECT 1 FROM {table(schema, alike.table(key))} k WHERE k.record = r.id AND k.hash IN ({_ASKED}))"
    return f"SELECT r.owner, w.held FROM ({some}) w JOIN {own} r ON r.id = w.id WHERE {hidden} AND NOT {both} LIMIT {alike.MOST}"


def _spelled(compared: Compared, row: str) -> list[str]:
    """SQL for the word (as `alike` makes its keys of them) of each field that holds a number and nothing else; NULL for any other."""
    found = []
    for name in compared.phones:
        digits = f"REGEXP_REPLACE({row}.`{name}`, '{PLAINLY}[^0-9]', '')"
        mobile, landline = (f"{row}.`{name}` REGEXP '{PLAINLY}{form}'" for form in (_MOBILE, _LANDLINE))
        found.append(f"CONCAT('p', CASE WHEN {mobile} THEN RIGHT({digits}, 11) WHEN {landline} THEN RIGHT({digits}, 7) END)")
    found += [f"CONCAT('m', IF({row}.`{name}` REGEXP '{PLAINLY}{_MAIL}', LOWER({row}.`{name}`), NULL))" for name in compared.mails]
    for name in compared.codes:
        whole = f"UPPER({row}.`{name}`)"
        code = f"IF(CHAR_LENGTH({whole}) = 18, SUBSTR({whole}, 3, 15), REGEXP_REPLACE({whole}, '{PLAINLY}{numbers.COUNTRY}', ''))"
        for letter, digit in zip("OIZS", "0125", strict=True):
            code = f"REPLACE({code}, '{letter}', '{digit}')"
        key = f"RIGHT({code}, {numbers.ORGANISATION})"
        found.append(f"CONCAT('c', IF({row}.`{name}` REGEXP '{PLAINLY}{_CODE}', {key}, NULL))")
    return found


def _odd(compared: Compared, row: str) -> str:
    """Whether a record may have keys of numbers that `_spelled` does not tell."""
    fields = zip((*compared.phones, *compared.mails, *compared.codes), _spelled(compared, row), strict=True)
    ways = [f"({row}.`{name}` <> '' AND {word} IS NULL)" for name, word in fields]
    ways += [f"{row}.`{name}` REGEXP '{PLAINLY}{_AMONG_NAMES}'" for name in compared.company]
    return " OR ".join(ways)
