"""The test page is exact, and what is measured on it sets the printer right."""

import pytest

from crm_desktop.core.errors import Invalid
from crm_desktop.printing.calibration import draw_test_page, measured, shifted
from crm_desktop.printing.document import AS_IT_IS, Calibration
from crm_desktop.printing.sheets import sheet
from tests.printing.reading import ink_box, picture, text_of

DPI = 300


@pytest.fixture(scope="module")
def page():
    return picture(draw_test_page(), dpi=DPI)


def test_the_lines_are_100_mm_long_and_meet_at_20_mm(page):
    # A strip across the ticks outside the lines: the first stands at the beginning, the last at the end.
    across = ink_box(page, 10, 18.4, 150, 0.2, DPI)
    assert (across[0], across[2]) == pytest.approx((20, 120), abs=0.15)
    down = ink_box(page, 18.4, 10, 0.2, 150, DPI)
    assert (down[1], down[3]) == pytest.approx((20, 120), abs=0.15)
    assert ink_box(page, 15, 15, 30, 30, DPI)[:2] == pytest.approx((17, 17), abs=0.15)


def test_a_calibrated_page_shows_what_the_printer_is_sent():
    scaled = picture(draw_test_page(calibration=Calibration(2, 3, 1.01, 0.99)), dpi=DPI)
    across = ink_box(scaled, 10, 18.4 * 0.99 + 3, 150, 0.2, DPI)
    assert (across[0], across[2]) == pytest.approx((20 * 1.01 + 2, 120 * 1.01 + 2), abs=0.15)


def test_measured_lines_correct_the_scale():
    # The printer makes everything 1 % too wide and 0.5 % too short.
    assert measured(AS_IT_IS, 101, 99.5) == Calibration(scale_x=round(1 / 1.01, 5), scale_y=round(1 / 0.995, 5))
    once = measured(AS_IT_IS, 101, 99.5)
    assert measured(once, 100, 100) == once


def test_a_measured_corner_corrects_the_shift():
    assert shifted(AS_IT_IS, 21.3, 18.5) == Calibration(x=-1.3, y=1.5)
    assert shifted(Calibration(x=-1.3), 20.2, 20) == Calibration(x=-1.5)


@pytest.mark.parametrize(("across", "down"), [(0, 100), (100, 50), (200, 100), (-100, 100)])
def test_impossible_lengths_are_refused(across, down):
    with pytest.raises(Invalid) as refused:
        measured(AS_IT_IS, across, down)
    assert "Measure" in refused.value.sentence("en")


def test_an_impossible_shift_is_refused():
    with pytest.raises(Invalid):
        shifted(AS_IT_IS, 90, 20)


def test_a_sheet_shows_its_labels_and_a_small_envelope_a_shorter_line():
    with_labels = picture(draw_test_page(sheet=sheet("L7160")), dpi=100).point(lambda grey: 0 if grey < 250 else 255)
    assert ink_box(with_labels, 0, 0, 210, 297)[3] == pytest.approx(15.15 + 7 * 38.1, abs=0.4)
    small = draw_test_page(162, 114)
    assert "50 mm" in text_of(small)
    found = ink_box(picture(small), 0, 0, 162, 114)
    assert found[2] < 160 and found[3] < 112
