"""Kinds of value: each knows how to show, read, check, store and load one sort of value.

`store` gives what the database and the journal keep (int, str, bool or None: the same on both engines and in JSON);
`load` turns that back. `read` takes what a person typed or a sheet held. `show` needs `names` (core.names.Names) only for
kinds that point elsewhere: picklists, links, tags.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol

from crm_desktop.core import clock, money, pictures
from crm_desktop.core.errors import Invalid
from crm_desktop.core.later import pattern
from crm_desktop.core.words import LANGUAGES, _, listed, say


class Naming(Protocol):
    """What kinds that point elsewhere ask: the words of keys and ids, and the way back."""

    def picked(self, picklist: str, key: str, lang: str | None) -> str: ...
    def pick(self, picklist: str, words: str) -> str | None: ...
    def title(self, record_type: str, record_id: int) -> str: ...
    def find(self, record_type: str, words: str) -> int | None: ...


_ALIKE = str.maketrans({"，": ",", "．": ".", "：": ":", "－": "-", "／": "/", "　": " "})


def tidy(value: Any) -> str:
    """Any cell or input as text: full-width digits and spaces folded, outer white space off, floats that are whole mended."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return storable(str(value).translate(_ALIKE).strip())


def storable(text: str) -> str:
    """Without what neither engine can keep or look for: NUL, and half of a pair of surrogates (a broken file has them)."""
    return text if text.isprintable() else text.replace("\x00", "").encode("utf-8", "replace").decode()


def _ascii_digits(value: Any) -> str:
    return unicodedata.normalize("NFKC", tidy(value))


class Kind:
    """A kind of value; this one is the plain line of text, the others differ from it."""

    key = "text"
    operators: tuple[str, ...] = ("contains", "is", "is_not", "begins", "empty", "filled")
    right = False
    blank: Any = ""

    def __init__(self, max_length: int = 200):
        self.max_length = max_length

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        """`value` as lists, papers and CSV show it; '' for none."""
        return value or ""

    def read(self, value: Any, names: Naming | None = None) -> Any:
        """What was typed or stood in a cell, as a value; raises Invalid with a sentence."""
        return self.check("" if value is None else str(value).strip() if not isinstance(value, float) else tidy(value))

    def check(self, value: Any) -> Any:
        """`value` if a record may hold it; raises Invalid."""
        text = value or ""
        if not isinstance(text, str):
            text = tidy(text)
        text = storable(text)
        if len(text) > self.max_length:
            raise Invalid(
                _("This text has {length} characters; at most {most} fit. Shorten it."), length=len(text), most=self.max_length
            )
        return text

    def store(self, value: Any) -> Any:
        return "" if value is None else value

    def load(self, raw: Any) -> Any:
        return raw

    def empty(self, value: Any) -> bool:
        return value is None or value == "" or value == ()


class NamedKind(Kind):
    """A name of the company's own; the one the program ships (`shipped`) is shown by its word in every language."""

    def __init__(self, max_length: int, shipped: str, word: str):
        super().__init__(max_length)
        self.shipped, self.word = shipped, word

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return say(self.word, lang) if value in ("", None, self.shipped) else str(value)

    def read(self, value: Any, names: Naming | None = None) -> str:
        text: str = super().read(value, names)
        return self.shipped if not text or text in {say(self.word, lang) for lang in LANGUAGES} else text


class LongTextKind(Kind):
    """Several lines of text."""

    key = "long_text"
    operators = ("contains", "empty", "filled")

    def __init__(self, max_length: int = 20_000):
        super().__init__(max_length)

    def read(self, value: Any, names: Naming | None = None) -> Any:
        return self.check(tidy(value) if isinstance(value, float) else str(value or "").strip())


class PictureKind(Kind):
    """A small picture, kept as base64 of a JPEG."""

    key = "picture"
    operators = ("empty", "filled")

    def __init__(self) -> None:
        super().__init__(pictures.MOST)

    def read(self, value: Any, names: Naming | None = None) -> Any:
        text = str(value or "").strip()
        if text and pictures.kept(text) is None:
            raise Invalid(_("This is no picture. A picture comes in with an .xlsx workbook in which it lies over the cell."))
        return self.check(text)

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return say(_("Picture"), lang) if value else ""


WEEK = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


class WeekdaysKind(Kind):
    """Days of the week, kept as digits from 1 (Monday) to 7: '1' or '12345'."""

    key = "weekdays"
    operators = ("contains", "empty", "filled")

    def __init__(self) -> None:
        super().__init__(7)

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        if value == "1234567":
            return say(_("Every day"), lang)
        days = [say(WEEK[int(day) - 1], lang) for day in value or "" if day in "1234567"]
        return listed(days, lang)

    def read(self, value: Any, names: Naming | None = None) -> str:
        words = tidy(value)
        for lang in LANGUAGES:
            if words == say(_("Every day"), lang):
                return "1234567"
            for day, name in enumerate(WEEK, 1):
                words = words.replace(say(name, lang), str(day))
        return self.check("".join(sign for sign in words if sign not in " ,;、，；"))

    def check(self, value: Any) -> str:
        days = str(value or "")
        if not set(days) <= set("1234567"):
            raise Invalid(_("Weekdays are digits from 1 (Monday) to 7 (Sunday)."))
        return "".join(sorted(set(days)))


