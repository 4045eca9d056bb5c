"""Where the pictures of an .xlsx sheet are: laid over cells, or put into them by WPS or Excel."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import suppress
from xml.etree import ElementTree

from crm_desktop.exchange.readers.pictures import Placed
from crm_desktop.exchange.readers.xlsx_parts import Parts, relations_of, root_of
from crm_desktop.exchange.readers.xlsx_scan import Scan

# What a damaged archive or drawing may lead to.
_BROKEN = (KeyError, ValueError, IndexError, ElementTree.ParseError, zipfile.BadZipFile, OSError, EOFError)

_PICTURE, _RICH = "_rvRel:LocalImageIdentifier", "XLRICHVALUE"


def over_cells(archive: zipfile.ZipFile, sheet: str) -> list[Placed]:
    """The pictures that lie over cells (their upper left corners do), in their order. A drawing that is damaged has none."""
    try:
        return [
            picture
            for kind, drawing in relations_of(archive, sheet).values()
            if kind == "drawing"
            for picture in _anchored(root_of(archive, drawing), _images_of(archive, drawing))
        ]
    except _BROKEN:
        return []


def _anchored(drawing: ElementTree.Element, media: dict[str, str]) -> Iterator[Placed]:
    for anchor in drawing:
        begin = next((child for child in anchor if child.tag.endswith("}from")), None)
        link = _blip(anchor)
        if begin is not None and media.get(link):
            at = {child.tag.rsplit("}", 1)[-1]: int(child.text or 0) for child in begin}
            yield Placed(at["row"], at["col"], media[link])


class CellPictures:
    """The pictures that stand in cells instead of a text. WPS writes =DISPIMG("ID_…",1), Excel an error with the number of a value
    that older programs do not know; both keep lists of what is meant beside the sheets."""

    def __init__(self, archive: zipfile.ZipFile, parts: Parts):
        self._by_name: dict[str, str] = {}
        self._by_value: list[str | None] = []
        with suppress(*_BROKEN):
            self._by_name = _of_wps(archive, parts.others)
        with suppress(*_BROKEN):
            self._by_value = _of_excel(archive, parts.others)

    def __bool__(self) -> bool:
        return bool(self._by_name or self._by_value)

    def placed(self, scan: Scan) -> Iterator[Placed]:
        """Those of a sheet; what a text names but the file has not got is told too."""
        for (row, column), name in scan.named.items():
            yield Placed(row, column, self._by_name.get(name, ""), inside=True)
        for (row, column), number in scan.valued.items():
            if 0 < number <= len(self._by_value) and self._by_value[number - 1] is not None:
                yield Placed(row, column, self._by_value[number - 1] or "", inside=True)


def _of_wps(archive: zipfile.ZipFile, others: dict[str, str]) -> dict[str, str]:
    """The name of a picture -> the part that holds it."""
    part = others.get("cellImage") or "xl/cellimages.xml"
    media = _images_of(archive, part)
    found = {}
    for picture in root_of(archive, part):
        name = next((one.get("name", "") for one in picture.iter() if one.tag.endswith("}cNvPr")), "")
        found[name] = media.get(_blip(picture), "")
    return found


def _of_excel(archive: zipfile.ZipFile, others: dict[str, str]) -> list[str | None]:
    """For each value a cell may have (its vm, from 1): the part that holds its picture, None when it is no picture."""
    metadata = root_of(archive, others["sheetMetadata"])
    links = [_link(one) for one in root_of(archive, others["richValueRel"])]
    media = _images_of(archive, others["richValueRel"])
    places = []  # for each structure of a value: which of its parts names a picture
    for structure in root_of(archive, others["rdRichValueStructure"]):
        keys = [key.get("n", "") for key in structure]
        places.append(keys.index(_PICTURE) if _PICTURE in keys else None)
    values: list[str | None] = []
    for value in root_of(archive, others["rdRichValue"]):
        place = places[int(value.get("s", ""))]
        values.append(None if place is None else media.get(links[int(value[place].text or "")], ""))
    kinds = [one.get("name") for one in _children(metadata, "metadataTypes")]
    rich = [next(int(one.get("i", "")) for one in block.iter() if one.tag.endswith("}rvb")) for block in _rich_blocks(metadata)]
    found: list[str | None] = []
    for block in _children(metadata, "valueMetadata"):
        kind, number = int(block[0].get("t", "")), int(block[0].get("v", ""))
        found.append(values[rich[number]] if kinds[kind - 1] == _RICH else None)
    return found


def _rich_blocks(metadata: ElementTree.Element) -> list[ElementTree.Element]:
    return next((list(one) for one in metadata if one.tag.endswith("}futureMetadata") and one.get("name") == _RICH), [])


def _children(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return next((list(one) for one in root if one.tag.endswith("}" + name)), [])


def _images_of(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    return {link: image for link, (kind, image) in relations_of(archive, part).items() if kind == "image"}


def _blip(element: ElementTree.Element) -> str:
    """The link of the first picture within."""
    blips = (part for part in element.iter() if part.tag.endswith("}blip"))
    return next((value for blip in blips for key, value in blip.items() if key.endswith("}embed")), "")


def _link(element: ElementTree.Element) -> str:
    return next((value for key, value in element.items() if key.endswith("}id")), "")
