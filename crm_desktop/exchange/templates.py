"""Templates for imports: an empty workbook with the headings of a record type, a hint above each, and lists to choose from.

The hints stand above the headings, where an import takes them for a title, so that nobody has to delete them.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from crm_desktop.core.access import Actor
from crm_desktop.core.kinds import (
    DayKind,
    EmailKind,
    FlagKind,
    MomentKind,
    MoneyKind,
    MonthKind,
    NumberKind,
    PercentKind,
    PhoneKind,
    PictureKind,
)
from crm_desktop.core.pointing import ChoiceKind, LinkKind, ManyKind, StateKind
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say
from crm_desktop.exchange.cells import column_letter
from crm_desktop.exchange.targets import BROUGHT_ALONG, COMES_ALONG, Target, targets_of
from crm_desktop.exchange.writers.columns import Column, fitting_width
from crm_desktop.exchange.writers.whole_file import whole_file
from crm_desktop.exchange.writers.xlsx_frame import sheet_name

ROWS = 5_000  # rows the drop-downs reach to
_MOST_LISTED = 500  # entries of a drop-down; of longer lists the name is typed

REQUIRED = _("required")
HINTS: tuple[tuple[type, str], ...] = (
    (MomentKind, _("like 2026-11-30 15:30")),
    (MonthKind, _("like 2026-11")),
    (DayKind, _("like 2026-11-30")),
    (MoneyKind, _("amount, like 12500.00")),
    (PercentKind, _("0 to 100")),
    (NumberKind, _("whole number")),
    (EmailKind, _("several with ; between")),
    (PhoneKind, _("digits as you would dial them")),
    (ManyKind, _("several with 、 between")),
    (PictureKind, _("put the picture into the cell or over it")),
)


def write_template(records: Records, record_type: type[Record], actor: Actor, path: str | Path, lang: str | None = None) -> int:
    """Write the template of a record type, its custom fields too; returns the number of columns.

    Raises Refused without the right to import, Trouble when the file cannot be written.
    """
    may = records.may(actor, record_type, "bring_in")
    if not may:
        raise may.refusal()  # type: ignore[union-attr]
    lang = lang or actor.lang
    columns = _columns(records, record_type)
    book = _workbook(records, record_type, columns, lang)
    made = BytesIO()
    book.save(made)  # openpyxl complains aloud about a disk that is full
    with whole_file(Path(path)) as file:
        file.write(made.getbuffer())
    return len(columns)


def _columns(records: Records, record_type: type[Record]) -> list[Target]:
    """What people fill in: the fields of the type, and the name and numbers of the record that comes along."""
    along, _mark = COMES_ALONG.get(record_type.key(), ("", ""))
    with_it = {f"{along}.{name}" for name in ("name", "title", "mobile", "email")} if along else set()
    return [
        target
        for name, target in targets_of(records, record_type).items()
        if name in with_it or ("." not in name and name != "id" and name not in BROUGHT_ALONG and not target.spread)
    ]


def _workbook(records: Records, record_type: type[Record], columns: list[Target], lang: str) -> Any:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet: Any = book.active
    sheet.title = sheet_name(say(record_type.screen.title, lang), 1)
    lists: Any = book.create_sheet("Lists")
    lists.sheet_state = "hidden"
    for place, target in enumerate(columns):
        letter = column_letter(place)
        heading = target.label(lang) + (" *" if target.field.required and not target.along else "")
        hint = _hint(target, lang)
        top, head = sheet[f"{letter}1"], sheet[f"{letter}2"]
        top.value, head.value = hint, heading
        top.data_type = head.data_type = "s"
        top.font = Font(italic=True, size=9, color="FF6B7280")
        top.alignment = Alignment(wrap_text=True, vertical="top")
        head.font = Font(bold=True, color="FF1F2937")
        head.fill = PatternFill("solid", fgColor="FFE8EEF7")
        dimension = sheet.column_dimensions[letter]
        dimension.width = fitting_width(Column(heading), [hint])
        # Texts and numbers that are none (codes, phones) keep their leading zeros.
        dimension.number_format = _format(target)
        for row in range(3, 203):
            sheet[f"{letter}{row}"].number_format = _format(target)
        words = _words(records, target, lang)
        if words:
            for number, word in enumerate(words, 1):
                cell = lists[f"{letter}{number}"]
                cell.value, cell.data_type = word, "s"
            choice = DataValidation(type="list", formula1=f"=Lists!${letter}$1:${letter}${len(words)}", allow_blank=True)
            # What is not in the list is not refused: the import offers to add it.
            choice.showErrorMessage = False
            choice.add(f"{letter}3:{letter}{ROWS}")
            sheet.add_data_validation(choice)
    sheet.freeze_panes = "A3"
    sheet.row_dimensions[1].height = 36
    return book


def _hint(target: Target, lang: str) -> str:
    kind = target.field.kind
    parts = [say(REQUIRED, lang)] if target.field.required and not target.along else []
    if target.field.hint:
        parts.append(say(target.field.hint, lang))
    found = next((hint for sort, hint in HINTS if isinstance(kind, sort) and not isinstance(kind, LinkKind)), "")
    if isinstance(kind, LinkKind):
        found = _("its name, code or number")
    elif isinstance(kind, (ChoiceKind, StateKind, FlagKind)):
        found = _("choose from the list")
    if found:
        parts.append(say(found, lang))
    return " · ".join(parts) or "–"


def _words(records: Records, target: Target, lang: str) -> list[str]:
    """What a drop-down offers; [] for none."""
    kind = target.field.kind
    if isinstance(kind, ChoiceKind):
        words = [pick.label for pick in records.names.picklist(kind.picklist, lang)]
    elif isinstance(kind, StateKind):
        words = [kind.show(key, lang) for key in kind.states]
    elif isinstance(kind, FlagKind):
        words = [kind.show(True, lang), kind.show(False, lang)]
    elif isinstance(kind, LinkKind) and records.names.small(kind.target):
        words = [records.names.title(kind.target, row.id) for row in records.names.all(kind.target)]
    else:
        return []
    return list(dict.fromkeys(filter(None, words)))[:_MOST_LISTED]


def _format(target: Target) -> str:
    kind = target.field.kind
    if isinstance(kind, MomentKind):
        return "yyyy-mm-dd hh:mm"
    if isinstance(kind, DayKind) and not isinstance(kind, MonthKind):
        return "yyyy-mm-dd"
    if isinstance(kind, MoneyKind):
        return "#,##0.00"
    return "0" if isinstance(kind, NumberKind) and not isinstance(kind, LinkKind) else "@"
