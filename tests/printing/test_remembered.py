"""What was chosen last time comes back; spoilt values become the defaults."""

import json

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from crm_desktop.printing.document import Calibration
from crm_desktop.printing.envelope_sizes import PostcodeBoxes
from crm_desktop.printing.recipients import Recipient, Wording
from crm_desktop.printing.remembered import PaperSettings
from crm_desktop.printing.sheets import Sheet, sheet
from tests.printing.reading import SENDER, ZHANG

OWN = Sheet("own", 2, 5, 90, 50, 95, 55, 10, 10)


def test_every_choice_survives_a_restart():
    settings = PaperSettings(
        "envelopes",
        OWN,
        7,
        3,
        True,
        True,
        True,
        "CN-C5",
        "western",
        False,
        False,
        PostcodeBoxes(top=7),
        270,
        False,
        SENDER,
        Wording(phone=True, closing="启"),
        "Brother",
    )
    settings.calibrate(Calibration(0.5, -1.5))
    assert PaperSettings.of(json.loads(json.dumps(settings.values()))) == settings
    assert settings.calibration("another printer") == Calibration()


def test_a_printer_is_set_right_for_each_kind_of_paper():
    settings = PaperSettings(printer="Brother")
    settings.calibrate(Calibration(0.3))
    settings.kind = "envelopes"
    assert settings.calibration() == Calibration()
    settings.calibrate(Calibration(-2.5))
    settings.kind = "labels"
    assert settings.label_job([ZHANG]).calibration == Calibration(0.3)
    assert settings.envelope_job([ZHANG]).calibration == Calibration(0.3)


@pytest.mark.parametrize(("start", "count", "next_start"), [(1, 5, 6), (1, 21, 1), (20, 3, 2), (5, 100, 21)])
def test_the_next_print_starts_where_this_one_ended(start, count, next_start):
    settings = PaperSettings(start=start)
    settings.labels_used(count)
    assert settings.start == next_start


def test_a_sheet_that_is_gone_becomes_the_usual_one():
    assert PaperSettings.of({"sheet": "Nobody/X1"}).sheet == sheet("L7160")
    assert PaperSettings.of({"sheet": {"part": "own"}}).sheet == sheet("L7160")


def test_boxes_outside_their_zone_are_not_taken_over():
    assert PaperSettings.of({"places": {"left": 80.0}}).places == PostcodeBoxes()
    assert PaperSettings.of({"places": {"left": 14}}).places.left == 14.0


NAMES = list(PaperSettings().values())
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*NAMES, "x"]), inner, max_size=3),
    max_leaves=6,
)


@how(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.dictionaries(st.sampled_from(NAMES), JUNK))
def test_spoilt_settings_still_make_a_job(values):
    settings = PaperSettings.of(values)
    settings.label_job([Recipient()]).check()
    settings.envelope_job([Recipient()]).check()
    assert PaperSettings.of(settings.values()) == settings
