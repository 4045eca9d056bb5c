"""Tells where a file lies: on this computer, in a network folder, or in a folder that a cloud service copies.

SQLite's own locks cannot be trusted over a network, and WAL does not work there at all (sqlite.org/useovernet.html).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from crm_desktop.core.later import pattern

# File systems whose disk is in another computer, as Linux and macOS name them.
NETWORK_TYPES = frozenset(
    "nfs nfs3 nfs4 cifs smb2 smb3 smbfs ncpfs afs afpfs ceph glusterfs lustre gpfs beegfs coda davfs webdav sshfs osxfuse macfuse "
    "acfs ocfs2 gfs2 vboxsf vmhgfs prl_fs".split()
)
# Behind FUSE the second half of the name says what it is.
_FUSE_TYPES = frozenset(
    "sshfs curlftpfs davfs davfs2 rclone smbnetfs gvfsd-fuse glusterfs ceph ceph-fuse s3fs google-drive-ocamlfuse onedriver vmhgfs-fuse "
    "juicefs mfs moosefs".split()
)
# Folders for what the program does not recognise by itself, separated as in PATH.
NAMED = "CRM_NETWORK_FOLDERS"
_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW
_MAC_MOUNT = pattern(r"^.+? on (?P<place>/.*) \((?P<type>[^,)]+)")

# A part of the path (in small letters, its beginning) -> the service that copies what is in it.
_SERVICES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nutstore": "坚果云 Nutstore",
    "我的坚果云": "坚果云 Nutstore",
    "坚果云": "坚果云 Nutstore",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "baidusyncdisk": "百度网盘",
    "百度网盘": "百度网盘",
}
_AFTER_NAME = pattern(r"$|[\s\-(.~_@]")  # OneDrive - Firma, Dropbox (Firma), GoogleDrive-li@firma.cn


class Facts(NamedTuple):
    """What is asked of this computer; tests hand in those of another."""

    system: str = sys.platform
    # The text of /proc/self/mountinfo on Linux, what `mount` prints on macOS.
    mounts: Callable[[], str] = lambda: _mounts()
    # GetDriveTypeW of "X:\\" on Windows.
    drive_type: Callable[[str], int] = lambda root: _drive_type(root)
    environment: Mapping[str, str] = os.environ


def in_network(path: Path, facts: Facts | None = None) -> bool:
    """Whether the file, or the folder it will be made in, lies on the disk of another computer."""
    facts = facts or Facts()
    path = _real(path)
    named = facts.environment.get(NAMED, "")
    if any(_is_inside(path, _real(Path(folder))) for folder in named.split(os.pathsep) if folder):
        return True
    return network_type(str(path), facts) != ""


def network_type(path: str, facts: Facts) -> str:
    """The name of the network file system an absolute path is on, "" for a disk of this computer."""
    if facts.system == "win32":
        drive = PureWindowsPath(path).drive
        if drive.startswith("\\\\"):
            # \\?\C: and \\.\C: are local ways of writing, \\?\UNC\server\share is not.
            local = re.match(r"\\\\[?.]\\[A-Za-z]:?$", drive)
            return "" if local else "unc"
        return "drive" if drive and facts.drive_type(drive + "\\") == _REMOTE else ""
    read = _linux_mounts if facts.system.startswith("linux") else _mac_mounts
    kind = _type_at(PurePosixPath(path), read(facts.mounts()))
    return kind if _is_network(kind) else ""


def synced_by(path: Path, facts: Facts | None = None) -> str:
    """The cloud service whose folder the file lies in, "" when none is recognised.

    Such a service copies a database while it is being written to, and makes "conflicted copies" of it.
    """
    facts = facts or Facts()
    path = _real(path)
    for name in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        folder = facts.environment.get(name)
        if folder and _is_inside(path, _real(Path(folder))):
            return "OneDrive"
    for part in path.parent.parts:
        small = part.casefold()
        for beginning, service in _SERVICES.items():
            if small.startswith(beginning) and _AFTER_NAME.match(small[len(beginning) :]):
                return service
    return ""


def _is_network(kind: str) -> bool:
    kind = kind.lower()
    return kind in NETWORK_TYPES or (kind.startswith("fuse.") and kind.removeprefix("fuse.") in _FUSE_TYPES)


def _type_at(path: PurePosixPath, mounts: Iterable[tuple[str, str]]) -> str:
    """The type of the longest mount point the path is under; of two on one point the later one is seen."""
    found, longest = "", -1
    for point, kind in mounts:
        if len(point) >= longest and f"{path}/".startswith(f"{point.rstrip('/')}/"):
            found, longest = kind, len(point)
    return found


def _linux_mounts(text: str) -> Iterable[tuple[str, str]]:
    """(mount point, type) of each line: proc(5). Blanks in names stand as \\040."""
    for line in text.splitlines():
        before, dash, after = line.partition(" - ")
        parts = before.split(" ")
        if dash and len(parts) > 4:
            point = parts[4]
            if "\\" in point:
                point = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), point)
            yield point, after.split(" ")[0]


def _mac_mounts(text: str) -> Iterable[tuple[str, str]]:
    """//li@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by li)"""
    for line in text.splitlines():
        if told := _MAC_MOUNT.match(line):
            yield told["place"], told["type"]


def _mounts() -> str:
    try:
        if sys.platform.startswith("linux"):
            # Names are bytes in any encoding; octal escapes are those of single bytes.
            return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    import subprocess

    try:
        return subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def _drive_type(root: str) -> int:
    import ctypes  # 10 ms at every start

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  (the attribute is there on Windows only)
    return int(kernel.GetDriveTypeW(ctypes.c_wchar_p(root)))


def _real(path: Path) -> Path:
    """Behind links and, on Windows, behind a mapped letter; as it stands when that cannot be found out."""
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _is_inside(path: PurePath, folder: PurePath) -> bool:
    return path == folder or folder in path.parents
