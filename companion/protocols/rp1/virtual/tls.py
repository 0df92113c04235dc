"""TLS of a virtual RP1 device to its endpoint: OpenSSL, with what the endpoint's kind wants shown."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from companion.clouds import claims
from companion.encoding.cbor import MalformedCbor
from companion.endpoint.tls import PrivateKey, load_chain
from companion.errors import TpmUnavailable
from companion.protocols.rp1.aborts import VerifyFailure, WifiRefusal
from companion.protocols.rp1.credentials.items import CloudEndpoint, ItemType, LdevidChain, TrustAnchors
from companion.protocols.rp1.device.authority import Trial
from companion.protocols.rp1.device.keys import OperationalKeys
from companion.protocols.rp1.transaction.plan import MQTT

CONNECT_SECONDS = 10.0

Streams: TypeAlias = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_Shown: TypeAlias = tuple[PrivateKey, tuple[bytes, ...]] | None


class TrialFailed(Exception):
    """The settings do not work, for this reason. cause: what refines a refused Wi-Fi."""

    def __init__(self, failure: VerifyFailure, cause: WifiRefusal | None = None) -> None:
        super().__init__(failure.name)
        self.failure, self.cause = failure, cause


@asynccontextmanager
async def connected(
    trial: Trial, keys: OperationalKeys, host: str, port: int, *, alpn: str = ""
) -> AsyncIterator[Streams]:
    """A TLS connection to the endpoint, ended with the block. keys: the device's own.

    TLS 1.3 but at clouds that have no more than 1.2, and nobody to believe but the anchors. Raises
    TrialFailed.
    """
    anchors, cloud = trial.settings.get(ItemType.ANCHORS), trial.settings.get(ItemType.CLOUD)
    if not isinstance(anchors, TrustAnchors) or not isinstance(cloud, CloudEndpoint):
        raise TrialFailed(VerifyFailure.CLOUD_AUTH)
    if cloud.kind not in (MQTT, claims.FLEET, claims.PROVISIONING):
        raise TrialFailed(VerifyFailure.CLOUD_AUTH)
    least = ssl.TLSVersion.TLSv1_2 if cloud.kind == claims.PROVISIONING else ssl.TLSVersion.TLSv1_3
    try:
        shown = _shown(trial, keys, cloud)
    except MalformedCbor as error:
        raise TrialFailed(VerifyFailure.CLOUD_AUTH) from error
    except ValueError as error:
        raise TrialFailed(VerifyFailure.TLS) from error
    context = await asyncio.to_thread(_client_context, anchors, shown, least)
    if alpn:
        context.set_alpn_protocols([alpn])
    reader, writer = await _open(host, port, context)
    try:
        _check_end(writer, trial.now)
        yield reader, writer
    finally:
        writer.transport.abort()


async def _open(host: str, port: int, context: ssl.SSLContext) -> Streams:
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            return await asyncio.open_connection(host, port, ssl=context, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        raise TrialFailed(VerifyFailure.TLS) from error
    except ssl.SSLError as error:
        refused = "ALERT" in (error.reason or "")
        raise TrialFailed(VerifyFailure.CLOUD_AUTH if refused else VerifyFailure.TLS) from error
    except (OSError, TimeoutError) as error:
        raise TrialFailed(VerifyFailure.TLS) from error


def _check_end(writer: asyncio.StreamWriter, now: int) -> None:
    """OpenSSL judges by the machine's clock; the device knows better how late it is at least.

    now: Unix seconds. Raises TrialFailed.
    """
    der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    if x509.load_der_x509_certificate(der).not_valid_after_utc.timestamp() < now:
        raise TrialFailed(VerifyFailure.TLS)


def _client_context(anchors: TrustAnchors, shown: _Shown, least: ssl.TLSVersion) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = least
    try:
        context.load_verify_locations(cadata=b"".join(anchors.anchors))
        if shown is not None:
            load_chain(context, *shown)
    except (ssl.SSLError, ValueError, TpmUnavailable) as error:
        raise TrialFailed(VerifyFailure.TLS) from error
    return context


def _shown(trial: Trial, keys: OperationalKeys, cloud: CloudEndpoint) -> _Shown:
    """Key and chain that the device shows; None where it has a symmetric key instead.

    Raises TrialFailed, MalformedCbor, ValueError.
    """
    if cloud.kind in (claims.FLEET, claims.PROVISIONING) and cloud.claim is None:
        raise TrialFailed(VerifyFailure.CLOUD_AUTH)
    if cloud.kind == claims.FLEET and cloud.claim is not None:
        fleet = claims.fleet_claim(cloud.claim)
        key = serialization.load_der_private_key(fleet.key.reveal(), password=None)
        assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
        return key, (fleet.certificate,)
    if cloud.kind == claims.PROVISIONING and cloud.claim is not None and claims.scope_claim(cloud.claim).key:
        return None
    chain = trial.settings.get(ItemType.LDEVID)
    if not isinstance(chain, LdevidChain) or trial.key is None:
        raise TrialFailed(VerifyFailure.CLOUD_AUTH)
    return keys.open(trial.key), chain.chain
