"""The certificate of a handover as a PDF to sign; for the window and the command."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from crm_desktop.business.staff.certificate import Certificate
from crm_desktop.core import clock, money
from crm_desktop.core.records import Records
from crm_desktop.core.words import _, say

if TYPE_CHECKING:
    from crm_desktop.printing.document import Document

SIGNERS = 4  # side by side


def as_document(records: Records, told: Certificate, lang: str | None = None) -> Document:
    """What moved, from whom, to whom, the open money, and lines for the signatures."""
    from crm_desktop.printing.columns import Column
    from crm_desktop.printing.table import Paper, draw_table

    def name(employee: int | None) -> str:
        return records.names.title("employee", employee) if employee else "—"

    company = str(records.settings.get("company", "") or "")
    receivers = list(dict.fromkeys(item.receiver for item in told.items))
    department = records.names.rows("employee")[told.leaver].department
    where = records.names.title("department", department) if department else ""
    left = told.left_on.isoformat() if told.left_on else "—"
    facts = [
        say("From: {name}", lang, name=" · ".join(filter(None, (name(told.leaver), where)))),
        say("To: {names}", lang, names=", ".join(map(name, receivers))),
        say("Left on {day}", lang, day=left),
        say("Done by {name} on {day}", lang, name=name(told.by), day=clock.to_local(told.at).strftime("%Y-%m-%d %H:%M")),
        say("Number {number}", lang, number=told.batch),
    ]
    heads = (_("Record type"), _("Title"), _("Customer"), _("State"), _("Open amount"), _("Taken over by"))
    rows = [
        (say(item.record_type.screen.one, lang), item.title, item.customer, item.state, _amount(item.amount), name(item.receiver))
        for item in told.items
    ]
    total = sum((item.amount for item in told.items if item.amount is not None), Decimal(0))
    totals = (say("Total", lang), say("%n record(s)", lang, n=len(rows)), "", "", _amount(total), "")
    paper = Paper(
        say("Handover certificate", lang),
        [Column(say(head, lang), "right" if place == 4 else "left") for place, head in enumerate(heads)],
        rows,
        "\n".join(filter(None, (company, "   ".join(facts[:3]), "   ".join(facts[3:])))),
        summary(told, lang),
        totals,
        footnote=" · ".join(filter(None, (company, say("Handover certificate", lang), name(told.leaver)))),
        signatures=_signatures(name(told.leaver), list(map(name, receivers)), lang),
    )
    return draw_table(paper, lang=lang)


def _signatures(leaver: str, takers: list[str], lang: str | None) -> list[str]:
    """Who signs: the one who leaves, each who takes over while there is room, and a witness."""
    taken = [f"{say('Taken over by', lang)}  {taker}" for taker in takers] if len(takers) <= SIGNERS - 2 else [say("Taken over by", lang)]
    return [f"{say('Handed over by', lang)}  {leaver}", *taken, say("Witnessed by", lang)]


def summary(told: Certificate, lang: str | None = None) -> str:
    """How many of each type, with their open money; then what went along."""
    parts = []
    for record_type, count, amount in told.counts():
        open_money = f" ({money.full(amount)})" if amount else ""
        parts.append(f"{say(record_type.screen.title, lang)} {count}{open_money}")
    along = [f"{say(record_type.screen.title, lang)} {count}" for record_type, count in told.followed]
    lines = [" · ".join(parts)]
    return "\n".join([*lines, say("Along with them: {records}", lang, records=" · ".join(along))] if along else lines)


def _amount(amount: Decimal | None) -> str:
    return money.full(amount) if amount is not None else ""
