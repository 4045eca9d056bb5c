"""Labels land on their labels: start position, order, copies, and never a line over the edge."""

from dataclasses import replace

import pytest

from crm_desktop.core.errors import Cancelled, Invalid
from crm_desktop.printing.document import Calibration
from crm_desktop.printing.labels import LabelJob, draw_labels
from crm_desktop.printing.recipients import Recipient, Wording
from crm_desktop.printing.sheets import Sheet, sheet, sheets
from tests.printing.reading import (
    ANDERS,
    LONG_CHINESE,
    LONG_ENGLISH,
    ZHANG,
    embedded_fonts,
    ink_box,
    letters,
    picture,
    text_of,
)

L7160 = sheet("L7160")
MARKED = [Recipient(company=f"№{number:03d}") for number in range(1, 201)]


def marks(document, on: Sheet, page: int = 0) -> dict[int, str]:
    """Place on the sheet -> the mark printed there."""
    found: dict[int, str] = {}
    for letter in letters(document, page):
        x, y = letter.middle
        for place in range(on.count):
            left, top = on.corner(place)
            if left <= x < left + on.label_width and top <= y < top + on.label_height:
                found[place] = found.get(place, "") + letter.text
    return {place: text.removeprefix("№") for place, text in found.items()}


def job(recipients, **changes) -> LabelJob:
    return LabelJob(**{"recipients": recipients, "sheet": L7160, "wording": Wording(closing=""), **changes})


def test_the_first_label_is_the_chosen_one():
    document = draw_labels(job(MARKED[:20], start=8))
    assert document.pages == 2
    assert marks(document, L7160) == {place: f"{place - 6:03d}" for place in range(7, 21)}
    assert marks(document, L7160, 1) == {place: f"{place + 15:03d}" for place in range(6)}


def test_labels_can_run_down_the_columns():
    document = draw_labels(job(MARKED[:9], down=True, start=2))
    assert marks(document, L7160) == {3: "001", 6: "002", 9: "003", 12: "004", 15: "005", 18: "006"} | {
        1: "007",
        4: "008",
        7: "009",
    }


def test_copies_of_a_label_lie_beside_each_other():
    document = draw_labels(job(MARKED[:4], copies=3))
    assert list(marks(document, L7160).values()) == [mark for mark in ("001", "002", "003", "004") for _ in range(3)]


