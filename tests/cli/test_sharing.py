"""CU9 X30: shares from the command line, and numbers hidden there as in the window."""

from __future__ import annotations

import json

from crm_desktop.business import Customer
from crm_desktop.business.staff.sign_in import actor_for, find
from crm_desktop.core.records import Records
from crm_desktop.core.views import Condition, View
from tests.cli.conftest import Run
from tests.cli.test_handover import company, people

__all__ = ["company"]


def test_shared_listed_and_ended(run: Run, fresh: list[str], company: Records) -> None:
    owner, colleague, admin = people(company)
    boss = actor_for(company, find(company, admin).id)
    view = View((Condition("owner", "one_of", [find(company, owner).id]), Condition("phone", "filled")))
    rows = company.page(Customer, boss, view, ["code", "phone"], 3)
    codes, phone = [values[0] for _id, values in rows], rows[0][1][1]
    before = json.loads(run("search", phone, *fresh, "--as", owner, "--type", "customer", "--json").out.splitlines()[0])
    assert before["id"] == str(rows[0][0])
    done = run("share", "customer", *codes, "--with", colleague, "--until", "2099-12-31", *fresh, "--as", owner, "--json")
    assert done.code == 0 and json.loads(done.out) == {"done": [str(one) for one, _v in rows], "refused": []}
    shown = json.loads(run("show", "customer", codes[0], *fresh, "--as", colleague, "--json").out)
    assert "**" in shown["phone"] and shown["phone"] != phone and shown["id"] == before["id"]
    assert before["id"] not in run("search", phone, *fresh, "--as", colleague, "--json").out, "its number does not find it"
    listed = run("list", "customer", "--where", f"phone={phone}", *fresh, "--as", colleague, "--json")
    assert listed.code == 0 and before["id"] not in listed.out
    told = [json.loads(line) for line in run("share", "customer", codes[0], *fresh, "--as", owner, "--json").out.splitlines()]
    assert [(one["may_write"], one["until"]) for one in told] == [(False, "2099-12-31")]
    assert run("share", "customer", codes[0], "--with", colleague, "--write", *fresh, "--as", owner).code == 0
    assert json.loads(run("show", "customer", codes[0], *fresh, "--as", colleague, "--json").out)["phone"] == phone
    refused = run("share", "customer", codes[0], "--with", admin, *fresh, "--as", colleague, "--lang", "en")
    assert refused.code == 1 and "not yours to share" in refused.out
    chosen = ("--where", "owner=me")
    ended = run("share", "customer", *chosen, "--with", colleague, "--end", *fresh, "--as", owner, "--lang", "en")
    assert (ended.code, ended.out) == (0, "3 shares ended\n")
    assert run("show", "customer", codes[0], *fresh, "--as", colleague).code == 1
    assert run("share", "customer", codes[0], "--with", colleague, "--until", "soon", *fresh, "--as", owner).code == 1
