"""What the window is started with is read as the whole parser reads it; what is not plain is left to the parser."""

from __future__ import annotations

import locale
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop import __main__ as program
from crm_desktop.cli.arguments import parse
from crm_desktop.cli.wanted import WrongUsage, of_window
from crm_desktop.core import words

PIECES = st.sampled_from(
    "--demo --data --data=/x --database --database=mysql://u@h/n mysql://u@h/n --as 王丽 --as=li --lang zh_TW --lang=xx en --theme "
    "--theme=dark --screenshot x.png --view --view=tasks customers --size 1440x900 --size=10x10 --vie=tasks --help --version list -x "
    "--size=-5 --data= -- --user=li --command=x".split()
)


@pytest.fixture(autouse=True)
def _language():
    kept = words.language()
    yield
    words.use(kept)


def _parsed(line: list[str]) -> dict[str, object] | None:
    try:
        return vars(parse(line))
    except (WrongUsage, SystemExit):
        return None


@pytest.mark.parametrize(
    "line",
    [
        "",
        "--demo",
        "--data /tmp/x --view customers",
        "--demo --lang=zh_TW --theme dark --size 1440x900 --screenshot a.png --view=tasks",
        "--database mysql://u@h/n --as li",
    ],
)
def test_a_plain_line_is_read_without_the_parser(line: str) -> None:
    wanted = of_window(line.split())
    assert wanted is not None
    assert vars(wanted) == _parsed(line.split())


@pytest.mark.parametrize(
    "line",
    ["list customer", "--help", "--lang xx", "--demo --size 9x9", "--data a --database mysql://u@h/n", "--dat x", "--as", "--as -x"],
)
def test_what_is_not_plain_is_left_to_the_parser(line: str) -> None:
    assert of_window(line.split()) is None


@given(st.lists(PIECES, max_size=6))
def test_both_agree(line: list[str]) -> None:
    wanted = of_window(line)
    assert wanted is None or vars(wanted) == _parsed(line)


@pytest.mark.parametrize(("lang", "told"), [([], "没有"), (["--lang", "en"], "There is no screen")])
def test_without_a_screen_the_sentence_speaks_the_language_here(
    lang: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: ("zh_CN", "UTF-8"))
    monkeypatch.setattr(program, "_has_screen", lambda: False)
    monkeypatch.setattr(program.gc, "disable", lambda: None)
    words.use("en")
    assert program.main(["--data", str(tmp_path), *lang]) == 1
    assert told in capsys.readouterr().err
