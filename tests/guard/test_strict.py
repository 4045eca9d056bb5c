"""PS3 X30: where reading is strict a client of any make reads what its person may see, numbers covered; administrators switch that
while everybody works."""

from __future__ import annotations

import random
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pymysql
import pytest

from crm_desktop.business import Contact, Customer, Employee, Role, RoleRight, Task
from crm_desktop.business.staff import roles, strictness
from crm_desktop.business.system import server_doctor, shared_server
from crm_desktop.core import custom, find, masking
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import Refused
from crm_desktop.core.guard import strict
from crm_desktop.core.guard.veil import Veil
from crm_desktop.core.masking import masked
from crm_desktop.core.views import Condition, View
from crm_desktop.database.engine import look_at
from crm_desktop.database.mysql import MysqlServer
from crm_desktop.exchange.importing import existing
from crm_desktop.reports import REPORTS
from tests.exchange.stories import plan_for
from tests.guard.company import Company, open_company, patient

NUMBER, HIDDEN = "13812345678", "138****5678"


@pytest.fixture(scope="module")
def company(server: str) -> Iterator[Company]:
    opened = open_company(server, strict=True)
    yield opened
    opened.close()


def read(company: Company, who: str, sql: str, *values: Any) -> list[Any]:
    """What somebody's client of another make is told."""
    with company.raw(who, company.views(who) if who != "root" else None) as line, line.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


# Hidden numbers


def test_the_server_covers_as_the_program_does(company: Company) -> None:
    dice = random.Random(7)
    signs = "0123456789" * 4 + " -()+,;/、，；\n@*a转.１"
    texts = ["".join(dice.choice(signs) for _n in range(dice.randrange(24))) for _text in range(400)]
    texts += [NUMBER, "138-1234-5678", "+86 138 1234 5678", "0755-28780808", "28780808", "12345", "110", "", "li@crm.cn", "wechat_li"]
    cover = Veil(company.name, {Customer.key(): Customer}, Customer).cover("x.t")
    with company.raw("root") as line, line.cursor() as cursor:
        for text in texts:
            cursor.execute(f"SELECT {cover} FROM (SELECT CAST(%s AS CHAR) AS t) x", (text,))
            assert cursor.fetchone() == (masked(text),), text


def test_hidden_numbers_are_hidden_by_the_server(company: Company) -> None:
    door, li, admin = company.door("li"), company.actor("li"), company.actor("admin")
    card = CustomField(name="卡号", record_type="customer", field_kind="text")
    company.door("admin").save(card, admin)
    chosen = ["phone", "mobile", card.code]
    roles.set_hidden(company.door("admin"), admin, Customer, chosen)
    door.renew()
    customer = Customer(name="verdeckt", phone=NUMBER, city="深圳")
    custom.put(customer, door.fields(Customer)[card.code], "6222021234567890")
    door.save(customer, li)
    person = company.save(Contact(name="verdeckt", customer=customer.id, mobile="13987654321"), "li")
    customer.phone = "13812349999"
    door.save(customer, li)
    door.share(Customer, [customer.id], company.ids["sun"], li)
    secrets = (NUMBER, "13812349999", "6222021234567890", "13987654321")
    told = [
        read(company, "sun", "SELECT * FROM customer WHERE id = %s", customer.id),
        read(company, "sun", f"CALL look('SELECT phone, extra FROM customer WHERE id = {customer.id}')"),
        read(company, "sun", "SELECT * FROM contact WHERE id = %s", person.id),
        read(company, "sun", "SELECT * FROM journal WHERE record_id = %s", customer.id),
        read(company, "sun", "SELECT grams FROM find_customer WHERE id = %s", customer.id),
    ]
    assert all(told) and not [(secret, one) for secret in secrets for one in told if secret in str(one)]
    assert "138****9999" in str(told) and HIDDEN in str(told[3]) and "622*********7890" in str(told[0])
    number = set(find.tokens_of(find.Doc(1, (), (), ("13812349999",))).split())
    words = set(told[4][0][0].split())
    assert words and not words & number
    assert number <= set(read(company, "li", "SELECT grams FROM find_customer WHERE id = %s", customer.id)[0][0].split())
    assert read(company, "sun", "SELECT * FROM alike_customer WHERE record = %s", customer.id) == []
    assert read(company, "sun", "SELECT id FROM customer WHERE phone = %s", "13812349999") == []
    sun = company.door("sun")
    assert custom.get(sun.get(Customer, customer.id, company.actor("sun")), sun.fields(Customer)[card.code]) == "622*********7890"
    assert [hit.id for hit in sun.search("verdeckt", company.actor("sun"), [Customer])] == [customer.id]
    # Who works on it with its owner sees all of it.
    door.share(Customer, [customer.id], company.ids["sun"], li, write=True)
    assert read(company, "sun", "SELECT phone FROM customer WHERE id = %s", customer.id) == [("13812349999",)]
    # The company shows phones again: at once.
    roles.set_hidden(company.door("admin"), admin, Customer, [card.code])
    door.share(Customer, [customer.id], company.ids["sun"], li)
    assert read(company, "sun", "SELECT phone FROM customer WHERE id = %s", customer.id) == [("13812349999",)]
    company.door("admin").settings.put(masking.SETTING, None)


