"""Without Node there are no such peers; the tests say so."""

import pytest

from tests.interop.matterjs.installation import missing


@pytest.fixture(autouse=True)
def matterjs() -> None:
    if reason := missing():
        pytest.skip(reason)
