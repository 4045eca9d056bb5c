"""Dialogs in English with a runner that works at once, so that no test waits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from crm_desktop.core import words
from crm_desktop.printing.recipients import Recipient
from crm_desktop.ui.runner import Runner
from crm_desktop.ui.shell import theme


@pytest.fixture(autouse=True, scope="module")
def dressed(qapp: QApplication) -> None:
    """The light theme; once a module, because dressing takes a second."""
    theme.apply(qapp, "light", "en")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = words.language()
    words.use("en")
    yield
    words.use(before)


@pytest.fixture
def runner(qapp: QApplication) -> Runner:
    return Runner(inline=True)


@pytest.fixture
def people() -> list[Recipient]:
    return [
        Recipient(f"收件人{number}", "先生", "", "苏州润邦有限公司", f"金桥路 {number} 号", "苏州市", "江苏省", "215021")
        for number in range(1, 31)
    ]
