"""Envelopes: each digit in its box, the machine's zones blank, both fronts, all sizes."""

from dataclasses import replace

import pytest

from crm_desktop.core.errors import Cancelled, Invalid, NotFound
from crm_desktop.printing.document import Calibration
from crm_desktop.printing.envelope_sizes import PostcodeBoxes, envelope, envelopes, zones
from crm_desktop.printing.envelopes import EnvelopeJob, draw_envelopes
from crm_desktop.printing.recipients import Recipient
from tests.printing.reading import (
    ANDERS,
    LONG_CHINESE,
    LONG_ENGLISH,
    SENDER,
    ZHANG,
    embedded_fonts,
    ink_box,
    letters,
    picture,
    text_of,
)

LONG = replace(ZHANG, address=LONG_CHINESE, company="有限公司" * 20, name="慕容" * 15)
LONG_ABROAD = replace(ANDERS, address=LONG_ENGLISH + "\n" + LONG_ENGLISH, company="Very" * 40)


def job(*recipients: Recipient, size: str = "CN-DL", **changes) -> EnvelopeJob:
    return EnvelopeJob(list(recipients), envelope(size), **{"sender": SENDER, **changes})


def in_zone(letter, width: float = 90, height: float = 26) -> bool:
    return letter.middle[0] < width and letter.middle[1] < height


@pytest.mark.parametrize("size", [size.key for size in envelopes() if size.chinese])
def test_each_digit_stands_in_its_own_box(size):
    boxes = PostcodeBoxes()
    digits = [letter for letter in letters(draw_envelopes(job(ZHANG, size=size))) if in_zone(letter)]
    assert [letter.text for letter in digits] == list("215021")
    for place, digit in enumerate(digits):
        left = boxes.left + place * boxes.pitch
        assert left < digit.left < digit.right < left + boxes.width
        assert boxes.top < digit.top < digit.bottom < boxes.top + boxes.height
        assert digit.middle[0] == pytest.approx(left + boxes.width / 2, abs=0.5)
        assert digit.middle[1] == pytest.approx(boxes.top + boxes.height / 2, abs=0.3)


def test_the_boxes_are_drawn_in_their_zone_or_left_to_the_envelope():
    zone = (0, 0, 90, 26)
    drawn = ink_box(picture(draw_envelopes(job(replace(ZHANG, postcode="")))), *zone)
    boxes = PostcodeBoxes()
    right = boxes.left + 5 * boxes.pitch + boxes.width
    assert drawn == pytest.approx((boxes.left, boxes.top, right, boxes.top + boxes.height), abs=0.5)
    blank = draw_envelopes(job(replace(ZHANG, postcode=""), boxes=False))
    assert ink_box(picture(blank), *zone) is None


@pytest.mark.parametrize("recipient", [ZHANG, LONG], ids=["short", "long"])
@pytest.mark.parametrize("size", [size.key for size in envelopes()])
def test_the_chinese_front_keeps_the_machine_zones_clear(size, recipient):
    sender = replace(SENDER, address=LONG_CHINESE) if recipient is LONG else SENDER
    document = draw_envelopes(job(recipient, size=size, front="chinese", sender=sender))
    kind = envelope(size)
    image = picture(document)
    clear = zones()["clear_zone"]
    left = max(0, kind.width - clear["to_right"])
    top = kind.height - clear["height"]
    assert ink_box(image, left, top, kind.width - clear["from_right"] - left, clear["height"]) is None
    found = ink_box(image, 0, 0, kind.width, kind.height)
    assert found[0] > 5 and found[1] > 5 and found[2] < kind.width - 5 and found[3] < kind.height - 5
    outside = [letter for letter in letters(document) if not in_zone(letter)]
    assert all(letter.top > 26 or letter.left > 90 for letter in outside)


def test_recipient_in_the_middle_sender_below_right():
    kind = envelope("CN-DL")
    found = letters(draw_envelopes(job(ZHANG)))
    text = "".join(letter.text for letter in found)
    name = found[text.index("张海燕")]
    sender = found[text.index("南京立德")]
    postcode = found[text.index("210012")]
    assert 0.3 * kind.width < name.left < 0.6 * kind.width
    assert 0.3 * kind.height < name.top < 0.7 * kind.height
    assert sender.top > name.bottom
    assert sender.left > 0.5 * kind.width
    assert postcode.top > sender.bottom
    assert postcode.left > kind.width - 55
    assert postcode.top > kind.height - 20


def test_a_foreign_address_gets_the_western_front():
    kind = envelope("DL")
    found = letters(draw_envelopes(job(ANDERS, size="DL")))
    text = "".join(letter.text for letter in found)
    name = found[text.index("MariaAnders")]
    assert "邮政编码" not in text
    assert name.left > 0.4 * kind.width
    assert name.top > 0.35 * kind.height
    sender = found[text.index("南京立德")]
    assert sender.left < 15
    assert sender.top < 30
    assert "P.R.CHINA" in text


