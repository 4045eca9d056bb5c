"""Takes a region that stands in one cell apart: 广东省深圳市南山区, 广东-深圳-南山, Guangdong/Shenzhen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from crm_desktop.core.alike.places import listed
from crm_desktop.core.find.pinyin import readings, simplified

_MUNICIPALITIES = frozenset(("北京", "天津", "上海", "重庆"))
_LONGEST = 6
_LONGEST_DISTRICT = 15
_BLANKS = " \u3000\t/\\|,，、-－·"
_SHORT_DISTRICT = re.compile("\\w县|[城郊矿]区")
_ENDED = re.compile("(省|市|自治区|特别行政区|自治州|地区|盟)$")
_OTHER_NAME = re.compile("[东東西南北中]?[一二三四五六七八九十环環]?(大?[路街道]|巷|弄|胡同|里|村|区|區|县|縣|湾|灣)")
_CHINESE = re.compile("[\u3400-\u9fff]")
_SIGNS = re.compile(r"\s*[/\\|,，、;；:：>›→·_\-–—]+\s*")
_SIGNS_OR_BLANKS = re.compile(r"[\s/\\|,，、;；:：>›→·_\-–—]+")
_COUNTRY = re.compile(r"^(中华人民共和国|中国|(china|pr ?china|prc|people's republic of china)$)", re.I)
_PROVINCE_END = re.compile("特别行政区|(维吾尔|壮族|回族)?自治区|省")
_CITY_END = re.compile("[^市区县]{1,6}?自治州|市|地区|盟|州")
_LIKE_CITY = re.compile("[^省市区县旗盟州]{1,6}?(自治州|地区)")
_DISTRICT_ENDS = ("区", "县", "市", "新区", "旗")
_LIKE_DISTRICT = re.compile("[^区县旗市镇\\d]{1,10}(区|县|旗|镇|街道)")
_NO_CITY = re.compile("^(市辖区|县|(省|自治区)直辖县级行政(区划|单位))")
_ENGLISH_END = re.compile(r" (province|prov|municipality|city|district|county|sar|autonomous (region|prefecture))\.?$")
_ENGLISH = {
    "innermongolia": "内蒙古", "tibet": "西藏", "shaanxi": "陕西", "hongkong": "香港", "macao": "澳门", "macau": "澳门",
    "harbin": "哈尔滨", "hohhot": "呼和浩特", "lhasa": "拉萨", "urumqi": "乌鲁木齐", "taipei": "台北", "kaohsiung": "高雄",
}  # fmt: skip


class Region(NamedTuple):
    """What the cell holds, as it is written there; `unknown` is what no list knows. It stands in the district, or in the
    province when it is all there is. `street` is what follows in an address."""

    province: str = ""
    city: str = ""
    district: str = ""
    unknown: str = ""
    street: str = ""

    def depth(self) -> int:
        """How many levels it names; 0 when part of it is unknown."""
        return 0 if self.unknown else sum(map(bool, self[:3]))


@lru_cache(20_000)
def taken_apart(text: str) -> Region:
    """The parts of a region. A municipality (北京市) is province and city at once."""
    chinese = _CHINESE.search(text) is not None
    pieces = [_COUNTRY.sub("", piece, 1) for piece in (_SIGNS_OR_BLANKS if chinese else _SIGNS).split(text.strip())]
    pieces = list(filter(None, pieces))
    if len(pieces) > 1 and _province(pieces[-1])[0] and not _province(pieces[0])[0]:
        pieces.reverse()  # Shenzhen, Guangdong
    taking = _Taking("" if chinese else " ")
    for piece in pieces:
        taking.take(piece)
    return (taking.region() if pieces else None) or Region(province=text, unknown=text)


@lru_cache(20_000)
def address_apart(text: str) -> Region:
    """The region a Chinese address begins with, and the street behind it: all of it where none is plainly named. 南京路1号 is a
    street, and so is 上海江苏路: a name without its ending (省, 市) counts only before another one that is of it."""
    rest = _COUNTRY.sub("", text.strip(), 1).lstrip(_BLANKS)
    province, inside = _named(rest, *_province(rest)) if _CHINESE.search(text) else ("", frozenset())
    rest = rest[len(province) :].lstrip(_BLANKS)
    if inside & _MUNICIPALITIES:
        city, again = province, _province(rest)
        rest = rest[again[0] :].lstrip(_BLANKS) if again[1] & inside else rest
    else:
        city, _inside = _named(rest, *_city(rest, inside)) if province or _CHINESE.search(text) else ("", inside)
        rest = rest[len(city) :].lstrip(_BLANKS)
    rest = _NO_CITY.sub("", rest, 1) if province else rest
    district = _district_before(rest) if province or city else ""
    ended = any(_ENDED.search(_plain(name)) for name in (province, city))
    if not (province or city) or not (district or ended or (province and city and city != province)):
        return Region(street=text)
    return Region(province, city, district, street=rest[len(district) :].lstrip(_BLANKS))


def are_addresses(texts: Iterable[str]) -> bool:
    """Whether most of these are addresses that begin with a region of several levels."""
    found = [address_apart(text) for text in texts]
    return bool(found) and sum(bool(one.street) and sum(map(bool, one[:3])) > 1 for one in found) > 0.5 * len(found)


def _named(text: str, length: int, inside: frozenset[str]) -> tuple[str, frozenset[str]]:
    """A place at the beginning, unless what follows makes a street or a district of it: 宁波路, 朝阳区."""
    name = text[:length]
    if not _ENDED.search(_plain(name)) and _OTHER_NAME.match(text, length):
        return "", frozenset()
    return name, inside


def _district_before(text: str) -> str:
    """The district, county or county-level city at the beginning, as long as it has its ending."""
    known, plain = _places(), _plain(text)
    for length in range(min(len(plain), _LONGEST_DISTRICT), 1, -1):
        name = plain[:length]
        if name in known.districts or (name[-1] == "市" and name[:-1] in known.small):
            return text[:length]
    return text[:2] if _SHORT_DISTRICT.match(plain) else ""


def are_regions(texts: Iterable[str], alone: bool = False) -> bool:
    """Whether most of these are regions. alone: nothing else says so; then it must be nearly all, most of several levels."""
    depths = [taken_apart(text).depth() for text in texts]
    known, deep = sum(map(bool, depths)), sum(depth > 1 for depth in depths)
    return known > 0.5 * len(depths) and (not alone or (known >= 0.8 * len(depths) and deep > 0.5 * len(depths)))


@dataclass
class _Taking:
    """A region on the way: the pieces of a cell are taken from the province down. inside: the provinces it may be in."""

    between: str
    found: list[str] = field(default_factory=lambda: ["", "", ""])
    unknown: list[str] = field(default_factory=list)
    inside: frozenset[str] = frozenset()

    def take(self, piece: str) -> None:
        rest = piece
        if not any(self.found) and _plain(rest) not in _places().districts:  # 河北区 is a district
            length, self.inside = _province(rest)
            self.found[0], rest = rest[:length], rest[length:]
        if self.inside & _MUNICIPALITIES:
            again = _province(rest)
            rest = rest[again[0] :] if again[1] & self.inside else rest
            self.found[1] = self.found[0]
        rest = _NO_CITY.sub("", rest, 1) if self.found[0] else rest
        if not self.found[1] and not self.found[2]:
            length, provinces = _city(rest, self.inside)
            self.found[1], rest = rest[:length], rest[length:]
            self.inside = provinces or self.inside
        if rest:
            self.found[2] = self.between.join(filter(None, (self.found[2], rest)))
            known = _district(rest, self.inside)
            if known < len(rest):
                self.unknown.append(rest[known:])

    def region(self) -> Region | None:
        """None when nothing at all was known."""
        province, city, district = self.found
        unknown = self.between.join(self.unknown)
        nothing_known = not (province or city) and bool(self.unknown) and district.startswith(self.unknown[0])
        return None if nothing_known else Region(province, city, district, unknown)


class _Places(NamedTuple):
    """Provinces; cities and county-level cities, each with the provinces they are in; districts and counties."""

    provinces: frozenset[str]
    cities: dict[str, frozenset[str]]
    small: dict[str, frozenset[str]]
    districts: frozenset[str]


@cache
def _places() -> _Places:
    provinces = frozenset(province for province, rest in listed() if not rest)
    cities: dict[str, frozenset[str]] = {}
    small: dict[str, frozenset[str]] = {}
    districts: frozenset[str] = frozenset()
    for province, rest in listed():
        if province == "=":
            districts = frozenset(rest)
            continue
        # A line of a province's own name lists what is no city's, but for 吉林 in 吉林.
        for level, names in ((cities, rest[:1] if province == "吉林" or rest[:1] != [province] else []), (small, rest[1:])):
            for name in names:
                level[name] = level.get(name, frozenset()) | {province}
    return _Places(provinces, cities, small, districts)


@cache
def _spelled() -> dict[str, frozenset[str]]:
    """Pinyin -> the names spelled so, districts without their ending."""
    known = _places()
    found = {spelling: frozenset((name,)) for spelling, name in _ENGLISH.items()}
    for name in (*known.provinces, *known.cities, *known.small, *known.districts):
        short = name[:-1] if name in known.districts and len(name) > 2 else name
        for spoken in product(*(readings(letter) for letter in short)):
            spelling = "".join(spoken)
            found[spelling] = found.get(spelling, frozenset()) | {name}
    return found


def _plain(text: str) -> str:
    return "".join(simplified().get(sign, sign) for sign in text)


def _names(text: str) -> frozenset[str]:
    """The names a word in Latin letters may spell."""
    bare = _ENGLISH_END.sub("", text.casefold())
    return _spelled().get("".join(filter(str.isalpha, bare)), frozenset())


def _province(text: str) -> tuple[int, frozenset[str]]:
    """How many characters at the beginning are a province, and which it may be."""
    known, plain = _places().provinces, _plain(text)
    if names := _names(text) & known:
        return len(text), names
    for length in (3, 2):
        name = plain[:length]
        if name not in known:
            continue
        if name in _MUNICIPALITIES:
            return length + plain.startswith("市", length), frozenset((name,))
        if end := _PROVINCE_END.match(plain, length):
            return end.end(), frozenset((name,))
        if not _CITY_END.match(plain, length):  # 吉林市, 海南藏族自治州
            return length, frozenset((name,))
    return 0, frozenset()


def _city(text: str, inside: frozenset[str]) -> tuple[int, frozenset[str]]:
    """How many characters at the beginning are a city, and the provinces it may be in."""
    known, plain = _places(), _plain(text)
    for names, whole in ((_names(text), True), ([plain[:length] for length in range(_LONGEST, 1, -1)], False)):
        for name in names:
            provinces = known.cities.get(name, frozenset())
            small = known.small.get(name, frozenset())
            end = _CITY_END.match(plain, len(name))
            if whole or plain == name or (end and end[0] == "市"):
                provinces |= small
            if inside:
                provinces &= inside
            if provinces and plain[len(name) :] not in ("区", "县"):  # 朝阳区 is no part of 朝阳
                return (len(text) if whole else end.end() if end else len(name)), provinces
    like = _LIKE_CITY.match(plain) if inside else None
    return (like.end(), inside) if like else (0, frozenset())


def _district(text: str, inside: frozenset[str]) -> int:
    """How many characters at the beginning are a known district, county or county-level city."""
    known, plain = _places().districts, _plain(text)
    if _names(text) or any(plain + end in known for end in _DISTRICT_ENDS) or _city(text, inside)[0] == len(text):
        return len(text)
    if _LIKE_DISTRICT.fullmatch(plain) and (inside or _city(plain[:-1], inside)[0] == len(text) - 1):
        return len(text)
    return next((length for length in range(len(text), 1, -1) if plain[:length] in known), 0)
