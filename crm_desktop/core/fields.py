"""The fields a record is declared with: peewee fields that carry their label and kind."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.kinds import (
    DayKind,
    EmailKind,
    FlagKind,
    Kind,
    LongTextKind,
    MomentKind,
    MoneyKind,
    MonthKind,
    NamedKind,
    NumberKind,
    PercentKind,
    PhoneKind,
    PictureKind,
    UrlKind,
    WeekdaysKind,
)
from crm_desktop.core.pointing import ChoiceKind, LinkKind, ManyKind, StateKind, StateValue
from crm_desktop.core.repeating import LONGEST, RepeatKind
from crm_desktop.database.peewee_import import peewee


class Field(peewee.Field):
    """A labelled field of a record.

    label: English source of the heading. required: may not be empty. search: "name" (a title people look for), "text" or
    "phone" put it into the search index. readonly: the program fills it; people and imports do not. shown: part of forms,
    column choosers and exports. masked: hidden in part from those who neither own the record nor may see it in full, unless the
    company chooses otherwise. series: what the running number begins with that a new record gets when this is left empty.
    """

    label: str
    kind: Kind
    custom = False

    def __init__(
        self,
        label: str,
        kind: Kind,
        *,
        required: bool = False,
        search: str = "",
        readonly: bool = False,
        shown: bool = True,
        default: Any = None,
        hint: str = "",
        masked: bool = False,
        series: str = "",
        **column: Any,
    ):
        self.label, self.kind = label, kind
        self.required, self.search, self.readonly, self.shown, self.hint = required, search, readonly, shown, hint
        self.masked, self.series = masked, series
        text = kind.store(None) == ""
        super().__init__(null=not text and not isinstance(kind, FlagKind), default=kind.blank if default is None else default, **column)

    def db_value(self, value: Any) -> Any:
        return self.kind.store(value)

    def python_value(self, value: Any) -> Any:
        return self.kind.load(value)


class Text(Field, peewee.CharField):
    """One line of text."""

    def __init__(self, label: str, *, max_length: int = 200, **options: Any):
        super().__init__(label, Kind(max_length), max_length=max_length, **options)


class Named(Field, peewee.CharField):
    """A name of the company's own, `shipped` to begin with, which is shown as `word`."""

    def __init__(self, label: str, shipped: str, word: str, *, max_length: int = 60, **options: Any):
        super().__init__(label, NamedKind(max_length, shipped, word), max_length=max_length, default=shipped, **options)


class LongText(Field, peewee.TextField):
    """Several lines of text."""

    def __init__(self, label: str, *, most: int = 20_000, **options: Any):
        super().__init__(label, LongTextKind(most), **options)


class Picture(Field, peewee.TextField):
    """A small picture. It is seen in the form only."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, PictureKind(), shown=False, **options)


class Weekdays(Field, peewee.CharField):
    """Days of the week."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, WeekdaysKind(), max_length=7, **options)


class Repeats(Field, peewee.CharField):
    """How often something comes again."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, RepeatKind(), max_length=LONGEST, **options)


class Phone(Field, peewee.CharField):
    """A phone number, kept as typed; found by any of its digits."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, PhoneKind(), search=options.pop("search", "phone"), max_length=60, **options)


class Email(Field, peewee.CharField):
    """E-mail addresses."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, EmailKind(), search=options.pop("search", "text"), max_length=200, **options)


class Url(Field, peewee.CharField):
    """A web address."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, UrlKind(), max_length=200, **options)


class Number(Field, peewee.IntegerField):
    """A whole number."""

    def __init__(self, label: str, least: int = -(2**31), most: int = 2**31 - 1, **options: Any):
        super().__init__(label, NumberKind(least, most), **options)


class Percent(Field, peewee.IntegerField):
    """A whole percentage."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, PercentKind(), **options)


class Money(Field, peewee.BigIntegerField):
    """An exact amount."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, MoneyKind(), **options)


class Day(Field, peewee.DateField):
    """A calendar day."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, DayKind(), **options)


class Month(Field, peewee.DateField):
    """A month, kept as its first day."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, MonthKind(), **options)


class Moment(Field, peewee.DateTimeField):
    """A point in time, stored in UTC."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, MomentKind(), **options)


class Flag(Field, peewee.BooleanField):
    """Yes or no."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, FlagKind(), **options)


class Choice(Field, peewee.CharField):
    """A value of a picklist."""

    def __init__(self, label: str, picklist: str, **options: Any):
        super().__init__(label, ChoiceKind(picklist), max_length=options.pop("max_length", 60), **options)


class State(Field, peewee.CharField):
    """The state of a record: changes through moves only, starts as `start`."""

    kind: StateKind

    def __init__(self, label: str, states: tuple[StateValue, ...], start: str, **options: Any):
        super().__init__(label, StateKind(states), default=start, max_length=30, **options)


class Link(Field, peewee.BigIntegerField):
    """Another record, by its type key: `Link(_("Customer"), "customer")`; the attribute holds the id.

    There is no foreign key in the database: records are deleted softly, undo restores them in any order, and both engines
    (and views over tables) behave alike. The door checks links when it saves; `crm-desktop check` finds what dangles.
    """

    kind: LinkKind

    def __init__(self, label: str, target: str, **options: Any):
        super().__init__(label, LinkKind(target), index=options.pop("index", True), **options)


class Many(Field, peewee.TextField):
    """Several other records: a tuple of their ids. `Many(_("Tags"), "tag")`."""

    kind: ManyKind

    def __init__(self, label: str, target: str, **options: Any):
        super().__init__(label, ManyKind(target), **options)
