"""PS3: which questions go as walks where reading is strict, and which are left to the closed views."""

from __future__ import annotations

import re

import pytest

from crm_desktop.database.walking import Walks, source, walks

HEAD = "SELECT `t1`.`id`, `t1`.`sort_key` AS `s0` FROM `customer` AS `t1` WHERE "
MINE = "((`t1`.`deleted_at` IS NULL) AND (`t1`.`owner` = ?))"
ORDER = " ORDER BY `t1`.`sort_key`, `t1`.`id` LIMIT ?"
TITLE = "(SELECT `t2`.`sort_key` FROM `employee` AS `t2` WHERE (`t2`.`id` = `t1`.`owner`))"
FOUND = "SELECT id FROM find_customer WHERE (owner IN (?, ?)) AND grams LIKE ? LIMIT ?"


@pytest.mark.parametrize(
    "sql",
    [
        HEAD + MINE + ORDER,
        HEAD + f"({MINE} AND (INSTR(LOWER(`t1`.`name`), ?) > ?))" + ORDER,
        HEAD + "((`t1`.`deleted_at` IS NULL) AND (`t1`.`department` IN (?, ?)))" + ORDER,
        HEAD + "((`t1`.`deleted_at` IS NOT NULL) AND (`t1`.`owner` = ?))" + ORDER,
        HEAD + "`t1`.`id` IN (?, ?, ?)",
        HEAD.replace("`t1`.`sort_key`", f"({TITLE})") + MINE + f" ORDER BY ({TITLE}), `t1`.`id` LIMIT ?",
        f"SELECT SUM(ROUND(CAST(`t1`.`amount` AS DECIMAL(30)) * `t1`.`a` / 100)) FROM `lead` AS `t1` WHERE {MINE} GROUP BY `t1`.`level`",
        "SELECT COALESCE(CAST(JSON_UNQUOTE(JSON_EXTRACT(NULLIF(`t1`.`extra`, ''), '$.f1')) AS CHAR), '') FROM `lead` AS `t1` WHERE " + MINE,
        FOUND,
    ],
)
def test_what_begins_with_whose_rows_it_reads_is_a_walk(sql: str) -> None:
    assert walks(sql) == Walks(sql, "")


@pytest.mark.parametrize(
    ("sql", "led"),
    [
        (HEAD + MINE + ORDER, ("owner", "= 5")),
        (HEAD + "`t1`.`id` IN (1, 2)", ("id", "IN (1, 2)")),
        (HEAD.replace("`t1`.`sort_key`", f"({TITLE})") + MINE + f" ORDER BY ({TITLE}), `t1`.`id` LIMIT 5", ("owner", "= 5")),
        (HEAD + "((`t1`.`deleted_at` IS NULL) AND ((`t1`.`owner` = 5) OR (`t1`.`department` = 5)))" + ORDER, None),
        (HEAD + "(`t1`.`owner` = 5) OR (`t1`.`id` = 5)", None),
        (HEAD + "((`t1`.`deleted_at` IS NULL) AND (`t1`.`owner` = 5)) OR `t1`.`level` = 5", None),
        (HEAD + "(`t1`.`deleted_at` IS NULL)" + ORDER, None),
        (HEAD + "NOT (`t1`.`owner` = 5)", None),
    ],
)
def test_what_goes_beyond_what_it_begins_with_is_led_by_nothing(sql: str, led: tuple[str, str] | None) -> None:
    found = re.search(source("[0-9]+"), sql.replace("?", "5"))
    assert found is not None and found.group(4, 5) == (led or (None, None))


@pytest.mark.parametrize(
    "sql",
    [
        HEAD + MINE + " AND `t1`.`id` IN (SELECT `ref_id` FROM `share`)",
        "SELECT @name FROM customer WHERE owner = ?",
        "SELECT name FROM customer WHERE owner = ?",  # a bare name might be a word of the language
        "SELECT id FROM customer, contact WHERE owner = ?",
        "SELECT id FROM crm.customer WHERE owner = ?",
        "SELECT SLEEP(1) FROM customer WHERE owner = ?",
        "SELECT id FROM customer WHERE owner = ? INTO OUTFILE ?",
        "SELECT id FROM customer WHERE owner = ? -- ",
        "SELECT id FROM find_customer WHERE MATCH (grams) AGAINST (? IN BOOLEAN MODE) LIMIT ?",
    ],
)
def test_what_could_lead_beyond_them_is_none(sql: str) -> None:
    assert walks(sql) is None


def test_several_come_together() -> None:
    one, other = HEAD + MINE + ORDER, (HEAD + MINE + ORDER).replace("t1", "t2")
    union = f"SELECT * FROM ((SELECT * FROM ({one}) AS `r`) UNION ALL (SELECT * FROM ({other}) AS `r`)) AS `u`"
    assert walks(f"{union} ORDER BY s0 ASC, s1 DESC LIMIT ?") == Walks(f"{one}\n{other}", "merged s0 ASC, s1 DESC LIMIT ?")
    assert walks(f"SELECT id FROM ({FOUND}) AS looked0 UNION ALL SELECT id FROM ({FOUND}) AS looked1 LIMIT ?") == Walks(
        f"{FOUND}\n{FOUND}", "ids LIMIT ?"
    )
    assert walks(f"SELECT COUNT(*) FROM ({one}) AS `c`") == Walks(one, "count")
    grouped = f"SELECT v, COUNT(*) FROM (({one}) UNION ALL ({other})) AS `u` GROUP BY v ORDER BY MIN(o)"
    assert walks(grouped) == Walks(f"{one}\n{other}", "groups")
    beyond = HEAD + "(`t1`.`id` IN (SELECT `id` FROM `share`))" + ORDER
    assert walks(f"SELECT COUNT(*) FROM ({beyond}) AS `c`") is None