@pytest.mark.parametrize("count", [1, 20, 21, 22, 42, 43])
def test_no_sheet_is_wasted(count):
    whole = job(MARKED[:count])
    document = draw_labels(whole)
    assert document.pages == whole.pages == -(-count // 21)
    assert document.sizes == [pytest.approx((210, 297))] * document.pages


def test_a_preview_draws_only_the_first_pages():
    assert draw_labels(job(MARKED), first_pages=2).pages == 2
    assert draw_labels(job(MARKED[:3]), first_pages=2).pages == 1


@pytest.mark.parametrize("known", [known for known in sheets() if known.usual], ids=lambda known: known.key)
def test_long_addresses_stay_on_their_labels(known):
    recipients = [
        replace(ZHANG, address=LONG_CHINESE, company="有限公司" * 20),
        replace(ANDERS, address=LONG_ENGLISH + "\n" + LONG_ENGLISH, company="Very" * 40),
        replace(ZHANG, address="一" * 200, name="慕容" * 20),
        replace(ANDERS, address="x" * 200, name="Wolfeschlegelsteinhausenbergerdorff " * 3),
    ] * (known.count // 4 + 1)
    document = draw_labels(LabelJob(recipients[: known.count], known, wording=Wording(phone=True)))
    image = picture(document, dpi=120)
    for place in range(known.count):
        x, y = known.corner(place)
        box = ink_box(image, x, y, known.label_width, known.label_height, 120)
        assert box is not None
    # White paper over all labels: any ink that is left lies between them or over an edge.
    for place in range(known.count):
        x, y = known.corner(place)
        scale = 120 / 25.4
        image.paste(
            255,
            tuple(round(value * scale) for value in (x, y, x + known.label_width, y + known.label_height)),
        )
    assert image.point(lambda grey: 255 if grey < 200 else 0).getbbox() is None


def test_a_name_is_kept_when_an_address_must_be_cut():
    document = draw_labels(job([replace(ZHANG, address="长" * 600)], sheet=sheet("L7651"), wording=Wording()))
    text = text_of(document)
    assert "215021" in text
    assert "张海燕 女士 收" in text
    (remark,) = document.remarks
    assert remark.position == 0
    assert "张海燕" in remark.sentence("en")


def test_short_addresses_keep_their_size_and_long_ones_shrink():
    sizes = []
    for street in ("1 号", "金桥路二百一十一号世纪大厦"):
        document = draw_labels(job([replace(ZHANG, address=street)]))
        digits = [letter for letter in letters(document) if letter.text == "2"]
        sizes.append(digits[0].bottom - digits[0].top)
    assert sizes[1] < sizes[0]


def test_labels_at_the_paper_edge_keep_clear_of_it():
    document = draw_labels(job([ZHANG] * 24, sheet=sheet("3474")))
    for letter in letters(document):
        assert letter.left >= 4.4
        assert letter.right <= 210 - 4.4
        assert letter.top >= 4.4
        assert letter.bottom <= 297 - 4.4


def test_calibration_moves_and_scales_what_is_printed():
    plain = letters(draw_labels(job([ZHANG])))
    moved = letters(draw_labels(job([ZHANG], calibration=Calibration(1.5, -2.3, 1.01, 0.99))))
    for before, after in zip(plain, moved, strict=True):
        assert after.left == pytest.approx(before.left * 1.01 + 1.5, abs=0.02)
        assert after.bottom == pytest.approx(before.bottom * 0.99 - 2.3, abs=0.02)


def test_outlines_show_the_labels():
    document = draw_labels(job([Recipient()], outlines=True))
    darkened = picture(document, dpi=150).point(lambda grey: 0 if grey < 250 else 255)
    left, top, right, bottom = ink_box(darkened, 0, 0, 210, 297, 150)
    assert (left, top) == pytest.approx((7.2, 15.15), abs=0.3)
    assert (right, bottom) == pytest.approx((7.2 + 2 * 66.04 + 63.5, 15.15 + 7 * 38.1), abs=0.3)


def test_empty_addresses_leave_their_label_blank_and_are_told():
    document = draw_labels(job([MARKED[0], Recipient(name="  "), MARKED[2]]))
    assert marks(document, L7160) == {0: "001", 2: "003"}
    assert [(remark.position, remark.sentence("en")) for remark in document.remarks] == [
        (1, "1 address is empty; its label stays blank.")
    ]


@pytest.mark.parametrize(
    "nasty",
    [
        "'; DROP TABLE customer; --",
        "<b>bold</b>&amp;",
        "\\(paren) %s {name}",
        "اتحاد الشركات",
        "🦄" * 50,
        "\x00\x1f\ufeff",
    ],
)
def test_any_text_can_stand_in_every_field(nasty):
    everywhere = Recipient(*[nasty] * 10)
    document = draw_labels(job([everywhere, ZHANG], wording=Wording(job=True, phone=True)))
    assert document.pages == 1
    assert all(embedded_fonts(document).values())
    if nasty.isascii() and nasty.isprintable():
        assert nasty in text_of(document).replace("\n", " ")


@pytest.mark.parametrize("wrong", [{"start": 0}, {"start": 22}, {"copies": 0}, {"copies": 100_000}, {"recipients": []}])
def test_impossible_jobs_are_refused_with_a_sentence(wrong):
    with pytest.raises(Invalid) as refused:
        draw_labels(job(**{"recipients": [ZHANG], **wrong}))
    assert refused.value.sentence("en").endswith(".")


def test_progress_is_told_each_page_and_a_job_can_be_stopped():
    told: list[tuple[int, int]] = []
    draw_labels(job(MARKED), progress=lambda done, total: told.append((done, total)))
    assert told == [(page, 10) for page in range(1, 11)]

    def stop() -> bool:
        return len(told) > 12

    with pytest.raises(Cancelled):
        draw_labels(job(MARKED), progress=lambda done, total: told.append((done, total)), stop=stop)
    assert len(told) == 13


def test_a_pdf_is_saved_whole_or_not_at_all(tmp_path):
    from crm_desktop.core.errors import Trouble

    document = draw_labels(job([ZHANG]))
    saved = document.save(tmp_path / "标签.pdf")
    assert saved.read_bytes() == document.pdf
    with pytest.raises(Trouble) as refused:
        document.save(tmp_path / "no folder" / "x.pdf")
    assert "x.pdf" in refused.value.sentence("en")
    (tmp_path / "taken").mkdir()
    with pytest.raises(Trouble):
        document.save(tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []
