"""Chinese companies that look like one and are two: sisters, branches, neighbours, namesakes, what an agent or a switchboard shares."""

from __future__ import annotations

import random

from benchmarks.labelled import seventh_words as words
from benchmarks.labelled.seventh_firms import Firm, Row, digits, filled, heard, mobile, person, row

Pair = tuple[Row, Row] | None
FILLERS = (("phone", "0000000"), ("phone", "无"), ("mobile", "13800000000"), ("mobile", "11111111111"), ("email", "无@qq.com"),
           ("email", "123@123.com"), ("tax_no", "待补"), ("tax_no", "000000000000000000"), ("phone", "12345678"),
           ("mobile", "13888888888"))  # fmt: skip


def _apart(firm: Firm, one: str, other: str, chance: random.Random) -> tuple[Row, Row]:
    """Two rows of these names; now and then each with a tax number of its own."""
    first, second = filled(firm, one, chance), filled(firm, other, chance)
    if chance.random() < 0.15:
        first["tax_no"], second["tax_no"] = firm.tax, firm.tax[:9] + digits(8, chance) + "X"
    return first, second


def _other_trade(firm: Firm, chance: random.Random) -> tuple[str, str]:
    """A trade that has no sign in common with the company's."""
    return chance.choice([(zh, cut) for zh, _, cut in words.TRADES if not set(zh) & set(firm.trade)])


def _other_place(firm: Firm, chance: random.Random) -> str:
    return chance.choice([city for city, *_ in words.PLACES if city != firm.city])


def _other_brand(firm: Firm, chance: random.Random) -> str:
    return "".join(chance.sample([sign for sign in "远腾盛翔凌越鼎拓宏图诺维朗格颐康冠捷雅仕卓尔" if sign not in firm.brand], 2))


def sister(firm: Firm, chance: random.Random) -> Pair:
    """One owner, one place, one brand; another trade and another licence."""
    trade, _ = _other_trade(firm, chance)
    return _apart(firm, firm.name, f"{firm.city}{firm.brand}{trade}{firm.form}", chance)


def sister_one_switchboard(firm: Firm, chance: random.Random) -> Pair:
    trade, _ = _other_trade(firm, chance)
    first, second = _apart(firm, firm.name, f"{firm.city}{firm.brand}{trade}{firm.form}", chance)
    number = chance.choice((f"{firm.area}-{firm.number}", f"400-{digits(3, chance)}-{digits(4, chance)}"))
    return first | {"phone": number}, second | {"phone": number}


def other_town(firm: Firm, chance: random.Random) -> Pair:
    """The same name, registered in another city."""
    return _apart(firm, firm.name, f"{_other_place(firm, chance)}{firm.brand}{firm.trade}{firm.form}", chance)


def same_brand_elsewhere(firm: Firm, chance: random.Random) -> Pair:
    """A brand two companies of two cities and trades happened to choose."""
    trade, _ = _other_trade(firm, chance)
    return _apart(firm, firm.name, f"{_other_place(firm, chance)}{firm.brand}{trade}有限公司", chance)


def branches(firm: Firm, chance: random.Random) -> Pair:
    one, other = chance.sample([city for city, *_ in words.PLACES if city != firm.city], 2)
    kind = chance.choice(("分公司", "分公司", "办事处", "营业部", "工厂"))
    return _apart(firm, f"{firm.name}{one}{kind}", f"{firm.name}{other}{kind}", chance)


def branch_and_head(firm: Firm, chance: random.Random) -> Pair:
    """The branch orders, pays and is visited on its own."""
    return _apart(firm, firm.name, f"{firm.name}{_other_place(firm, chance)}分公司", chance)


def shops_of_a_chain(firm: Firm, chance: random.Random) -> Pair:
    one, other = chance.sample(
        ("万达", "火车站", "人民路", "大学城", "步行街", "开发区", "体育馆", "银泰", "湖滨", "老城", "机场"), 2
    )
    kind = chance.choice(("超市", "大药房", "烘焙", "酒店", "汽车4S店", "口腔门诊", "健身", "火锅"))
    ways = (("（{}店）", "（{}店）"), ("{}店", "{}店"), ("-{}", "-{}"), ("{}分店", "{}分店"))
    a, b = chance.choice(ways)
    return _apart(firm, firm.brand + kind + a.format(one), firm.brand + kind + b.format(other), chance)


