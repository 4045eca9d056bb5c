"""What a computer keeps of a team's database: the address and never the password; and the invitation a colleague is given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.database import invitation, team_place
from crm_desktop.database.invitation import Invitation, invitation_to
from crm_desktop.database.place import ServerPlace, find_place

PLACES = [
    ServerPlace("anna", "s3cret", "db1", 3306, "crm"),
    ServerPlace("änna@home", "s3cret", "::1", 3307, "crm", {"ssl": "verify"}, (("db2.example.com", 3306),)),
    ServerPlace("li", "", "10.0.0.7", 3306, "crm_2", {"ssl_ca": "/home/li/our ca+1&2.pem"}),
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.user)
def test_the_place_comes_back_without_its_password(place: ServerPlace, tmp_path: Path) -> None:
    assert team_place.remembered(tmp_path / "new") == ""
    team_place.remember(tmp_path / "new", place)
    found = find_place(team_place.remembered(tmp_path / "new"))
    assert isinstance(found, ServerPlace)
    assert (found.user, found.hosts, found.name, found.options) == (place.user, place.hosts, place.name, place.options)
    assert found.password == "" and all("s3cret" not in path.read_text() for path in (tmp_path / "new").iterdir())
    team_place.forget(tmp_path / "new")
    team_place.forget(tmp_path / "new")
    assert team_place.remembered(tmp_path / "new") == "" and not list((tmp_path / "new").iterdir())


@pytest.mark.parametrize("text", ["", "hello", "/some/folder", "http://example.com/crm", "mysql://server/", "\udcff"])
def test_a_spoilt_file_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / team_place.FILE_NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(Trouble) as told:
        team_place.remembered(tmp_path)
    assert told.value.text == team_place.SPOILT


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert team_place.remembered(tmp_path / "file") == ""
    with pytest.raises(Trouble) as told:
        team_place.remember(tmp_path / "file", PLACES[0])
    assert told.value.text == team_place.NOT_KEPT


def test_an_invitation_comes_back(tmp_path: Path) -> None:
    issuer = tmp_path / "ca.pem"
    issuer.write_text("-----BEGIN CERTIFICATE-----\n")
    place = ServerPlace("admin", "s3cret", "db1", 3306, "crm", {"ssl_ca": str(issuer)}, (("db2", 3307),))
    file = tmp_path / f"明达{invitation.ENDING}"
    invitation.write(file, invitation_to(place, "明达"))
    assert "s3cret" not in file.read_text(encoding="utf-8") and "admin" not in file.read_text(encoding="utf-8")
    assert invitation.read(file) == Invitation((("db1", 3306), ("db2", 3307)), "crm", True, "-----BEGIN CERTIFICATE-----\n", "明达")
    plain = invitation_to(ServerPlace("a", "", "localhost", 3306, "crm", {"ssl": "off"}), "")
    assert not plain.encrypted and plain.certificate == ""
    issuer.unlink()
    with pytest.raises(Trouble):
        invitation_to(place, "明达")


GOOD = {"kind": invitation.KIND, "servers": ["db:3306"], "database": "crm", "encrypted": True, "certificate": "", "company": ""}
BAD = [{"kind": "other"}, {"servers": []}, {"servers": ["db"]}, {"servers": ["db:70000"]}, {"servers": 7}]


@pytest.mark.parametrize("wrong", [json.dumps(GOOD | one) for one in BAD] + ["", "[]", "{", "x" * 300_000, "\udcff"])
def test_what_is_no_invitation(wrong: str, tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_text(json.dumps(GOOD))
    invitation.read(file)
    file.write_bytes(wrong.encode("utf-8", "surrogateescape"))
    with pytest.raises(Invalid):
        invitation.read(file)
    with pytest.raises(Invalid):
        invitation.read(tmp_path / "gone")
