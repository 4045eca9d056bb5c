"""Every font lies in the file, every letter that can be printed is printed, and what cannot be is told."""

import subprocess
import sys
from pathlib import Path

import pytest

from crm_desktop.printing import fonts
from crm_desktop.printing.coverage import Coverage
from crm_desktop.printing.document import Document
from crm_desktop.printing.letters import exact_width, width
from crm_desktop.printing.pen import Pen
from tests.printing.reading import embedded_fonts, ink_box, letters, picture, text_of

RARE = "𠮷"  # in no bundled font
MODULES = "labels envelopes calibration table charts fonts pen writing"


@pytest.fixture
def no_system_fonts(monkeypatch):
    """A PC without any font of its own."""
    monkeypatch.setattr(fonts, "system_fonts", tuple)
    fonts.face_for.cache_clear()
    yield
    fonts.face_for.cache_clear()


def printed(*lines: str, size: float = 12) -> Document:
    pen = Pen()
    pen.start_page(210, 297)
    for number, line in enumerate(lines):
        pen.text(20, 20 + 10 * number, line, size)
    return pen.finish("测试")


def test_the_bundled_fonts_can_be_embedded_and_come_with_their_licence():
    assert sum(path.stat().st_size for path in fonts.FOLDER.iterdir()) < 8 * 2**20
    for path in fonts.BUNDLED:
        assert Coverage(path).embeddable
    assert len(list(fonts.FOLDER.glob("*OFL.txt"))) == len(fonts.BUNDLED)


def test_the_chinese_font_has_all_of_gbk():
    missing = []
    for lead in range(0x81, 0xFF):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            text = bytes([lead, trail]).decode("gbk", "ignore")
            if text and not fonts.bundled_face(0).glyphs.get(ord(text)):
                missing.append(text)
    assert missing == ["≒"], "the only sign of GBK that Noto Sans SC lacks"


def test_coverage_reads_the_same_characters_as_reportlab():
    for number, path in enumerate(fonts.BUNDLED):
        coverage, face = Coverage(path), fonts.bundled_face(number)
        codes = [*range(0x20, 0x3000), *range(0x4E00, 0x4F00), 0x20BB7, 0x1F600]
        assert [code for code in codes if code in coverage] == [code for code in codes if face.glyphs.get(code)]


def test_every_font_is_embedded_and_the_text_can_be_copied():
    document = printed("苏州润邦汽车零部件科技有限公司", "Łódź, Ωμέγα, Привет, Crème brûlée", "靐龘 ￥1,234.50 ①②③")
    assert len(embedded_fonts(document)) == 2
    assert all(embedded_fonts(document).values())
    text = text_of(document)
    for line in ("苏州润邦汽车零部件科技有限公司", "Łódź, Ωμέγα, Привет, Crème brûlée", "靐龘"):
        assert line in text


def test_ten_thousand_different_characters_fit_one_file():
    hanzi = [chr(code) for code in range(0x4E00, 0x4E00 + 10_000)]
    document = printed(*("".join(hanzi[start : start + 400]) for start in range(0, 10_000, 400)), size=1)
    assert "".join(letter.text for letter in letters(document)) == "".join(hanzi)


def test_a_character_without_a_font_is_told_and_marked(no_system_fonts):
    document = printed(f"{RARE}野家", "二")
    (remark,) = document.remarks
    assert RARE in remark.sentence("en")
    assert "U+20BB7" in remark.sentence("en")
    assert "〓野家" in text_of(document)


def test_an_emoji_without_a_font_is_left_out_but_told(no_system_fonts):
    document = printed("李娜🦄\u200d\ufe0f收")
    assert "李娜收" in text_of(document)
    assert ["🦄" in remark.sentence("en") for remark in document.remarks] == [True]


def test_a_system_font_is_asked_only_for_what_is_missing(monkeypatch):
    second = fonts.BUNDLED[1]
    monkeypatch.setattr(fonts, "BUNDLED", fonts.BUNDLED[:1])
    monkeypatch.setattr(fonts, "system_fonts", lambda: (Coverage(second),))
    fonts.face_for.cache_clear()
    try:
        document = printed("Łódź 罗兹")
        assert document.remarks == []
        assert {name.split("+")[1] for name in embedded_fonts(document)} == {
            "NotoSansSC-Regular",
            "NotoSans-Regular",
        }
        assert "Łódź 罗兹" in text_of(document)
    finally:
        fonts.face_for.cache_clear()


def test_a_damaged_font_file_is_passed_over(tmp_path, monkeypatch):
    whole = fonts.BUNDLED[1].read_bytes()
    broken = tmp_path / "broken.ttf"
    # The character table is intact (it stands before the outlines), the outlines are not there.
    broken.write_bytes(whole[: len(whole) // 4])
    assert ord("ź") in Coverage(broken)
    found = (Coverage(broken),)
    monkeypatch.setattr(fonts, "BUNDLED", fonts.BUNDLED[:1])
    monkeypatch.setattr(fonts, "system_fonts", lambda: found)
    fonts.face_for.cache_clear()
    try:
        assert printed("Łódź").remarks
    finally:
        fonts.face_for.cache_clear()


def test_system_fonts_that_cannot_be_embedded_are_not_offered():
    for coverage in fonts.system_fonts():
        assert coverage.embeddable
    for name in ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"):
        for path in Path("/usr/share/fonts").rglob(name):
            assert not Coverage(path).embeddable, "CFF outlines cannot be embedded by reportlab"


def test_widths_are_the_printed_widths():
    text = "苏州 Suzhou “引号” O’Reilly… 12,345.00"
    left, _top, right, _bottom = ink_box(picture(printed("|" + text + "|", size=20), dpi=200), 0, 0, 210, 40, 200)
    bars = exact_width("||") * 20 / 72 * 25.4
    assert right - left == pytest.approx(exact_width(text) * 20 / 72 * 25.4 + bars / 2, abs=0.6)


def test_shared_marks_are_narrow_beside_latin_letters_only():
    assert exact_width("O’Reilly") < width("O’Reilly") - 0.5
    assert exact_width("“实际大小”") == width("“实际大小”")
    assert "O’Reilly" in text_of(printed("O’Reilly"))


def test_printing_modules_import_neither_reportlab_nor_qt():
    code = (
        "import sys\n"
        f"for name in {MODULES!r}.split(): __import__('crm_desktop.printing.' + name)\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('reportlab', 'PySide6', 'pypdfium2', 'PIL')])"
    )
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "[]"
