"""Two customers that look like one, or have something in common: whoever reads both lines of a pair keeps both."""

# ruff: noqa: E501
from __future__ import annotations

from dataclasses import replace

from benchmarks.labelled.judging import Row
from benchmarks.labelled.sixth_clients import Book, Client, letters, sounded
from benchmarks.labelled.sixth_ordinary import heard
from benchmarks.labelled.sixth_words import ABROAD, BODIES, COUNTRIES, TOWNS, TRADES
from benchmarks.labelled.sixth_writing import Rule, cell, line, one, stranger

# What is typed because the cell must not be empty.
NOTHING = (
    "13800000000",
    "13800138000",
    "11111111111",
    "00000000",
    "12345678",
    "13888888888",
    "0000-0000000",
    "无",
    "88888888",
    "10086",
)
NOBODY = ("none@none.com", "1@1.com", "no@no.com", "test@test.com", "abc@163.com", "123@qq.com")


def two(book: Book, first: Client, second: Client, one_name: str = "", other_name: str = "") -> tuple[Row, Row]:
    """The lines of two customers."""
    return stranger(book, first, one_name or first.name()), stranger(book, second, other_name or second.name())


def elsewhere(book: Book, client: Client) -> str:
    """Another town, of another province."""
    return book.chance.choice([town for town in TOWNS if TOWNS[town][0] != TOWNS[client.town][0]])


def branch(book: Book) -> tuple[Row, ...]:
    """A branch has an address, a code and a buyer of its own; the hotline may be one."""
    client, chance = book.company(), book.chance
    town = elsewhere(book, client)
    rows = two(
        book,
        client,
        book.kin(client, town),
        other_name=client.name() + town + chance.choice(("分公司", "第一分公司", "办事处", "分厂")),
    )
    if chance.random() < 0.4:
        rows[0]["phone"] = rows[1]["phone"] = f"400-{chance.randrange(600, 900)}-{chance.randrange(1000, 9999)}"
    return rows


def two_branches(book: Book) -> tuple[Row, ...]:
    """Two branches of one company."""
    client, chance = book.company(), book.chance
    towns = chance.sample([town for town in TOWNS if town != client.town], 2)
    return two(book, *(book.kin(client, town) for town in towns), *(f"{client.name()}{town}分公司" for town in towns))


def in_two_towns(book: Book, client: Client, brand: str) -> tuple[Row, ...]:
    """One line of business in towns of different provinces, named by its town, each with its code; the other has that brand."""
    town = elsewhere(book, client)
    names = client.name(place=client.town, layout="pbtf"), client.name(brand=brand, place=town, layout="pbtf")
    return two(book, client, book.kin(client, town), *names)


def same_sound(book: Book) -> tuple[Row, ...]:
    """Two brands that sound alike in one line of business, of towns of different provinces, each with its code."""
    client, chance = book.company(), book.chance
    while (brand := heard(client.brand, chance)) == client.brand:
        client = book.company()
    return in_two_towns(book, client, brand)


def other_business(book: Book) -> tuple[Row, ...]:
    """One brand, one town, another line of business, another code."""
    client = book.company()
    trade = book.chance.choice([trade for trade, _middle, _said, _english, family in TRADES if family != client.family])
    return two(book, client, book.kin(client), other_name=client.name(trade=trade))


def other_town(book: Book) -> tuple[Row, ...]:
    """One brand, one line of business, towns of different provinces, different codes."""
    client = book.company()
    return in_two_towns(book, client, client.brand)


def names_of_places(book: Book) -> tuple[Row, ...]:
    """湖南 and 湖北, 吉林 and 辽宁: the brand and the business are the same, the province is not."""
    client, chance = book.company(), book.chance
    pair = chance.choice((("湖南", "湖北"), ("河南", "河北"), ("山东", "山西"), ("广东", "广西"), ("江西", "江苏"), ("陕西", "山西"), ("辽宁", "吉林"), ("福建", "湖北"),
                          ("常州", "滁州"), ("湖州", "福州"), ("杭州", "广州"), ("温州", "台州"), ("惠州", "徽州")))  # fmt: skip
    towns = [[town for town in TOWNS if place in (town, TOWNS[town][0])] or ["芜湖"] for place in pair]
    return two(
        book,
        *(book.kin(client, chance.choice(one)) for one in towns),
        *(client.name(place=place, layout="pbtf") for place in pair),
    )


def other_number(book: Book) -> tuple[Row, ...]:
    """第二中学 and 第三中学, the first and the second plant."""
    chance = book.chance
    if chance.random() < 0.5:
        client = book.company()
        names = [client.name(form=f"{number}厂有限公司") for number in chance.sample("一二三四五", 2)]
        return two(book, client, book.kin(client), *names)
    while True:
        client, number = book.body(), chance.choice("一二三四五六七八九十")
        name = client.brand.replace(client.trade or "-", number)
        if client.trade and book.new(name, client.called.replace(client.trade, number)):
            return two(book, client, book.kin(client), other_name=name)


