"""Commands ask a person who has a password for it."""

from __future__ import annotations

import pytest

from crm_desktop.business import RECORD_TYPES
from crm_desktop.business.staff import password
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.core.records import Records
from crm_desktop.database.engine import open_database
from tests.cli.conftest import Run


def test_a_command_needs_the_password_of_who_has_one(fresh: list[str], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(*fresh, "list", "customer").code == 0
    database = open_database(fresh[1])
    records = Records(database, RECORD_TYPES)
    user = records.settings.get("local_user")
    password.change(records, actor_for(records, user), user, "Gute-Reise-2026")
    database.close()
    monkeypatch.delenv("CRM_PASSWORD", raising=False)
    asked = run(*fresh, "--lang", "en", "list", "customer")
    assert asked.code == 1 and "CRM_PASSWORD" in asked.err and asked.err.count("\n") == 1
    monkeypatch.setenv("CRM_PASSWORD", "falsch")
    assert "wrong" in run(*fresh, "--lang", "en", "list", "customer").err
    monkeypatch.setenv("CRM_PASSWORD", "Gute-Reise-2026")
    assert run(*fresh, "list", "customer").code == 0
