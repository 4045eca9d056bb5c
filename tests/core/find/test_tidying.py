"""What changed and deleted records left in a server's search index is counted and taken out, and all is found as before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.business.system import tidying
from crm_desktop.core.errors import Invalid, Trouble
from crm_desktop.core.find import Doc, Finder, drop, index_sql, left_behind, parse, put, sort_key, tidy
from crm_desktop.core.find.tidying import alone
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.place import ServerPlace
from crm_desktop.database.steps import Steps
from tests.conftest import SpareSchema
from tests.core.find.small_index import RECORDS

COUNT = 300  # with more than a thousand words


class Office:
    """Customers of a server: three hundred, each named anew once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.docs: dict[int, Doc] = {}
        self.steps = Steps(database.backend, database.line())
        place = database.backend.place
        assert isinstance(place, ServerPlace)
        self.schema = place.name
        for sql in [RECORDS.format(name="customer"), *index_sql("mysql", "customer")]:
            database.write(lambda tx, sql=sql: tx.run_last(sql))
        self.put([Doc(number, (f"长江{number}号",)) for number in range(1, COUNT + 1)])

    def put(self, docs: list[Doc]) -> None:
        rows = [(doc.id, sort_key(doc.names[0]), None, None, None) for doc in docs]
        self.database.write(lambda tx: tx.many("REPLACE INTO customer VALUES (?, ?, ?, ?, ?)", rows))
        self.database.write(lambda tx: put(tx, "customer", docs, again=True))
        self.docs.update((doc.id, doc) for doc in docs)

    def find(self, text: str) -> set[int]:
        found = Finder(self.database).find(
            "customer", parse(text), None, COUNT, lambda ids: [self.docs[one] for one in ids if one in self.docs]
        )
        return {doc.id for doc, _match in found}

    def left(self) -> int:
        return left_behind(self.steps.run, self.schema, "customer")


@pytest.fixture
def office(server: str, tmp_path: Path) -> Iterator[Office]:
    schema = SpareSchema(server, migrated=False)
    no_migrations = tmp_path / "none"
    no_migrations.mkdir()
    database = open_database(schema.address, no_migrations)
    yield Office(database)
    database.close()
    schema.drop()


def test_what_is_left_is_taken_out(office: Office) -> None:
    assert office.left() == 0
    office.put([Doc(number, (f"黄河{number}号",)) for number in range(1, 101)])
    office.database.write(lambda tx: drop(tx, "customer", range(101, 151)))
    for number in range(101, 151):
        del office.docs[number]
    assert office.left() == 150
    assert tidy(office.steps.run, office.schema, "customer") == 150
    assert office.left() == 0
    assert tidy(office.steps.run, office.schema, "customer") == 0
    assert office.find("黄河") == set(range(1, 101))
    assert office.find("长江") == set(range(151, COUNT + 1))
    with alone(office.steps.run):
        assert office.steps.run("SELECT @@GLOBAL.innodb_optimize_fulltext_only") == [(0,)]


def test_an_interrupted_one_is_gone_on_with(office: Office) -> None:
    office.put([Doc(number, (f"黄河{number}号",)) for number in range(1, 101)])
    run = office.steps.run
    with alone(run):
        run("SET GLOBAL innodb_ft_num_word_optimize = 1000")  # the least
        run("SET GLOBAL innodb_optimize_fulltext_only = 1")
        run("OPTIMIZE TABLE find_customer")
        run("SET GLOBAL innodb_optimize_fulltext_only = 0")
        run("SET GLOBAL innodb_ft_num_word_optimize = 2000")
        run("SET GLOBAL innodb_ft_aux_table = ?", (f"{office.schema}/find_customer",))
        assert run("SELECT COUNT(*) FROM information_schema.innodb_ft_being_deleted") == [(100,)]
    assert tidy(run, office.schema, "customer") == 100
    assert office.left() == 0 and len(office.find("黄河")) == 100


def test_people_go_on_working(office: Office) -> None:
    done = threading.Event()

    def work() -> None:
        for number in range(1, 61):
            office.put([Doc(number, (f"珠江{number}号",))])
        done.set()

    office.put([Doc(number, (f"黄河{number}号",)) for number in range(1, 201)])
    worker = threading.Thread(target=work)
    worker.start()
    while not done.is_set():
        tidy(office.steps.run, office.schema, "customer")
    worker.join()
    tidy(office.steps.run, office.schema, "customer")
    assert office.left() == 0
    assert office.find("珠江") == set(range(1, 61)) and office.find("黄河") == set(range(61, 201))


def test_every_type_that_is_searched(server: str, spare_schema: SpareSchema) -> None:
    told = dict(tidying.tidy(spare_schema.address))
    assert set(told) == set(tidying.SEARCHED)


@pytest.mark.parametrize("address", ["", "/tmp/nothing", "mysql://root@no.such.host.example/crm"])
def test_only_of_a_server(address: str) -> None:
    with pytest.raises((Invalid, Trouble)):
        list(tidying.tidy(address))
