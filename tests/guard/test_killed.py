"""The program is killed while it moves a company or puts up the guard: run again, it goes on, and all is proven."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_desktop.business import RECORD_TYPES, Customer
from crm_desktop.business.staff.sign_in import actor_for
from crm_desktop.business.system import relocating, server_doctor, starting
from crm_desktop.core.errors import Refused
from crm_desktop.core.records import Records
from crm_desktop.database import moving
from crm_desktop.database.engine import look_at, open_database
from tests.guard.company import PASSWORD, Company, fresh_name, patient

KILLS = int(os.environ.get("CRM_KILLS", "6"))  # endurance: 100


@pytest.fixture
def house(server: str) -> Iterator[Company]:
    suffix, name = fresh_name()
    company = Company(server, name, suffix, {"chef": 0})
    yield company
    company.close()


def run(*words: str, dies_after: float | None = None) -> tuple[int, str]:
    """The command; killed after so many seconds when it still runs then."""
    environment = {**os.environ, "CRM_NEW_PASSWORD": PASSWORD}
    command = [sys.executable, "-m", "crm_desktop", "database", *words, "--lang", "en"]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen(command, env=environment, text=True, **pipes)  # type: ignore[call-overload]
    try:
        _out, error = process.communicate(timeout=dies_after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        _out, error = process.communicate()
    return process.returncode, error


def ailments(house: Company) -> list[object]:
    """What the doctor finds, apart from the settings of the test's server."""
    database = look_at(f"{house.server}/{house.name}")
    try:
        with patient(house):
            return [(key, found) for key, _label, found in server_doctor.examine(database) if found and key != "durability"]
    finally:
        database.close()


def test_a_move_killed_again_and_again(house: Company, tmp_path: Path) -> None:
    database = open_database(tmp_path)
    records = Records(database, RECORD_TYPES)
    chef = starting.begin(records, "明达", "张总", "zh_CN")
    chef.login = house.login("chef")
    actor = actor_for(records, chef.id)
    records.save(chef, actor)
    records.unit(actor, lambda unit: unit.add([Customer(name=f"公司{number}", phone=f"0755-{number:07}") for number in range(4_000)]))
    database.close()
    words = ("move", "--data", str(tmp_path), "--to", f"{house.server}/{house.name}", "--administrator", house.login("chef"))
    dice, killed, begun = random.Random(1), 0, time.monotonic()
    code = -signal.SIGKILL
    while code != 0:
        # The first kills come early, so that they all hit; later ones must let it get to the end on a slow computer.
        patience = dice.uniform(0.5, 4.0) if killed < KILLS else None
        code, error = run(*words, dies_after=patience)
        killed += code == -signal.SIGKILL
        assert code in (0, -signal.SIGKILL), error
        assert time.monotonic() - begun < 300
    assert killed >= 1
    assert ailments(house) == []
    there = Records(open_database(house.address("chef")), RECORD_TYPES)
    mine = actor_for(there, chef.id)
    assert there.count(Customer, mine) == 4_000
    assert [hit.title for hit in there.search("0755-0001234", mine, [Customer])] == ["公司1234"]
    there.database.close()


@pytest.mark.parametrize("step", ["put_under_guard", "admit"])
def test_a_move_ended_before_its_last_steps_goes_on(house: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """By then search index and keys of duplicates have been made anew, and the source had no stamps of them yet; before `admit` the
    server has been told where the company is, too."""
    database = open_database(tmp_path)
    records = Records(database, RECORD_TYPES)
    chef = starting.begin(records, "明达", "张总", "zh_CN")
    chef.login = house.login("chef")
    records.save(chef, actor_for(records, chef.id))
    records.save(Customer(name="苏州明达"), actor_for(records, chef.id))
    database.close()
    move = (str(tmp_path), f"{house.server}/{house.name}", house.login("chef"), PASSWORD, lambda *_told: None)

    def ends(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(relocating.shared_server, step, ends)
        with pytest.raises(KeyboardInterrupt):
            relocating.to_server(*move)
    assert relocating.to_server(*move)
    assert ailments(house) == []
    with pytest.raises(Refused) as told:
        relocating.to_server(*move)
    assert told.value.text == moving.FINISHED, "killed before it could say so, it says so now"
    assert ailments(house) == []


def test_making_and_migrating_killed(house: Company) -> None:
    dice = random.Random(2)
    create = ("create", "--database", f"{house.server}/{house.name}", "--administrator", house.login("chef"))
    for _kill in range(KILLS // 2):
        run(*create, dies_after=dice.uniform(0.6, 2.0))
    code, error = run(*create)
    assert code == 0 or "is there already" in error
    migrate = ("migrate", "--database", f"{house.server}/{house.name}")
    for _kill in range(KILLS // 2):
        run(*migrate, dies_after=dice.uniform(0.6, 2.0))
    assert run(*migrate)[0] == 0
    assert ailments(house) == []
    Records(open_database(house.address("chef")), RECORD_TYPES).database.close()
