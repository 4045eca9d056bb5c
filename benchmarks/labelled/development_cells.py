"""Numbers written another way and cells that were mistaken, for the set the matcher is developed on (`development_set`)."""

# ruff: noqa: E501
from __future__ import annotations

import random

from benchmarks.find import mobile
from benchmarks.labelled.customers import TRADES, Firm, domain, firms, spelled
from benchmarks.labelled.development_rule import Rule, again, landline
from benchmarks.labelled.judging import Row
from benchmarks.labelled.offices import credit_code, person
from crm_desktop.core.find.pinyin import spell


# Cells and numbers.
def short_swapped(f: Firm, row: Row, c: random.Random) -> Row | None:
    """What it is called is the name, and the name stands in the cell of what it is called."""
    return again(row, f.brand, c, short_name=row["name"]) if f.kind == "company" else None


def short_filled(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["short_name"] = f.brand + TRADES[f.trade][0] if f.kind == "company" else ""
    return again(row, f.brand + TRADES[f.trade][0], c) if f.kind == "company" else None


def phone_for_name(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["mobile"] = mobile(c)
    name = c.choice((f"{row['mobile']}", f"{f.brand}{row['mobile']}", f"{person(c)} {row['mobile']}"))
    return again(row, name, c, mobile="") if f.kind in ("company", "shop", "person") else None


def mail_for_phone(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["email"] = f"{spell(person(c)).replace(' ', '')}{c.randrange(99)}@{c.choice(('163.com', 'qq.com', 'gmail.com'))}"
    return again(row, f.brand, c, **{c.choice(("phone", "mobile")): row["email"], "email": ""})


def phone_for_code(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["tax_no"] = credit_code(c)
    return again(row, f.brand, c, phone=row["tax_no"], mobile="") if f.kind == "company" else None


def mobile_written(f: Firm, row: Row, c: random.Random) -> Row | None:
    n = row["mobile"] = mobile(c)
    shapes = (f"+86 {n}", f"0086-{n}", f"86{n}", f"(+86){n}", f"{n[:3]}-{n[3:7]}-{n[7:]}", f"{n[:3]} {n[3:7]} {n[7:]}", f"0{n}", f"{n}（王总）", f"{n};{mobile(c)}",
              f"王经理{n}", f"{mobile(c)} {n}", f"{n}（微信同号）", f"手机:{n}", f"+86-{n[:3]}-{n[3:]}", f"{n}、{mobile(c)}", f"{n}.0", n.translate({ord(d): ord(d) + 0xFEE0 for d in "0123456789"}))  # fmt: skip
    name = c.choice((f.brand, next(firms(c, "company")).name(), person(c)))
    return again(row, name, c, mobile=c.choice(shapes)) if f.kind in ("company", "shop", "person", "island") else None


def landline_written(f: Firm, row: Row, c: random.Random) -> Row | None:
    a, n = landline(c)
    row["phone"] = f"{a}-{n}"
    shapes = (f"({a}){n}", f"（{a}）{n}", f"{a}{n}", f"{a} {n}", f"+86-{a[1:]}-{n}", f"+86 {a[1:]} {n[:4]} {n[4:]}", f"0086{a[1:]}{n}", n, f"{n[:4]}-{n[4:]}", f"{a}-{n}-8008",
              f"{a}-{n}转801", f"{a}-{n}*203", f"{a}-{n},802", f"{a}-{n} 分机 12", f"{a}-{n}/{n[:-1]}7", f"{a}—{n}", f"电话{a}-{n}", f"86-{a}-{n}", f"{a}-{n}（办）", f"{a}.{n}", f"T:{a}-{n} F:{a}-87{n[2:]}")  # fmt: skip
    return again(row, c.choice((f.brand, f.brand + f.trade)), c, phone=c.choice(shapes)) if f.kind == "company" else None


def phone_abroad(f: Firm, row: Row, c: random.Random) -> Row | None:
    a, b = f"{c.randrange(200, 999)}", f"{c.randrange(2000000, 9999999)}"
    row["phone"], other = c.choice(((f"({a}) {b[:3]}-{b[3:]}", f"+1 {a}-{b[:3]}-{b[3:]}"), (f"+1-{a}-{b[:3]}-{b[3:]}", f"{a}.{b[:3]}.{b[3:]} ext 12"),
                                    (f"+44 20 {a}1 {b[:4]}", f"020 {a}1 {b[:4]}"), (f"+44 (0)161 {b}", f"0161-{b}"), (f"+852 2{b}", f"2{b[:3]} {b[3:]}"),
                                    (f"+886-2-{a}2-{b[:4]}", f"(02){a}2-{b[:4]}"), (f"0044161{b}", f"+44 161 {b}"), (f"+49 (0) 89 {b}", f"089/{b}")))  # fmt: skip
    return again(row, f.brand, c, phone=other) if f.kind in ("english", "abroad") else None


def mail_written(f: Firm, row: Row, c: random.Random) -> Row | None:
    user, host = spell(person(c)).replace(" ", ""), c.choice(("163.com", "qq.com", domain(f), "gmail.com"))
    row["email"] = f"{user}@{host}"
    shapes = (f"{user}+crm@{host}", f"{user.upper()}@{host}", f"王总<{user}@{host}>", f"mailto:{user}@{host}", f"{user}@{host}; other{c.randrange(99)}@{host}", f" {user} @{host}",
              f"{user}＠{host}", f"{user}@{host.upper()}.", f"{user}@{host}，{c.randrange(999)}@qq.com")  # fmt: skip
    return (
        again(row, next(firms(c, "company")).name() if c.random() < 0.3 else f.brand, c, email=c.choice(shapes))
        if f.kind != "person"
        else None
    )


def own_domain(f: Firm, row: Row, c: random.Random) -> Row | None:
    if f.kind not in ("company", "english", "abroad") or len(domain(f)) < 10:
        return None
    row["email"] = f"info@{domain(f)}"
    name = f.brand if f.kind != "company" else c.choice((f.brand, spelled(f.brand), f.brand + TRADES[f.trade][0]))
    return again(row, name, c, email=f"{spell(person(c)).replace(' ', '.')}@{c.choice(('', '', 'mail.'))}{domain(f)}")


def code_written(f: Firm, row: Row, c: random.Random) -> Row | None:
    n = row["tax_no"] = credit_code(c)
    shapes = (n.lower(), f" {n} ", f"{n[:4]} {n[4:8]} {n[8:12]} {n[12:16]} {n[16:]}", n[2:17], f"税号：{n}", f"{n}（三证合一）", n.replace("0", "O"), n.replace("1", "I"), n + "\n",
              n[:8] + "-" + n[8:], f"统一社会信用代码{n}")  # fmt: skip
    return again(row, next(firms(c, "company")).name(), c, tax_no=c.choice(shapes)) if f.kind == "company" else None


def renamed_same_mobile(f: Firm, row: Row, c: random.Random) -> Row | None:
    row["mobile"] = mobile(c)
    return (
        again(row, next(firms(c, "company")).name(), c, mobile="", phone=row["mobile"]) if f.kind in ("company", "shop") else None
    )


RULES: tuple[Rule, ...] = (
    short_swapped,
    short_filled,
    phone_for_name,
    mail_for_phone,
    phone_for_code,
    mobile_written,
    landline_written,
    phone_abroad,
    mail_written,
    own_domain,
    code_written,
    renamed_same_mobile,
)
