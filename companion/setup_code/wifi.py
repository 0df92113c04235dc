"""Wi-Fi network codes (WPA3 specification 3.0, section 7; ZXing's `WIFI:` before it)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from companion.errors import CodeMalformed
from companion.model import CodeField, Finding, SetupCode, Severity, Text, WifiCredentials, WifiSecurity
from companion.networks import wifi_rules
from companion.secret import Secret

PREFIX = "WIFI:"

# One part: a name, a colon, and characters of which \ takes the special meaning.
_PART = re.compile(r"([A-Za-z0-9]+):((?:[^\\;]|\\.)*);", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)


def recognise(text: str) -> SetupCode | None:
    """The network, as WifiCredentials, if the text starts with `WIFI:`. Raises CodeMalformed."""
    text = text.strip()
    if text[: len(PREFIX)].upper() != PREFIX:
        return None
    credentials = parse(text)
    fields = [
        CodeField("ssid", "Network", credentials.name),
        CodeField("security", "Security", credentials.security.value),
    ]
    if credentials.passphrase is not None:
        fields.append(CodeField("passphrase", "Passphrase", credentials.passphrase))
    return SetupCode(
        ecosystem="wifi",
        title="Wi-Fi network",
        verdict=Text("This is a network, not a device. Companion can use it for the next device you set up."),
        text=Secret(text),
        payload=credentials,
        fields=tuple(fields),
        findings=_findings(credentials),
    )


def parse(text: str) -> WifiCredentials:
    """The network's name and passphrase. Raises CodeMalformed."""
    try:
        return _credentials(_parts(text[len(PREFIX) :]))
    except ValueError as error:
        raise CodeMalformed(str(error), kind="Wi-Fi") from None


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
    if (flaw := wifi_rules.flaw(credentials)) is not None:
        raise ValueError(flaw)
    return credentials


def _security(kind: str, transition_disabled: bool, has_passphrase: bool) -> WifiSecurity:
    kind = kind.upper()
    if "EAP" in kind:
        return WifiSecurity.ENTERPRISE
    if kind == "WEP":
        return WifiSecurity.WEP
    if kind == "NOPASS" or (not kind and not has_passphrase):
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
