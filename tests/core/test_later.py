"""Modules that come later are the real ones once they are asked."""

from __future__ import annotations

import re
import sys

import pytest

from crm_desktop.core.later import later, pattern

LATE = "crm_late_module_of_a_test"


@pytest.fixture
def late(tmp_path, monkeypatch):
    """A module that says when it is run."""
    (tmp_path / f"{LATE}.py").write_text("runs = 1\nclass Late(Exception): pass\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield LATE
    sys.modules.pop(LATE, None)


def test_it_runs_when_it_is_asked_for_something(late: str) -> None:
    with later(late):
        import crm_late_module_of_a_test as stand_in
    assert late not in sys.modules
    assert stand_in.runs == 1
    assert stand_in.Late is sys.modules[late].Late


def test_it_may_be_asked_while_it_still_stands_there(late: str) -> None:
    with later(late):
        from crm_late_module_of_a_test import Late
    assert Late is sys.modules[late].Late


def test_what_is_loaded_stays_itself(late: str) -> None:
    import crm_late_module_of_a_test as loaded

    with later(late):
        import crm_late_module_of_a_test as again
    assert again is loaded is sys.modules[late]


def test_a_module_that_is_not_there_is_missed_when_asked() -> None:
    with later("crm_no_such_module"):
        import crm_no_such_module
    with pytest.raises(ModuleNotFoundError):
        _ = crm_no_such_module.anything


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    broken, good = pattern("("), pattern("a(b)")
    assert [good.fullmatch("ab")[1], good.sub("-", "cab"), good.pattern] == ["b", "c-", "a(b)"]
    with pytest.raises(re.error):
        broken.search("")
