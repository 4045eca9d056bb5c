"""The test of the way to a server: each thing that can be amiss gets its own sentence, and nothing else is told instead."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymysql
import pytest

from crm_desktop.core.errors import Cancelled
from crm_desktop.database import probing, sentences
from crm_desktop.database.engine import open_database
from crm_desktop.database.place import ServerPlace, find_place
from crm_desktop.database.probing import Found, Probe
from tests.database.greeters import DAY, Issuer, greeting, listening, refusal
from tests.database.test_odd_servers import running


def place(address: str, **options: str) -> ServerPlace:
    found = find_place(address)
    assert isinstance(found, ServerPlace)
    found.options.update(options)
    return found


def at(port: int, **options: str) -> ServerPlace:
    return place(f"mysql://anna:anna@127.0.0.1:{port}/crm", **options)


def last(where: ServerPlace) -> Found:
    found = list(Probe(where).steps())
    for one in found:
        if one.trouble is not None:
            assert all("{" not in one.trouble.sentence(lang) for lang in ("en", "zh_CN", "zh_TW"))
    return found[-1]


def told(where: ServerPlace) -> tuple[str, str, str]:
    """Step, state and sentence of the last step of a test."""
    found = last(where)
    return found.step, found.state, found.trouble.text if found.trouble else ""


# Before anybody signs in


def test_a_name_nobody_has() -> None:
    assert told(place("mysql://a:b@no-such-server.invalid/crm")) == ("name", "bad", sentences.NO_HOST)


def test_a_closed_port(spare_port: int) -> None:
    assert told(at(spare_port)) == ("port", "bad", sentences.NO_ANSWER)


@pytest.fixture
def spare_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


OTHERS = [b"SSH-2.0-OpenSSH_9.2p1\r\n", b"HTTP/1.1 400\r\n\r\n", b"\x09\x00\x00\x00\x09old\0rest", b"\x10\x00\x00\x00"]


@pytest.mark.parametrize("words", OTHERS)
def test_something_else_on_the_port(words: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "SECONDS", 2.0)
    with listening(words) as port:
        step, state, text = told(at(port))
    assert (step, state) == ("port", "bad") and text in (sentences.NO_SERVER, sentences.SILENT_SERVER)
    assert (text == sentences.NO_SERVER) == (len(words) > 4), "what stops in mid-word is only silent"


def test_nothing_is_said_on_the_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "SECONDS", 0.3)
    with listening(b"") as port:
        assert told(at(port)) == ("port", "bad", sentences.SILENT_SERVER)


def test_a_server_that_lets_nobody_in() -> None:
    for number, text in ((1129, sentences.SHUT_OUT), (1130, sentences.SHUT_OUT), (1040, sentences.TOO_MANY)):
        with listening(refusal(number)) as port:
            assert told(at(port)) == ("line", "bad", text)


CERTIFICATES = [
    ("127.0.0.1", -3 * DAY, -DAY, sentences.CERTIFICATE_EXPIRED),
    ("127.0.0.1", DAY, 2 * DAY, sentences.CERTIFICATE_TOO_EARLY),
    ("127.0.0.2", -DAY, DAY, sentences.OTHER_NAME),
    ("db.example.com", -DAY, DAY, sentences.OTHER_NAME),
]


@pytest.mark.parametrize(("host", "since", "until", "sentence"), CERTIFICATES)
def test_a_certificate_that_is_not_right(host: str, since: dt.timedelta, until: dt.timedelta, sentence: str, tmp_path: Path) -> None:
    issuer = Issuer(tmp_path)
    with listening(greeting(), issuer.certificate(host, since, until)) as port:
        assert told(at(port, ssl_ca=str(issuer.file))) == ("line", "bad", sentence)


def test_an_issuer_nobody_knows(tmp_path: Path) -> None:
    issuer, other = Issuer(tmp_path), Issuer(tmp_path, "Other")
    with listening(greeting(), issuer.certificate()) as port:
        assert told(at(port, ssl_ca=str(other.file))) == ("line", "bad", sentences.UNKNOWN_ISSUER)
        assert told(at(port, ssl="verify")) == ("line", "bad", sentences.UNKNOWN_ISSUER)
        # The right one gets past it: what listens here does not go on, and that is told of the account.
        assert told(at(port, ssl_ca=str(issuer.file)))[0] == "account"


def test_certificate_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("nothing")
    with listening(greeting()) as port:
        for file in ("no.pem", "gone.pem"):
            assert told(at(port, ssl_ca=str(tmp_path / file))) == ("line", "bad", sentences.NO_CERTIFICATE)


def test_a_server_that_does_not_encrypt(tmp_path: Path) -> None:
    with listening(greeting(encrypts=False)) as port:
        assert told(at(port, ssl="verify")) == ("line", "bad", sentences.NO_TLS)
        found = [one for one in _until_account(at(port, ssl="off")) if one.step == "line"]
    assert [one.state for one in found] == ["good"], "on this computer nobody can listen"


def _until_account(where: ServerPlace) -> Iterator[Found]:
    for found in Probe(where).steps():
        yield found
        if found.step == "line":
            return


def test_a_plain_line_to_another_computer_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "LOOPBACK", ())
    with listening(greeting()) as port:
        line = list(_until_account(at(port, ssl="off")))[-1]
    assert line.state == "warn" and line.trouble is not None and line.trouble.text == probing.PLAIN_LINE


def test_of_several_servers_one_is_enough(spare_port: int) -> None:
    with listening(greeting()) as port:
        where = place(f"mysql://a:b@no-such-server.invalid,127.0.0.1:{spare_port},127.0.0.1:{port}/crm", ssl="off")
        found = list(_until_account(where))
    assert [one.state for one in found] == ["warn", "warn", "good"]
    assert "no-such-server" in found[0].trouble.sentence("en") and str(spare_port) in found[1].trouble.sentence("en")  # type: ignore[union-attr]


@pytest.mark.parametrize("words", [b"", greeting()], ids=["silent", "greets and stops"])
def test_it_is_broken_off_at_any_moment(words: bytes) -> None:
    """In the middle of a wait that would last for seconds yet."""
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 12

    with listening(words) as port, pytest.raises(Cancelled):
        list(Probe(at(port, ssl="off"), cancelled).steps())


# Real servers


@pytest.fixture(scope="module")
def odd() -> Iterator[tuple[str, Path]]:
    if shutil.which("mariadbd") is None:
        pytest.skip("NO SERVER: mariadbd is not installed")
    with running("--ssl-ca={folder}/ca.pem", "--ssl-cert={folder}/server.pem", "--ssl-key={folder}/server.key") as made:
        yield made


@pytest.fixture
def master(odd: tuple[str, Path]) -> Iterator[Any]:
    root = place(odd[0] + "/x")
    with pymysql.connect(host=root.host, port=root.port, user="root", autocommit=True) as raw, raw.cursor() as cursor:
        cursor.execute("CREATE OR REPLACE USER anna IDENTIFIED BY 'anna'")
        cursor.execute("CREATE OR REPLACE DATABASE crm")
        cursor.execute("GRANT ALL ON crm.* TO anna")
        yield cursor


def as_anna(odd: tuple[str, Path], name: str = "crm", password: str = "anna") -> ServerPlace:
    return place(odd[0].replace("root@", f"anna:{password}@") + f"/{name}", ssl_ca=str(odd[1] / "ca.pem"))


def states(where: ServerPlace) -> dict[str, str]:
    return {one.step: one.state for one in Probe(where).steps()}


@pytest.mark.mysql
def test_all_is_well(odd: tuple[str, Path], master: Any) -> None:
    probe = Probe(as_anna(odd))
    assert [one.state for one in probe.steps()] == ["good"] * 8 + ["warn", "good"], "there are no tables yet"
    assert probe.tables == "empty" and not probe.makes_accounts
    assert set(probe.settings) == set(probing.SETTINGS)
    open_database(as_anna(odd)).close()
    probe = Probe(as_anna(odd))
    assert {one.state for one in probe.steps()} == {"good"} and probe.tables == "ready"
    root = place(odd[0] + "/crm", ssl_ca=str(odd[1] / "ca.pem"))
    probe = Probe(root)
    list(probe.steps())
    assert probe.makes_accounts


@pytest.mark.mysql
def test_accounts(odd: tuple[str, Path], master: Any) -> None:
    assert told(as_anna(odd, password="wrong")) == ("account", "bad", sentences.WRONG_PASSWORD)
    assert told(as_anna(odd, password="")) == ("account", "bad", sentences.WRONG_PASSWORD)
    master.execute("ALTER USER anna ACCOUNT LOCK")
    assert told(as_anna(odd)) == ("account", "bad", sentences.LOCKED)
    master.execute("ALTER USER anna ACCOUNT UNLOCK PASSWORD EXPIRE")
    master.execute("SET GLOBAL disconnect_on_expired_password = ON")
    try:
        assert told(as_anna(odd)) == ("account", "bad", sentences.PASSWORD_EXPIRED)
        master.execute("SET GLOBAL disconnect_on_expired_password = OFF")
        assert told(as_anna(odd))[1:] == ("bad", sentences.PASSWORD_EXPIRED)
    finally:
        master.execute("SET GLOBAL disconnect_on_expired_password = OFF")
    master.execute("ALTER USER anna IDENTIFIED BY 'anna'")
    assert "bad" not in states(as_anna(odd)).values()


@pytest.mark.mysql
def test_databases(odd: tuple[str, Path], master: Any) -> None:
    assert told(as_anna(odd, "other")) == ("database", "bad", sentences.NO_RIGHT_TO_SCHEMA)
    assert told(place(odd[0] + "/nowhere")) == ("rights", "good", "")
    probe = Probe(place(odd[0] + "/nowhere"))
    assert {one.step: one.state for one in probe.steps()}["database"] == "warn" and probe.tables == "missing"
    master.execute("CREATE TABLE crm.theirs (a INT)")
    assert states(as_anna(odd))["tables"] == "bad"
    master.execute("DROP TABLE crm.theirs")
    master.execute("REVOKE ALL ON crm.* FROM anna")
    master.execute("GRANT SELECT, INSERT ON crm.* TO anna")
    rights = last(as_anna(odd))
    assert (rights.step, rights.state) == ("rights", "warn") and "UPDATE, DELETE" in str(rights.trouble)


@pytest.mark.mysql
def test_versions_of_the_tables(odd: tuple[str, Path], master: Any) -> None:
    open_database(as_anna(odd)).close()
    master.execute("INSERT INTO crm.schema_version VALUES (9999, 'from_the_future', UTC_TIMESTAMP())")
    found = {one.step: one for one in Probe(as_anna(odd)).steps()}
    assert found["tables"].trouble is not None and found["tables"].trouble.text == sentences.NEWER
    master.execute("DELETE FROM crm.schema_version WHERE number > 3")
    found = {one.step: one for one in Probe(as_anna(odd)).steps()}
    assert found["tables"].state == "warn" and found["tables"].trouble.text == probing.OLDER  # type: ignore[union-attr]


@pytest.mark.mysql
@pytest.mark.parametrize(("seconds", "state"), [(3 * 3600, "bad"), (-3 * 3600, "bad"), (120, "warn"), (0, "good")])
def test_clocks(odd: tuple[str, Path], master: Any, seconds: int, state: str) -> None:
    moment = (dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)).timestamp()
    if seconds:
        master.execute(f"SET GLOBAL init_connect = 'SET timestamp = {moment}'")
    try:
        assert states(as_anna(odd))["clock"] == state
    finally:
        master.execute("SET GLOBAL init_connect = ''")


@pytest.mark.mysql
def test_a_server_that_only_reads(odd: tuple[str, Path], master: Any) -> None:
    master.execute("SET GLOBAL read_only = 1")
    try:
        found = {one.step: one for one in Probe(as_anna(odd)).steps()}
    finally:
        master.execute("SET GLOBAL read_only = 0")
    assert found["writing"].state == "bad" and found["writing"].trouble.text == sentences.SERVER_READ_ONLY  # type: ignore[union-attr]
    assert states(as_anna(odd))["writing"] == "good"


@pytest.mark.mysql
def test_an_old_server() -> None:
    if shutil.which("mariadbd") is None:
        pytest.skip("NO SERVER: mariadbd is not installed")
    with running("--version=10.3.39-MariaDB") as (address, _folder):
        assert told(place(f"{address}/crm")) == ("version", "bad", sentences.TOO_OLD)
