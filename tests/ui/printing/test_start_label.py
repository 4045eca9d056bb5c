"""The first label is chosen on the little sheet by mouse or keys."""

import pytest
from PySide6.QtCore import Qt

from crm_desktop.printing.sheets import sheet
from crm_desktop.ui.printing.start_label import FILLED, FREE, USED, StartLabel

L7160 = sheet("L7160")


@pytest.fixture
def picture(qtbot):
    made = StartLabel(L7160)
    qtbot.addWidget(made)
    made.show_job(L7160, 5, 10, False)
    made.show()
    return made


def test_arrow_keys_move_the_first_label(qtbot, picture):
    chosen: list[int] = []
    picture.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(picture, key)
    assert chosen == [6, 9, 8, 5]


def test_home_and_tab_behave_as_in_a_form(qtbot, picture):
    assert not picture.tabKeyNavigation()
    qtbot.keyClick(picture, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert picture.model().number(picture.currentIndex()) == 21


def test_a_click_chooses_the_label_under_it(qtbot, picture):
    with qtbot.waitSignal(picture.chosen) as chosen:
        place = picture.visualRect(picture.model().index(3, 1)).center()
        qtbot.mouseClick(picture.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [11]


def test_showing_a_job_tells_nobody(picture):
    told: list[int] = []
    picture.chosen.connect(told.append)
    picture.show_job(sheet("5160"), 3, 100, True)
    assert told == []


def test_used_filled_and_free_labels_and_what_a_screen_reader_says(picture):
    model = picture.model()
    assert [model.state(number) for number in (4, 5, 14, 15)] == [USED, FILLED, FILLED, FREE]
    spoken = [model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)]
    spoken.append(model.data(model.index_of(5), Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == ["Label 1, already used", "Label 5, the first to be printed"]


def test_numbers_run_down_when_the_labels_do(picture):
    picture.show_job(L7160, 2, 1, True)
    assert picture.currentIndex().row() == 1
    assert picture.model().number(picture.model().index(0, 1)) == 8


@pytest.mark.parametrize("key", ["L7651", "A4/2×7 105×42", "5163", "L7160"])
def test_the_picture_has_the_proportions_of_the_sheet(qtbot, key):
    known = sheet(key)
    made = StartLabel(known)
    qtbot.addWidget(made)
    assert made.height() / made.width() == pytest.approx(known.page_height / known.page_width, abs=0.04)
    used = sum(made.columnWidth(column) for column in range(known.columns))
    assert used <= made.width() + 2
