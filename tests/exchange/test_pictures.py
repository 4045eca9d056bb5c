"""SA12: A workbook shows the pictures of products beside their values; what it holds comes in again unchanged."""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode, b64encode
from pathlib import Path

import openpyxl
import openpyxl.drawing.image
import pytest
from PIL import Image

from crm_desktop.business.goods.product import Product
from crm_desktop.core import pictures
from crm_desktop.core.errors import Cancelled, Invalid
from crm_desktop.core.views import View
from crm_desktop.exchange.exporting import export
from crm_desktop.exchange.importing.refused_rows import write_refused
from crm_desktop.exchange.reading import read_workbook
from crm_desktop.exchange.tables import find_table
from crm_desktop.exchange.writers import xlsx, xlsx_pictures
from crm_desktop.exchange.writers.columns import Column
from crm_desktop.exchange.writing import write_table
from tests.exchange.stories import bring_in, plan_for, values
from tests.office import Office


def jpeg(width: int, height: int, more: bytes = b"") -> str:
    """What stands before the pixels of a JPEG: enough for everything but painting it."""
    frame = b"\xff\xc0\x00\x11\x08" + height.to_bytes(2) + width.to_bytes(2) + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"
    return b64encode(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + frame + more + b"\xff\xd9").decode()


WIDE, TALL = jpeg(480, 240, b"wide"), jpeg(100, 400, b"tall")


