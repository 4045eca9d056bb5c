"""Every messy workbook gives rows or one clear sentence, quickly, and never a traceback."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

from crm_desktop.core.errors import Invalid
from crm_desktop.exchange.cells import ERRORS
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import find_table

PROTECTED = {"issue_385.xls", "pass_protected.ods", "pass_protected.xlsb", "pass_protected.xlsx"}
DAMAGED = {"issue252.xlsx"}
TOO_LARGE = {"issue_594_dos.ods"}
EMPTY = {
    "capitalized_wbook_stream.xls", "empty_sheet.xlsx", "issue127.ods", "issue127.xls", "issue127.xlsb", "issue127.xlsx",
    "issue281.xlsm", "issue343.xls", "issue_666_lost_sheets.xlsb", "issue_666_panic.xlsb", "misc_biff5_parsing.xls",
    "picture.ods", "picture.xls", "picture.xlsb", "picture.xlsx", "pictures_in_cell_and_over_cell.xlsx",
    "vba.xlsm",
}  # fmt: skip


def outcome_of(path: Path) -> tuple[str, float]:
    """('' or the sentence, seconds)."""
    begin = time.monotonic()
    told = ""
    try:
        with read_workbook(path) as workbook:
            for sheet in workbook.sheets:
                if sheet.height and not sheet.problem:
                    assert len(list(sheet.rows())) == sheet.height
                    find_table(sheet)
    except Invalid as problem:
        told = problem.sentence("en")
    return told, time.monotonic() - begin


def test_every_messy_file_gives_rows_or_a_sentence(messy: list[Path]) -> None:
    with ThreadPoolExecutor(4) as pool:
        outcomes = dict(zip([path.name for path in messy], pool.map(outcome_of, messy), strict=True))
    refused = {name: text for name, (text, _seconds) in outcomes.items() if text}
    assert max(seconds for _text, seconds in outcomes.values()) < 10
    assert {name for name, text in refused.items() if "protected by a password" in text} == PROTECTED
    assert {name for name, text in refused.items() if "damaged" in text} == DAMAGED
    assert {name for name, text in refused.items() if "too large" in text} == TOO_LARGE
    assert {name for name, text in refused.items() if "is empty" in text} == EMPTY
    assert set(refused) == PROTECTED | DAMAGED | TOO_LARGE | EMPTY
    for name, text in refused.items():
        assert name in text


def first_rows(path: Path, count: int = 5) -> list[list[object]]:
    with read_workbook(path) as workbook:
        return [row for _number, row in workbook.sheet().head(count)]


@pytest.mark.parametrize("name", ["date.xls", "date.xlsb", "date.xlsx", "date_1904.xls", "date_1904.xlsb", "date_1904.xlsx"])
def test_dates_of_both_calendars_are_days(shared_data: Path, name: str) -> None:
    rows = first_rows(shared_data / "messy_sheets" / "calamine" / name)
    assert rows[0] == [date(2021, 1, 1), 15]
    assert rows[2][0] == "255:10:10"


def test_error_cells_are_kept_as_such(sheets: Path) -> None:
    with read_workbook(sheets / "errors.xlsx") as workbook:
        values = [row[0] for row in workbook.sheet().rows()]
    assert values == ["#DIV/0!", "#NAME?", "#VALUE!", "#NULL!", "#REF!", "#NUM!", "#N/A"]
    assert set(values) <= ERRORS


def test_carriage_return_codes_are_gone(shared_data: Path) -> None:
    folder = shared_data / "messy_sheets" / "calamine"
    assert first_rows(folder / "has_x000D_.xlsx") == [["ABC\nDEF"]]
    assert first_rows(folder / "has_x000D_inline.xlsx") == [["ABC\nDEF"]]


def test_hidden_sheets_come_last(shared_data: Path) -> None:
    with read_workbook(shared_data / "messy_sheets" / "calamine" / "any_sheets.xlsx") as workbook:
        names = [(sheet.name, sheet.hidden) for sheet in workbook.sheets if sheet.name != "Chart"]
        assert names == [("Visible", False), ("Hidden", True), ("VeryHidden", True)]
        assert workbook.sheet().name == "Visible"


def test_only_one_sheet_can_be_asked_for(shared_data: Path) -> None:
    path = shared_data / "messy_sheets" / "calamine" / "pivots.xlsx"
    with read_workbook(path, sheet="DataSheet") as workbook:
        assert [sheet.name for sheet in workbook.sheets] == ["DataSheet"]
    with pytest.raises(Invalid, match="has no sheet"):
        read_workbook(path, sheet="Nirgends")


def test_whole_floats_become_whole_numbers(shared_data: Path) -> None:
    with read_workbook(shared_data / "messy_sheets" / "calamine" / "pivots.xlsx", sheet="DataSheet") as workbook:
        values = [value for row in workbook.sheet().rows() for value in row]
    assert not [value for value in values if isinstance(value, float) and value.is_integer()]
    assert any(isinstance(value, datetime | date) for value in values)
