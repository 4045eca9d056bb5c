"""One customer twice, and any clerk sees it at once: the easy pairs of the sixth labelled set."""

# ruff: noqa: E501
from __future__ import annotations

import re

from benchmarks.labelled.judging import Row
from benchmarks.labelled.offices import plain
from benchmarks.labelled.sixth_clients import Book, Client
from benchmarks.labelled.sixth_words import TOWNS
from benchmarks.labelled.sixth_writing import Rule, both, called

FORM = re.compile("股份有限公司$|有限责任公司$|集团有限公司$|有限公司$|（个体工商户）$")


def anybody(book: Book) -> Client:
    """Whoever has a name that leaves no doubt."""
    return book.chance.choice(
        (book.company, book.company, book.company, book.taiwan, book.hongkong, book.abroad, book.body, book.shop)
    )()


def imported_twice(book: Book) -> tuple[Row, ...]:
    """The same sheet, or a colleague's, came in once more."""
    client = anybody(book)
    return both(book, client, client.name(), client.name())


def pasted(book: Book) -> tuple[Row, ...]:
    """Copied from a mail, a web page, a sheet: signs came along."""
    client, chance = anybody(book), book.chance
    name = client.name()
    other = chance.choice((
        f"{name}。", f"“{name}”", f"{name},", f"·{name}", f"{name}_x000D_", f"公司名称：{name}", f"客户：{name}", f"{chance.randrange(1, 60)}、{name}",
        f"{name}（盖章）", f"\u200b{name}", name.replace("&", "&amp;") if "&" in name else f"'{name}", f"{name} ;", f"致：{name}", f"《{name}》",
    ))  # fmt: skip
    return both(book, client, name, other)


def form_left_out(book: Book) -> tuple[Row, ...]:
    """Who types does not type 有限公司, or Ltd, once more."""
    while (client := book.chance.choice((book.company, book.company, book.taiwan, book.hongkong, book.abroad))()).form == "厂":
        pass
    return both(book, client, client.name(), client.name(form="") if client.kind == "abroad" else FORM.sub("", client.name()))


def form_as_known(book: Book) -> tuple[Row, ...]:
    """有限责任公司 for 有限公司, 股份公司, 公司; Limited for Ltd."""
    while (client := book.chance.choice((book.company, book.company, book.abroad))()).form in ("厂", "集团有限公司"):
        pass
    if client.kind == "abroad":
        forms = {"Ltd": "Limited", "Limited": "Ltd.", "plc": "PLC", "Inc.": "Incorporated", "LLC": "L.L.C.", "Corp.": "Corporation", "GmbH": "G.m.b.H.",
                 "GmbH & Co. KG": "GmbH + Co KG", "AG": "Aktiengesellschaft", "SARL": "S.A.R.L.", "S.A.": "SA", "S.r.l.": "Srl", "S.p.A.": "SPA", "S.L.": "SL",
                 "B.V.": "BV", "N.V.": "NV", "Pvt. Ltd.": "Private Limited", "Private Limited": "(P) Ltd", "Co., Ltd": "Company Limited",
                 "Pty Ltd": "Pty. Limited", "Pty Limited": "P/L", "Company, Inc.": "Co Inc", "JSC": "Joint Stock Company", "SAS": "S.A.S."}  # fmt: skip
        return both(book, client, client.name(), client.name(form=forms.get(client.form, "")))
    return both(
        book,
        client,
        client.name(),
        client.name(form=book.chance.choice([form for form in ("有限责任公司", "有限公司", "公司") if form != client.form])),
    )


def brackets(book: Book) -> tuple[Row, ...]:
    """The place in brackets of every fashion, or without any."""
    client, chance = book.company(), book.chance
    place = client.place.removesuffix("市")
    client_name = client.name(place=place, layout=chance.choice(("bPtf", "btPf")), form="有限公司")
    pair = chance.choice(("()", "( )", "[]", "【】", "〔〕", "--", "  ", "((")).ljust(2)
    other = client_name.replace("（", pair[0]).replace("）", ")" if pair == "((" else pair[-1])
    return both(book, client, client_name, other)


def province_before(book: Book) -> tuple[Row, ...]:
    """省, 市 and district before the name, or one of them less."""
    client, chance = book.company(), book.chance
    town = client.town
    province = TOWNS[town][0]
    first = client.name(place=town, layout="pbtf")
    whole = [f"{town}市", f"{province}{town}", f"{province}省{town}市", f"中国{town}", f"{town}市{client.district}"]
    if province == town:
        whole = [f"{town}市", f"中国{town}", f"{town}市{client.district}"]
    return both(book, client, first, client.name(place=chance.choice(whole), layout="pbtf"))


