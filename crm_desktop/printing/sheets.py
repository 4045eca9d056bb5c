"""Label sheets: the known ones by brand and number, and grids of one's own; all measures in millimetres.

The figures in resources/labels/sheets.json are facts taken from LibreOffice's labels.xml (MPL-2.0, see the
file's first lines); sheets that do not fit their page were left out. tools/label_sheets.py makes the file.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache

from crm_desktop.core.errors import Invalid, NotFound
from crm_desktop.core.places import RESOURCES
from crm_desktop.core.words import _

FILE = RESOURCES / "labels" / "sheets.json"
DEFAULT = "L7160"
SLACK = 0.05  # mm; makers' figures are rounded
MOST = 1_000  # labels on a page


@dataclass(frozen=True)
class Sheet:
    """A page of equal labels: `left` and `top` of the first, `pitch_x` and `pitch_y` from one to the next."""

    part: str
    columns: int
    rows: int
    label_width: float
    label_height: float
    pitch_x: float
    pitch_y: float
    left: float
    top: float
    page_width: float = 210.0
    page_height: float = 297.0
    brand: str = ""
    description: str = ""
    usual: bool = False

    @property
    def key(self) -> str:
        """What is remembered of a choice: brand and number."""
        return f"{self.brand}/{self.part}"

    @property
    def count(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows

    def corner(self, place: int) -> tuple[float, float]:
        """Left and top of a label; places count from 0, row by row."""
        row, column = divmod(place, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y

    def places(self, down: bool = False) -> list[int]:
        """The places in the order they are filled: row by row, or column by column."""
        if not down:
            return list(range(self.count))
        return [row * self.columns + column for column in range(self.columns) for row in range(self.rows)]

    def check(self) -> None:
        """Raises Invalid with the reason when such a sheet cannot exist."""
        sizes = (self.page_width, self.page_height, self.label_width, self.label_height)
        if self.columns < 1 or self.rows < 1 or min(sizes) <= 0:
            raise Invalid(_("A sheet needs at least one row and column, and sizes above 0 mm."))
        if self.count > MOST:
            raise Invalid(_("A sheet can have at most {most} labels."), most=MOST)
        if self.columns > 1 and self.pitch_x < self.label_width - SLACK:
            raise Invalid(_("The labels overlap: the horizontal pitch is smaller than the label width."), "pitch_x")
        if self.rows > 1 and self.pitch_y < self.label_height - SLACK:
            raise Invalid(_("The labels overlap: the vertical pitch is smaller than the label height."), "pitch_y")
        right = self.left + (self.columns - 1) * self.pitch_x + self.label_width - self.page_width
        bottom = self.top + (self.rows - 1) * self.pitch_y + self.label_height - self.page_height
        if min(self.left, self.top) < -SLACK or right > SLACK or bottom > SLACK:
            raise Invalid(
                _("The labels do not fit the page: they stand {right} mm over its right and {bottom} mm over its lower edge."),
                right=f"{max(right, 0):.1f}",
                bottom=f"{max(bottom, 0):.1f}",
            )

    @property
    def fits(self) -> bool:
        """Whether the labels lie on their page without overlapping."""
        try:
            self.check()
        except Invalid:
            return False
        return True


@lru_cache(1)
def sheets() -> tuple[Sheet, ...]:
    """All shipped sheets, the usual ones first."""
    found = []
    stored = json.loads(FILE.read_text("utf-8"))
    names = stored["fields"].split()
    for row in stored["sheets"]:
        values = dict(zip(names, row, strict=True))
        values["usual"] = bool(values["usual"])
        found.append(Sheet(**values))
    return tuple(found)


def sheet(key: str) -> Sheet:
    """A shipped sheet by its key or its number alone ("L7160"). Raises NotFound."""
    for known in sheets():
        if key in (known.key, known.part):
            return known
    raise NotFound(_("There is no label sheet “{key}”. Choose one from the list."), key=key)


def find_sheets(text: str) -> list[Sheet]:
    """The sheets whose brand, number, description or measures contain every word of `text`, usual ones
    first."""
    words = text.casefold().replace("x", "×").split()
    return [known for known in sheets() if all(word in _search_text(known) for word in words)]


@lru_cache(None)
def _search_text(known: Sheet) -> str:
    text = (
        f"{known.brand} {known.part} {known.description} {known.columns}×{known.rows} "
        f"{known.label_width:g}×{known.label_height:g}"
    )
    return text.casefold().replace("x", "×")


def as_settings(own: Sheet) -> dict[str, object]:
    """A grid of one's own as plain values that can be stored."""
    return asdict(own)


def from_settings(values: dict[str, object]) -> Sheet:
    """The stored grid; raises Invalid when it is not one or does not fit its page."""
    try:
        own = Sheet(**values)  # type: ignore[arg-type]
        own.check()
    except TypeError as reason:
        raise Invalid(_("The stored label sheet is incomplete. Choose a sheet again.")) from reason
    return own
