"""One Chinese company, called another way: left out, moved, renamed, abbreviated, in English, with what one noted about it."""

from __future__ import annotations

import random

from benchmarks.labelled import seventh_words as words
from benchmarks.labelled.seventh_firms import Firm, Row, both, filled, mobile, person, renamed, row

Pair = tuple[Row, Row] | None


def place_and_form_left(firm: Firm, chance: random.Random) -> Pair:
    """What one says on the phone: brand and whole trade."""
    return both(firm, firm.name, firm.brand + firm.trade, chance)


def place_moved(firm: Firm, chance: random.Random) -> Pair:
    moved = chance.choice((
        f"{firm.brand}（{firm.city}）{firm.trade}{firm.form}", f"{firm.brand}{firm.trade}（{firm.city}）{firm.form}",
        f"{firm.brand}{firm.trade}{firm.form}（{firm.city}）", f"{firm.brand}{firm.trade}{firm.form}-{firm.city}",
        f"{firm.city}市-{firm.brand}{firm.trade}", f"{firm.brand}{firm.city}{firm.trade}{firm.form}",
        f"({firm.city}){firm.brand}{firm.trade}",
    ))  # fmt: skip
    return both(firm, firm.name, moved, chance)


def district_told(firm: Firm, chance: random.Random) -> Pair:
    """The place once as the city, once with the district of that city before or behind it."""
    told = chance.choice((f"{firm.city}{firm.district}{firm.brand}{firm.trade}{firm.form}",
        f"{firm.city}市{firm.district}{firm.brand}{firm.trade}",
                          f"{firm.name}（{firm.district}）"))  # fmt: skip
    return both(firm, firm.name, told, chance)


def address_before(firm: Firm, chance: random.Random) -> Pair:
    street = chance.choice(("人民", "解放", "建设", "中山", "兴业", "创新")) + chance.choice(("路", "大道", "东路"))
    street += f"{chance.randrange(1, 900)}号"
    room = chance.choice(
        (
            "",
            f"{chance.randrange(1, 30)}幢",
            f"{chance.randrange(2, 30)}楼",
            f"{chance.choice('ABC')}座{chance.randrange(101, 2400)}室",
        )
    )
    name = firm.brand + firm.trade + firm.form
    told = chance.choice(
        (f"{firm.city}市{firm.district}{street}{room}{name}", f"{firm.name} {street}{room}", f"{firm.name}（{street}）")
    )
    return both(firm, firm.name, told, chance)


def form_changed(firm: Firm, chance: random.Random) -> Pair:
    """Registered anew with another form: the same company."""
    other = chance.choice([form for form in ("有限公司", "有限责任公司", "股份有限公司", "股份公司") if form != firm.form])
    return both(firm, firm.name, firm.name.removesuffix(firm.form) + other, chance)


def formerly(firm: Firm, chance: random.Random) -> Pair:
    """The new name with the old one noted; the old record was never touched."""
    new = f"{firm.city}{renamed(firm, chance)}{firm.trade}{firm.form}"
    noted = chance.choice((f"{new}（原{firm.name}）", f"{new}（原：{firm.brand}{firm.trade}）", f"{new}（曾用名：{firm.name}）",
    f"{firm.name}（现更名为{new}）",
                           f"{new}(原{firm.city}{firm.brand}{firm.trade})"))  # fmt: skip
    return both(firm, firm.name, noted, chance)


def _english(firm: Firm, chance: random.Random) -> str:
    form = chance.choice(("Co., Ltd.", "Co.,Ltd", "CO LTD", "Limited", "Co., Limited"))
    name = chance.choice(
        (f"{firm.place} {firm.spoken} {firm.english} {form}", f"{firm.spoken} {firm.english} ({firm.place}) {form}")
    )
    return name.upper() if chance.random() < 0.25 else name


def english_beside(firm: Firm, chance: random.Random) -> Pair:
    told = chance.choice((f"{firm.name} {_english(firm, chance)}", f"{_english(firm, chance)} / {firm.name}", f"{firm.spoken} {firm.name}",
                          f"{firm.name}（{firm.spoken}）", f"{firm.name}\n{_english(firm, chance)}"))  # fmt: skip
    return both(firm, firm.name, told, chance)


def english_card(firm: Firm, chance: random.Random) -> Pair:
    """One record from the English side of the card; both have a mail of the company's own domain."""
    first, second = row(firm.name, mobile=mobile(chance)), row(_english(firm, chance), mobile=mobile(chance))
    first["email"] = f"{chance.choice(('sales', 'info', 'office', 'zhang', 'hr'))}@{firm.domain}"
    second["email"] = f"{chance.choice(('wang.li', 'export', 'lucy', 'tony.chen', 'purchase'))}@{firm.domain}"
    return first, second


def english_alone(firm: Firm, chance: random.Random) -> Pair:
    """Only the English name, but place, brand of three syllables and trade say which company it is."""
    if len(firm.brand) < 3 or not firm.brand.isalpha():
        return None
    name = f"{firm.place} {firm.spoken} {firm.english} {chance.choice(('Co., Ltd.', 'Co Ltd', 'Limited'))}"
    return both(firm, firm.name, name, chance)


