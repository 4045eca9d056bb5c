"""How wide the columns of a printed table are, measured on its first rows, and how a cell breaks into
lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from crm_desktop.printing.letters import exact_width, width
from crm_desktop.printing.pen import MM
from crm_desktop.printing.recipients import clean
from crm_desktop.printing.wrapping import ELLIPSIS, pieces, shorten, wrap

SIDE = 1.6  # mm between text and the column's edge
WIDEST = 75.0  # mm a column takes by itself at most
NARROWEST = 11.0
MOST_LINES = 12  # of a cell; more is cut with an ellipsis
SMALLEST = 5.0  # points a number may shrink to before it is cut
PICTURE = "picture"
PICTURE_SIDE = 18.0  # mm either way at most
KEPT = 20_000  # cells remembered per column

Cell = tuple[tuple[tuple[float, str], ...], float]  # ((x in mm, line), …) and the size in points


@dataclass(frozen=True)
class Column:
    """A column: its heading, "left", "right", "centre" or "picture" (its cells are pictures as records keep them), and a wished
    width in mm (0 lets the content decide)."""

    label: str
    align: str = "left"
    width_hint: float = 0.0


@dataclass
class Setting:
    """Columns set for a page: left edges and widths in mm, text size in points."""

    columns: Sequence[Column]
    lefts: list[float]
    widths: list[float]
    size: float
    cut: int = 0
    _cells: list[dict[str, Cell]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._cells = [{} for _column in self.columns]

    def cell(self, number: int, text: str) -> Cell:
        """The lines of a cell with the place of each, remembered because columns repeat themselves."""
        known = self._cells[number]
        found = known.get(text)
        if found is None:
            if len(known) > KEPT:
                known.clear()
            found = known[text] = self._set(number, text)
        return found

    def _set(self, number: int, text: str) -> Cell:
        if not text.isprintable():
            text = clean(text)
        if not text:
            return (), self.size
        align = self.columns[number].align
        inner = self.widths[number] - 2 * SIDE
        left = self.lefts[number] + SIDE
        if align != "left":
            return self._set_whole(text, left, inner, 1.0 if align == "right" else 0.5)
        room = inner * MM / self.size
        if width(text) <= room and "\n" not in text:
            return ((left, text),), self.size
        lines = wrap(text, room, width)
        if len(lines) > MOST_LINES:
            self.cut += 1
            lines = [*lines[: MOST_LINES - 1], shorten(lines[MOST_LINES - 1] + ELLIPSIS, room, width)]
        return tuple((left, line) for line in lines), self.size

    def _set_whole(self, text: str, left: float, inner: float, share: float) -> Cell:
        """A number is never broken: it is set smaller until it fits."""
        size, needed = self.size, exact_width(text)
        if needed * size > inner * MM:
            size = max(SMALLEST, int(inner * MM / needed * 20) / 20)
            shortened = shorten(text, inner * MM / size + 0.001, exact_width)
            if shortened != text:
                self.cut += 1
                text, needed = shortened, exact_width(shortened)
        return ((left + share * (inner - needed * size / MM), text),), size


def natural_widths(columns: Sequence[Column], sample: Sequence[Sequence[str]], size: float) -> list[float]:
    """What each column would take if nothing had to give way, in mm."""
    natural = []
    for number, column in enumerate(columns):
        if column.align == PICTURE:
            natural.append(column.width_hint or PICTURE_SIDE + 2 * SIDE)
            continue
        texts = [row[number] for row in sample if number < len(row)]
        # One long note must not widen the whole column: the longest twentieth is wrapped.
        lengths = sorted(width(text) for text in texts) or [0.0]
        typical = lengths[-1] if column.align != "left" else lengths[int(0.95 * (len(lengths) - 1))]
        needed = max(typical, width(column.label) * 1.03) * size / MM + 2 * SIDE
        natural.append(column.width_hint or max(NARROWEST, min(WIDEST, needed)))
    return natural


def least_widths(columns: Sequence[Column], sample: Sequence[Sequence[str]], natural: list[float], size: float) -> list[float]:
    """How narrow each column may become: numbers stay whole, text keeps its longest word up to a third of
    its width."""
    least = []
    for number, column in enumerate(columns):
        if column.align != "left":
            least.append(natural[number])
            continue
        longest = 0.0
        for row in sample[:60]:
            if number < len(row):
                longest = max([longest, *map(width, pieces(row[number][:200]))])
        word = longest * size / MM + 2 * SIDE
        least.append(min(natural[number], max(NARROWEST, min(word, natural[number] / 3 + NARROWEST))))
    return least


def share_out(natural: list[float], least: list[float], room: float, fixed: Collection[int] = ()) -> list[float]:
    """Widths that fill `room` exactly: spare room goes to the columns in proportion (not to `fixed` ones while
    there are others), lacking room is taken from the widest."""
    total = sum(natural)
    if not total:
        return []
    if total <= room:
        growing = sum(wish for number, wish in enumerate(natural) if number not in fixed)
        if not growing:
            return [wish * room / total for wish in natural]
        factor = (room - total + growing) / growing
        return [wish if number in fixed else wish * factor for number, wish in enumerate(natural)]
    if sum(least) >= room:
        return [narrow * room / sum(least) for narrow in least]
    low, high = 0.0, max(natural)
    # All columns wider than a limit are cut down to it; the limit that fills the room is found by halving.
    for _step in range(40):
        limit = (low + high) / 2
        widths = [max(narrow, min(wish, limit)) for wish, narrow in zip(natural, least, strict=True)]
        low, high = (limit, high) if sum(widths) < room else (low, limit)
    spare = room / sum(widths)
    return [one * spare for one in widths]
