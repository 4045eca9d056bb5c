"""The table of contents of an .xlsx archive: which part holds which sheet, where the texts and styles are, which calendar."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

_PART_LIMIT = 32 << 20


@dataclass
class Parts:
    """Names of the parts inside the archive; `sheets` maps a sheet's name to its part, in the workbook's order, `others`
    the kind of another part to its name."""

    sheets: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    texts: str = ""
    styles: str = ""
    from_1904: bool = False
    others: dict[str, str] = field(default_factory=dict)


def parts_of(archive: zipfile.ZipFile) -> Parts:
    """Read workbook.xml and its relations. Raises KeyError, ValueError or ElementTree.ParseError on a broken archive."""
    names = {_plain(name): name for name in archive.namelist()}
    workbook = next(name for name in names if name.endswith("workbook.xml"))
    targets = relations_of(archive, names[workbook])
    parts = Parts()
    for kind, part in targets.values():
        if kind == "sharedStrings":
            parts.texts = part
        elif kind == "styles":
            parts.styles = part
        elif kind != "worksheet":
            parts.others[kind] = part
    for element in root_of(archive, names[workbook]).iter():
        tag = element.tag.rsplit("}", 1)[-1]
        if tag == "workbookPr":
            parts.from_1904 = element.get("date1904", "") in ("1", "true")
        elif tag == "sheet":
            link = next((value for key, value in element.items() if key.endswith("}id")), "")
            kind, part = targets.get(link, ("", ""))
            name = element.get("name", "")
            if kind == "worksheet" and part:
                parts.sheets[name] = part
            if element.get("state", "visible") != "visible":
                parts.hidden.add(name)
    return parts


def relations_of(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """What a part points to: id -> kind and the part, '' for one that is not there. Raises as `parts_of` does."""
    names = {_plain(name): name for name in archive.namelist()}
    folder, base = posixpath.split(_plain(part))
    targets: dict[str, tuple[str, str]] = {}
    for relation in root_of(archive, names[posixpath.join(folder, "_rels", base + ".rels")]):
        target = relation.get("Target", "").replace("\\", "/")
        path = target if target.startswith("/") else posixpath.join(folder, target)
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        targets[relation.get("Id", "")] = (kind, names.get(_plain(posixpath.normpath(path)), ""))
    return targets


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def root_of(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A part as XML. Raises as `parts_of` does."""
    if archive.getinfo(name).file_size > _PART_LIMIT:
        raise ValueError("a part of the table of contents is far too large")
    return ElementTree.fromstring(archive.read(name))
