"""The recovery phrase: the key itself, and mistakes in it told by group."""

from __future__ import annotations

import random

import pytest

from crm_desktop.core.errors import Invalid
from crm_desktop.database import recovery
from crm_desktop.database.recovery import GROUPS, SIGNS, groups_of, key_of, new_key, phrase_of

KEY = bytes(range(32))


def test_there_and_back() -> None:
    for _round in range(50):
        key = new_key()
        phrase = phrase_of(key)
        assert len(groups_of(phrase)) == GROUPS and key_of(phrase) == key


def test_as_people_type() -> None:
    typed = phrase_of(KEY).lower().replace(" ", "-").replace("o", "0").replace("i", "1").replace("b", "8")
    assert key_of(f"  {typed}\n") == KEY


@pytest.mark.parametrize("place", range(GROUPS * 4))
def test_a_wrong_sign_is_told_by_its_group(place: int) -> None:
    signs = "".join(groups_of(phrase_of(KEY)))
    for wrong in set(SIGNS) - {signs[place]}:
        typed = signs[:place] + wrong + signs[place + 1 :]
        with pytest.raises(Invalid) as told:
            key_of(typed)
        assert told.value.values["group"] == place // 4 + 1
        assert "{" not in told.value.sentence("en")


def test_several_mistakes_are_never_taken() -> None:
    dice = random.Random(3)
    signs = list("".join(groups_of(phrase_of(KEY))))
    told_wrongly = 0
    for _round in range(500):
        typed = signs[:]
        for place in (dice.randrange(0, 28), dice.randrange(28, 56)):
            typed[place] = dice.choice([sign for sign in SIGNS if sign != signs[place]])
        with pytest.raises(Invalid) as told:
            key_of("".join(typed))
        told_wrongly += told.value.text != recovery.WRONG_GROUPS
    assert told_wrongly < 50  # two mistakes can look like one elsewhere, seldom


@pytest.mark.parametrize(
    ("typed", "text"),
    [("", recovery.WRONG_LENGTH), ("ABCD EFGH", recovery.WRONG_LENGTH), ("9" + phrase_of(KEY)[1:], recovery.WRONG_SIGN)],
)
def test_what_is_no_phrase(typed: str, text: str) -> None:
    with pytest.raises(Invalid) as told:
        key_of(typed)
    assert told.value.text == text


def test_two_groups_in_the_wrong_order_are_no_phrase() -> None:
    groups = groups_of(phrase_of(KEY))
    groups[3], groups[7] = groups[7], groups[3]
    with pytest.raises(Invalid):
        key_of(" ".join(groups))