def other_district(book: Book) -> tuple[Row, ...]:
    """The same authority or hospital in another district of the same town."""
    chance = book.chance
    while True:
        client = book.body()
        others = [place for place in TOWNS[client.town][3:] if place != client.district]
        if client.district not in client.brand or not others:
            continue
        name = client.brand.replace(client.district, chance.choice(others))
        if book.new(name):
            return two(book, client, book.kin(client), other_name=name)


def other_authority(book: Book) -> tuple[Row, ...]:
    """Two authorities of one town behind one switchboard."""
    chance = book.chance
    while True:
        client = book.body()
        words = {"c": client.town, "d": client.district, "n": "一", "x": "实验"}
        name = chance.choice([full for full, _called in BODIES if "{d}" in full or "{n}" not in full]).format(**words)
        if book.new(name):
            rows = two(book, client, book.kin(client), other_name=name)
            rows[0]["phone"] = rows[1]["phone"] = line(client.phones[0], chance)
            return rows


def group_and_member(book: Book) -> tuple[Row, ...]:
    """A group and a company of it: another name of business, another code, often one mail domain."""
    while not (client := book.company()).domain:
        pass
    chance, other = book.chance, book.kin(client)
    trade = chance.choice([trade for trade, _middle, _said, _english, family in TRADES if family != client.family])
    rows = two(
        book,
        client,
        other,
        client.name(trade="", form="控股集团有限公司", layout="pbtf"),
        client.name(trade=trade, form="有限公司", layout="pbtf"),
    )
    rows[0]["email"], rows[1]["email"] = f"office@{client.domain}", f"sales{chance.randrange(50)}@{client.domain}"
    return rows


def one_bookkeeper(book: Book) -> tuple[Row, ...]:
    """Two customers whose bookkeeper left the same number for the invoices."""
    rows = two(book, (client := book.company()), book.company())
    rows[0]["mobile"] = rows[1]["mobile"] = client.people[0].mobile
    return rows


def one_building(book: Book) -> tuple[Row, ...]:
    """Two tenants behind the number of the park's gate."""
    rows = two(book, (client := book.company()), book.company(rare=False, at=client.town))
    rows[0]["phone"], rows[1]["phone"] = line(client.phones[0], book.chance), line(client.phones[0], book.chance)
    return rows


def buyer_left(book: Book) -> tuple[Row, ...]:
    """A buyer went to another company and took his mobile number along: each company has its code and its mailbox."""
    first, second = book.company(), book.company()
    rows = two(book, first, second)
    rows[0]["mobile"], rows[1]["mobile"] = first.people[0].mobile, cell(first.people[0].mobile, "CN", book.chance)
    rows[0]["email"], rows[1]["email"] = first.people[1].box, second.people[1].box
    return rows


def number_inherited(book: Book) -> tuple[Row, ...]:
    """The telephone company gave the landline to the next tenant."""
    second = book.shop()
    first = book.company(rare=False, at=second.town)
    rows = two(book, first, second)
    rows[0]["phone"], rows[1]["phone"] = line(first.phones[0], book.chance), line(first.phones[0], book.chance)
    return rows


def nothing_typed(book: Book) -> tuple[Row, ...]:
    """A number or mailbox that says nothing, in both lines."""
    chance = book.chance
    rows = two(book, chance.choice((book.company, book.shop))(), chance.choice((book.company, book.taiwan))())
    for row in rows:
        row["tax_no"] = chance.choice(("", "", "无", "000000000000000000"))
    if chance.random() < 0.7:
        rows[0]["mobile"] = rows[1]["mobile"] = chance.choice(NOTHING)
    else:
        rows[0]["email"] = rows[1]["email"] = chance.choice(NOBODY)
    return rows


def one_letter(book: Book) -> tuple[Row, ...]:
    """Two made-up brands a letter apart, of different countries, lines of business and numbers."""
    chance = book.chance
    while not (client := book.abroad()).sound:
        pass
    other = book.abroad(country=chance.choice([land for land in ABROAD if land != client.country]))
    while other.line == client.line:
        other = book.abroad(country=other.country)
    at = chance.randrange(1, len(client.brand))
    brand = client.brand[:at] + chance.choice([sign for sign in "aeiou" if sign != client.brand[at]] if client.brand[at] in "aeiou"
                                              else [sign for sign in "bdlmnrst" if sign != client.brand[at]]) + client.brand[at + 1 :]  # fmt: skip
    other = replace(other, brand=brand, people=book.staff(other.country, book.host(brand.lower(), ABROAD[other.country][4][0])))
    book.known |= {f"abroad {letters(brand)}"}
    return two(book, client, other)


def one_family(book: Book) -> tuple[Row, ...]:
    """A family's name, two lines of business, two numbers."""
    while True:
        client = book.abroad(family=True)
        trade = book.chance.choice(ABROAD[client.country][2])
        if book.new(f"abroad {letters(client.brand)} {trade}"):
            return two(book, client, replace(book.kin(client), trade=trade))


