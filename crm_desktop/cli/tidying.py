"""The command `database tidy`: what changed and deleted records left in the search index of a server is taken out."""

from __future__ import annotations

import argparse

from crm_desktop.business.system import tidying
from crm_desktop.cli.opening import with_password
from crm_desktop.cli.printing import put_json
from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _, say


def tidy(wanted: argparse.Namespace) -> int:
    """Go through all indexes, and tell of each what was taken out."""
    if not wanted.database:
        raise Invalid(_("Only the search index of a shared server needs this. Name the server with --database mysql://root@server:3306/name."))
    total = 0
    for record_type, count in tidying.tidy(with_password(wanted.database)):
        total += count
        if wanted.json:
            put_json({"type": record_type.key(), "taken_out": count})
    if not wanted.json:
        print(say("The search index is tidy: %n record(s) as they were before were taken out.", n=total))
    return 0
