"""Network folders and synced folders are recognised by what Linux, Windows and macOS say about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_desktop.database import whereabouts
from crm_desktop.database.network_file import NetworkFile
from crm_desktop.database.opening import backend_for
from crm_desktop.database.sqlite import SqliteFile
from crm_desktop.database.whereabouts import Facts, in_network, network_type, synced_by

# Lines of real systems: proc(5), with the optional fields there may be none, one or several of.
MOUNTINFO = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
31 22 0:27 / /tmp rw,nosuid - tmpfs tmpfs rw
88 22 0:44 / /mnt/office rw,relatime shared:45 master:3 - cifs //nas/office rw,vers=3.1.1,username=li
89 22 0:45 / /mnt/office/local rw,relatime shared:46 - ext4 /dev/vdb1 rw
90 22 0:46 / /home/li/server rw,nosuid,nodev - fuse.sshfs li@server:/data rw,user_id=1000
91 22 0:47 / /mnt/with\040blank rw,relatime - nfs4 server:/exports rw
92 22 0:48 / /mnt/auto rw,relatime - autofs systemd-1 rw,fd=50
93 92 0:49 / /mnt/auto rw,relatime - nfs4 server:/auto rw
94 22 0:50 / /media/stick rw - fuseblk /dev/sdb1 rw
95 22 0:51 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
"""
MOUNT = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse)
//li@nas.local/office on /Volumes/office (smbfs, nodev, nosuid, mounted by li)
server:/exports on /Volumes/a (b) (nfs, nodev, nosuid, mounted by li)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/li/crm/crm.db", ""),
        ("/tmp/crm.db", ""),
        ("/mnt/office/crm/crm.db", "cifs"),
        ("/mnt/office", "cifs"),
        ("/mnt/office2/crm.db", ""),
        ("/mnt/office/local/crm.db", ""),
        ("/home/li/server/crm.db", "fuse.sshfs"),
        ("/mnt/with blank/crm.db", "nfs4"),
        ("/mnt/auto/crm.db", "nfs4"),
        ("/media/stick/crm.db", ""),
        ("/run/user/1000/gvfs/smb-share:server=nas,share=office/crm.db", "fuse.gvfsd-fuse"),
    ],
)
def test_linux(path: str, kind: str) -> None:
    told = network_type(path, Facts("linux", lambda: MOUNTINFO))
    assert told == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/Users/li/crm.db", ""),
        ("/Volumes/office/crm.db", "smbfs"),
        ("/Volumes/a (b)/crm.db", "nfs"),
    ],
)
def test_macos(path: str, kind: str) -> None:
    assert network_type(path, Facts("darwin", lambda: MOUNT)) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (r"C:\Users\li\crm.db", ""),
        (r"\\nas\office\crm.db", "unc"),
        (r"\\?\UNC\nas\office\crm.db", "unc"),
        (r"\\?\C:\crm.db", ""),
        (r"Z:\crm.db", "drive"),
    ],
)
def test_windows(path: str, kind: str) -> None:
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return 4 if root == "Z:\\" else 3

    assert network_type(path, Facts("win32", drive_type=drive_type)) == kind
    assert asked == ([] if path.startswith("\\\\") else [path[:3]])


def test_folders_that_are_named_count_too(tmp_path: Path) -> None:
    facts = Facts("linux", lambda: MOUNTINFO, environment={whereabouts.NAMED: str(tmp_path / "far")})
    assert in_network(tmp_path / "far" / "crm" / "crm.db", facts)
    assert not in_network(tmp_path / "near" / "crm.db", facts)


def test_a_link_is_looked_behind(tmp_path: Path) -> None:
    far, link = tmp_path / "far", tmp_path / "link"
    far.mkdir()
    link.symlink_to(far)
    line = f"88 22 0:44 / {far} rw - cifs //nas/office rw"
    assert in_network(link / "crm.db", Facts("linux", lambda: line))


def test_the_engine_follows_from_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert type(backend_for(tmp_path / "crm.db")) is SqliteFile
    monkeypatch.setenv(whereabouts.NAMED, str(tmp_path))
    assert type(backend_for(tmp_path / "crm.db")) is NetworkFile


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - 华星公司/crm", "OneDrive"),
        ("onedrive", "OneDrive"),
        ("Dropbox (Firma)/a/b", "Dropbox"),
        ("我的坚果云", "坚果云 Nutstore"),
        ("Nutstore Files/1", "坚果云 Nutstore"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-li@firma.cn", "Google Drive"),
        ("dropboxes", ""),
        ("crm/one drive", ""),
    ],
)
def test_synced_folders(tmp_path: Path, folder: str, service: str) -> None:
    assert synced_by(tmp_path / folder / "crm.db", Facts(environment={})) == service


def test_windows_says_where_onedrive_is(tmp_path: Path) -> None:
    facts = Facts(environment={"OneDriveCommercial": str(tmp_path / "Firma")})
    assert synced_by(tmp_path / "Firma" / "crm" / "crm.db", facts) == "OneDrive"
    assert synced_by(tmp_path / "crm.db", facts) == ""
