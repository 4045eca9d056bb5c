"""Whose targets a manager sets is decided by the server too, whatever client he uses, and as the program decides it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pymysql
import pytest

from crm_desktop.business.sales.targets import COMPANY, Targets, Whose, set_targets
from crm_desktop.business.staff.employee import Employee
from crm_desktop.core.errors import Refused
from tests.guard.attacks import Attack
from tests.guard.company import Company
from tests.guard.test_attacks import strictly

LONG_AGO, AHEAD, LATER = date(2020, 1, 1), date(2099, 1, 1), date(2099, 2, 1)
_NEW = "INSERT INTO target (id, sort_key, version, extra, name, measure, month, team, person, amount, code) VALUES "


def new(month: date, team: str, person: str, number: int) -> str:
    """A new target by raw SQL."""
    return f"{_NEW}({number}, 'x', 1, '', 'x', 'sales', '{month}', {team}, {person}, 1, 'raw {number}')"


def change(which: str, what: str) -> str:
    return f"UPDATE target SET {what}, version = version + 1, updated_by = {{meng}} WHERE id = {{{which}}}"


A = Attack
AS_A_MANAGER = (
    A("one of his people", new(AHEAD, "{first}", "{zhao}", 1), "done"),
    A("his department", new(LATER, "{first}", "NULL", 2), "done"),
    A("his people's past", new(LONG_AGO, "{first}", "{zhao}", 3), "done"),
    A("a stranger", new(AHEAD, "{second}", "{sun}", 4), "judged"),
    A("a stranger, as if here", new(AHEAD, "{first}", "{sun}", 5), "judged"),
    A("a stranger's past, as if here", new(LONG_AGO, "{first}", "{sun}", 6), "judged"),
    A("another department", new(LATER, "{second}", "NULL", 7), "judged"),
    A("the company", new(LATER, "NULL", "NULL", 8), "judged"),
    A("his own person elsewhere", new(AHEAD, "{second}", "{zhao}", 9), "judged"),
    A("several with a bad one", new(AHEAD, "{first}", "{zhao}", 10) + new(AHEAD, "{second}", "{sun}", 11).replace(_NEW, ", "), "judged"),
    A("change his own", change("mine", "amount = 2"), "done"),
    A("to another of his people", change("mine", "person = {zhao}, code = 'raw 12'"), "done"),
    A("change a stranger's", change("hers", "amount = 2"), "judged"),
    A("change the company's", change("whole", "amount = 2"), "judged"),
    A("take a stranger's over", change("hers", "person = {li}, team = {first}, code = 'raw 13'"), "judged"),
    A("take the company's over", change("whole", "person = {li}, team = {first}, code = 'raw 14'"), "judged"),
    A("give his own to a stranger", change("mine", "person = {sun}, team = {second}, code = 'raw 15'"), "judged"),
    A("make it the company's", change("mine", "person = NULL, team = NULL, code = 'raw 16'"), "judged"),
    A("into another department", change("mine", "team = {second}"), "judged"),
    A("a stranger's past into his department", change("past", "team = {first}"), "judged"),
    A("a past of those who went, from here", change("gone", "amount = 2"), "done"),
    A("a past of those who came, from there", change("came", "amount = 2"), "judged"),
    A("a past of those who came, brought here", change("came", "team = {first}"), "judged"),
    A("bin a stranger's", change("hers", "deleted_at = CURRENT_TIMESTAMP"), "judged"),
    A("bin his own", change("mine", "deleted_at = CURRENT_TIMESTAMP"), "done"),
    A("several at once", change("mine", "amount = 3").replace("= {mine}", "IN ({mine}, {hers})"), "judged"),
)  # fmt: skip


def put(company: Company, who: str, *wanted: tuple[Whose, date, int]) -> Any:
    return set_targets(company.door(who), company.actor(who), "sales", [(whose, month, Decimal(n)) for whose, month, n in wanted])


def move(company: Company, who: str, department: int) -> None:
    row: Any = company.door("admin").get(Employee, company.ids[who], company.actor("admin"))
    row.department = department
    company.save(row, "admin")


@pytest.fixture(scope="module")
def values(company: Company) -> dict[str, Any]:
    people: Any = company.door("admin").names.rows("employee")
    li, sun, meng, zhao, boss = (company.ids[who] for who in ("li", "sun", "meng", "zhao", "boss"))
    first, second = people[li].department, people[sun].department
    home = people[boss].department
    for who, there, back in (("boss", first, home), ("li", second, first)):  # their past lies in another department than they do
        move(company, who, there)
        put(company, "boss", (("person", company.ids[who]), LONG_AGO, 10))
        move(company, who, back)
    put(company, "boss", *((("person", one), AHEAD, 10) for one in (li, sun)), (("person", sun), LONG_AGO, 10), (COMPANY, AHEAD, 99))
    ids = {(row.whose(), row.month): row.id for row in Targets(company.door("admin")).rows.values()}
    return {
        "li": li, "sun": sun, "meng": meng, "zhao": zhao, "first": first, "second": second, "base": company.name,
        "mine": ids[("person", li), AHEAD], "hers": ids[("person", sun), AHEAD], "whole": ids[COMPANY, AHEAD],
        "gone": ids[("person", boss), LONG_AGO], "came": ids[("person", li), LONG_AGO], "past": ids[("person", sun), LONG_AGO],
    }  # fmt: skip


@pytest.fixture
def line(company: Company) -> Iterator[Any]:
    with company.raw("meng") as raw:
        raw.begin()
        yield raw
        raw.rollback()


def outcome(company: Company, line: Any, sql: str, strict: bool) -> str:
    """Done, or the guard's word for why not."""
    try:
        with line.cursor() as cursor:
            return "done" if cursor.execute(strictly(company, line, sql) or sql if strict else sql) else "none"
    except pymysql.err.OperationalError as error:
        return str(error.args[1]).removeprefix("crm:")


