"""What the settings are about: the person's own, the lists the company keeps, and what administrators watch."""

from __future__ import annotations

from collections.abc import Mapping

from crm_desktop.core.record import Record
from crm_desktop.core.words import _, say
from crm_desktop.ui.widgets.topic_list import Topic

OWN = "own"
LISTS = ("employee", "department", "role", "target", "stage", "pick_value", "tag", "custom_field", "schedule", "saved_view")
# Hand-made topics: key, title, icon.
WATCHED = (
    ("online", _("Who is online"), "monitor"),
    ("operation_log", _("Operation log"), "history"),
    ("database", _("Database"), "database"),
)


def topics(types: Mapping[str, type[Record]]) -> list[Topic]:
    """All of them, in their order."""
    more = [key for key, one in types.items() if one.screen.area == "settings" and key not in LISTS]
    lists = [Topic(key, say(types[key].screen.title), types[key].screen.icon) for key in (*LISTS, *more)]
    watched = [Topic(key, say(title), icon) for key, title, icon in WATCHED]
    return [Topic(OWN, say("My settings"), "user-cog"), *lists, *watched]
