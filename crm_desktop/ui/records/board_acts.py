"""What can be done with a card besides dragging it: its menu, its letters, deleting, and the closed stages by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from crm_desktop.business.sales.contract import Contract
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.business.sales.stage import Stage
from crm_desktop.core.views import View
from crm_desktop.core.words import say
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.board_dragging import ICONS
from crm_desktop.ui.records.board_moving import contract_values
from crm_desktop.ui.records.board_reading import Card, ids_on
from crm_desktop.ui.records.refusals import told
from crm_desktop.ui.records.row_acts import reason
from crm_desktop.ui.shell.commands import Command
from crm_desktop.ui.shell.keys import Keys
from crm_desktop.ui.widgets.menus import Menu

if TYPE_CHECKING:
    from crm_desktop.ui.records.board import OpportunityPage


EXPORTED = ["stage", "name", "customer", "contact", "amount", "expected_close", "next_step", "next_step_on", "owner", "closed_at"]


class CardActs:
    """The acts of the board's cards."""

    def __init__(self, desk: Desk, page: OpportunityPage):
        self.desk, self.page = desk, page

    def may(self, operation: str) -> str:
        """Why opportunities may not be treated so, '' when they may."""
        return reason(self.desk.records.may(self.desk.actor, Opportunity, operation))

    def menu(self, card: Card) -> Menu:
        """The context menu of a card."""
        ways, menu = self.desk.ways, Menu(self.page)
        menu.add(say("Open"), lambda: self.page.opened.emit(card.id), "external-link", "Enter")
        menu.add(say("Log a call"), lambda: self.log(card), "phone", Keys("L", "card.log"))
        menu.add(say("Plan a visit"), lambda: self.visit(card), "calendar-plus", Keys("F", "card.visit"))
        menu.addSeparator()
        self._add_stages(menu, card, self.stages(card), self.may("edit"))
        menu.addSeparator()
        refused = reason(self.desk.records.may(self.desk.actor, Contract, "add"))
        menu.add(say("Make a contract from it"), lambda: ways.new_record("contract", contract_values(card)), "file-text", "", refused)
        if not self.may("delete"):
            menu.add(say("Delete"), lambda: self.delete(card), "trash-2", Keys("Del", "card.delete"))
        return menu

    def stages(self, card: Card) -> list[Stage]:
        """The stages a card could go to: those of its pipeline, in their order."""
        known: list[Stage] = [row for row in self.desk.records.names.all("stage") if isinstance(row, Stage)]
        here = next((stage for stage in known if stage.id == card.stage), None)
        return [stage for stage in known if stage.id != card.stage and (here is None or stage.pipeline == here.pipeline)]

    def _add_stages(self, menu: Menu, card: Card, stages: list[Stage], refused: str) -> None:
        lanes = [box.stage.id for box in self.page.board.boxes()]
        here = lanes.index(card.stage) if card.stage in lanes else -2
        for stage in stages:
            name = self.desk.records.names.title("stage", stage.id)
            title = say("Lost…") if stage.kind == "lost" else say("Move to “{stage}”", stage=name)
            place = lanes.index(stage.id) if stage.id in lanes else -9
            keys = {here - 1: Keys("Ctrl+Left", "card.before"), here + 1: Keys("Ctrl+Right", "card.next")}.get(place, "")
            menu.add(title, partial(self.page.move_card, card, stage), ICONS.get(stage.kind, ""), keys, refused)

    def open_menu(self, card: Card | None, spot: QPoint) -> None:
        """Show the context menu of a card."""
        if card is not None:
            self.menu(card).popup(spot)

    def open_ends(self, card: Card, spot: QPoint) -> None:
        """Show the stages an opportunity ends in (Ctrl+Down)."""
        menu = Menu(self.page)
        ends = [stage for stage in self.stages(card) if stage.kind != "open"]
        self._add_stages(menu, card, ends, self.may("edit"))
        menu.popup(spot)
        if menu.actions():
            menu.setActiveAction(menu.actions()[0])

    def new(self) -> None:
        """Ask for a new opportunity in the stage of the lane that has the keyboard."""
        stage = self.page.board.current_stage()
        self.page.create_in({"stage": stage.id} if stage is not None and stage.kind == "open" else {})

    def edit(self, card: Card) -> None:
        """Open the form of the opportunity."""
        self.desk.ways.open_record("opportunity", card.id)

    def log(self, card: Card) -> None:
        """Log a call about the opportunity."""
        values = {"customer": card.customer_id, "opportunity": card.id, "method": "call"}
        self.desk.ways.new_record("follow_up", values)

    def visit(self, card: Card) -> None:
        """Plan a visit for the opportunity."""
        self.desk.ways.new_record("event", {"customer": card.customer_id, "opportunity": card.id, "kind": "visit"})

    def export(self) -> None:
        """Write the cards of the board, or the list when that is shown, into a file."""
        from crm_desktop.ui.records.export_dialog import Seen, export_seen

        refused, page = self.may("take_out"), self.page
        if refused:
            self.desk.ways.tell(refused)
        elif page.list is not None and page.segment.value() == "list":
            page.list.acts.export()
        else:
            records, actor, question = self.desk.records, self.desk.actor, page.question
            whole = say("All cards of the board as filtered")
            export_seen(self.desk, Opportunity, page, Seen(View(), EXPORTED, whole, lambda: ids_on(records, actor, question)))

    def delete(self, card: Card) -> None:
        """Put the opportunity into the recycle bin."""
        refused = self.may("delete")
        if refused:
            self.desk.ways.tell(refused)
            return
        self.desk.write(
            lambda: self.desk.records.delete(Opportunity, [card.id], self.desk.actor),
            done=lambda outcome: told(outcome, say("“{name}” moved to the recycle bin", name=card.name)),
        )


def board_commands(page: OpportunityPage) -> list[Command]:
    """What can be done with the card that is picked, as commands."""
    board, acts, one = page.board, page.acts, say("Opportunity")

    def no_card() -> str:
        return "" if board.current_card() is not None else say("Pick a card first.")

    def with_card(act: Callable[[Card], None]) -> Callable[[], None]:
        def run() -> None:
            card = board.current_card()
            if card is not None:
                act(card)

        return run

    def contract(card: Card) -> None:
        page.desk.ways.new_record("contract", contract_values(card))

    return [
        Command("card.new", say("New opportunity in this stage"), acts.new, "N", "plus", one),
        Command("card.edit", say("Open the form"), with_card(acts.edit), "F2", "pencil", one, no_card),
        Command("card.next", say("Move to the next stage"), lambda: board.send(1), "Ctrl+Right", "arrow-right", one, no_card),
        Command("card.before", say("Move to the stage before"), lambda: board.send(-1), "Ctrl+Left", "arrow-left", one, no_card),
        Command("card.end", say("Won, lost or void…"), board.offer_ends, "Ctrl+Down", "trophy", one, no_card),
        Command("card.log", say("Log a call"), with_card(acts.log), "L", "phone", one, no_card),
        Command("card.visit", say("Plan a visit"), with_card(acts.visit), "F", "calendar-plus", one, no_card),
        Command("card.contract", say("Make a contract from it"), with_card(contract), "", "file-text", one, no_card),
        Command("card.export", say("Export the board"), acts.export, "Ctrl+E", "download", one, lambda: acts.may("take_out")),
        Command("card.delete", say("Delete"), with_card(acts.delete), "Del", "trash-2", one, no_card, listed=not acts.may("delete")),
    ]
