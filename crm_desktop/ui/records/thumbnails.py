"""The pictures of a list's records, small: asked for when a row is painted, read and decoded beside the UI thread, some hundred kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from crm_desktop.core.record import Record
from crm_desktop.ui.desk import Desk

SIDE = 64  # px: twice what a row shows, for screens of high resolution
KEPT = 500
_PACKET = 50  # pictures read at a time: some megabytes


class Titled(str):
    """A title with the picture of its record; None while it is on its way or when there is none."""

    picture: QImage | None = None


class Thumbnails(QObject):
    """`arrived` when pictures are there that were missing."""

    arrived = Signal()

    def __init__(self, desk: Desk, record_type: type[Record], field: str, parent: QObject):
        super().__init__(parent)
        self._desk, self._record_type, self._field = desk, record_type, field
        self._kept: OrderedDict[int, QImage | None] = OrderedDict()
        self._wanted: dict[int, None] = {}
        self._asked: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fetch)

    def titled(self, title: str, record_id: int) -> Titled:
        """The title as it is painted; what is not known yet is asked for."""
        told = Titled(title)
        if record_id in self._kept:
            told.picture = self._kept[record_id]
        elif record_id not in self._asked:
            self._wanted[record_id] = None
            self._soon.start()
        return told

    def forget(self, ids: Iterable[int]) -> None:
        """These records have changed: their pictures are asked for again."""
        for record_id in ids:
            self._kept.pop(record_id, None)
            self._asked.discard(record_id)

    def _fetch(self) -> None:
        wanted = list(self._wanted)[-KEPT // 2 :]  # of what was only scrolled past, nothing
        self._wanted.clear()
        self._asked.update(wanted)
        for start in range(0, len(wanted), _PACKET):
            self._read(wanted[start : start + _PACKET])

    def _read(self, ids: list[int]) -> None:
        records, actor, record_type, field = self._desk.records, self._desk.actor, self._record_type, self._field

        def work() -> dict[int, QImage | None]:
            found = records.rows(record_type, actor, ids, [field])
            return {record_id: small(found[record_id][0]) if record_id in found else None for record_id in ids}

        self._desk.read(work, self._here)

    def _here(self, pictures: dict[int, QImage | None]) -> None:
        self._kept.update({record_id: picture for record_id, picture in pictures.items() if record_id in self._asked})
        self._asked.difference_update(pictures)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit()


def small(text: str | None) -> QImage | None:
    """The picture kept as `text`, no larger than a list shows it."""
    if not text:
        return None
    image = QImage.fromData(QByteArray.fromBase64(text.encode()))
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return None if image.isNull() else image.scaled(SIDE, SIDE, keep, smooth)