def test_who_changes_a_record_with_hidden_numbers_keeps_them(company: Company) -> None:
    """An assistant sees his department's customers, not their numbers, and corrects what else they say."""
    admin, keeper = company.door("admin"), company.actor("admin")
    card = CustomField(name="暗号", record_type="customer", field_kind="text")
    more = CustomField(name="备用", record_type="customer", field_kind="text")
    for one in (card, more):
        admin.save(one, keeper)
    roles.set_hidden(admin, keeper, Customer, ["phone", card.code])
    helper = Role(name="助理", level="sales", scope="department")
    admin.save(helper, keeper)
    admin.save(RoleRight(name="customer", role=helper.id, operations="add edit"), keeper)
    zhao = admin.get(Employee, company.ids["zhao"], keeper)
    zhao.role = helper.id
    admin.save(zhao, keeper)
    door, li = company.door("li"), company.actor("li")
    customer = Customer(name="nachgetragen", phone=NUMBER)
    custom.put(customer, door.fields(Customer)[card.code], "geheimnummer")
    door.save(customer, li)
    his, actor = company.door("zhao"), company.actor("zhao")
    found = his.get(Customer, customer.id, actor)
    assert found.phone == HIDDEN and "geheim" not in found.extra
    found.name = "nachgetragen und berichtigt"
    custom.put(found, his.fields(Customer)[more.code], "neu")
    his.save(found, actor)
    now = door.get(Customer, customer.id, company.actor("li"))
    assert (now.name, now.phone) == ("nachgetragen und berichtigt", NUMBER)
    assert custom.get(now, door.fields(Customer)[card.code]) == "geheimnummer"
    assert custom.get(now, door.fields(Customer)[more.code]) == "neu"
    assert [hit.id for hit in door.search(NUMBER, company.actor("li"), [Customer])] == [customer.id], "its number is still found"
    assert [hit.id for hit in his.search("berichtigt", actor, [Customer])] == [customer.id]
    assert not his.search(NUMBER, actor, [Customer])
    # The same by walks along his department, and whatever his client says that patterns mean.
    place = admin.names.rows("employee")[company.ids["zhao"]].department
    walk = f"CALL walk('SELECT {{}} FROM {{}} WHERE {{}}department = {place} AND id = {customer.id}{{}}', '')"
    told = []
    for patterns in ("", "UNGREEDY", "EXTENDED", "MULTILINE", "DOTALL"):
        with company.raw("zhao") as line, line.cursor() as cursor:
            cursor.execute(f"SET default_regex_flags = '{patterns}'")
            cursor.execute(walk.format("`phone`, `extra`", "customer", "deleted_at IS NULL AND ", ""))
            told.append(cursor.fetchall())
            cursor.execute(walk.format("`id`", "customer", "deleted_at IS NULL AND ", f" AND `phone` = {NUMBER}"))
            assert not cursor.fetchall()
            cursor.execute(walk.format("grams", "find_customer", "", ""))
            told[-1] += cursor.fetchall()
    (phone, extra), (words,) = told[0]
    assert phone == HIDDEN and "geheim" not in extra and '"neu"' in extra
    assert not set(words.split()) & set(find.tokens_of(find.Doc(1, (), (), (NUMBER,))).split())
    assert told == [told[0]] * 5
    admin.settings.put(masking.SETTING, None)


