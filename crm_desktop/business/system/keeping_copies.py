"""How copies of a team's database are kept: who may have one, and under which key. The company chooses whether they are encrypted.

The database itself knows only which key it is (the fingerprint that also stands in the head of each copy); the key lies in the
keyrings of those who make copies, and on paper.
"""

from __future__ import annotations

from pathlib import Path

from crm_desktop.business.system.encrypting import Condition
from crm_desktop.core.access import Actor
from crm_desktop.core.errors import Refused
from crm_desktop.core.records import Records
from crm_desktop.core.words import _
from crm_desktop.database import keys, sentences
from crm_desktop.database.copies import stem_of
from crm_desktop.database.place import ServerPlace

SETTING = "copies_key"  # of the company
FROM_NOW_ON = _("Copies made from now on are encrypted. Those made before stay as they are.")
NOT_ANY_MORE = _("Copies made from now on are not encrypted. Those made before stay as they are.")
ENCRYPTED, PLAIN = "copies_encrypted", "copies_plain"  # the acts in the operation log

ONLY_WHO_SEES_ALL = _(
    "Only an administrator who sees every record can make or restore copies of the team's database: a copy holds everything."
)


def why_not(records: Records, actor: Actor) -> str:
    """Why this person cannot have the whole database in a file; '' when he can."""
    everything = all(actor.scope(one).all for one in records.types.values())
    keeps = actor.may(records.types["employee"], "edit")
    return "" if keeps and everything and not records.database.strict else ONLY_WHO_SEES_ALL


def key_wished(records: Records) -> bytes | None:
    """The key a copy gets that is made now; None: it is not encrypted. Raises KeyNeeded where this computer does not know it."""
    head = _head(records)
    if not head:
        return None
    place = records.database.backend.place
    assert isinstance(place, ServerPlace)
    return keys.key_with(head, Path(stem_of(place)), sentences.COPIES_KEY_NEEDED)


def condition(records: Records) -> Condition:
    """How copies are kept; asks the keyring, so not in the UI thread."""
    head = _head(records)
    if not head:
        return "plain"
    return "kept" if keys.keeps(head) else "asked"


def encrypt(records: Records, actor: Actor, key: bytes) -> bool:
    """From now on copies get this key; those there are keep theirs. Whether the keyring holds it. Raises Refused."""
    demand(records, actor)
    kept = keys.keep(key)
    records.settings.put(SETTING, keys.head_of(key).hex())
    records.log(actor, ENCRYPTED)
    return kept


def leave_plain(records: Records, actor: Actor) -> None:
    """From now on copies are not encrypted. Raises Refused."""
    demand(records, actor)
    records.settings.put(SETTING, None)
    records.log(actor, PLAIN)


def _head(records: Records) -> bytes:
    return bytes.fromhex(records.settings.get(SETTING, ""))


def demand(records: Records, actor: Actor) -> None:
    """Raise Refused unless this person may have copies."""
    if why := why_not(records, actor):
        raise Refused(why)