def marked(book: Book) -> tuple[Row, ...]:
    """What a colleague wants to remember about a customer stands behind the name."""
    client, chance = anybody(book), book.chance
    note = chance.choice(("（停用）", "-已流失", "【重点】", "(老客户)", "*", "★", "（欠款）", "（款到发货）", " VIP", "(月结60天)", "（新）", "-展会", "（勿扰）", "（A类）",
                          "—转介绍", " 2019", "（2021年成交）", "[重复]", "(测试)", "(原小刘客户)", "！！"))  # fmt: skip
    return both(book, client, client.name(), client.name() + note)


def numbered(book: Book) -> tuple[Row, ...]:
    """The number an older program gave him stands before the name."""
    client, chance = anybody(book), book.chance
    number = chance.randrange(1, 9999)
    before = chance.choice(
        (f"C{number:05} ", f"K{number:04}-", f"[{number:04}]", f"{number:06}_", f"客{number:03} ", f"{number:04} ")
    )
    return both(book, client, before + client.name(), client.name())


def whose(book: Book) -> tuple[Row, ...]:
    """Two teams' lists made one: whose customer he was, or the region, stands beside the name."""
    client, chance, owner = anybody(book), book.chance, book.who()
    note = chance.choice(
        (
            f"（{owner}）",
            f"-{owner}",
            f"（{owner[0]}经理跟进）",
            "（华东区）",
            "-华南",
            "（二部）",
            " - Team B",
            "（销售一部）",
            f"@{owner}",
            "（渠道）",
        )
    )
    return both(book, client, client.name(), client.name() + note)


def capitals(book: Book) -> tuple[Row, ...]:
    """An English name as the bank, the customs and the colleague write it."""
    client, chance = book.chance.choice((book.abroad, book.abroad, book.taiwan, book.hongkong, book.company))(), book.chance
    name = client.english or client.name()
    other = chance.choice(
        (
            name.upper(),
            name.lower(),
            re.sub(r"[.,]", "", name),
            name.upper().replace(", LTD.", ",LTD"),
            name.replace(" ", "  "),
            f"{name}.",
        )
    )
    return both(book, client, name, other)


def without_accents(book: Book) -> tuple[Row, ...]:
    """A keyboard without those letters."""
    while (client := book.abroad()) and plain(client.name()) == client.name():
        pass
    name = client.name()
    german = name.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}))
    return both(book, client, name, book.chance.choice((plain(name), plain(name), german)))


def other_half(book: Book) -> tuple[Row, ...]:
    """Full-width letters, a wide blank, a blank within: an input method's habits."""
    client, chance = book.company(), book.chance
    name, at = client.name(), chance.randrange(1, 6)
    wide = name.replace("（", "(").replace("）", ")")
    return both(
        book,
        client,
        name,
        chance.choice((f"{name[:at]} {name[at:]}", f"{name[:at]}\u3000{name[at:]}", f"　{name}", " ".join(wide))),
    )


def contact_behind(book: Book) -> tuple[Row, ...]:
    """Whom to ask for, behind the whole name."""
    client, chance = book.chance.choice((book.company, book.company, book.body, book.shop, book.taiwan))(), book.chance
    who = called(client.people[0], chance)
    return both(
        book,
        client,
        client.name(),
        client.name() + chance.choice((f" {who}", f"-{who}", f"（{who}）", f"/{who}", f" 联系人：{who}", f"（{who}收）")),
    )


def same_code(book: Book) -> tuple[Row, ...]:
    """A card and an invoice: another short form of the name, and the tax number on both."""
    client, chance = book.company(rare=book.chance.random() < 0.5), book.chance
    return both(book, client, client.name(), client.name(trade=chance.choice((client.trade, client.line)), form="", place=chance.choice(("", client.town)),
                                                       layout="pbtf"), "code")  # fmt: skip


def same_mobile(book: Book) -> tuple[Row, ...]:
    """A short name and the whole one, with one mobile number or mailbox."""
    client = book.chance.choice((book.company, book.company, book.taiwan))()
    return both(book, client, client.name(), client.short(), "mobile box")


def person_again(book: Book) -> tuple[Row, ...]:
    """A person, with and without how one calls him, and his number."""
    client, chance = book.person(), book.chance
    name = client.brand
    other = chance.choice(
        (name, f"{name}先生", f"{name[0]}{chance.choice(('总', '老板', '姐', '哥'))}", f"{name}（个人）", f"个人-{name}")
    )
    return both(book, client, name, other if other == name or book.new(f"person {other}") else name, "mobile")


EASY: tuple[Rule, ...] = (imported_twice, imported_twice, pasted, form_left_out, form_left_out, form_as_known, brackets, province_before, marked, numbered, whose,
                          capitals, without_accents, other_half, contact_behind, same_code, same_mobile, person_again)  # fmt: skip
