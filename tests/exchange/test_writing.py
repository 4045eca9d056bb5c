"""Written sheets: everything comes back as it was, and nothing is ever half there."""

from __future__ import annotations

import errno
import io
import os
import threading
import warnings
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.core.errors import Cancelled, Invalid, Trouble
from crm_desktop.exchange.cells import clean_text
from crm_desktop.exchange.readers.text_table import TextTable
from crm_desktop.exchange.writers import whole_file as whole
from crm_desktop.exchange.writers import xlsx as xlsx_module
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writers.csv_text import harmless
from crm_desktop.exchange.writers.xlsx_frame import sheet_name
from crm_desktop.exchange.writing import write_table
from tests.exchange.tools import rows_of_xlsx

AWKWARD = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "'quoted", "''=x", "007", "1.38E+10", "2026-01-02", "TRUE", "#DIV/0!x",
    "<b>&amp;\"'", "zwei\nZeilen", "tab\there", "😀👨‍👩‍👧", "\u202eمرحبا", "𠮷野家", "_x0041_", "a;b,c|d", "长" * 10_000, "ⓒ\u2980\u2980",
]  # fmt: skip


def write(path: Path, columns: list[Column], rows: list[list[Any]], **options: Any) -> Path:
    format = "csv" if path.suffix == ".csv" else "xlsx"
    write_table(path, "客户", columns, [rows] if rows else [], **{"format": format, **options})
    return path


