"""The command `template`: an empty workbook to fill in and import."""

from __future__ import annotations

import argparse

from crm_desktop.cli.opening import open_office
from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say
from crm_desktop.exchange.templates import write_template


def make_template(wanted: argparse.Namespace) -> int:
    """Write the template of a record type."""
    if wanted.file.suffix.lower() != ".xlsx":
        raise Invalid(_("A template is a workbook: the name of the file must end in .xlsx."))
    with open_office(wanted) as office:
        record_type = office.type_named(wanted.type)
        count = write_template(office.records, record_type, office.actor, wanted.file)
    print(say("A template with %n column(s) was written to {file}. Fill it in and import it.", n=count, file=wanted.file))
    return 0
