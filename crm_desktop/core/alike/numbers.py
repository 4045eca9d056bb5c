"""Phones, mail addresses and tax numbers in the shape in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crm_desktop.core.alike.distance import apart
from crm_desktop.core.find.grams import phone_digits

_ENDS = re.compile(r"[;；,，、/|\n]|\s{2,}")
_EXTENSION = re.compile(r"(?:转|轉|分机|分機|內線|内线|ext\.?|extension|x|#|(?<=\d{7})\*(?=\d{1,5}$)).*$", re.IGNORECASE)
_HIDDEN = re.compile(r"\*\*|\*(?!\d{1,5}$)")
_ABROAD = re.compile(r"^\s*(?:\+|00)(?!86)(?P<country>[2-9]\d{0,2})[\s.-]*\(0\)")  # +49 (0)305 is +49 305
_AMERICA = re.compile(r"^\s*(?:\+|00)1(?=[\s().-]*[2-9]\d{2}\D{0,2}\d{3}\D{0,2}\d{4}\b)")
_FLOAT = re.compile(r"(?<=\d{7})\.0$")  # 13812345678.0, as spreadsheets give numbers
# Typed where a form demands a number.
_NOBODYS = ("13800138000", "13800000000", "13900000000", "13888888888", "13999999999")
# How most phones and tax numbers are written. From here on there are three signs that differ: 00000000 is no number.
_THREE = r"(?=([0-9A-Z])\1*(?!\1)([0-9A-Z])(?:\1|\2)*(?!\1|\2)[0-9A-Z])"
_USUAL_PHONE = re.compile(
    rf"(?:(?!{'|'.join(_NOBODYS)})1[3-9][0-9][0-9]|0[1-9][0-9]{{1,2}}-(?:[1-9]|(?=[1-9]))){_THREE}[0-9]{{7}}"
)
_USUAL_CODE = re.compile(rf"{_THREE}[0-9A-Za-z]{{2}}[0-9]{{15}}[0-9A-Za-z]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_MOBILES = re.compile(r"(?<!\d)(?:\+?86[\s-]*|0086[\s-]*|0)?(1[3-9]\d(?:[\s-]?\d{4}){2})(?!\d)")
_MAIL = re.compile(r"[^\s;,；，、<>:：/|()（）]+@[^\s;,；，、<>/|()（）]+\.[a-z0-9-]*[a-z]", re.IGNORECASE)
_PLAIN_MAIL = re.compile(r"(?!noreply|unknown|12345)[A-Za-z0-9._-]{5,}@[A-Za-z0-9.-]+\.[A-Za-z]+")
_AROUND_AT = re.compile(r"\s*[@＠]\s*")
_CODE = re.compile(r"[0-9A-Z]{15,20}")
_IN_TEXT = re.compile(r"[0-9A-Z]{8,}")
_NO_DIGIT = re.compile(r"\D")
_SEPARATORS = re.compile(r"[\s._-]")
_NARROW = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20, 0x2014: 0x2D, 0x2013: 0x2D}  # full width, dashes
_LEAST = 7  # digits: shorter ones are extensions and service numbers
_WITH_AREA = 10
_LEAST_BOARD = 9  # digits of a switchboard with its area code, without the 0: those of Taiwan
_LEAST_CODE = 8
_CREDIT_CODE = 18
_OLD_CODE = 15
ORGANISATION = 9  # signs
COUNTRY = "^[A-Z]{2,10}(?=[0-9]{8,12}$)"  # or a label, before a tax number; also asked of a server (core/guard/unseen.py)
_CODE_SIGNS = {sign: value for value, sign in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
_FILLER = "12345678901234567890"
_NOBODYS_MAIL = re.compile(
    r"(?P<user>a+|x+|test|none|no|na|null|abc|123|1234|12345|123456|noreply|unknown|无|0|1)"
    r"@(?:(?P=user)|qq|163|a+|x+|test|none|no|abc|example|mail)\..*"
)
_HOSTS = frozenset(
    "qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com yeah.net 188.com sina.com sina.cn vip.sina.com sohu.com 139.com "
    "189.cn wo.cn 21cn.com "
    "aliyun.com tom.com 263.net gmail.com googlemail.com outlook.com hotmail.com live.com live.cn msn.com yahoo.com yahoo.com.cn "
    "yahoo.cn yahoo.co.jp "
    "yahoo.com.tw yahoo.com.hk icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com web.de t-online.de freenet.de orange.fr "
    "free.fr laposte.net "
    "wanadoo.fr libero.it virgilio.it proton.me protonmail.com mail.com mail.ru yandex.ru hinet.net pchome.com.tw seed.net.tw "
    "msa.hinet.net "
    "netvigator.com comcast.net verizon.net btinternet.com".split()
)
_ADDRESS = re.compile(
    r"(?:https?://)?(?:[a-z0-9._-]+@)?(?P<host>(?:[a-z0-9-]{2,}\.)+(?!ltd|inc|llc|corp|gmbh)[a-z]{2,})(?:/\S*)?", re.IGNORECASE
)
_USUAL_ENDS = frozenset("com net org co gov edu ac or ne".split())
_HOTLINE = re.compile(r"[48]00\d{7}")


def digits(text: str) -> tuple[str, ...]:
    """The digits of each number in a field, without +86 and extensions."""
    if text.isdigit() and len(text) < 12:
        return (text,)
    # What has stars in it is hidden from who reads it.
    found: list[str] = []
    for part in _ENDS.split(_FLOAT.sub("", text)):
        if _HIDDEN.search(part):
            continue
        part = _AMERICA.sub("", part)
        if "(0)" in part:
            part = _ABROAD.sub(r"+\g<country>", part)
        for mobile in _MOBILES.findall(part):
            found.append(_NO_DIGIT.sub("", mobile))
        found.append(phone_digits(_EXTENSION.sub("", _MOBILES.sub(" ", part))))
    return tuple(filter(None, found))


def phones(text: str) -> tuple[str, ...]:
    """The same without those that are none (00000000, 12345)."""
    if _USUAL_PHONE.fullmatch(text):
        return (text.replace("-", ""),)
    if "@" in text or (_CODE.fullmatch(text.strip().upper()) and not _MOBILES.search(text)):
        return ()
    return tuple(
        one for one in digits(text.translate(_NARROW))
        if len(one.lstrip("0")) >= _LEAST and len(set(one[-_LEAST:])) > 2 and not _FILLER.startswith(one) and one not in _NOBODYS
    )  # fmt: skip


def usual_phone_key(text: str) -> str:
    """`phone_key` of the number in a field that holds one as most are written, in a third of the time; "" for any other."""
    if _USUAL_PHONE.fullmatch(text) is None:
        return ""
    return text if text[0] == "1" else text[-_LEAST:]


def mobiles(text: str) -> tuple[str, ...]:
    """The mobile numbers that stand in any text."""
    return tuple(one for found in _MOBILES.findall(text) for one in phones(_NO_DIGIT.sub("", found)))


def is_hotline(digits: str) -> bool:
    """Whether these digits are a 400 or 800 number: of a call centre, or of all branches of a company."""
    return bool(_HOTLINE.fullmatch(digits))


def is_mobile(digits: str) -> bool:
    """Whether these digits are a Chinese mobile number: one person's, not a switchboard's."""
    return len(digits) == 11 and _MOBILE.fullmatch(digits) is not None


def same_phone(one: str, other: str) -> bool:
    """Whether two numbers are one, also when one of them lacks its area code."""
    if one == other:
        return True
    if one[-_LEAST:] != other[-_LEAST:] and (len(one) < _WITH_AREA or len(other) < _WITH_AREA):
        return False  # most
    short, long = sorted((one.lstrip("0"), other.lstrip("0")), key=len)
    if is_mobile(long) or is_mobile(short):
        return False
    inside = len(short) >= _LEAST_BOARD and 0 < len(long) - len(short) < 5 and long.startswith(short)  # 0755-28780808-801
    return long.endswith(short) or inside or _grown(short, long)


def _grown(short: str, long: str) -> bool:
    """Whether seven digits became eight: a city puts one before all its numbers. Both are without the 0 of the area code."""
    return len(long) == len(short) + 1 and long[-_LEAST:] == short[-_LEAST:] and short[:-_LEAST] == long[: -_LEAST - 1]


def boards(digits: str) -> tuple[str, ...]:
    """The numbers that may be that of the switchboard, of a landline with its extension behind it."""
    return (digits[:10], digits[:11], digits[:12]) if len(digits) > 12 and digits[0] == "0" and digits[1] != "0" else ()


def phone_traces(found: Iterable[str]) -> Iterator[str]:
    """What numbers that are one (`same_phone`) have in common, without its key a landline and its extension too."""
    for number in found:
        yield number[-_LEAST:]
        if len(number) >= _WITH_AREA and not is_mobile(number):
            yield "+" + number.lstrip("0")[:_LEAST_BOARD]


def phone_key(digits: str) -> str:
    """What numbers that may be one have in common."""
    return digits if is_mobile(digits) else digits[-_LEAST:]


def mails(text: str) -> tuple[str, ...]:
    """The addresses in a field, in small letters and without what is put behind a + by whoever sorts his mail by it."""
    if _PLAIN_MAIL.fullmatch(text):  # the quick way for most
        return (text.casefold(),)
    if "@" not in text and "＠" not in text:
        return ()
    if not text.isascii() or " " in text:
        text = _AROUND_AT.sub("@", text)
    found = (one.casefold() for one in _MAIL.findall(text) if "*" not in one)
    return tuple(one for one in dict.fromkeys(_plain(one) for one in found) if not _NOBODYS_MAIL.fullmatch(one))


def _plain(mail: str) -> str:
    user, _at, host = mail.partition("@")
    return f"{user.partition('+')[0] or user}@{host}" if "+" in user else mail


def host(mail: str) -> str:
    """The domain of a company in an address, without www. and mail.; "" for one that anybody may have a mailbox in."""
    whole = mail.rpartition("@")[2]
    if whole in _HOSTS:
        return ""
    parts = whole.split(".")
    kept = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _USUAL_ENDS else 2
    own = ".".join(parts[-kept:])
    return "" if own in _HOSTS or len(parts) < 2 else own


def site(text: str) -> str:
    """The domain of a company when a text is nothing but an address there, of a mailbox or the web; "" for anything else."""
    found = _ADDRESS.fullmatch(text.strip()) if "." in text and text.isascii() else None
    return host(found.group("host").casefold()) if found else ""


def codes(text: str) -> tuple[str, ...]:
    """A tax number or credit code: its letters and digits."""
    if len(text) == _CREDIT_CODE and text.isascii() and text.isalnum():  # the quick way for most
        return (text.upper(),) if len(set(text)) > 2 else ()
    code = text.upper() if text.isascii() and text.isalnum() else _SEPARATORS.sub("", text.translate(_NARROW)).upper()
    found = (code,) if code.isalnum() and code.isascii() else _IN_TEXT.findall(code)
    return tuple(one for one in found if len(one) >= _LEAST_CODE and len(set(one)) > 2 and not _MOBILE.fullmatch(one))


def credit_codes(text: str) -> tuple[str, ...]:
    """Credit codes in a field for something else."""
    return tuple(one for one in codes(text) if len(one) == _CREDIT_CODE and one[0] in "159AY")


def is_credit_code(code: str) -> bool:
    """Whether a code is a credit code without a slip: its last sign is told by the others (GB 32100)."""
    if len(code) != _CREDIT_CODE or not set(code) <= _CODE_SIGNS.keys():
        return False
    return sum([_CODE_SIGNS[sign] * pow(3, at, 31) for at, sign in enumerate(code[:-1])], _CODE_SIGNS[code[-1]]) % 31 == 0


def area(digits: str) -> str:
    """The area code of a Chinese landline, without the 0; "" for any other number."""
    bare = digits.lstrip("0")
    if is_mobile(digits) or is_hotline(digits) or not _WITH_AREA <= len(bare) < 16:
        return ""
    return bare[:2] if bare[0] in "12" else bare[:3]


def usual_code_key(text: str) -> str:
    """`code_key` of the code in a field that holds one as most are written, in half the time; "" for any other."""
    return text[8:17] if _USUAL_CODE.fullmatch(text) else ""


def code_key(code: str) -> str:
    """What codes of one company have in common: the nine signs of its organisation, which end the tax number it had before 2015."""
    return _bare(code)[-ORGANISATION:]


def same_code(one: str, other: str) -> bool:
    """Whether two codes are one, also when one of them is only the nine signs of the organisation."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return short == long or (len(short) == ORGANISATION and len(long) == _OLD_CODE and long.endswith(short))


def _bare(code: str) -> str:
    """A code as it is compared: the middle of a credit code is the tax number of before 2015, and a country or a label may stand before a
    number (DE801406497, VAT GB…). No credit code has letters that are taken for digits."""
    if len(code) == _CREDIT_CODE:
        code = code[2:17]
    elif not code.isdigit():
        code = re.sub(COUNTRY, "", code)
    return code if code.isdigit() else code.replace("O", "0").replace("I", "1").replace("Z", "2").replace("S", "5")


def slipped(one: str, other: str) -> bool:
    """Whether two codes are one but for a slip. Where the check sign of both is right there is none."""
    if min(len(one), len(other)) < _OLD_CODE or apart(one, other, 1) > 1:
        return False
    return not (is_credit_code(one) and is_credit_code(other))
