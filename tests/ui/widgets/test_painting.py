"""Colours, fonts and the small decisions of painting."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from crm_desktop.ui.shell import icons, theme, tokens
from crm_desktop.ui.shell.places import cache, resources
from crm_desktop.ui.widgets import painting
from crm_desktop.ui.widgets.labels import Label, plain_tip

TEXT_PAIRS = [
    pair.split(" on ")
    for pair in (
        "text on bg",
        "text on surface",
        "text on raised",
        "text on sel",
        "text2 on surface",
        "text2 on sidebar",
        "text3 on surface",
        "on_accent on accent",
        "accent_text on accent_bg",
        "accent_text on surface",
        "snack_text on snack",
        "snack_accent on snack",
        "bad on surface",
        "warn on surface",
    )
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
def test_every_text_can_be_read(scheme: dict[str, str]) -> None:
    pairs = TEXT_PAIRS + [[tone, f"{tone}_bg"] for tone in tokens.TONES if tone != "accent"]
    weak = [(text, ground) for text, ground in pairs if contrast(scheme[text], scheme[ground]) < 4.5]
    assert not weak


def test_both_themes_name_the_same_colours() -> None:
    assert tokens.LIGHT.keys() == tokens.DARK.keys()


def test_a_colour_is_made_once_and_changes_with_the_theme(dressed: QApplication) -> None:
    light = theme.colour("text")
    assert theme.colour("text") is light
    heard = []
    theme.changed.connect(lambda: heard.append(theme.colour("text").name()))
    theme.choose("dark")
    assert heard == ["#e6e9ee"]
    assert theme.dark()
    theme.choose("light")
    assert theme.colour("text") == light


def test_ui_size_scales_fonts_and_lengths_but_not_hair_lines(dressed: QApplication) -> None:
    theme.apply(dressed, "light", "en", 130)
    assert theme.px(36) == 47
    assert theme.font("title").pixelSize() == 23
    assert "border: 1px solid" in dressed.styleSheet()
    assert "min-height: 39px" in dressed.styleSheet()
    theme.apply(dressed, "light", "en", 100)


def test_english_quotes_are_narrow_where_only_a_chinese_font_is_installed(dressed: QApplication) -> None:
    narrow = QFont.Tag("palt")
    theme.apply(dressed, "light", "en", 100)
    theme.apply(dressed, "light", "zh_CN", 100)
    assert dressed.font().featureValue(narrow) == 0
    theme.apply(dressed, "light", "en", 100)
    assert dressed.font().featureValue(narrow) == 1 and theme.font("title").featureValue(narrow) == 1


def test_the_style_sheet_writes_only_into_the_cache(dressed: QApplication) -> None:
    sheet = dressed.styleSheet()
    assert cache().as_posix() in sheet
    assert resources().as_posix() not in sheet
    assert "$" not in sheet


def test_following_the_system(dressed: QApplication) -> None:
    theme.choose("system")
    assert theme.scheme() == "system"
    assert theme.dark() in (True, False)
    theme.choose("light")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("苏州润邦汽车零部件科技有限公司", "润"),
        ("王丽", "王"),
        ("上海市明达", "明"),
        ("Acme Trading Ltd", "AT"),
        ("ops", "OP"),
        ("石家庄钢铁", "钢"),
        ("上海", "上"),
        ("", "?"),
        ("  ", "?"),
    ],
)
def test_the_letter_of_an_avatar(name: str, shown: str) -> None:
    assert painting.initial(name) == shown


def test_a_name_keeps_its_colour() -> None:
    assert painting.tone_for("王丽") == painting.tone_for("王丽")
    assert {painting.tone_for(chr(sign)) for sign in range(0x4E00, 0x4E20)} == set(tokens.AVATAR_TONES)


def test_icons_are_sharp_at_every_scale(dressed: QApplication) -> None:
    for ratio in (1.0, 1.25, 2.0):
        picture = icons.icon("users").pixmap(QRect(0, 0, 16, 16).size(), ratio)
        assert picture.width() == round(16 * ratio)
        assert picture.deviceIndependentSize().width() == pytest.approx(16, abs=0.5)


def test_every_icon_named_in_the_code_exists() -> None:
    for name in ("users", "star", "minus", "triangle-alert", "circle-question-mark"):
        assert (resources() / "icons" / f"{name}.svg").exists()
    assert "ISC" in (resources() / "icons" / "LICENSE").read_text(encoding="utf-8")


def test_marks_never_lose_a_letter(dressed: QApplication) -> None:
    picture = QPixmap(300, 40)
    picture.fill(theme.colour("surface"))
    painter = QPainter(picture)
    plain = theme.metrics("body", tokens.MEDIUM).horizontalAdvance("广州明达汽车")
    assert painting.marked(painter, QRect(0, 0, 300, 40), "广州明达汽车", [(2, 4), (3, 99), (-5, 1)]) == plain
    painter.end()


def test_names_are_not_taken_for_html(dressed: QApplication) -> None:
    label = Label("<b>Bold & Sons</b>")
    assert label.textFormat().name == "PlainText"
    assert QLabel().textFormat() != label.textFormat()
    assert plain_tip("<img src=x>") == "<span>&lt;img src=x&gt;</span>"
    assert plain_tip("a & b") == "a & b"


def test_none_is_not_used_up_by_qt_calls() -> None:
    """PySide6 6.12.0 on Python 3.11 dropped one reference of None per call and aborted after some
    thousand."""
    point = QPoint()
    before = sys.getrefcount(None)
    for _turn in range(1000):
        point.setX(1)
    assert sys.getrefcount(None) > before - 100
