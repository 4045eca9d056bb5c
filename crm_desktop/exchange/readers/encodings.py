"""Which encoding a text table is written in: a byte order mark, zero bytes, valid UTF-8, or how common its characters are."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Lead bytes of the characters schools teach first: GB2312 level 1 (B0-D7) and Big5 level 1 (A4-C6).
_GB_COMMON = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]|[\xa1\xa3][\xa1-\xfe]")
_BIG5_COMMON = re.compile(rb"[\xa4-\xc5][\x40-\x7e\xa1-\xfe]|\xc6[\x40-\x7e]|\xa1[\x40-\x7e\xa1-\xfe]")
_PAIRS = re.compile(rb"[\x81-\xfe][\x30-\x39\x40-\x7e\x80-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_GOOD = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

# What the person may choose from when the guess is wrong.
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "cp1252")


def encoding_of(sample: bytes, whole: bool) -> str:
    """The encoding of `sample`, the start of a file (`whole`: it is all of the file).

    Chinese text is judged by the share of its characters that are among the commonest of each encoding; text in which bytes
    above 127 stand alone between Latin letters is taken for Windows' Western code page.
    """
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    utf8 = _is_utf8(sample, whole)
    # A stray zero byte here and there is dirt; of UTF-16 that happens to be UTF-8 as well, half the bytes are zero.
    if utf8 and sample.count(0) < len(sample) // 5:
        return "utf-8"
    wide = _wide_encoding(sample)
    if wide:
        return wide
    return "utf-8" if utf8 else _legacy_encoding(sample)


def _wide_encoding(sample: bytes) -> str:
    """UTF-16 without a mark: line ends, tabs and digits leave zero bytes at every other place."""
    even = sample[0::2].count(0)
    odd = sample[1::2].count(0)
    least = max(2, len(sample) // 50)
    if odd >= least and odd > 4 * even:
        return "utf-16-le"
    if even >= least and even > 4 * odd:
        return "utf-16-be"
    return ""


def _is_utf8(sample: bytes, whole: bool) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(sample, final=whole)
    except UnicodeDecodeError:
        # A few broken bytes in a long UTF-8 file do not make it GBK.
        high = len(_HIGH.findall(sample))
        good = sum(len(run) for run in _UTF8_GOOD.findall(sample))
        return high > 60 and good > 0.97 * high
    return True


def _legacy_encoding(sample: bytes) -> str:
    pairs = len(_PAIRS.findall(sample)) or 1
    gb = len(_aligned(_GB_COMMON, sample)) / pairs
    big5 = len(_aligned(_BIG5_COMMON, sample)) / pairs
    if gb < 0.35 and big5 < 0.35:
        return "cp1252"
    if big5 > gb and _decodes(sample, "big5"):
        return "big5"
    return "gb18030"


def _aligned(common: re.Pattern[bytes], sample: bytes) -> list[bytes]:
    """The double-byte characters, cut where characters begin, that are common ones."""
    return [pair for pair in _PAIRS.findall(sample) if common.fullmatch(pair)]


def _decodes(sample: bytes, encoding: str) -> bool:
    # The sample may end within a character, and rare characters of one shop's extension do not spoil the rest.
    text = sample.decode(encoding, errors="replace")
    return text.count("\ufffd") <= 1 + len(text) // 200
