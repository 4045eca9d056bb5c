"""Tokens of many records at once are the tokens of each."""

from __future__ import annotations

import random

import pytest

from crm_desktop.core import find
from crm_desktop.core.find.grams import tokens_of
from crm_desktop.core.find.many import tokens_by_column

TEXTS = (
    "", "华为技术有限公司", "長城汽車 重慶分公司", "Global Pacific Trading Co., Ltd.", "A座", "第7次", "7", "12", "123", "1234567890",
    "K0000123", "HT-2026-0052", "user123@example.com", "https://www.example.com/123", "ＡＢＣ（龍）Café", "人民路317号3楼", "行长",
    "展会上认识，要报价 12", "甲 乙 1 2  3 丙b丁", "①②½Ⅷ", "𠮷野家𠮷", "ひらがな", "Жуков", "한국", "😀 ok", "...", "z", "1a2b3c", "a1",
    "a 1 甲", "〇三", "x" * 45, "长" * 310, "note " * 200, "13800138000 " * 40, "مرحبا", "a\x01b\x01c", "甲\x002", "ß", "ﬀ", "1 a", "单于",
)  # fmt: skip
PHONES = (
    "", "13800138000", "+86 138-0013-8000", "0086 13800138000", "010-65479012", "010-6547 9012; 138 0013 8000", "１３８，８６", "8", "86",
    "861", "86138", "4008-800-800转12", "138\n139", "13800138000/13900139000", "12\x003", "861380013800086138001380",
)  # fmt: skip
SIGNS = "华长行重厦单A b1 23-@,，、号 ０９é龍\n"


def docs(rows: list[tuple[str, ...]]) -> list[find.Doc]:
    return [
        find.Doc(number, (name, more), (text, other), (phone, fax), number % 3 or None, 7 if number % 2 else None)
        for number, (name, more, text, other, phone, fax) in enumerate(rows)
    ]


def by_column(told: list[find.Doc]) -> list[str]:
    def columns(name: str) -> list[list[str]]:
        return [list(column) for column in zip(*[getattr(doc, name) for doc in told], strict=True)]

    owners, departments = [doc.owner for doc in told], [doc.department for doc in told]
    ids = [doc.id for doc in told]
    return tokens_by_column(find.Said(ids, columns("names"), columns("texts"), columns("phones"), owners, departments))


def demand_the_same(told: list[find.Doc]) -> None:
    for doc, tokens in zip(told, by_column(told), strict=True):
        assert set(tokens.split(" ")) == set(tokens_of(doc).split(" ")), doc


@pytest.mark.parametrize("step", [1, 5, 11])
def test_each_sort_of_text_has_the_tokens_it_has_alone(step: int) -> None:
    def some(texts: tuple[str, ...], place: int, count: int) -> tuple[str, ...]:
        return tuple(texts[(place + step * more) % len(texts)] for more in range(count))

    rows = [some(TEXTS, place, 4) + some(PHONES, place, 2) for place in range(len(TEXTS) * 3)]
    demand_the_same(docs(rows))


def test_so_has_a_column_whose_texts_repeat() -> None:
    demand_the_same(
        docs([("上海" if place % 9 else "重庆", "", "A级", "客户甲" * (place % 3), "", "12") for place in range(200)])
    )


def test_so_has_any_text() -> None:
    chance = random.Random(5)
    rows = [tuple("".join(chance.choices(SIGNS, k=chance.randrange(14))) for _text in range(6)) for _row in range(1500)]
    demand_the_same(docs(rows))


def test_a_column_of_signs_alone_that_repeat_has_no_tokens() -> None:
    """Control characters, or nothing but punctuation, in several rows."""
    signs = ["\x0b", "--", "\x0b", "--", "\x0b", "--"]
    found = tokens_by_column(find.Said(list(range(6)), [], [signs], [], [None] * 6, [None] * 6))
    assert found == [""] * 6


def test_one_record_and_columns_of_nothing() -> None:
    demand_the_same(docs([("华为", "", "", "", "", "")]))
    told = tokens_by_column(find.Said([1, 2], [], [["", ""]], [["", "1"]], [None, 4], [None, None]))
    assert told == ["", "izzz o0004"]