@pytest.mark.parametrize("recipient", [ANDERS, LONG_ABROAD], ids=["short", "long"])
@pytest.mark.parametrize("size", [size.key for size in envelopes()])
def test_the_western_front_leaves_the_bar_code_strip_blank(size, recipient):
    kind = envelope(size)
    image = picture(draw_envelopes(job(recipient, size=size)))
    assert ink_box(image, 0, kind.height - 15.9, kind.width, 15.9) is None
    left, _top, right, _bottom = ink_box(image, 0, 0, kind.width, kind.height)
    assert left > 10
    assert right < kind.width - 7


def test_fronts_can_be_forced_and_mixed():
    mixed = draw_envelopes(job(ZHANG, ANDERS, ZHANG))
    assert mixed.pages == 3
    assert ["邮政编码" in text_of(mixed, page) for page in range(3)] == [True, False, True]
    assert "邮政编码" not in text_of(draw_envelopes(job(ZHANG, front="western")))


@pytest.mark.parametrize("size", [size.key for size in envelopes()])
def test_a_page_is_exactly_its_envelope(size):
    kind = envelope(size)
    assert draw_envelopes(job(ZHANG, size=size)).sizes == [pytest.approx((kind.width, kind.height), abs=0.01)]
    assert draw_envelopes(job(ZHANG, size=size, turn=90)).sizes == [pytest.approx((kind.height, kind.width), abs=0.01)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turning_the_page_turns_everything_with_it(turn):
    straight = picture(draw_envelopes(job(ZHANG)))
    turned = picture(draw_envelopes(job(ZHANG, turn=turn)))
    back = turned.rotate(turn, expand=True).resize(straight.size)
    found = ink_box(back, 0, 0, 220, 110)
    assert found == pytest.approx(ink_box(straight, 0, 0, 220, 110), abs=0.6)


def test_offsets_move_the_print():
    plain = letters(draw_envelopes(job(ZHANG)))
    moved = letters(draw_envelopes(job(ZHANG, calibration=Calibration(-1.5, 2.0))))
    assert moved[0].left - plain[0].left == pytest.approx(-1.5, abs=0.02)
    assert moved[-1].top - plain[-1].top == pytest.approx(2.0, abs=0.02)


def test_a_bad_postcode_is_told_and_the_boxes_stay_empty():
    document = draw_envelopes(job(ZHANG, replace(ZHANG, postcode="2150"), replace(ZHANG, postcode="")))
    assert not [letter for letter in letters(document, 1) if in_zone(letter)]
    (remark,) = document.remarks
    assert (remark.position, remark.values["n"]) == (1, 2)


def test_addresses_that_had_to_be_cut_are_told():
    endless = replace(ZHANG, address="长" * 3000)
    document = draw_envelopes(job(ZHANG, endless, size="C6", sender=replace(SENDER, address="长" * 3000)))
    assert {remark.position for remark in document.remarks} == {None, 1}
    assert "张海燕 女士 收" in text_of(document, 1)


def test_blank_and_odd_recipients_do_no_harm():
    odd = Recipient("اتحاد", address="<b>🦄 𠮷'; --", postcode="𝟚𝟙")
    document = draw_envelopes(job(Recipient(), odd, size="Monarch"))
    assert document.pages == 2
    assert all(embedded_fonts(document).values())
    assert "1 address is empty" in document.remarks[-2].sentence("en") + document.remarks[-1].sentence("en")


@pytest.mark.parametrize(
    "places",
    [
        PostcodeBoxes(left=40),
        PostcodeBoxes(top=18),
        PostcodeBoxes(left=-1),
        PostcodeBoxes(pitch=7),
        PostcodeBoxes(height=0),
        PostcodeBoxes(pitch=20),
    ],
)
def test_boxes_outside_their_zone_are_refused(places):
    with pytest.raises(Invalid) as refused:
        draw_envelopes(job(ZHANG, places=places))
    assert refused.value.sentence("en").endswith(".")


def test_impossible_jobs_are_refused():
    for wrong in (job(), job(ZHANG, front="upside down"), job(ZHANG, turn=45)):
        with pytest.raises(Invalid):
            draw_envelopes(wrong)
    with pytest.raises(NotFound):
        envelope("C99")


def test_a_job_can_be_stopped_between_envelopes():
    told: list[int] = []
    with pytest.raises(Cancelled):
        draw_envelopes(job(*[ZHANG] * 50), progress=lambda done, total: told.append(done), stop=lambda: len(told) == 7)
    assert told == list(range(7))


def test_sizes_have_a_name_in_every_language():
    for size in envelopes():
        assert len({size.name(lang) for lang in ("zh_CN", "zh_TW", "en")}) >= 2
    assert draw_envelopes(job(*[ZHANG] * 9), first_pages=2).pages == 2
