"""Servers that are not as they should be: each is told in a sentence that says what to do, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymysql
import pytest

from crm_desktop.core.errors import Trouble
from crm_desktop.database import sentences
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.place import ServerPlace, find_place
from tests.servers import start

pytestmark = [pytest.mark.mysql, pytest.mark.skipif(shutil.which("mariadbd") is None, reason="NO SERVER: mariadbd is not installed")]


SMALL_DISK = ("--innodb-file-per-table=OFF", "--innodb-data-file-path=ibdata1:12M:autoextend:max:32M")


@contextmanager
def running(*options: str) -> Iterator[tuple[str, Path]]:
    """A server of its own: mysql://root@host:port, and the folder it runs in."""
    folder = Path(tempfile.mkdtemp(prefix="crm-odd-"))
    os.chmod(folder, 0o755)
    server = None
    try:
        certificates(folder)
        server, address = start(folder, *(option.format(folder=folder) for option in options))
        yield address, folder
    finally:
        if server is not None:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def certificates(folder: Path) -> None:
    """An issuer, and a certificate for 127.0.0.1 by it; and another issuer nobody knows."""
    if shutil.which("openssl") is None:
        return

    def run(*words: str) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder)

    for name in ("ca", "other"):
        made = ("-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}")
        run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *made)
    run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1")
    (folder / "names").write_text("subjectAltName=IP:127.0.0.1")
    run("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", "names",
        "-out", "server.pem")  # fmt: skip
    os.chmod(folder / "server.key", 0o644)


@pytest.fixture(scope="module")
def odd() -> Iterator[tuple[str, Path]]:
    """Small disk (the tables share one file that cannot grow), TLS."""
    with running(
        *SMALL_DISK,
        "--ssl-ca={folder}/ca.pem", "--ssl-cert={folder}/server.pem", "--ssl-key={folder}/server.key",
    ) as made:  # fmt: skip
        yield made


@pytest.fixture
def master(odd: tuple[str, Path]) -> Iterator[Any]:
    place = find_place(odd[0] + "/x")
    assert isinstance(place, ServerPlace)
    with pymysql.connect(host=place.host, port=place.port, user="root", autocommit=True) as raw, raw.cursor() as cursor:
        cursor.execute("CREATE USER IF NOT EXISTS anna IDENTIFIED BY 'anna'")
        cursor.execute("GRANT ALL ON crm.* TO anna")
        yield cursor


def as_anna(address: str) -> str:
    return address.replace("root@", "anna:anna@") + "/crm"


def told(address: str) -> Trouble:
    with pytest.raises(Trouble) as caught:
        open_database(address).close()
    for lang in ("en", "zh_CN", "zh_TW"):
        assert "{" not in caught.value.sentence(lang)
    return caught.value


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")
def test_certificates(odd: tuple[str, Path]) -> None:
    address, folder = odd
    opened = open_database(f"{address}/crm?ssl_ca={folder / 'ca.pem'}")
    assert opened.read("SHOW SESSION STATUS LIKE 'Ssl_cipher'")[0][1]
    opened.close()
    assert told(f"{address}/crm?ssl_ca={folder / 'other.pem'}").text == sentences.UNKNOWN_ISSUER
    by_name = address.replace("127.0.0.1", "localhost")  # the certificate is for the number
    assert told(f"{by_name}/crm?ssl_ca={folder / 'ca.pem'}").text == sentences.OTHER_NAME
    assert told(f"{address}/crm?ssl=verify").text == sentences.UNKNOWN_ISSUER, "the computer's own issuers do not know it"


def test_an_expired_password(odd: tuple[str, Path], master: Any) -> None:
    open_database(as_anna(odd[0])).close()
    master.execute("ALTER USER anna PASSWORD EXPIRE")
    assert told(as_anna(odd[0])).text == sentences.PASSWORD_EXPIRED
    master.execute("SET GLOBAL disconnect_on_expired_password = ON")
    assert told(as_anna(odd[0])).text == sentences.PASSWORD_EXPIRED
    master.execute("ALTER USER anna IDENTIFIED BY 'anna' ACCOUNT LOCK")
    assert told(as_anna(odd[0])).text == sentences.LOCKED
    master.execute("ALTER USER anna ACCOUNT UNLOCK")
    open_database(as_anna(odd[0])).close()


