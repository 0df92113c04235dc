"""A PC/SC service and virtual readers, where this computer has them."""

import importlib.util
import os
from collections.abc import Iterator

import pytest

from tests.nfc import vpcd
from tests.nfc.vpcd import Service


@pytest.fixture(scope="session")
def pcsc_of_session() -> Iterator[Service]:
    if not vpcd.is_there():
        pytest.skip(vpcd.NEEDS)
    if importlib.util.find_spec("smartcard") is None:
        pytest.skip("needs pyscard: pip install 'companion[nfc]'")
    service = Service(os.environ["PCSCLITE_CSOCK_NAME"])
    yield service
    service.close()


@pytest.fixture
def pcsc(pcsc_of_session: Service) -> Iterator[Service]:
    """The service, running, with two empty readers."""
    pcsc_of_session.start()
    yield pcsc_of_session
    pcsc_of_session.stop()
