"""An endpoint that runs elsewhere is only an address."""

import pytest

from companion.endpoint import Endpoint, ExternalEndpoint
from tests.identity.requests import NAME


@pytest.mark.parametrize("address", ["mqtt.example.org:8883", "192.0.2.7:1", "[2001:db8::1]:65535"])
async def test_it_is_told_to_devices_and_never_seen(address: str) -> None:
    endpoint: Endpoint = ExternalEndpoint(address, client_id="lamp")
    assert (endpoint.address, endpoint.client_id) == (address, "lamp")
    assert await endpoint.wait_for(NAME, timeout=3600) is None


@pytest.mark.parametrize(
    "address", ["", "host", "host:", ":1", "host:0", "host:65536", "host:x", "2001:db8::1"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="not host:port"):
        ExternalEndpoint(address)