class PhoneKind(Kind):
    """A phone number: kept as typed, compared on its digits."""

    key = "phone"

    def __init__(self, max_length: int = 60):
        super().__init__(max_length)

    def read(self, value: Any, names: Naming | None = None) -> Any:
        return self.check(_ascii_digits(value))


class EmailKind(Kind):
    """An e-mail address, or several separated by semicolons."""

    key = "email"
    _one = pattern(r"[^@\s;,<>]+@[^@\s;,<>]+\.[^@\s;,<>]+")
    _plain = pattern(r"(?:[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:\n|\Z)|\n)*")

    def all_plain(self, lines: str) -> bool:
        """Whether all lines are plain addresses, which stand for themselves, or empty; quicker than to look at each."""
        return self._plain.fullmatch(lines) is not None

    def read(self, value: Any, names: Naming | None = None) -> str:
        return self.check(re.sub(r"\s*[;；,，、]\s*", "; ", _ascii_digits(value)))

    def check(self, value: Any) -> str:
        text: str = super().check(value)
        for one in filter(None, (part.strip() for part in text.split(";"))):
            if not self._one.fullmatch(one):
                raise Invalid(_("“{value}” is not an e-mail address. Write it like name@company.com."), value=one)
        return text


class UrlKind(Kind):
    """A web address."""

    key = "url"


class NumberKind(Kind):
    """A whole number, with optional bounds."""

    key = "number"
    operators: tuple[str, ...] = ("is", "is_not", "at_least", "at_most", "between", "empty", "filled")
    right = True
    blank = None

    def __init__(self, least: int = -(2**53), most: int = 2**53):
        super().__init__()
        self.least, self.most = least, most

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return "" if value is None else f"{value:,}"

    def read(self, value: Any, names: Naming | None = None) -> Any:
        text = _ascii_digits(value).replace(",", "").replace(" ", "").rstrip("%")
        if not text:
            return None
        try:
            number = Decimal(text)
            if not number.is_finite() or number != number.to_integral_value():
                raise InvalidOperation
        except (ArithmeticError, ValueError):
            raise Invalid(_("“{value}” is not a whole number."), value=tidy(value)[:40]) from None
        # 1e999999999 is a whole number too, but not one to be written out.
        return self.check(int(number) if number.adjusted() < 30 else 10**30)

    def check(self, value: Any) -> Any:
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            raise Invalid(_("“{value}” is not a whole number."), value=tidy(value)[:40])
        if not self.least <= value <= self.most:
            raise Invalid(_("{value} is out of range: {least} to {most}."), value=value, least=self.least, most=self.most)
        return value

    def store(self, value: Any) -> Any:
        return value


class PercentKind(NumberKind):
    """A whole percentage from 0 to 100."""

    key = "percent"

    def __init__(self) -> None:
        super().__init__(0, 100)

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return "" if value is None else f"{value} %"


_SCALES = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}


class MoneyKind(NumberKind):
    """An exact amount: Decimal in Python, integer minor units in the database."""

    key = "money"

    def __init__(self) -> None:
        super().__init__(-(10**15), 10**15)

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return "" if value is None else money.full(value)

    def read(self, value: Any, names: Naming | None = None) -> Decimal | None:
        return self.check(self.exact(value))

    def exact(self, value: Any) -> Decimal | None:
        """What is written, not yet rounded: 1.2345 below a heading “万元” is 12,345.00. Raises Invalid."""
        text = _ascii_digits(value).replace(",", "").replace(" ", "")
        text = re.sub(r"^(CNY|RMB|NT\$|HK\$|[¥$€]|人民币)|(元|圆|CNY|RMB)$", "", text, flags=re.IGNORECASE)
        if not text:
            return None
        scale = _SCALES.get(text[-1], 1)
        try:
            return Decimal(text if scale == 1 else text[:-1]) * scale
        except (ArithmeticError, ValueError):
            raise Invalid(_("“{value}” is not an amount. Write it like 12,500.00."), value=tidy(value)[:40]) from None

    def check(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            amount = money.rounded(Decimal(value))
        except (ArithmeticError, TypeError, ValueError):
            raise Invalid(_("“{value}” is not an amount. Write it like 12,500.00."), value=tidy(value)[:40]) from None
        if not amount.is_finite() or abs(amount) > self.most:
            raise Invalid(_("The amount {value} is too large."), value=tidy(value)[:40])
        return amount

    def store(self, value: Any) -> int | None:
        return None if value is None else money.to_minor(value)

    def load(self, raw: Any) -> Decimal | None:
        return None if raw is None else money.from_minor(int(raw))


class DayKind(Kind):
    """A calendar day, without time or zone."""

    key = "day"
    operators: tuple[str, ...] = (
        "is", "before", "after", "between", "today", "past", "next_days", "last_days", "this_month", "empty", "filled",
    )  # fmt: skip
    blank = None
    _form = pattern(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT].*|\d{1,2}:.*)?|(\d{4})(\d\d)(\d\d)")

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return "" if value is None else value.isoformat()

    def read(self, value: Any, names: Naming | None = None) -> date | None:
        if isinstance(value, (date, datetime)):
            return self.check(value)
        text = _ascii_digits(value)
        if not text:
            return None
        if found := self._form.fullmatch(text):
            try:
                return self.check(date(*(int(part) for part in found.groups() if part)))
            except ValueError:
                pass
        raise Invalid(_("“{value}” is not a date. Write it like 2026-11-30."), value=text[:40])

    def check(self, value: Any) -> date | None:
        if value is None or value == "":
            return None
        if isinstance(value, datetime):
            value = value.date()
        if not isinstance(value, date):
            raise Invalid(_("“{value}” is not a date. Write it like 2026-11-30."), value=tidy(value)[:40])
        if not 1900 <= value.year <= 2199:
            raise Invalid(_("The year {year} is out of range: 1900 to 2199."), year=value.year)
        return value

    def store(self, value: Any) -> str | None:
        return None if value is None else value.isoformat()

    def load(self, raw: Any) -> date | None:
        return date.fromisoformat(raw) if isinstance(raw, str) else raw


