"""The dialog for labels and envelopes, worked with the keyboard and without a printer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QDialog, QLineEdit

from crm_desktop.printing.document import Calibration
from crm_desktop.printing.envelope_sizes import PostcodeBoxes
from crm_desktop.printing.recipients import Recipient
from crm_desktop.printing.remembered import PaperSettings
from crm_desktop.printing.sheets import Sheet, sheet
from crm_desktop.ui.printing import envelope_form, label_form, printer_form
from crm_desktop.ui.printing.box_places import BoxPlaces
from crm_desktop.ui.printing.calibrate import Calibrate
from crm_desktop.ui.printing.dialog import MailingDialog
from crm_desktop.ui.printing.document_dialog import DocumentDialog
from crm_desktop.ui.printing.own_sheet import OwnSheet
from crm_desktop.ui.runner import Runner
from tests.printing.reading import letters, text_of


@pytest.fixture
def dialog(qtbot, runner, people):
    made = MailingDialog(people, runner, printers=[])
    qtbot.addWidget(made)
    made.show()
    return made


def shown(dialog):
    return dialog.preview.view.document()


def settle(dialog):
    """The preview follows at once instead of after a pause."""
    if dialog._soon.isActive():
        dialog.redraw()


def test_the_preview_shows_the_labels_at_once(dialog):
    assert shown(dialog).pages == 2
    assert "收件人1 先生 收" in text_of(shown(dialog))
    assert dialog.remarks.isHidden()


def test_without_a_printer_saving_is_the_first_choice(qtbot, dialog, tmp_path, monkeypatch):
    output = dialog.output
    assert output.save_button.isDefault()
    assert output.save_button.property("kind") == "primary"
    assert not output.print_button.isEnabled()
    assert "printer" in output.print_button.toolTip()
    monkeypatch.setattr(output, "ask_path", lambda: str(tmp_path / "labels.pdf"))
    remembered: list[dict] = []
    dialog.remembered.connect(remembered.append)
    qtbot.mouseClick(output.save_button, Qt.MouseButton.LeftButton)
    assert (tmp_path / "labels.pdf").read_bytes() == shown(dialog).pdf
    assert "labels.pdf" in output._told.text()
    assert remembered[-1]["sheet"] == "Avery A4/L7160"


def test_the_first_label_is_chosen_with_the_arrow_keys(qtbot, dialog):
    picture = dialog.label_form.start_picture
    qtbot.keyClick(picture, Qt.Key.Key_Down)
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    settle(dialog)
    assert dialog.label_form.start.value() == 5
    first = min(letters(shown(dialog)), key=lambda letter: (round(letter.top), letter.left))
    assert first.left > 66.04 + 7
    assert first.top > 15.15 + 38.1
    dialog.label_form.start.setValue(21)
    settle(dialog)
    assert picture.model().number(picture.currentIndex()) == 21
    assert shown(dialog).pages == 3


def test_a_sheet_is_found_by_typing(qtbot, dialog):
    combo = dialog.label_form.sheet
    combo.setFocus()
    combo.selectAll()
    qtbot.keyClicks(combo, "5163")
    combo._search()
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    settle(dialog)
    assert dialog.settings.sheet == sheet("5163")
    assert shown(dialog).sizes[0] == pytest.approx((215.9, 279.4))
    assert "2 × 5" in dialog.label_form._about.text()


def test_an_own_sheet_is_used_and_remembered(qtbot, dialog, monkeypatch):
    own = Sheet("mine", 2, 2, 90, 60, 95, 65, 10, 10)
    monkeypatch.setattr(label_form, "ask_own_sheet", lambda parent, like: own)
    dialog.label_form._own_sheet()
    settle(dialog)
    assert shown(dialog).pages == 8
    assert PaperSettings.of(dialog.settings.values()).sheet == own


def test_copies_order_alignment_and_parts_change_the_print(dialog):
    dialog.label_form.copies.setValue(2)
    dialog.label_form.order.set_value("down")
    dialog.wording_form.flags["company"].setChecked(False)
    dialog.wording_form.closing.set_value("启")
    settle(dialog)
    text = text_of(shown(dialog))
    assert shown(dialog).pages == 3
    assert "润邦" not in text
    assert "收件人1 先生 启" in text


def test_envelopes_with_sender(qtbot, dialog):
    dialog.kind.set_value("envelopes")
    assert dialog.envelope_form.isVisible()
    assert dialog.label_form.isHidden()
    assert shown(dialog).pages == 30
    editor = dialog.envelope_form.sender_editor("company")
    qtbot.keyClicks(editor, "Liju")
    settle(dialog)
    assert "Liju" in text_of(shown(dialog))
    dialog.envelope_form.with_sender.setChecked(False)
    settle(dialog)
    assert "Liju" not in text_of(shown(dialog))
    dialog.envelope_form.turn.setCurrentIndex(1)
    dialog.envelope_form.turn.activated.emit(1)
    settle(dialog)
    assert shown(dialog).sizes[0] == pytest.approx((110, 220))


def test_warnings_are_listed_and_lead_to_their_page(qtbot, runner, people):
    people[25] = Recipient("李娜", address="长" * 3000, city="苏州市", postcode="2150")
    dialog = MailingDialog(people, runner, {"kind": "envelopes"}, printers=[])
    qtbot.addWidget(dialog)
    dialog.show()
    assert len(dialog.remarks.remarks) == 2
    assert not dialog.remarks.isHidden()
    dialog.remarks.asked.emit(dialog.remarks.remarks[0])
    assert dialog.preview.view.page() == 25


def test_nobody_to_print_for_is_said_and_nothing_can_be_saved(qtbot, runner):
    dialog = MailingDialog([], runner, printers=["Brother"])
    qtbot.addWidget(dialog)
    assert "nobody" in dialog.output._told.text()
    assert not dialog.output.save_button.isEnabled()
    assert not dialog.output.print_button.isEnabled()


def test_printing_moves_on_to_the_next_free_label(qtbot, runner, people, monkeypatch):
    sent = []
    monkeypatch.setattr(
        "crm_desktop.ui.printing.output.print_document", lambda document, printer, step: sent.append((document.pages, printer))
    )
    dialog = MailingDialog(people, runner, {"start": 3}, printers=["Brother", "Canon"])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.output.print_button.isDefault()
    qtbot.mouseClick(dialog.output.print_button, Qt.MouseButton.LeftButton)
    assert sent == [(2, "Brother")]
    assert dialog.settings.start == 3 + 30 - 21


def test_a_failing_printer_is_told_and_the_dialog_lives_on(qtbot, runner, people, monkeypatch):
    from crm_desktop.core.errors import Trouble

    def refuse(document, printer, step):
        raise Trouble("The printer “{printer}” is on fire.", printer=printer)

    monkeypatch.setattr("crm_desktop.ui.printing.output.print_document", refuse)
    dialog = MailingDialog(people, runner, printers=["Brother"])
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.output.print()
    assert "on fire" in dialog.output._told.text()
    assert dialog.output.print_button.isEnabled()


def test_nudges_are_kept_per_printer_and_kind(qtbot, runner, people):
    dialog = MailingDialog(people, runner, printers=["Brother", "Canon"])
    qtbot.addWidget(dialog)
    form = dialog.printer_form
    assert form.right.singleStep() == pytest.approx(0.1)
    form.right.setValue(0.3)
    form.printer.set_value("Canon")
    form._choose_printer()
    assert form.right.value() == 0
    dialog.kind.set_value("envelopes")
    assert form.right.singleStep() == pytest.approx(0.5)
    form.down.stepBy(-3)
    assert dialog.settings.calibrations == {
        "Brother": {"labels": Calibration(0.3)},
        "Canon": {"envelopes": Calibration(0.0, -1.5)},
    }
    again = MailingDialog(people, runner, dialog.settings.values(), printers=["Brother", "Canon"])
    qtbot.addWidget(again)
    assert again.printer_form.down.value() == -1.5


def test_calibrating_by_measured_lines(qtbot, runner, dialog, monkeypatch):
    made = Calibrate(None, runner, "", Calibration(), (210, 297))
    qtbot.addWidget(made)
    made.across.setValue(101)
    made.from_left.setValue(21.5)
    assert made.calibration == Calibration(-1.5, 0, round(100 / 101, 5), 1)
    assert "-1.5" in made._result.text()

    def accept(self):
        self.down.setValue(99)
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(printer_form.Calibrate, "exec", accept)
    dialog.printer_form.calibrate()
    assert dialog.settings.calibration() == Calibration(scale_y=round(100 / 99, 5))


def test_the_own_sheet_dialog_says_what_is_wrong(qtbot):
    made = OwnSheet(None, sheet("L7160"))
    qtbot.addWidget(made)
    assert made.ok.isEnabled()
    made.lengths["left"].setValue(60)
    assert not made.ok.isEnabled()
    assert "do not fit" in made._wrong.text()
    made.lengths["left"].setValue(7)
    made.columns.setValue(2)
    assert made.made().columns == 2
    assert made.made().brand == ""


def test_the_postcode_boxes_are_put_where_the_envelope_has_them(qtbot, dialog, monkeypatch):
    made = BoxPlaces(None, PostcodeBoxes())
    qtbot.addWidget(made)
    made.lengths["pitch"].setValue(20)
    assert not made.ok.isEnabled()
    assert "90 × 26" in made._wrong.text()
    made.lengths["pitch"].setValue(10.5)
    monkeypatch.setattr(envelope_form, "ask_box_places", lambda parent, places: made.made())
    dialog.kind.set_value("envelopes")
    dialog.envelope_form._place_boxes()
    settle(dialog)
    digits = [letter for letter in letters(shown(dialog)) if letter.top < 26 and letter.left < 90]
    assert digits[5].middle[0] == pytest.approx(12 + 5 * 10.5 + 7.5 / 2, abs=0.6)
    assert PaperSettings.of(dialog.settings.values()).places.pitch == 10.5


def test_every_control_has_a_name(dialog):
    for kind in (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox):
        for widget in dialog.findChildren(kind):
            if isinstance(widget.parent(), (QAbstractSpinBox, QComboBox)) or widget.objectName().startswith("qt_"):
                continue
            assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()), widget


def test_closing_hands_back_the_choices(qtbot, dialog):
    remembered: list[dict] = []
    dialog.remembered.connect(remembered.append)
    dialog.label_form.copies.setValue(4)
    dialog.close()
    assert [values["copies"] for values in remembered] == [4]
    assert dialog.preview.view.document() is None


def test_with_threads_the_whole_document_follows_the_first_pages(qtbot, people):
    runner = Runner()
    try:
        dialog = MailingDialog(people * 20, runner, printers=[])
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: shown(dialog) is not None and shown(dialog).pages == 29, timeout=10_000)
        dialog.label_form.copies.setValue(2)
        dialog.redraw()
        dialog.label_form.copies.setValue(3)
        dialog.redraw()
        qtbot.waitUntil(lambda: shown(dialog).pages == 86, timeout=10_000)
        dialog.close()
    finally:
        runner.close()


def test_a_report_is_shown_and_saved(qtbot, runner, tmp_path, monkeypatch):
    from crm_desktop.printing.table import Column, Paper, draw_table

    def make(job):
        return draw_table(Paper("销售漏斗", [Column("阶段")], [("初步接触",)]), job.step, lambda: job.cancelled)

    dialog = DocumentDialog(make, "销售漏斗", runner, printers=[])
    qtbot.addWidget(dialog)
    dialog.show()
    assert "初步接触" in text_of(dialog.preview.view.document())
    monkeypatch.setattr(dialog.output, "ask_path", lambda: str(tmp_path / "funnel.pdf"))
    dialog.output.save()
    assert (tmp_path / "funnel.pdf").stat().st_size > 2_000
    dialog.close()


def test_a_report_that_cannot_be_made_says_why(qtbot, runner):
    from crm_desktop.core.errors import Refused

    def make(job):
        raise Refused("You may not see this report.")

    dialog = DocumentDialog(make, "x", runner, printers=["Brother"])
    qtbot.addWidget(dialog)
    assert dialog.output._told.text() == "You may not see this report."
    assert not dialog.output.print_button.isEnabled()
