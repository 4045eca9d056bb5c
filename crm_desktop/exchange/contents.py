"""Tells what a column holds where its heading does not: mobile numbers, phones, mails, web addresses, credit codes, days, regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from crm_desktop.core.alike import regions
from crm_desktop.exchange.cells import Cell, as_text
from crm_desktop.exchange.dates import order_of

_SURE = 0.8  # the share of a column's values that must look alike
_LEAST = 2

_MAIL = re.compile(r"[^@\s;,<>]+@[^@\s;,<>]+\.[A-Za-z]{2,}(\s*[;,；，、]\s*\S+@\S+)*")
_WEB = re.compile(r"(https?://|www\.)\S+|[a-z0-9-]+(\.[a-z0-9-]+)*\.(com|cn|net|org|tw|hk)(\.cn|\.tw|\.hk)?(/\S*)?", re.I)
_MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}")
_PHONE = re.compile(r"(\+\d{1,3})?0?\d{7,11}(ext\.?\d+)?|(\+\d{1,3})?0\d{9,11}|[48]00\d{7}|1[3-9]\d{9}")
_SEPARATORS = re.compile(r"[\s()（）\-–—./]+")
_DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(\s.*)?")
_CREDIT_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OUR_ID = re.compile(r"\d{15,19}")


def content_of(samples: Sequence[Cell]) -> str:
    """"mobile", "phone", "email", "website", "tax_no", "day", "region", or '' when the samples are of no such sort."""
    values = [value for value in samples if value is not None]
    if len(values) < _LEAST:
        return ""
    if _mostly(isinstance(value, date) for value in values) or order_of(values):
        return "day"
    texts = [as_text(value).strip() for value in values if not isinstance(value, (date, bool, float))]
    if len(texts) < _SURE * len(values):
        return ""
    for sort, looks in (("email", _is_mail), ("tax_no", is_credit_code), ("website", _is_web), ("mobile", _is_mobile)):
        if _mostly(looks(text) for text in texts):
            return sort
    if _mostly(_DAY.fullmatch(text) is not None for text in texts):
        return "day"
    if _mostly(_is_phone(text) for text in texts):
        return "phone"
    return "region" if are_regions(texts, alone=True) else ""


def are_regions(samples: Sequence[Cell], alone: bool = False) -> bool:
    """Whether these are places like 广东省深圳市南山区; alone: no heading says so."""
    return regions.are_regions([as_text(value) for value in samples if value is not None], alone)


def are_addresses(samples: Sequence[Cell]) -> bool:
    """Whether these are addresses that begin with their region: 广东省深圳市南山区科技园路1号."""
    return regions.are_addresses([as_text(value) for value in samples if value is not None])


def are_our_ids(samples: Sequence[Cell]) -> bool:
    """Whether these are ids this program has given."""
    values = [value for value in samples if value is not None]
    return bool(values) and all(_OUR_ID.fullmatch(as_text(value)) for value in values)


def are_words(samples: Sequence[Cell]) -> bool:
    """Whether these may be names: different texts with letters in them."""
    words = [value for value in samples if isinstance(value, str) and any(sign.isalpha() for sign in value)]
    return len(words) >= 0.9 * len(samples) and bool(words) and max(map(len, words)) <= 120


def in_the_past(samples: Sequence[Cell], today: date) -> bool:
    """Whether all the days are over."""
    days = [value.date() if isinstance(value, datetime) else value for value in samples if isinstance(value, date)]
    texts = [as_text(value)[:10].replace("/", "-") for value in samples if isinstance(value, str)]
    return all(day <= today for day in days) and all(text <= today.isoformat() for text in texts)


def is_credit_code(text: str) -> bool:
    """A unified social credit code (GB 32100-2015): 18 signs, the last one a check over the others, weights 3^n mod 31."""
    code = text.upper()
    if len(code) != 18 or any(sign not in _CREDIT_SIGNS for sign in code):
        return False
    total = sum(_CREDIT_SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return (31 - total % 31) % 31 == _CREDIT_SIGNS.index(code[17])


def _mostly(judged: Iterable[bool]) -> bool:
    found = list(judged)
    return sum(found) >= _SURE * len(found)


def _is_mail(text: str) -> bool:
    return _MAIL.fullmatch(text) is not None


def _is_web(text: str) -> bool:
    return _WEB.fullmatch(text) is not None


def _is_mobile(text: str) -> bool:
    return _MOBILE.fullmatch(_SEPARATORS.sub("", text)) is not None


def _is_phone(text: str) -> bool:
    """With its area code, or written as people write numbers: a bare row of seven digits may be anything."""
    bare = _SEPARATORS.sub("", text)
    if bare == text and not text.startswith(("0", "+", "400", "800", "1")):
        return False
    return _PHONE.fullmatch(bare) is not None and not _DAY.fullmatch(text)
