"""A report on paper: headings on every page, numbers whole and right, Chinese lines broken properly, page x of y."""

import pytest

from crm_desktop.core.errors import Cancelled
from crm_desktop.printing.charts import Chart, rgb
from crm_desktop.printing.columns import share_out
from crm_desktop.printing.table import Column, Paper, draw_table
from crm_desktop.printing.wrapping import NOT_FIRST
from tests.printing.reading import embedded_fonts, ink_box, letters, picture, text_of

STAGES = ("初步接触", "需求确认", "方案报价", "商务谈判", "合同签订")
VALUES = (4_200_000, 2_650_000, 1_480_000, 880_000, 610_000)
COLUMNS = [Column("阶段"), Column("数量", "right"), Column("金额", "right")]
FUNNEL = Chart("funnel", STAGES, VALUES, tuple(f"¥ {value:,}" for value in VALUES))


def rows(count: int):
    """A generator, as a report hands its rows over."""
    for number in range(count):
        yield (f"客户 {number:05d}", str(number), f"{number * 1234.5:,.2f}")


def test_the_funnel_report_fits_one_page_and_its_text_can_be_copied():
    table = [(stage, str(place), f"¥ {value:,.2f}") for place, (stage, value) in enumerate(zip(STAGES, VALUES, strict=True))]
    paper = Paper("销售漏斗", COLUMNS, table, "2026 年 11 月", "负责人：王丽", ("合计", "10", "¥ 9,820,000.00"), FUNNEL)
    document = draw_table(paper, lang="en")
    assert document.pages == 1
    assert all(embedded_fonts(document).values())
    text = text_of(document)
    for part in (
        "销售漏斗",
        "2026 年 11 月",
        "负责人：王丽",
        *STAGES,
        "¥ 4,200,000.00",
        "合计",
        "Page 1 of 1",
    ):
        assert part in text


def test_headings_and_page_numbers_stand_on_every_page():
    document = draw_table(Paper("客户", COLUMNS, rows(200)), lang="en")
    assert document.pages > 3
    for page in range(document.pages):
        text = text_of(document, page)
        assert "阶段" in text
        assert f"Page {page + 1} of {document.pages}" in text


def test_every_row_is_printed_once_and_in_order():
    document = draw_table(Paper("客户", COLUMNS, rows(500)))
    text = "".join(text_of(document, page) for page in range(document.pages))
    places = [text.index(f"客户 {number:05d}") for number in range(500)]
    assert places == sorted(places)
    assert text.count("客户 00123") == 1


def test_numbers_end_at_the_same_edge():
    document = draw_table(Paper("客户", COLUMNS, rows(20)))
    lines: dict[float, list] = {}
    for letter in letters(document):
        lines.setdefault(round(letter.bottom, 0), []).append(letter)
    ends = [max(letter.right for letter in line) for line in lines.values() if "." in {one.text for one in line}]
    assert len(ends) == 20
    assert max(ends) - min(ends) < 0.5


def test_a_number_too_long_for_its_column_is_made_smaller_not_broken():
    wide = [("一", "1", "1.00")] * 400 + [("二", "2", "123,456,789,012,345,678.90")]
    document = draw_table(Paper("数", [Column("a", width_hint=80), Column("b", "right"), Column("c", "right")], wide))
    assert "123,456,789,012,345,678.90" in text_of(document, document.pages - 1)
    assert document.remarks == []


def test_no_line_of_a_cell_starts_with_punctuation():
    note = "客户要求：交期提前，价格不变；付款方式（月结）改为“货到付款”。" * 3
    document = draw_table(Paper("备注", [Column("编号"), Column("备注", width_hint=40)], [("1", note)] * 5, landscape=False))
    text = text_of(document)
    body = text[text.index("备注\n编号") if "备注\n编号" in text else 0 :].splitlines()
    assert all(line.strip()[:1] not in NOT_FIRST for line in body if line.strip())


def test_nothing_is_printed_outside_the_margins():
    words = [("一" * 300, "x" * 300, "中文 English " * 40, "9" * 60, "😀")] * 30
    columns = [Column("一"), Column("二" * 60), Column("三"), Column("四", "right"), Column("五", "centre")]
    document = draw_table(Paper("题" * 90, columns, words, "副" * 200, "筛" * 300))
    for page in range(document.pages):
        width, height = document.sizes[page]
        found = ink_box(picture(document, page, 60), 0, 0, width, height, 60)
        assert found[0] > 13 and found[1] > 8 and found[2] < width - 13 and found[3] < height - 8


