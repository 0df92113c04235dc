"""The endpoint renews certificates over HTTP for whoever shows one; curl is the witness."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from companion.endpoint import EmbeddedEndpoint
from companion.endpoint.http_messages import HttpRequest
from companion.errors import RegistryBusy
from companion.est.messages import REQUEST_TYPE, decode_certificates, encode
from companion.est.renewal import Renewals
from companion.est.service import EstService
from companion.identity import Identity
from companion.registry import Registry
from tests.endpoint.clients import visit
from tests.est.devices import Known, next_request

RENEW = "/.well-known/est/simplereenroll"


@pytest.fixture
async def endpoint(identity: Identity, registry: Registry) -> AsyncIterator[EmbeddedEndpoint]:
    service = EstService(Renewals(identity, registry))
    started = await EmbeddedEndpoint.start(identity, is_revoked=registry.is_revoked, over_http=service.answer)
    yield started
    await started.close()


async def test_curl_renews_and_the_new_certificate_is_let_in(
    endpoint: EmbeddedEndpoint, device: Known, tmp_path: Path
) -> None:
    body = tmp_path / "csr.b64"
    body.write_bytes(encode(next_request(device)))
    status, answer = await _curl(
        endpoint, device, tmp_path, RENEW, "-H", f"Content-Type: {REQUEST_TYPE}", "--data-binary", f"@{body}"
    )
    assert status == 200
    (leaf,) = decode_certificates(answer)
    assert x509.load_der_x509_certificate(leaf).public_key() == device.credentials.key.public_key()
    assert len(endpoint.visits) == 1
    renewed = type(device.credentials)(device.credentials.key, (leaf,), device.credentials.anchors)
    assert await visit(endpoint.address, renewed.context()) == b"hello SN-0001\n"


async def test_the_roots_are_told(
    endpoint: EmbeddedEndpoint, identity: Identity, device: Known, tmp_path: Path
) -> None:
    status, answer = await _curl(endpoint, device, tmp_path, "/.well-known/est/cacerts")
    assert status == 200 and decode_certificates(answer) == identity.ca.anchors


@pytest.mark.parametrize(
    ("path", "words", "status"),
    [
        ("/", (), 404),
        (RENEW, (), 405),
        ("/.well-known/est/simpleenroll", ("--data-binary", "x"), 403),
        (RENEW, ("--data-binary", "x"), 415),
        (RENEW, ("-H", f"Content-Type: {REQUEST_TYPE}", "--data-binary", "%%%"), 400),
        (RENEW, ("-H", f"Content-Type: {REQUEST_TYPE}", "--data-binary", "QUJD"), 403),
        (RENEW, ("-H", f"Content-Type: {REQUEST_TYPE}", "-H", "Transfer-Encoding: chunked", "-d", "x"), 400),
    ],
)
async def test_anything_else_is_refused(
    endpoint: EmbeddedEndpoint, device: Known, tmp_path: Path, path: str, words: tuple[str, ...], status: int
) -> None:
    assert (await _curl(endpoint, device, tmp_path, path, *words))[0] == status


async def test_a_body_that_is_too_long_is_not_read(
    endpoint: EmbeddedEndpoint, device: Known, tmp_path: Path
) -> None:
    large = tmp_path / "large"
    large.write_bytes(b"A" * 1_000_000)
    status, _ = await _curl(endpoint, device, tmp_path, RENEW, "-H", "Expect:", "--data-binary", f"@{large}")
    assert status in (0, 413)  # curl may hear of the closed connection before it has read the response
    assert await visit(endpoint.address, device.credentials.context()) == b"hello SN-0001\n"


async def test_who_speaks_no_http_is_greeted_as_ever(endpoint: EmbeddedEndpoint, device: Known) -> None:
    assert await visit(endpoint.address, device.credentials.context()) == b"hello SN-0001\n"


async def test_while_records_cannot_be_read_the_device_is_asked_to_come_again(
    identity: Identity, device: Known, tmp_path: Path
) -> None:
    def fails(request: HttpRequest, certificate: bytes) -> None:
        raise RegistryBusy

    endpoint = await EmbeddedEndpoint.start(identity, over_http=fails)  # type: ignore[arg-type]  # never returns
    try:
        assert (await _curl(endpoint, device, tmp_path, RENEW, "--data-binary", "x"))[0] == 503
    finally:
        await endpoint.close()


async def _curl(
    endpoint: EmbeddedEndpoint, device: Known, folder: Path, path: str, *words: str
) -> tuple[int, bytes]:
    """Status and body of a request that curl makes with the device's certificate; 0: it heard none."""
    key = device.credentials.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(key)
    for name, ders in (("chain.pem", device.credentials.chain), ("roots.pem", device.credentials.anchors)):
        pems = (x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM) for der in ders)
        (folder / name).write_bytes(b"".join(pems))
    files = ("--key", folder / "key.pem", "--cert", folder / "chain.pem", "--cacert", folder / "roots.pem")
    command = ("curl", "-s", "-o", folder / "answer", "-w", "%{http_code}", *files, *words)
    (folder / "answer").write_bytes(b"")
    done = await asyncio.to_thread(
        subprocess.run,
        [*map(str, command), f"https://{endpoint.address}{path}"],
        capture_output=True,
        text=True,
        check=False,
    )
    return int(done.stdout or 0), (folder / "answer").read_bytes()
