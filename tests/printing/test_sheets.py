"""Label sheets: the shipped list is sound, own grids are checked."""

import csv
from dataclasses import replace

import pytest

from crm_desktop.core.errors import Invalid, NotFound
from crm_desktop.printing.sheets import Sheet, as_settings, find_sheets, from_settings, sheet, sheets

OWN = Sheet("own", 2, 5, 90, 50, 95, 55, 10, 10)


def test_every_shipped_sheet_fits_its_page():
    for known in sheets():
        known.check()
    assert len(sheets()) > 1_800


def test_the_usual_sheets_have_the_figures_of_the_list(shared_data):
    with (shared_data / "labels" / "common_sheets.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 23
    for row in rows:
        known = sheet(f"{row['brand']}/{row['part']}")
        assert known.usual
        assert (known.columns, known.rows) == (int(row["cols"]), int(row["rows"]))
        figures = (known.label_width, known.label_height, known.pitch_x, known.pitch_y, known.left, known.top)
        names = ("label_w_mm", "label_h_mm", "pitch_x_mm", "pitch_y_mm", "left_mm", "top_mm")
        assert figures == tuple(float(row[name]) for name in names)


def test_the_usual_sheets_come_first_with_those_sold_in_china():
    usual = [known for known in sheets() if known.usual]
    assert list(sheets()[: len(usual)]) == usual
    assert [known.part for known in usual[:4]] == ["3×8 70×37", "3×7 70×42.4", "2×7 105×42", "3×8 70×36"]


def test_keys_find_their_sheet():
    assert sheet("L7160").key == "Avery A4/L7160"
    assert sheet("Avery Zweckform/3474").count == 24
    with pytest.raises(NotFound) as refused:
        sheet("L9999999")
    assert "L9999999" in refused.value.sentence("en")


def test_searching_by_brand_number_or_measures():
    assert find_sheets("l7160")[0].part == "L7160"
    assert {known.part for known in find_sheets("70x37")} >= {"3×8 70×37", "CIL-W100"}
    assert all("Herma" in known.brand for known in find_sheets("herma 3×8"))
    assert find_sheets("") == list(sheets())
    assert find_sheets("no such sheet") == []


def test_labels_lie_where_the_figures_say():
    known = sheet("L7160")
    assert known.corner(0) == (7.2, 15.15)
    assert known.corner(4) == (7.2 + 66.04, 15.15 + 38.1)
    assert known.places()[:4] == [0, 1, 2, 3]
    assert known.places(down=True)[:8] == [0, 3, 6, 9, 12, 15, 18, 1]
    assert sorted(known.places(down=True)) == known.places()


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": 0},
        {"rows": -1},
        {"label_width": 0},
        {"page_height": -297},
        {"pitch_x": 80},
        {"pitch_y": 49},
        {"left": 30},
        {"top": 40},
        {"left": -1},
        {"columns": 100_000, "pitch_x": 0.001, "label_width": 0.001},
    ],
)
def test_an_impossible_grid_is_refused_with_a_sentence(wrong):
    OWN.check()
    with pytest.raises(Invalid) as refused:
        replace(OWN, **wrong).check()
    assert refused.value.sentence("en").endswith(".")
    assert not replace(OWN, **wrong).fits


def test_an_own_grid_is_remembered():
    assert from_settings(as_settings(OWN)) == OWN
    with pytest.raises(Invalid):
        from_settings({"part": "half"})
    with pytest.raises(Invalid):
        from_settings({**as_settings(OWN), "left": 200})
