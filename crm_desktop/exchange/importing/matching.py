"""When two values match: phones that have a number in common, mails without regard to capitals, anything else when it is equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

from crm_desktop.core import alike
from crm_desktop.core.alike import numbers
from crm_desktop.core.kinds import EmailKind, Kind, PhoneKind
from crm_desktop.core.record import Record

Answers = Callable[[Any], tuple[Any, ...]]


def answers_of(kind: Kind) -> Answers | None:
    """What a stored value of this kind answers to: each of its numbers or addresses; None when only to itself."""
    return _phones if isinstance(kind, PhoneKind) else _mails if isinstance(kind, EmailKind) else None


def key_of(kind: Kind) -> Callable[[Any], Any]:
    """What the value of a row asks for: of several numbers or addresses the first."""
    answers = answers_of(kind)
    return kind.store if answers is None else lambda value: answers(value)[0] if value else ""


def keys_of(values: Sequence[Any], answers: Sequence[Answers | None]) -> Iterator[tuple[Any, ...]]:
    """All keys a record with these stored values is found by."""
    return product(*((one,) if answer is None else answer(one) for one, answer in zip(values, answers, strict=True)))


def counted(record_type: type[Record], names: Sequence[str], key: tuple[Any, ...]) -> tuple[Any, ...]:
    """A key without what does not count beside what else is in it (`known_unless`)."""
    unless = record_type.known_unless
    if not unless:
        return key
    filled = {name for name, part in zip(names, key, strict=True) if part not in (None, "")}
    return tuple(None if unless.get(name) in filled else part for name, part in zip(names, key, strict=True))


def may_lack(record_type: type[Record], names: Sequence[str]) -> set[str]:
    """Of the fields rows are matched on those a row may leave empty: a task of nobody's is known by its title and its day."""
    if record_type.known_by:
        return set(record_type.known_by[1:])
    return {record_type.parent_link()}.intersection(names[1:]) if len(names) > 2 else set()


def words_of(record_type: type[Record], name: str, wanted: Iterable[str]) -> list[str] | None:
    """The words under which the keys of duplicates hold these numbers or addresses; None when this field has none there."""
    compared = record_type.compared
    if compared is not None and name in compared.phones:
        # What looks like no number has no key (12345, 010-6060 6666): of such a few the field itself is asked.
        found = [numbers.phones(one) for one in wanted]
        return alike.phone_words(number for several in found for number in several) if all(found) else None
    if compared is not None and name in compared.mails:
        return alike.mail_words(wanted)
    return None


def _phones(text: Any) -> tuple[str, ...]:
    return numbers.digits(text or "") or (text or "",)


def _mails(text: Any) -> tuple[str, ...]:
    return numbers.mails(text or "") or ((text or "").casefold(),)
