"""Small pictures in the cells of a written workbook: kept in a file of their own until their sheet is complete, then placed on it."""

from __future__ import annotations

import zipfile
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from crm_desktop.core.pictures import kept
from crm_desktop.exchange.writers.xlsx_frame import HEAD

ROW_HEIGHT = 50  # points of a row that has room for one
_BOX, _MARGIN = 60, 3  # px
_EMU = 9525  # a pixel
_IN_MEMORY = 4 << 20
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


class _Placed(NamedTuple):
    row: int
    column: int
    width: int
    height: int
    begin: int
    length: int


class Pictures:
    """The pictures of one sheet after the other; `drawn` names the sheets that have some."""

    def __init__(self) -> None:
        self.drawn: list[int] = []
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - `close` ends it
        self._placed: list[_Placed] = []
        self._count = 0

    def take(self, row: int, column: int, text: str | None) -> None:
        """A picture as records keep it, for a cell of the sheet under way; row and column from 0. What is none is left out."""
        found = kept(text)
        if found is not None:
            shrink = min(_BOX / found.width, _BOX / found.height, 1)
            shown = max(1, round(found.width * shrink)), max(1, round(found.height * shrink))
            self._placed.append(_Placed(row, column, *shown, self._file.seek(0, 2), len(found.data)))
            self._file.write(found.data)

    def waiting(self) -> bool:
        """Whether the sheet under way has pictures."""
        return bool(self._placed)

    def put(self, archive: zipfile.ZipFile, sheet: int) -> None:
        """Write those of a sheet that has been written."""
        if not self._placed:
            return
        anchors, links = [], []
        for number, one in enumerate(self._placed, 1):
            self._count += 1
            self._file.seek(one.begin)
            part = zipfile.ZipInfo(f"xl/media/image{self._count}.jpeg")
            archive.writestr(part, self._file.read(one.length))  # a JPEG is packed already
            anchors.append(_anchor(number, one))
            links.append(_link(number, "image", f"../media/image{self._count}.jpeg"))
        spaces = f'xmlns:xdr="{_DRAWING}/spreadsheetDrawing" xmlns:a="{_DRAWING}/main" xmlns:r="{_OFFICE}"'
        archive.writestr(f"xl/drawings/drawing{sheet}.xml", f'{HEAD}<xdr:wsDr {spaces}>{"".join(anchors)}</xdr:wsDr>')
        archive.writestr(f"xl/drawings/_rels/drawing{sheet}.xml.rels", _relations(links))
        drawing = _link(1, "drawing", f"../drawings/drawing{sheet}.xml")
        archive.writestr(f"xl/worksheets/_rels/sheet{sheet}.xml.rels", _relations([drawing]))
        self.drawn.append(sheet)
        self._placed.clear()
        self._file.seek(0)
        self._file.truncate()

    def close(self) -> None:
        """Nothing more comes."""
        self._file.close()


def _anchor(number: int, one: _Placed) -> str:
    left, top = ((_BOX - side) // 2 + _MARGIN for side in (one.width, one.height))
    extent = f'cx="{one.width * _EMU}" cy="{one.height * _EMU}"'
    return (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>{one.column}</xdr:col><xdr:colOff>{left * _EMU}</xdr:colOff>"
        f"<xdr:row>{one.row}</xdr:row><xdr:rowOff>{top * _EMU}</xdr:rowOff></xdr:from><xdr:ext {extent}/>"
        f'<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number + 1}" name="Picture {number}"/>'
        '<xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="rId{number}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        f'<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr>'
        "</xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"
    )


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _relations(links: list[str]) -> str:
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>'
