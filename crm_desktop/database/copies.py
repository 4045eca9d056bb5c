"""The copies of a database file that lie in `backups` beside it: when each was made, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crm_desktop.core.words import _, say
from crm_desktop.database.backup import BACKUPS
from crm_desktop.database.place import ServerPlace

BY_HAND, BEFORE_RESTORE, NIGHTLY = "by-hand", "before-restore", "nightly"
_NAME = re.compile(r"(?P<why>[\w-]+?)-(?P<at>\d{8}-\d{6}-\d{6})\.db")
_OF_A_SERVER = re.compile(rf"(?P<stem>.+@.+)-(?:{BY_HAND}|{NIGHTLY})-\d{{8}}-\d{{6}}-\d{{6}}\.db")
_WHY = {BY_HAND: _("made by hand"), NIGHTLY: _("made by itself at night"), BEFORE_RESTORE: _("made before another copy was restored")}
_UPDATE = _("made before an update of the program")
_OTHER = _("found in the folder backups")


@dataclass(frozen=True)
class Copy:
    """at: local time it was made; size: bytes; why: the reason in its name, '' when it has none."""

    path: Path
    at: datetime
    size: int
    why: str

    def reason(self, lang: str | None = None) -> str:
        """Why it was made, for people."""
        return say(_UPDATE if self.why.startswith("before-0") else _WHY.get(self.why, _OTHER), lang)


def stem_of(place: ServerPlace) -> str:
    """What the files of copies of a server's database begin with."""
    return re.sub(r"[^\w.@-]", "-", f"{place.name}@{place.host}")


def copies_beside(file: Path) -> list[Copy]:
    """The copies of a file, the newest first."""
    return _copies(file.parent / BACKUPS, file.stem)


def copies_named(folder: Path, stem: str) -> list[Copy]:
    """The copies in a folder that the program named after this, the newest first."""
    return [copy for copy in _copies(folder, stem) if copy.why and copy.path.name.startswith(f"{stem}-")]


def copies_in(folder: Path) -> list[Copy]:
    """The copies in a folder of whatever databases of servers, the newest first."""
    stems = {named["stem"] for path in folder.glob("*@*.db") if (named := _OF_A_SERVER.fullmatch(path.name))}
    return sorted((copy for stem in stems for copy in copies_named(folder, stem)), key=lambda copy: copy.at, reverse=True)


def _copies(folder: Path, stem: str) -> list[Copy]:
    found = []
    for path in folder.glob("*.db"):
        about = path.stat()
        named = _NAME.fullmatch(path.name.removeprefix(f"{stem}-"))
        at = datetime.strptime(named["at"], "%Y%m%d-%H%M%S-%f") if named else datetime.fromtimestamp(about.st_mtime)
        found.append(Copy(path, at, about.st_size, named["why"] if named else ""))
    return sorted(found, key=lambda copy: copy.at, reverse=True)
