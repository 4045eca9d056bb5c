"""The commands duplicates and merge: what is there twice is told, made one, and split again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

SHEET = """客户名称,客户编码,城市,电话,联系人
杭州云海科技有限公司,K001,杭州,,陈芳
云海科技,K002,,0571-88880001,李四
天蓝食品,K003,上海,,
"""


@pytest.fixture
def customers(run: Run, fresh: list[str], tmp_path: Path) -> list[str]:
    """Three customers, two of which are one."""
    path = tmp_path / "customers.csv"
    path.write_text(SHEET, encoding="utf-8")
    assert run("import", "customer", path, *fresh).code == 0
    return fresh


def only(run: Run, *arguments: object) -> dict[str, Any]:
    told = run(*arguments, "--json")
    assert told.code == 0, told.err
    (row,) = told.json()
    return row


def test_found_merged_and_split(run: Run, customers: list[str]) -> None:
    group = only(run, "duplicates", "customer", *customers)
    assert group["same"] and {one["title"] for one in group["records"]} == {"杭州云海科技有限公司", "云海科技"}
    printed = run("duplicates", "customer", "--lang", "zh_CN", *customers).out
    assert "云海科技" in printed and "相同" in printed

    merged = only(run, "merge", "customer", "K001", "K002", *customers)
    assert merged["moved"] >= 1
    assert run("duplicates", "customer", "--json", *customers).json() == []
    kept = only(run, "show", "customer", "K001", *customers)
    assert (kept["name"], kept["phone"]) == ("杭州云海科技有限公司", "0571-88880001")
    assert {row["customer"]["id"] for row in run("list", "contact", "--json", *customers).json()} == {kept["id"]}

    undone = only(run, "merge", "--undo", merged["batch"], *customers)
    assert undone["kept"] == [] and undone["stayed"] == 0
    assert len(run("duplicates", "customer", "--json", *customers).json()) == 1
    assert run("check", *customers).code == 0


def test_fields_taken_over(run: Run, customers: list[str]) -> None:
    assert run("merge", "customer", "K001", "K002", "--take", "name,colour", *customers).code == 1
    only(run, "merge", "customer", "K001", "K002", "--take", "name", *customers)
    assert only(run, "show", "customer", "K001", *customers)["name"] == "云海科技"


def test_wrong_usage(run: Run, customers: list[str]) -> None:
    assert run("merge", "customer", "K001", *customers).code == 2
    told = run("duplicates", "product", *customers)
    assert told.code == 1 and told.err.strip()
    told = run("merge", "customer", "K001", "K001", *customers)
    assert told.code == 1 and "itself" in run("merge", "customer", "K001", "K001", "--lang", "en", *customers).err
    assert run("merge", "customer", "K001", "K009", *customers).code == 1
