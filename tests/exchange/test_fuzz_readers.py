"""A few mangled files of every format; ten thousand of them are in tests/endurance."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.fuzzing import Reading, mangled, seeds


def fuzz(sheets: Path, shared: Path | None, folder: Path, count: int) -> Reading:
    """Read `count` mangled files."""
    material = seeds(sheets, shared)
    reading = Reading(folder)

    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.data())
    def each(data: st.DataObject) -> None:
        reading.check(data.draw(mangled(material)))

    try:
        each()
    finally:
        reading.close()
    return reading


def test_mangled_files_give_rows_or_a_sentence(sheets: Path, tmp_path: Path) -> None:
    told = fuzz(sheets, None, tmp_path, 150).told
    assert sum(told.values()) >= 150
    assert told["ok"] and told["sentence"]
