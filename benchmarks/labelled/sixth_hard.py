"""One customer twice, and one has to look twice: the hard pairs, and the threes, of the sixth labelled set."""

# ruff: noqa: E501
from __future__ import annotations

import re

from benchmarks.labelled.judging import Row
from benchmarks.labelled.offices import plain
from benchmarks.labelled.sixth_clients import Book, sounded
from benchmarks.labelled.sixth_ordinary import finger, heard, seen
from benchmarks.labelled.sixth_words import COUNTRIES
from benchmarks.labelled.sixth_writing import Rule, both, called, cell, line, one, tie


def two_slips(book: Book) -> tuple[Row, ...]:
    """A wrong character in the brand and one in the line of business, the form left out; a number of his."""
    client, chance = book.company(), book.chance
    other = client.name(brand=heard(client.brand, chance), trade=heard(client.trade, chance), form="")
    return both(book, client, client.name(), other, "mobile phone box")


def brand_and_mailbox(book: Book) -> tuple[Row, ...]:
    """A Chinese name, and from a fair only the brand in letters; both write from one domain that is its name."""
    while not (client := book.chance.choice((book.company, book.taiwan, book.hongkong))()).domain:
        pass
    latin = (
        sounded(client.brand) if client.kind == "company" else client.english.split(" ")[0] + " " + client.english.split(" ")[1]
    )
    return both(book, client, client.name(), book.chance.choice((latin.upper(), latin.title(), f"{latin.title()} China")), "host")


def holes(book: Book) -> tuple[Row, ...]:
    """A character the old code page could not hold: a hole where it stood. All the rest is there."""
    client, chance = book.company(), book.chance
    at = chance.randrange(len(client.brand))
    hole = chance.choice("?？□_*")
    return both(
        book,
        client,
        client.name(),
        client.name(brand=client.brand[:at] + hole + client.brand[at + 1 :]),
        None if len(client.brand) > 2 else "",
    )


def nearly_the_number(book: Book) -> tuple[Row, ...]:
    """One digit of his number is wrong, and the name is short a part: together they leave no doubt."""
    client, chance = book.company(), book.chance
    first = one(book, client, client.name(), source="card")
    second = one(book, client, client.name(form="", trade=client.line), source="chat")
    number = client.people[0].mobile
    at = chance.randrange(4, 11)
    first["mobile"], second["mobile"] = (
        number,
        number[:at] + str((int(number[at]) + chance.randrange(1, 9)) % 10) + number[at + 1 :],
    )
    return first, second


def scanned(book: Book) -> tuple[Row, ...]:
    """A card read by a machine: the name with what stood beside it, letters it took for others; numbers are right."""
    client, chance = book.chance.choice((book.company, book.abroad, book.taiwan))(), book.chance
    if client.kind == "abroad":
        name = plain(client.name())
        for right, wrong in chance.sample(
            (("m", "rn"), ("l", "1"), ("O", "0"), ("o", "0"), ("i", "l"), ("cl", "d"), ("S", "5"), ("e", "c"), ("h", "li")), 9
        ):
            if right in name[1:]:
                name = name[0] + name[1:].replace(right, wrong, 1)
                break
        return both(book, client, client.name(), name, "")
    person = client.people[0]
    name = seen(client.brand, chance) or client.brand
    other = chance.choice((f"{client.name(brand=name)} {person.name} {chance.choice(('总经理', '销售工程师', '业务经理'))}", f"{person.name} {client.name(brand=name)}",
                           (client.name(layout="pbtf") if client.kind == "company" else f"台{client.name()}")[1:], f"{client.name()}{client.english}地址", f"Logo {client.name(brand=name)}"))  # fmt: skip
    return both(book, client, client.name(), other, "")


def in_chinese(book: Book) -> tuple[Row, ...]:
    """One from abroad as a Chinese colleague writes him, by ear, and the mailbox or number he has."""
    while not (client := book.abroad()).sound:
        pass
    land = COUNTRIES[client.country]
    other = book.chance.choice(
        (f"{land}{client.sound}公司", f"{client.sound}（{land}）", f"{client.sound}公司", f"{land}{client.sound} {client.brand}")
    )
    return both(book, client, client.name(), other, "")


def nickname(book: Book) -> tuple[Row, ...]:
    """A shop as the driver calls it, after its owner; the number is the owner's."""
    client, chance = book.shop(), book.chance
    owner = client.people[0].name
    goods = re.sub("(?:经营部|批发部|加工部|维修部|店|场)$", "", client.trade) or client.trade
    other = chance.choice(
        (
            f"{client.place}{owner[0]}老板",
            f"老{owner[0]}{goods}",
            f"{goods}{owner[0]}姐",
            f"{client.place}做{goods}的{owner[0]}总",
            f"{owner}（{goods}）",
        )
    )
    return both(book, client, client.name(), other, "mobile")


