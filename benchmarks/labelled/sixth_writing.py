"""How somebody of an office writes a customer down: what he has before him, which cells he fills, and how he writes numbers."""

# ruff: noqa: E501
from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.labelled.judging import Row
from benchmarks.labelled.sixth_clients import Book, Client, Person

Rule = Callable[[Book], tuple[Row, ...]]
# What lies before him: how often it tells telephone, mobile, mailbox, code and short name.
SOURCES = {
    "card": (0.8, 0.9, 0.7, 0.0, 0.0),
    "invoice": (0.7, 0.1, 0.1, 1.0, 0.0),
    "chat": (0.0, 1.0, 0.0, 0.0, 0.2),
    "fair": (0.4, 0.5, 0.7, 0.0, 0.0),
    "old list": (0.7, 0.4, 0.3, 0.1, 0.3),
    "accounts": (0.5, 0.1, 0.1, 0.7, 0.5),
    "telephone": (0.6, 0.6, 0.0, 0.0, 0.1),
}
TIES = ("mobile", "phone", "box", "code")


def line(number: tuple[str, str], chance: random.Random) -> str:
    """A telephone number as one or the other writes it."""
    area, rest = number
    if not area.startswith("0"):
        country = f"+{area} "
        return chance.choice(
            (
                f"{country}{rest[:3]} {rest[3:6]} {rest[6:]}",
                f"00{area}{rest}",
                f"+{area}-{rest}",
                f"{country}{'' if area in ('852', '1', '34', '39') else '(0)'}{rest}",
                f"{area} {rest}",
            )
        )
    half = f"{rest[:4]} {rest[4:]}"
    return chance.choice((
        f"{area}-{rest}", f"{area}-{rest}", f"{area}-{rest}", f"{area}{rest}", f"({area}){rest}", f"{area} {half}", f"{'+886' if len(area) == 2 else '+86'}-{area[1:]}-{rest}",
        f"{area[1:]}-{rest}", f"{area}-{rest}-{chance.randrange(800, 870)}", f"{area}-{rest}转{chance.randrange(1, 90)}", f"{area}—{rest}",
    ))  # fmt: skip


def cell(number: str, country: str, chance: random.Random) -> str:
    """A mobile number as one or the other writes it."""
    if country == "CN":
        return chance.choice((number,) * 6 + (f"{number[:3]} {number[3:7]} {number[7:]}", f"{number[:3]}-{number[3:7]}-{number[7:]}", f"+86 {number}",
                                              f"86{number}", f"{number}（微信同号）", f"{number}.0"))  # fmt: skip
    if len(number) == 8:
        return chance.choice((number, f"{number[:4]} {number[4:]}", f"+852 {number}"))
    return chance.choice((number, number, f"{number[:4]}-{number[4:7]}-{number[7:]}", f"{number[:4]} {number[4:]}"))


def one(book: Book, client: Client, name: str, who: int = 0, source: str = "") -> Row:
    """His line of a customer, who gave him the numbers of person `who` (0 and 1 have no number in common)."""
    chance, person = book.chance, client.people[who]
    phone, mobile, box, code, short = (chance.random() < often for often in SOURCES[source or chance.choice(list(SOURCES))])
    return {
        "name": name,
        "short_name": client.short() if short and client.kind == "company" and client.rare else "",
        "phone": line(client.phones[who], chance) if phone and client.phones else "",
        "mobile": cell(person.mobile, client.country, chance) if mobile or client.kind == "person" else "",
        "email": person.box if box else "",
        "tax_no": client.code if code and not who else "",
    }


def tie(book: Book, client: Client, rows: tuple[Row, ...], ways: str = "") -> None:
    """Let the lines have one thing in common that only one customer has."""
    chance, person = book.chance, client.people[0]
    way = chance.choice([way for way in ways.split() or TIES if (way != "code" or client.code) and (way != "phone" or client.phones)
                         and (way != "host" or client.domain)] or ["mobile"])  # fmt: skip
    for row in rows:
        if way == "mobile":
            place = "phone" if chance.random() < 0.15 else "mobile"
            row[place] = cell(person.mobile, client.country, chance)
        elif way == "phone":
            row["phone"] = line(client.phones[0], chance)
        elif way == "box":
            row["email"] = chance.choice((person.box, person.box, person.box.upper(), person.box.capitalize()))
        elif way == "host":
            row["email"] = (
                f"{chance.choice(('info', 'sales', 'service', 'hr', 'li', 'w.chen', 'export'))}{chance.randrange(100)}@{client.domain}"
            )
        else:
            row["tax_no"] = chance.choice((client.code, client.code, client.code.lower(), f"{client.code} "))


def both(book: Book, client: Client, first: str, second: str, ties: str | None = None) -> tuple[Row, Row]:
    """Two lines of one customer, in either order. Without `ties` the names leave no doubt and numbers agree by chance; "" is any tie."""
    rows = one(book, client, first), one(book, client, second, book.chance.choice((0, 1)))
    if ties is not None:
        tie(book, client, rows, ties)
    return rows if book.chance.random() < 0.5 else (rows[1], rows[0])


def stranger(book: Book, client: Client, name: str) -> Row:
    """Somebody else's line: his numbers are his own, and he has a code of his own."""
    row = one(book, client, name)
    row["tax_no"] = client.code
    row["short_name"] = ""
    return row


def called(person: Person, chance: random.Random) -> str:
    """Somebody as a colleague notes him."""
    return chance.choice(
        (f"{person.name[0]}{person.title}", person.name, f"{person.name[0]}{person.title}", f"小{person.name[0]}")
    )
