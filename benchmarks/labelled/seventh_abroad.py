"""One company outside the mainland, written twice: Taiwan, Hong Kong, English, German, names with marks, Japanese, Korean, Russian."""

from __future__ import annotations

import random
from collections.abc import Iterator

from benchmarks.labelled import seventh_words as words
from benchmarks.labelled.seventh_firms import Firm, Row, both, code, digits, filled, mobile, person, plain_letters, row
from crm_desktop.core.find.pinyin import simplified

Pair = tuple[Row, Row] | None

# --- Taiwan and Hong Kong: the firm is a Taiwanese one


def taiwan_form(firm: Firm, chance: random.Random) -> Pair:
    """股份有限公司 and what is written for it, 臺 and 台, with and without the city."""
    short = {"股份有限公司": ("(股)公司", "（股）", "股份公司", ""), "有限公司": ("(有)", "公司", ""), "企業社": ("社", "")}[
        firm.form
    ]
    name = f"{chance.choice(('', firm.city, firm.city.replace('台', '臺') + '市'))}{firm.brand}{firm.trade}"
    return both(firm, firm.brand + firm.trade + firm.form, name + chance.choice(short), chance)


def taiwan_on_mainland(firm: Firm, chance: random.Random) -> Pair:
    """Typed in simplified characters by a colleague in Kunshan."""
    name = firm.brand + firm.trade + firm.form
    return both(firm, name, chance.choice(("台湾", "")) + "".join(simplified().get(sign, sign) for sign in name), chance)


def taiwan_number(firm: Firm, chance: random.Random) -> Pair:
    """The brand, and the same landline with and without the country."""
    area, line = firm.area.lstrip("0"), f"{firm.number[:-4]}-{firm.number[-4:]}"
    told = chance.choice(
        (
            f"+886-{area}-{line}",
            f"886-{area}-{firm.number}",
            f"({firm.area}){line}#123",
            f"{firm.area}-{line} 分機 305",
            f"+886 {area} {firm.number} ext 12",
            f"00886{area}{firm.number}",
        )
    )
    return row(firm.brand + firm.trade + firm.form, phone=f"{firm.area}-{line}"), row(
        firm.brand + chance.choice(("", firm.trade, "公司")), phone=told
    )


def taiwan_tax(firm: Firm, chance: random.Random) -> Pair:
    """統一編號 in both, the name shortened."""
    told = chance.choice(
        (firm.tax, f"統編{firm.tax}", f"{firm.tax[:4]} {firm.tax[4:]}", f"統一編號：{firm.tax}", f"TW{firm.tax}")
    )
    return row(firm.brand + firm.trade + firm.form, tax_no=firm.tax, mobile=mobile(chance)), row(
        f"{firm.brand}{firm.trade[:2]}", tax_no=told
    )


def hong_kong(firm: Firm, chance: random.Random) -> Pair:
    """A Hong Kong company by its Chinese and its English name; eight digits of phone in both."""
    number = chance.choice("236") + digits(7, chance)
    english = f"{firm.spoken[:1]}{firm.spoken[1:]}"
    first = row(f"{firm.brand}（香港）有限公司", phone=chance.choice((number, f"{number[:4]} {number[4:]}", f"852-{number}")))
    name = chance.choice(
        (
            f"{english} (Hong Kong) Limited",
            f"{english} (HK) Ltd.",
            f"香港{firm.brand}",
            f"{firm.brand}香港",
            f"{english.upper()} HONG KONG LTD",
        )
    )
    return first, row(name, phone=chance.choice((f"+852 {number[:4]} {number[4:]}", f"00852{number}", f"(852) {number}")))


# --- Names of words: the firm is English, German or of another language with Latin letters

SHORTER = {"Castings": "Cstgs", "Freight": "Frt", "Textile": "Tex.", "Packaging": "Pkg", "Instruments": "Instr.", "Logistics": "Logist.",
"Printing": "Prtg.",
           "Insurance": "Ins.", "Hydraulics": "Hydr.", "Aviation": "Avn.", "Software": "Softw."}  # fmt: skip


FORMS_ALIKE = (("Ltd", "Limited", "Co. Ltd", "LTD.", "(Ltd)", "Company Limited"), ("Inc.", "Incorporated", ", Inc", "INC"), ("Corp.",
"Corporation", "Corp"),
               ("GmbH", "Gesellschaft mbH", "G.m.b.H.", "Gmbh"), ("S.A.R.L.", "SARL", "Sarl"), ("S.r.l.", "SRL", "S R L"), ("S.A.", "SA"),
               ("LLC", "L.L.C."),
               ("Pty Ltd", "Pty. Limited", "P/L"), ("PLC", "p.l.c."), ("Sp. z o.o.", "Spolka z o.o.", "sp zoo"), ("A.Ş.", "AS"),
               ("GmbH & Co. KG", "GmbH+Co KG", "GmbH u. Co. KG"))  # fmt: skip


