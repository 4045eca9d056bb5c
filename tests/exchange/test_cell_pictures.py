"""SA12 PS11: The pictures of any workbook come in: put into cells by WPS or Excel, laid over them in .ods, .xlsb and .xls."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from base64 import b64decode
from pathlib import Path

import pytest
from PIL import Image

from crm_desktop.business.goods.product import Product
from crm_desktop.exchange.importing.refused_rows import write_refused
from crm_desktop.exchange.readers import excel, pictures
from crm_desktop.exchange.readers.excel import ExcelBook
from crm_desktop.exchange.readers.xls_pictures import pictures_of
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import find_table
from crm_desktop.exchange.workbook import Sheet
from tests.exchange.stories import bring_in, plan_for, values
from tests.exchange.tools import raw_xlsx
from tests.office import Office

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
WPS = "http://www.wps.cn/officeDocument/2020/cellImage"
MICROSOFT = "http://schemas.microsoft.com/office"


def painted(colour: str, size: tuple[int, int] = (40, 30), kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind)
    return made.getvalue()


def relations(*links: tuple[str, str]) -> bytes:
    """A part of relations, rId1 and so on: kind (with OFFICE before it unless it is whole) and target."""
    rows = (
        f'<Relationship Id="rId{place}" Type="{kind if ":" in kind else f"{OFFICE}/{kind}"}" Target="{target}"/>'
        for place, (kind, target) in enumerate(links, 1)
    )
    return RELATIONS.format("".join(rows)).encode()


def text_cells(number: int, *texts: str, more: str = "") -> str:
    cells = (f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in enumerate(texts))
    return f'<row r="{number}">{"".join(cells)}{more}</row>'


def shown(place: str, name: str, value: str = "=DISPIMG(&quot;{}&quot;,1)", kind: str = "str") -> str:
    """A cell as WPS writes it; Excel, which does not know the function, saves it with an error as its value."""
    return f'<c r="{place}" s="0" t="{kind}"><f>_xlfn.DISPIMG("{name}",1)</f><v>{value.format(name)}</v></c>'


def by_wps(path: Path, rows: str, stored: dict[str, bytes], **more: bytes) -> Path:
    """A workbook with pictures in cells, by their names."""
    listed = "".join(
        f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="{name}" descr="x"/></xdr:nvPicPr><xdr:blipFill>'
        f'<a:blip r:embed="rId{place}"/></xdr:blipFill></xdr:pic></etc:cellImage>'
        for place, name in enumerate(stored, 1)
    )
    links = (("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), (WPS, "cellimages.xml"))
    parts = {
        "xl___rels__workbook.xml.rels": relations(*links),
        "xl__cellimages.xml": (
            '<etc:cellImages xmlns:xdr="urn:xdr" xmlns:a="urn:a" xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
            f'xmlns:r="{OFFICE}">{listed}</etc:cellImages>'
        ).encode(),
        "xl___rels__cellimages.xml.rels": relations(*[("image", f"media/image{place}.png") for place in range(1, len(stored) + 1)]),
        **{f"xl__media__image{place}.png": data for place, data in enumerate(stored.values(), 1)},
    }
    return raw_xlsx(path, rows, **{**parts, **more})


def colours(sheet: Sheet, column: int) -> dict[int, tuple[int, int, int]]:
    """The number of a row -> the colour of the picture in its middle."""
    found = {}
    for number in sheet.pictures.get(column, {}):
        with Image.open(io.BytesIO(b64decode(sheet.pictures_of(column, [number])[0] or ""))) as picture:
            red, green, blue = picture.getpixel((picture.width // 2, picture.height // 2))  # type: ignore[misc]
            found[number] = (round(red / 255), round(green / 255), round(blue / 255))
    return found


RED, GREEN, BLUE = (1, 0, 0), (0, 1, 0), (0, 0, 1)
HEAD = text_cells(1, "产品名称", "产品编码", "图片")


def test_pictures_put_into_cells_by_wps(office: Office, tmp_path: Path) -> None:
    rows = (
        HEAD
        + text_cells(2, "甲", "1", more=shown("C2", "ID_A1"))
        + text_cells(3, "乙", "2", more=shown("C3", "ID_B2", "#NAME?", "e"))
        + text_cells(4, "丙", "3", more='<c r="C4" t="str"><f>_xlfn.DISPIMG(&quot;ID_A1&quot;,1)</f><v>x</v></c>')
        + text_cells(5, "丁", "4", more='<c r="C5" t="str"><v>=DISPIMG("ID_B2",1)</v></c>')
        + text_cells(6, "戊", "5", more='<c r="C6" s="0"/><c r="D6" t="str"><v>x</v></c>')
    )
    path = by_wps(tmp_path / "p.xlsx", rows, {"ID_A1": painted("red"), "ID_B2": painted("blue", kind="JPEG")})
    with read_workbook(path) as workbook:
        sheet = workbook.sheet()
        assert colours(sheet, 2) == {2: RED, 3: BLUE, 4: RED, 5: BLUE} and sheet.unread == {}
        assert [row[2:] for row in sheet.rows()] == [["图片"], [], [], [], [], [None, "x"]]
        counts, done = bring_in(office, Product, office.boss, sheet)
    assert counts["new"] == 5 and done.verdicts.remarks() == []
    kept = dict(values(office, Product, "name", "picture"))
    assert b64decode(kept["乙"]) == painted("blue", kind="JPEG") and kept["甲"] == kept["丙"] != "" and kept["戊"] == ""


@pytest.mark.parametrize("larger", [False, True])
def test_excel_puts_them_into_cells_in_its_own_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, larger: bool) -> None:
    rich = f'xmlns="{MICROSOFT}/spreadsheetml/2017/richdata"'
    links = (
        ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sheetMetadata", "metadata.xml"),
        (f"{MICROSOFT}/2017/06/relationships/rdRichValue", "richData/rdrichvalue.xml"),
        (f"{MICROSOFT}/2017/06/relationships/rdRichValueStructure", "richData/rdrichvaluestructure.xml"),
        (f"{MICROSOFT}/2022/10/relationships/richValueRel", "richData/richValueRel.xml"),
    )  # fmt: skip
    blocks = "".join(f'<bk><extLst><ext uri="x"><xlrd:rvb i="{place}"/></ext></extLst></bk>' for place in (2, 0, 1))
    path = raw_xlsx(
        tmp_path / "p.xlsx",
        HEAD
        + text_cells(2, "甲", "1", more='<c r="C2" t="e" vm="1"><v>#VALUE!</v></c>')
        + text_cells(3, "乙", "2", more='<c vm="2" r="C3" t="e"><v>#VALUE!</v></c>')
        + text_cells(4, "丙", "3", more='<c r="C4" t="e" vm="3"><v>#FIELD!</v></c><c r="D4" t="e"><v>#N/A</v></c>')
        + text_cells(5, "丁", "4", more='<c r="C5" t="e" vm="99"><v>#VALUE!</v></c>'),
        **{
            "xl___rels__workbook.xml.rels": relations(*links),
            "xl__metadata.xml": (
                f'<metadata xmlns="urn:m" xmlns:xlrd="urn:x"><metadataTypes count="2"><metadataType name="XLDAPR"/><metadataType '
                f'name="XLRICHVALUE"/></metadataTypes><futureMetadata name="XLDAPR"><bk/></futureMetadata><futureMetadata '
                f'name="XLRICHVALUE">{blocks}</futureMetadata><valueMetadata><bk><rc t="2" v="1"/></bk><bk><rc t="2" v="0"/></bk>'
                f'<bk><rc t="2" v="2"/></bk></valueMetadata></metadata>'
            ).encode(),
            "xl__richData__rdrichvalue.xml": (
                f"<rvData {rich}>" + '<rv s="1"><v>5</v><v>0</v></rv><rv s="0"><v>13</v></rv><rv s="1"><v>5</v><v>1</v></rv></rvData>'
            ).encode(),
            "xl__richData__rdrichvaluestructure.xml": (
                f'<rvStructures {rich}><s t="_error"><k n="errorType" t="i"/></s><s t="_localImage"><k n="CalcOrigin" t="i"/>'
                f'<k n="_rvRel:LocalImageIdentifier" t="i"/></s></rvStructures>'
            ).encode(),
            "xl__richData__richValueRel.xml": (
                f'<richValueRels xmlns="urn:r" xmlns:r="{OFFICE}"><rel r:id="rId2"/><rel r:id="rId1"/></richValueRels>'
            ).encode(),
            "xl__richData___rels__richValueRel.xml.rels": relations(("image", "../media/a.png"), ("image", "../media/b.png")),
            "xl__media__a.png": painted("blue"),
            "xl__media__b.png": painted("lime"),
        },
    )
    if larger:  # the row-by-row reader takes it
        monkeypatch.setattr(excel, "STREAM_FROM", 10)
    book = ExcelBook(path, "xlsx")
    with read_workbook(path) as workbook:
        sheet = workbook.sheet()
        assert colours(sheet, 2) == {2: GREEN, 3: BLUE}
        table = find_table(sheet, {"产品名称", "产品编码", "图片"}.__contains__)
        assert [(error.row, error.text) for error in table.errors] == [(4, "#FIELD!"), (4, "#N/A"), (5, "#VALUE!")]  # what is no picture
    spool = _Spool()
    book.pour("Sheet1", spool, lambda rows: None)  # type: ignore[arg-type]
    assert [one[:2] for one in book.pictures("Sheet1")] == [(1, 2), (2, 2)] and spool.gone == {(2, 2), (3, 2)}


class _Spool:
    """What is told of cells that are no values."""

    width = 0

    def leave_out(self, cells: set[tuple[int, int]]) -> None:
        self.gone = cells

    def add(self, number: int, row: list[object]) -> None: ...

    def add_all(self, first: int, rows: list[list[object]]) -> None: ...


def test_a_picture_that_cannot_be_taken_is_told(office: Office, tmp_path: Path) -> None:
    size = b"IHDR" + (60_000).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00"
    bomb = b"\x89PNG\r\n\x1a\n\x00\x00\x00\r" + size + zlib.crc32(size).to_bytes(4) + b"\x00\x00\x00\x00IDAT"
    rows = (
        HEAD
        + text_cells(2, "甲", "1", more=shown("C2", "ID_A"))
        + text_cells(3, "乙", "2", more=shown("C3", "ID_GONE"))
        + text_cells(4, "丙", "3", more=shown("C4", "ID_BOMB"))
        + text_cells(5, "丁", "4", more=shown("C5", "ID_GOOD"))
    )
    stored = {"ID_A": b"nothing", "ID_BOMB": bomb, "ID_GOOD": painted("red")}
    path = by_wps(tmp_path / "p.xlsx", rows, stored)
    with read_workbook(path) as workbook:
        sheet = workbook.sheet()
        assert sheet.unread == {2: {2: pictures.NO_PICTURE, 3: pictures.LOST, 4: pictures.TOO_LARGE}} and colours(sheet, 2) == {5: RED}
        for _round in range(2):  # they come in without it, and keep what they have
            counts, done = bring_in(office, Product, office.boss, sheet, empty="clear")
            said = {row: remark.sentence("zh_CN") for row, remark in done.verdicts.remarks()}
            assert counts["refused"] == 0 and sorted(said) == [2, 3, 4]
            assert all(text.startswith("图片") for text in said.values()) and "WPS" not in said[2] and "50" in said[4]
        assert [picture != "" for _name, picture in sorted(values(office, Product, "code", "picture"))] == [False, False, False, True]
        plan = plan_for(office, Product, office.boss, sheet)
        plan.rehearse()
        plan.table.correct(3, 2, None)
        assert [verdict.remarks for verdict in plan.recheck([3])] == [()]
    # A program that does not know these pictures saved the workbook without them.
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "cellimages" not in name and "media" not in name}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    with read_workbook(path) as workbook:
        assert set(workbook.sheet().unread[2].values()) == {pictures.LOST} and len(workbook.sheet().unread[2]) == 4


@pytest.mark.parametrize("part", ["xl__cellimages.xml", "xl___rels__cellimages.xml.rels", "xl__worksheets__sheet1.xml"])
def test_damaged_lists_of_pictures_lose_no_rows(tmp_path: Path, part: str) -> None:
    rows = HEAD + text_cells(2, "甲", "1", more=shown("C2", "ID_A"))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    broken = sheet.replace("ID_A", "ID_" + "A" * 5_000).encode() if "sheet1" in part else b"<etc:cellImages"
    path = by_wps(tmp_path / "p.xlsx", rows, {"ID_A": painted("red")}, **{part: broken})
    with read_workbook(path) as workbook:
        assert workbook.sheet().height == 2 and workbook.sheet().pictures == {}


def test_refused_rows_come_back_with_their_pictures(office: Office, tmp_path: Path) -> None:
    rows = text_cells(1, "产品名称", "图片", "单价") + '<row r="2">' + "".join(
        (f'<c r="{place}2" t="inlineStr"><is><t>{text}</t></is></c>' if text else shown("B2", "ID_A"))
        for place, text in (("A", "甲"), ("B", ""), ("C", "teuer"))
    ) + "</row>"  # fmt: skip
    path = by_wps(tmp_path / "p.xlsx", rows, {"ID_A": painted("red", kind="JPEG")})
    with read_workbook(path) as workbook:
        table = find_table(workbook.sheet(), {"产品名称", "图片", "单价"}.__contains__)
        plan = plan_for(office, Product, office.boss, workbook.sheet())
        assert write_refused(tmp_path / "refused.xlsx", table, plan.rehearse().refused(), "en") == 1
    with read_workbook(tmp_path / "refused.xlsx") as workbook:
        assert b64decode(workbook.sheet().pictures_of(1, [2])[0] or "") == painted("red", kind="JPEG")


ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><office:body>'
    '<office:spreadsheet><table:table table:name="产品"><table:shapes>{shape}</table:shapes>{rows}</table:table></office:spreadsheet>'
    "</office:body></office:document-content>"
)


def frame(*hrefs: str) -> str:
    images = "".join(f'<draw:image xlink:href="{href}"><text:p/></draw:image>' for href in hrefs)
    return f"<draw:frame>{images}</draw:frame>"


def ods_row(*cells: str) -> str:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    texts = (f"<table:table-cell>{cell}</table:table-cell>" if "<" in cell else text.format(cell) for cell in cells)
    return f"<table:table-row>{''.join(texts)}</table:table-row>"


def test_pictures_of_an_ods(office: Office, tmp_path: Path) -> None:
    rows = (
        ods_row("产品名称", "图片", "单价")
        + ods_row("甲", frame("Pictures/a.png", "Pictures/b.png"), "1")
        + '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="3"/></table:table-row>'
        + ods_row("乙", frame("./Pictures/b.png"), "2")
        + ods_row("丙", frame("http://example.com/c.png"), "3")
    )
    path = tmp_path / "p.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows=rows, shape=frame("Pictures/a.png")))
        archive.writestr("META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
        archive.writestr("Pictures/a.png", painted("red"))
        archive.writestr("Pictures/b.png", painted("blue"))
    with read_workbook(path) as workbook:
        sheet = workbook.sheet()
        assert colours(sheet, 1) == {2: RED, 5: BLUE} and sheet.unread == {1: {6: pictures.LOST}}
        counts, _done = bring_in(office, Product, office.boss, sheet)
    assert counts["new"] == 3
    assert [bool(picture) for _name, picture in sorted(values(office, Product, "price", "picture"))] == [True, True, False]


# What an .xls holds: records of a workbook, and in them records of drawings.


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def drawn(kind: int, body: bytes, container: bool = True) -> bytes:
    return struct.pack("<HHI", 0xF if container else 0, kind, len(body)) + body


def stored_picture(data: bytes, fingerprints: int = 1) -> bytes:
    picture = drawn(0xF01E, bytes(16 * fingerprints + 1) + data, container=False)
    return drawn(0xF007, bytes(36) + picture, container=False)


def shape(row: int, column: int, number: int) -> bytes:
    properties = struct.pack("<HI", 0x7F, 0x01FB) + struct.pack("<HI", 0x4104, number)
    anchor = struct.pack("<9H", 2, column, 0, row, 0, column + 1, 0, row + 1, 0)
    return drawn(0xF004, drawn(0xF00B, properties, container=False) + drawn(0xF010, anchor, container=False))


def workbook_stream(*files: bytes, shapes: list[bytes]) -> bytes:
    group = drawn(0xF000, drawn(0xF001, b"".join(files)))
    half = len(group) // 2
    drawing = drawn(0xF002, drawn(0xF003, b"".join(shapes)))
    begin = record(0x0809, bytes(16))
    name = record(0x0085, struct.pack("<I", 0) + bytes(8))
    head = begin + name + record(0x00EB, group[:half]) + record(0x003C, group[half:]) + record(0x000A, b"")
    at = len(head)
    head = head.replace(name, record(0x0085, struct.pack("<I", at) + bytes(8)))
    # A drawing breaks off at each shape, for what belongs to the shape.
    pieces = [drawing[:40], drawing[40:]]
    body = begin + record(0x00EC, pieces[0]) + record(0x005D, bytes(38)) + record(0x00EC, pieces[1]) + record(0x000A, b"")
    return head + body


def test_pictures_of_an_xls() -> None:
    stream = workbook_stream(
        stored_picture(painted("red")), stored_picture(b"\x01\x00\x00\x00 EMF"), stored_picture(painted("blue", kind="JPEG"), 2),
        shapes=[shape(3, 2, 3), shape(4, 2, 2), shape(5, 2, 1), shape(6, 2, 0)],
    )  # fmt: skip
    found = pictures_of(stream)
    assert [one[:3] for one in found.sheets[0]] == [(3, 2, "2"), (4, 2, "1"), (5, 2, "0")]
    assert found.stored == [painted("red"), b"", painted("blue", kind="JPEG")]
    assert pictures_of(b"").sheets == [] and pictures_of(record(0x0809, bytes(16))).sheets == []
    for cut in range(0, len(stream), 7):  # wherever it breaks off
        pictures_of(stream[:cut])


@pytest.mark.parametrize("ending", ["xlsx", "xlsb", "xls", "ods"])
def test_pictures_of_real_files(shared_data: Path, ending: str) -> None:
    path = shared_data / "messy_sheets" / "calamine" / f"picture.{ending}"
    book = ExcelBook(path, ending)
    for name, _hidden in book.names[:2]:
        book.pour(name, _Spool(), lambda rows: None)  # type: ignore[arg-type]
        (placed,) = book.pictures(name)
        assert placed[:2] == (0, 0)
        with Image.open(io.BytesIO(b64decode(book.picture(placed.media)))) as picture:
            assert picture.format == "JPEG" and picture.width == picture.height in (480, 512)


def test_pictures_of_a_real_file_in_and_over_cells(shared_data: Path) -> None:
    book = ExcelBook(shared_data / "messy_sheets" / "calamine" / "pictures_in_cell_and_over_cell.xlsx", "xlsx")
    book.pour("Sheet1", _Spool(), lambda rows: None)  # type: ignore[arg-type]
    assert [(one.row, one.column, one.inside) for one in book.pictures("Sheet1")] == [(0, 0, True), (2, 0, True), (8, 4, False)]
    assert all(book.picture(one.media) for one in book.pictures("Sheet1"))
