"""Lines break where Chinese typesetting allows it; nothing gets lost."""

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.printing.letters import width
from crm_desktop.printing.wrapping import NOT_FIRST, NOT_LAST, pieces, shorten, wrap

TEXTS = st.text(alphabet="中文字，。：；！？）》”（《“ abcXYZ 1,234.50 -/@", max_size=120)


@given(TEXTS, st.floats(3, 40))
def test_no_line_is_too_wide_and_no_letter_is_lost(text, room):
    lines = wrap(text, room, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width(line) <= room or len(line) == 1


@given(TEXTS)
def test_pieces_are_the_text_again(text):
    assert "".join(pieces(text)) == text


@given(st.text(alphabet="中文字，。：；！？）》", max_size=80).filter(lambda text: "，，，" not in text))
def test_punctuation_starts_a_line_only_when_it_alone_is_wider_than_the_line(text):
    room = 12.0
    lines = wrap(text, room, width)
    longest = max((len(piece) for piece in pieces(text)), default=0)
    for line in lines[1:]:
        assert line[0] not in NOT_FIRST or longest > room


def test_full_width_punctuation_stays_with_its_word():
    for room in range(4, 12):
        lines = wrap("客户：苏州润邦（汽车零部件）有限公司，联系人：张海燕；电话：138。", room, width)
        assert all(line[0] not in NOT_FIRST for line in lines)
        assert all(line[-1] not in NOT_LAST for line in lines)


def test_amounts_and_words_stay_whole():
    lines = wrap("合同金额 ¥1,234,567.89 元 International Trade", 9, width)
    assert any("¥1,234,567.89" in line for line in lines)
    assert any("International" in line for line in lines)


def test_a_word_wider_than_the_line_is_broken_after_a_slash():
    lines = wrap("https://example.com/customers/suzhou-runbang/contacts", 12, width)
    assert all(width(line) <= 12 for line in lines)
    assert lines[0].endswith("/")


def test_line_ends_are_kept():
    assert wrap("一\n二\n\n三", 20, width) == ["一", "二", "", "三"]


def test_shorten_leaves_room_for_the_ellipsis():
    assert shorten("苏州润邦", 4, width) == "苏州润邦"
    cut = shorten("苏州润邦汽车", 4, width)
    assert cut == "苏州润…"
    assert width(cut) <= 4


def test_the_sign_of_a_currency_stays_with_its_amount():
    lines = wrap("赢单：33 个，¥ 14,511,000 · 赢单率", 12, lambda text: len(text))
    assert any("¥ 14,511,000" in line for line in lines)
    assert not [line for line in lines if line.endswith("¥")]
