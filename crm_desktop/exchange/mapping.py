"""Which column goes into which field: guessed from the headings, changed by hand, kept for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm_desktop.core.errors import Invalid, Marked, Trouble
from crm_desktop.core.kinds import DayKind, PictureKind
from crm_desktop.core.names import Label
from crm_desktop.core.words import LANGUAGES, _
from crm_desktop.exchange.contents import are_our_ids, are_regions, are_words, content_of, in_the_past
from crm_desktop.exchange.headings import heading, spelling
from crm_desktop.exchange.synonyms import ranks
from crm_desktop.exchange.tables import Table
from crm_desktop.exchange.targets import BROUGHT_ALONG, ID, WHOLE_ADDRESS, Target

NO_COLUMN = _("The sheet has no column “{column}”.")
NO_FIELD = _("There is no field “{name}” to import into.")
TWICE = _("Two columns go into “{name}”: “{first}” and “{second}”. Choose one.")

# How much a guess is doubted: the field's own label, its name, a synonym, any of them without what stands in brackets.
_LABEL, _NAME, _SYNONYM, _WITHOUT_BRACKETS = 0.0, 0.5, 1.0, 2.0

_PERSONAL = ("mobile", "email")


@dataclass
class Column:
    """One column of the sheet. target: name of what it goes into, '' for nothing. scale: what amounts are multiplied with.
    dates: "dmy" or "mdy" when the person has decided how days are written, else ''. values: words of this column and what they
    mean (a key of the picklist, "#id" of a record, ADD for a new value, '' for nothing). by_content: its cells, not its
    heading, told the target. title: the heading for people, where it is translated."""

    index: int
    heading: str
    target: str = ""
    scale: int = 1
    dates: str = ""
    values: dict[str, str] = field(default_factory=dict)
    by_content: bool = False
    title: str | Trouble = field(default="", compare=False)

    def said(self, lang: str | None = None) -> str:
        """What people call the column."""
        return self.title.sentence(lang) if isinstance(self.title, Trouble) else self.heading


@dataclass
class Mapping:
    """The columns of a sheet, each with its target."""

    columns: list[Column] = field(default_factory=list)

    def mapped(self) -> list[Column]:
        """The columns that go somewhere."""
        return [column for column in self.columns if column.target]

    def column(self, target: str) -> Column | None:
        """The column that goes into `target`."""
        return next((column for column in self.columns if column.target == target), None)

    def set(self, heading_text: str, target: str) -> None:
        """Map a column by its heading; '' takes it off. What else went into the target no longer does. Raises Invalid."""
        chosen = next((column for column in self.columns if column.heading == heading_text), None)
        if chosen is None:
            raise Invalid(NO_COLUMN, column=heading_text)
        for column in self.columns:
            if target and column.target == target:
                column.target = ""
        chosen.target, chosen.values, chosen.by_content = target, {}, False

    def as_json(self) -> dict[str, Any]:
        """To be kept: heading -> target, or a small object when there is more to say."""
        kept: dict[str, Any] = {}
        for column in self.mapped():
            more = {"scale": column.scale} if column.scale != 1 else {}
            if column.dates:
                more["dates"] = column.dates  # type: ignore[assignment]
            if column.values:
                more["values"] = column.values  # type: ignore[assignment]
            kept[column.heading] = {"field": column.target, **more} if more else column.target
        return kept


def mapping_from(kept: Lookup[str, Any], table: Table, targets: Lookup[str, Target]) -> Mapping:
    """The mapping a person wrote or the program kept: heading -> target; a heading's spelling need not be exact.

    Raises Invalid when a column or field does not exist, or two columns go into one field.
    """
    mapping = _unmapped(table, targets)
    by_text = {column.heading: column for column in mapping.columns}
    by_spelling = {spelling(column.heading): column for column in reversed(mapping.columns)}
    for text, wanted in kept.items():
        column = by_text.get(text) or by_spelling.get(spelling(text))
        if column is None:
            raise Invalid(NO_COLUMN, column=text)
        target = wanted.get("field", "") if isinstance(wanted, dict) else wanted or ""
        if target and target not in targets:
            raise Invalid(NO_FIELD, name=target)
        other = mapping.column(target) if target else None
        if other is not None and other is not column:
            raise Invalid(TWICE, name=target, first=other.title, second=column.title)
        column.target = target
        if isinstance(wanted, dict):
            column.scale = int(wanted.get("scale", column.scale))
            column.dates = wanted.get("dates", "")
            column.values = {str(word): str(meaning) for word, meaning in dict(wanted.get("values") or {}).items()}
    return mapping


def guess_mapping(record_type: str, targets: Lookup[str, Target], table: Table) -> Mapping:
    """Map every heading whose meaning is known: the surest guess wins a field, each column goes into one field only."""
    mapping = _unmapped(table, targets)
    known = known_headings(record_type, targets)
    # What every record needs goes to a column that holds something, before one that is called so and holds nothing.
    needed = {name for name, target in targets.items() if target.field.required}
    held = {name for column in mapping.columns if table.samples_of(column.index) for name in _meanings(column.heading, known)} & needed
    guesses = []
    for column in mapping.columns:
        samples, pictures = table.samples_of(column.index), column.index in table.sheet.pictures or column.index in table.sheet.unread
        for target, doubt in _meanings(column.heading, known).items():
            bare = not samples and target in held
            if targets[target].spread:
                if are_regions(samples):  # then “Region” is no province
                    guesses.append((bare, doubt - _SYNONYM, column.index, target))
            elif isinstance(targets[target].field.kind, PictureKind):
                if pictures:  # names of files are none
                    guesses.append((bare, doubt, column.index, target))
            elif target != ID.name or are_our_ids(samples):
                guesses.append((bare, doubt, column.index, target))
    taken: set[str] = set()
    for _bare, _doubt, index, target in sorted(guesses):
        column = mapping.columns[index]
        if not column.target and target not in taken:
            column.target = target
            taken.add(target)
    _drop_needless(mapping, targets)
    _beside_the_person(mapping, targets, table)
    nothing_said = [column for column in mapping.columns if not column.target and not _meanings(column.heading, known)]
    _guess_by_content(mapping, nothing_said, targets, table)
    return mapping


def _guess_by_content(mapping: Mapping, columns: list[Column], targets: Lookup[str, Target], table: Table) -> None:
    """Columns whose headings say nothing go where their cells belong, as long as that field is free."""
    for column in columns:
        sort = content_of(table.samples_of(column.index))
        wanted = _day_target(mapping, targets, table.samples_of(column.index)) if sort == "day" else sort
        for target in (wanted, {"mobile": "phone"}.get(wanted, "")):
            fills = (target, *targets[target].spread) if target in targets else ()
            if fills and all(mapping.column(name) is None for name in fills):
                column.target, column.by_content = target, True
                break
    title = next((name for name, one in targets.items() if one.titles), "")
    if not table.heading_rows and title and mapping.column(title) is None:
        words = (column for column in columns if not column.target and are_words(table.samples_of(column.index)))
        if (first := next(words, None)) is not None:
            first.target, first.by_content = title, True


def _day_target(mapping: Mapping, targets: Lookup[str, Target], samples: list[Any]) -> str:
    """Days that are all over may be when a record was made; others go into the only day there is, if there is only one."""
    if in_the_past(samples, date.today()):
        return "created_at"
    days = [
        name for name, one in targets.items()
        if isinstance(one.field.kind, DayKind) and not one.along and name not in BROUGHT_ALONG and mapping.column(name) is None
    ]  # fmt: skip
    return days[0] if len(days) == 1 else ""


def splits(column: Column, mapping: Mapping, targets: Lookup[str, Target]) -> bool:
    """Whether a column of whole addresses could fill province, city and district as well, which no other one does. That is offered,
    never guessed: what was exported with its address in full has to come in again unchanged."""
    if column.target != "address":
        return False
    whole = targets[WHOLE_ADDRESS.name]
    filled = {name for other in mapping.mapped() if other is not column for name in targets[other.target].spread or (other.target,)}
    return filled.isdisjoint(whole.spread)


def reused(mapping: Mapping, kept: Lookup[str, Any], table: Table, targets: Lookup[str, Target]) -> Mapping:
    """The guess, with what was said last time of columns with the same headings in its place."""
    known = {text: wanted for text, wanted in kept.items() if text in table.headings}
    try:
        own = mapping_from(known, table, targets)
    except Invalid:  # a field that has been deleted since
        return mapping
    for column in own.mapped():
        mapping.set(column.heading, column.target)
        mine = mapping.columns[column.index]
        mine.scale, mine.values = column.scale, column.values
    return mapping


def known_heading(record_type: str, targets: Lookup[str, Target]) -> Callable[[str], bool]:
    """A test for texts that are headings of this record type's fields, to find the heading row by."""
    known = known_headings(record_type, targets)
    return lambda text: bool(_meanings(text, known))


