"""Reading: the same SQL gives the same values on both engines."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.core.errors import Cancelled
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.peewee_import import peewee
from crm_desktop.database.placeholders import for_pymysql
from crm_desktop.database.steps import Steps
from crm_desktop.database.tables import Column, Index, Table
from tests.database.ledger import make_ledger, total

THINGS = Table(
    "thing",
    (
        Column("id", "id"),
        Column("name", "varchar(60)"),
        Column("note", "text", null=True),
        Column("amount", "int", null=True),
        Column("share", "real", null=True),
        Column("on_day", "day", null=True),
        Column("at", "moment", null=True),
        Column("picture", "blob", null=True),
    ),
    (Index(("name",)),),
)
NAMES = "id, name, note, amount, share, on_day, at, picture"


class Thing(peewee.Model):
    name = peewee.CharField(max_length=60)
    amount = peewee.BigIntegerField(null=True)

    class Meta:
        table_name = "thing"


@pytest.fixture
def things(place: str) -> Iterator[Database]:
    """An open database with the empty table `thing`."""
    database = open_database(place)
    Steps(database.backend, database.line()).create(THINGS)
    yield database
    database.close()


def put(database: Database, *rows: tuple[object, ...]) -> None:
    marks = ", ".join("?" * len(THINGS.columns))
    database.write(lambda tx: tx.many(f"INSERT INTO thing ({NAMES}) VALUES ({marks})", rows))


def test_values_come_out_alike(things: Database) -> None:
    moment = dt.datetime(2026, 1, 31, 8, 5, 59, 999_999)
    put(things, (2**62, "华为 🦊 𠮷", None, -(2**62), 0.1, dt.date(2026, 1, 31), moment, b"\x00\xff"))
    assert things.read(f"SELECT {NAMES} FROM thing") == [
        (2**62, "华为 🦊 𠮷", None, -(2**62), 0.1, "2026-01-31", "2026-01-31 08:05:59", b"\x00\xff")
    ]


def test_a_moment_with_a_zone_is_stored_in_utc(things: Database) -> None:
    shanghai = dt.timezone(dt.timedelta(hours=8))
    put(things, (1, "a", None, None, None, None, dt.datetime(2026, 1, 1, 7, 0, tzinfo=shanghai), None))
    assert things.read_one("SELECT at FROM thing") == ("2025-12-31 23:00:00",)


def test_sums_are_whole_numbers_and_averages_are_not(things: Database) -> None:
    put(things, *((n, "a", None, n, None, None, None, None) for n in (1, 2)))
    assert repr(things.read_one("SELECT SUM(amount), AVG(amount), COUNT(*) FROM thing")) == "(3, 1.5, 2)"


def test_sql_is_written_once_for_both(things: Database) -> None:
    put(things, (1, "50% ? \\", None, 1, None, None, None, None))
    rows = things.read(
        """SELECT "name" || '%s ?' -- why? 100%
           FROM `thing` /* or else? */ WHERE name LIKE ? AND name LIKE '50%' AND name <> '\\'""",
        ("%?%",),
    )
    assert rows == [("50% ? \\%s ?",)]


def test_order_and_equality_are_by_code_point(things: Database) -> None:
    names = ["b", "B", "a", "ä", "张", "a ", "Ａ"]
    put(things, *((n, name, None, None, None, None, None, None) for n, name in enumerate(names)))
    assert [row[0] for row in things.read("SELECT name FROM thing ORDER BY name")] == sorted(names)
    assert things.read("SELECT id FROM thing WHERE name = ?", ("a",)) == [(2,)]


def test_peewee_queries_are_read_and_written(things: Database) -> None:
    things.write(
        lambda tx: tx.run(Thing.insert_many([{"id": n, "name": f"{n}%", "amount": n} for n in (1, 2, 3)]))
    )
    with_percent = peewee.SQL("(name LIKE '%!%' ESCAPE '!' AND id <> ?)", (3,))
    query = Thing.select(Thing.id, Thing.name).where((Thing.amount > 1) & with_percent)
    assert things.read(query.order_by(Thing.id.desc()).limit(5)) == [(2, "2%")]
    both = Thing.select(Thing.id).where(Thing.id == 1) | Thing.select(Thing.id).where(Thing.id == 3)
    assert sorted(things.read(both)) == [(1,), (3,)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    note=st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    number=st.integers(-(2**63), 2**63 - 1),
    picture=st.binary(max_size=100),
)
def test_any_text_and_number_comes_back(
    things: Database, text: str, note: str, number: int, picture: bytes
) -> None:
    things.write(lambda tx: tx.run("DELETE FROM thing"))
    put(things, (1, text, note, number, None, None, None, picture))
    assert things.read("SELECT name, note, amount, picture FROM thing WHERE name = ?", (text,)) == [
        (text, note, number, picture)
    ]


def test_a_stream_gives_portions_as_they_were_at_the_start(things: Database) -> None:
    put(things, *((n, "a", None, n, None, None, None, None) for n in range(2500)))
    sizes = []
    for rows in things.stream("SELECT id FROM thing ORDER BY id", size=1000):
        sizes.append(len(rows))
        things.write(lambda tx: tx.run("DELETE FROM thing"))
    assert sizes == [1000, 1000, 500]
    assert list(things.stream("SELECT id FROM thing")) == []


def test_a_stream_that_is_left_early_closes_its_connection(things: Database) -> None:
    put(things, *((n, "a", None, n, None, None, None, None) for n in range(50)))
    for _rows in things.stream("SELECT id FROM thing", size=10):
        break
    put(things, (99, "b", None, None, None, None, None, None))
    assert things.read_one("SELECT COUNT(*) FROM thing") == (51,)


def test_a_long_read_can_be_stopped_from_another_thread(database: Database) -> None:
    # MariaDB ends a recursion by itself after some steps, so it gets something else that never ends.
    endless = {
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n",
        "mysql": "SELECT BENCHMARK(1000000000000, SHA1('x'))",
    }
    outcome: list[BaseException | object] = []

    def read() -> None:
        try:
            outcome.append(database.read(endless[database.engine]))
        except BaseException as error:  # noqa: BLE001
            outcome.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    while reader.is_alive():
        database.interrupt()
        reader.join(0.02)
    assert [type(result) for result in outcome] == [Cancelled]
    assert database.read("SELECT 1") == [(1,)]


def test_every_thread_has_its_own_connection_and_gives_it_back(place: str) -> None:
    database = open_database(place)
    make_ledger(database)
    seen = []

    def read() -> None:
        total(database)
        seen.append(database.line())
        database.close_thread()

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert seen[0] is not database.line()
    assert seen[0] not in database._open_lines()
    database.close()
    assert total(database) == 30  # opens again
    database.close()


@pytest.mark.parametrize(
    ("sql", "wanted"),
    [
        ("SELECT ?", "SELECT %s"),
        ("SELECT '?', \"?\", `?`, ?", "SELECT '?', \"?\", `?`, %s"),
        ("a LIKE '50%' AND b % 2 = ?", "a LIKE '50%%' AND b %% 2 = %s"),
        ("SELECT 'it''s ?' -- ?\n, ?", "SELECT 'it''s ?' -- ?\n, %s"),
        ("/* ? */ ? /* ? */", "/* ? */ %s /* ? */"),
        ("SELECT '\\', ?", "SELECT '\\', %s"),
    ],
)
def test_placeholders(sql: str, wanted: str) -> None:
    assert for_pymysql(sql) == wanted
