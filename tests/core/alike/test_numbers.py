"""Phones, mails and tax numbers that are one number, however they are written."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.core.alike import distance, numbers, person


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("138-1234-5678", ("13812345678",)),
        ("+86 138 1234 5678", ("13812345678",)),
        ("０７５５－２８７８０８０８", ("075528780808",)),
        ("0755-28780808 转 801", ("075528780808",)),
        ("13812345678；13987654321", ("13812345678", "13987654321")),
        ("王经理13812345678（微信同号）", ("13812345678",)),
        ("13812345678 13987654321", ("13812345678", "13987654321")),
        ("13812345678.0", ("13812345678",)),
        ("013812345678", ("13812345678",)),
        ("0755-28780808*203", ("075528780808",)),
        ("138****5678", ()),
        ("+1 (415) 778-7649", ("4157787649",)),
        ("li.na@example.com", ()),
        ("91440300708461136T", ()),
        ("110", ()),
        ("00000000", ()),
        ("12345678", ()),
        ("", ()),
        ("无", ()),
    ],
)
def test_phones(text: str, digits: tuple[str, ...]) -> None:
    assert numbers.phones(text) == digits


def test_a_number_without_its_area_code_is_the_same() -> None:
    (long,), (short,) = numbers.phones("0755-28780808"), numbers.phones("28780808")
    assert numbers.same_phone(long, short) and numbers.phone_key(long) == numbers.phone_key(short)
    (abroad,), (home,) = numbers.phones("+86 755 28780808"), numbers.phones("0755 2878 0808")
    assert numbers.same_phone(abroad, home) and numbers.phone_key(abroad) == numbers.phone_key(home)
    (mobile,), (tail,) = numbers.phones("13812345679"), numbers.phones("12345679")
    assert not numbers.same_phone(mobile, tail)


_NUMBERS = st.from_regex(r"(0[1-9][0-9]{1,2})?[1-9][0-9]{6,7}|1[3-9][0-9]{9}", fullmatch=True)
_WRITTEN = [
    lambda number: number.lstrip("0"), lambda number: "0" + number, lambda number: number[-7:], lambda number: number[-8:],
    lambda number: number + "801", lambda number: number[:-7] + "8" + number[-7:], lambda number: number[2:], lambda number: number,
]  # fmt: skip


@given(st.from_regex(r"(1[0-9]|0)[0-9]{2,3}-?[0158]{6,8}|[0-9AX]{2}[018A]{14,15}[0-9XY]{1,2}", fullmatch=True))
def test_what_is_written_as_most_is_has_the_key_that_is_made_with_care(text: str) -> None:
    with_care = [numbers.phone_key(one) for one in numbers.phones(f"{text} ")]  # a space behind it: not as most
    assert numbers.usual_phone_key(text) in ("", *with_care) and [numbers.phone_key(one) for one in numbers.phones(text)] == with_care
    assert numbers.usual_code_key(text) in ("", *map(numbers.code_key, numbers.codes(f"{text} ")))


def test_most_phones_and_codes_take_the_quick_way() -> None:
    written = ("13812345678", "0755-28780808", "010-2878080", "13800138000", "13811111111", "010-00000000", "28780808")
    assert list(map(numbers.usual_phone_key, written)) == ["13812345678", "8780808", "2878080", "", "", "", ""]
    assert numbers.usual_code_key("914403007084611365") == "708461136" and not numbers.usual_code_key("91350100M000100Y43")


@given(_NUMBERS, st.sampled_from(_WRITTEN), st.sampled_from(_WRITTEN))
def test_what_is_the_same_number_leaves_the_same_trace(number: str, one: Any, other: Any) -> None:
    here, there = ([digits for digits in (way(number),) if len(digits.lstrip("0")) > 6] for way in (one, other))
    if here and there and numbers.same_phone(*here, *there):
        assert {*numbers.phone_traces(here)} & {*numbers.phone_traces(there)}


def test_mails_and_codes() -> None:
    assert numbers.mails("Li <LI.NA@Example.com>; x") == ("li.na@example.com",)
    assert numbers.codes("91440300 708461136t") == numbers.codes("91440300708461136T") == ("91440300708461136T",)
    assert numbers.mails("li.na+crm@example.com") == numbers.mails("mailto:Li.Na ＠Example.com.") == ("li.na@example.com",)
    assert numbers.mails("test@test.com") == numbers.mails("无") == ()
    assert numbers.codes("税号：91440300708461136T（三证合一）") == ("91440300708461136T",)
    assert numbers.code_key("9144O3OO7O8461I36T") == numbers.code_key("91440300708461136T") == "708461136"
    assert numbers.codes("无") == numbers.codes("000000000") == ()


@pytest.mark.parametrize(("one", "other", "same"), [
    ("91440300708461136T", "440300708461136", True),  # the tax number it had before 2015
    ("91440300708461136T", "708461136", True),  # and what the organisation was called by
    ("440300708461136", "70846113-6", True),
    ("440300708461136", "310115708461136", False),
    ("DE801406497", "801406497", True),
    ("VAT GB 801 406 497", "GB801406497", True),
    ("統編12345670", "12345670", True),
    ("DE801406497", "DE801406498", False),
])  # fmt: skip
def test_a_tax_number_with_and_without_what_stands_around_it(one: str, other: str, same: bool) -> None:
    (here,), (there,) = numbers.codes(one), numbers.codes(other)
    assert numbers.same_code(here, there) is same and (numbers.code_key(here) == numbers.code_key(there) or not same)


def test_a_slip_in_a_code() -> None:
    good, another = "91440300708461136T", "91350100M000100Y43"
    assert numbers.is_credit_code(good)
    assert numbers.slipped(good, good[:9] + "7" + good[10:]) and numbers.slipped(good, good[:9] + good[10:])
    assert numbers.slipped(good, good[:9] + good[10] + good[9] + good[11:])
    assert not numbers.slipped(good, another) and not numbers.slipped("801406497", "801406498")


def test_an_extension_belongs_to_its_number_and_two_are_two() -> None:
    (board,), (one,), (two,) = map(numbers.phones, ("0755-28780808", "0755-28780808-801", "0755-28780808-233"))
    assert board in numbers.boards(one) and board in numbers.boards(two) and not numbers.boards(board)
    assert numbers.same_phone(board, one) and numbers.same_phone(two, board) and not numbers.same_phone(one, two)


def test_an_extension_of_taiwan() -> None:
    (board,), (one,) = numbers.phones("03 5609 2946"), numbers.phones("03-56092946-844")
    assert numbers.same_phone(board, one) and board in numbers.boards(one)
    assert {*numbers.phone_traces((board,))} & {*numbers.phone_traces((one,))}


@pytest.mark.parametrize(("one", "other"), [
    ("+49 (0)8423579969", "0049 8423 579969"), ("+82 (0)542711195", "0082542711195"), ("+81 (0)505155818", "+81 505 155 818"),
    ("+44 (0) 1632 960961", "+44-1632-960961"),
])  # fmt: skip
def test_a_number_abroad_is_one_with_and_without_its_zero(one: str, other: str) -> None:
    (here,), (there,) = numbers.phones(one), numbers.phones(other)
    assert numbers.same_phone(here, there) and numbers.phone_key(here) == numbers.phone_key(there)
    (elsewhere,) = numbers.phones(other.replace("8", "9").replace("1", "2"))
    assert not numbers.same_phone(here, elsewhere)


def test_a_credit_code_is_checked() -> None:
    assert numbers.is_credit_code("91440300708461136T")
    assert not numbers.is_credit_code("91440300708461137T"), "a slip"
    assert not numbers.is_credit_code("440300708461136") and not numbers.is_credit_code("9144O300708461136T")


@pytest.mark.parametrize(("number", "area"), [
    ("075528780808", "755"), ("02087654321", "20"), ("59138422950", "591"), ("13812345678", ""), ("28780808", ""), ("4008123123", ""),
])  # fmt: skip
def test_the_area_code(number: str, area: str) -> None:
    assert numbers.area(number) == area


@pytest.mark.parametrize(("text", "host"), [
    ("www.hengtai.com.cn", "hengtai.com.cn"), ("http://www.hengtai.com/", "hengtai.com"), ("info@hengtai.com", "hengtai.com"),
    ("li@qq.com", ""), ("Hengtai.Co.Ltd", ""), ("Hengtai hengtai.com", ""), ("St. Mary", ""), ("3.14", ""), ("", ""),
])  # fmt: skip
def test_an_address_in_place_of_a_name(text: str, host: str) -> None:
    assert numbers.site(text) == host


@pytest.mark.parametrize(("mail", "host"), [
    ("li@mail.hengtai.com.cn", "hengtai.com.cn"), ("li@hengtai.com", "hengtai.com"), ("li@qq.com", ""), ("li@vip.163.com", ""),
])  # fmt: skip
def test_the_domain_of_a_company(mail: str, host: str) -> None:
    assert numbers.host(mail) == host


@pytest.mark.parametrize("number", ["010-65479012", "0755-8765432", "0571-12345678", "010-66666666", "021-0000000", "0755-66667777"])
def test_a_plain_number_is_read_as_any_other(number: str) -> None:
    assert numbers.phones(number) == numbers.phones(f" {number} ")


@pytest.mark.parametrize(("one", "other"), [("王伟先生", "王偉"), ("Mr. John  Smith", "john smith"), ("李经理", "李经理")])
def test_the_same_person(one: str, other: str) -> None:
    assert person.parse(one) == person.parse(other)


def test_a_name_spelled() -> None:
    here, there, turned = person.parse("王伟"), person.parse("Wang Wei"), person.parse("Wei Wang")
    assert here and there and turned
    assert here.name != there.name and here.sound == there.sound == turned.sound


@given(st.text("abc", max_size=8), st.text("abc", max_size=8))
def test_distance_counts_slips(one: str, other: str) -> None:
    """Against the plain definition: letters changed, left out, put in, swapped with their neighbour."""

    @cache
    def plain(i: int, j: int) -> int:
        if min(i, j) == 0:
            return max(i, j)
        best = min(plain(i - 1, j) + 1, plain(i, j - 1) + 1, plain(i - 1, j - 1) + (one[i - 1] != other[j - 1]))
        if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
            best = min(best, plain(i - 2, j - 2) + 1)
        return best

    for most in (1, 2):
        assert distance.apart(one, other, most) == min(plain(len(one), len(other)), most + 1)
