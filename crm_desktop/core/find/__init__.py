"""Finding records by any part of a name, number or note, in Chinese, pinyin, initials or Latin letters."""

from crm_desktop.core.find.fold import fold, sort_key, squeeze
from crm_desktop.core.find.grams import FORMAT, Doc
from crm_desktop.core.find.index import Scope, drop, index_sql, match, put, settle, table
from crm_desktop.core.find.query import Query, parse
from crm_desktop.core.find.rank import Match, rank

__all__ = ["FORMAT", "Doc", "Match", "Query", "Scope", "drop", "fold", "index_sql", "match", "parse", "put", "rank",
           "settle", "sort_key", "squeeze", "table"]
