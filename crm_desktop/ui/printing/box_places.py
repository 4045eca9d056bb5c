"""Asks where the six postcode boxes lie, for envelopes that have them printed on already."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from crm_desktop.core.words import say
from crm_desktop.printing.envelope_sizes import PostcodeBoxes, zones
from crm_desktop.ui.printing.measures import Measures
from crm_desktop.ui.widgets.labels import Label


class BoxPlaces(Measures):
    """`made()` is where the boxes lie."""

    def __init__(self, parent: QWidget | None, places: PostcodeBoxes) -> None:
        super().__init__(parent, say("Postcode boxes"))
        zone = zones()["postcode_zone"]
        self.form.wide(
            Label(say("Measure the boxes on one of your envelopes, from its left and upper edge."), "Muted", wrap=True)
        )
        for name, label, value, most in (
            ("left", say("First box from the left"), places.left, zone["width"]),
            ("top", say("Boxes from the top"), places.top, zone["height"]),
            ("width", say("Width of a box"), places.width, zone["width"]),
            ("height", say("Height of a box"), places.height, zone["height"]),
            ("pitch", say("From box to box"), places.pitch, zone["width"]),
        ):
            self.add_length(name, label, value, most)
        self.close_form(say("Use these values"))

    def made(self) -> PostcodeBoxes:
        places = PostcodeBoxes(**{name: round(editor.value(), 2) for name, editor in self.lengths.items()})
        places.check()
        return places


def ask_box_places(parent: QWidget, places: PostcodeBoxes) -> PostcodeBoxes | None:
    """Where the boxes lie, starting from `places`; None when the person cancels."""
    dialog = BoxPlaces(parent, places)
    return dialog.made() if dialog.exec() == QDialog.DialogCode.Accepted else None
