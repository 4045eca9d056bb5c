"""The font of the window follows the language while it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from crm_desktop.ui.shell import theme


@pytest.fixture
def dressed_again(taken_down: QApplication) -> Iterator[QApplication]:
    before = theme._language
    yield taken_down
    theme.apply(taken_down, "light", before)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="their fonts for English have quotes of their own")
def test_english_quotes_are_narrow_and_chinese_commas_wide_again_after_a_switch(dressed_again: QApplication) -> None:
    for language, narrow in (("en", True), ("zh_CN", False), ("en", True), ("zh_TW", False)):
        theme.apply(dressed_again, "light", language)
        for font in (QApplication.font(), theme.font("body")):
            assert font.featureValue(QFont.Tag("pwid")) == narrow