def department(firm: Firm, chance: random.Random) -> Pair:
    """Whom one deals with there; the customer is the company."""
    of = chance.choice(("采购部", "财务部", "行政部", "技术部", "总经办", "仓库", "工会", "人事科", "设备科"))
    return both(
        firm, firm.name, chance.choice((firm.name, firm.brand + firm.trade)) + chance.choice(("", " ", "-", "/")) + of, chance
    )


def remark(firm: Firm, chance: random.Random) -> Pair:
    who = chance.choice(words.FAMILIES) + chance.choice(words.TITLES)
    told = chance.choice((
        f"{firm.name}（展会认识）", f"{firm.name}（款到发货）", f"【华东】{firm.name}", f"{firm.name}/已签约", f"（勿动）{firm.name}",
        f"{firm.name}-{who}介绍",
        f"{firm.name}（{who}）", f"{firm.name}，开票用", f"A类-{firm.name}", f"0{chance.randrange(10, 99)}.{firm.name}", f"☆{firm.name}",
        f"{firm.brand}{firm.trade}（{who}）", f"{firm.name} 2021年展会", f"{firm.name}（已转{person(chance)}）", f"{firm.name}--黑名单",
        f"终端:{firm.name}",
        f"{firm.name}【新】", f"{firm.name}（合同在{who}处）", f"（经销商）{firm.name}",
    ))  # fmt: skip
    return both(firm, firm.name, told, chance)


def contracted(firm: Firm, chance: random.Random) -> Pair:
    """Place, brand and the trade as it is said for short."""
    if not firm.cut or (len(firm.brand) < 3 and chance.random() < 0.5):
        return None
    return both(firm, firm.name, f"{firm.city}{firm.brand}{firm.cut}{chance.choice(('', '', '公司'))}", chance)


def other_field(firm: Firm, chance: random.Random) -> Pair:
    """Name and short name filled in the other way round, or the short name where only the name was asked for."""
    first, second = both(firm, firm.name, firm.brand + (firm.cut or firm.trade), chance)
    for one in (first, second):
        one["short_name"] = firm.brand + (firm.cut or firm.trade) if one["name"] == firm.name else firm.name
    if chance.random() < 0.5:
        (second if second["name"] != firm.name else first)["short_name"] = ""
    return first, second


def name_in_name(firm: Firm, chance: random.Random) -> Pair:
    short = firm.brand + (firm.cut or firm.trade)
    told = chance.choice((f"{short}（{firm.name}）", f"{firm.name}（简称：{short}）", f"{firm.name}（以下简称“{firm.brand}”）",
        f"{firm.brand} {firm.name}",
                          f"{short}|{firm.name}", f"{firm.boss}（{firm.name}）", f"{firm.boss}-{firm.name}",
                          f"{firm.name} 法人{firm.boss}"))  # fmt: skip
    return both(firm, firm.name, told, chance)


def shop(firm: Firm, chance: random.Random) -> Pair:
    """A shop of one person, with its sign and its licence; the owner's mobile in both."""
    kind = chance.choice(words.SHOPS)
    name = f"{firm.city}市{firm.district}{firm.brand}{kind}"
    other = chance.choice(
        (
            f"{firm.brand}{kind}",
            f"{firm.district}{firm.brand}{kind}（{firm.boss}）",
            f"{name}（个体工商户）",
            f"{firm.brand}{kind[:2]}",
            f"{firm.boss}（{firm.brand}{kind}）",
        )
    )
    number = mobile(chance)
    first, second = filled(firm, name, chance), filled(firm, other, chance)
    first["mobile"], second["mobile"] = number, f"{number[:3]}-{number[3:7]}-{number[7:]}"
    return first, second


def office(firm: Firm, chance: random.Random) -> Pair:
    """Public offices, schools and hospitals, as everybody calls them."""
    number, numeral = chance.choice(list(enumerate("一二三四五六七八九", 1)))
    whole, told = chance.choice((
        (f"{firm.city}市第{numeral}中学", f"{firm.city}{numeral}中"), (f"{firm.city}市第{numeral}人民医院", f"{firm.city}{numeral}院"),
        (f"{firm.city}市{firm.district}第{numeral}中学", f"{firm.district}第{number}中学"), (f"{firm.city}市{firm.district}教育局",
        f"{firm.district}教育局"),
        (f"{firm.city}市{firm.brand}幼儿园", f"{firm.brand}幼儿园"), (f"{firm.city}市{firm.district}{firm.brand}小学",
        f"{firm.district}{firm.brand}小学"),
        (f"{firm.city}{firm.brand}职业技术学院", f"{firm.brand}职院"), (f"{firm.province}{firm.brand}律师事务所", f"{firm.brand}律所"),
        (f"{firm.city}{firm.brand}会计师事务所（普通合伙）", f"{firm.brand}会计事务所"), (f"{firm.city}市{firm.brand}社区卫生服务中心",
        f"{firm.brand}社区卫生中心"),
        (f"{firm.city}{firm.brand}农民专业合作社", f"{firm.brand}合作社"), (f"{firm.brand}大酒店（{firm.city}）",
        f"{firm.city}{firm.brand}大酒店"),
        (f"{firm.city}市{firm.district}{firm.brand}镇人民政府", f"{firm.brand}镇政府"),
    ))  # fmt: skip
    return both(firm, whole, told, chance)


RULES = (place_and_form_left, place_and_form_left, place_moved, district_told, address_before, form_changed, formerly, english_beside,
    english_card,
         english_alone, department, remark, remark, contracted, other_field, name_in_name, shop, office)  # fmt: skip
