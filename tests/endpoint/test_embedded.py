"""The embedded endpoint greets our devices by their serial, and nobody else."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.endpoint import EmbeddedEndpoint, Endpoint
from companion.errors import RegistryBusy, StorageError
from companion.events import RevocationReason
from companion.identity import DeviceName, Identity, IssuingCa, OwnerKey
from companion.registry import open_registry
from tests.endpoint.clients import Credentials, credentials, delegated, device_name, nameless, visit
from tests.identity.requests import NAME, device_key, request
from tests.registry.run_samples import commissioned, outcome

STRANGER = IssuingCa.create("Stranger")


def named(identity: Identity, serial: str) -> DeviceName:
    return device_name(serial, identity.owner.public)


async def test_a_device_is_greeted_by_its_serial_over_tls_1_3(
    identity: Identity, endpoint: EmbeddedEndpoint
) -> None:
    device = credentials(identity, "SN-0001")
    assert await visit(endpoint.address, device.context()) == b"hello SN-0001\n"
    proof = await endpoint.wait_for(named(identity, "SN-0001"), timeout=0)
    assert proof is not None
    assert (proof.endpoint, proof.tls, proof.peer_serial) == (endpoint.address, "TLSv1.3", "SN-0001")
    assert 0 < proof.seconds < 10


async def test_whoever_waits_is_told_when_the_device_comes(
    identity: Identity, endpoint: EmbeddedEndpoint
) -> None:
    waiting: Endpoint = endpoint
    proof = asyncio.create_task(waiting.wait_for(named(identity, "SN-0002"), timeout=60))
    for serial in ("SN-0001", "SN-0002"):
        await visit(endpoint.address, credentials(identity, serial).context())
    found = await proof
    assert found is not None and found.peer_serial == "SN-0002"


async def test_a_device_that_never_comes_is_no_proof(identity: Identity, endpoint: EmbeddedEndpoint) -> None:
    await visit(endpoint.address, credentials(identity, "SN-0001").context())
    assert await endpoint.wait_for(named(identity, "SN-0002"), timeout=0.01) is None


async def test_an_earlier_certificate_is_no_proof_of_the_new_one(
    identity: Identity, endpoint: EmbeddedEndpoint
) -> None:
    old, new = credentials(identity, "SN-0001"), credentials(identity, "SN-0001")
    await visit(endpoint.address, old.context())
    assert (
        await endpoint.wait_for(named(identity, "SN-0001"), timeout=0.01, fingerprint=new.fingerprint) is None
    )
    await visit(endpoint.address, new.context())
    assert (
        await endpoint.wait_for(named(identity, "SN-0001"), timeout=60, fingerprint=new.fingerprint)
        is not None
    )


def _expired(identity: Identity) -> Credentials:
    key, ca = device_key(), identity.ca
    issued = ca.issue(request(key), serial="SN", name=NAME, days=7, now=datetime.now(UTC) - timedelta(days=8))
    return Credentials(key, issued.chain, ca.anchors)


def _not_yet_valid(identity: Identity) -> Credentials:
    key, ca = device_key(), identity.ca
    issued = ca.issue(request(key), serial="SN", name=NAME, now=datetime.now(UTC) + timedelta(days=1))
    return Credentials(key, issued.chain, ca.anchors)


def _servers(identity: Identity) -> Credentials:
    key, ca = device_key(), identity.ca
    return Credentials(key, ca.issue_server(key.public_key(), ("localhost",)).chain, ca.anchors)


@pytest.mark.parametrize(
    "refused, alert",
    [
        pytest.param(
            lambda identity: credentials(identity, "SN", ca=STRANGER), "UNKNOWN_CA", id="another CA"
        ),
        pytest.param(
            lambda identity: Credentials(device_key(), (), identity.ca.anchors),
            "CERTIFICATE_REQUIRED",
            id="no certificate",
        ),
        pytest.param(_expired, "CERTIFICATE_EXPIRED", id="expired"),
        pytest.param(_not_yet_valid, "BAD_CERTIFICATE", id="not yet valid"),
        pytest.param(_servers, "UNSUPPORTED_CERTIFICATE", id="a server's certificate"),
    ],
)
async def test_a_certificate_that_is_not_good_is_refused_by_an_alert(
    identity: Identity, endpoint: EmbeddedEndpoint, refused: object, alert: str
) -> None:
    """The alert matters: a device tells from it that the certificate is at fault, and not the network."""
    assert callable(refused)
    with pytest.raises(ssl.SSLError) as caught:
        await visit(endpoint.address, refused(identity).context())
    assert alert in (caught.value.reason or "")
    assert not endpoint.visits


async def test_a_certificate_is_not_greeted_and_proves_nothing_from_when_it_is_revoked(
    identity: Identity,
) -> None:
    revoked: set[str] = set()
    endpoint = await EmbeddedEndpoint.start(identity, is_revoked=revoked.__contains__)
    old, renewed = credentials(identity, "SN-0001"), credentials(identity, "SN-0001")
    assert await visit(endpoint.address, old.context()) == b"hello SN-0001\n"
    endpoint.visits.clear()
    revoked.add(old.fingerprint)
    assert await visit(endpoint.address, old.context()) == b""
    assert await endpoint.wait_for(named(identity, "SN-0001"), timeout=0) is None
    assert await visit(endpoint.address, renewed.context()) == b"hello SN-0001\n"
    await endpoint.close()


async def test_a_device_that_is_revoked_is_refused_at_its_next_visit(
    identity: Identity, tmp_path: Path
) -> None:
    """By another process, as the command does it while the window's endpoint runs."""
    ours, theirs = open_registry(tmp_path / "data"), open_registry(tmp_path / "data")
    lamp = credentials(identity, "SN-0001")
    run = theirs.begin_run(ecosystem="rp1", radio="virtual")
    record = theirs.finish_run(run, outcome(run, commissioned(fingerprint=lamp.fingerprint)))
    endpoint = await EmbeddedEndpoint.start(identity, is_revoked=ours.is_revoked)
    assert await visit(endpoint.address, lamp.context()) == b"hello SN-0001\n"
    assert record is not None
    theirs.revoke(run, record, RevocationReason.STOLEN)
    assert await visit(endpoint.address, lamp.context()) == b""
    await endpoint.close()
    ours.close()
    theirs.close()


