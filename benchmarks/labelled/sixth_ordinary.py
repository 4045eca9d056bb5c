"""One customer twice as ten years of typing bring it: the ordinary pairs of the sixth labelled set."""

# ruff: noqa: E501
from __future__ import annotations

import random
import re

from benchmarks.labelled.judging import Row
from benchmarks.labelled.offices import plain
from benchmarks.labelled.sixth_clients import Book, sounded
from benchmarks.labelled.sixth_easy import FORM
from benchmarks.labelled.sixth_words import COUNTRIES
from benchmarks.labelled.sixth_writing import Rule, both, called, one, tie
from crm_desktop.core.find.pinyin import characters, readings, simplified

# What the eye, the pen and wubi take for one another.
LOOKS = dict(zip("恒达鸿宏伟华信源通瑞丰诚盛昌泰隆兴盈佳美新亚欧联金鑫林海江天星阳光明德仁安福龙鹏飞骏锐优博大强威宝玉清沃腾科创汇",
                 "桓迖鸣宠纬毕伩原迵端牛城成冒秦窿关盎住羊斩业区职全淼材悔汪夭晶阴先朋得仨按副尤鹍凡俊说忧搏太弶葳宗王青沷膳料剑江", strict=True))  # fmt: skip
# Two letters as 9 pins a keyboard apart, or a letter doubled: what fingers do to a word.
NEAR = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wqrtyuyoipsadgfhgkjxzvcbmn", strict=True))
SHORT_WORDS = {"International": "Int'l", "Engineering": "Eng.", "Manufacturing": "Mfg", "Technologies": "Tech", "Technology": "Tech.", "Industrial": "Ind.",
               "Industries": "Inds", "Laboratories": "Labs", "Distributors": "Dist.", "Electronics": "Elec.", "Machinery": "Mach.", "Precision": "Prec.",
               "Equipment": "Equip.", "Enterprises": "Ent.", "Trading": "Trdg", "Development": "Dev.", "Scientific": "Sci.", "Maschinenbau": "Masch.bau",
               "Import Export": "Imp-Exp", "Products": "Prod.", "Packaging": "Pkg", "Supply": "Sup.", "Management": "Mgmt", "Materials": "Mat'ls"}  # fmt: skip
OLD_FORMS = {"股份有限公司": "(股)公司", "有限公司": "(有)公司"}


def heard(word: str, chance: random.Random) -> str:
    """The word with one character another one that sounds the same: the first the input method offers."""
    places = list(range(len(word)))
    chance.shuffle(places)
    for at in places:
        sounds = readings(simplified().get(word[at], word[at]))
        others = [sign for sign in (characters(sounds[0], 5) if sounds else "") if sign != word[at]]
        if others:
            return word[:at] + chance.choice(others[:3]) + word[at + 1 :]
    return word


def seen(word: str, chance: random.Random) -> str:
    """The word with one character another one that looks like it."""
    places = [at for at, sign in enumerate(word) if sign in LOOKS]
    if not places:
        return ""
    at = chance.choice(places)
    return word[:at] + LOOKS[word[at]] + word[at + 1 :]


def finger(word: str, chance: random.Random) -> str:
    """A Latin word after one slip of a finger, not at its first letter."""
    at = chance.randrange(1, len(word) - 1)
    near = NEAR.get(word[at].lower(), word[at])
    return chance.choice((word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                          word[:at] + near + word[at + 1 :]))  # fmt: skip


def wrong_in_trade(book: Book) -> tuple[Row, ...]:
    """The input method's first offer, in the line of business: the brand is right, the town too."""
    client = book.company()
    return both(book, client, client.name(), client.name(trade=heard(client.trade, book.chance)))


def wrong_in_brand(book: Book) -> tuple[Row, ...]:
    """The same in the brand, and a number that only he has."""
    client = book.company()
    return both(book, client, client.name(), client.name(brand=heard(client.brand, book.chance)), "")


def looked_wrong(book: Book) -> tuple[Row, ...]:
    """Read off a stamp: a character that looks like it, and a number."""
    while not (name := seen((client := book.company()).brand, book.chance)):
        pass
    return both(book, client, client.name(), client.name(brand=name), "")


def two_turned(book: Book) -> tuple[Row, ...]:
    """Two characters of the line of business turned round, one typed twice or left out."""
    client, chance = book.company(), book.chance
    trade, at = client.trade, chance.randrange(len(client.trade) - 1)
    wrong = chance.choice(
        (trade[:at] + trade[at + 1] + trade[at] + trade[at + 2 :], trade[: at + 1] + trade[at:], trade[:at] + trade[at + 1 :])
    )
    return both(book, client, client.name(), client.name(trade=wrong))


