"""A form to put editors in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crm_desktop.ui.widgets.field import Form


@pytest.fixture
def desk(english: None) -> Iterator[Form]:
    """A shown form to put editors in."""
    form = Form(quiet=False)
    form.resize(420, 400)
    form.show()
    form.activateWindow()
    yield form
    form.deleteLater()