def opened(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return openpyxl.load_workbook(path).active


def test_awkward_text_stays_text(tmp_path: Path) -> None:
    path = write(tmp_path / "t.xlsx", [Column("备注")], [[text] for text in AWKWARD])
    sheet = opened(path)
    assert all(cell.data_type in "sn" and cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    values = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert values == [text.replace("_x0041_", "_x005F_x0041_") for text in AWKWARD]
    # Excel, calamine and our own reader undo the code for the underscore.
    assert [row[0] for row in rows_of_xlsx(path)[1:]] == list(AWKWARD)


def test_cells_have_their_types(tmp_path: Path) -> None:
    columns = [
        Column("编号"), Column("数量", "number"), Column("金额", "money"), Column("概率", "percent"), Column("日期", "day"),
        Column("时间", "moment"),
    ]  # fmt: skip
    rows: list[list[Any]] = [
        ["00042", 12, Decimal("1234567.89"), 30, date(2026, 11, 3), datetime(2026, 11, 3, 15, 30, 7)],
        ["", None, None, None, None, None],
        ["91110108MA01", -5, Decimal("-0.01"), 0, date(1900, 1, 1), datetime(2000, 2, 29, 0, 0)],
    ]
    path = write(tmp_path / "t.xlsx", columns, rows)
    sheet = opened(path)
    first = [cell.value for cell in sheet[2]]
    assert first == ["00042", 12, 1234567.89, 30, datetime(2026, 11, 3), datetime(2026, 11, 3, 15, 30, 7)]
    assert [cell.value for cell in sheet[3]] == [None] * 6
    assert sheet["A2"].number_format == "@"
    assert sheet["C2"].number_format == "#,##0.00"
    assert sheet["E2"].number_format == "yyyy\\-mm\\-dd"
    # Days before Excel's calendar begins to be right are written out.
    assert sheet["E4"].value == "1900-01-01"
    read = rows_of_xlsx(path)
    assert read[1] == ["00042", 12, 1234567.89, 30, date(2026, 11, 3), datetime(2026, 11, 3, 15, 30, 7)]
    assert read[2][:4] == ["91110108MA01", -5, -0.01, 0]


def test_headings_are_styled_frozen_and_filtered(tmp_path: Path) -> None:
    sheet = opened(write(tmp_path / "t.xlsx", [Column("客户名称"), Column("金额", "money")], [["华为", Decimal(1)]]))
    assert sheet.title == "客户"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert sheet["A1"].font.b and sheet["A1"].fill.fgColor.rgb == "FFE8EEF7"
    assert sheet.column_dimensions["A"].width >= 12
    assert sheet["A2"].style == "Normal"


def test_a_number_too_long_to_be_exact_is_written_as_text(tmp_path: Path) -> None:
    sheet = opened(write(tmp_path / "t.xlsx", [Column("编号", "number")], [[110101199001011232]]))
    assert sheet["A2"].value == "110101199001011232"


def test_a_word_among_amounts_and_days_is_written_as_it_is(tmp_path: Path) -> None:
    columns = [Column("金额", "money"), Column("日期", "day"), Column("概率", "percent"), Column("数量", "number")]
    rows = [["面议", "待定", "?", ""], [Decimal("1234.50"), date(2026, 1, 2), 30, 7]]
    write_table(tmp_path / "a.xlsx", "x", columns, [rows])
    written = rows_of_xlsx(tmp_path / "a.xlsx")[1:]
    assert [row[0] for row in written] == ["面议", 1234.5] and written[0][1] == "待定"


def test_mixed_columns_keep_what_each_cell_was(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["007"], [7], [7.5], [date(2026, 1, 2)], [datetime(2026, 1, 2, 3, 4)], [True]]
    assert rows_of_xlsx(write(tmp_path / "t.xlsx", [Column("x", "mixed")], rows))[1:] == [*rows[:5], ["TRUE"]]


def test_a_very_long_table_goes_on_in_further_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_module, "MOST_ROWS", 4)
    path = write(tmp_path / "t.xlsx", [Column("n", "number")], [[n] for n in range(8)])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["客户", "客户 (2)", "客户 (3)"]
    assert [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book] == [
        ["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6, 7],
    ]  # fmt: skip


def test_a_table_without_rows_is_a_workbook_too(tmp_path: Path) -> None:
    sheet = opened(write(tmp_path / "t.xlsx", [Column("客户")], []))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [["客户"]]


@pytest.mark.parametrize(
    ("title", "number", "name"),
    [("客户", 1, "客户"), ("a/b:c*d?[e]\\", 1, "abcde"), ("", 1, "Sheet"), ("'x'", 1, "x"), ("n" * 40, 1, "n" * 31),
     ("n" * 40, 12, "n" * 26 + " (12)")],
)  # fmt: skip
def test_sheet_names_are_fit(title: str, number: int, name: str) -> None:
    assert sheet_name(title, number) == name


texts = st.text(st.characters(exclude_characters="\x00\u2980", exclude_categories=["Cs"]), max_size=20)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=8))
def test_any_text_comes_back_from_xlsx(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    path = tmp_path_factory.getbasetemp() / "property.xlsx"
    write(path, [Column("a"), Column("b"), Column("n", "number")], [[*row, 1] for row in rows])
    expected = [[clean_text(cell) for cell in row] for row in rows]
    assert [row[:2] for row in rows_of_xlsx(path)[1:]] == expected
    assert [row[:2] for row in rows_of_xlsx(path, streaming=True)[1:]] == expected


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=8), st.sampled_from(["csv", "csv-gb18030"]))
def test_any_text_comes_back_from_csv(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], format: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "property.csv"
    write(path, [Column("客户名称"), Column("备注")], [list(row) for row in rows], format=format)
    encoding = "gb18030" if format == "csv-gb18030" else "utf-8-sig"
    read = list(TextTable(path, encoding, ",").rows())[1:]
    assert [[clean_text(cell) for cell in row] for row in read] == [[clean_text(cell) for cell in row] for row in rows]


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(-(10**14), 10**14),
            st.decimals(-(10**12), 10**12, places=2),
            st.dates(date(1900, 3, 1), date(2199, 12, 31)),
            st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 31)),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_number_and_day_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]]) -> None:
    path = tmp_path_factory.getbasetemp() / "numbers.xlsx"
    rows = [(*row[:3], row[3].replace(microsecond=0)) for row in rows]
    write(path, [Column("i", "number"), Column("m", "money"), Column("d", "day"), Column("t", "moment")], [list(r) for r in rows])
    for (count, amount, day, moment), read in zip(rows, rows_of_xlsx(path)[1:], strict=True):
        assert read[0] == count
        assert Decimal(repr(read[1])).quantize(Decimal("0.01")) == amount
        assert read[2] == day
        # A moment at midnight is a day in a sheet.
        assert read[3] == (moment if moment.time() != datetime.min.time() else moment.date())


