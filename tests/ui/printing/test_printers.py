"""What reaches the printer has the size of the paper, to a tenth of a millimetre."""

import os
import stat
import sys

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from crm_desktop.core.errors import Cancelled, Trouble
from crm_desktop.printing.calibration import draw_test_page
from crm_desktop.printing.document import Document
from crm_desktop.printing.envelope_sizes import envelope
from crm_desktop.printing.envelopes import EnvelopeJob, draw_envelopes
from crm_desktop.printing.labels import LabelJob, draw_labels
from crm_desktop.printing.sheets import sheet
from crm_desktop.ui.printing import printers
from crm_desktop.ui.printing.printers import media_name, paint_pages, print_document
from tests.printing.reading import ink_box

MM = 72 / 25.4


def painted(document: Document, path) -> pypdfium2.PdfDocument:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    paint_pages(document, printer)
    return pypdfium2.PdfDocument(str(path))


def test_a_line_of_100_mm_stays_100_mm(qapp, tmp_path):
    pdf = painted(draw_test_page(), tmp_path / "out.pdf")
    assert pdf[0].get_size() == pytest.approx((210 * MM, 297 * MM), abs=0.5)
    image = pdf[0].render(scale=300 / 72).to_pil().convert("L")
    # The ticks outside the line: the first stands at its beginning, the last at its end.
    left, _top, right, _bottom = ink_box(image, 10, 18.4, 150, 0.2, 300)
    assert right - left == pytest.approx(100.1, abs=0.15)
    assert left == pytest.approx(19.95, abs=0.15)
    _left, top, _right, bottom = ink_box(image, 18.4, 10, 0.2, 150, 300)
    assert bottom - top == pytest.approx(100.1, abs=0.15)


def test_an_envelope_is_a_page_of_its_own_size(qapp, tmp_path, people):
    document = draw_envelopes(EnvelopeJob(people[:2], envelope("CN-DL")))
    pdf = painted(document, tmp_path / "out.pdf")
    assert len(pdf) == 2
    assert sorted(pdf[1].get_size()) == pytest.approx(sorted((220 * MM, 110 * MM)), abs=0.5)
    image = pdf[1].render(scale=100 / 72).to_pil().convert("L")
    if image.width < image.height:
        image = image.rotate(90, expand=True)
    boxes = ink_box(image, 0, 0, 90, 26)
    assert boxes == pytest.approx((12, 8.5, 67, 17.5), abs=0.5)


def test_every_page_is_reported_and_printing_can_be_stopped(qapp, tmp_path, people):
    document = draw_labels(LabelJob(people, sheet("L7160")))
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    told: list[tuple[int, int]] = []
    paint_pages(document, printer, lambda done, total: told.append((done, total)))
    assert told == [(0, 2), (1, 2), (2, 2)]

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        paint_pages(document, printer, stop)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_cannot_be_started_is_told(qapp, people, tmp_path):
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "no folder" / "out.pdf"))
    with pytest.raises(Trouble) as refused:
        paint_pages(draw_labels(LabelJob(people[:1], sheet("L7160"))), printer)
    assert "PDF" in refused.value.sentence("en")


@pytest.fixture
def lp(tmp_path, monkeypatch):
    """A print command that notes its arguments and keeps the file; its answer can be changed."""
    program = tmp_path / "lp"
    program.write_text(
        f"#!{sys.executable}\nimport shutil, sys\nfrom pathlib import Path\nhere = Path(__file__).parent\n"
        '(here / "arguments").write_text("\\n".join(sys.argv[1:]))\nshutil.copy(sys.argv[-1], here / "sent.pdf")\n'
        'if (here / "refuse").exists(): sys.exit((here / "refuse").read_text())\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(printers.shutil, "which", lambda name: str(program) if name == "lp" else None)
    monkeypatch.setattr(printers.sys, "platform", "linux")
    return tmp_path


def test_cups_gets_the_pdf_itself_and_is_told_not_to_scale(lp, people):
    document = draw_envelopes(EnvelopeJob(people[:1], envelope("CN-DL")))
    told: list[tuple[int, int]] = []
    print_document(document, "Brother HL", lambda done, total: told.append((done, total)))
    arguments = (lp / "arguments").read_text().split("\n")
    assert arguments[:2] == ["-d", "Brother HL"]
    assert "print-scaling=none" in arguments
    assert "media=Custom.220x110mm" in arguments
    assert (lp / "sent.pdf").read_bytes() == document.pdf
    assert told == [(1, 1)]
    assert not os.path.exists(arguments[-1]), "the file is taken away again"


def test_a_refusing_printer_gets_its_reason_told(lp, people):
    (lp / "refuse").write_text("lp: The printer or class does not exist.")
    with pytest.raises(Trouble) as refused:
        print_document(draw_labels(LabelJob(people, sheet("L7160"))), "Gone")
    assert "does not exist" in refused.value.sentence("en")
    assert "Gone" in refused.value.sentence("en")


@pytest.mark.parametrize(
    ("size", "name"),
    [((210, 297), "A4"), ((297, 210), "A4"), ((215.9, 279.4), "Letter"), ((229, 162), "Custom.229x162mm")],
)
def test_names_of_paper(size, name):
    assert media_name(*size) == name
