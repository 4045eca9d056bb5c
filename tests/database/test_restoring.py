"""A copy is restored: nothing of either side is lost, bad copies change nothing, and a kill leaves the one or the other."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_desktop.core.errors import NotFound, Trouble
from crm_desktop.database import backup, gate, keys, recoding, recovery, replacing, restoring, sentences
from crm_desktop.database.backup import back_up_file
from crm_desktop.database.copies import BEFORE_RESTORE, BY_HAND, copies_beside
from crm_desktop.database.engine import Database, open_database
from crm_desktop.database.lease import HeldElsewhere, Lease
from crm_desktop.database.restoring import restore
from crm_desktop.database.whereabouts import NAMED

pytestmark = pytest.mark.usefixtures("own_keys")

ROWS = 500
STEPS = ["written", "proven", "kept", "ready", "replaced"]


@pytest.fixture
def file(tmp_path: Path, sqlite_template: Path) -> Path:
    """A database that says "now", and a copy of it from when it said "then"."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copy(sqlite_template, folder / "crm.db")
    database = open_database(folder)
    database.line().execute("CREATE TABLE known (id INTEGER PRIMARY KEY, name TEXT)")
    database.write(lambda tx: tx.many("INSERT INTO known VALUES (?, ?)", [(number, "then") for number in range(ROWS)]))
    back_up_file(database, BY_HAND)
    database.write(lambda tx: tx.run("UPDATE known SET name = 'now'"))
    database.close()
    return folder / "crm.db"


def says(place: Path) -> str:
    """What all rows say; the file must be whole and nothing may lie beside it."""
    database = open_database(place)
    try:
        assert database.read("PRAGMA integrity_check") == [("ok",)]
        ((word, count),) = database.read("SELECT name, COUNT(*) FROM known GROUP BY name")
        assert count == ROWS
        assert not list(place.parent.rglob(f"*{replacing.FRESH}")) and not replacing.is_ready(place)
        return str(word)
    finally:
        database.close()


def newest(file: Path) -> Path:
    return copies_beside(file)[0].path


def spoil(file: Path) -> None:
    """All but the first hundred bytes is noise, and a journal that belongs to the noise lies beside it."""
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(100)
        opened.write(random.Random(1).randbytes(size - 100))
    file.with_name("crm.db-wal").write_bytes(b"the old journal")


def test_there_and_back(file: Path) -> None:
    steps: list[str] = []
    restored = restore(file, newest(file), steps.append)
    assert says(file) == "then" and steps == STEPS and not restored.damaged
    assert restored.kept is not None and restored.kept == copies_beside(file)[0].path
    assert [copy.why for copy in copies_beside(file)] == [BEFORE_RESTORE, BY_HAND]
    assert {copy.reason("en") for copy in copies_beside(file)} == {"made by hand", "made before another copy was restored"}
    restore(file, restored.kept)
    assert says(file) == "now"


def test_what_only_stands_in_the_journal_is_kept(file: Path) -> None:
    copy = newest(file)
    program = subprocess.run([sys.executable, "-c", _DIES, str(file)], check=False)
    assert program.returncode == -9 and file.with_name("crm.db-wal").stat().st_size
    kept = restore(file, copy).kept
    assert says(file) == "then" and kept is not None
    restore(file, kept)
    assert says(file) == "later"


_DIES = """
import os, sys
from crm_desktop.database.engine import open_database
database = open_database(sys.argv[1])
database.write(lambda tx: tx.run("UPDATE known SET name = 'later'"))
os.kill(os.getpid(), 9)
"""


def test_a_damaged_database_is_put_aside_as_it_lies(file: Path) -> None:
    copy = newest(file)
    spoil(file)
    noise = file.read_bytes()
    with pytest.raises(Trouble) as told:
        open_database(file)
    assert told.value.text == sentences.DAMAGED
    restored = restore(file, copy)
    assert restored.damaged and restored.kept is not None and restored.kept.read_bytes() == noise
    assert says(file) == "then"
    assert [one.path for one in copies_beside(file)] == [copy], "what is damaged is offered to nobody as a copy"


def test_damage_in_the_middle_is_noticed(file: Path) -> None:
    """Its head can be read and the file is held; the copy of what is there fails in its check."""
    copy = newest(file)
    with file.open("r+b") as opened:
        opened.seek(4096 * 3)
        opened.write(b"\xff" * 4096 * 20)
    restored = restore(file, copy)
    assert restored.damaged and says(file) == "then"


@pytest.mark.parametrize("gone", ["missing", "empty"])
def test_a_file_that_is_gone(file: Path, gone: str) -> None:
    file.unlink()
    if gone == "empty":
        file.touch()
    assert restore(file, newest(file)).damaged == (gone == "empty")
    assert says(file) == "then"


def test_into_a_new_folder(file: Path, tmp_path: Path) -> None:
    """As on a new computer, from a stick that cannot be written to."""
    stick = tmp_path / "stick"
    stick.mkdir()
    copy = Path(shutil.copy(newest(file), stick))
    copy.chmod(0o400)
    stick.chmod(0o500)
    try:
        assert restore(tmp_path / "new" / "crm.db", copy).kept is None
    finally:
        stick.chmod(0o700)
    assert says(tmp_path / "new" / "crm.db") == "then"


# Copies that cannot be restored


