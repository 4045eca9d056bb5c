"""One guarded company for all tests of a module, in either profile of reading."""

from collections.abc import Iterator

import pytest

from tests.guard.company import Company, open_company


@pytest.fixture(scope="module", params=["standard", "strict"])
def company(server: str, request: pytest.FixtureRequest) -> Iterator[Company]:
    opened = open_company(server, strict=request.param == "strict")
    yield opened
    opened.close()
