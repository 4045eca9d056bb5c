"""Duplicates through the door: told while typing, asked about at saving, hidden from whom they do not concern."""

import threading

import pytest

from crm_desktop.business import Contact, Customer, Lead
from crm_desktop.business.customers.converting import Conversion, convert
from crm_desktop.core import apart, checks, twins
from crm_desktop.core.clock import FixedClock
from crm_desktop.core.errors import Trouble
from crm_desktop.core.twins import Duplicate
from crm_desktop.database.engine import Database, open_database
from tests.core.material import NOW
from tests.office import Office, open_office
from tests.spare_schema import SpareSchema


def found(office: Office, record: Customer | Contact | Lead, who: str = "li") -> list[tuple[str, bool]]:
    return [(twin.title, twin.likeness.same) for twin in office.records.twins(record, office.actor(who))]


def test_told_while_typing(office: Office) -> None:
    office.save(Customer(name="深圳市腾讯计算机系统有限公司", phone="0755-86013388", tax_no="9144030071526726XG"))
    assert found(office, Customer(name="騰訊計算機系統")) == [("深圳市腾讯计算机系统有限公司", True)]
    assert found(office, Customer(name="腾讯")) == [("深圳市腾讯计算机系统有限公司", False)]
    assert found(office, Customer(name="", phone="86013388")) == [("深圳市腾讯计算机系统有限公司", True)]
    assert found(office, Customer(name="别家公司", phone="86013388")) == [("深圳市腾讯计算机系统有限公司", False)]
    assert found(office, Customer(name="别家公司", tax_no="9144030071526726xg")) == [("深圳市腾讯计算机系统有限公司", True)]
    assert found(office, Customer(name="腾讯计算机系统有限公司北京分公司")) == []


def test_the_reason_is_told(office: Office) -> None:
    office.save(Customer(name="华为技术有限公司", mobile="13812345678"))
    (twin,) = office.records.twins(Customer(name="华为技术", phone="138 1234 5678"), office.li)
    assert twin.why("en") == "the names differ only in “有限公司”; the same phone 13812345678"
    assert "13812345678" in twin.why("zh_CN") and "有限公司" in twin.why("zh_CN")


def test_outsiders_learn_that_it_exists_and_whose_it_is(office: Office) -> None:
    office.save(Customer(name="华为技术有限公司", mobile="13812345678"), "sun")
    (twin,) = office.records.twins(Customer(name="华为", mobile="13812345678"), office.li)
    assert (twin.id, twin.title, twin.owner, twin.seen) == (0, "", "孙丽", False)
    assert "有限公司" not in twin.why("zh_CN") and "华为" not in twin.why("zh_CN") and "13812345678" in twin.why("zh_CN")
    with pytest.raises(Duplicate) as told:
        office.records.save(Customer(name="华为技术"), office.li, wary=True)
    assert "孙丽" in told.value.sentence("zh_CN") and "有限公司" not in told.value.sentence("zh_CN")


def test_persons(office: Office) -> None:
    here, there = office.save(Customer(name="甲方")), office.save(Customer(name="乙方"))
    office.save(Contact(name="王伟", customer=here.id, mobile="13812345678", phone="0755-28780808"))
    assert found(office, Contact(name="王伟", customer=here.id)) == [("王伟", True)]
    assert found(office, Contact(name="王伟", customer=there.id)) == []
    assert found(office, Contact(name="Wang Wei", customer=here.id)) == [("王伟", False)]
    assert found(office, Contact(name="王伟", customer=there.id, mobile="13812345678")) == [("王伟", True)]
    assert found(office, Contact(name="李四", customer=here.id, phone="28780808")) == [], "colleagues share a switchboard"
    assert found(office, Contact(name="李四", customer=here.id, mobile="13812345678")) == [("王伟", False)]
    office.save(Lead(name="陈芳", company="杭州云海科技有限公司"))
    assert found(office, Lead(name="陈芳", company="云海科技")) == [("陈芳", True)]
    assert found(office, Lead(name="陈芳", company="天蓝食品")) == []


