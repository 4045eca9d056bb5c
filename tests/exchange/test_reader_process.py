"""The reader process may crash, hang, starve or be stopped: the program gets a sentence and goes on."""

from __future__ import annotations

import io
import json
import os
import pickle
import random
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.core.errors import Cancelled, Invalid
from crm_desktop.exchange import reading
from crm_desktop.exchange.readers import excel, formats, xlsx_scan
from crm_desktop.exchange.readers.limits import BOUND
from crm_desktop.exchange.readers.spool import read_packet
from crm_desktop.exchange.readers.text_table import TextTable
from crm_desktop.exchange.reading import read_workbook
from tests.exchange.tools import raw_xlsx, rows_of_xlsx, workbook_file


def acts_as_reader(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(reading, "reader_command", lambda: [sys.executable, "-c", code])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return workbook_file(tmp_path / "t.xlsx", ["name"], [["a"], ["b"]])


def test_a_killed_reader_is_a_sentence(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acts_as_reader(monkeypatch, "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(Invalid, match="damaged"):
        read_workbook(table)


def test_a_crashed_fast_reader_is_followed_by_the_careful_one(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What calamine does with a sparse sheet: it reserves the whole area and aborts."""
    code = (
        "import sys, json, os; line = sys.stdin.readline(); request = json.loads(line)\n"
        "if not request.get('streaming'):\n"
        "    print(json.dumps({'event': 'workbook', 'format': 'xlsx', 'encoding': None, 'delimiter': None}), flush=True)\n"
        "    os.abort()\n"
        "import io; sys.stdin = io.StringIO(line)\n"
        "import threading; threading.Thread.start = lambda self: None\n"
        "from crm_desktop.exchange import reader; reader.main()"
    )
    acts_as_reader(monkeypatch, code)
    with read_workbook(table) as workbook:
        assert list(workbook.sheet().rows()) == [["name"], ["a"], ["b"]]


def test_a_hanging_reader_is_stopped(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.3)
    monkeypatch.setattr(reading, "WAITING", 0)
    acts_as_reader(monkeypatch, "import time; time.sleep(60)")
    begin = time.monotonic()
    with pytest.raises(Invalid, match="took too long"):
        read_workbook(table)
    assert time.monotonic() - begin < 5


@pytest.mark.skipif(not BOUND, reason="the system counts no program's work")
def test_a_reader_is_given_up_by_the_work_it_did_not_by_the_clock(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0.3)
    begin = (
        "import io, json, sys, threading, time; line = sys.stdin.readline(); sys.stdin = io.StringIO(line)\n"
        "from crm_desktop.exchange import reader\nfrom crm_desktop.exchange.readers.limits import set_limits\n"
        "set_limits(json.loads(line)['patience']); threading.Thread.start = lambda self: None\n"
    )
    acts_as_reader(monkeypatch, begin + "while True: pass")
    with pytest.raises(Invalid, match="took too long"):
        read_workbook(table)
    acts_as_reader(monkeypatch, begin + "time.sleep(1.5); reader.main()")
    read_workbook(table).close()


def test_cancel_stops_at_once(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acts_as_reader(monkeypatch, "import time; time.sleep(60)")
    cancel = threading.Event()
    cancel.set()
    begin = time.monotonic()
    with pytest.raises(Cancelled):
        read_workbook(table, cancel=cancel)
    assert time.monotonic() - begin < 5


def test_a_reader_that_talks_rubbish_is_a_sentence(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acts_as_reader(monkeypatch, "print('hello'); print('{}')")
    with pytest.raises(Invalid):
        read_workbook(table)


def test_nothing_is_left_behind(table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_workbook(table).close()
    acts_as_reader(monkeypatch, "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(Invalid):
        read_workbook(table)
    assert [path.name for path in tmp_path.iterdir()] == ["t.xlsx"]


def test_a_stray_cell_at_the_far_end_does_not_matter(tmp_path: Path) -> None:
    """The fast reader would reserve 27 million cells for these three."""
    rows = (
        '<row r="1"><c r="A1" t="str"><v>name</v></c></row><row r="2"><c r="A2" t="str"><v>Acme</v></c></row>'
        '<row r="1048576"><c r="Z1048576"><v>1</v></c></row>'
    )
    with read_workbook(raw_xlsx(tmp_path / "stray.xlsx", rows)) as workbook:
        sheet = workbook.sheet()
        assert [number for number, _row in sheet.numbered()] == [1, 2, 1_048_576]


@pytest.mark.parametrize("place", ["XFD1048576", "XFD6000"])
def test_a_few_bytes_that_claim_billions_of_cells(tmp_path: Path, place: str) -> None:
    number = place[3:]
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{number}"><c r="{place}"><v>1</v></c></row>'
    with pytest.raises(Invalid, match="more than 1,000 columns"):
        read_workbook(raw_xlsx(tmp_path / "wide.xlsx", rows))


def test_seventeen_billion_cells_in_a_kilobyte(sheets: Path) -> None:
    with pytest.raises(Invalid, match="too large"):
        read_workbook(sheets / "issue_594_dos.ods")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _megabyte in range(100):
                part.write(b" " * (1 << 20))
    assert path.stat().st_size < 200_000
    with pytest.raises(Invalid, match="too large"):
        read_workbook(path)


@pytest.mark.parametrize(("megabytes", "times", "refused"), [(100, 140, False), (100, 160, True), (1000, 40, False), (1000, 60, True)])
def test_what_is_taken_for_a_bomb(megabytes: int, times: int, refused: bool) -> None:
    """The more there would be to unpack, the less it may be packed: gigabytes of nothing take seconds."""
    part = zipfile.ZipInfo("xl/worksheets/sheet1.xml")
    part.file_size, part.compress_size = megabytes << 20, (megabytes << 20) // times
    with pytest.raises(Invalid, match="too large") if refused else nullcontext():
        formats.refuse_bomb([part], "a.xlsx")


def test_a_sheet_too_large_for_the_fast_reader_is_not_looked_through_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gigabytes that come to nothing would be unpacked whole before they are refused."""
    path = raw_xlsx(tmp_path / "large.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>')
    unpacked: list[str] = []
    scan = xlsx_scan.scan
    monkeypatch.setattr(xlsx_scan, "scan", lambda archive, part, *more: unpacked.append(part) or scan(archive, part, *more))
    assert rows_of_xlsx(path) == [[1.0], [2.0]] and len(unpacked) == 1
    monkeypatch.setattr(excel, "STREAM_FROM", 10)
    assert rows_of_xlsx(path) == [[1.0], [2.0]] and len(unpacked) == 1
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        crc = archive.getinfo("xl/worksheets/sheet1.xml").CRC.to_bytes(4, "little")
    path.write_bytes(data.replace(crc, bytes(4)))
    with pytest.raises(Invalid, match="is damaged"):
        rows_of_xlsx(path)


def test_a_table_of_one_text_is_none(tmp_path: Path) -> None:
    """The most that a sheet people filled can be pressed together: a long remark that every row repeats."""
    remark = "请在发货前三天电话确认收货地址和联系人，" * 20
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{remark}</t></is></c></row>' for n in range(1, 60_001))
    with read_workbook(raw_xlsx(tmp_path / "remarks.xlsx", rows)) as workbook:
        assert workbook.sheet().height == 60_000


def test_a_zip_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "liar.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>' * 5_000)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    needle = size.to_bytes(4, "little")
    assert data.count(needle) >= 1
    path.write_bytes(bytes(data).replace(needle, (100).to_bytes(4, "little")))
    with pytest.raises(Invalid, match="damaged"):
        read_workbook(path)


def test_entities_that_multiply_do_no_harm(tmp_path: Path) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "' + b"x" * 1000 + b'">' + b"".join(
        f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">'.encode() for i in range(8)
    ) + b"]><workbook>&i;</workbook>"  # fmt: skip
    path = raw_xlsx(tmp_path / "laughs.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>', **{"xl__workbook.xml": laughs})
    begin = time.monotonic()
    with pytest.raises(Invalid):
        read_workbook(path)
    assert time.monotonic() - begin < 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
def test_a_hungry_reader_is_stopped_by_its_bound(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import sys; sys.stdin.readline()\n"
        "from crm_desktop.exchange.readers.limits import set_limits; set_limits()\n"
        "try:\n    hoard = bytearray(600 << 20)\nexcept MemoryError:\n    import os; os._exit(3)\n"
        "import time; time.sleep(60)"
    )
    acts_as_reader(monkeypatch, code)
    with pytest.raises(Invalid, match="damaged"):
        read_workbook(table)


def test_a_full_disk_while_reading_is_a_sentence(table: Path) -> None:
    if not os.path.exists("/dev/full"):
        pytest.skip("no /dev/full on this system")
    request = json.dumps({"path": str(table), "spool": "/dev/full"}).encode()
    with reading._start() as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(request + b"\n")
        process.stdin.flush()
        events = [json.loads(line) for line in process.stdout]
    assert events[-1]["event"] == "trouble"
    assert "no room left" in events[-1]["text"]


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    """The reader compares size and time before and after; here the file grows between two of its looks."""
    from crm_desktop.exchange import reader

    path = tmp_path / "growing.csv"
    path.write_text("a,b\n1,2\n")
    events = io.StringIO()
    original = reader._read_text

    def read_and_grow(*arguments: object) -> None:
        original(*arguments)  # type: ignore[arg-type]
        path.write_text("a,b\n1,2\n3,4\n")

    reader._read_text = read_and_grow  # type: ignore[assignment]
    try:
        with pytest.raises(Invalid, match="changed while it was being read"):
            reader._read(path, {}, io.BytesIO(), events)
    finally:
        reader._read_text = original


def test_the_spool_takes_nothing_but_plain_values() -> None:
    """A reader led astray by a hostile file cannot make the program run anything."""
    evil = io.BytesIO(pickle.dumps(([1], [[os.path.join]])))
    with pytest.raises(pickle.UnpicklingError):
        list(read_packet(evil, 0))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\x00" * 100, "is empty"),
        (b"  \r\n \t\n", "is empty"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "a web page"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "no contact card"),
        (bytes(range(256)) * 40, "another program"),
        (b"\x09\x02\x06\x00\x00\x00\x10\x00", "very old Excel"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "客户.xlsx"
    path.write_bytes(content)
    with pytest.raises(Invalid) as caught:
        read_workbook(path)
    assert sentence in caught.value.sentence("en")
    assert "客户.xlsx" in caught.value.sentence("en")


def test_a_missing_file_and_a_folder_are_sentences(tmp_path: Path) -> None:
    for path, told in ((tmp_path / "none.xlsx", "was not found"), (tmp_path, "is a folder")):
        with pytest.raises(Invalid, match=told):
            read_workbook(path)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_noise_is_not_a_table(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "noise.csv"
    path.write_bytes(b"\x80" + random.Random(seed).randbytes(20_000))
    with pytest.raises(Invalid) as caught:
        list(TextTable(path).rows())
    assert "another program" in caught.value.sentence("en")


WORDS = st.text("客户甲乙丙丁华为技术有限公司上海北京 ，。（）ABCdef0123456789-@.", min_size=1, max_size=20)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(WORDS, min_size=3, max_size=30))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"])
def test_text_is_taken_for_text(tmp_path: Path, encoding: str, rows: list[str]) -> None:
    path = tmp_path / "text.csv"
    path.write_bytes("\r\n".join(["客户名称\t电话", *rows]).encode(encoding, errors="replace"))
    assert len(list(TextTable(path).rows())) >= 1


def test_a_word_document_is_not_a_table(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(Invalid, match="a text document"):
        read_workbook(path)


def test_the_name_of_a_file_does_not_matter(table: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "really.csv"
    renamed.write_bytes(table.read_bytes())
    with read_workbook(renamed) as workbook:
        assert workbook.format == "xlsx"


def test_a_packed_program_starts_itself_as_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert reading.reader_command() == [sys.executable, reading.READER_ARGUMENT]


def test_the_reader_stays_light() -> None:
    """It starts for every file: no Qt, no database, no openpyxl."""
    code = (
        "import sys, crm_desktop.exchange.reader, crm_desktop.exchange.readers.text_table, crm_desktop.exchange.readers.excel\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('PySide6', 'peewee', 'openpyxl', 'sqlcipher3')])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_a_gigantic_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n")
        file.truncate(3 << 30)
    with pytest.raises(Invalid, match=r"too large.*Split it into several files") as told:
        read_workbook(path)
    assert "save it as .csv" not in told.value.sentence("en")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_mangled_workbook_gives_rows_or_a_sentence(sheets: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray((sheets / data.draw(st.sampled_from(["errors.xlsx", "date_1904.xls", "merged_range.xlsx"]))).read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=30)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "mangled"
    path.write_bytes(content[: data.draw(st.integers(100, len(content)))])
    begin = time.monotonic()
    with suppress(Invalid), read_workbook(path) as workbook:
        for sheet in workbook.sheets:
            if not sheet.problem:
                list(sheet.rows())
    assert time.monotonic() - begin < 20
