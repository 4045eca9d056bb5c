"""The pictures that lie over the cells of an .xlsx sheet, made as small as records keep them: the base64 of a JPEG."""

from __future__ import annotations

import zipfile
from binascii import b2a_base64
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree

from crm_desktop.core.pictures import MOST, QUALITIES, WIDEST, jpeg
from crm_desktop.exchange.readers.xlsx_parts import relations_of, root_of

_LARGEST = 64 << 20  # bytes of one picture
_MOST_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF")


class Placed(NamedTuple):
    """A picture whose upper left corner lies over a cell; row and column from 0, media: the part of the archive that holds it."""

    row: int
    column: int
    media: str


def placed(archive: zipfile.ZipFile, sheet: str) -> Iterator[Placed]:
    """Where the pictures of a sheet lie, in their order. A drawing that is damaged has none."""
    try:
        for kind, drawing in relations_of(archive, sheet).values():
            if kind == "drawing":
                media = {link: part for link, (kind, part) in relations_of(archive, drawing).items() if kind == "image"}
                yield from _anchored(root_of(archive, drawing), media)
    except (KeyError, ValueError, ElementTree.ParseError, zipfile.BadZipFile, OSError, EOFError):
        return


def _anchored(drawing: ElementTree.Element, media: dict[str, str]) -> Iterator[Placed]:
    for anchor in drawing:
        begin = next((child for child in anchor if child.tag.endswith("}from")), None)
        links = [value for part in anchor.iter() if part.tag.endswith("}blip") for key, value in part.items() if key.endswith("}embed")]
        if begin is not None and links and media.get(links[0]):
            at = {child.tag.rsplit("}", 1)[-1]: int(child.text or 0) for child in begin}
            yield Placed(at["row"], at["col"], media[links[0]])


def as_kept(archive: zipfile.ZipFile, media: str) -> str:
    """The text of a picture; '' for what is none, or none that can be read."""
    try:
        if archive.getinfo(media).file_size > _LARGEST:
            return ""
        data = archive.read(media)
    except (KeyError, zipfile.BadZipFile, OSError, EOFError):
        return ""
    text = b2a_base64(data, newline=False).decode()
    if len(text) <= MOST and jpeg(data) is not None:
        return text  # as an export has written it: it comes in unchanged
    return _smaller(data)


def _smaller(data: bytes) -> str:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as picture:
            picture.draft("RGB", (WIDEST, WIDEST))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
        upright.thumbnail((WIDEST, WIDEST))
        paper = Image.new("RGB", upright.size, "white")  # what a PNG leaves open would be black in a JPEG
        paper.paste(upright, mask=upright.getchannel("A"))
        for quality in QUALITIES:
            made = BytesIO()
            paper.save(made, "JPEG", quality=quality)
            text = b2a_base64(made.getvalue(), newline=False).decode()
            if len(text) <= MOST:
                return text
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return ""
    return ""
