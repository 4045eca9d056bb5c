"""What people are told when the guard of a server refuses a row (see core/guard): a sentence for each of its words."""

from __future__ import annotations

from crm_desktop.core.words import _

REFUSED = 1644  # SIGNAL
_MARK = "crm:"

_SENTENCES = {
    "nobody": _("This account of the server belongs to nobody who works here. Ask an administrator."),
    "right": _("The server refused this: you lack the right. An administrator can grant it under Settings > Roles."),
    "sight": _("The server refused this: the record, or the one it is about, is not yours to change."),
    "owner": _("The server refused this: the record would belong to somebody you may not give records to."),
    "children": _("The server refused this: records of others belong to it that you may not delete. Ask somebody who may."),
    "version": _("The server refused this: somebody else changed the record meanwhile. Read it again."),
    "fixed": _("The server refused this: who made a record and when cannot be changed."),
    "author": _("The server refused this: it would be written down under somebody else's name."),
    "judged": _("You set targets only for those whose opportunities you see."),
    "share": _("The server refused this: the record is not yours to share."),
    "bin": _("The server refused this: only what is in the recycle bin is deleted for good."),
    "clock": _("The server refused this: the clock of this computer is wrong. Set it and try again."),
    "setting": _("The server refused this: settings of the company are changed by administrators."),
    "acl": _("Only administrators may do this."),
    "login": _("As an account of the server the user name needs 2 to 32 small letters or digits; a letter comes first."),
    "taken": _("The server has an account of this name already that was not opened here. Choose another user name."),
    "unopened": _("No account was opened for this user name. Open one first."),
    "number": _("Another record has this number already, maybe one you do not see. Choose another number."),
    "asked": _("The server refused this: it reads strictly, and was asked in a form it does not take. Update the program."),
    "large": _("Reading stays as it is: strict reading is for up to 100,000 customers, and there are more. It would be too slow."),
    "myself": _("You cannot lock or log off yourself. Ask another administrator."),
}
_OTHER = _("The server refused this change, because it is not allowed.")


def refusal(message: str) -> str | None:
    """The sentence for a refusal of the guard; None for any other message."""
    return _SENTENCES.get(message[len(_MARK) :], _OTHER) if message.startswith(_MARK) else None
