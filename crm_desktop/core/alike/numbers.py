"""Phones, mail addresses and tax numbers in the shape in which they are compared."""

from __future__ import annotations

import re

from crm_desktop.core.find.fold import fold
from crm_desktop.core.find.grams import phone_digits

_ENDS = re.compile(r"[;；,，、/|\n]|\s{2,}")
_EXTENSION = re.compile(r"(?:转|轉|分机|分機|內線|内线|ext\.?|extension|x|#).*$", re.IGNORECASE)
_LANDLINE = re.compile(r"0[1-9][0-9]{1,2}-[1-9][0-9]{6,7}")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MAIL = re.compile(r"[^\s;,；，、<>]+@[^\s;,；，、<>]+\.[^\s;,；，、<>]+")
_NO_SIGN = re.compile(r"[^0-9A-Z]")
_LEAST = 7  # digits: shorter ones are extensions and service numbers
_LEAST_CODE = 8
_CREDIT_CODE = 18
_FILLER = "12345678901234567890"
# Typed where a form demands a number.
_NOBODYS = frozenset(("13800138000", "13800000000", "13900000000", "13888888888", "13999999999"))
_HOTLINE = re.compile(r"[48]00\d{7}")


def digits(text: str) -> tuple[str, ...]:
    """The digits of each number in a field, without +86 and extensions."""
    parts = _ENDS.split(text) if not text.isdigit() else (text,)
    # What has stars in it is hidden from who reads it.
    found = (phone_digits(part if part.isdigit() else _EXTENSION.sub("", part)) for part in parts if "*" not in part)
    return tuple(filter(None, found))


def phones(text: str) -> tuple[str, ...]:
    """The same without those that are none (00000000, 12345)."""
    if len(text) == 11 and text.isascii() and text.isdigit() and _MOBILE.fullmatch(text):  # the quick way for most
        return (text,) if len(set(text[-_LEAST:])) > 2 and text not in _NOBODYS else ()
    if _LANDLINE.fullmatch(text):
        return (text.replace("-", ""),) if len(set(text[-_LEAST:])) > 2 else ()
    return tuple(
        one for one in digits(text)
        if len(one.lstrip("0")) >= _LEAST and len(set(one[-_LEAST:])) > 2 and not _FILLER.startswith(one) and one not in _NOBODYS
    )  # fmt: skip


def is_hotline(digits: str) -> bool:
    """Whether these digits are a 400 or 800 number: of a call centre, or of all branches of a company."""
    return bool(_HOTLINE.fullmatch(digits))


def is_mobile(digits: str) -> bool:
    """Whether these digits are a Chinese mobile number: one person's, not a switchboard's."""
    return bool(_MOBILE.fullmatch(digits))


def same_phone(one: str, other: str) -> bool:
    """Whether two numbers are one, also when one of them lacks its area code."""
    if one == other:
        return True
    short, long = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    return (long.endswith(short) or _grown(short, long)) and not is_mobile(long)


def _grown(short: str, long: str) -> bool:
    """Whether seven digits became eight: a city puts one before all its numbers. Both are without the 0 of the area code."""
    return len(long) == len(short) + 1 and long[-_LEAST:] == short[-_LEAST:] and short[:-_LEAST] == long[: -_LEAST - 1]


def phone_key(digits: str) -> str:
    """What numbers that may be one have in common."""
    return digits if is_mobile(digits) else digits[-_LEAST:]


def mails(text: str) -> tuple[str, ...]:
    """The addresses in a field, in small letters."""
    return tuple(dict.fromkeys(found.casefold() for found in _MAIL.findall(text) if "*" not in found))


def codes(text: str) -> tuple[str, ...]:
    """A tax number or credit code: its letters and digits."""
    code = text.upper() if text.isascii() and text.isalnum() else _NO_SIGN.sub("", fold(text).upper())
    return (code,) if len(code) >= _LEAST_CODE and len(set(code)) > 2 else ()


def code_key(code: str) -> str:
    """What codes of one company have in common: the middle of a credit code is the tax number it had before 2015."""
    return code[2:17] if len(code) == _CREDIT_CODE else code
