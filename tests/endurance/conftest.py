"""Tests that run for minutes or hours: only when asked for, with CRM_ENDURANCE=1 (`make endurance`)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("CRM_ENDURANCE"):
        return
    for item in items:
        if HERE in Path(item.path).parents:
            item.add_marker(pytest.mark.skip(reason="an endurance test: CRM_ENDURANCE=1 runs it"))
