"""The base of every record type, and the small declaration that says how it is shown and who may do what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from crm_desktop.core.fields import Field, Link, Moment, State
from crm_desktop.core.kinds import Kind
from crm_desktop.core.words import _
from crm_desktop.database.peewee_import import peewee

if TYPE_CHECKING:
    from crm_desktop.core.records import Records
    from crm_desktop.core.unit import Unit


class Rights(NamedTuple):
    """Which shipped role may do what, at least: "sales" < "manager" < "general" < "admin". The company's own settings
    (table role_right) override these. see: "scope" (the role's data scope) or "all" (everybody sees every record)."""

    see: str = "scope"
    add: str = "sales"
    edit: str = "sales"
    delete: str = "manager"
    assign: str = "manager"
    share: str = "sales"  # of types whose screen says `shared`
    plain: str = "manager"  # see hidden numbers of others' records in full
    purge: str = "admin"  # out of the recycle bin for good
    bring_in: str = "sales"  # import
    take_out: str = "sales"  # export


class Move(NamedTuple):
    """A button that changes the state: from any of `before` to `after`; `asks` names fields the person must fill in,
    `right` the operation it needs."""

    key: str
    label: str
    before: str
    after: str
    asks: str = ""
    right: str = "edit"

    def starts(self) -> tuple[str, ...]:
        return tuple(self.before.split())


class Judged(NamedTuple):
    """Whose scope decides who writes such records, where everybody sees them: that of the records of type `by`, of which `owner` and
    `department` name, in this type's own links, whose they would be. The department is the owner's of today; that of a month that
    is over stays what it was. month: the field that holds it."""

    by: str
    owner: str
    department: str
    month: str


class Screen(NamedTuple):
    """How a record type is shown.

    title, one: "Customers", "Customer". area: its group in the sidebar. icon: an icon's name. columns: list columns at
    first. sort: the list's order at first. sub: fields that tell two of the same name apart (search hits, cards).
    quick: fields of the short "new" dialog. follows: the link whose record lends its owner to this one; the record appears
    on that one's timeline too (`about` names the link when the owner is not lent). shared: single records may be shared with
    colleagues. tones: Choice values -> tone of the pill.
    """

    title: str
    one: str
    area: str = ""
    icon: str = "file-text"
    columns: str = "name"
    sort: str = "sort_key"
    sub: str = ""
    quick: str = ""
    follows: str = ""
    about: str = ""
    shared: bool = False
    tones: tuple[tuple[str, str], ...] = ()
    rights: Rights = Rights()
    moves: tuple[Move, ...] = ()


class Compared(NamedTuple):
    """By which fields two records of a type are known to be the same. company, person: names, the title first; a person is
    one only `within` the same record (the link's) or the same company. also: other types in which the same company or person may
    stand, which is told while one types and in the rehearsal of a sheet, and asked about at saving."""

    company: tuple[str, ...] = ()
    person: str = ""
    within: str = ""
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    def fields(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.company, *filter(None, (self.person, self.within)), *self.phones, *self.mails, *self.codes)


class Id(peewee.BigAutoField):
    """The id a client makes: the row id on SQLite, BIGINT on MySQL."""


def indexed(*sorts: str, first: str = "sort_key") -> tuple[tuple[tuple[str, ...], bool], ...]:
    """The indexes of a record table: its lists by title and in their order at `first` for everybody, an owner and a
    department, and by each of `sorts`.

    `deleted_at` leads: it is NULL for all living records (an equality for both engines), which makes the index cover the
    whole question "which ids, in which order", and gives the recycle bin its order as well.
    """
    lists = [(*whose, order) for order in dict.fromkeys(("sort_key", first)) for whose in ((), ("owner",), ("department",))]
    return tuple((("deleted_at", *names), False) for names in [*lists, *((sort,) for sort in sorts)])


class Record(peewee.Model):
    """What every record has. Instances are plain values, bound to no database: `core.records` reads and writes them."""

    id = Id()
    owner = Link(_("Owner"), "employee", index=False)
    department = Link(_("Department"), "department", readonly=True, index=False)
    sort_key = peewee.CharField(max_length=40, default="")
    created_at = Moment(_("Created at"), readonly=True)
    created_by = Link(_("Created by"), "employee", readonly=True, index=False)
    updated_at = Moment(_("Changed at"), readonly=True)
    updated_by = Link(_("Changed by"), "employee", readonly=True, index=False)
    version = peewee.IntegerField(default=0)
    deleted_at = Moment(_("Deleted at"), readonly=True, shown=False)
    extra = peewee.TextField(default="")

    screen: ClassVar[Screen]
    compared: ClassVar[Compared | None] = None
    """How duplicates are known; None: they are not looked for."""
    unique: ClassVar[tuple[str, ...]] = ()
    """Texts of which no two living records have the same, whoever sees them."""
    known_by: ClassVar[tuple[str, ...]] = ()
    """The fields that together tell which one it is, where the title does not: a sheet finds it again by them. All but the
    first may be empty."""
    known_unless: ClassVar[dict[str, str]] = {}
    """Of `known_by`, what does not count where another of them is filled: it follows from that one."""
    judged: ClassVar[Judged | None] = None
    """Who writes such records, beyond the rights to the type; None: whoever has those."""
    title_field: ClassVar[str] = "name"
    else_follows: ClassVar[str] = ""
    """The link that lends the owner while `screen.follows` is empty."""
    told: ClassVar[bool] = False
    """Whether rules write such records to colleagues whose own the actor need not see (reminders)."""

    _row: tuple[list[str], tuple[Any, ...]] | None = None  # columns and values as they were read, until `stored` is asked for
    _stored: dict[str, Any] | None = None
    masked: frozenset[str] = frozenset()
    """The fields whose values are hidden from whoever asked for it (core/masking.py)."""

    @property
    def stored(self) -> dict[str, Any] | None:
        """The values in storage form as they were read; None while the record is new."""
        if (read := self._row) is not None:  # most records are only looked at
            ways = _ways(type(self))
            self._stored = {name: ways[name][1](ways[name][0](raw)) for name, raw in zip(*read, strict=True)}
            self._row = None
        return self._stored

    @stored.setter
    def stored(self, values: dict[str, Any] | None) -> None:
        self._row, self._stored = None, values

    @classmethod
    def key(cls) -> str:
        """The record type's key: 'follow_up'; also its table's name."""
        return str(cls._meta.table_name)

    @classmethod
    def declared(cls) -> dict[str, Field]:
        """Name -> field, for all fields that have a label, in the order of their declaration."""
        return _declared(cls)

    @classmethod
    def first_columns(cls, lang: str) -> list[str]:
        """The columns of its list until somebody chooses others. Who reads another language than the name is written in finds its
        label beside it."""
        names, label = cls.screen.columns.split(), {"en": "name_en", "zh_TW": "name_tw"}.get(lang, "")
        if label in cls.declared() and cls.title_field in names:
            names.insert(names.index(cls.title_field) + 1, label)
        return names

    @classmethod
    def state_field(cls) -> str | None:
        """The name of the State field, if the type has one."""
        return next((name for name, field in cls.declared().items() if isinstance(field, State)), None)

    @classmethod
    def parent_link(cls) -> str:
        """The link to the record on whose timeline this one appears; '' if none."""
        return cls.screen.follows or cls.screen.about

    def called(self) -> str:
        """What the record is called."""
        return (getattr(self, self.title_field) or "")[:200]

    @classmethod
    def followed(cls) -> tuple[str, ...]:
        """The links whose record may lend this one its owner; the first that is filled does."""
        return tuple(filter(None, (cls.screen.follows, cls.else_follows)))

    @classmethod
    def preferred(cls, link: str) -> tuple[str, ...]:
        """The links that, when filled, lend the owner instead of this one."""
        followed = cls.followed()
        return followed[: followed.index(link)] if link in followed else ()

    def follows_now(self) -> str:
        """The link whose record lends this one its owner; '' when none does."""
        return next((link for link in self.followed() if getattr(self, link)), "")

    def stands_on(self) -> str:
        """The link to the record this one cannot be without: it goes into the recycle bin with it; '' when there is none."""
        link = type(self).screen.about
        required = bool(link) and type(self).declared()[link].required and getattr(self, link)
        return self.follows_now() or (link if required else "")

    def timeline_of(self) -> int | None:
        """The id of the record on whose timeline this one appears."""
        link = self.follows_now() or type(self).parent_link()
        return getattr(self, link) if link else None

    def is_new(self) -> bool:
        return self._row is None and self._stored is None

    def begin(self, records: Records) -> None:
        """Fill in what the form of a new one shows at first, so that nobody wonders what an empty field will become."""

    def follow(self, name: str, before: Any) -> None:
        """A person has changed this field, which held `before`: bring along what goes with it."""

    # What a record type may say about its own saving; the door calls these inside the transaction.

    def fill_in(self, unit: Unit) -> None:
        """Complete the record before it is checked (defaults, numbers, values that follow from others)."""

    def check(self, unit: Unit) -> None:
        """Raise Invalid or Refused if the record may not be saved as it is."""

    def saved(self, unit: Unit, before: dict[str, Any] | None) -> None:
        """The record has been written; `before` holds the values of the changed fields, None when it was created."""

    @staticmethod
    def all_saved(unit: Unit, written: Sequence[tuple[Record, dict[str, Any] | None]]) -> None:
        """The same of several that were written together, for types that can look at all of them at once."""
        for record, before in written:
            record.saved(unit, before)

    def given(self, unit: Unit, before: dict[str, Any] | None) -> None:
        """Called after `saved` with the same, except in an import: tell whoever has got the record from somebody else."""

    def deleted(self, unit: Unit) -> None:
        """The record has been put into the recycle bin; what belonged to it went before."""

    def restored(self, unit: Unit) -> None:
        """The record has been taken out of the recycle bin; what belongs to it follows."""

    def opened_to(self, unit: Unit, employee: int, others: int = 0) -> None:
        """The record has been shared with an employee, and so many others of its type with it."""

    def comes_along(self, unit: Unit) -> None:
        """What this one points at has been merged into another, at which it points now; it is about to be written."""

    def joined(self, unit: Unit, before: Record, other: Record) -> None:
        """`other` has been merged into this one, which was `before`; both as they stood then."""

    class Meta:
        legacy_table_names = False
        indexes = indexed()


_order = ("owner", "department", "created_at", "created_by", "updated_at", "updated_by", "deleted_at")
_declared_cache: dict[type[Record], dict[str, Field]] = {}


def _declared(record_type: type[Record]) -> dict[str, Field]:
    found = _declared_cache.get(record_type)
    if found is None:
        labelled = {f.name: f for f in record_type._meta.sorted_fields if isinstance(f, Field)}
        last = [name for name in _order if name == "owner" or labelled[name].readonly]  # an employee's department is his own field
        own = {name: field for name, field in labelled.items() if name not in last}
        found = own | {name: labelled[name] for name in last}
        _declared_cache[record_type] = found
    return found


def columns_of(record_type: type[Record]) -> list[str]:
    """All column names of the table, in the order of the model."""
    return [field.column_name for field in record_type._meta.sorted_fields]


def from_row(record_type: type[Record], names: list[str], row: tuple[Any, ...]) -> Record:
    """A record as it stands in the database: `names` are the columns of `row`."""
    record = record_type()
    data = record.__data__
    data.update(zip(names, row, strict=True))
    for name, load in _loaded(record_type, tuple(names)):
        data[name] = load(data[name])
    record._row = names, row
    return record


def _as_it_is(value: Any) -> Any:
    return value


@lru_cache(None)
def _loaded(record_type: type[Record], names: tuple[str, ...]) -> list[tuple[str, Callable[[Any], Any]]]:
    """What is to be done with the columns that are not worked with as they are stored."""
    fields, ways = record_type._meta.fields, _ways(record_type)
    return [(name, ways[name][0]) for name in names if not _is_stored_so(fields[name])]


_STORED_SO = (peewee.IntegerField, peewee.CharField, peewee.TextField)


def _is_stored_so(field: Any) -> bool:
    return type(field.kind).load is Kind.load if isinstance(field, Field) else isinstance(field, _STORED_SO)


@lru_cache(None)
def _ways(record_type: type[Record]) -> dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]]:
    """Column -> what turns a stored value into one to work with, and back."""
    return {
        name: (field.kind.load, field.kind.store) if isinstance(field, Field) else (field.python_value, _as_it_is)
        for name, field in record_type._meta.fields.items()
    }


def copied(record: Record) -> Record:
    """The record once more, as it stands in the database."""
    stored = record.stored or {}
    return from_row(type(record), list(stored), tuple(stored.values()))


def stored_values(record: Record) -> dict[str, Any]:
    """Every column of the record in storage form."""
    data = record.__data__
    return {name: store(data.get(name)) for name, (_load, store) in _ways(type(record)).items()}


def move_of(record_type: type[Record], key: str) -> Move:
    """The move of this key; KeyError is a bug of the caller."""
    return {move.key: move for move in record_type.screen.moves}[key]
