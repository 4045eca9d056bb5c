"""A picture kept with a record: shown small, chosen from a file, taken away."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_desktop.core.pictures import MOST, QUALITIES, WIDEST
from crm_desktop.core.words import say
from crm_desktop.ui.files import ask_open
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button

KINDS = "*.png *.jpg *.jpeg *.bmp *.gif *.webp"
_SHOWN = (160, 120)


def picture_text(path: str) -> str:
    """The picture of a file as it is kept, base64 of a JPEG; '' for a file that is no picture. Runs beside the UI thread."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > WIDEST:
        reader.setScaledSize(size.scaled(WIDEST, WIDEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        return ""
    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(Qt.GlobalColor.white)  # what a PNG leaves open would be black in a JPEG
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    for quality in QUALITIES:
        kept = QByteArray()
        buffer = QBuffer(kept)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        paper.save(buffer, "JPEG", quality)  # type: ignore[call-overload]
        text = base64.b64encode(kept.data()).decode()
        if len(text) <= MOST:
            return text
    return ""


class PictureEdit(QWidget):
    """The value is the text of the picture, '' for none. `run(work, then)` reads a file beside the UI thread."""

    committed = Signal()
    changed = Signal()

    def __init__(self, run: Callable[[Callable[[], Any], Callable[[Any], None]], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._text, self._problem = run, "", ""
        self._shown = QLabel()
        self._shown.setFixedSize(QSize(px(_SHOWN[0]), px(_SHOWN[1])))
        self._shown.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.choose = Button(say("Choose a picture…"), "image", run=self._ask)
        self.remove = Button(say("Remove"), "x", "ghost", self._take_away)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.choose)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), 0, 0, 0)
        column.addWidget(self._shown)
        column.addLayout(row)
        self.setFocusProxy(self.choose)
        self._show()

    def value(self) -> str:
        """The text of the picture."""
        return self._text

    def set_value(self, text: str | None) -> None:
        """Show a picture without committing it."""
        self._text, self._problem = text or "", ""
        self._show()

    def problem(self) -> str:
        """Why the file chosen last cannot be kept."""
        return self._problem

    def leave(self) -> None:
        """Nothing is typed here."""

    def take(self, path: str) -> None:
        """Keep the picture of a file."""
        self._run(lambda: picture_text(path), self._taken)

    def _ask(self) -> None:
        path = ask_open(self.window(), say("Choose a picture…"), KINDS)
        if path:
            self.take(path)

    def _taken(self, text: str) -> None:
        self._problem = "" if text else say("This file is no picture the program can read. Choose another one.")
        if text:
            self._text = text
            self._show()
            self.changed.emit()
        self.committed.emit()

    def _take_away(self) -> None:
        self.set_value("")
        self.changed.emit()
        self.committed.emit()

    def _show(self) -> None:
        picture = QPixmap()
        if self._text:
            picture.loadFromData(base64.b64decode(self._text))
            ratio = self.devicePixelRatioF()
            room = self._shown.size() * ratio
            picture = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
            picture.setDevicePixelRatio(ratio)
        self._shown.setPixmap(picture)
        self._shown.setVisible(bool(self._text))
        self.remove.setVisible(bool(self._text))
