"""Hebrew and Arabic stand on paper as they are read."""

import pytest

from crm_desktop.printing.righttoleft import reads_right_to_left, visual


def test_latin_and_chinese_are_left_alone():
    for text in ("Suzhou 215021", "苏州（Suzhou）", ""):
        assert not reads_right_to_left(text)
        assert visual(text) == text


def test_hebrew_runs_from_the_right():
    assert visual("שלום") == "םולש"
    assert visual("שלום עולם") == "םלוע םולש"


@pytest.mark.parametrize(
    ("logical", "seen"),
    [
        ("רחוב 12", "12 בוחר"),
        ("Tel Aviv תל אביב 61000", "Tel Aviv 61000 ביבא לת"),
        ("No. 5 רחוב", "No. 5 בוחר"),
        ("(שלום)", "(םולש)"),
        ("שלום ABC עולם", "םלוע ABC םולש"),
        ("שלום New York 5 עולם", "םלוע New York 5 םולש"),
    ],
)
def test_numbers_and_latin_words_keep_their_order(logical, seen):
    assert visual(logical) == seen


def test_arabic_letters_are_joined():
    # beh + yeh + teh: initial, medial, final, and then from right to left.
    assert visual("بيت") == "\ufe96\ufef4\ufe91"
    # alef joins only to the letter before it.
    assert visual("باب") == "\ufe8f\ufe8e\ufe91"


def test_lam_alef_is_one_letter():
    assert visual("لا") == "\ufefb"
    assert visual("بلا") == "\ufefc\ufe91"
