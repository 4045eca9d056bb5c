"""Everybody works at the same time under the guard: nothing is refused that is allowed, nothing lost, every change audited."""

from __future__ import annotations

import threading
from typing import Any

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.customers.follow_up import FollowUp
from crm_desktop.business.staff.employee import Employee
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from tests.guard.company import Company

ROUNDS = 12


def test_a_busy_morning(company: Company) -> None:
    shared = company.save(Customer(name="大家的"), "li")
    people = ("li", "zhao", "sun", "meng", "boss", "admin")
    company.door("li").share(Customer, [shared.id], company.ids["sun"], company.actor("li"), write=True)
    actors = {who: company.actor(who) for who in people}
    doors = {who: company.door(who) for who in people}
    with company.raw("root") as line, line.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), (SELECT COUNT(*) FROM journal) FROM audit")
        audited, noted = cursor.fetchone()
    wrong: list[Any] = []
    start = threading.Barrier(len(people))

    def work(who: str) -> None:
        door, actor = doors[who], actors[who]
        start.wait()
        try:
            for number in range(ROUNDS):
                if who == "admin":  # rights change while the others write
                    person = door.get(Employee, company.ids["zhao"], actor)
                    person.title = f"第{number}次"
                    door.save(person, actor)
                    continue
                own = Customer(name=f"{who}的{number}")
                door.save(own, actor)
                door.save(Contact(name=f"人{number}", customer=own.id), actor)
                if who in ("li", "sun", "meng", "boss"):  # all see the one customer, by scope or by the share
                    door.save(FollowUp(content=f"{who}说{number}", customer=shared.id), actor)
        except BaseException as error:  # noqa: BLE001  (told by the test)
            wrong.append((who, error))
        finally:
            door.database.close_thread()

    threads = [threading.Thread(target=work, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, wrong

    seen: Records = company.door("boss")
    boss = company.actor("boss")
    assert sum(1 for hit in seen.timeline(Customer, shared.id, boss, limit=500) if hit.record_type == "follow_up") == 4 * ROUNDS
    assert seen.get(Customer, shared.id, boss).last_contact_at is not None
    with company.raw("root") as line, line.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM customer WHERE name LIKE '%的%'")
        assert cursor.fetchone()[0] >= 5 * ROUNDS
        # Each line the program has written about a record has its counterpart that nobody could leave out.
        cursor.execute(
            "SELECT COUNT(*) FROM (SELECT j.record_id, COUNT(*) AS told FROM journal j GROUP BY j.record_id, j.record_type) a"
            " JOIN (SELECT record_id, COUNT(*) AS told FROM audit GROUP BY record_id, record_type) b"
            " ON b.record_id = a.record_id WHERE b.told < a.told AND a.record_id IN (SELECT id FROM customer WHERE name LIKE '%的%')"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT COUNT(*), (SELECT COUNT(*) FROM journal) FROM audit")
        after, lines = cursor.fetchone()
    assert after - audited >= lines - noted > 0
    open_database(company.address("zhao")).close()
