"""CU8 N10: the command that hands over what somebody owns who leaves."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pypdf
import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff.sign_in import find
from crm_desktop.business.system import demo
from crm_desktop.core.clock import Clock
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from tests.cli.conftest import Run


@pytest.fixture
def company(fresh: list[str]) -> Records:
    """A demo company that may be changed."""
    records = Records(open_database(fresh[1]), RECORD_TYPES, Clock())
    demo.plant(records, records.clock)
    return records


def words_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def people(records: Records) -> tuple[str, str, str]:
    """Logins of two salespeople and of the administrator."""
    rows = [row for row in records.names.all("employee") if row.state != "left"]  # type: ignore[attr-defined]
    roles = {row.id: row.level for row in records.names.all("role")}  # type: ignore[attr-defined]
    sales = [row.login or row.name for row in rows if roles[row.role] == "sales"]  # type: ignore[attr-defined]
    return sales[0], sales[1], next(row.login or row.name for row in rows if roles[row.role] == "admin")  # type: ignore[attr-defined]


def test_counted_handed_over_certified_and_undone(run: Run, fresh: list[str], company: Records, tmp_path: Path) -> None:
    leaver, taker, admin = people(company)
    one = find(company, leaver).id
    before = company.database.read("SELECT COUNT(*) FROM customer WHERE owner = ? AND deleted_at IS NULL", (one,))[0][0]
    told = run("handover", leaver, *fresh, "--as", admin, "--dry-run", "--json")
    counted = {row["type"]: row for row in map(json.loads, told.out.splitlines())}
    assert told.code == 0 and counted["customer"]["count"] == before > 0
    paper = tmp_path / "交接单.pdf"
    done = run("handover", leaver, taker, *fresh, "--as", admin, "--certificate", paper, "--json", "--lang", "zh_CN")
    assert done.code == 0, done.err
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert {"type": "customer", "to": rows[0]["to"], "count": before} in rows
    number = rows[-1]["number"]
    text = words_of(paper.read_bytes())
    assert "离职交接单" in text and "移交人" in text and find(company, taker).name in text
    assert company.database.read("SELECT COUNT(*) FROM customer WHERE owner = ? AND deleted_at IS NULL", (one,))[0][0] == 0
    refused = run("list", "customer", *fresh, "--as", leaver)
    assert refused.code == 1 and leaver in refused.err
    again = tmp_path / "again.pdf"
    assert run("handover", "--number", number, "--certificate", again, *fresh, "--as", admin, "--lang", "en").code == 0
    assert "Handover certificate" in words_of(again.read_bytes())


def test_some_types_with_people_of_their_own(run: Run, fresh: list[str], company: Records) -> None:
    leaver, taker, admin = people(company)
    told = run("handover", leaver, *fresh, "--as", admin, "--type", f"task={taker}", "--keep-account", "--apart", "--lang", "en")
    assert told.code == 0 and told.out.startswith("Tasks:")
    left = run("handover", leaver, taker, *fresh, "--as", admin, "--type", "customer", "--lang", "en")
    assert left.code == 1 and "still has" in left.err
    assert run("handover", leaver, *fresh, "--as", admin).code == 1, "nobody takes over"
    assert run("handover", leaver, taker, *fresh, "--as", taker).code == 1, "a salesperson may not"
    assert run("handover", leaver, taker, *fresh, "--as", admin, "--certificate", "x.doc").code == 1