def form_otherwise(firm: Firm, chance: random.Random) -> Pair:
    """The same form written another way; another form would be another company."""
    others = [form for family in FORMS_ALIKE if firm.form in family for form in family if form != firm.form]
    return (
        both(firm, firm.name, f"{firm.brand} {firm.trade} {chance.choice(others)}".replace(" ,", ","), chance) if others else None
    )


def and_sign(firm: Firm, chance: random.Random) -> Pair:
    if "&" not in firm.brand:
        return None
    joined = chance.choice((" and ", " + ", "&", " und " if "GmbH" in firm.form else " And ", " "))
    return both(firm, firm.name, f"{firm.brand.replace(' & ', joined)} {firm.trade} {firm.form}", chance)


def keyboard_slip(firm: Firm, chance: random.Random) -> Pair:
    """A letter lost, doubled, swapped or the neighbour hit, anywhere but at the beginning of a word."""
    name = f"{firm.brand} {firm.trade}"
    places = [place for place in range(1, len(name) - 1) if name[place - 1 : place + 2].isalpha()]
    place = chance.choice(places)
    near = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiop[sdfghjkl;xcvbnm,", strict=True)).get(name[place].lower(), "e")
    slipped = chance.choice((name[:place] + name[place + 1 :], name[:place] + name[place] + name[place:],
    name[:place] + name[place + 1] + name[place] + name[place + 2 :],
                             name[:place] + (near if near.isalpha() else "e") + name[place + 1 :]))  # fmt: skip
    return both(firm, firm.name, f"{slipped} {firm.form}", chance)


def read_by_scanner(firm: Firm, chance: random.Random) -> Pair:
    """l for 1 and I, o for 0, rn for m, blanks in the wrong place."""
    name, old, new = (
        firm.name,
        *chance.choice(
            (("l", "1"), ("o", "0"), ("m", "rn"), ("i", "l"), ("e", "c"), ("rn", "m"), ("h", "b"), ("I", "l"), ("S", "5"))
        ),
    )
    place = name.find(old, 1)
    return both(firm, name, name[:place] + new + name[place + len(old) :], chance) if place > 0 else None


def words_joined(firm: Firm, chance: random.Random) -> Pair:
    told = chance.choice((firm.brand.replace(" ", "") + " " + firm.trade, firm.brand.replace(" ", "-") + " " + firm.trade,
        f"{firm.brand} {firm.trade}".upper(),
                          f"{firm.brand} {firm.trade}".replace(" ", "_"), f"{firm.brand} {firm.trade}".lower(),
                          f"The {firm.brand} {firm.trade} Company",
                          firm.brand.replace(" ", "") + firm.trade))  # fmt: skip
    return both(firm, firm.name, told, chance)


def order_of_cards(firm: Firm, chance: random.Random) -> Pair:
    """As a directory sorts it, or with the town and the country behind."""
    told = chance.choice((f"{firm.trade} {firm.brand}", f"{firm.brand}, {firm.trade}, {firm.form}", f"{firm.name}, {firm.city or 'Porto'}",
        f"{firm.name} ({firm.city or 'Brno'})",
                          f"{firm.city or 'Linz'} - {firm.name}", f"{firm.form} {firm.brand} {firm.trade}", f"{firm.name} - Head Office",
                          f"{firm.name} [Accounts Payable]",
                          f"{firm.name} c/o Mr. {chance.choice(words.HEADS)}", f"*{firm.name} - net 30",
                          f"{firm.name} (do not call)"))  # fmt: skip
    return both(firm, firm.name, told, chance)


def trade_shortened(firm: Firm, chance: random.Random) -> Pair:
    short = SHORTER.get(firm.trade) or (firm.trade[:5] + "." if len(firm.trade) > 8 else "")
    return both(firm, firm.name, f"{firm.brand} {short} {firm.form}", chance) if short else None


def trading_as(firm: Firm, chance: random.Random) -> Pair:
    """The name over the door beside the one in the register; or the old one."""
    other = (
        f"{chance.choice(words.HEADS)}{chance.choice(('gate', 'bridge', 'port', 'field', 'works'))} {chance.choice(words.TAILS)}"
    )
    told = chance.choice((f"{firm.name} t/a {other}", f"{other} (formerly {firm.brand} {firm.trade})", f"{firm.name} dba {other}",
        f"{other} (a trading name of {firm.name})", f"{other}, ex {firm.brand} {firm.trade}",
                          f"{firm.name} (now {other})"))  # fmt: skip
    return both(firm, firm.name, told, chance)


def initials(firm: Firm, chance: random.Random) -> Pair:
    """Called by its letters; the mails are of the same domain."""
    letters = "".join(
        word[0] for word in f"{plain_letters(firm.brand)} {firm.trade}".replace("-", " ").split() if word[0].isalpha()
    ).upper()
    first, second = (
        filled(firm, firm.name, chance),
        row(f"{letters} {chance.choice((firm.form, firm.trade, ''))}".strip(), mobile=digits(10, chance)),
    )
    first["email"], second["email"] = (
        f"orders@{firm.domain}",
        f"{chance.choice(('j.smith', 'ap', 'purchasing', 'hello'))}@{firm.domain}",
    )
    return first, second


def number_abroad(firm: Firm, chance: random.Random) -> Pair:
    """The brand alone, and the same number with the country before it or an extension behind."""
    country, trunk = {"de": ("49", "0"), "com": ("44", "0"), "eu": ("33", "0")}[firm.domain.rpartition(".")[2]]
    number = firm.number
    told = chance.choice((f"+{country} {number[:3]} {number[3:]}", f"00{country}{number}",
        f"+{country} ({trunk}){number[:4]} {number[4:]}", f"{trunk}{number[:4]}/{number[4:]}",
                          f"{trunk}{number} ext 14", f"{trunk}{number[:3]} {number[3:6]} {number[6:]} x204",
                          f"Tel. {trunk}{number}"))  # fmt: skip
    return row(firm.name, phone=f"{trunk}{number}"), row(firm.brand, phone=told)


def vat_number(firm: Firm, chance: random.Random) -> Pair:
    """The VAT number with and without the country and points; brand and form are all that is left of the name."""
    country = {"de": "DE", "com": "GB", "eu": "FR"}[firm.domain.rpartition(".")[2]]
    told = chance.choice(
        (
            f"{country}{firm.tax}",
            f"{country} {firm.tax[:3]} {firm.tax[3:6]} {firm.tax[6:]}",
            f"{country.lower()}{firm.tax}",
            f"VAT {country}{firm.tax}",
            f"{country}-{firm.tax}",
        )
    )
    return row(firm.name, tax_no=f"{country}{firm.tax}" if chance.random() < 0.5 else firm.tax), row(
        f"{firm.brand} {firm.form}", tax_no=told
    )


def marks_lost(firm: Firm, chance: random.Random) -> Pair:
    """é as e, ü as ue or u, ß as ss; or what two wrong encodings made of it."""
    ways = [plain_letters(firm.name), plain_letters(firm.name).upper(), plain_letters(f"{firm.brand} {firm.trade}")]
    if any(sign in firm.name for sign in "äöüß"):
        ways.append(firm.name.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})))
    if any(sign in firm.name for sign in "éèâêçñíóúãõüöäßæøå"):
        ways.append(firm.name.encode("utf-8").decode("latin-1"))
    told = chance.choice(ways)
    return both(firm, firm.name, told, chance) if not firm.name.isascii() else None


