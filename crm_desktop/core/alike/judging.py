"""Decides of two records whether they are the same, similar, or two; and says why."""

from __future__ import annotations

from typing import Any, NamedTuple

from crm_desktop.core.alike import comparing, latin_names, numbers
from crm_desktop.core.alike.company import Company
from crm_desktop.core.alike.folding import folded
from crm_desktop.core.alike.likeness import ADDRESS, DOMAIN, Alike
from crm_desktop.core.alike.sketch import Sketch
from crm_desktop.core.alike.words import formless
from crm_desktop.core.words import _, say


class Reason(NamedTuple):
    """A marked sentence with its values. field: what kind of value it is about: "name", "phone", "mail", "code"."""

    text: str
    values: dict[str, str]
    about: str

    def sentence(self, lang: str | None = None) -> str:
        """The reason in a language."""
        return say(self.text, lang, **dict[str, Any](self.values))


class Likeness(NamedTuple):
    """What two records have in common. same: one and the same, else similar; score: of 100; reasons: the strongest first."""

    same: bool
    score: int
    reasons: tuple[Reason, ...]


LEAST = 60
"""Scores below it are told while typing and left out of the clean-up screen."""

PHONE = _("the same phone {phone}")
MAIL = _("the same e-mail {mail}")
CODE = _("the same tax number {code}")
PERSON = _("the same person in the same place")
NAMESAKE = _("the same name")
SOUNDING = _("the names sound the same")
OTHER_CODE = _("but another tax number")


def judge(one: Sketch, other: Sketch, few: bool = True) -> Likeness | None:
    """How alike two records of one type are; None when they are two. few: hardly another one is called so."""
    codes: list[Reason] = []
    contacts: list[Reason] = []
    personal = False
    if not one.traces.isdisjoint(other.traces):
        codes = _codes(one, other)
        contacts, personal = _contacts(one, other)
    if one.person is not None or other.person is not None:
        return _persons(one, other, contacts, personal)
    name = of_companies(one, other, few)
    if name is None and not codes and not contacts:
        return None
    if codes:
        return Likeness(True, 100, (*codes, *_named(name), *contacts))
    other_code = bool(one.codes and other.codes) and not any(
        numbers.slipped(mine, theirs) for mine in one.codes for theirs in other.codes
    )
    if other_code and _two(one, other, name):
        return None
    if contacts and not personal and all(numbers.is_hotline(reason.values.get("phone", "")) for reason in contacts):
        contacts, more = [], contacts  # strangers share it, and branches: it adds to a name and tells nothing by itself
    else:
        more = []
    if contacts:
        # Two companies may share a telephone; one that has not been named yet is taken for the other.
        same = (name is not None and name.score >= LEAST) or not (one.companies and other.companies)
        if same and not other_code:
            return Likeness(True, 98, (*_named(name), *contacts))
        if name is None:
            return Likeness(False, 70 if personal or not _sisters(one, other) else _SISTERS, tuple(contacts))
        return Likeness(False, 80, (*contacts, *_named(name)))
    if name is None:
        return None
    if name.score == 100 and not other_code and _namesakes(one, other):
        return Likeness(False, _NAMESAKES, (*_named(name), *more))
    if name.score == 100 and not other_code:
        return Likeness(True, 100, (*_named(name), *more))
    if other_code:
        score = min(name.score, 95) - (25 if name.score == 100 else 35)
        return Likeness(False, score, (*_named(name), Reason(OTHER_CODE, {}, "code")))
    return Likeness(False, name.score, (*_named(name), *more))


def _two(one: Sketch, other: Sketch, name: Alike | None) -> bool:
    """Whether credit codes without a slip make two companies of what shares a number (a bookkeeper's) or a name in two towns."""
    if name is not None and name.score >= LEAST:
        here, there = one.companies[0].place, other.companies[0].place
        if not (here and there and here != there):
            return False
    return all(map(numbers.is_credit_code, (*one.codes, *other.codes)))


def _sisters(one: Sketch, other: Sketch) -> bool:
    """Whether two companies behind one switchboard are of one house: called alike, each in its own line of business."""
    here, there = one.companies[0], other.companies[0]
    told = min(len(here.trade), len(there.trade)) > 1  # 店 and 部 are none
    return told and here.brand == there.brand and set(here.trade).isdisjoint(there.trade)


def _namesakes(one: Sketch, other: Sketch) -> bool:
    """Whether a name of two or three signs and nothing more, as people have it, is that of two: neither mobile nor town are the same."""
    for name in (one.companies[0], other.companies[0]):
        if name.latin or name.trade or len(name.core) > _PEOPLE or formless(folded(name.raw)[0]) != name.core:
            return False
    areas = [{numbers.area(number) for number in sketch.phones} - {""} for sketch in (one, other)]
    own = [{number for number in sketch.phones if numbers.is_mobile(number)} for sketch in (one, other)]
    return all((*areas, *own)) and areas[0].isdisjoint(areas[1]) and own[0].isdisjoint(own[1])