def test_saving_the_same_is_asked_about_once(office: Office) -> None:
    office.save(Customer(name="华为技术有限公司"))
    again = Customer(name="华为技术")
    with pytest.raises(Duplicate) as told:
        office.records.save(again, office.li, wary=True)
    assert not told.value.forbidden and told.value.twins[0].title == "华为技术有限公司"
    assert again.is_new() and office.records.count(Customer, office.li) == 1
    office.records.save(again, office.li)
    again.city = "深圳"
    office.records.save(again, office.li, wary=True)
    again.mobile = "13812345678"
    office.records.save(again, office.li, wary=True)
    office.save(Customer(name="中兴通讯", mobile="13987654321"))
    again.mobile = "13987654321"
    again.name = "中兴通讯"
    with pytest.raises(Duplicate):
        office.records.save(again, office.li, wary=True)


def test_the_company_may_forbid_or_ignore_it(office: Office) -> None:
    office.save(Customer(name="华为技术有限公司"))
    office.records.settings.put(twins.SETTING, "refuse")
    with pytest.raises(Duplicate) as told:
        office.records.save(Customer(name="华为技术"), office.li)
    assert told.value.forbidden
    office.records.save(Customer(name="华为"), office.li)
    office.records.settings.put(twins.SETTING, "off")
    office.records.save(Customer(name="华为技术"), office.li, wary=True)
    assert office.records.twins(Customer(name="华为技术"), office.li) == []


def test_keys_follow_every_write(office: Office) -> None:
    one = office.save(Customer(name="华为技术有限公司", mobile="13812345678"))
    one.name, one.mobile = "中兴通讯", ""
    office.save(one)
    assert found(office, Customer(name="华为技术", mobile="13812345678")) == []
    assert found(office, Customer(name="中兴通讯")) == [("中兴通讯", True)]
    batch = office.records.delete(Customer, [one.id], office.meng).batch
    assert found(office, Customer(name="中兴通讯")) == []
    office.records.undo(batch, office.meng)
    assert found(office, Customer(name="中兴通讯")) == [("中兴通讯", True)]
    office.records.delete(Customer, [one.id], office.meng)
    office.records.restore(Customer, [one.id], office.meng)
    assert found(office, Customer(name="中兴通讯")) == [("中兴通讯", True)]
    assert [finding for check, findings in checks.examine(office.records) if check.key == "duplicates" for finding in findings] == []


def test_the_check_notices_missing_and_left_over_keys(office: Office) -> None:
    one = office.save(Customer(name="华为技术有限公司"))
    office.records.database.write(lambda tx: tx.run("DELETE FROM alike_customer WHERE record = ?", (one.id,)))
    office.records.database.write(lambda tx: tx.run("INSERT INTO alike_customer (hash, record) VALUES (1, 2)"))
    told = [one.sentence("en") for check, several in checks.examine(office.records) if check.key == "duplicates" for one in several]
    assert len(told) == 2
    twins.catch_up(office.records)
    told = [one.sentence("en") for check, several in checks.examine(office.records) if check.key == "duplicates" for one in several]
    assert told == []


def test_what_is_not_the_same_is_remembered(office: Office) -> None:
    one, other = (office.save(Customer(name=name)) for name in ("华为技术有限公司", "华为技术"))
    assert found(office, other) == [("华为技术有限公司", True)]
    database = office.records.database
    database.write(lambda tx: apart.part(tx, [one.id, other.id], office.li.employee, NOW))
    assert found(office, other) == [] and found(office, one) == []
    database.write(lambda tx: apart.join(tx, [other.id, one.id]))
    assert found(office, other) == [("华为技术有限公司", True)]


@pytest.fixture
def two_places(engine: str, request: pytest.FixtureRequest, tmp_path: object) -> object:
    if engine == "sqlite":
        yield str(tmp_path)
        return
    schema = SpareSchema(request.getfixturevalue("server"), migrated=False)
    yield schema.address
    schema.drop()


