"""Two programs on one database: what one changes the other learns, and neither overwrites the other."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import pytest

from crm_desktop.business import RECORD_TYPES, Contact, Contract, Customer, Employee, Opportunity, Stage
from crm_desktop.business.office import marks
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core.checks import examine
from crm_desktop.core.custom import CustomField
from crm_desktop.core.errors import Conflict, Trouble
from crm_desktop.core.picklists import PickValue
from crm_desktop.core.records import Records
from tests.conftest import ENGINES
from tests.office import Office


@pytest.fixture
def other(office: Office) -> Records:
    """The second desktop, which has looked at everything once."""
    records = Records(office.records.database, RECORD_TYPES, office.records.clock)
    records.renew()
    for key in ("stage", "employee", "role", "role_right", "pick_value", "custom_field", "department"):
        records.names.all(key)
    records.names.picklist("source")
    records.settings.get("company")
    return records


def test_names_the_other_desktop_changed_are_known_after_the_next_write_or_look(office: Office, other: Records) -> None:
    stage = office.save(Stage(name="试用", position=2, probability=40), "admin")
    office.save(PickValue(name="抖音", code="douyin", picklist="source"), "admin")
    office.save(CustomField(name="积分", record_type="customer", field_kind="number"), "admin")
    office.records.settings.put("company", "新明达")
    assert other.names.title("stage", stage.id) == ""
    assert other.renew() is True
    assert other.renew() is False
    assert other.names.title("stage", stage.id) == "试用"
    assert other.names.pick("source", "抖音") == "douyin"
    assert len(other.fields(Customer)) == len(Customer.declared()) + 1
    assert other.settings.get("company") == "新明达"


def test_a_write_knows_the_newest_names_without_being_told(office: Office, other: Records) -> None:
    """A stage made on one desktop is a stage on the other: the rule that fills in the probability must know it."""
    customer = office.save(Customer(name="甲公司"))
    stage = office.save(Stage(name="试用", position=2, probability=40), "admin")
    deal = Opportunity(name="机会", customer=customer.id, stage=stage.id)
    other.save(deal, office.li)
    assert deal.probability == 40
    newcomer = office.save(Employee(name="新人", role=_role(office, "sales"), department=office.li.department), "admin")
    assert other.assign(Customer, [customer.id], newcomer.id, office.meng).done == [customer.id]
    assert actor_for(other, newcomer.id).name == "新人"


def test_rights_taken_away_on_one_desktop_are_gone_on_the_other(office: Office, other: Records) -> None:
    li: Any = office.records.get(Employee, office.ids["li"], office.admin)
    office.records.move(li, "quit", office.admin, {"left_on": office.records.clock.today()})
    other.renew()
    with pytest.raises(Trouble):
        actor_for(other, office.ids["li"])


def test_reading_names_costs_nothing_while_nothing_changes(office: Office, other: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    """Saving customers all day reloads no picklists."""
    rows = other.names.rows("stage")
    for n in range(3):
        office.save(Customer(name=f"公司{n}"))
        other.save(Customer(name=f"公司{n}"), office.li)
    assert other.names.rows("stage") is rows


def _role(office: Office, code: str) -> int:
    return next(row.id for row in office.records.names.all("role") if row.code == code)  # type: ignore[attr-defined]


def test_stars_set_on_two_desktops_are_all_kept(office: Office, other: Records) -> None:
    ids = [office.save(Customer(name=f"公司{n}")).id for n in range(3)]
    marks.star(office.records, office.li, "customer", ids[0])
    assert marks.starred(other, office.li) == [["customer", ids[0]]]
    marks.star(other, office.li, "customer", ids[1])
    marks.star(office.records, office.li, "customer", ids[2])
    assert marks.starred(office.records, office.li) == [["customer", one] for one in ids]
    marks.star(other, office.li, "customer", ids[0])
    other.settings.forget()
    assert marks.starred(other, office.li) == [["customer", one] for one in ids[1:]]


def test_what_settings_give_is_the_callers_own(office: Office) -> None:
    office.records.settings.put("layout", {"docks": [1]}, 7)
    office.records.settings.get("layout", person=7)["docks"].append(2)
    assert office.records.settings.get("layout", person=7) == {"docks": [1]}
    assert office.records.settings.get("layout", person=8) is None
    office.records.settings.put("layout", None, 7)
    assert office.records.settings.get("layout", "none", 7) == "none"


# At the same time


def in_threads(*works: Any) -> list[BaseException]:
    """Run all at once; gives what went wrong."""
    problems: list[BaseException] = []
    start = threading.Barrier(len(works))

    def run(work: Any) -> None:
        try:
            start.wait(30)
            work()
        except BaseException as problem:  # noqa: BLE001
            problems.append(problem)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return problems


def test_contract_numbers_of_five_desktops_are_all_different(office: Office) -> None:
    customer = office.save(Customer(name="甲公司"))
    actor = office.li

    def sign() -> None:
        records = Records(office.records.database, RECORD_TYPES, office.records.clock)
        for n in range(6):
            records.save(Contract(name=f"合同{n}", customer=customer.id), actor)
        office.records.database.close_thread()

    assert in_threads(*[sign] * 5) == []
    numbers = [row[0] for row in office.records.database.read("SELECT number FROM contract ORDER BY number")]
    assert numbers == [f"HT-2026-{n:04}" for n in range(1, 31)], "without gaps or doubles"


def test_edits_of_different_fields_at_the_same_time_are_all_kept(office: Office) -> None:
    made = office.save(Customer(name="甲公司"))
    actor = office.li
    names = ("phone", "mobile", "city", "address")

    def edit(name: str) -> Any:
        def work() -> None:
            records = Records(office.records.database, RECORD_TYPES, office.records.clock)
            for n in range(4):
                record = records.get(Customer, made.id, actor)
                setattr(record, name, f"{n}")
                records.save(record, actor)
            office.records.database.close_thread()

        return work

    assert in_threads(*map(edit, names)) == []
    now = office.records.get(Customer, made.id, actor)
    assert [getattr(now, name) for name in names] == ["3"] * 4
    assert now.version == 17


def test_of_many_edits_of_one_field_each_is_kept_or_refused(office: Office) -> None:
    made = office.save(Customer(name="甲公司"))
    actor, saved = office.li, []

    def edit(value: str) -> Any:
        def work() -> None:
            records = Records(office.records.database, RECORD_TYPES, office.records.clock)
            record = records.get(Customer, made.id, actor)
            record.city = value
            try:
                records.save(record, actor)
                saved.append(value)
            except Conflict:
                pass
            office.records.database.close_thread()

        return work

    assert in_threads(*[edit(f"城{n}") for n in range(6)]) == []
    told = [line.changes["city"] for line in reversed(office.records.history(Customer, made.id, actor)) if "city" in line.changes]
    assert sorted(new for _old, new in told) == sorted(saved)
    assert all(before[1] == after[0] for before, after in zip(told, told[1:], strict=False)), "each from where the one before ended"


def test_a_contact_made_while_its_customer_changes_hands_has_the_new_owner(office: Office) -> None:
    """Owner and department of followers never come apart from those they follow, whatever is committed first."""
    customers = [office.save(Customer(name=f"公司{n}")).id for n in range(4)]
    boss = office.boss

    def give() -> None:
        for one in customers * 2:
            for who in ("zhao", "sun"):
                Records(office.records.database, RECORD_TYPES, office.records.clock).assign(Customer, [one], office.ids[who], boss)
        office.records.database.close_thread()

    def add() -> None:
        records = Records(office.records.database, RECORD_TYPES, office.records.clock)
        for n, one in enumerate(customers * 4):
            records.save(Contact(name=f"人{n}", customer=one, is_primary=True), boss)
        office.records.database.close_thread()

    assert in_threads(give, add, add) == []
    assert [f.sentence("en") for _check, findings in examine(office.records) for f in findings] == []
    for one in customers:
        rows = office.records.database.read("SELECT COUNT(*) FROM contact WHERE customer = ? AND is_primary = 1", (one,))
        assert rows == [(1,)], "only one is the primary contact"


@pytest.mark.parametrize("engine", ENGINES[:1])
def test_two_processes_on_one_file(office: Office, tmp_path: Any) -> None:
    """Real processes, not threads: SQLite's locks, not ours, keep them apart."""
    customer = office.save(Customer(name="甲公司"))
    code = (
        "import sys; from crm_desktop.business import RECORD_TYPES, Contract; from crm_desktop.core.records import Records;"
        "from crm_desktop.core.access import Actor; from crm_desktop.database.engine import open_database;"
        "records = Records(open_database(sys.argv[1]), RECORD_TYPES);"
        "[records.save(Contract(name=f'{n}', number='', customer=int(sys.argv[2])), Actor.program()) for n in range(8)]"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(customer.id)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _n in range(2)]
    told = [process.communicate(timeout=120)[1] for process in running]
    assert told == [b"", b""]
    numbers = [row[0] for row in office.records.database.read("SELECT number FROM contract")]
    assert len(numbers) == len(set(numbers)) == 16
