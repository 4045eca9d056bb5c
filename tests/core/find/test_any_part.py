"""Any part of a name finds it, whatever the name is made of."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm_desktop.core.find import Doc, sort_key, squeeze
from tests.core.find.small_index import SmallIndex

LETTERS = st.one_of(
    st.sampled_from("华为技术有限公司上海重庆长安单曾行都藏龍騰傳媒"),
    st.sampled_from("abcdxyzABCZ"),
    st.sampled_from("0123456789"),
    st.sampled_from(" -_.,()（）／·&'\"*%\\"),
    st.sampled_from("éÉßøçñüЖжкかカ漢한국ａＺ１㈱①ﬁ🌟\u200d\u0301"),
    st.characters(codec="utf-8"),
)


@st.composite
def names_and_parts(draw: st.DrawFn) -> tuple[list[str], str, str]:
    """Some names, one of them, and a part of that one."""
    names = draw(st.lists(st.text(LETTERS, min_size=1, max_size=25), min_size=1, max_size=5))
    name = draw(st.sampled_from(names))
    start = draw(st.integers(0, len(name) - 1))
    end = draw(st.integers(start + 1, len(name)))
    return names, name, name[start:end]


@settings(max_examples=400, deadline=None)
@given(names_and_parts())
@example((["xa1y"], "xa1y", "a1"))
@example((["ax yb"], "ax yb", "x y"))
@example((["ax yb"], "ax yb", "x yb"))
@example((["华为ABB中国"], "华为ABB中国", "B中"))
@example((["1 2"], "1 2", "1 2"))
def test_every_part_of_a_name_finds_it(sought: tuple[list[str], str, str]) -> None:
    names, name, part = sought
    if len(squeeze(part)) < 2:
        return
    index = SmallIndex()
    index.add(*(Doc(number, (one,)) for number, one in enumerate(names, 1)))
    assert name in index.find(part)
    index.close()


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_no_query_is_an_error(text: str) -> None:
    index = SmallIndex()
    index.add(Doc(1, ("华为 Technology 138-0013",)))
    index.find(text)
    index.close()


@given(st.text(max_size=200))
def test_sort_keys_are_short_ascii_and_stable(name: str) -> None:
    key = sort_key(name)
    assert key.isascii()
    assert len(key) <= 40
    assert key == key.lower()
    assert " " not in key
    assert key == sort_key(name)
