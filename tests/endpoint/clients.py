"""Devices as an endpoint meets them: a key, a certificate, and a TLS client."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from companion.endpoint.tls import load_chain
from companion.identity import IssuingCa
from tests.identity.requests import device_key, request


@dataclass(frozen=True)
class Credentials:
    """What a commissioned device has: its key, its chain (DER, leaf first), and whom it trusts."""

    key: ec.EllipticCurvePrivateKey
    chain: tuple[bytes, ...]
    anchors: tuple[bytes, ...]
    fingerprint: str = ""

    def context(self) -> ssl.SSLContext:
        """A client's TLS context that checks the server's name and shows these credentials."""
        context = ssl.create_default_context(cadata=b"".join(self.anchors))
        if self.chain:
            load_chain(context, self.key, self.chain)
        return context


def credentials(ca: IssuingCa, serial: str, *, trusts: IssuingCa | None = None) -> Credentials:
    """An LDevID of `ca` for a new key; the device trusts `trusts`, or the same CA."""
    key = device_key()
    issued = ca.issue(request(key), serial=serial)
    return Credentials(key, issued.chain, (trusts or ca).anchors, issued.fingerprint)


async def visit(address: str, context: ssl.SSLContext) -> bytes:
    """Open TLS to `address` and read once, as a device does. Raises ssl.SSLError when it is refused."""
    host, _, port = address.rpartition(":")
    async with asyncio.timeout(60):
        reader, writer = await asyncio.open_connection(host.strip("[]"), int(port), ssl=context)
        try:
            return await reader.readline()
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