async def test_a_device_is_let_in_by_its_name_and_not_by_what_it_is_called(
    identity: Identity, endpoint: EmbeddedEndpoint
) -> None:
    """Two devices that call themselves the same are two; a name of another owner, or none, is nobody's."""
    ours, owner = device_key(), identity.owner.public
    twin = Credentials(
        ours,
        identity.ca.issue(
            request(ours), serial="SN-0001", name=DeviceName.under(owner, bytes(16), "hall")
        ).chain,
        identity.ca.anchors,
    )
    assert await visit(endpoint.address, twin.context()) == b"hello SN-0001\n"
    assert await endpoint.wait_for(named(identity, "SN-0001"), timeout=0) is None
    assert await endpoint.wait_for(DeviceName.under(owner, bytes(16), "hall"), timeout=0) is not None
    endpoint.visits.clear()
    theirs = credentials(identity, "SN-0001", owner=OwnerKey.generate().public)
    for refused in (theirs, nameless(identity, "SN-0001")):
        assert await visit(endpoint.address, refused.context()) == b""
    assert not endpoint.visits


async def test_a_delegates_device_is_let_in_under_its_own_name_once_its_receipt_is_here(
    identity: Identity,
) -> None:
    """What its intermediate is not bounded in, the common name, opens nothing; what it is, OpenSSL checks."""
    admitted: set[str] = set()
    endpoint = await EmbeddedEndpoint.start(identity, is_admitted=admitted.__contains__)
    device = delegated(identity, "SN-0001")
    assert device.name is not None
    assert await visit(endpoint.address, device.context()) == b"hello SN-0001\n", "what VERIFY tries"
    assert not endpoint.visits, "and no more than that"
    admitted.add(device.fingerprint)
    await visit(endpoint.address, device.context())
    assert await endpoint.wait_for(named(identity, "SN-0001"), timeout=0) is None
    assert await endpoint.wait_for(device.name, timeout=0) is not None
    endpoint.visits.clear()
    with pytest.raises(ssl.SSLError, match="ALERT"):
        outside = delegated(identity, "SN-0001", owner=OwnerKey.generate().public)
        await visit(endpoint.address, outside.context())
    assert not endpoint.visits
    await endpoint.close()


async def test_no_delegates_device_counts_while_receipts_can_not_be_read(identity: Identity) -> None:
    def unreadable(fingerprint: str) -> bool:
        raise RegistryBusy

    endpoint = await EmbeddedEndpoint.start(identity, is_admitted=unreadable)
    await visit(endpoint.address, delegated(identity, "SN-0001").context())
    assert not endpoint.visits
    await endpoint.close()


async def test_nobody_is_greeted_while_nobody_knows_who_is_revoked(
    identity: Identity, caplog: pytest.LogCaptureFixture
) -> None:
    """A registry that can't be read is no reason to believe everybody; the service goes on after it."""
    troubles: list[StorageError] = [RegistryBusy("locked")]

    def ask(fingerprint: str) -> bool:
        if troubles:
            raise troubles.pop()
        return False

    endpoint = await EmbeddedEndpoint.start(identity, is_revoked=ask)
    device = credentials(identity, "SN-0001")
    assert await visit(endpoint.address, device.context()) == b""
    assert not endpoint.visits and RegistryBusy.code in caplog.text
    assert await visit(endpoint.address, device.context()) == b"hello SN-0001\n"
    await endpoint.close()


async def test_tls_1_2_is_refused(identity: Identity, endpoint: EmbeddedEndpoint) -> None:
    context = credentials(identity, "SN-0001").context()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with pytest.raises(ssl.SSLError):
        await visit(endpoint.address, context)
    assert not endpoint.visits


async def test_a_device_knows_its_endpoint_by_our_ca(identity: Identity, endpoint: EmbeddedEndpoint) -> None:
    fooled = credentials(identity, "SN-0001", trusts=STRANGER)
    with pytest.raises(ssl.SSLCertVerificationError):
        await visit(endpoint.address, fooled.context())
    by_name = endpoint.address.replace("127.0.0.1", "localhost")
    assert await visit(by_name, credentials(identity, "SN-0001").context()) == b"hello SN-0001\n"
