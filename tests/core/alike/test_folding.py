"""Names that need no folding are told from those that do."""

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.core.alike import beside, blocking
from crm_desktop.core.alike.folding import folded, plain
from crm_desktop.core.find import pinyin

SIGNS = "恒泰科技有限公司第一分营业部深圳市龍業ＡAaé（）· 1々㈜한"


def test_every_chinese_character_that_is_plain_is_folded_to_itself() -> None:
    letters = [chr(code) for code in range(0x4E00, 0xA000)]
    assert [letter for letter in letters if plain(letter)] == [letter for letter in letters if folded(letter) == (letter, ())]
    assert not any(map(plain, pinyin.simplified()))


@given(st.text(st.sampled_from(SIGNS), min_size=1, max_size=14))
def test_a_plain_name_is_its_own_fold_and_has_the_same_keys(name: str) -> None:
    if plain(name):
        assert folded(name) == (name, ())
        assert blocking.keys_of_chinese(name) == blocking.keys_of(name)
        if beside.alone(name):
            assert beside.names(name) == (name,)


def test_long_names_and_other_scripts_are_not_plain() -> None:
    assert plain("恒泰科技有限公司") and plain("恒" * 120)
    for name in ("恒" * 121, "TCL科技", "恒泰 科技", "恒泰（深圳）", "恆泰科技", "한성정밀", ""):
        assert not plain(name), name
