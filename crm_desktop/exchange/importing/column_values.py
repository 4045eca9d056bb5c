"""Turns the cells of one column into values of its field, a packet at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from collections.abc import Mapping as Lookup
from types import NoneType
from typing import Any

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.kinds import DayKind, EmailKind, FlagKind, Kind, LongTextKind, MoneyKind, PercentKind, PhoneKind, UrlKind
from crm_desktop.core.names import Names
from crm_desktop.core.pointing import ChoiceKind, LinkKind, ManyKind, StateKind
from crm_desktop.core.words import LANGUAGES, _
from crm_desktop.exchange import dates
from crm_desktop.exchange.cells import ERRORS, Cell, TextsAndBlanks, as_text, kinds_of
from crm_desktop.exchange.headings import heading
from crm_desktop.exchange.mapping import Column
from crm_desktop.exchange.targets import REFERENCE, Target

_REMEMBERED = 20_000
_SHORTENED = re.compile(r"[+-]?\d(\.\d+)?E\+\d{2,}", re.I)
ADD = "+"  # a word that becomes a new value of its list
_FRACTION = re.compile(r"[0-9]*\.[0-9]+")
# Several numbers or addresses in one cell, as Google Contacts and people write them.
_BETWEEN_TWO = re.compile(r"\s*(?:\n|:::)\s*")
SEPARATORS = re.compile(r"[、;；,，\n]| ::: ")
_IDENTIFIERS = ("code", "number", "tax_no", "postcode")
ENDINGS = re.compile(r"(客户|客戶|行业|行業|合同|合約|业|業|类|類|级|級|型)$")
_TEXTS = (Kind, LongTextKind, UrlKind)
# What needs a closer look among texts of several cells, one in a line: failed formulas, and in numbers all that might be folded.
_ODD_TEXT = re.compile("#|Err:5")
_ODD_IDENTIFIER = re.compile(r"[^0-9A-DF-Za-df-z ()/._\n-]| $|^ ", re.M)

# Kinds whose columns hold few different values: each is read once.
_FEW = (ChoiceKind, DayKind, FlagKind, LinkKind, ManyKind, PercentKind, StateKind)

ERROR_CELL = _("The cell holds {error}, an error of the workbook. Mend the formula or empty the cell.")
SHORTENED = _(
    "“{value}” is a number the spreadsheet has shortened; its digits are lost. Format the column as text and enter it again."
)
IN_COLUMN = _("{column}: {problem}")


class ColumnValues:
    """Reads the cells of one column.

    order: how slashed dates of the column are written (see `dates.order_of`); added: words -> keys or ids of the values the
    import itself adds; hundredfold: percentages stand as fractions;
    six_digits: postcodes that lost a leading zero get it back.
    """

    def __init__(self, column: Column, target: Target, names: Names, order: str = "", added: Lookup[str, Any] | None = None):
        self.column, self.target, self.names = column, target, names
        self.added = added or {}
        self.kind: Kind = target.field.kind
        self.order = column.dates or order
        self.hundredfold = False
        self.six_digits = False
        self._memory: dict[type, dict[Any, Any]] = {}
        self._choices = choices_of(self.kind, names) if isinstance(self.kind, ChoiceKind) else {}
        self._is_phone = isinstance(self.kind, PhoneKind)
        self._take = self._taker()
        self._few = isinstance(self.kind, _FEW)
        # Sorts of cells of which one alone does not say what is meant.
        self.telling = {float, str} if isinstance(self.kind, PercentKind) else {int} if target.base == "postcode" else set()
        self._most = getattr(self.kind, "max_length", 0)
        self._odd = self._oddities()

    def read(self, cells: Sequence[Cell]) -> Sequence[Any]:
        """A value for each cell; None for an empty one, an Invalid for one that cannot be taken."""
        if self._odd is not None and self._all_as_written(cells):
            return cells
        if not self._few:
            return [None if cell is None else self._value_or_problem(cell) for cell in cells]
        kinds = kinds_of(cells) - {NoneType}
        if len(kinds) > 1:  # True and 1 and 1.0 are one key of a dictionary
            return [None if cell is None else self._remembered({cell})[cell] for cell in cells]
        return list(map(self._remembered(set(cells)).__getitem__, cells))

    def _remembered(self, cells: Set[Cell]) -> dict[Any, Any]:
        """The values of these cells, all of one sort or empty, with others of that sort read before."""
        kind = next((type(cell) for cell in cells if cell is not None), NoneType)
        memory = self._memory.setdefault(kind, {None: None})
        if len(memory) > _REMEMBERED:
            memory = self._memory[kind] = {None: None}
        for cell in cells - memory.keys():
            memory[cell] = self._value_or_problem(cell)
        return memory

    def _all_as_written(self, cells: Sequence[Cell]) -> bool:
        """Whether all are texts that are values as they stand: one look at all of them together."""
        kinds = kinds_of(cells)
        if str not in kinds or not kinds <= TextsAndBlanks.kinds:
            return False
        texts = cells if NoneType not in kinds else [cell for cell in cells if cell is not None]
        if max(map(len, texts)) > self._most:  # type: ignore[arg-type]
            return False
        together = "\n".join(texts)  # type: ignore[arg-type]
        if isinstance(self.kind, EmailKind):
            return self.kind.all_plain(together)
        return self._odd.search(together) is None  # type: ignore[union-attr]

    def _oddities(self) -> re.Pattern[str] | None:
        """What makes a text need a closer look; None when every cell needs one."""
        if self._is_identifier():
            return _ODD_IDENTIFIER
        return _ODD_TEXT if type(self.kind) in (*_TEXTS, EmailKind) else None

    def _value_or_problem(self, cell: Cell) -> Any:
        try:
            return self.value_of(cell)
        except Trouble as problem:
            return Invalid(IN_COLUMN, self.target.name, column=self.column.title, problem=problem)

    def value_of(self, cell: Cell) -> Any:
        """The value of one cell. Raises Invalid."""
        if cell.__class__ is str and cell[:1] in "#E" and cell in ERRORS:
            raise Invalid(ERROR_CELL, error=cell)
        return self._take(cell)

    def knows(self, word: str) -> bool:
        """Whether a word can be taken."""
        try:
            self.value_of(word)
        except Trouble:
            return False
        return True

    def _taker(self) -> Callable[[Cell], Any]:
        """How cells of this kind are read."""
        if isinstance(self.kind, DayKind):
            return lambda cell: self.kind.read(dates.read_day(cell, self.order, self.column.title))
        if isinstance(self.kind, MoneyKind):
            return self._amount
        if isinstance(self.kind, PercentKind):
            return self._percentage
        if isinstance(self.kind, ChoiceKind):
            return self._choice
        if isinstance(self.kind, LinkKind):
            # A number in a sheet is a code people know, never one of our ids.
            target = self.kind.target
            return lambda cell: self._pointed(as_text(cell), target)
        if isinstance(self.kind, ManyKind):
            many = self.kind
            return lambda cell: self._several(cell, many)
        if isinstance(self.kind, EmailKind):
            return lambda cell: self.kind.read(_BETWEEN_TWO.sub("; ", as_text(cell)))
        if self._is_identifier():
            return self._identifier
        return lambda cell: self.kind.read(cell if isinstance(cell, bool) else as_text(cell), self.names)

    def _choice(self, cell: Cell) -> Any:
        text = as_text(cell)
        spelled = heading(text).loose
        known = self._choices.get(spelled) or self._choices.get(ENDINGS.sub("", spelled))
        return known or self._meant(text) or self._read_choice(text)

    def _read_choice(self, text: str) -> Any:
        return "" if text in self.column.values else self.kind.read(text, self.names)

    def _several(self, cell: Cell, kind: ManyKind) -> Any:
        words = (word.strip() for word in SEPARATORS.split(as_text(cell)))
        found = (self._pointed(word, kind.target) for word in words if word)
        return kind.check(tuple(one for one in found if one is not None))

    def _pointed(self, word: str, target: str) -> Any:
        """The id of the record a word names: by its title, code or number, by "… #id", or as the person has said."""
        if (found := REFERENCE.fullmatch(word)) and self.names.alive(target, int(found[1])):
            return int(found[1])
        try:
            return LinkKind(target).read(word, self.names)
        except Invalid:
            meant = self._meant(word)
            if meant is None and word not in self.column.values:
                raise
            return meant

    def _meant(self, word: str) -> Any:
        """What the person has said of a word nothing knows; None when it stands for nothing, or nothing was said."""
        meaning = self.column.values.get(word)
        if meaning == ADD:
            return self.added.get(word)
        if meaning and (found := REFERENCE.fullmatch(meaning)):
            return int(found[1])
        return meaning or None

    def _amount(self, cell: Cell) -> Any:
        if isinstance(cell, float):
            cell = repr(cell)
        scaled = self.column.scale
        if scaled == 1 or (isinstance(cell, str) and re.search("[万萬亿億]", cell)):
            return self.kind.read(cell)
        value = self.kind.exact(cell)  # type: ignore[attr-defined]
        return None if value is None else self.kind.check(value * scaled)

    def _percentage(self, cell: Cell) -> Any:
        number = _number(cell)
        if self.hundredfold and number is not None:
            return self.kind.read(round(number * 100))
        if isinstance(number, float):
            return self.kind.read(round(number))
        return self.kind.read(as_text(cell))

    def _identifier(self, cell: Cell) -> Any:
        text = as_text(cell)
        if text.isdigit() and text.isascii() and not self.six_digits and len(text) <= self._most:
            return text
        if _SHORTENED.fullmatch(text):
            raise Invalid(SHORTENED, value=text)
        if self.six_digits and isinstance(cell, int) and len(text) == 5:
            text = "0" + text
        return self.kind.read(_BETWEEN_TWO.sub("; ", text) if self._is_phone else text)

    def _is_identifier(self) -> bool:
        return self._is_phone or self.target.base in _IDENTIFIERS

    def judge(self, cells: Sequence[Cell]) -> None:
        """Learn from the whole column what single cells cannot tell; may be called for one packet after another."""
        if isinstance(self.kind, PercentKind):
            numbers = map(_number, cells)
            self.hundredfold = self.hundredfold or any(number is not None and 0 < number < 1 for number in numbers)
        if self.target.base == "postcode":
            self.six_digits = self.six_digits or any(len(as_text(cell)) == 6 and as_text(cell).isdigit() for cell in cells)


def _number(cell: Cell) -> int | float | None:
    """A cell that is a number, also as a text table writes it."""
    if isinstance(cell, str):
        return float(cell) if _FRACTION.fullmatch(cell) else int(cell) if cell.isdecimal() and cell.isascii() else None
    return cell if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None


def choices_of(kind: ChoiceKind, names: Names) -> dict[str, str]:
    """Spelling -> code of a picklist: labels of every language, and the words of a label that no other one has."""
    labels: dict[str, str] = {}
    for lang in LANGUAGES:
        for pick in names.picklist(kind.picklist, lang, all_values=True):
            for text in (pick.key, pick.label):
                labels.setdefault(heading(text).loose, pick.key)
    parts: dict[str, set[str]] = {}
    for lang in LANGUAGES:
        for pick in names.picklist(kind.picklist, lang, all_values=True):
            for word in re.split(r"[\s/()（）]+", pick.label):
                spelled = heading(word).loose
                if len(spelled) > 1:
                    parts.setdefault(spelled, set()).add(pick.key)
            # 重点 for 重点客户, 金融 for 金融业; what a sheet writes at the end is taken off in the same way: 制造业, A类
            for text in (pick.label, *re.split(r"[\s/()（）]+", pick.label)):
                parts.setdefault(ENDINGS.sub("", heading(text).loose), set()).add(pick.key)
    for word, codes in parts.items():
        if word and len(codes) == 1:
            labels.setdefault(word, next(iter(codes)))
    return labels