def business_shortened(book: Book) -> tuple[Row, ...]:
    """精密机械 becomes 机械: town and brand stay."""
    while (client := book.company()).line == client.trade or client.family == "l":
        pass
    other = client.name(trade=client.line, form=book.chance.choice((client.form, "", "公司")) if client.form != "厂" else "厂")
    return both(
        book, client, client.name(), other, None if set(client.line) <= set(client.trade) else ""
    )  # 标准件 is another word for 紧固件


def town_left_out(book: Book) -> tuple[Row, ...]:
    """Whoever sits in the same town does not type it: brand, line of business and form are whole."""
    client = book.company()
    return both(
        book,
        client,
        client.name(layout="pbtf"),
        client.name(place="", layout="btf"),
        None if len(client.brand) > 2 else "phone mobile box",
    )


def said(book: Book) -> tuple[Row, ...]:
    """Brand and line of business, or the brand with 公司, as on the telephone, and a number of his."""
    client, chance = book.company(), book.chance
    return both(
        book,
        client,
        client.name(),
        chance.choice((client.short(), f"{client.town}{client.short()}", f"{client.brand}公司", f"{client.town}{client.brand}")),
        "",
    )


def chat_remark(book: Book) -> tuple[Row, ...]:
    """The remark a salesperson gave him on his telephone, taken over with the contacts."""
    client, chance = book.company(), book.chance
    who = called(client.people[0], chance)
    remark = chance.choice((f"{client.short()}{who}", f"{who}-{client.short()}", f"{client.town}{client.brand} {who}", f"A{client.short()} {who}",
                            f"{client.line}-{client.brand}-{who}", f"{client.brand}{who}{client.people[0].mobile}", f"{client.town}-{client.short()}-{who}"))  # fmt: skip
    rows = one(book, client, client.name()), one(book, client, remark, source="chat")
    tie(book, client, rows, "mobile")
    return rows


def address_in_name(book: Book) -> tuple[Row, ...]:
    """From the slip of a parcel: street and house stand in the cell of the name."""
    client, chance = book.company(), book.chance
    street = f"{chance.choice(('工业', '创业', '新区', '科技', '人民', '兴业'))}{chance.choice(('大道', '路', '一路', '西路'))}{chance.randrange(1, 900)}号"
    flat = chance.choice(("", f"{chance.randrange(1, 9)}栋", f"A区{chance.randrange(1, 9)}楼", f"{chance.randrange(101, 999)}室"))
    name = client.name()
    other = chance.choice((f"{client.town}市{client.district}{street}{flat} {name}", f"{name} {client.district}{street}{flat}", f"{street}{flat}{name}",
                           f"{name}（{client.district}{street}）", f"{name}，地址：{client.town}市{client.district}{street}"))  # fmt: skip
    return both(book, client, name, other)


def renamed(book: Book) -> tuple[Row, ...]:
    """The trade register knows another name since: a new line of business, a group, shares; the code stayed, or the old name stands beside."""
    client, chance = book.company(), book.chance
    new = client.name(
        trade=chance.choice(("科技", "实业", "智能科技", "控股", client.trade)),
        form=chance.choice(("股份有限公司", "集团有限公司")),
    )
    if chance.random() < 0.4:
        return both(
            book,
            client,
            client.name(),
            chance.choice((f"{new}（原{client.name()}）", f"{new}(曾用名:{client.name()})", f"{new} 原名：{client.short()}")),
        )
    return both(book, client, client.name(), new, "code code mobile")


def in_english(book: Book) -> tuple[Row, ...]:
    """The English side of a card and the Chinese one, with one number or mailbox."""
    client = book.chance.choice((book.company, book.company, book.taiwan, book.hongkong))()
    return both(book, client, client.name(), client.english, "")


def two_tongues(book: Book) -> tuple[Row, ...]:
    """Both sides of the card in one cell."""
    client, chance = book.chance.choice((book.company, book.taiwan, book.hongkong))(), book.chance
    whole = client.name()
    long = chance.choice(
        (
            f"{whole} {client.english}",
            f"{client.english} {whole}",
            f"{client.english}（{client.short()}）",
            f"{whole}/{client.english}",
        )
    )
    return both(
        book, client, long, whole if client.short() in long and whole not in long else chance.choice((whole, client.english))
    )