def test_the_size_of_a_picture() -> None:
    assert pictures.jpeg(b64decode(WIDE))[1:] == (480, 240, 3)
    for nothing in (b"", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00\x04..", b"\x89PNG\r\n", b64decode(jpeg(0, 9)), b"\xff\xd8" + b"\xff" * 40):
        assert pictures.jpeg(nothing) is None


@pytest.fixture
def shop(office: Office) -> Office:
    office.save(Product(name="加工中心", code="P1", price=1200, picture=WIDE), "boss")
    office.save(Product(name="软件", code="P2", price=300), "boss")
    office.save(Product(name="机器人", code="P3", price=500, picture=TALL), "boss")
    return office


def test_a_workbook_shows_them_and_comes_in_unchanged(shop: Office, tmp_path: Path) -> None:
    path = tmp_path / "products.xlsx"
    export(shop.records, Product, shop.boss, View(sort=(("code", False),)), None, path, lang="en")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    column = headings.index("Picture")
    assert column == headings.index("Product") + 1
    placed = {(one.anchor._from.row, one.anchor._from.col): one._data() for one in sheet._images}
    assert placed == {(1, column): b64decode(WIDE), (3, column): b64decode(TALL)}
    sizes = {one.anchor._from.row: (one.anchor.ext.cx // 9525, one.anchor.ext.cy // 9525) for one in sheet._images}
    assert sizes == {1: (60, 30), 3: (15, 60)}
    assert [row[column].value for row in sheet.iter_rows(min_row=2)] == [None] * 4 and sheet.row_dimensions[2].height == 50
    before = values(shop, Product, "name", "code", "price", "picture")
    for empty in ("keep", "clear"):
        with read_workbook(path) as workbook:
            counts, done = bring_in(shop, Product, shop.boss, workbook.sheet(), empty=empty)
        assert (counts["unchanged"], counts["new"], counts["changed"]) == (3, 0, 0)
    assert values(shop, Product, "name", "code", "price", "picture") == before
    # Where they are not, they come with it.
    for product in shop.records.ids(Product, shop.boss, View()):
        shop.records.delete(Product, [product], shop.boss)
    with read_workbook(path) as workbook:
        counts, done = bring_in(shop, Product, shop.boss, workbook.sheet())
    assert counts["new"] == 3 and values(shop, Product, "name", "code", "price", "picture") == before
    shop.records.undo(done.batch, shop.boss)
    assert values(shop, Product, "name") == []


@pytest.mark.parametrize("format", ["csv", "json"])
def test_other_formats_have_no_room_for_them(shop: Office, tmp_path: Path, format: str) -> None:
    path = tmp_path / f"products.{format}"
    export(shop.records, Product, shop.boss, View(), ["name", "picture"], path, format)
    text = path.read_text(encoding="utf-8-sig")
    assert "加工中心" in text and WIDE[:40] not in text and "picture" not in text


def test_where_there_are_none_no_column_waits_for_them(office: Office, tmp_path: Path) -> None:
    office.save(Product(name="软件", code="P2"), "boss")
    export(office.records, Product, office.boss, View(), None, tmp_path / "p.xlsx", lang="en")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    assert "Picture" not in [cell.value for cell in sheet[1]] and sheet.row_dimensions[2].height is None


def test_each_sheet_of_a_very_long_table_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    monkeypatch.setattr(xlsx_pictures, "_IN_MEMORY", 10)
    path = tmp_path / "long.xlsx"
    rows = [("a", WIDE), ("b", ""), ("c", None), ("d", TALL), ("e", "no picture"), ("f", "bm8=")]
    write_table(path, "P", [Column("Name"), Column("Picture", "picture")], [rows[:5], rows[5:]])
    book = openpyxl.load_workbook(path)
    assert [[(one.anchor._from.row, one._data()) for one in sheet._images] for sheet in book] == [
        [(1, b64decode(WIDE))], [(2, b64decode(TALL))], []
    ]  # fmt: skip
    assert [[row[0].value for row in sheet.iter_rows(min_row=2)] for sheet in book] == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_an_export_that_stops_leaves_nothing(tmp_path: Path) -> None:
    def packets():
        yield [("a", WIDE)]
        raise Cancelled

    with pytest.raises(Cancelled):
        write_table(tmp_path / "p.xlsx", "P", [Column("Name"), Column("Picture", "picture")], packets())
    assert list(tmp_path.iterdir()) == []


def test_the_archive_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    write_table(path, "P", [Column("Name"), Column("Picture", "picture")], [[("a", WIDE)]])
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        assert archive.testzip() is None
        assert {"xl/media/image1.jpeg", "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels",
                "xl/worksheets/_rels/sheet1.xml.rels"} <= set(archive.namelist())  # fmt: skip
        assert b"drawing1.xml" in archive.read("[Content_Types].xml")


def painted(path: Path, picture: Image.Image, kind: str) -> Path:
    picture.save(path, kind)
    return path


def with_pictures(path: Path, rows: list[list[object]], pictures: dict[str, Path]) -> Path:
    """A workbook as people make them: pictures of any size and sort laid over cells."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, file in pictures.items():
        book.active.add_image(openpyxl.drawing.image.Image(file), cell)
    book.save(path)
    return path


def test_photographs_of_any_sort_are_made_small(office: Office, tmp_path: Path) -> None:
    noise = Image.effect_noise((2400, 1800), 90).convert("RGB")
    big = painted(tmp_path / "big.jpg", noise, "JPEG")
    clear = painted(tmp_path / "clear.png", Image.new("RGBA", (300, 200), (255, 0, 0, 0)), "PNG")
    small = painted(tmp_path / "small.jpg", Image.new("RGB", (40, 30), "blue"), "JPEG")
    rows: list[list[object]] = [["产品目录"], ["产品名称", "产品编码", "图片"], ["甲", "1"], ["乙", "2"], ["丙", "3", "c.jpg"], ["丁"]]
    path = with_pictures(tmp_path / "p.xlsx", rows, {"C3": big, "C4": clear, "C5": small, "A1": small, "F9": small})
    with read_workbook(path) as workbook:
        counts, done = bring_in(office, Product, office.boss, workbook.sheet())
    assert counts["new"] == 4 and done.verdicts.remarks() == []
    kept = dict(values(office, Product, "name", "picture"))
    assert kept["丁"] == "" and b64decode(kept["丙"]) == small.read_bytes()
    for name, size in (("甲", (480, 360)), ("乙", (300, 200))):
        with Image.open(io.BytesIO(b64decode(kept[name]))) as picture:
            assert picture.format == "JPEG" and picture.size == size and len(kept[name]) <= 60_000
    with Image.open(io.BytesIO(b64decode(kept["乙"]))) as picture:
        assert min(picture.getpixel((5, 5))) > 250  # white, not black


def test_what_is_no_picture_is_left_out(office: Office, tmp_path: Path) -> None:
    small = painted(tmp_path / "small.png", Image.new("RGB", (40, 30), "blue"), "PNG")
    path = with_pictures(tmp_path / "p.xlsx", [["产品名称", "图片"], ["甲"], ["乙"]], {"B2": small, "B3": small})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    bomb = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (60_000).to_bytes(4) * 2 + b"\x08\x02\x00\x00\x00"
    for broken in ({"xl/media/image1.png": b"nothing"}, {"xl/media/image1.png": bomb}, {"xl/drawings/drawing1.xml": b"<xdr:wsDr"},
                   {"xl/drawings/_rels/drawing1.xml.rels": b"<Relationships/>"}):  # fmt: skip
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in {**parts, **broken}.items():
                archive.writestr(name, data)
        with read_workbook(path) as workbook:
            sheet = workbook.sheet()
            assert sheet.height == 3 and 2 not in sheet.pictures.get(1, {}), broken.keys()


def test_names_of_files_are_no_pictures(office: Office, tmp_path: Path) -> None:
    rows = [["产品名称", "图片"], ["甲", "front.jpg"]]
    counts, _done = bring_in(office, Product, office.boss, rows)
    assert counts["new"] == 1 and values(office, Product, "picture") == [""]
    with pytest.raises(Invalid):
        Product.declared()["picture"].kind.read("front.jpg")


def test_refused_rows_keep_their_pictures(office: Office, tmp_path: Path) -> None:
    small = painted(tmp_path / "small.jpg", Image.new("RGB", (40, 30), "blue"), "JPEG")
    rows: list[list[object]] = [["产品名称", "图片", "单价"], ["甲", None, "1"], ["乙", None, "teuer"]]
    path = with_pictures(tmp_path / "p.xlsx", rows, {"B2": small, "B3": small})
    with read_workbook(path) as workbook:
        table = find_table(workbook.sheet(), rows[0].__contains__)
        plan = plan_for(office, Product, office.boss, workbook.sheet())
        write_refused(tmp_path / "refused.xlsx", table, plan.rehearse().refused(), "en")
    with read_workbook(tmp_path / "refused.xlsx") as workbook:
        sheet = workbook.sheet()
        assert list(sheet.rows())[1][0] == "乙" and b64decode(sheet.pictures_of(1, [2])[0] or "") == small.read_bytes()