def test_passwords_that_are_guessed(odd: tuple[str, Path], master: Any) -> None:
    """Where the server counts them; an administrator's new password opens the account again."""
    master.execute("SET GLOBAL max_password_errors = 5")
    try:
        for _try in range(5):
            assert told(as_anna(odd[0]).replace("anna:anna", "anna:guessed")).text == sentences.WRONG_PASSWORD
        assert told(as_anna(odd[0])).text == sentences.BLOCKED
        master.execute("ALTER USER anna IDENTIFIED BY 'anna'")
        open_database(as_anna(odd[0])).close()
    finally:
        master.execute("SET GLOBAL max_password_errors = DEFAULT")


@pytest.mark.parametrize("hours", [3, -3])
def test_a_clock_three_hours_off(odd: tuple[str, Path], master: Any, hours: int) -> None:
    moment = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)).timestamp()
    master.execute(f"SET GLOBAL init_connect = 'SET timestamp = {moment}'")
    try:
        trouble = told(as_anna(odd[0]))
        assert trouble.text == sentences.CLOCK and 179 <= trouble.values["minutes"] <= 181  # type: ignore[operator]
    finally:
        master.execute("SET GLOBAL init_connect = ''")
    open_database(as_anna(odd[0])).close()


def test_a_server_that_has_become_read_only(odd: tuple[str, Path], master: Any, server: str) -> None:
    database = open_database(as_anna(odd[0]))
    database.write_patience = 0.2
    master.execute("CREATE DATABASE failover")
    master.execute("SET GLOBAL read_only = 1")
    try:
        with pytest.raises(Trouble) as caught:
            database.write(lambda tx: tx.run("INSERT INTO counter (name, value) VALUES ('a', 0)"))
        assert caught.value.text == sentences.SERVER_READ_ONLY
        # With a second host the program goes on there, and both are asked in their order.
        first, second = odd[0].rpartition("@")[2], server.rpartition("@")[2]
        other = open_database(f"mysql://root@{first},{second}/failover")
        assert str(other.read("SELECT @@port")[0][0]) == second.rpartition(":")[2]
        other.line().execute("DROP DATABASE failover")
        other.close()
    finally:
        master.execute("SET GLOBAL read_only = 0")
    assert database.read("SELECT COUNT(*) FROM counter WHERE name = 'a'") == [(0,)]
    database.write(lambda tx: tx.run("INSERT INTO counter (name, value) VALUES ('a', 0)"))
    database.close()


def test_a_host_that_does_not_answer(odd: tuple[str, Path]) -> None:
    host = odd[0].rpartition("@")[2]
    open_database(f"mysql://root@127.0.0.1:1,{host}/crm").close()
    assert told("mysql://root@127.0.0.1:1,127.0.0.1:2/crm").text == sentences.NO_ANSWER
    assert told(f"mysql://root:wrong@{host},127.0.0.1:1/crm").text == sentences.WRONG_PASSWORD, "another host will not know it either"


def test_a_full_disk() -> None:
    for _attempt in range(3):
        with running(*SMALL_DISK) as (address, _folder):
            told, done, kept = filled(open_database(f"{address}/crm"))
        if told != sentences.NO_ANSWER:  # once in a hundred times MariaDB itself dies of it
            break
    assert told == sentences.SERVER_FULL
    assert kept == done, "what was saved stays"


def filled(database: Database) -> tuple[str, int, int]:
    """What is said when nothing more fits; how many rows were called saved, and how many are there (as many, if nobody answers)."""
    row = "INSERT INTO setting (id, person, name, value) VALUES (?, 0, ?, ?)"
    done = 0
    try:
        while done < 100:
            values = (done + 1, f"n{done}", "x" * 1_000_000)
            database.write(lambda tx, values=values: tx.run(row, values))  # type: ignore[misc]
            done += 1
    except Trouble as trouble:
        if trouble.text == sentences.NO_ANSWER:
            return trouble.text, done, done
        return trouble.text, done, database.read("SELECT COUNT(*) FROM setting WHERE person = 0 AND name LIKE 'n%'")[0][0]
    finally:
        database.close()
    return "", done, done


def test_a_server_that_is_too_old() -> None:
    with running("--version=10.3.39-MariaDB") as (address, _folder):
        assert told(f"{address}/crm").text == sentences.TOO_OLD
