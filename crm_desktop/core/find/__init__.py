"""Finding records by any part of a name, number or note, in Chinese, pinyin, initials or Latin letters."""

from crm_desktop.core.find.excerpt import excerpt, filtered, said_by
from crm_desktop.core.find.finder import Finder, match
from crm_desktop.core.find.fold import fold, sort_key, squeeze
from crm_desktop.core.find.grams import FORMAT, Doc, tokens_of
from crm_desktop.core.find.index import (
    BEGUN,
    RUN,
    UNTOLD,
    begin,
    begin_many,
    drop,
    empty,
    end_many,
    index_sql,
    put,
    put_columns,
    settle,
    table,
)
from crm_desktop.core.find.many import MANY, Said, tokens_by_column
from crm_desktop.core.find.query import Query, parse
from crm_desktop.core.find.rank import Match, rank
from crm_desktop.core.find.scope import Scope
from crm_desktop.core.find.tidying import HEAVY, left_behind, tidy
from crm_desktop.core.find.ways import Condition, meeting

__all__ = [
    "BEGUN",
    "FORMAT",
    "HEAVY",
    "MANY",
    "RUN",
    "UNTOLD",
    "Condition",
    "Doc",
    "Finder",
    "Match",
    "Query",
    "Said",
    "Scope",
    "begin",
    "begin_many",
    "drop",
    "empty",
    "end_many",
    "excerpt",
    "filtered",
    "fold",
    "index_sql",
    "left_behind",
    "match",
    "meeting",
    "parse",
    "put",
    "put_columns",
    "rank",
    "said_by",
    "settle",
    "sort_key",
    "squeeze",
    "table",
    "tidy",
    "tokens_by_column",
    "tokens_of",
]
