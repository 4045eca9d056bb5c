"""Shows the pages of a PDF one below the other: zoom, fit, keyboard; pictures come from a working thread."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QHBoxLayout, QVBoxLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.printing.document import Document
from crm_desktop.ui.printing.pages import Pages
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell import theme
from crm_desktop.ui.shell.theme import brush, colour, font, pen, px
from crm_desktop.ui.widgets.busy import BusyLine
from crm_desktop.ui.widgets.buttons import icon_button
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.segment import Segment

GAP = 16  # px between pages and around them
KEPT_PICTURES = 12
SMALLEST, LARGEST = 0.6, 24.0  # pixels per mm
STEP = 1.25
FITS = ("page", "width", "")


class PagePreview(QAbstractScrollArea):
    """`show_document` shows a PDF; `page_changed(page, pages)` tells which one is at the top, from 1."""

    page_changed = Signal(int, int)
    zoomed = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("PagePreview")
        self.setAccessibleName(say("Preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self._runner = runner
        self._pages: Pages | None = None
        self._fit = "page"
        self._scale = 3.0
        self._tops: list[int] = []
        self._pictures: OrderedDict[int, tuple[float, QImage]] = OrderedDict()
        self._asked: dict[int, float] = {}
        self._told = (0, 0)
        self._sentence = ""
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self.viewport().update())
        theme.changed.connect(self.viewport().update)

    # ------------------------------------------------------------ what is shown

    def show_document(self, document: Document | None) -> None:
        """Show a document; the place on the page stays where it was when the pages have the same sizes."""
        before = self._pages
        same = before is not None and document is not None and before.document.sizes[:1] == document.sizes[:1]
        self._pages = Pages(document) if document is not None else None
        if same:
            # Old pictures stand in until the new ones are there, so that typing does not flicker.
            self._pictures = OrderedDict((page, (0.0, old)) for page, (_scale, old) in self._pictures.items())
        else:
            self._pictures.clear()
        self._asked.clear()
        if before is not None:
            self._runner.run(before.close)
        self._lay_out()
        if not same:
            self.verticalScrollBar().setValue(0)
        self._scrolled()

    def show_nothing(self, sentence: str) -> None:
        """Show why there is no document."""
        self._sentence = sentence
        self.show_document(None)

    def document(self) -> Document | None:
        """What is shown."""
        return self._pages.document if self._pages is not None else None

    def page(self) -> int:
        """The page at the top of the view, from 0."""
        if not self._tops:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max(0, min(bisect_right(self._tops, middle) - 1, len(self._tops) - 1))

    def go_to(self, page: int) -> None:
        """Scroll to a page, from 0."""
        if self._tops:
            self.verticalScrollBar().setValue(self._tops[max(0, min(page, len(self._tops) - 1))] - px(GAP))

    def fit(self, how: str) -> None:
        """Fit the "page" or its "width" into the view."""
        self._fit = how
        self._zoomed()

    def zoom(self, factor: float) -> None:
        """Zoom in (above 1) or out."""
        self._fit = ""
        self._scale = max(SMALLEST, min(LARGEST, self._scale * factor))
        self._zoomed()

    def _zoomed(self) -> None:
        page = self.page()
        self._lay_out()
        self.go_to(page)
        self._scrolled()
        self.zoomed.emit(self._fit)

    # ------------------------------------------------------------ layout

    def _lay_out(self) -> None:
        sizes = self._pages.document.sizes if self._pages is not None else []
        room = self.viewport().size()
        if sizes and self._fit:
            width = max(width for width, _height in sizes)
            wide = (room.width() - 2 * px(GAP)) / width
            height = max(height for _width, height in sizes)
            tall = (room.height() - 2 * px(GAP)) / height
            self._scale = max(SMALLEST, min(LARGEST, wide if self._fit == "width" else min(wide, tall)))
        self._tops = []
        top = px(GAP)
        widest = 0
        for width, height in sizes:
            self._tops.append(top)
            top += round(height * self._scale) + px(GAP)
            widest = max(widest, round(width * self._scale))
        vertical, horizontal = self.verticalScrollBar(), self.horizontalScrollBar()
        vertical.setRange(0, max(0, top - room.height()))
        vertical.setPageStep(room.height())
        vertical.setSingleStep(px(40))
        horizontal.setRange(0, max(0, widest + 2 * px(GAP) - room.width()))
        horizontal.setPageStep(room.width())
        self.viewport().update()

    def _page_rect(self, page: int) -> QRect:
        assert self._pages is not None
        width, height = self._pages.document.sizes[page]
        wide, tall = round(width * self._scale), round(height * self._scale)
        left = max(px(GAP), (self.viewport().width() - wide) // 2) - self.horizontalScrollBar().value()
        return QRect(left, self._tops[page] - self.verticalScrollBar().value(), wide, tall)

    def _shown_pages(self) -> list[int]:
        if not self._tops:
            return []
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, top + self.viewport().height())
        return list(range(first, last))

    def _scrolled(self) -> None:
        told = (self.page() + 1 if self._tops else 0, len(self._tops))
        if told != self._told:
            self._told = told
            self.setAccessibleDescription(say("Page {page} of {pages}", page=told[0], pages=told[1]))
            self.page_changed.emit(*told)
        self.viewport().update()

    # ------------------------------------------------------------ pictures

    def _ask_for(self, page: int) -> None:
        scale = self._scale * self.devicePixelRatioF()
        if self._asked.get(page) == scale or self._pages is None:
            return
        self._asked[page] = scale
        pages = self._pages
        self._runner.run(lambda: (pages, page, scale, pages.small_picture(page, scale)), self._arrived)

    def _arrived(self, answer: tuple[Pages, int, float, QImage]) -> None:
        pages, page, scale, picture = answer
        if pages is not self._pages or picture.isNull():
            return
        self._pictures[page] = (scale, picture)
        self._pictures.move_to_end(page)
        while len(self._pictures) > KEPT_PICTURES:
            dropped, _picture = self._pictures.popitem(last=False)
            self._asked.pop(dropped, None)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), brush("bg"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        wanted = self._scale * self.devicePixelRatioF()
        if self._pages is None and self._sentence:
            painter.setFont(font("body"))
            painter.setPen(colour("text2"))
            room = self.viewport().rect().adjusted(px(48), px(48), -px(48), -px(48))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)
        for page in self._shown_pages():
            rect = self._page_rect(page)
            painter.fillRect(rect.translated(0, 2), colour("shadow", 26))
            painter.fillRect(rect, Qt.GlobalColor.white)
            scale, picture = self._pictures.get(page, (0.0, None))
            if picture is not None:
                painter.drawImage(QRectF(rect), picture)
            painter.setPen(pen("border_strong"))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            if picture is None or scale != wanted:
                self._ask_for(page)
        painter.end()

    # ------------------------------------------------------------ events

    def resizeEvent(self, event: QResizeEvent) -> None:
        page = self.page()
        self._lay_out()
        if self._fit:
            self.go_to(page)
        self._scrolled()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit("page")
        elif key == Qt.Key.Key_Home:
            self.go_to(0)
        elif key == Qt.Key.Key_End:
            self.go_to(len(self._tops) - 1)
        elif key == Qt.Key.Key_PageDown:
            self.go_to(self.page() + 1)
        elif key == Qt.Key.Key_PageUp:
            self.go_to(self.page() - 1)
        else:
            super().keyPressEvent(event)


class PreviewPane(QWidget):
    """The preview with its bar: zoom, fit, page before and after."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = PagePreview(runner)
        self.busy = BusyLine(self.view)
        self._fit = Segment((("page", say("Whole page")), ("width", say("Page width"))), say("Fit"))
        self._fit.changed.connect(self.view.fit)
        self._number = Label("", "Muted")
        smaller = icon_button("zoom-out", say("Zoom out"), lambda: self.view.zoom(1 / STEP))
        larger = icon_button("zoom-in", say("Zoom in"), lambda: self.view.zoom(STEP))
        self._before = icon_button("chevron-left", say("Page before"), lambda: self.view.go_to(self.view.page() - 1))
        self._after = icon_button("chevron-right", say("Next page"), lambda: self.view.go_to(self.view.page() + 1))
        bar = QHBoxLayout()
        bar.setContentsMargins(px(16), px(8), px(16), px(8))
        bar.setSpacing(px(4))
        for widget in (self._before, self._number, self._after):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (smaller, larger):
            bar.addWidget(widget)
        bar.addSpacing(px(4))
        bar.addWidget(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        self.view.page_changed.connect(self._tell_page)
        self._tell_page(0, 0)

    def _tell_page(self, page: int, pages: int) -> None:
        self._number.setText(say("Page {page} of {pages}", page=f"{page:,}", pages=f"{pages:,}") if pages else "")
        self._before.setEnabled(page > 1)
        self._after.setEnabled(page < pages)
