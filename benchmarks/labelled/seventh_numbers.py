"""One Chinese company, known by a number both records have, while the names alone would leave one in doubt."""

from __future__ import annotations

import random
from dataclasses import replace

from benchmarks.labelled.seventh_firms import CODE, Firm, Row, digits, filled, mobile, person, renamed, row
from crm_desktop.core.find.pinyin import characters, readings

Pair = tuple[Row, Row] | None


def _short(firm: Firm, chance: random.Random) -> str:
    """What stands in a record made during a call."""
    return chance.choice(
        (
            firm.brand,
            firm.brand,
            firm.brand + (firm.cut or firm.trade),
            f"{firm.brand}公司",
            f"{firm.brand}{firm.boss[0]}总",
            f"{firm.city}{firm.brand}",
        )
    )


def _line(firm: Firm, chance: random.Random) -> str:
    """The landline as a careful colleague writes it."""
    return chance.choice(
        (
            f"{firm.area}-{firm.number}",
            f"({firm.area}){firm.number}",
            f"{firm.area}{firm.number}",
            f"{firm.area} {firm.number[:4]} {firm.number[4:]}",
        )
    )


def extension(firm: Firm, chance: random.Random) -> Pair:
    inner = chance.randrange(800, 899)
    told = chance.choice(
        (
            f"-{inner}",
            f"转{inner}",
            f" ext. {inner}",
            f"*{inner}",
            f"#{inner}",
            f"分机{inner}",
            f" x{inner}",
            f"({inner})",
            f"-{inner}(财务)",
        )
    )
    return row(firm.name, phone=_line(firm, chance)), row(
        _short(firm, chance), phone=f"{firm.area}-{firm.number}{told}", mobile=mobile(chance)
    )


def no_area_code(firm: Firm, chance: random.Random) -> Pair:
    plain = chance.choice(
        (
            firm.number,
            f"{firm.number[:4]}-{firm.number[4:]}",
            f"{firm.number[:4]} {firm.number[4:]}",
            f"{firm.area.lstrip('0')}-{firm.number}",
        )
    )
    return row(firm.name, phone=_line(firm, chance), mobile=mobile(chance)), row(_short(firm, chance), phone=plain)


def from_abroad(firm: Firm, chance: random.Random) -> Pair:
    area = firm.area.lstrip("0")
    told = chance.choice((f"+86 {area} {firm.number}", f"0086-{area}-{firm.number}", f"+86({area}){firm.number[:4]}-{firm.number[4:]}",
        f"86-{area}-{firm.number}",
                          f"+86 (0){area} {firm.number}", f"+86-{firm.area}-{firm.number}"))  # fmt: skip
    return row(firm.name, phone=_line(firm, chance)), row(_short(firm, chance), phone=told, mobile=mobile(chance))


def several_in_a_cell(firm: Firm, chance: random.Random) -> Pair:
    one, other = mobile(chance), mobile(chance)
    cell = chance.choice(
        (
            f"{one}/{other}",
            f"{one}、{other}",
            f"{other} {one}",
            f"{firm.number};{one}",
            f"{firm.boss}{one}",
            f"{one}（{firm.boss}）",
            f"手机{one}",
            f"{other},{one}(微信同号)",
        )
    )
    return row(firm.name, mobile=one), row(_short(firm, chance), **{chance.choice(("phone", "mobile")): cell})


def two_lines(firm: Firm, chance: random.Random) -> Pair:
    """Neighbouring numbers of one switchboard in one cell: 62881234/35."""
    last = int(firm.number) % 90
    stem = firm.number[:-2]
    cell = chance.choice(
        (
            f"{firm.area}-{stem}{last:02}/{last + 1:02}",
            f"{firm.area}-{stem}{last:02}、{stem}{last + 1:02}",
            f"{firm.area}-{stem}{last:02}/{stem}{last + 3:02}",
        )
    )
    known = f"{firm.area}-{stem}{last:02}"
    return row(firm.name, phone=known), row(_short(firm, chance), phone=cell)


def other_column(firm: Firm, chance: random.Random) -> Pair:
    """The mobile in the column of the landline, written as a phone shows it."""
    number = mobile(chance)
    shown = chance.choice(
        (
            f"{number[:3]} {number[3:7]} {number[7:]}",
            f"{number[:3]}-{number[3:]}",
            f"+86{number}",
            f"{number}.0",
            f"'{number}",
            f"{number[:3]}.{number[3:7]}.{number[7:]}",
        )
    )
    return row(firm.name, mobile=number), row(_short(firm, chance), phone=shown)


def own_domain(firm: Firm, chance: random.Random) -> Pair:
    """Two people of one company's own mail domain, and its brand in both names."""
    first = filled(firm, firm.name, chance)
    second = row(
        chance.choice((firm.brand, f"{firm.spoken} {firm.english}", f"{firm.brand}{firm.trade}", firm.spoken)),
        mobile=mobile(chance),
    )
    first["email"] = f"{chance.choice(('zhangwei', 'li.na', 'sales01', 'service'))}@{firm.domain}"
    second["email"] = chance.choice(("Jack.Wu@", "contact@", "cgb@", "office@", "wangfang@")) + chance.choice(
        (firm.domain, firm.domain.upper(), f"mail.{firm.domain}")
    )
    return first, second


