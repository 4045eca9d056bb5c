"""Pages are shown, zoomed and turned; pictures are true to the paper."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication

from crm_desktop.printing.labels import LabelJob, draw_labels
from crm_desktop.printing.pen import Pen
from crm_desktop.printing.sheets import sheet
from crm_desktop.ui.printing.pages import Pages
from crm_desktop.ui.printing.preview import PreviewPane
from crm_desktop.ui.runner import Runner


@pytest.fixture
def document(people):
    return draw_labels(LabelJob(people, sheet("L7160"), outlines=True))


@pytest.fixture
def pane(qtbot, runner, document):
    made = PreviewPane(runner)
    qtbot.addWidget(made)
    made.resize(600, 700)
    made.show()
    made.view.show_document(document)
    return made


def test_a_page_is_painted_on_white_paper(pane):
    picture = pane.view.viewport().grab().toImage()
    rect = pane.view._page_rect(0)
    ratio = picture.devicePixelRatio()
    assert picture.pixelColor(int((rect.x() + 4) * ratio), int((rect.y() + 4) * ratio)) == QColor("white")
    dark = sum(
        picture.pixelColor(x, y).lightness() < 128 for x in range(0, picture.width(), 2) for y in range(0, picture.height(), 2)
    )
    assert dark > 50, "the addresses are there"


def test_a_page_picture_has_exact_size_and_colour():
    pen = Pen()
    pen.start_page(100, 50)
    pen.box(10, 10, 80, 30, None, "1 0 0")
    pages = Pages(pen.finish("x"))
    picture = pages.picture(0, 4.0)
    # PDFium rounds up to whole pixels.
    assert picture.width() in (400, 401)
    assert picture.height() in (200, 201)
    assert picture.pixelColor(200, 100) == QColor(255, 0, 0)
    assert picture.pixelColor(38, 100) == QColor("white")
    assert picture.pixelColor(42, 100) == QColor(255, 0, 0)
    small = pages.small_picture(0, 1.0)
    assert small.width() in (100, 101)
    assert small.height() in (50, 51)
    pages.close()
    assert pages.picture(0, 4.0).isNull()


def test_page_up_and_down_home_and_end(qtbot, pane, document):
    view = pane.view
    assert (view.page(), document.pages) == (0, 2)
    assert pane._number.text() == "Page 1 of 2"
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert view.page() == 1
    assert pane._number.text() == "Page 2 of 2"
    assert not pane._after.isEnabled()
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.page() == 0
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.page() == 1


def test_zoom_by_keys_wheel_and_fit(qtbot, pane):
    view = pane.view
    whole = view._page_rect(0).height()
    assert whole <= view.viewport().height()
    view.fit("width")
    assert view._page_rect(0).width() == pytest.approx(view.viewport().width() - 32, abs=2)
    before = view._page_rect(0).width()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view._page_rect(0).width() == pytest.approx(before * 1.25, abs=2)
    centre = QPointF(view.viewport().rect().center())
    control = Qt.KeyboardModifier.ControlModifier
    wheel = QWheelEvent(
        centre, centre, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, control, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(view.viewport(), wheel)
    assert view._page_rect(0).width() == pytest.approx(before, abs=3)
    for _press in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    for _press in range(80):
        qtbot.keyClick(view, Qt.Key.Key_Minus)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view._page_rect(0).height() == whole


def test_a_new_version_of_the_same_pages_keeps_the_place(pane, people):
    pane.view.go_to(1)
    place = pane.view.verticalScrollBar().value()
    pane.view.show_document(draw_labels(LabelJob(people, sheet("L7160"), start=2)))
    assert pane.view.verticalScrollBar().value() == place
    pane.view.show_document(None)
    assert pane._number.text() == ""
    pane.view.viewport().grab()


def test_ten_thousand_pages_are_not_rendered_at_once(qtbot, pane, people):
    rendered: list[int] = []
    many = LabelJob(people * 350, sheet("L7651"), copies=1)
    document = draw_labels(many)
    pane.view.show_document(document)
    original = pane.view._pages.small_picture
    pane.view._pages.small_picture = lambda page, scale: (rendered.append(page), original(page, scale))[1]
    pane.view.go_to(document.pages - 1)
    pane.view.viewport().grab()
    assert len(rendered) <= 3


def test_pictures_come_from_another_thread(qtbot, document):
    runner = Runner()
    try:
        made = PreviewPane(runner)
        qtbot.addWidget(made)
        made.resize(500, 600)
        made.show()
        made.view.show_document(document)
        made.view.viewport().grab()
        qtbot.waitUntil(lambda: bool(made.view._pictures), timeout=5_000)
    finally:
        runner.close()


def test_screen_readers_hear_the_page(pane):
    assert pane.view.accessibleName() == "Preview"
    assert pane.view.accessibleDescription() == "Page 1 of 2"
