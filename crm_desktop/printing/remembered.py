"""What is remembered of the last print of labels and envelopes, as plain values that can be stored per person.

Reading never fails: a value that is missing, of the wrong kind or no longer possible becomes the default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, TypeVar

from crm_desktop.core.errors import Trouble
from crm_desktop.printing import sheets
from crm_desktop.printing.calibration import LEAST_SCALE, MOST_SCALE, MOST_SHIFT
from crm_desktop.printing.document import AS_IT_IS, Calibration
from crm_desktop.printing.envelope_sizes import DEFAULT as DEFAULT_ENVELOPE
from crm_desktop.printing.envelope_sizes import USUAL_BOXES, PostcodeBoxes, envelope
from crm_desktop.printing.envelopes import FRONTS, EnvelopeJob
from crm_desktop.printing.labels import MOST_COPIES, LabelJob
from crm_desktop.printing.recipients import PLAIN, Recipient, Wording
from crm_desktop.printing.sheets import Sheet

KINDS = ("labels", "envelopes")
LABEL_STEP, ENVELOPE_STEP = 0.1, 0.5  # mm by which a print is nudged
_Made = TypeVar("_Made")


@dataclass
class PaperSettings:
    """One person's choices; `calibrations` are kept per printer and kind, the name "" stands for a PDF file."""

    kind: str = "labels"
    sheet: Sheet = field(default_factory=lambda: sheets.sheet(sheets.DEFAULT))
    start: int = 1
    copies: int = 1
    down: bool = False
    centred: bool = False
    outlines: bool = False
    envelope: str = DEFAULT_ENVELOPE
    front: str = "auto"
    boxes: bool = True
    stamp: bool = True
    places: PostcodeBoxes = USUAL_BOXES
    turn: int = 0
    with_sender: bool = True
    sender: Recipient = Recipient()
    wording: Wording = PLAIN
    printer: str = ""
    calibrations: dict[str, dict[str, Calibration]] = field(default_factory=dict)

    def calibration(self, printer: str | None = None) -> Calibration:
        """How the printer is set right for the present kind of paper."""
        return self.calibrations.get(self.printer if printer is None else printer, {}).get(self.kind, AS_IT_IS)

    def calibrate(self, calibration: Calibration) -> None:
        """Remember how the chosen printer is set right for the present kind of paper."""
        self.calibrations.setdefault(self.printer, {})[self.kind] = calibration

    def label_job(self, recipients: Sequence[Recipient]) -> LabelJob:
        return LabelJob(
            recipients,
            self.sheet,
            min(self.start, self.sheet.count),
            self.copies,
            self.down,
            self.centred,
            self.outlines,
            self.wording,
            self.calibration(),
        )

    def envelope_job(self, recipients: Sequence[Recipient]) -> EnvelopeJob:
        return EnvelopeJob(
            recipients,
            envelope(self.envelope),
            self.sender if self.with_sender else None,
            self.front,
            self.boxes,
            self.stamp,
            self.places,
            self.turn,
            replace(self.wording, postcode=True),
            self.calibration(),
        )

    def labels_used(self, count: int) -> None:
        """After printing `count` labels the next print starts where this one ended."""
        self.start = (self.start - 1 + count) % self.sheet.count + 1

    def values(self) -> dict[str, Any]:
        """All choices as plain values (texts, numbers, yes/no, dictionaries)."""
        plain = asdict(self)
        plain["sheet"] = sheets.as_settings(self.sheet) if not self.sheet.brand else self.sheet.key
        return plain

    @classmethod
    def of(cls, values: Mapping[str, Any] | None) -> PaperSettings:
        """The choices stored by `values`."""
        stored = values if isinstance(values, Mapping) else {}
        made = cls()
        for name in ("down", "centred", "outlines", "boxes", "stamp", "with_sender"):
            if isinstance(stored.get(name), bool):
                setattr(made, name, stored[name])
        made.kind = _one_of(stored.get("kind"), KINDS, made.kind)
        made.front = _one_of(stored.get("front"), FRONTS, made.front)
        made.turn = _one_of(stored.get("turn"), (0, 90, 180, 270), made.turn)
        made.printer = stored["printer"] if isinstance(stored.get("printer"), str) else ""
        made.sheet = _sheet(stored.get("sheet"), made.sheet)
        made.start = _whole(stored.get("start"), 1, made.sheet.count, 1)
        made.copies = _whole(stored.get("copies"), 1, MOST_COPIES, 1)
        made.envelope = _envelope(stored.get("envelope"))
        made.places = _places(stored.get("places"))
        made.sender = _made_of(Recipient, stored.get("sender"), Recipient())
        made.wording = _made_of(Wording, stored.get("wording"), PLAIN)
        made.calibrations = _calibrations(stored.get("calibrations"))
        return made


def _one_of(value: Any, choices: Sequence[Any], default: Any) -> Any:
    return value if value in choices and not isinstance(value, bool) else default


def _whole(value: Any, least: int, most: int, default: int) -> int:
    return value if isinstance(value, int) and least <= value <= most else default


def _made_of(kind: type[_Made], values: Any, default: _Made) -> _Made:
    """An object of a dataclass whose defaults tell the kinds its values must have."""
    if not isinstance(values, Mapping):
        return default
    good = {}
    for one in fields(kind):  # type: ignore[arg-type]
        value, usual = values.get(one.name), getattr(default, one.name)
        if isinstance(usual, float) and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if type(value) is type(usual):
            good[one.name] = value
    return kind(**good)


def _sheet(value: Any, default: Sheet) -> Sheet:
    try:
        if isinstance(value, str):
            return sheets.sheet(value)
        if isinstance(value, Mapping):
            return sheets.from_settings(dict(value))
    except Trouble:
        pass
    return default


def _envelope(value: Any) -> str:
    try:
        return envelope(value).key
    except Trouble:
        return DEFAULT_ENVELOPE


def _places(values: Any) -> PostcodeBoxes:
    places = _made_of(PostcodeBoxes, values, USUAL_BOXES)
    try:
        places.check()
    except Trouble:
        return USUAL_BOXES
    return places


def _calibrations(values: Any) -> dict[str, dict[str, Calibration]]:
    if not isinstance(values, Mapping):
        return {}
    known: dict[str, dict[str, Calibration]] = {}
    for printer, kinds in values.items():
        if not isinstance(printer, str) or not isinstance(kinds, Mapping):
            continue
        known[printer] = {kind: _calibration(kinds[kind]) for kind in KINDS if kind in kinds}
    return known


def _calibration(values: Any) -> Calibration:
    made = _made_of(Calibration, values, AS_IT_IS)
    possible = max(abs(made.x), abs(made.y)) <= MOST_SHIFT and all(
        LEAST_SCALE <= scale <= MOST_SCALE for scale in (made.scale_x, made.scale_y)
    )
    return made if possible else AS_IT_IS