def spelled(book: Book) -> tuple[Row, ...]:
    """A bank abroad, or a colleague without Chinese keys: pinyin, word by word."""
    client, chance = book.company(), book.chance
    trade = chance.choice(
        (
            client.english.split(" ", 2)[2],
            f"{sounded(client.trade).capitalize()} Youxian Gongsi",
            f"{sounded(client.line).capitalize()} Co Ltd",
        )
    )
    name = f"{sounded(client.town)} {' '.join(map(sounded, client.brand))} {trade}"
    return both(book, client, client.name(), chance.choice((name.upper(), name.title())), "")


def cut_off(book: Book) -> tuple[Row, ...]:
    """An older program kept twenty signs, or thirty bytes."""
    while len((client := book.chance.choice((book.company, book.abroad, book.body))()).name()) < 12:
        pass
    name = client.name()
    room = book.chance.choice((20, 24)) if client.kind == "abroad" else len(name) - book.chance.choice((1, 2, 3))
    return both(book, client, name, name[: min(room, len(name) - 1)].rstrip())


def island_written(book: Book) -> tuple[Row, ...]:
    """A colleague of the mainland writes one of Taiwan or Hong Kong, or an accountant of Taiwan shortens the form."""
    client, chance = book.chance.choice((book.taiwan, book.taiwan, book.hongkong))(), book.chance
    name = client.name()
    plainly = "".join(simplified().get(sign, sign) for sign in name)
    forms = name.replace(client.form, OLD_FORMS.get(client.form, "公司"))
    before = f"台湾{plainly}" if client.kind == "taiwan" else f"香港{plainly.replace('（香港）', '').removeprefix('香港')}"
    return both(book, client, name, chance.choice((plainly, forms, before, FORM.sub("", plainly))))


def body_called(book: Book) -> tuple[Row, ...]:
    """A public body as on its seal and as everybody in that town calls it."""
    client = book.body()
    return both(book, client, client.brand, client.called, None if book.chance.random() < 0.5 else "phone mobile")


def numerals(book: Book) -> tuple[Row, ...]:
    """第3中学, 第三中学; 3院."""
    while not (client := book.body()).trade:
        pass
    digit = str("一二三四五六七八九".index(client.trade) + 1)
    other = book.chance.choice((client.brand, client.brand.replace("第", ""), client.called)).replace(client.trade, digit)
    return both(book, client, client.brand, other, None if "第" in other else "")


def fingers(book: Book) -> tuple[Row, ...]:
    """One slip in a long Latin word."""
    while len((client := book.abroad()).brand) < 6 or client.brand.isupper() or len(client.trade) < 6:
        pass
    chance = book.chance
    word = chance.choice([word for word in f"{client.brand} {client.trade}".split() if len(word) > 5] or [client.trade])
    wrong = client.name().replace(word, finger(word, chance), 1)
    return both(book, client, client.name(), wrong, "" if word in client.brand and chance.random() < 0.5 else None)


def words_shortened(book: Book) -> tuple[Row, ...]:
    """Int'l, Mfg, Eng."""
    makers = (book.abroad, book.abroad, book.taiwan, book.hongkong, book.company)
    while True:
        client = book.chance.choice(makers)()
        name = client.english or client.name()
        other = name
        for long, short in SHORT_WORDS.items():
            other = re.sub(rf"\b{long}\b", short, other)
        if other != name:
            return both(book, client, name, other)


def joined_words(book: Book) -> tuple[Row, ...]:
    """& and 'and', blanks and hyphens, the article, the country behind."""
    client, chance = book.abroad(), book.chance
    name, land = client.name(), {"GB": "UK", "US": "USA", "DE": "Germany"}.get(client.country, client.country)
    turned = [f"The {name}", f"{name} ({land})", f"{COUNTRIES[client.country]} {name}", f"{client.brand}-{client.trade} {client.form}", f"M/s. {name}",
              f"{client.trade} {client.brand} {client.form}", f"{name}, {land}"]  # fmt: skip
    if " & " in name:
        turned += [name.replace(" & ", " and ", 1), name.replace(" & ", "&", 1), name.replace(" & ", " + ", 1)]
    return both(book, client, name, chance.choice(turned))


def japan_written(book: Book) -> tuple[Row, ...]:
    """株式会社 before, behind, in brackets; or the English card, with one number."""
    client, chance = book.chance.choice((book.japan, book.japan, book.korea))(), book.chance
    core = client.brand + client.trade
    if chance.random() < 0.4:
        return both(book, client, client.name(), client.english, "")
    form = {"japan": ("（株）", "㈱", "(株)", ""), "korea": ("(주)", "㈜", "")}[client.kind]
    sign = chance.choice(form)
    return both(
        book,
        client,
        client.name(),
        chance.choice((core + sign, sign + core, f"株式会社 {core}" if client.kind == "japan" else f"주식회사 {core}")),
    )