def known_headings(record_type: str, targets: Lookup[str, Target]) -> dict[str, dict[str, float]]:
    """Spelling -> target -> doubt: the targets' names and labels in every language first, then the synonyms."""
    known: dict[str, dict[str, float]] = {}
    for text, meanings in ranks(record_type).items():
        for target, doubt in meanings.items():
            if target in targets:
                known.setdefault(text, {})[target] = _SYNONYM + doubt
    for name, own in targets.items():
        labels = [own.label(lang) for lang in LANGUAGES]
        for text, doubt in ((name, _NAME), *((label, _LABEL) for label in labels)):
            known.setdefault(heading(text).loose, {})[name] = doubt
    return known


def _meanings(text: str, known: Lookup[str, Lookup[str, float]]) -> dict[str, float]:
    """target -> doubt for a heading: its full spelling first, then without what stands in brackets."""
    taken_apart = heading(text)
    found = dict(known.get(taken_apart.loose, {}))
    if taken_apart.key != taken_apart.loose:
        for target, doubt in known.get(taken_apart.key, {}).items():
            found.setdefault(target, doubt + _WITHOUT_BRACKETS)
    return found


def _unmapped(table: Table, targets: Lookup[str, Target]) -> Mapping:
    columns = [Column(index, text, scale=heading(text).scale, title=text) for index, text in enumerate(table.headings)]
    for column in columns if table.sheet.coined else ():
        known = targets.get(column.heading)
        column.title = Label(known.field) if known is not None else Marked(column.heading)
    return Mapping(columns)


