"""Copies of a team's database are encrypted when the company wishes it: nobody reads them without the key, and they come back with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from crm_desktop.business.customers.customer import Customer
from crm_desktop.business.system import keeping_copies, server_copies
from crm_desktop.core import operation_log
from crm_desktop.core.errors import Refused
from crm_desktop.core.views import View
from crm_desktop.database import keys, recovery
from crm_desktop.database.copies import BY_HAND, NIGHTLY
from crm_desktop.database.restoring import demand_good
from tests.guard.company import PASSWORD, Company, open_company


@pytest.fixture(autouse=True)
def nothing_typed(ring: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The key of a file comes from the keyring, as far as that has it."""
    monkeypatch.delenv(keys.PHRASE, raising=False)
    keys._typed.clear()
    yield
    keys._typed.clear()


@pytest.fixture
def own(server: str) -> Iterator[Company]:
    """One that a test may destroy."""
    opened = open_company(server)
    yield opened
    opened.close()


def back_up(company: Company, folder: Path, who: str = "admin", why: str = BY_HAND) -> Path:
    return server_copies.back_up(company.door(who), company.actor(who), folder, why)


def acts(company: Company) -> list[str]:
    found = operation_log.acts(company.door("admin"), company.actor("admin"), operation_log.Asked(), limit=2)
    return [act.what for act in found]


def encrypt(company: Company, key: bytes) -> bool:
    return keeping_copies.encrypt(company.door("admin"), company.actor("admin"), key)


def test_nobody_reads_one_without_the_key_and_it_comes_back_with_it(own: Company, tmp_path: Path, ring: dict[str, str]) -> None:
    own.save(Customer(name="绝密客户", phone="13812345678"), "li")
    key = recovery.new_key()
    assert encrypt(own, key) and keeping_copies.condition(own.door("admin")) == "kept" and acts(own)[0] == "copies_encrypted"
    for why in (BY_HAND, NIGHTLY):
        made = back_up(own, tmp_path, why=why)
        assert acts(own)[0] == "backup" and made.stat().st_mode & 0o077 == 0
        everything = made.read_bytes()
        assert "绝密客户".encode() not in everything and b"SQLite format" not in everything and keys.is_ours(everything[:16])
        with pytest.raises(dbapi2.DatabaseError):
            dbapi2.connect(str(made)).execute("SELECT * FROM customer")
    assert len(list(tmp_path.iterdir())) == 2, "nothing readable is left over"
    ring.clear()
    keys._typed.clear()
    address, who = f"{own.server}/{own.name}", own.login("admin")
    with pytest.raises(keys.KeyNeeded):
        server_copies.restore(made, address, who, PASSWORD)
    for records in own.doors.values():
        records.database.close()
    own.doors.clear()
    own.schemas.clear()
    with own.raw("root") as raw, raw.cursor() as cursor:
        cursor.execute(f"DROP DATABASE `{own.name}`")
    keys.learn(made, recovery.phrase_of(key))
    proofs = server_copies.restore(made, address, who, PASSWORD)
    assert sum(proof.rows for proof in proofs) > 20
    assert own.door("li").count(Customer, own.actor("li"), View(text="绝密")) == 1


def test_another_computer_is_asked_for_the_phrase(own: Company, tmp_path: Path, ring: dict[str, str]) -> None:
    first, second = recovery.new_key(), recovery.new_key()
    encrypt(own, first)
    ring.clear()
    keys._typed.clear()
    assert keeping_copies.condition(own.door("admin")) == "asked"
    with pytest.raises(keys.KeyNeeded, match="printed for them") as needed:
        back_up(own, tmp_path)
    assert not list(tmp_path.iterdir())
    keys.learn(needed.value.file, recovery.phrase_of(first), head=needed.value.head)
    old = back_up(own, tmp_path)
    assert keeping_copies.condition(own.door("admin")) == "kept"
    encrypt(own, second)
    new = back_up(own, tmp_path)
    assert [keys.read_head(one) == keys.head_of(key) for one, key in ((old, first), (new, second))] == [True, True]
    for copy in (old, new):  # the keyring holds both
        demand_good(copy)


def test_a_wrong_phrase_is_told(own: Company, tmp_path: Path, ring: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    encrypt(own, recovery.new_key())
    ring.clear()
    keys._typed.clear()
    monkeypatch.setenv(keys.PHRASE, recovery.phrase_of(recovery.new_key()))
    with pytest.raises(keys.KeyNeeded, match="belongs to another"):
        back_up(own, tmp_path)
    assert not list(tmp_path.iterdir())


def test_it_can_be_ended_and_only_by_who_may_have_copies(own: Company, tmp_path: Path) -> None:
    for who in ("li", "meng", "boss"):
        with pytest.raises(Refused):
            keeping_copies.encrypt(own.door(who), own.actor(who), recovery.new_key())
        with pytest.raises(Refused):
            keeping_copies.leave_plain(own.door(who), own.actor(who))
    encrypt(own, recovery.new_key())
    keeping_copies.leave_plain(own.door("admin"), own.actor("admin"))
    assert keeping_copies.condition(own.door("admin")) == "plain" and acts(own)[0] == "copies_plain"
    assert back_up(own, tmp_path).read_bytes().startswith(b"SQLite format 3")
