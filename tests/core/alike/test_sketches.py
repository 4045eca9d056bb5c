"""What is compared of a record, whatever cell it stands in; its keys are the same when they are made by the column."""

import random

from crm_desktop.business import Contact, Customer, Lead
from crm_desktop.core import alike
from crm_desktop.core.alike import numbers, signs

CELLS = (
    "", "恒泰科技有限公司", "恒泰 13812345678", "13812345678", "li.na@hengtai.com", "Li <li.na@hengtai.com>; 13912345678",
    "0755-28780808-801", "91440300708461136T", "税号：91440300708461136T", "无", "王伟", "TCL恒泰", "Golden Star Ltd",
    "恒泰（原华泰贸易公司）", "www.hengtaitech.com", "info@hengtaitech.com", "㈜한성정밀", "C00234 恒泰科技有限公司",
    "１３８１２３４５６７８",
)  # fmt: skip


def drawn(**values: str) -> alike.Sketch:
    assert Customer.compared is not None
    return alike.draw(Customer.compared, 1, values)


def test_a_number_in_the_wrong_cell_is_found() -> None:
    assert drawn(name="恒泰 13812345678").phones == ("13812345678",)
    assert drawn(phone="li.na@hengtai.com").mails == ("li.na@hengtai.com",) and not drawn(phone="li.na@hengtai.com").phones
    assert drawn(email="13812345678").phones == ("13812345678",)
    assert drawn(mobile="91440300708461136T").codes == ("91440300708461136T",)
    assert drawn(tax_no="13812345678").phones == ("13812345678",) and not drawn(tax_no="13812345678").codes


def test_keys_by_the_column_are_those_of_the_records() -> None:
    chance = random.Random(3)
    for kind in (Customer, Lead, Contact):
        assert kind.compared is not None
        names = [name for name in kind.compared.fields() if name != kind.compared.within]
        rows = [{name: chance.choice(CELLS) for name in names} for _row in range(300)]
        columns = {name: [row[name] for row in rows] for name in names}
        one_by_one = alike.in_places(alike.keys_of(alike.draw(kind.compared, 1, row)) for row in rows)
        assert set(alike.keys_by_column(kind.compared, len(rows), columns)) == set(one_by_one)


def test_one_mail_domain_makes_a_short_name_likelier_but_no_twins_of_strangers() -> None:
    one, other = drawn(name="恒泰", email="li@hengtai.com"), drawn(name="恒泰电子有限公司", email="wang@hengtai.com")
    stranger = drawn(name="宏远物流有限公司", email="zhang@hengtai.com")
    assert alike.judge(one, other, few=True) is not None
    assert alike.judge(one, stranger, few=True) is None


def test_in_one_mail_domain_a_latin_name_may_be_the_trade_mark_of_a_chinese_one() -> None:
    one = drawn(name="深圳热盆景酒店管理有限公司", email="cheng@brenomatek.net")
    mark = drawn(name="BRENOMATEK", email="info@brenomatek.net")
    found = alike.judge(one, mark)
    assert found is not None and not found.same and "brenomatek.net" in found.reasons[0].sentence("en")
    assert alike.judge(one, drawn(name="BRENOMATEK", email="info@other.net")) is None
    assert alike.judge(one, mark, few=False) is None, "a domain that many have is that of a group"
    assert alike.judge(one, drawn(name="Brenomatek Logistics", email="info@brenomatek.net")) is None, "another line of business"
    assert alike.judge(drawn(name="热盆景酒店", email="cheng@qq.com"), drawn(name="BRENOMATEK", email="info@qq.com")) is None


CODES = "91440300708461136T", "91350100M000100Y43"


def test_a_web_address_or_a_mailbox_in_place_of_the_name() -> None:
    one = drawn(name="珠诚数控机床有限公司", email="sales@zhucheng-cnc.com")
    for name in ("zhucheng-cnc.com", "http://www.zhucheng-cnc.com/", "info@zhucheng-cnc.com"):
        found = alike.judge(one, drawn(name=name))
        assert found is not None and not found.same and found.score >= alike.LEAST, name
        assert "zhucheng-cnc.com" in found.reasons[0].sentence("en")
    assert alike.judge(one, drawn(name="www.zhucheng.com")) is None
    assert alike.judge(one, drawn(name="www.zhucheng-cnc.com"), few=False) is None, "a domain that many have is that of a group"
    assert alike.judge(drawn(name="珠诚", email="li@qq.com"), drawn(name="wang@qq.com")) is None
    assert drawn(name="info@zhucheng-cnc.com").mails == ("info@zhucheng-cnc.com",)


def test_two_credit_codes_are_two_companies_whatever_number_they_share() -> None:
    assert all(map(numbers.is_credit_code, CODES))
    one = drawn(name="珠诚数控机床有限公司", mobile="13812345678", tax_no=CODES[0])
    gate = drawn(name="宏远物流有限公司", mobile="13812345678", tax_no=CODES[1])
    assert alike.judge(one, gate) is None
    assert alike.judge(one, gate._replace(codes=())) is not None
    slip = alike.judge(one, gate._replace(codes=(CODES[1][:-1] + "5",)))
    assert slip is not None and not slip.same, "one of them has a slip"
    again = alike.judge(one, drawn(name="珠诚数控机床", mobile="13812345678", tax_no=CODES[1]))
    assert again is not None and not again.same, "the same name is shown all the same"
    here, there = (drawn(name=f"{town}珠诚五金店", tax_no=code) for town, code in zip(("盐城", "城关"), CODES, strict=True))
    assert alike.judge(here, there) is None


def test_a_slip_in_a_tax_number_makes_no_other_company() -> None:
    one = drawn(name="珠诚数控机床有限公司", tax_no=CODES[0])
    lost = alike.judge(one, drawn(name="珠诚数控", tax_no=CODES[0][:7] + CODES[0][8:]), few=True)
    assert lost is not None and lost.score >= alike.LEAST and all(reason.about == "name" for reason in lost.reasons)
    other = alike.judge(one, drawn(name="珠诚数控", tax_no=CODES[1]), few=True)
    assert other is None or other.score < alike.LEAST


def test_sisters_behind_one_switchboard_are_told_while_typing_alone() -> None:
    one = drawn(name="珠诚数控机床有限公司", phone="0571-86013388")
    sister = alike.judge(one, drawn(name="珠诚餐饮管理有限公司", phone="0571-86013388"))
    assert sister is not None and sister.score < alike.LEAST
    for name in ("珠诚", "宏远餐饮管理有限公司", "珠诚数控"):
        found = alike.judge(one, drawn(name=name, phone="0571-86013388"))
        assert found is not None and found.score >= alike.LEAST


def test_in_one_mail_domain_initials_may_be_the_name() -> None:
    one = drawn(name="Hartley Moore Castings Ltd", email="orders@hartleymoore.com")
    found = alike.judge(one, drawn(name="HM Ltd", email="j.smith@hartleymoore.com"))
    assert found is not None and not found.same and "hartleymoore.com" in found.reasons[0].sentence("en")
    assert alike.judge(one, drawn(name="ML Ltd", email="j.smith@hartleymoore.com")) is None
    assert alike.judge(one, drawn(name="Hartley Moore Roofing Ltd", email="roofs@hartleymoore.com")) is None


def test_a_former_name_counts_where_the_new_one_is_a_groups() -> None:
    member = drawn(name="青岛旭星同电子科技有限公司")
    found = alike.judge(drawn(name="青岛旭星同控股集团有限公司（原青岛旭星同电子科技有限公司）"), member)
    assert found is not None and not found.same and found.score >= alike.LEAST
    found = alike.judge(drawn(name="青岛旭星同控股集团有限公司", short_name="旭星同"), member)
    assert found is None or found.score < alike.LEAST, "what it is called for short is no former name"


def test_people_of_one_name_are_not_the_same_where_neither_mobile_nor_town_are() -> None:
    here = drawn(name="刘英", phone="029-39212679", mobile="13712345678")
    there = drawn(name="刘英（济南）", phone="0531-61149886", mobile="13987654321")
    found = alike.judge(here, there)
    assert found is not None and not found.same
    for other in (there._replace(phones=("13987654321",)), there._replace(phones=("053161149886", "13712345678"))):
        again = alike.judge(here, other)
        assert again is not None and again.same
    firm = [drawn(name="刘英五金有限公司", phone=one.phones[0], mobile=one.phones[1]) for one in (here, there)]
    whole = alike.judge(*firm)
    assert whole is not None and whole.same


def test_signs_that_were_read_as_two() -> None:
    assert signs.joined("恒泰禾刂亻言") == "恒泰利信"
    assert signs.joined("恒泰电子") == "恒泰电子"
    assert signs.look_alike("己", "已") and not signs.look_alike("恒", "泰")
