"""Tells whether two records are one and the same: names, phones, mails and tax numbers compared without what does not count."""

from crm_desktop.core.alike.blocking import without_slip
from crm_desktop.core.alike.judging import LEAST, Likeness, Reason, judge, of_companies
from crm_desktop.core.alike.sketch import (
    FORMAT,
    PLACES,
    Sketch,
    draw,
    drawn,
    hashed,
    in_places,
    keys_by_column,
    keys_of,
    kin,
    mail_words,
    phone_words,
    words_of,
)
from crm_desktop.core.alike.table import MOST, Gathered, drop, holders, leave, put, table, table_sql
from crm_desktop.core.alike.unseen import LONGEST, SPELLED, judged, sure

__all__ = [
    "FORMAT",
    "LEAST",
    "LONGEST",
    "MOST",
    "PLACES",
    "SPELLED",
    "Gathered",
    "Likeness",
    "Reason",
    "Sketch",
    "draw",
    "drawn",
    "drop",
    "hashed",
    "holders",
    "in_places",
    "judge",
    "judged",
    "keys_by_column",
    "keys_of",
    "kin",
    "leave",
    "mail_words",
    "of_companies",
    "phone_words",
    "put",
    "sure",
    "table",
    "table_sql",
    "without_slip",
    "words_of",
]
