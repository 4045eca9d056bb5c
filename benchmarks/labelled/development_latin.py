"""Names in Latin letters written once more, for the set the matcher is developed on (`development_set`)."""

# ruff: noqa: E501
from __future__ import annotations

import random
import re
from collections.abc import Callable

from benchmarks.labelled.customers import Firm, firms
from benchmarks.labelled.development_rule import Rule, again, put
from benchmarks.labelled.judging import Row
from benchmarks.labelled.offices import plain

KEYS = {
    "a": "s",
    "s": "d",
    "e": "r",
    "r": "t",
    "t": "y",
    "i": "o",
    "o": "p",
    "n": "m",
    "m": "n",
    "l": "k",
    "c": "v",
    "d": "f",
    "u": "i",
    "b": "v",
}
SHORT_WORDS = {"International": "Intl", "Engineering": "Eng", "Manufacturing": "Mfg", "Technologies": "Tech", "Services": "Svcs", "Industrial": "Ind",
               "Management": "Mgmt", "Equipment": "Equip", "Distribution": "Dist", "Construction": "Constr", "Brothers": "Bros",
               "Laboratories": "Labs", "Pharmaceuticals": "Pharma", "Communications": "Comms", "Electrical": "Elec", "Company": "Co",
               "Corporation": "Corp", "Center": "Ctr", "St. ": "Saint "}  # fmt: skip
SPELLINGS = {"Center": "Centre", "Aluminium": "Aluminum", "Jewellery": "Jewelry", "Tyres": "Tires", "Theatre": "Theater", "Technologies": "Technology",
             "Systems": "System", "Supplies": "Supply", "Foods": "Food", "Products": "Product", "Solutions": "Solution", "Services": "Service",
             "Laboratories": "Laboratory", "Three": "3", "Seven": "7", "First": "1st"}  # fmt: skip


# Latin names.
def latin(change: Callable[[str, Firm, random.Random], str]) -> Rule:
    """A rule for the name of a firm that writes with letters."""

    def rule(f: Firm, row: Row, c: random.Random) -> Row | None:
        name = change(row["name"], f, c) if f.kind in ("english", "abroad") else ""
        return again(row, re.sub(" +", " ", name).strip(), c)

    rule.__name__ = change.__name__
    return rule


def latin_form(name: str, f: Firm, c: random.Random) -> str:
    return (
        f"{f.brand} {f.trade}{c.choice((' Ltd', ', Inc.', ' L.L.C.', '', ' Limited', ' Co.', ', LLC', ' plc', ' Pty. Ltd.', ' Group'))}"
        if f.kind == "english"
        else name.replace(".", "")
    )


def latin_capitals(name: str, f: Firm, c: random.Random) -> str:
    return c.choice((str.upper, str.lower))(plain(name))


def latin_and(name: str, f: Firm, c: random.Random) -> str:
    return name.replace(" & ", c.choice((" and ", "&", " + ", " And "))) if " & " in name else ""


def latin_short_word(name: str, f: Firm, c: random.Random) -> str:
    found = [one for one in SHORT_WORDS if one in name]
    return name.replace(one := c.choice(found), SHORT_WORDS[one]) if found else ""


def latin_spelling(name: str, f: Firm, c: random.Random) -> str:
    found = [one for one in SPELLINGS if one in name]
    return name.replace(one := c.choice(found), SPELLINGS[one]) if found else ""


def latin_slip(name: str, f: Firm, c: random.Random) -> str:
    words = [word for word in f.brand.split() if len(word) > 5 and word.isalpha()]
    if not words or len(f.brand) < 8:
        return ""
    word = c.choice(words)
    at = c.randrange(1, len(word) - 1)
    wrong = c.choice((word[:at] + word[at + 1 :], put(word, at, word[at] * 2), word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                      put(word, at, KEYS.get(word[at], "e"))))  # fmt: skip
    return name.replace(word, wrong)


def latin_joined(name: str, f: Firm, c: random.Random) -> str:
    found = re.fullmatch(r"([A-Z][a-z]+) ([A-Z][a-z]+)", f.brand) or re.fullmatch(r"(\w+)-(\w+)", f.brand)
    return (
        name.replace(f.brand, found[1] + c.choice(("-" if "-" not in f.brand else " ", "")) + found[2].lower()) if found else ""
    )


def latin_article(name: str, f: Firm, c: random.Random) -> str:
    return f"The {name}"


def latin_short(name: str, f: Firm, c: random.Random) -> str:
    """Only the brand, or the brand and one word of the trade."""
    if len(f.brand) < 9 or f.brand.split()[-1] in ("Brothers", "Sons", "Co") or f.brand.startswith("St."):
        return ""
    return c.choice((f.brand, f"{f.brand} {f.form}", f"{f.brand} {f.trade.split()[0]}"))


def latin_place(name: str, f: Firm, c: random.Random) -> str:
    return f"{f.brand} {f.trade} {c.choice(('(UK)', 'UK', '(USA)', 'USA', 'London', '- Manchester', '(Australia)', 'International'))} {f.form}"


def latin_dots(name: str, f: Firm, c: random.Random) -> str:
    return (
        name.replace("Inc.", "Incorporated")
        .replace("LLC", "L.L.C.")
        .replace("Ltd", "LTD.")
        .replace("PLC", "P.L.C.")
        .replace("'", c.choice(("", "’", "´")))
        .replace(",", "")
    )


def latin_who(name: str, f: Firm, c: random.Random) -> str:
    return name + c.choice(
        (
            " - John Smith",
            " (Attn: Jane Doe)",
            " / Accounts Payable",
            " c/o Mary",
            " - HQ",
            " (old)",
            " - do not use",
            " [inactive]",
            " #2",
        )
    )


def latin_door(name: str, f: Firm, c: random.Random) -> str:
    door = next(firms(c, "english"))
    return f"{door.brand} {door.trade} {c.choice(('LLC dba', 'Ltd t/a', 'Inc. d/b/a', 'trading as', 'formerly', '(formerly', 'f/k/a', '(aka', 'now'))} {name}"


def latin_comma(name: str, f: Firm, c: random.Random) -> str:
    return (
        f"{' '.join(f.brand.split()[1:])}, {f.brand.split()[0]} {f.trade}"
        if " & " not in f.brand and " " in f.brand and "," not in f.brand
        else ""
    )


def latin_extra(name: str, f: Firm, c: random.Random) -> str:
    """A word put in that says little."""
    return f"{f.brand} {c.choice(('Solutions', 'Services', 'Enterprises', 'Company'))} {f.form}" if len(f.brand) > 8 else ""


LATIN = (latin_form, latin_capitals, latin_and, latin_short_word, latin_spelling, latin_slip, latin_joined, latin_article, latin_short, latin_place,
         latin_dots, latin_who, latin_door, latin_comma, latin_extra)  # fmt: skip
RULES: tuple[Rule, ...] = tuple(map(latin, LATIN))
