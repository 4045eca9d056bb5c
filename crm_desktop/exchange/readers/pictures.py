"""A picture of a workbook, made as small as records keep it: the base64 of a JPEG."""

from __future__ import annotations

import zipfile
from binascii import b2a_base64
from io import BytesIO
from typing import NamedTuple

from crm_desktop.core.errors import Invalid
from crm_desktop.core.pictures import MOST, QUALITIES, WIDEST, jpeg
from crm_desktop.core.words import _

LARGEST = 64 << 20  # bytes of one picture
_MOST_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF")

LOST = _("{column}: the picture is not in the file. Insert it into the workbook again.")
TOO_LARGE = _("{column}: the picture is larger than 64 MB or 50 million pixels. Insert a smaller one.")
NO_PICTURE = _("{column}: what stands there is no picture that can be read. Insert it again as PNG or JPEG.")


class Placed(NamedTuple):
    """A picture and its cell, row and column from 0. media: where the file keeps it, '' for nowhere. inside: it is the value of the
    cell, whose text says nothing; others lie over theirs."""

    row: int
    column: int
    media: str
    inside: bool = False


def from_archive(archive: zipfile.ZipFile, media: str) -> bytes:
    """The bytes of a picture. Raises Invalid when there are none, or too many."""
    try:
        if archive.getinfo(media).file_size > LARGEST:
            raise Invalid(TOO_LARGE)
        return archive.read(media)
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise Invalid(LOST) from error


def as_kept(data: bytes) -> str:
    """The text of a picture. Raises Invalid for what is none, or none that can be read."""
    text = b2a_base64(data, newline=False).decode()
    if len(text) <= MOST and jpeg(data) is not None:
        return text  # as an export has written it: it comes in unchanged
    return _smaller(data)


def _smaller(data: bytes) -> str:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise Invalid(TOO_LARGE)
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
    except (MemoryError, Image.DecompressionBombError) as error:
        raise Invalid(TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Invalid(NO_PICTURE) from error
    raise Invalid(TOO_LARGE)
