"""The lines of vCard and iCalendar files (RFC 6350, RFC 5545, vCard 2.1): unfolded, taken apart and decoded.

A line that cannot be read never spoils its neighbours: it is passed on with an empty name.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

LONGEST = 256 << 10  # characters of one line; pictures are longer, and nobody imports them
MOST_LINES = 5_000  # of one card or event

_NAME = re.compile(r"(?:[A-Za-z0-9_-]+\.)?([A-Za-z0-9-]+)(?=[;:])")
_PARAM = re.compile(r';([A-Za-z0-9-]*)(?:=((?:"[^"]*"|[^";:])*))?')
_ESCAPED = re.compile(r"\\(.)", re.S)
_CARET = {"^n": "\n", "^'": '"', "^^": "^"}


@dataclass(frozen=True)
class Line:
    """NAME;PARAM=a,b:value. The name is in capitals, without the group before its dot; `kinds` are the TYPEs in small
    letters (vCard 2.1 writes them bare)."""

    name: str
    value: str
    params: dict[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> set[str]:
        return set(self.params.get("TYPE", "").lower().split(","))

    def text(self) -> str:
        """The value as plain text."""
        return unescaped(self.value)

    def parts(self, separator: str = ";") -> list[str]:
        """The value cut at the separators that are not escaped."""
        return [unescaped(part) for part in _cut(self.value, separator)]


@dataclass
class Component:
    """What stands between BEGIN and END: its kind in capitals, its lines and the components inside."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    inner: list[Component] = field(default_factory=list)

    def first(self, name: str) -> Line | None:
        return next((line for line in self.lines if line.name == name), None)

    def text(self, name: str) -> str:
        """The text of the first line of that name; '' if there is none."""
        line = self.first(name)
        return line.text() if line else ""


def components(lines: Iterable[str], kinds: tuple[str, ...]) -> Iterator[Component]:
    """The components of these kinds, each as soon as it ends. One that is never closed ends where the next one begins."""
    stack: list[Component] = []
    for line in content_lines(lines):
        if line.name == "BEGIN":
            kind = line.value.strip().upper()
            if kind in kinds and any(one.kind in kinds for one in stack):
                yield from (one for one in stack if one.kind in kinds)
                stack.clear()
            made = Component(kind)
            if stack and stack[-1].kind in (*kinds, "VTIMEZONE") and len(stack[-1].inner) < MOST_LINES:
                stack[-1].inner.append(made)
            if len(stack) < 20:
                stack.append(made)
        elif line.name == "END":
            kind = line.value.strip().upper()
            while stack and any(one.kind == kind for one in stack):
                ended = stack.pop()
                if ended.kind in kinds:
                    yield ended
                if ended.kind == kind:
                    break
        elif stack and len(stack[-1].lines) < MOST_LINES:
            stack[-1].lines.append(line)
    yield from (one for one in stack if one.kind in kinds)


def content_lines(lines: Iterable[str]) -> Iterator[Line]:
    """Raw lines put together and taken apart."""
    for whole in _unfolded(lines):
        yield parsed(whole)


def _unfolded(lines: Iterable[str]) -> Iterator[str]:
    """A line that begins with a blank belongs to the one before; so does what follows a quoted-printable line that ends in '='."""
    whole = ""
    for raw in lines:
        line = raw.rstrip("\n")
        if whole and line[:1] in (" ", "\t"):
            if len(whole) < LONGEST:
                whole += line[1:]
        elif whole.endswith("=") and _is_quoted(whole):
            if len(whole) < LONGEST:
                whole = whole[:-1] + line.lstrip(" \t")
        else:
            if whole.strip():
                yield whole
            whole = line.lstrip("\ufeff")
    if whole.strip():
        yield whole


def _is_quoted(line: str) -> bool:
    return "QUOTED-PRINTABLE" in line[:300].partition(":")[0].upper()


def parsed(whole: str) -> Line:
    """One unfolded line; its name is '' when it is none."""
    found = _NAME.match(whole)
    if found is None:
        return Line("", whole)
    params: dict[str, list[str]] = {}
    at = found.end()
    while (param := _PARAM.match(whole, at)) is not None:
        name, value = param[1].upper(), param[2]
        if value is None:  # vCard 2.1: TEL;WORK;VOICE
            name, value = ("ENCODING" if name in ("QUOTED-PRINTABLE", "BASE64", "8BIT") else "TYPE"), name
        params.setdefault(name, []).append(_param(value))
        at = param.end()
    if whole[at : at + 1] != ":":
        return Line("", whole)
    joined = {name: ",".join(filter(None, values)) for name, values in params.items()}
    return Line(found[1].upper(), _decoded(whole[at + 1 :], joined), joined)


def _param(value: str) -> str:
    value = value.replace('"', "")
    return re.sub(r"\^[n'^]", lambda found: _CARET[found[0]], value) if "^" in value else value


def _decoded(value: str, params: dict[str, str]) -> str:
    if params.get("ENCODING", "").upper() != "QUOTED-PRINTABLE":
        return value
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        text = data.decode(params.get("CHARSET") or "utf-8")
    except (LookupError, UnicodeError):
        text = data.decode("utf-8" if _valid_utf8(data) else "gb18030", "replace")
    # A line break inside stands for itself; written out it would be taken for the end of the line.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _valid_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeError:
        return False
    return True


def unescaped(text: str) -> str:
    """\\n, \\, and \\; as what they stand for."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text) if "\\" in text else text


def _cut(value: str, separator: str) -> list[str]:
    if "\\" not in value:
        return value.split(separator)
    parts, start, at = [], 0, 0
    while at < len(value):
        if value[at] == "\\":
            at += 1
        elif value[at] == separator:
            parts.append(value[start:at])
            start = at + 1
        at += 1
    return [*parts, value[start:]]