def initials(book: Book) -> tuple[Row, ...]:
    """The first letters of an English name, as its own people say it; the domain or a number ties them."""
    client = book.chance.choice((book.company, book.taiwan, book.abroad))()
    words = re.findall(r"[A-Za-z]+", plain(client.english or client.name(form="")))
    letters = "".join(word[0] for word in words if word not in ("Co", "Ltd", "and")).upper()[:5]
    name = book.chance.choice((letters, f"{letters} Co., Ltd.", f"{letters} ({client.town})")) if client.english else letters
    return both(book, client, client.english or client.name(), name, "box mobile phone")


def northern_sound(book: Book) -> tuple[Row, ...]:
    """One of Hong Kong or Taiwan in the pinyin of the mainland, where his own papers spell him otherwise; one number."""
    client = book.chance.choice((book.taiwan, book.hongkong))()
    words = client.english.split(" ")
    rest = " ".join(words[len(client.brand) :])
    other = " ".join(sounded(sign).capitalize() for sign in client.brand)
    return both(book, client, client.english, f"{book.chance.choice((other, other.replace(' ', '').capitalize()))} {rest}", "")


def owner_alone(book: Book) -> tuple[Row, ...]:
    """One typed the company, the other its man: the same number."""
    chance = book.chance
    while True:
        client = chance.choice((book.company, book.shop))()
        person = client.people[0]
        alone = chance.choice((person.name, called(person, chance)))
        if book.new(f"person {alone}"):
            break
    company = chance.choice(
        (f"{client.name()}（{person.name}）", f"{client.short() if client.kind == 'company' else client.name()} {person.name}")
    )
    return both(book, client, company, alone, "mobile")


def moved(book: Book) -> tuple[Row, ...]:
    """The seat went to another district or the town into the brand's place: code or mailbox are as they were."""
    client, chance = book.company(), book.chance
    other = chance.choice((client.name(place=f"{client.town}{client.district[:2]}", layout="pbtf"), client.name(place=client.district[:2], layout="pbtf"),
                           f"{client.brand}{client.trade}（{client.district[:2]}）{client.form}"))  # fmt: skip
    return both(book, client, client.name(), other, "code box mobile")


def only_the_number(book: Book) -> tuple[Row, ...]:
    """Somebody rang: the cell of the name holds what was understood, the number is his."""
    client, chance = book.chance.choice((book.company, book.company, book.taiwan))(), book.chance
    other = chance.choice((f"{client.brand}?", f"{client.brand[:1]}什么{client.line}", f"做{client.line}的（{client.brand}）", f"{client.town}{client.line}厂 {client.people[0].name[0]}{client.people[0].title}",
                           f"{client.brand}的{client.people[0].name[0]}{client.people[0].title}"))  # fmt: skip
    return both(book, client, client.name(), other, "mobile phone")


def slip_and_cut(book: Book) -> tuple[Row, ...]:
    """A Latin name shortened to its brand, with a slip of the finger, and his mailbox or number."""
    while len((client := book.abroad()).brand) < 6:
        pass
    word = client.brand.split(" ")[0]
    word = word if len(word) > 4 else client.brand.replace(" ", "")
    return both(book, client, client.name(), finger(word, book.chance), "box mobile phone host")


def thrice(book: Book) -> tuple[Row, ...]:
    """Three lists, three lines: the whole name, the remark on a telephone, the invoice; one mobile number in all of them."""
    client, chance = book.company(), book.chance
    whole, remark, invoice = (one(book, client, client.name(), source="card"), one(book, client, f"{client.short()}{called(client.people[0], chance)}", source="chat"),
                              one(book, client, client.name(form="", layout="pbtf"), source="invoice"))  # fmt: skip
    whole["phone"], invoice["phone"] = line(client.phones[0], chance), line(client.phones[0], chance)
    tie(book, client, (whole, remark, invoice), "mobile")
    return whole, remark, invoice


def thrice_abroad(book: Book) -> tuple[Row, ...]:
    """One of Taiwan, Hong Kong or the mainland that exports: Chinese, English, and a slip in the Chinese, with one mailbox or number."""
    client, chance = book.chance.choice((book.taiwan, book.hongkong, book.company))(), book.chance
    rows = (
        one(book, client, client.name()),
        one(book, client, client.english),
        one(book, client, client.name(brand=heard(client.brand, chance))),
    )
    tie(book, client, rows, "box mobile")
    rows[2]["mobile"] = cell(client.people[0].mobile, client.country, chance)
    rows[0]["mobile"] = cell(client.people[0].mobile, client.country, chance)
    return rows


HARD: tuple[Rule, ...] = (two_slips, brand_and_mailbox, holes, nearly_the_number, scanned, in_chinese, nickname, initials, northern_sound, owner_alone, moved,
                          only_the_number, slip_and_cut, thrice, thrice_abroad)  # fmt: skip
