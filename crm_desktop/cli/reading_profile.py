"""The command `database reading`: tells or chooses how strictly a shared server lets people read."""

from __future__ import annotations

import argparse

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import accounts, strictness
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.cli.opening import with_password
from crm_desktop.cli.printing import put_json
from crm_desktop.core.errors import Invalid
from crm_desktop.core.guard.strict import MOST
from crm_desktop.core.records import Records
from crm_desktop.core.words import say
from crm_desktop.database.engine import open_database


def reading(wanted: argparse.Namespace) -> int:
    """Switch when a profile is named, then say which one is on."""
    if not wanted.database:
        raise Invalid(strictness.ONLY_SERVERS)
    opened = open_database(with_password(wanted.database))
    try:
        records = Records(opened, RECORD_TYPES)
        if not opened.guarded:
            raise Invalid(strictness.ONLY_SERVERS)
        actor = actor_for(records, accounts.signed_in(records).id)
        if wanted.profile:
            strictness.read_strictly(records, actor, wanted.profile == "strict")
        now, count = strictness.profile(records), records.count(records.types["customer"], actor)
    finally:
        opened.close()
    strict = now is not None and now.strict
    if wanted.json:
        put_json({"reading": "strict" if strict else "standard", "customers": count, "most": MOST})
        return 0
    print(say(strictness.STRICT if strict else strictness.STANDARD))
    print(say("Customers you see: {count} (strict reading is for up to {most})", count=f"{count:,}", most=f"{MOST:,}"))
    return 0
