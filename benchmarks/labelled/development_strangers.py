"""Customers that only look like one another, for the set the matcher is developed on (`development_set`)."""

# ruff: noqa: E501
from __future__ import annotations

import random

from benchmarks.find import mobile
from benchmarks.labelled.customers import ENGLISH, FIRST, SIGNS, TOWNS, TRADES, Firm, domain, firms
from benchmarks.labelled.judging import Row
from benchmarks.labelled.offices import credit_code, places
from crm_desktop.core.find.pinyin import readings


def other(name: str, chance: random.Random, **kept: str) -> Row:
    """Somebody else's row."""
    return {"name": name, "short_name": "", "phone": "", "mobile": mobile(chance), "email": "", "tax_no": ""} | kept


def town(f: Firm, c: random.Random) -> str:
    return c.choice([one for one in TOWNS if one not in f.place])


def other_town(f: Firm, row: Row, c: random.Random) -> Row | None:
    return other(f.name(place=town(f, c)), c) if f.kind == "company" and f.place in TOWNS else None


def other_trade(f: Firm, row: Row, c: random.Random) -> Row | None:
    trade = c.choice([one for one in TRADES if one[:2] != f.trade[:2] and one[-2:] != f.trade[-2:]])
    return (
        other(f.name(trade=trade, place=town(f, c), layout="pbtf"), c)
        if f.kind == "company" and len(f.brand) < 3 and f.place in TOWNS
        else None
    )


def other_brand(f: Firm, row: Row, c: random.Random) -> Row | None:
    """One sign of two is another one, which sounds otherwise."""
    sign = c.choice([one for one in SIGNS if readings(one)[:1] != readings(f.brand[1])[:1]]) if len(f.brand) == 2 else ""
    return other(f.name(brand=f.brand[0] + sign), c) if f.kind == "company" and f.chinese and sign else None


def branch_of(f: Firm, row: Row, c: random.Random) -> Row | None:
    return (
        other(f.name() + town(f, c) + c.choice(("分公司", "办事处")), c)
        if f.kind == "company" and f.form.endswith("公司")
        else None
    )


def two_branches(f: Firm, row: Row, c: random.Random) -> Row | None:
    if f.kind != "company" or not f.form.endswith("公司"):
        return None
    name, one = f.name(), town(f, c)
    row["name"] = f"{name}{one}分公司"
    return other(f"{name}{c.choice([two for two in TOWNS if two != one])}分公司", c)


def group_of(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["name"] = f.name(trade="", form="集团有限公司")
    return other(f.name(form="有限公司"), c) if f.kind == "company" else None


def member(f: Firm, row: Row, c: random.Random) -> Row | None:
    trade = c.choice([one for one in ("物业管理", "房地产开发", "小额贷款", "酒店管理", "资产管理") if one[:2] != f.trade[:2]])
    return other(f.name(trade=trade), c) if f.kind == "company" and len(f.brand) < 4 else None


def bookkeeper(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["phone"] = f"0755-{c.randrange(2, 9)}{c.randrange(10**7):07d}"
    return other(next(firms(c, "company")).name(), c, phone=row["phone"])


def hotline(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["phone"] = f"400-{c.randrange(100, 999)}-{c.randrange(1000, 9999)}"
    return other(next(firms(c, "company")).name(), c, phone=row["phone"])


def filler(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["phone"], row["email"] = (
        c.choice(("12345678", "00000000", "13800138000", "无", "88888888")),
        c.choice(("无", "a@a.com", "test@test.com", "")),
    )
    return other(next(firms(c, "company")).name(), c, phone=row["phone"], email=row["email"])


def other_number(f: Firm, row: Row, c: random.Random) -> Row | None:
    if f.kind != "body" or "第" not in f.brand:
        return None
    at = f.brand.index("第") + 1
    number = c.choice([one for one in "一二三四五六" if one != f.brand[at]])
    return other(f.brand[:at] + number + f.brand[at + 1 :], c)


def next_county(f: Firm, row: Row, c: random.Random) -> Row | None:
    near = c.choice([one for one in places() if one.name[-1] != "区"]).name
    return other(f.brand.replace(f.place, near), c) if f.kind == "body" and f.place in f.brand and near != f.place else None


def shop_elsewhere(f: Firm, row: Row, c: random.Random) -> Row | None:
    return other(f.name(place=c.choice(places()).name), c) if f.kind == "shop" else None


def chain(f: Firm, row: Row, c: random.Random) -> Row | None:
    one, two = c.sample(("人民路", "万达", "中心", "火车站", "大学城", "南门", "银泰"), 2)
    row["name"] = f"{f.brand}{f.trade}（{one}店）"
    return other(f"{f.brand}{f.trade}（{two}店）", c) if f.kind == "shop" else None


def namesake(f: Firm, row: Row, c: random.Random) -> Row | None:
    return other(next(firms(c, "person")).brand[0] + f.brand[1:], c) if f.kind == "person" else None


def own_code(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["tax_no"] = credit_code(c)
    return other(f.name(place=town(f, c)), c, tax_no=credit_code(c)) if f.kind == "company" and f.place in TOWNS else None


def sister_domain(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["email"] = f"info@{domain(f)}"
    return other(next(firms(c, "company")).name(), c, email=f"hr@{domain(f)}") if f.kind == "company" else None


def public_host(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["email"] = f"{c.randrange(10**8)}@qq.com"
    return other(next(firms(c, "company")).name(), c, email=f"{c.randrange(10**8)}@qq.com")


def latin_other_word(f: Firm, row: Row, c: random.Random) -> Row | None:
    word = c.choice([one for one in ENGLISH if one not in f.brand])
    return (
        other(f.name(brand=f"{f.brand.split()[0]} {word}"), c)
        if f.kind == "english" and f.brand.split()[0] in ENGLISH and " " in f.brand
        else None
    )


def latin_first_name(f: Firm, row: Row, c: random.Random) -> Row | None:
    first = f.brand.split()[0]
    return (
        other(f.name(brand=f.brand.replace(first, c.choice([one for one in FIRST if one != first]))), c)
        if f.kind == "english" and first in FIRST
        else None
    )


def latin_partner(f: Firm, row: Row, c: random.Random) -> Row | None:
    if f.kind != "english" or " & " not in f.brand or f.brand.endswith(("Sons", "Co")) or "," in f.brand:
        return None
    return other(f.name(brand=f"{f.brand.split()[0]} & {c.choice(('Quinn', 'Foster', 'Hughes', 'Barnes', 'Perry'))}"), c)


def latin_other_trade(f: Firm, row: Row, c: random.Random) -> Row | None:
    trade = c.choice([one for one in ("Bakery", "Roofing", "Software", "Travel", "Brewery") if one != f.trade])
    return other(f.name(trade=trade), c) if f.kind == "english" and f.brand in ENGLISH else None


STRANGERS = (other_town, other_trade, other_brand, branch_of, two_branches, group_of, member, bookkeeper, hotline, filler, other_number, next_county,
             shop_elsewhere, chain, namesake, own_code, sister_domain, public_host, latin_other_word, latin_first_name, latin_partner, latin_other_trade)  # fmt: skip