@pytest.mark.parametrize("other", [Customer, Lead])
def test_of_two_who_save_the_same_at_once_one_is_told(two_places: str, other: type[Customer] | type[Lead]) -> None:
    """Two desktops, ten companies each, at the same moment: every company is there once, and somebody was told of the other; also
    where one of them has customers and the other has leads."""
    office = open_office(open_database(two_places), FixedClock(NOW))
    told: list[Exception] = []
    start = threading.Barrier(2)

    def desk(who: str) -> None:
        from crm_desktop.business import RECORD_TYPES
        from crm_desktop.core.records import Records

        database: Database = open_database(two_places)
        records = Records(database, RECORD_TYPES, FixedClock(NOW))
        actor = office.actor(who)
        start.wait()
        for number in range(10):
            try:
                name = f"海阔{'天空云水山石田林江湖'[number]}{number}贸易"
                customer = who == "li" or other is Customer
                records.save(Customer(name=name) if customer else Lead(name="陈芳", company=name), actor, wary=True)
            except Trouble as trouble:
                told.append(trouble)
        database.close()

    threads = [threading.Thread(target=desk, args=(who,)) for who in ("li", "zhao")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert office.records.count(Customer, office.admin) + office.records.count(Lead, office.admin) == 10
    assert len(told) == 10 and all(isinstance(one, Duplicate) for one in told)
    office.records.database.close()


def test_a_slip_in_the_first_characters_is_told_while_typing(office: Office) -> None:
    """No stored key leads from one name to the other: the search index does."""
    office.save(Customer(name="深圳市恒泰达科技有限公司"))
    assert found(office, Customer(name="深圳市桓泰达科技有限公司")) == [("深圳市恒泰达科技有限公司", False)]
    assert found(office, Customer(name="恒秦达科技")) == [("深圳市恒泰达科技有限公司", False)]
    office.save(Customer(name="Northwind Logistics Ltd"))
    assert found(office, Customer(name="Morthwind Logistics")) == [("Northwind Logistics Ltd", False)]
    assert found(office, Customer(name="Nortjwind Logistics")) == [("Northwind Logistics Ltd", False)]
    office.save(Customer(name="Golden Star Trading Ltd"), "sun")
    (twin,) = office.records.twins(Customer(name="Bolden Star Trading"), office.li)
    assert (twin.id, twin.title, twin.owner) == (0, "", "孙丽"), "also to outsiders, who learn only that it exists"


def test_a_lead_that_is_a_customer_is_told_and_the_other_way_round(office: Office) -> None:
    customer = office.save(Customer(name="杭州云海科技有限公司", phone="0571-86013388"))
    person = office.save(Contact(name="陈芳", customer=customer.id, mobile="13812345678"))

    def of(record: Customer | Lead, who: str = "li") -> list[tuple[str, int, bool]]:
        return [(twin.type, twin.id, twin.likeness.same) for twin in office.records.twins(record, office.actor(who))]

    assert of(Lead(name="王伟", company="云海科技")) == [("customer", customer.id, True)]
    assert of(Lead(name="王伟", company="云海")) == [("customer", customer.id, False)]
    assert of(Lead(name="王伟", phone="86013388")) == [("customer", customer.id, True)]
    assert of(Lead(name="陈芳", mobile="138 1234 5678")) == [("contact", person.id, True)]
    assert of(Lead(name="王伟", company="天蓝食品")) == []
    assert of(Lead(name="王伟", company="云海科技"), "sun") == [("customer", 0, True)], "of others' only that it is there"
    lead = office.save(Lead(name="李雷", company="苏州金诚精密机械有限公司", mobile="13987654321"))
    assert of(Customer(name="金诚精密机械")) == [("lead", lead.id, True)]
    assert of(Customer(name="别家公司", mobile="13987654321")) == [("lead", lead.id, False)]
    office.records.move(office.records.get(Lead, lead.id, office.li), "disqualify", office.li, {"disqualified_reason": "no_budget"})
    assert of(Customer(name="金诚精密机械")) == [], "of leads that are settled nobody is told"


def test_a_lead_beside_its_customer_is_asked_about_and_never_refused(office: Office) -> None:
    """From the one comes the other: also a company that refuses doubles takes leads, and converts them without a question."""
    for way in ("warn", "refuse"):
        office.records.settings.put(twins.SETTING, way)
        name = {"warn": "杭州云海科技有限公司", "refuse": "苏州金诚精密机械有限公司"}[way]
        office.save(Customer(name=name))
        lead = Lead(name="陈芳", company=name.removesuffix("有限公司"))
        with pytest.raises(Duplicate) as told:
            office.records.save(lead, office.li, wary=True)
        assert not told.value.forbidden and [twin.type for twin in told.value.twins] == ["customer"] and lead.is_new()
        assert told.value.sentence("en").startswith(f"There is a customer already: “{name}” (the names differ only in")
        assert told.value.sentence("zh_CN").startswith(f"已有客户：“{name}”")
        assert told.value.sentence("zh_TW").startswith(f"已有客戶：「{name}」")
        office.records.save(lead, office.li)
        lead.city = "杭州"
        office.records.save(lead, office.li, wary=True)
        convert(office.records, lead, office.li, Conversion(customer=told.value.twins[0].id))
        lead = office.records.get(Lead, lead.id, office.li)  # type: ignore[assignment]
        lead.company = name
        office.records.save(lead, office.li, wary=True)  # a converted one stands beside what it became


def test_a_customer_that_is_an_open_lead_is_asked_about(office: Office) -> None:
    lead = office.save(Lead(name="李雷", company="苏州金诚精密机械有限公司", mobile="13987654321"))
    office.save(Lead(name="韩梅", company="天蓝食品有限公司"), "sun")
    with pytest.raises(Duplicate) as told:
        office.records.save(Customer(name="金诚精密机械"), office.li, wary=True)
    assert [(twin.type, twin.id) for twin in told.value.twins] == [("lead", lead.id)]
    assert "There is a lead already: “李雷”" in told.value.sentence("en")
    with pytest.raises(Duplicate) as told:
        office.records.save(Customer(name="天蓝食品"), office.li, wary=True)
    assert [(twin.id, twin.title, twin.owner) for twin in told.value.twins] == [(0, "", "孙丽")]
    for lang in ("en", "zh_CN", "zh_TW"):
        said = told.value.sentence(lang)
        assert "孙丽" in said and "韩梅" not in said and "有限公司" not in said, "outsiders learn that it is there and whose it is"
    office.records.save(Customer(name="金诚塑胶", mobile="13987654321"), office.li, wary=True)  # only similar
    office.records.move(office.records.get(Lead, lead.id, office.li), "disqualify", office.li, {"disqualified_reason": "no_budget"})
    office.records.save(Customer(name="金诚精密机械"), office.li, wary=True)


def test_the_same_customer_is_told_before_the_lead(office: Office) -> None:
    office.save(Lead(name="李雷", company="苏州金诚精密机械有限公司"))
    office.save(Customer(name="苏州金诚精密机械有限公司"))
    office.records.settings.put(twins.SETTING, "refuse")
    with pytest.raises(Duplicate) as told:
        office.records.save(Customer(name="金诚精密机械"), office.li, wary=True)
    assert told.value.forbidden and [twin.type for twin in told.value.twins] == ["customer", "lead"]


def test_numbers_that_many_share_tell_nothing(office: Office) -> None:
    office.save(Customer(name="永达冷链有限公司常州分公司", phone="400-822-0898"))
    office.save(Customer(name="大地贸易", phone="13800138000"))
    assert found(office, Customer(name="永达冷链有限公司渭南分公司", phone="4008220898")) == []
    assert found(office, Customer(name="天蓝食品", phone="400-822-0898")) == []
    assert found(office, Customer(name="天蓝食品", mobile="13800138000")) == []
    assert found(office, Customer(name="永达冷链有限公司常州分公司", phone="400-822-0898")) == [("永达冷链有限公司常州分公司", True)]


def test_the_older_tax_number_stands_in_the_credit_code(office: Office) -> None:
    office.save(Customer(name="绿厨房冷链物流有限公司", tax_no="91616378331674847X"))
    (twin,) = office.records.twins(Customer(name="别家公司", tax_no="616378331674847"), office.li)
    assert twin.likeness.same and twin.why("en") == "the same tax number 616378331674847"
    assert found(office, Customer(name="绿厨坊冷链物流", tax_no="91440300715267260G")) == [("绿厨房冷链物流有限公司", False)]