def numbered(firm: Firm, chance: random.Random) -> Pair:
    """Plants, sites and stages of one name, told by a number."""
    one, other = chance.sample(range(1, 9), 2)
    zh = "零一二三四五六七八九"
    form = chance.choice((
        "{brand}{cut}{zh}厂", "{city}{brand}{cut}第{zh}分厂", "{brand}花园{zh}期项目部", "{city}{brand}第{zh}加油站",
        "{brand}{cut}{n}号仓", "{city}{brand}第{zh}小学",
        "{city}第{zh}{cut}厂", "{brand}大厦{n}号楼业委会",
    ))  # fmt: skip
    told = [form.format(brand=firm.brand, city=firm.city, cut=firm.cut or firm.trade, zh=zh[n], n=n) for n in (one, other)]
    return _apart(firm, told[0], told[1], chance)


def same_building(firm: Firm, chance: random.Random) -> Pair:
    """The address before both names, and one landlord's switchboard."""
    where = (
        f"{firm.city}市{firm.district}{chance.choice(('科技园', '创业园', '财富大厦', '国际中心'))}{chance.randrange(1, 20)}号"
    )
    trade, _ = _other_trade(firm, chance)
    first, second = _apart(
        firm, f"{where}{firm.brand}{firm.trade}{firm.form}", f"{where}{_other_brand(firm, chance)}{trade}{firm.form}", chance
    )
    phone = f"{firm.area}-{firm.number}"
    return first | {"phone": f"{phone}-{chance.randrange(100, 499)}"}, second | {"phone": f"{phone}-{chance.randrange(500, 899)}"}


def family_shops(firm: Firm, chance: random.Random) -> Pair:
    """Shops named after two people."""
    one, other = person(chance), person(chance)
    kind = chance.choice(words.SHOPS)
    if heard(one) == heard(other) or one[0] == other[0]:
        return None
    place = chance.choice((firm.city, firm.district, f"{firm.city}市{firm.district}"))
    form = chance.choice(
        (
            "{place}{who}{kind}",
            "{place}{x}记{kind}",
            "{place}{x}氏{kind}",
            "{place}老{x}家{kind}",
            "{place}{who}诊所",
            "{place}小{x}{kind}",
        )
    )
    return _apart(firm, *(form.format(place=place, who=who, x=who[0], kind=kind) for who in (one, other)), chance)


def namesake_person(firm: Firm, chance: random.Random) -> Pair:
    """Customers who are people: one family name, another given name."""
    family = chance.choice(words.FAMILIES)
    one, other = "".join(chance.sample(words.GIVEN, 2)), "".join(chance.sample(words.GIVEN, 2))
    return _apart(firm, family + one, family + other, chance) if not set(one) & set(other) else None


def agents_number(firm: Firm, chance: random.Random) -> Pair:
    """One bookkeeper or buyer looks after two customers: his mobile stands in both."""
    trade, _ = _other_trade(firm, chance)
    number = mobile(chance)
    first = row(firm.name, mobile=number)
    return first, row(
        f"{chance.choice((firm.city, _other_place(firm, chance)))}{_other_brand(firm, chance)}{trade}有限公司", mobile=number
    )


def agents_mail(firm: Firm, chance: random.Random) -> Pair:
    """The mailbox of a bookkeeping office, or of a person who runs two businesses."""
    trade, _ = _other_trade(firm, chance)
    mail = chance.choice(("daili", "caiwu", "kuaiji", "jizhang")) + digits(6, chance) + "@" + chance.choice(words.MAILS)
    return row(firm.name, email=mail, mobile=mobile(chance)), row(
        f"{firm.city}{_other_brand(firm, chance)}{trade}有限公司", email=mail, mobile=mobile(chance)
    )


def one_sign_other(firm: Firm, chance: random.Random) -> Pair:
    """Place, trade, form and half the brand in common; the other half neither sounds nor looks alike."""
    if len(firm.brand) != 2:
        return None
    place = chance.randrange(2)
    sign = chance.choice([sign for sign in "达胜邦腾科海贝洲宇卡洛哲" if heard(sign)[0] != heard(firm.brand[place])[0]])
    brand = firm.brand[:place] + sign + firm.brand[place + 1 :]
    return _apart(firm, firm.name, f"{firm.city}{brand}{firm.trade}{firm.form}", chance)


