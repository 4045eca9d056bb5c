"""Looks whether a database is whole: the file, the tables, what records point at, the journal, the search index.

Nothing is changed, and everything is asked in SQL that both engines answer, so that a million records take a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crm_desktop.core.checks import pointing, structure, traces
from crm_desktop.core.checks.finding import Check, Finding
from crm_desktop.core.words import _

if TYPE_CHECKING:
    from crm_desktop.core.records import Records

CHECKS = (
    Check("file", _("The database itself"), structure.engine),
    Check("tables", _("Tables and indexes"), structure.tables),
    Check("values", _("Days, times and custom fields"), structure.values),
    Check("links", _("Links to other records"), pointing.links),
    Check("lists", _("Tags, products and other lists of records"), pointing.lists),
    Check("owners", _("Owners and departments"), pointing.owners),
    Check("states", _("States and picklist values"), pointing.keys),
    Check("numbers", _("Running numbers"), structure.numbers),
    Check("journal", _("Journal"), traces.journal),
    Check("seals", _("Seals of the journal"), traces.seals),
    Check("search", _("Search index"), traces.index),
    Check("duplicates", _("Keys of duplicates"), traces.keys),
)


def examine(records: Records) -> Iterator[tuple[Check, list[Finding]]]:
    """Each check with what it found, as soon as it is done; an empty list when all is well."""
    for check in CHECKS:
        yield check, list(check.run(records))