def cut(copy: Path) -> None:
    os.truncate(copy, copy.stat().st_size // 2)


def text(copy: Path) -> None:
    copy.write_text("Customers\n" * 2000)


def foreign(copy: Path) -> None:
    raw = recoding.dbapi2.connect(str(copy), isolation_level=None)
    raw.execute("DROP TABLE schema_version")
    raw.close()


def newer(copy: Path) -> None:
    raw = recoding.dbapi2.connect(str(copy), isolation_level=None)
    raw.execute("INSERT INTO schema_version VALUES (9999, 'from_the_future', '2030-01-01 00:00:00')")
    raw.close()


BAD: list[tuple[Callable[[Path], None], str]] = [
    (cut, restoring.BAD_COPY),
    (text, restoring.NOT_A_COPY),
    (foreign, restoring.NOT_A_COPY),
    (newer, restoring.NEWER_COPY),
]


@pytest.mark.parametrize(("spoilt", "sentence"), BAD, ids=[one.__name__ for one, _sentence in BAD])
def test_a_bad_copy_changes_nothing(file: Path, spoilt: Callable[[Path], None], sentence: str) -> None:
    copy = newest(file)
    spoilt(copy)
    with pytest.raises(Trouble) as told:
        restore(file, copy)
    assert told.value.text == sentence
    assert says(file) == "now" and len(copies_beside(file)) == 1


def test_no_copy_and_the_file_itself(file: Path) -> None:
    with pytest.raises(NotFound):
        restore(file, file.parent / "backups" / "crm-none.db")
    with pytest.raises(Trouble) as told:
        restore(file, file)
    assert told.value.text == restoring.ITSELF and says(file) == "now"


def test_a_full_disk_changes_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_all: object) -> None:
        raise OSError(28, "No space left on device")

    for room, name in ((replacing, "_write"), (backup, "_copy")):
        with monkeypatch.context() as patch:
            patch.setattr(room, name, full)
            with pytest.raises(Trouble) as told:
                restore(file, newest(file))
        assert told.value.text == restoring.NOT_RESTORED
        assert says(file) == "now" and len(copies_beside(file)) == 1
    restore(file, newest(file))  # with room it works


def test_nothing_happens_while_somebody_else_has_it_open(file: Path) -> None:
    other: Database = open_database(file)
    other.read("SELECT 1 FROM known LIMIT 1")
    with pytest.raises(Trouble) as told:
        restore(file, newest(file))
    assert told.value.text == sentences.OPEN_ELSEWHERE
    assert other.read("SELECT DISTINCT name FROM known") == [("now",)]
    other.close()
    with gate.closed(file), pytest.raises(Trouble) as told:
        restore(file, newest(file))
    assert told.value.text == sentences.CHANGING
    assert says(file) == "now"


# Keys, network folders


def test_an_encrypted_database_stays_encrypted(file: Path, tmp_path: Path) -> None:
    plain = Path(shutil.copy(newest(file), tmp_path / "plain.db"))
    key = recovery.new_key()
    recoding.recode(file, key)
    for copy in (newest(file), plain):
        kept = restore(file, copy).kept
        assert kept is not None and says(file) == "then"
        assert keys.read_head(file) == keys.head_of(key) == keys.read_head(kept)
    recoding.recode(file, recovery.new_key())
    assert says(file) == "then"


def test_a_copy_under_an_unknown_key_asks_for_it(file: Path, tmp_path: Path) -> None:
    secret = Path(shutil.copy(newest(file), tmp_path / "secret.db"))
    key = recovery.new_key()
    recoding.recode(secret, key)
    keys._typed.clear()
    (tmp_path / "ring.json").unlink(missing_ok=True)
    with pytest.raises(keys.KeyNeeded):
        restore(file, secret)
    assert says(file) == "now"
    keys.learn(secret, recovery.phrase_of(key), remember=False)
    restore(file, secret)
    assert says(file) == "then"


def test_a_database_under_a_lost_key_is_put_aside_with_its_journal(file: Path, tmp_path: Path) -> None:
    plain = Path(shutil.copy(newest(file), tmp_path / "plain.db"))
    recoding.recode(file, recovery.new_key())
    keys._typed.clear()
    (tmp_path / "ring.json").unlink(missing_ok=True)
    file.with_name("crm.db-wal").write_bytes(b"its journal")
    restored = restore(file, plain)
    assert restored.damaged and restored.kept is not None
    assert restored.kept.with_name(restored.kept.name + "-wal").read_bytes() == b"its journal"
    assert says(file) == "then"


def test_in_a_network_folder_the_lease_is_taken(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAMED, str(file.parent))
    other = Lease(file)
    other.take()
    with pytest.raises(HeldElsewhere):
        restore(file, newest(file))
    other.release()
    restore(file, newest(file))
    assert says(file) == "then" and not Lease(file).path.exists()


# Killed


_CHILD = """
import os, sys
from pathlib import Path
from crm_desktop.database.restoring import restore
steps = []
def told(step):
    steps.append(step)
    if len(steps) == int(sys.argv[3]):
        os.kill(os.getpid(), 9)
restore(Path(sys.argv[1]), Path(sys.argv[2]), told)
"""


@pytest.mark.parametrize("damaged", [False, True], ids=["whole", "damaged"])
@pytest.mark.parametrize("at", range(1, len(STEPS) + 1), ids=STEPS)
def test_killed_at_any_step_it_is_the_one_or_the_other(file: Path, at: int, damaged: bool) -> None:
    copy = newest(file)
    if damaged:
        spoil(file)
    command = [sys.executable, "-c", _CHILD, str(file), str(copy), str(at)]
    assert subprocess.run(command, check=False).returncode == -9
    if at >= STEPS.index("ready") + 1:
        assert says(file) == "then"  # the next opening finishes it
    elif damaged:
        with pytest.raises(Trouble) as told:
            open_database(file)
        assert told.value.text == sentences.DAMAGED
    else:
        assert says(file) == "now"
    restore(file, copy)  # a second try goes through in any case
    assert says(file) == "then"
