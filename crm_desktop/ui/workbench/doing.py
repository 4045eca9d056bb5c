"""Ticking a thing to do: a task is done, an event gets its result, an opportunity its next step, a customer a call."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crm_desktop.business.office.event import Event
from crm_desktop.business.office.task import Task
from crm_desktop.business.sales.opportunity import Opportunity
from crm_desktop.core.journal import Change
from crm_desktop.core.words import say
from crm_desktop.reports.todo import Item
from crm_desktop.ui.desk import Desk
from crm_desktop.ui.records.ask import ask_values
from crm_desktop.ui.records.moving import start_move
from crm_desktop.ui.workbench.todo_model import TodoModel


def tick(desk: Desk, parent: QWidget, model: TodoModel, item: Item) -> None:
    """Do what ticking means for this kind of thing; every act can be undone."""
    if item.record_type == Task.key():
        _finish_task(desk, model, item)
    elif item.record_type == Event.key():
        start_move(desk, Event, item.id, "hold", parent)
    elif item.record_type == Opportunity.key():
        _next_step(desk, parent, model, item)
    else:
        desk.ways.new_record("follow_up", {item.record_type: item.id, "method": "call"})


def _finish_task(desk: Desk, model: TodoModel, item: Item) -> None:
    if model.is_ticked(item):
        return
    model.tick(item)

    def work() -> Change:
        task = desk.records.get(Task, item.id, desk.actor)
        return desk.records.move(task, "done", desk.actor)

    def failed(error: Exception) -> None:
        model.untick(item)
        desk.problem(error)

    desk.write(work, done=say("“{title}” is done", title=item.title), failed=failed)


def _next_step(desk: Desk, parent: QWidget, model: TodoModel, item: Item) -> None:
    """The step was taken; what comes next? Left empty, the opportunity has no next step."""
    fields = desk.records.fields(Opportunity)
    asked = {name: fields[name] for name in ("next_step", "next_step_on")}
    answers = ask_values(desk, parent, say("What comes next for “{name}”?", name=item.title), asked)
    if answers is None:
        return
    given = answers
    model.tick(item)

    def work() -> Change:
        deal = desk.records.get(Opportunity, item.id, desk.actor)
        deal.next_step, deal.next_step_on = given["next_step"], given["next_step_on"]
        return desk.records.save(deal, desk.actor)

    def failed(error: Exception) -> None:
        model.untick(item)
        desk.problem(error)

    desk.write(work, done=say("Saved"), failed=failed)
