"""One customer written twice, and any clerk sees it at once: the easy pairs of the fifth labelled set."""

from __future__ import annotations

from benchmarks.labelled.colleagues import TRADITIONAL, Pair, Rule, bare, two
from benchmarks.labelled.offices import plain
from benchmarks.labelled.registered import Register
from benchmarks.labelled.yellow_pages import FORM_SAID


def blanks(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    gap = chance.choice((" ", "\u3000", "  "))
    return two(
        one, chance, bare(one, b=one.city + one.brand), gap.join(filter(None, (one.city, one.brand, one.trade[0] + one.form))), ""
    )


def other_brackets(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    one.place = one.city
    name = one.name(chance.choice(("bPtf", "btPf")))
    return two(one, chance, name, name.translate(str.maketrans("（）", chance.choice(("()", "〔〕", "【】", "[]")))), "")


def other_form(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    return two(
        one,
        chance,
        one.name(),
        one.name(f=chance.choice(("公司", "", "有限责任公司" if one.form == "有限公司" else "有限公司"))),
        "",
    )


def letters(register: Register) -> Pair:
    one, chance = register.company(), register.chance
    one.brand = one.latin
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in one.latin.upper())
    return two(one, chance, one.name("pbtf"), one.name("pbtf", b=chance.choice((wide, one.latin.upper(), one.latin.lower()))), "")


def old_signs(register: Register) -> Pair:
    while True:
        one = register.company()
        name = "".join(TRADITIONAL.get(sign, sign) for sign in one.name())
        if name != one.name():
            return two(one, register.chance, one.name(), name, "")


def form_abroad(register: Register) -> Pair:
    while True:
        one = register.abroad()
        if one.form in FORM_SAID:
            name = one.name(f=register.chance.choice((FORM_SAID[one.form], "")))
            return two(
                one, register.chance, one.name(), register.chance.choice((name, name.upper(), name.replace("&", "and"))), ""
            )


def no_accents(register: Register) -> Pair:
    while True:
        one = register.abroad()
        if plain(one.name()) != one.name():
            return two(
                one, register.chance, one.name(), register.chance.choice((plain(one.name()), plain(one.name()).upper())), ""
            )


def once_more(register: Register) -> Pair:
    one = register.chance.choice((register.company, register.shop, register.body, register.abroad))()
    return two(one, register.chance, one.name(), one.name(), "")


EASY: tuple[Rule, ...] = (blanks, other_brackets, other_form, letters, old_signs, form_abroad, no_accents, once_more)
