"""One guarded company for all tests of a module."""

from collections.abc import Iterator

import pytest

from tests.guard.company import Company, open_company


@pytest.fixture(scope="module")
def company(server: str) -> Iterator[Company]:
    opened = open_company(server)
    yield opened
    opened.close()