def licence_and_sign(book: Book) -> tuple[Row, ...]:
    """A shop as on its licence and as over its door, and a number."""
    client, chance = book.shop(), book.chance
    owner = client.people[0].name
    other = chance.choice((f"{client.brand}{client.trade}", f"{client.town}{client.brand}{client.trade}", f"{client.brand}{client.trade[:2]}",
                           f"{client.place}{owner[0]}老板（{client.brand}{client.trade[:2]}）", f"{client.town}市{client.district}{client.name()}"))  # fmt: skip
    return both(book, client, client.name(), other, "mobile phone" if client.district not in other else None)


def department(book: Book) -> tuple[Row, ...]:
    """A department of his stands in the name: it buys, he pays."""
    client, chance = book.chance.choice((book.company, book.company, book.body, book.abroad))(), book.chance
    if client.kind == "abroad":
        return both(
            book,
            client,
            client.name(),
            client.name() + chance.choice((", Purchasing Dept.", " - Accounts Payable", " (Warehouse)", " / R&D")),
        )
    parts = ("采购部", "财务部", "设备科", "生产部", "仓库", "-技术部", "（二车间）", " 行政部", "（研发中心）", "物资科")
    part = chance.choice(("采购办", "财务科", "设备科", "总务处", "（后勤）", "办公室") if client.kind == "body" else parts)
    return both(book, client, client.name(), client.name() + part)


def address_for_name(book: Book) -> tuple[Row, ...]:
    """Nobody asked for the name: his web address or his mailbox stands in its place."""
    while not (client := book.chance.choice((book.company, book.abroad, book.taiwan))()).domain:
        pass
    name = book.chance.choice((client.domain, f"www.{client.domain}", f"http://www.{client.domain}/", f"info@{client.domain}"))
    return both(book, client, client.name(), name, "host")


def cells_mistaken(book: Book) -> tuple[Row, ...]:
    """A sheet's columns were taken for one another: name and short name, telephone and mobile, or the number went into the name."""
    client, chance = book.company(), book.chance
    first, second = both(book, client, client.name(), client.name())
    tie(book, client, (first, second), "mobile phone")
    way = chance.randrange(3)
    if way == 0:
        second["name"], second["short_name"] = client.short(), client.name()
    elif way == 1:
        second["phone"], second["mobile"], second["name"] = second["mobile"], second["phone"], client.name(trade=client.line)
    else:
        first["mobile"] = client.people[0].mobile
        second["name"], second["mobile"], second["phone"] = f"{client.short()} {first['mobile']}", "", ""
    return first, second


def two_numbers(book: Book) -> tuple[Row, ...]:
    """Two numbers in one cell, of which the other line has one; the name is short in one of them."""
    client, chance = book.company(rare=book.chance.random() < 0.6), book.chance
    first, second = both(book, client, client.name(), chance.choice((client.short(), client.name(form=""))))
    mobiles = [person.mobile for person in client.people[:2]]
    first["phone"], first["mobile"] = (
        chance.choice(("/", ";", "、", " ", ",")).join((f"{client.phones[0][0]}-{client.phones[0][1]}", mobiles[0])),
        "",
    )
    second["phone"], second["mobile"] = chance.choice(
        ((f"{client.phones[0][0]}{client.phones[0][1]}", ""), ("", mobiles[0]), ("", "/".join(mobiles)))
    )
    return first, second


def accents_guessed(book: Book) -> tuple[Row, ...]:
    """Heard on the telephone: a family's name without accents and with a letter as it sounds, and a number."""
    client, chance = book.abroad(family=True), book.chance
    name = plain(client.name())
    for said_so, written in (
        ("ck", "k"),
        ("ph", "f"),
        ("ll", "l"),
        ("tt", "t"),
        ("ss", "s"),
        ("th", "t"),
        ("rr", "r"),
        ("ie", "y"),
        ("nn", "n"),
        ("c", "k"),
    ):
        if said_so in name.split(" ")[0][1:]:
            name = name[0] + name[1:].replace(said_so, written, 1)
            break
    return both(book, client, client.name(), chance.choice((name, name.replace(client.form, "").strip())), "")


ORDINARY: tuple[Rule, ...] = (wrong_in_trade, wrong_in_trade, wrong_in_brand, wrong_in_brand, looked_wrong, two_turned, business_shortened, business_shortened, town_left_out, said,
                              said, chat_remark, address_in_name, renamed, in_english, two_tongues, spelled, cut_off, island_written, body_called, numerals,
                              fingers, words_shortened, joined_words, japan_written, licence_and_sign, department, address_for_name, cells_mistaken,
                              two_numbers, accents_guessed)  # fmt: skip
