"""One customer written twice as a week of typing brings it: the ordinary pairs of the fifth labelled set."""

from __future__ import annotations

import re

from benchmarks.labelled.colleagues import Pair, Rule, bare, slipped, two, written
from benchmarks.labelled.offices import plain
from benchmarks.labelled.registered import Register, town
from benchmarks.labelled.yellow_pages import BANKS, BODY_SAID, CITIES


def no_city(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    one.place = one.place or one.city
    return two(
        one, chance, one.name(), bare(one), "" if len(one.brand) > 2 and chance.random() < 0.5 else "phone mobile host box code"
    )


def whole_address(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    province = CITIES[one.city][0]
    before = (province + "省" if province != one.city else "") + one.city + "市" + (one.county if chance.random() < 0.5 else "")
    return two(one, chance, one.name("pbtf", p=one.city), one.name("pbtf", p=before), "")


def as_said(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    return two(
        one, chance, one.name(), chance.choice(("", one.city)) + one.said(), "" if len(one.brand) > 2 else "phone mobile host box"
    )


def brand_alone(register: Register) -> Pair:
    one = register.company()
    return two(
        one, register.chance, one.name(), register.chance.choice((one.brand, one.city + one.brand)), "phone mobile host box"
    )


def short_name_filed(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    called = chance.choice((one.said(), one.brand))
    filed, again = two(one, chance, one.name(), called, "phone mobile host" if called == one.brand else "")
    return filed | {"short_name": called}, again


def wrong_sign(register: Register) -> Pair:
    one, wrong = slipped(register)
    return two(one, register.chance, one.name(), one.name(b=wrong), "phone mobile box")


def misheard(register: Register) -> Pair:
    one, wrong = slipped(register, near=True)
    return two(
        one, register.chance, one.name(), register.chance.choice((wrong + one.trade[1], bare(one, b=wrong))), "phone mobile"
    )


def two_languages(register: Register) -> Pair:
    while True:
        one = register.company()
        if one.domain:
            name = register.chance.choice(
                (
                    one.english(),
                    one.english(" Limited"),
                    f"{one.latin} {one.trade[2]} ({town(one.city)}) Co., Ltd.",
                    f"{one.latin} {one.trade[2]}",
                )
            )
            return two(one, register.chance, one.name(), name, "host")


def number_written(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    filed, again = two(
        one, chance, one.name(), chance.choice((one.said(), bare(one, f=""), one.brand)), "", phone=written(one, chance, odd=True)
    )
    return filed | {"phone": one.line()}, again


def mobile_written(register: Register) -> Pair:
    one, chance = register.chance.choice((register.company, register.shop))(), register.chance
    number = one.people[0].mobile
    odd = chance.choice(
        (
            f"+86 {number}",
            f"{number[:3]}-{number[3:7]}-{number[7:]}",
            f"{number[:3]} {number[3:7]} {number[7:]}",
            f"86{number}",
            f"0{number}",
        )
    )
    filed, again = two(one, chance, one.name(), one.said(), "", **chance.choice(({"mobile": odd}, {"mobile": "", "phone": odd})))
    return filed | {"mobile": number}, again


def several_numbers(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    also, part = one.people[1].mobile, chance.randrange(800, 899)
    more = chance.choice((f"{one.line()}/{one.line(1)}", f"{one.line()}、{also}", f"{one.line()} 转 {part}", f"{one.line()}-{part}",
                          f"{also}; {one.line()}"))  # fmt: skip
    filed, again = two(one, chance, one.name(), chance.choice((one.said(), bare(one), one.brand)), "", phone=more, mobile="")
    return filed | {"phone": one.line()}, again


def several_mailboxes(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    first, second = one.people[0].mailbox, one.people[1].mailbox
    filed, again = two(
        one, chance, one.name(), chance.choice((one.said(), bare(one, f=""), one.brand)), "", email=f"{second}; {first.upper()}"
    )
    return filed | {"email": first}, again


def from_invoice(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    code = chance.choice(
        (one.code.lower(), f"{one.code[:4]} {one.code[4:8]} {one.code[8:12]} {one.code[12:16]} {one.code[16:]}", one.code)
    )
    filed, again = two(one, chance, chance.choice((one.brand, one.said(), one.latin)), one.name(), "", tax_no=code)
    return filed | {"tax_no": one.code}, again


def person_beside(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    who = one.people[1].name
    called = chance.choice((f"{who[0]}总", f"{who[0]}经理", who, f"{who[0]}工"))
    name = chance.choice(
        (f"{one.said()}-{called}", f"{one.said()}（{called}）", f"{called}（{one.said()}）", f"{bare(one)} {called}")
    )
    return two(one, chance, one.name(), name, "" if len(one.brand) > 2 else "phone mobile")


def remark_beside(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    remark = chance.choice(
        (
            "采购部",
            "（财务部）",
            "-技术部",
            "【重点】",
            "（展会）",
            "（已签约）",
            "2024广交会",
            "（勿扰）",
            "*",
            "（老客户）",
            "-月结",
            "（待跟进）",
        )
    )
    name = chance.choice((one.name(), bare(one)))
    return two(
        one,
        chance,
        one.name(),
        remark + name if remark[0] == "【" else name + remark,
        "" if name == one.name() else "phone host mobile",
    )


def school_called(register: Register) -> Pair:
    while True:
        one = register.body()
        what, number = one.latin, one.form
        if what in ("第{n}中学", "第{n}小学"):
            near = one.brand.removesuffix("市") if one.brand.endswith("市") else one.brand
            said = near + number + what[-2]
            return two(
                one,
                register.chance,
                one.name(),
                register.chance.choice((said, near + what.format(n="一二三四五六七八九".index(number) + 1))),
                "",
            )


def office_called(register: Register) -> Pair:
    while True:
        one = register.body()
        if one.latin in BODY_SAID:
            near = one.brand.removeprefix(one.city + "市") or one.city
            near = near[:-1] if near[-1] in "县市" and len(near) > 2 else near
            called = near + BODY_SAID[one.latin].format(n=one.form)
            if register.once(called):
                return two(one, register.chance, one.name(), called, "phone mobile")


def bank_called(register: Register) -> Pair:
    one, chance = register.bank(), register.chance
    full = one.name(b=one.brand + "股份有限公司")
    called = chance.choice((BANKS[one.brand] + one.city, one.city + BANKS[one.brand])) + one.trade[0] + "支行"
    return two(one, chance, full, called, "phone mobile")


def shop_called(register: Register) -> Pair:
    one, chance = register.shop(), register.chance
    licence = f"{one.name()}{chance.choice(('（个体工商户）', '', '(个体户)'))}"
    return two(
        one,
        chance,
        licence,
        chance.choice((one.said(), one.brand + one.trade[0] + "店", one.county[:-1] + one.said())),
        "mobile phone box",
    )


def formerly(register: Register) -> Pair:
    one, before, chance = register.company(), register.company(), register.chance
    before.place, before.layout = one.place or one.city, "pbtf"
    old, now = before.name(), one.name()
    return two(
        one,
        chance,
        chance.choice((f"{now}（原{old}）", f"{now}(曾用名：{old})", f"{now}（原名{before.brand}{before.trade[0]}）")),
        old,
        "phone code mobile",
    )


def went_public(register: Register) -> Pair:
    """A company becomes a greater one; whether it is a group now or has one above it, only the tax number tells."""
    one, chance = register.company(), register.chance
    one.place, one.form = one.city + "市", "有限公司"
    if chance.random() < 0.4:
        return two(one, chance, one.name(), bare(one, f="股份有限公司"), "code phone host")
    group = chance.choice((one.name("pbtf", p=one.city, t="", f="集团股份有限公司"), bare(one, t="科技", f="集团有限公司")))
    return two(one, chance, one.name(), group, "code")


def cut_by_import(register: Register) -> Pair:
    one, chance = register.chance.choice((register.company, register.abroad))(), register.chance
    long = one.name("pbtf", p=one.city + "市") if one.kind == "company" else one.name()
    return two(one, chance, long, long[: 10 if one.kind == "company" else 16].strip(), "phone box mobile")


def city_moved(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    one.place = one.city
    first, second = chance.sample(("pbtf", "bPtf", "btPf"), 2)
    return two(one, chance, one.name(first), one.name(second), chance.choice(("", "phone mobile box host")))


def first_words(register: Register) -> Pair:
    while True:
        one = register.abroad()
        name = one.brand if one.form else " ".join(one.brand.split()[:2])
        if name != one.name():
            return two(one, register.chance, one.name(), name, "host phone")


def without_umlauts(register: Register) -> Pair:
    """Written out, or as another program has left it: KÃ¶hler."""
    while True:
        one, chance = register.abroad(), register.chance
        name = one.name()
        if re.search("[äöüÄÖÜßéñÿøØåÅôíěřáčúóůè]", name):
            broken = name.encode().decode("cp1252", "replace").replace("\ufffd", "")
            out = name.translate(
                str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ö": "Oe", "Ü": "Ue", "ø": "oe", "Ø": "Oe", "å": "aa"})
            )
            return two(one, chance, name, broken if plain(out) == plain(name) or chance.random() < 0.4 else out, "")


ORDINARY: tuple[Rule, ...] = (
    no_city, whole_address, as_said, brand_alone, short_name_filed, wrong_sign, misheard, two_languages, number_written, mobile_written,
    several_numbers, several_mailboxes, from_invoice, person_beside, remark_beside, school_called, office_called, bank_called, shop_called,
    formerly, went_public, cut_by_import, city_moved, first_words, without_umlauts,
)  # fmt: skip
