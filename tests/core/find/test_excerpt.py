"""A hit shows why it was found, and any label answers to its pinyin."""

from __future__ import annotations

import pytest

from crm_desktop.core.find import excerpt, filtered, parse, said_by
from crm_desktop.core.find.grams import Doc

DOC = Doc(
    1,
    ("华为技术有限公司", "Huawei"),
    ("年度框架谈判，客户需要两台样机，下周三之前送到南京工厂再签合同，其余条款不变，付款方式照旧，交货地点另行商定", "HT-2026-0099"),
    ("0755-2878 0808", "+86 138 0013 8000"),
)


def marked(text: str) -> tuple[str, list[str]]:
    piece, spans = excerpt(parse(text), DOC)
    return piece, [piece[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("样机", ["样机"]),
        ("樣機", ["样机"]),
        ("0099", ["0099"]),
        ("ht2026", ["HT-2026"]),
        ("28780808", ["2878 0808"]),
        ("13800138", ["138 0013 8"]),
        ("huawei", ["Huawei"]),
    ],
)
def test_the_piece_that_matched_is_shown(asked: str, parts: list[str]) -> None:
    assert marked(asked)[1] == parts


def test_a_long_note_is_cut_around_it() -> None:
    piece, _parts = marked("样机")
    assert piece.startswith("…") and piece.endswith("…") and len(piece) < 50


@pytest.mark.parametrize("asked", ["华为", "hwjs", "技术", "nothing", ""])
def test_what_the_title_shows_needs_no_piece(asked: str) -> None:
    assert marked(asked)[1] in ([], ["Huawei"])


@pytest.mark.parametrize("asked", ["su", "suzhou", "sz", "苏", "蘇州", "ＳＺ"])
def test_a_label_answers_to_its_sound(asked: str) -> None:
    assert said_by(parse(asked), "苏州") is not None


def test_labels_are_offered_the_best_first() -> None:
    labels = ["新建客户", "导出客户", "打印标签", "客户"]
    assert labels[filtered(parse("kehu"), labels)[0]] == "客户"
    assert filtered(parse("dybq"), labels) == [2]
    assert filtered(parse("xyz"), labels) == []


def test_line_ends_and_tabs_are_blanks() -> None:
    piece, spans = excerpt(parse("龙门"), Doc(1, ("甲",), ("第一行\n第二\t龙门\r\n完",)))
    assert piece == "第一行 第二 龙门  完" and [piece[start:end] for start, end in spans] == ["龙门"]