def test_a_double_key_takes_no_stranger_over(company: Company, values: dict[str, Any], line: Any) -> None:
    sql = new(AHEAD, "{first}", "{zhao}", 17).replace("(17,", "({hers},") + " ON DUPLICATE KEY UPDATE amount = 9, version = 2"
    with pytest.raises(pymysql.err.OperationalError, match=r"crm:judged|denied"), line.cursor() as cursor:
        cursor.execute(sql.format(**values))


@pytest.mark.parametrize("attack", AS_A_MANAGER, ids=lambda attack: attack.name)
def test_a_manager_with_another_client(company: Company, values: dict[str, Any], line: Any, attack: Attack) -> None:
    assert outcome(company, line, attack.sql.format(**values), company.strict) == attack.expected


@pytest.mark.parametrize("who", ["li", "boss", "admin"])
def test_a_salesperson_sets_none_and_who_sees_all_sets_all(company: Company, values: dict[str, Any], who: str) -> None:
    raws = [change(which, "amount = 5") for which in ("hers", "whole")]
    raws += [new(AHEAD, "{first}", "{zhao}", 20), new(LATER, "NULL", "NULL", 21)]
    for sql in raws:
        with company.raw(who) as raw:
            raw.begin()
            # Who sees all keeps the open views.
            told = outcome(company, raw, sql.format(**{**values, "meng": company.ids[who]}), company.strict and who == "li")
            assert told == "done" if who != "li" else told in ("right", "judged")
            raw.rollback()


def test_the_program_does_under_guard_what_it_does_on_a_file(company: Company, values: dict[str, Any]) -> None:
    zhao, sun = ("person", values["zhao"]), ("person", values["sun"])
    put(company, "meng", (zhao, LONG_AGO, 1), (zhao, LATER, 2), (("team", values["first"]), LATER, 3))
    for whose in (sun, COMPANY):
        with pytest.raises(Refused, match="opportunities you see"):
            put(company, "meng", (whose, LATER, 4))
    move(company, "zhao", values["second"])
    put(company, "boss", (zhao, LATER, 5))
    board = Targets(company.door("admin"))
    assert board.elsewhere(zhao, LONG_AGO) and not board.elsewhere(zhao, LATER) and board.below(("team", values["first"]), LATER) is None
    put(company, "meng", (zhao, LONG_AGO, 6))
    with pytest.raises(Refused):
        put(company, "meng", (zhao, LATER, 7))
    move(company, "zhao", values["first"])
    put(company, "meng", (zhao, LATER, 8))