def one_group_abroad(book: Book) -> tuple[Row, ...]:
    """Companies of one brand in two countries, with their own numbers; the mail domain is the group's."""
    while not (client := book.abroad()).sound:
        pass
    chance = book.chance
    first, second = chance.sample((("Deutschland GmbH", "DE"), ("UK Ltd", "GB"), ("France SAS", "FR"), ("Italia S.r.l.", "IT"), ("Iberica S.L.", "ES"),
                                   ("(Shanghai) Trading Co., Ltd.", "CN"), ("India Pvt. Ltd.", "IN"), ("Australia Pty Ltd", "AU")), 2)  # fmt: skip
    kin = (book.company() if land == "CN" else book.abroad(country=land) for _form, land in (first, second))
    rows = two(book, *kin, f"{client.brand} {first[0]}", f"{client.brand} {second[0]}")
    for row, (_form, land) in zip(rows, (first, second), strict=True):
        row["email"] = f"info.{land.lower()}@{client.domain}"
    return rows


def agent(book: Book) -> tuple[Row, ...]:
    """Who sells a brand has it in his name."""
    while not (client := book.abroad()).sound:
        pass
    other = book.company()
    name = book.chance.choice(
        (
            f"{other.name()}（{client.sound}代理）",
            f"{other.name()} ({client.brand} distributor)",
            f"{client.brand}授权代理-{other.short()}",
        )
    )
    return two(book, client, other, book.chance.choice((client.name(), f"{COUNTRIES[client.country]}{client.sound}公司")), name)


def namesakes(book: Book) -> tuple[Row, ...]:
    """Two people of one common name in two provinces, each with his mobile number and a telephone of his town."""
    chance, client = book.chance, book.person()
    first, second = chance.sample(("深圳", "哈尔滨", "成都", "杭州", "西安", "济南", "昆明", "武汉", "福州", "沈阳"), 2)
    rows = one(book, client, client.brand), one(book, replace(book.person(), brand=client.brand), client.brand)
    for row, town in zip(rows, (first, second), strict=True):
        row["name"] += chance.choice(("", f"（{town}）", f"-{town}"))
        row["phone"] = line(book.lines(TOWNS[town][1])[0], chance)
    return rows


def shops_of_one_name(book: Book) -> tuple[Row, ...]:
    """老王 has his shop in every town: another district, another licence."""
    client, chance = book.shop(), book.chance
    place = chance.choice([town for town in TOWNS if town != client.town])
    return two(book, client, book.kin(client, place), client.name(layout="pbtf"), client.name(place=place, layout="pbtf"))


def neighbours(book: Book) -> tuple[Row, ...]:
    """One owner's name in one street, two trades, two licences."""
    client, other = book.shop(), book.shop()
    while other.trade[:2] == client.trade[:2]:
        other = book.shop()
    return two(book, client, book.kin(client), other_name=client.name(trade=other.trade))


def belongs_to(book: Book) -> tuple[Row, ...]:
    """What belongs to a school or a company and buys for itself."""
    chance = book.chance
    while (client := book.body()).brand[-2:] not in ("学院", "医院", "中学"):
        pass
    more = (
        chance.choice(("附属医院", "出版社", "后勤服务公司", "校友会", "驾驶培训中心"))
        if client.brand.endswith("学院")
        else chance.choice(("工会委员会", "小卖部", "教育基金会"))
    )
    return two(book, client, book.kin(client), other_name=client.brand + more)


def island_namesakes(book: Book) -> tuple[Row, ...]:
    """One brand in Taiwan and in Hong Kong, or two lines of business in Taiwan, each with its number."""
    client, chance = book.taiwan(), book.chance
    while True:
        other = chance.choice((book.taiwan, book.hongkong))()
        if other.trade[:2] != client.trade[:2]:
            return two(book, client, other, other_name=other.name(brand=client.brand))


def near_brand(book: Book) -> tuple[Row, ...]:
    """One character of the brand is quite another; the town, the business and the form are the same, codes differ."""
    chance = book.chance
    while True:
        client = book.company()
        at = chance.randrange(len(client.brand))
        brand = client.brand[:at] + chance.choice("鼎轩皓钧策尔贝雅朴勤园谷桥") + client.brand[at + 1 :]
        if sounded(brand) not in book.places:
            book.places[sounded(brand)] = {"taken"}
            return two(book, client, book.kin(client), other_name=client.name(brand=brand))


APART: tuple[Rule, ...] = (branch, two_branches, same_sound, other_business, other_business, other_town, other_town, names_of_places, other_number, other_district,
                           other_authority, group_and_member, one_bookkeeper, one_building, buyer_left, number_inherited, nothing_typed, one_letter, one_family,
                           one_group_abroad, agent, namesakes, shops_of_one_name, neighbours, belongs_to, island_namesakes, near_brand)  # fmt: skip
