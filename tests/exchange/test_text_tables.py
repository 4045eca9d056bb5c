"""Text tables: every encoding, delimiter and line end people send."""

from __future__ import annotations

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.core.errors import Invalid
from crm_desktop.exchange.cells import clean_text
from crm_desktop.exchange.readers.delimiters import delimiter_of
from crm_desktop.exchange.readers.encodings import encoding_of
from crm_desktop.exchange.readers.text_table import TextTable
from crm_desktop.exchange.reading import read_workbook
from tests.exchange.tools import rows_of_text

SIMPLIFIED = "客户名称,联系人,地址\n华为技术有限公司,张三,深圳市龙岗区坂田\n小米科技,李四,北京市海淀区中关村\n"
TRADITIONAL = "客戶名稱,聯絡人,地址\n台灣積體電路製造股份有限公司,張忠謀,新竹市東區力行六路\n"
WESTERN = "name,city\nAna Trujillo,México D.F.\nConsolidated,Malmö\nLa maison d'Asie,Nîmes\n"


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8-sig"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "utf-16", "utf-16"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (WESTERN, "cp1252", "cp1252"),
        (WESTERN, "utf-8", "utf-8"),
        ("plain,text\n1,2\n", "ascii", "utf-8"),
    ],
)
def test_the_encoding_is_found(text: str, encoding: str, found: str, tmp_path: Path) -> None:
    assert encoding_of(text.encode(encoding), True) == found
    expected = list(csv.reader(io.StringIO(text)))
    assert rows_of_text(text.encode(encoding), tmp_path) == expected


def test_an_encoding_cut_in_the_middle_of_a_character(tmp_path: Path) -> None:
    data = SIMPLIFIED.encode() * 20
    assert encoding_of(data[:-2], False) == "utf-8"


def test_a_few_broken_bytes_do_not_turn_utf8_into_gbk(tmp_path: Path) -> None:
    data = (SIMPLIFIED * 20).encode().replace("李四".encode(), "李".encode() + b"\xff", 1)
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    table = TextTable(path)
    rows = list(table.rows())
    assert table.encoding == "utf-8"
    assert len(rows) == 60
    assert table.broken == 1


def test_stray_zero_bytes_do_not_turn_utf8_into_utf16(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("客户名称,电话\n华\0为,1\0\n小米\0,2\n".encode())
    table = TextTable(path)
    rows = list(table.rows())
    assert (table.encoding, rows) == ("utf-8", [["客户名称", "电话"], ["华为", "1"], ["小米", "2"]])


@pytest.mark.parametrize("name", ["customers_gbk.csv", "customers_utf16le_tab.txt", "customers_utf8.csv", "customers_utf8bom.csv"])
def test_the_same_customers_in_four_encodings(shared_data: Path, name: str) -> None:
    with read_workbook(shared_data / "encodings" / "customers_utf8.csv") as plain:
        expected = list(plain.sheet().rows())
    with read_workbook(shared_data / "encodings" / name) as workbook:
        rows = list(workbook.sheet().rows())
        assert workbook.format == "csv"
        assert workbook.delimiter == ("\t" if "tab" in name else ",")
    assert len(rows) == 501
    assert rows[0] == expected[0]
    # Place names GBK cannot hold were lost when the GBK file was made; the names are the same.
    same = sum(one == other for one, other in zip(rows, expected, strict=True))
    assert same >= (490 if "gbk" in name else 501)


def test_the_person_may_know_better(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("客户;电话\n华为;010\n".encode("gbk"))
    with read_workbook(path, encoding="big5", delimiter=",") as workbook:
        assert (workbook.encoding, workbook.delimiter) == ("big5", ",")
        assert workbook.sheet().width == 1
    with pytest.raises(Invalid, match="Choose another encoding"):
        read_workbook(path, encoding="no-such-code")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "；"])
def test_the_delimiter_is_found(delimiter: str, tmp_path: Path) -> None:
    rows = [["客户", "电话", "地址"], ["华为, Inc.", "010-1", "a|b;c"], ["小米", "", "d"]]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    assert rows_of_text(file.getvalue().encode(), tmp_path) == rows


def test_a_title_above_the_table_does_not_hide_the_delimiter() -> None:
    assert delimiter_of(["客户名单\n", "打印于 2026-11-03\n", "名称;电话;地址\n", "华为;1;a,b\n", "小米;2;c,d\n"]) == ";"


def test_excels_own_line_about_the_delimiter(tmp_path: Path) -> None:
    assert rows_of_text(b"sep=|\na|b\n1|2\n", tmp_path) == [[], ["a", "b"], ["1", "2"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_line_end(end: str, tmp_path: Path) -> None:
    data = end.join(["名称,备注", "华为,a", '小米,"zwei\nZeilen"', "OPPO,c", ""]).encode()
    assert rows_of_text(data, tmp_path) == [["名称", "备注"], ["华为", "a"], ["小米", "zwei\nZeilen"], ["OPPO", "c"]]


def test_mixed_line_ends_and_zeros(tmp_path: Path) -> None:
    data = b"a,b\r1,2\n3,4\r\n5,\x006\r\r\n7,8"
    assert rows_of_text(data, tmp_path) == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"], ["7", "8"]]


def test_a_quotation_that_never_ends_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="line 3"):
        rows_of_text(b'a,b\n1,2\n"3,4\n5,6\n7,8\n', tmp_path)


def test_a_quotation_that_ends_late_is_fine(tmp_path: Path) -> None:
    assert rows_of_text(b'a,b\n1,"x\ny"\n', tmp_path) == [["a", "b"], ["1", "x\ny"]]


def test_forty_thousand_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(",".join(str(n) for n in range(40_000)) for _row in range(20)))
    with pytest.raises(Invalid, match="more than 1,000 columns"):
        read_workbook(path)


def test_empty_columns_at_the_right_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("a,b" + "," * 5_000 + "\n1,2" + "," * 5_000 + "\n")
    with read_workbook(path) as workbook:
        assert workbook.sheet().width == 2


def test_ten_thousand_characters_in_a_cell(tmp_path: Path) -> None:
    long = "长" * 10_000
    assert rows_of_text(f"a,b\n{long},1\n".encode(), tmp_path)[1] == [long, "1"]


# An apostrophe at the start is the writer's guard against formulas (see test_writing_csv).
texts = st.text(st.characters(exclude_characters="\x00�'", exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(texts, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
def test_what_python_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], encoding: str
) -> None:
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["名称", "电话", "备注"], *rows])
    data = file.getvalue().encode(encoding)
    read = rows_of_text(data, tmp_path_factory.getbasetemp(), encoding=encoding, delimiter=",")
    assert [[clean_text(cell) for cell in row] for row in read[1:]] == [[clean_text(cell) for cell in row] for row in rows]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_rows_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    with suppress(Invalid):
        rows_of_text(data, tmp_path_factory.getbasetemp())
