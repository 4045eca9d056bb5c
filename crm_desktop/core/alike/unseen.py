"""What is told of records that may not be shown: which of one's own surest keys they hold, so that nobody is entered twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_desktop.core.alike import blocking, numbers
from crm_desktop.core.alike.judging import CODE, MAIL, NAMESAKE, PHONE, Likeness, Reason
from crm_desktop.core.alike.sketch import Sketch, hashed, mail_words, phone_words, words_of

SPELLED = "(?:p[0-9]{7,20}|c[0-9A-Z]{6,20}|m[0-9a-z._-]{1,40}@[0-9a-z._-]{1,40})"
"""A word that a server is told beside its key, so that it looks for the number itself."""
LONGEST = 12_000  # characters of the keys of one question, and of their words


def sure(sketch: Sketch) -> dict[str, tuple[int, Reason]]:
    """The word, or the key where the word is not spelled so -> the key, and what a record that holds it has in common with this one. No
    key of what strangers share: the beginning of a name, the number of a call centre."""
    found = [(word, Reason(PHONE, {"phone": one}, "phone"))
             for one in sketch.phones if not numbers.is_hotline(one) for word in phone_words([one])]  # fmt: skip
    found += [(word, Reason(MAIL, {"mail": one}, "mail")) for one in sketch.mails for word in mail_words([one])]
    found += [("c" + numbers.code_key(one), Reason(CODE, {"code": one}, "code")) for one in sketch.codes]
    if sketch.person is None:  # the first key is the beginning, the second all of a name
        found += [(word, Reason(NAMESAKE, {}, "name")) for name in sketch.companies for word in blocking.keys(name)[1:2]]
    known = set(words_of(sketch))
    told = ((word, key, reason) for word, reason in found if word in known for key in hashed([word]))
    return {word if re.fullmatch(SPELLED, word, re.ASCII) else str(key): (key, reason) for word, key, reason in told}


def judged(shared: Sequence[Reason]) -> Likeness | None:
    """How alike a record is that shares this, without a look at it: a name by itself may be that of another place."""
    about = {reason.about for reason in shared}
    if not about:
        return None
    contact = not about.isdisjoint({"phone", "mail"})
    if "code" in about:
        return Likeness(True, 100, tuple(shared))
    if contact and "name" in about:
        return Likeness(True, 98, tuple(shared))
    return Likeness(False, 70 if contact else 80, tuple(shared))
