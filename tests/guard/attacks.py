"""What a salesperson with a client of another make may try, and what must come of it.

{mine}: a customer of li's; {hidden}: one of sun's, whom li does not see; {contact}: sun's contact there; {li}, {sun}: their
employees; {login}: li's account; {base}: the schema of the tables; {far}: a day long past.

STRICT says what comes of the same where reading is strict (profile B), when it is something else; TRICKS are ways to read rows that
are not one's own, with what comes of each in either profile.

expected: "denied" (the server or the guard refuses), "none" (no row read or changed), "own" (only rows of li's are read),
"double" (the row is there already), "done" (allowed), "leaks" (profile A does not stop it: README says so).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True)
class Attack:
    """One statement; several with `;;` between them, of which the last one counts."""

    name: str
    sql: str
    expected: str


A = Attack
_NEW = "(id, owner, department, sort_key, version, extra, name, code, short_name, level, type, status, industry, source, tags, phone, mobile, email, website, fax, country, province, city, district, address, postcode, tax_no, note"  # fmt: skip
_BLANK = "'', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '', '')"
INSERT = f"INSERT INTO customer {_NEW}) VALUES ({{id}}, {{owner}}, {{department}}, 'x', {{version}}, {_BLANK}"


def insert(id: int | str, owner: str = "{li}", department: str = "{department}", version: int = 1) -> str:
    """A new customer by raw SQL."""
    return INSERT.replace("{id}", str(id)).replace("{owner}", owner).replace("{department}", department).replace("{version}", str(version))


def plain(id: int | str, by: str = "{li}", more: tuple[str, str] = ("", ""), **others: object) -> str:
    """A new customer as the program writes it, with who made and changed it last, which the server lets through quickly."""
    head, values = insert(id, **others).split(" VALUES (")  # type: ignore[arg-type]
    return f"{head.replace('(id,', f'(created_by, updated_by, {more[0]}id,')} VALUES ({by}, {by}, {more[1]}{values}"


def share(id: int, record: str, by: str = "{li}", whose: str = "{sun}", kind: str = "customer") -> str:
    """A record shared with li by raw SQL."""
    names = "id, owner, department, sort_key, created_by, updated_by, version, extra, name, ref_type, ref_id, employee, may_write"
    place = f"(SELECT e.department FROM employee e WHERE e.id = {whose})"
    return f"INSERT INTO share ({names}) VALUES ({id}, {whose}, {place}, '', {by}, {by}, 1, '', 'x', '{kind}', {record}, {{li}}, 1)"


ATTACKS = (
    # The tables themselves
    A("read the table", "SELECT * FROM {base}.customer", "denied"),
    A("write the table", "UPDATE {base}.customer SET owner = {li}", "denied"),
    A("delete from the table", "DELETE FROM {base}.customer", "denied"),
    A("insert into the table", "INSERT INTO {base}.acl VALUES ('{login}', 'customer', 'all', 0)", "denied"),
    A("read the audit table", "SELECT * FROM {base}.audit", "denied"),
    A("read the accounts", "SELECT * FROM {base}.account", "denied"),
    A("read the seals", "SELECT * FROM {base}.guard_seal", "denied"),
    A("read the server's accounts", "SELECT * FROM mysql.user", "denied"),
    A("use the schema", "USE {base}", "denied"),
    A("truncate", "TRUNCATE TABLE customer", "denied"),
    A("lock tables", "LOCK TABLES customer WRITE", "denied"),
    A("base table in a join", "SELECT c.name FROM customer v JOIN {base}.customer c ON c.id <> v.id", "denied"),
    A("base table in a subquery", "UPDATE customer SET note = (SELECT name FROM {base}.customer LIMIT 1) WHERE id = {mine}", "denied"),
    # Changing the guard
    A("drop a view", "DROP VIEW customer", "denied"),
    A("replace a view", "CREATE OR REPLACE VIEW customer AS SELECT 1", "denied"),
    A("a view of one's own", "CREATE VIEW mine AS SELECT * FROM customer", "denied"),
    A("a table of one's own", "CREATE TABLE mine (id INT)", "denied"),
    A("drop a trigger", "DROP TRIGGER {base}.customer_change", "denied"),
    A("a trigger of one's own", "CREATE TRIGGER t BEFORE INSERT ON {base}.customer FOR EACH ROW SET NEW.owner = 1", "denied"),
    A("read a view's text", "SHOW CREATE VIEW customer", "denied"),
    A("explain", "EXPLAIN SELECT * FROM customer", "denied"),
    A("a procedure of one's own", "CREATE PROCEDURE p() SELECT 1", "denied"),
    A("drop a procedure", "DROP PROCEDURE open_login", "denied"),
    A("grant to oneself", "GRANT ALL ON {base}.* TO '{login}'@'%'", "denied"),
    A("another role", "SET ROLE {base}_sight", "denied"),
    A("no binary log", "SET SESSION sql_log_bin = 0", "denied"),
    A("another host's twin", "CREATE USER '{login}'@'localhost' IDENTIFIED BY 'x'", "denied"),
    A("an account", "CREATE USER thief IDENTIFIED BY 'x'", "denied"),
    A("a file out", "SELECT * FROM customer INTO OUTFILE '/tmp/crm-attack.txt'", "denied"),
    A("a file in", "LOAD DATA INFILE '/etc/passwd' INTO TABLE customer (name)", "denied"),
    A("read a file", "SELECT 1 FROM (SELECT LOAD_FILE('/etc/passwd') AS f) x WHERE f IS NOT NULL", "none"),
    A("other people's sessions", "SELECT 1 FROM information_schema.processlist WHERE user <> '{login}'", "none"),
    A("kill a session", "KILL 1", "denied"),
    A("switch a plugin", "INSTALL SONAME 'ha_federatedx'", "denied"),
    A("server settings", "SET GLOBAL read_only = 1", "denied"),
    # Reading
    A("all rows", "SELECT owner FROM customer", "own"),
    A("a hidden row by its id", "SELECT * FROM customer WHERE id = {hidden}", "none"),
    A("a hidden row by OR", "SELECT owner FROM customer WHERE 1 = 1 OR id = {hidden}", "own"),
    A("a hidden row by UNION", "SELECT owner FROM customer UNION ALL SELECT owner FROM customer WHERE id = {hidden}", "own"),
    A("a hidden contact", "SELECT * FROM contact WHERE id = {contact}", "none"),
    A("a hidden row's history", "SELECT * FROM journal WHERE record_id = {hidden}", "none"),
    A("a hidden row's index", "SELECT * FROM find_customer WHERE id = {hidden}", "none"),
    A("the index's words", "SELECT owner FROM find_customer WHERE MATCH (grams) AGAINST ('o*' IN BOOLEAN MODE)", "own"),
    A("lock a hidden row", "SELECT * FROM customer WHERE id = {hidden} FOR UPDATE", "none"),
    A("the audit", "SELECT * FROM audit", "none"),
    A("somebody's settings", "SELECT * FROM setting WHERE person = {sun} AND name <> 'language'", "none"),
    A("a user variable in the predicate", "SET @l = '' ;; SELECT id FROM customer WHERE (@l := CONCAT(@l, name, ';')) IS NULL ;; SELECT 1 FROM (SELECT @l AS l) x WHERE l LIKE '%geheim%'", "leaks"),
    A("the same while changing", "SET @l = '' ;; UPDATE customer SET version = version WHERE (@l := CONCAT(@l, phone, ';')) IS NULL ;; SELECT 1 FROM (SELECT @l AS l) x WHERE l LIKE '%99999%'", "leaks"),
    A("warnings of a conversion", "SELECT id FROM customer WHERE id = {hidden} AND CAST(name AS SIGNED) = 5 ;; SHOW WARNINGS", "leaks"),
    # Somebody else's records
    A("change a hidden row", "UPDATE customer SET name = 'x', version = version + 1 WHERE id = {hidden}", "none"),
    A("change all rows", "UPDATE customer SET note = 'x', version = version + 1 WHERE owner <> {li}", "none"),
    A("take a hidden row", "UPDATE customer SET owner = {li}, version = version + 1 WHERE id = {hidden}", "none"),
    A("take it by a double key", insert("{hidden}") + " ON DUPLICATE KEY UPDATE owner = {li}, version = version + 1", "denied"),
    A("change it by a double key", insert("{hidden}") + " ON DUPLICATE KEY UPDATE name = 'mine', version = version + 1", "denied"),
    A("the same, ignoring errors", insert("{hidden}").replace("INSERT", "INSERT IGNORE") + " ON DUPLICATE KEY UPDATE name = 'mine', version = version + 1", "denied"),
    A("replace a hidden row", insert("{hidden}").replace("INSERT", "REPLACE"), "denied"),
    A("replace one's own", insert("{mine}").replace("INSERT", "REPLACE"), "denied"),
    A("change it through a join", "UPDATE customer c JOIN contact k ON k.customer = c.id SET c.name = 'x', c.version = c.version + 1 WHERE c.id = {hidden}", "none"),
    A("delete it through a join", "DELETE c FROM customer c JOIN customer k ON k.id = c.id", "denied"),
    A("delete a hidden row", "DELETE FROM customer WHERE id = {hidden}", "none"),
    A("a contact under it", "INSERT INTO contact (id, owner, department, sort_key, version, extra, name, customer, title, unit, mobile, phone, email, wechat, gender, is_primary, is_decision_maker, role, address, postcode, note) VALUES (1, {li}, {department}, '', 1, '', 'x', {hidden}, '', '', '', '', '', '', '', 0, 0, '', '', '', '')", "denied"),
    A("a contact under it, as its owner", "INSERT INTO contact (id, owner, department, sort_key, version, extra, name, customer, title, unit, mobile, phone, email, wechat, gender, is_primary, is_decision_maker, role, address, postcode, note) VALUES (1, {sun}, (SELECT department FROM employee WHERE id = {sun}), '', 1, '', 'x', {hidden}, '', '', '', '', '', '', '', 0, 0, '', '', '', '')", "denied"),
    A("hang one's contact on it", "UPDATE contact SET customer = {hidden}, version = version + 1 WHERE customer = {mine}", "denied"),
    A("hang one's task on it", "UPDATE task SET customer = {hidden}, version = version + 1 WHERE owner = {li}", "denied"),
    A("its words in the index", "REPLACE INTO find_customer (id, owner, department, grams) VALUES ({hidden}, {li}, {department}, 'n1')", "denied"),
    A("its entry out of the index", "DELETE FROM find_customer WHERE id = {hidden}", "none"),
    # One's own records, beyond one's rights
    A("delete for good", "DELETE FROM customer WHERE id = {mine}", "denied"),
    A("into the bin without the right", "UPDATE customer SET deleted_at = UTC_TIMESTAMP(), version = version + 1, updated_by = {li} WHERE id = {managed}", "denied"),
    A("give away", "UPDATE customer SET owner = {sun}, version = version + 1 WHERE id = {mine}", "denied"),
    A("give to nobody", "UPDATE customer SET owner = NULL, version = version + 1 WHERE id = {mine}", "denied"),
    A("out of the manager's sight", "UPDATE customer SET department = NULL, version = version + 1 WHERE id = {mine}", "denied"),
    A("the version as it was", "UPDATE customer SET name = 'x' WHERE id = {mine}", "denied"),
    A("a version far ahead", "UPDATE customer SET name = 'x', version = version + 9 WHERE id = {mine}", "denied"),
    A("another id", "UPDATE customer SET id = 7, version = version + 1 WHERE id = {mine}", "denied"),
    A("made by another", "UPDATE customer SET created_by = {sun}, version = version + 1 WHERE id = {mine}", "denied"),
    A("made another day", "UPDATE customer SET created_at = '{far}', version = version + 1 WHERE id = {mine}", "denied"),
    A("changed by another", "UPDATE customer SET name = 'x', updated_by = {sun}, version = version + 1 WHERE id = {mine}", "denied"),
    A("ignoring errors", "UPDATE IGNORE customer SET owner = {sun}, version = version + 1 WHERE id = {mine}", "denied"),
    A("add for another", insert(11, owner="{sun}"), "denied"),
    A("add for nobody", insert(12, owner="NULL"), "denied"),
    A("add in another department", insert(13, department="1"), "denied"),
    A("add with a high version", insert(14, version=99), "denied"),
    A("several with a bad one", insert(15) + f", (16, {{sun}}, {{department}}, 'x', 1, {_BLANK}", "denied"),
    A("add, ignoring errors", insert(17, owner="{sun}").replace("INSERT", "INSERT IGNORE"), "denied"),
    A("add plainly for another", plain(18, owner="{sun}"), "denied"),
    A("add plainly under another's name", plain(19, by="{sun}", owner="{sun}"), "denied"),
    A("add plainly in another department", plain(20, department="1"), "denied"),
    A("add plainly in no department", plain(21, department="NULL"), "denied"),
    A("add plainly with a high version", plain(22, version=99), "denied"),
    A("add plainly into the bin", plain(23, more=("deleted_at, ", "UTC_TIMESTAMP(), ")), "denied"),
    A("add plainly, several with a bad one", plain(24) + f", ({{sun}}, {{sun}}, 25, {{sun}}, {{department}}, 'x', 1, {_BLANK}", "denied"),
    A("add from a query", "INSERT INTO customer SELECT * FROM customer WHERE id = {mine}", "double"),
    # Rights
    A("a role for oneself", "UPDATE employee SET role = (SELECT r.id FROM role r WHERE r.code = 'admin'), version = version + 1 WHERE id = {li}", "denied"),
    A("another's user name", "UPDATE employee SET login = '{login}', version = version + 1 WHERE id = {sun}", "denied"),
    A("more rights for the role", "UPDATE role SET scope = 'all', version = version + 1", "denied"),
    A("a line of rights", "INSERT INTO role_right (id, sort_key, version, extra, name, role, operations, scope) SELECT 21, '', 1, '', 'customer', e.role, 'delete', 'all' FROM employee e WHERE e.id = {li}", "denied"),
    A("the guard's table", "INSERT INTO acl VALUES ('{login}', 'customer', 'all', 0)", "denied"),
    A("another's rights away", "DELETE FROM acl WHERE login <> '{login}'", "denied"),
    A("another's badge", "INSERT INTO badge VALUES (1, 'boss', NULL, 'customer')", "denied"),
    A("another's badge away", "DELETE FROM badge WHERE login <> '{login}'", "denied"),
    A("the guard's table changed", "UPDATE acl SET value = 0", "denied"),
    A("another department", "UPDATE department SET parent = NULL, version = version + 1", "denied"),
    A("open an account", "CALL open_login('sun', '*0000000000000000000000000000000000000000')", "denied"),
    A("lock the boss", "CALL lock_login('{boss}')", "denied"),
    A("log the boss off", "CALL log_off('{boss}')", "denied"),
    A("a name with a trick", "CALL open_login('x''@''%''; --', '*0000000000000000000000000000000000000000')", "denied"),
    # Traces
    A("a line under another's name", "INSERT INTO journal (id, batch, at, actor, record_type, record_id, action, changes) VALUES (31, 1, UTC_TIMESTAMP(), {sun}, 'customer', {hidden}, 'update', '')", "denied"),
    A("a line of long ago", "INSERT INTO journal (id, batch, at, actor, record_type, record_id, action, changes) VALUES (32, 1, '{far}', {li}, 'customer', {mine}, 'update', '')", "denied"),
    A("an act under another's name", "INSERT INTO batch (id, at, actor, what, record_type, `count`, note) VALUES (33, UTC_TIMESTAMP(), {sun}, 'save', '', 0, '')", "denied"),
    A("lines of new records, long ago", "CALL note_new('customer', 1, '{far}', 36, {mine}, 1)", "denied"),
    A("lines of new records of no time", "CALL note_new('customer', 1, NULL, 37, {mine}, 1)", "denied"),
    A("lines of very many new records", "CALL note_new('customer', 1, UTC_TIMESTAMP(), 38, {mine}, 100000)", "denied"),
    # Shares
    A("a hidden record shared with oneself", share(85, "{hidden}"), "denied"),
    A("the same as one's own", share(86, "{hidden}", whose="{li}"), "denied"),
    A("the same under its owner's name", share(87, "{hidden}", by="{sun}"), "denied"),
    A("a record of no shared type", share(88, "{contact}", kind="contact"), "denied"),
    A("one's own in somebody else's name", share(89, "{mine}"), "denied"),
    A("several shared, a hidden one among them", f"{share(90, '{mine}', whose='{li}')}, {share(91, '{hidden}').partition(' VALUES ')[2]}", "denied"),
    # New records taken back together
    A("a hidden record taken back", "CALL unmake('customer', 1, UTC_TIMESTAMP(), 71, {hidden}, 1)", "denied"),
    A("a hidden record in a row", "CALL unmake('customer', 1, UTC_TIMESTAMP(), 72, {hidden} - 1, 2)", "denied"),
    A("a record one was given taken back", "CALL unmake('customer', 1, UTC_TIMESTAMP(), 73, {managed}, 1)", "denied"),
    A("more records than there are", "CALL unmake('customer', 1, UTC_TIMESTAMP(), 74, {mine}, 2)", "denied"),
    A("records of another type", "CALL unmake('contact', 1, UTC_TIMESTAMP(), 75, {contact}, 1)", "denied"),
    A("records of no type", "CALL unmake(NULL, 1, UTC_TIMESTAMP(), 76, {mine}, 1)", "denied"),
    A("staff taken back", "CALL unmake('employee', 1, UTC_TIMESTAMP(), 77, {sun}, 1)", "denied"),
    A("records taken back long ago", "CALL unmake('customer', 1, '{far}', 78, {mine}, 1)", "denied"),
    A("records taken back at no time", "CALL unmake('customer', 1, NULL, 79, {mine}, 1)", "denied"),
    A("very many taken back", "CALL unmake('customer', 1, UTC_TIMESTAMP(), 80, 1, 100000)", "denied"),
    A("none taken back", "CALL unmake('customer', 1, UTC_TIMESTAMP(), 81, {mine}, 0)", "denied"),
    A("who knows how many taken back", "CALL unmake('customer', 1, UTC_TIMESTAMP(), 82, {mine}, NULL)", "denied"),
    A("nobody knows which taken back", "CALL unmake('customer', 1, UTC_TIMESTAMP(), 83, NULL, 1)", "denied"),
    A("the journal changed", "UPDATE journal SET changes = ''", "denied"),
    A("the journal shortened", "DELETE FROM journal", "denied"),
    A("the acts changed", "UPDATE batch SET actor = {sun}", "denied"),
    A("the acts forgotten", "DELETE FROM batch", "denied"),
    A("the audit added to", "INSERT INTO audit (at, login, host, connection, record_type, record_id, action, changes) VALUES (UTC_TIMESTAMP(), 'x', 'x', 1, 'x', 1, 'x', '')", "denied"),
    A("the audit changed", "UPDATE audit SET login = 'x'", "denied"),
    A("the audit shortened", "DELETE FROM audit", "denied"),
    A("operation ids forgotten", "DELETE FROM tx_log", "denied"),
    A("operation ids of long ago", "INSERT INTO tx_log (id, at) VALUES (34, '{far}')", "denied"),
    A("an entry of the index changed", "UPDATE find_customer SET owner = {sun} WHERE id = {mine}", "denied"),
    A("operation ids changed", "UPDATE tx_log SET at = '{far}'", "denied"),
    # Numbers and settings
    A("a counter set back", "UPDATE counter SET value = 1", "denied"),
    A("a counter far ahead", "UPDATE counter SET value = value + 100", "denied"),
    A("a counter renamed", "UPDATE counter SET name = CONCAT(name, 'x'), value = value + 1", "denied"),
    A("a counter begun high", "INSERT INTO counter (name, value) VALUES ('mine', 500)", "denied"),
    A("counters away", "DELETE FROM counter", "denied"),
    A("the company's name", "UPDATE setting SET value = '\"Mine\"' WHERE person = 0", "denied"),
    A("another's settings", "INSERT INTO setting (id, person, name, value) VALUES (41, {sun}, 'theme', '1')", "denied"),
    A("a setting handed to the company", "INSERT INTO setting (id, person, name, value) VALUES (42, {li}, 'mine', '1') ;; UPDATE setting SET person = 0 WHERE id = 42", "denied"),
    A("the company's settings away", "DELETE FROM setting WHERE person = 0", "denied"),
    A("the version of the tables", "UPDATE schema_version SET number = 99", "denied"),
    A("a migration undone", "DELETE FROM schema_version", "denied"),
    # Who is at work, seals, duplicates
    A("at work under another's name", "INSERT INTO presence (id, employee, machine, version, since, seen_at) VALUES (61, {sun}, '', '', UTC_TIMESTAMP(), UTC_TIMESTAMP())", "denied"),
    A("who is at work", "SELECT * FROM presence WHERE employee <> {li}", "none"),
    A("send oneself home", "UPDATE presence SET sent_home_by = {li} WHERE employee = {li}", "denied"),
    A("a window forgotten", "DELETE FROM presence", "denied"),
    A("a seal of one's own", "INSERT INTO seal (id, batch, digest) VALUES (62, 1, 'x')", "denied"),
    A("seals broken", "DELETE FROM seal", "denied"),
    A("seals changed", "UPDATE seal SET digest = 'x'", "denied"),
    A("a hidden row's keys", "SELECT * FROM alike_customer WHERE record = {hidden}", "none"),
    A("keys with a trick", "CALL held_unseen('customer', '1) OR (1=1', '', 0)", "denied"),
    A("keys with a remark", "CALL held_unseen('customer', '1/**/', '', 0)", "denied"),
    A("keys without end", "CALL held_unseen('customer', REPEAT('1,', 4000), '', 0)", "denied"),
    A("a key nobody has", "CALL held_unseen('customer', '1', '', 0)", "none"),
    A("a number with a trick", "CALL held_unseen('customer', '1', 'p1234567'') OR (''1'' = ''1', 0)", "denied"),
    A("a number behind a line", "CALL held_unseen('customer', '1', CONCAT('p1234567', CHAR(10), ') OR (1=1'), 0)", "denied"),
    A("an address with a trick", "CALL held_unseen('customer', '1', 'ma''b@c.example', 0)", "denied"),
    A("an address that fits all", "CALL held_unseen('customer', '1', 'm%@%', 0)", "denied"),
    A("numbers without end", "CALL held_unseen('customer', '1', CONCAT('p1234567', REPEAT(',p1234567', 4000)), 0)", "denied"),
    A("numbers of nobody", "CALL held_unseen('customer', '1', 'p13900000000,cA1B2C3D4,mnobody@nowhere.example', 0)", "none"),
    A("no numbers at all", "CALL held_unseen('customer', '1', NULL, 0)", "denied"),
    A("keys of what has none", "CALL held_unseen('employee', '1', '', 0)", "none"),
    A("keys for a hidden row", "INSERT INTO alike_customer (hash, record) VALUES (63, {hidden})", "denied"),
    A("its keys away", "DELETE FROM alike_customer WHERE record = {hidden}", "none"),
    A("a pair called apart by another", "INSERT INTO apart (first, second, actor, at) VALUES (64, 65, {sun}, UTC_TIMESTAMP())", "denied"),
    A("another's pair away", "DELETE FROM apart", "denied"),
    A("another's pair changed", "UPDATE apart SET actor = {li}", "denied"),
    A("a run of imported rows under another's name", "INSERT INTO untold (first, last, record_type, actor, keyed) VALUES ({mine}, {mine}, 'customer', {sun}, 1)", "denied"),
    A("a single row for somebody it does not belong to", "INSERT INTO untold (first, last, record_type, actor, keyed) VALUES ({managed}, {managed}, 'customer', {sun}, 1)", "denied"),
    A("a run of hidden rows", "INSERT INTO untold (first, last, record_type, actor, keyed) VALUES ({contact}, {contact}, 'contact', {li}, 1)", "denied"),
    A("a run with hidden rows", "INSERT INTO untold (first, last, record_type, actor, keyed) VALUES ({mine}, {mine} + 499, 'customer', {li}, 1), ({hidden} - 1, {hidden}, 'customer', {li}, 1)", "denied"),
    A("a run without an end", "INSERT INTO untold (first, last, record_type, actor, keyed) VALUES ({mine}, {mine} + 1000000, 'customer', {li}, 1)", "denied"),
    A("a run of nothing", "INSERT INTO untold (first, last, record_type, actor, keyed) VALUES (66, 67, 'customer', {li}, 1)", "denied"),
    A("another's run away", "DELETE FROM untold WHERE first = {hidden}", "denied"),
    A("something told where nothing stays", "INSERT INTO find_begun (id, words) VALUES (68, 'geheim')", "denied"),
    A("it changed", "UPDATE find_begun SET words = 'geheim'", "denied"),
    A("runs changed", "UPDATE untold SET last = last + 1", "denied"),
    A("passwords of a file", "SELECT * FROM password", "none"),
    A("a password of one's own", "INSERT INTO password (id, hash, changed_at) VALUES ({li}, 'x', UTC_TIMESTAMP())", "denied"),
    # What must go on working
    A("change one's own", "UPDATE customer SET note = 'x', version = version + 1, updated_by = {li} WHERE id = {mine}", "done"),
    A("add one's own", insert(51), "done"),
    A("add one's own plainly", plain(52), "done"),
    A("share one's own", share(53, "{mine}", whose="{li}"), "done"),
)  # fmt: skip


STRICT = {
    "a user variable in the predicate": "none",
    "the same while changing": "denied",
    "warnings of a conversion": "none",
    "change a hidden row": "denied",
    "change all rows": "denied",
    "take a hidden row": "denied",
    "change it through a join": "denied",
    "add from a query": "denied",
    "delete a hidden row": "denied",
    "its entry out of the index": "denied",
    "its keys away": "denied",
    "change one's own": "denied",
    "add one's own": "denied",
    "add one's own plainly": "denied",
    "share one's own": "denied",
}
"""What the closed views answer otherwise. They are only read: The same changes are tried through `act` and the views that
are added to, where the outcome is that of the open views."""


class Trick(NamedTuple):
    """Statements with `;;` between them, and whether one of them tells of a hidden row: by its rows, a warning or an error.
    "either": as the server likes to begin."""

    name: str
    sql: str
    standard: str
    strict: str = "none"


T = Trick


def remembering(name: str, sql: str, standard: str = "leaks", what: str = "name") -> Trick:
    """A statement whose condition, TELL, keeps what it sees in a variable."""
    return Trick(name, f"SET @l = '' ;; {sql.replace('TELL', f'(@l := CONCAT(@l, {what})) IS NULL')} ;; SELECT @l", standard)


def walk(name: str, asked: str, whole: str = "", patterns: str = "") -> Trick:
    """A question for the procedure `walk`, and what is made of it; patterns: what the client says their signs mean."""
    quoted = asked.replace("'", "''")
    return Trick(f"walk: {name}", f"SET default_regex_flags = '{patterns}' ;; CALL {{base}}_strict.walk('{quoted}', '{whole}')", "none")


_TITLE_OF = (
    "SELECT (SELECT `t2`.`sort_key` FROM `customer` AS `t2` WHERE (`t2`.`id` = {value})) FROM `task` AS `t1`"
    " WHERE `t1`.`deleted_at` IS NULL AND `t1`.`owner` = {{li}}"
)
R = remembering
_SWITCH = "SET SESSION optimizer_switch = "
TRICKS = (
    # Conditions that remember what they see
    R("a variable", "SELECT id FROM customer WHERE TELL"),
    R("a variable and a range", "SELECT id FROM customer WHERE id BETWEEN 1 AND 9000000000000000000 AND TELL", what="phone"),
    R("a variable by id", "SELECT id FROM customer WHERE id = {hidden} AND TELL", "either"),
    R("a variable in OR", "SELECT id FROM customer WHERE TELL OR owner = 0"),
    R("a variable in HAVING", "SELECT id, name FROM customer HAVING TELL", "none"),
    R("a variable in ORDER BY", "SELECT id FROM customer ORDER BY TELL LIMIT 1", "none"),
    R("a variable in a join", "SELECT c.id FROM customer c JOIN contact k ON k.customer = c.id AND TELL", "either", what="c.name, k.name"),
    R("a variable in a left join", "SELECT e.id FROM employee e LEFT JOIN customer c ON c.owner = e.id AND TELL", "either", what="c.name"),
    R("a straight join", "SELECT STRAIGHT_JOIN e.id FROM employee e JOIN customer c ON c.owner = e.id WHERE TELL", "either", what="c.name"),
    R("a variable in a subquery", "SELECT 1 FROM employee e WHERE e.id IN (SELECT c.owner FROM customer c WHERE TELL)", "either", what="c.name"),
    R("a variable in EXISTS", "SELECT 1 FROM employee e WHERE EXISTS (SELECT 1 FROM customer c WHERE c.owner = e.id AND TELL)", "either", what="c.name"),
    R("a variable in a derived table", "SELECT * FROM (SELECT id, name FROM customer) d WHERE TELL"),
    R("a variable in a common table", "WITH d AS (SELECT id, name FROM customer) SELECT * FROM d WHERE TELL"),
    R("a variable in a union", "SELECT id FROM lead UNION SELECT id FROM customer WHERE TELL", "either"),
    R("a variable in CASE", "SELECT id FROM customer WHERE CASE WHEN name LIKE 'gehei%' THEN TELL ELSE 0 END"),
    R("a variable under a lock", "SELECT id FROM customer WHERE TELL FOR UPDATE"),
    R("a variable without merging", _SWITCH + "'derived_merge=off,derived_with_keys=off' ;; SELECT id FROM customer WHERE TELL"),
    R("a variable without pushing", _SWITCH + "'condition_pushdown_for_derived=off,index_condition_pushdown=off' ;; SELECT id FROM customer WHERE TELL"),
    R("a variable behind a group", _SWITCH + "'condition_pushdown_from_having=on' ;; SELECT name, COUNT(*) FROM customer GROUP BY name HAVING TELL", "either"),
    R("a window", "SELECT * FROM (SELECT name, ROW_NUMBER() OVER (PARTITION BY owner ORDER BY id) n FROM customer) d WHERE TELL", "none"),
    R("a grouped view", "SELECT name, COUNT(*) FROM customer WHERE TELL GROUP BY name", "either"),
    R("an index named", "SELECT id FROM customer WHERE owner = {sun} AND TELL", "either"),
    R("contacts", "SELECT id FROM contact WHERE TELL", what="IF(customer = {hidden}, CONCAT('ge', 'heim'), '')"),
    R("the index", "SELECT id FROM find_customer WHERE TELL", what="IF(id = {hidden}, CONCAT('ge', 'heim'), '')"),
    R("the keys", "SELECT 1 FROM alike_customer WHERE TELL", what="IF(record = {hidden}, CONCAT('ge', 'heim'), '')"),
    R("the journal", "SELECT id FROM journal WHERE TELL", what="IF(record_id = {hidden}, CONCAT('ge', 'heim'), '')"),
    R("the audit", "SELECT id FROM audit WHERE TELL", "either", what="IF(changes LIKE '%ge_eim%', CONCAT('ge', 'heim'), '')"),
    R("settings of others", "SELECT id FROM setting WHERE TELL", what="IF(person = {sun}, CONCAT('ge', 'heim'), '')"),
    R("who is at work", "SELECT id FROM presence WHERE TELL", "either", what="IF(employee = {sun}, CONCAT('ge', 'heim'), '')"),
    # Errors and warnings that tell
    T("a conversion warns", "SELECT id FROM customer WHERE CAST(name AS SIGNED) = 5", "leaks"),
    T("a conversion by id", "SELECT id FROM customer WHERE id = {hidden} AND CAST(name AS SIGNED) = 5", "leaks"),
    T("a comparison warns", "SELECT id FROM customer WHERE name = 5", "leaks"),
    T("a sum warns", "SELECT id FROM customer WHERE name + 0 = 5", "leaks"),
    T("a day warns", "SELECT id FROM customer WHERE CAST(name AS DATE) = '2026-01-01'", "leaks"),
    T("XML fails", "SELECT id FROM customer WHERE EXTRACTVALUE(1, CONCAT('~', name)) IS NULL", "none"),
    T("XML changes", "SELECT id FROM customer WHERE UPDATEXML(1, CONCAT('~', name), 1) IS NULL", "none"),
    # Ways around the condition of a view
    T("everything", "SELECT * FROM customer", "none"),
    T("by id", "SELECT * FROM customer WHERE id = {hidden}", "none"),
    T("its contact", "SELECT * FROM contact WHERE customer = {hidden}", "none"),
    T("its history", "SELECT * FROM journal WHERE record_id = {hidden}", "none"),
    T("the veiled views", "SELECT * FROM {base}_veiled.customer", "none"),
    T("the open views", "SELECT * FROM {base}_app.customer WHERE (@l := name) IS NULL ;; SELECT @l", "either"),
    T("the views that are added to", "SELECT * FROM {base}_brings.customer", "none"),
    T("rows given back by adding", "INSERT INTO {base}_brings.customer (id) VALUES ({hidden}) RETURNING name", "none"),
    T("a double key that changes", "INSERT INTO {base}_brings.customer (id) VALUES ({hidden}) ON DUPLICATE KEY UPDATE note = (@l := name) ;; SELECT @l", "none"),
    T("added from the same view", "INSERT INTO {base}_brings.customer (id, name) SELECT id + 1, name FROM {base}_brings.customer", "none"),
    T("a handler", "HANDLER customer OPEN ;; HANDLER customer READ FIRST", "none"),
    T("a check of the table", "CHECK TABLE customer EXTENDED", "none"),
    T("a check sum", "CHECKSUM TABLE customer", "none"),
    T("the text of a view", "SELECT view_definition FROM information_schema.views", "none"),
    T("the plan", "ANALYZE SELECT * FROM customer WHERE name = CONCAT('ge', 'heim')", "none"),
    T("the functions", "SELECT {base}.masked(name) FROM customer", "none"),
    # The two procedures
    T("look: by id", "CALL {base}_strict.look('SELECT name FROM customer WHERE id = {hidden}')", "none"),
    T("look: a condition that tells", "CALL {base}_strict.look('SELECT name FROM customer WHERE id = {hidden} AND (@l := name) IS NULL') ;; SELECT @l", "none"),
    T("look: a column that is no id", "CALL {base}_strict.look('SELECT id FROM customer WHERE fax = 5')", "none"),
    T("look: a text against a number", "CALL {base}_strict.look('SELECT id FROM customer WHERE name = 5')", "none"),
    T("look: another schema", "CALL {base}_strict.look('SELECT name FROM `{base}`.`customer` WHERE id = {hidden}')", "none"),
    T("look: a union", "CALL {base}_strict.look('SELECT name FROM customer WHERE id = 1 UNION SELECT name FROM {base}.customer WHERE id = 1')", "none"),
    T("look: a remark", "CALL {base}_strict.look('SELECT name FROM customer/**/WHERE id = {hidden}')", "none"),
    T("look: a subquery", "CALL {base}_strict.look('SELECT name FROM customer WHERE id IN (SELECT record_id FROM journal)')", "none"),
    T("look: a line behind", "CALL {base}_strict.look('SELECT name FROM customer WHERE id = 1\nOR 1')", "none"),
    T("look: in capitals", "CALL {base}_strict.look('SELECT NAME FROM CUSTOMER WHERE ID = {hidden}')", "none"),
    T("look: signs that are not ASCII", "CALL {base}_strict.look('SELECT name FROM customer WHERE id　= {hidden}')", "none"),
    T("look: its history", "CALL {base}_strict.look('SELECT changes FROM journal WHERE record_id = {hidden}')", "none"),
    T("look: its words", "CALL {base}_strict.look('SELECT grams FROM find_customer WHERE id = {hidden}')", "none"),
    T("look: the audit", "CALL {base}_strict.look('SELECT changes FROM audit WHERE record_id = {hidden}')", "none"),
    T("look: lines, by what patterns mean", "SET default_regex_flags = 'MULTILINE' ;; CALL {base}_strict.look('SELECT name FROM customer WHERE id = {mine}\nUNION SELECT name FROM {base}.customer')", "none"),
    T("look: blanks, by what patterns mean", "SET default_regex_flags = 'EXTENDED' ;; CALL {base}_strict.look('SELECTname FROM customer WHERE id = {hidden}')", "none"),
    # Walks
    walk("its owner's", "SELECT `name` FROM customer WHERE deleted_at IS NULL AND owner = {sun}"),
    walk("two owners'", "SELECT `name` FROM customer WHERE deleted_at IS NULL AND owner IN ({li}, {sun})"),
    walk("her department's", "SELECT `name` FROM customer WHERE deleted_at IS NULL AND department IN (1, {department})"),
    walk("by id", "SELECT `name` FROM customer WHERE id = {hidden}"),
    walk("by id, with a number", "SELECT `name` FROM customer WHERE id = {hidden} AND `name` = 5"),
    walk("a conversion", "SELECT id FROM customer WHERE deleted_at IS NULL AND owner = {li} AND `name` = 5"),
    walk("a conversion of hers", "SELECT id FROM customer WHERE deleted_at IS NULL AND owner = {sun} AND CAST(`name` AS SIGNED) = 5"),
    walk("an OR", "SELECT `name` FROM customer WHERE deleted_at IS NULL AND owner = {li} OR owner = {sun}"),
    walk("an OR in brackets", "SELECT `name` FROM customer WHERE (deleted_at IS NULL AND owner = {li} AND id = 1) OR id = {hidden}"),
    walk("brackets that lead out", "SELECT `name` FROM customer WHERE owner = {li}) AS `a`, `{base}`.`customer` AS `b` WHERE (1 = 1", "count"),
    walk("brackets that lead on", "SELECT id FROM customer WHERE owner = {li} ORDER BY id) AS `p`, (`{base}`.`customer`", "ids"),
    walk("another schema", "SELECT `name` FROM {base}.customer WHERE owner = {sun}"),
    walk("another schema in quotes", "SELECT `name` FROM `{base}`.`customer` WHERE owner = {sun}"),
    walk("two tables", "SELECT `b`.`name` FROM customer AS `a`, `{base}`.`customer` AS `b` WHERE owner = {li}"),
    walk("a subquery", "SELECT (SELECT `name` FROM `{base}`.`customer` WHERE id = {hidden}) FROM customer WHERE owner = {li}"),
    walk("a title", "SELECT (SELECT `t2`.`sort_key` FROM `customer` AS `t2` WHERE (`t2`.`id` = `t1`.`id`)) FROM `customer` AS `t1` WHERE `t1`.`id` = {hidden}"),
    walk("a title of what one's own points at", _TITLE_OF.format(value="`t1`.`customer`")),
    walk("a title, converted", _TITLE_OF.format(value="`t1`.`customer`").replace("SELECT (", "SELECT CAST((").replace(")) FROM", ")) AS SIGNED) FROM")),
    walk("titles by what they say", _TITLE_OF.format(value="`t2`.`name`")),
    walk("titles by their numbers", _TITLE_OF.format(value="`t2`.`phone`")),
    walk("titles of all", _TITLE_OF.format(value="`t2`.`id`")),
    walk("a title of another alias", _TITLE_OF.format(value="`t1`.`customer`").replace("`t2`.`id` =", "`t1`.`customer` =").replace("`t1`.`customer`)", "`t2`.`id`)")),
    walk("a title of another column", _TITLE_OF.format(value="`t1`.`customer`").replace("sort_key", "name")),
    walk("a title of the tables", _TITLE_OF.format(value="`t1`.`customer`").replace("`customer` AS", "`{base}`.`customer` AS")),
    walk("a title of the veiled", _TITLE_OF.format(value="`t1`.`customer`").replace("`customer` AS", "`customer_by_owner` AS")),
    walk("a union", "SELECT `name` FROM customer WHERE owner = {li} UNION SELECT `name` FROM customer WHERE owner = {sun}"),
    walk("a union behind", "SELECT id FROM customer WHERE owner = {li}", "ids LIMIT 1 UNION SELECT name FROM {base}.customer"),
    walk("a second line", "SELECT id FROM customer WHERE owner = {li}\nSELECT name FROM {base}.customer", "ids"),
    walk("a variable", "SELECT (@l := `name`) FROM customer WHERE owner = {sun}"),
    walk("a function", "SELECT {base}.masked(`name`) FROM customer WHERE owner = {sun}"),
    walk("a remark", "SELECT `name` FROM customer/**/WHERE owner = {sun}"),
    walk("her words", "SELECT grams, `id` FROM find_customer WHERE owner = {sun}"),
    walk("its words", "SELECT grams, CONCAT('gehe', 'im') FROM find_customer WHERE id = {hidden}"),
    walk("its contact", "SELECT `name` FROM contact WHERE id = {contact}"),
    walk("the tables of the guard", "SELECT `login` FROM account WHERE id = 1"),
    walk("lines, by what patterns mean", "SELECT id FROM customer WHERE owner = {li}\nSELECT name FROM {base}.customer", "", "MULTILINE"),
    walk("all signs, by what patterns mean", "SELECT id FROM customer WHERE owner = {li} UNION SELECT name FROM {base}.customer", "", "EXTENDED,UNGREEDY"),
    T("act: a condition that tells", "CALL {base}_strict.act('UPDATE customer SET note = note + 1 WHERE (@l := name) IS NULL') ;; SELECT @l", "none"),
    T("act: one column into another", "CALL {base}_strict.act('UPDATE customer SET note = name WHERE id = {hidden}')", "none"),
    T("act: something else", "CALL {base}_strict.act('DROP VIEW customer')", "none"),
    T("act: a grant", "CALL {base}_strict.act('GRANT ALL ON *.* TO thief')", "none"),
    T("act: two statements", "CALL {base}_strict.act('DELETE FROM customer WHERE id = 1; SELECT 1')", "none"),
)  # fmt: skip