_PEOPLE = 3
_NAMESAKES = 70
_SISTERS = 58
ALIAS = 80


def of_companies(one: Sketch, other: Sketch, few: bool = True) -> Alike | None:
    """How near their names are. A short name counts only where the other one has no longer name than that: many companies
    are called 千禾 for short. In one mail domain a Chinese and a Latin name may be one that is not translated but a trade mark, and an
    address may stand in place of a name."""
    if not (one.companies and other.companies):
        return None
    found = comparing.compare(one.companies[0], other.companies[0], few)
    if (found is None or found.score < LEAST) and len(one.companies) + len(other.companies) > 2:
        for aliases, name in ((one.companies[1:], other.companies[0]), (other.companies[1:], one.companies[0])):
            for alias in aliases:
                whole = found is None or alias.trade  # a group is called for short as its members are
                alike = comparing.compare(alias, name) if whole and as_long(alias, name) else None
                if alike is not None and alike.score >= ALMOST:
                    return alike._replace(score=ALIAS)
    two_ways = one.companies[0].latin or other.companies[0].latin or one.sites or other.sites
    return (_in_one_domain(one, other) or found) if few and two_ways and (found is None or found.score < LEAST) else found


def _in_one_domain(one: Sketch, other: Sketch) -> Alike | None:
    here, there = ({*map(numbers.host, sketch.mails), *sketch.sites} - {""} for sketch in (one, other))
    if here.isdisjoint(there):
        return None
    host, name, another = min(here & there), one.companies[0], other.companies[0]
    if host in one.sites or host in other.sites:
        return Alike(_DOMAIN, ADDRESS, {"host": host})
    if latin_names.initials(name, another) if name.latin and another.latin else comparing.may_be_one(name, another):
        return Alike(_DOMAIN, DOMAIN, {"host": host})
    return None


def as_long(one: Company, other: Company) -> bool:
    """Names that are almost the same have as many letters, or one more: `ALMOST` is reached by no others."""
    return len(one.sound) == len(other.sound) or abs(len(one.core) - len(other.core)) < 2


ALMOST = 84
_DOMAIN = 66


def _named(name: Alike | None) -> tuple[Reason, ...]:
    return (Reason(name.why, name.values, "name"),) if name is not None else ()


def _codes(one: Sketch, other: Sketch) -> list[Reason]:
    return [Reason(CODE, {"code": code}, "code") for code in one.codes if any(numbers.same_code(code, theirs) for theirs in other.codes)]


def _contacts(one: Sketch, other: Sketch) -> tuple[list[Reason], bool]:
    """What they share of phones and mails, and whether any of it is one person's own."""
    found, personal = [], False
    for number in one.phones:
        mobile = numbers.is_mobile(number)  # equal or another one
        if number in other.phones or (not mobile and any(numbers.same_phone(number, theirs) for theirs in other.phones)):
            found.append(Reason(PHONE, {"phone": number}, "phone"))
            personal = personal or mobile
    for mail in one.mails:
        if mail in other.mails:
            found.append(Reason(MAIL, {"mail": mail}, "mail"))
            personal = True
    return found, personal


def _persons(one: Sketch, other: Sketch, contacts: list[Reason], personal: bool) -> Likeness | None:
    """People: the same name in the same place, or with a phone of their own; colleagues share the switchboard."""
    here, there = one.person, other.person
    named = here is not None and there is not None
    equal = named and here.name == there.name  # type: ignore[union-attr]
    sounding = named and here.sound == there.sound  # type: ignore[union-attr]
    if contacts and (equal or sounding or not named):
        name = [Reason(NAMESAKE if equal else SOUNDING, {}, "name")] if named else []
        return Likeness(True, 100 if equal else 95, (*contacts, *name)) if personal or equal else None
    if contacts and personal:
        return Likeness(False, 65, tuple(contacts))
    if not (equal or sounding):
        return None
    where = _together(one, other)
    if where == 100:
        return Likeness(equal, 100 if equal else 80, (Reason(PERSON if equal else SOUNDING, {}, "name"),))
    if where:
        return Likeness(False, where, (Reason(NAMESAKE if equal else SOUNDING, {}, "name"),))
    return None


def _together(one: Sketch, other: Sketch) -> int:
    """How sure it is that two people are in the same place: 100 of it, 0 not at all."""
    if one.within is not None or other.within is not None:
        return 100 if one.within == other.within else 0
    if one.companies and other.companies:
        found = of_companies(one, other)
        return found.score if found is not None and found.score >= LEAST else 0
    return 0 if one.companies or other.companies else LEAST