def legal_tail_lost(firm: Firm, chance: random.Random) -> Pair:
    """Without its form, and with the town a card has behind it."""
    return both(
        firm, firm.name, f"{firm.brand} {firm.trade}{f' {firm.city}' if firm.city and chance.random() < 0.5 else ''}", chance
    )


WORDY = (form_otherwise, and_sign, keyboard_slip, keyboard_slip, read_by_scanner, words_joined, order_of_cards, trade_shortened,
    trading_as, initials,
         number_abroad, vat_number, marks_lost, marks_lost, legal_tail_lost)  # fmt: skip
TAIWAN = (taiwan_form, taiwan_form, taiwan_on_mainland, taiwan_number, taiwan_tax, hong_kong)

# --- Japan, Korea, Russia: pairs made out of their own words


def japanese(chance: random.Random) -> Iterator[tuple[str, tuple[Row, Row]]]:
    for brand in words.JAPAN_BRANDS:
        firm = Firm(brand, chance.choice(words.JAPAN_TRADES), "株式会社")
        half = "".join(words.HALF_KANA.get(sign, sign) for sign in brand)
        told = chance.choice((f"(株){brand}{firm.trade}", f"㈱{brand}{firm.trade}", f"{brand}{firm.trade}㈱",
            f"株式会社{half}{firm.trade}", f"{brand}{firm.trade}",
                              f"{half}{firm.trade}(株)", f"株式会社 {brand} {firm.trade}"))  # fmt: skip
        yield "japanese", both(firm, f"株式会社{brand}{firm.trade}", told, chance)


def russian(chance: random.Random) -> Iterator[tuple[str, tuple[Row, Row]]]:
    for brand, latin in words.RUSSIAN:
        firm = Firm(brand, "", "ООО", tax=code(chance), boss=person(chance))
        told = chance.choice(
            (f"ООО {brand}", f"{brand}, ООО", brand.upper(), f"OOO {latin}", f"{latin} LLC", f"ООО «{brand}» (Москва)")
        )
        yield "russian", both(firm, f"ООО «{brand}»", told, chance)