def same_mail(firm: Firm, chance: random.Random) -> Pair:
    """The same mailbox, once with what a card or a program writes around it."""
    mail = "".join(chance.choices("abcdefghjkmnpqrstuvwxyz", k=6)) + str(chance.randrange(1970, 2005)) + "@163.com"
    shown = chance.choice(
        (
            mail.upper(),
            f"<{mail}>",
            f"{firm.boss} <{mail}>",
            f"mailto:{mail}",
            mail.replace("@", "＠"),
            f"{mail};",
            f"{mail}, {firm.domain[:4]}@qq.com",
            f"E-mail: {mail}",
        )
    )
    return row(firm.name, email=mail), row(_short(firm, chance), email=shown, mobile=mobile(chance))


def tax_slip(firm: Firm, chance: random.Random) -> Pair:
    """The credit code typed from paper with one slip; the name is short but the same."""
    place = chance.randrange(4, 17)
    wrong = chance.choice((
        firm.tax[:place] + chance.choice(CODE) + firm.tax[place + 1 :],
            firm.tax[:place] + firm.tax[place + 1] + firm.tax[place] + firm.tax[place + 2 :],
        firm.tax.replace("0", "O"), firm.tax.replace("1", "I"), firm.tax.lower(),
            f"{firm.tax[:4]} {firm.tax[4:8]} {firm.tax[8:12]} {firm.tax[12:]}",
        firm.tax.replace("1", "l", 1), f"税号{firm.tax}", f"{firm.tax}（三证合一）", firm.tax[:place] + firm.tax[place + 1 :],
            firm.tax.replace("2", "Z"),
    ))  # fmt: skip
    name = chance.choice(
        (f"{firm.city}{firm.brand}", firm.brand + (firm.cut or firm.trade), firm.brand + firm.trade, f"{firm.brand}公司")
    )
    return row(firm.name, tax_no=firm.tax), row(name, tax_no=wrong, mobile=mobile(chance))


def old_tax_number(firm: Firm, chance: random.Random) -> Pair:
    """Before 2015 the tax number was the place and the nine signs of the organisation: both stand inside the credit code."""
    old = chance.choice((firm.tax[2:17], firm.tax[8:17], f"{firm.tax[8:16]}-{firm.tax[16]}"))
    name = chance.choice(
        (firm.brand + firm.trade, f"{firm.city}{firm.brand}{firm.cut or firm.trade}厂", f"{firm.city}市{firm.brand}厂")
    )
    return filled(firm, firm.name, chance) | {"tax_no": firm.tax}, row(name, tax_no=old, mobile=mobile(chance))


def renamed_same_numbers(firm: Firm, chance: random.Random) -> Pair:
    """Another name altogether, but the tax number and the landline are the same: it was renamed."""
    other = replace(firm, brand=renamed(firm, chance))
    return (row(firm.name, tax_no=firm.tax, phone=_line(firm, chance)),
            row(other.name, tax_no=chance.choice((firm.tax, firm.tax.lower(), firm.tax + " ")), phone=_line(firm, chance)))  # fmt: skip


def wrong_digit(firm: Firm, chance: random.Random) -> Pair:
    """One digit of the landline mistyped; the name lacks only what one leaves out."""
    place = chance.randrange(1, 8)
    wrong = (
        firm.number[:place]
        + chance.choice([sign for sign in "0123456789" if sign != firm.number[place]])
        + firm.number[place + 1 :]
    )
    return row(firm.name, phone=f"{firm.area}-{firm.number}"), row(
        f"{firm.brand}{firm.trade}", phone=f"{firm.area}-{wrong}", mobile=mobile(chance)
    )


def person_with_number(firm: Firm, chance: random.Random) -> Pair:
    """Saved under whom one talks to, as phones do; the number is the one in the company's record."""
    who, number = person(chance), mobile(chance)
    name = chance.choice(
        (
            f"{firm.brand}{who}",
            f"{who}（{firm.brand}）",
            f"{who} {firm.brand}{firm.cut or firm.trade}",
            f"{firm.brand}-{who}",
            f"{firm.brand}的{who[0]}工",
            f"小{who[0]} {firm.brand}",
        )
    )
    return row(firm.name, mobile=number), row(name, mobile=number, phone=chance.choice(("", f"{firm.area}-{digits(8, chance)}")))


def slip_and_number(firm: Firm, chance: random.Random) -> Pair:
    """The brand of two signs heard wrong, no place, no form, but the same landline."""

    place = chance.randrange(len(firm.brand))
    others = [sign for sign in characters(readings(firm.brand[place])[0], 10) if sign != firm.brand[place]]
    if not others:
        return None
    heard = firm.brand[:place] + chance.choice(others) + firm.brand[place + 1 :]
    return row(firm.name, phone=_line(firm, chance)), row(
        heard + (firm.cut or firm.trade), phone=_line(firm, chance), mobile=mobile(chance)
    )


RULES = (extension, no_area_code, from_abroad, several_in_a_cell, two_lines, other_column, own_domain, same_mail, tax_slip, old_tax_number,
         renamed_same_numbers, wrong_digit, person_with_number, slip_and_number)  # fmt: skip
