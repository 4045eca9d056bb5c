"""A text file as lines, whatever it is encoded in and however its lines end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from crm_desktop.core.errors import Invalid
from crm_desktop.core.words import _
from crm_desktop.exchange.readers.encodings import encoding_of
from crm_desktop.exchange.readers.formats import NOT_A_SHEET

_SAMPLE = 256 << 10
_TEXT_CONTROLS = "\t\n\r\x0b\x0c\x1a\x1c\x1d\x1e\x1f"


class TextFile:
    """`encoding` as found or as given; `first` its first lines; `broken` counts characters the encoding does not know."""

    def __init__(self, path: Path, encoding: str = ""):
        self.path = path
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
            whole = not file.read(1)
        self.encoding = encoding or encoding_of(sample, whole)
        self.broken = 0
        try:
            self.first = list(islice(self.lines(), 120))
        except (LookupError, UnicodeError) as error:
            raise Invalid(
                _("“{file}” is not written in {encoding}. Choose another encoding."),
                file=path.name,
                encoding=encoding,
            ) from error
        self.broken = 0
        if not encoding:
            self._refuse_binary()

    def lines(self) -> Iterator[str]:
        """Lines that end in '\\n', whatever they ended in; no zero characters; '\\r\\r\\n' counts as one line end."""
        previous = ""
        with (
            self.path.open("rb") as raw,
            io.TextIOWrapper(raw, self.encoding, errors="replace", newline="") as text,
        ):
            for line in text:
                if line == "\r\n" and previous.endswith("\r"):
                    previous = line
                    continue
                previous = line
                if "\x00" in line:
                    line = line.replace("\x00", "")
                if "\ufffd" in line:
                    self.broken += line.count("\ufffd")
                if line.endswith("\r\n"):
                    line = line[:-2] + "\n"
                elif line.endswith("\r"):
                    line = line[:-1] + "\n"
                yield line

    def _refuse_binary(self) -> None:
        """A file that is no text at all decodes to rubbish in every encoding; valid UTF-8 hardly ever does."""
        text = "".join(self.first)
        controls = sum(char < " " and char not in _TEXT_CONTROLS for char in text)
        strange = controls + text.count("\ufffd")
        utf8 = self.encoding.startswith("utf-8")
        # Two bytes of noise in three make a Chinese character; the signs that steer a printer stay what they are.
        if (strange > 8 and strange > len(text) // (2 if utf8 else 10)) or (not utf8 and controls > 8 + len(text) // 40):
            raise Invalid(NOT_A_SHEET, file=self.path.name, what=Invalid(_("a file of another program")))
