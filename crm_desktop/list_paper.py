"""A list as PDF, to read and to print: the rows an export writes, drawn by printing; for the window and the commands.

It stands between the rooms because it takes two of the middle ones, exchange and printing, which do not know each other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from crm_desktop.core.access import Actor
from crm_desktop.core.record import Record
from crm_desktop.core.records import Records
from crm_desktop.core.views import View
from crm_desktop.exchange.exporting import Exported, export, mark, pictures
from crm_desktop.exchange.writers.columns import Column

ENDING = ".pdf"
READING, DRAWING = 0.15, 0.75  # of the time; the rest goes into putting the file together
_ALIGNED = {"number": "right", "money": "right", "percent": "right", "picture": "picture"}


class PaperWriter:
    """Gathers the rows and draws them when they are complete: the widths of the columns follow from them."""

    def __init__(
        self,
        file: IO[bytes],
        title: str,
        columns: Sequence[Column],
        subtitle: str,
        lang: str,
        cancel: threading.Event | None,
        drawn: Callable[[int, int], None],
    ):
        """drawn: told how many rows have been, and how many there are."""
        self._file, self._title, self._columns = file, title, columns
        self._subtitle, self._lang, self._cancel, self._drawn = subtitle, lang, cancel, drawn
        self._rows: list[Sequence[str]] = []

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Take a packet of rows."""
        self._rows.extend(rows)

    def close(self) -> None:
        """Draw the list; the file object stays open."""
        from crm_desktop.printing.columns import Column as PaperColumn
        from crm_desktop.printing.table import Paper, draw_table

        heads = [PaperColumn(one.heading, _ALIGNED.get(one.sort, "left")) for one in self._columns]
        paper = Paper(self._title, heads, self._rows, self._subtitle, footnote=" · ".join(filter(None, (self._subtitle, self._title))))
        stop = self._cancel.is_set if self._cancel is not None else None
        self._file.write(draw_table(paper, lambda done, _all: self._drawn(done, len(self._rows)), stop, self._lang).pdf)

    def abandon(self) -> None:
        """Nothing has been written yet."""


def write_list(
    records: Records,
    record_type: type[Record],
    actor: Actor,
    view: View,
    columns: Sequence[str] | None,
    path: str | Path,
    progress: Callable[[int, int], None] | None = None,
    cancel: threading.Event | None = None,
    lang: str | None = None,
    ids: Sequence[int] | None = None,
    reason: str = "",
) -> Exported:
    """Write the list as PDF; all as in `export`, except that the columns of the list stand for None: paper is narrow. The
    picture of a record stands beside its title."""
    lang = lang or actor.lang
    subtitle = mark(records, actor, lang)

    def draw(file: IO[bytes], title: str, headings: Sequence[Column]) -> PaperWriter:
        return PaperWriter(file, title, headings, subtitle, lang, cancel, drawn)

    told = progress or (lambda done, total: None)

    def read(done: int, total: int) -> None:
        told(int(done * READING), total)

    def drawn(done: int, total: int) -> None:
        told(int(total * READING + done * DRAWING), total)

    names = list(columns or view.columns or record_type.first_columns(lang))
    if record_type.title_field in names:
        behind = names.index(record_type.title_field) + 1
        names[behind:behind] = [name for name in pictures(records.fields(record_type)) if name not in names]
    done = export(records, record_type, actor, view, names, path, "pdf", read, cancel, lang, ids, reason, draw)
    told(done.rows, done.rows)
    return done
