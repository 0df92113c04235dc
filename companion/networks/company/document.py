"""A company network as a file: JSON without a secret, which `--wifi-file` takes like any other network's.

{"ssid": "Werk-IoT", "security": "enterprise", "server_name": "radius.werk.example",
 "identity": "{serial}@werk.example", "anchors": ["-----BEGIN CERTIFICATE-----..."]}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from companion.model import CompanyLogin, WifiCredentials, WifiSecurity
from companion.networks.company.login import USUAL_IDENTITY

BEGIN = b"-----BEGIN CERTIFICATE-----"


def as_json(network: WifiCredentials) -> dict[str, Any]:
    """The file's content. Takes a network with a login."""
    assert network.login is not None
    document = {
        "ssid": network.ssid.decode(errors="surrogateescape"),
        "security": WifiSecurity.ENTERPRISE.value,
        **login_as_json(network.login),
    }
    return document | ({"hidden": True} if network.hidden else {})


def login_as_json(login: CompanyLogin) -> dict[str, Any]:
    """A login's part of the file."""
    outer = {"outer_identity": login.outer} if login.outer is not None else {}
    return {
        "server_name": login.server_name,
        "identity": login.identity,
        **outer,
        "anchors": [as_pem(anchor) for anchor in login.anchors],
    }


def login_in(entry: Mapping[str, Any]) -> CompanyLogin | None:
    """The login in a file's content, None where it has none.

    Raises KeyError, ValueError, TypeError for half of one; `wifi_rules.flaw` says what else is wrong with it.
    """
    if "server_name" not in entry:
        return None
    outer = entry.get("outer_identity")
    return CompanyLogin(
        server_name=str(entry["server_name"]),
        identity=str(entry.get("identity", USUAL_IDENTITY)),
        anchors=tuple(der for each in entry["anchors"] for der in certificates_in(str(each).encode())),
        outer=None if outer is None else str(outer),
    )


def network_in(content: bytes) -> WifiCredentials | tuple[bytes, ...]:
    """What people have of a company network: its file, or its server's CA (DER), PEM or DER.

    Raises ValueError for anything else.
    """
    if not content.lstrip().startswith(b"{"):
        return certificates_in(content)
    try:
        entry = json.loads(content)
        ssid = str(entry["ssid"]).encode()
        login = login_in(entry)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a company network") from error
    if login is None:
        raise ValueError("a network without a login")
    hidden = bool(entry.get("hidden", False))
    return WifiCredentials(ssid, None, WifiSecurity.ENTERPRISE, hidden=hidden, login=login)


def certificates_in(data: bytes) -> tuple[bytes, ...]:
    """The certificates (DER) in a PEM file, or the one in a DER file. Raises ValueError for none."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    if BEGIN in data:
        found: Iterable[x509.Certificate] = x509.load_pem_x509_certificates(data)
    else:
        found = (x509.load_der_x509_certificate(data),)
    return tuple(each.public_bytes(Encoding.DER) for each in found)


def as_pem(certificate: bytes) -> str:
    """A certificate (DER) as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.load_der_x509_certificate(certificate).public_bytes(Encoding.PEM).decode()