# Walks


def test_what_the_program_asks_goes_as_walks(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list, a count, a search, a report, also of who is lent records, reads no closed view of them: those read all he sees."""
    shared = company.save(Customer(name="geteilt spazieren"), "li")
    company.door("li").share(Customer, [shared.id], company.ids["sun"], company.actor("li"))
    mine = company.save(Customer(name="eigen spazieren"), "sun")
    door, sun = company.door("sun"), company.actor("sun")
    asked: list[str] = []
    said = MysqlServer.said

    def listen(server: MysqlServer, sql: str, values: Any) -> Any:
        told = said(server, sql, values)
        asked.append(told[0])
        return told

    monkeypatch.setattr(MysqlServer, "said", listen)
    part = View(conditions=(Condition("name", "contains", "spazieren"),))
    both = {shared.id, mine.id}
    assert {row[0] for row in door.page(Customer, sun, part, ["name", "owner"], 10)} == both
    assert {row[0] for row in door.page(Customer, sun, replace(part, sort=(("owner", True),)), ["name"], 10)} == both
    assert door.count(Customer, sun, part) == 2 and set(door.ids(Customer, sun, part)) == both
    assert sum(count for _value, count in door.groups(Customer, sun, part, "level")) == 2
    assert door.rows(Customer, sun, sorted(both), ["name"]).keys() == both
    assert {hit.id for hit in door.search("spazieren", sun, [Customer])} == both
    door.page(Customer, sun, View(bin=True), ["name"], 10)
    door.page(Contact, sun, View(conditions=(Condition("customer", "one_of", [shared.id]),)), ["name"], 10)
    for report in REPORTS.values():
        report.run(door, sun)
    closed = {name for name, sql in company.guard.views[company.guard.strict].items() if "LIMIT 18446744073709551615" in sql}
    read_whole = [sql for sql in asked if not sql.startswith("CALL") and closed & set(re.findall(r"(?:FROM|JOIN) `?(\w+)", sql))]
    assert sum(sql.startswith("CALL walk") for sql in asked) > 15 and not read_whole


def test_records_that_a_sheet_names_are_asked_for_once(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each such question reads all customers the person sees: not one for every 500 rows."""
    whose = [company.save(Customer(name=f"gefragt {number}", code=f"GF{number}"), "li") for number in range(3)]
    theirs = company.save(Customer(name="gefragt von anderen"), "sun")
    rows = [["姓名", "客户"], *([f"Kontakt {at}", f"gefragt {at % 3}" if at % 2 else f"GF{at % 3}"] for at in range(1_100))]
    asked: list[tuple[str, ...]] = []
    find_by = existing.find_by

    def listen(records: Any, record_type: Any, actor: Any, names: Any, keys: Any, ask: Any) -> Any:
        asked.append(names)
        return find_by(records, record_type, actor, names, keys, ask)

    monkeypatch.setattr(existing, "find_by", listen)
    office: Any = SimpleNamespace(records=company.door("li"))
    li = company.actor("li")
    done = plan_for(office, Contact, li, [*rows, ["Kontakt fremd", theirs.name]]).run()
    assert asked == [("name",), ("code",)] and done.verdicts.counts()["new"] == 1_100 and list(done.verdicts.refused()) == [1_102]
    found = company.door("li").page(Contact, li, View(conditions=(Condition("customer", "one_of", [whose[1].id]),)), ["name"], 2_000)
    assert len(found) == sum(at % 3 == 1 for at in range(1_100))
    assert done.batch is not None
    company.door("li").undo(done.batch, li)  # other tests count what stands there


def touched(company: Company, who: str, sql: str) -> int:
    """How many rows the server had to read for a question."""
    with company.raw(who) as line, line.cursor() as cursor:

        def read_until_now() -> int:
            cursor.execute("SHOW SESSION STATUS LIKE 'Handler_read%%'")
            return sum(int(row[1]) for row in cursor.fetchall())

        told = []
        for _again in range(2):  # the first time it opens views and procedures as well
            before = read_until_now()
            cursor.execute(sql)
            cursor.fetchall()
            told.append(read_until_now() - before)
        return told[1]


def test_a_walk_touches_nobody_elses_rows(company: Company) -> None:
    """Else the time it takes would tell about them; an index of what is asked would lead to them."""
    base = company.name
    many = [Customer(name="fremd", code="fremd", level="A", city="Fremdstadt") for _n in range(400)]
    zhao = company.actor("zhao")
    company.door("zhao").unit(zhao, lambda unit: unit.add(many), "many", trusted=True)
    company.save(Customer(name="fremd"), "li")
    li = company.ids["li"]
    own = company.door("li").count(Customer, company.actor("li"))
    few = touched(company, "li", f"CALL walk('SELECT COUNT(*) FROM customer WHERE deleted_at IS NULL AND owner = {li}', '')") + 20
    assert few < own + 200
    hexed = f"_utf8mb4 x''{b'fremd'.hex().upper()}''"
    for condition in (f"`name` = {hexed}", f"`code` = {hexed}", f"`level` = {hexed}", "`created_at` > 0", f"`sort_key` LIKE {hexed}"):
        asked = f"SELECT id FROM customer WHERE deleted_at IS NULL AND owner = {li} AND {condition}"
        for order in ("", " ORDER BY sort_key LIMIT 1", " ORDER BY `city` LIMIT 1", " ORDER BY id DESC LIMIT 1"):
            assert touched(company, "li", f"CALL walk('{asked}{order}', '')") <= few, condition + order
    # The control: without the index of owners leading, all of them are looked at.
    plain = f"SELECT id FROM {base}.customer t WHERE deleted_at IS NULL AND name = 'fremd' AND owner = {li}"
    assert touched(company, "root", plain.replace(" t WHERE", " t FORCE INDEX (customer_name) WHERE")) > 400
    # And a closed view reads what its person sees, not everything.
    assert touched(company, "li", "SELECT COUNT(*) FROM customer") < 400


def test_an_order_by_titles_reads_its_own_rows_and_one_title_for_each(company: Company) -> None:
    """Contacts by their customers, and tasks by a customer that has gone to somebody else: it is not called by its name any more."""
    door, li = company.door("li"), company.actor("li")
    kept = [company.save(Customer(name=f"nach Titel {number}"), "li") for number in range(3)]
    for customer in reversed(kept):
        company.save(Contact(name=f"von {customer.name}", customer=customer.id), "li")
        company.save(Task(title="nach Titel", customer=customer.id), "li")
    by_title = View(conditions=(Condition("name", "begins", "von nach Titel"),), sort=(("customer", False),))
    assert [row[1] for row in door.page(Contact, li, by_title, ["customer"], 10)] == [(one.id,) for one in kept]
    assert [value for value, _count in door.groups(Contact, li, by_title, "customer")] == [one.id for one in kept]
    tasks = View(conditions=(Condition("title", "is", "nach Titel"),), sort=(("customer", False),))
    assert [row[1] for row in door.page(Task, li, tasks, ["customer"], 10)] == [(one.id,) for one in kept]
    kept[1].owner = company.ids["sun"]
    company.save(kept[1], "admin")
    assert [row[1] for row in door.page(Task, li, tasks, ["customer"], 10)] == [(kept[n].id,) for n in (1, 0, 2)], "no title comes first"
    title = "(SELECT `t2`.`sort_key` FROM `customer` AS `t2` WHERE (`t2`.`id` = `t1`.`customer`))"
    owned = f"`t1`.`deleted_at` IS NULL AND `t1`.`owner` = {li.employee} ORDER BY {title} LIMIT 2"
    asked = f"CALL walk('SELECT `t1`.`id` FROM `contact` AS `t1` WHERE {owned}', '')"
    before = touched(company, "li", asked)
    for who in ("li", "zhao"):  # of which the closed view would read one's own, and an open one perhaps all
        others = [Customer(name="andere Titel") for _n in range(300)]
        company.door(who).unit(company.actor(who), lambda unit, added=others: unit.add(added), "many", trusted=True)
    assert touched(company, "li", asked) < before + 150 < touched(company, "li", "SELECT COUNT(*) FROM customer")


def test_who_sees_all_but_numbers_walks_through_everything(company: Company) -> None:
    """A page of his begins with nobody's rows; it reads no more than it shows, and covers numbers all the same."""
    admin, keeper = company.door("admin"), company.actor("admin")
    overseer = Role(name="看全部", level="sales", scope="all")
    admin.save(overseer, keeper)
    roles.set_hidden(admin, keeper, Customer, ["phone"])
    li: Any = admin.get(Employee, company.ids["li"], keeper)
    was, li.role = li.role, overseer.id
    admin.save(li, keeper)
    try:
        many = [Customer(name=f"alles {number:03}", phone=NUMBER) for number in range(200)]
        company.door("zhao").unit(company.actor("zhao"), lambda unit: unit.add(many), "many", trusted=True)
        assert company.views("li") == f"{company.name}_strict"
        named = f"_utf8mb4 x''{b'alles%'.hex().upper()}''"
        asked = "CALL walk('SELECT `phone` FROM customer WHERE deleted_at IS NULL{} ORDER BY sort_key LIMIT 5', '')"
        assert read(company, "li", asked.format(f" AND `name` LIKE {named}")) == [(HIDDEN,)] * 5
        assert touched(company, "li", asked.format("")) < 150 < touched(company, "li", "SELECT COUNT(*) FROM customer")
        seen = company.door("li").ids(Customer, company.actor("li"))
        assert len(seen) == admin.count(Customer, keeper) >= 200
    finally:
        li.role = was
        admin.save(li, keeper)
        admin.settings.put(masking.SETTING, None)


def test_patterns_mean_here_what_they_say(company: Company) -> None:
    """Each has the beginning that takes no word of a client for what its signs mean."""
    guard = company.guard
    made = [*guard.triggers.values(), *guard.functions.values()]
    made += [sql for kind in (guard.views, guard.procedures) for one in kind.values() for sql in one.values()]
    patterns = [found for sql in made for found in re.findall(r"REGEXP(?:_REPLACE|_SUBSTR|_INSTR)?\b[^']*'+(.{0,11})", sql)]
    assert len(patterns) > 50 and set(patterns) == {"(?-imsxUJ)" + pattern[10:] for pattern in patterns}


# The switch


def test_switched_while_everybody_works(server: str) -> None:
    company = open_company(server)
    try:
        door, li = company.door("li"), company.actor("li")
        admin, keeper = company.door("admin"), company.actor("admin")
        raw = company.raw("li")
        wrong: list[BaseException] = []
        over = threading.Event()
        made: list[int] = []

        def work() -> None:
            try:
                while not over.is_set():
                    customer = Customer(name=f"nebenbei {len(made)}")
                    door.save(customer, li)
                    made.append(customer.id)
                    assert door.get(Customer, customer.id, li).name == customer.name
                    assert customer.id in door.ids(Customer, li)
            except BaseException as error:  # noqa: BLE001  (told by the test)
                wrong.append(error)
            finally:
                door.database.close_thread()

        thread = threading.Thread(target=work)
        thread.start()
        for turn in range(4):
            before = len(made)
            strictness.read_strictly(admin, keeper, turn % 2 == 0)
            while len(made) < before + 2 and not wrong:
                over.wait(0.05)
            assert strictness.profile(admin).strict == (turn % 2 == 0)
            if not turn:
                with pytest.raises(pymysql.err.MySQLError):  # it would still read through the open views
                    raw.query("SELECT name FROM customer")
                assert company.views("li") == f"{company.name}_strict" and door.database.strict
                assert company.views("boss") == f"{company.name}_app", "who sees everything has nothing to find out by tricks"
        over.set()
        thread.join()
        assert not wrong, wrong
        assert read(company, "root", "SELECT COUNT(*) FROM customer WHERE name LIKE 'nebenbei%%'") == [(len(made),)]
        assert len(set(made)) == len(made) and company.views("li") == f"{company.name}_app"
        with pytest.raises(Refused):
            strictness.read_strictly(door, li, True)
        with pytest.raises(Refused):
            door.database.write(lambda tx: tx.run("CALL read_strictly(1)"))
    finally:
        company.close()


def test_rights_that_change_move_the_door_at_once(company: Company) -> None:
    admin, keeper = company.door("admin"), company.actor("admin")
    base = company.name
    company.save(Customer(name="da"), "li")
    assert company.views("boss") == f"{base}_app"
    line = company.raw("boss", f"{base}_app")
    boss: Any = admin.get(Employee, company.ids["boss"], keeper)
    was, boss.role = boss.role, admin.get(Employee, company.ids["li"], keeper).role
    admin.save(boss, keeper)
    assert company.views("boss") == f"{base}_strict"
    with pytest.raises(pymysql.err.MySQLError):
        line.query("SELECT 1")
    with pytest.raises(pymysql.err.MySQLError):
        company.raw("boss", f"{base}_app")
    assert company.door("boss").count(Customer, company.actor("boss")) == 0
    boss.role = was
    admin.save(boss, keeper)
    assert company.views("boss") == f"{base}_app"
    assert company.door("boss").count(Customer, company.actor("boss")) > 0


def test_not_for_a_company_that_is_too_large(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict, "MOST", 2)
    company = open_company(server)
    try:
        admin, keeper = company.door("admin"), company.actor("admin")
        for number in range(2):
            company.save(Customer(name=f"viel {number}"), "li")
        strictness.read_strictly(admin, keeper, True)
        strictness.read_strictly(admin, keeper, False)
        company.save(Customer(name="zu viel"), "li")
        with pytest.raises(Refused, match="100,000"):
            strictness.read_strictly(admin, keeper, True)
        assert company.views("li") == f"{company.name}_app"
    finally:
        company.close()


def told(company: Company, look: str) -> list[str]:
    database = look_at(f"{company.server}/{company.name}")
    try:
        with patient(company):
            return [one.sentence("en") for key, _label, found in server_doctor.examine(database) for one in found if key == look]
    finally:
        database.close()


def test_migrating_keeps_it_and_the_doctor_watches_it(company: Company) -> None:
    address = f"{company.server}/{company.name}"
    assert told(company, "reading") == told(company, "guard") == []
    shared_server.bring_up_to_date(address)
    assert strictness.profile(company.door("admin")).strict and company.views("li") == f"{company.name}_strict"
    assert company.door("li").count(Customer, company.actor("li")) >= 0
    li = f"'{company.login('li')}'@'%'"
    for spoil in (f"GRANT SELECT ON `{company.name}\\_app`.* TO {li}", f"GRANT SELECT ON {company.name}_veiled.customer TO {li}",
                  f"GRANT SELECT ON {company.name}_app.customer TO {li}"):  # fmt: skip
        with company.raw("root") as line, line.cursor() as cursor:
            cursor.execute(spoil)
            assert any(company.login("li") in sentence for sentence in told(company, "reading")), spoil
            cursor.execute(spoil.replace("GRANT", "REVOKE").replace(" TO ", " FROM "))
    assert told(company, "reading") == []


def test_without_the_closed_views_the_leak_is_seen(company: Company) -> None:
    """The negative control of the tricks, and the doctor sees it as well."""
    company.save(Customer(name="ganz geheim"), "zhao")
    trick = "SELECT id FROM customer WHERE (@l := CONCAT(COALESCE(@l, ''), name)) IS NULL"
    base = company.name

    def remembered() -> bool:
        with company.raw("li", f"{base}_strict") as line, line.cursor() as cursor:
            cursor.execute(trick)
            cursor.execute("SELECT @l")
            return "ganz geheim" in str(cursor.fetchone()[0])

    assert not remembered()
    head = f"CREATE OR REPLACE DEFINER = `{base}_sight`@`%` SQL SECURITY DEFINER VIEW {base}_strict.customer AS SELECT * FROM"
    with company.raw("root") as root, root.cursor() as cursor:
        cursor.execute(f"{head} {base}_veiled.customer t")
    assert remembered()
    assert any("strict.customer" in sentence for sentence in told(company, "guard"))
    shared_server.bring_up_to_date(f"{company.server}/{company.name}")
    assert not remembered()