def no_brand_in_common(firm: Firm, chance: random.Random) -> Pair:
    """A long trade, the same place, the same form: most of the signs, and another brand."""
    if len(firm.trade) < 4 or len(firm.brand) != 2:
        return None
    return _apart(firm, firm.name, f"{firm.city}{_other_brand(firm, chance)}{firm.trade}{firm.form}", chance)


def offices_of_two_places(firm: Firm, chance: random.Random) -> Pair:
    one, other = chance.sample([part for *_, parts in words.PLACES for part in parts], 2)
    kind = chance.choice(
        ("税务局", "实验小学", "中医院", "妇幼保健院", "公安局", "图书馆", "供电公司", "第一幼儿园", "农村商业银行", "自来水公司")
    )
    return _apart(firm, f"{one}{kind}", f"{other}{kind}", chance)


def offices_of_one_place(firm: Firm, chance: random.Random) -> Pair:
    one, other = chance.sample(
        (
            "财政局",
            "卫生健康委员会",
            "交通运输局",
            "住房和城乡建设局",
            "水利局",
            "民政局",
            "审计局",
            "统计局",
            "气象局",
            "体育局",
            "医疗保障局",
            "商务局",
        ),
        2,
    )
    place = firm.district if chance.random() < 0.5 else f"{firm.city}市"
    return _apart(firm, place + one, place + other, chance)


def faculties(firm: Firm, chance: random.Random) -> Pair:
    """Of one university, one hospital, one group: each buys for itself."""
    kind, parts = chance.choice((("大学", ("化学学院", "医学院", "图书馆", "后勤集团", "附属中学", "出版社")), ("医院", ("检验科",
        "东院区", "口腔中心", "体检中心")),
                                 ("集团", ("财务有限公司", "置业有限公司", "投资有限公司", "贸易有限公司"))))  # fmt: skip
    one, other = chance.sample(parts, 2)
    return _apart(firm, f"{firm.brand}{kind}{one}", f"{firm.brand}{kind}{other}", chance)


def same_digits_elsewhere(firm: Firm, chance: random.Random) -> Pair:
    """The same landline behind two area codes."""
    trade, _ = _other_trade(firm, chance)
    city, _, area, _ = chance.choice([place for place in words.PLACES if place[0] != firm.city and place[2] != firm.area])
    return row(firm.name, phone=f"{firm.area}-{firm.number}"), row(
        f"{city}{_other_brand(firm, chance)}{trade}有限公司", phone=f"{area}-{firm.number}"
    )


def nothing_known(firm: Firm, chance: random.Random) -> Pair:
    """Both have what one types into a field that must not stay empty."""
    field, filler = chance.choice(FILLERS)
    trade, _ = _other_trade(firm, chance)
    return row(firm.name) | {field: filler}, row(f"{_other_place(firm, chance)}{_other_brand(firm, chance)}{trade}有限公司") | {
        field: filler
    }


def next_tax_number(firm: Firm, chance: random.Random) -> Pair:
    """Registered the same day at the same counter: the tax numbers differ in a sign or two, the names altogether."""
    trade, _ = _other_trade(firm, chance)
    other = (
        firm.tax[:15]
        + chance.choice([sign for sign in "0123456789" if sign != firm.tax[15]])
        + firm.tax[16]
        + chance.choice("ABCDEF")
    )
    return row(firm.name, tax_no=firm.tax), row(f"{firm.city}{_other_brand(firm, chance)}{trade}有限公司", tax_no=other)


def supplier_named(firm: Firm, chance: random.Random) -> Pair:
    """A dealer of a brand, and the brand's own company."""
    own = f"{_other_brand(firm, chance)}"
    return _apart(firm, firm.name, f"{firm.city}{own}商贸有限公司（{firm.brand}代理）", chance)


RULES = (sister, sister, sister_one_switchboard, other_town, other_town, same_brand_elsewhere, branches, branch_and_head, shops_of_a_chain,
    numbered, same_building,
         family_shops, namesake_person, agents_number, agents_mail, one_sign_other, no_brand_in_common, offices_of_two_places,
         offices_of_one_place, faculties,
         same_digits_elsewhere, nothing_known, next_tax_number, supplier_named)  # fmt: skip