class MonthKind(DayKind):
    """A month, kept as its first day."""

    _month = pattern(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return "" if value is None else f"{value:%Y-%m}"

    def read(self, value: Any, names: Naming | None = None) -> date | None:
        found = self._month.fullmatch(_ascii_digits(value)) if isinstance(value, str) else None
        return super().read(f"{found[1]}-{found[2]}-1" if found else value, names)

    def check(self, value: Any) -> date | None:
        day = super().check(value)
        return day.replace(day=1) if day is not None else None


class MomentKind(DayKind):
    """A point in time, stored in UTC to the second, shown as wall time of this PC."""

    key = "moment"
    operators = ("before", "after", "today", "past", "next_days", "last_days", "this_month", "empty", "filled")

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return "" if value is None else clock.to_local(value).strftime("%Y-%m-%d %H:%M")

    def read(self, value: Any, names: Naming | None = None) -> datetime | None:
        """Typed wall time -> UTC; a datetime is taken as wall time too (sheets hold no zone)."""
        if isinstance(value, datetime):
            return self.check(value if value.tzinfo else clock.to_utc(value))
        if isinstance(value, date):
            return self.check(clock.to_utc(datetime.combine(value, time())))
        text = _ascii_digits(value)
        found = re.search(r"(?<=[\sT日])(\d{1,2})[:时點点](\d{1,2})?(?::(\d{1,2}))?(?:\.\d+)?[分Z]?$", text)
        day = DayKind().read(text[: found.start()].rstrip(" T") if found else text)
        if day is None:
            return None
        try:
            hour, minute, second = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
            at = time(hour, minute, second)
        except ValueError:
            raise Invalid(_("“{value}” is not a time. Write it like 2026-11-30 15:30."), value=text[:40]) from None
        return self.check(clock.to_utc(datetime.combine(day, at)))

    def check(self, value: Any) -> datetime | None:
        if value is None or value == "":
            return None
        if not isinstance(value, datetime):
            raise Invalid(_("“{value}” is not a time. Write it like 2026-11-30 15:30."), value=tidy(value)[:40])
        moment = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
        super().check(moment)
        return moment.replace(microsecond=0)

    def store(self, value: Any) -> str | None:
        return None if value is None else value.strftime("%Y-%m-%d %H:%M:%S")

    def load(self, raw: Any) -> datetime | None:
        return datetime.fromisoformat(raw) if isinstance(raw, str) else raw


class FlagKind(Kind):
    """Yes or no."""

    key = "flag"
    operators = ("yes", "no")
    blank = False
    _yes = {"1", "y", "yes", "true", "t", "x", "√", "✓", "☑", "是", "对", "對", "有", "在售"}
    _no = {"", "0", "n", "no", "false", "f", "否", "不", "无", "無", "×", "停售"}

    def show(self, value: Any, lang: str | None = None, names: Naming | None = None) -> str:
        return say(_("Yes") if value else _("No"), lang)

    def read(self, value: Any, names: Naming | None = None) -> bool:
        if isinstance(value, bool):
            return value
        text = _ascii_digits(value).casefold()
        if text in self._yes:
            return True
        if text in self._no:
            return False
        raise Invalid(_("“{value}” is neither yes nor no."), value=text[:40])

    def check(self, value: Any) -> bool:
        return bool(value)

    def store(self, value: Any) -> int:
        return int(bool(value))

    def load(self, raw: Any) -> bool:
        return bool(raw)

    def empty(self, value: Any) -> bool:
        return False
