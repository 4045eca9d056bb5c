"""The page with the recovery phrase of an encrypted database: large, in numbered groups, with what it is for."""

from __future__ import annotations

from collections.abc import Sequence

from crm_desktop.core.words import _, say
from crm_desktop.printing.document import Document
from crm_desktop.printing.letters import width
from crm_desktop.printing.pen import FAINT, INK, MM, MUTED, Pen
from crm_desktop.printing.table import A4
from crm_desktop.printing.wrapping import wrap

MARGIN = 22.0
ACROSS = 4  # groups in a row
SIZE = 22.0  # points of a group
ROW, GAP = 22.0, 4.0  # mm

TITLE = _("Recovery phrase")
USE = _(
    "This phrase is the key of the encrypted database. Type it in when the program asks for it: on another computer, or when the "
    "keyring of this one is gone. Capital or small letters, spaces and dashes make no difference; the last group checks the others."
)
CARE = _(
    "Keep this page where the computer is not. Whoever has it and the file can read the data; if it is gone together with the keyring, "
    "nobody can read it any more."
)


def draw_phrase(groups: Sequence[str], file: str, company: str, day: str, lang: str | None = None) -> Document:
    """One page A4. `file`, `company` and `day` say which database it belongs to and since when."""
    pen, room = Pen(), A4[0] - 2 * MARGIN
    pen.start_page(*A4)
    y = MARGIN + 8.0
    pen.text(MARGIN, y, say(TITLE, lang), 24.0, INK, True)
    y += 9.0
    for text in filter(None, (company, file, say(_("Since {day}"), lang, day=day))):
        y = _paragraph(pen, text, y, room, MUTED)
    y = _paragraph(pen, say(USE, lang), y + 4.0, room, INK) + 6.0
    box = (room - GAP * (ACROSS - 1)) / ACROSS
    for number, group in enumerate(groups):
        left, top = MARGIN + number % ACROSS * (box + GAP), y + number // ACROSS * (ROW + GAP)
        pen.box(left, top, box, ROW, FAINT, thickness=0.8)
        pen.text(left + 2.0, top + 4.5, str(number + 1), 8.5, MUTED)
        pen.text(left + box / 2, top + ROW / 2 + 4.5, " ".join(group), SIZE, INK, True, align="centre")
    y += -(-len(groups) // ACROSS) * (ROW + GAP) + 6.0
    _paragraph(pen, say(CARE, lang), y, room, INK)
    return pen.finish(say(TITLE, lang), company)


def _paragraph(pen: Pen, text: str, y: float, room: float, colour: str) -> float:
    for line in wrap(text, room * MM / 11.0, width):
        pen.text(MARGIN, y, line, 11.0, colour)
        y += 5.6
    return y
