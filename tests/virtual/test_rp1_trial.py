"""A virtual device's trial: certificates are judged by the time that the device knows."""

from __future__ import annotations

import time

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from companion.endpoint.embedded_endpoint import EmbeddedEndpoint
from companion.identity import open_identity
from companion.protocols.rp1.aborts import VerifyFailure
from companion.protocols.rp1.credentials.items import CloudEndpoint, ItemType, LdevidChain, TrustAnchors
from companion.protocols.rp1.device.authority import Trial
from companion.protocols.rp1.transaction import csr
from companion.protocols.rp1.virtual.network import Network
from companion.protocols.rp1.wire.operations import VerifyBit
from companion.virtual.access_points import DEMO
from tests.endpoint.clients import device_name

SERIAL, DAY = "RP1-0001", 86400


@pytest.mark.parametrize(("days", "failure"), [(0, None), (91, VerifyFailure.TLS)])
async def test_a_server_whose_certificate_is_over_by_the_devices_time_is_refused(days, failure, tmp_path):
    """The floor may be ahead of the machine's clock: an owner-signed time is what the device goes by."""
    identity = open_identity(tmp_path, throwaway=True)
    endpoint = await EmbeddedEndpoint.start(identity)
    key = ec.generate_private_key(ec.SECP256R1())
    request = csr.make(key, SERIAL, bytes(16))
    settings = {
        ItemType.LDEVID: LdevidChain(
            identity.ca.issue(request, serial=SERIAL, name=device_name(SERIAL, identity.owner.public)).chain
        ),
        ItemType.ANCHORS: TrustAnchors(identity.ca.anchors),
        ItemType.CLOUD: CloudEndpoint(1, endpoint.address, SERIAL),
    }
    scalar = key.private_numbers().private_value.to_bytes(32, "big")
    trial = Trial(VerifyBit.CLOUD, settings, scalar, int(time.time()) + days * DAY)
    try:
        reached = []
        failed = await Network(DEMO).attempt(trial, reached.append)
        assert (failed.failure if failed is not None else None) is failure
    finally:
        await endpoint.close()
