"""Labels and envelopes from the lists: the selection becomes recipients, the dialog does the rest, its choices are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from crm_desktop.business.customers.addresses import Addressee, addressees
from crm_desktop.core.record import Record
from crm_desktop.core.words import _, say
from crm_desktop.ui.desk import Desk

HONORIFICS = {"m": _("Mr."), "f": _("Ms.")}


def print_labels(desk: Desk, record_type: type[Record], ids: Sequence[int], parent: QWidget) -> None:
    """Print address labels for these records."""
    _print(desk, record_type, ids, parent, "labels")


def print_envelopes(desk: Desk, record_type: type[Record], ids: Sequence[int], parent: QWidget) -> None:
    """Print envelopes for these records."""
    _print(desk, record_type, ids, parent, "envelopes")


def _print(desk: Desk, record_type: type[Record], ids: Sequence[int], parent: QWidget, kind: str) -> None:
    if not ids:
        desk.ways.tell(say("Select the records to print for first."))
        return
    desk.read(
        lambda: addressees(desk.records, record_type.key(), ids, desk.actor),
        lambda found: _open(desk, found, parent, kind),
    )


def _open(desk: Desk, found: list[Addressee], parent: QWidget, kind: str) -> None:
    from crm_desktop.printing.recipients import Recipient
    from crm_desktop.ui.printing.dialog import MailingDialog

    recipients = [
        Recipient(one.name, _honorific(one), one.job, one.company, one.address, one.city, one.region, one.postcode, one.country, one.phone)
        for one in found
    ]
    settings: dict[str, Any] = desk.setting("paper", {})
    company = str(desk.records.settings.get("company", "") or "")
    if company and "sender" not in settings:  # until the person has written another
        settings = settings | {"sender": {"company": company}}
    dialog = MailingDialog(recipients, desk.runner, settings, kind, parent=parent)
    dialog.remembered.connect(lambda values: desk.remember("paper", values))
    dialog.open()


def _honorific(one: Addressee) -> str:
    """In the language of the address: 先生 and 女士 for a Chinese name, Mr. and Ms. for another."""
    if not one.gender or not one.name:
        return ""
    return say(HONORIFICS[one.gender], "en" if one.name.isascii() else "zh_CN")
