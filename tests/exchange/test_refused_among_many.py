"""Rows that are refused only when they are written: the others of their packet go in together, and all is as if each went in alone."""

from __future__ import annotations

import random
from typing import Any

import pytest

from crm_desktop.business.customers.contact import Contact
from crm_desktop.business.customers.customer import Customer
from crm_desktop.core.errors import Invalid, Refused, Trouble
from crm_desktop.core.sharing import Share
from crm_desktop.core.unit import Unit
from crm_desktop.database.unit import Tx
from crm_desktop.exchange.importing import drafts
from crm_desktop.exchange.importing.applying import Applying
from crm_desktop.exchange.importing.items import Item
from crm_desktop.exchange.importing.verdicts import Verdict
from tests.exchange.stories import everything, plan_for, reasons, values
from tests.office import Office

MAPPING = {"客户名称": "name", "电话": "phone", "备注": "note", "联系人": "contact.name", "职位": "contact.title", "手机": "contact.mobile"}
NAMES = ("华为", "小米", "联想", "魅族", "长安", "绿源", "海澜", "西门子")


def one_by_one(self: Applying, unit: Unit, items: list[Item], verdicts: dict[int, Verdict]) -> None:
    """The plain way that the quick one must not be told from."""
    try:
        with unit.step():
            self._write(unit, items)
    except Trouble:
        told: set[int] = set()
        for item in items:
            if item.record is None and self._key(item.draft) not in self.seen:
                self._again.append(item.draft)
                continue
            item.along = [record for record in item.along if id(record) not in told]
            try:
                with unit.step():
                    self._write(unit, [item])
                told.update(map(id, item.along))
                verdicts[item.draft.row] = item.verdict()
            except Trouble as reason:
                verdicts[item.draft.row] = Verdict(item.draft.row, "refused", reason=self._explained(reason, item))
                self._forget(item)
        return
    for item in items:
        verdicts[item.draft.row] = item.verdict()


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused on the way: when a record is looked at, and (which names no record) when all have been written."""
    for record_type, name in ((Customer, "note"), (Contact, "title")):
        check, all_saved = record_type.check, record_type.all_saved

        def checked(self: Any, unit: Unit, check: Any = check, name: str = name) -> None:
            if "拒" in (getattr(self, name) or ""):
                raise Invalid("“{value}” is refused", name, value=getattr(self, name))
            check(self, unit)

        def saved(unit: Unit, written: Any, all_saved: Any = all_saved, name: str = name) -> None:
            all_saved(unit, written)
            if late := [record for record, _before in written if "迟" in (getattr(record, name) or "")]:
                raise Refused("“{value}” is refused late", value=getattr(late[0], name))

        monkeypatch.setattr(record_type, "check", checked)
        monkeypatch.setattr(record_type, "all_saved", staticmethod(saved))


def sheet(chance: random.Random) -> list[list[Any]]:
    """Some rows of few customers, each with somebody; every third one says something that will be refused."""
    bad = chance.choice((0.03, 0.2, 0.6))

    def said(usual: str) -> str | None:
        return chance.choice(("拒", "迟")) + str(chance.randrange(100)) if chance.random() < bad / 2 else chance.choice((usual, None))

    rows = []
    for _row in range(chance.randrange(2, 40)):
        name = chance.choice(NAMES) if chance.random() < 0.6 else f"新客户{chance.randrange(1000)}厂"
        people = "、".join(chance.sample(("张三", "李四", "王五"), chance.randrange(3))) or None
        phone = f"0571-8{NAMES.index(name) if name in NAMES else chance.randrange(10)}000000" if chance.random() < 0.5 else None
        rows.append([name, phone, said("备注"), people, said("经理"), chance.choice((None, "13800000001"))])
    return [list(MAPPING), *rows]


def left(office: Office, rows: Any, chosen: dict[str, Any]) -> tuple[Any, ...]:
    """What is told of the sheet, and what is there once it is in; then it is taken back."""
    plan = plan_for(office, Customer, office.li, rows, mapping=MAPPING, match=("name",), **chosen)
    rehearsed, before = plan.rehearse(), everything(office, Customer)
    done = plan.run()
    customers = sorted(values(office, Customer, "name", "phone", "note", "owner"))
    contacts = sorted(values(office, Contact, "name", "title", "mobile", "is_primary", "owner"))
    told = [
        [(one.row, one.outcome, one.fields, one.title, [note.sentence("en") for note in one.notes()]) for one in verdicts]
        for verdicts in (rehearsed, done.verdicts)
    ]
    actions = sorted(office.records.database.read("SELECT record_type, action, changes FROM journal WHERE batch = ?", (done.batch or 0,)))
    if done.batch is not None:
        office.records.undo(done.batch, office.li)
    assert [row[0] for row in everything(office, Customer)] == [row[0] for row in before]
    return customers, contacts, told, reasons(rehearsed), reasons(done.verdicts), [line[:2] for line in actions]


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize("seed", range(12))
def test_the_same_as_one_by_one(office: Office, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    for name in NAMES[:3]:
        customer = office.save(Customer(name=name, phone=f"0571-8{NAMES.index(name)}000000"))
        office.save(Contact(name="张三", customer=customer.id))
    theirs = office.save(Customer(name=NAMES[3]), "sun")  # which li may only read
    office.save(Share(ref_type="customer", ref_id=theirs.id, employee=office.ids["li"]), "sun")
    monkeypatch.setattr(drafts, "PACKET", chance.choice((7, 500)))
    for _time in range(4):
        rows = sheet(chance)
        chosen = chance.choice(({}, {"same": "update", "similar": "skip"}, {"mode": "create"}))
        quick = left(office, rows, chosen)
        with monkeypatch.context() as patch:
            patch.setattr(Applying, "_write_all", one_by_one)
            assert left(office, rows, chosen) == quick


def test_the_others_of_a_packet_go_in_together(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row of five hundred is refused: it costs some statements more, not thousands."""
    theirs = office.save(Customer(name="小米"), "sun")
    office.save(Share(ref_type="customer", ref_id=theirs.id, employee=office.ids["li"]), "sun")
    asked = [0]
    for name in ("run", "many"):
        way = getattr(Tx, name)

        def counted(self: Tx, *given: Any, way: Any = way) -> Any:
            asked[0] += 1
            return way(self, *given)

        monkeypatch.setattr(Tx, name, counted)
    costs = []
    for bad in (False, True):
        rows = [[f"客户{bad}{number}厂", None, None, "张三", "经理", None] for number in range(500)]
        if bad:
            rows[333][0] = "小米"
        asked[0] = 0
        done = plan_for(office, Customer, office.li, [list(MAPPING), *rows], mapping=MAPPING, match=("name",)).run()
        assert done.verdicts.counts()["refused"] == bad and done.verdicts.counts()["new"] == 500 - bad
        costs.append(asked[0])
    assert costs[1] <= 4 * costs[0]
