"""Which figures and cards the workbench shows and in which order, and the box in which a person changes that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from crm_desktop.core.words import say
from crm_desktop.ui.shell.theme import px
from crm_desktop.ui.widgets.buttons import Button, icon_button
from crm_desktop.ui.widgets.labels import Label
from crm_desktop.ui.widgets.menus import Popover

FIGURES = ("signed", "pipeline", "contact_late", "new_customers", "won", "contact_today", "ending")
FIGURES_FIRST = FIGURES[:4]
CARDS = ("todo", "funnel", "signed", "attention", "forecast")
CARDS_FIRST = CARDS[:4]


@dataclass(frozen=True)
class Arrangement:
    """Figures and cards in their order; what is not in the `shown` ones is hidden."""

    figures: tuple[str, ...] = FIGURES
    cards: tuple[str, ...] = CARDS
    shown_figures: frozenset[str] = frozenset(FIGURES_FIRST)
    shown_cards: frozenset[str] = frozenset(CARDS_FIRST)

    @staticmethod
    def recalled(stored: Any) -> Arrangement:
        """What was remembered; what the program has learnt since stands at the end, hidden."""
        if not isinstance(stored, Mapping):
            return Arrangement()
        return Arrangement(
            _complete(stored.get("figures"), FIGURES),
            _complete(stored.get("cards"), CARDS),
            frozenset(stored.get("shown_figures", FIGURES_FIRST)) & set(FIGURES),
            frozenset(stored.get("shown_cards", CARDS_FIRST)) & set(CARDS),
        )

    def to_remember(self) -> dict[str, list[str]]:
        """As it is kept among the person's settings."""
        return {
            "figures": list(self.figures), "cards": list(self.cards),
            "shown_figures": sorted(self.shown_figures), "shown_cards": sorted(self.shown_cards),
        }  # fmt: skip

    def visible_figures(self) -> list[str]:
        """The figures shown, in their order."""
        return [key for key in self.figures if key in self.shown_figures]

    def visible_cards(self) -> list[str]:
        """The cards shown, in their order."""
        return [key for key in self.cards if key in self.shown_cards]

    def switched(self, kind: str, key: str) -> Arrangement:
        """With one figure or card shown or hidden."""
        if kind == "figures":
            return replace(self, shown_figures=self.shown_figures ^ {key})
        return replace(self, shown_cards=self.shown_cards ^ {key})

    def moved(self, kind: str, key: str, way: int) -> Arrangement:
        """With one of them a place earlier or later."""
        order = list(getattr(self, kind))
        place = order.index(key)
        target = place + way
        if 0 <= target < len(order):
            order[place], order[target] = order[target], order[place]
        return replace(self, figures=tuple(order)) if kind == "figures" else replace(self, cards=tuple(order))


def _complete(stored: Any, known: tuple[str, ...]) -> tuple[str, ...]:
    kept = [key for key in stored or () if key in known]
    return (*dict.fromkeys(kept), *(key for key in known if key not in kept))


class ArrangeBox(Popover):
    """A box with a line for each figure and card: shown or not, earlier or later. `changed(arrangement)` at once."""

    changed = Signal(object)

    def __init__(self, arrangement: Arrangement, titles: Mapping[str, Mapping[str, str]], parent: QWidget):
        super().__init__(parent, say("Arrange cards"))
        self._arrangement = arrangement
        self._titles = titles
        self.boxes: dict[tuple[str, str], QCheckBox] = {}
        self.movers: dict[tuple[str, str, int], QWidget] = {}
        self._grid_holder = QWidget()
        self.column.addWidget(self._grid_holder)
        self.column.addWidget(Button(say("As on the first day"), "rotate-ccw", "ghost", lambda: self._take(Arrangement())))
        self._fill()

    def _fill(self, focus: tuple[str, str, int] | None = None) -> None:
        self.boxes.clear()
        self.movers.clear()
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(2))
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        line = 0
        for kind, heading in (("figures", say("Figures")), ("cards", say("Cards"))):
            grid.addWidget(Label(heading, "Section"), line, 0)
            line += 1
            for key in getattr(self._arrangement, kind):
                self._add_line(grid, line, kind, key)
                line += 1
        self.column.replaceWidget(self._grid_holder, holder)
        self._grid_holder.hide()
        self._grid_holder.deleteLater()
        self._grid_holder = holder
        if focus is not None and focus in self.movers:
            self.movers[focus].setFocus()

    def _add_line(self, grid: QGridLayout, line: int, kind: str, key: str) -> None:
        title = self._titles[kind][key]
        box = self.boxes[kind, key] = QCheckBox(title.replace("&", "&&"))
        box.setChecked(key in getattr(self._arrangement, f"shown_{kind}"))
        box.toggled.connect(lambda _on: self._take(self._arrangement.switched(kind, key), rebuild=False))
        box.setMinimumWidth(px(180))
        grid.addWidget(box, line, 0)
        order = getattr(self._arrangement, kind)
        for place, (way, icon, name) in enumerate(
            ((-1, "chevron-up", say("Move “{title}” up", title=title)), (1, "chevron-down", say("Move “{title}” down", title=title)))
        ):
            mover = icon_button(icon, name, partial(self._move, kind, key, way), size=14)
            mover.setEnabled(0 <= order.index(key) + way < len(order))
            self.movers[kind, key, way] = mover
            grid.addWidget(mover, line, 1 + place)

    def _move(self, kind: str, key: str, way: int) -> None:
        self._take(self._arrangement.moved(kind, key, way), rebuild=False)
        self._fill((kind, key, way))

    def _take(self, arrangement: Arrangement, rebuild: bool = True) -> None:
        self._arrangement = arrangement
        if rebuild:
            self._fill()
        self.changed.emit(arrangement)