def test_a_cell_of_ten_thousand_characters_is_cut_and_told():
    document = draw_table(Paper("备注", [Column("编号"), Column("备注")], [("1", "很长的备注，" * 2_000), ("2", "短")]))
    assert document.pages == 1
    (remark,) = document.remarks
    assert remark.sentence("en") == "1 cell was too long for the paper; its end was cut off."


def test_direction_follows_the_columns_unless_it_is_chosen():
    narrow, wide = [Column("a")], [Column(f"栏目{number}") for number in range(14)]
    full = [tuple("内容内容内容" for _ in wide)]
    assert draw_table(Paper("x", narrow, [("1",)])).sizes[0][0] < 220
    assert draw_table(Paper("x", wide, full)).sizes[0][0] > 280
    assert draw_table(Paper("x", wide, full, landscape=False)).sizes[0][0] < 220
    assert draw_table(Paper("x", narrow, [("1",)], landscape=True)).sizes[0][0] > 280


def test_a_report_without_rows_or_columns_says_so():
    assert "No rows." in text_of(draw_table(Paper("空", COLUMNS, []), lang="en"))
    only_chart = draw_table(Paper("图", [], [], chart=FUNNEL))
    assert "初步接触" in text_of(only_chart)


def test_short_and_long_rows_do_not_break_the_table():
    document = draw_table(Paper("x", COLUMNS, [(), ("一",), ("二", "2", "3.00", "extra")]))
    assert "二" in text_of(document)
    assert "extra" not in text_of(document)


def test_line_ends_and_control_characters_in_cells():
    document = draw_table(Paper("x", COLUMNS, [("第一行\r\n第二行\x00", "\t1", "2\u2028")]))
    assert "第一行" in text_of(document)
    assert "第二行" in text_of(document)


def test_the_totals_row_is_never_alone_without_headings():
    for count in range(30, 45):
        document = draw_table(Paper("x", COLUMNS, rows(count), totals=("合计", "1", "2.00")))
        assert "阶段" in text_of(document, document.pages - 1)
        assert "合计" in text_of(document, document.pages - 1)


def test_progress_and_stop():
    told: list[int] = []
    draw_table(Paper("x", COLUMNS, rows(1_000)), progress=lambda done, total: told.append(done))
    assert told[-1] == 1_000
    assert told == sorted(told)
    with pytest.raises(Cancelled):
        draw_table(Paper("x", COLUMNS, rows(10**9)), stop=lambda: True)


@pytest.mark.parametrize("kind", ["funnel", "bar"])
@pytest.mark.parametrize("values", [(5, 3, 1), (0, 0, 0), (1, 50, 2), (-5, 10, -1), (7,), tuple(range(80)), ()], ids=str)
def test_charts_of_any_values_stay_in_their_place(kind, values):
    labels = tuple(f"很长很长的阶段名称 {place}" for place in range(len(values)))
    document = draw_table(Paper("图", COLUMNS, rows(3), chart=Chart(kind, labels, values, title="金额")))
    assert document.pages == 1
    found = ink_box(picture(document, dpi=60), 0, 0, 210, 297, 60)
    assert found[0] > 13
    assert found[2] < 197
    if len(values) == 80:
        assert "+" in text_of(document)


def test_funnel_bars_are_as_wide_as_their_values():
    document = draw_table(Paper("图", [], [], chart=Chart("funnel", ("a", "b"), (100, 50))))
    coloured = picture(document, dpi=200)
    widths = []
    for place in (0.1, 1.1):
        box = ink_box(coloured, 30, 27.5 + place * 9, 150, 0.2, 200)
        widths.append(box[2] - box[0])
    assert widths[1] / widths[0] == pytest.approx(0.5, abs=0.06)


def test_a_wrong_chart_is_a_bug():
    with pytest.raises(ValueError):
        Chart("pie", (), ())
    with pytest.raises(ValueError):
        Chart("bar", ("a",), ())


def test_colours():
    assert rgb("#FF0080") == "1.000 0.000 0.502"
    assert rgb("#000000", 0.5) == "0.500 0.500 0.500"


def test_column_widths_fill_the_page():
    assert share_out([10, 20, 30], [10, 10, 10], 120) == [20, 40, 60]
    narrowed = share_out([50, 200, 20], [20, 20, 20], 150)
    assert sum(narrowed) == pytest.approx(150)
    assert narrowed[2] == pytest.approx(20, abs=0.1)
    assert sum(share_out([50, 60], [40, 50], 45)) == pytest.approx(45)
    assert share_out([], [], 100) == []
