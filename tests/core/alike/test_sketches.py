"""What is compared of a record, whatever cell it stands in; its keys are the same when they are made by the column."""

import random

from crm_desktop.business import Contact, Customer, Lead
from crm_desktop.core import alike
from crm_desktop.core.alike import signs

CELLS = (
    "", "恒泰科技有限公司", "恒泰 13812345678", "13812345678", "li.na@hengtai.com", "Li <li.na@hengtai.com>; 13912345678",
    "0755-28780808-801", "91440300708461136T", "税号：91440300708461136T", "无", "王伟", "TCL恒泰", "Golden Star Ltd",
    "恒泰（原华泰贸易公司）", "１３８１２３４５６７８",
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


def test_signs_that_were_read_as_two() -> None:
    assert signs.joined("恒泰禾刂亻言") == "恒泰利信"
    assert signs.joined("恒泰电子") == "恒泰电子"
    assert signs.look_alike("己", "已") and not signs.look_alike("恒", "泰")
