"""Lists a person picks a value from (source, industry, level…): editable by the company, labelled in three languages."""

from __future__ import annotations

from typing import Any

from crm_desktop.core.fields import Choice, Flag, Number, Text
from crm_desktop.core.record import Record, Rights, Screen, indexed
from crm_desktop.core.words import _

ADMIN_ONLY = Rights(see="all", add="admin", edit="admin", delete="admin", assign="admin", bring_in="admin", take_out="admin")


class PickValue(Record):
    """One value of a picklist. `code` is what records store, and never changes."""

    name = Text(_("Label"), required=True, max_length=60)
    name_tw = Text(_("Traditional Chinese label"), max_length=60)
    name_en = Text(_("English label"), max_length=60)
    picklist = Choice(_("Picklist"), "picklist", required=True)
    code = Text(_("Code"), max_length=60, readonly=True)
    tone = Choice(_("Colour"), "tone", max_length=20)
    position = Number(_("Position"))
    active = Flag(_("In use"), default=True)

    screen = Screen(
        _("Picklists"), _("Picklist value"), area="settings", icon="list",
        columns="picklist name name_en name_tw active", sort="picklist", rights=ADMIN_ONLY,
    )  # fmt: skip

    class Meta:
        indexes = indexed("picklist")

    def fill_in(self, unit: Any) -> None:
        self.code = self.code or f"v{self.id:x}"


class Tag(Record):
    """A tag that can be put on customers, leads and opportunities."""

    name = Text(_("Tag"), required=True, max_length=40)
    tone = Choice(_("Colour"), "tone", max_length=20)

    screen = Screen(
        _("Tags"), _("Tag"), area="settings", icon="tag", columns="name tone",
        rights=Rights(see="all", add="sales", edit="manager", delete="manager"),
    )  # fmt: skip
