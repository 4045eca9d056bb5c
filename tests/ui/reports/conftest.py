"""The page of reports over the demo company of the workbench tests."""

from __future__ import annotations

import pytest

from crm_desktop.ui.desk import Desk
from crm_desktop.ui.reports.page import ReportsPage
from tests.ui.board.conftest import Told
from tests.ui.workbench.conftest import demo_file, desk, records, told

__all__ = ["demo_file", "desk", "records", "told"]


@pytest.fixture
def page(qtbot, english: None, desk: Desk, told: Told) -> ReportsPage:
    """The page, shown and with the keyboard."""
    page = ReportsPage(desk)
    qtbot.addWidget(page)
    page.resize(1180, 780)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.setFocus()
    return page
