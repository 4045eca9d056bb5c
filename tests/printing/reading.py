"""Reads printed pages back: where each character stands, where there is ink, which fonts lie in the file."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pypdf
import pypdfium2
from PIL import Image

from crm_desktop.printing.document import Document
from crm_desktop.printing.recipients import Recipient

MM = 72 / 25.4
LONG_CHINESE = "内蒙古自治区呼和浩特市新城区新华东街万达广场写字楼（东塔）A座1208室，请先联系。" * 5
LONG_ENGLISH = "Suite 1208, East Tower of the International Trade Building, 1 Long-Named-Boulevard, " * 3

ZHANG = Recipient(
    "张海燕",
    "女士",
    "采购经理",
    "苏州润邦汽车零部件科技有限公司",
    "工业园区金桥路 211 号",
    "苏州市",
    "江苏省",
    "215021",
    phone="13812345678",
)
ANDERS = Recipient(
    "Maria Anders",
    "Ms.",
    "Sales Representative",
    "Alfreds Futterkiste",
    "Obere Str. 57",
    "Berlin",
    "",
    "12209",
    "Germany",
)
SENDER = Recipient("刘敏", "", "", "南京立德自动化设备科技有限公司", "软件大道 109 号", "南京市", "江苏省", "210012")


@dataclass(frozen=True)
class Letter:
    """A printed character and its box in mm from the top left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def letters(document: Document, page: int = 0) -> list[Letter]:
    """The visible characters of a page in the order they were drawn."""
    pdf = pypdfium2.PdfDocument(document.pdf)
    sheet = pdf[page]
    height = sheet.get_height()
    text = sheet.get_textpage()
    found = []
    for place in range(text.count_chars()):
        character = text.get_text_range(place, 1)
        if not character.strip():
            continue
        left, bottom, right, top = text.get_charbox(place)
        found.append(Letter(character, left / MM, (height - top) / MM, right / MM, (height - bottom) / MM))
    return found


def text_of(document: Document, page: int = 0) -> str:
    """The text of a page as a reader's copy command gives it."""
    return pypdfium2.PdfDocument(document.pdf)[page].get_textpage().get_text_range().replace("\r\n", "\n")


def picture(document: Document, page: int = 0, dpi: int = 100) -> Image.Image:
    """The page in grey, white paper."""
    return pypdfium2.PdfDocument(document.pdf)[page].render(scale=dpi / 72).to_pil().convert("L")


def ink_box(
    image: Image.Image, left: float, top: float, width: float, height: float, dpi: int = 100
) -> tuple[float, float, float, float] | None:
    """The box in mm (left, top, right, bottom of the page) around the ink within an area, None for blank paper."""
    scale = dpi / 25.4
    corners = tuple(round(value * scale) for value in (left, top, left + width, top + height))
    box = image.crop(corners).point(lambda grey: 255 if grey < 200 else 0).getbbox()
    if box is None:
        return None
    x, y = corners[0], corners[1]
    return (x + box[0]) / scale, (y + box[1]) / scale, (x + box[2]) / scale, (y + box[3]) / scale


def embedded_fonts(document: Document) -> dict[str, bool]:
    """Name of each font of the file -> whether its outlines lie in the file."""
    found = {}
    for page in pypdf.PdfReader(io.BytesIO(document.pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            font = font.get_object()
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            descriptor = inner.get("/FontDescriptor")
            found[str(font["/BaseFont"])] = descriptor is not None and "/FontFile2" in descriptor.get_object()
    return found
