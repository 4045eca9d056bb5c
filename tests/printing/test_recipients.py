"""An address is written as its country writes it."""

import pytest

from crm_desktop.printing.recipients import (
    Recipient,
    Wording,
    clean,
    is_chinese,
    is_chinese_postcode,
    parts,
    postcode_digits,
)
from tests.printing.reading import ANDERS, ZHANG


def lines(recipient: Recipient, **wording: object) -> list[str]:
    return [part.text for part in parts(recipient, Wording(**wording))]


def test_a_chinese_address_goes_from_the_large_to_the_small():
    assert lines(ZHANG) == [
        "215021",
        "江苏省苏州市工业园区金桥路 211 号",
        "苏州润邦汽车零部件科技有限公司",
        "张海燕 女士 收",
    ]


def test_a_job_title_takes_the_place_of_the_honorific():
    assert lines(ZHANG, job=True, closing="启", company=False)[-1] == "张海燕 采购经理 启"


def test_what_the_street_already_says_is_not_repeated():
    whole = Recipient("李娜", address="江苏省苏州市金桥路 1 号", city="苏州市", region="江苏省")
    assert lines(whole)[0] == "江苏省苏州市金桥路 1 号"
    city = Recipient("李娜", address="苏州市金桥路 1 号", city="苏州市", region="江苏省")
    assert lines(city)[0] == "江苏省苏州市金桥路 1 号"
    capital = Recipient("李娜", address="长安街 1 号", city="市辖区", region="北京市")
    assert lines(capital)[0] == "北京市长安街 1 号"


def test_a_company_without_a_person_is_addressed_itself():
    assert lines(Recipient(company="苏州润邦有限公司", address="金桥路 1 号"), company=False)[-1] == "苏州润邦有限公司 收"


def test_a_western_address_starts_with_the_person():
    assert lines(ANDERS) == [
        "Ms. Maria Anders",
        "Alfreds Futterkiste",
        "Obere Str. 57",
        "12209 Berlin",
        "GERMANY",
    ]


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("USA", ["Portland, OR 97201", "USA"]),
        ("France", ["97201 Portland, OR", "FRANCE"]),
        ("UK", ["Portland", "OR", "97201", "UK"]),
        ("China", ["Portland, OR 97201"]),
    ],
)
def test_the_postcode_stands_where_the_country_puts_it(country, expected):
    person = Recipient("Howard", address="89 Chiaroscuro Rd.", city="Portland", region="OR", postcode="97201")
    told = lines(Recipient(**{**vars(person), "country": country}))
    assert told[2:] == expected


def test_northwind_addresses_come_out_whole(shared_data):
    import csv

    with (shared_data / "northwind" / "Customers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    for row in rows:
        values = {key.casefold(): value or "" for key, value in row.items() if key}
        recipient = Recipient(
            values.get("contactname", ""),
            company=values.get("companyname", ""),
            address=values.get("address", ""),
            city=values.get("city", ""),
            postcode=values.get("postalcode", ""),
            country=values.get("country", ""),
        )
        text = "\n".join(lines(recipient))
        for part in (recipient.name, recipient.company, recipient.city, recipient.postcode):
            assert clean(part) in text


def test_script_decides_the_front():
    assert is_chinese(ZHANG)
    assert not is_chinese(ANDERS)
    assert not is_chinese(Recipient("王伟", address="1 Main St", city="Boston"))
    assert is_chinese(Recipient("Bob", country="中国"))


def test_postcodes_lose_spaces_and_full_width_digits():
    assert postcode_digits(" ２１５０２１ ") == "215021"
    assert is_chinese_postcode("215 021")
    for wrong in ("21502", "2150211", "21502a", "٢١٥٠٢١", "", "²15021x"):
        assert not is_chinese_postcode(wrong), wrong


def test_control_characters_and_double_spaces_are_cleaned_away():
    assert clean(" 金桥路\t\t211\x00 号\u2028\r\nA座 ") == "金桥路 211 号\nA座"
    assert clean("Cafe\u0301") == "Café"
    assert clean("x\ud800y") == "xy"


def test_a_recipient_of_nothing_but_blanks_has_no_lines():
    assert lines(Recipient(" ", address="\n\t", company="  ")) == []