def test_line_ends_in_csv_are_one_sort(tmp_path: Path) -> None:
    path = write(tmp_path / "t.csv", [Column("客户")], [["a\rb\r\nc"]])
    assert path.read_bytes().endswith(b'"a\nb\nc"\r\n')


@pytest.mark.parametrize(
    ("text", "guarded"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("+cmd", "'+cmd"), ("-x", "'-x"), ("-12.5", "-12.5"), ("+86 138-0013", "+86 138-0013"),
     ("'=x", "''=x"), ("'x", "'x"), ("plain", "plain"), ("\t=1", "'\t=1"), ("", "")],
)  # fmt: skip
def test_csv_cells_cannot_act(text: str, guarded: str) -> None:
    assert harmless(text) == guarded


def test_csv_opens_in_excel_with_its_chinese(tmp_path: Path) -> None:
    columns = [Column("客户"), Column("金额", "money"), Column("日", "day")]
    path = write(tmp_path / "t.csv", columns, [["华为", Decimal("1.50"), date(2026, 1, 2)]])
    assert path.read_bytes() == "\ufeff客户,金额,日\r\n华为,1.50,2026-01-02\r\n".encode()
    write(path, [Column("客户")], [["华为𠮷"]], format="csv-gb18030")
    assert path.read_bytes() == "客户\r\n华为𠮷\r\n".encode("gb18030")


# Whole or not at all


class FullDisk(io.FileIO):
    """A file on a disk with room for 10,000 bytes."""

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > 10_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(data)


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"the old file")
    monkeypatch.setattr(whole.os, "fdopen", lambda handle, mode: FullDisk(handle, "r+"))
    rows = [[os.urandom(20).hex()] for _row in range(2_000)]
    with pytest.raises(Trouble) as caught:
        write(path, [Column("客户")], rows)
    assert "no room left" in caught.value.sentence("en") and name in caught.value.sentence("en")
    assert path.read_bytes() == b"the old file"
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["t.xlsx", "t.csv"])
def test_cancel_leaves_nothing(tmp_path: Path, name: str) -> None:
    cancel = threading.Event()
    packets = ([[str(n)] for n in range(500)] for _packet in range(100))
    seen: list[int] = []

    def progress(done: int) -> None:
        seen.append(done)
        if done >= 2_000:
            cancel.set()

    with pytest.raises(Cancelled):
        write_table(
            tmp_path / name, "客户", [Column("x")], packets, format=name[2:], progress=progress, cancel=cancel
        )
    assert seen == [500, 1_000, 1_500, 2_000]
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_folder_of_that_name_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="does not exist"):
        write(tmp_path / "none" / "t.xlsx", [Column("x")], [])
    (tmp_path / "t.xlsx").mkdir()
    with pytest.raises(Trouble):
        write(tmp_path / "t.xlsx", [Column("x")], [])
    assert [one.name for one in tmp_path.iterdir()] == ["t.xlsx"]


def test_a_failure_while_rows_are_fetched_leaves_nothing(tmp_path: Path) -> None:
    def packets() -> Any:
        yield [["a"]]
        raise Trouble("The line is lost.")

    with pytest.raises(Trouble, match="line is lost"):
        write_table(tmp_path / "t.xlsx", "客户", [Column("x")], packets())
    assert list(tmp_path.iterdir()) == []


def test_the_file_may_be_read_by_others_like_any_other(tmp_path: Path) -> None:
    if os.name != "posix":
        pytest.skip("only POSIX files have such rights")
    before = os.umask(0o022)
    try:
        assert write(tmp_path / "t.csv", [Column("x")], []).stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(before)


def test_formats_and_columns_are_checked(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no file format"):
        write(tmp_path / "t.xlsx", [Column("x")], [], format="doc")
    with pytest.raises(Invalid, match="no column"):
        write(tmp_path / "t.xlsx", [], [])


def test_the_archive_is_well_formed(tmp_path: Path) -> None:
    path = write(tmp_path / "t.xlsx", [Column("a")], [["x"]] * 1_200)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert "[Content_Types].xml" in archive.namelist()
