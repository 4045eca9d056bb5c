"""The places company names begin with: 深圳市南山区…, Shenzhen …"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from crm_desktop.core.find.pinyin import spell, usual_readings
from crm_desktop.core.places import RESOURCES

Path = tuple[str, ...]
"""A place from the province down: ("江苏", "苏州", "昆山"); () for none and for the whole country. What stands above a district or a
county need not be known: ("", "", "鼓楼")."""

_ENDS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "地区", "省", "市", "盟", "县")
_END_BEGINS = frozenset(end[0] for end in _ENDS)
_COUNTRY = ("中华人民共和国", "中国")
_LONGEST = 6


@cache
def _known() -> tuple[dict[str, Path], dict[str, Path], frozenset[str]]:
    """Short names that need no ending; county-level cities, districts and counties without theirs, which need it or stand
    loosely; districts and counties with their endings."""
    free: dict[str, Path] = {}
    small: dict[str, Path] = {}
    districts: frozenset[str] = frozenset()
    for province, rest in listed():
        if province == "=":
            districts = frozenset(rest)
            continue
        above: Path = (province,)
        if not rest:
            free[province] = above
        elif rest[0] != province or len(rest) == 1:
            above = (province, rest[0])
            free.setdefault(rest[0], above)
        small.update({city: (*above, city) for city in rest[1:]})
    for name in districts:
        if 2 < len(name) < 5 and name[:-1] not in free:
            small.setdefault(name[:-1], ("", "", name[:-1]))
    return free, small, districts


def listed() -> Iterator[tuple[str, list[str]]]:
    """The lines of the list: a province, one of its cities and the county-level cities of that; "=" before all districts."""
    for line in (RESOURCES / "alike" / "places.txt").read_text(encoding="utf-8").splitlines():
        first, *rest = line.split(" ")
        if first != "#":
            yield first, rest


_SMALL, _FREE, _WHOLE = range(3)


@cache
def _named() -> dict[str, tuple[Path, int]]:
    """Every word that names a place -> the place, and how the word does: as it stands, with or without an ending behind it, or only with
    one unless it stands loosely."""
    free, small, districts = _known()
    return {
        **{name: (path, _SMALL) for name, path in small.items()},
        **{name: (path, _FREE) for name, path in free.items()},
        **{name: (("", "", bare(name)), _WHOLE) for name in districts},
        **dict.fromkeys(_COUNTRY, ((), _WHOLE)),
    }


@cache
def _begun() -> dict[str, list[tuple[str, Path, int]]]:
    """First two characters -> the names that begin with them, the longest first, as `_named` has them: most words begin with none."""
    begun: dict[str, list[tuple[str, Path, int]]] = {}
    for name, (path, how) in sorted(_named().items(), key=lambda known: -len(known[0])):
        if 1 < len(name) <= _LONGEST or name in _COUNTRY:
            begun.setdefault(name[:2], []).append((name, path, how))
    return begun


def _usual(letter: str) -> str:
    return usual_readings().get(letter, "")


@cache
def spelled() -> dict[str, Path | None]:
    """Pinyin -> the place it spells; None where several are spelled so."""
    found: dict[str, Path | None] = {"china": (), "zhongguo": ()}
    for name, path in _known()[0].items():
        for spelling in {"".join(map(_usual, name)), spell(name).replace(" ", "")}:  # zhongqing, chongqing
            found[spelling] = None if spelling in found and found[spelling] != path else path
    hong_kong, macao = ("香港",), ("澳门",)
    found.update({"shaanxi": ("陕西",), "shanxi": None, "hongkong": hong_kong, "hk": hong_kong, "macao": macao, "macau": macao})
    found.update({"taiwan": ("台湾",), "prc": ()})
    return found


@cache
def small_spelled() -> frozenset[str]:
    """County-level cities, districts and counties in pinyin."""
    return frozenset(spell(name).replace(" ", "") for name in _known()[1])


def in_brackets(word: str) -> Path | None:
    """The place a Latin word in brackets names, () where several are spelled so; None when it names none."""
    return spelled().get(word) or (() if word in spelled() or word in small_spelled() else None)


def before(name: str, loose: bool = False) -> tuple[int, Path]:
    """How many characters at the beginning of a (squeezed) name are places, and which place that is. loose: county-level
    cities count without 市 too (昆山, but also 东方)."""
    begun = _begun()
    at = 0
    path: Path = ()
    while True:
        known = begun.get(name[at : at + 2])
        step, found = _one(known, name, at, loose) if known else (0, ())
        if not step and at == 0 and loose and "县" in name[2:4]:
            return _unknown(name)
        if not step or (path and found and not agree(path, found)):
            return at, path  # 江西 in 中山江西航空 is no part of an address
        at += step
        if found:
            path = found if found[0] or not path else (*(*path, "")[:2], found[2])


def _unknown(name: str) -> tuple[int, Path]:
    """A county that has another name by now."""
    end = name.index("县", 2)
    return end + 1, ("", "", name[:end])


def _one(known: list[tuple[str, Path, int]], name: str, at: int, loose: bool) -> tuple[int, Path]:
    for word, path, how in known:
        if not name.startswith(word, at):
            continue
        length = len(word)
        end = at + length
        if how == _WHOLE:
            return length, path
        if how == _FREE:
            return length + _ending(name, end), path
        ending = bool(behind := name[end : end + 1]) and behind in ("市" if path[0] else "县区")
        if ending or loose:
            return length + ending, path
    return 0, ()


def _ending(name: str, at: int) -> int:
    if name[at : at + 1] not in _END_BEGINS:
        return 0
    return next((len(end) for end in _ENDS if name.startswith(end, at)), 0)


def whole(word: str, loose: bool = False) -> Path | None:
    """The place that all of a word names; None when it names none. loose: as of `before`."""
    length, path = before(word, loose)
    return path if length == len(word) and length else None


@cache
def tails() -> frozenset[str]:
    """The last two signs of provinces, cities and counties: a name that ends otherwise has none behind it."""
    free, _small, districts = _known()
    named = {end for name in free for end in (name[-2:], f"{name[-1]}市")}
    return frozenset(named | {name[-2:] for name in districts if name[-1] == "县"})


def behind(name: str) -> tuple[int, Path]:
    """The same at the end: how many characters are a place, the longest there is."""
    for length in range(min(len(name), _LONGEST + 4), 1, -1):
        path = whole(name[-length:])
        if path is not None:
            return length, path
    return 0, ()


def bare(word: str) -> str:
    """鼓楼 for 鼓楼区, 安平 for 安平县."""
    return word[:-1] if len(word) > 2 and word[-1] in "区县市" else word


def agree(one: Path, other: Path) -> bool:
    """Whether two places may be the same: unknown, equal, or one inside the other."""
    return not one or not other or all(a == b or not a or not b for a, b in zip(one, other, strict=False))


def below(one: Path, other: Path) -> bool:
    """Whether one is a city and the other a town of that which is called a city itself: 苏州 and 昆山. Districts are the city."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return len(short) == 2 and len(long) == 3 and short == long[:2] and long[2] in _towns()


@cache
def _towns() -> frozenset[str]:
    """County-level cities."""
    return frozenset(town for province, rest in listed() if province != "=" for town in rest[1:])
