"""Wi-Fi network codes (WPA3 specification 3.0, section 7; ZXing's `WIFI:` before it)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from companion.errors import CodeMalformed
from companion.model import CodeField, Finding, SetupCode, Severity, Text, WifiCredentials, WifiSecurity
from companion.networks import wifi_rules
from companion.secret import Secret

PREFIX = "WIFI:"

# One part: a name, a colon, and characters of which \ takes the special meaning.
_PART = re.compile(r"([A-Za-z0-9]+):((?:[^\\;]|\\.)*);", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)


@dataclass(frozen=True)
class EnterpriseNetwork:
    """A network that asks each user to log in (802.1X). It is not one that a device can be given.

    identity, anonymous: user names inside and outside of the tunnel. method, inner: "PEAP", "MSCHAPV2".
    """

    ssid: bytes
    identity: str | None = None
    anonymous: str | None = None
    method: str | None = None
    inner: str | None = None
    password: Secret | None = None


def recognise(text: str) -> SetupCode | None:
    """The network if the text starts with `WIFI:`. Raises CodeMalformed.

    The payload is WifiCredentials where Companion can hand it over.
    """
    text = text.strip()
    if text[: len(PREFIX)].upper() != PREFIX:
        return None
    try:
        parts = _parts(text[len(PREFIX) :])
        if "EAP" in parts.get("T", "").upper() or parts.get("E"):
            return _enterprise(text, parts)
        credentials = _credentials(parts)
    except ValueError as error:
        raise CodeMalformed(str(error), kind="Wi-Fi") from None
    return _network(text, credentials, encrypted=parts.get("T", "").upper() == "OWE")


def _network(text: str, credentials: WifiCredentials, *, encrypted: bool) -> SetupCode:
    """A network with one password or none. encrypted: an open one with Enhanced Open (OWE)."""
    fields = [
        CodeField("ssid", "Network", credentials.name),
        CodeField("security", "Security", "owe" if encrypted else credentials.security.value),
    ]
    if credentials.passphrase is not None:
        fields.append(CodeField("passphrase", "Passphrase", credentials.passphrase))
    # What a network can't have is no network to hand over, though the code itself is whole.
    is_usable = wifi_rules.flaw(credentials) is None
    if not is_usable:
        verdict = Text(
            "This is a Wi-Fi network, but the code has no password that such a network can have. Check the "
            "network's settings, and enter the password by hand."
        )
    elif encrypted:
        verdict = Text(
            "This is a network without a password that encrypts traffic (Enhanced Open). Companion hands it "
            "over as an open network; a device that does not support Enhanced Open can't join it."
        )
    else:
        verdict = Text(
            "This is a network, not a device. Companion can use it for the next device you set up."
        )
    return SetupCode(
        ecosystem="wifi",
        title="Wi-Fi network",
        verdict=verdict,
        text=Secret(text),
        payload=credentials if is_usable else None,
        fields=tuple(fields),
        findings=() if encrypted else _findings(credentials),
    )


def _enterprise(text: str, parts: Mapping[str, str]) -> SetupCode:
    """Both forms that are in use: I, A, E, PH2 as ZXing has them; E alone also means 802.1X."""
    password = parts.get("P")
    network = EnterpriseNetwork(
        parts.get("S", "").encode(),
        parts.get("I") or None,
        parts.get("A") or parts.get("AI") or None,
        parts.get("E") or None,
        parts.get("PH2") or None,
        Secret(password) if password else None,
    )
    if len(network.ssid) not in wifi_rules.SSID:
        raise ValueError("no network has such a name")
    said: tuple[tuple[str, str, str | Secret | None], ...] = (
        ("ssid", "Network", network.ssid.decode()),
        ("security", "Security", WifiSecurity.ENTERPRISE.value),
        ("method", "Login method", network.method),
        ("inner", "Inner method", network.inner),
        ("identity", "User name", network.identity),
        ("anonymous", "Anonymous user name", network.anonymous),
        ("passphrase", "Password", network.password),
    )
    return SetupCode(
        ecosystem="wifi",
        title="Wi-Fi network with login (802.1X)",
        verdict=Text(
            "This network asks for a user name or a certificate, which can't be handed over to a device. Use "
            "a network with a single password."
        ),
        text=Secret(text),
        payload=network,
        fields=tuple(CodeField(name, label, value) for name, label, value in said if value is not None),
    )


def _parts(body: str) -> Mapping[str, str]:
    """The parts by upper-case name, unescaped. A part without its semicolon means a cut code."""
    parts: dict[str, str] = {}
    at = 0
    while at < len(body) and body[at:].strip(";"):
        match = _PART.match(body, at)
        if match is None or match[1].upper() in parts:
            raise ValueError("a part is cut short, or appears twice")
        parts[match[1].upper()] = _unquoted(match[2])
        at = match.end()
    return parts


def _unquoted(value: str) -> str:
    """Quotes around a value only keep it from being read as hex digits."""
    quoted = _QUOTED.fullmatch(value)
    return _ESCAPED.sub(r"\1", quoted[1] if quoted else value)


def _credentials(parts: Mapping[str, str]) -> WifiCredentials:
    passphrase = parts.get("P") or None
    security = _security(parts.get("T", ""), bool(int(parts.get("R") or "0", 16) & 1), passphrase is not None)
    if security is WifiSecurity.OPEN:
        passphrase = None
    credentials = WifiCredentials(
        parts.get("S", "").encode(),
        Secret(passphrase) if passphrase else None,
        security,
        hidden=parts.get("H", "").lower() == "true",
    )
    if len(credentials.ssid) not in wifi_rules.SSID:
        raise ValueError("no network has such a name")
    return credentials


def _security(kind: str, transition_disabled: bool, has_passphrase: bool) -> WifiSecurity:
    kind = kind.upper()
    if kind == "WEP":
        return WifiSecurity.WEP
    if kind in ("NOPASS", "OWE") or (not kind and not has_passphrase):
        return WifiSecurity.OPEN
    if kind in ("SAE", "WPA3") or transition_disabled:
        return WifiSecurity.WPA3
    return WifiSecurity.WPA2


def _findings(credentials: WifiCredentials) -> tuple[Finding, ...]:
    if credentials.security is WifiSecurity.OPEN:
        sentence = "The network is open: anyone nearby can read unencrypted traffic."
    elif credentials.security is WifiSecurity.WEP:
        sentence = "WEP is insecure: anyone nearby can read traffic and join this network."
    else:
        return ()
    return (Finding(Text("Network"), Text(sentence), Severity.WARNING),)