def titles(table: Table, targets: Lookup[str, Target], lang: str | None = None) -> list[str]:
    """The headings of a table for people: the program's own words for the facts of cards and calendars in their language."""
    return [column.said(lang) for column in _unmapped(table, targets).columns]


def _drop_needless(mapping: Mapping, targets: Lookup[str, Target]) -> None:
    """A whole name or address makes its parts needless; what comes along is nothing without its name."""
    whole = {column.target for column in mapping.columns if "." not in column.target}
    for column in mapping.columns:
        base = column.target.partition(".")[0]
        if base in ("name", "address") and column.target != base and base in whole:
            column.target = ""
    mapped = {column.target for column in mapping.columns}
    for column in mapping.columns:
        target = targets.get(column.target)
        if target is not None and target.along and f"{target.along}.name" not in mapped:
            column.target = ""


def _beside_the_person(mapping: Mapping, targets: Lookup[str, Target], table: Table) -> None:
    """Where a customer has several rows, the mobile and email behind the contact are the contact's own, unless more of the
    customer than the number of the office stands between."""
    along, moved = "", []
    for column in mapping.columns:
        target = targets.get(column.target)
        own = f"{along}.{column.target}"
        if target is not None and target.along:
            along = target.along
        elif along and column.target in _PERSONAL and own in targets and mapping.column(own) is None:
            moved.append((column, own))
        elif column.target != "phone":  # the number of the office often stands between the person and his mobile
            along = ""
    title = next((column for column in mapping.columns if column.target in targets and targets[column.target].titles), None)
    if title is not None and title.index in table.again:
        for column, own in moved:
            column.target = own


def unmapped(mapping: Mapping) -> Iterable[str]:
    """Headings of columns that go nowhere, to be told to the person."""
    return [column.heading for column in mapping.columns if not column.target]
