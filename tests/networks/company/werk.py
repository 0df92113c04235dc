"""A company with a RADIUS server: its CA, the server's certificate, and its network as devices get it."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.identity.ca import IssuingCa
from companion.model import CompanyLogin, WifiCredentials, WifiSecurity
from companion.virtual.access_points import AccessPoint
from companion.virtual.radius import RadiusServer

SSID, SERVER = b"Werk-IoT", "radius.werk.example"
WERK = IssuingCa.create("Werk Root CA 2")
OTHER = IssuingCa.create("Other Root")


def server_chain(
    ca: IssuingCa = WERK, name: str = SERVER
) -> tuple[ec.EllipticCurvePrivateKey, tuple[bytes, ...]]:
    """A RADIUS server's key and certificate, with its root, as most servers send it."""
    key = es256.generate()
    return key, (*ca.issue_server(key.public_key(), (name,)).chain, *ca.anchors)


def network(
    ca: IssuingCa = WERK, server_name: str = SERVER, identity: str = "{serial}@werk.example"
) -> WifiCredentials:
    """What a device is given to join it."""
    login = CompanyLogin(server_name, identity, ca.anchors)
    return WifiCredentials(SSID, None, WifiSecurity.ENTERPRISE, login=login)


def access_point(
    clients: IssuingCa, *, revoked: frozenset[int] = frozenset(), dhcp: bool = True
) -> AccessPoint:
    """Its access point, whose RADIUS server admits devices of `clients`."""
    key, chain = server_chain()
    radius = RadiusServer(chain, key, clients.anchors, revoked)
    return AccessPoint(SSID, None, WifiSecurity.ENTERPRISE, dhcp=dhcp, radius=radius)


def sample_root() -> bytes:
    """A root (DER) that is the same in every picture."""
    return base64.b64decode(_ROOT)


def pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """PKCS#8, not encrypted."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


_ROOT = """
MIIBaTCCAQ+gAwIBAgIQWbW/efB7xALJ0GGASKSvpjAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5XZXJrIFJvb3QgQ0EgMjAe
Fw0yNDAyMjkyMzAwMDBaFw00NDAyMjUwMDAwMDBaMBkxFzAVBgNVBAMMDldlcmsgUm9vdCBDQSAyMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEabi910XxW7VvkEXYJmmHMWAnXfnNGLK5Ddonhefk9fqZAklrfZN4Q+AZIN2nro5AAnMCD0F99tOQIN0+
oMmouqM5MDcwEgYDVR0TAQH/BAgwBgEB/wIBBDAOBgNVHQ8BAf8EBAMCAQYwEQYDVR0OBAoECCgN3jVIuddHMAoGCCqGSM49
BAMCA0gAMEUCIFkAOMJpz60OCqEkyjpFJME4xSKlQrf9Et7/we7gBBQZAiEAkS9SOQzjBdBHzoeatwElgyyRJgiS9mnAcFoB
HbLmo8I=
"""
