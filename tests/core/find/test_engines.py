"""Both engines find the same records."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.core.find import Doc, Finder, Scope, drop, empty, index_sql, mysql, parse, put, settle, sort_key
from crm_desktop.database.engine import Database, open_database
from tests.core.find.small_index import RECORDS, SmallIndex


class Office:
    """Records in a real database, and the same in a small index to compare with."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.small = SmallIndex()
        for sql in [RECORDS.format(name="customer"), *index_sql(database.engine, "customer")]:
            database.line().execute(sql)

    def add(self, docs: list[Doc]) -> None:
        self.small.add(*docs)
        rows = [(doc.id, sort_key(doc.names[0]), doc.owner, doc.department, None) for doc in docs]
        self.database.write(lambda tx: tx.many("REPLACE INTO customer VALUES (?, ?, ?, ?, ?)", rows))
        self.database.write(lambda tx: put(tx, "customer", docs))

    def find(self, text: str, scope: Scope | None = None, limit: int = 100) -> list[str]:
        found = Finder(self.database).find(
            "customer", parse(text), scope, limit, lambda ids: [self.small.docs[one] for one in ids]
        )
        return [doc.names[0] for doc, _match in found]

    def find_again(self, text: str, scope: Scope | None, expected: list[str]) -> list[str]:
        """Ask until it is as expected: while MariaDB moves new words to the disk, some of them are missing for a moment."""
        found = self.find(text, scope)
        for _attempt in range(50):
            if sorted(found) == sorted(expected) or len(expected) > 60 or self.database.engine == "sqlite":
                break
            found = self.find(text, scope)
        return found


@pytest.fixture
def office(place: str, tmp_path: Path) -> Iterator[Office]:
    no_migrations = tmp_path / "none"
    no_migrations.mkdir()
    database = open_database(place, no_migrations)
    yield Office(database)
    database.close()


@pytest.fixture
def docs(shared_data: Path) -> list[Doc]:
    """A thousand companies and people with real names."""
    chance = random.Random(3)
    folder = shared_data / "company_names"
    names = (folder / "company_short_20k.txt").read_text("utf-8").split()[::40]
    names += (folder / "person_names_20k.txt").read_text("utf-8").split()[::40]
    return [
        Doc(
            (1 << 61) + number,
            (name,),
            (f"{sort_key(name)}@163.com", "拜访后要报价"),
            (f"13{chance.randrange(10**9):09}",),
            number % 7,
            number % 3,
        )
        for number, name in enumerate(names)
    ]


def parts(docs: list[Doc], chance: random.Random) -> Iterator[str]:
    """What people type: parts of names, pinyin, initials, phones, mails."""
    for doc in chance.sample(docs, 25):
        name = doc.names[0]
        yield name
        yield name[:1]
        yield name[-2:]
        yield sort_key(name)
        yield sort_key(name)[:4]
        yield doc.phones[0][3:8]
        yield doc.phones[0][-3:]
        yield f"{name[:1]} {doc.phones[0][-4:]}"
        yield doc.texts[0][2:9]
    yield from ("报价", "163", "gs", "hwjs", "zgl", "a", "1", "华 公", "xx yy", "'", "%", "_", "\\")


@pytest.mark.parametrize("scope", [None, Scope((2,)), Scope((5,), (1, 2)), Scope()])
def test_the_same_is_found(office: Office, docs: list[Doc], scope: Scope | None) -> None:
    office.add(docs)
    for text in parts(docs, random.Random(8)):
        expected = office.small.find(text, scope)
        found = office.find_again(text, scope, expected)
        # Where there is more than is looked at, each engine may offer other ones.
        if len(expected) < 60:
            assert sorted(found) == sorted(expected), text
        assert found[:1] == expected[:1] or len(expected) > 20, text


def test_going_through_the_rows_finds_the_same(office: Office, docs: list[Doc], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mysql, "_SMALL", 0)
    monkeypatch.setattr(mysql, "_LIST", 1e9)
    office.add(docs)
    for text in ("报价", "163", "138", "拜访后要"):
        assert len(office.find(text)) == 100
        assert office.find(text, Scope((1,)))
        assert not office.find(text, Scope((99,)))


def test_upkeep(office: Office) -> None:
    office.add([Doc(1, ("张三",), owner=1), Doc(2, ("李四",), owner=2)])
    office.add([Doc(1, ("王五",), owner=2)])
    assert office.find("张三") == []
    assert office.find_again("王五", Scope((2,)), ["王五"]) == ["王五"]
    assert office.find("王五", Scope((1,))) == []
    office.database.write(lambda tx: settle(tx, "customer"))
    office.database.write(lambda tx: tx.run("UPDATE customer SET deleted_at = 'now' WHERE id = 1"))
    office.database.write(lambda tx: drop(tx, "customer", [1]))
    assert office.find("王五") == []
    assert office.find_again("李四", None, ["李四"]) == ["李四"]
    office.database.write(lambda tx: empty(tx, "customer"))
    assert office.find("四") == []


def test_a_very_long_name_and_note(office: Office) -> None:
    note = "今天拜访了客户，" * 20_000 + "尾巴"
    office.add([Doc(1, ("长" * 10_000 + "名",), (note,), ("1" * 500,))])
    name = office.small.find("长长")
    assert office.find_again("长长", None, name) == name
    assert office.find_again("拜访了客户", None, name) == name
    assert office.find("尾巴") == []
