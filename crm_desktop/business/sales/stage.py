"""Stages of a pipeline: what an opportunity goes through; each has a type (open, won, lost, void) apart from its name."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.errors import Refused
from crm_desktop.core.fields import Choice, Flag, Named, Number, Percent, Text
from crm_desktop.core.picklists import ADMIN_ONLY
from crm_desktop.core.record import Record, Screen
from crm_desktop.core.words import _


class Stage(Record):
    """One stage. may_go_back: an opportunity may leave it towards an earlier one. idle_days: after so many days without
    activity an opportunity here is marked as waiting too long (0: never)."""

    name = Text(_("Stage"), required=True, max_length=60)
    name_en = Text(_("English label"), max_length=60)
    name_tw = Text(_("Traditional Chinese label"), max_length=60)
    code = Text(_("Code"), max_length=40)
    pipeline = Named(_("Pipeline"), "sales", _("Standard pipeline"))
    kind = Choice(_("Stage type"), "stage_kind", required=True, default="open")
    probability = Percent(_("Probability"))
    position = Number(_("Position"))
    idle_days = Number(_("Days until marked as idle"))
    may_go_back = Flag(_("May go back"), default=True)
    tone = Choice(_("Colour"), "tone", max_length=20, default="grey")

    screen = Screen(
        _("Stages"), _("Stage"), area="settings", icon="kanban",
        columns="name kind tone probability idle_days may_go_back", sort="position", rights=ADMIN_ONLY,
    )  # fmt: skip

    def deleted(self, unit: Any) -> None:
        """No card is left in a stage that is gone: the board would not show it."""
        count = unit.tx.run("SELECT COUNT(*) FROM opportunity WHERE stage = ? AND deleted_at IS NULL", (self.id,))[0][0]
        if count:
            raise Refused(_("{count} opportunities are in the stage “{name}”. Move them first."), count=count, name=self.name)
