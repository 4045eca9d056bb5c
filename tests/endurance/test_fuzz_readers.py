"""Ten thousand mangled files of every format: CRM_ENDURANCE=1 python -m pytest tests/endurance/test_fuzz_readers.py"""

from __future__ import annotations

from pathlib import Path

from tests.conftest import SHARED_DATA
from tests.exchange.test_fuzz_readers import fuzz

SHEETS = Path(__file__).resolve().parents[1] / "data" / "sheets"
FILES = 10_000


def test_ten_thousand_mangled_files(tmp_path: Path) -> None:
    told = fuzz(SHEETS, SHARED_DATA if SHARED_DATA.is_dir() else None, tmp_path, FILES).told
    print(dict(told))
    assert sum(told.values()) >= FILES
    assert told["ok"] > FILES // 10 and told["sentence"] > FILES // 20
